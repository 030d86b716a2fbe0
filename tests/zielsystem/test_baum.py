"""The tree stays right, however stale the copies are that people save, and however many save.

``baumfehler`` computes the tree columns anew from parents and order, and compares. Gaps count.
"""

from collections import defaultdict
from copy import copy
from random import Random
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from mptt.exceptions import InvalidMove

from tests.factories import (
    KernaktivitaetFactory,
    KompetenzFactory,
    QuelleFactory,
    SchwerpunktFactory,
    WesenskernFactory,
)
from tests.nebeneinander import nebeneinander
from zielsystem.models import Ebene, Zielelement

pytestmark = pytest.mark.django_db

SPALTEN = ("lft", "rght", "tree_id", "ebene")


def baumfehler() -> list[str]:
    """What is wrong with the tree columns; equal ``reihenfolge`` may stand in either order."""
    kinder = defaultdict(list)
    for zeile in Zielelement.objects.order_by("reihenfolge", "lft").values(
        "pk", "eltern_id", *SPALTEN
    ):
        kinder[zeile["eltern_id"]].append(zeile)
    fehler = []

    def zaehle(zeile: dict, lft: int, ebene: int, tree_id: int) -> int:
        """Visits the node and all below it; returns the number after its right one."""
        rght = lft + 1
        for kind in kinder[zeile["pk"]]:
            rght = zaehle(kind, rght, ebene + 1, tree_id)
        soll = dict(zip(SPALTEN, (lft, rght, tree_id, ebene), strict=True))
        ist = {spalte: zeile[spalte] for spalte in SPALTEN}
        if ist != soll:
            fehler.append(f"{zeile['pk']}: ist {ist}, soll {soll}")
        return rght + 1

    for wurzel in kinder[None]:
        zaehle(wurzel, 1, 0, wurzel["tree_id"])
    if len(kinder[None]) != 1:
        fehler.append(f"{len(kinder[None])} Wurzeln")
    return fehler


@pytest.fixture
def baum() -> list[Zielelement]:
    """A root, three Kompetenzen, four Schwerpunkte each."""
    kompetenzen = KompetenzFactory.create_batch(3)
    for kompetenz in kompetenzen:
        SchwerpunktFactory.create_batch(4, eltern=kompetenz)
    return list(Zielelement.objects.all())


class Bearbeiterin:
    """Works on the tree at random, from copies that others have made stale meanwhile."""

    def __init__(self, seed: int) -> None:
        self.zufall = Random(seed)
        self.kopien = list(Zielelement.objects.all())
        self.quelle = self.kopien[0].quelle
        self.handgriffe = [
            *[self.neu] * 3,  # as many as are deleted
            self.umbenennen,
            self.nur_den_titel_speichern,
            self.umhaengen,
            self.umhaengen_nach_nummer,
            self.umordnen,
            self.loeschen,
            self.doppelt_loeschen,
            self.unmoeglich_umhaengen,
            self.auffrischen,
            self.move_node,
        ]

    def __call__(self) -> None:
        """One operation; what cannot be done (any more) is refused with one of these errors."""
        try:
            self.zufall.choice(self.handgriffe)()
        except (InvalidMove, ProtectedError, ObjectDoesNotExist):
            pass
        except DatabaseError as fehler:  # "… did not affect any rows": somebody deleted the node
            if type(fehler) is not DatabaseError:
                raise

    def eine(self, ebene: Ebene) -> Zielelement:
        return self.zufall.choice([kopie for kopie in self.kopien if kopie.ebene == ebene])

    def neu(self) -> None:
        knoten = Zielelement(
            eltern=self.eine(Ebene.KOMPETENZ),
            reihenfolge=self.zufall.randrange(6),
            titel="neu",
            slug=uuid4().hex,
            quelle=self.quelle,
        )
        knoten.save()
        self.kopien.append(copy(knoten))

    def umbenennen(self) -> None:
        knoten = self.zufall.choice(self.kopien)
        knoten.titel = "umbenannt"
        knoten.save()

    def nur_den_titel_speichern(self) -> None:
        knoten = self.eine(Ebene.SCHWERPUNKT)
        knoten.eltern = self.eine(Ebene.KOMPETENZ)
        knoten.reihenfolge = self.zufall.randrange(6)
        knoten.save(update_fields=["titel"])

    def umhaengen(self) -> None:
        knoten = self.eine(Ebene.SCHWERPUNKT)
        knoten.eltern = self.eine(Ebene.KOMPETENZ)
        knoten.save()

    def umhaengen_nach_nummer(self) -> None:
        knoten = self.eine(Ebene.SCHWERPUNKT)
        knoten.eltern_id = self.eine(Ebene.KOMPETENZ).pk
        knoten.save()

    def umordnen(self) -> None:
        knoten = self.zufall.choice(self.kopien)
        knoten.reihenfolge = self.zufall.randrange(6)
        knoten.save()

    def loeschen(self) -> None:
        copy(self.eine(Ebene.SCHWERPUNKT)).delete()

    def doppelt_loeschen(self) -> None:
        knoten = self.eine(Ebene.SCHWERPUNKT)
        copy(knoten).delete()
        copy(knoten).delete()

    def unmoeglich_umhaengen(self) -> None:
        kompetenz = copy(self.eine(Ebene.KOMPETENZ))
        kompetenz.eltern = kompetenz
        kompetenz.save()

    def auffrischen(self) -> None:
        self.kopien = list(Zielelement.objects.all())

    def move_node(self) -> None:
        knoten, ziel = self.eine(Ebene.SCHWERPUNKT), self.eine(Ebene.KOMPETENZ)
        position = self.zufall.choice(["first-child", "last-child"])
        Zielelement.objects.move_node(knoten, ziel, position)


