"""Dates as precise as their source: first day, last day, precision.

One value type (``Zeitraum``), one abstract model (``Zeitangabe``), one formatter. A date is
printed as known and never more exactly than the source gives it.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

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


# How a day is printed that is known so exactly: the short form and the long one.
FORMEN: dict[str, tuple[str, str]] = {
    Genauigkeit.TAG: ("{tag:%d.%m.%Y}", "{tag.day}. {monat} {tag.year}"),
    Genauigkeit.MONAT: ("{tag:%m/%Y}", "{monat} {tag.year}"),
    Genauigkeit.JAHR: ("{tag.year}", "{tag.year}"),
}


class Bezug(models.TextChoices):
    """What a date says about a fact: since when it holds, or that it was reported so."""

    AB = "ab", "ab: gilt seitdem"
    STAND = "stand", "Stand: so berichtet, Beginn unbekannt"


def monatsende(tag: date) -> date:
    """The last day of the month of ``tag``."""
    return tag.replace(day=monthrange(tag.year, tag.month)[1])


def abschnitt(tag: date, genauigkeit: str) -> tuple[date, date]:
    """First and last day of the year or month around ``tag``; of a day that day."""
    if genauigkeit == Genauigkeit.JAHR:
        return date(tag.year, 1, 1), date(tag.year, 12, 31)
    if genauigkeit == Genauigkeit.MONAT:
        return tag.replace(day=1), monatsende(tag)
    return tag, tag


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

    @cached_property
    def kurz(self) -> str:
        """Short German form for tables and status lines: "27.09.2018", "08/2024", "2021–2023"."""
        return self._als_text(0)

    @cached_property
    def lang(self) -> str:
        """Long German form for sentences: "27. September 2018", "August 2024", "2021–2023"."""
        return self._als_text(1)

    @cached_property
    def am_ende(self) -> str:
        """The last day alone, in the short form: what a due date is called."""
        return Zeitraum(self.bis, self.bis, self.genauigkeit).kurz

    @property
    def passt_zur_genauigkeit(self) -> bool:
        """Whether the first and last day are those of a whole year, month or day."""
        return (self.von is None or self.von == abschnitt(self.von, self.genauigkeit)[0]) and (
            self.bis is None or self.bis == abschnitt(self.bis, self.genauigkeit)[1]
        )

    @property
    def nennt_ein_ende(self) -> bool:
        """Whether it says when something ended, not only when it was or began."""
        if self.von is None or self.bis is None:
            return self.bis is not None
        return abschnitt(self.von, self.genauigkeit) != abschnitt(self.bis, self.genauigkeit)

    def _als_text(self, form: int) -> str:
        muster = FORMEN.get(self.genauigkeit, FORMEN[Genauigkeit.TAG])[form]
        anfang, ende = (
            tag and muster.format(tag=tag, monat=MONATE[tag.month - 1])
            for tag in (self.von, self.bis)
        )
        if not anfang:
            return f"bis {ende}"
        if not ende:
            return f"seit {anfang}"
        if anfang == ende:
            return anfang
        return f"{anfang}–{ende}" if " " not in anfang else f"{anfang} bis {ende}"


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
