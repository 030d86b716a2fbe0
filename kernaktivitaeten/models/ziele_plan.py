"""Goals and what was measured for them, plans and their history, and all other statements."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.formats import number_format

from grundlage.zeitangabe import Genauigkeit, Zeitangabe, Zeitraum
from zielsystem.models import Quelle

from .entwurf import MitEntwurf

MILLION = Decimal(1_000_000)


def deutsche_zahl(wert: Decimal) -> str:
    """A number as Germans write it, without needless decimals: "1.000", "8,5", "202.035,88"."""
    ganz = wert == wert.to_integral_value()
    zahl = int(wert) if ganz else wert.normalize()
    return number_format(zahl, use_l10n=True, force_grouping=True)


def euro(betrag: Decimal) -> str:
    """An amount as it is said: "152,6 Millionen Euro", "100.000 Euro"."""
    if betrag >= MILLION:
        return f"{deutsche_zahl(betrag / MILLION)} Millionen Euro"
    return f"{deutsche_zahl(betrag)} Euro"


class Aussage(MitEntwurf, Zeitangabe):
    """Abstract: a sentence of a source about a Kernaktivität, word for word.

    Its date is the time it speaks of, or the state it was reported for.
    """

    text = models.TextField("Aussage", help_text="Im Wortlaut der Quelle.")
    quelle = models.ForeignKey(Quelle, models.PROTECT, related_name="+", verbose_name="Quelle")
    reihenfolge = models.PositiveSmallIntegerField(
        "Reihenfolge", default=0, help_text="Kleinere Zahlen stehen zuerst."
    )

    class Meta(Zeitangabe.Meta):
        abstract = True
        ordering = ("kernaktivitaet", "reihenfolge", "pk")

    def __str__(self) -> str:
        return self.text

    def gehoert_zum(self, stichtag: date, heute: date) -> bool:
        """Whether a page of the day shows it: not what came after a past day and up to today.

        Without a date it cannot be told, and a date after today is the time it speaks of.
        """
        return self.datum_von is None or not stichtag < self.datum_von <= heute


class MitTermin(models.Model):
    """Abstract: a due date, as precise as known."""

    termin_bis = models.DateField(
        "Termin (letzter Tag)", null=True, blank=True, help_text="Bei „2030“ der 31. Dezember 2030."
    )
    termin_genauigkeit = models.CharField(
        "Genauigkeit des Termins", max_length=5, choices=Genauigkeit.choices, blank=True
    )

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(termin_bis__isnull=True, termin_genauigkeit="")
                | (Q(termin_bis__isnull=False) & Q(termin_genauigkeit__in=Genauigkeit.values)),
                name="%(app_label)s_%(class)s_termin",
                violation_error_message="Zu einem Termin gehört seine Genauigkeit.",
            ),
        )

    def clean(self) -> None:
        """Refuses a last day that is not that of a whole month or year."""
        super().clean()
        if self.termin and not self.termin.passt_zur_genauigkeit:
            raise ValidationError("Der letzte Tag des Termins passt nicht zu seiner Genauigkeit.")

    @property
    def termin(self) -> Zeitraum | None:
        """The due date as a value ("bis 2030"); ``None`` when none is known."""
        if self.termin_bis is None:
            return None
        return Zeitraum(None, self.termin_bis, self.termin_genauigkeit)


class MitMessgroesse(models.Model):
    """Abstract: what a number counts, and how exactly the source says it."""

    zusatz = models.CharField(
        "Zusatz",
        max_length=20,
        blank=True,
        help_text="Was die Quelle vor die Zahl setzt: „bis zu“, „mehr als“, „rund“.",
    )
    einheit = models.CharField("Messgröße und Einheit", max_length=80, blank=True)

    class Meta:
        abstract = True

    def als_text(self, wert: Decimal) -> str:
        """The number as the source says it: "bis zu 1.000 Bänke"."""
        return " ".join(filter(None, (self.zusatz, deutsche_zahl(wert), self.einheit)))


class Projektziel(Aussage, MitMessgroesse, MitTermin):
    """A goal of a Kernaktivität: wording, measure, target value, unit, due date."""

    kernaktivitaet = models.ForeignKey(
        "kernaktivitaeten.Kernaktivitaet",
        models.PROTECT,
        related_name="projektziele",
        verbose_name="Kernaktivität",
    )
    zielwert = models.DecimalField(
        "Zielwert", max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta(Aussage.Meta):
        verbose_name = "Projektziel"
        verbose_name_plural = "Projektziele"
        constraints = (*Zeitangabe.Meta.constraints, *MitTermin.Meta.constraints)

    @property
    def zielwert_text(self) -> str:
        """Target value and unit; empty when the source gives no number."""
        return "" if self.zielwert is None else self.als_text(self.zielwert)


class Messwert(Aussage, MitMessgroesse):
    """A measured result. It belongs to a Projektziel only where an editor says so by hand."""

    kernaktivitaet = models.ForeignKey(
        "kernaktivitaeten.Kernaktivitaet",
        models.PROTECT,
        related_name="messwerte",
        verbose_name="Kernaktivität",
    )
    projektziel = models.ForeignKey(
        Projektziel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messwerte",
        verbose_name="Projektziel",
        help_text="Leer, wenn das Ergebnis zu keinem Ziel gehört. Gleiche Einheiten genügen nicht.",
    )
    wert = models.DecimalField("Wert", max_digits=14, decimal_places=2)

    class Meta(Aussage.Meta):
        verbose_name = "Messwert"
        verbose_name_plural = "Messwerte"

    @property
    def wert_text(self) -> str:
        """Value and unit."""
        return self.als_text(self.wert)


class Planangabe(Aussage, MitTermin):
    """A statement of planned completion or of total cost; the last in order is the present one."""

    class Art(models.TextChoices):
        FERTIGSTELLUNG = "fertigstellung", "geplante Fertigstellung"
        GESAMTKOSTEN = "gesamtkosten", "Gesamtkosten"

    kernaktivitaet = models.ForeignKey(
        "kernaktivitaeten.Kernaktivitaet",
        models.PROTECT,
        related_name="planangaben",
        verbose_name="Kernaktivität",
    )
    art = models.CharField("Art", max_length=14, choices=Art.choices)
    betrag = models.DecimalField(
        "Gesamtkosten in Euro", max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta(Aussage.Meta):
        verbose_name = "Planangabe"
        verbose_name_plural = "Planangaben"
        ordering = ("kernaktivitaet", "art", "reihenfolge", "pk")
        constraints = (
            *Zeitangabe.Meta.constraints,
            *MitTermin.Meta.constraints,
            models.CheckConstraint(
                condition=Q(art="fertigstellung", betrag__isnull=True, termin_bis__isnull=False)
                | Q(art="gesamtkosten", betrag__isnull=False, termin_bis__isnull=True),
                name="kernaktivitaeten_planangabe_art",
                violation_error_message="Eine geplante Fertigstellung hat einen Termin, "
                "Gesamtkosten haben einen Betrag.",
            ),
        )

    @property
    def kern(self) -> str:
        """What is planned: the date of completion or the amount."""
        if self.betrag is not None:
            return euro(self.betrag)
        return self.termin.am_ende


class Angabe(Aussage):
    """Any other sourced sentence: description, event, partner, yearly budget, grant."""

    class Art(models.TextChoices):
        BESCHREIBUNG = "beschreibung", "Beschreibung"
        EREIGNIS = "ereignis", "Ereignis"
        ENDE = "ende", "Ende"
        ERGEBNIS = "ergebnis", "Ergebnis"
        KOSTEN = "kosten", "Mittel und Kosten"
        PARTNER = "partner", "Partner"

    kernaktivitaet = models.ForeignKey(
        "kernaktivitaeten.Kernaktivitaet",
        models.PROTECT,
        related_name="angaben",
        verbose_name="Kernaktivität",
    )
    art = models.CharField("Art", max_length=12, choices=Art.choices)

    class Meta(Aussage.Meta):
        verbose_name = "Angabe"
        verbose_name_plural = "Angaben"
