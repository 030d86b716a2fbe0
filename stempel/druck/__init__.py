"""Puts the stamp onto files of other people, in a process of its own with limits.

Here the process is started, and waited for no longer than it may take; ``__main__`` is the process.
``grenzen`` says what is taken and what may be wished, ``annahme`` opens what may be changed, and
``pdf`` and ``bild`` stamp. Nothing here knows the database or Django.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from .grenzen import (
    ENDUNGEN,
    MAX_BYTES,
    MAX_DATEIEN,
    MAX_OBJEKTE,
    MAX_PIXEL,
    MAX_SEITEN,
    MAX_WARTEZEIT,
    MIN_PNG_PX,
    PLAETZE,
    Ablehnung,
    Wunsch,
    lies_seiten,
    zu_gross,
)

__all__ = [
    "AUSGELASTET",
    "ENDUNGEN",
    "MAX_BYTES",
    "MAX_DATEIEN",
    "MAX_OBJEKTE",
    "MAX_PIXEL",
    "MAX_SEITEN",
    "MIN_PNG_PX",
    "PLAETZE",
    "Ablehnung",
    "Gestempelt",
    "Wunsch",
    "lies_seiten",
    "pruefe_vorlage",
    "stemple",
    "zu_gross",
]

logger = logging.getLogger(__name__)
WURZEL = Path(__file__).parents[2]
# The process works on files of strangers: it is told what a program needs to start, nothing else.
UMGEBUNG = {"PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "PYTHONPATH", "LD_LIBRARY_PATH"}
# So many at a time in one process of the portal; others wait, but not for ever.
ZUGLEICH = threading.BoundedSemaphore(2)
AUSGELASTET = (
    "Gerade werden viele Dateien gestempelt. Versuchen Sie es in einigen Minuten noch einmal."
)
ABGEBROCHEN = (
    "Die Datei ist zu aufwendig: Sie ließ sich in der erlaubten Zeit und mit dem erlaubten "
    "Speicher nicht bearbeiten. Exportieren Sie sie einfacher, oder nutzen Sie das Stempelpaket."
)


@dataclass(frozen=True)
class Gestempelt:
    """What became of one file: ``datei`` where it worked, else it was refused."""

    datei: Path
    vorschau: Path
    hinweise: tuple[str, ...]
    seite: int  # the first that is stamped, from 1; 0 for an image
    seiten: int  # how many are stamped


def stemple(ordner: Path, name: str, aufdruck: bytes, wunsch: Wunsch) -> Gestempelt:
    """Stamps ``ordner/original``, which was called ``name``; raises ``Ablehnung``."""
    (ordner / "aufdruck.pdf").write_bytes(aufdruck)
    return _bearbeite(ordner, {"name": name, "wunsch": asdict(wunsch)})


def pruefe_vorlage(ordner: Path, name: str) -> Gestempelt:
    """Checks ``ordner/original`` as artwork; raises ``Ablehnung``."""
    return _bearbeite(ordner, {"name": name, "wunsch": None})


def _bearbeite(ordner: Path, anweisung: dict) -> Gestempelt:
    for rest in ("ergebnis", "ergebnis.json", "vorschau.png"):
        (ordner / rest).unlink(missing_ok=True)
    (ordner / "wunsch.json").write_text(json.dumps(anweisung), encoding="utf-8")
    if not ZUGLEICH.acquire(timeout=MAX_WARTEZEIT):
        raise Ablehnung(AUSGELASTET)
    try:
        lauf = _starte(ordner)
    finally:
        ZUGLEICH.release()
    try:
        antwort = json.loads((ordner / "ergebnis.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as fehler:
        # The operator learns what happened; of the file nothing is told.
        logger.warning("Stempeln abgebrochen: %s", _letzte_zeile(lauf))
        raise Ablehnung(ABGEBROCHEN) from fehler
    if "ablehnung" in antwort:
        raise Ablehnung(antwort["ablehnung"])
    return Gestempelt(
        ordner / "ergebnis",
        ordner / "vorschau.png",
        tuple(antwort["hinweise"]),
        antwort["seite"] + 1 if antwort["art"] == "PDF" else 0,
        antwort["seiten"],
    )


def _starte(ordner: Path) -> subprocess.CompletedProcess[bytes] | None:
    """The process, when it has ended; ``None`` when it had to be ended."""
    try:
        return subprocess.run(
            [sys.executable, "-m", "stempel.druck", str(ordner)],
            cwd=WURZEL,
            env={name: os.environ[name] for name in UMGEBUNG & os.environ.keys()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=MAX_WARTEZEIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None


def _letzte_zeile(lauf: subprocess.CompletedProcess[bytes] | None) -> str:
    if lauf is None:
        return f"nach {MAX_WARTEZEIT} Sekunden"
    zeilen = lauf.stderr.decode(errors="replace").strip().splitlines()
    return f"Code {lauf.returncode}, {zeilen[-1][:200] if zeilen else 'ohne Meldung'}"
