"""Statements that are a draft until the Strategiebüro releases them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from grundlage.blick import sichtbare
from zielsystem.models import KennungQuerySet, MitKennung


class EntwurfQuerySet(KennungQuerySet):
    """Statements, released ones and drafts."""

    def oeffentlich(self):
        """Those that were released: the one filter that keeps drafts from readers."""
        return sichtbare(self, Q(entwurf=False), "kernaktivitaet")

    def entwuerfe(self):
        """Those that wait for their release."""
        return self.filter(entwurf=True)


class MitEntwurf(MitKennung):
    """Abstract: a row that counts for nothing and shows nowhere as long as it is a draft.

    Who released it and when is told by its history.
    """

    entwurf = models.BooleanField("Entwurf", default=False, editable=False)
    erfasst_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="erfasst von",
        help_text="Leer bei ausgelieferten Angaben.",
    )

    objects = EntwurfQuerySet.as_manager()

    class Meta:
        abstract = True
