"""The stamp: its artwork in versions, and the register of where it was put."""

import re
import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kernaktivitaeten.models import Kernaktivitaet
from zielsystem.models import KennungQuerySet, MitKennung

CODELAENGE = 10
# Letters whose German names cannot be mistaken for one another, and digits that look like none
# of them: a code is read out on the telephone. Without vowels it is never a word.
CODEZEICHEN = "fhjlmqrwxyz3456789"
# Blanks and hyphens people put between groups.
TRENNZEICHEN = re.compile(r"[\s\-–.]+")


def neuer_code() -> str:
    """A code that nobody can guess: 18 to the power of 10 are possible."""
    return "".join(secrets.choice(CODEZEICHEN) for _ in range(CODELAENGE))


def lies_code(text: str) -> str:
    """``text`` as a code, in whatever case and grouping it was typed; empty if it cannot be one."""
    code = TRENNZEICHEN.sub("", text).casefold()
    return code if len(code) == CODELAENGE and set(code) <= set(CODEZEICHEN) else ""


class Variante(models.TextChoices):
    """What the stamp says; it follows from the status and is never chosen."""

    LAUFEND = "laufend", "Ein Projekt der Bochum Strategie"
    UMGESETZT = "umgesetzt", "Ein umgesetztes Projekt der Bochum Strategie"


class Farbe(models.TextChoices):
    """In which colours it is drawn."""

    FARBIG = "farbig", "farbig"
    SCHWARZ = "schwarz", "schwarz"
    WEISS = "weiss", "weiß"


class StempelvorlageQuerySet(KennungQuerySet):
    """Artwork of the city."""

    def gueltig(self, stichtag: date) -> "StempelvorlageQuerySet":
        """What may be used on ``stichtag``, the newest first."""
        return self.filter(veroeffentlicht_am__lte=stichtag, gueltig_ab__lte=stichtag).order_by(
            "-gueltig_ab", "-pk"
        )


class Stempelvorlage(MitKennung):
    """A version of the city's own artwork for one variant in one colour.

    A version is never overwritten: new artwork is a new row with its day.
    """

    # The file stays as it is; its history is the rows themselves.
    ohne_geschichte = ("datei",)

    variante = models.CharField("Variante", max_length=9, choices=Variante.choices)
    farbe = models.CharField("Farbe", max_length=7, choices=Farbe.choices)
    gueltig_ab = models.DateField("gültig ab")
    veroeffentlicht_am = models.DateField(
        "veröffentlicht am",
        null=True,
        blank=True,
        help_text="Erst nach einem Blick auf die Vorschau eintragen. Leer: noch nicht in Gebrauch.",
    )
    anmerkung = models.CharField("Anmerkung", max_length=200, blank=True)
    dateiname = models.CharField("Dateiname", max_length=120)
    # One page of PDF, also when a PNG was uploaded: everything that draws it takes the same.
    datei = models.BinaryField("Datei", editable=True)

    objects = StempelvorlageQuerySet.as_manager()

    class Meta:
        verbose_name = "Stempelvorlage"
        verbose_name_plural = "Stempelvorlagen"
        ordering = ("variante", "farbe", "-gueltig_ab", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("variante", "farbe", "gueltig_ab"),
                condition=Q(veroeffentlicht_am__isnull=False),
                name="stempel_stempelvorlage_tag",
                violation_error_message="Für diesen Tag ist schon eine Vorlage veröffentlicht. "
                "Wählen Sie einen anderen Tag, ab dem diese gilt.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.variante}, {self.get_farbe_display()}, ab {self.gueltig_ab:%d.%m.%Y}"


class StempelungQuerySet(KennungQuerySet):
    """The register."""

    def oeffentlich(self) -> "StempelungQuerySet":
        """Those of Kernaktivitäten that a reader may see."""
        return self.filter(kernaktivitaet__in=Kernaktivitaet.objects.oeffentlich())


class Stempelung(MitKennung):
    """A kit that was taken or a file that was stamped; its code leads to ``/s/<code>/``."""

    class Art(models.TextChoices):
        PAKET = "paket", "Stempelpaket"
        MATERIAL = "material", "gestempelte Datei"

    kernaktivitaet = models.ForeignKey(
        Kernaktivitaet,
        models.PROTECT,
        related_name="stempelungen",
        verbose_name="Kernaktivität",
    )
    code = models.CharField("Code", max_length=CODELAENGE, unique=True, default=neuer_code)
    art = models.CharField("Art", max_length=8, choices=Art.choices)
    variante = models.CharField("Variante", max_length=9, choices=Variante.choices)
    farbe = models.CharField(
        "Farbe",
        max_length=7,
        choices=Farbe.choices,
        blank=True,
        help_text="Leer beim Stempelpaket, das alle enthält.",
    )
    vorlage = models.ForeignKey(
        Stempelvorlage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stempelungen",
        verbose_name="Stempelvorlage",
        help_text="Leer: mit der neutralen Zeichnung des Portals, oder mit mehreren Vorlagen.",
    )
    zweck = models.CharField(
        "Medium oder Zweck", max_length=120, help_text="Zum Beispiel „Plakat zur Eröffnung“."
    )
    dateiname = models.CharField("Dateiname", max_length=120)
    sha256 = models.CharField("SHA-256 des Ergebnisses", max_length=64)
    am = models.DateField("gestempelt am")
    nutzer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="stempelungen",
        verbose_name="gestempelt von",
    )
    zurueckgezogen_am = models.DateField("zurückgezogen am", null=True, blank=True)
    rueckzug_grund = models.TextField("Grund des Rückzugs", blank=True, help_text="Öffentlich.")

    objects = StempelungQuerySet.as_manager()

    class Meta:
        verbose_name = "Stempelung"
        verbose_name_plural = "Stempelungen"
        ordering = ("-am", "-pk")
        permissions = (("stempel_nutzen", "Darf den Stempel nutzen"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(zurueckgezogen_am__isnull=True, rueckzug_grund="")
                | (Q(zurueckgezogen_am__isnull=False) & ~Q(rueckzug_grund="")),
                name="stempel_stempelung_rueckzug",
                violation_error_message="Ein Rückzug braucht einen Tag und einen Grund.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kernaktivitaet}: {self.zweck} ({self.code})"

    def get_absolute_url(self) -> str:
        return reverse("stempel:auskunft", args=(self.code,))
