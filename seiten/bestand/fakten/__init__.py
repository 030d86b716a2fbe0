"""What the public pages know: every public row as a value that never changes.

Each class is the copy of the model of the same name: its columns, its relations resolved, and what
the model says about itself (``wie``), said by the same function, once per fact. Internal notes,
drafts and names that are not released have no place here.
"""

from .akte import (
    Angabe,
    Aussage,
    Bezeichnung,
    Kernaktivitaet,
    Messwert,
    Ort,
    Planangabe,
    Projektziel,
    Querschnittszuordnung,
    Statusmeldung,
    Zuordnung,
    sortiername,
)
from .beschlossen import (
    Beschlusswirkung,
    Bilanz,
    Ratsbeschluss,
    Stelle,
    Tranche,
    Verantwortung,
)
from .grund import (
    Datiertes,
    Fakt,
    Wort,
)
from .strategie import (
    Ausnahme,
    Barrierefreiheitserklaerung,
    Meilenstein,
    Quelle,
    Querschnittsthema,
    StrategischesZiel,
    Textseite,
    Werkzeugkasten,
    Wesenskernteil,
    Zielelement,
)

__all__ = [
    "Angabe",
    "Ausnahme",
    "Aussage",
    "Barrierefreiheitserklaerung",
    "Beschlusswirkung",
    "Bezeichnung",
    "Bilanz",
    "Datiertes",
    "Fakt",
    "Kernaktivitaet",
    "Meilenstein",
    "Messwert",
    "Ort",
    "Planangabe",
    "Projektziel",
    "Quelle",
    "Querschnittsthema",
    "Querschnittszuordnung",
    "Ratsbeschluss",
    "Statusmeldung",
    "Stelle",
    "StrategischesZiel",
    "Textseite",
    "Tranche",
    "Verantwortung",
    "Werkzeugkasten",
    "Wesenskernteil",
    "Wort",
    "Zielelement",
    "Zuordnung",
    "sortiername",
]