@pytest.mark.parametrize("seed", range(3))
def test_stale_copies_never_damage_the_tree(baum, seed):
    alle = [Bearbeiterin(seed * 10 + n) for n in range(6)]
    reihe = Random(seed)
    for _ in range(120):
        reihe.choice(alle)()
    assert not baumfehler()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_never_damage_the_tree(baum):
    fehler = nebeneinander(*(Bearbeiterin(seed) for seed in range(6)), mal=40)
    assert not fehler
    assert not baumfehler()


def test_the_check_of_the_tree_finds_damage(baum):
    assert not baumfehler()
    Zielelement.objects.filter(pk=baum[3].pk).update(lft=99)
    assert len(baumfehler()) == 1
    Zielelement.objects.rebuild()
    assert not baumfehler()


def test_a_new_element_takes_its_place_by_its_order(baum):
    kompetenz = baum[1]
    erstes = SchwerpunktFactory(eltern=kompetenz, reihenfolge=0)
    assert kompetenz.get_children().first() == erstes
    assert not baumfehler()


def test_an_element_moves_with_all_below_it_when_its_order_changes(baum):
    letzte = Zielelement.objects.filter(ebene=Ebene.KOMPETENZ).last()
    letzte.reihenfolge = 0
    letzte.save()
    assert Zielelement.objects.filter(ebene=Ebene.KOMPETENZ).first() == letzte
    assert letzte.get_descendant_count() == 4
    assert not baumfehler()


def zwei_kopien(knoten: Zielelement) -> tuple[Zielelement, Zielelement]:
    return Zielelement.objects.get(pk=knoten.pk), Zielelement.objects.get(pk=knoten.pk)


def test_a_stale_copy_does_not_move_an_element_back(baum):
    andere = Zielelement.objects.filter(ebene=Ebene.KOMPETENZ).last()
    frisch, alt = zwei_kopien(baum[2])
    frisch.eltern = andere
    frisch.save()
    alt.titel = "umbenannt"
    alt.save()
    assert Zielelement.objects.get(pk=alt.pk).eltern == andere == alt.eltern
    assert not baumfehler()


@pytest.mark.parametrize("speichere", [{}, {"update_fields": ["titel"]}], ids=["alles", "titel"])
def test_a_stale_copy_does_not_reorder_back(baum, speichere):
    frisch, alt = zwei_kopien(baum[2])
    frisch.reihenfolge = 9999
    frisch.save()
    alt.titel = "umbenannt"
    alt.save(**speichere)
    assert Zielelement.objects.get(pk=alt.pk).reihenfolge == 9999 == alt.reihenfolge
    assert baum[1].get_children().last() == alt
    assert not baumfehler()


def test_a_copy_read_in_part_is_saved_without_moving(baum):
    knoten = Zielelement.objects.only("titel").get(pk=baum[2].pk)
    knoten.titel = "umbenannt"
    knoten.save()
    assert Zielelement.objects.get(pk=knoten.pk).titel == "umbenannt"
    assert not baumfehler()


def test_what_is_not_saved_does_not_move(baum):
    schwerpunkt = baum[2]
    schwerpunkt.eltern = KompetenzFactory()
    schwerpunkt.reihenfolge = 9999
    schwerpunkt.save(update_fields=["titel"])
    assert Zielelement.objects.get(pk=schwerpunkt.pk).eltern == baum[1]
    assert not baumfehler()


@pytest.mark.parametrize("position", ["first-child", "last-child", "left", "right"])
def test_move_node_moves_a_stale_copy_to_where_it_belongs(baum, position):
    kompetenz, andere = Zielelement.objects.filter(ebene=Ebene.KOMPETENZ)[:2]
    frisch, alt = zwei_kopien(baum[2])
    frisch.eltern, frisch.titel = andere, "Inzwischen umbenannt"
    frisch.save()
    ziel = kompetenz if position.endswith("child") else kompetenz.get_children()[1]
    Zielelement.objects.move_node(alt, ziel, position)
    assert alt.eltern == kompetenz
    assert list(kompetenz.get_children()) == baum[2:6]
    assert Zielelement.objects.get(pk=alt.pk).titel == "Inzwischen umbenannt"
    assert not baumfehler()


def test_an_element_deleted_twice_leaves_the_others_alone(baum):
    erste, zweite = zwei_kopien(baum[2])
    erste.delete()
    assert zweite.delete() == (0, {})
    assert Zielelement.objects.count() == len(baum) - 1
    assert not baumfehler()


