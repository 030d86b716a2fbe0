"""Refused input leaves no trace; who waits too long for others is told so and loses nothing."""

import re
from contextlib import contextmanager
from html import unescape
from threading import Event, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import Client

from bochum_strategie.views import Besetzt
from grundlage.datenstand import Datenstand, datenstand, erhoehe_datenstand, wartete_zu_lange
from kernaktivitaeten.models import Angabe, Kernaktivitaet, Statusmeldung
from tests import factories as f
from tests.verwaltung.formulare import adresse, aendere, eingaben, fehler, loesche, stand
from verwaltung.basis import BESETZT
from zielsystem.models import Querschnittsthema, Zielelement

pytestmark = pytest.mark.ignore_template_errors


# ── What is refused ───────────────────────────────────────────────────────────────────────────


def _feld(client, ka):
    assert fehler(aendere(client, ka, titel=""))


def _neu(client, ka):
    url = adresse(Kernaktivitaet, "add")
    assert fehler(client.post(url, eingaben(client.get(url))))


def _regel(client, ka):
    assert fehler(aendere(client, ka, slug="hiess-einmal-so"))


def _veraltet(client, ka):
    url = adresse(Kernaktivitaet, "change", ka.pk)
    daten = eingaben(client.get(url)) | {"_stand": "gefälscht"}
    assert fehler(client.post(url, daten))


def _festgehalten(client, ka):
    assert loesche(client, Zielelement, ka.kompetenz_id).status_code == 403


def _vorschau(client, ka):
    url = f"{adresse(Statusmeldung, 'add')}?kernaktivitaet={ka.pk}"
    neu = {"status": "laufend", "bezug": "ab", "zeit": "2021", "quelle": ka.quelle_id}
    antwort = client.post(url, eingaben(client.get(url)) | neu | {"text": "Neu", "_vorschau": "1"})
    assert "So veröffentlichen" in antwort.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("versuche", [_feld, _neu, _regel, _veraltet, _festgehalten, _vorschau])
def test_what_is_refused_does_not_count(admin_client, versuche):
    ka = f.KernaktivitaetFactory()
    f.hiess_frueher(f.KernaktivitaetFactory(), "hiess-einmal-so")
    vorher = datenstand()
    versuche(admin_client, ka)
    assert datenstand() == vorher


@pytest.mark.django_db
def test_a_row_that_is_not_deleted_does_not_count(admin_client):
    angabe = f.AngabeFactory()
    vorher = datenstand()
    assert loesche(admin_client, Angabe, angabe.pk, grund="").status_code == 200
    assert datenstand() == vorher
    assert loesche(admin_client, Angabe, angabe.pk).status_code == 302
    assert datenstand() > vorher


@pytest.mark.django_db
def test_what_is_saved_counts(admin_client):
    thema = f.QuerschnittsthemaFactory()
    vorher = datenstand()
    assert aendere(admin_client, thema, titel="Neu").status_code == 302
    assert datenstand() > vorher


# ── Who waits too long ────────────────────────────────────────────────────────────────────────


@contextmanager
def _postgres():
    """Another connection holds the lock of all writers; this one waits a tenth of a second."""
    haelt, fertig = Event(), Event()

    def halte():
        try:
            with transaction.atomic():
                erhoehe_datenstand()
                haelt.set()
                fertig.wait(30)
        finally:
            haelt.set()
            connection.close()

    faden = Thread(target=halte)
    faden.start()
    haelt.wait(30)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
        fertig.set()
        faden.join()


def _fehler_von_sqlite(datei) -> OperationalError:
    """What Django says when another connection is writing into the same file."""
    einstellungen = connection.settings_dict | {"NAME": str(datei)}
    einstellungen["OPTIONS"] = {"timeout": 0.1, "transaction_mode": "IMMEDIATE"}
    eine, andere = DatabaseWrapper(einstellungen, "eine"), DatabaseWrapper(einstellungen, "andere")
    with eine.cursor() as haelt, andere.cursor() as wartet:
        haelt.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError) as fehler:
            wartet.execute("BEGIN IMMEDIATE")
    eine.close()
    andere.close()
    return fehler.value


@pytest.fixture
def jemand_speichert(monkeypatch, tmp_path):
    """Makes everybody wait in vain. The SQLite of the tests is in memory and never waits."""
    if connection.vendor == "postgresql":
        return _postgres

    class Gesperrt:
        def filter(self, **kwargs):
            raise fehler

    @contextmanager
    def sqlite():
        with monkeypatch.context() as ersetzt:
            ersetzt.setattr(Datenstand, "objects", Gesperrt())
            yield

    fehler = _fehler_von_sqlite(tmp_path / "portal.sqlite3")
    return sqlite


