"""A QR code as a drawing: dark on a white plate, with its quiet zone, on any background."""

import segno

from .flaechen import Flaeche, Zeichnung, rechteck

RUHEZONE = 4


def qr_code(adresse: str) -> Zeichnung:
    """One unit is one module. Error correction M: it may lose 15 % and is still read."""
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
    return Zeichnung(
        seite,
        seite,
        (Flaeche("#ffffff", rechteck(0, 0, seite, seite)), Flaeche("#000000", tuple(dunkel))),
    )
