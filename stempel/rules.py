"""Which Kernaktivität may be stamped on a day, and how small the stamp may become.

The measures are the portal's proposal until the city sets its own; ``/stempel/`` says so.
"""

from kernaktivitaeten.models import Kernaktivitaet, Lage

from .models import Variante

# Widths of the whole print, with the QR code beside it where there is one.
MIN_BREITE_MM, MIN_BREITE_MIT_QR_MM = 35, 80
MIN_BREITE_PX, MIN_BREITE_MIT_QR_PX = 240, 560
MAX_BREITE_MM = 2000
MAX_PROZENT = 90

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
