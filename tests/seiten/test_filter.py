"""What readers may ask, what becomes of nonsense, and that every number keeps its promise."""

from collections.abc import Callable
from datetime import date
from functools import cache
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db.models import Q
from django.http import QueryDict

from grundlage.stichtag import heute
from kernaktivitaeten.models import Kernaktivitaet, Lage
from seiten.bestand import aktueller_bestand
from seiten.filter import angebote, lies_filter, listenadresse, mit_parametern
from tests import factories as f
from tests.adressen import abfrage, anzahl_der_liste, json_von, oeffne, zahlen
from zielsystem.models import OHNE, Querschnittsthema, Zielelement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]

GROSSSTADT = "grossstadt-mit-lebensgefuehl"
MINT = "bochumer-mint-bildungscluster"


def frage(parameter: dict) -> QueryDict:
    return QueryDict(urlencode(parameter, doseq=True))


def slugs(parameter: dict) -> set[str]:
    """The Kernaktivitäten of today that fit ``parameter``."""
    bestand = aktueller_bestand()
    auswahl = lies_filter(bestand, frage(parameter))
    assert not auswahl.hinweise
    gefunden = [stand.ka.slug for stand in auswahl.wende_an(bestand.am(heute()))]
    assert len(gefunden) == len(set(gefunden))
    return set(gefunden)


# ── What each parameter means ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("parameter", "anzahl"),
    [
        ({}, 75),
        ({"status": "umgesetzt"}, 34),
        ({"status": "laufend"}, 39),
        ({"status": "eingestellt"}, 1),
        ({"status": "ueberfuehrt"}, 1),
        ({"status": "kein-stand"}, 0),
        ({"status": ["umgesetzt", "eingestellt"]}, 35),
        ({"status": ["umgesetzt", "laufend", "eingestellt", "ueberfuehrt"]}, 75),
        ({"kompetenz": GROSSSTADT}, 20),
        ({"tranche": "1"}, 9),
        ({"tranche": "2"}, 6),
        ({"tranche": "3"}, 14),
        ({"tranche": "ohne"}, 46),
        ({"schwerpunkt": "ohne"}, 72),
        ({"schwerpunkt": "hervorragende-schulische-bildung"}, 1),
        ({"schwerpunkt": "inspirierende-ausserschulische-lernorte-und-anlaesse"}, 1),
        ({"querschnittsthema": "ohne"}, 75),
        ({"querschnittsthema": "klima"}, 0),
        ({"status": "umgesetzt", "tranche": "3", "stichtag": "2016-01-01"}, 0),
        ({"status": "noch-nicht-beschlossen", "stichtag": "2016-01-01"}, 29),
        ({"status": "kein-stand", "stichtag": "2016-01-01"}, 46),
        ({"status": ["", ""], "kompetenz": "", "tranche": "", "sortierung": "", "seite": ""}, 75),
    ],
)
def test_a_question_gets_its_answer_on_the_page_and_in_the_json(client, parameter, anzahl):
    assert json_von(client, parameter)["anzahl"] == anzahl
    dokument = oeffne(client, "/kernaktivitaeten/", parameter)
    assert anzahl_der_liste(dokument) == anzahl
    assert "nicht berücksichtigt" not in dokument.text


def test_every_stelle_on_offer_answers_for_something():
    angebotene = set(angebote(aktueller_bestand())["stelle"].werte) - {OHNE}
    assert angebotene
    for stelle in angebotene:
        gefunden = slugs({"stelle": stelle})
        assert gefunden == set(
            Kernaktivitaet.objects.filter(verantwortungen__stelle__slug=stelle).values_list(
                "slug", flat=True
            )
        )
        assert gefunden


def test_filters_combine():
    alles = {
        "status": ["umgesetzt", "laufend"],
        "kompetenz": "talentschmiede-im-ruhrgebiet",
        "schwerpunkt": "hervorragende-schulische-bildung",
        "tranche": "ohne",
        "querschnittsthema": "ohne",
    }
    einzeln = [slugs({name: wert}) for name, wert in alles.items()]
    assert slugs(alles) == set.intersection(*einzeln) == {MINT}
    assert slugs(alles | {"tranche": "1"}) == set()


