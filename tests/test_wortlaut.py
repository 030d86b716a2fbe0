"""One, none and many: sentences with a number in them, and what is said when nothing is known."""

import pytest

from strategiearbeit.models import Barrierefreiheitserklaerung
from tests import factories as f
from tests.adressen import oeffne

pytestmark = pytest.mark.django_db


def text(client, adresse: str, **parameter) -> str:
    return oeffne(client, adresse, parameter).eines("main").text


@pytest.mark.parametrize(
    ("anzahl", "satz"),
    [
        (0, "Keine Kernaktivität dieser Kompetenz ist ohne Schwerpunkt."),
        (1, "Zu welchem Schwerpunkt diese 1 Kernaktivität gehört, sagen die Quellen nicht."),
        (2, "Zu welchem Schwerpunkt diese 2 Kernaktivitäten gehören, sagen die Quellen nicht."),
    ],
)
def test_a_kompetenz_says_how_many_have_no_schwerpunkt(client, anzahl, satz):
    kompetenz = f.KompetenzFactory()
    f.KernaktivitaetFactory.create_batch(anzahl, kompetenz=kompetenz)
    assert satz in text(client, kompetenz.get_absolute_url())


def test_a_past_day_of_a_kompetenz_does_not_say_how_many_there_are(client):
    kompetenz = f.KernaktivitaetFactory().kompetenz
    damals = text(client, kompetenz.get_absolute_url(), stichtag="2016-01-01")
    assert "Heute ist 1 Kernaktivität bekannt" in damals


@pytest.mark.parametrize(
    ("anzahl", "belegt", "offen"),
    [
        (1, "Belegt ist 1 Kernaktivität von 25", "Welche 24 weiteren dazugehören, sagt"),
        (24, "Belegt sind 24 Kernaktivitäten von 25", "Welche weitere dazugehört, sagt"),
        (25, "Belegt sind 25 Kernaktivitäten von 25", None),
    ],
)
def test_a_tranche_says_how_many_are_known(client, anzahl, belegt, offen):
    tranche = f.TrancheFactory(nr=4)
    kompetenz = f.KompetenzFactory()
    gleiche = {"tranche": tranche, "tranche_quelle": tranche.quelle, "kompetenz": kompetenz}
    f.KernaktivitaetFactory.create_batch(anzahl, **gleiche)
    inhalt = text(client, "/tranchen/4/")
    assert belegt in inhalt
    assert offen in inhalt if offen else "Welche" not in inhalt


@pytest.mark.parametrize(
    ("anzahl", "wort"),
    [(0, "Noch keine Kernaktivität"), (1, "1 Kernaktivität"), (2, "Alle 2 Kernaktivitäten")],
)
def test_the_list_counts_in_words(client, anzahl, wort):
    f.KernaktivitaetFactory.create_batch(anzahl)
    seite = oeffne(client, "/kernaktivitaeten/")
    assert seite.eines("h2", id="ergebnis").text == wort
    assert ("Veröffentlicht ist noch keine." in seite.text) is (anzahl == 0)


@pytest.mark.parametrize(
    ("anzahl", "wort", "gefiltert"),
    [
        (0, "Kein Beschluss", "Kein Beschluss"),
        (1, "1 Beschluss", "0 von 1 Beschluss"),
        (2, "Alle 2 Beschlüsse", "0 von 2 Beschlüssen"),
    ],
)
def test_the_register_counts_in_words(client, anzahl, wort, gefiltert):
    f.RatsbeschlussFactory.create_batch(anzahl)
    for parameter, erwartet in (({}, wort), ({"gremium": "ohne"}, gefiltert)):
        seite = oeffne(client, "/ratsbeschluesse/", parameter)
        assert seite.eines("h2", id="ergebnis").text == erwartet


@pytest.mark.parametrize(
    ("ergebnis", "satz"),
    [("einstimmig", "Ergebnis: einstimmig"), ("dafür: A; dagegen: B", "Ergebnis – dafür: A; ")],
)
def test_a_result_has_one_colon(client, ergebnis, satz):
    wirkung = f.BeschlusswirkungFactory(beschluss__ergebnis=ergebnis)
    for adresse in ("/ratsbeschluesse/", wirkung.kernaktivitaet.get_absolute_url()):
        assert satz in text(client, adresse)


@pytest.mark.parametrize(
    ("wirkung", "satz"),
    [
        ("beauftragt", "Was mit demselben Beschluss noch beauftragt wurde"),
        ("umgesetzt", "Was derselbe Beschluss noch betrifft"),
        ("", "Was derselbe Beschluss noch betrifft"),
    ],
)
def test_only_what_commissions_leads_to_what_else_it_commissioned(client, wirkung, satz):
    zeile = f.BeschlusswirkungFactory(wirkung=wirkung, beschluss__tranche=f.TrancheFactory())
    assert satz in text(client, zeile.kernaktivitaet.get_absolute_url())


def test_themes_say_whether_anything_is_assigned_to_them(client):
    nichts = "nennen die Quellen dieses Portals bisher nicht."
    f.QuerschnittsthemaFactory()
    assert nichts in text(client, "/querschnittsthemen/")
    f.QuerschnittszuordnungFactory()
    assert nichts not in text(client, "/querschnittsthemen/")


@pytest.mark.parametrize(
    ("stand", "satz"),
    [
        ("nicht-bewertet", "Nicht barrierefreie Inhalte Noch nicht geprüft."),
        ("voll", "Nicht barrierefreie Inhalte Es sind keine verzeichnet."),
    ],
)
def test_nothing_is_said_to_be_accessible_before_it_was_assessed(client, stand, satz):
    assert stand in Barrierefreiheitserklaerung.Stand.values
    f.BarrierefreiheitserklaerungFactory(vereinbarkeit=stand)
    assert satz in text(client, "/barrierefreiheit/")


def test_examples_of_responsibility_name_their_source(client):
    f.VerantwortungFactory(rolle="linie", quelle__titel="Ein Bericht", am="08/2024")
    inhalt = text(client, "/strategiearbeit/")
    assert "Stand 08/2024. Quelle: Ein Bericht" in inhalt
    assert "Beispiele der Präsentation" not in inhalt
