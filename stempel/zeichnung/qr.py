"""A QR code as a drawing: dark on a white plate, with its quiet zone, on any background."""

import segno

from .flaechen import Flaeche, Zeichnung, rechteck
from .schrift import zeile

RUHEZONE = 4
ZEILE = 5.0  # size of the words below, in modules


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