def test_without_a_value_and_with_every_value_make_up_the_whole():
    auswahl = lies_filter(aktueller_bestand(), QueryDict())
    for merkmal in auswahl.merkmale:
        if merkmal.parameter != "stelle":
            alle = [slugs({merkmal.parameter: o.wert}) for o in merkmal.optionen]
            assert len(set.union(*alle)) == 75, merkmal.name


def test_a_kernaktivitaet_with_two_schwerpunkte_is_found_by_both_and_counted_once():
    eine, andere = (
        "hervorragende-schulische-bildung",
        "inspirierende-ausserschulische-lernorte-und-anlaesse",
    )
    assert slugs({"schwerpunkt": eine}) == {MINT}
    assert slugs({"schwerpunkt": andere}) == {MINT}
    assert len(slugs({"kompetenz": "talentschmiede-im-ruhrgebiet"})) == 13


def test_a_status_that_nobody_has_is_still_offered():
    (status,) = [
        m for m in lies_filter(aktueller_bestand(), QueryDict()).merkmale if m.parameter == "status"
    ]
    assert [option.wert for option in status.optionen] == Lage.values
    assert status.mehrere


# ── Nonsense is named and ignored ─────────────────────────────────────────────────────────────

UNSINN = {
    "unbekannt": "gibt-es-nicht",
    "lang": "x" * 3000,
    "markup": '"><script>alert(1)</script>',
    "null": "laufend\0",
    "emoji": "😀",
    "sql": "' OR 1=1 --",
    "andere Schreibung": "Laufend",
    "zahl": "99999999999999999999",
    "minus": "-1",
    "hochgestellt": "²",
}


@pytest.mark.parametrize("wert", UNSINN.values(), ids=UNSINN)
def test_nonsense_is_named_and_ignored(client, wert):
    parameter = [*angebote(aktueller_bestand()), "sortierung", "seite"]
    dokument = oeffne(client, "/kernaktivitaeten/", dict.fromkeys(parameter, wert))
    saetze = [p.text for p in dokument.eines(role="status").alle("p")]
    assert len(saetze) == len(parameter)
    for satz in saetze:
        assert "wurde nicht berücksichtigt" in satz
        assert wert[:40].replace("\0", "") in satz.replace("\0", "")
        assert len(satz) < 250
    assert anzahl_der_liste(dokument) == 75
    assert not dokument.alle("script")


@pytest.mark.parametrize("art", ["lang", "markup", "null"])
def test_nonsense_does_not_break_overview_and_exports(client, art):
    parameter = dict.fromkeys([*angebote(aktueller_bestand()), "sortierung", "seite"], UNSINN[art])
    assert json_von(client, parameter)["anzahl"] == 75
    assert client.get("/kernaktivitaeten.csv", parameter).content.count(b"\r\n") == 76
    hinweis = oeffne(client, "/ueberblick/", parameter).eines(role="status")
    assert hinweis.text.count("wurde nicht berücksichtigt") == 3  # Status, Tranche, Stelle


def test_good_values_beside_bad_ones_count(client):
    dokument = oeffne(client, "/kernaktivitaeten/", {"status": ["umgesetzt", "fertig"]})
    assert anzahl_der_liste(dokument) == 34
    assert "Status „fertig“ wurde nicht berücksichtigt" in dokument.text


def test_a_second_value_where_only_one_is_possible_is_named(client):
    dokument = oeffne(client, "/kernaktivitaeten/", {"tranche": ["2", "3"]})
    assert anzahl_der_liste(dokument) == 6
    assert "Tranche „3“ wurde nicht berücksichtigt: Hier ist nur ein Wert möglich." in dokument.text


def test_the_same_status_twice_counts_once(client):
    dokument = oeffne(client, "/kernaktivitaeten/", {"status": ["umgesetzt", "umgesetzt"]})
    assert anzahl_der_liste(dokument) == 34


def test_parameters_of_others_do_not_matter(client):
    dokument = oeffne(client, "/kernaktivitaeten/", {"utm_source": "<b>", "fbclid": "x"})
    assert anzahl_der_liste(dokument) == 75


# ── Addresses ─────────────────────────────────────────────────────────────────────────────────


