"""What is taken: kinds of files, and how large they may be."""

import resource
from pathlib import Path

MAX_DATEIEN = 10
MAX_BYTES = 50 * 1024 * 1024
MAX_SEITEN = 500
MAX_OBJEKTE = 50_000
MAX_PIXEL = 80_000_000
MIN_PNG_PX = 1200  # width of artwork that is no drawing of vectors

# Of the process that works on one file.
MAX_SPEICHER = 1536 * 1024 * 1024
MAX_RECHENZEIT = 20
MAX_WARTEZEIT = 60
MAX_ERGEBNIS = 4 * MAX_BYTES

ENDUNGEN = {
    ".pdf": "PDF",
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".jpe": "JPEG",
    ".webp": "WEBP",
}
NAMEN = {"PDF": "PDF", "PNG": "PNG", "JPEG": "JPEG", "WEBP": "WebP"}

BESCHAEDIGT = (
    "Die Datei ist beschädigt oder unvollständig. Speichern oder exportieren Sie sie noch einmal "
    "aus dem Programm, mit dem sie gemacht ist."
)


class Ablehnung(Exception):
    """The file is not taken; the message is the German sentence that says why and what to do."""


def begrenze() -> None:
    """Limits this process: time, memory, and the size of what it writes. No core file."""
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_RECHENZEIT, MAX_RECHENZEIT + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_SPEICHER, MAX_SPEICHER))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_ERGEBNIS, MAX_ERGEBNIS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def erkenne(datei: Path, name: str) -> str:
    """The kind of a file by what is in it; raises ``Ablehnung`` for what is not taken.

    Where name and content differ, one of the two is a mistake that only a person can mend.
    """
    if not datei.stat().st_size:
        raise Ablehnung("Die Datei ist leer. Speichern Sie sie neu und laden Sie sie noch einmal.")
    if datei.stat().st_size > MAX_BYTES:
        raise Ablehnung(zu_gross())
    art, erwartet = _art(datei), ENDUNGEN.get(Path(name).suffix.casefold())
    if not art:
        zusatz = ", auch wenn der Name es sagt" if erwartet else ""
        raise Ablehnung(
            f"Das ist kein PDF, PNG, JPEG oder WebP{zusatz}. "
            "Exportieren Sie Ihr Material als PDF, ein Foto als JPEG, und laden Sie das hoch."
        )
    if erwartet != art:
        raise Ablehnung(
            f"In der Datei steckt ein {NAMEN[art]}, ihr Name endet aber anders. Benennen Sie sie "
            "um, oder prüfen Sie, ob es die richtige Datei ist."
        )
    return art


def zu_gross() -> str:
    return (
        f"Die Datei ist größer als {MAX_BYTES // 1024 // 1024} MB. Exportieren Sie sie mit "
        "kleineren Bildern, oder nutzen Sie das Stempelpaket."
    )


def _art(datei: Path) -> str:
    with datei.open("rb") as offen:
        kopf = offen.read(1024)
    if b"%PDF-" in kopf:
        return "PDF"
    if kopf.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if kopf.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if kopf.startswith(b"RIFF") and kopf[8:12] == b"WEBP":
        return "WEBP"
    return ""
