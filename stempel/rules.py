"""Which Kernaktivität may be stamped on a day, with which artwork, and how small it may become.

The artwork is the city's own where it is published, else our neutral one. The measures are the
portal's proposal until the city sets its own; ``/stempel/`` says so.
"""

from dataclasses import dataclass
from datetime import date

from kernaktivitaeten.models import Kernaktivitaet, Lage

from .entwurf import HOEHE, UNGUELTIG, zeichne
from .models import Farbe, Stempelvorlage, Variante
from .zeichnung import Bild, Zeichnung, groesse

# Widths of the whole print, with the QR code beside it where there is one.
MIN_BREITE_MM, MIN_BREITE_MIT_QR_MM = 35, 80
MIN_BREITE_PX, MIN_BREITE_MIT_QR_PX = 240, 560
MAX_BREITE_MM = 2000
MAX_PROZENT = 90
# A badge stands on a white plate that is so much wider on each side.
PLATTE = 25
BREITE_DES_ABZEICHENS = 280  # in pixels, as the HTML to copy proposes

STEMPELBAR = {Lage.LAUFEND: Variante.LAUFEND, Lage.UMGESETZT: Variante.UMGESETZT}
AUFBRAUCHEN = (
    "Neues Material bekommt keinen Stempel mehr; vorhandenes Material darf aufgebraucht werden."
)


def variante(ka: Kernaktivitaet) -> Variante | None:
    """The variant for a row of ``zum``; ``None`` when it may not be stamped on that day."""
    return STEMPELBAR.get(ka.lagebild.lage)


def ablehnung(ka: Kernaktivitaet) -> str:
    """Why a row of ``zum`` may not be stamped, and since when; empty when it may."""
    bild = ka.lagebild
    if bild.lage in STEMPELBAR:
        return ""
    if bild.lage == Lage.NOCH_NICHT:
        return "noch nicht beschlossen. Den Stempel gibt es, sobald sie läuft."
    if bild.lage == Lage.OHNE_STAND:
        return (
            "kein Stand bekannt. Den Stempel gibt es, sobald das Strategiebüro gemeldet hat, "
            "dass sie läuft oder umgesetzt ist."
        )
    return f"{bild.wort}, {bild.kurz}. {AUFBRAUCHEN}"


def min_breite_mm(mit_qr: bool) -> int:
    """The least width of the print on paper."""
    return MIN_BREITE_MIT_QR_MM if mit_qr else MIN_BREITE_MM


def min_breite_px(mit_qr: bool) -> int:
    """The least width of the print in an image."""
    return MIN_BREITE_MIT_QR_PX if mit_qr else MIN_BREITE_PX


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


def bild_des_abzeichens(variante: Variante | None, stichtag: date) -> Zeichnung:
    """What a web page shows: the present variant, or that it is no longer valid."""
    if variante is None:
        return zeichne(UNGUELTIG, "grau")
    return next(iter(motive(variante, stichtag).values())).zeichnung


def masse_des_abzeichens(variante: Variante, stichtag: date) -> tuple[int, int]:
    """Width and height in pixels for the HTML to copy; the city's artwork has its own shape."""
    bild = bild_des_abzeichens(variante, stichtag)
    mal = BREITE_DES_ABZEICHENS / (bild.breite + 2 * PLATTE)
    return BREITE_DES_ABZEICHENS, round((bild.hoehe + 2 * PLATTE) * mal)
