"""What everybody sees: the page about the stamp, the badge, and the answer behind a code."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernaktivitaeten.models import Kernaktivitaet
from seiten import drossel
from stempel.entwurf import zeichne
from stempel.models import Stempelvorlage
from stempel.zeichnung import als_pdf
from tests import factories as f
from tests.adressen import oeffne

ANFANG = 1_800_000_000.0  # seconds, as the limits count them

pytestmark = pytest.mark.django_db
FEHLVERSUCHE = 20


@pytest.fixture(autouse=True)
def ohne_fehlversuche():
    cache.clear()
    yield
    cache.clear()


# ── /stempel/ ─────────────────────────────────────────────────────────────────────────────────


def test_the_page_shows_both_texts_the_rules_and_the_way_in(client):
    seite = oeffne(client, "/stempel/").eines("main")
    for satz in (
        "„Ein Projekt der Bochum Strategie“",
        "„Ein umgesetztes Projekt der Bochum Strategie“",
        "Diese Regeln sind ein Vorschlag dieses Portals",
        "35 mm breit, mit QR-Code zusammen 80 mm",
        "nicht verzerren",
    ):
        assert satz in seite.text
    (knopf,) = seite.alle("a", "knopf")
    assert knopf["href"] == "/konto/login/?next=%2Fstempel%2Fnutzen%2F"
    bilder = seite.alle("svg", role="img")
    assert len(bilder) == 9
    assert all(bild["aria-label"] for bild in bilder)


def test_the_page_shows_the_citys_artwork_from_its_day_on(client, heute_ist):
    heute_ist(2024, 9, 2)
    vorlage(gueltig_ab=date(2024, 9, 1), veroeffentlicht_am=date(2024, 8, 1))
    seite = oeffne(client, "/stempel/").eines("main")
    assert "neutrale Vorgabe" not in seite.text
    assert seite.alle("image")[0]["href"] == "/stempel/muster/laufend-farbig.svg"
    # The city has none for dark backgrounds yet: a dark one is no example for them.
    assert "Für dunklen Grund gibt es den Stempel zurzeit nicht." in seite.text
    assert not seite.alle("use", href="#vorbild-3")
    damals = oeffne(client, "/stempel/", {"stichtag": "2024-08-31"}).eines("main")
    assert damals.alle("use", href="#vorbild-3")
    assert "neutrale Vorgabe" in damals.text
    assert not damals.alle("image")


# ── The badge ─────────────────────────────────────────────────────────────────────────────────


def abzeichen(client, ka, **parameter) -> str:
    antwort = client.get(f"/stempel/{ka.slug}.svg", parameter)
    assert antwort.status_code == 200
    assert antwort["Content-Type"] == "image/svg+xml; charset=utf-8"
    return re.search(r"<title[^>]*>(.*)</title>", antwort.content.decode())[1]


def test_the_badge_is_always_in_the_present_variant(client, ka):
    assert abzeichen(client, ka) == "Ein Projekt der Bochum Strategie: Haus des Wissens"
    f.StatusmeldungFactory(kernaktivitaet=ka, status="umgesetzt", am="09/2024")
    assert abzeichen(client, ka).startswith("Ein umgesetztes Projekt der Bochum Strategie")
    f.StatusmeldungFactory(kernaktivitaet=ka, status="eingestellt", am="10/2024")
    assert abzeichen(client, ka).startswith("Stempel der Bochum Strategie, nicht mehr gültig")
    assert abzeichen(client, ka, stichtag="2024-09-30").startswith("Ein umgesetztes")


def test_the_badge_is_kept_by_browsers_and_asked_for_again(client, ka):
    antwort = client.get(f"/stempel/{ka.slug}.svg")
    assert antwort["Cache-Control"] == "public, max-age=3600"
    nochmal = client.get(f"/stempel/{ka.slug}.svg", headers={"If-None-Match": antwort["ETag"]})
    assert (nochmal.status_code, nochmal.content) == (304, b"")


def test_a_former_address_leads_to_the_badge_of_the_same_day(client, ka):
    """Not for an hour: the address may be taken by another one meanwhile."""
    f.hiess_frueher(ka, "frueher")
    ziel = "/stempel/haus-des-wissens.svg"
    for parameter, erwartet in (
        ({}, ziel),
        ({"stichtag": "2024-09-30"}, f"{ziel}?stichtag=2024-09-30"),
    ):
        antwort = client.get("/stempel/frueher.svg", parameter)
        assert (antwort.status_code, antwort["Location"]) == (302, erwartet)
        assert "max-age" not in antwort.headers.get("Cache-Control", "")


def test_who_is_not_public_has_no_badge(client, ka):
    Kernaktivitaet.objects.update(veroeffentlicht_am=None)
    assert client.get(f"/stempel/{ka.slug}.svg").status_code == 404
    assert client.get("/stempel/gibt-es-nicht.svg").status_code == 404


@pytest.mark.parametrize("name", ["laufend-gruen", "ungueltig-grau", "a-b-c", "laufend-farbig-x"])
def test_other_motifs_do_not_exist(client, name):
    assert client.get(f"/stempel/muster/{name}.svg").status_code == 404


# ── The city's artwork ────────────────────────────────────────────────────────────────────────


def vorlage(farbe="farbig", **mehr) -> Stempelvorlage:
    datei = als_pdf(zeichne("laufend", "schwarz"))
    return f.StempelvorlageFactory(farbe=farbe, datei=datei, **mehr)


def test_the_newest_published_artwork_of_the_day_serves(client, ka, heute_ist):
    heute_ist(2024, 9, 10)
    vorlage(gueltig_ab=date(2024, 9, 1), veroeffentlicht_am=date(2024, 8, 1))
    vorlage(gueltig_ab=date(2024, 9, 5))  # not published
    vorlage(gueltig_ab=date(2024, 9, 11), veroeffentlicht_am=date(2024, 8, 1))  # not yet
    svg = client.get(f"/stempel/{ka.slug}.svg").content.decode()
    assert svg.count("<image") == 1
    assert "data:image/png;base64," in svg
    assert client.get("/stempel/muster/laufend-farbig.svg").status_code == 200
    # The city has no black one, and ours does not stand beside hers.
    assert client.get("/stempel/muster/laufend-schwarz.svg").status_code == 404
    assert client.get("/stempel/muster/umgesetzt-schwarz.svg").status_code == 200
    vorher = client.get(f"/stempel/{ka.slug}.svg", {"stichtag": "2024-08-31"})
    assert "<image" not in vorher.content.decode()


# ── /s/<code>/ ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def stempelung(ka, heute_ist):
    heute_ist(2024, 10, 1)
    return f.StempelungFactory(kernaktivitaet=ka, code="fhjlmqrwxy", am=date(2024, 9, 1))


def auskunft(client, code="fhjlmqrwxy", **parameter) -> str:
    return oeffne(client, f"/s/{code}/", parameter).eines("main").text


def test_a_code_tells_what_it_is_and_leads_on(client, stempelung):
    seite = oeffne(client, "/s/fhjlmqrwxy/")
    text = seite.eines("main").text
    for satz in (
        "Haus des Wissens",
        "Dieser Stempel ist gültig.",
        "laufend seit 27.09.2018, zuletzt bestätigt 08/2024",
        "„Ein Projekt der Bochum Strategie“",
        "1. September 2024",
    ):
        assert satz in text
    assert seite.eines("main").alle("a", "knopf")[0]["href"] == (
        "/kernaktivitaeten/haus-des-wissens/"
    )
    assert seite.eines("meta", name_="robots")["content"] == "noindex"


@pytest.mark.parametrize("code", ["FHJLMQRWXY", "fhjlm-qrwxy", "FHJLM%20QRWXY"])
def test_a_code_is_found_however_it_is_typed(client, stempelung, code):
    assert "Dieser Stempel ist gültig." in auskunft(client, code)


def test_a_code_can_be_typed(client, stempelung):
    formular = oeffne(client, "/stempel/").eines("form", action="/s/")
    assert formular.eines("input")["name"] == "code"
    antwort = client.get("/s/", {"code": " FHJLM qrwxy"})
    assert (antwort.status_code, antwort["Location"]) == (302, "/s/fhjlmqrwxy/")
    for unsinn in ("", "abc", "/../", "fhjlmqrwxyz"):
        seite = oeffne(client, "/s/", {"code": unsinn}, status=404)
        assert "Diesen Code gibt es nicht" in seite.text


def test_it_leads_to_the_kernaktivitaet_after_its_address_has_changed(client, stempelung):
    ka = stempelung.kernaktivitaet
    ka.slug = "neuer-name"
    ka.save()
    knopf = oeffne(client, "/s/fhjlmqrwxy/").eines("main").alle("a", "knopf")[0]
    assert knopf["href"] == "/kernaktivitaeten/neuer-name/"


def test_a_withdrawn_stamp_says_when_and_why(client, stempelung):
    stempelung.zurueckgezogen_am = date(2024, 9, 20)
    stempelung.rueckzug_grund = "Das Plakat gehört zu einem anderen Projekt."
    stempelung.save()
    text = auskunft(client)
    assert "Dieser Stempel wurde zurückgezogen." in text
    assert "Am 20. September 2024. Grund: Das Plakat gehört zu einem anderen Projekt." in text
    assert "Was Sie vor sich haben, gehört zur" not in text
    vorher = auskunft(client, stichtag="2024-09-19")
    assert "ist gültig" in vorher
    assert "Was Sie vor sich haben, gehört zur Kernaktivität „Haus des Wissens“" in vorher
    assert "zurückgezogen" in auskunft(client, stichtag="2024-09-20")


def test_a_stamp_whose_kernaktivitaet_ended_says_so(client, stempelung):
    f.StatusmeldungFactory(
        kernaktivitaet=stempelung.kernaktivitaet, status="eingestellt", am="15.09.2024"
    )
    text = auskunft(client)
    assert "Für neues Material gilt dieser Stempel nicht mehr." in text
    assert "darf aufgebraucht werden" in text
    assert "ist gültig" in auskunft(client, stichtag="2024-09-14")


def test_a_stamp_that_was_overtaken_by_success_says_so(client, stempelung):
    f.StatusmeldungFactory(
        kernaktivitaet=stempelung.kernaktivitaet, status="umgesetzt", am="15.09.2024"
    )
    text = auskunft(client)
    assert "Dieser Stempel ist gültig." in text
    assert "ist die Kernaktivität umgesetzt worden" in text
    assert "umgesetzt worden" not in auskunft(client, stichtag="2024-09-14")


def test_the_day_before_there_was_no_such_stamp(client, stempelung):
    antwort = oeffne(client, "/s/fhjlmqrwxy/", {"stichtag": "2024-08-31"}, status=404)
    assert "gab es diesen Stempel noch nicht" in antwort.text


def test_a_kernaktivitaet_that_is_not_public_is_not_told(client, stempelung):
    Kernaktivitaet.objects.update(veroeffentlicht_am=None)
    assert "Haus des Wissens" not in oeffne(client, "/s/fhjlmqrwxy/", status=404).text


@pytest.mark.parametrize("code", ["fhjlmqrwxz", "x", "aeiou", "<script>", "😀", "%00", "f" * 3000])
def test_an_unknown_code_is_a_friendly_404(client, stempelung, code):
    text = oeffne(client, f"/s/{code}/", status=404).eines("main").text
    assert "Diesen Code gibt es nicht. Er hat zehn Zeichen" in text
    assert "script" not in text


def test_an_unknown_code_can_be_typed_again(client, stempelung):
    seite = oeffne(client, "/s/fhjlmqrwxz/", status=404).eines("main")
    assert seite.eines("form", action="/s/").eines("input")["name"] == "code"
    assert "/stempel/" in [a["href"] for a in seite.alle("a")]


def test_the_answer_needs_no_cookie(client, stempelung):
    for adresse in ("/s/fhjlmqrwxy/", "/s/fhjlmqrwxz/"):
        antwort = client.get(adresse)
        assert not antwort.cookies
        assert "Cookie" not in antwort.headers.get("Vary", "")


def test_nobody_who_works_with_it_is_named(client, stempelung):
    assert stempelung.nutzer.username not in client.get("/s/fhjlmqrwxy/").content.decode()


def test_who_guesses_codes_has_to_wait(client, stempelung):
    for _ in range(FEHLVERSUCHE):
        assert client.get("/s/fhjlmqrwxz/").status_code == 404
    antwort = client.get("/s/fhjlmqrwxy/")
    assert antwort.status_code == 429
    assert antwort["Retry-After"] == "600"
    assert "In 10 Minuten können Sie es wieder versuchen" in antwort.content.decode()
    assert not antwort.cookies
    # Others are not in their way, nor are those who only read what exists.
    anderer = Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(FEHLVERSUCHE + 5):
        assert anderer.get("/s/fhjlmqrwxy/").status_code == 200


def test_only_guesses_count_and_for_ten_minutes(client, stempelung, monkeypatch):
    monkeypatch.setattr(drossel.time, "time", lambda: ANFANG)
    for _ in range(FEHLVERSUCHE + 1):  # the code is right, the day is not
        assert client.get("/s/fhjlmqrwxy/", {"stichtag": "2024-08-31"}).status_code == 404
        assert client.get("/s/fhjlmqrwxy/", {"stichtag": "unsinn"}).status_code == 404
    for _ in range(FEHLVERSUCHE // 2):
        assert client.get("/s/fhjlmqrwxz/").status_code == 404
        assert client.get("/s/", {"code": "abc"}).status_code == 404
    assert client.get("/s/fhjlmqrwxy/").status_code == 429
    for spaeter, status in ((595, 429), (605, 200)):
        monkeypatch.setattr(drossel.time, "time", lambda s=spaeter: ANFANG + s)
        assert client.get("/s/fhjlmqrwxy/").status_code == status


def test_readers_of_a_code_write_nothing(client, stempelung):
    client.get("/s/fhjlmqrwxy/")
    with CaptureQueriesContext(connection) as abfragen:
        client.get("/s/fhjlmqrwxy/")
    assert abfragen.captured_queries
    assert all(a["sql"].startswith("SELECT") for a in abfragen.captured_queries)


def test_the_address_of_a_reader_is_kept_nowhere(stempelung):
    Client(REMOTE_ADDR="192.0.2.77").get("/s/fhjlmqrwxz/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM zwischenspeicher")
        namen = [name for (name,) in cursor.fetchall()]
    assert any("stempel_code" in name for name in namen)
    assert not any("192.0.2.77" in name for name in namen)


def test_behind_a_proxy_everybody_is_counted_alone(stempelung):
    """Only what the trusted server wrote itself counts: what stands before it can be invented."""
    for nr in range(FEHLVERSUCHE):
        kette = f"198.51.100.{nr}, 192.0.2.1"
        Client().get("/s/fhjlmqrwxz/", headers={"X-Forwarded-For": kette})

    def stand(adresse, **kopf):
        return Client(REMOTE_ADDR=adresse).get("/s/fhjlmqrwxy/", headers=kopf).status_code

    assert stand("127.0.0.1", **{"X-Forwarded-For": "192.0.2.1"}) == 429
    assert stand("127.0.0.1", **{"X-Forwarded-For": "192.0.2.2"}) == 200
    assert stand("203.0.113.5", **{"X-Forwarded-For": "192.0.2.1"}) == 200