@pytest.mark.django_db(transaction=True)
def test_the_form_comes_back_with_what_was_typed(admin_user, jemand_speichert):
    thema = f.QuerschnittsthemaFactory(titel="Klima")
    client = Client()
    client.force_login(admin_user)
    url = adresse(Querschnittsthema, "change", thema.pk)
    daten = eingaben(client.get(url)) | {"titel": "Klima und Umwelt"}
    with jemand_speichert():
        antwort = client.post(url, daten)
    assert fehler(antwort) == {"": [BESETZT]}
    assert eingaben(antwort)["titel"] == "Klima und Umwelt"
    thema.refresh_from_db()
    assert thema.titel == "Klima"
    assert client.post(url, eingaben(antwort)).status_code == 302
    thema.refresh_from_db()
    assert thema.titel == "Klima und Umwelt"


@pytest.mark.django_db(transaction=True)
def test_a_reported_status_comes_back_with_what_was_typed(admin_user, jemand_speichert):
    ka, quelle = f.KernaktivitaetFactory(), f.QuelleFactory()
    client = Client()
    client.force_login(admin_user)
    url = f"{adresse(Statusmeldung, 'add')}?kernaktivitaet={ka.pk}"
    daten = eingaben(client.get(url)) | {
        "status": "laufend",
        "bezug": "ab",
        "zeit": "05/2020",
        "text": "Es geht los.",
        "quelle": str(quelle.pk),
    }
    with jemand_speichert():
        antwort = client.post(url, daten)
    assert fehler(antwort) == {"": [BESETZT]}
    assert eingaben(antwort)["text"] == "Es geht los."
    assert not Statusmeldung.objects.exists()
    assert client.post(url, eingaben(antwort)).status_code == 302
    assert Statusmeldung.objects.get().text == "Es geht los."


@pytest.mark.django_db(transaction=True)
def test_other_pages_send_the_same_once_more(admin_user, jemand_speichert):
    angabe = f.AngabeFactory()
    client = Client()
    client.force_login(admin_user)
    url = adresse(Angabe, "delete", angabe.pk)
    daten = stand(client.get(url)) | {"post": "yes", "_loeschgrund": "„Doppelt“ & erfasst"}
    with jemand_speichert():
        antwort = client.post(url, daten)
    assert antwort.status_code == 503
    text = antwort.content.decode()
    assert "Nichts gespeichert: Gerade speichert jemand anderes" in text
    assert f'action="{url}"' in text
    assert Angabe.objects.exists()
    felder = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text)
    nochmal = {name: unescape(wert) for name, wert in felder if name != "csrfmiddlewaretoken"}
    assert nochmal == daten
    assert client.post(url, nochmal).status_code == 302
    assert not Angabe.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_only_waiting_is_called_waiting(jemand_speichert):
    with pytest.raises(OperationalError) as gewartet, jemand_speichert(), transaction.atomic():
        erhoehe_datenstand()
    assert wartete_zu_lange(gewartet.value)
    assert not wartete_zu_lange(OperationalError("no such table"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("eingaben", "dabei"),
    [
        ({"text": "Getippt"}, True),
        ({"text": "Getippt", "password1": "GanzGeheim99!"}, False),
        ({"text": "Getippt", "datei": SimpleUploadedFile("m.xlsx", b"x")}, False),
    ],
)
def test_neither_passwords_nor_files_are_sent_once_more(jemand_speichert, rf, eingaben, dabei):
    with pytest.raises(OperationalError) as gewartet, jemand_speichert(), transaction.atomic():
        erhoehe_datenstand()
    anfrage = rf.post("/verwaltung/irgendwo/?a=1", eingaben)
    seite = Besetzt(lambda _: None).process_exception(anfrage, gewartet.value)
    text = seite.content.decode()
    assert ("Getippt" in text) is dabei
    assert ("Gehen Sie im Browser zurück" in text) is not dabei
    assert "GanzGeheim99!" not in text
    assert Besetzt(lambda _: None).process_exception(anfrage, OperationalError("anderes")) is None


@pytest.mark.skipif(connection.vendor != "postgresql", reason="settings of PostgreSQL")
@pytest.mark.django_db
def test_nobody_waits_or_holds_the_lock_for_ever():
    with connection.cursor() as cursor:
        for name, wert in (
            ("lock_timeout", "20s"),
            ("idle_in_transaction_session_timeout", "1min"),
        ):
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (wert,)
