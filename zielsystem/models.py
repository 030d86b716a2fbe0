"""What the city wants: Wesenskern → Kompetenzen → Schwerpunkte, themes, and all sources."""

from urllib.parse import unquote
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from mptt.models import TreeForeignKey

from grundlage.datenstand import OeffentlichesModell, OeffentlichesQuerySet
from grundlage.zeitangabe import Zeitangabe

from .baum import BaumManager, GesicherterBaum


def neue_kennung() -> str:
    """A key for a row that an editor adds without thinking of one."""
    return uuid4().hex[:12]


OHNE = "ohne"


def adresse_ist_frei(name: str) -> models.CheckConstraint:
    """Constraint for models whose addresses are values of a filter; there ``OHNE`` means none."""
    satz = "„ohne“ heißt in Filtern: keinem zugeordnet."
    return models.CheckConstraint(condition=~Q(slug=OHNE), name=name, violation_error_message=satz)


class KennungQuerySet(OeffentlichesQuerySet):
    """QuerySet of models with the natural key ``kennung``."""

    def get_by_natural_key(self, kennung: str):
        return self.get(kennung=kennung)


class MitKennung(OeffentlichesModell):
    """Abstract: a public row with a stable natural key, by which fixtures name it."""

    kennung = models.SlugField(
        "Kennung",
        max_length=120,
        unique=True,
        default=neue_kennung,
        help_text="Fester Schlüssel, zum Beispiel „grossstadt-09“. Er wird nie geändert.",
    )

    objects = KennungQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str]:
        return (self.kennung,)


