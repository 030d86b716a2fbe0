"""The administration in Chromium: accessible, light and dark, and within the content policy."""

import io
import subprocess
import sys

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.prozess import WURZEL, umgebung

KA = "/verwaltung/kernaktivitaeten/kernaktivitaet/"
ANGABE = "/verwaltung/kernaktivitaeten/angabe/"
MELDUNG = "/verwaltung/kernaktivitaeten/statusmeldung/"
SEITEN = {
    "index": "/verwaltung/",
    "list": KA,
    "search": f"{KA}?q=haus",
    "filter": f"{KA}?lage=laufend",
    "date hierarchy": f"{MELDUNG}?zaehlt_ab__year=2018",
    "tree": "/verwaltung/zielsystem/zielelement/",
    "add": f"{MELDUNG}add/",
    "report": f"{MELDUNG}add/?kernaktivitaet=1",
    "correct": f"{MELDUNG}1/korrigieren/",
    "change": f"{KA}1/change/",
    "preview": "/verwaltung/strategiearbeit/textseite/1/change/",
    "history": "/verwaltung/zielsystem/quelle/1/history/",
    "delete": "/verwaltung/kernaktivitaeten/ort/1/delete/",
    "password": "/verwaltung/password_change/",
    "workbook": f"{KA}mappe/",
    "many at once": f"{KA}sammel/?ka=1&ka=2",
    "stapel": "/verwaltung/verwaltung/stapel/",
    "own account": "/konto/",
    "accounts": "/verwaltung/auth/user/",
    "account": "/verwaltung/auth/user/1/change/",
    "new account": "/verwaltung/auth/user/add/",
    "password of somebody": "/verwaltung/auth/user/1/password/",
    "public page with drafts": "/verwaltung/vorschau/kernaktivitaeten/haus-des-wissens/",
    "handbook": "/verwaltung/handbuch/",
    "draft": f"{ANGABE}?entwurf__exact=1",
}
# Each kind of page once: the others look the same in the dark.
ARTEN = {
    "index",
    "list",
    "tree",
    "report",
    "change",
    "preview",
    "history",
    "delete",
    "password",
    "workbook",
    "many at once",
    "own account",
    "account",
    "public page with drafts",
    "handbook",
}
NUTZER, PASSWORT = "redaktion", "nur-fuer-den-test-4711"
ANLEGEN = f"""
import django; django.setup()
from django.contrib.auth.models import User
User.objects.filter(username={NUTZER!r}).exists() or User.objects.create_superuser(
    {NUTZER!r}, password={PASSWORT!r})
from zielsystem.models import Quelle
quelle = Quelle.objects.get(pk=1)
quelle.titel += " (Test)"; quelle.save()
quelle.titel = quelle.titel.removesuffix(" (Test)"); quelle.save()
"""


@pytest.fixture(scope="session")
def sitzung(portal, portal_einstellungen, browser):
    """The cookies of an editor who signed in; a source has a history."""
    subprocess.run(
        [sys.executable, "-c", ANLEGEN],
        cwd=WURZEL,
        env=umgebung(DJANGO_SETTINGS_MODULE="bochum_strategie.settings", **portal_einstellungen),
        check=True,
    )
    kontext = browser.new_context(base_url=portal, locale="de-DE")
    melde_an(kontext.new_page())
    yield kontext.storage_state()
    kontext.close()


def melde_an(page):
    page.goto("/verwaltung/login/")
    page.fill("#id_login", NUTZER)
    page.fill("#id_password", PASSWORT)
    page.click("main [type=submit]")
    page.wait_for_url("**/verwaltung/")


@pytest.fixture(params=[1280, 360])
def breite(request):
    return request.param


@pytest.fixture
def redaktion(browser, portal, sitzung, breite):
    """A page of the signed-in editor with a list of what the content policy refused.

    Colours do not depend on the width: the wide one is light, the small one dark.
    """
    kontext = browser.new_context(
        base_url=portal,
        locale="de-DE",
        color_scheme="light" if breite == 1280 else "dark",
        storage_state=sitzung,
        viewport={"width": breite, "height": 800},
    )
    page = kontext.new_page()
    page.verstoesse = beobachte(page)
    yield page
    kontext.close()


def beobachte(page) -> list[str]:
    """Collects what Chromium reports as forbidden or failed on the page."""
    meldungen: list[str] = []
    page.on("console", lambda m: meldungen.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda fehler: meldungen.append(str(fehler)))
    return meldungen


