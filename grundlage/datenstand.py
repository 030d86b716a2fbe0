"""What every public row has: each change counts the Datenstand up, and its history keeps it.

The Datenstand is the state of the public data as one number. What is kept in memory rests on it,
like the copy of all that the search finds: as long as the number stands, it is the same.
It is counted up in the transaction of the change itself, whatever way the change comes:
``save``/``delete`` of an instance and fixtures through signals, the bulk methods, which send
no signals, through the QuerySet. Counting comes first: its row is the first lock that every
writer takes, so that two of them wait for each other in turn and never crosswise.

The history says who changed what, when, and what it was before. Recorded is what ``save`` and
``delete`` do, whoever calls them. Fixtures and the bulk methods are not: the delivered rows would
only be written twice. So that nothing is lost by that, the first change of a row without a
history records its former state, too.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import ClassVar

from django.db import OperationalError, models, transaction
from django.db.models import F
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

AUSGANGSSTAND = "Ausgangsstand vor der ersten Änderung"


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


_gespeicherte = count(1)
_zuletzt = 0


def eigene_aenderungen() -> int:
    """How often this process has saved something: it need not wait to see that."""
    return _zuletzt


def _ist_gespeichert() -> None:
    global _zuletzt
    _zuletzt = next(_gespeicherte)


def erhoehe_datenstand() -> None:
    """Counts up by one within the running transaction."""
    transaction.on_commit(_ist_gespeichert)
    if not Datenstand.objects.filter(pk=1).update(nummer=F("nummer") + 1):
        Datenstand.objects.update_or_create(pk=1, defaults={"nummer": 1})


@contextmanager
def schreibsperre() -> Iterator[None]:
    """One transaction that no other writer shares: what is read inside stays as it is."""
    with transaction.atomic():
        erhoehe_datenstand()
        yield


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
        with schreibsperre():
            return super().update(**kwargs)

    update.alters_data = True

    def bulk_create(self, *args, **kwargs):
        with schreibsperre():
            return super().bulk_create(*args, **kwargs)

    bulk_create.alters_data = True

    def bulk_update(self, *args, **kwargs):
        with schreibsperre():
            return super().bulk_update(*args, **kwargs)

    bulk_update.alters_data = True


class Fassungen(HistoryManager):
    """The library makes a class of its manager at every look at a history: here it is kept."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class, class_name=None):
        return super().from_queryset(queryset_class, class_name)


class Geschichte(HistoricalRecords):
    """History of a model without the columns that it names in ``ohne_geschichte``."""

    def __init__(self, **einstellungen):
        super().__init__(history_manager=Fassungen, **einstellungen)

    def fields_included(self, model):
        felder = super().fields_included(model)
        return [feld for feld in felder if feld.name not in model.ohne_geschichte]

    def create_history_model(self, model, inherited):
        fassungen = super().create_history_model(model, inherited)
        # They are read from the present row when an old version is taken up again.
        fassungen._history_excluded_fields = model.ohne_geschichte
        return fassungen

    def get_meta_options(self, model):
        namen = {
            "verbose_name": f"Fassung: {model._meta.verbose_name}",
            "verbose_name_plural": f"Fassungen: {model._meta.verbose_name_plural}",
        }
        return super().get_meta_options(model) | namen


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
        with transaction.atomic():
            super().save(*args, **kwargs)

    save.alters_data = True


def halte_ausgangsstand_fest(zeile: models.Model) -> None:
    """Records the stored state of ``zeile`` when its history is still empty."""
    modell = type(zeile)
    if modell.geschichte.filter(id=zeile.pk).exists():
        return
    vorher = modell._base_manager.filter(pk=zeile.pk).first()
    if vorher is not None:
        vorher._history_user = None  # nobody knows who made it
        modell.geschichte.bulk_history_create([vorher], default_change_reason=AUSGANGSSTAND)


def letzter_stand(fassung: models.Model) -> models.Model:
    """The row of ``fassung`` as its last version left it, to be made anew."""
    return type(fassung)._default_manager.filter(id=fassung.id).latest().instance


def bringe_zurueck(
    fassung: models.Model, heute: models.Model | None, felder: Iterable[models.Field]
) -> models.Model:
    """The row ``heute``, read behind the lock, with these values of ``fassung``; not yet saved.

    A row that is gone (``None``) is made anew under its old key; what ``felder`` leaves out is then
    as its last version had it. ``fassung`` may also be a row that was never stored.
    """
    zeile = heute or letzter_stand(fassung)
    for feld in felder:
        setattr(zeile, feld.attname, getattr(fassung, feld.attname))
    return zeile


def sichere(zeile: models.Model, spalten: Iterable[str], grund: str) -> None:
    """Saves these columns, or all of a row that is made anew; its history says why."""
    zeile._change_reason = grund
    if zeile._state.adding:
        zeile.save(force_insert=True)
    else:
        zeile.save(update_fields=spalten)


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
