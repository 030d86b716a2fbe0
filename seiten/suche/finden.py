"""What a query means, step by step: all its words, the words joined, similar words, and at last
some of the words or parts of them. The first step that finds something ends it."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from kernaktivitaeten.models import Status

from ..bestand import Bestand
from .index import index_zu
from .treffer import MAX_LAENGE, Rang, Suchergebnis, Weg
from .worte import Suchwort, suchwort, suchworte, verbunden

MIN_VERBUNDEN = 4
# A word that more than this share of all pages contain is no reason to show one of them.
ALLERWELT = 0.2
IMMER_SELTEN = 5
# More unknown words are no typo, and looking for their neighbours takes time.
MAX_UNBEKANNT = 3
# The stems of the status words: "eingestellte" asks for those that are.
STATUS = {suchwort(status.label).staemme[-1]: status.value for status in Status}


def finde(bestand: Bestand, anfrage: str, stichtag: date) -> Suchergebnis:
    """The hits for whatever was typed; statements after ``stichtag`` do not count."""
    zeichen = "".join(z if z.isprintable() else " " for z in anfrage)
    bereinigt = " ".join(zeichen.split())
    kurz = bereinigt[:MAX_LAENGE].strip()
    suche = _Suche(bestand, kurz, len(kurz) < len(bereinigt), stichtag)
    for schritt in (suche.alle_woerter, suche.verbunden, suche.aehnlich, suche.teilweise):
        ergebnis = schritt() if suche.worte else None
        if ergebnis is not None:
            return ergebnis
    return suche.ergebnis(Weg.NICHTS, ())


class _Suche:
    """One query on its way through the steps; each returns ``None`` when it finds nothing."""

    def __init__(self, bestand: Bestand, anfrage: str, gekuerzt: bool, stichtag: date) -> None:
        self.bestand = bestand
        self.index = index_zu(bestand)
        self.anfrage = anfrage
        self.gekuerzt = gekuerzt
        self.stichtag = stichtag
        self.worte = suchworte(anfrage)
        self.funde = [self._fund(wort) for wort in self.worte]

    def ergebnis(self, weg: Weg, nummern: Iterable[int], **mehr) -> Suchergebnis:
        eintraege = tuple(self.index.eintraege[nr] for nr in nummern)
        felder = {"worte": self.worte} | mehr
        return Suchergebnis(self.anfrage, self.gekuerzt, weg=weg, eintraege=eintraege, **felder)

    def alle_woerter(self) -> Suchergebnis | None:
        nummern = self._geordnet(self.funde, self.anfrage)
        return self.ergebnis(Weg.ALLE_WOERTER, nummern) if nummern else None

    def verbunden(self) -> Suchergebnis | None:
        """The query without blanks, as typed or with its last word stemmed."""
        for ganz in (verbunden(self.anfrage), _verbundener_stamm(self.anfrage)):
            if len(ganz) < MIN_VERBUNDEN:
                continue
            funde = self.index.mit_verbundenem(ganz, self.stichtag)
            if funde:
                nummern = sorted(funde, key=lambda nr: (funde[nr], nr))
                return self.ergebnis(Weg.VERBUNDEN, nummern, verbundenes=ganz)
        return None

    def aehnlich(self) -> Suchergebnis | None:
        """Each word that stands nowhere is replaced by the nearest one that does."""
        if sum(not fund for fund in self.funde) > MAX_UNBEKANNT:
            return None
        ersatz = [
            wort if fund else naechstes(wort, self.index.anzeige)
            for wort, fund in zip(self.worte, self.funde, strict=True)
        ]
        worte = tuple(wort for wort in ersatz if wort)
        if len(worte) < len(ersatz) or worte == self.worte:
            return None
        vorschlag = " ".join(wort.roh for wort in worte)
        nummern = self._geordnet([self._fund(wort) for wort in worte], vorschlag)
        if not nummern:
            return None
        return self.ergebnis(Weg.AEHNLICH, nummern, worte=worte, vorschlag=vorschlag)

    def teilweise(self) -> Suchergebnis | None:
        """Entries with some of the words, or with all parts of a compound in one passage.

        Those with most of them first; words that stand nearly everywhere lead to none.
        """
        anfaenge = wortanfaenge(self.index.worte)
        grenze = max(IMMER_SELTEN, ALLERWELT * len(self.index.eintraege))
        worte: list[Suchwort] = []
        funde: list[dict[int, int]] = []
        for wort, fund in zip(self.worte, self.funde, strict=True):
            stuecke = [wort] if fund else teile(wort, anfaenge)
            if not fund and stuecke:
                fund = self.index.mit_worten(stuecke, self.stichtag)
            if 0 < len(fund) <= grenze:
                worte += stuecke
                funde.append(fund)

        def schluessel(nr: int) -> tuple:
            punkte = [fund[nr] for fund in funde if nr in fund]
            return (-len(punkte), sum(punkte), nr)

        nummern = sorted({nr for fund in funde for nr in fund}, key=schluessel)
        return self.ergebnis(Weg.TEILWEISE, nummern, worte=tuple(worte)) if nummern else None

    def _fund(self, wort: Suchwort) -> dict[int, int]:
        """The entries with ``wort``; best those Kernaktivitäten that stand so on the day."""
        fund = self.index.mit_wort(wort, self.stichtag)
        if wort.staemme[-1] in STATUS:
            status = STATUS[wort.staemme[-1]]
            so = (s.ka.pk for s in self.bestand.am(self.stichtag) if s.lage == status)
            fund |= dict.fromkeys(self.index.nummern(so), 0)
        return fund

    def _geordnet(self, funde: list[dict[int, int]], anfrage: str) -> list[int]:
        """The entries with all words, best first.

        The whole query in a title or name comes before the sum over the words, then the shorter
        title, then the order of the kinds.
        """
        mehrere = len(anfrage.split()) > 1
        ganz = _verbundener_stamm(anfrage)
        am_stueck = self.index.mit_verbundenem(ganz, self.stichtag) if mehrere else {}

        def schluessel(nr: int) -> tuple:
            rang = min(am_stueck.get(nr, Rang.TEXT), Rang.TEXT)
            woerter = len(self.index.eintraege[nr].titel.split())
            return (rang, sum(fund[nr] for fund in funde), woerter, nr)

        return sorted(set.intersection(*map(set, funde)), key=schluessel)


def _verbundener_stamm(anfrage: str) -> str:
    """The joined query with its last word stemmed: "Pocketparks" meets "Pocket Park"."""
    *vorne, letztes = anfrage.split()
    return verbunden("".join(vorne)) + suchwort(letztes).staemme[-1]


# How similar a word must be (difflib), how long, and how far from the same length.
AEHNLICHKEIT = 0.8
MIN_LAENGE = 4
MAX_UNTERSCHIED = 3
# The shortest part of a compound, and the letters that may join two parts ("Arbeitsmarkt").
MIN_TEIL = 4
MIN_EINZELTEIL = 5
FUGEN = ("", "s", "n", "en", "es")


def naechstes(wort: Suchwort, anzeige: Mapping[str, str]) -> Suchwort | None:
    """The most similar known word, or a known compound that begins with a similar one.

    Two letters in the wrong order are the nearest of all. ``anzeige`` maps the folded words to
    how they are written. ``None`` when none is near.
    """
    laenge = len(wort.gefaltet)
    if laenge < MIN_LAENGE:
        return None
    for vertauscht in _vertauschungen(wort.gefaltet):
        if vertauscht in anzeige:
            return suchwort(anzeige[vertauscht])
    nahe: dict[str, str] = {}
    for form in anzeige:
        if len(form) > laenge + MAX_UNTERSCHIED:
            nahe.setdefault(form[: laenge + 1], form)
        elif len(form) >= laenge - MAX_UNTERSCHIED:
            nahe[form] = form
    aehnliche = get_close_matches(wort.gefaltet, nahe, n=1, cutoff=AEHNLICHKEIT)
    return suchwort(anzeige[nahe[aehnliche[0]]]) if aehnliche else None


def _vertauschungen(gefaltet: str) -> Iterator[str]:
    """The word with each two neighbouring letters swapped: "hasu" gives "ahsu", "hsau", "haus"."""
    for stelle in range(len(gefaltet) - 1):
        links, rechts = gefaltet[stelle : stelle + 2]
        yield gefaltet[:stelle] + rechts + links + gefaltet[stelle + 2 :]


def wortanfaenge(bekannte: Iterable[str]) -> set[str]:
    """Everything with which a known word begins, long enough to be a part."""
    return {form[:n] for form in bekannte for n in range(MIN_TEIL, len(form) + 1)}


def teile(wort: Suchwort, anfaenge: Container[str]) -> list[Suchwort]:
    """The two parts of a compound that are among ``anfaenge``, else the longest one.

    "Solaranlagen" gives "solar" and "anlagen", "Pflegenotstand" only "pflege",
    which must then begin a word: a "Hallenbad" is no "Markthalle".
    """
    ganz = wort.gefaltet
    stellen = range(len(ganz) - MIN_TEIL, MIN_TEIL - 1, -1)
    for stelle in stellen:
        for fuge in FUGEN:
            links, rechts = ganz[:stelle].removesuffix(fuge), ganz[stelle:]
            if links in anfaenge and rechts in anfaenge:
                return [suchwort(links), suchwort(rechts)]
    enden = [ende for n in stellen for ende in (ganz[:n], ganz[n:]) if ende in anfaenge]
    laengstes = max(enden, key=len, default="")
    if len(laengstes) < MIN_EINZELTEIL:
        return []
    return [replace(suchwort(laengstes), innen=False)]
