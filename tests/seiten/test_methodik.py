"""The methodology: every status word with its definition, every rule with its sentence."""

import pytest

from kernaktivitaeten import rules
from kernaktivitaeten.models import DEFINITIONEN, Lage, Status
from seiten.export import SPALTEN
from tests.adressen import oeffne
from zielsystem import rules as zielsystem_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def seite(client):
    return oeffne(client, "/methodik/")


def test_every_status_word_is_defined(seite):
    assert set(DEFINITIONEN) == set(Status)
    worte = seite.alle("dl")[0]
    assert {dt.text for dt in worte.alle("dt")} == {lage.label for lage in Lage}
    for definition in DEFINITIONEN.values():
        assert definition in worte.text


@pytest.mark.parametrize(
    "regel",
    dict.fromkeys(
        regel
        for gruppen in (zielsystem_rules.REGELN, rules.REGELN)
        for gruppe in gruppen.values()
        for regel in gruppe
    ),
    ids=lambda regel: regel.__name__,
)
def test_every_rule_is_printed(seite, regel):
    assert [li.text for li in seite.alle("li")].count(zielsystem_rules.satz(regel)) == 1


def test_the_columns_that_need_words_have_them(seite):
    erklaert = {name.strip() for dt in seite.alle("dt") for name in dt.text.split(",")}
    selbsterklaerend = {"kompetenz", "nr", "titel", "slug", "url"}
    assert set(SPALTEN) - selbsterklaerend <= erklaert


def test_the_stichtag_is_explained_with_an_address_that_works(client, seite):
    beispiel = seite.eines("code").text
    assert beispiel == "/bilanz/?stichtag=2022-08-25"
    assert client.get(beispiel).status_code == 200
