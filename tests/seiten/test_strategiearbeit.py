"""Milestones, the work on the strategy, toolboxes and the texts of the office."""

from datetime import date

import pytest

from strategiearbeit.models import Barrierefreiheitserklaerung
from tests import factories as f
from tests.adressen import oeffne

pytestmark = pytest.mark.django_db


def stationen(client, parameter=None) -> list[str]:
    return [
        li.alle("p")[1].text.split(" Quelle:")[0]
        for li in oeffne(client, "/meilensteine/", parameter).eines("main").alle("li")
        if li.alle("p")
    ]


def test_milestones_and_decisions_stand_where_they_end(client):
    for nr, (am, text) in enumerate((("05/2017", "M1"), ("2021–2023", "M2"), ("08/2022", "M3"))):
        f.MeilensteinFactory(reihenfolge=nr, am=am, text=text)
    for am, titel in (("18.05.2017", "B1"), ("2017", "B2"), ("2025", "B3")):
        f.RatsbeschlussFactory(am=am, titel=titel)
    assert stationen(client) == ["B1", "M1", "B2", "M3", "M2", "B3"]


def test_a_milestone_of_the_future_of_the_day_is_not_shown(client):
    f.MeilensteinFactory(am="08/2024", text="Bis heute")
    assert stationen(client, {"stichtag": "2024-07-31"}) == []
    assert stationen(client, {"stichtag": "2024-08-01"}) == ["Bis heute"]


@pytest.mark.parametrize(
    ("text", "titel", "am", "einmal"),
    [
        ("Ratsbeschluss Strategie und erste 25", "Strategie und erste 25", "18.05.2017", True),
        ("Ratsbeschluss Strategie und erste 25", "Strategie und erste 25", "01.06.2017", False),
        ("Ratsbeschluss Strategie und erste 25", "Strategie und erste 25", "2017", False),
        ("Ratsbeschluss zu 25 KA (4. Tranche)", "Weitere", "31.05.2017", True),
        ("Ratsbeschluss zu 25 KA (4. Tranche)", "Weitere", "30.04.2017", False),
        ("Ratsbeschluss zu 25 KA (5. Tranche)", "Weitere", "18.05.2017", False),
        ("Beschlüsse zu 25 KA (4. Tranche)", "Weitere", "18.05.2017", False),
    ],
)
def test_a_milestone_that_is_a_decision_stands_once_and_leads_to_it(
    client, text, titel, am, einmal
):
    f.MeilensteinFactory(am="05/2017", text=text)
    beschluss = f.RatsbeschlussFactory(titel=titel, am=am, tranche=f.TrancheFactory(nr=4))
    assert sorted(stationen(client)) == sorted([text] if einmal else [text, titel])
    links = oeffne(client, "/meilensteine/").alle("a", href=beschluss.get_absolute_url())
    assert [link.text for link in links] == [text if einmal else titel]


def test_two_decisions_of_the_same_name_are_not_taken_for_the_milestone(client):
    f.MeilensteinFactory(am="05/2017", text="Ratsbeschluss Strategie")
    f.RatsbeschlussFactory.create_batch(2, titel="Strategie", am="18.05.2017")
    assert len(stationen(client)) == 3


@pytest.mark.parametrize(("am", "vorher"), [("30.06.2016", True), ("01.07.2016", False)])
def test_what_was_decided_before_the_work_began_stands_apart(client, am, vorher):
    f.MeilensteinFactory(am="07/2016", text="Beginn der Arbeit")
    f.RatsbeschlussFactory(titel="Konzept", am=am)
    ueberschrift = "Beschlüsse vor dem Beginn der Strategiearbeit"
    assert (ueberschrift in oeffne(client, "/meilensteine/").text) is vorher
    damals = oeffne(client, "/meilensteine/", {"stichtag": "2016-06-30"}).text
    assert (ueberschrift in damals) is vorher
    assert "Bis zu diesem Tag ist kein Meilenstein verzeichnet." in damals


def test_a_released_name_is_shown_beside_the_office(client):
    person = f.PersonFactory(name="Erika Muster", name_freigegeben=True)
    f.VerantwortungFactory(
        rolle="kompetenz",
        kompetenz=f.KompetenzFactory(),
        kernaktivitaet=None,
        stelle=None,
        person=person,
    )
    assert "Erika Muster" in oeffne(client, "/strategiearbeit/").text


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        ({"zweck": ""}, "Den Zweck beschreiben die Quellen dieses Portals nicht näher."),
        ({"zweck": "Er hilft."}, "Er hilft."),
        ({"nur_intern": True}, "der Inhalt ist nicht öffentlich"),
        ({"nur_intern": False}, "alle"),
        ({"fundort": ""}, "nicht genannt"),
    ],
)
def test_a_toolbox_says_what_it_is_for_and_whom(client, felder, satz):
    f.WerkzeugkastenFactory(slug="projekte", **felder)
    assert satz in oeffne(client, "/strategiearbeit/werkzeugkaesten/projekte/").eines("main").text
    oeffne(client, "/strategiearbeit/werkzeugkaesten/gibtesnicht/", status=404)


def test_a_text_is_markdown_and_html_in_it_stays_text(client):
    f.TextseiteFactory(
        slug="hier",
        text="## Wort\n\n**fett** <script>alert(1)</script> [x](javascript:alert(1))",
        stand=date(2026, 1, 2),
        quelle=f.QuelleFactory(titel="Ein Amt"),
    )
    antwort = client.get("/hier/").content.decode()
    assert "<h2>Wort</h2>" in antwort
    assert "<strong>fett</strong>" in antwort
    assert "<script>" not in antwort
    assert 'href="javascript:' not in antwort
    assert "Stand dieses Textes: 2. Januar 2026" in antwort
    assert "Ein Amt" in antwort


def test_a_section_has_no_page_of_its_own(client):
    f.TextseiteFactory(slug="abschnitt", eigene_seite=False)
    oeffne(client, "/abschnitt/", status=404)


def test_an_assessed_statement_shows_its_exceptions_and_dates(client):
    assert "Eine Erklärung liegt noch nicht vor." in oeffne(client, "/barrierefreiheit/").text
    erklaerung = f.BarrierefreiheitserklaerungFactory(
        vereinbarkeit=Barrierefreiheitserklaerung.Stand.TEILWEISE,
        geprueft_am=date(2026, 3, 1),
        kontakt="Schreiben Sie uns.",
    )
    f.AusnahmeFactory(erklaerung=erklaerung)
    text = oeffne(client, "/barrierefreiheit/").eines("main").text
    assert "teilweise mit den Anforderungen vereinbar" in text
    assert "Ein altes Bild. Grund: Sein Text ist nicht überliefert." in text
    assert "1. März 2026" in text
    assert "Schreiben Sie uns." in text
