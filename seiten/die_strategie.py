"""The pages that explain: the strategy, its cross-cutting themes, and how this portal counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.http import Http404

from kernaktivitaeten import rules
from kernaktivitaeten.models import DEFINITIONEN, Kernaktivitaet, Messwert, Status
from kernaktivitaeten.models.abfragen import mit_kernaktivitaet
from strategiearbeit.models import ABSCHNITTE, Textseite
from zielsystem import rules as zielsystem_rules
from zielsystem.models import Ebene, Querschnittsthema, Wesenskernteil, Zielelement

from .filter import Zahl, listenadresse, mit_parametern
from .umzug import leite_um


@dataclass(frozen=True)
class Thema:
    """A cross-cutting theme and how many Kernaktivitäten are assigned to it."""

    thema: Querschnittsthema
    anzahl: Zahl


@dataclass(frozen=True)
class Kompetenzzweig:
    """A Kompetenz with its Schwerpunkte."""

    element: Zielelement
    schwerpunkte: tuple[Zielelement, ...]


@dataclass(frozen=True)
class DieStrategie:
    stichtag: date
    weiter: str
    merkmale: Textseite | None
    anlage: Textseite | None
    wesenskern: Zielelement | None
    teile: tuple[Wesenskernteil, ...]
    kompetenzen: tuple[Kompetenzzweig, ...]
    themen: tuple[Thema, ...]
    anzahl: Zahl
    soll: int
    ergebnisse: tuple[Messwert, ...]


@dataclass(frozen=True)
class Querschnittsthemen:
    stichtag: date
    weiter: str
    themen: tuple[Thema, ...]
    zugeordnet: bool


@dataclass(frozen=True)
class Themenseite:
    stichtag: date
    weiter: str
    thema: Thema
    kernaktivitaeten: tuple[Kernaktivitaet, ...]
    andere: tuple[Thema, ...]


@dataclass(frozen=True)
class Methodik:
    stichtag: date
    weiter: str
    definitionen: tuple[tuple[str, str, str], ...]
    regeln: tuple[str, ...]
    schwerpunkte_je_kompetenz: int
    je_schwerpunkt: int
    je_tranche: int
    soll: int


def die_strategie(stichtag: date, weiter: Mapping[str, str], heute: date) -> DieStrategie:
    """The page ``/die-strategie/``; results are those that belong to a goal and to the day."""
    elemente = list(Zielelement.objects.select_related("eltern", "quelle"))
    texte = {text.slug: text for text in Textseite.objects.filter(slug__in=ABSCHNITTE)}
    oeffentliche = Kernaktivitaet.objects.oeffentlich()
    return DieStrategie(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        merkmale=texte.get(ABSCHNITTE[0]),
        anlage=texte.get(ABSCHNITTE[1]),
        wesenskern=next((e for e in elemente if e.ebene == Ebene.WESENSKERN), None),
        teile=tuple(Wesenskernteil.objects.all()),
        kompetenzen=tuple(
            Kompetenzzweig(e, tuple(s for s in elemente if s.eltern_id == e.pk))
            for e in elemente
            if e.ebene == Ebene.KOMPETENZ
        ),
        themen=themen(weiter),
        anzahl=Zahl(oeffentliche.count(), listenadresse(weiter)),
        soll=zielsystem_rules.SOLL_KERNAKTIVITAETEN,
        ergebnisse=tuple(
            messwert
            for messwert in mit_kernaktivitaet(
                Messwert.objects.oeffentlich().zu_zielen().select_related("projektziel", "quelle"),
                oeffentliche,
            )
            if messwert.gehoert_zum(stichtag, heute)
        ),
    )


def themen(weiter: Mapping[str, str]) -> tuple[Thema, ...]:
    """All themes in their order, each with its count."""
    oeffentlich = Q(zuordnungen__kernaktivitaet__in=Kernaktivitaet.objects.oeffentlich())
    # Django drops the order of the model from a query that groups.
    gezaehlt = (
        Querschnittsthema.objects.select_related("quelle")
        .annotate(anzahl=Count("zuordnungen", filter=oeffentlich))
        .order_by("reihenfolge")
    )
    return tuple(
        Thema(thema, Zahl(thema.anzahl, listenadresse(weiter, querschnittsthema=thema.slug)))
        for thema in gezaehlt
    )


def querschnittsthemen(stichtag: date, weiter: Mapping[str, str]) -> Querschnittsthemen:
    """The page ``/querschnittsthemen/``."""
    alle = themen(weiter)
    zugeordnet = any(thema.anzahl.wert for thema in alle)
    return Querschnittsthemen(stichtag, mit_parametern("", weiter), alle, zugeordnet)


def querschnittsthema(slug: str, stichtag: date, weiter: Mapping[str, str]) -> Themenseite:
    """The page of one theme; raises ``Http404`` if there is none.

    Raises ``Umgezogen`` for a former address.
    """
    alle = themen(weiter)
    gesucht = next((t for t in alle if t.thema.slug == slug), None)
    if gesucht is None:
        leite_um(Querschnittsthema.objects.all(), slug)
        raise Http404("Dieses Querschnittsthema gibt es nicht.")
    kernaktivitaeten = Kernaktivitaet.objects.oeffentlich().zum(stichtag)
    return Themenseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        thema=gesucht,
        kernaktivitaeten=tuple(
            kernaktivitaeten.zum_querschnittsthema(slug)
            .select_related("kompetenz", "tranche")
            .prefetch_related("zuordnungen__schwerpunkt")
        ),
        andere=tuple(t for t in alle if t is not gesucht),
    )


def methodik(stichtag: date, weiter: Mapping[str, str]) -> Methodik:
    """The page ``/methodik/``: how this portal counts, and the rules it keeps."""
    gruppen = [*zielsystem_rules.REGELN.values(), *rules.REGELN.values()]
    regeln = dict.fromkeys(regel for gruppe in gruppen for regel in gruppe)
    return Methodik(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        definitionen=tuple((s.value, s.label, DEFINITIONEN[s]) for s in Status),
        regeln=tuple(zielsystem_rules.satz(regel) for regel in regeln),
        schwerpunkte_je_kompetenz=zielsystem_rules.SOLL_SCHWERPUNKTE_JE_KOMPETENZ,
        je_schwerpunkt=zielsystem_rules.SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT,
        je_tranche=zielsystem_rules.SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
        soll=zielsystem_rules.SOLL_KERNAKTIVITAETEN,
    )