def test_every_page_is_accessible_and_keeps_the_content_policy(redaktion, axe, breite):
    """Every page wide and light; small and dark each kind once; none is too wide for a phone."""
    assert set(SEITEN) > ARTEN
    for name, adresse in SEITEN.items():
        if breite == 360 and name not in ARTEN:
            continue
        redaktion.set_viewport_size({"width": breite, "height": 800})
        assert redaktion.goto(adresse).status == 200, name
        assert redaktion.verstoesse == [], name
        assert axe(redaktion) == [], name
        redaktion.verstoesse.clear()  # axe itself measures with inline styles
        for fenster in (breite, 360):
            redaktion.set_viewport_size({"width": fenster, "height": 800})
            assert redaktion.evaluate("document.documentElement.scrollWidth") <= fenster, name
        assert redaktion.locator('main a[href=""], #container a[href=""]').count() == 0, name


def test_signing_in_is_accessible(browser, portal, axe, breite):
    for farbe in ("light", "dark"):
        kontext = browser.new_context(
            base_url=portal, color_scheme=farbe, viewport={"width": breite, "height": 800}
        )
        page = kontext.new_page()
        verstoesse = beobachte(page)
        for adresse in ("/konto/login/", "/konto/passwort/vergessen/"):
            assert page.goto(adresse).status == 200
            assert verstoesse == []
            assert axe(page) == []
            verstoesse.clear()  # axe itself measures with inline styles
        kontext.close()


def test_a_kernaktivitaet_is_chosen_by_typing(browser, portal, sitzung):
    kontext = browser.new_context(base_url=portal, locale="de-DE", storage_state=sitzung)
    page = kontext.new_page()
    verstoesse = beobachte(page)
    page.goto(f"{MELDUNG}add/")
    waehle(page, "Kernaktivität", "haus des w", "Haus des Wissens")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Datum:", exact=True).fill("irgendwann")
    page.get_by_label("Text:", exact=True).fill("Es geht voran.")
    page.get_by_role("button", name="Ohne Vorschau veröffentlichen").click()
    expect(page.locator("#id_zeit_error")).to_contain_text("„irgendwann“ ist kein Datum")
    expect(page.get_by_label("Text:", exact=True)).to_have_value("Es geht voran.")
    assert verstoesse == []
    kontext.close()


def waehle(page, feld: str, getippt: str, treffer: str) -> None:
    """Chooses a row by typing; before the script has run, a plain list is in its place."""
    page.locator(f".select2-selection[aria-label='{feld}']").click()
    page.get_by_role("searchbox", name="Suchen").fill(getippt)
    page.locator(".select2-results__option", has_text=treffer).first.click()


def test_a_status_goes_from_the_first_page_to_the_public_one_and_is_corrected(
    browser, portal, sitzung
):
    kontext = browser.new_context(base_url=portal, locale="de-DE", storage_state=sitzung)
    page = kontext.new_page()
    verstoesse = beobachte(page)
    page.goto("/verwaltung/")
    page.get_by_role("link", name="Status melden").click()
    waehle(page, "Kernaktivität", "haus des w", "Haus des Wissens")
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_text("Haus des Wissens: heute laufend")).to_be_visible()
    page.get_by_label("Status:", exact=True).select_option("umgesetzt")
    page.get_by_label("Datum:", exact=True).fill("08/2025")
    page.get_by_label("Bezug des Datums:", exact=True).select_option("ab")
    page.get_by_label("Text:", exact=True).fill("Nur zur Probe eröffnet.")
    waehle(page, "Quelle", "präsentation", "Präsentation der Stadt Bochum")
    page.get_by_role("button", name="Vorschau", exact=True).click()
    expect(page.get_by_text("Zählt ab 31.08.2025, dem letzten Tag")).to_be_visible()
    expect(page.locator(".lage-satz")).to_contain_text("umgesetzt seit 08/2025")
    page.get_by_role("button", name="Zurück zum Bearbeiten").click()
    expect(page.get_by_text("Vorschlag: Zählt ab 31.08.2025")).to_be_visible()
    page.get_by_label("Text:", exact=True).fill("Zur Probe eröffnet.")
    page.get_by_role("button", name="Vorschau", exact=True).click()
    page.get_by_role("button", name="So veröffentlichen").click()
    page.get_by_role("link", name="Zur öffentlichen Seite").click()
    expect(page.locator(".lage")).to_contain_text("Zur Probe eröffnet.")

    page.goto(f"{MELDUNG}?q=zur+probe+eröffnet")
    page.locator("#result_list tbody th a").click()
    page.get_by_role("link", name="Korrigieren", exact=True).first.click()
    page.get_by_label("Grund der Korrektur:").fill("Es war nur eine Probe.")
    page.get_by_label("Status:", exact=True).select_option("laufend")
    page.get_by_role("button", name="Vorschau", exact=True).click()
    expect(page.get_by_text("Es war nur eine Probe.")).to_be_visible()
    page.get_by_role("button", name="So veröffentlichen").click()
    page.get_by_role("link", name="Zur öffentlichen Seite").click()
    expect(page.locator(".lage")).to_contain_text("laufend")
    page.get_by_role("link", name="Zur Meldung, die sie ersetzt").click()
    expect(page.get_by_role("link", name="Zur früheren Meldung")).to_be_in_viewport()
    assert verstoesse == []
    kontext.close()


