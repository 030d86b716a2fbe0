"""Where the stamp shall stand and how large it shall be."""

import re
from dataclasses import dataclass

from .grenzen import Ablehnung

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
