"""The cross-cutting themes and their Kernaktivitäten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.http import Http404

from kernaktivitaeten.models import Kernaktivitaet
from zielsystem.models import Querschnittsthema

from .auswahl import Zahl, mit_parametern
from .filter import listenadresse
from .umzug import leite_um


@dataclass(frozen=True)
class Thema:
    """A cross-cutting theme and how many Kernaktivitäten are assigned to it."""

    thema: Querschnittsthema
    anzahl: Zahl


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
