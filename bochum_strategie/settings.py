"""The only settings file: secure by default, everything changeable comes from the environment.

`.env.example` lists every setting read here, in German.
"""

from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured

from .umgebung import (
    datenbank,
    liste,
    netze,
    schalter,
    schluessel_aus,
    text,
    verschluesselung,
    zahl,
)

BASE_DIR = Path(__file__).resolve().parent.parent

# ── Where things are ──────────────────────────────────────────────────────────────────────────
DATEN_ORDNER = Path(text("DATEN_ORDNER", str(BASE_DIR / "daten"))).absolute()
STATIC_ROOT = DATEN_ORDNER / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# ── Where it listens (read by `manage.py start`) ──────────────────────────────────────────────
HOST = text("HOST", "127.0.0.1")
PORT = zahl("PORT", 8000, hoechstens=65535)
WORKERS = zahl("WORKERS", 2, hoechstens=64)
THREADS = zahl("THREADS", 4, hoechstens=64)

# ── Security ──────────────────────────────────────────────────────────────────────────────────
DEBUG = schalter("DEBUG")
SECRET_KEY = text("SECRET_KEY") or schluessel_aus(DATEN_ORDNER / "schluessel")
ALLOWED_HOSTS = liste("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

# Everything that needs TLS. Whether a request came by TLS is told by gunicorn: it believes
# X-Forwarded-Proto only from FORWARDED_ALLOW_IPS. SECURE_PROXY_SSL_HEADER would believe everybody.
HTTPS = schalter("HTTPS")
SECURE_SSL_REDIRECT = HTTPS
# The servers in front: X-Forwarded-For is believed from the same ones (konto.py). `manage.py start`
# hands the list to gunicorn as it was read here.
FORWARDED_ALLOW_IPS = netze("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, without TLS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Only says that browsers may preload the rule. They do so when somebody enters the whole domain
# (bochum.de, never a name below it) in their list: the city's decision, not ours.
SECURE_HSTS_PRELOAD = HTTPS
CSRF_TRUSTED_ORIGINS = [
    f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS if host != "*"
]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The name and shape of Django 6; sent by csp.py until then. Enough for the plain admin.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

# ── Application ───────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "mptt",
    "simple_history",
    "verwaltung.apps.SeiteDerVerwaltung",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",  # after Django, whose German words come first
    "allauth.account",
    # Ours last: their administration takes the place of what the others register.
    "grundlage",
    "zielsystem",
    "kernaktivitaeten",
    "strategiearbeit",
    "stempel",
    "seiten",
    "verwaltung",
    "bochum_strategie",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "bochum_strategie.csp.sicherheitskopf",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # After WhiteNoise, whose files are compressed already. Public pages hold no secret that a
    # guess of their length could tell, and Django pads the others (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Both look at the user only when it is needed: readers get no cookie and no Vary by them.
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "seiten.umzug.Umzug",
    "bochum_strategie.views.Besetzt",
]
ROOT_URLCONF = "bochum_strategie.urls"
WSGI_APPLICATION = "bochum_strategie.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [  # what the admin needs; our pages use none
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # older ones are renewed at sign-in
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Sign-in at /konto/ (django-allauth): accounts are made in the administration ──────────────
AUTHENTICATION_BACKENDS = ["grundlage.rollen.RollenBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "konto"
LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "bochum_strategie.konto.KontoAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # closed by the adapter
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to people who have no account
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Strategieportal Bochum] "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
PASSWORD_RESET_TIMEOUT = 24 * 3600
# All limits of the portal; whose address counts is told by the adapter. Those per key are counted
# by seiten/drossel.py.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reset_password": "5/m/ip,3/h/key",
    "reset_password_from_key": "10/m/ip",
    "stempel_code": "20/10m/key",  # codes that do not exist
    "barriere_melden": "10/h/key",
}
# Nobody fills the disk with an upload: what is over the limit of a file is counted, not kept.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "stempel.ablage.BegrenzteDatei",
]
# Counts what ACCOUNT_RATE_LIMITS limits, for all processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "zwischenspeicher",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# ── Editing ───────────────────────────────────────────────────────────────────────────────────
# Whether nobody may release what they have written themselves.
VIER_AUGEN = schalter("VIER_AUGEN")

# After so many months without an entry a Kernaktivität is on the worklist.
MONATE_OHNE_EINTRAG = zahl("MONATE_OHNE_EINTRAG", 6, hoechstens=120)

# ── Mail: only with a server for it ───────────────────────────────────────────────────────────
EMAIL_HOST = text("MAIL_SERVER")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_PORT = zahl("MAIL_PORT", 587, hoechstens=65535)
EMAIL_HOST_USER = text("MAIL_NUTZER")
EMAIL_HOST_PASSWORD = text("MAIL_PASSWORT")
EMAIL_TIMEOUT = 10
EMAIL_USE_TLS, EMAIL_USE_SSL = verschluesselung(text("MAIL_VERSCHLUESSELUNG", "starttls"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("MAIL_ABSENDER", EMAIL_HOST_USER)
if EMAIL_HOST and "@" not in DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured(
        "MAIL_ABSENDER fehlt: die Adresse, von der das Portal schreibt, zum Beispiel "
        "portal@example.org."
    )

# ── Database ──────────────────────────────────────────────────────────────────────────────────
DATABASES = {
    "default": datenbank(
        text("DATABASE_URL", f"sqlite:///{quote(str(DATEN_ORDNER))}/portal.sqlite3")
    )
}

# ── Language and time: one language, no translation machinery ─────────────────────────────────
LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # it would print the year as 2.026

# ── Log: warnings and failed requests, as plain lines on stderr ───────────────────────────────
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"zeile": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "zeile"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING"}},
}
