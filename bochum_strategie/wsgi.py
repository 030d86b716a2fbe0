"""What gunicorn runs (see `python manage.py start`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bochum_strategie.settings")
application = get_wsgi_application()
