"""What is drawn: our own neutral stamp, words, a QR code, and how they stand beside each other.

The stamp is five pieces of a ring for the five Kompetenzen, a disc, and words. The disc is the sign
of the status on all pages of the portal: half while it runs, full when it is done. The city's logo
is not redrawn. Words are shapes of the portal's own font: no program needs it to show them.
"""

from functools import lru_cache
from math import cos, pi, sin, tan
from pathlib import Path

import segno
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from .zeichnung import Befehl, Flaeche, Punkt, Zeichnung, rechteck

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
HOEHE = 100
LUECKE = 20.0
OBEN, UNTEN = (30.0, 500), (47.0, 800)  # size and weight of the two lines
# Source Sans 3, OFL-1.1; the licence lies beside it.
SCHRIFTDATEI = Path(__file__).parents[1] / "static" / "schrift" / "source-sans-3-latin.woff2"
ERSATZ = "?"
VERSALHOEHE = 0.66
# Parts of the stamp's height.
ABSTAND = 0.2
NAME_GROESSE, NAME_ZEILE, NAME_STAERKE = 0.26, 0.33, 600
# The QR code is larger than the stamp, or no telephone could read it on a poster.
QR_SEITE = 1.5
RUHEZONE = 4
ZEILE = 5.0  # size of the words below, in modules


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


def mit_name(stempel: Zeichnung, name: str, farbe: str) -> Zeichnung:
    """Below the stamp a line and the name, in as many lines as it needs."""
    hoehe = stempel.hoehe
    groesse = hoehe * NAME_GROESSE
    zeilen = umbrochen(name, groesse, NAME_STAERKE, stempel.breite)
    oben = hoehe * (1 + ABSTAND)
    unten = oben + hoehe * ABSTAND + len(zeilen) * hoehe * NAME_ZEILE
    breite = max(stempel.breite, *(zeile(z, groesse, NAME_STAERKE)[1] for z in zeilen))
    ganzes = Zeichnung(breite, unten).mit(stempel, 0, 0)
    strich = Flaeche(farbe, rechteck(0, oben, stempel.breite, hoehe * 0.025))
    worte = [
        Flaeche(farbe, zeile(text, groesse, NAME_STAERKE)[0]).verschoben(
            0, oben + hoehe * ABSTAND + nr * hoehe * NAME_ZEILE + groesse * VERSALHOEHE
        )
        for nr, text in enumerate(zeilen)
    ]
    return ganzes.mit(Zeichnung(breite, unten, (strich, *worte)), 0, 0)


def mit_qr(stempel: Zeichnung, code: Zeichnung) -> Zeichnung:
    """The QR code on the right, both in the middle of the height."""
    abstand, seite = stempel.hoehe * ABSTAND, stempel.hoehe * QR_SEITE
    mal = seite / code.breite
    hoehe = max(stempel.hoehe, code.hoehe * mal)
    ganzes = Zeichnung(stempel.breite + abstand + seite, hoehe)
    return ganzes.mit(stempel, 0, (hoehe - stempel.hoehe) / 2).mit(
        code, stempel.breite + abstand, (hoehe - code.hoehe * mal) / 2, mal
    )


def qr_code(adresse: str, beschriftung: str = "") -> Zeichnung:
    """One unit is one module. Error correction M: it may lose 15 % and is still read.

    ``beschriftung`` stands below it, for those who have to type or tell it.
    """
    matrix = segno.make(adresse, error="m", micro=False).matrix
    seite = len(matrix) + 2 * RUHEZONE
    dunkel: list = []
    for y, reihe in enumerate(matrix):
        x = 0
        while x < len(reihe):
            ende = x
            while ende < len(reihe) and reihe[ende]:
                ende += 1
            if ende > x:
                dunkel += rechteck(x + RUHEZONE, y + RUHEZONE, ende - x, 1)
            x = ende + 1
    hoehe = seite + (ZEILE if beschriftung else 0)
    befehle, breite = zeile(beschriftung, ZEILE, 600)
    worte = Flaeche("#000000", befehle).verschoben((seite - breite) / 2, seite + ZEILE * 0.3)
    platte = Flaeche("#ffffff", rechteck(0, 0, seite, hoehe))
    return Zeichnung(seite, hoehe, (platte, Flaeche("#000000", tuple(dunkel)), worte))


