"""The preview: what editors see of what is not public yet, and that nobody else does."""

import pytest
from django.test import Client

from grundlage.blick import in_vorschau
from grundlage.rollen import Rolle
from kernaktivitaeten.models import Angabe, Kernaktivitaet
from seiten.bestand import aktueller_bestand
from seiten.suche.index import index_zu
from tests import factories as f
from tests.adressen import oeffne
from tests.rollen import angemeldet, konto
from tests.verwaltung.formulare import adresse

pytestmark = pytest.mark.django_db
VORSCHAU = "/verwaltung/vorschau"


@pytest.fixture
def ka():
    ka = f.KernaktivitaetFactory(titel="Haus des Wissens", slug="haus")
    f.AngabeFactory(kernaktivitaet=ka, text="Ein Entwurfssatz", entwurf=True)
    f.StatusmeldungFactory(kernaktivitaet=ka, status="umgesetzt", am="2020", entwurf=True)
    return ka


@pytest.fixture
def kommende(ka):
    kommende = f.KernaktivitaetFactory(
        titel="Kommendes", slug="kommendes", kompetenz=ka.kompetenz, veroeffentlicht_am=None
    )
    f.AngabeFactory(kernaktivitaet=kommende, text="Noch ein Satz")
    return kommende


@pytest.fixture
def buero():
    return angemeldet(konto(Rolle.STRATEGIEBUERO))


def test_drafts_count_and_show_as_if_they_were_released(buero, client, ka):
    seite = oeffne(buero, f"{VORSCHAU}/kernaktivitaeten/haus/")
    assert "Ein Entwurfssatz" in seite.text
    assert "umgesetzt (Stand 2020" in seite.text
    assert "Ein Entwurfssatz" not in oeffne(client, "/kernaktivitaeten/haus/").text


def test_what_is_in_preparation_stands_in_lists_and_has_a_page(buero, ka, kommende):
    assert "Alle 2 Kernaktivitäten" in oeffne(buero, f"{VORSCHAU}/kernaktivitaeten/").text
    assert "Noch ein Satz" in oeffne(buero, f"{VORSCHAU}/kernaktivitaeten/kommendes/").text
    gefunden = oeffne(buero, f"{VORSCHAU}/suche/?q=kommendes").text
    assert "Noch ein Satz" in gefunden or "Kommendes" in gefunden


def test_the_page_says_what_it_is_and_is_kept_nowhere(buero, ka):
    antwort = buero.get(f"{VORSCHAU}/kernaktivitaeten/haus/", {"stichtag": "2021-01-01"})
    seite = antwort.content.decode()
    assert "<strong>Vorschau.</strong>" in seite
    assert 'href="/kernaktivitaeten/haus/?stichtag=2021-01-01">Die öffentliche Seite' in seite
    assert 'href="/verwaltung/">Zur Verwaltung' in seite
    assert '<meta name="robots" content="noindex">' in seite
    assert antwort["X-Robots-Tag"] == "noindex"
    assert {"no-store", "private"} <= set(antwort["Cache-Control"].split(", "))


def test_its_links_stay_in_the_preview_and_those_of_readers_do_not(buero, client, ka, kommende):
    start = oeffne(buero, f"{VORSCHAU}/")
    ziele = {a["href"] for a in start.alle("a") if a["href"].startswith("/")}
    ziele -= {"/", "/verwaltung/"}  # the two ways out
    assert ziele
    assert {z for z in ziele if not z.startswith(f"{VORSCHAU}/")} == set()
    assert all("vorschau" not in a["href"] for a in oeffne(client, "/").alle("a"))
    assert "/verwaltung/vorschau" not in str(index_zu(aktueller_bestand()).eintraege)


def test_the_search_of_readers_is_not_touched(buero, client, ka, kommende):
    vorher = client.get("/suche/?q=kommendes").content
    oeffne(buero, f"{VORSCHAU}/suche/?q=kommendes")
    assert client.get("/suche/?q=kommendes").content == vorher
    assert "Kommendes" not in str(index_zu(aktueller_bestand()).eintraege)
    assert not in_vorschau()


def test_an_error_closes_the_view_again(buero, client, ka, kommende):
    assert buero.get(f"{VORSCHAU}/kernaktivitaeten/gibt-es-nicht/").status_code == 404
    assert buero.get(f"{VORSCHAU}/?stichtag=morgen").status_code == 404
    assert not in_vorschau()
    assert client.get("/kernaktivitaeten/kommendes/").status_code == 404
    assert kommende.get_absolute_url() == "/kernaktivitaeten/kommendes/"


@pytest.mark.parametrize(
    ("rolle", "eigenes", "fremdes"),
    [
        (Rolle.STRATEGIEBUERO, True, True),
        (Rolle.LESEND, True, True),
        (Rolle.PROJEKTLEITUNG, True, False),
        (Rolle.KOMPETENZVERANTWORTUNG, True, False),
    ],
)
def test_each_role_sees_what_it_may(ka, rolle, eigenes, fremdes):
    fremde = f.KernaktivitaetFactory(slug="fremd", veroeffentlicht_am=None)
    offene = f.KernaktivitaetFactory(slug="offen")
    f.AngabeFactory(kernaktivitaet=offene, text="Fremder Entwurf", entwurf=True)
    client = angemeldet(konto(rolle, eigene=(ka,)))
    text = oeffne(client, f"{VORSCHAU}/kernaktivitaeten/haus/").text
    assert ("Ein Entwurfssatz" in text) == eigenes
    text = oeffne(client, f"{VORSCHAU}/kernaktivitaeten/offen/").text
    assert ("Fremder Entwurf" in text) == fremdes
    antwort = client.get(f"{VORSCHAU}{fremde.get_absolute_url()}")
    assert antwort.status_code == (200 if fremdes else 404)


def test_nobody_else_gets_a_preview(client, ka):
    for wer in (client, angemeldet(konto(Rolle.STEMPELNUTZUNG))):
        antwort = wer.get(f"{VORSCHAU}/kernaktivitaeten/haus/")
        assert antwort.status_code == 302
        assert antwort["Location"].startswith("/verwaltung/login/")


@pytest.mark.parametrize(
    "pfad",
    [
        "verwaltung/",
        "verwaltung/handbuch/",
        "verwaltung/vorschau/",
        "konto/",
        "konto/login/",
        "konto/logout/",
        "konto/password/change/",
        "healthz",
        "gibt-es-nicht/",
    ],
)
def test_only_public_pages_have_a_preview(buero, pfad):
    assert buero.get(f"{VORSCHAU}/{pfad}").status_code == 404


def test_a_preview_changes_nothing(buero, ka):
    assert buero.post(f"{VORSCHAU}/kernaktivitaeten/haus/").status_code == 405


def test_exports_have_a_preview_too(buero: Client, ka, kommende):
    assert "Kommendes" in buero.get(f"{VORSCHAU}/kernaktivitaeten.csv").content.decode()
    assert buero.get(f"{VORSCHAU}/kernaktivitaeten.json").json()["anzahl"] == 2


@pytest.mark.ignore_template_errors
def test_the_form_leads_to_the_preview_of_its_page(buero, ka):
    ziel = f'<a href="{VORSCHAU}/kernaktivitaeten/haus/">Vorschau</a>'
    for zeile in (ka, Angabe.objects.get()):
        seite = buero.get(adresse(type(zeile), "change", zeile.pk)).content.decode()
        assert ziel in seite
    quelle = adresse(type(ka.quelle), "change", ka.quelle_id)
    assert "Vorschau</a>" not in buero.get(quelle).content.decode()
    assert Kernaktivitaet.objects.get(slug="haus") == ka
