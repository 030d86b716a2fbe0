"""The lists: what they cost, what they show and find, and the tree."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kernaktivitaeten.models import Bezeichnung, Kernaktivitaet, Ratsbeschluss
from strategiearbeit.models import Textseite
from tests import factories as f
from tests.verwaltung.formulare import MODELLE, adresse
from verwaltung.formular import auswahltext
from zielsystem.models import Zielelement

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.mark.parametrize("modell", MODELLE, ids=lambda modell: modell.__name__)
def test_a_list_costs_the_same_with_3_and_with_23_rows(admin_client, modell):
    gemeinsam = {}  # every row reads its relations anew, even if they are the same
    felder = {feld.name for feld in modell._meta.fields}
    if "quelle" in felder:
        gemeinsam["quelle"] = f.QuelleFactory()
    if "kernaktivitaet" in felder and modell is not Bezeichnung:
        gemeinsam["kernaktivitaet"] = f.KernaktivitaetFactory()

    def abfragen(anzahl: int) -> int:
        for _ in range(anzahl - modell.objects.count()):
            f.FACTORIES[modell](**gemeinsam)
        with CaptureQueriesContext(connection) as gezaehlt:
            assert admin_client.get(adresse(modell, "changelist")).status_code == 200
        return len(gezaehlt)

    assert abfragen(3) == abfragen(23)


def test_kernaktivitaeten_with_all_that_belongs_to_them_cost_no_more(admin_client):
    def abfragen(anzahl: int) -> int:
        for _ in range(anzahl):
            zuordnung = f.ZuordnungFactory()
            f.StatusmeldungFactory(kernaktivitaet=zuordnung.kernaktivitaet)
            person = f.BesetzungFactory().person
            f.VerantwortungFactory(
                kernaktivitaet=zuordnung.kernaktivitaet, stelle=None, person=person
            )
        with CaptureQueriesContext(connection) as gezaehlt:
            seite = admin_client.get(adresse(Kernaktivitaet, "changelist")).content.decode()
            admin_client.get(adresse(Zielelement, "changelist"))
        assert "Schwerpunkt " in seite
        return len(gezaehlt)

    assert abfragen(2) == abfragen(9)


@pytest.mark.parametrize("modell", MODELLE, ids=lambda modell: modell.__name__)
def test_a_list_and_what_is_offered_while_one_types_have_an_order(rf, admin_user, modell):
    """Where rows are counted, that of the model is lost."""
    anfrage = rf.get("/")
    anfrage.user = admin_user
    assert admin.site.get_model_admin(modell).get_queryset(anfrage).ordered


@pytest.mark.parametrize("gesucht", ["öpnv", "ÖPNV", "opnv", "netz öpnv"])
def test_the_search_folds_umlauts(admin_client, gesucht):
    ka = f.KernaktivitaetFactory(titel="ÖPNV-Netz")
    f.KernaktivitaetFactory(titel="Stadtpark")
    liste = admin_client.get(adresse(Kernaktivitaet, "changelist"), {"q": gesucht})
    assert list(liste.context["cl"].result_list) == [ka]
    wahl = admin_client.get(
        reverse("admin:autocomplete"),
        {
            "term": gesucht,
            "app_label": "kernaktivitaeten",
            "model_name": "statusmeldung",
            "field_name": "kernaktivitaet",
        },
    )
    assert [treffer["text"] for treffer in wahl.json()["results"]] == ["ÖPNV-Netz"]


def test_other_names_are_found_once(admin_client):
    ka = f.KernaktivitaetFactory()
    for text in ("Tapetenwechsel", "Tapetenwechsel 2"):
        f.BezeichnungFactory(kernaktivitaet=ka, text=text)
    liste = admin_client.get(adresse(Kernaktivitaet, "changelist"), {"q": "tapete"})
    assert list(liste.context["cl"].result_list) == [ka]


@pytest.mark.parametrize(
    "fehlt",
    [
        "Schwerpunkt",
        "Querschnittsthema",
        "Tranche",
        "Stand",
        "Stelle",
        "Ort mit Stadtbezirk",
        "Projektziel",
    ],
)
def test_the_list_says_what_is_missing(admin_client, fehlt):
    ohne = f.KernaktivitaetFactory()
    mit = f.KernaktivitaetFactory(tranche=f.TrancheFactory(), tranche_quelle=f.QuelleFactory())
    f.ZuordnungFactory(kernaktivitaet=mit, schwerpunkt=f.SchwerpunktFactory(eltern=mit.kompetenz))
    f.QuerschnittszuordnungFactory(kernaktivitaet=mit)
    f.StatusmeldungFactory(kernaktivitaet=mit)
    f.VerantwortungFactory(kernaktivitaet=mit)
    f.OrtFactory(kernaktivitaet=mit, stadtbezirk="mitte")
    f.ProjektzielFactory(kernaktivitaet=mit)
    liste = admin_client.get(adresse(Kernaktivitaet, "changelist"), {"fehlt": fehlt})
    assert list(liste.context["cl"].result_list) == [ohne]


@pytest.mark.parametrize("modell", MODELLE, ids=lambda modell: modell.__name__)
def test_every_filter_of_every_list_can_be_chosen(admin_client, modell):
    f.FACTORIES[modell]()
    seite = admin_client.get(adresse(modell, "changelist"))
    for filter_ in seite.context["cl"].filter_specs:
        for wahl in filter_.choices(seite.context["cl"]):
            antwort = admin_client.get(adresse(modell, "changelist") + wahl["query_string"])
            assert antwort.status_code == 200, wahl


def test_the_list_filters_by_status_of_today_and_theme(admin_client):
    laufend = f.StatusmeldungFactory().kernaktivitaet
    thema = f.QuerschnittszuordnungFactory().thema
    url = adresse(Kernaktivitaet, "changelist")
    treffer = admin_client.get(url, {"lage": "laufend"}).context["cl"].result_list
    assert list(treffer) == [laufend]
    nach_thema = {"querschnittsthemen__id__exact": thema.pk}
    treffer = admin_client.get(url, nach_thema).context["cl"].result_list
    assert [ka.querschnittsthemen.get() for ka in treffer] == [thema]


def test_beschluesse_are_filtered_by_gremium(admin_client):
    rat = f.RatsbeschlussFactory(gremium="Rat")
    f.RatsbeschlussFactory(gremium="Hauptausschuss")
    treffer = admin_client.get(adresse(Ratsbeschluss, "changelist"), {"gremium": "Rat"})
    assert list(treffer.context["cl"].result_list) == [rat]


def test_the_tree_is_indented_by_level_with_the_kernaktivitaeten_below(admin_client):
    zuordnung = f.ZuordnungFactory()
    kompetenz = zuordnung.schwerpunkt.eltern
    ohne = f.KernaktivitaetFactory(kompetenz=kompetenz, titel="Ohne Schwerpunkt")
    seite = admin_client.get(adresse(Zielelement, "changelist")).content.decode()
    assert re.findall(r'<div class="baum baum-(\d)"><a href="[^"]+">([^<]+)</a>', seite) == [
        ("0", "Wissen – Wandel – Wir-Gefühl"),
        ("1", kompetenz.titel),
        ("2", zuordnung.schwerpunkt.titel),
    ]
    assert "1 Kernaktivität noch ohne Schwerpunkt" in seite
    unter_schwerpunkt = seite.split(zuordnung.schwerpunkt.titel)[1]
    assert f">{zuordnung.kernaktivitaet.nr} {zuordnung.kernaktivitaet}<" in unter_schwerpunkt
    assert f">{ohne.nr} {ohne}<" not in unter_schwerpunkt
    assert "style=" not in seite


def test_a_text_page_shows_how_readers_see_it(admin_client):
    textseite = f.TextseiteFactory(text="## Anfahrt\n\n<script>alert(1)</script>")
    seite = admin_client.get(adresse(Textseite, "change", textseite.pk)).content.decode()
    assert "<h2>Anfahrt</h2>" in seite
    assert "<script>alert" not in seite
    assert (
        "Erscheint nach dem Speichern."
        in admin_client.get(adresse(Textseite, "add")).content.decode()
    )


def test_the_administration_has_its_name(admin_client):
    seite = admin_client.get("/verwaltung/").content.decode()
    assert "<title>Was möchten Sie bearbeiten? | Verwaltung des Strategieportals</title>" in seite
    assert "Strategieportal Bochum – Verwaltung" in seite


def test_an_unpublished_kernaktivitaet_has_no_link_to_its_page(admin_client):
    ka = f.KernaktivitaetFactory(veroeffentlicht_am=None)
    assert (
        "viewsitelink"
        not in admin_client.get(adresse(Kernaktivitaet, "change", ka.pk)).content.decode()
    )


def test_sources_with_the_same_title_can_be_told_apart(admin_client):
    lang = "https://www.waz.de/staedte/bochum/" + "x" * 60
    erste = f.QuelleFactory(titel="WAZ", adresse=f"{lang}/haus-des-wissens.html", am="08/2024")
    zweite = f.QuelleFactory(titel="WAZ", adresse="https://waz.de/b")
    wahl = admin_client.get(
        reverse("admin:autocomplete"),
        {
            "term": "waz",
            "app_label": "kernaktivitaeten",
            "model_name": "kernaktivitaet",
            "field_name": "quelle",
        },
    )
    texte = {int(treffer["id"]): treffer["text"] for treffer in wahl.json()["results"]}
    assert texte == {erste.pk: auswahltext(erste), zweite.pk: "WAZ – waz.de/b"}
    assert re.fullmatch(r"WAZ – …x+/haus-des-wissens\.html – Stand 08/2024", texte[erste.pk])
    ka = f.KernaktivitaetFactory(quelle=erste)
    f.OrtFactory(kernaktivitaet=ka, quelle=zweite)
    seite = admin_client.get(adresse(Kernaktivitaet, "change", ka.pk)).content.decode()
    assert f"{auswahltext(erste)}</option>" in seite
    assert "WAZ – waz.de/b</option>" in seite
    # Readers see the title and the state, as before.
    assert str(erste) == "WAZ, Stand 08/2024"


def test_what_is_changed_most_stands_first(admin_client):
    seite = admin_client.get("/verwaltung/").content.decode().split("Alle Daten")[-1]
    modelle = re.findall(r'<tr class="model-(\w+)', seite)
    assert modelle[:3] == ["kernaktivitaet", "statusmeldung", "ratsbeschluss"]
    assert len(modelle) > 20
    assert modelle.index("zielelement") > modelle.index("zuordnung")


def test_a_filter_is_called_by_its_name(admin_client):
    seite = admin_client.get(adresse(Kernaktivitaet, "changelist")).content.decode()
    namen = re.findall(r"<summary>([^<]+)</summary>", seite)
    assert "Es fehlt" in namen
    assert not [name for name in namen if name.startswith("Nach ")]