def test_an_address_carries_choice_and_stichtag():
    adresse = listenadresse(
        {"stichtag": "2022-08-25"}, status=["laufend", "umgesetzt"], tranche="2"
    )
    assert urlsplit(adresse).path == "/kernaktivitaeten/"
    assert parse_qs(abfrage(adresse)) == {
        "status": ["laufend", "umgesetzt"],
        "tranche": ["2"],
        "stichtag": ["2022-08-25"],
    }


def test_an_address_without_parameters_has_no_question_mark():
    assert listenadresse({}) == "/kernaktivitaeten/"
    assert mit_parametern("", {}) == ""


def test_what_the_form_offers_is_what_the_address_takes():
    """Every value of the form, sent alone, is chosen on the page that answers."""
    for merkmal in lies_filter(aktueller_bestand(), QueryDict()).merkmale:
        for option in merkmal.optionen:
            wieder = lies_filter(
                aktueller_bestand(), frage({merkmal.parameter: option.wert}), [merkmal.parameter]
            )
            assert wieder.auswahl == {merkmal.parameter: [option.wert]}
            assert wieder.hinweise == ()


def test_the_form_shows_what_is_chosen(client):
    dokument = oeffne(
        client,
        "/kernaktivitaeten/",
        {"status": ["laufend", "umgesetzt"], "tranche": "2", "stichtag": "2024-08-31"},
    )
    formular = dokument.eines("form", "filter")
    assert formular["method"] == "get"
    angekreuzt = [e["value"] for e in formular.alle("input") if "checked" in e.attribute]
    assert angekreuzt == ["umgesetzt", "laufend"]
    gewaehlt = {
        s["name"]: [o["value"] for o in s.alle("option") if "selected" in o.attribute]
        for s in formular.alle("select")
    }
    assert gewaehlt["tranche"] == ["2"]
    assert gewaehlt["kompetenz"] == []
    assert formular.eines("input", type="hidden", name_="stichtag")["value"] == "2024-08-31"


def test_every_field_of_the_form_has_a_label(client):
    formular = oeffne(client, "/kernaktivitaeten/").eines("form", "filter")
    beschriftet = {label.attribute.get("for") for label in formular.alle("label")}
    assert {auswahl["id"] for auswahl in formular.alle("select")} <= beschriftet
    for haken in formular.alle("input", type="checkbox"):
        assert haken.eltern.name == "label"
        assert haken.eltern.text


# ── Every number is a link to exactly the list that it counts ─────────────────────────────────

TAGE = ["", "2016-01-01", "2018-09-27", "2022-08-25", "2024-08-31"]
SEITEN_MIT_ZAHLEN = [
    "/",
    "/ueberblick/",
    "/bilanz/",
    "/kompetenzen/grossstadt-mit-lebensgefuehl/",
    "/kompetenzen/talentschmiede-im-ruhrgebiet/",
    "/kompetenzen/talentschmiede-im-ruhrgebiet/hervorragende-schulische-bildung/",
    "/kompetenzen/hotspot-der-live-kultur/erstklassige-pop-kultur/",
    "/kompetenzen/hotspot-der-live-kultur/hochkultur-der-spitzenklasse/",
]


@cache
def laenge(adresse: str) -> int:
    """How many Kernaktivitäten the list at ``adresse`` has, without drawing it.

    Many pages lead to the same lists; the delivered data stay the same for the whole module.
    """
    assert urlsplit(adresse).path == "/kernaktivitaeten/"
    parameter = QueryDict(abfrage(adresse))
    tag = date.fromisoformat(parameter["stichtag"]) if "stichtag" in parameter else heute()
    assert not lies_filter(aktueller_bestand(), parameter).hinweise, adresse
    zeilen = Kernaktivitaet.objects.oeffentlich().zum(tag)
    for name, werte in parameter.lists():
        if name != "stichtag":
            zeilen = zeilen.filter(IN_DER_DATENBANK[name](*werte))
    return zeilen.distinct().count()


def oder_keine(spalte: str, *weitere: str) -> Callable[[str], Q]:
    """The question for a value of one of the columns, or for those without any in them."""

    def frage(wert: str) -> Q:
        belegt = Q()
        for name in (spalte, *weitere):
            belegt |= Q(**{f"{name}__gt": ""} if wert == OHNE else {name: wert})
        if wert != OHNE:
            return belegt
        return ~Q(pk__in=Kernaktivitaet.objects.filter(belegt).values("pk"))

    return frage


