"""The page of one organisational unit and what it answers for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.http import Http404

from kernaktivitaeten.models import Kernaktivitaet, Stelle, Verantwortung, Zuordnung
from kernaktivitaeten.models.abfragen import mit_kernaktivitaet

from .filter import Zahl, listenadresse, mit_parametern
from .umzug import leite_um


@dataclass(frozen=True)
class Stellenrolle:
    """One role of the Stelle, and for which Kernaktivitäten or Kompetenzen it has it."""

    name: str
    verantwortungen: tuple[Verantwortung, ...]


@dataclass(frozen=True)
class Stellenseite:
    stichtag: date
    weiter: str
    stelle: Stelle
    anzahl: Zahl
    rollen: tuple[Stellenrolle, ...]


def stelle(slug: str, stichtag: date, weiter: Mapping[str, str]) -> Stellenseite:
    """The page ``/stellen/<slug>/``; raises ``Http404`` if it answers for nothing public.

    Raises ``Umgezogen`` for a former address.
    """
    zustaendige = Stelle.objects.zustaendige()
    gefunden = zustaendige.filter(slug=slug).first()
    if gefunden is None:
        leite_um(zustaendige, slug)
        raise Http404("Diese Stelle gibt es nicht.")
    verantwortungen = _verantwortungen(slug, stichtag)
    return Stellenseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        stelle=gefunden,
        anzahl=Zahl(
            len({v.kernaktivitaet_id for v in verantwortungen} - {None}),
            listenadresse(weiter, stelle=slug),
        ),
        rollen=tuple(
            Stellenrolle(rolle.label, tuple(v for v in verantwortungen if v.rolle == rolle))
            for rolle in Verantwortung.Rolle
            if any(v.rolle == rolle for v in verantwortungen)
        ),
    )


def _verantwortungen(slug: str, stichtag: date) -> list[Verantwortung]:
    """For Kompetenzen, then for public Kernaktivitäten as they stand on the day."""
    kernaktivitaeten = (
        Kernaktivitaet.objects.oeffentlich()
        .zum(stichtag)
        .select_related("kompetenz", "tranche")
        # In one step: the second would be asked only where there is an assignment.
        .prefetch_related(Prefetch("zuordnungen", Zuordnung.objects.select_related("schwerpunkt")))
    )
    alle = Verantwortung.objects.von_stelle(slug).select_related("quelle").distinct()
    kompetenzen = alle.filter(kompetenz__isnull=False).select_related("kompetenz")
    eigene = alle.oeffentlich().order_by(
        "kernaktivitaet__kompetenz__reihenfolge", "kernaktivitaet__nr"
    )
    return [
        *kompetenzen.order_by("kompetenz__reihenfolge", "pk"),
        *mit_kernaktivitaet(eigene, kernaktivitaeten),
    ]
