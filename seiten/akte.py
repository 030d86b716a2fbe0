"""All that is stored about one Kernaktivität, in a constant number of queries."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404

from kernaktivitaeten.models import (
    Angabe,
    Beschlusswirkung,
    Kernaktivitaet,
    Messwert,
    Ort,
    Planangabe,
    Projektziel,
    Querschnittszuordnung,
    Ratsbeschluss,
    Statusmeldung,
    Verantwortung,
    Zuordnung,
)
from zielsystem.models import Quelle

from .umzug import leite_um


def lade(slug: str, stichtag: date) -> Kernaktivitaet:
    """The Kernaktivität with everything around it, as it stands on the day.

    Raises ``Umgezogen`` for a former address and ``Http404`` if there is none to be seen.
    """
    try:
        return (
            Kernaktivitaet.objects.oeffentlich()
            .zum(stichtag)
            .select_related("kompetenz", "tranche", "tranche_quelle", "quelle")
            .prefetch_related(
                "bezeichnungen",
                *(Prefetch(name, alle) for name, alle in _beziehungen(stichtag).items()),
            )
            .get(slug=slug)
        )
    except Kernaktivitaet.DoesNotExist as fehler:
        leite_um(Kernaktivitaet.objects.oeffentlich(), slug)
        raise Http404("Diese Kernaktivität gibt es nicht.") from fehler


def _beziehungen(stichtag: date) -> dict[str, QuerySet]:
    """Relation → its rows with their sources."""
    return {
        "zuordnungen": Zuordnung.objects.select_related("schwerpunkt__eltern", "quelle"),
        "querschnittszuordnungen": Querschnittszuordnung.objects.select_related("thema", "quelle"),
        "angaben": Angabe.objects.oeffentlich().select_related("quelle"),
        "projektziele": Projektziel.objects.oeffentlich().select_related("quelle"),
        "messwerte": Messwert.objects.oeffentlich().select_related("quelle"),
        "planangaben": Planangabe.objects.oeffentlich().select_related("quelle"),
        "orte": Ort.objects.select_related("quelle"),
        "statusmeldungen": Statusmeldung.objects.oeffentlich()
        .select_related("quelle", "beschluss", "ersetzt_durch")
        .prefetch_related(Prefetch("nachfolger", Kernaktivitaet.objects.oeffentlich()))
        .annotate(
            nennt_beschluss=Exists(
                Ratsbeschluss.objects.oeffentlich()
                .gefasst_bis(stichtag)
                .filter(pk=OuterRef("beschluss"))
            )
        ),
        "beschlusswirkungen": Beschlusswirkung.objects.select_related(
            "beschluss__tranche", "beschluss__quelle", "quelle"
        ).order_by("-beschluss__datum_von", "-pk"),
        "verantwortungen": Verantwortung.objects.mit_aemtern(),
        "ueberfuehrungen": Statusmeldung.objects.gueltig()
        .geltende_am(stichtag)
        .filter(kernaktivitaet__in=Kernaktivitaet.objects.oeffentlich().values("pk"))
        .select_related("kernaktivitaet")
        .order_by("kernaktivitaet__kompetenz__reihenfolge", "kernaktivitaet__nr"),
    }


def quellen(ka: Kernaktivitaet, meldungen: Iterable[Statusmeldung]) -> tuple[Quelle, ...]:
    """Every source of the page once, by title."""
    belegte = (
        meldungen,
        ka.zuordnungen.all(),
        ka.angaben.all(),
        ka.projektziele.all(),
        ka.messwerte.all(),
        ka.planangaben.all(),
        ka.orte.all(),
        ka.beschlusswirkungen.all(),
        ka.verantwortungen.all(),
    )
    alle = {ka.quelle, ka.tranche_quelle}
    alle |= {beleg.quelle for belege in belegte for beleg in belege}
    alle |= {wirkung.beschluss.quelle for wirkung in ka.beschlusswirkungen.all()}
    return tuple(sorted(alle - {None}, key=lambda q: (q.titel, q.adresse)))
