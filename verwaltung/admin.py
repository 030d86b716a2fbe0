"""The administration as a whole: what it is called, and that rows are deleted one by one."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin

from . import (  # noqa: F401 (each registers its models)
    aussagen,
    beschluss,
    bilanzen,
    kernaktivitaet,
    stempel,
    strategiearbeit,
    verantwortung,
    zielsystem,
    zugang,
    zuordnung,
)
from .melden import admin as melden  # noqa: F401
from .models import Stapel
from .stapelansicht import StapelAdmin

admin.site.register(Stapel, StapelAdmin)
# Everybody signs in at /konto/; who may not edit gets a clear no instead of another form.
admin.site.login = secure_admin_login(admin.site.login)
# The mail address stands with the account.
admin.site.unregister(EmailAddress)
admin.site.site_title = "Verwaltung des Strategieportals"
admin.site.site_header = "Strategieportal Bochum – Verwaltung"
admin.site.index_title = "Was möchten Sie bearbeiten?"
admin.site.empty_value_display = "–"
# Deleting many at once would skip the sentence that says why something must stay.
admin.site.disable_action("delete_selected")
# The lists need the width; the start page leads to all of them.
admin.site.enable_nav_sidebar = False
