"""Every kind of page, one line each, and how tests open them."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.dokument import Element, lies


@dataclass(frozen=True)
class Seite:
    """A kind of page: its URL name, an address in the delivered data, and its template."""

    name: str
    adresse: str
    vorlage: str

    def __str__(self) -> str:
        return self.name


KOMPETENZ = "/kompetenzen/grossstadt-mit-lebensgefuehl/"
SCHWERPUNKT = "/kompetenzen/talentschmiede-im-ruhrgebiet/hervorragende-schulische-bildung/"
BESCHLUSS = "/ratsbeschluesse/2017-05-18-bochum-strategie-und-erste-25-kernaktivitaeten/"
WERKZEUG = "/strategiearbeit/werkzeugkaesten/projekte/"
KERNAKTIVITAET = "/kernaktivitaeten/haus-des-wissens/"

SEITEN = (
    Seite("startseite", "/", "startseite.html"),
    Seite("zielsystem:ueberblick", "/ueberblick/", "zielsystem/ueberblick.html"),
    Seite("zielsystem:kompetenz", KOMPETENZ, "zielsystem/kompetenz.html"),
    Seite("zielsystem:schwerpunkt", SCHWERPUNKT, "zielsystem/schwerpunkt.html"),
    Seite("kernaktivitaeten:liste", "/kernaktivitaeten/", "kernaktivitaeten/liste.html"),
    Seite("kernaktivitaeten:detail", KERNAKTIVITAET, "kernaktivitaeten/detail.html"),
    Seite("kernaktivitaeten:bilanz", "/bilanz/", "kernaktivitaeten/bilanz.html"),
    Seite("methodik", "/methodik/", "methodik.html"),
    Seite("suche", "/suche/", "suche.html"),
    Seite("kernaktivitaeten:beschluesse", "/ratsbeschluesse/", "kernaktivitaeten/beschluesse.html"),
    Seite("kernaktivitaeten:beschluss", BESCHLUSS, "kernaktivitaeten/beschluss.html"),
    Seite("kernaktivitaeten:tranche", "/tranchen/3/", "kernaktivitaeten/tranche.html"),
    Seite("kernaktivitaeten:stelle", "/stellen/tiefbauamt/", "kernaktivitaeten/stelle.html"),
    Seite("zielsystem:die_strategie", "/die-strategie/", "zielsystem/die_strategie.html"),
    Seite(
        "zielsystem:querschnittsthemen",
        "/querschnittsthemen/",
        "zielsystem/querschnittsthemen.html",
    ),
    Seite(
        "zielsystem:querschnittsthema",
        "/querschnittsthemen/klima/",
        "zielsystem/querschnittsthema.html",
    ),
    Seite("strategiearbeit:meilensteine", "/meilensteine/", "strategiearbeit/meilensteine.html"),
    Seite(
        "strategiearbeit:strategiearbeit",
        "/strategiearbeit/",
        "strategiearbeit/strategiearbeit.html",
    ),
    Seite("strategiearbeit:werkzeugkasten", WERKZEUG, "strategiearbeit/werkzeugkasten.html"),
    Seite(
        "strategiearbeit:barrierefreiheit",
        "/barrierefreiheit/",
        "strategiearbeit/barrierefreiheit.html",
    ),
    Seite(
        "strategiearbeit:barriere_melden",
        "/barriere-melden/",
        "strategiearbeit/barriere_melden.html",
    ),
    Seite(
        "strategiearbeit:barriere_gemeldet",
        "/barriere-melden/danke/",
        "strategiearbeit/barriere_gemeldet.html",
    ),
    Seite("stempel:stempel", "/stempel/", "stempel/stempel.html"),
    Seite("strategiearbeit:textseite", "/datenschutz/", "strategiearbeit/textseite.html"),
)
# Addresses that answer with something else than a page.
AUSGABEN = {
    "kernaktivitaeten:liste_csv": "/kernaktivitaeten.csv",
    "kernaktivitaeten:liste_json": "/kernaktivitaeten.json",
    "stempel:abzeichen": "/stempel/haus-des-wissens.svg",
    "stempel:muster": "/stempel/muster/laufend-farbig.svg",
}
# Pages about a row that the delivered data do not have, and those for which one signs in: they
# have tests of their own (tests/stempel).
EIGENS_GEPRUEFT = {
    "stempel:auskunft",
    "stempel:eingabe",
    "stempel:nutzen",
    "stempel:paket",
    "stempel:anbringen",
    "stempel:auftrag",
    "stempel:vorschau",
    "stempel:herunterladen",
}


def oeffne(client, adresse: str, parameter: dict | None = None, status: int = 200) -> Element:
    """The page at ``adresse`` as a document."""
    antwort = client.get(adresse, parameter)
    assert antwort.status_code == status, f"{adresse}: {antwort.status_code}"
    return lies(antwort.content.decode())


def json_von(client, parameter: dict | str | None = None) -> dict:
    """The JSON of the list for ``parameter`` (a mapping, or the query of an address)."""
    if isinstance(parameter, str):
        antwort = client.get(f"/kernaktivitaeten.json?{parameter}")
    else:
        antwort = client.get("/kernaktivitaeten.json", parameter)
    assert antwort.status_code == 200
    return json.loads(antwort.content)


def anzahl_der_liste(dokument: Element) -> int:
    """The number in the heading of the list: "Alle 75 …", "34 von 75 Kernaktivitäten".

    "Noch keine Kernaktivität" is 0.
    """
    texte = [ueberschrift.text for ueberschrift in dokument.alle("h2")]
    muster = r"(?:Alle )?(\d+|Noch keine)(?: von \d+)? Kernaktivität(?:en)?"
    (einer,) = filter(None, (re.fullmatch(muster, text) for text in texte))
    return 0 if einer[1] == "Noch keine" else int(einer[1])


def zahlen(dokument: Element) -> list[tuple[int, str]]:
    """Every count on a page with the address behind it."""
    karten = [a for liste in dokument.alle(klasse="zahlen") for a in liste.alle("a")]
    return [
        (int(re.match(r"\d+", link.text)[0]), link["href"])
        for link in [*dokument.alle("a", "zahl"), *karten]
    ]


def abfrage(adresse: str) -> str:
    return urlsplit(adresse).query
