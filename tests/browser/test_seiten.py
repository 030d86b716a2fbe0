"""The pages as readers meet them: in Chromium, small and wide, light and dark, with and without.

Each address is opened once for each test and looked at in all widths, so that the suite stays
short; what does not depend on the address is tested on one page of each kind.
"""

import re
from itertools import pairwise
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from tests.adressen import SEITEN

BREITEN = (320, 360, 1280)
SCHWERE = {
    "längster Titel": "/kernaktivitaeten/innovation-anne-theke-ein-ort-fuer-technologische-"
    "innovationen-in-der-innenstadt/",
    "langes Wort": "/kernaktivitaeten/erinnern-statt-vergessen-erinnerungskultur-stadtgeschichte/",
    "zwei Schwerpunkte": "/kernaktivitaeten/bochumer-mint-bildungscluster/",
    "überführt": "/kernaktivitaeten/bochums-speisekammer/",
    "Ziel und Ergebnis": "/kernaktivitaeten/1000-baenke-fuer-bochum/",
    "Consul": "/kernaktivitaeten/smart-city-bochum-consul-bochumer-beteiligungsplattform/",
    "viele Meldungen": "/kernaktivitaeten/eventbuehne-lohrheidestadion/",
    "früherer Tag": "/ueberblick/?stichtag=2018-09-27",
    "Bilanz ohne Stand": "/bilanz/?stichtag=2016-01-01",
    "leere Liste": "/kernaktivitaeten/?status=eingestellt&tranche=1",
    "Unsinn in der Adresse": "/kernaktivitaeten/?status=" + "x" * 300,
    "nicht gefunden": "/gibt-es-nicht/",
}
ADRESSEN = {str(seite): seite.adresse for seite in SEITEN} | SCHWERE
jede_adresse = pytest.mark.parametrize("adresse", ADRESSEN.values(), ids=ADRESSEN)
jede_seite = pytest.mark.parametrize("adresse", [s.adresse for s in SEITEN], ids=map(str, SEITEN))


@pytest.fixture
def gemeldet(page):
    """What the browser complains about on its console, and what it asks for."""
    gemeldet = SimpleNamespace(fehler=[], anfragen=[])
    hoerer = {
        "console": lambda m: gemeldet.fehler.append(m.text),
        "pageerror": lambda e: gemeldet.fehler.append(str(e)),
        "request": lambda a: gemeldet.anfragen.append(a.url),
    }
    for ereignis, tu in hoerer.items():
        page.on(ereignis, tu)
    yield gemeldet
    for ereignis, tu in hoerer.items():
        page.remove_listener(ereignis, tu)


def laeuft_ueber(page) -> str:
    """What is wider than the window; empty when nothing has to be scrolled sideways."""
    return page.evaluate(
        """() => {
        const breite = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= breite) return '';
        const zuBreit = [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > breite + 1);
        return zuBreit.slice(-3).map(e => e.outerHTML.slice(0, 120)).join(' | ') || 'unbekannt';
        }"""
    )


@jede_adresse
def test_a_page_is_sound_in_every_width_light_and_dark(page, portal, axe, gemeldet, adresse):
    """Every address in light; in the dark, where the same rules hold, each kind of page once."""
    page.emulate_media(color_scheme="light")
    page.goto(adresse)
    for breite in BREITEN:
        page.set_viewport_size({"width": breite, "height": 900})
        assert laeuft_ueber(page) == "", breite
    # Colours do not depend on the width.
    dunkel = [] if adresse in SCHWERE.values() else [(320, "dark")]
    for breite, schema in (*dunkel, (1280, "light")):
        page.set_viewport_size({"width": breite, "height": 900})
        page.emulate_media(color_scheme=schema)
        assert axe(page) == [], f"{breite} {schema}"
    assert {urlsplit(url).netloc for url in gemeldet.anfragen} == {urlsplit(portal).netloc}
    if adresse == SCHWERE["nicht gefunden"]:
        (einziger,) = gemeldet.fehler  # the browser reports the answer itself
        assert "status of 404" in einziger
    else:
        assert gemeldet.fehler == []
    assert page.context.cookies() == []


