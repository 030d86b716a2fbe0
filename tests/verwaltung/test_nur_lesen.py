"""Forms that only show their fields: people read words, never what a program calls them."""

import re

import pytest

from grundlage.rollen import RECHTE, Rolle
from grundlage.zeitangabe import Zeitangabe
from kernaktivitaeten.models import Kernaktivitaet
from tests import factories as f
from tests.factories import FACTORIES
from tests.rollen import angemeldet, konto
from tests.verwaltung.formulare import MODELLE, adresse

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def leserin(monkeypatch):
    """Sees every model, names of people as well, and may change nothing."""
    monkeypatch.setitem(RECHTE, Rolle.LESEND, RECHTE[Rolle.STRATEGIEBUERO])
    return angemeldet(konto(Rolle.LESEND))


@pytest.mark.parametrize("modell", MODELLE, ids=lambda modell: modell.__name__)
def test_every_form_can_be_read(leserin, modell):
    zeile = FACTORIES[modell]()
    seite = leserin.get(adresse(modell, "change", zeile.pk)).content.decode()
    felder = re.findall(r'<div class="readonly">(.*?)</div>', seite, re.DOTALL)
    assert felder
    assert not [feld for feld in felder if "(" in feld and "=" in feld and "<" not in feld]
    assert not [feld for feld in felder if feld in ("", "None")]
    assert 'name="_save"' not in seite
    if isinstance(zeile, Zeitangabe) and zeile.zeit:
        assert zeile.zeit.kurz in felder
        assert "Datum:" in seite


def test_a_date_that_is_not_known_is_shown_as_that(leserin):
    ziel = f.ProjektzielFactory(termin_bis=None, termin_genauigkeit="")
    seite = leserin.get(adresse(type(ziel), "change", ziel.pk)).content.decode()
    assert re.search(r'Termin:.*?<div class="readonly">–</div>', seite, re.DOTALL)


def test_the_rows_below_a_kernaktivitaet_are_read_as_well(leserin):
    angabe = f.AngabeFactory(am="05/2017")
    ziel = f.ProjektzielFactory(
        kernaktivitaet=angabe.kernaktivitaet, termin_bis="2030-12-31", termin_genauigkeit="jahr"
    )
    seite = leserin.get(adresse(Kernaktivitaet, "change", ziel.kernaktivitaet_id))
    text = seite.content.decode()
    assert "Zeitraum(" not in text
    assert "05/2017" in text
    assert "2030" in text
