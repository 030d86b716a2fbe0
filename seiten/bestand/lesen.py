"""Reads the facts: one query a table, each through the filter of what its reader may see."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, Self, TypeVar, Union, get_args, get_origin, get_type_hints

from django.db import connection
from django.db.models import Case, F, QuerySet, Value, When

from grundlage.datenstand import datenstand
from kernaktivitaeten import models as ka
from strategiearbeit import models as arbeit
from zielsystem import models as ziel

from . import fakten
from .bestand import Bestand
from .fakten import Fakt, Wort

Art = TypeVar("Art", bound=Fakt)

# Relation of a Kernaktivität → its rows. All name it in ``kernaktivitaet_id``.
BEZIEHUNGEN: dict[str, tuple[type[Fakt], Callable[[], QuerySet]]] = {
    "bezeichnungen": (fakten.Bezeichnung, ka.Bezeichnung.objects.all),
    "zuordnungen": (fakten.Zuordnung, ka.Zuordnung.objects.all),
    "querschnittszuordnungen": (
        fakten.Querschnittszuordnung,
        ka.Querschnittszuordnung.objects.all,
    ),
    "orte": (fakten.Ort, ka.Ort.objects.all),
    "beschlusswirkungen": (
        fakten.Beschlusswirkung,
        lambda: ka.Beschlusswirkung.objects.filter(
            beschluss__in=ka.Ratsbeschluss.objects.oeffentlich()
        ).order_by("-beschluss__datum_von", "-pk"),
    ),
    "statusmeldungen": (fakten.Statusmeldung, ka.Statusmeldung.objects.oeffentlich),
    "angaben": (fakten.Angabe, ka.Angabe.objects.oeffentlich),
    "projektziele": (fakten.Projektziel, ka.Projektziel.objects.oeffentlich),
    "messwerte": (fakten.Messwert, ka.Messwert.objects.oeffentlich),
    "planangaben": (fakten.Planangabe, ka.Planangabe.objects.oeffentlich),
}


def lies_bestand() -> Bestand:
    """All facts as they stand together at one moment, for whoever looks (``grundlage.blick``)."""
    with _momentaufnahme():
        return _Leser().bestand(datenstand())


class _Leser:
    """Reads one table after the other; what a row names was read before it, or is not public."""

    def __init__(self) -> None:
        self._bekannt: dict[type[Fakt], dict[int, Any]] = defaultdict(dict)

    def bestand(self, nummer: int) -> Bestand:
        self.lies(fakten.Quelle, ziel.Quelle.objects.all())
        elemente = self.lies(fakten.Zielelement, ziel.Zielelement.objects.all())
        themen = self.lies(fakten.Querschnittsthema, ziel.Querschnittsthema.objects.all())
        stellen = self.lies(fakten.Stelle, ka.Stelle.objects.all())
        tranchen = self.lies(fakten.Tranche, ka.Tranche.objects.oeffentlich())
        beschluesse = self.lies(
            fakten.Ratsbeschluss,
            ka.Ratsbeschluss.objects.oeffentlich().order_by("-datum_von", "-pk"),
        )
        verantwortungen = self._verantwortungen()
        ausnahmen = _gruppen(
            self.lies(fakten.Ausnahme, arbeit.Ausnahme.objects.all()), "erklaerung_id"
        )
        return Bestand(
            nummer=nummer,
            elemente=elemente,
            teile=self.lies(fakten.Wesenskernteil, ziel.Wesenskernteil.objects.all()),
            ziele=self.lies(fakten.StrategischesZiel, ziel.StrategischesZiel.objects.all()),
            themen=themen,
            stellen=stellen,
            tranchen=tranchen,
            beschluesse=beschluesse,
            kernaktivitaeten=self._kernaktivitaeten(verantwortungen),
            kompetenzverantwortungen=tuple(v for v in verantwortungen if v.kompetenz),
            bilanzen=self.lies(fakten.Bilanz, ka.Bilanz.objects.all()),
            meilensteine=self.lies(fakten.Meilenstein, arbeit.Meilenstein.objects.all()),
            werkzeugkaesten=self.lies(fakten.Werkzeugkasten, arbeit.Werkzeugkasten.objects.all()),
            textseiten=self.lies(fakten.Textseite, arbeit.Textseite.objects.all()),
            erklaerungen=self.lies(
                fakten.Barrierefreiheitserklaerung,
                arbeit.Barrierefreiheitserklaerung.objects.all(),
                ausnahmen=lambda zeile: ausnahmen[zeile["pk"]],
            ),
        )

    def _kernaktivitaeten(
        self, verantwortungen: Iterable[fakten.Verantwortung]
    ) -> tuple[fakten.Kernaktivitaet, ...]:
        oeffentliche = ka.Kernaktivitaet.objects.oeffentlich()
        gruppen = {
            name: _gruppen(
                self.lies(art, zeilen().filter(kernaktivitaet__in=oeffentliche)),
                "kernaktivitaet_id",
            )
            for name, (art, zeilen) in BEZIEHUNGEN.items()
        }
        gruppen["verantwortungen"] = _gruppen(verantwortungen, "kernaktivitaet_id")
        kinder = {
            name: lambda zeile, gruppe=gruppe: gruppe[zeile["pk"]]
            for name, gruppe in gruppen.items()
        }
        return self.lies(fakten.Kernaktivitaet, oeffentliche, **kinder)

    def _verantwortungen(self) -> tuple[fakten.Verantwortung, ...]:
        """Those for Kompetenzen and for public Kernaktivitäten, with the offices of persons."""
        aemter: dict[int, dict[int, None]] = defaultdict(dict)
        for person, stelle in ka.Besetzung.objects.values_list("person_id", "stelle_id"):
            aemter[person][stelle] = None
        stellen = self._bekannt[fakten.Stelle]
        alle = ka.Verantwortung.objects
        zeilen = alle.oeffentlich() | alle.filter(kompetenz__isnull=False)
        # A name is read only where it may be shown.
        name = Case(When(person__name_freigegeben=True, then=F("person__name")), default=Value(""))
        return self.lies(
            fakten.Verantwortung,
            zeilen.annotate(oeffentlicher_name=name),
            aemter=lambda zeile: (
                (zeile["stelle"],)
                if zeile["stelle"]
                else tuple(stellen[pk] for pk in aemter[zeile["person_id"]])
            ),
        )

    def lies(
        self, art: type[Art], zeilen: QuerySet, **weitere: Callable[[dict[str, Any]], Any]
    ) -> tuple[Art, ...]:
        """The rows as facts, in their order; ``weitere`` tells what is none of their columns."""
        spalten = {name: worauf for name, worauf in _felder(art).items() if name not in weitere}
        lesarten = [self._lesart(zeilen, name, worauf) for name, worauf in spalten.items()]
        ergebnis = []
        for zeile in zeilen.values_list(
            *(f"{name}_id" if worauf else name for name, worauf in spalten.items())
        ):
            werte = {
                name: lesart(wert) if lesart and wert is not None else wert
                for name, lesart, wert in zip(spalten, lesarten, zeile, strict=True)
            }
            werte |= {name: frage(werte) for name, frage in weitere.items()}
            fakt = art(**werte)
            if hasattr(art, "pfad"):
                _ = fakt.pfad  # made now: a request that comes first may have a prefix
            self._bekannt[art][fakt.pk] = fakt
            ergebnis.append(fakt)
        return tuple(ergebnis)

    def _lesart(
        self, zeilen: QuerySet, name: str, worauf: type[Fakt] | None
    ) -> Callable[[Any], Any] | None:
        """What makes the value of a fact out of that of a column; ``None``: it is the same."""
        if worauf:
            return self._bekannt[worauf].get
        if name in zeilen.query.annotations or name == "pk" or name.endswith("_id"):
            return None
        auswahl = dict(zeilen.model._meta.get_field(name).choices or ())
        if not any(isinstance(wert, str) for wert in auswahl):
            return None
        worte = {wert: Wort(wert, label) for wert, label in auswahl.items()} | {"": Wort("", "")}
        # A word that was taken off the list is said as it is stored.
        return lambda wert: worte.get(wert) or Wort(wert, wert)


@cache
def _felder(art: type[Fakt]) -> dict[str, type[Fakt] | None]:
    """Name of each field → the kind of fact that it names, ``None`` for a plain value."""
    arten = get_type_hints(art)
    return {feld.name: _worauf(art, arten[feld.name]) for feld in fields(art)}


def _worauf(art: type[Fakt], hinweis: Any) -> type[Fakt] | None:
    oder = get_origin(hinweis) in (UnionType, Union)
    for moeglich in get_args(hinweis) if oder else (hinweis,):
        if moeglich is Self:
            return art
        if isinstance(moeglich, type) and issubclass(moeglich, Fakt):
            return moeglich
    return None


def _gruppen(zeilen: Iterable[Art], spalte: str) -> dict[int, tuple[Art, ...]]:
    """The rows by what they name in ``spalte``; nothing for what none names."""
    gruppen: dict[int, list[Art]] = defaultdict(list)
    for zeile in zeilen:
        gruppen[getattr(zeile, spalte)].append(zeile)
    return defaultdict(tuple, {wert: tuple(alle) for wert, alle in gruppen.items()})


@contextmanager
def _momentaufnahme() -> Iterator[None]:
    """All that is read inside belongs together; nobody waits for it, and it waits for nobody.

    ``atomic`` would not do: on SQLite it takes the lock of the writers (IMMEDIATE), on PostgreSQL
    each query sees what was saved before itself.
    """
    if connection.in_atomic_block:  # a writer looks at what it has done so far
        yield
        return
    beginn = "BEGIN"
    if connection.vendor == "postgresql":
        beginn += " ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(beginn)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
