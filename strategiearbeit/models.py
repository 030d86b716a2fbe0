"""How the city works on its strategy."""

from django.db import models

from bochum_strategie.zeitangabe import Zeitangabe, zeit_ist_bekannt
from zielsystem.models import MitKennung, Quelle


class Meilenstein(MitKennung, Zeitangabe):
    """A milestone of the work on the strategy, in the wording and order of the source."""

    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    text = models.CharField("Text", max_length=300)
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    class Meta(Zeitangabe.Meta):
        verbose_name = "Meilenstein"
        verbose_name_plural = "Meilensteine"
        ordering = ("reihenfolge",)
        constraints = (
            *Zeitangabe.Meta.constraints,
            zeit_ist_bekannt("strategiearbeit_meilenstein_zeit"),
        )

    def __str__(self) -> str:
        return f"{self.zeit.kurz}: {self.text}"


class Werkzeugkasten(MitKennung):
    """A toolbox for those who run a Kernaktivität."""

    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    titel = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    fundort = models.CharField(
        "Fundort", max_length=200, blank=True, help_text="Zum Beispiel „Strategie-Wiki“."
    )
    zweck = models.TextField(
        "Zweck", blank=True, help_text="Öffentlich. Leer, wenn die Quelle ihn nicht nennt."
    )
    nur_intern = models.BooleanField(
        "nur für Beschäftigte", default=False, help_text="Der Inhalt steht nur in der Verwaltung."
    )
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    class Meta:
        verbose_name = "Werkzeugkasten"
        verbose_name_plural = "Werkzeugkästen"
        ordering = ("reihenfolge",)

    def __str__(self) -> str:
        return self.titel
