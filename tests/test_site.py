"""What holds for every page, whatever it is about, and whether every link leads somewhere."""

import json
import re
from collections import Counter
from html import unescape
from itertools import pairwise
from urllib.parse import urldefrag, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from kernaktivitaeten.models import Person
from tests.adressen import AUSGABEN, EIGENS_GEPRUEFT, SEITEN, oeffne
from tests.dokument import lies
from tests.test_conventions import urlnamen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]

# Where nothing but a form that was sent leads.
NACH_DEM_ABSENDEN = "/barriere-melden/danke/"
FORMULARE = {"/barriere-melden/"}
ALLE_ADRESSEN = [*(seite.adresse for seite in SEITEN), *AUSGABEN.values()]
jede_seite = pytest.mark.parametrize("adresse", [s.adresse for s in SEITEN], ids=map(str, SEITEN))
jede_adresse = pytest.mark.parametrize("adresse", ALLE_ADRESSEN)

KOPFZEILEN = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": settings.PERMISSIONS_POLICY,
}


@pytest.fixture(scope="module")
def besuchte(echte_daten, django_db_blocker):
    """Address → document of every page that can be reached from the start page, and the failures.

    Filtered lists and past days are left to the tests of the numbers, which open them all.
    """
    with django_db_blocker.unblock():
        client = Client()
        offen, seiten, fehler = ["/", NACH_DEM_ABSENDEN], {}, []
        while offen:
            adresse = offen.pop()
            if adresse in seiten:
                continue
            antwort = client.get(adresse)
            if antwort.status_code != 200:
                fehler.append((adresse, antwort.status_code))
                continue
            if not antwort.headers["Content-Type"].startswith("text/html"):
                seiten[adresse] = None
                continue
            seiten[adresse] = lies(antwort.content.decode())
            for link in seiten[adresse].alle("a"):
                ziel = urldefrag(link["href"]).url
                if ziel.startswith("/") and "?" not in ziel.replace("?seite=", ""):
                    offen.append(ziel)
        return seiten, fehler


def test_no_link_of_a_past_day_is_dead(client):
    """Each path once, from the start page of the day on which the second Tranche was decided."""
    tag = "?stichtag=2018-09-27"
    offen, gesehen = [f"/{tag}"], set()
    while offen:
        adresse = offen.pop()
        pfad = urlsplit(adresse).path
        if pfad in gesehen:
            continue
        gesehen.add(pfad)
        antwort = client.get(adresse)
        assert antwort.status_code == 200, adresse
        if antwort.headers["Content-Type"].startswith("text/html"):
            links = [a["href"] for a in lies(antwort.content.decode()).alle("a")]
            offen += [urldefrag(z).url for z in links if z.startswith("/") and tag[1:] in z]
    assert len(gesehen) > 120


@pytest.fixture
def dokument(besuchte, adresse):
    """The page at ``adresse``, opened once for all tests."""
    return besuchte[0][adresse]


def test_the_table_names_every_page():
    bekannt = {seite.name for seite in SEITEN} | set(AUSGABEN) | EIGENS_GEPRUEFT
    assert set(urlnamen()) == bekannt


# ── Each kind of page ─────────────────────────────────────────────────────────────────────────


@jede_seite
def test_a_page_is_a_proper_german_document(dokument):
    assert dokument.eines("html")["lang"] == "de"
    assert dokument.eines("h1").text
    assert re.fullmatch(r"\S.* – Bochum Strategie", dokument.eines("head").eines("title").text)
    assert dokument.eines("meta", name_="description")["content"]
    assert dokument.eines("meta", name_="viewport")["content"].startswith("width=device-width")
    assert "Stand:" in dokument.eines("footer").text


@jede_seite
def test_the_first_link_of_a_page_jumps_to_its_content(dokument):
    sprung = dokument.alle("a")[0]
    assert sprung["href"] == f"#{dokument.eines('main')['id']}"
    assert sprung.text == "Zum Inhalt springen"