class _Stift(BasePen):
    """Collects the outline of glyphs; the base class makes cubic curves of all others."""

    def __init__(self, schnitt, mal: float) -> None:
        super().__init__(schnitt)
        self.befehle: list[Befehl] = []
        self.x, self.mal = 0.0, mal

    def _punkt(self, punkt) -> tuple[float, float]:
        return self.x + punkt[0] * self.mal, -punkt[1] * self.mal

    def _moveTo(self, punkt) -> None:
        self.befehle.append(("M", *self._punkt(punkt)))

    def _lineTo(self, punkt) -> None:
        self.befehle.append(("L", *self._punkt(punkt)))

    def _curveToOne(self, *punkte) -> None:
        self.befehle.append(("C", *(zahl for punkt in punkte for zahl in self._punkt(punkt))))

    def _closePath(self) -> None:
        self.befehle.append(("Z",))


@lru_cache(maxsize=1)
def _schrift() -> TTFont:
    return TTFont(SCHRIFTDATEI)


@lru_cache(maxsize=4)
def _schnitt(staerke: int):
    """The glyphs in one weight of the variable font, and the names of the characters."""
    schrift = _schrift()
    return schrift.getGlyphSet(location={"wght": staerke}), schrift.getBestCmap()


@lru_cache(maxsize=1024)
def zeile(text: str, groesse: float, staerke: int) -> tuple[tuple[Befehl, ...], float]:
    """One line with its baseline at y = 0: the path and its width.

    A character that the font does not have becomes a question mark.
    """
    schnitt, namen = _schnitt(staerke)
    stift = _Stift(schnitt, groesse / _schrift()["head"].unitsPerEm)
    for zeichen in text:
        glyphe = schnitt[namen.get(ord(zeichen), namen[ord(ERSATZ)])]
        glyphe.draw(stift)
        stift.x += glyphe.width * stift.mal
    return tuple(stift.befehle), stift.x


def umbrochen(text: str, groesse: float, staerke: int, breite: float) -> list[str]:
    """``text`` in lines that are not wider than ``breite``, as far as its words allow."""
    zeilen: list[str] = []
    for wort in text.split():
        versuch = f"{zeilen[-1]} {wort}" if zeilen else wort
        if zeilen and zeile(versuch, groesse, staerke)[1] <= breite:
            zeilen[-1] = versuch
        else:
            zeilen.append(wort)
    return zeilen


def bogen(mitte: Punkt, radius: float, von: float, bis: float) -> tuple[Befehl, ...]:
    """Curves along a circle from the angle ``von`` to ``bis`` (radians, clockwise from the top).

    Begins where the path is; see ``punkt_auf``.
    """
    stuecke = max(1, round(abs(bis - von) / (pi / 4)))
    schritt = (bis - von) / stuecke
    hebel = 4 / 3 * tan(schritt / 4) * radius
    befehle = []
    for nr in range(stuecke):
        a, b = von + nr * schritt, von + (nr + 1) * schritt
        (ax, ay), (bx, by) = punkt_auf(mitte, radius, a), punkt_auf(mitte, radius, b)
        befehle.append(
            (
                "C",
                *(ax + hebel * cos(a), ay + hebel * sin(a)),
                *(bx - hebel * cos(b), by - hebel * sin(b)),
                *(bx, by),
            )
        )
    return tuple(befehle)


def punkt_auf(mitte: Punkt, radius: float, winkel: float) -> Punkt:
    return mitte[0] + radius * sin(winkel), mitte[1] - radius * cos(winkel)


def ringstueck(
    mitte: Punkt, aussen: float, innen: float, von: float, bis: float
) -> tuple[Befehl, ...]:
    """A piece of a ring between two angles."""
    return (
        ("M", *punkt_auf(mitte, aussen, von)),
        *bogen(mitte, aussen, von, bis),
        ("L", *punkt_auf(mitte, innen, bis)),
        *bogen(mitte, innen, bis, von),
        ("Z",),
    )


def ring(mitte: Punkt, aussen: float, innen: float = 0) -> tuple[Befehl, ...]:
    """A whole ring; a disc where ``innen`` is 0."""
    kreis = (("M", *punkt_auf(mitte, aussen, 0)), *bogen(mitte, aussen, 0, 2 * pi), ("Z",))
    if not innen:
        return kreis
    loch = (("M", *punkt_auf(mitte, innen, 0)), *bogen(mitte, innen, 0, -2 * pi), ("Z",))
    return kreis + loch
