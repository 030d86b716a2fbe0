"""Counts by Stadtbezirk, Stelle and theme, and the list that each of them leads to."""

import pytest

from tests import factories as f
from tests.adressen import anzahl_der_liste, oeffne, zahlen

pytestmark = pytest.mark.django_db


def zeilen(client, merkmal: str) -> dict[str, int]:
    """Name of the row → its sum, of the table of ``merkmal``."""
    for tabelle in oeffne(client, "/bilanz/").alle("table"):
        if tabelle.eines("caption").text == f"Kernaktivitäten nach {merkmal} und Status":
            return {
                zeile.alle("th")[0].inhalt[0].strip(): zahlen(zeile)[-1][0]
                for zeile in tabelle.alle("tr")[1:]
            }
    raise AssertionError(merkmal)


def test_a_kernaktivitaet_with_two_places_stands_in_both_and_counts_once(client):
    ka = f.KernaktivitaetFactory()
    for bezirk in ("mitte", "ost", "ost", ""):
        f.OrtFactory(kernaktivitaet=ka, stadtbezirk=bezirk)
    f.OrtFactory(stadtbezirk="")
    f.KernaktivitaetFactory()
    je_bezirk = zeilen(client, "Stadtbezirk")
    assert je_bezirk["Bochum-Mitte"] == je_bezirk["Bochum-Ost"] == 1
    assert je_bezirk["Bochum-Süd"] == 0
    assert je_bezirk["stadtweit oder nicht angegeben"] == 2
    assert je_bezirk["alle"] == 3


def test_without_a_stelle_are_those_for_which_only_persons_answer(client):
    stelle = f.StelleFactory(name="Amt")
    mit = f.VerantwortungFactory(stelle=stelle).kernaktivitaet
    f.VerantwortungFactory(kernaktivitaet=mit, stelle=stelle, rolle="linie")
    f.VerantwortungFactory(kernaktivitaet=mit, stelle=None, person=f.PersonFactory())
    f.VerantwortungFactory(stelle=None, person=f.PersonFactory())
    f.KernaktivitaetFactory()
    assert zeilen(client, "Stelle") == {"Amt": 1, "keine Stelle bekannt": 2, "alle": 3}


def test_themes_count_what_is_assigned_to_them(client):
    klima = f.QuerschnittsthemaFactory(titel="Klima")
    f.QuerschnittszuordnungFactory(thema=klima)
    f.KernaktivitaetFactory()
    je_thema = zeilen(client, "Querschnittsthema")
    assert (je_thema["Klima"], je_thema["noch keinem Thema zugeordnet"]) == (1, 1)


def test_the_page_of_a_theme_shows_its_kernaktivitaeten_or_says_there_are_none(client):
    klima = f.QuerschnittsthemaFactory(slug="klima")
    assert "Noch ist keine Kernaktivität diesem Thema zugeordnet" in (
        oeffne(client, "/querschnittsthemen/klima/").text
    )
    f.QuerschnittszuordnungFactory(thema=klima, kernaktivitaet__titel="Solar")
    f.QuerschnittszuordnungFactory(
        thema=klima, kernaktivitaet__titel="Geheim", kernaktivitaet__veroeffentlicht_am=None
    )
    seite = oeffne(client, "/querschnittsthemen/klima/").eines("main")
    assert "Solar" in seite.text
    assert "Geheim" not in seite.text
    ((anzahl, adresse),) = zahlen(seite)
    assert anzahl == anzahl_der_liste(oeffne(client, adresse)) == 1
    assert [anzahl for anzahl, _ in zahlen(oeffne(client, "/querschnittsthemen/"))] == [1]
    oeffne(client, "/querschnittsthemen/gibtesnicht/", status=404)