# What the pages count in memory is asked of the database here, in its own words.
IN_DER_DATENBANK = {
    "status": lambda *werte: Q(lage__in=werte),
    "kompetenz": oder_keine("kompetenz__slug"),
    "schwerpunkt": oder_keine("zuordnungen__schwerpunkt__slug"),
    "tranche": lambda nr: Q(tranche=None) if nr == OHNE else Q(tranche__nr=nr),
    "querschnittsthema": oder_keine("querschnittszuordnungen__thema__slug"),
    "stelle": oder_keine(
        "verantwortungen__stelle__slug", "verantwortungen__person__besetzungen__stelle__slug"
    ),
    "bezirk": oder_keine("orte__stadtbezirk"),
}


@pytest.mark.parametrize("tag", TAGE)
@pytest.mark.parametrize("adresse", SEITEN_MIT_ZAHLEN)
def test_every_number_leads_to_exactly_its_list(client, adresse, tag):
    gezeigt = zahlen(oeffne(client, adresse, {"stichtag": tag} if tag else {}))
    assert gezeigt
    assert gezeigt == [(laenge(ziel), ziel) for _, ziel in gezeigt]
    eigene = [ziel for _, ziel in gezeigt if f"stichtag={tag}" in ziel or not tag]
    assert len(eigene) == len(gezeigt) or adresse == "/bilanz/"


@pytest.mark.parametrize("tag", ["", "2018-09-27"])
def test_list_and_json_behind_a_number_say_the_same_number(client, tag):
    for wert, adresse in zahlen(oeffne(client, "/", {"stichtag": tag} if tag else {})):
        assert anzahl_der_liste(oeffne(client, adresse)) == wert
        assert json_von(client, abfrage(adresse))["anzahl"] == wert


@pytest.mark.parametrize(
    "parameter",
    [
        {"status": ["laufend", "ueberfuehrt"], "stichtag": "2022-08-25"},
        {"tranche": "2", "stichtag": "2018-09-27"},
        {"tranche": "ohne", "status": "laufend"},
        {"stelle": "servicecenter-der-stadt-bochum"},
        {"status": "kein-stand"},
    ],
    ids=str,
)
def test_every_number_of_a_filtered_overview_leads_to_its_list(client, parameter):
    dokument = oeffne(client, "/ueberblick/", parameter)
    assert "nicht berücksichtigt" not in dokument.text
    gezeigt = zahlen(dokument)
    assert len(gezeigt) == 1 + 5 * 7  # all together; of each column the sum, 5, and those without
    assert gezeigt == [(laenge(ziel), ziel) for _, ziel in gezeigt]


def test_numbers_stay_right_with_several_schwerpunkte_foreign_ones_and_themes(client):
    """What the delivered data do not have: foreign Schwerpunkte, themes, hidden ones."""
    haus = Kernaktivitaet.objects.get(slug="haus-des-wissens")
    for slug in ("grossstaedtisches-zentrum", "hervorragende-schulische-bildung"):
        f.ZuordnungFactory(
            kernaktivitaet=haus,
            schwerpunkt=Zielelement.objects.get(slug=slug),
            begruendung="Liegt dort.",
        )
    verborgen = f.KernaktivitaetFactory(kompetenz=haus.kompetenz, veroeffentlicht_am=None)
    for thema in Querschnittsthema.objects.all()[:2]:
        f.QuerschnittszuordnungFactory(kernaktivitaet=haus, thema=thema)
        f.QuerschnittszuordnungFactory(kernaktivitaet=verborgen, thema=thema)
    gezeigt = {
        zahl
        for adresse in [
            "/ueberblick/",
            "/kompetenzen/talentschmiede-im-ruhrgebiet/",
            "/kompetenzen/talentschmiede-im-ruhrgebiet/hervorragende-schulische-bildung/",
            "/kompetenzen/grossstadt-mit-lebensgefuehl/grossstaedtisches-zentrum/",
        ]
        for zahl in zahlen(oeffne(client, adresse))
    }
    assert gezeigt == {(laenge.__wrapped__(ziel), ziel) for _, ziel in gezeigt}
    je_thema = {
        (wert, ziel)
        for wert, ziel in gezeigt
        if "querschnittsthema=" in ziel and "status" not in ziel and "=ohne" not in ziel
    }
    assert [wert for wert, _ in je_thema].count(1) == 2
