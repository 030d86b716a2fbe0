"""`make bilder`: the pictures of the handbook, from the real screens of a portal of its own.

Each step leaves the portal as the next one needs it. A screen that has changed so much that a
step does not find its way any more ends the run: then the handbook has changed, too.
"""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from urllib.parse import urljoin

from openpyxl import load_workbook
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.conftest import CHROMIUM
from tests.prozess import WURZEL, laufendes_portal, umgebung

BILDER = WURZEL / "docs" / "bild"
PASSWORT = "nur-fuer-die-bilder-4711"
BREITE, HOEHE, RAND = 1100, 760, 24
FARBEN = 64  # screens have few colours: a third of the weight

KONTEN = f"""
import django; django.setup()
from django.contrib.auth.models import Group, User
from kernaktivitaeten.models import Kernaktivitaet, Zugang
for name in ("s.buero", "k.kollegin"):
    buero = User.objects.create_user(name, password={PASSWORT!r}, is_staff=True)
    buero.groups.add(Group.objects.get(name="Strategiebüro"))
leitung = User.objects.create_user("p.leitung", password={PASSWORT!r}, is_staff=True)
leitung.groups.add(Group.objects.get(name="Projektleitung"))
zugang = Zugang.objects.create(user=leitung)
zugang.kernaktivitaeten.add(Kernaktivitaet.objects.get(slug="haus-des-wissens"))
"""


def speichere(page: Page, name: str, ausschnitt: Locator | None = None) -> None:
    """The window, or the ``ausschnitt`` of it, as docs/bild/<name>.png; cut where it gets blank."""
    png = (ausschnitt or page).screenshot(animations="disabled")
    bild = Image.open(io.BytesIO(png)).convert("RGB")
    leer = Image.new("RGB", bild.size, bild.getpixel((0, bild.height - 1)))
    unten = min(ImageChops.difference(bild, leer).getbbox()[3] + RAND, bild.height)
    bild = bild.crop((0, 0, bild.width, unten)).quantize(FARBEN, dither=Image.Dither.NONE)
    bild.save(BILDER / f"{name}.png", optimize=True)


def neue_seite(browser: Browser, adresse: str) -> Page:
    """For somebody who is not signed in yet."""
    kontext = browser.new_context(
        base_url=adresse,
        locale="de-DE",
        timezone_id="Europe/Berlin",
        color_scheme="light",
        viewport={"width": BREITE, "height": HOEHE},
    )
    return kontext.new_page()


def ganz(page: Page, name: str) -> None:
    """The whole page, where a form is longer than the window."""
    speichere(page, name, page.locator("#content"))


def melde_an(page: Page, name: str) -> None:
    page.goto("/konto/login/?next=/verwaltung/")
    page.get_by_label("Anmeldename").fill(name)
    page.get_by_label("Passwort").fill(PASSWORT)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url("**/verwaltung/")


# ── The way through the administration ────────────────────────────────────────────────────────

KA = "/verwaltung/kernaktivitaeten/kernaktivitaet/"
MELDUNG = "/verwaltung/kernaktivitaeten/statusmeldung/"
ANGABE = "/verwaltung/kernaktivitaeten/angabe/"


def anmelden(page: Page) -> None:
    page.goto("/konto/login/?next=/verwaltung/")
    page.get_by_label("Anmeldename").fill("s.buero")
    speichere(page, "anmelden", page.locator("main"))


def leitung_meldet_sich_an(page: Page) -> None:
    melde_an(page, "p.leitung")


def buero_meldet_sich_an(page: Page) -> None:
    melde_an(page, "s.buero")


def leitung_schreibt_einen_entwurf(page: Page) -> None:
    page.goto(f"{ANGABE}add/")
    waehle_kernaktivitaet(page, "Haus des Wissens")
    page.get_by_label("Art:").select_option("Ereignis")
    page.get_by_label("Aussage:", exact=True).fill("Beispiel für einen Entwurf der Projektleitung.")
    waehle_quelle(page)
    page.get_by_role("button", name="Sichern", exact=True).click()
    page.get_by_text("erfolgreich hinzugefügt").wait_for()


