"""Readers report a barrier: without a cookie, and nothing that was typed is lost."""

from datetime import date
from unittest.mock import Mock

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from grundlage.stichtag import heute
from seiten import barriere as forms
from strategiearbeit.models import Rueckmeldung
from tests.adressen import oeffne
from tests.dokument import lies

pytestmark = pytest.mark.django_db

ADRESSE = "/barriere-melden/"


@pytest.fixture(autouse=True)
def ohne_zaehler():
    cache.clear()


@pytest.fixture
def uhr(monkeypatch):
    """Lets the signature believe that ``uhr.jetzt`` seconds have passed."""

    class Uhr:
        jetzt = 1_000_000.0

        def time(self):
            return self.jetzt

    uhr = Uhr()
    monkeypatch.setattr(signing, "time", uhr)
    return uhr


def formular(dokument) -> dict[str, str]:
    return {
        feld["name"]: feld.attribute.get("value", "")
        for feld in dokument.eines("main").eines("form").alle("input")
    }


def schicke(client, uhr, nach: float = 10, **felder):
    daten = formular(oeffne(client, ADRESSE))
    uhr.jetzt += nach
    return client.post(ADRESSE, daten | {"text": "Der Kontrast ist zu schwach."} | felder)


def meldungen(antwort) -> str:
    assert antwort.status_code == 200
    dokument = lies(antwort.content.decode())
    assert dokument.eines("title").text.startswith("Fehler: ")
    return dokument.eines("main").text


def test_a_report_arrives_with_the_day_and_sets_no_cookie(client, uhr):
    antwort = schicke(client, uhr, seite="/bilanz/", kontakt="hallo@example.org")
    assert antwort.status_code == 302
    meldung = Rueckmeldung.objects.get()
    assert meldung.text == "Der Kontrast ist zu schwach."
    assert (meldung.seite, meldung.kontakt) == ("/bilanz/", "hallo@example.org")
    assert (meldung.eingegangen_am, meldung.erledigt_am) == (heute(), None)
    assert "ist angekommen" in oeffne(client, antwort.headers["Location"]).text
    assert not client.cookies


def test_place_and_contact_may_be_left_out(client, uhr):
    assert schicke(client, uhr).status_code == 302
    assert Rueckmeldung.objects.get().kontakt == ""


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        ({"text": ""}, "Bitte beschreiben Sie die Barriere."),
        ({"text": "   "}, "Bitte beschreiben Sie die Barriere."),
        ({"text": "x" * 5001}, "höchstens 5000 Zeichen; es sind 5001"),
        ({"kontakt": "x" * 201}, "höchstens 200"),
        ({"webseite": "https://werbung.example"}, "Bitte lassen Sie dieses Feld leer."),
        ({"geoeffnet": "gefälscht"}, "Bitte schicken Sie die Meldung noch einmal ab."),
        ({"geoeffnet": ""}, "Bitte schicken Sie die Meldung noch einmal ab."),
    ],
)
def test_bad_input_is_named_and_nothing_is_stored(client, uhr, felder, satz):
    assert satz in meldungen(schicke(client, uhr, **felder))
    assert not Rueckmeldung.objects.exists()


@pytest.mark.parametrize(
    ("nach", "geht"),
    [(2, False), (3, False), (3.1, True), (24 * 3600, True), (24 * 3600 + 1, False)],
)
def test_neither_a_machine_nor_yesterdays_form_is_taken(client, uhr, nach, geht):
    antwort = schicke(client, uhr, nach)
    assert (antwort.status_code == 302) is geht
    assert Rueckmeldung.objects.exists() is geht


def test_what_was_typed_stays_and_can_be_sent_again(client, uhr):
    antwort = schicke(client, uhr, nach=1, seite="Bilanz & Co. <b>")
    dokument = lies(antwort.content.decode())
    daten = formular(dokument)
    assert daten["seite"] == "Bilanz & Co. <b>"
    assert dokument.eines("textarea").text == "Der Kontrast ist zu schwach."
    uhr.jetzt += 10
    daten["text"] = "Der Kontrast ist zu schwach."
    assert client.post(ADRESSE, daten).status_code == 302


def sende(client, uhr, daten):
    uhr.jetzt += 10
    return client.post(ADRESSE, daten | {"text": "Der Kontrast ist zu schwach."})


def test_one_form_is_one_report(client, uhr):
    daten = formular(oeffne(client, ADRESSE))
    assert sende(client, uhr, daten).status_code == 302
    antwort = sende(client, uhr, daten)
    assert "ist schon angekommen" in meldungen(antwort)
    assert Rueckmeldung.objects.count() == 1
    # Nothing that was typed is lost, and it can be meant.
    neu = lies(antwort.content.decode())
    assert neu.eines("textarea").text == "Der Kontrast ist zu schwach."
    assert sende(client, uhr, formular(neu)).status_code == 302
    assert Rueckmeldung.objects.count() == 2


