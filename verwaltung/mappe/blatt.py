"""One sheet of the workbook as a resource of django-import-export.

What the cells say goes through the form of the administration: there is one way to judge input.
Only cells that say something else than the stored row count as changes; a row without any is not
touched.
"""

from collections import defaultdict
from hashlib import sha256
from typing import ClassVar

from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import Resource

from zielsystem.models import Quelle

from ..basis import INZWISCHEN
from .lesen import Unlesbar
from .spalten import Spalte
from .verweise import Verweis

KENNUNG = "Kennung"
FASSUNG = "Fassung (nicht ändern)"

VERALTET = (
    "Diese Zeile wurde im Portal geändert, seit die Mappe heruntergeladen wurde. Laden Sie eine "
    "neue Mappe herunter und tragen Sie Ihre Änderung dort ein."
)
GIBT_ES_SCHON = (
    "Genau diese Zeile gibt es im Portal schon. Wurde die Mappe zweimal hochgeladen? Laden Sie "
    "eine neue herunter."
)
# What the portal gives a new row by itself.
EIGENES = {"id", "kennung", "reihenfolge", "entwurf", "erfasst_von"}
HOECHSTENS_AENDERUNGEN = 500
ZU_VIELE = (
    f"Das sind mehr als {HOECHSTENS_AENDERUNGEN} neue und geänderte Zeilen. Laden Sie die Mappe in "
    "mehreren Teilen hoch."
)
FESTGELEGT = (
    "Das lässt sich bei einer vorhandenen Zeile nicht ändern (im Portal steht: „{}“). Falls Sie "
    "sortiert haben: Sortieren Sie immer alle Spalten zusammen."
)


def quelle_spalte(kopf: str = "Quelle", attribut: str = "quelle") -> Spalte:
    """A column that names a source."""
    return Spalte(
        kopf,
        attribut,
        Verweis(Quelle.objects.all),
        breite=30,
        hinweis="Kennung oder Titel; alle stehen im Blatt „Quellen“.",
    )


