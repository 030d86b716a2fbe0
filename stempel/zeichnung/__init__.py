"""The drawing of the stamp: one geometry, from which SVG, PDF and PNG are made.

``flaechen`` knows shapes, ``schrift`` turns words into shapes, ``motiv`` draws our own artwork,
``qr`` a QR code, ``anordnung`` puts things beside and below each other, ``als_svg``, ``als_pdf``
and ``als_png`` write it down. Nothing here knows the database.
"""

from .anordnung import mit_name, mit_qr
from .ausgabe import (
    als_formular,
    als_pdf,
    als_pfade,
    als_png,
    als_svg,
    gespeichert,
    groesse,
    pdf_als_png,
)
from .flaechen import Bild, Flaeche, Zeichnung
from .motiv import FARBEN, TEXTE, UNGUELTIG, zeichne
from .qr import qr_code

__all__ = [
    "FARBEN",
    "TEXTE",
    "UNGUELTIG",
    "Bild",
    "Flaeche",
    "Zeichnung",
    "als_formular",
    "als_pdf",
    "als_pfade",
    "als_png",
    "als_svg",
    "gespeichert",
    "groesse",
    "mit_name",
    "mit_qr",
    "pdf_als_png",
    "qr_code",
    "zeichne",
]
