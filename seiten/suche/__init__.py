"""Search over everything public, in memory: the same on both databases.

``falten`` knows words, ``synonyme`` other words for the same, ``passage`` and ``eintraege`` what
can be found, ``index`` where each word stands, ``finden`` what a query means, ``ersatz`` what it
might mean, ``ergebnis`` what comes out of it, and ``ausschnitt`` where in a text the words stand.
"""

from .ausschnitt import Ausschnitt, Teil, ausschnitt, markiert
from .eintraege import KERNAKTIVITAET, Art, arten
from .ergebnis import MAX_LAENGE, Ergebnis, Weg
from .finden import finde
from .index import aktueller_index
from .passage import Eintrag

__all__ = [
    "KERNAKTIVITAET",
    "MAX_LAENGE",
    "Art",
    "Ausschnitt",
    "Eintrag",
    "Ergebnis",
    "Teil",
    "Weg",
    "aktueller_index",
    "arten",
    "ausschnitt",
    "finde",
    "markiert",
]