class Blatt(Resource):
    """Rows of one model. Made anew for each workbook, with the request of its editor."""

    modell: ClassVar[type[Model]]
    # Fields of the form whose messages belong to the column of another one.
    felder: ClassVar[dict[str, str]] = {}
    # Columns that no field of the form stands for.
    eigene: ClassVar[frozenset[str]] = frozenset()

    kennung = Spalte(
        KENNUNG,
        "kennung",
        breite=24,
        hinweis="Fester Schlüssel. Nie ändern; in einer neuen Zeile leer lassen.",
    )

    class Meta:
        import_id_fields = ("kennung",)
        instance_loader_class = CachedInstanceLoader
        skip_diff = True
        report_skipped = False
        store_instance = True

    def __init__(self, request, **kwargs) -> None:
        super().__init__(**kwargs)
        self.request = request
        self.verwaltung = admin.site.get_model_admin(self.modell)
        self.titel = str(self.modell._meta.verbose_name_plural)
        self.aenderungen: dict[str, tuple[str, str]] = {}
        self.frei = 0  # how many rows may still change
        self._formulare: dict[bool, type] = {}

    # ── Reading ──────────────────────────────────────────────────────────────────────────────

    def get_queryset(self) -> QuerySet:
        return self.modell.objects.all()

    def init_instance(self, row=None) -> Model:
        return self.modell()

    @property
    def spalten(self) -> list[Spalte]:
        return list(self.fields.values())

    @property
    def eingabespalten(self) -> list[Spalte]:
        return [spalte for spalte in self.spalten[1:] if not spalte.ansicht]

    def kopf(self) -> list[str]:
        return [*(spalte.column_name for spalte in self.spalten), FASSUNG]

    def fassung(self, zeile: Model) -> str:
        """A short mark of all that the workbook says about a stored row."""
        texte = (spalte.text(zeile) for spalte in self.eingabespalten)
        return sha256("\x1f".join(texte).encode()).hexdigest()[:12]

    # ── One row ──────────────────────────────────────────────────────────────────────────────

    def after_init_instance(self, instance, new, row, **kwargs) -> None:
        self.aenderungen = {}
        if new and row[KENNUNG]:
            raise ValidationError(
                {
                    "kennung": "Diese Kennung gibt es im Portal nicht (mehr). In einer neuen Zeile "
                    "bleibt sie leer; das Portal vergibt sie."
                }
            )

    def import_instance(self, instance, row, **kwargs) -> None:
        """Puts the changed cells into the instance by the form; raises ``ValidationError``."""
        neu, fehler, eingaben = instance.pk is None, defaultdict(list), {}
        for spalte in self.eingabespalten:
            text, alt = row[spalte.column_name], "" if neu else spalte.text(instance)
            try:
                if isinstance(text, Unlesbar):
                    raise ValueError(text.satz)
                geaendert = bool(text) if neu else spalte.widget.normal(text) != alt
                if geaendert:
                    self.aenderungen[spalte.column_name] = (alt, text)
                    eingaben[spalte.attribute] = spalte.clean(row)
            except ValueError as satz:
                fehler[spalte.attribute].append(str(satz))
                continue
            if geaendert and spalte.fest and not neu:
                fehler[spalte.attribute].append(FESTGELEGT.format(alt))
            elif geaendert and spalte.anderswo:
                veraltet = not neu and row[FASSUNG] != self.fassung(instance)
                fehler[spalte.attribute].append(VERALTET if veraltet else spalte.anderswo)
        if fehler:
            raise ValidationError(fehler)
        if self.aenderungen:
            self._pruefe(instance, row, eingaben, neu)

    def _pruefe(self, instance: Model, row, eingaben: dict, neu: bool) -> None:
        self.frei -= 1
        if self.frei < 0:  # the rest would only take time
            raise ValidationError({NON_FIELD_ERRORS: [ZU_VIELE]})
        if not neu and row[FASSUNG] != self.fassung(instance):
            raise ValidationError({NON_FIELD_ERRORS: [VERALTET]})
        darf = (
            self.verwaltung.has_add_permission(self.request)
            if neu
            else self.verwaltung.has_change_permission(self.request, instance)
        )
        if not darf:
            raise ValidationError({NON_FIELD_ERRORS: ["Diese Zeile dürfen Sie nicht ändern."]})
        self.formular = self._formular(instance, eingaben, neu)
        fehler = {name: list(saetze) for name, saetze in self.formular.errors.items()}
        for name in eingaben.keys() - self.formular.fields.keys() - self.eigene:
            fehler[name] = ["Das dürfen Sie nicht ändern."]
        for name, saetze in self.weitere_fehler(instance, eingaben, neu).items():
            fehler.setdefault(name, []).extend(saetze)
        if fehler:
            raise ValidationError(fehler)
        if neu and self._gibt_es_schon():
            raise ValidationError({NON_FIELD_ERRORS: [GIBT_ES_SCHON]})

    def _gibt_es_schon(self) -> bool:
        """Whether a stored row says just the same: then the workbook was sent before."""
        neue = self.formular.instance
        felder = [f for f in neue._meta.concrete_fields if f.name not in EIGENES]
        werte = {feld.attname: getattr(neue, feld.attname) for feld in felder}
        return type(neue)._base_manager.filter(**werte).exists()

    def _formular(self, instance: Model, eingaben: dict, neu: bool):
        """The form of the administration, sent with the stored values and the changed cells."""
        if neu not in self._formulare:
            self._formulare[neu] = self.verwaltung.get_form(
                self.request, None if neu else instance, change=not neu
            )
        klasse = self._formulare[neu]
        daten = {feld.html_name: feld.value() for feld in klasse(instance=instance)}
        return klasse(
            {k: v for k, v in (daten | eingaben).items() if v is not None}, instance=instance
        )

    def weitere_fehler(self, instance, eingaben: dict, neu: bool) -> dict[str, list[str]]:
        """What the form cannot judge."""
        return {}

    def skip_row(self, instance, original, row, import_validation_errors=None) -> bool:
        return not self.aenderungen and not import_validation_errors

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def do_instance_save(self, instance, is_create: bool) -> None:
        """Saves as the administration does, which keeps former addresses.

        Not where only what belongs to the row has changed: that would be a version without one.
        """
        if not is_create and not self.formular.has_changed():
            return
        try:
            with transaction.atomic():
                self.verwaltung.save_model(
                    self.request, instance, self.formular, change=not is_create
                )
        except IntegrityError as fehler:
            raise ValidationError({NON_FIELD_ERRORS: [INZWISCHEN]}) from fehler

    def after_import_row(self, row, row_result, **kwargs) -> None:
        row_result.aenderungen, row_result.nummer = self.aenderungen, kwargs["row_number"]

    def spalte_zu(self, feld: str) -> str:
        """The heading of the column that a field of the form belongs to; empty without one."""
        feld = self.felder.get(feld, feld)
        return next((s.column_name for s in self.spalten if s.attribute == feld), "")
