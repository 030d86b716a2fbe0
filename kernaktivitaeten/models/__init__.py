"""What the city does. Each module is one subject; import the models from here."""

from .kernaktivitaet import Kernaktivitaet
from .lage import Lage
from .status import Bilanz, Status, Statusmeldung
from .tranche_beschluss import Beschlusswirkung, Ratsbeschluss, Tranche
from .verantwortung import Besetzung, Person, Stelle, Verantwortung
from .ziele_plan import Angabe, Messwert, Planangabe, Projektziel
from .zuordnung import Bezeichnung, Ort, Querschnittszuordnung, Zuordnung

__all__ = [
    "Angabe",
    "Beschlusswirkung",
    "Besetzung",
    "Bezeichnung",
    "Bilanz",
    "Kernaktivitaet",
    "Lage",
    "Messwert",
    "Ort",
    "Person",
    "Planangabe",
    "Projektziel",
    "Querschnittszuordnung",
    "Ratsbeschluss",
    "Status",
    "Statusmeldung",
    "Stelle",
    "Tranche",
    "Verantwortung",
    "Zuordnung",
]
