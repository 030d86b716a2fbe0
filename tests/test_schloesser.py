"""What the check of the locks says, without asking pip."""

import pytest

from . import schloesser

SCHLOSS = """
coverage{} \\
    --hash=sha256:0
psycopg[binary, pool]==3.3.9 \\
"""


def bericht(verlangt, **paket):
    paket |= {"metadata": {"name": "pytest-cov", "requires_dist": [verlangt]}}
    return {"environment": {"python_version": "3.11"}, "install": [paket]}


@pytest.mark.parametrize(
    ("verlangt", "gefunden"),
    [
        ("coverage[toml]>=7.10.6", "pytest-cov verlangt coverage[toml]"),
        ("Coverage[toml]; python_version < '3.12'", "pytest-cov verlangt Coverage[toml]"),
        ("coverage[toml]; extra == 'mit'", "pytest-cov verlangt coverage[toml]"),
        ("psycopg[binary]", "pytest-cov verlangt psycopg[binary]"),  # another set of extras
        ("coverage[toml]; python_version < '3.11'", ""),
        ("coverage[toml]; extra == 'ohne'", ""),
        ("coverage>=7.10.6", ""),
        ("psycopg[pool,binary]", ""),
    ],
)
def test_a_requirement_with_extras_is_found_where_the_lock_lacks_them(verlangt, gefunden):
    saetze = schloesser.unbefestigte(
        SCHLOSS.format("==7.17.3"), bericht(verlangt, requested_extras=["mit"])
    )
    assert [satz.partition(";")[0] for satz in saetze] == ([gefunden] if gefunden else [])


def test_with_its_extras_it_is_pinned():
    schloss = SCHLOSS.format("[toml]==7.17.3")
    assert not list(schloesser.unbefestigte(schloss, bericht("coverage[toml]>=7.10.6")))


@pytest.mark.parametrize(
    ("fehler", "grund"),
    [
        (
            "WARNING: langsam\nERROR: In --require-hashes mode, all requirements must have their "
            "versions pinned with ==. These do not:\n    coverage[toml]>=7.10.6",
            schloesser.NICHT_FESTGEHALTEN,
        ),
        (
            "ERROR: Could not find a version that satisfies the requirement pip==22.3 "
            "(from versions: none)",
            schloesser.OHNE_NETZ,
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", ""),
    ],
)
def test_the_reason_stands_before_what_pip_says(fehler, grund):
    davor, error, danach = schloesser.deute(fehler).partition("ERROR:")
    assert (davor.strip(), error + danach) == (grund, fehler[fehler.index("ERROR:") :])


def test_readme_promises_an_oldest_pip():
    assert schloesser.aeltestes_pip("`python3`, `pip` (22.3 oder neuer, …)") == "22.3"
    schloesser.aeltestes_pip((schloesser.WURZEL / "README.md").read_text(encoding="utf-8"))
