"""The page of counts: our own numbers, and beside them what the city published."""

import pytest

from tests import factories as f
from tests.adressen import oeffne
from tests.dokument import Element

pytestmark = pytest.mark.django_db


def tabelle(dokument: Element, titel: str) -> dict[str, dict[str, str]]:
    """The table with the caption ``titel``: row → column → words of the cell."""
    (gefunden,) = [t for t in dokument.alle("table") if t.eines("caption").text == titel]
    spalten = [th.text for th in gefunden.eines("thead").alle("th")]
    zeilen = [
        tr.alle() for teil in ("tbody", "tfoot") for t in gefunden.alle(teil) for tr in t.alle("tr")
    ]
    ergebnis = {}
    for zeile in zeilen:
        zellen = [e for e in zeile if e.name in ("th", "td")]
        name, *werte = [" ".join(t for t in _worte(z)) for z in zellen]
        ergebnis[name] = dict(zip(spalten[1:], werte, strict=True))
    return ergebnis


def _worte(zelle: Element) -> list[str]:
    """What is to be seen in a cell: neither charts nor what is only read out."""
    teile = []
    for teil in zelle.inhalt:
        if isinstance(teil, str):
            teile += teil.split()
        elif teil.name != "svg" and "nur-vorlesen" not in teil.klassen:
            teile += _worte(teil)
    return teile


def vergleich(dokument: Element, stand: str) -> dict[str, tuple[str, str]]:
    zeilen = tabelle(dokument, f"Veröffentlicht und gezählt, Stand {stand}")
    return {name: (z["veröffentlicht"], z["hier gezählt"]) for name, z in zeilen.items()}


JE_KOMPETENZ = "Kernaktivitäten nach Kompetenz und Status"
JE_TRANCHE = "Kernaktivitäten nach Tranche und Status"


# ── Counts ────────────────────────────────────────────────────────────────────────────────────


def test_before_the_first_statement_both_unknowns_have_a_column(client):
    kompetenz = f.KompetenzFactory(titel="Große Kompetenz")
    f.KernaktivitaetFactory(kompetenz=kompetenz)
    noch_nicht = f.KernaktivitaetFactory(kompetenz=kompetenz)
    f.BeschlusswirkungFactory(kernaktivitaet=noch_nicht, beschluss__am="27.09.2018")
    zeile = tabelle(oeffne(client, "/bilanz/", {"stichtag": "2018-01-01"}), JE_KOMPETENZ)
    assert zeile["Große Kompetenz"] == {
        "umgesetzt": "0",
        "laufend": "0",
        "eingestellt": "0",
        "überführt": "0",
        "noch nicht beschlossen": "1",
        "kein Stand bekannt": "1",
        "zusammen": "2",
    }


def test_without_unknowns_their_columns_are_left_out(client):
    f.StatusmeldungFactory(status="umgesetzt")
    zeilen = tabelle(oeffne(client, "/bilanz/"), JE_KOMPETENZ)
    assert list(zeilen["alle"]) == [
        "umgesetzt",
        "laufend",
        "eingestellt",
        "überführt",
        "zusammen",
    ]
    assert zeilen["alle"]["umgesetzt"] == zeilen["alle"]["zusammen"] == "1"


def test_tranchen_have_a_row_each_and_one_for_the_unknown(client):
    tranche = f.TrancheFactory(nr=2)
    mit = f.KernaktivitaetFactory(tranche=tranche, tranche_quelle=tranche.quelle)
    f.StatusmeldungFactory(kernaktivitaet=mit)
    f.StatusmeldungFactory()
    zeilen = tabelle(oeffne(client, "/bilanz/"), JE_TRANCHE)
    assert {name: zeile["laufend"] for name, zeile in zeilen.items()} == {
        "2. Tranche": "1",
        "Tranche nicht belegt": "1",
        "alle": "2",
    }


