"""Reads settings from the environment, each with its type; what cannot be right is said at once."""

import os
import secrets
import tempfile
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# So long, in seconds, a writer waits for another one; then it is told to try again.
WARTEZEIT = 20
# So long a transaction may do nothing: after that a writer that hangs lets the others in.
STILLSTAND = 60
SQLITE = {
    # A transaction that writes takes its lock at the start, and others wait for it.
    "transaction_mode": "IMMEDIATE",
    "timeout": WARTEZEIT,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
POSTGRES = {
    # A database that is away is noticed within two seconds, and found again soon.
    "connect_timeout": 2,
    # Compiling a query takes longer than answering it: here they are all short.
    "options": f"-c jit=off -c lock_timeout={WARTEZEIT}s "
    f"-c idle_in_transaction_session_timeout={STILLSTAND}s",
    "pool": {"min_size": 1, "max_size": 10, "timeout": 2, "reconnect_timeout": 5},
}


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


def netze(name: str, default: str) -> list[str]:
    """Addresses and networks, as gunicorn takes them: 192.0.2.1, 10.0.0.0/8 or * for everybody."""
    eintraege = liste(name, default)
    for eintrag in eintraege:
        try:
            ip_network("0.0.0.0" if eintrag == "*" else eintrag)
        except ValueError as fehler:
            raise ImproperlyConfigured(
                f"{name}={eintrag}: Erlaubt sind Adressen (192.0.2.1), Netze (10.0.0.0/8) und *."
            ) from fehler
    return eintraege


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


def verschluesselung(wert: str) -> tuple[bool, bool]:
    """How mail is sent: (with STARTTLS, with TLS from the start)."""
    arten = {"starttls": (True, False), "tls": (False, True), "keine": (False, False)}
    if wert not in arten:
        raise ImproperlyConfigured(
            f"MAIL_VERSCHLUESSELUNG={wert}: Erlaubt sind starttls, tls oder keine."
        )
    return arten[wert]


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
