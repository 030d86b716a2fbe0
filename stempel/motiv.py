"""Which artwork serves on a day: the city's own where it is published, else our neutral one."""

from dataclasses import dataclass
from datetime import date

from .models import Farbe, Stempelvorlage, Variante
from .zeichnung import UNGUELTIG, Bild, Zeichnung, groesse, zeichne

HOEHE = 100
# A badge stands on a white plate that is so much wider on each side.
PLATTE = 25
BREITE_DES_ABZEICHENS = 280  # in pixels, as the HTML to copy proposes


@dataclass(frozen=True)
class Motiv:
    """A drawing in one colour, and the artwork it comes from; ``None`` when it is ours."""

    zeichnung: Zeichnung
    vorlage: Stempelvorlage | None = None


def motive(variante: Variante, stichtag: date) -> dict[Farbe, Motiv]:
    """Colour → motif, in the order of ``Farbe``.

    As soon as the city has published one colour of a variant, only the city's colours serve: its
    artwork and ours never stand side by side.
    """
    amtlich: dict[Farbe, Motiv] = {}
    gueltige = Stempelvorlage.objects.gueltig(stichtag).filter(variante=variante)
    for vorlage in gueltige.defer("datei"):  # only that of the newest is read
        if vorlage.farbe not in amtlich:
            amtlich[Farbe(vorlage.farbe)] = Motiv(aus_vorlage(vorlage), vorlage)
    if not amtlich:
        return {farbe: Motiv(zeichne(variante.value, farbe.value)) for farbe in Farbe}
    return {farbe: amtlich[farbe] for farbe in Farbe if farbe in amtlich}


def aus_vorlage(vorlage: Stempelvorlage) -> Zeichnung:
    """The city's artwork as a drawing, as high as ours."""
    pdf = bytes(vorlage.datei)
    breite, hoehe = groesse(pdf)
    breite *= HOEHE / hoehe
    return Zeichnung(breite, HOEHE, bilder=(Bild(pdf, 0, 0, breite, HOEHE),))


def abzeichen(variante: Variante | None, stichtag: date) -> Zeichnung:
    """What a web page shows: the present variant, or that it is no longer valid."""
    if variante is None:
        return zeichne(UNGUELTIG, "grau")
    return next(iter(motive(variante, stichtag).values())).zeichnung


def masse_des_abzeichens(variante: Variante, stichtag: date) -> tuple[int, int]:
    """Width and height in pixels for the HTML to copy; the city's artwork has its own shape."""
    bild = abzeichen(variante, stichtag)
    mal = BREITE_DES_ABZEICHENS / (bild.breite + 2 * PLATTE)
    return BREITE_DES_ABZEICHENS, round((bild.hoehe + 2 * PLATTE) * mal)
