"""One sheet of the workbook: the rows of one model.

What the cells say goes through the form of the administration: there is one way to judge input.
Only cells that say something else than the stored row count as changes; a row without any is not
touched.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from zielsystem.models import Quelle

from ..basis import INZWISCHEN
from .lesen import Unlesbar
from .spalten import Mappenspalte, Verweiszelle

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
UNBEKANNT = (
    "Diese Kennung gibt es im Portal nicht (mehr). In einer neuen Zeile bleibt sie leer; das "
    "Portal vergibt sie."
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


def quelle_spalte(
    kopf: str = "Quelle", attribut: str = "quelle", hole: Callable[[Model], Any] | None = None
) -> Mappenspalte:
    """A column that names a source."""
    return Mappenspalte(
        kopf,
        attribut,
        Verweiszelle(Quelle.objects.all),
        hole=hole,
        breite=30,
        hinweis="Kennung oder Titel; alle stehen im Blatt „Quellen“.",
    )


KENNUNGSSPALTE = Mappenspalte(
    KENNUNG,
    "kennung",
    breite=24,
    hinweis="Fester Schlüssel. Nie ändern; in einer neuen Zeile leer lassen.",
)


@dataclass(frozen=True)
class Uebernommen:
    """A row of the sheet that was written: heading → old and new text of each changed cell."""

    zeile: Model
    neu: bool
    aenderungen: dict[str, tuple[str, str]]


class Mappenblatt:
    """Rows of one model. Made anew for each workbook, with the request of its editor."""

    modell: ClassVar[type[Model]]
    # The columns after that of the key.
    spalten: tuple[Mappenspalte, ...]
    # Fields of the form whose messages belong to the column of another one.
    felder: ClassVar[dict[str, str]] = {}
    # Columns that no field of the form stands for.
    eigene: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, request) -> None:
        self.request = request
        self.verwaltung = admin.site.get_model_admin(self.modell)
        self.titel = str(self.modell._meta.verbose_name_plural)
        # Copies: a cell that refers to other rows remembers them, as long as the sheet is there.
        self.spalten = tuple(
            replace(spalte, zelle=copy(spalte.zelle)) for spalte in (KENNUNGSSPALTE, *self.spalten)
        )
        self.frei = 0  # how many rows may still change
        self._formulare: dict[bool, type] = {}

    # ── Reading ──────────────────────────────────────────────────────────────────────────────

    def zeilen(self) -> QuerySet:
        """The stored rows that the sheet shows, in its order."""
        return self.modell.objects.all()

    @property
    def eingabespalten(self) -> list[Mappenspalte]:
        return [spalte for spalte in self.spalten[1:] if not spalte.ansicht]

    def kopf(self) -> list[str]:
        return [*(spalte.kopf for spalte in self.spalten), FASSUNG]

    def zellen(self, zeile: Model) -> list:
        """What the cells of a stored row hold."""
        return [*(s.zelle.fuelle(s.wert(zeile)) for s in self.spalten), self.fassung(zeile)]

    def fassung(self, zeile: Model) -> str:
        """A short mark of all that the workbook says about a stored row."""
        texte = (spalte.text(zeile) for spalte in self.eingabespalten)
        return sha256("\x1f".join(texte).encode()).hexdigest()[:12]

    # ── Taking over ──────────────────────────────────────────────────────────────────────────

    def uebernimm(
        self, kopf: Sequence[str], texte: Iterable[Sequence[str]]
    ) -> Iterator[Uebernommen | ValidationError | None]:
        """Writes the rows of a sheet one by one: what was written, what is wrong, or nothing."""
        reihen = [dict(zip(kopf, zellen, strict=True)) for zellen in texte]
        kennungen = {reihe[KENNUNG] for reihe in reihen}
        da = {zeile.kennung: zeile for zeile in self.zeilen().filter(kennung__in=kennungen)}
        for reihe in reihen:
            try:
                yield self._uebernimm(da.get(reihe[KENNUNG]), reihe)
            except ValidationError as fehler:
                yield fehler

    def _uebernimm(self, zeile: Model | None, reihe: dict[str, str]) -> Uebernommen | None:
        """Puts the changed cells into the row by the form; raises ``ValidationError``."""
        neu, zeile = zeile is None, zeile or self.modell()
        if neu and reihe[KENNUNG]:
            raise ValidationError({"kennung": UNBEKANNT})
        aenderungen, eingaben = self._lies(zeile, reihe, neu)
        if not aenderungen:
            return None
        self._pruefe(zeile, reihe, eingaben, neu)
        self._sichere(zeile, neu)
        return Uebernommen(zeile, neu, aenderungen)

    def _lies(self, zeile: Model, reihe: dict[str, str], neu: bool) -> tuple[dict, dict]:
        """The cells that say something else than the stored row: (texts, input of the form)."""
        aenderungen, eingaben, fehler = {}, {}, defaultdict(list)
        for spalte in self.eingabespalten:
            text, alt = reihe[spalte.kopf], "" if neu else spalte.text(zeile)
            try:
                if isinstance(text, Unlesbar):
                    raise ValueError(text.satz)
                if not (bool(text) if neu else spalte.zelle.normal(text) != alt):
                    continue
                aenderungen[spalte.kopf] = (alt, text)
                eingaben[spalte.attribut] = spalte.zelle.eingabe(text)
            except ValueError as satz:
                fehler[spalte.attribut].append(str(satz))
                continue
            if spalte.fest and not neu:
                fehler[spalte.attribut].append(FESTGELEGT.format(alt))
            elif spalte.anderswo:
                veraltet = not neu and reihe[FASSUNG] != self.fassung(zeile)
                fehler[spalte.attribut].append(VERALTET if veraltet else spalte.anderswo)
        if fehler:
            raise ValidationError(fehler)
        return aenderungen, eingaben

    def _pruefe(self, zeile: Model, reihe, eingaben: dict, neu: bool) -> None:
        self.frei -= 1
        if self.frei < 0:  # the rest would only take time
            raise ValidationError({NON_FIELD_ERRORS: [ZU_VIELE]})
        if not neu and reihe[FASSUNG] != self.fassung(zeile):
            raise ValidationError({NON_FIELD_ERRORS: [VERALTET]})
        darf = (
            self.verwaltung.has_add_permission(self.request)
            if neu
            else self.verwaltung.has_change_permission(self.request, zeile)
        )
        if not darf:
            raise ValidationError({NON_FIELD_ERRORS: ["Diese Zeile dürfen Sie nicht ändern."]})
        self.formular = self._formular(zeile, eingaben, neu)
        fehler = {name: list(saetze) for name, saetze in self.formular.errors.items()}
        for name in eingaben.keys() - self.formular.fields.keys() - self.eigene:
            fehler[name] = ["Das dürfen Sie nicht ändern."]
        for name, saetze in self.weitere_fehler(zeile, eingaben, neu).items():
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

    def _formular(self, zeile: Model, eingaben: dict, neu: bool):
        """The form of the administration, sent with the stored values and the changed cells."""
        if neu not in self._formulare:
            self._formulare[neu] = self.verwaltung.get_form(
                self.request, None if neu else zeile, change=not neu
            )
        klasse = self._formulare[neu]
        daten = {feld.html_name: feld.value() for feld in klasse(instance=zeile)}
        return klasse(
            {k: v for k, v in (daten | eingaben).items() if v is not None}, instance=zeile
        )

    def weitere_fehler(self, zeile, eingaben: dict, neu: bool) -> dict[str, list[str]]:
        """What the form cannot judge."""
        return {}

    def _sichere(self, zeile: Model, neu: bool) -> None:
        """Saves as the administration does, which keeps former addresses.

        Not where only what belongs to the row has changed: that would be a version without one.
        """
        if neu or self.formular.has_changed():
            try:
                with transaction.atomic():
                    self.verwaltung.save_model(self.request, zeile, self.formular, change=not neu)
            except IntegrityError as fehler:
                raise ValidationError({NON_FIELD_ERRORS: [INZWISCHEN]}) from fehler
        self.sichere_zugehoeriges(zeile)

    def sichere_zugehoeriges(self, zeile: Model) -> None:
        """Writes what belongs to the row and is not in its form."""

    def spalte_zu(self, feld: str) -> str:
        """The heading of the column that a field of the form belongs to; empty without one."""
        feld = self.felder.get(feld, feld)
        return next((s.kopf for s in self.spalten if s.attribut == feld), "")
