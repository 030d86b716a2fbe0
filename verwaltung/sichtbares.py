"""What readers are told on a day in sentences and numbers, to be compared before and after.

And what they see for the first time because its Kernaktivität was in preparation until now.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Model
from django.urls import reverse

from kernaktivitaeten.models import Bilanz, Kernaktivitaet, Lage, Tranche
from seiten.bilanz import abweichende_bilanzen
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_TRANCHE


@dataclass(frozen=True)
class Sichtbares:
    """What readers are told on a day: how each Kernaktivität stands, and the counts; and which of
    the published Bilanzen, whatever their day, differ from ours."""

    saetze: dict[int, str]
    je_lage: Counter
    je_tranche: Counter
    abweichend: tuple[Bilanz, ...]


def sichtbares(tag: date) -> Sichtbares:
    """As the public pages have it."""
    am_tag = Kernaktivitaet.objects.oeffentlich().zum(tag)
    je_tranche: Counter = Counter()
    for (_, nr), anzahl in am_tag.zaehle("tranche__nr").items():
        je_tranche[nr] += anzahl
    saetze = {ka.pk: ka.lagebild.satz for ka in am_tag}
    return Sichtbares(saetze, am_tag.zaehle(), je_tranche, abweichende())


def andere_zahlen(vorher: Sichtbares, nachher: Sichtbares) -> list[tuple[str, int, int]]:
    """The public counts that become others."""
    zahlen = [("Alle Kernaktivitäten", vorher.je_lage.total(), nachher.je_lage.total())]
    for lage in Lage:
        paar = (vorher.je_lage[(lage.value,)], nachher.je_lage[(lage.value,)])
        zahlen.append((lage.label, *paar))
    nummern = sorted({nr for nr in (*vorher.je_tranche, *nachher.je_tranche) if nr is not None})
    for nr in nummern:
        name = f"{Tranche(nr=nr)} (von {SOLL_KERNAKTIVITAETEN_JE_TRANCHE})"
        zahlen.append((name, vorher.je_tranche[nr], nachher.je_tranche[nr]))
    return [zeile for zeile in zahlen if zeile[1] != zeile[2]]


def abweichende() -> tuple[Bilanz, ...]:
    """The published Bilanzen that differ from our count as the data stand now."""
    return abweichende_bilanzen(list(Bilanz.objects.all()))


def neue_abweichungen(vorher: Iterable[Bilanz]) -> Iterator[str]:
    """A sentence for each Bilanz that differs now and did not when ``vorher`` was asked."""
    bisher = set(vorher)
    for bilanz in abweichende():
        if bilanz not in bisher:
            yield (
                f"Die veröffentlichte {bilanz} stimmt dann nicht mehr mit der Zählung dieses "
                "Portals überein. Ist der Eintrag richtig, erklären Sie den Unterschied bei der "
                "Bilanz."
            )


@dataclass(frozen=True)
class Mitveroeffentlicht:
    """``arten`` counts the entries by kind, as in "2 Angaben"; ``adresse`` shows them."""

    anzahl: int
    arten: tuple[str, ...]
    adresse: str


def mitveroeffentlicht(
    neue: dict[int, Kernaktivitaet], ausser: Iterable[Model]
) -> dict[int, Mitveroeffentlicht]:
    """What comes with Kernaktivitäten that were in preparation until now, by their keys.

    ``ausser`` are rows that are new themselves.
    """
    eigene: defaultdict[type[Model], list[int]] = defaultdict(list)
    for zeile in ausser:
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
