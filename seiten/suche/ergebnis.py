"""What a search gives back: the hits, how they were found, and what to tell about it."""

from dataclasses import dataclass
from enum import Enum

from .falten import Suchwort
from .passage import Eintrag

MAX_LAENGE = 200


class Weg(Enum):
    """Which step found the hits."""

    ALLE_WOERTER = "alle"
    VERBUNDEN = "verbunden"
    AEHNLICH = "aehnlich"
    TEILWEISE = "teilweise"
    NICHTS = "nichts"


@dataclass(frozen=True)
class Ergebnis:
    """The hits of a query, best first, and how they were found.

    ``worte`` are the words that count, ``verbundenes`` the joined query when that was the way,
    ``vorschlag`` the query with the similar words, ``gekuerzt`` says that the query was cut.
    """

    anfrage: str
    gekuerzt: bool
    worte: tuple[Suchwort, ...]
    weg: Weg
    eintraege: tuple[Eintrag, ...] = ()
    verbundenes: str = ""
    vorschlag: str = ""

    @property
    def hinweise(self) -> tuple[str, ...]:
        """Where not all that was typed was looked for or found: sentences that say so."""
        saetze = []
        if self.gekuerzt:
            saetze.append(
                f"Ihre Eingabe war zu lang. Gesucht wurde nach den ersten {MAX_LAENGE} Zeichen."
            )
        if self.weg == Weg.TEILWEISE:
            saetze.append(
                "Keine Seite enthält alles, was Sie eingegeben haben. "
                "Diese enthalten einen Teil davon."
            )
        return tuple(saetze)

    @property
    def je_art(self) -> dict[str, list[Eintrag]]:
        """The hits by kind; the kind of the best hit comes first."""
        gruppen: dict[str, list[Eintrag]] = {}
        for eintrag in self.eintraege:
            gruppen.setdefault(eintrag.art, []).append(eintrag)
        return gruppen

    def pks(self, art: str) -> tuple[int, ...]:
        """The rows of one kind that were found, best first."""
        return tuple(eintrag.pk for eintrag in self.je_art.get(art, ()))
