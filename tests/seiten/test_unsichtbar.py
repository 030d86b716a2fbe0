"""What readers do not see of Tranchen and decisions: what is in preparation or was taken back."""

from datetime import date

import pytest

from kernaktivitaeten import rules
from kernaktivitaeten.models import Tranche
from tests import factories as f
from tests.adressen import oeffne

pytestmark = pytest.mark.django_db

TAGE = ("", "2017-01-01", "2024-08-31")


def _leer(tranche):
    pass


def _kernaktivitaet(tranche, **felder):
    return f.KernaktivitaetFactory(tranche=tranche, tranche_quelle=f.QuelleFactory(), **felder)


def _in_vorbereitung(tranche):
    _kernaktivitaet(tranche, veroeffentlicht_am=None)


def _zurueckgenommen(tranche):
    f.RatsbeschlussFactory(
        tranche=tranche, zurueckgenommen_am=date(2024, 9, 1), ruecknahme_grund="Doppelt."
    )


def _beschluss(tranche):
    f.RatsbeschlussFactory(tranche=tranche)


@pytest.mark.parametrize(
    ("womit", "sichtbar"),
    [
        (_leer, False),
        (_in_vorbereitung, False),
        (_zurueckgenommen, False),
        (_kernaktivitaet, True),
        (_beschluss, True),
    ],
)
def test_a_tranche_is_public_with_something_public(client, womit, sichtbar):
    _kernaktivitaet(f.TrancheFactory(nr=1))
    tranche = f.TrancheFactory(nr=77)
    womit(tranche)
    assert (tranche in Tranche.objects.oeffentlich()) is sichtbar
    for tag in TAGE:
        parameter = {"stichtag": tag} if tag else {}
        oeffne(client, "/tranchen/77/", parameter, 200 if sichtbar else 404)
        for seite in ("/kernaktivitaeten/", "/ueberblick/", "/bilanz/", "/tranchen/1/"):
            assert ("77. Tranche" in str(client.get(seite, parameter).content.decode())) is sichtbar


@pytest.mark.parametrize("tag", TAGE)
def test_the_address_of_what_was_taken_back_says_so_on_every_day(client, tag):
    f.RatsbeschlussFactory(
        titel="Alter Titel",
        slug="weg",
        zurueckgenommen_am=date(2024, 9, 1),
        ruecknahme_grund="Er war doppelt eingetragen.",
        war_oeffentlich=True,
    )
    parameter = {"stichtag": tag} if tag else {}
    dokument = oeffne(client, "/ratsbeschluesse/weg/", parameter, 410)
    satz = "Dieser Eintrag wurde am 1. September 2024 zurückgenommen. "
    assert satz + "Grund: Er war doppelt eingetragen." in dokument.text
    assert "Alter Titel" not in dokument.text
    assert "Alter Titel" not in oeffne(client, "/ratsbeschluesse/", parameter).text


def test_what_was_taken_back_does_not_open_again(client):
    """An ended Kernaktivität of its Tranche."""
    tranche = f.TrancheFactory()
    ka = _kernaktivitaet(tranche)
    f.StatusmeldungFactory(kernaktivitaet=ka, status="umgesetzt", am="2022")
    beschluss = f.RatsbeschlussFactory(tranche=tranche, am="2023")
    wieder = f.StatusmeldungFactory(kernaktivitaet=ka, am="2023", beschluss=beschluss)
    assert rules.nach_dem_ende_oeffnet_nur_ein_beschluss(wieder)
    beschluss.zurueckgenommen_am, beschluss.ruecknahme_grund = date(2024, 9, 1), "Doppelt."
    beschluss.save()
    assert not rules.nach_dem_ende_oeffnet_nur_ein_beschluss(wieder)


def test_the_tagesordnungspunkt_shows_where_it_is_known(client):
    f.RatsbeschlussFactory(slug="mit", top="4.2")
    f.RatsbeschlussFactory(slug="ohne-top")
    assert "Tagesordnungspunkt" in oeffne(client, "/ratsbeschluesse/mit/").text
    assert "Tagesordnungspunkt" not in oeffne(client, "/ratsbeschluesse/ohne-top/").text
