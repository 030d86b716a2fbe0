"""Search over everything public, in memory: the same on both databases.

``worte`` knows words and other words for the same, ``eintraege`` what can be found, ``index``
where each word stands, ``finden`` what a query means or might mean, ``treffer`` what comes out of
it and where in a text the words stand, and ``seite`` is the page.
"""

from .eintraege import KERNAKTIVITAET, Art, arten
from .finden import finde
from .treffer import MAX_LAENGE, Ausschnitt, Eintrag, Suchergebnis, Teil, Weg, ausschnitt, markiert

__all__ = [
    "KERNAKTIVITAET",
    "MAX_LAENGE",
    "Art",
    "Ausschnitt",
    "Eintrag",
    "Suchergebnis",
    "Teil",
    "Weg",
    "arten",
    "ausschnitt",
    "finde",
    "markiert",
]
