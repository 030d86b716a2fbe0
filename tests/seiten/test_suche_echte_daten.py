"""The search in the delivered data: what people type finds what they mean."""

import pytest

from seiten.suche import MAX_LAENGE
from tests.adressen import json_von, oeffne
from tests.suchanfragen import ANFRAGEN
from tests.suchen import funde

ERSTE = 5
MINDESTENS = 0.97
VERFEHLT: set[str] = set()


@pytest.mark.django_db
def test_people_find_what_they_mean(echte_daten):
    daneben = {}
    for anfrage, gemeint in ANFRAGEN:
        gefunden = funde(anfrage)[:ERSTE]
        if gemeint not in gefunden:
            daneben[anfrage] = gefunden
    anteil = 1 - len(daneben) / len(ANFRAGEN)
    print(f"{anteil:.1%} von {len(ANFRAGEN)} Anfragen getroffen", *daneben.items(), sep="\n")
    assert len(ANFRAGEN) >= 100
    assert anteil >= MINDESTENS
    assert daneben.keys() == VERFEHLT


@pytest.mark.django_db
@pytest.mark.parametrize(
    "anfrage",
    [
        "",
        "   ",
        "x",
        "ä",
        "\x00",
        "a\x00b",
        "😀 🚲",
        "(.*)[a-z]+\\d?$^|",
        "der die das und",
        "%_'\";--",
        "<script>alert(1)</script>",
        "a" * 3000,
        "ae" * 1500,
        "bank " * 600,
        " ".join(f"unbekannteswort{n}" for n in range(200)),
        "‮Bänke⁠​",
        "Bänke",
        "\ud83d",
        "ﬀ ½ İ ẞ",
    ],
    ids=repr,
)
def test_nothing_that_is_typed_is_an_error(echte_daten, client, anfrage):
    for adresse in ("/suche/", "/kernaktivitaeten/"):
        oeffne(client, adresse, {"q": anfrage.encode("utf-8", "replace")})
    json_von(client, {"q": anfrage.encode("utf-8", "replace")})


@pytest.mark.django_db
def test_a_decomposed_umlaut_is_the_same_letter(echte_daten):
    assert funde("Ba\u0308nke") == funde("Bänke") != []


@pytest.mark.django_db
def test_a_long_query_is_cut_and_says_so(echte_daten, client):
    lang = "bank " + "x" * MAX_LAENGE
    assert "ersten 200 Zeichen" in oeffne(client, "/suche/", {"q": lang}).eines("main").text
    kurz = ("x" * MAX_LAENGE)[:MAX_LAENGE]
    assert "Zeichen" not in oeffne(client, "/suche/", {"q": kurz}).eines("main").text


@pytest.mark.django_db
def test_the_page_explains_itself_without_a_query(echte_daten, client):
    seite = oeffne(client, "/suche/")
    beispiel = seite.eines("main").alle("ul")[-1].alle("a")[0]
    assert "Treffer" not in seite.eines("main").text
    gefunden = oeffne(client, beispiel["href"]).alle("p", "zeile-titel")
    assert gefunden[0].text == beispiel.text
    assert seite.eines("meta", name_="robots")["content"] == "noindex"


@pytest.mark.django_db
def test_the_page_says_how_to_go_on_without_hits(echte_daten, client):
    text = oeffne(client, "/suche/", {"q": "qqqqq"}).eines("main").text
    assert "Kein Treffer" in text
    assert "Versuchen Sie" in text
    assert "kein Wort" in oeffne(client, "/suche/", {"q": "😀"}).eines("main").text


@pytest.mark.django_db
def test_a_typo_is_named_and_led_on(echte_daten, client):
    main = oeffne(client, "/suche/", {"q": "spielplaz"}).eines("main")
    hinweis = main.eines("p", "hinweis")
    assert "Meinten Sie Spielplatz?" in hinweis.text
    assert oeffne(client, hinweis.eines("a")["href"]).alle("p", "hinweis") == []


@pytest.mark.django_db
def test_some_words_are_better_than_nothing_and_it_is_said(echte_daten, client):
    main = oeffne(client, "/suche/", {"q": "schwimmen lernen"}).eines("main")
    assert "einen Teil davon" in main.text


