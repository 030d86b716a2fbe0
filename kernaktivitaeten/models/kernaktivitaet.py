"""The Kernaktivität itself."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from zielsystem.models import Ebene, MitKennung, Quelle, Querschnittsthema, Zielelement

from .abfragen import KernaktivitaetQuerySet
from .lage import Lagebild, lagebild_aus
from .tranche_beschluss import Tranche


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

    @cached_property
    def lagebild(self) -> Lagebild:
        """How it stands on the day of ``zum``; only for rows that come from there."""
        return lagebild_aus(self)
