"""The list over the delivered data: what it says and where its links lead."""

import pytest

from kernaktivitaeten.models import Kernaktivitaet
from seiten.liste import JE_SEITE
from tests.adressen import abfrage, anzahl_der_liste, json_von, oeffne
from tests.seiten.test_liste import titel, verlinkt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]


def test_export_and_page_have_the_same_order(client):
    for sortierung in ("nummer", "name", "status", "neueste"):
        zeilen = json_von(client, {"sortierung": sortierung})["kernaktivitaeten"]
        assert titel(client, {"sortierung": sortierung}) == [z["titel"] for z in zeilen[:JE_SEITE]]


def test_paging_keeps_choice_order_and_stichtag(client):
    parameter = {
        "status": ["umgesetzt", "laufend"],
        "sortierung": "name",
        "seite": "2",
        "stichtag": "2024-08-31",
    }
    links = verlinkt(oeffne(client, "/kernaktivitaeten/", parameter))
    kern = "status=umgesetzt&status=laufend&sortierung=name"
    assert abfrage(links["Vorige Seite"]) == f"{kern}&stichtag=2024-08-31"
    assert abfrage(links["Nächste Seite"]) == f"{kern}&seite=3&stichtag=2024-08-31"


def test_all_and_a_choice_are_told_apart(client):
    alle = oeffne(client, "/kernaktivitaeten/")
    assert "Alle 75 Kernaktivitäten" in alle.text
    assert "aufheben" not in alle.text
    auswahl = oeffne(client, "/kernaktivitaeten/", {"status": "umgesetzt"})
    assert "34 von 75 Kernaktivitäten" in auswahl.text


def test_an_empty_list_says_so_and_leads_on(client):
    parameter = {"status": "eingestellt", "tranche": "1", "stichtag": "2024-08-31"}
    dokument = oeffne(client, "/kernaktivitaeten/", parameter)
    assert anzahl_der_liste(dokument) == 0
    assert "Zu dieser Auswahl gibt es keine Kernaktivität." in dokument.text
    assert verlinkt(dokument)["alle Kernaktivitäten"] == "/kernaktivitaeten/?stichtag=2024-08-31"


def test_each_chosen_value_can_be_taken_back_alone(client):
    parameter = {"status": ["umgesetzt", "laufend"], "tranche": "ohne", "stichtag": "2024-08-31"}
    dokument = oeffne(client, "/kernaktivitaeten/", parameter)
    ohne = {a["aria-label"]: abfrage(a["href"]) for a in dokument.alle("a") if a.text == "aufheben"}
    assert ohne == {
        "Status umgesetzt aufheben": "status=laufend&tranche=ohne&stichtag=2024-08-31",
        "Status laufend aufheben": "status=umgesetzt&tranche=ohne&stichtag=2024-08-31",
        "Tranche Tranche nicht belegt aufheben": (
            "status=umgesetzt&status=laufend&stichtag=2024-08-31"
        ),
    }


def test_the_exports_take_the_choice_along(client):
    parameter = {"status": "laufend", "sortierung": "name", "seite": "2", "stichtag": "2024-08-31"}
    dokument = oeffne(client, "/kernaktivitaeten/", parameter)
    frage = "status=laufend&sortierung=name&stichtag=2024-08-31"
    ziele = [a["href"] for a in dokument.eines("main").alle("a")]
    assert {f"/kernaktivitaeten.csv?{frage}", f"/kernaktivitaeten.json?{frage}"} <= set(ziele)
    verwiesen = [e["href"] for e in dokument.alle("link", rel="alternate")]
    assert verwiesen == [f"/kernaktivitaeten.csv?{frage}", f"/kernaktivitaeten.json?{frage}"]


def test_rows_keep_the_stichtag(client):
    ka = Kernaktivitaet.objects.first()
    links = verlinkt(oeffne(client, "/kernaktivitaeten/", {"stichtag": "2018-09-27"}))
    assert links[ka.titel] == f"{ka.get_absolute_url()}?stichtag=2018-09-27"
