"""`python manage.py start`: from a fresh clone to a running portal.

Says in one German line what is wrong, gets the database and the static files ready, and hands
over to gunicorn, which takes the place of this process.
"""

import errno
import os
import socket
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connection

from zielsystem.models import Zielelement

FIXTURES = ("zielsystem", "kernaktivitaeten", "strategiearbeit")


class Startfehler(CommandError):
    """Something that keeps the portal from starting and that the operator can mend."""


class Command(BaseCommand):
    help = "Startet das Strategieportal: Datenbank, Daten, statische Dateien, Webserver."

    def handle(self, *args: Any, **options: Any) -> None:
        for modul in ("whitenoise", "gunicorn"):  # missing ones are told before any work is done
            import_module(modul)
        pruefe_ordner(settings.DATEN_ORDNER)
        pruefe_port(settings.HOST, settings.PORT)
        pruefe_datenbank()
        try:
            call_command("migrate", interactive=False, verbosity=0)
            lade_fixtures()
        except DatabaseError as fehler:
            raise Startfehler(f"Die Datenbank nimmt nichts an ({erste_zeile(fehler)}).") from fehler
        call_command("collectstatic", interactive=False, verbosity=0)
        connection.close()
        self.stdout.write(
            f"Das Strategieportal läuft: {adresse(settings.HOST, settings.PORT)} "
            "(Beenden mit Strg+C)"
        )
        self.stdout.flush()
        # Its own variable, too: it takes neither blanks nor a file, and ours may be the default.
        os.environ["FORWARDED_ALLOW_IPS"] = ",".join(settings.FORWARDED_ALLOW_IPS)
        os.execv(sys.executable, gunicorn())


def pruefe_ordner(ordner: Path) -> None:
    """Makes the data folder, for nobody else to read, and tries to write into it."""
    try:
        ordner.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=ordner).close()
    except OSError as fehler:
        raise Startfehler(
            f"Der Datenordner {ordner} ist nicht beschreibbar ({fehler.strerror}). Bitte die "
            "Rechte prüfen oder mit DATEN_ORDNER einen anderen Ordner nennen."
        ) from fehler


def pruefe_port(host: str, port: int) -> None:
    """Binds once on trial: gunicorn shares its port (SO_REUSEPORT) and would not notice."""
    familie = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(familie, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as fehler:
        if fehler.errno == errno.EADDRINUSE:
            anderer = port + 1 if port < 65535 else 8000
            raise Startfehler(
                f"Port {port} auf {host} ist belegt. Läuft das Portal schon? "
                f"Mit einem anderen Port: PORT={anderer} make start"
            ) from fehler
        raise Startfehler(
            f"An {host}, Port {port}, kann das Portal nicht lauschen ({fehler.strerror}). "
            "Bitte HOST und PORT prüfen."
        ) from fehler


def pruefe_datenbank() -> None:
    """Connects once, past the pool, which would try again and again and say so each time."""
    probe = connection.copy()
    probe.settings_dict["OPTIONS"].pop("pool", None)
    try:
        probe.ensure_connection()
    except DatabaseError as fehler:
        raise Startfehler(
            f"Die Datenbank ist nicht erreichbar ({erste_zeile(fehler)}). "
            "Bitte DATABASE_URL prüfen."
        ) from fehler
    finally:
        probe.close()


def lade_fixtures() -> None:
    """Fills an empty database, all or nothing. What people have edited since stays."""
    if not Zielelement.objects.exists():
        call_command("loaddata", *FIXTURES, verbosity=0)


def erste_zeile(fehler: Exception) -> str:
    return str(fehler).partition("\n")[0].rstrip(".")


def netzadresse(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def adresse(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    lokal = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://{netzadresse(lokal, port)}/"


def gunicorn() -> list[str]:
    """The command line of the web server. Without --reuse-port one worker gets all the load."""
    return [
        *(sys.executable, "-m", "gunicorn", "bochum_strategie.wsgi"),
        *("--chdir", str(settings.BASE_DIR)),
        *("--bind", netzadresse(settings.HOST, settings.PORT), "--reuse-port"),
        *("--worker-class", "gthread"),
        *("--workers", str(settings.WORKERS), "--threads", str(settings.THREADS)),
        # Nobody outside says below which prefix the portal lies (SCRIPT_NAME as a header).
        *("--forwarder-headers", ""),
        *("--no-control-socket", "--log-level", "warning"),
    ]
