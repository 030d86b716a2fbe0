"""A whole Tranche is decided in Chromium: from typing to the public page, and taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_verwaltung import beobachte, breite, redaktion, sitzung  # noqa: F401
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_TRANCHE as ANZAHL

FORMULAR = "/verwaltung/kernaktivitaeten/ratsbeschluss/erfassen/"
KA = "/verwaltung/kernaktivitaeten/kernaktivitaet/"


def fuelle(page: Page, nummer: int, **felder: str) -> None:
    """One row of the form, numbered as people count."""
    zeile = page.get_by_role("group", name=f"Zeile {nummer}", exact=True)
    zeile.get_by_label("oder neue: Titel").fill(felder["titel"])
    if "kompetenz" in felder:
        zeile.get_by_label("Kompetenz der neuen").select_option(label=felder["kompetenz"])


def fuelle_beschluss(page: Page, **mehr: str) -> None:
    page.get_by_label("Datum").fill("24.09.2026")
    page.get_by_label("Gremium").fill("Rat")
    page.get_by_label("Titel:", exact=True).fill(mehr.pop("titel", "Vierte Tranche"))
    page.get_by_label("TOP").fill("4.2")
    page.locator("#id_quelle").select_option(index=1, force=True)
    for beschriftung, wert in mehr.items():
        page.get_by_label(beschriftung).fill(wert)


@pytest.fixture(params=[True, False], ids=["mit Skript", "ohne Skript"])
def seite(request, browser, portal, sitzung):  # noqa: F811
    kontext = browser.new_context(
        base_url=portal,
        locale="de-DE",
        storage_state=sitzung,
        java_script_enabled=request.param,
        viewport={"width": 1280, "height": 900},
    )
    page = kontext.new_page()
    page.verstoesse = beobachte(page)
    # What is taken back stays in preparation: each run types in Kernaktivitäten of its own.
    page.neue = "Mit Skript" if request.param else "Ohne Skript"
    yield page
    kontext.close()


def test_a_whole_tranche_from_typing_to_the_public_page_and_back(seite):
    page = seite
    page.goto("/verwaltung/")
    page.get_by_role("link", name="Ratsbeschluss erfassen").click()
    expect(page.get_by_role("group", name="Zeile 10", exact=True)).to_be_visible()
    fuelle_beschluss(page)
    page.get_by_label("oder neue Tranche: Nummer").fill("4")
    page.get_by_label("Wirkung auf alle").select_option(label="beauftragt")
    fuelle(page, 1, titel=f"{page.neue} 1", kompetenz="Talentschmiede im Ruhrgebiet")
    page.get_by_role("button", name="Weitere Zeilen").click()
    expect(page.get_by_role("group", name=f"Zeile {ANZAHL}", exact=True)).to_be_visible()
    expect(page.get_by_label("Titel:", exact=True)).to_have_value("Vierte Tranche")
    for nummer in range(2, ANZAHL + 1):
        fuelle(page, nummer, titel=f"{page.neue} {nummer}")
    page.get_by_role("button", name="Vorschau").click()
    expect(page.get_by_role("heading", name=f"Kernaktivitäten ({ANZAHL})")).to_be_visible()
    expect(page.get_by_text(f"{ANZAHL} werden mit dem Bestätigen öffentlich.")).to_be_visible()
    expect(page.get_by_text("Bitte prüfen")).to_have_count(0)
    zeile = page.get_by_role("row", name=f"4. Tranche (von {ANZAHL})")
    expect(zeile.get_by_role("cell").last).to_have_text(str(ANZAHL))
    assert page.request.get("/tranchen/4/").status == 404
    page.get_by_role("button", name="Bestätigen und veröffentlichen").click()
    expect(page.get_by_text("Gespeichert.")).to_be_visible()
    ergebnis = page.url

    page.goto("/tranchen/4/")
    expect(page.locator("ol.liste > li")).to_have_count(ANZAHL)
    expect(page.get_by_text(f"{page.neue} {ANZAHL}", exact=True)).to_be_visible()
    page.get_by_role("link", name="Vierte Tranche").click()
    expect(page.get_by_text("Tagesordnungspunkt")).to_be_visible()
    adresse = page.url

    page.goto(ergebnis)
    page.get_by_role("link", name="Zurücknehmen …").click()
    page.get_by_label("Grund der Rücknahme").fill("Nur eine Probe.")
    page.get_by_role("button", name="Zurücknehmen").click()
    expect(page.get_by_text("ist zurückgenommen.").first).to_be_visible()
    assert page.request.get("/tranchen/4/").status == 404
    assert page.goto(adresse).status == 410
    expect(page.get_by_text("Grund: Nur eine Probe.")).to_be_visible()
    assert [m for m in page.verstoesse if "410" not in m] == []


def test_form_preview_and_way_back_are_accessible(redaktion, axe, breite):  # noqa: F811
    """At every width, light and dark, also with mistakes on the page."""
    page = redaktion

    def pruefe() -> None:
        page.wait_for_load_state("networkidle")
        assert page.verstoesse == []
        assert axe(page) == []
        page.verstoesse.clear()  # axe itself measures with inline styles
        assert page.evaluate("document.documentElement.scrollWidth") <= breite
        assert page.locator('a[href=""]').count() == 0

    page.goto(FORMULAR)
    pruefe()
    fuelle(page, 1, titel="Ohne Kompetenz")
    page.get_by_role("button", name="Vorschau").click()
    expect(page.get_by_role("alert")).to_contain_text("nichts ist verloren")
    pruefe()
    fuelle_beschluss(page, titel="Zur Probe", Wortlaut="Der Rat beschließt.")
    page.get_by_label("Wirkung auf alle").select_option(label="umgesetzt")
    zeile = page.get_by_role("group", name="Zeile 1", exact=True)
    zeile.get_by_label("oder neue: Titel").fill("")
    zeile.get_by_label("Vorhandene Kernaktivität").fill("haus des w")
    page.keyboard.press("Enter")  # asks for the preview
    expect(page.get_by_role("alert")).to_contain_text("Meinten Sie „Haus des Wissens")
    zeile.get_by_label("Vorhandene Kernaktivität").fill("haus des wissens")
    page.get_by_role("button", name="Vorschau").click()
    expect(page.get_by_role("heading", name="Kernaktivitäten (1)")).to_be_visible()
    pruefe()
    page.get_by_role("button", name="Eingaben ändern").click()
    expect(page.get_by_label("Titel:", exact=True)).to_have_value("Zur Probe")
    page.get_by_role("button", name="Vorschau").click()
    page.get_by_role("button", name="Bestätigen und veröffentlichen").click()
    pruefe()
    page.get_by_role("link", name="Zurücknehmen …").click()
    expect(page.get_by_label("Grund der Rücknahme")).to_be_visible()
    pruefe()
    page.get_by_label("Grund der Rücknahme").fill("Nur eine Probe.")
    page.get_by_role("button", name="Zurücknehmen").click()
    expect(page.get_by_text("ist zurückgenommen.").first).to_be_visible()
