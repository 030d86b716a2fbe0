"""Every change of public data counts the Datenstand up, whatever way it comes, and only then."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Model, QuerySet

from grundlage.datenstand import Datenstand, OeffentlichesModell, datenstand
from kernaktivitaeten.models import (
    Kernaktivitaet,
    Querschnittszuordnung,
    Statusmeldung,
    Stelle,
    Zuordnung,
)
from tests.factories import (
    FACTORIES,
    KernaktivitaetFactory,
    KompetenzFactory,
    QuelleFactory,
    QuerschnittsthemaFactory,
    StelleFactory,
    ZuordnungFactory,
)
from tests.nebeneinander import nebeneinander
from zielsystem.models import Zielelement

pytestmark = pytest.mark.django_db

OEFFENTLICH = [modell for modell in apps.get_models() if issubclass(modell, OeffentlichesModell)]


def felder(zeile: models.Model) -> dict:
    """What a person would give to create the row: its own fields, no key, no tree columns."""
    return {
        feld.attname: getattr(zeile, feld.attname)
        for feld in zeile._meta.concrete_fields
        if feld.editable and not feld.primary_key
    }


# Each way gets a row of the model and yields once: what comes after it must count.
def save(zeile, tmp_path) -> Iterator[None]:
    yield
    zeile.save()


def save_of_one_field(zeile, tmp_path) -> Iterator[None]:
    yield
    zeile.save(update_fields=["kennung"])


def create(zeile, tmp_path) -> Iterator[None]:
    neu = felder(zeile)
    zeile.delete()
    yield
    type(zeile).objects.create(**neu)


def update_or_create(zeile, tmp_path) -> Iterator[None]:
    yield
    type(zeile).objects.update_or_create(pk=zeile.pk, defaults={"kennung": "neu"})


def update(zeile, tmp_path) -> Iterator[None]:
    yield
    type(zeile).objects.filter(pk=zeile.pk).update(kennung="neu")


def update_by_the_base_manager(zeile, tmp_path) -> Iterator[None]:
    yield
    type(zeile)._base_manager.filter(pk=zeile.pk).update(kennung="neu")


def bulk_create(zeile, tmp_path) -> Iterator[None]:
    pk = zeile.pk
    zeile.delete()
    zeile.pk = pk
    yield
    type(zeile).objects.bulk_create([zeile])


def bulk_update(zeile, tmp_path) -> Iterator[None]:
    zeile.kennung = "neu"
    yield
    type(zeile).objects.bulk_update([zeile], ["kennung"])


def delete(zeile, tmp_path) -> Iterator[None]:
    yield
    zeile.delete()


def delete_by_queryset(zeile, tmp_path) -> Iterator[None]:
    yield
    type(zeile).objects.filter(pk=zeile.pk).delete()


def loaddata(zeile, tmp_path) -> Iterator[None]:
    datei = tmp_path / "zeile.json"
    datei.write_text(serializers.serialize("json", [zeile]), encoding="utf-8")
    yield
    call_command("loaddata", datei, verbosity=0)


WEGE = (
    save,
    save_of_one_field,
    create,
    update_or_create,
    update,
    update_by_the_base_manager,
    bulk_create,
    bulk_update,
    delete,
    delete_by_queryset,
    loaddata,
)


# A plain one, one with drafts and a QuerySet of its own, and the tree.
ARTEN = (Stelle, Statusmeldung, Zielelement)
SCHREIBENDE = {
    Model: ("save", "save_base", "delete"),
    QuerySet: ("create", "update_or_create", "update", "bulk_create", "bulk_update", "delete"),
}


def schreibwege(modell: type[Model]) -> list[type]:
    """The classes whose code writes rows of the model, by its manager and by related ones."""
    geschrieben = [(modell, SCHREIBENDE[Model])]
    for manager in (modell.objects, modell._base_manager):
        geschrieben += [(type(manager.all()), SCHREIBENDE[QuerySet])]
    return [
        next(klasse for klasse in art.__mro__ if name in vars(klasse))
        for art, namen in geschrieben
        for name in namen
    ]


@pytest.mark.parametrize("modell", OEFFENTLICH, ids=lambda modell: modell.__name__)
def test_a_public_model_is_written_by_the_code_that_is_tested(modell):
    """So that three kinds stand for all: whoever writes rows in a new way is tested, too."""
    assert schreibwege(modell) in [schreibwege(art) for art in ARTEN]


@pytest.mark.parametrize("weg", WEGE, ids=lambda weg: weg.__name__)
@pytest.mark.parametrize("modell", ARTEN, ids=lambda modell: modell.__name__)
def test_every_change_of_a_public_row_counts(modell, weg, tmp_path):
    aenderung = weg(FACTORIES[modell](), tmp_path)
    next(aenderung)
    vorher = datenstand()
    with suppress(StopIteration):
        next(aenderung)
    assert datenstand() > vorher


def test_every_public_model_has_a_factory():
    assert set(FACTORIES) == set(OEFFENTLICH)


def test_whatever_is_deleted_along_with_a_row_counts():
    zuordnung = ZuordnungFactory()
    vorher = datenstand()
    zuordnung.kernaktivitaet.delete()
    assert not Zuordnung.objects.exists()
    assert datenstand() >= vorher + 2


def test_rows_taken_over_by_another_row_count():
    kernaktivitaet, kompetenz = KernaktivitaetFactory(), KompetenzFactory()
    vorher = datenstand()
    kompetenz.kernaktivitaeten.add(kernaktivitaet)
    assert Kernaktivitaet.objects.get().kompetenz == kompetenz
    assert datenstand() > vorher


def test_rows_added_to_and_taken_from_a_many_to_many_relation_count():
    kernaktivitaet, thema = KernaktivitaetFactory(), QuerschnittsthemaFactory()
    staende = [datenstand()]
    kernaktivitaet.querschnittsthemen.add(thema, through_defaults={"quelle": QuelleFactory()})
    staende.append(datenstand())
    kernaktivitaet.querschnittsthemen.remove(thema)
    staende.append(datenstand())
    assert not Querschnittszuordnung.objects.exists()
    assert staende == sorted(set(staende))


def test_a_change_that_is_rolled_back_does_not_count():
    StelleFactory()
    vorher = datenstand()
    with suppress(RuntimeError), transaction.atomic():
        StelleFactory()
        assert datenstand() > vorher
        raise RuntimeError
    assert datenstand() == vorher


@pytest.mark.parametrize("weg", [save, update, bulk_update, delete, delete_by_queryset, loaddata])
@pytest.mark.django_db(transaction=True)
def test_a_change_and_its_count_are_one_transaction(monkeypatch, tmp_path, weg):
    def kaputt() -> None:
        raise RuntimeError("nicht gezählt")

    zeile = StelleFactory()
    zeile.kennung = "neu"
    aenderung = weg(zeile, tmp_path)
    next(aenderung)
    vorher = datenstand()
    monkeypatch.setattr("grundlage.datenstand.erhoehe_datenstand", kaputt)
    with pytest.raises(RuntimeError, match="nicht gezählt"):
        next(aenderung)
    assert datenstand() == vorher
    assert Stelle.objects.exclude(kennung="neu").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_that_the_database_refuses_does_not_count():
    stelle = StelleFactory()
    vorher = datenstand()
    with pytest.raises(IntegrityError):
        StelleFactory(name=stelle.name)
    assert datenstand() == vorher


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_writers_of_the_same_rows_do_not_block_each_other_for_good():
    kernaktivitaet = KernaktivitaetFactory()
    kompetenz = kernaktivitaet.kompetenz

    def mit_update() -> None:
        Kernaktivitaet.objects.filter(pk=kernaktivitaet.pk).update(titel="neu")

    def beides() -> None:
        with transaction.atomic():
            kernaktivitaet.save()
            kompetenz.save()

    fehler = nebeneinander(mit_update, kernaktivitaet.save, kompetenz.save, beides, mal=40)
    assert not fehler


def test_what_is_not_public_does_not_count():
    vorher = datenstand()
    nutzer = User.objects.create(username="redaktion")
    nutzer.save()
    User.objects.update(first_name="R.")
    nutzer.delete()
    assert datenstand() == vorher


def test_reading_does_not_count():
    stelle = StelleFactory()
    vorher = datenstand()
    stelle.refresh_from_db()
    assert list(Stelle.objects.all()) == [stelle]
    assert Stelle.objects.get_or_create(name=stelle.name) == (stelle, False)
    assert datenstand() == vorher


def test_before_the_first_change_the_number_is_zero_and_then_grows():
    Datenstand.objects.all().delete()
    assert datenstand() == 0
    StelleFactory()
    erste = datenstand()
    StelleFactory()
    assert 0 < erste < datenstand()
    assert Datenstand.objects.count() == 1


@pytest.mark.parametrize("modell", OEFFENTLICH, ids=lambda modell: modell.__name__)
def test_no_relation_of_a_public_model_changes_unseen(modell):
    """Tables that Django makes for n:m, and SET_NULL, would send no signal for our rows."""
    assert not [
        feld for feld in modell._meta.many_to_many if feld.remote_field.through._meta.auto_created
    ]
    schluessel = [feld for feld in modell._meta.concrete_fields if feld.remote_field]
    assert {feld.remote_field.on_delete for feld in schluessel} <= {models.PROTECT, models.CASCADE}
