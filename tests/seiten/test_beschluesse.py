"""The register of decisions: what was decided, whom it concerns, what became of it."""

import pytest

from tests import factories as f
from tests.adressen import oeffne

pytestmark = pytest.mark.django_db

REGISTER = "/ratsbeschluesse/"


def titel(client, parameter=None) -> list[str]:
    """The titles of the register in their order."""
    return [h3.text for h3 in oeffne(client, REGISTER, parameter).eines("main").alle("h3")]


def test_decisions_stand_newest_first_and_known_days_above_their_year(client):
    for am, name in (("2023", "Jahr"), ("04.05.2023", "Tag"), ("09/2018", "Monat")):
        f.RatsbeschlussFactory(titel=name, am=am)
    assert titel(client) == ["Tag", "Jahr", "Monat"]


@pytest.mark.parametrize(
    ("stichtag", "da"), [("2018-09-26", False), ("2018-09-27", True), ("2018-09-28", True)]
)
def test_a_decision_is_there_from_its_day_on(client, stichtag, da):
    f.RatsbeschlussFactory(titel="Zweite", am="27.09.2018", slug="zweite")
    assert titel(client, {"stichtag": stichtag}) == (["Zweite"] if da else [])
    oeffne(client, f"{REGISTER}zweite/", {"stichtag": stichtag}, status=200 if da else 404)


def test_a_decision_known_to_the_year_is_there_when_the_year_is_over(client):
    f.RatsbeschlussFactory(titel="2021", am="2021")
    assert titel(client, {"stichtag": "2021-12-30"}) == []
    assert titel(client, {"stichtag": "2021-12-31"}) == ["2021"]


def test_filters_combine_and_name_what_they_do_not_know(client):
    zwei = f.TrancheFactory(nr=2)
    f.RatsbeschlussFactory(titel="Rat 2018", am="27.09.2018", gremium="Rat", tranche=zwei)
    f.RatsbeschlussFactory(titel="Rat 2019", am="2019", gremium="Rat")
    f.RatsbeschlussFactory(titel="Ausschuss", am="2018", gremium="Ausschuss")
    f.RatsbeschlussFactory(titel="Offen", am="2018–2019", gremium="")
    assert titel(client, {"jahr": "2018"}) == ["Rat 2018", "Offen", "Ausschuss"]
    assert titel(client, {"gremium": "Rat"}) == ["Rat 2019", "Rat 2018"]
    assert titel(client, {"gremium": "ohne"}) == ["Offen"]
    assert titel(client, {"tranche": "2"}) == ["Rat 2018"]
    assert titel(client, {"tranche": "ohne", "gremium": "Rat"}) == ["Rat 2019"]
    assert titel(client, {"jahr": "2018", "gremium": "Rat"}) == ["Rat 2018"]
    seite = oeffne(client, REGISTER, {"jahr": "1999", "gremium": "Rat"})
    assert "Jahr „1999“ wurde nicht berücksichtigt" in seite.text
    assert "2 von 4 Beschlüssen" in seite.text


def test_an_empty_choice_says_so_and_leads_on(client):
    f.RatsbeschlussFactory(am="2018", gremium="Rat")
    f.RatsbeschlussFactory(am="2019", gremium="Ausschuss")
    leer = oeffne(client, REGISTER, {"jahr": "2018", "gremium": "Ausschuss"})
    assert "Zu dieser Auswahl gibt es keinen Beschluss." in leer.text
    assert "kein Beschluss bekannt" in oeffne(client, REGISTER, {"stichtag": "2000-01-01"}).text


def test_a_decision_shows_its_kernaktivitaeten_as_they_stand_on_the_day(client):
    beschluss = f.RatsbeschlussFactory(slug="dieser", am="2017", ergebnis="einstimmig")
    eine = f.KernaktivitaetFactory(titel="Eine")
    f.BeschlusswirkungFactory(beschluss=beschluss, kernaktivitaet=eine, wirkung="beauftragt")
    f.BeschlusswirkungFactory(beschluss=beschluss, kernaktivitaet__titel="Andere", wirkung="")
    f.StatusmeldungFactory(kernaktivitaet=eine, status="laufend", bezug="ab", am="01.01.2018")
    f.StatusmeldungFactory(kernaktivitaet=eine, status="umgesetzt", bezug="ab", am="01.01.2020")
    damals = oeffne(client, f"{REGISTER}dieser/", {"stichtag": "2019-12-31"}).eines("main").text
    assert "Wirkung: beauftragt" in damals
    assert "laufend seit 01.01.2018" in damals
    assert "Wirkung nicht genannt" in damals
    assert "umgesetzt" not in damals
    assert "umgesetzt seit 01.01.2020" in oeffne(client, f"{REGISTER}dieser/").text


