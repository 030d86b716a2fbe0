"""The counts over the delivered data, beside what the city published in 2022 and 2024."""

import pytest

from tests.adressen import oeffne
from tests.seiten.test_bilanz import JE_KOMPETENZ, tabelle, vergleich

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]


def test_every_row_with_a_target_has_a_bar_that_says_its_numbers(client):
    dokument = oeffne(client, "/bilanz/")
    balken = {
        tr.alle("th")[0].inhalt[0].strip(): [t.text for t in tr.alle("title")]
        for tr in dokument.alle("tr")
        if tr.alle("svg", "balken")
    }
    assert balken["2. Tranche"] == ["3 umgesetzt", "3 laufend", "19 nicht belegt"]
    assert balken["Hotspot der Live-Kultur"][-1] == "12 noch nicht festgelegt"
    assert balken["Bochum-Süd"] == ["1 umgesetzt"]
    assert "Tranche nicht belegt" not in balken  # has no target


def test_08_2024_stands_beside_our_own_count_with_its_explanation(client):
    dokument = oeffne(client, "/bilanz/")
    assert vergleich(dokument, "08/2024") == {
        "umgesetzt": ("34", "34"),
        "laufend": ("38", "39"),
        "eingestellt, integriert oder überführt": ("3", "2"),
        "zusammen": ("75", "75"),
    }
    assert "Welche die dritte ist, ist nicht veröffentlicht." in dokument.text
    assert tabelle(dokument, JE_KOMPETENZ)["alle"] == {
        "umgesetzt": "34",
        "laufend": "39",
        "eingestellt": "1",
        "überführt": "1",
        "zusammen": "75",
    }


def test_08_2022_is_counted_for_its_own_day(client):
    dokument = oeffne(client, "/bilanz/")
    zeilen = vergleich(dokument, "25.08.2022")
    assert zeilen["umgesetzt"] == ("15", "0")
    assert zeilen["überführt"] == ("1", "1")
    assert zeilen["zusammen"] == ("50", "75")
    assert zeilen["kein Stand bekannt"][0] == "nicht genannt"
    assert "dieses Portal zählt alle 75" in dokument.text


def test_the_newest_bilanz_comes_first(client):
    ueberschriften = [h.text for h in oeffne(client, "/bilanz/").alle("h3")]
    assert ueberschriften == [
        "Bilanz mit Stand August 2024",
        "Bilanz mit Stand 25. August 2022",
    ]


@pytest.mark.parametrize(
    ("stichtag", "anzahl"),
    [("2022-08-24", 0), ("2022-08-25", 1), ("2024-08-30", 1), ("2024-08-31", 2)],
)
def test_a_bilanz_appears_on_its_day(client, stichtag, anzahl):
    dokument = oeffne(client, "/bilanz/", {"stichtag": stichtag})
    assert len(dokument.alle("h3")) == anzahl
    leer = "Bis zu diesem Tag ist keine Bilanz veröffentlicht."
    assert (leer in dokument.text) == (anzahl == 0)
