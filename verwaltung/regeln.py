"""The rules that span rows, kept while rows are edited.

A rule may concern the row of the form, its inline rows, and others that hang on them. So it is
checked where alone it can be told for sure: after saving, in the same transaction. If one is
broken, all is rolled back, and the form is built again from what was typed, with the sentence of
the rule at the field that it concerns.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import ForeignObjectRel, Model, QuerySet
from django.forms import CharField, ModelForm

from kernaktivitaeten import rules as kernaktivitaeten
from zielsystem import rules as zielsystem

REGELN = zielsystem.REGELN | kernaktivitaeten.REGELN

# The fields that a rule concerns; the first that the form of the row has takes the sentence.
FELDER: dict[zielsystem.Regel, tuple[str, ...]] = {
    zielsystem.element_steht_richtig_im_baum: ("eltern",),
    zielsystem.ziel_gehoert_zu_einer_kompetenz: ("kompetenz",),
    kernaktivitaeten.kernaktivitaet_gehoert_zu_einer_kompetenz: ("kompetenz",),
    kernaktivitaeten.nachfolge_hat_keinen_kreis: ("nachfolger",),
    kernaktivitaeten.adresse_war_nie_die_einer_anderen: ("slug",),
    kernaktivitaeten.fruehere_adresse_ist_frei: ("slug",),
    kernaktivitaeten.zuordnung_gilt_einem_schwerpunkt: ("schwerpunkt",),
    kernaktivitaeten.hauptschwerpunkt_liegt_in_der_eigenen_kompetenz: ("primaer", "kompetenz"),
    kernaktivitaeten.fremder_schwerpunkt_ist_begruendet: ("begruendung", "kompetenz"),
    kernaktivitaeten.nach_dem_ende_oeffnet_nur_ein_beschluss: ("status",),
    kernaktivitaeten.wer_ueberfuehrt_ist_hat_einen_nachfolger: ("nachfolger", "status"),
    kernaktivitaeten.ersatz_gehoert_zur_selben_kernaktivitaet: ("ersetzt_durch",),
    kernaktivitaeten.auftrag_passt_zur_tranche: ("wirkung", "tranche"),
    kernaktivitaeten.meldung_nennt_einen_geltenden_beschluss: ("beschluss",),
    kernaktivitaeten.wirkung_hat_nur_ein_geltender_beschluss: ("beschluss", "wirkung"),
    kernaktivitaeten.messwert_gehoert_zum_ziel_derselben_kernaktivitaet: (
        "projektziel",
        "kernaktivitaet",
    ),
    kernaktivitaeten.ersatz_ist_freigegeben: ("ersetzt_durch",),
    kernaktivitaeten.messwert_gehoert_zu_einem_freigegebenen_ziel: ("projektziel",),
    kernaktivitaeten.kompetenzverantwortung_gilt_einer_kompetenz: ("rolle",),
}

# Relations that no rule reads: what changes at their other end breaks none.
UNGELESEN = {"quelle", "tranche_quelle", "thema", "stelle", "person", "zielelement"}

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
    def satz(self) -> str:
        """The sentence of the rule."""
        return zielsystem.satz(self.regel)

    @property
    def satz_mit_zeile(self) -> str:
        """The sentence with the name of the row, where that is not in sight."""
        return f"{self.zeile._meta.verbose_name} „{self.zeile}“: {self.satz}"


class Regelverstoss(Exception):
    """Raised to roll back: the stored rows would break rules."""

    def __init__(self, verstoesse: list[Verstoss]) -> None:
        super().__init__(*(verstoss.satz_mit_zeile for verstoss in verstoesse))
        self.verstoesse = verstoesse

    @classmethod
    def mit_satz(cls, satz: str) -> "Regelverstoss":
        """For what is no rule of the data."""
        verstoss = cls([])
        verstoss.args = (satz,)
        return verstoss


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
    eigene: dict[type[Model], list[int]] = {}
    anker: dict[type[Model], dict[int, None]] = {}
    for zeile in zeilen:
        eigene.setdefault(type(zeile), []).append(zeile.pk)
        anker.setdefault(type(zeile), {})[zeile.pk] = None
        for name in ("kernaktivitaet", "eltern"):
            if (pk := getattr(zeile, f"{name}_id", None)) is not None:
                modell = zeile._meta.get_field(name).related_model
                anker.setdefault(modell, {})[pk] = None
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
    pks: dict[type[Model], list[int]] = {}
    for modell, pk in schluessel:
        pks.setdefault(modell, []).append(pk)
    return [
        Verstoss(zeile, regel)
        for modell, nummern in pks.items()
        if modell in REGELN
        for zeile in _mit_gelesenem(modell).filter(pk__in=nummern).order_by("pk")
        if not zielsystem.ist_entwurf(zeile)
        for regel in REGELN[modell]
        if not regel(zeile)
    ]


def _mit_gelesenem(modell: type[Model]) -> QuerySet:
    felder = [feld.name for feld in modell._meta.fields if feld.remote_field]
    return modell._base_manager.select_related(*(name for name in felder if name not in UNGELESEN))


def altlasten(verstoss: Regelverstoss, formulare: Iterable[ModelForm]) -> set[Verstoss]:
    """Those of the broken rules that were broken before, too, and that the input leaves alone.

    To be asked after the rollback. An old fault must not keep anybody from mending a typo.
    """
    je_zeile = {(type(f.instance), f.instance.pk): f for f in formulare}
    return {
        bruch
        for bruch in verstoesse(dict.fromkeys(v.schluessel for v in verstoss.verstoesse))
        if bruch in verstoss.verstoesse and not _beruehrt(je_zeile.get(bruch.schluessel), bruch)
    }


def _beruehrt(formular: ModelForm | None, bruch: Verstoss) -> bool:
    """Whether the input changes more of the row than words and what no rule reads."""
    return formular is not None and any(
        name in FELDER[bruch.regel]
        or (name not in UNGELESEN and type(formular.fields[name]) is not CharField)
        for name in formular.changed_data
    )
