"""The register with the delivered data: decisions, Tranchen, units, themes, work, texts."""

import pytest

from strategiearbeit.models import Meilenstein
from tests.adressen import anzahl_der_liste, oeffne, zahlen
from zielsystem.models import Querschnittsthema

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]

REGISTER = "/ratsbeschluesse/"


@pytest.mark.parametrize(("nr", "belegt"), [(1, 9), (2, 6), (3, 14)])
def test_a_tranche_says_how_many_of_its_places_are_known(client, nr, belegt):
    seite = oeffne(client, f"/tranchen/{nr}/").eines("main")
    assert f"Belegt sind {belegt} Kernaktivitäten von 25" in seite.text
    assert f"Welche {25 - belegt} weiteren dazugehören, sagt keine Quelle." in seite.text
    for anzahl, adresse in zahlen(seite):
        assert anzahl_der_liste(oeffne(client, adresse)) == anzahl


def test_the_third_tranche_names_both_parts(client):
    text = oeffne(client, "/tranchen/3/").text
    assert "erster Teil" in text
    assert "zweiter Teil (KA23)" in text


def test_the_doubt_about_2017_is_printed(client):
    (adresse,) = {
        a["href"]
        for a in oeffne(client, REGISTER, {"jahr": "2017", "tranche": "1"}).alle("a")
        if a["href"].startswith("/ratsbeschluesse/2017")
    }
    assert "nahm der Rat die ersten 25 Kernaktivitäten zustimmend zur Kenntnis" in (
        oeffne(client, adresse).text
    )


def test_from_a_kernaktivitaet_the_chain_leads_to_tranche_beschluss_and_back(client):
    ziele = {
        a["href"]
        for a in oeffne(client, "/kernaktivitaeten/eventbuehne-lohrheidestadion/").alle("a")
    }
    assert "/tranchen/2/" in ziele
    (beschluss,) = [z for z in ziele if z.startswith("/ratsbeschluesse/2018-09-27")]
    for adresse in ("/tranchen/2/", beschluss):
        zurueck = {a["href"] for a in oeffne(client, adresse).alle("a")}
        assert "/kernaktivitaeten/eventbuehne-lohrheidestadion/" in zurueck


def test_a_stelle_shows_what_it_answers_for_by_role(client):
    seite = oeffne(client, "/stellen/dezernat-iii/").eines("main")
    assert [h2.text for h2 in seite.alle("h2")] == [
        "Kompetenzverantwortung",
        "Linienverantwortung",
        "laut Quelle zuständig",
    ]
    assert "Vorreiterin modernen Stadtmanagements: Stand 08/2024." in seite.text
    assert "Gigabit-City Bochum" in seite.text
    assert "Transkulturelle Lots*innen" in seite.text


def test_no_theme_has_a_kernaktivitaet_because_no_source_assigns_one(client):
    for thema in Querschnittsthema.objects.all():
        assert "Noch ist keine Kernaktivität" in oeffne(client, thema.get_absolute_url()).text


def test_all_nine_milestones_keep_the_order_of_the_source(client):
    texte = list(Meilenstein.objects.order_by("reihenfolge").values_list("text", flat=True))
    gezeigt = [
        li.alle("p")[1].text.split(" Quelle:")[0]
        for li in oeffne(client, "/meilensteine/").eines("main").alle("li", "meilenstein")
    ]
    assert len(texte) == 9
    assert gezeigt == texte


def test_the_two_axes_of_responsibility_come_with_the_examples_of_the_source(client):
    seite = oeffne(client, "/strategiearbeit/").eines("main")
    assert len(seite.eines("table").alle("tr")) == 1 + 10
    assert "Dezernat I (OB)" in seite.text
    assert "Dieses Bild ist hier nicht veröffentlicht." in seite.text
    for name in ("Hubbert", "Kopietz", "Bradtke", "Dieckmann", "Anger", "Meyer"):
        assert name not in seite.text


@pytest.mark.parametrize("slug", ["impressum", "datenschutz", "kontakt"])
def test_what_is_missing_is_named_as_missing(client, slug):
    assert "fehl" in oeffne(client, f"/{slug}/").eines("main").text


def test_accessibility_is_delivered_as_not_assessed(client):
    text = oeffne(client, "/barrierefreiheit/").eines("main").text
    assert "noch nicht bewertet" in text
    assert "Die Angaben zur Ombudsstelle fehlen noch." in text
    assert "noch nicht geprüft" in text


def test_it_says_what_the_presentation_says(client):
    text = oeffne(client, "/die-strategie/").eines("main").text
    for satz in (
        "Gesamtstädtische Entwicklungsstrategie, Kompass, Orientierungsrahmen",
        "Stadtgesellschaft einbindend und aktivierend",
        "tragende Bochumer stadtgesellschaftliche Basis (DNA der Stadt)",
        "Keimzelle kultureller Innovationen",
        "Gesellschaftliche Vielfalt",
        "SMARTen Zielen",
        "Insgesamt wurden 517 Bänke aufgestellt.",
    ):
        assert satz in text


def test_results_are_those_that_belong_to_a_goal(client):
    tabelle = oeffne(client, "/die-strategie/").eines("table")
    assert len(tabelle.alle("tr")) == 1 + 7
    assert "304 Bänke" not in tabelle.text