@pytest.mark.parametrize(
    ("am", "erwartet"),
    [
        ([], "Für diesen Tag liegt keine Angabe vor."),
        (["08/2024"], "Angaben mit Stand 08/2024."),
        (["25.08.2022", "08/2024", "2023"], "Angaben vom 25.08.2022 bis 08/2024."),
    ],
)
def test_the_page_says_on_which_statements_it_rests(client, am, erwartet):
    for tag in am:
        f.StatusmeldungFactory(am=tag)
    f.KernaktivitaetFactory()
    assert f"Grundlage: {erwartet} Wie dieses Portal zählt" in oeffne(client, "/bilanz/").text


# ── What was published ────────────────────────────────────────────────────────────────────────


NICHT_ERKLAERT = "Der Unterschied ist nicht erklärt."


@pytest.mark.parametrize(
    ("felder", "erwartet", "verboten"),
    [
        ({"gesamt": 1, "laufend": 1}, [], ["Warum die Zahlen abweichen"]),
        ({"gesamt": 1}, ["nicht genannt"], ["Warum die Zahlen abweichen"]),
        ({"gesamt": 2, "laufend": 1}, [NICHT_ERKLAERT], []),
        ({"gesamt": 1, "laufend": 0}, [NICHT_ERKLAERT], []),
        ({"gesamt": 2, "erklaerung": "Darum."}, ["abweichen: Darum."], [NICHT_ERKLAERT]),
        ({"gesamt": 1, "erklaerung": "Darum."}, [], ["Darum."]),
        ({"gesamt": 1, "anmerkung": "Vorläufig."}, ["Anmerkung zur Quelle: Vorläufig."], []),
        ({"gesamt": 1}, [], ["Anmerkung zur Quelle"]),
    ],
)
def test_a_difference_is_explained_or_said_to_be_unexplained(client, felder, erwartet, verboten):
    f.StatusmeldungFactory(status="laufend", am="08/2024")
    f.BilanzFactory(**felder)
    inhalt = oeffne(client, "/bilanz/").eines("article").text
    for satz in erwartet:
        assert satz in inhalt, satz
    for satz in verboten:
        assert satz not in inhalt, satz


def test_parts_that_were_published_apart_are_compared_apart(client):
    f.StatusmeldungFactory(status="eingestellt")
    f.BilanzFactory(gesamt=1, umgesetzt=0, laufend=0, eingestellt=1, ueberfuehrt=0)
    zeilen = vergleich(oeffne(client, "/bilanz/"), "08/2024")
    assert zeilen["eingestellt"] == ("1", "1")
    assert zeilen["überführt"] == ("0", "0")
    assert "eingestellt oder überführt" not in zeilen
    assert "Warum die Zahlen" not in oeffne(client, "/bilanz/").text


def verlauf(client, **parameter) -> list[list[str]]:
    """The rows of the table of published Bilanzen, as words."""
    tabellen = [
        tabelle
        for tabelle in oeffne(client, "/bilanz/", parameter).alle("table")
        if tabelle.eines("caption").text == "Die veröffentlichten Bilanzen im Verlauf"
    ]
    return [
        [zelle.text for zelle in zeile.alle() if zelle.name in ("th", "td")]
        for tabelle in tabellen
        for zeile in tabelle.eines("tbody").alle("tr")
    ]


def test_published_bilanzen_stand_in_the_course_of_time(client):
    f.BilanzFactory(am="08/2024", gesamt=75, umgesetzt=34, laufend=38, eingestellt_ueberfuehrt=3)
    f.BilanzFactory(am="2022", gesamt=50, umgesetzt=15, laufend=None, eingestellt=1, ueberfuehrt=2)
    f.BilanzFactory(am="2026", gesamt=80, umgesetzt=None, laufend=None, eingestellt=1)
    assert [zeile[0].split()[0] for zeile in verlauf(client, stichtag="2024-08-31")] == [
        "2022",
        "08/2024",
    ]
    assert [zeile[1:] for zeile in verlauf(client, stichtag="2024-08-31")] == [
        ["15", "nicht genannt", "3", "50"],
        ["34", "38", "3", "75"],
    ]
    assert verlauf(client, stichtag="2024-08-30") == []  # one alone is no course of time
