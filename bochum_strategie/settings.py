"""The only settings file: secure by default, everything changeable comes from the environment.

`.env.example` lists every setting read here, in German.
"""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def text(name: str, default: str = "") -> str:
    """The variable `name`, or the content of the file that `name`_FILE names (for secrets)."""
    if datei := os.environ.get(f"{name}_FILE"):
        try:
            return Path(datei).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as fehler:
            raise ImproperlyConfigured(f"{name}_FILE: {datei} ist nicht lesbar.") from fehler
    return os.environ.get(name, "").strip() or default


def liste(name: str, default: str = "") -> list[str]:
    """Comma-separated items without the blanks around them; empty ones are dropped."""
    return [teil.strip() for teil in text(name, default).split(",") if teil.strip()]


def schalter(name: str) -> bool:
    """1/true/yes/on/ja/an or 0/false/no/off/nein/aus (default); anything else is an error."""
    wert = text(name, "0").lower()
    if wert in {"1", "true", "yes", "on", "ja", "an"}:
        return True
    if wert in {"0", "false", "no", "off", "nein", "aus"}:
        return False
    raise ImproperlyConfigured(f"{name}={wert}: Erlaubt sind nur 1 oder 0.")


def zahl(name: str, default: int, hoechstens: int) -> int:
    """A whole number from 1 to `hoechstens`."""
    wert = text(name, str(default))
    if wert.isascii() and wert.isdigit() and 1 <= int(wert) <= hoechstens:
        return int(wert)
    raise ImproperlyConfigured(f"{name}={wert}: Erlaubt ist eine Zahl von 1 bis {hoechstens}.")


def schluessel_aus(datei: Path) -> str:
    """The key kept in `datei`; the first caller makes it. Two at once end up with the same one."""
    try:
        datei.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not datei.exists():
            # mkstemp makes the file with mode 0600; link is atomic and never overwrites.
            fd, neu = tempfile.mkstemp(dir=datei.parent, prefix=f".{datei.name}-")
            with os.fdopen(fd, "w", encoding="ascii") as f:
                f.write(secrets.token_urlsafe(50))
            try:
                os.link(neu, datei)
            except FileExistsError:
                pass
            finally:
                os.unlink(neu)
        schluessel = datei.read_text(encoding="ascii").strip()
    except OSError as fehler:
        raise ImproperlyConfigured(
            f"Der Datenordner {datei.parent} ist nicht beschreibbar ({fehler.strerror}). "
            "Bitte die Rechte prüfen oder mit DATEN_ORDNER einen anderen Ordner nennen."
        ) from fehler
    if not schluessel:
        raise ImproperlyConfigured(f"Die Schlüsseldatei {datei} ist leer. Bitte löschen.")
    return schluessel


def datenbank(adresse: str) -> dict[str, Any]:
    """Django's settings for the database at `adresse` (a DATABASE_URL: sqlite or postgres)."""
    try:
        db: dict[str, Any] = dict(dj_database_url.parse(adresse, conn_health_checks=True))
    except ValueError as fehler:
        # The address may hold a password: it is not repeated.
        raise ImproperlyConfigured(
            "DATABASE_URL ist keine gültige Adresse. Beispiele: sqlite:////pfad/portal.sqlite3 "
            "oder postgres://name:passwort@rechner:5432/datenbank"
        ) from fehler
    if db["ENGINE"] == "django.db.backends.sqlite3":
        return db | {"OPTIONS": SQLITE}
    if db["ENGINE"] == "django.db.backends.postgresql":
        return db | {"OPTIONS": POSTGRES | db.get("OPTIONS", {})}
    raise ImproperlyConfigured("DATABASE_URL: Das Portal läuft mit SQLite oder PostgreSQL.")


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
# Read here, too: who guesses codes is told apart by the address that the server in front names.
FORWARDED_ALLOW_IPS = liste("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
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
    "stempel",
    "mptt",
    "simple_history",
    "bochum_strategie.apps.VerwaltungConfig",  # django.contrib.admin
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
LOGIN_URL = "/konto/login/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Work of the office ────────────────────────────────────────────────────────────────────────
# After so many months without an entry a Kernaktivität is on the worklist.
MONATE_OHNE_EINTRAG = zahl("MONATE_OHNE_EINTRAG", 6, hoechstens=120)

# ── Database ──────────────────────────────────────────────────────────────────────────────────
SQLITE = {
    # A transaction that writes takes its lock at the start, and others wait for it.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
POSTGRES = {
    # A database that is away is noticed within two seconds, and found again soon.
    "connect_timeout": 2,
    # Compiling a query takes longer than answering it: here they are all short.
    "options": "-c jit=off",
    "pool": {"min_size": 1, "max_size": 10, "timeout": 2, "reconnect_timeout": 5},
}
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