def test_a_deleted_element_does_not_come_back_by_a_stale_copy(baum):
    erste, zweite = zwei_kopien(baum[2])
    erste.delete()
    with pytest.raises(DatabaseError):
        zweite.save()
    assert Zielelement.objects.count() == len(baum) - 1
    assert not baumfehler()


def test_elements_deleted_by_a_queryset_leave_no_gap(baum):
    anzahl, je_modell = Zielelement.objects.filter(eltern=baum[1]).delete()
    assert (anzahl, je_modell) == (4, {"zielsystem.Zielelement": 4})
    assert not baumfehler()


def test_an_element_with_others_below_it_cannot_be_deleted(baum):
    with pytest.raises(ProtectedError):
        baum[1].delete()
    assert not baumfehler()


def test_an_element_in_use_cannot_be_deleted_and_the_tree_stays(baum):
    kompetenz = KernaktivitaetFactory().kompetenz
    with pytest.raises(ProtectedError):
        kompetenz.delete()
    assert not baumfehler()


@pytest.mark.parametrize("ziel", [1, 2], ids=["sich selbst", "eigenes Kind"])
def test_an_element_cannot_move_below_itself(baum, ziel):
    kompetenz = baum[1]
    kompetenz.eltern = baum[ziel]
    with pytest.raises(InvalidMove):
        kompetenz.save()
    assert Zielelement.objects.get(pk=kompetenz.pk).eltern == baum[0]
    assert not baumfehler()


def test_an_element_cannot_move_to_a_parent_that_vanished(baum):
    leere = KompetenzFactory()
    alte_kopie = copy(leere)
    leere.delete()
    schwerpunkt = baum[2]
    schwerpunkt.eltern = alte_kopie
    with pytest.raises(InvalidMove, match="gibt es nicht mehr"):
        schwerpunkt.save()
    with pytest.raises(InvalidMove, match="gibt es nicht mehr"):
        SchwerpunktFactory(eltern=alte_kopie)
    assert not baumfehler()


@pytest.mark.parametrize("feld", ["eltern", "eltern_id", "reihenfolge"])
def test_update_refuses_what_would_leave_the_tree_columns_behind(baum, feld):
    wert = {"eltern": baum[0], "eltern_id": baum[0].pk, "reihenfolge": 9999}[feld]
    with pytest.raises(ValueError, match="einzeln"):
        Zielelement.objects.filter(pk=baum[2].pk).update(**{feld: wert})


@pytest.mark.parametrize("feld", ["eltern", "reihenfolge"])
def test_bulk_update_refuses_it_too(baum, feld):
    with pytest.raises(ValueError, match="einzeln"):
        Zielelement.objects.bulk_update([baum[2]], [feld])


def test_a_related_manager_refuses_it_too(baum):
    with pytest.raises(ValueError, match="einzeln"):
        KompetenzFactory().kinder.add(baum[2])
    assert not baumfehler()


def test_bulk_create_without_tree_columns_is_refused(baum):
    neu = Zielelement(eltern=baum[1], titel="neu", slug="neu", quelle=baum[0].quelle)
    with pytest.raises(IntegrityError), transaction.atomic():
        Zielelement.objects.bulk_create([neu])


def test_there_is_only_one_wesenskern(baum):
    zweiter = Zielelement(titel="Zweiter", slug="zweiter", quelle=QuelleFactory())
    with pytest.raises(ValidationError, match="Es gibt nur einen Wesenskern"):
        zweiter.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        zweiter.save()
    assert not baumfehler()


def test_an_element_cannot_become_a_second_wesenskern(baum):
    kompetenz = baum[1]
    kompetenz.eltern = None
    with pytest.raises(ValidationError, match="Es gibt nur einen Wesenskern"):
        kompetenz.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        kompetenz.save()
    assert not baumfehler()


def test_there_is_no_fourth_level(baum):
    viertes = Zielelement(eltern=baum[2], titel="zu tief", slug="zu-tief", quelle=QuelleFactory())
    with pytest.raises(ValidationError, match="Unter einem Schwerpunkt gibt es keine weitere"):
        viertes.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        viertes.save()
    assert not baumfehler()


def test_a_kompetenz_with_schwerpunkte_cannot_become_a_schwerpunkt(baum):
    kompetenz, andere = Zielelement.objects.filter(ebene=Ebene.KOMPETENZ)[:2]
    kompetenz.eltern = andere
    with pytest.raises(ValidationError, match="Unter einem Schwerpunkt gibt es keine weitere"):
        kompetenz.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        kompetenz.save()
    assert not baumfehler()


@pytest.mark.parametrize("knoten", [0, 1, 2])
def test_no_element_is_offered_a_place_below_itself(baum, knoten):
    element = baum[knoten]
    element.eltern = element
    with pytest.raises(ValidationError, match="nicht unter sich selbst"):
        element.full_clean()


def test_the_wesenskern_itself_may_be_edited(baum):
    wurzel = WesenskernFactory()
    wurzel.beschreibung = "Geist, Werthaltung, Stadtcharakter"
    wurzel.full_clean()
    wurzel.save()
    assert not baumfehler()