@jede_seite
def test_the_headings_of_a_page_leave_no_level_out(dokument):
    stufen = [int(e.name[1]) for e in dokument.alle() if re.fullmatch("h[1-6]", e.name)]
    assert stufen[0] == 1
    assert all(danach <= davor + 1 for davor, danach in pairwise(stufen))


@jede_seite
def test_a_page_renders_its_own_template(client, adresse):
    (seite,) = (seite for seite in SEITEN if seite.adresse == adresse)
    assert seite.vorlage in [vorlage.name for vorlage in client.get(adresse).templates]


@jede_seite
def test_ids_are_unique(dokument):
    ids = [e["id"] for e in dokument.alle() if "id" in e.attribute]
    assert sorted(ids) == sorted(set(ids))


@jede_seite
def test_what_names_another_element_finds_it(dokument):
    ids = {e.attribute.get("id") for e in dokument.alle()}
    genannt = {
        kennung
        for e in dokument.alle()
        for attribut in ("aria-labelledby", "aria-describedby", "for")
        for kennung in e.attribute.get(attribut, "").split()
    }
    muster = {
        e["fill"][5:-1] for e in dokument.alle("rect") if "url(" in e.attribute.get("fill", "")
    }
    assert genannt | muster <= ids


@jede_seite
def test_a_table_that_stacks_on_a_phone_names_the_column_of_each_value(dokument):
    for tabelle in dokument.alle("table", "stapel"):
        rollen = {"thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row"}
        for element in [tabelle, *tabelle.alle()]:
            if element.name in {"table", "td", *rollen}:
                rolle = {"table": "table", "td": "cell"} | rollen
                assert element["role"] == rolle[element.name]
        _, *spalten = [kopf.text for kopf in tabelle.alle("th", role="columnheader")]
        for zeile in tabelle.alle("tr")[1:]:
            assert zeile.eines("th")["role"] == "rowheader"
            assert [zelle["data-spalte"] for zelle in zeile.alle("td")] == spalten


@jede_seite
def test_a_page_has_no_style_and_no_script_of_its_own(dokument):
    assert not [e for e in dokument.alle() if "style" in e.attribute]
    assert not dokument.alle("style")
    assert not dokument.alle("script")
    assert not [e for e in dokument.alle() if any(a.startswith("on") for a in e.attribute)]


@jede_seite
def test_a_page_loads_only_from_ourselves(dokument):
    geladen = [e["src"] for e in dokument.alle() if "src" in e.attribute]
    geladen += [e["href"] for name in ("link", "use", "image") for e in dokument.alle(name)]
    assert geladen
    assert all(ziel.startswith(("/", "#")) and not ziel.startswith("//") for ziel in geladen)


def test_style_and_font_load_only_from_ourselves():
    stil = finders.find("css/portal.css")
    with open(stil, encoding="utf-8") as datei:
        css = datei.read()
    assert "@import" not in css
    adressen = re.findall(r"url\((.*?)\)", css)
    assert adressen
    assert not [a for a in adressen if "//" in a]


@jede_adresse
def test_an_address_sets_no_cookie_and_varies_by_none(client, adresse):
    antwort = client.get(adresse)
    assert not antwort.cookies
    assert "Cookie" not in antwort.headers.get("Vary", "")


@pytest.mark.parametrize("adresse", [*ALLE_ADRESSEN, "/gibt-es-nicht/", "/healthz"])
def test_an_answer_carries_the_security_headers(client, adresse):
    kopf = client.get(adresse).headers
    assert KOPFZEILEN.items() <= dict(kopf).items()
    richtlinie = kopf["Content-Security-Policy"]
    assert "default-src 'none'" in richtlinie
    assert "frame-ancestors 'none'" in richtlinie
    assert "unsafe" not in richtlinie
    assert "//" not in richtlinie


@jede_adresse
def test_head_answers_like_get_without_a_body(client, adresse):
    antwort = client.head(adresse)
    assert antwort.status_code == 200
    assert antwort.content == b""
    assert antwort.headers["Content-Type"] == client.get(adresse).headers["Content-Type"]