@pytest.mark.django_db
def test_hits_are_grouped_marked_and_show_their_status(echte_daten, client):
    seite = oeffne(client, "/suche/", {"q": "radwege", "stichtag": "2024-08-31"})
    assert seite.eines("form", "tag").eines("input", name_="q")["value"] == "radwege"
    main = seite.eines("main")
    assert [h.text for h in main.alle("h3")] == ["Kernaktivitäten (1)"]
    assert main.eines("p", "hinweis").eines("a")["href"] == "/suche/?q=radwege"
    zeile = main.eines("li", "zeile")
    assert zeile.eines("mark").text == "Radwege"
    assert zeile.eines("b").text == "laufend"
    assert zeile.eines("p", "zeile-titel").eines("a")["href"] == (
        "/kernaktivitaeten/bovelo-leitprojekte-radverkehr/?stichtag=2024-08-31"
    )


@pytest.mark.django_db
def test_the_list_keeps_the_hits_best_first(echte_daten, client):
    seite = oeffne(client, "/kernaktivitaeten/", {"q": "schule"})
    titel = [p.text for p in seite.alle("p", "zeile-titel")]
    suche = oeffne(client, "/suche/", {"q": "schule"}).alle("p", "zeile-titel")
    assert titel == [p.text for p in suche][: len(titel)]
    assert titel[0] == "Gute Schule Bochum"
    assert [ka["titel"] for ka in json_von(client, {"q": "schule"})["kernaktivitaeten"]] == titel
    nach_nr = json_von(client, {"q": "schule", "sortierung": "nummer"})["kernaktivitaeten"]
    assert [ka["titel"] for ka in nach_nr] != titel
    assert {ka["titel"] for ka in nach_nr} == set(titel)
    assert client.get("/kernaktivitaeten.csv", {"q": "schule"}).content.count(b"\r\n") == (
        len(titel) + 1
    )


@pytest.mark.django_db
def test_the_search_of_the_list_goes_with_the_other_filters(echte_daten, client):
    frage = {"q": "schule", "status": "umgesetzt"}
    seite = oeffne(client, "/kernaktivitaeten/", frage)
    assert 0 < len(seite.alle("p", "zeile-titel")) < len(funde("schule"))
    assert seite.eines("input", id="filter-q")["value"] == "schule"
    ohne = seite.eines("a", **{"aria-label": "Suche schule aufheben"})
    assert ohne["href"] == "/kernaktivitaeten/?status=umgesetzt"
    assert "q=schule" in seite.eines("link", type="text/csv")["href"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("frage", "satz"),
    [
        ("q=%F0%9F%98%80", "Suche „😀“ wurde nicht berücksichtigt"),
        ("q=schule&q=kita", "Suche „kita“ wurde nicht berücksichtigt"),
        ("q=spielplaz", "was zu „Spielplatz“ gefunden wurde"),
        ("sortierung=relevanz", "Sortierung „relevanz“ wurde nicht berücksichtigt"),
    ],
)
def test_the_list_says_what_it_understood_otherwise(echte_daten, client, frage, satz):
    assert satz in oeffne(client, f"/kernaktivitaeten/?{frage}").eines("div", "hinweis").text


@pytest.mark.django_db
def test_every_page_has_the_search_and_keeps_the_stichtag(echte_daten, client):
    for adresse in ("/", "/bilanz/", "/suche/", "/methodik/"):
        frueher = oeffne(client, adresse, {"stichtag": "2024-08-31"})
        formular = frueher.alle("form", role="search")[0]
        assert formular["action"] == "/suche/"
        assert formular.eines("input", type="hidden")["value"] == "2024-08-31"
        heute = oeffne(client, adresse).alle("form", role="search")[0]
        assert heute.alle("input", type="hidden") == []
    oeffne(client, "/gibt/es/nicht/", status=404).eines("form", role="search")


@pytest.mark.django_db
@pytest.mark.parametrize("tag", ["2015-01-01", "2018-09-26", "2018-09-27"])
def test_hits_on_a_past_day_lead_to_pages_of_that_day(echte_daten, client, tag):
    seite = oeffne(client, "/suche/", {"q": "Tranche", "stichtag": tag})
    for zeile in seite.alle("p", "zeile-titel"):
        oeffne(client, zeile.eines("a")["href"])
