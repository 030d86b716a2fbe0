"""CSV and JSON of the delivered data: complete, equal, with agreed columns and values."""

import json

import pytest

from grundlage.stichtag import heute
from tests.adressen import json_von
from tests.seiten.test_export import MEHRERE, SPALTEN, csv_von, zeile_von

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]


def test_the_csv_begins_with_a_bom_and_parts_by_semicolons_and_crlf(client):
    antwort = client.get("/kernaktivitaeten.csv")
    assert antwort.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert antwort.headers["Content-Disposition"] == (
        f'attachment; filename="kernaktivitaeten-{heute()}.csv"'
    )
    assert antwort.content.startswith(b"\xef\xbb\xbf" + ";".join(SPALTEN).encode() + b"\r\n")
    assert antwort.content.count(b"\xef\xbb\xbf") == 1


def test_the_json_is_an_object_of_stichtag_number_and_rows(client):
    antwort = client.get("/kernaktivitaeten.json", {"stichtag": "2024-08-31"})
    assert antwort.headers["Content-Type"] == "application/json"
    assert "Großstadt" in antwort.content.decode()  # readable, not escaped
    daten = json.loads(antwort.content)
    assert list(daten) == ["stichtag", "anzahl", "kernaktivitaeten"]
    assert daten["stichtag"] == "2024-08-31"
    assert daten["anzahl"] == len(daten["kernaktivitaeten"]) == 75
    assert {tuple(zeile) for zeile in daten["kernaktivitaeten"]} == {tuple(SPALTEN)}


@pytest.mark.parametrize(
    "parameter",
    [{}, {"status": ["laufend", "umgesetzt"], "sortierung": "name", "stichtag": "2022-08-25"}],
    ids=["alle", "auswahl"],
)
def test_both_have_the_same_rows_in_the_same_order(client, parameter):
    zeilen = json_von(client, parameter)["kernaktivitaeten"]
    flach = [{s: "|".join(z[s]) if s in MEHRERE else str(z[s]) for s in SPALTEN} for z in zeilen]
    assert csv_von(client, parameter) == flach
    assert flach


def test_both_are_complete_whatever_page_is_asked(client):
    assert len(csv_von(client, {"seite": "2"})) == 75
    assert json_von(client, {"seite": "2"})["anzahl"] == 75


def test_a_status_since_a_day_and_confirmed_later_has_both_days(client):
    zeile = zeile_von(client, "eventbuehne-lohrheidestadion", stichtag="2024-08-31")
    assert zeile["status"] == "laufend"
    assert (zeile["status_seit"], zeile["status_stand"]) == ("2018-09-27", "2024-08-31")
    assert zeile["schwerpunkte"] == ["Erstklassige Pop-Kultur"]
    assert zeile["tranche"] == "2"
    assert zeile["url"] == "http://testserver/kernaktivitaeten/eventbuehne-lohrheidestadion/"


def test_a_beginning_that_is_not_proved_stays_empty(client):
    zeile = zeile_von(client, "bochumservice-115-wir-lieben-fragen", stichtag="2024-08-31")
    assert zeile["status"] == "umgesetzt"
    assert (zeile["status_seit"], zeile["status_stand"]) == ("", "2024-08-31")


def test_before_the_first_statement_the_status_is_empty(client):
    zeilen = json_von(client, {"stichtag": "2010-01-01"})["kernaktivitaeten"]
    leer = {(z["status"], z["status_seit"], z["status_stand"]) for z in zeilen}
    assert leer == {("", "", "")}
    assert len(zeilen) == 75


def test_kinds_of_values_are_as_agreed(client):
    for zeile in json_von(client)["kernaktivitaeten"]:
        assert isinstance(zeile["nr"], int)
        assert zeile["status"] in {"laufend", "umgesetzt", "eingestellt", "ueberfuehrt"}
        assert zeile["tranche"] in {"", "1", "2", "3"}
        assert all(isinstance(zeile[spalte], list) for spalte in MEHRERE)
        assert isinstance(zeile["titel"], str)
