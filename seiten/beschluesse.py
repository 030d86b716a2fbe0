"""What was decided and what became of it: the register, one Beschluss, one Tranche."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils.datastructures import MultiValueDict

from kernaktivitaeten.models import (
    OHNE,
    Beschlusswirkung,
    Kernaktivitaet,
    Lage,
    Ratsbeschluss,
    Tranche,
)
from kernaktivitaeten.models.abfragen import mit_kernaktivitaet
from kernaktivitaeten.models.tranche_beschluss import RatsbeschlussQuerySet
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_TRANCHE

from . import charts
from .filter import Angebot, Auswahl, Zahl, lies_auswahl, listenadresse, mit_parametern
from .umzug import leite_um


@dataclass(frozen=True)
class Beschlusseintrag:
    """A Beschluss with the Kernaktivitäten that it concerns, each as it stands on the day."""

    beschluss: Ratsbeschluss
    wirkungen: tuple[Beschlusswirkung, ...]


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
    tranche: Tranche
    beschluesse: tuple[Ratsbeschluss, ...]
    kernaktivitaeten: tuple[Kernaktivitaet, ...]
    anzahl: Zahl
    soll: int
    offen: range
    zahlen: tuple[tuple[Lage, Zahl], ...]
    balken: charts.Balken
    andere: tuple[Tranche, ...]


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
    parameter: MultiValueDict, stichtag: date, weiter: Mapping[str, str]
) -> Beschluesse:
    """The page ``/ratsbeschluesse/``: all decisions up to the day, newest first."""
    alle = list(_mit_quelle(Ratsbeschluss.objects.oeffentlich().gefasst_bis(stichtag)))
    auswahl = Auswahl(*lies_auswahl(parameter, _angebote(alle)))
    return Beschluesse(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        parameter=tuple(weiter.items()),
        filter=auswahl,
        eintraege=_eintraege([b for b in alle if _passt(b, auswahl)], stichtag),
        gesamt=len(alle),
    )


def beschluss(slug: str, stichtag: date, weiter: Mapping[str, str]) -> Beschluss:
    """The page ``/ratsbeschluesse/<slug>/``.

    Raises ``Zurueckgenommen`` when its entry was taken back, whatever the day, ``Umgezogen`` for
    a former address, and ``Http404`` if there is none on the day.
    """
    if weg := Ratsbeschluss.objects.zurueckgenommene().filter(slug=slug).first():
        anhang = mit_parametern("", weiter)
        seite = Ruecknahmeseite(stichtag, anhang, weg.zurueckgenommen_am, weg.ruecknahme_grund)
        raise Zurueckgenommen(seite)
    bis_dahin = Ratsbeschluss.objects.oeffentlich().gefasst_bis(stichtag)
    eintraege = _eintraege(list(_mit_quelle(bis_dahin.filter(slug=slug))), stichtag)
    if not eintraege:
        leite_um(bis_dahin, slug)
        raise Http404("Diesen Beschluss gibt es bis zu diesem Tag nicht.")
    return Beschluss(stichtag, mit_parametern("", weiter), eintraege[0])


def tranche(nr: int, stichtag: date, weiter: Mapping[str, str]) -> Tranchenseite:
    """The page ``/tranchen/<nr>/``; raises ``Http404`` if there is no such Tranche."""
    tranchen = list(Tranche.objects.oeffentlich().select_related("quelle"))
    gesucht = next((t for t in tranchen if t.nr == nr), None)
    if gesucht is None:
        raise Http404("Diese Tranche gibt es nicht.")
    gefasst = gesucht.beschluesse.oeffentlich().gefasst_bis(stichtag).order_by("datum_von")
    kernaktivitaeten = Kernaktivitaet.objects.oeffentlich().zum(stichtag).in_tranche(str(nr))
    zeilen = tuple(
        kernaktivitaeten.select_related("kompetenz", "tranche").prefetch_related(
            "zuordnungen__schwerpunkt"
        )
    )
    je_lage = {lage: sum(ka.lage == lage for ka in zeilen) for lage in Lage}
    return Tranchenseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        tranche=gesucht,
        beschluesse=tuple(_mit_quelle(gefasst)),
        kernaktivitaeten=zeilen,
        anzahl=Zahl(len(zeilen), listenadresse(weiter, tranche=nr)),
        soll=SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
        offen=range(max(0, SOLL_KERNAKTIVITAETEN_JE_TRANCHE - len(zeilen))),
        zahlen=_zahlen(je_lage, nr, weiter),
        balken=charts.balken_der_lagen(
            str(gesucht),
            je_lage,
            SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
            rest_art=charts.NICHT_BELEGT,
        ),
        andere=tuple(t for t in tranchen if t.nr != nr),
    )


def _zahlen(
    je_lage: Mapping[Lage, int], nr: int, weiter: Mapping[str, str]
) -> tuple[tuple[Lage, Zahl], ...]:
    return tuple(
        (lage, Zahl(anzahl, listenadresse(weiter, tranche=nr, status=lage.value)))
        for lage, anzahl in je_lage.items()
        if anzahl
    )


def _mit_quelle(beschluesse: RatsbeschlussQuerySet) -> RatsbeschlussQuerySet:
    return beschluesse.select_related("tranche", "quelle")


def _eintraege(beschluesse: list[Ratsbeschluss], stichtag: date) -> tuple[Beschlusseintrag, ...]:
    """Decisions with their effects, each Kernaktivität as it stands on the day."""
    wirkungen = (
        Beschlusswirkung.objects.filter(beschluss__in=beschluesse)
        .select_related("quelle")
        .order_by("kernaktivitaet__kompetenz__reihenfolge", "kernaktivitaet__nr")
    )
    kernaktivitaeten = Kernaktivitaet.objects.oeffentlich().zum(stichtag)
    je_beschluss = defaultdict(list)
    for wirkung in mit_kernaktivitaet(wirkungen, kernaktivitaeten.select_related("kompetenz")):
        je_beschluss[wirkung.beschluss_id].append(wirkung)
    return tuple(Beschlusseintrag(b, tuple(je_beschluss[b.pk])) for b in beschluesse)


def _angebote(alle: list[Ratsbeschluss]) -> dict[str, Angebot]:
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
            "Tranche", {str(t.nr): str(t) for t in tranchen} | {OHNE: "betrifft keine Tranche"}
        ),
    }


def _jahre(beschluss: Ratsbeschluss) -> range:
    return range(beschluss.datum_von.year, beschluss.datum_bis.year + 1)


def _passt(beschluss: Ratsbeschluss, auswahl: Auswahl) -> bool:
    jahr, gremium, nr = (auswahl.wert(p) for p in ("jahr", "gremium", "tranche"))
    eigene = str(beschluss.tranche.nr) if beschluss.tranche else OHNE
    return (
        (not jahr or int(jahr) in _jahre(beschluss))
        and (not gremium or gremium == (beschluss.gremium or OHNE))
        and (not nr or nr == eigene)
    )
