"""What can be found, what a search gives back, and which part of a text a hit shows."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum

from ..bestand.fakten import Fakt
from .worte import Suchwort, formen, verbunden, verbunden_mit_stellen, zerlege


class Rang(IntEnum):
    """Where a word counts most; least in a plan that a later one has replaced."""

    TITEL = 0
    NAME = 1
    TEXT = 2
    UEBERHOLT = 3


@dataclass(frozen=True)
class Passage:
    """A text by which a page is found; ``wo`` says what it is, ``ab`` from which Stichtag."""

    text: str
    rang: Rang = Rang.TEXT
    wo: str = ""
    ab: date | None = None


@dataclass(frozen=True)
class Eintrag:
    """A page that can be found. ``pk`` is the row behind it, 0 for a page without one."""

    art: str
    titel: str
    adresse: str
    passagen: tuple[Passage, ...]
    pk: int = 0


def passage(text: str, rang: Rang = Rang.TEXT, wo: str = "", ab: date | None = None) -> Passage:
    """Texts copied from elsewhere may part letters and dots: a passage never does."""
    return Passage(unicodedata.normalize("NFC", text), rang, wo, ab)


def eintrag(
    art: str, zeile: Fakt, titel: str, *passagen: Passage, ab: date | None = None
) -> Eintrag:
    """The entry of a row with an address of its own; its title counts from ``ab`` on."""
    mit_text = tuple(p for p in (passage(titel, Rang.TITEL, ab=ab), *passagen) if p.text)
    return Eintrag(art, mit_text[0].text, zeile.pfad, mit_text, zeile.pk)


MAX_LAENGE = 200


class Weg(Enum):
    """Which step found the hits."""

    ALLE_WOERTER = "alle"
    VERBUNDEN = "verbunden"
    AEHNLICH = "aehnlich"
    TEILWEISE = "teilweise"
    NICHTS = "nichts"


@dataclass(frozen=True)
class Suchergebnis:
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


# Letters before the first hit and in the whole.
VORLAUF = 60
LAENGE = 220


@dataclass(frozen=True)
class Teil:
    """A piece of a text; ``treffer`` when it is to be marked."""

    text: str
    treffer: bool


@dataclass(frozen=True)
class Ausschnitt:
    """A text of a hit: what it is ("Ziel"), and its pieces."""

    wo: str
    teile: tuple[Teil, ...]


def markiert(text: str, ergebnis: Suchergebnis) -> tuple[Teil, ...]:
    """The whole ``text`` in pieces, found words apart from the others."""
    return _teile(text, _stellen(text, ergebnis))


def ausschnitt(eintrag: Eintrag, ergebnis: Suchergebnis, stichtag: date) -> Ausschnitt | None:
    """The passage beside the title that says most; ``None`` when there is none.

    First come words that the title does not have: who asks what something costs has read its
    name. Another name is worth showing only when the title has not all the words.
    """
    titel, *weitere = eintrag.passagen
    im_titel = _gueten(titel, ergebnis)
    reicht = len(im_titel) == (len(ergebnis.worte) if not ergebnis.verbundenes else 1)
    gueten = {
        passage: fund
        for passage in weitere
        if (passage.ab is None or passage.ab <= stichtag)
        and not (reicht and passage.rang == Rang.NAME)
        and (fund := _gueten(passage, ergebnis))
    }

    def gewicht(passage: Passage) -> tuple:
        fund, rang = gueten[passage], passage.rang
        neu = fund.keys() - im_titel.keys()
        return (len(neu), len(fund), rang != Rang.UEBERHOLT, -sum(fund.values()), -rang)

    beste = max(gueten, key=gewicht, default=None)
    if beste is None:
        return None
    stellen = _stellen(beste.text, ergebnis)
    von, bis = _fenster(beste.text, stellen[0][0] if stellen else 0)
    innen = [(a - von, b - von) for a, b in stellen if von <= a and b <= bis]
    teile = _teile(beste.text[von:bis], innen)
    vorn = (Teil("… ", False),) if von else ()
    hinten = (Teil(" …", False),) if bis < len(beste.text) else ()
    return Ausschnitt(beste.wo, vorn + teile + hinten)


def _gueten(passage: Passage, ergebnis: Suchergebnis) -> dict[str, int]:
    """The words of the query that a passage has, and how exactly: 0 is the word itself."""
    if ergebnis.verbundenes:
        return {ergebnis.verbundenes: 0} if ergebnis.verbundenes in verbunden(passage.text) else {}
    bekannte = {form for wort, _, _ in zerlege(passage.text) for form in formen(wort)}
    gueten = {
        wort.gefaltet: min(
            (g for form in bekannte if (g := wort.guete(form)) is not None), default=None
        )
        for wort in ergebnis.worte
    }
    return {wort: guete for wort, guete in gueten.items() if guete is not None}


def _stellen(text: str, ergebnis: Suchergebnis) -> list[tuple[int, int]]:
    """Begin and end of the words to be marked, in order and without overlap."""
    if ergebnis.verbundenes:
        return _verbundene_stelle(text, ergebnis.verbundenes)
    stellen: list[tuple[int, int]] = []
    for wort, von, bis in zerlege(text):
        if any(w.guete(form) is not None for form in formen(wort) for w in ergebnis.worte):
            while stellen and stellen[-1][1] > von:
                von = min(von, stellen.pop()[0])
            stellen.append((von, bis))
    return stellen


def _verbundene_stelle(text: str, verbundenes: str) -> list[tuple[int, int]]:
    """From the first to the last word that the joined query touches."""
    gefaltet, herkunft = verbunden_mit_stellen(text)
    erste = gefaltet.find(verbundenes)
    if erste < 0:
        return []
    anfang, ende = herkunft[erste], herkunft[erste + len(verbundenes) - 1] + 1
    while ende < len(text) and text[ende].isalnum():
        ende += 1
    while anfang and text[anfang - 1].isalnum():
        anfang -= 1
    return [(anfang, ende)]


def _fenster(text: str, stelle: int) -> tuple[int, int]:
    """The part of ``text`` around ``stelle`` that is shown, cut between words."""
    if len(text) <= LAENGE:
        return 0, len(text)
    von = max(0, min(stelle - VORLAUF, len(text) - LAENGE))
    if von:
        von = text.find(" ", von, stelle) + 1 or stelle
    bis = min(len(text), von + LAENGE)
    if bis < len(text):
        bis = max(text.rfind(" ", von, bis), stelle + 1)
    return von, bis


def _teile(text: str, stellen: list[tuple[int, int]]) -> tuple[Teil, ...]:
    teile, ende = [], 0
    for von, bis in stellen:
        teile += [Teil(text[ende:von], False), Teil(text[von:bis], True)]
        ende = bis
    teile.append(Teil(text[ende:], False))
    return tuple(teil for teil in teile if teil.text)
