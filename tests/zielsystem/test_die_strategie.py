"""The page that explains the strategy."""

import pytest

from tests import factories as f
from tests.seiten import oeffne

pytestmark = pytest.mark.django_db


def test_an_empty_portal_says_that_nothing_was_measured(client):
    assert "Noch ist zu keinem Ziel ein Ergebnis verzeichnet." in (
        oeffne(client, "/die-strategie/").text
    )


def test_results_of_what_is_not_public_stay_away(client):
    ziel = f.ProjektzielFactory(kernaktivitaet__veroeffentlicht_am=None)
    f.MesswertFactory(kernaktivitaet=ziel.kernaktivitaet, projektziel=ziel, text="Geheim: 5")
    assert "Geheim" not in oeffne(client, "/die-strategie/").text
