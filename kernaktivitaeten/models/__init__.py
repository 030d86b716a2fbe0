"""What the city does. Each module is one subject; import the models from here."""

from .entwurf import MitEntwurf
from .kernaktivitaet import Kernaktivitaet
from .lage import Bilanz, Lage, Lagebild
from .status import DEFINITIONEN, Status, Statusmeldung
from .stelle import Besetzung, Person, Stelle, Zugang
from .tranche_beschluss import Beschlusswirkung, Ratsbeschluss, Tranche
from .verantwortung import Verantwortung
from .ziele_plan import Angabe, Messwert, Planangabe, Projektziel
from .zuordnung import Bezeichnung, Ort, Querschnittszuordnung, Zuordnung

__all__ = [
    "DEFINITIONEN",
    "Angabe",
    "Beschlusswirkung",
    "Besetzung",
    "Bezeichnung",
    "Bilanz",
    "Kernaktivitaet",
    "Lage",
    "Lagebild",
    "Messwert",
    "MitEntwurf",
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
    "Zugang",
    "Zuordnung",
]
