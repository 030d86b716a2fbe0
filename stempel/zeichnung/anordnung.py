"""The stamp with the name of its Kernaktivität below, or with a QR code beside it."""

from .flaechen import Flaeche, Zeichnung, rechteck
from .schrift import VERSALHOEHE, umbrochen, zeile

# Parts of the stamp's height.
ABSTAND = 0.2
NAME_GROESSE, NAME_ZEILE, NAME_STAERKE = 0.26, 0.33, 600
# The QR code is larger than the stamp, or no telephone could read it on a poster.
QR_SEITE = 1.5


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
