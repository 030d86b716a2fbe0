"""What readers see for the first time because its Kernaktivität was in preparation until now."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Model
from django.urls import reverse

from kernaktivitaeten.models import Kernaktivitaet

from .vorgang import Ergebnis


@dataclass(frozen=True)
class Mitveroeffentlicht:
    """``arten`` counts the entries by kind, as in "2 Angaben"; ``adresse`` shows them."""

    anzahl: int
    arten: tuple[str, ...]
    adresse: str


def mitveroeffentlicht(ergebnis: Ergebnis) -> dict[int, Mitveroeffentlicht]:
    """By the key of the Kernaktivität; to be asked when the decision was carried out."""
    neue = {
        folge.ka.pk: folge.ka
        for folge in ergebnis.folgen
        if folge.ka.veroeffentlicht_am and not folge.war_oeffentlich and not folge.angelegt
    }
    eigene: defaultdict[type[Model], list[int]] = defaultdict(list)
    for folge in ergebnis.folgen:
        for zeile in folge.zeilen:
            eigene[type(zeile)].append(zeile.pk)
    gezaehlt: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for modell in _modelle() if neue else ():
        zeilen = modell.objects.oeffentlich().filter(kernaktivitaet__in=neue)
        fremde = zeilen.exclude(pk__in=eigene[modell]).order_by()
        for pk, anzahl in fremde.values_list("kernaktivitaet").annotate(Count("pk")):
            gezaehlt[pk].append((anzahl, _art(modell, anzahl)))
    return {
        pk: Mitveroeffentlicht(
            sum(anzahl for anzahl, _ in gezaehlt[pk]),
            tuple(art for _, art in gezaehlt[pk]),
            reverse("vorschau", args=(ka.get_absolute_url().removeprefix("/"),)),
        )
        for pk, ka in neue.items()
    }


def _modelle() -> Iterator[type[Model]]:
    """Those of the statements about a Kernaktivität of which readers see only some."""
    for beziehung in Kernaktivitaet._meta.related_objects:
        modell = beziehung.related_model
        if beziehung.field.name == "kernaktivitaet" and hasattr(modell.objects, "oeffentlich"):
            yield modell


def _art(modell: type[Model], anzahl: int) -> str:
    namen = modell._meta
    return f"{anzahl} {namen.verbose_name if anzahl == 1 else namen.verbose_name_plural}"