@jede_seite
def test_the_first_visit_is_light_and_nothing_moves(new_context, adresse):
    seite = new_context(viewport={"width": 360, "height": 800}).new_page()
    sitzung = seite.context.new_cdp_session(seite)
    sitzung.send("Network.enable")
    groessen = []
    sitzung.on("Network.loadingFinished", lambda e: groessen.append(e["encodedDataLength"]))
    seite.add_init_script(
        """window.verschoben = 0;
        new PerformanceObserver(liste => {
            for (const e of liste.getEntries()) window.verschoben += e.value;
        }).observe({type: 'layout-shift', buffered: true});"""
    )
    seite.goto(adresse, wait_until="networkidle")
    assert 1 < len(groessen) <= 6
    assert sum(groessen) <= 100_000
    assert seite.evaluate("window.verschoben") == 0


@jede_seite
def test_every_place_that_can_be_pressed_is_big_enough(page, adresse):
    """24 by 24 px (WCAG 2.5.8); links are left to axe, which knows the exceptions."""
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(adresse)
    for knopf in page.locator("button:visible, select:visible, summary:visible").all():
        kasten = knopf.bounding_box()
        assert kasten["height"] >= 24, knopf
        assert kasten["width"] >= 24, knopf


@jede_seite
def test_text_may_be_spaced_and_zoomed_without_loss(page, adresse):
    """WCAG 1.4.12 and 1.4.10: 400 % of 1280 px is a window of 320 px."""
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(adresse)
    sichtbar = page.locator("main").inner_text()
    page.evaluate(
        """() => {
        const blatt = new CSSStyleSheet();
        blatt.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
            word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
        document.adoptedStyleSheets = [blatt];
        }"""
    )
    assert laeuft_ueber(page) == ""
    assert page.locator("main").inner_text() == sichtbar
    abgeschnitten = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => {
            const s = getComputedStyle(e);
            const verdeckt = [s.overflowX, s.overflowY].some(o => o === 'hidden' || o === 'clip');
            return verdeckt && e.clientWidth > 2
                && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
        }).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert abgeschnitten == []


