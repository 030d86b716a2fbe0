"""The page that explains the strategy."""

import pytest

from tests import factories as f
from tests.adressen import oeffne

pytestmark = pytest.mark.django_db


def test_an_empty_portal_says_that_nothing_was_measured(client):
    assert "Noch ist zu keinem Ziel ein Ergebnis verzeichnet." in (
        oeffne(client, "/die-strategie/").text
    )


@pytest.mark.parametrize(
    ("stichtag", "da"), [("2022-08-24", False), ("2022-08-25", True), ("2022-08-26", True)]
)
def test_a_result_is_not_there_before_its_day(client, stichtag, da):
    ziel = f.ProjektzielFactory()
    f.MesswertFactory(
        kernaktivitaet=ziel.kernaktivitaet, projektziel=ziel, text="Es sind 5.", am="25.08.2022"
    )
    text = oeffne(client, "/die-strategie/", {"stichtag": stichtag}).text
    assert ("Es sind 5." in text) is da
    assert ("Bis zu diesem Tag ist zu keinem Ziel ein Ergebnis verzeichnet." in text) is not da


def test_a_past_day_does_not_say_how_many_there_are(client):
    f.KernaktivitaetFactory()
    damals = oeffne(client, "/die-strategie/", {"stichtag": "2016-01-01"}).text
    assert "Heute ist 1 Kernaktivität bekannt" in damals
    assert "gibt es" not in damals
    assert "1 Kernaktivität gibt es, 125 sollen es bis 2030 sein." in (
        oeffne(client, "/die-strategie/").text
    )


def test_results_of_what_is_not_public_stay_away(client):
    ziel = f.ProjektzielFactory(kernaktivitaet__veroeffentlicht_am=None)
    f.MesswertFactory(kernaktivitaet=ziel.kernaktivitaet, projektziel=ziel, text="Geheim: 5")
    assert "Geheim" not in oeffne(client, "/die-strategie/").text
