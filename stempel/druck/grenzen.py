"""What is taken and what may be wished: kinds of files, how large they may be, where to stamp.

Known on both sides, so nothing is imported here that reads files.
"""

import re
import resource
from dataclasses import dataclass
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

PLAETZE = {
    "oben-links": "oben links",
    "oben-mitte": "oben in der Mitte",
    "oben-rechts": "oben rechts",
    "mitte-links": "links in der Mitte",
    "mitte-mitte": "genau in der Mitte",
    "mitte-rechts": "rechts in der Mitte",
    "unten-links": "unten links",
    "unten-mitte": "unten in der Mitte",
    "unten-rechts": "unten rechts",
}
ALLE, ERSTE, LETZTE = "alle", "erste", "letzte"
BEREICH = re.compile(r"\s*(\d{1,4})\s*(?:[-–]\s*(\d{1,4})\s*)?")
MM = 72 / 25.4  # points


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


@dataclass(frozen=True)
class Wunsch:
    """``groesse`` is in mm or in percent of the width; the least widths belong to the print.

    ``alternativtext`` makes the stamp a figure; without it it is an artifact, that is decoration.
    """

    platz: str
    groesse: float
    einheit: str  # "mm" or "prozent"
    seiten: str  # "alle", "erste", "letzte" or "1-3, 5"
    min_mm: float
    min_px: int
    alternativtext: str = ""

    def lage(
        self, breite: float, hoehe: float, b: float, h: float, rand: float
    ) -> tuple[float, float]:
        """Lower left corner of a ``b`` × ``h`` print on a sheet, ``rand`` away from its edges."""
        senkrecht, waagerecht = self.platz.split("-")
        x = {"links": rand, "mitte": (breite - b) / 2, "rechts": breite - b - rand}[waagerecht]
        y = {"unten": rand, "mitte": (hoehe - h) / 2, "oben": hoehe - h - rand}[senkrecht]
        return x, y


def lies_seiten(text: str) -> list[tuple[int, int]]:
    """ "1-3, 5" → [(1, 3), (5, 5)]; raises ``Ablehnung`` for everything else."""
    bereiche = []
    for teil in text.split(","):
        treffer = BEREICH.fullmatch(teil)
        von, bis = (int(z) for z in (treffer[1], treffer[2] or treffer[1])) if treffer else (0, 0)
        if not 1 <= von <= bis:
            raise Ablehnung(f"Die Seiten „{text}“ sind nicht zu lesen. Beispiel: 1-3, 5")
        bereiche.append((von, bis))
    return bereiche


def gewaehlte(seiten: str, anzahl: int) -> list[int]:
    """The indices of the chosen pages of ``anzahl``; raises ``Ablehnung`` for missing ones."""
    if seiten == ALLE:
        return list(range(anzahl))
    if seiten in (ERSTE, LETZTE):
        return [0 if seiten == ERSTE else anzahl - 1]
    gewaehlt = {nr for von, bis in lies_seiten(seiten) for nr in range(von, bis + 1)}
    if max(gewaehlt) > anzahl:
        raise Ablehnung(
            f"Seite {max(gewaehlt)} gibt es nicht: Das PDF hat "
            f"{'eine Seite' if anzahl == 1 else f'{anzahl} Seiten'}."
        )
    return sorted(nr - 1 for nr in gewaehlt)