def waehle_quelle(page: Page) -> None:
    page.locator(".select2-selection[aria-label='Quelle']").click()
    page.get_by_role("searchbox", name="Suchen").fill("Präsentation")
    page.locator("li.select2-results__option", has_text="Präsentation").first.click()


def was_ansteht(page: Page) -> None:
    page.goto("/verwaltung/")
    speichere(page, "was-ansteht")


def entwuerfe(page: Page) -> None:
    page.get_by_role("link", name="Angaben, die auf Freigabe warten").click()
    page.locator("input[name=_selected_action]").check()
    page.locator("select[name=action]").select_option("Ausgewählte Entwürfe freigeben")
    speichere(page, "entwuerfe")


def vorschau(page: Page) -> None:
    page.goto("/verwaltung/vorschau/kernaktivitaeten/haus-des-wissens/")
    speichere(page, "vorschau")


def gemeinsam_zuordnen(page: Page) -> None:
    page.goto(f"{KA}?q=pocket+parks")
    page.goto(KA)
    for kasten in page.locator("input[name=_selected_action]").all()[:3]:
        kasten.check()
    page.locator("select[name=action]").select_option("Gemeinsam zuordnen …")
    page.get_by_role("button", name="Ausführen").click()
    page.get_by_label("Klima").check()
    page.get_by_label("Quelle").select_option(index=1)
    page.get_by_role("button", name="Vorschau").click()
    page.get_by_role("button", name="Bestätigen und speichern").wait_for()
    speichere(page, "gemeinsam-zuordnen")


def mappe(page: Page) -> None:
    page.goto(f"{KA}mappe/")
    speichere(page, "mappe")
    arbeitsmappe = load_workbook(io.BytesIO(page.request.get(f"{KA}mappe/ausfuhr/").body()))
    blatt = arbeitsmappe["Angaben"]
    spalte = next(zelle.column for zelle in blatt[1] if zelle.value == "Aussage")
    blatt.cell(2, spalte).value += " (berichtigt)"
    datei = io.BytesIO()
    arbeitsmappe.save(datei)
    page.set_input_files(
        "[type=file]",
        {"name": "mappe.xlsx", "mimeType": "application/zip", "buffer": datei.getvalue()},
    )
    page.get_by_role("button", name="Hochladen und prüfen").click()
    page.get_by_role("heading", name="Probelauf: mappe.xlsx").wait_for()
    speichere(page, "mappe-probe")


def verlauf(page: Page) -> None:
    page.goto(f"{ANGABE}?entwurf__exact=1")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_label("Aussage:", exact=True).fill(
        "Beispiel für einen Entwurf, den das Strategiebüro verbessert hat."
    )
    page.get_by_role("button", name="Sichern und freigeben").click()
    page.get_by_text("erfolgreich geändert").wait_for()
    page.goto(f"{ANGABE}?q=Beispiel")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Verlauf").click()
    page.get_by_role("heading", name="Änderungsgeschichte").or_(
        page.locator(".verlauf")
    ).first.wait_for()
    speichere(page, "verlauf")


def waehle_kernaktivitaet(page: Page, name: str) -> None:
    page.locator(".select2-selection[aria-label='Kernaktivität']").click()
    page.get_by_role("searchbox", name="Suchen").fill(name)
    page.locator("li.select2-results__option", has_text=name).first.click()


def status_melden(page: Page) -> None:
    page.goto("/verwaltung/")
    page.get_by_role("link", name="Status melden").click()
    waehle_kernaktivitaet(page, "Haus des Wissens")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Status:").select_option("umgesetzt")
    page.get_by_label("Datum:", exact=True).fill("08/2024")
    page.get_by_label("Bezug").select_option("stand")
    page.get_by_label("Text:", exact=True).fill("Beispiel: Einen Grund nennt die Quelle nicht.")
    waehle_quelle(page)
    ganz(page, "status-melden")
    page.get_by_role("button", name="Vorschau", exact=True).click()
    page.get_by_role("button", name="So veröffentlichen").wait_for()
    speichere(page, "status-vorschau")
    page.get_by_role("button", name="So veröffentlichen").click()
    page.get_by_text("Veröffentlicht.").wait_for()