@pytest.mark.parametrize(
    ("stichtag", "da"), [("2022-08-24", False), ("2022-08-25", True), ("2022-08-26", True)]
)
def test_a_tranche_names_its_beschluss_from_its_day_on(client, stichtag, da):
    f.RatsbeschlussFactory(titel="Dieser", am="25.08.2022", tranche=f.TrancheFactory(nr=4))
    text = oeffne(client, "/tranchen/4/", {"stichtag": stichtag}).text
    assert ("25. August 2022: Dieser" in text) is da
    assert ("Bis zu diesem Tag ist kein Beschluss dazu belegt." in text) is not da


def test_a_kernaktivitaet_that_is_not_public_is_in_no_decision_tranche_or_stelle(client):
    tranche = f.TrancheFactory(nr=4)
    beschluss = f.RatsbeschlussFactory(slug="dieser", tranche=tranche)
    geheim = f.KernaktivitaetFactory(
        titel="Geheimsache",
        veroeffentlicht_am=None,
        tranche=tranche,
        tranche_quelle=f.QuelleFactory(),
    )
    offen = f.KernaktivitaetFactory(titel="Offenes")
    stelle = f.StelleFactory(slug="amt")
    for ka in (geheim, offen):
        f.BeschlusswirkungFactory(beschluss=beschluss, kernaktivitaet=ka)
        f.VerantwortungFactory(kernaktivitaet=ka, stelle=stelle)
    for adresse in (REGISTER, f"{REGISTER}dieser/", "/tranchen/4/", "/stellen/amt/"):
        assert "Geheimsache" not in oeffne(client, adresse).text
    assert "Offenes" in oeffne(client, "/stellen/amt/").text


def test_a_stelle_that_answers_only_for_what_is_not_public_has_no_page(client):
    f.VerantwortungFactory(
        kernaktivitaet__veroeffentlicht_am=None, stelle=f.StelleFactory(slug="amt")
    )
    oeffne(client, "/stellen/amt/", status=404)


def test_a_former_address_leads_to_the_present_one_and_keeps_the_day(client):
    ka = f.KernaktivitaetFactory(slug="heute")
    f.hiess_frueher(ka, "frueher")
    antwort = client.get("/kernaktivitaeten/frueher/", {"stichtag": "2020-01-01"})
    assert (antwort.status_code, antwort["Location"]) == (
        302,
        "/kernaktivitaeten/heute/?stichtag=2020-01-01",
    )
    ka.veroeffentlicht_am = None
    ka.save()
    oeffne(client, "/kernaktivitaeten/frueher/", status=404)


@pytest.mark.parametrize(
    ("felder", "da"),
    [
        ({}, False),
        ({"betrifft_strategie": True}, True),
        ({"tranche__nr": 4}, True),
    ],
)
def test_what_concerns_only_what_is_in_preparation_is_not_listed(client, felder, da):
    if "tranche__nr" in felder:
        felder = {"tranche": f.TrancheFactory(nr=4)}
    beschluss = f.RatsbeschlussFactory(titel="Geheimer Beschluss", **felder)
    f.BeschlusswirkungFactory(beschluss=beschluss, kernaktivitaet__veroeffentlicht_am=None)
    for adresse in ("/ratsbeschluesse/", "/", "/meilensteine/", "/suche/?q=Geheimer"):
        assert ("Geheimer Beschluss" in oeffne(client, adresse).text) is da, adresse
    assert client.get(beschluss.get_absolute_url()).status_code == (200 if da else 404)
    f.BeschlusswirkungFactory(beschluss=beschluss)
    assert "Geheimer Beschluss" in oeffne(client, "/ratsbeschluesse/").text
