"""Where each word stands: one index for each Bestand."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from grundlage.blick import in_vorschau

from ..bestand import Bestand, an_der_wurzel, je_bestand
from .eintraege import KERNAKTIVITAET, alle_eintraege
from .treffer import Eintrag, Rang
from .worte import Gefaltet, Suchwort, gefaltet

GUETEN = 3


class Index:
    """The entries and their words, never changed after it was built.

    ``worte`` maps each folded word to the passages in which it stands, by number; ``anzeige``
    gives one spelling for it. Texts that the index ``vorher`` knows are not folded again: that
    takes far longer than all the rest, and a change touches few of them.
    """

    def __init__(self, eintraege: tuple[Eintrag, ...], vorher: "Index | None" = None) -> None:
        self.eintraege = eintraege
        self.anzeige: dict[str, str] = {}
        # Passage by its number: (number of the entry, rank, from which Stichtag it counts).
        self._passagen: list[tuple[int, Rang, date | None]] = []
        self._verbunden: list[str] = []
        self._gefaltet: dict[str, Gefaltet] = {}
        bekannte = dict(vorher._gefaltet) if vorher else {}
        worte: dict[str, list[int]] = defaultdict(list)
        for nr, eintrag in enumerate(eintraege):
            for passage in eintrag.passagen:
                text = bekannte.get(passage.text) or gefaltet(passage.text)
                bekannte[passage.text] = self._gefaltet[passage.text] = text
                for form, wort in text.formen:
                    worte[form].append(len(self._passagen))
                    self.anzeige.setdefault(form, wort)
                self._passagen.append((nr, passage.rang, passage.ab))
                self._verbunden.append(text.verbunden)
        self._nummern = {e.pk: nr for nr, e in enumerate(eintraege) if e.art == KERNAKTIVITAET}
        self.worte = {form: tuple(passagen) for form, passagen in worte.items()}

    def mit_wort(self, wort: Suchwort, stichtag: date) -> dict[int, int]:
        """Number of each entry with the word → how well it fits there; smaller is better.

        A word in the title is best, then in another name, then in a text; among them the whole
        word, then a beginning, then a part.
        """
        return self.mit_worten((wort,), stichtag)

    def mit_worten(self, worte: Iterable[Suchwort], stichtag: date) -> dict[int, int]:
        """The same for several words that must stand in one passage."""
        je_wort = [self._passagen_mit(wort) for wort in worte]
        beste: dict[int, int] = {}
        for passage in set.intersection(*map(set, je_wort)):
            nr, rang, ab = self._passagen[passage]
            if ab is None or ab <= stichtag:
                punkte = GUETEN * rang + max(gueten[passage] for gueten in je_wort)
                beste[nr] = min(beste.get(nr, punkte), punkte)
        return beste

    def _passagen_mit(self, wort: Suchwort) -> dict[int, int]:
        """Number of each passage with the word → how well it fits there."""
        gueten: dict[int, int] = {}
        for form, passagen in self.worte.items():
            guete = wort.guete(form)
            if guete is not None:
                for passage in passagen:
                    gueten[passage] = min(gueten.get(passage, guete), guete)
        return gueten

    def nummern(self, kernaktivitaeten: Iterable[int]) -> list[int]:
        """The numbers of Kernaktivitäten, given by their primary keys."""
        return [self._nummern[pk] for pk in kernaktivitaeten if pk in self._nummern]

    def mit_verbundenem(self, verbundenes: str, stichtag: date) -> dict[int, int]:
        """Number of each entry with a passage that contains the joined words → its rank."""
        beste: dict[int, int] = {}
        for (nr, rang, ab), text in zip(self._passagen, self._verbunden, strict=True):
            if verbundenes in text and (ab is None or ab <= stichtag):
                beste[nr] = min(beste.get(nr, len(Rang)), rang)
        return beste


_letzter: Index | None = None


@je_bestand
def index_zu(bestand: Bestand) -> Index:
    """The index of all that is found in ``bestand``; made from the last one where that serves."""
    global _letzter
    if in_vorschau():  # forgotten with its page: it knows what readers do not
        return Index(alle_eintraege(bestand), _letzter)
    with an_der_wurzel():
        _letzter = Index(alle_eintraege(bestand), _letzter)
    return _letzter
