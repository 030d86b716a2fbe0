"""What uploads take of this machine: the disk for an hour at the longest, half of the threads.

A folder for each piece of work, below ``DATEN_ORDNER``, for the eyes of the one who made it. It
is deleted when the result is fetched; else by a timer, and by the next process that starts.
"""

import fcntl
import io
import json
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from .druck import AUSGELASTET, MAX_BYTES

FRIST = 3600
# Seconds that somebody waits for who works on the same files.
GEDULD = 5
# Of each process readers keep at least half of the threads.
FAEDEN = threading.BoundedSemaphore(max(1, settings.THREADS // 2))
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
ANGABEN = "angaben.json"
# Made with the folder and never written again: its age is the age of the work.
SPERRE = "sperre"


class Fort(Exception):
    """The piece of work is not there (any more), or it is somebody else's."""


class Ausgelastet(Exception):
    """Too much work at the same time; ``token`` names the files that are kept for later, if any."""

    def __init__(self, token: str = "") -> None:
        super().__init__(AUSGELASTET)
        self.token = token


@contextmanager
def faden(token: str = "") -> Iterator[None]:
    """A thread for work that takes long; raises ``Ausgelastet`` at once where there is none."""
    if not FAEDEN.acquire(blocking=False):
        raise Ausgelastet(token)
    try:
        yield
    finally:
        FAEDEN.release()


class BegrenzteDatei(TemporaryFileUploadHandler):
    """Keeps of a file what may be taken at most; its size is told as it is.

    So the form of the page can still say which file was too large.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= MAX_BYTES:
            super().receive_data_chunk(raw_data, start)


def wurzel() -> Path:
    return settings.DATEN_ORDNER / "stempelablage"


def lege_an(angaben: dict[str, Any]) -> tuple[str, Path]:
    """A new folder with ``angaben`` (``nutzer`` among them); returns its token and itself."""
    raeume_auf()
    token = secrets.token_urlsafe(24)
    ordner = wurzel() / token
    ordner.mkdir(mode=0o700, parents=True)
    (ordner / SPERRE).touch()
    schreibe(ordner, angaben)
    _plane(token, FRIST)
    return token, ordner


def schreibe(ordner: Path, angaben: dict[str, Any]) -> None:
    """At once: who looks meanwhile sees what was there before."""
    neu = ordner / f"{ANGABEN}.neu"
    neu.write_text(json.dumps(angaben), encoding="utf-8")
    neu.replace(ordner / ANGABEN)


def oeffne(token: str, nutzer: int) -> tuple[Path, dict[str, Any]]:
    """The folder and what is known about it; raises ``Fort``."""
    ordner = wurzel() / token
    if not TOKEN.fullmatch(token) or _rest(ordner) <= 0:
        raise Fort
    try:
        angaben = json.loads((ordner / ANGABEN).read_text(encoding="utf-8"))
    except (OSError, ValueError) as fehler:
        raise Fort from fehler
    if angaben["nutzer"] != nutzer:
        raise Fort
    return ordner, angaben


@contextmanager
def allein(token: str, nutzer: int) -> Iterator[tuple[Path, dict[str, Any]]]:
    """``oeffne`` for one at a time: who clicks twice does not write into one file twice.

    Raises ``Ausgelastet`` when the other one takes long, ``Fort`` also where the hour ends or the
    other one has fetched it meanwhile.
    """
    ordner, _ = oeffne(token, nutzer)
    try:
        with (ordner / SPERRE).open() as sperre:
            _sperre(sperre, token)
            yield oeffne(token, nutzer)
    except FileNotFoundError as fehler:
        raise Fort from fehler


def _sperre(datei: IO[str], token: str) -> None:
    ende = time.monotonic() + GEDULD
    while True:
        try:
            return fcntl.flock(datei, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fehler:
            if time.monotonic() > ende:
                raise Ausgelastet(token) from fehler
        time.sleep(0.05)


class Abholung(io.FileIO):
    """A result on its way to its owner. Only when all of it was read its folder is deleted.

    A connection can break: then it is still there and can be fetched once more.
    """

    def __init__(self, pfad: Path, token: str) -> None:
        super().__init__(pfad)
        self.token, self.laenge = token, pfad.stat().st_size

    def fileno(self) -> int:
        """None: the web server would send it past us, and we would not see its end."""
        raise io.UnsupportedOperation

    def close(self) -> None:
        if not self.closed and self.tell() == self.laenge:
            loesche(self.token)
        super().close()


def loesche(token: str) -> None:
    shutil.rmtree(wurzel() / token, ignore_errors=True)


def raeume_auf() -> None:
    """Deletes what is older than ``FRIST``."""
    for ordner in _alle():
        if _rest(ordner) <= 0:
            loesche(ordner.name)


def uebernimm() -> None:
    """For a process that starts: what others left behind is deleted in time."""
    for ordner in _alle():
        _plane(ordner.name, max(0.0, _rest(ordner)))


def _alle() -> list[Path]:
    return list(wurzel().iterdir()) if wurzel().is_dir() else []


def _rest(ordner: Path) -> float:
    """The seconds that a folder may still stay; none for one that is not there.

    The age of a file, not a day of the domain: the clock of the file system is asked.
    """
    for zeuge in (ordner / SPERRE, ordner):
        try:
            return FRIST - (time.time() - zeuge.stat().st_mtime)
        except OSError:
            continue
    return 0


def _plane(token: str, sekunden: float) -> None:
    wecker = threading.Timer(sekunden, loesche, (token,))
    wecker.daemon = True
    wecker.start()
