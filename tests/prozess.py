"""The portal as a process of its own, for the tests of its start and in the browser."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WURZEL = Path(__file__).parent.parent
BEISPIEL = (WURZEL / ".env.example").read_text(encoding="utf-8")
EINSTELLUNGEN = frozenset(re.findall(r"^#([A-Z_]+)=", BEISPIEL, re.MULTILINE))


def freier_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as s:
        return s.getsockname()[1]


def umgebung(**einstellungen: str | Path) -> dict[str, str]:
    """The environment of this process, of the portal's settings only those given here."""
    fremd = EINSTELLUNGEN | {"DJANGO_ALLOW_ASYNC_UNSAFE"}  # set by the browser tests
    rest = {name: wert for name, wert in os.environ.items() if name not in fremd}
    return rest | {name: str(wert) for name, wert in einstellungen.items()}


def manage(*argumente: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs `manage.py …` to its end."""
    befehl = [sys.executable, "manage.py", *argumente]
    return subprocess.run(befehl, cwd=WURZEL, env=env, capture_output=True, text=True, timeout=60)


@contextmanager
def laufendes_portal(**einstellungen: str | Path) -> Iterator[str]:
    """`manage.py start` on a free port until it answers; yields its address and stops it."""
    port = freier_port()
    url = f"http://127.0.0.1:{port}"
    env = umgebung(PORT=str(port), **einstellungen)
    befehl = [sys.executable, "manage.py", "start"]
    with subprocess.Popen(befehl, cwd=WURZEL, env=env) as prozess:
        try:
            _warte(prozess, f"{url}/healthz")
            yield url
        finally:
            prozess.terminate()


def _warte(prozess: subprocess.Popen[bytes], url: str, sekunden: int = 180) -> None:
    ende = time.monotonic() + sekunden
    while time.monotonic() < ende:
        if prozess.poll() is not None:
            raise RuntimeError(f"Das Portal ist nicht gestartet (Code {prozess.returncode}).")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{url} hat {sekunden} Sekunden lang nicht geantwortet.")
