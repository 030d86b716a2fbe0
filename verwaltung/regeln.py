"""The rules that span rows: kept while rows are edited, and asked of all data at once.

A rule may concern the row of the form, its inline rows, and others that hang on them. So it is
checked where alone it can be told for sure: after saving, in the same transaction. If one is
broken, all is rolled back, and the form is built again from what was typed, with the sentence of
the rule at the field that it concerns.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import ForeignObjectRel, Model, QuerySet
from django.forms import CharField, ModelForm
from django.utils.text import capfirst

from grundlage.datenstand import OeffentlichesModell
from kernaktivitaeten import rules as kernaktivitaeten
from kernaktivitaeten.models import Statusmeldung
from strategiearbeit.models import Textseite, Werkzeugkasten
from zielsystem import rules as zielsystem
from zielsystem.models import Zielelement

REGELN = {
    **zielsystem.REGELN,
    **kernaktivitaeten.REGELN,
    **dict.fromkeys((Werkzeugkasten, Textseite), zielsystem.ADRESSE),
}

# Relations that no rule reads: what changes at their other end breaks none.
UNGELESEN = {"quelle", "tranche_quelle", "thema", "stelle", "person", "zielelement"}
# Other ends of relations that rules read.
GELESEN = {Statusmeldung: "kernaktivitaet__statusmeldungen", Zielelement: "kinder"}

Platz = TypeVar("Platz")
Schluessel = tuple[type[Model], int]


@dataclass(frozen=True)
class Verstoss:
    """A stored row and a rule that it breaks."""

    zeile: Model
    regel: zielsystem.Regel

    @property
    def schluessel(self) -> Schluessel:
        return type(self.zeile), self.zeile.pk

    @property
    def felder(self) -> tuple[str, ...]:
        """The fields of the row, or of one in sight, that the rule concerns."""
        return REGELN[type(self.zeile)][self.regel]

    def feld(self, vorhandene: Container[str]) -> str | None:
        """That of ``vorhandene`` which takes the sentence."""
        return next((name for name in self.felder if name in vorhandene), None)

    @property
    def satz(self) -> str:
        """The sentence of the rule."""
        return zielsystem.satz(self.regel)

    @property
    def satz_mit_zeile(self) -> str:
        """The sentence with the name of the row, where that is not in sight."""
        return f"{self.zeile._meta.verbose_name} „{self.zeile}“: {self.satz}"


class Regelverstoss(Exception):
    """Raised to roll back, with German sentences; with ``verstoesse`` if the data break rules."""

    def __init__(self, *saetze: str, verstoesse: Iterable[Verstoss] = ()) -> None:
        super().__init__(*saetze)
        self.verstoesse = verstoesse


def betroffene(zeilen: Iterable[Model]) -> dict[Schluessel, None]:
    """The stored rows whose rules a change of ``zeilen`` could break, in a stable order.

    These are the rows themselves, what they hang on, and all that hangs on one of these.
    """
    gefunden: dict[Schluessel, None] = {}
    for modell, pks in _anker(zeilen).items():
        gefunden |= dict.fromkeys((modell, pk) for pk in pks)
        for beziehung in modell._meta.related_objects:
            anderes = beziehung.related_model
            gelesen = beziehung.field.name not in UNGELESEN
            if anderes in REGELN and gelesen and not beziehung.many_to_many:
                gefunden |= dict.fromkeys((anderes, pk) for pk in _an(beziehung, pks))
    return gefunden


def _anker(zeilen: Iterable[Model]) -> dict[type[Model], dict[int, None]]:
    """The keys of the rows, of what they hang on, and of what they replace, by model."""
    eigene: defaultdict[type[Model], list[int]] = defaultdict(list)
    anker: defaultdict[type[Model], dict[int, None]] = defaultdict(dict)
    for zeile in zeilen:
        eigene[type(zeile)].append(zeile.pk)
        anker[type(zeile)][zeile.pk] = None
        for name in ("kernaktivitaet", "eltern"):
            if (pk := getattr(zeile, f"{name}_id", None)) is not None:
                anker[zeile._meta.get_field(name).related_model][pk] = None
    for modell, pks in eigene.items():
        for beziehung in modell._meta.related_objects:
            if beziehung.related_model is modell:  # what it replaces
                anker[modell] |= dict.fromkeys(_an(beziehung, pks))
    return anker


def _an(beziehung: ForeignObjectRel, pks: Iterable[int]) -> QuerySet:
    """The keys of the rows at the other end of ``beziehung``."""
    zeilen = beziehung.related_model._base_manager.order_by("pk")
    return zeilen.filter(**{f"{beziehung.field.name}__in": list(pks)}).values_list("pk", flat=True)


def verstoesse(schluessel: Iterable[Schluessel]) -> list[Verstoss]:
    """Which rules those rows break as they are stored now; drafts and rows that are gone: none."""
    pks: defaultdict[type[Model], list[int]] = defaultdict(list)
    for modell, pk in schluessel:
        pks[modell].append(pk)
    return [
        verstoss
        for modell, nummern in pks.items()
        if modell in REGELN
        for verstoss in gebrochene(modell, _mit_gelesenem(modell).filter(pk__in=nummern))
    ]


def _mit_gelesenem(modell: type[Model]) -> QuerySet:
    """The rows with what rules and names read of others, by a fixed number of queries."""
    namen = [feld.name for feld in modell._meta.fields if feld.remote_field]
    zeilen = modell._base_manager.select_related(*namen).order_by("pk")
    return zeilen.prefetch_related(GELESEN[modell]) if modell in GELESEN else zeilen


def gebrochene(modell: type[Model], zeilen: Iterable[Model]) -> Iterator[Verstoss]:
    """Row by row, what stored rows of one model break."""
    regeln = REGELN.get(modell, {})
    geltende = [zeile for zeile in zeilen if not zielsystem.ist_entwurf(zeile)]
    pks = [zeile.pk for zeile in geltende]
    brechende = {
        regel: set(suche(modell).filter(pk__in=pks).values_list("pk", flat=True))
        for regel, suche in zielsystem.BRECHENDE.items()
        if regel in regeln
    }
    for zeile, regel in product(geltende, regeln):
        haelt = zeile.pk not in brechende[regel] if regel in brechende else regel(zeile)
        if not haelt:
            yield Verstoss(zeile, regel)


def an_die_orte(
    gebrochen: Iterable[Verstoss], orte: Mapping[Schluessel, Platz]
) -> Iterator[tuple[Platz | None, Verstoss, str]]:
    """Each broken rule with the place of its row among ``orte``, and with its sentence.

    Rows that are not in sight are named in the sentence; their place is that of their
    Kernaktivität, ``None`` when that is not in sight either.
    """
    gesagt = set()
    # Rows in sight first: of the others a rule that is broken here would only say it again.
    for verstoss in sorted(gebrochen, key=lambda v: v.schluessel not in orte):
        eigener = verstoss.schluessel in orte
        if not eigener and verstoss.regel in gesagt:
            continue
        gesagt.add(verstoss.regel)
        ka = getattr(verstoss.zeile, "kernaktivitaet", verstoss.zeile)
        ort = orte.get(verstoss.schluessel if eigener else (type(ka), ka.pk))
        yield ort, verstoss, verstoss.satz if eigener else verstoss.satz_mit_zeile


class Regelstand:
    """What was broken before a change: an old fault must not keep anybody from other work."""

    def __init__(self, zeilen: Iterable[Model]) -> None:
        self.betroffen: dict[Schluessel, None] = {}
        self.alte: list[Verstoss] = []
        self.merke(zeilen)

    def merke(self, zeilen: Iterable[Model]) -> None:
        """To be called before they are written, with the rows as they are or as they will be."""
        weitere = [s for s in betroffene(zeilen) if s not in self.betroffen]
        self.alte += verstoesse(weitere)
        self.betroffen |= dict.fromkeys(weitere)

    def pruefe(self, geschrieben: Iterable[Model], formulare: Iterable[ModelForm] = ()) -> None:
        """Raises ``Regelverstoss`` for what the change broke, and for what one of ``formulare``
        leaves broken in a field that it changes."""
        je_zeile = {(type(f.instance), f.instance.pk): f for f in formulare}
        gebrochen = [
            bruch
            for bruch in verstoesse(self.betroffen | betroffene(geschrieben))
            if bruch not in self.alte or _beruehrt(je_zeile.get(bruch.schluessel), bruch)
        ]
        if gebrochen:
            raise Regelverstoss(*(b.satz_mit_zeile for b in gebrochen), verstoesse=gebrochen)


def _beruehrt(formular: ModelForm | None, bruch: Verstoss) -> bool:
    """Whether the input changes more of the row than words and what no rule reads."""
    return formular is not None and any(
        name in bruch.felder
        or (name not in UNGELESEN and type(formular.fields[name]) is not CharField)
        for name in formular.changed_data
    )


# ── All data ──────────────────────────────────────────────────────────────────────────────────


def fehler() -> Iterator[tuple[Model, str]]:
    """Every row that breaks a rule of a field or across rows, and its sentence.

    What the database forbids by itself it cannot hold, and is not asked.
    """
    for modell in apps.get_models():
        if not issubclass(modell, OeffentlichesModell):
            continue
        zeilen = list(_mit_gelesenem(modell))
        saetze = {zeile.pk: _feldfehler(zeile) for zeile in zeilen}
        for verstoss in gebrochene(modell, zeilen):
            saetze[verstoss.zeile.pk].append(verstoss.satz)
        for zeile in zeilen:
            yield from ((zeile, satz) for satz in saetze[zeile.pk])


def _feldfehler(zeile: Model) -> list[str]:
    """What the fields say, in German; whether what they refer to is there, the database knows."""
    verweise = [feld for feld in zeile._meta.fields if feld.remote_field]
    genannte = [feld.name for feld in verweise if getattr(zeile, feld.attname) is not None]
    try:
        zeile.full_clean(genannte, validate_unique=False, validate_constraints=False)
    except ValidationError as fehler:
        return list(feldsaetze(type(zeile), fehler))
    return []


def feldsaetze(modell: type[Model], fehler: ValidationError) -> Iterator[str]:
    """What the model says is wrong with a row, with the German names of its fields."""
    namen = {feld.name: f"{capfirst(feld.verbose_name)}: " for feld in modell._meta.fields}
    for feld, saetze in fehler.message_dict.items():
        yield from (f"{namen.get(feld, '')}{satz}" for satz in saetze)
