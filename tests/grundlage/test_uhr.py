"""The clock of the suite stands still, and no test goes round it."""

import ast
from datetime import UTC, date, datetime, timedelta

import pytest

from grundlage import stichtag
from seiten.views import heute as so_holt_es_eine_seite
from tests.conftest import HEUTE
from tests.test_conventions import WURZEL, aus_text, uhrzeiten

TESTS = sorted(p for p in (WURZEL / "tests").rglob("*.py") if "vendor" not in p.parts)
pytest_plugins = ["pytester"]

# What of the module ``time`` tells the time of day; durations (``monotonic``) do not.
ZEIT = {"time", "time_ns", "strftime", "ctime", "gmtime", "localtime", "asctime"}


def test_it_is_the_same_day_for_all_and_what_came_first_stays_first():
    assert stichtag.heute() == so_holt_es_eine_seite() == HEUTE
    einer, noch_einer = stichtag.jetzt(), stichtag.jetzt()
    assert timedelta(0) < noch_einer - einer < timedelta(seconds=1)


def test_another_day_is_another_day_for_all(heute_ist):
    tag = heute_ist(2024, 8, 31)
    assert stichtag.heute() == so_holt_es_eine_seite() == tag == date(2024, 8, 31)
    seit_mittag = stichtag.jetzt() - datetime(2024, 8, 31, 10, tzinfo=UTC)
    assert timedelta(0) <= seit_mittag < timedelta(minutes=1)


def zeitmodul(quelltext: str) -> set[str]:
    """What ``quelltext`` takes of the module ``time`` that tells the time of day."""
    namen = set()
    for knoten in ast.walk(ast.parse(quelltext)):
        match knoten:
            case ast.Attribute(value=ast.Name(id="time") | ast.Attribute(attr="time"), attr=name):
                namen.add(name)
            case ast.ImportFrom(module="time", names=was):
                namen |= {alias.name for alias in was}
    return namen & ZEIT


@pytest.mark.parametrize("pfad", TESTS, ids=lambda pfad: str(pfad.relative_to(WURZEL)))
def test_no_test_reads_the_clock(pfad):
    quelltext = pfad.read_text(encoding="utf-8")
    assert uhrzeiten(aus_text(quelltext)) | zeitmodul(quelltext) == set()


@pytest.mark.parametrize(
    "quelltext",
    ["time.time()", "ablage.time.time()", "from time import time", "time.strftime('%Y')"],
)
def test_the_search_for_the_time_of_day_finds_it(quelltext):
    assert zeitmodul(quelltext)
    assert not zeitmodul("from datetime import time\ntime(12)\ntime.monotonic()")


# ── Parameters and fixtures ───────────────────────────────────────────────────────────────────


def verdeckte_fixtures(tests: list[pytest.Item]) -> set[str]:
    """Where a parameter of a test takes the place of a fixture, which then does nothing."""
    gefunden = set()
    for test in tests:
        for marke in test.iter_markers("parametrize"):
            namen, *_ = marke.args or (marke.kwargs["argnames"],)
            namen = namen.replace(",", " ").split() if isinstance(namen, str) else namen
            indirekt = marke.kwargs.get("indirect", False)
            for name in set(namen) - set(namen if indirekt is True else indirekt or ()):
                if test.session._fixturemanager.getfixturedefs(name, test):
                    gefunden.add(f"{test.nodeid.partition('[')[0]}: {name}")
    return gefunden


def test_no_parameter_takes_the_place_of_a_fixture(request):
    assert verdeckte_fixtures(request.session.items) == set()


MIT_FIXTURE = """
import pytest

@pytest.fixture(autouse=True)
def tag(): ...

@pytest.mark.parametrize({})
def test_eines({}): ...
"""


@pytest.mark.parametrize(
    ("marke", "parameter", "gefunden"),
    [
        ('"tag", [1]', "tag", {"tag"}),
        ('("n", "tag"), [(1, 2)]', "n, tag", {"tag"}),
        ('"n,tag", [(1, 2)]', "n, tag", {"tag"}),
        ('argnames="tag", argvalues=[1]', "tag", {"tag"}),
        ('("ort", "tag"), [(1, 2)], indirect=["ort"]', "ort, tag", {"tag"}),
        ('"ort", [1]', "ort", {"ort"}),  # of the conftest
        ('"tmp_path", [1]', "tmp_path", {"tmp_path"}),  # of pytest
        ('"tag", [1], indirect=True', "tag", set()),
        ('"n", [1]', "n, tag", set()),
    ],
)
def test_the_search_for_hidden_fixtures_finds_them(pytester, marke, parameter, gefunden):
    pytester.makeconftest("import pytest\n@pytest.fixture\ndef ort(): ...")
    datei = pytester.makepyfile(MIT_FIXTURE.format(marke, parameter))
    tests, _ = pytester.inline_genitems(datei, "-p", "no:django")
    assert len(tests) == 1
    assert {fund.rpartition(": ")[2] for fund in verdeckte_fixtures(tests)} == gefunden