def test_a_status_is_reported_without_javascript_up_to_the_preview(browser, portal, sitzung):
    kontext = browser.new_context(
        base_url=portal, locale="de-DE", storage_state=sitzung, java_script_enabled=False
    )
    page = kontext.new_page()
    page.goto(f"{MELDUNG}add/")
    page.get_by_label("Kernaktivität:").select_option("Haus des Wissens")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Datum:", exact=True).fill("2025")
    page.get_by_label("Text:", exact=True).fill("Ein Satz.")
    page.get_by_label("Quelle:", exact=True).select_option(index=1)
    page.get_by_role("button", name="Andere Kernaktivität").click()
    page.get_by_label("Kernaktivität:").select_option("Haus des Wissens")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Vorschau", exact=True).click()
    expect(page.get_by_text("Vorschau, noch nichts gespeichert.")).to_be_visible()
    expect(page.get_by_text("Ein Satz.")).to_be_visible()
    kontext.close()


def test_the_preview_of_a_status_is_accessible(redaktion, axe, breite):
    redaktion.goto(f"{MELDUNG}add/?kernaktivitaet=1")
    redaktion.get_by_role("button", name="Vorschau", exact=True).click()
    expect(redaktion.locator(".errornote")).to_be_visible()
    pruefe(redaktion, axe, breite)
    redaktion.get_by_label("Datum:", exact=True).fill("2025")
    redaktion.get_by_label("Text:", exact=True).fill("Ein Satz.")
    redaktion.get_by_role("button", name="Vorschau", exact=True).click()
    expect(redaktion.get_by_role("button", name="So veröffentlichen")).to_be_visible()
    pruefe(redaktion, axe, breite)


def pruefe(page, axe, breite: int) -> None:
    assert page.verstoesse == []
    assert axe(page) == []
    page.verstoesse.clear()  # axe itself measures with inline styles
    assert page.evaluate("document.documentElement.scrollWidth") <= breite


def test_readers_get_no_session(browser, portal):
    kontext = browser.new_context(base_url=portal)
    kontext.new_page().goto("/")
    assert kontext.cookies() == []
    kontext.close()


def lade_mappe(page, **zellen) -> dict:
    """The downloaded workbook with these cells of the Kernaktivitäten changed, to be uploaded."""
    mappe = load_workbook(io.BytesIO(page.request.get(f"{KA}mappe/ausfuhr/").body()))
    for ort, wert in zellen.items():
        mappe["Kernaktivitäten"][ort] = wert
    datei = io.BytesIO()
    mappe.save(datei)
    return {"name": "mappe.xlsx", "mimeType": "application/zip", "buffer": datei.getvalue()}


def test_the_trial_of_a_workbook_is_accessible(redaktion, axe, breite):
    for zellen in ({"D2": "Neuer Titel"}, {"D2": "Neuer Titel", "C3": "=1+1"}):
        redaktion.goto(f"{KA}mappe/")
        redaktion.set_input_files("[type=file]", lade_mappe(redaktion, **zellen))
        redaktion.get_by_role("button", name="Hochladen und prüfen").click()
        redaktion.get_by_role("heading", name="Probelauf: mappe.xlsx").wait_for()
        assert redaktion.get_by_role("button", name="übernehmen").count() == ("C3" not in zellen)
        assert redaktion.verstoesse == []
        assert axe(redaktion) == []
        redaktion.verstoesse.clear()  # axe itself measures with inline styles
        assert redaktion.evaluate("document.documentElement.scrollWidth") <= breite
        redaktion.get_by_role("button", name="Verwerfen").click()


def test_the_workbook_and_many_at_once_work_without_javascript(browser, portal, sitzung):
    kontext = browser.new_context(
        base_url=portal, locale="de-DE", storage_state=sitzung, java_script_enabled=False
    )
    page = kontext.new_page()
    page.goto(f"{KA}mappe/")
    page.set_input_files("[type=file]", lade_mappe(page, D2="Neuer Titel"))
    page.get_by_role("button", name="Hochladen und prüfen").click()
    page.get_by_role("button", name="1 Zeile übernehmen").click()
    page.get_by_role("button", name="Alles zurücknehmen").click()
    expect(page.get_by_text("ist als Ganzes zurückgenommen.")).to_be_visible()

    page.goto(KA)
    for kasten in page.locator("input[name=_selected_action]").all()[:2]:
        kasten.check()
    page.locator("select[name=action]").select_option("Gemeinsam zuordnen …")
    page.get_by_role("button", name="Ausführen").click()
    page.get_by_label("Klima").check()
    page.get_by_label("Quelle").select_option(index=1)
    page.get_by_role("button", name="Vorschau").click()
    assert page.locator("ins", has_text="Klima").count() == 2
    page.get_by_role("button", name="Bestätigen und speichern").click()
    page.get_by_role("button", name="Alles zurücknehmen").click()
    expect(page.get_by_text("ist als Ganzes zurückgenommen.")).to_be_visible()
    kontext.close()


