"""Debian's Chromium, the running portal and axe-core for the browser tests."""

import os
import shutil
from pathlib import Path

import pytest

from tests.prozess import laufendes_portal

# Playwright keeps an event loop running in this thread; Django would refuse its database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parent.parent / "vendor" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if CHROMIUM is None:
        grund = "Chromium fehlt (apt-get install chromium fonts-liberation)."
        if os.environ.get("CI"):
            pytest.fail(grund)
        pytest.skip(grund)
    schalter = "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking"
    schalter += " disable-component-update disable-sync"
    args = [f"--{name}" for name in schalter.split()]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "de-DE", "timezone_id": "Europe/Berlin"}


@pytest.fixture(scope="session")
def portal_einstellungen(tmp_path_factory):
    """The settings of the portal's process, for commands that change its data.

    With PostgreSQL it runs on the database of DATABASE_URL; the other tests use test_<name>.
    """
    datenbank = {k: os.environ[k] for k in ("DATABASE_URL",) if k in os.environ}
    return {"DATEN_ORDNER": tmp_path_factory.mktemp("daten")} | datenbank


@pytest.fixture(scope="session")
def portal(portal_einstellungen):
    """Address of the real portal with the delivered data, started as people start it.

    As one process: what is saved there is seen at once; another may be half a second behind.
    """
    with laufendes_portal(**portal_einstellungen, WORKERS="1") as url:
        yield url


@pytest.fixture(scope="session")
def base_url(portal):
    """Lets `page.goto("/ueberblick/")` do without the address."""
    return portal


@pytest.fixture(scope="session")
def gemeinsame_seite(browser, browser_context_args):
    """A page of a context that is opened once: opening one costs more than most tests."""
    kontext = browser.new_context(**browser_context_args)
    yield kontext.new_page()
    kontext.close()


@pytest.fixture
def page(gemeinsame_seite):
    """A page as if it had just been opened, but for what the browser keeps in its cache.

    Who needs a first visit, a session or listeners of its own takes ``new_context``.
    """
    seite = gemeinsame_seite
    seite.goto("about:blank")
    seite.context.clear_cookies()
    seite.emulate_media(media="null", color_scheme="null", reduced_motion="null")
    seite.set_viewport_size({"width": 1280, "height": 720})
    return seite


@pytest.fixture(scope="session")
def axe():
    """`axe(page)` → the violations that axe-core finds, one readable line each."""
    quelltext = AXE.read_text(encoding="utf-8")

    def pruefe(page):
        if not page.evaluate("'axe' in window"):
            page.evaluate(quelltext)  # by the debugger: the content policy forbids a script tag
        auswahl = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
        ergebnis = page.evaluate("auswahl => axe.run(document, auswahl)", auswahl)
        return [
            f"{verstoss['id']}: {verstoss['help']} – {knoten['html']}"
            for verstoss in ergebnis["violations"]
            for knoten in verstoss["nodes"]
        ]

    return pruefe
