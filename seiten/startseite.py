"""The start page: what the strategy is, how far it is, what happened last."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from kernaktivitaeten.models import Lage, Status
from zielsystem import rules
from zielsystem.models import Ebene

from . import charts
from .bestand import Bestand, Stand, fakten, zeitraum_der_angaben
from .filter import Zahl, listenadresse, mit_parametern

NEUESTE = 5


@dataclass(frozen=True)
class Kompetenzkarte:
    """A Kompetenz on the start page with its numbers."""

    kompetenz: fakten.Zielelement
    anzahl: Zahl
    balken: charts.Balken


@dataclass(frozen=True)
class Neuigkeit:
    """A statement and what it is about."""

    ka: fakten.Kernaktivitaet
    meldung: fakten.Statusmeldung


@dataclass(frozen=True)
class Startseite:
    stichtag: date
    weiter: str
    gesamt: Zahl
    soll: int
    zahlen: tuple[tuple[Lage, Zahl], ...]
    balken: charts.Balken
    kompetenzen: tuple[Kompetenzkarte, ...]
    angaben: str
    meldungen: tuple[Neuigkeit, ...]
    beschluesse: tuple[fakten.Ratsbeschluss, ...]


def startseite(bestand: Bestand, stichtag: date, weiter: Mapping[str, str]) -> Startseite:
    """The page ``/`` for a day."""
    staende = bestand.am(stichtag)
    je_lage = Counter(stand.lage for stand in staende)
    soll = rules.SOLL_KERNAKTIVITAETEN
    return Startseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        gesamt=Zahl(len(staende), listenadresse(weiter)),
        soll=soll,
        zahlen=tuple(
            (lage, Zahl(je_lage[lage], listenadresse(weiter, status=lage.value)))
            for lage in Lage
            if je_lage[lage] or lage.value in Status.values
        ),
        balken=charts.balken_der_lagen("Alle Kernaktivitäten", je_lage, soll),
        kompetenzen=tuple(
            _karte(kompetenz, staende, weiter) for kompetenz in bestand.auf_ebene(Ebene.KOMPETENZ)
        ),
        angaben=zeitraum_der_angaben(staende),
        meldungen=_neueste_meldungen(bestand, stichtag),
        beschluesse=bestand.beschluesse_bis(stichtag)[:NEUESTE],
    )


def _karte(
    kompetenz: fakten.Zielelement, staende: Iterable[Stand], weiter: Mapping[str, str]
) -> Kompetenzkarte:
    je_lage = Counter(stand.lage for stand in staende if stand.ka.kompetenz is kompetenz)
    return Kompetenzkarte(
        kompetenz,
        Zahl(je_lage.total(), listenadresse(weiter, kompetenz=kompetenz.slug)),
        charts.balken_der_lagen(kompetenz.titel, je_lage, rules.SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ),
    )


def _neueste_meldungen(bestand: Bestand, stichtag: date) -> tuple[Neuigkeit, ...]:
    """The newest valid statements, news included.

    By their first day: what is only known to the year must not stand above known days of it.
    """
    alle = (
        Neuigkeit(ka, meldung)
        for ka in bestand.kernaktivitaeten
        for meldung in ka.statusmeldungen
        if meldung.zurueckgezogen_am is None and meldung.zaehlt_ab <= stichtag
    )
    return tuple(nlargest(NEUESTE, alle, key=lambda n: (n.meldung.datum_von, n.meldung.pk)))