def oeffne_ort(page, bezeichnung: str) -> None:
    page.goto("/verwaltung/kernaktivitaeten/ort/1/change/")
    page.get_by_label("Bezeichnung:", exact=True).fill(bezeichnung)


def test_the_second_save_shows_both_versions_and_is_accessible(redaktion, axe, breite):
    oeffne_ort(redaktion, f"Mein Ort {breite}")
    andere = redaktion.context.new_page()
    oeffne_ort(andere, f"Der andere Ort {breite} {redaktion.evaluate('Math.random()')}")
    andere.get_by_role("button", name="Sichern", exact=True).click()
    expect(andere.get_by_text("erfolgreich geändert")).to_be_visible()

    redaktion.get_by_role("button", name="Sichern", exact=True).click()
    expect(redaktion.get_by_role("heading", name="Inzwischen geändert")).to_be_visible()
    tabelle = redaktion.get_by_role("table", name="Was sich unterscheidet")
    expect(tabelle.get_by_role("row", name="Bezeichnung beide geändert")).to_contain_text(
        f"Der andere Ort {breite}"
    )
    feld = redaktion.get_by_label("Bezeichnung:", exact=True)
    expect(feld).to_have_value(f"Mein Ort {breite}")
    assert redaktion.verstoesse == []
    assert axe(redaktion) == []
    assert redaktion.evaluate("document.documentElement.scrollWidth") <= breite
    redaktion.get_by_role("button", name="Sichern", exact=True).click()
    expect(redaktion.get_by_text("erfolgreich geändert")).to_be_visible()


def test_a_row_deleted_meanwhile_shows_what_was_typed(redaktion, axe, breite):
    redaktion.goto("/verwaltung/strategiearbeit/meilenstein/add/")
    redaktion.get_by_label("Datum:", exact=True).fill("2024")
    redaktion.get_by_label("Text:", exact=True).fill("Nur für den Test")
    redaktion.locator("#id_quelle").evaluate("e => { e.add(new Option('1', '1', true, true)) }")
    redaktion.get_by_role("button", name="Sichern und weiter bearbeiten").click()
    expect(redaktion.get_by_text("erfolgreich hinzugefügt")).to_be_visible()
    redaktion.get_by_label("Text:", exact=True).fill("Das habe ich getippt")

    andere = redaktion.context.new_page()
    andere.goto(redaktion.url.replace("/change/", "/delete/"))
    assert axe(andere) == []
    andere.get_by_label("Grund", exact=True).fill("Nur für den Test")
    andere.get_by_role("button", name="Löschen").click()
    expect(andere.get_by_text("erfolgreich gelöscht")).to_be_visible()

    redaktion.get_by_role("button", name="Sichern", exact=True).click()
    expect(redaktion.get_by_role("cell", name="Das habe ich getippt")).to_be_visible()
    # Chromium reports the status 410 of the page as an error, nothing else.
    assert [m for m in redaktion.verstoesse if "410" not in m] == []
    assert axe(redaktion) == []
    assert redaktion.evaluate("document.documentElement.scrollWidth") <= breite


def warte_auf_die_schrift(route) -> None:
    """On a slow machine the first page shows another font, which is wider."""
    antwort = route.fetch()
    css = antwort.text().replace("font-display: optional", "font-display: block")
    route.fulfill(response=antwort, body=css)


def test_the_list_fits_and_can_be_searched_on_a_phone(redaktion):
    redaktion.route("**/verwaltung*.css", warte_auf_die_schrift)
    redaktion.set_viewport_size({"width": 1280, "height": 800})
    redaktion.goto(KA)
    redaktion.evaluate("document.fonts.ready.then(() => true)")
    ueber = "e => e.scrollWidth - e.clientWidth"
    assert redaktion.locator(".results").evaluate(ueber) == 0
    redaktion.set_viewport_size({"width": 360, "height": 800})
    assert redaktion.locator("#searchbar").bounding_box()["width"] >= 160
    assert redaktion.evaluate("document.documentElement.scrollWidth") <= 360
