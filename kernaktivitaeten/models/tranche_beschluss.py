"""What was decided: Tranchen, Ratsbeschlüsse, and their effect on single Kernaktivitäten."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from grundlage.blick import sichtbare
from grundlage.zeitangabe import Zeitangabe, zeit_ist_bekannt
from zielsystem.models import KennungQuerySet, MitKennung, Quelle


class TrancheQuerySet(KennungQuerySet):
    """Tranchen."""

    def oeffentlich(self) -> "TrancheQuerySet":
        """Those that a reader may know of: with a public Kernaktivität or a public Beschluss."""
        kernaktivitaeten = self.model._meta.get_field("kernaktivitaeten").related_model.objects
        beschluesse = Ratsbeschluss.objects.oeffentlich()
        return self.filter(
            Exists(kernaktivitaeten.oeffentlich().filter(tranche=OuterRef("pk")))
            | Exists(beschluesse.filter(tranche=OuterRef("pk")))
        )

    def bekannt(self, kernaktivitaeten: QuerySet, heute: date) -> "TrancheQuerySet":
        """Those that are public, and those of one of ``kernaktivitaeten``."""
        oeffentliche = self.model.objects.oeffentlich().values("pk")
        eigene = kernaktivitaeten.filter(tranche__isnull=False).values("tranche")
        return self.filter(Q(pk__in=oeffentliche) | Q(pk__in=eigene))


class Tranche(MitKennung):
    """A batch of Kernaktivitäten; decided by one or more Beschlüsse."""

    nr = models.PositiveSmallIntegerField("Nummer", unique=True)
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    objects = TrancheQuerySet.as_manager()

    class Meta:
        verbose_name = "Tranche"
        verbose_name_plural = "Tranchen"
        ordering = ("nr",)

    def __str__(self) -> str:
        return f"{self.nr}. Tranche"

    def get_absolute_url(self) -> str:
        return reverse("kernaktivitaeten:tranche", args=(self.nr,))


class RatsbeschlussQuerySet(KennungQuerySet):
    """Decisions."""

    def oeffentlich(self) -> "RatsbeschlussQuerySet":
        """Without those that concern nothing but Kernaktivitäten in preparation.

        What was taken back is nowhere, not even in a preview; its own address says so.
        """
        wirkungen = Beschlusswirkung.objects.filter(beschluss=OuterRef("pk"))
        return self.filter(zurueckgenommen_am=None).filter(
            Q(betrifft_strategie=True)
            | Q(tranche__isnull=False)
            | Exists(wirkungen.oeffentlich())
            | ~Exists(wirkungen)
        )

    def geltende(self) -> "RatsbeschlussQuerySet":
        """Those that can still be referred to: their entry was not taken back."""
        return self.filter(zurueckgenommen_am=None)

    def bekannt(self, kernaktivitaeten: QuerySet, heute: date) -> "RatsbeschlussQuerySet":
        """Those that are public on the day, and those that concern ``kernaktivitaeten``."""
        oeffentliche = self.model.objects.oeffentlich().gefasst_bis(heute).values("pk")
        eigene = kernaktivitaeten.values("pk")
        wirkungen = Beschlusswirkung.objects.filter(kernaktivitaet__in=eigene)
        meldungen = self.model._meta.get_field("statusmeldungen").related_model.objects.filter(
            kernaktivitaet__in=eigene, beschluss__isnull=False
        )
        return self.geltende().filter(
            Q(pk__in=oeffentliche)
            | Q(pk__in=wirkungen.values("beschluss"))
            | Q(pk__in=meldungen.values("beschluss"))
        )

    def zurueckgenommene(self) -> "RatsbeschlussQuerySet":
        """Those that readers saw until their entry was taken back: their addresses say so."""
        return self.filter(zurueckgenommen_am__isnull=False, war_oeffentlich=True)

    def gefasst_bis(self, stichtag: date) -> "RatsbeschlussQuerySet":
        """Those that were certainly taken by ``stichtag``, newest first.

        By their first day: what is only known to the year must not stand above known days of it.
        """
        return self.filter(datum_bis__lte=stichtag).order_by("-datum_von", "-pk")


class Ratsbeschluss(MitKennung, Zeitangabe):
    """A decision of the Rat or another body on the strategy, a Tranche or Kernaktivitäten."""

    titel = models.CharField("Titel", max_length=300)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    gremium = models.CharField(
        "Gremium", max_length=120, blank=True, help_text="Leer, wenn die Quelle keines nennt."
    )
    vorlage = models.CharField("Vorlage", max_length=40, blank=True)
    top = models.CharField("Tagesordnungspunkt (TOP)", max_length=20, blank=True)
    ergebnis = models.CharField("Ergebnis", max_length=300, blank=True)
    wortlaut = models.TextField("Wortlaut", blank=True)
    adresse = models.URLField(
        "Adresse der Vorlage", max_length=500, blank=True, help_text="Im Ratsinformationssystem."
    )
    tranche = models.ForeignKey(
        Tranche,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="beschluesse",
        verbose_name="Tranche",
    )
    teil = models.CharField(
        "Teil der Tranche",
        max_length=80,
        blank=True,
        help_text="Wenn die Tranche in Teilen beschlossen wurde, zum Beispiel „erster Teil“.",
    )
    betrifft_strategie = models.BooleanField("betrifft die Strategie selbst", default=False)
    hinweis = models.TextField(
        "Hinweis",
        blank=True,
        help_text="Öffentlich: Zweifel und Widersprüche in den Quellen.",
    )
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")
    zurueckgenommen_am = models.DateField(
        "zurückgenommen am", null=True, blank=True, editable=False
    )
    ruecknahme_grund = models.TextField("Grund der Rücknahme", blank=True, editable=False)
    # What nobody outside has ever seen leaves no trace there.
    war_oeffentlich = models.BooleanField(
        "war bei der Rücknahme öffentlich", default=False, editable=False
    )
    kernaktivitaeten = models.ManyToManyField(
        "kernaktivitaeten.Kernaktivitaet",
        through="Beschlusswirkung",
        related_name="beschluesse",
        verbose_name="Kernaktivitäten",
    )

    objects = RatsbeschlussQuerySet.as_manager()

    class Meta(Zeitangabe.Meta):
        verbose_name = "Ratsbeschluss"
        verbose_name_plural = "Ratsbeschlüsse"
        ordering = ("-datum_bis", "-pk")
        constraints = (
            *Zeitangabe.Meta.constraints,
            zeit_ist_bekannt("kernaktivitaeten_ratsbeschluss_zeit"),
            models.CheckConstraint(
                condition=Q(zurueckgenommen_am__isnull=True, ruecknahme_grund="")
                | (Q(zurueckgenommen_am__isnull=False) & ~Q(ruecknahme_grund="")),
                name="kernaktivitaeten_ratsbeschluss_ruecknahme",
                violation_error_message="Eine Rücknahme braucht einen Tag und einen Grund.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.titel} ({self.zeit.kurz})"

    def get_absolute_url(self) -> str:
        return reverse("kernaktivitaeten:beschluss", args=(self.slug,))


class BeschlusswirkungQuerySet(KennungQuerySet):
    """Effects of decisions."""

    def oeffentlich(self) -> "BeschlusswirkungQuerySet":
        """Those on Kernaktivitäten that a reader may see."""
        bekannt = Q(kernaktivitaet__veroeffentlicht_am__isnull=False)
        return sichtbare(self, bekannt, "kernaktivitaet")


class Beschlusswirkung(MitKennung):
    """What a Beschluss did to one Kernaktivität; an empty effect means it concerns it."""

    class Wirkung(models.TextChoices):
        BEAUFTRAGT = "beauftragt", "beauftragt"
        GEAENDERT = "geaendert", "geändert"
        UMGESETZT = "umgesetzt", "umgesetzt"
        EINGESTELLT = "eingestellt", "eingestellt"
        UEBERFUEHRT = "ueberfuehrt", "überführt"
        KENNTNIS = "kenntnis", "zur Kenntnis"

    beschluss = models.ForeignKey(
        Ratsbeschluss, models.PROTECT, related_name="wirkungen", verbose_name="Beschluss"
    )
    kernaktivitaet = models.ForeignKey(
        "kernaktivitaeten.Kernaktivitaet",
        models.PROTECT,
        related_name="beschlusswirkungen",
        verbose_name="Kernaktivität",
    )
    wirkung = models.CharField(
        "Wirkung",
        max_length=12,
        choices=Wirkung.choices,
        blank=True,
        help_text="Leer, wenn die Quelle nur sagt, dass der Beschluss die KA betrifft.",
    )
    text = models.TextField("Aussage der Quelle", blank=True)
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    objects = BeschlusswirkungQuerySet.as_manager()

    class Meta:
        verbose_name = "Beschlusswirkung"
        verbose_name_plural = "Beschlusswirkungen"
        ordering = ("beschluss", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("beschluss", "kernaktivitaet"),
                name="kernaktivitaeten_beschlusswirkung_einmal",
                violation_error_message="Der Beschluss ist bei dieser KA schon eingetragen.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kernaktivitaet}: {self.get_wirkung_display() or 'betrifft'}"