@jede_seite
def test_an_address_without_its_last_slash_leads_to_the_page(client, adresse):
    if adresse == "/":
        return
    antwort = client.get(adresse.rstrip("/"), {"stichtag": "2022-08-25"})
    assert antwort.status_code == 301
    assert antwort.headers["Location"] == f"{adresse}?stichtag=2022-08-25"


# ── The Stichtag ──────────────────────────────────────────────────────────────────────────────


@jede_adresse
@pytest.mark.parametrize(
    ("stichtag", "satz"),
    [("gestern", "kein gültiges Datum"), ("9999-12-31", "liegt in der Zukunft")],
)
def test_an_impossible_stichtag_is_a_404_on_every_page(client, adresse, stichtag, satz):
    dokument = oeffne(client, adresse, {"stichtag": stichtag}, status=404)
    (vorspann,) = [p.text for p in dokument.alle("p") if "Stichtag" in p.text]
    assert satz in vorspann


@pytest.mark.parametrize(
    "stichtag",
    [
        "",
        "2024-02-30",
        "20240831",
        " 2024-08-31",
        "2024-08-31\0",
        "<script>",
        "٢٠٢٤-٠٨-٣١",
        "😀",
        "9" * 3000,
        ["2024-08-31", "2022-08-25"],
    ],
    ids=lambda wert: repr(wert)[:20],
)
def test_a_malformed_stichtag_is_a_404_in_words(client, stichtag):
    dokument = oeffne(client, "/bilanz/", {"stichtag": stichtag}, status=404)
    assert "kein gültiges Datum" in dokument.eines("main").text
    assert "script" not in dokument.eines("main").text


@jede_seite
def test_today_can_be_asked_and_tomorrow_not(client, heute_ist, adresse):
    heute_ist(2024, 8, 31)
    oeffne(client, adresse, {"stichtag": "2024-08-31"})
    oeffne(client, adresse, {"stichtag": "2024-09-01"}, status=404)


@jede_seite
def test_a_page_of_a_past_day_says_so_and_leads_back_to_today(client, adresse, dokument):
    damals = oeffne(client, adresse, {"stichtag": "2022-08-25"})
    assert "Stand: 25. August 2022." in damals.eines("footer").text
    (hinweis,) = [p for p in damals.alle("p") if "Sie sehen den Stand vom" in p.text]
    assert "25. August 2022" in hinweis.text
    assert hinweis.eines("a")["href"] == adresse
    assert "Sie sehen den Stand vom" not in dokument.text


@jede_seite
def test_links_between_pages_about_a_status_carry_the_stichtag_on(client, adresse):
    """Header and footer do not; nor the link back to today and those the office wrote itself."""
    inhalt = oeffne(client, adresse, {"stichtag": "2022-08-25"}).eines("main")
    geschrieben = [a for text in inhalt.alle("div", "text") for a in text.alle("a")]
    ziele = [
        a["href"]
        for a in inhalt.alle("a")
        if a["href"].startswith("/") and a.text != "Zum heutigen Stand" and a not in geschrieben
    ]
    assert [z for z in ziele if "stichtag=" not in z] == []
    # A published Bilanz is counted for its own day.
    fremd = [z for z in ziele if "stichtag=2022-08-25" not in z]
    assert not fremd or adresse == "/bilanz/"


# ── Every link ────────────────────────────────────────────────────────────────────────────────


def test_no_link_is_dead(besuchte):
    assert besuchte[1] == []


def test_every_kernaktivitaet_kompetenz_and_schwerpunkt_can_be_reached(besuchte):
    pfade = {urlsplit(adresse).path for adresse in besuchte[0]}
    assert sum(1 for pfad in pfade if re.fullmatch(r"/kernaktivitaeten/[^/]+/", pfad)) == 75
    assert sum(1 for pfad in pfade if re.fullmatch(r"/kompetenzen/[^/]+/", pfad)) == 5
    assert sum(1 for pfad in pfade if re.fullmatch(r"/kompetenzen/[^/]+/[^/]+/", pfad)) == 25


