"""The state of the public data as one number that every change counts up.

What is kept in memory rests on it, like the copy of all that the search finds: as long as the
number stands, it is the same.
It is counted up in the transaction of the change itself, whatever way the change comes:
``save``/``delete`` of an instance and fixtures through signals, the bulk methods, which send
no signals, through the QuerySet. Counting comes first: its row is the first lock that every
writer takes, so that two of them wait for each other in turn and never crosswise.
"""

from typing import ClassVar

from django.db import OperationalError, models, router, transaction
from django.db.models import F
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver

from .geschichte import Geschichte, halte_ausgangsstand_fest


class Datenstand(models.Model):
    """The one row with the counter."""

    nummer = models.PositiveBigIntegerField("Nummer", default=0)

    class Meta:
        verbose_name = "Datenstand"
        verbose_name_plural = "Datenstand"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(pk=1), name="grundlage_datenstand_eine_zeile"
            ),
        )

    def __str__(self) -> str:
        return str(self.nummer)


def datenstand() -> int:
    """The present number; 0 before the first change."""
    return Datenstand.objects.values_list("nummer", flat=True).filter(pk=1).first() or 0


def erhoehe_datenstand() -> None:
    """Counts up by one within the running transaction."""
    if not Datenstand.objects.filter(pk=1).update(nummer=F("nummer") + 1):
        Datenstand.objects.update_or_create(pk=1, defaults={"nummer": 1})


def wartete_zu_lange(fehler: Exception) -> bool:
    """Whether ``fehler`` of the database says that others kept the lock for too long."""
    ursache = fehler.__cause__
    return isinstance(fehler, OperationalError) and (
        getattr(ursache, "sqlstate", None) == "55P03"  # lock_not_available
        or getattr(ursache, "sqlite_errorname", "").startswith("SQLITE_BUSY")
    )


class OeffentlichesQuerySet(models.QuerySet):
    """QuerySet of public data: the bulk methods count the Datenstand up as well."""

    def update(self, **kwargs):
        with transaction.atomic(using=self.db):
            erhoehe_datenstand()
            return super().update(**kwargs)

    update.alters_data = True

    def bulk_create(self, *args, **kwargs):
        with transaction.atomic(using=self.db):
            erhoehe_datenstand()
            return super().bulk_create(*args, **kwargs)

    bulk_create.alters_data = True

    def bulk_update(self, *args, **kwargs):
        with transaction.atomic(using=self.db):
            erhoehe_datenstand()
            return super().bulk_update(*args, **kwargs)

    bulk_update.alters_data = True


class OeffentlichesModell(models.Model):
    """Abstract base of every model whose rows can show on a public page.

    Each has a history (``geschichte``), which is not public and does not count.
    """

    # Columns that the history leaves out.
    ohne_geschichte: ClassVar[tuple[str, ...]] = ()

    objects = OeffentlichesQuerySet.as_manager()
    geschichte = Geschichte(inherit=True)

    class Meta:
        abstract = True
        # Related managers change rows through it: ``kompetenz.kernaktivitaeten.add(…)``.
        base_manager_name = "objects"

    def save(self, *args, **kwargs) -> None:
        """Saves the row, counts, and records its history in one transaction."""
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            super().save(*args, **kwargs)

    save.alters_data = True


# Django calls the receivers of a signal in their order here. ``pre_delete`` also covers
# ``QuerySet.delete``: a listener keeps Django from the silent fast deletion. ``m2m_changed`` is
# not needed: every n:m relation here is a model of its own, because it carries its source (a test
# sees to it that this stays so).


@receiver((pre_save, pre_delete))
def _zaehle_aenderung(sender, **kwargs) -> None:
    if issubclass(sender, OeffentlichesModell):
        erhoehe_datenstand()


@receiver(pre_save)
def _halte_ausgangsstand_fest(sender, instance, raw, **kwargs) -> None:
    """After the count, whose lock keeps two writers from recording the same."""
    if issubclass(sender, OeffentlichesModell) and not (raw or instance._state.adding):
        halte_ausgangsstand_fest(instance)
