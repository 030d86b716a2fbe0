"""The start page: what the strategy is, how far it is, what is new."""

import pytest

from tests import factories as f
from tests.adressen import oeffne

pytestmark = pytest.mark.django_db


def abschnitt(client, ueberschrift: str, **parameter) -> str:
    (gefunden,) = [
        h.eltern for h in oeffne(client, "/", parameter).alle("h2") if h.text == ueberschrift
    ]
    return gefunden.text


def test_the_counts_stand_for_every_status_and_the_target(client):
    f.StatusmeldungFactory(status="umgesetzt")
    f.StatusmeldungFactory(status="laufend")
    inhalt = abschnitt(client, "Wie weit sind die Kernaktivitäten?")
    assert "2 Kernaktivitäten gibt es, 125 sollen es bis 2030 sein." in inhalt
    for stueck in ("1 umgesetzt", "1 laufend", "0 eingestellt", "0 überführt"):
        assert stueck in inhalt
    assert "kein Stand bekannt" not in inhalt
    assert "noch nicht beschlossen" not in inhalt


def test_unknown_states_appear_when_somebody_is_in_them(client):
    f.KernaktivitaetFactory()
    f.BeschlusswirkungFactory(beschluss__am="27.09.2018")
    inhalt = abschnitt(client, "Wie weit sind die Kernaktivitäten?", stichtag="2018-01-01")
    assert "1 noch nicht beschlossen" in inhalt
    assert "1 kein Stand bekannt" in inhalt


def test_every_kompetenz_has_a_card_with_its_number(client):
    voll, leer = f.KompetenzFactory(titel="Volle"), f.KompetenzFactory(titel="Leere")
    f.StatusmeldungFactory(kernaktivitaet__kompetenz=voll)
    karten = {k.eines("h3").text: k for k in oeffne(client, "/").alle(klasse="karte")}
    assert set(karten) == {"Volle", "Leere"}
    assert "1 Kernaktivität" in karten["Volle"].text
    assert "0 Kernaktivitäten" in karten["Leere"].text
    assert karten["Leere"].eines("h3").eines("a")["href"] == leer.get_absolute_url()
    bild = karten["Volle"].eines("svg")["aria-label"]
    assert bild == "Volle: 1 laufend, 24 noch nicht festgelegt."


def test_the_newest_entries_come_first_and_only_five(client):
    for monat in range(1, 8):
        f.StatusmeldungFactory(am=f"03.{monat:02}.2024", text=f"Meldung {monat}.")
    inhalt = abschnitt(client, "Neueste Einträge")
    gefunden = [monat for monat in range(1, 8) if f"Meldung {monat}." in inhalt]
    assert gefunden == [3, 4, 5, 6, 7]
    assert inhalt.index("Meldung 7.") < inhalt.index("Meldung 3.")
    assert "3. Juli 2024" in inhalt


def test_an_entry_without_a_source_names_none(client):
    f.StatusmeldungFactory(status="", quelle=None, text="Neues ohne Quelle.")
    assert "Quelle:" not in abschnitt(client, "Neueste Einträge")
    f.StatusmeldungFactory(quelle__titel="Presseamt")
    assert "Quelle: Presseamt" in abschnitt(client, "Neueste Einträge")


def test_withdrawn_entries_are_no_news(client):
    f.StatusmeldungFactory(
        text="Irrtum.", zurueckgezogen_am="2024-09-01", rueckzug_grund="Verwechselt."
    )
    assert "Für diesen Tag ist noch nichts gemeldet." in abschnitt(client, "Neueste Einträge")


@pytest.mark.parametrize(
    ("felder", "erwartet"),
    [
        ({"gremium": "", "vorlage": ""}, "Gremium in der Quelle nicht genannt"),
        ({"gremium": "Rat", "vorlage": "2018/77"}, "27. September 2018, Rat"),
        ({"vorlage": "2018/77"}, "(Vorlage 2018/77)"),
    ],
)
def test_decisions_say_who_and_on_which_paper(client, felder, erwartet):
    f.RatsbeschlussFactory(**felder)
    inhalt = abschnitt(client, "Zuletzt beschlossen")
    assert erwartet in inhalt
    assert ("Vorlage" in inhalt) == bool(felder.get("vorlage"))


@pytest.mark.parametrize(
    ("stichtag", "da"), [("2018-09-26", False), ("2018-09-27", True), ("2018-09-28", True)]
)
def test_what_comes_after_the_stichtag_is_not_yet_known(client, stichtag, da):
    f.RatsbeschlussFactory(titel="Zweite Tranche", am="27.09.2018")
    f.StatusmeldungFactory(text="Gemeldet.", am="27.09.2018")
    beschluesse = abschnitt(client, "Zuletzt beschlossen", stichtag=stichtag)
    meldungen = abschnitt(client, "Neueste Einträge", stichtag=stichtag)
    assert ("Zweite Tranche" in beschluesse) == da
    assert ("Für diesen Tag ist noch kein Beschluss bekannt." in beschluesse) != da
    assert ("Gemeldet." in meldungen) == da
    assert ("Für diesen Tag ist noch nichts gemeldet." in meldungen) != da