@jede_seite
def test_the_keyboard_reaches_the_content_and_shows_where_it_is(page, adresse):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(adresse)
    page.keyboard.press("Tab")
    sprung = page.locator(":focus")
    assert sprung.inner_text() == "Zum Inhalt springen"
    kasten = sprung.bounding_box()
    assert kasten["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"
    for _ in range(12):
        page.keyboard.press("Tab")
        umriss = page.evaluate(
            """() => {
            const e = document.activeElement, s = getComputedStyle(e);
            const r = e.getBoundingClientRect();
            return [e.tagName, s.outlineStyle, parseFloat(s.outlineWidth), r.bottom > 0];
            }"""
        )
        if umriss[0] == "BODY":
            break  # through: the browser itself has the focus
        assert umriss[1] not in ("none", ""), umriss
        assert umriss[2] >= 2, umriss
        assert umriss[3], umriss


def test_the_filter_works_without_javascript(new_context):
    seite = new_context(java_script_enabled=False).new_page()
    seite.set_viewport_size({"width": 360, "height": 800})
    seite.goto("/kernaktivitaeten/?stichtag=2024-08-31")
    seite.locator("summary").first.click()
    seite.get_by_label("eingestellt").check()
    seite.get_by_label("umgesetzt").check()
    seite.get_by_label("Sortieren nach").select_option("name")
    seite.get_by_role("button", name="Anwenden").click()
    assert "35 von 75 Kernaktivitäten" in seite.locator("main").inner_text()
    assert "stichtag=2024-08-31" in seite.url
    seite.get_by_role("link", name="Nächste Seite").click()
    assert "Seite 2 von 2" in seite.locator("main").inner_text()


@pytest.fixture(scope="module")
def nackte_seite(browser, browser_context_args):
    """A page of a browser without script and style, whatever it opens."""
    kontext = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    kontext.route("**/*.css", lambda weg: weg.abort())
    yield kontext.new_page()
    kontext.close()


@jede_seite
def test_everything_can_be_read_without_javascript_and_style(page, nackte_seite, adresse):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(adresse)
    nackte_seite.goto(adresse)
    assert nackte_seite.locator("h1").inner_text() == page.locator("h1").inner_text()
    seiten = (page, nackte_seite)
    woerter = [set(re.findall(r"\w+", s.locator("main").inner_text())) for s in seiten]
    assert woerter[0]
    assert woerter[0] <= woerter[1]


def test_a_number_leads_to_its_list_by_keyboard(page):
    page.goto("/")
    page.get_by_role("link", name=re.compile(r"^34\s+umgesetzt")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/kernaktivitaeten/?status=umgesetzt")
    assert page.get_by_role("heading", name="34 von 75 Kernaktivitäten").is_visible()


def test_the_overview_is_a_list_on_a_phone_and_five_columns_on_a_screen(page):
    page.goto("/ueberblick/")
    for breite, spalten in ((360, 1), (1280, 5)):
        page.set_viewport_size({"width": breite, "height": 900})
        links = {e.bounding_box()["x"] for e in page.locator("main h3").all()}
        assert len(links) == spalten


@pytest.mark.parametrize("anzahl", [4, 6, 8])
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_the_overview_holds_more_or_fewer_schwerpunkte(page, anzahl, medium):
    """Rows stay common to all columns, nothing overlaps, and the band stands below."""
    page.set_viewport_size({"width": 1500, "height": 900})
    page.goto("/ueberblick/")
    page.emulate_media(media=medium)
    page.evaluate(
        """anzahl => {
            const felder = () => document.querySelectorAll(".spalte:nth-child(2) .schwerpunkt");
            while (felder().length > anzahl) felder()[0].remove();
            while (felder().length < anzahl) felder()[0].after(felder()[0].cloneNode(true));
        }""",
        anzahl,
    )
    spalten = [
        [kind.bounding_box() for kind in spalte.locator(":scope > *").all()]
        for spalte in page.locator(".spalte").all()
    ]
    assert [len(spalte) for spalte in spalten] == [8, anzahl + 3, 8, 8, 8]
    for spalte in spalten:
        for oben, unten in pairwise(spalte):
            assert oben["y"] + oben["height"] <= unten["y"] + 0.5
    for reihe in zip(*(spalte[2:6] for spalte in spalten), strict=True):
        assert len({round(feld["y"]) for feld in reihe}) == 1
    assert len({round(spalte[-1]["y"]) for spalte in spalten}) == 1


@pytest.mark.parametrize("adresse", ["/bilanz/", "/die-strategie/", "/strategiearbeit/"])
def test_no_table_hides_its_columns_on_a_phone(page, adresse):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(adresse)
    assert page.locator(".stapel td").count() > 0
    for tabelle in page.locator(".rollbar").all():
        assert tabelle.evaluate("e => e.scrollWidth <= e.clientWidth")
    name = page.locator(".stapel td").first.evaluate("e => getComputedStyle(e, '::before').content")
    assert page.locator(".stapel td").first.get_attribute("data-spalte") in name
    page.set_viewport_size({"width": 1280, "height": 800})
    name = page.locator(".stapel td").first.evaluate("e => getComputedStyle(e, '::before').content")
    assert name == "none"


def test_motion_stops_for_those_who_ask(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto("/ueberblick/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def seiten_des_pdf(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in mm, from the uncompressed page objects."""
    kaesten = re.findall(
        rb"/Type\s*/Page\b(?!s).*?/MediaBox\s*\[\s*[\d.]+\s+[\d.]+\s+([\d.]+)\s+([\d.]+)",
        pdf,
        re.DOTALL,
    )
    return [tuple(round(float(zahl) / 72 * 25.4) for zahl in kasten) for kasten in kaesten]


@pytest.mark.parametrize(
    "frage",
    [
        pytest.param("", id="heute"),
        pytest.param("?status=umgesetzt", id="auswahl"),
        pytest.param("?stichtag=2018-09-27", id="damals"),
    ],
)
def test_the_overview_prints_on_one_a3_sheet(page, frage):
    page.goto(f"/ueberblick/{frage}")
    assert seiten_des_pdf(page.pdf(prefer_css_page_size=True)) == [(420, 297)]


def test_a_dark_screen_does_not_print_dark(page):
    page.emulate_media(color_scheme="dark", media="print")
    page.goto("/bilanz/")
    farbe = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert farbe == "rgb(255, 255, 255)"
    assert page.locator("nav").first.is_hidden()
