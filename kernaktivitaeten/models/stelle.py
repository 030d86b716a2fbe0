"""Units, persons, the offices that persons hold, and what an account is for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from grundlage.zeitangabe import Bezug, Zeitangabe
from zielsystem.models import (
    Ebene,
    MitKennung,
    Quelle,
    Zielelement,
    adresse_ist_frei,
)

from .kernaktivitaet import Kernaktivitaet


class Stelle(MitKennung):
    """An organisational unit: Dezernat, Amt, Referat, daughter company, external partner."""

    class Art(models.TextChoices):
        DEZERNAT = "dezernat", "Dezernat"
        AMT = "amt", "Amt"
        REFERAT = "referat", "Referat"
        STABSSTELLE = "stabsstelle", "Stabsstelle"
        GESELLSCHAFT = "gesellschaft", "Tochtergesellschaft"
        EXTERN = "extern", "externe Partnerin oder externer Partner"

    name = models.CharField("Name", max_length=200, unique=True)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    art = models.CharField(
        "Art",
        max_length=12,
        choices=Art.choices,
        blank=True,
        help_text="Leer, wenn sie aus der Quelle nicht hervorgeht.",
    )

    class Meta:
        verbose_name = "Stelle"
        verbose_name_plural = "Stellen"
        ordering = ("name",)
        constraints = (adresse_ist_frei("kernaktivitaeten_stelle_adresse"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("kernaktivitaeten:stelle", args=(self.slug,))


class Person(MitKennung):
    """A person who holds an office. The name is public only when it was released."""

    name = models.CharField("Name", max_length=120)
    name_freigegeben = models.BooleanField(
        "Name freigegeben",
        default=False,
        help_text="Nur mit Einwilligung. Ohne Freigabe zeigt das Portal allein das Amt.",
    )

    class Meta:
        verbose_name = "Person"
        verbose_name_plural = "Personen"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Besetzung(MitKennung, Zeitangabe):
    """A person holds the office of a unit; dated as from–to or as reported."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="besetzungen", verbose_name="Person"
    )
    stelle = models.ForeignKey(
        Stelle, models.PROTECT, related_name="besetzungen", verbose_name="Stelle"
    )
    bezug = models.CharField("Bezug des Datums", max_length=5, choices=Bezug.choices)
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    class Meta(Zeitangabe.Meta):
        verbose_name = "Besetzung"
        verbose_name_plural = "Besetzungen"
        ordering = ("person", "pk")

    def __str__(self) -> str:
        return f"{self.person}: {self.stelle}"


class Zugang(models.Model):
    """The link of a user to a Stelle and to the own Kompetenzen and Kernaktivitäten.

    Said here by hand and never read from ``Verantwortung``: that is what a source says about the
    city, and must not give rights when it is corrected.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="zugang", verbose_name="Konto"
    )
    stelle = models.ForeignKey(
        Stelle, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Stelle"
    )
    kompetenzen = models.ManyToManyField(
        Zielelement,
        blank=True,
        related_name="+",
        limit_choices_to={"ebene": Ebene.KOMPETENZ},
        verbose_name="eigene Kompetenzen",
        help_text="Für die Rolle Kompetenzverantwortung: alle Kernaktivitäten dieser Kompetenzen.",
    )
    kernaktivitaeten = models.ManyToManyField(
        Kernaktivitaet,
        blank=True,
        related_name="+",
        verbose_name="eigene Kernaktivitäten",
        help_text="Für die Rolle Projektleitung.",
    )

    class Meta:
        verbose_name = "Zugang"
        verbose_name_plural = "Zugänge"

    def __str__(self) -> str:
        return str(self.user)

    def eigene_kernaktivitaeten(self, *, kompetenzen: bool, einzelne: bool) -> models.QuerySet:
        """The own Kernaktivitäten: those of the Kompetenzen, the single ones, or both."""
        eigene = Q(pk__in=())
        if kompetenzen:
            eigene |= Q(kompetenz__in=self.kompetenzen.all())
        if einzelne:
            eigene |= Q(pk__in=self.kernaktivitaeten.all())
        return Kernaktivitaet.objects.filter(eigene)
