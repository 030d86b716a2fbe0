"""CSV and JSON: several values, separators, and no cell that becomes a formula."""

import csv
import io

import pytest

from kernaktivitaeten.models import Kernaktivitaet
from tests import factories as f
from tests.adressen import json_von

pytestmark = pytest.mark.django_db

SPALTEN = [
    "kompetenz",
    "nr",
    "titel",
    "slug",
    "status",
    "status_seit",
    "status_stand",
    "schwerpunkte",
    "tranche",
    "querschnittsthemen",
    "linienverantwortung",
    "url",
]
MEHRERE = {"schwerpunkte", "querschnittsthemen", "linienverantwortung"}


def csv_von(client, parameter=None) -> list[dict[str, str]]:
    """The rows of the CSV as Excel would read them."""
    antwort = client.get("/kernaktivitaeten.csv", parameter)
    assert antwort.status_code == 200
    leser = csv.DictReader(io.StringIO(antwort.content.decode("utf-8-sig")), delimiter=";")
    assert leser.fieldnames == SPALTEN
    return list(leser)


def zeile_von(client, slug: str, **parameter) -> dict:
    (zeile,) = [z for z in json_von(client, parameter)["kernaktivitaeten"] if z["slug"] == slug]
    return zeile


# ── Values ────────────────────────────────────────────────────────────────────────────────────


def test_several_values_are_a_list_in_json_and_parted_by_a_bar_in_csv(client):
    ka = f.KernaktivitaetFactory(slug="diese")
    for titel in ("Erster", "Zweiter"):
        f.ZuordnungFactory(kernaktivitaet=ka, schwerpunkt__titel=titel)
        f.QuerschnittszuordnungFactory(kernaktivitaet=ka, thema__titel=titel)
        f.VerantwortungFactory(kernaktivitaet=ka, stelle__name=titel)
    f.VerantwortungFactory(kernaktivitaet=ka, rolle="projektleitung", stelle__name="Dritter")
    person = f.PersonFactory(name="Erika Mustermann", name_freigegeben=True)
    f.VerantwortungFactory(kernaktivitaet=ka, stelle=None, person=person)
    (zeile,) = csv_von(client)
    for spalte in MEHRERE:
        assert zeile[spalte] == "Erster|Zweiter", spalte
        assert zeile_von(client, "diese")[spalte] == ["Erster", "Zweiter"]


# ── No cell is a formula ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("anfang", ["=", "+", "-", "@", "\t", "\r", "\n"], ids=repr)
def test_no_cell_begins_as_a_formula(client, anfang):
    boese = f'{anfang}HYPERLINK("https://boese.example";"x")'
    ka = f.KernaktivitaetFactory(titel=boese, kompetenz__titel=boese)
    f.ZuordnungFactory(kernaktivitaet=ka, schwerpunkt__titel=boese)
    f.VerantwortungFactory(kernaktivitaet=ka, stelle__name=boese)
    (zeile,) = csv_von(client)
    for spalte in ("titel", "kompetenz", "schwerpunkte", "linienverantwortung"):
        assert zeile[spalte].startswith("'"), spalte
        assert zeile[spalte].removeprefix("'") == boese
    assert json_von(client)["kernaktivitaeten"][0]["titel"] == boese


@pytest.mark.parametrize(
    "titel", ['Das "Beste"; oder nicht', "Zwei\nZeilen", "a;b", "A = B", "É|x"]
)
def test_separators_within_a_cell_survive(client, titel):
    f.KernaktivitaetFactory(titel=titel)
    assert [zeile["titel"] for zeile in csv_von(client)] == [titel]


# ── Not public ────────────────────────────────────────────────────────────────────────────────


def test_what_is_not_public_is_in_neither(client):
    f.KernaktivitaetFactory(titel="Sichtbar")
    f.StatusmeldungFactory(
        kernaktivitaet=f.KernaktivitaetFactory(titel="Geheim", veroeffentlicht_am=None)
    )
    assert Kernaktivitaet.objects.count() == 2
    for stichtag in ({}, {"stichtag": "2024-08-31"}, {"stichtag": "2016-01-01"}):
        assert [z["titel"] for z in csv_von(client, stichtag)] == ["Sichtbar"]
        assert json_von(client, stichtag)["anzahl"] == 1


@pytest.mark.parametrize(
    ("felder", "tag", "da"),
    [
        ({"am": "2017–2019", "bezug": "ab"}, "2016-12-31", False),
        ({"am": "2017–2019", "bezug": "ab"}, "2017-01-01", True),
        ({"am": "2017–2019", "bezug": "ab"}, "2019-12-31", True),
        ({"am": "2017–2019", "bezug": "ab"}, "2020-01-01", False),
        ({"am": "05/2017", "bezug": "ab"}, "2020-01-01", True),
        ({"am": "seit 2017", "bezug": "ab"}, "2020-01-01", True),
        ({"am": "bis 2018", "bezug": "ab"}, "2019-01-01", False),
        ({"am": "08/2018", "bezug": "stand"}, "2020-01-01", True),
        ({"am": "", "bezug": ""}, "2016-01-01", True),
    ],
)
def test_the_line_that_answers_is_that_of_the_day(client, felder, tag, da):
    ka = f.KernaktivitaetFactory(slug="diese")
    f.VerantwortungFactory(kernaktivitaet=ka, rolle="linie", stelle__name="Tiefbauamt", **felder)
    erwartet = ["Tiefbauamt"] if da else []
    assert zeile_von(client, "diese", stichtag=tag)["linienverantwortung"] == erwartet


def test_a_person_answers_as_an_office_and_each_office_once(client):
    ka = f.KernaktivitaetFactory(slug="diese")
    person = f.PersonFactory(name="Erika Muster", name_freigegeben=True)
    amt = f.BesetzungFactory(person=person, stelle__name="Dezernat I").stelle
    for wer in ({"person": person, "stelle": None}, {"stelle": amt}):
        f.VerantwortungFactory(kernaktivitaet=ka, rolle="linie", **wer)
    assert zeile_von(client, "diese")["linienverantwortung"] == ["Dezernat I"]
