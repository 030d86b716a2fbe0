"""The only settings file: secure by default, everything changeable comes from the environment.

`.env.example` lists every setting read here, in German.
"""

from pathlib import Path
from urllib.parse import quote

from .umgebung import datenbank, liste, schalter, schluessel_aus, text, zahl

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
# X-Forwarded-Proto only from the addresses in FORWARDED_ALLOW_IPS (its own variable, default
# 127.0.0.1). SECURE_PROXY_SSL_HEADER would believe everybody.
HTTPS = schalter("HTTPS")
SECURE_SSL_REDIRECT = HTTPS
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
    "bochum_strategie",
    "zielsystem",
    "kernaktivitaeten",
    "strategiearbeit",
    "mptt",
    "simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
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
    # Looks at the user only when a row is saved: readers get no cookie and no Vary by it.
    "simple_history.middleware.HistoryRequestMiddleware",
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
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
