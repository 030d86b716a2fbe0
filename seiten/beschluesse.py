"""What was decided and what became of it: the register, one Beschluss, one Tranche."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils.datastructures import MultiValueDict

from kernaktivitaeten.models import Lage, Ratsbeschluss
from zielsystem.models import OHNE
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_TRANCHE

from . import charts
from .bestand import Bestand, Stand, fakten
from .filter import Angebot, Auswahl, Zahl, lies_auswahl, listenadresse, mit_parametern
from .umzug import leite_um


@dataclass(frozen=True)
class Wirkung:
    """What a Beschluss did to a Kernaktivität, and how that stands on the day."""

    wirkung: fakten.Beschlusswirkung
    stand: Stand


@dataclass(frozen=True)
class Beschlusseintrag:
    """A Beschluss with the Kernaktivitäten that it concerns, each as it stands on the day."""

    beschluss: fakten.Ratsbeschluss
    wirkungen: tuple[Wirkung, ...]


@dataclass(frozen=True)
class Beschluesse:
    stichtag: date
    weiter: str
    parameter: tuple[tuple[str, str], ...]
    filter: Auswahl
    eintraege: tuple[Beschlusseintrag, ...]
    gesamt: int


@dataclass(frozen=True)
class Beschluss:
    stichtag: date
    weiter: str
    eintrag: Beschlusseintrag


@dataclass(frozen=True)
class Tranchenseite:
    stichtag: date
    weiter: str
    tranche: fakten.Tranche
    beschluesse: tuple[fakten.Ratsbeschluss, ...]
    kernaktivitaeten: tuple[Stand, ...]
    anzahl: Zahl
    soll: int
    offen: range
    zahlen: tuple[tuple[Lage, Zahl], ...]
    balken: charts.Balken
    andere: tuple[fakten.Tranche, ...]


@dataclass(frozen=True)
class Ruecknahmeseite:
    """What is left of a Beschluss whose entry was taken back."""

    stichtag: date
    weiter: str
    am: date
    grund: str


class Zurueckgenommen(Exception):
    """The entry was taken back; ``seite`` says when and why."""

    def __init__(self, seite: Ruecknahmeseite) -> None:
        super().__init__(seite)
        self.seite = seite


def beschluesse(
    bestand: Bestand, parameter: MultiValueDict, stichtag: date, weiter: Mapping[str, str]
) -> Beschluesse:
    """The page ``/ratsbeschluesse/``: all decisions up to the day, newest first."""
    alle = bestand.beschluesse_bis(stichtag)
    auswahl = Auswahl(*lies_auswahl(parameter, _angebote(alle)))
    return Beschluesse(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        parameter=tuple(weiter.items()),
        filter=auswahl,
        eintraege=tuple(_eintrag(bestand, b, stichtag) for b in alle if _passt(b, auswahl)),
        gesamt=len(alle),
    )


def beschluss(bestand: Bestand, slug: str, stichtag: date, weiter: Mapping[str, str]) -> Beschluss:
    """The page ``/ratsbeschluesse/<slug>/``.

    Raises ``Zurueckgenommen`` when its entry was taken back, whatever the day, ``Umgezogen`` for
    a former address, and ``Http404`` if there is none on the day.
    """
    anhang = mit_parametern("", weiter)
    gefunden = next((b for b in bestand.beschluesse if b.slug == slug), None)
    if gefunden is None:
        if weg := Ratsbeschluss.objects.zurueckgenommene().filter(slug=slug).first():
            grund = weg.ruecknahme_grund
            raise Zurueckgenommen(Ruecknahmeseite(stichtag, anhang, weg.zurueckgenommen_am, grund))
        leite_um(Ratsbeschluss.objects.oeffentlich().gefasst_bis(stichtag), slug)
    if gefunden is None or gefunden.datum_bis > stichtag:
        raise Http404("Diesen Beschluss gibt es bis zu diesem Tag nicht.")
    return Beschluss(stichtag, anhang, _eintrag(bestand, gefunden, stichtag))


def tranche(bestand: Bestand, nr: int, stichtag: date, weiter: Mapping[str, str]) -> Tranchenseite:
    """The page ``/tranchen/<nr>/``; raises ``Http404`` if there is no such Tranche."""
    gesucht = next((t for t in bestand.tranchen if t.nr == nr), None)
    if gesucht is None:
        raise Http404("Diese Tranche gibt es nicht.")
    gefasst = [b for b in bestand.beschluesse_bis(stichtag) if b.tranche is gesucht]
    staende = tuple(stand for stand in bestand.am(stichtag) if stand.ka.tranche is gesucht)
    je_lage = Counter(stand.lage for stand in staende)
    return Tranchenseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        tranche=gesucht,
        beschluesse=tuple(sorted(gefasst, key=lambda b: b.datum_von)),
        kernaktivitaeten=staende,
        anzahl=Zahl(len(staende), listenadresse(weiter, tranche=nr)),
        soll=SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
        offen=range(max(0, SOLL_KERNAKTIVITAETEN_JE_TRANCHE - len(staende))),
        zahlen=_zahlen(je_lage, nr, weiter),
        balken=charts.balken_der_lagen(
            gesucht.name,
            je_lage,
            SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
            rest_art=charts.NICHT_BELEGT,
        ),
        andere=tuple(t for t in bestand.tranchen if t is not gesucht),
    )


def _zahlen(
    je_lage: Mapping[Lage, int], nr: int, weiter: Mapping[str, str]
) -> tuple[tuple[Lage, Zahl], ...]:
    return tuple(
        (lage, Zahl(je_lage[lage], listenadresse(weiter, tranche=nr, status=lage.value)))
        for lage in Lage
        if je_lage[lage]
    )


def _eintrag(bestand: Bestand, beschluss: fakten.Ratsbeschluss, stichtag: date) -> Beschlusseintrag:
    """A decision with its effects, each Kernaktivität as it stands on the day."""
    wirkungen = (
        Wirkung(wirkung, bestand.stand(wirkung.kernaktivitaet_id, stichtag))
        for wirkung in bestand.wirkungen(beschluss)
    )
    return Beschlusseintrag(beschluss, tuple(wirkungen))


def _angebote(alle: Iterable[fakten.Ratsbeschluss]) -> dict[str, Angebot]:
    """What can be chosen: years, bodies and Tranchen of the decisions that there are."""
    jahre = sorted({jahr for b in alle for jahr in _jahre(b)}, reverse=True)
    gremien = sorted({b.gremium for b in alle if b.gremium})
    tranchen = sorted({b.tranche for b in alle if b.tranche}, key=lambda t: t.nr)
    return {
        "jahr": Angebot("Jahr", {str(jahr): str(jahr) for jahr in jahre}),
        "gremium": Angebot(
            "Gremium", {g: g for g in gremien} | {OHNE: "in der Quelle nicht genannt"}
        ),
        "tranche": Angebot(
            "Tranche", {str(t.nr): t.name for t in tranchen} | {OHNE: "betrifft keine Tranche"}
        ),
    }


def _jahre(beschluss: fakten.Ratsbeschluss) -> range:
    return range(beschluss.datum_von.year, beschluss.datum_bis.year + 1)


def _passt(beschluss: fakten.Ratsbeschluss, auswahl: Auswahl) -> bool:
    jahr, gremium, nr = (auswahl.wert(p) for p in ("jahr", "gremium", "tranche"))
    eigene = str(beschluss.tranche.nr) if beschluss.tranche else OHNE
    return (
        (not jahr or int(jahr) in _jahre(beschluss))
        and (not gremium or gremium == (beschluss.gremium or OHNE))
        and (not nr or nr == eigene)
    )
