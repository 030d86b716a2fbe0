"""Our own, neutral artwork: five pieces of a ring for the five Kompetenzen, a disc, and words.

The disc is the sign of the status on all pages of the portal: half while it runs, full when it is
done. The city's logo is not redrawn.
"""

from functools import lru_cache
from math import pi

from .flaechen import Befehl, Flaeche, Zeichnung, ring, ringstueck
from .schrift import VERSALHOEHE, zeile

UNGUELTIG = "ungueltig"
# Variant → its two lines; the first is the smaller one.
TEXTE = {
    "laufend": ("Ein Projekt der", "Bochum Strategie"),
    "umgesetzt": ("Ein umgesetztes Projekt der", "Bochum Strategie"),
    UNGUELTIG: ("Stempel der Bochum Strategie", "nicht mehr gültig"),
}
# Colour → colour of the sign, of the words.
FARBEN = {
    "farbig": ("#009ee3", "#00395a"),
    "schwarz": ("#000000", "#000000"),
    "weiss": ("#ffffff", "#ffffff"),
    "grau": ("#5a6873", "#3c474f"),
}
HOEHE = 100.0
LUECKE = 20.0
OBEN, UNTEN = (30.0, 500), (47.0, 800)  # size and weight of the two lines


@lru_cache(maxsize=16)
def zeichne(variante: str, farbe: str) -> Zeichnung:
    """The stamp in a variant of ``TEXTE`` and a colour of ``FARBEN``."""
    farbe_zeichen, farbe_schrift = FARBEN[farbe]
    x = HOEHE + LUECKE
    zeilen = [
        zeile(text, groesse, staerke)
        for text, (groesse, staerke) in zip(TEXTE[variante], (OBEN, UNTEN), strict=True)
    ]
    grundlinien = (16 + OBEN[0] * VERSALHOEHE, HOEHE - 16)
    worte = [
        Flaeche(farbe_schrift, befehle).verschoben(x, y)
        for (befehle, _), y in zip(zeilen, grundlinien, strict=True)
    ]
    breite = x + max(laenge for _, laenge in zeilen)
    return Zeichnung(breite, HOEHE, (Flaeche(farbe_zeichen, _zeichen(variante)), *worte))


def _zeichen(variante: str) -> tuple[Befehl, ...]:
    mitte, halber_spalt = (HOEHE / 2, HOEHE / 2), 0.07
    stuecke: list[Befehl] = []
    for nr in range(5):
        von = nr * 2 * pi / 5 + halber_spalt
        bis = (nr + 1) * 2 * pi / 5 - halber_spalt
        stuecke += ringstueck(mitte, HOEHE / 2, 35, von, bis)
    if variante == "umgesetzt":
        return (*stuecke, *ring(mitte, 24))
    stuecke += ring(mitte, 24, 18)
    if variante == "laufend":
        stuecke += ringstueck(mitte, 18.5, 0.01, pi, 2 * pi)
    return tuple(stuecke)
