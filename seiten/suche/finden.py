"""What a query means, step by step: all its words, the words joined, similar words, and at last
some of the words or parts of them. The first step that finds something ends it."""

from collections.abc import Iterable
from datetime import date

from kernaktivitaeten.models import Kernaktivitaet, Status

from .ergebnis import MAX_LAENGE, Ergebnis, Weg
from .ersatz import naechstes, teile, wortanfaenge
from .falten import Suchwort, suchwort, suchworte, verbunden
from .index import Index
from .passage import Rang

MIN_VERBUNDEN = 4
# A word that more than this share of all pages contain is no reason to show one of them.
ALLERWELT = 0.2
IMMER_SELTEN = 5
# More unknown words are no typo, and looking for their neighbours takes time.
MAX_UNBEKANNT = 3
# The stems of the status words: "eingestellte" asks for those that are.
STATUS = {suchwort(status.label).staemme[-1]: status.value for status in Status}


def finde(index: Index, anfrage: str, stichtag: date) -> Ergebnis:
    """The hits for whatever was typed; statements after ``stichtag`` do not count."""
    zeichen = "".join(z if z.isprintable() else " " for z in anfrage)
    bereinigt = " ".join(zeichen.split())
    kurz = bereinigt[:MAX_LAENGE].strip()
    suche = _Suche(index, kurz, len(kurz) < len(bereinigt), stichtag)
    for schritt in (suche.alle_woerter, suche.verbunden, suche.aehnlich, suche.teilweise):
        ergebnis = schritt() if suche.worte else None
        if ergebnis is not None:
            return ergebnis
    return suche.ergebnis(Weg.NICHTS, ())


class _Suche:
    """One query on its way through the steps; each returns ``None`` when it finds nothing."""

    def __init__(self, index: Index, anfrage: str, gekuerzt: bool, stichtag: date) -> None:
        self.index = index
        self.anfrage = anfrage
        self.gekuerzt = gekuerzt
        self.stichtag = stichtag
        self.worte = suchworte(anfrage)
        self.funde = [self._fund(wort) for wort in self.worte]

    def ergebnis(self, weg: Weg, nummern: Iterable[int], **mehr) -> Ergebnis:
        eintraege = tuple(self.index.eintraege[nr] for nr in nummern)
        felder = {"worte": self.worte} | mehr
        return Ergebnis(self.anfrage, self.gekuerzt, weg=weg, eintraege=eintraege, **felder)

    def alle_woerter(self) -> Ergebnis | None:
        nummern = self._geordnet(self.funde, self.anfrage)
        return self.ergebnis(Weg.ALLE_WOERTER, nummern) if nummern else None

    def verbunden(self) -> Ergebnis | None:
        """The query without blanks, as typed or with its last word stemmed."""
        for ganz in (verbunden(self.anfrage), _verbundener_stamm(self.anfrage)):
            if len(ganz) < MIN_VERBUNDEN:
                continue
            funde = self.index.mit_verbundenem(ganz, self.stichtag)
            if funde:
                nummern = sorted(funde, key=lambda nr: (funde[nr], nr))
                return self.ergebnis(Weg.VERBUNDEN, nummern, verbundenes=ganz)
        return None

    def aehnlich(self) -> Ergebnis | None:
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

    def teilweise(self) -> Ergebnis | None:
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
            am_tag = Kernaktivitaet.objects.oeffentlich().zum(self.stichtag)
            so = am_tag.in_lage([STATUS[wort.staemme[-1]]]).values_list("pk", flat=True)
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
