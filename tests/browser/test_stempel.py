"""The way of a colleague with a poster, and what a reader of its QR code sees."""

import subprocess
import sys
import zipfile

import pypdfium2
import pytest
import zxingcpp

from tests.prozess import WURZEL, umgebung
from tests.stempel import dateien

NUTZER, PASSWORT = "kollegin", "nur-fuer-den-test-4711"
ANLEGEN = f"""
import django; django.setup()
from django.contrib.auth.models import Group, User
if not User.objects.filter(username={NUTZER!r}).exists():
    nutzer = User.objects.create_user({NUTZER!r}, password={PASSWORT!r})
    nutzer.groups.add(Group.objects.get(name="Stempelnutzung"))
"""


@pytest.fixture(scope="session")
def angemeldet(portal, portal_einstellungen, browser):
    """The cookies of a colleague who may use the stamp."""
    subprocess.run(
        [sys.executable, "-c", ANLEGEN],
        cwd=WURZEL,
        env=umgebung(DJANGO_SETTINGS_MODULE="bochum_strategie.settings", **portal_einstellungen),
        check=True,
    )
    kontext = browser.new_context(base_url=portal, locale="de-DE")
    page = kontext.new_page()
    page.goto("/konto/login/")
    page.get_by_label("Anmeldename").fill(NUTZER)
    page.get_by_label("Passwort").fill(PASSWORT)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url("**/konto/")
    yield kontext.storage_state()
    kontext.close()


def breite_des_inhalts(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("skript", [True, False], ids=["mit Skript", "ohne Skript"])
def test_a_colleague_stamps_a_poster(new_context, angemeldet, axe, tmp_path, skript):
    plakat = dateien.pdf_mit_text(tmp_path / "Mein Plakat.pdf", 2)
    kontext = new_context(storage_state=angemeldet, java_script_enabled=skript)
    page = kontext.new_page()
    meldungen = []
    page.on("console", lambda m: meldungen.append(m.text) if m.type == "error" else None)

    def geprueft():
        if skript:
            for breite in (320, 1280):
                page.set_viewport_size({"width": breite, "height": 900})
                assert breite_des_inhalts(page) <= breite, page.url
            assert meldungen == []
            assert axe(page) == [], page.url
            page.emulate_media(color_scheme="dark")
            assert axe(page) == [], page.url
            page.emulate_media(color_scheme="light")
            meldungen.clear()  # axe itself measures with inline styles

    page.goto("/stempel/nutzen/")
    page.get_by_role("searchbox", name="Kernaktivität suchen").fill("haus des wissens")
    page.get_by_role("search", name="Kernaktivität suchen").get_by_role("button").click()
    geprueft()
    page.get_by_role("link", name="Dateien stempeln: Haus des Wissens").click()
    geprueft()
    page.get_by_label("Ihre Dateien").set_input_files(plakat)
    page.get_by_label("Wofür brauchen Sie den Stempel?").fill("Plakat zur Eröffnung")
    page.get_by_label("QR-Code daneben").check()
    page.get_by_label("Breite des Stempels").fill("95")
    page.get_by_role("button", name="Stempeln und Vorschau zeigen").click()
    # So wide it cannot be; the sentence leads to the field.
    geprueft()
    page.get_by_role("link", name="Breite des Stempels").click()
    page.get_by_label("Breite des Stempels").fill("50")
    page.get_by_label("Ihre Dateien").set_input_files(plakat)
    page.get_by_role("button", name="Stempeln und Vorschau zeigen").click()
    page.get_by_role("heading", name="Vorschau", exact=True).wait_for()
    geprueft()
    page.get_by_label("oben links").check()
    page.get_by_role("button", name="Neu stempeln").click()
    page.wait_for_load_state("networkidle")
    assert page.get_by_label("oben links").is_checked()
    bild = page.get_by_role("img", name="Vorschau von Mein Plakat.pdf")
    if skript:
        assert bild.evaluate("bild => bild.naturalHeight") == 1100
    with page.expect_download() as geladen:
        page.get_by_role("button", name="Datei herunterladen").click()
    assert geladen.value.suggested_filename == "mein-plakat-gestempelt.pdf"
    geladen.value.save_as(tmp_path / "fertig.pdf")

    dokument = pypdfium2.PdfDocument(tmp_path / "fertig.pdf")
    blatt = dokument[0].render(scale=3).to_pil().convert("RGB")
    dokument.close()
    (code,) = zxingcpp.read_barcodes(blatt)
    assert code.position.top_left.y < blatt.height / 3

    # Whoever scans it is a stranger with a telephone.
    leser = new_context(viewport={"width": 360, "height": 740}).new_page()
    leser.goto(code.text)
    assert leser.get_by_text("Dieser Stempel ist gültig.").is_visible()
    assert breite_des_inhalts(leser) <= 360
    assert axe(leser) == []
    leser.get_by_role("link", name="Zur Kernaktivität").click()
    leser.wait_for_url("**/kernaktivitaeten/haus-des-wissens/")
    assert leser.context.cookies() == []


def test_the_kit_is_fetched_and_its_svg_opens_in_a_browser(new_context, angemeldet, axe, tmp_path):
    page = new_context(storage_state=angemeldet).new_page()
    page.goto("/stempel/paket/haus-des-wissens/")
    assert axe(page) == []
    page.get_by_label("Wofür brauchen Sie den Stempel?").fill("Bauschild")
    with page.expect_download() as geladen:
        page.get_by_role("button", name="Paket herunterladen").click()
    geladen.value.save_as(tmp_path / "paket.zip")
    with zipfile.ZipFile(tmp_path / "paket.zip") as paket:
        paket.extractall(tmp_path)
    svg = tmp_path / "stempelpaket-haus-des-wissens" / "svg" / "stempel-mit-name-farbig.svg"
    page.goto(svg.as_uri())
    kasten = page.locator("path").last.bounding_box()
    assert kasten["width"] > 50
    assert page.locator("title").text_content() == (
        "Ein Projekt der Bochum Strategie: Haus des Wissens"
    )


def test_the_badge_shows_on_a_page(page, portal):
    page.goto("/stempel/haus-des-wissens.svg")
    assert page.locator("svg").bounding_box()["width"] > 200
    page.goto("/stempel/")
    breite = page.evaluate(
        """async () => {
        const bild = new Image();
        bild.src = '/stempel/haus-des-wissens.svg';
        await bild.decode();
        return bild.naturalWidth / bild.naturalHeight;
        }"""
    )
    assert breite == pytest.approx(280 / 76, rel=0.02)
