"""The list: order, pages, links to take along, and what it says when it is empty."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from seiten.bestand.fakten import sortiername
from seiten.liste import JE_SEITE
from tests import factories as f
from tests.adressen import oeffne

pytestmark = pytest.mark.django_db


def titel(client, parameter=None) -> list[str]:
    """The titles on the page in their order."""
    liste = oeffne(client, "/kernaktivitaeten/", parameter).alle("ol", "liste")
    return [punkt.alle("a")[0].text for punkt in liste[0].alle("li")] if liste else []


def verlinkt(dokument) -> dict[str, str]:
    return {a.text: a["href"] for a in dokument.eines("main").alle("a")}


# ── Order ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "gefaltet"),
    [
        ("Ärztehaus", "arztehaus"),
        ("„Mein Bochum“ – Bürgerservices", "mein bochum  burgerservices"),
        ("*Lots*innen", "lotsinnen"),
        ("Straße", "strasse"),
        ("1.000 Bänke", "1000 banke"),
        ("École", "ecole"),
    ],
)
def test_names_are_sorted_without_marks_accents_and_case(name, gefaltet):
    assert sortiername(name) == gefaltet


def test_umlauts_stand_beside_their_letter_and_quotation_marks_do_not_count(client):
    namen = ["Zoo", "Äpfel", "apfelbaum", "„Beeren“", "Öl", "ofen", "Über uns", "Uhr"]
    for name in namen:
        f.KernaktivitaetFactory(titel=name)
    assert titel(client, {"sortierung": "name"}) == [
        "Äpfel",
        "apfelbaum",
        "„Beeren“",
        "ofen",
        "Öl",
        "Über uns",
        "Uhr",
        "Zoo",
    ]


def test_numbers_are_sorted_as_numbers_within_their_kompetenz(client):
    zweite, erste = f.KompetenzFactory(reihenfolge=2), f.KompetenzFactory(reihenfolge=1)
    for kompetenz, nr in ((zweite, 1), (erste, 10), (erste, 9)):
        f.KernaktivitaetFactory(kompetenz=kompetenz, nr=nr, titel=f"{kompetenz.reihenfolge}-{nr}")
    assert titel(client) == titel(client, {"sortierung": "nummer"}) == ["1-9", "1-10", "2-1"]


def test_status_is_sorted_in_the_order_of_display(client):
    for status in ("ueberfuehrt", "laufend", "eingestellt", "umgesetzt"):
        f.StatusmeldungFactory(status=status, kernaktivitaet__titel=status)
    f.KernaktivitaetFactory(titel="ohne")
    f.BeschlusswirkungFactory(kernaktivitaet__titel="noch nicht", beschluss__am="01.10.2024")
    assert titel(client, {"sortierung": "status", "stichtag": "2024-09-30"}) == [
        "umgesetzt",
        "laufend",
        "eingestellt",
        "ueberfuehrt",
        "noch nicht",
        "ohne",
    ]


def test_the_newest_entry_comes_first_and_who_has_none_comes_last(client):
    f.KernaktivitaetFactory(titel="nie")
    f.StatusmeldungFactory(kernaktivitaet__titel="alt", am="2016")
    neu = f.StatusmeldungFactory(kernaktivitaet__titel="neu", am="2015").kernaktivitaet
    f.StatusmeldungFactory(kernaktivitaet=neu, status="", am="03.05.2024")  # news count too
    zurueck = f.StatusmeldungFactory(
        kernaktivitaet__titel="zurückgezogen", am="2014"
    ).kernaktivitaet
    f.StatusmeldungFactory(
        kernaktivitaet=zurueck,
        am="05/2024",
        zurueckgezogen_am=date(2024, 6, 1),
        rueckzug_grund="Falsch.",
    )
    assert titel(client, {"sortierung": "neueste"}) == ["neu", "alt", "zurückgezogen", "nie"]
    damals = {"sortierung": "neueste", "stichtag": "2024-05-02"}
    assert titel(client, damals) == ["alt", "neu", "zurückgezogen", "nie"]


# ── Pages ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def viele():
    """``viele(n)`` makes n Kernaktivitäten of one Kompetenz, numbered from 1."""

    def mache(anzahl: int) -> None:
        kompetenz, quelle = f.KompetenzFactory(), f.QuelleFactory()
        f.KernaktivitaetFactory.create_batch(anzahl, kompetenz=kompetenz, quelle=quelle)

    return mache


@pytest.mark.parametrize(
    ("anzahl", "seiten"),
    [(0, 1), (1, 1), (JE_SEITE, 1), (JE_SEITE + 1, 2), (2 * JE_SEITE, 2), (2 * JE_SEITE + 1, 3)],
)
def test_a_page_holds_25_and_paging_appears_only_when_needed(client, viele, anzahl, seiten):
    viele(anzahl)
    erste = oeffne(client, "/kernaktivitaeten/")
    assert len(titel(client)) == min(anzahl, JE_SEITE)
    assert ("Seite 1 von" in erste.text) == (seiten > 1)
    letzte = oeffne(client, "/kernaktivitaeten/", {"seite": seiten})
    assert ("Vorige Seite" in letzte.text) == (seiten > 1)
    assert "Nächste Seite" not in letzte.text
    zu_weit = oeffne(client, "/kernaktivitaeten/", {"seite": seiten + 1})
    assert f"Seite „{seiten + 1}“ wurde nicht berücksichtigt" in zu_weit.text


def test_paging_walks_through_all_exactly_once(client, viele):
    viele(2 * JE_SEITE + 3)
    gesehen, adresse = [], "/kernaktivitaeten/"
    while adresse:
        dokument = oeffne(client, adresse)
        gesehen += [li.alle("a")[0]["href"] for li in dokument.eines("ol", "liste").alle("li")]
        adresse = verlinkt(dokument).get("Nächste Seite")
    assert len(gesehen) == len(set(gesehen)) == 2 * JE_SEITE + 3


@pytest.mark.parametrize("seite", ["0", "-1", "1.5", "zwei", "9" * 30, "²", "٢", " 1", "1\0"])
def test_an_impossible_page_is_named_and_the_first_shown(client, seite):
    dokument = oeffne(client, "/kernaktivitaeten/", {"seite": seite})
    assert "wurde nicht berücksichtigt: Diese Seite gibt es nicht." in dokument.text


# ── What the page says ────────────────────────────────────────────────────────────────────────


def test_a_row_says_kompetenz_number_status_tranche_and_schwerpunkte(client):
    mit = f.KernaktivitaetFactory(
        titel="Mit allem",
        nr=7,
        kompetenz=f.KompetenzFactory(titel="Große Kompetenz"),
        tranche=f.TrancheFactory(nr=2),
        tranche_quelle=f.QuelleFactory(),
    )
    schwerpunkt = f.SchwerpunktFactory(titel="Ein Schwerpunkt", eltern=mit.kompetenz)
    f.ZuordnungFactory(kernaktivitaet=mit, schwerpunkt=schwerpunkt)
    f.StatusmeldungFactory(kernaktivitaet=mit, am="27.09.2018", bezug="ab")
    f.KernaktivitaetFactory(titel="Ohne alles")
    zeilen = oeffne(client, "/kernaktivitaeten/").eines("ol", "liste").alle("li")
    texte = {zeile.alle("a")[0].text: zeile.text for zeile in zeilen}
    for stueck in ("Große Kompetenz, Nr. 7", "2. Tranche", "Ein Schwerpunkt"):
        assert stueck in texte["Mit allem"]
    assert "laufend seit 27.09.2018" in texte["Mit allem"]
    assert "kein Stand bekannt" in texte["Ohne alles"]
    assert "Tranche" not in texte["Ohne alles"]


@pytest.mark.parametrize("adresse", ["/kernaktivitaeten/", "/ueberblick/", "/ratsbeschluesse/"])
def test_choosing_a_day_keeps_the_choice(client, adresse):
    f.RatsbeschlussFactory(tranche=f.TrancheFactory(nr=4))
    wahl = {"tranche": "4", "status": ["laufend", "umgesetzt"], "sortierung": "name"}
    formular = oeffne(client, adresse, wahl).eines("form", "tag")
    felder = {(i["name"], i.attribute["value"]) for i in formular.alle("input", type="hidden")}
    erwartet = {("tranche", "4")}
    if adresse != "/ratsbeschluesse/":
        erwartet |= {("status", "laufend"), ("status", "umgesetzt")}
    if adresse == "/kernaktivitaeten/":
        erwartet |= {("sortierung", "name")}
    assert felder == erwartet


def test_taking_a_choice_back_keeps_day_and_order(client):
    wahl = {"status": "laufend", "sortierung": "name", "stichtag": "2022-08-25"}
    liste = oeffne(client, "/kernaktivitaeten/", wahl).eines("ul", "gewaehlt")
    (ohne,) = [a["href"] for a in liste.alle("a") if a.text == "aufheben"]
    assert parse_qs(urlsplit(ohne).query) == {"sortierung": ["name"], "stichtag": ["2022-08-25"]}