class Quelle(MitKennung, Zeitangabe):
    """Where a fact comes from. Its date is the state of the source, where it says one."""

    class Art(models.TextChoices):
        STADT = "stadt", "Stadt Bochum"
        EINRICHTUNG = "einrichtung", "städtische Gesellschaft oder beteiligte Einrichtung"
        MEDIUM = "medium", "Presse oder Rundfunk"
        PARTEI = "partei", "Partei oder Ratsfraktion"

    titel = models.CharField("Titel", max_length=200)
    art = models.CharField("Art", max_length=12, choices=Art.choices)
    adresse = models.URLField(
        "Adresse",
        max_length=500,
        blank=True,
        help_text="Leer, wenn die Quelle nicht im Netz steht.",
    )

    class Meta(Zeitangabe.Meta):
        verbose_name = "Quelle"
        verbose_name_plural = "Quellen"
        ordering = ("titel", "kennung")
        constraints = (
            *Zeitangabe.Meta.constraints,
            models.UniqueConstraint(
                fields=("adresse",),
                condition=~Q(adresse=""),
                name="zielsystem_quelle_adresse_einmal",
                violation_error_message="Eine Quelle mit dieser Adresse gibt es schon.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.titel}, Stand {self.zeit.kurz}" if self.zeit else self.titel

    @property
    def adresse_lesbar(self) -> str:
        """The address as people say it: without scheme, "www." and percent signs."""
        return unquote(self.adresse.split("://", 1)[-1].removeprefix("www.").rstrip("/"))


class Ebene(models.IntegerChoices):
    """Depth in the tree; it cannot be entered, because it is the depth."""

    WESENSKERN = 0, "Wesenskern"
    KOMPETENZ = 1, "Kompetenz"
    SCHWERPUNKT = 2, "Schwerpunkt"


class Zielelement(GesicherterBaum, MitKennung):
    """A node of the tree: the Wesenskern, one of its Kompetenzen, one of their Schwerpunkte."""

    eltern = TreeForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="kinder",
        verbose_name="gehört zu",
        help_text="Leer nur beim Wesenskern. Kompetenzen gehören zum Wesenskern.",
    )
    ebene = models.PositiveSmallIntegerField("Ebene", choices=Ebene.choices, editable=False)
    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    titel = models.CharField("Titel", max_length=200, help_text="Wie im Überblick 2.0.")
    kurztitel = models.CharField(
        "kurzer Titel",
        max_length=200,
        blank=True,
        help_text="Nur wenn die Quelle das Element an anderer Stelle anders nennt.",
    )
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    beschreibung = models.TextField("Beschreibung", blank=True, help_text="Im Wortlaut der Quelle.")
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    objects = BaumManager()

    class Meta:
        verbose_name = "Zielelement"
        verbose_name_plural = "Zielelemente"
        constraints = (
            models.CheckConstraint(
                condition=Q(ebene__in=Ebene.values),
                name="zielsystem_zielelement_ebene",
                violation_error_message="Unter einem Schwerpunkt gibt es keine weitere Ebene.",
            ),
            models.UniqueConstraint(
                fields=("ebene",),
                condition=Q(ebene=Ebene.WESENSKERN),
                name="zielsystem_zielelement_ein_wesenskern",
                violation_error_message="Es gibt nur einen Wesenskern.",
            ),
            adresse_ist_frei("zielsystem_zielelement_adresse"),
        )

    class MPTTMeta:
        parent_attr = "eltern"
        level_attr = "ebene"
        order_insertion_by = ("reihenfolge",)

    def __str__(self) -> str:
        return self.titel

    def clean(self) -> None:
        """Refuses a second Wesenskern, anything below a Schwerpunkt, and circles."""
        super().clean()
        if self.eltern_id is None:
            andere = Zielelement.objects.filter(eltern=None).exclude(pk=self.pk)
            if andere.exists():
                raise ValidationError({"eltern": "Es gibt nur einen Wesenskern."})
            return
        if self.eltern_id == self.pk:
            raise ValidationError({"eltern": "Ein Element kann nicht unter sich selbst stehen."})
        eigene_kinder = self.pk is not None and self.kinder.exists()
        if self.eltern.ebene + 1 + eigene_kinder > Ebene.SCHWERPUNKT:
            raise ValidationError(
                {"eltern": "Unter einem Schwerpunkt gibt es keine weitere Ebene."}
            )

    def get_absolute_url(self) -> str:
        """The page of a Kompetenz or Schwerpunkt; the Wesenskern has a section of one."""
        if self.ebene == Ebene.KOMPETENZ:
            return reverse("zielsystem:kompetenz", args=(self.slug,))
        if self.ebene == Ebene.SCHWERPUNKT:
            return reverse("zielsystem:schwerpunkt", args=(self.eltern.slug, self.slug))
        return reverse("zielsystem:die_strategie")


class Wesenskernteil(MitKennung):
    """One of the three parts of the Wesenskern with its reading in the wording of the source."""

    zielelement = models.ForeignKey(
        Zielelement, models.PROTECT, related_name="teile", verbose_name="Wesenskern"
    )
    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    name = models.CharField("Name", max_length=80)
    lesart = models.CharField("Lesart", max_length=300)
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    class Meta:
        verbose_name = "Teil des Wesenskerns"
        verbose_name_plural = "Teile des Wesenskerns"
        ordering = ("reihenfolge",)

    def __str__(self) -> str:
        return self.name


class StrategischesZiel(MitKennung):
    """A strategic goal of a Kompetenz; the short wording is its line of the Zielbild."""

    kompetenz = models.ForeignKey(
        Zielelement,
        models.PROTECT,
        related_name="strategische_ziele",
        limit_choices_to={"ebene": Ebene.KOMPETENZ},
        verbose_name="Kompetenz",
    )
    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    langfassung = models.CharField("Langfassung", max_length=200)
    kurzfassung = models.CharField("Kurzfassung im Zielbild", max_length=200)
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    class Meta:
        verbose_name = "Strategisches Ziel"
        verbose_name_plural = "Strategische Ziele"
        ordering = ("kompetenz", "reihenfolge")

    def __str__(self) -> str:
        return self.langfassung


class Querschnittsthema(MitKennung):
    """One of the cross-cutting demands on the whole strategy."""

    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    titel = models.CharField("Titel", max_length=120)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    class Meta:
        verbose_name = "Querschnittsthema"
        verbose_name_plural = "Querschnittsthemen"
        ordering = ("reihenfolge",)
        constraints = (adresse_ist_frei("zielsystem_querschnittsthema_adresse"),)

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("zielsystem:querschnittsthema", args=(self.slug,))