def test_links_are_either_to_this_portal_or_by_a_whole_address(besuchte):
    ziele = {a["href"] for seite in besuchte[0].values() if seite for a in seite.alle("a")}
    assert {z for z in ziele if not z.startswith(("/", "#", "https://", "http://"))} == set()


def test_every_fragment_names_an_element_of_its_page(besuchte):
    seiten = {adresse: seite for adresse, seite in besuchte[0].items() if seite}
    ids = {adresse: {e.attribute.get("id") for e in s.alle()} for adresse, s in seiten.items()}
    geprueft = 0
    for adresse, seite in seiten.items():
        for element in [*seite.alle("a"), *seite.alle("use")]:
            ziel, fragment = urldefrag(element["href"])
            if fragment and not ziel.startswith("http"):
                geprueft += 1
                assert fragment in ids[ziel or adresse], f"{adresse}: {element['href']}"
    assert geprueft > len(seiten)


def test_every_static_file_exists(besuchte):
    dateien = {
        urlsplit(e["href"]).path
        for seite in besuchte[0].values()
        if seite
        for e in seite.alle("link")
        if e["href"].startswith(settings.STATIC_URL)
    }
    assert dateien
    assert [d for d in dateien if not finders.find(d.removeprefix(settings.STATIC_URL))] == []


def test_no_page_prints_what_only_a_program_reads(besuchte):
    for adresse, seite in besuchte[0].items():
        if seite:
            text = unescape(seite.text)
            for zeichen in ("None", "{{", "{%", "&amp;", "&lt;", "Zielelement", "QuerySet"):
                assert zeichen not in text, adresse


def test_the_title_of_every_page_is_its_own(besuchte):
    titel = Counter(
        seite.eines("head").eines("title").text
        for adresse, seite in besuchte[0].items()
        if seite and "?" not in adresse
    )
    assert titel.most_common(1)[0][1] == 1


def test_no_link_is_without_words(besuchte):
    for adresse, seite in besuchte[0].items():
        for link in seite.alle("a") if seite else ():
            assert link.text or link.attribute.get("aria-label"), f"{adresse}: {link['href']}"


def test_no_page_names_a_person_whose_name_is_not_released(besuchte):
    namen = {person.name.split()[-1] for person in Person.objects.filter(name_freigegeben=False)}
    assert len(namen) == 6
    for adresse, seite in besuchte[0].items():
        if seite:
            gefunden = {name for name in namen if re.search(rf"\b{name}\b", seite.text)}
            assert not gefunden, adresse


# ── What is not there, and what goes wrong ────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "adresse",
    [
        "/gibt-es-nicht/",
        "/kernaktivitaeten/gibt-es-nicht/",
        "/kernaktivitaeten/Haus-des-Wissens/",
        "/kernaktivitaeten.xml",
        "/kompetenzen/",
        "/kompetenzen/gibt-es-nicht/",
        "/kompetenzen/wesenskern/",
        "/kompetenzen/grossstaedtisches-zentrum/",
        "/kompetenzen/grossstadt-mit-lebensgefuehl/gibt-es-nicht/",
        "/kompetenzen/grossstadt-mit-lebensgefuehl/hochkultur-der-spitzenklasse/",
        "/bilanz/%00/",
        "/%F0%9F%98%80/",
        "/" + "a" * 3000 + "/",
    ],
    ids=lambda adresse: adresse[:40],
)
def test_what_is_not_there_says_so_and_leads_on(client, besuchte, adresse):
    dokument = oeffne(client, adresse, status=404)
    assert dokument.eines("html")["lang"] == "de"
    assert dokument.eines("h1").text == "Diese Seite gibt es nicht"
    ziele = [a["href"] for a in dokument.eines("main").alle("a")]
    assert "/" in ziele
    assert set(ziele) <= set(besuchte[0])


