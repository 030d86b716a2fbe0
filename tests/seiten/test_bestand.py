"""The facts in memory: what is in them, and when they are read anew."""

import threading
from dataclasses import FrozenInstanceError, fields

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.urls import clear_script_prefix, set_script_prefix

from grundlage.blick import Blick, mit_vorschau
from grundlage.datenstand import datenstand
from kernaktivitaeten.models import Kernaktivitaet
from seiten.bestand import aktueller_bestand, fakten, je_bestand, lager, lies_bestand
from tests import factories as f
from tests.nebeneinander import nebeneinander


def titel() -> list[str]:
    return [ka.titel for ka in aktueller_bestand().kernaktivitaeten]


@pytest.mark.django_db
def test_facts_do_not_change():
    f.KernaktivitaetFactory()
    (ka,) = lies_bestand().kernaktivitaeten
    with pytest.raises(FrozenInstanceError):
        ka.titel = "Anders"


def test_no_fact_has_a_place_for_what_is_not_public():
    geheim = {"interne_notiz", "entwurf", "erfasst_von", "inhalt", "name_freigegeben", "person"}
    for art in vars(fakten).values():
        if isinstance(art, type) and issubclass(art, fakten.Fakt) and art is not fakten.Ausnahme:
            assert not geheim & {feld.name for feld in fields(art)}, art


@pytest.mark.django_db
def test_it_is_read_once_for_each_datenstand(django_assert_num_queries):
    f.KernaktivitaetFactory(titel="Haus")
    erster = aktueller_bestand()
    with django_assert_num_queries(1):
        assert aktueller_bestand() is erster
    Kernaktivitaet.objects.update(titel="Turm")
    assert titel() == ["Turm"]
    assert [ka.titel for ka in erster.kernaktivitaeten] == ["Haus"]


@pytest.mark.django_db
def test_within_the_interval_nobody_asks(monkeypatch, django_assert_num_queries):
    erster = aktueller_bestand()
    monkeypatch.setattr(lager, "FRIST", 60)
    with django_assert_num_queries(0):
        assert aktueller_bestand() is erster


@pytest.mark.django_db(transaction=True)
def test_what_was_saved_here_is_seen_at_once(monkeypatch):
    monkeypatch.setattr(lager, "FRIST", 60)
    ka = f.KernaktivitaetFactory(titel="Haus")
    assert titel() == ["Haus"]
    ka.titel = "Turm"
    with transaction.atomic():
        ka.save()
        assert titel() == ["Haus"]  # readers see nothing of what is not saved yet
    assert titel() == ["Turm"]
    ka.delete()
    assert titel() == []


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_seen(monkeypatch):
    ka = f.KernaktivitaetFactory(titel="Haus")
    erster = aktueller_bestand()
    with transaction.atomic():
        ka.titel = "Turm"
        ka.save()
        transaction.set_rollback(True)
    assert aktueller_bestand() is erster


@pytest.mark.django_db
def test_a_preview_has_a_copy_of_its_own():
    geheim = f.KernaktivitaetFactory(titel="Geheimes", veroeffentlicht_am=None)
    erster = aktueller_bestand()
    with mit_vorschau(Blick((geheim.pk,))):
        assert titel() == ["Geheimes"]
    assert aktueller_bestand() is erster
    assert titel() == []


@pytest.mark.django_db
def test_without_the_database_the_last_copy_is_served(monkeypatch, caplog):
    f.KernaktivitaetFactory(titel="Haus")
    erster = aktueller_bestand()

    def weg() -> int:
        raise OperationalError("keine Verbindung")

    with monkeypatch.context() as ohne_datenbank:
        ohne_datenbank.setattr(lager, "datenstand", weg)
        ohne_datenbank.setattr(lager, "lies_bestand", weg)
        assert aktueller_bestand() is erster
        assert "letzte Stand" in caplog.text
        lager.leere()
        with pytest.raises(OperationalError):  # of nothing nobody can tell
            aktueller_bestand()
    assert titel() == ["Haus"]


def test_one_thread_reads_and_the_others_go_on_with_the_old_copy(monkeypatch):
    alter, neuer = object(), object()
    liest, weiter = threading.Event(), threading.Event()

    def lies():
        liest.set()
        assert weiter.wait(30)
        return neuer

    monkeypatch.setattr(lager._lager, "_bestand", alter)
    monkeypatch.setattr(lager._lager, "_eigene", 0)
    monkeypatch.setattr(lager, "eigene_aenderungen", lambda: 0)
    monkeypatch.setattr(lager._lager, "_ist_veraltet", lambda: True)
    monkeypatch.setattr(lager, "lies_bestand", lies)
    gesehen = []
    leser = threading.Thread(target=lambda: gesehen.append(aktueller_bestand()))
    leser.start()
    assert liest.wait(30)
    assert nebeneinander(*[lambda: gesehen.append(aktueller_bestand())] * 4) == []
    assert gesehen == [alter] * 4
    weiter.set()
    leser.join(30)
    assert gesehen[-1] is neuer


