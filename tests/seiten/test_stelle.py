"""The page of a Stelle: what it answers for, itself or through a person in its office."""

import pytest

from tests import factories as f
from tests.adressen import anzahl_der_liste, oeffne, zahlen

pytestmark = pytest.mark.django_db

AMT = "/stellen/amt/"


@pytest.fixture
def amt():
    return f.StelleFactory(name="Dezernat 9", slug="amt")


@pytest.fixture
def person(amt):
    """She came to the office twice, which counts once."""
    eine = f.PersonFactory(name="Erika Mustermann")
    for jahr in ("2019", "2024"):
        f.BesetzungFactory(person=eine, stelle=amt, am=jahr)
    return eine


def kompetenzverantwortung(**wer):
    return f.VerantwortungFactory(
        rolle="kompetenz",
        kompetenz=f.KompetenzFactory(titel="Vorreiterin", slug="vorreiterin"),
        kernaktivitaet=None,
        **wer,
    )


def test_a_stelle_that_answers_only_for_a_kompetenz_has_a_page(client, amt):
    kompetenzverantwortung(stelle=amt)
    assert AMT in [a["href"] for a in oeffne(client, "/kompetenzen/vorreiterin/").alle("a")]
    seite = oeffne(client, AMT).eines("main")
    assert "Kompetenzverantwortung Vorreiterin" in seite.text
    assert "/kompetenzen/vorreiterin/" in [a["href"] for a in seite.alle("a")]
    assert zahlen(seite) == []
    assert "Dezernat 9" not in oeffne(client, "/kernaktivitaeten/").eines("main").text


def test_an_office_answers_for_the_kompetenz_of_the_person_in_it(client, amt, person):
    kompetenzverantwortung(stelle=None, person=person)
    for adresse in ("/kompetenzen/vorreiterin/", "/strategiearbeit/"):
        seite = oeffne(client, adresse).eines("main")
        assert [a.text for a in seite.alle("a", href=AMT)] == ["Dezernat 9"], adresse
    seite = oeffne(client, AMT)
    assert seite.eines("main").text.count("Kompetenz mit allen ihren Kernaktivitäten") == 1
    assert "Mustermann" not in seite.text


def test_a_kernaktivitaet_belongs_to_the_office_of_the_person(client, amt, person):
    ka = f.VerantwortungFactory(stelle=None, person=person).kernaktivitaet
    seite = oeffne(client, ka.get_absolute_url()).eines("main")
    assert [a.text for a in seite.alle("a", href=AMT)] == ["Dezernat 9"]
    ((anzahl, adresse),) = zahlen(oeffne(client, AMT).eines("main"))
    assert anzahl == anzahl_der_liste(oeffne(client, adresse)) == 1
    assert anzahl_der_liste(oeffne(client, "/kernaktivitaeten/?stelle=ohne")) == 0
    for adresse in (AMT, "/kernaktivitaeten/?stelle=amt", "/bilanz/"):
        assert "Mustermann" not in oeffne(client, adresse).text


def test_without_a_known_office_no_stelle_is_known(client):
    f.VerantwortungFactory(stelle=None, person=f.PersonFactory())
    assert anzahl_der_liste(oeffne(client, "/kernaktivitaeten/?stelle=ohne")) == 1


def test_every_number_by_stelle_is_that_of_its_list(client, amt, person):
    f.VerantwortungFactory(stelle=None, person=person)
    f.VerantwortungFactory(stelle=amt)
    f.VerantwortungFactory()
    f.KernaktivitaetFactory()
    (tabelle,) = [
        t for t in oeffne(client, "/bilanz/").alle("table") if "Stelle" in t.eines("caption").text
    ]
    gezaehlt = [zahlen(zeile)[-1] for zeile in tabelle.alle("tr")[1:]]
    assert [anzahl for anzahl, _ in gezaehlt] == [1, 2, 1, 4]
    for anzahl, adresse in gezaehlt:
        assert anzahl_der_liste(oeffne(client, adresse)) == anzahl


def test_the_sentence_of_a_stelle_fits_every_kind(client, amt):
    f.VerantwortungFactory(stelle=amt)
    text = oeffne(client, AMT).eines("main").text
    assert "Zuständigkeiten laut den Quellen, heutige und frühere: 1 Kernaktivität " in text
    assert " sie " not in text
