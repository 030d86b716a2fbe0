"""Dates as precise as their source: first day, last day, precision.

One value type (``Zeitraum``), one abstract model (``Zeitangabe``), one formatter. A date is
printed as known and never more exactly than the source gives it.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

MONATE = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


class Genauigkeit(models.TextChoices):
    """Which part of a date is known."""

    TAG = "tag", "auf den Tag"
    MONAT = "monat", "auf den Monat"
    JAHR = "jahr", "auf das Jahr"


class Bezug(models.TextChoices):
    """What a date says about a fact: since when it holds, or that it was reported so."""

    AB = "ab", "ab: gilt seitdem"
    STAND = "stand", "Stand: so berichtet, Beginn unbekannt"


def monatsende(tag: date) -> date:
    """The last day of the month of ``tag``."""
    return tag.replace(day=monthrange(tag.year, tag.month)[1])


def monate_vorher(tag: date, monate: int) -> date:
    """The same day ``monate`` months earlier, or the last of that month if it is shorter."""
    jahr, monat = divmod(tag.year * 12 + tag.month - 1 - monate, 12)
    erster = date(jahr, monat + 1, 1)
    return min(monatsende(erster), erster + timedelta(days=tag.day - 1))


@dataclass(frozen=True)
class Zeitraum:
    """A point in time or a range, with the precision in which it is known.

    ``von`` and ``bis`` are the first and the last possible day. ``von`` empty means "bis …"
    (only the end is known), ``bis`` empty means "seit …" (the end is open). At least one is set.
    """

    von: date | None
    bis: date | None
    genauigkeit: str

    def __str__(self) -> str:
        return self.kurz

    @property
    def kurz(self) -> str:
        """Short German form for tables and status lines: "27.09.2018", "08/2024", "2021–2023"."""
        return self._als_text(_tag_kurz)

    @property
    def lang(self) -> str:
        """Long German form for sentences: "27. September 2018", "August 2024", "2021–2023"."""
        return self._als_text(_tag_lang)

    @property
    def am_ende(self) -> str:
        """The last day alone, in the short form: what a due date is called."""
        return Zeitraum(self.bis, self.bis, self.genauigkeit).kurz

    @property
    def passt_zur_genauigkeit(self) -> bool:
        """Whether the first and last day are those of a whole year, month or day."""
        if self.genauigkeit == Genauigkeit.JAHR:
            return (self.von is None or (self.von.month, self.von.day) == (1, 1)) and (
                self.bis is None or (self.bis.month, self.bis.day) == (12, 31)
            )
        if self.genauigkeit == Genauigkeit.MONAT:
            return (self.von is None or self.von.day == 1) and (
                self.bis is None or self.bis == monatsende(self.bis)
            )
        return True

    @property
    def nennt_ein_ende(self) -> bool:
        """Whether it says when something ended, not only when it was or began."""
        if self.von is None or self.bis is None:
            return self.bis is not None
        return _tag_kurz(self.von, self.genauigkeit) != _tag_kurz(self.bis, self.genauigkeit)

    def _als_text(self, schreibe: Callable[[date, str], str]) -> str:
        anfang = "" if self.von is None else schreibe(self.von, self.genauigkeit)
        ende = "" if self.bis is None else schreibe(self.bis, self.genauigkeit)
        if not anfang:
            return f"bis {ende}"
        if not ende:
            return f"seit {anfang}"
        if anfang == ende:
            return anfang
        return f"{anfang}–{ende}" if " " not in anfang else f"{anfang} bis {ende}"


def _tag_kurz(tag: date, genauigkeit: str) -> str:
    if genauigkeit == Genauigkeit.JAHR:
        return f"{tag.year}"
    if genauigkeit == Genauigkeit.MONAT:
        return f"{tag.month:02}/{tag.year}"
    return f"{tag.day:02}.{tag.month:02}.{tag.year}"


def _tag_lang(tag: date, genauigkeit: str) -> str:
    if genauigkeit == Genauigkeit.JAHR:
        return f"{tag.year}"
    monat = MONATE[tag.month - 1]
    if genauigkeit == Genauigkeit.MONAT:
        return f"{monat} {tag.year}"
    return f"{tag.day}. {monat} {tag.year}"


class Zeitangabe(models.Model):
    """Abstract: when a fact happened, holds, or was reported. All three empty: not known."""

    datum_von = models.DateField(
        "erster Tag",
        null=True,
        blank=True,
        help_text="Bei „Mai 2017“ der 1. Mai 2017. Leer, wenn nur das Ende bekannt ist.",
    )
    datum_bis = models.DateField(
        "letzter Tag",
        null=True,
        blank=True,
        help_text="Bei „Mai 2017“ der 31. Mai 2017. Leer, wenn das Ende offen ist.",
    )
    genauigkeit = models.CharField(
        "Genauigkeit",
        max_length=5,
        choices=Genauigkeit.choices,
        blank=True,
        help_text="Wie genau die Quelle das Datum nennt.",
    )

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(datum_von__isnull=True)
                | Q(datum_bis__isnull=True)
                | Q(datum_von__lte=F("datum_bis")),
                name="%(app_label)s_%(class)s_von_vor_bis",
                violation_error_message="Der erste Tag darf nicht nach dem letzten Tag liegen.",
            ),
            models.CheckConstraint(
                condition=Q(datum_von__isnull=True, datum_bis__isnull=True, genauigkeit="")
                | (
                    (Q(datum_von__isnull=False) | Q(datum_bis__isnull=False))
                    & Q(genauigkeit__in=Genauigkeit.values)
                ),
                name="%(app_label)s_%(class)s_genauigkeit",
                violation_error_message=(
                    "Zu einem Datum gehört seine Genauigkeit, ohne Datum bleibt sie leer."
                ),
            ),
        )

    def clean(self) -> None:
        """Refuses first and last days that are not those of a whole month or year."""
        super().clean()
        if self.zeit and not self.zeit.passt_zur_genauigkeit:
            raise ValidationError(
                "Erster und letzter Tag passen nicht zur Genauigkeit: Ein Monat geht vom ersten "
                "bis zu seinem letzten Tag, ein Jahr vom 1. Januar bis zum 31. Dezember."
            )

    @property
    def zeit(self) -> Zeitraum | None:
        """The date as one value; ``None`` when the source gives none."""
        if self.datum_von is None and self.datum_bis is None:
            return None
        return Zeitraum(self.datum_von, self.datum_bis, self.genauigkeit)


def zeit_ist_bekannt(name: str) -> models.CheckConstraint:
    """Constraint for models whose date must be known with first and last day."""
    return models.CheckConstraint(
        condition=Q(datum_von__isnull=False, datum_bis__isnull=False),
        name=name,
        violation_error_message="Erster und letzter Tag müssen angegeben sein.",
    )
