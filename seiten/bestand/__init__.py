"""All public facts in memory: what the pages are functions of.

``fakten`` says what there is, ``lesen`` reads it, ``bestand`` finds in it, ``lager`` keeps it.
"""

from .bestand import Bestand, Stand, an_der_wurzel, je_bestand, zeitraum_der_angaben
from .lager import aktueller_bestand, leere
from .lesen import lies_bestand

__all__ = [
    "Bestand",
    "Stand",
    "aktueller_bestand",
    "an_der_wurzel",
    "je_bestand",
    "leere",
    "lies_bestand",
    "zeitraum_der_angaben",
]
