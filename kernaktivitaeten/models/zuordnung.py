"""What belongs to a Kernaktivität: names, Schwerpunkte, cross-cutting themes, places."""

from django.db import models
from django.db.models import Q

from zielsystem.models import Ebene, MitKennung, Quelle, Querschnittsthema, Zielelement

from .kernaktivitaet import Kernaktivitaet


class Bezeichnung(MitKennung):
    """Another name of a Kernaktivität; feeds the search."""

    class Art(models.TextChoices):
        FRUEHERE = "fruehere", "frühere Bezeichnung"
        KURZE = "kurze", "kurze Bezeichnung"
        AMTLICHE = "amtliche", "amtliche Bezeichnung"
        PROJEKTNAME = "projektname", "Projektname"

    kernaktivitaet = models.ForeignKey(
        Kernaktivitaet,
        models.CASCADE,
        related_name="bezeichnungen",
        verbose_name="Kernaktivität",
    )
    text = models.CharField("Bezeichnung", max_length=200)
    art = models.CharField(
        "Art",
        max_length=12,
        choices=Art.choices,
        blank=True,
        help_text="Leer, wenn die Quelle die Art nicht nennt.",
    )

    class Meta:
        verbose_name = "weitere Bezeichnung"
        verbose_name_plural = "weitere Bezeichnungen"
        ordering = ("kernaktivitaet", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kernaktivitaet", "text"),
                name="kernaktivitaeten_bezeichnung_einmal",
                violation_error_message="Diese Bezeichnung ist schon eingetragen.",
            ),
        )

    def __str__(self) -> str:
        return self.text


class Zuordnung(MitKennung):
    """A Kernaktivität contributes to a Schwerpunkt, as a source says."""

    kernaktivitaet = models.ForeignKey(
        Kernaktivitaet, models.CASCADE, related_name="zuordnungen", verbose_name="Kernaktivität"
    )
    schwerpunkt = models.ForeignKey(
        Zielelement,
        models.PROTECT,
        related_name="zuordnungen",
        limit_choices_to={"ebene": Ebene.SCHWERPUNKT},
        verbose_name="Schwerpunkt",
    )
    primaer = models.BooleanField("Hauptschwerpunkt", default=False)
    begruendung = models.TextField(
        "Begründung",
        blank=True,
        help_text="Nötig, wenn der Schwerpunkt zu einer anderen Kompetenz gehört.",
    )
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    class Meta:
        verbose_name = "Zuordnung zu einem Schwerpunkt"
        verbose_name_plural = "Zuordnungen zu Schwerpunkten"
        ordering = ("kernaktivitaet", "-primaer", "schwerpunkt__lft")
        constraints = (
            models.UniqueConstraint(
                fields=("kernaktivitaet", "schwerpunkt"),
                name="kernaktivitaeten_zuordnung_einmal",
                violation_error_message="Dieser Schwerpunkt ist schon zugeordnet.",
            ),
            models.UniqueConstraint(
                fields=("kernaktivitaet",),
                condition=Q(primaer=True),
                name="kernaktivitaeten_zuordnung_ein_hauptschwerpunkt",
                violation_error_message="Es gibt höchstens einen Hauptschwerpunkt.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kernaktivitaet} → {self.schwerpunkt}"


class Querschnittszuordnung(MitKennung):
    """A Kernaktivität serves a cross-cutting theme, as a source says."""

    kernaktivitaet = models.ForeignKey(
        Kernaktivitaet,
        models.CASCADE,
        related_name="querschnittszuordnungen",
        verbose_name="Kernaktivität",
    )
    thema = models.ForeignKey(
        Querschnittsthema,
        models.PROTECT,
        related_name="zuordnungen",
        verbose_name="Querschnittsthema",
    )
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    class Meta:
        verbose_name = "Zuordnung zu einem Querschnittsthema"
        verbose_name_plural = "Zuordnungen zu Querschnittsthemen"
        ordering = ("kernaktivitaet", "thema__reihenfolge")
        constraints = (
            models.UniqueConstraint(
                fields=("kernaktivitaet", "thema"),
                name="kernaktivitaeten_querschnittszuordnung_einmal",
                violation_error_message="Dieses Querschnittsthema ist schon zugeordnet.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kernaktivitaet} → {self.thema}"


class Ort(MitKennung):
    """A place of a Kernaktivität."""

    class Stadtbezirk(models.TextChoices):
        MITTE = "mitte", "Bochum-Mitte"
        WATTENSCHEID = "wattenscheid", "Bochum-Wattenscheid"
        NORD = "nord", "Bochum-Nord"
        OST = "ost", "Bochum-Ost"
        SUED = "sued", "Bochum-Süd"
        SUEDWEST = "suedwest", "Bochum-Südwest"

    kernaktivitaet = models.ForeignKey(
        Kernaktivitaet, models.PROTECT, related_name="orte", verbose_name="Kernaktivität"
    )
    bezeichnung = models.CharField("Bezeichnung", max_length=200)
    adresse = models.CharField("Straße oder Platz", max_length=200, blank=True)
    stadtbezirk = models.CharField(
        "Stadtbezirk",
        max_length=12,
        choices=Stadtbezirk.choices,
        blank=True,
        help_text="Leer, wenn er nicht belegt ist.",
    )
    text = models.TextField("Aussage der Quelle", blank=True)
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    class Meta:
        verbose_name = "Ort"
        verbose_name_plural = "Orte"
        ordering = ("kernaktivitaet", "pk")

    def __str__(self) -> str:
        return self.bezeichnung
