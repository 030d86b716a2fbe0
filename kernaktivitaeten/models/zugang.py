"""What an account is for: its Stelle, and the Kernaktivitäten its holder may write about."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from zielsystem.models import Ebene, Zielelement

from .kernaktivitaet import Kernaktivitaet
from .verantwortung import Stelle


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

    @staticmethod
    def keine_kernaktivitaeten() -> models.QuerySet:
        """For an account without a link."""
        return Kernaktivitaet.objects.none()

    def eigene_kernaktivitaeten(self, *, kompetenzen: bool, einzelne: bool) -> models.QuerySet:
        """The own Kernaktivitäten: those of the Kompetenzen, the single ones, or both."""
        eigene = Q(pk__in=())
        if kompetenzen:
            eigene |= Q(kompetenz__in=self.kompetenzen.all())
        if einzelne:
            eigene |= Q(pk__in=self.kernaktivitaeten.all())
        return Kernaktivitaet.objects.filter(eigene)
