"""The guarded base of the one mptt tree.

mptt keeps its columns right only as long as every node that is written, and its parent, carry
the columns that the database has at that moment, and as long as nobody else writes the tree
meanwhile. Both are seen to here: every write locks the tree, then reads again, then writes, in
one transaction. Reasons and measurements: docs/entscheidungen.md.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import ClassVar

from django.db import router, transaction
from mptt.exceptions import InvalidMove
from mptt.managers import TreeManager
from mptt.models import MPTTModel
from mptt.querysets import TreeQuerySet

from grundlage.datenstand import OeffentlichesQuerySet, erhoehe_datenstand


class BaumQuerySet(TreeQuerySet, OeffentlichesQuerySet):
    """QuerySet of a guarded tree: what would go past mptt is led through it or refused."""

    def update(self, **kwargs):
        """Refuses to set parent or order, which would leave the tree columns behind."""
        if not {"eltern", "eltern_id", "reihenfolge"}.isdisjoint(kwargs):
            raise ValueError("Ein Element wird einzeln umgehängt und umgeordnet, nicht gesammelt.")
        return super().update(**kwargs)

    update.alters_data = True

    def delete(self):
        """Deletes node by node, deepest first, so that no gap stays in the tree."""
        with transaction.atomic(using=self.db):
            ergebnisse = [knoten.delete() for knoten in self.order_by("-ebene", "-pk")]
        return sum(anzahl for anzahl, _ in ergebnisse), {
            self.model._meta.label: sum(anzahl for anzahl, _ in ergebnisse)
        }

    delete.alters_data = True
    delete.queryset_only = True


class BaumManager(TreeManager.from_queryset(BaumQuerySet)):
    """Manager whose ``move_node`` goes through the guarded save."""

    def move_node(self, node, target, position="last-child"):
        """Moves ``node`` below ``target``, or beside it ("left", "right").

        Its place among the siblings follows from the order field alone, so that a tree that is
        built anew looks the same. Raises ``InvalidMove`` for impossible moves.
        """
        with _gesperrter_baum(self.model, self.db):
            node._lies_baumspalten(self.db)
            if position in ("left", "right"):
                target.refresh_from_db(fields=["eltern"])
                target = target.eltern
            node.eltern = target
            node.save(using=self.db, update_fields=[self.model._mptt_meta.parent_attr])

    def get_by_natural_key(self, kennung: str):
        return self.get(kennung=kennung)


class GesicherterBaum(MPTTModel):
    """Abstract tree model whose every write is serialised and starts from fresh columns."""

    # mptt sets them; an old version must never bring them back.
    ohne_geschichte: ClassVar = ("lft", "rght", "tree_id", "ebene")

    objects = BaumManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args, **kwargs) -> None:
        """Saves the node; raises ``InvalidMove`` when its new parent no longer exists."""
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with _gesperrter_baum(type(self), using):
            if not self._state.adding:
                self._lies_baumspalten(using, kwargs.get("update_fields"))
            self._lies_eltern(using)
            super().save(*args, **kwargs)

    save.alters_data = True

    def delete(self, *args, **kwargs):
        """Deletes the node; a node that is gone already is left alone (it would shift others)."""
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with _gesperrter_baum(type(self), using):
            if not type(self)._base_manager.using(using).filter(pk=self.pk).exists():
                return 0, {}
            self._lies_baumspalten(using)
            self._lies_eltern(using)
            return super().delete(*args, **kwargs)

    delete.alters_data = True

    def _lies_baumspalten(self, using: str, nur: Iterable[str] | None = None) -> None:
        """Takes over the tree columns of the database, and parent and order unless changed here.

        A stale copy thus never moves a node that it did not mean to move. ``nur`` are the fields
        that are about to be saved: a changed parent or order that is not among them is dropped.
        """
        opts = self._mptt_meta
        spalten = (opts.left_attr, opts.right_attr, opts.tree_id_attr, opts.level_attr)
        lage = {
            feld: self._meta.get_field(feld).attname
            for feld in (opts.parent_attr, *opts.order_insertion_by)
        }
        zeilen = type(self)._base_manager.using(using).filter(pk=self.pk)
        werte = zeilen.values(*spalten, *lage.values()).first()
        if werte is None:
            return
        for spalte in spalten:
            setattr(self, spalte, werte[spalte])
        for feld, spalte in lage.items():
            bleibt = nur is not None and {feld, spalte}.isdisjoint(nur)
            if bleibt or getattr(self, spalte) == self._mptt_cached_fields[feld]:
                setattr(self, spalte, werte[spalte])
            self._mptt_cached_fields[feld] = werte[spalte]

    def _lies_eltern(self, using: str) -> None:
        """Replaces the cached parent by the one that the database has now."""
        feld = self._meta.get_field(self._mptt_meta.parent_attr)
        eltern_pk = getattr(self, feld.attname)
        if eltern_pk is None:
            return
        eltern = type(self)._base_manager.using(using).filter(pk=eltern_pk).first()
        if eltern is None:
            raise InvalidMove("Das übergeordnete Element gibt es nicht mehr.")
        setattr(self, feld.name, eltern)


@contextmanager
def _gesperrter_baum(model: type[GesicherterBaum], using: str) -> Iterator[None]:
    """One transaction that holds the lock on the first row: one writer at a time.

    SQLite ignores the row lock; its transactions are opened as IMMEDIATE and exclude each other.
    The Datenstand comes first, as for every writer: locks taken crosswise would be a deadlock.
    """
    with transaction.atomic(using=using):
        erhoehe_datenstand()
        erste = model._base_manager.using(using).select_for_update(no_key=True).order_by("pk")
        erste.values_list("pk", flat=True).first()
        yield