def test_a_404_repeats_nothing_of_the_address(client):
    inhalt = client.get("/<b>Hallo</b>/?x=<i>").content.decode()
    assert "Hallo" not in inhalt
    assert "<i>" not in inhalt


@pytest.mark.parametrize(
    ("name", "adresse"),
    [("startseite", "/"), ("ueberblick", "/ueberblick/"), ("liste", "/kernaktivitaeten/")],
)
def test_a_fault_of_ours_is_a_500_in_german_without_details(monkeypatch, name, adresse):

    def kaputt(*args, **kwargs):
        raise RuntimeError("Geheimes Detail")

    monkeypatch.setattr(f"seiten.{name}.mit_parametern", kaputt)
    antwort = Client(raise_request_exception=False).get(adresse)
    assert antwort.status_code == 500
    dokument = lies(antwort.content.decode())
    assert dokument.eines("html")["lang"] == "de"
    assert dokument.eines("h1").text == "Gerade ist etwas schiefgegangen"
    assert dokument.eines("main").eines("a")["href"] == "/"
    assert "Geheimes Detail" not in antwort.content.decode()
    assert KOPFZEILEN.items() <= dict(antwort.headers).items()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf"])
def test_what_is_refused_says_so_in_german(name):
    antworten = {
        "400": lambda: Client().get("/", headers={"host": "boese.example"}),
        "403": lambda: antwort_ohne_recht(),
        "403_csrf": lambda: Client(enforce_csrf_checks=True).post("/verwaltung/login/"),
    }
    antwort = antworten[name]()
    assert antwort.status_code == int(name[:3])
    dokument = lies(antwort.content.decode())
    assert dokument.eines("html")["lang"] == "de"
    assert dokument.eines("h1").text
    assert "/" in [a["href"] for a in dokument.eines("main").alle("a")]
    assert "Content-Security-Policy" in antwort.headers


def antwort_ohne_recht():
    """An editor without any right asks for a list of the administration."""
    nutzerin = User.objects.create_user("lesend", is_staff=True)
    client = Client()
    client.force_login(nutzerin)
    return client.get("/verwaltung/kernaktivitaeten/kernaktivitaet/")


@pytest.mark.parametrize("adresse", sorted({*ALLE_ADRESSEN} - FORMULARE))
def test_public_pages_are_only_read(client, adresse):
    assert client.post(adresse, {"titel": "x"}).status_code == 405
    assert client.head(adresse).status_code == 200


# ── Health ────────────────────────────────────────────────────────────────────────────────────


def test_alive_touches_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        antwort = client.get("/healthz")
    assert (antwort.status_code, antwort.content) == (200, b"ok\n")


@pytest.mark.parametrize("frage", [{}, {"tief": "0"}, {"tief": ""}])
def test_only_tief_1_asks_deeply(client, django_assert_num_queries, frage):
    with django_assert_num_queries(0):
        assert client.get("/healthz", frage).status_code == 200


@pytest.fixture
def ablage(settings, tmp_path):
    settings.DATEN_ORDNER = tmp_path
    return tmp_path


def bereit(client) -> tuple[int, dict]:
    antwort = client.get("/healthz", {"tief": "1"})
    return antwort.status_code, json.loads(antwort.content)


def test_ready_when_database_migrations_and_storage_are_there(client, ablage):
    assert bereit(client) == (200, {"datenbank": True, "migrationen": True, "ablage": True})


def test_not_ready_without_the_database(client, ablage, monkeypatch):
    def weg(*args):
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", weg)
    assert bereit(client) == (503, {"datenbank": False, "migrationen": False, "ablage": True})


def test_not_ready_when_a_migration_is_missing(client, ablage):
    MigrationRecorder.Migration.objects.filter(app="kernaktivitaeten").delete()
    assert bereit(client) == (503, {"datenbank": True, "migrationen": False, "ablage": True})


def test_not_ready_without_a_place_to_write(client, ablage):
    ablage.rmdir()
    assert bereit(client) == (503, {"datenbank": True, "migrationen": True, "ablage": False})