@pytest.mark.django_db
def test_a_question_is_answered_once_for_each_bestand():
    gefragt = []
    frage = je_bestand(lambda bestand: gefragt.append(bestand) or len(gefragt))
    erster, zweiter = lies_bestand(), lies_bestand()
    assert [frage(erster), frage(zweiter), frage(erster)] == [1, 2, 1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("sqlite" in settings.DATABASES["default"]["ENGINE"], reason="sperrt Tabellen")
def test_all_is_of_one_moment():
    """What others save while it is read belongs to the next copy."""
    f.KernaktivitaetFactory(titel="Haus")
    stand = datenstand()

    def dazwischen(ausfuehren, sql, *weiteres):
        if "kernaktivitaeten_statusmeldung" in sql and not schreiber.is_alive():
            schreiber.start()
            schreiber.join(30)
        return ausfuehren(sql, *weiteres)

    def schreibe():
        f.KernaktivitaetFactory(titel="Turm")
        connection.close()

    schreiber = threading.Thread(target=schreibe)
    with connection.execute_wrapper(dazwischen):
        bestand = lies_bestand()
    assert bestand.nummer == stand
    assert [ka.titel for ka in bestand.kernaktivitaeten] == ["Haus"]
    assert len(aktueller_bestand().kernaktivitaeten) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("weg", ["Befehl", "Sammelweg"])
def test_changes_are_seen_whatever_way_they_come(monkeypatch, weg):
    monkeypatch.setattr(lager, "FRIST", 60)
    assert titel() == []
    if weg == "Befehl":
        call_command("loaddata", "zielsystem", "kernaktivitaeten", verbosity=0)
        assert len(titel()) == 75
    else:
        kompetenz, quelle = f.KompetenzFactory(), f.QuelleFactory()
        neue = f.KernaktivitaetFactory.build(
            kompetenz=kompetenz, quelle=quelle, titel="Haus", tranche=None, tranche_quelle=None
        )
        Kernaktivitaet.objects.bulk_create([neue])
        assert titel() == ["Haus"]


@pytest.mark.django_db
def test_no_request_puts_its_prefix_into_the_addresses_of_others(client):
    f.KernaktivitaetFactory(titel="Haus", slug="haus")
    set_script_prefix("/fremd/")  # as the handler of a request does that names one
    try:
        for adresse in ("/kernaktivitaeten/", "/suche/?q=haus", "/kernaktivitaeten.json"):
            assert client.get(adresse).status_code == 200
    finally:
        clear_script_prefix()
    for adresse in ("/kernaktivitaeten/", "/suche/?q=methodik", "/kernaktivitaeten.json"):
        assert "fremd" not in client.get(adresse).content.decode()


@pytest.mark.django_db
def test_a_word_that_was_taken_off_the_list_is_said_as_it_is_stored(client):
    ort = f.OrtFactory(kernaktivitaet__slug="haus")
    type(ort).objects.update(stadtbezirk="hafen")
    (fakt,) = aktueller_bestand().je_slug["haus"].orte
    assert (fakt.stadtbezirk, fakt.stadtbezirk.label) == ("hafen", "hafen")
    assert client.get("/kernaktivitaeten/haus/").status_code == 200


@pytest.mark.django_db
def test_a_stamp_that_is_newer_than_the_copy_is_not_known_yet(client, monkeypatch):
    aktueller_bestand()
    stempelung = f.StempelungFactory()
    monkeypatch.setattr(lager, "FRIST", 60)
    assert client.get(f"/s/{stempelung.code}/").status_code == 404
    monkeypatch.setattr(lager, "FRIST", 0)
    assert client.get(f"/s/{stempelung.code}/").status_code == 200


@pytest.mark.django_db
def test_what_is_newer_than_the_copy_leads_to_no_redirect(client, monkeypatch):
    """The history knows its address, and the page would lead to itself in a circle."""
    aktueller_bestand()
    ka = f.KernaktivitaetFactory(slug="haus")
    ka.titel = "Turm"
    ka.save()
    monkeypatch.setattr(lager, "FRIST", 60)
    assert client.get("/kernaktivitaeten/haus/").status_code == 404
    monkeypatch.setattr(lager, "FRIST", 0)
    assert client.get("/kernaktivitaeten/haus/").status_code == 200
