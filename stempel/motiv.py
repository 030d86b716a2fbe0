"""Which artwork serves on a day: the city's own where it is published, else our neutral one."""

from dataclasses import dataclass
from datetime import date

from .models import Farbe, Stempelvorlage, Variante
from .zeichnung import UNGUELTIG, Bild, Zeichnung, groesse, zeichne

HOEHE = 100


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
    for vorlage in Stempelvorlage.objects.gueltig(stichtag).filter(variante=variante):
        amtlich.setdefault(Farbe(vorlage.farbe), Motiv(aus_vorlage(vorlage), vorlage))
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