def test_a_report_that_could_not_be_stored_may_be_sent_again(client, uhr, monkeypatch):
    daten = formular(oeffne(client, ADRESSE))
    with monkeypatch.context() as gestoert:
        gestoert.setattr(Rueckmeldung, "save", Mock(side_effect=DatabaseError))
        with pytest.raises(DatabaseError):
            sende(client, uhr, daten)
    assert sende(client, uhr, daten).status_code == 302


def test_who_opens_the_form_in_the_same_second_is_somebody_else(uhr):
    eine, andere = Client(), Client()
    daten = [formular(oeffne(client, ADRESSE)) for client in (eine, andere)]
    assert sende(eine, uhr, daten[0]).status_code == 302
    assert sende(andere, uhr, daten[1]).status_code == 302


def test_a_form_can_be_sent_as_long_as_it_is_remembered(client, uhr, monkeypatch):
    gemerkt = {}

    def merke(name, wert, timeout):
        gemerkt[name.partition("-")[0]] = timeout
        return True

    monkeypatch.setattr(forms.cache, "add", merke)
    assert schicke(client, uhr).status_code == 302
    assert gemerkt["barriere"] == forms.HOECHSTENS == 24 * 3600


def test_the_flood_of_one_origin_is_stopped_and_the_form_stays_open_for_others(client, uhr):
    for _ in range(10):
        assert schicke(client, uhr).status_code == 302
    antwort = schicke(client, uhr, seite="/bilanz/")
    assert "Von Ihrem Anschluss kamen gerade sehr viele Meldungen" in meldungen(antwort)
    assert formular(lies(antwort.content.decode()))["seite"] == "/bilanz/"
    assert Rueckmeldung.objects.count() == 10
    assert schicke(Client(REMOTE_ADDR="192.0.2.7"), uhr).status_code == 302


def test_wrong_forms_do_not_count(client, uhr):
    for _ in range(12):
        meldungen(schicke(client, uhr, text=""))
    assert schicke(client, uhr).status_code == 302


def test_however_many_are_open_the_next_one_arrives(client, uhr):
    Rueckmeldung.objects.bulk_create(
        Rueckmeldung(text="x", eingegangen_am=date(2026, 1, 1)) for _ in range(600)
    )
    assert schicke(client, uhr).status_code == 302


def test_errors_stand_together_above_the_form_and_get_the_focus(client, uhr):
    dokument = lies(schicke(client, uhr, text="").content.decode())
    kasten = dokument.eines(role="alert")
    assert (kasten["tabindex"], kasten["autofocus"]) == ("-1", "")
    assert "Was konnten Sie nicht lesen oder bedienen? Bitte beschreiben Sie" in kasten.text
    assert "?:" not in dokument.text
    assert kasten.eines("a")["href"] == f"#{dokument.eines('textarea')['id']}"


def test_who_was_too_quick_is_told_to_wait(client, uhr):
    assert "Bitte warten Sie ein paar Sekunden und schicken Sie" in meldungen(
        schicke(client, uhr, nach=1)
    )


def test_the_form_says_what_it_needs_and_cuts_nothing_off(client):
    formular = oeffne(client, ADRESSE).eines("main").eines("form")
    pflicht = [label.text for label in formular.alle("label") if "(Pflichtfeld)" in label.text]
    assert pflicht == ["Was konnten Sie nicht lesen oder bedienen? (Pflichtfeld)"]
    felder = [*formular.alle("textarea"), *formular.alle("input")]
    assert not [feld for feld in felder if "maxlength" in feld.attribute]


def test_the_form_leads_to_data_protection_and_the_thanks_lead_on(client, uhr):
    ziele = [a["href"] for a in oeffne(client, ADRESSE).eines("main").alle("a")]
    assert "/datenschutz/" in ziele
    danke = oeffne(client, schicke(client, uhr).headers["Location"]).eines("main")
    assert {"/", "/kernaktivitaeten/", ADRESSE} <= {a["href"] for a in danke.alle("a")}


def test_errors_are_bound_to_their_fields(client, uhr):
    dokument = lies(schicke(client, uhr, text="").content.decode())
    feld = dokument.eines("textarea")
    assert feld["aria-invalid"] == "true"
    beschrieben = feld["aria-describedby"].split()
    texte = [dokument.eines(id=nr).text for nr in beschrieben]
    assert any("Bitte beschreiben" in text for text in texte)
    assert any("Zum Beispiel" in text for text in texte)


@pytest.mark.ignore_template_errors
def test_the_office_settles_it_and_the_contact_goes(admin_client, client, uhr):
    schicke(client, uhr, kontakt="hallo@example.org")
    meldung = Rueckmeldung.objects.get()
    adresse = f"/verwaltung/strategiearbeit/rueckmeldung/{meldung.pk}/change/"
    assert "hallo@example.org" in admin_client.get(adresse).content.decode()
    neu = {"erledigt_am": "23.11.2026", "vermerk": "Kontrast erhöht", "text": "verändert"}
    assert admin_client.post(adresse, neu).status_code == 302
    meldung.refresh_from_db()
    assert (meldung.kontakt, meldung.vermerk) == ("", "Kontrast erhöht")
    assert meldung.text == "Der Kontrast ist zu schwach."
