"""The Kernaktivität, and where it stands on a day."""

from collections import Counter
from datetime import date

from django.db import models
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from zielsystem.models import (
    Ebene,
    KennungQuerySet,
    MitKennung,
    Quelle,
    Querschnittsthema,
    Zielelement,
)

from .lage import Lage
from .status import Statusmeldung
from .tranche_beschluss import Beschlusswirkung, Tranche


class KernaktivitaetQuerySet(KennungQuerySet):
    """Kernaktivitäten: who may see them, how they stand on a day, how many there are."""

    def oeffentlich(self) -> "KernaktivitaetQuerySet":
        """Those that a reader may see: the one filter, independent of day and status."""
        return self.filter(veroeffentlicht_am__isnull=False)

    def zum(self, stichtag: date) -> "KernaktivitaetQuerySet":
        """Annotates how each stands on ``stichtag``; drops nothing.

        ``lage`` is a value of ``Lage``, ``meldung`` the pk of the statement that says so,
        ``stand_*`` its date (last confirmed), ``seit_*`` the date of the first statement of the
        same unbroken run. All but ``lage`` are NULL where no statement counts yet.
        """
        lauf = Statusmeldung.objects.im_lauf(stichtag).filter(kernaktivitaet=OuterRef("pk"))
        letzte = lauf.order_by("-zaehlt_ab", "-pk")
        erste = lauf.order_by("zaehlt_ab", "pk")
        return self.annotate(
            lage=_lage(stichtag),
            meldung=Subquery(letzte.values("pk")[:1]),
            **{f"stand_{feld}": Subquery(letzte.values(feld)[:1]) for feld in ZEITFELDER},
            **{f"seit_{feld}": Subquery(erste.values(feld)[:1]) for feld in ZEITFELDER},
        )

    def zaehle(self, *nach: str) -> Counter:
        """The one count: how many stand how, on top of ``zum``.

        Returns a ``Counter`` of ``(lage, *values of nach)`` → number; ``nach`` names fields of
        the Kernaktivität, for example ``"kompetenz"``. Every Kernaktivität counts once.
        """
        zeilen = self.order_by().values_list("lage", *nach).annotate(anzahl=Count("pk"))
        return Counter({tuple(zeile[:-1]): zeile[-1] for zeile in zeilen})


ZEITFELDER = ("datum_von", "datum_bis", "genauigkeit", "bezug", "zaehlt_ab")


def _lage(stichtag: date) -> Coalesce:
    """Status of the newest counting statement, else the state before the first statement.

    "Noch nicht beschlossen" is said only when the commissioning Beschluss is known and lies
    wholly after the day; a Beschluss of "2021" says nothing about a day in 2021.
    """
    newest = (
        Statusmeldung.objects.mit_status_bis(stichtag)
        .filter(kernaktivitaet=OuterRef("pk"))
        .order_by("-zaehlt_ab", "-pk")
    )
    auftraege = Beschlusswirkung.objects.filter(
        kernaktivitaet=OuterRef("pk"), wirkung=Beschlusswirkung.Wirkung.BEAUFTRAGT
    )
    spaeter = auftraege.filter(beschluss__datum_von__gt=stichtag)
    frueher = auftraege.filter(beschluss__datum_von__lte=stichtag)
    return Coalesce(
        Subquery(newest.values("status")[:1]),
        Case(
            When(Exists(spaeter) & ~Exists(frueher), then=Value(Lage.NOCH_NICHT.value)),
            default=Value(Lage.OHNE_STAND.value),
        ),
        output_field=CharField(),
    )


class Kernaktivitaet(MitKennung):
    """A project of the strategy, numbered within its Kompetenz. Its status is a stream of
    statements (``Statusmeldung``), never a column."""

    kompetenz = models.ForeignKey(
        Zielelement,
        models.PROTECT,
        related_name="kernaktivitaeten",
        limit_choices_to={"ebene": Ebene.KOMPETENZ},
        verbose_name="Kompetenz",
    )
    nr = models.PositiveSmallIntegerField("Nummer", help_text="Innerhalb der Kompetenz.")
    titel = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    tranche = models.ForeignKey(
        Tranche,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="kernaktivitaeten",
        verbose_name="Tranche",
        help_text="Leer, wenn keine Quelle sie nennt.",
    )
    tranche_quelle = models.ForeignKey(
        Quelle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Quelle der Tranche",
    )
    nachfolger = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="vorgaenger",
        verbose_name="überführt in (Kernaktivität)",
    )
    nachfolge_text = models.CharField(
        "überführt in (in Worten)",
        max_length=200,
        blank=True,
        help_text="Wenn die Kernaktivität in einer anderen Aufgabe aufgegangen ist.",
    )
    veroeffentlicht_am = models.DateField(
        "veröffentlicht am",
        null=True,
        blank=True,
        help_text="Leer: vorgeschlagen oder in Vorbereitung, außerhalb der Verwaltung unsichtbar.",
    )
    quelle = models.ForeignKey(Quelle, models.PROTECT, related_name="+", verbose_name="Quelle")
    schwerpunkte = models.ManyToManyField(
        Zielelement, through="Zuordnung", related_name="+", verbose_name="Schwerpunkte"
    )
    querschnittsthemen = models.ManyToManyField(
        Querschnittsthema,
        through="Querschnittszuordnung",
        related_name="kernaktivitaeten",
        verbose_name="Querschnittsthemen",
    )

    objects = KernaktivitaetQuerySet.as_manager()

    class Meta:
        verbose_name = "Kernaktivität"
        verbose_name_plural = "Kernaktivitäten"
        ordering = ("kompetenz__reihenfolge", "nr")
        constraints = (
            models.UniqueConstraint(
                fields=("kompetenz", "nr"),
                name="kernaktivitaeten_kernaktivitaet_nr",
                violation_error_message="Diese Nummer gibt es in der Kompetenz schon.",
            ),
            models.CheckConstraint(
                condition=Q(nachfolger__isnull=True) | ~Q(nachfolger=F("pk")),
                name="kernaktivitaeten_kernaktivitaet_nachfolger",
                violation_error_message="Eine Kernaktivität kann nicht in sich selbst überführt "
                "werden.",
            ),
            models.CheckConstraint(
                condition=Q(tranche__isnull=True, tranche_quelle__isnull=True)
                | Q(tranche__isnull=False, tranche_quelle__isnull=False),
                name="kernaktivitaeten_kernaktivitaet_tranche_quelle",
                violation_error_message="Zur Tranche gehört ihre Quelle, ohne Tranche bleibt sie "
                "leer.",
            ),
        )

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("kernaktivitaeten:detail", args=(self.slug,))