def korrigieren(page: Page) -> None:
    page.goto(f"{MELDUNG}?q=Haus+des+Wissens")
    page.locator("#result_list tr", has_text="umgesetzt").get_by_role("link").click()
    page.get_by_role("link", name="Korrigieren").first.click()
    page.get_by_label("Grund der Korrektur").fill("Beispiel: Die Quelle sagt „laufend“.")
    page.get_by_label("Status:").select_option("laufend")
    speichere(page, "korrigieren")


def ratsbeschluss_erfassen(page: Page) -> None:
    """Previewed, never confirmed: the next steps find the portal as it was."""
    page.goto("/verwaltung/")
    page.get_by_role("link", name="Ratsbeschluss erfassen").click()
    page.get_by_label("Datum").fill("24.09.2026")
    page.get_by_label("Gremium").fill("Rat")
    page.get_by_label("Titel:", exact=True).fill("Beispiel für eine vierte Tranche")
    page.get_by_label("Vorlage:", exact=True).fill("20260000")
    waehle_quelle(page)
    page.get_by_label("oder neue Tranche: Nummer").fill("4")
    page.get_by_label("Wirkung auf alle").select_option("beauftragt")
    for nummer in (1, 2):
        zeile = page.get_by_role("group", name=f"Zeile {nummer}", exact=True)
        zeile.get_by_label("oder neue: Titel").fill(f"Beispiel {nummer}")
        zeile.get_by_label("Kompetenz der neuen").select_option(index=1)
    fenster = page.viewport_size
    page.set_viewport_size({"width": BREITE, "height": 1500})
    page.evaluate("scrollTo(0, 0)")
    speichere(page, "beschluss-erfassen")
    page.get_by_role("button", name="Vorschau").click()
    page.get_by_role("button", name="Bestätigen und veröffentlichen").wait_for()
    speichere(page, "beschluss-vorschau")
    page.set_viewport_size(fenster)


def gleichzeitig(page: Page) -> None:
    """A colleague saves first."""
    anderes = neue_seite(page.context.browser, urljoin(page.url, "/"))
    melde_an(anderes, "k.kollegin")
    for fenster in (page, anderes):
        fenster.goto(f"{ANGABE}?q=Beispiel")
        fenster.locator("#result_list tbody th a").first.click()
    anderes.get_by_label("Aussage:", exact=True).fill("Beispiel, von jemand anderem geändert.")
    anderes.get_by_role("button", name="Sichern", exact=True).click()
    anderes.get_by_text("erfolgreich geändert").wait_for()
    anderes.context.close()
    page.get_by_label("Aussage:", exact=True).fill("Beispiel, von Ihnen geändert.")
    page.get_by_role("button", name="Sichern", exact=True).click()
    page.get_by_text("Nicht gespeichert").first.wait_for()
    speichere(page, "gleichzeitig")


SCHRITTE: dict[str, tuple[Callable[[Page], None], ...]] = {
    "ohne Konto": (anmelden,),
    "Projektleitung": (leitung_meldet_sich_an, leitung_schreibt_einen_entwurf),
    "Strategiebüro": (
        buero_meldet_sich_an,
        was_ansteht,
        entwuerfe,
        vorschau,
        gemeinsam_zuordnen,
        mappe,
        verlauf,
        status_melden,
        korrigieren,
        ratsbeschluss_erfassen,
        gleichzeitig,
    ),
}


def main() -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with tempfile.TemporaryDirectory() as ordner, laufendes_portal(DATEN_ORDNER=ordner) as adresse:
        subprocess.run(
            [sys.executable, "-c", KONTEN],
            cwd=WURZEL,
            env=umgebung(DJANGO_SETTINGS_MODULE="bochum_strategie.settings", DATEN_ORDNER=ordner),
            check=True,
        )
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--lang=de"]
            )
            for konto, schritte in SCHRITTE.items():
                page = neue_seite(browser, adresse)
                for schritt in schritte:
                    schritt(page)
                    print(f"{konto}: {schritt.__name__}")
                page.context.close()


if __name__ == "__main__":
    main()
