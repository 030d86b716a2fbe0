"""Agreements about our own code that no other tool watches."""

import ast
from pathlib import Path

import pytest

WURZEL = Path(__file__).parent.parent
APPS = ("bochum_strategie", "zielsystem", "kernaktivitaeten", "strategiearbeit")
MODULE = sorted(
    pfad for app in APPS for pfad in (WURZEL / app).rglob("*.py") if "migrations" not in pfad.parts
)

# What reads the clock, by the last part of its name; ``Now`` and ``CurrentDate`` in the database.
UHR = {"today", "now", "utcnow", "localdate", "localtime", "Now", "auto_now", "auto_now_add"}
DARF_DIE_UHR_LESEN = {WURZEL / "bochum_strategie" / "stichtag.py"}


def uhrzeiten(quelltext: str) -> set[str]:
    """The names in ``quelltext`` that read the clock."""
    namen = set()
    for knoten in ast.walk(ast.parse(quelltext)):
        match knoten:
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name):
                namen.add(name)
            case ast.keyword(arg=str(name), value=ast.Constant(value=True)):
                namen.add(name)
    return namen & UHR


@pytest.mark.parametrize("pfad", MODULE, ids=lambda pfad: str(pfad.relative_to(WURZEL)))
def test_only_stichtag_reads_the_clock(pfad):
    gefunden = uhrzeiten(pfad.read_text(encoding="utf-8"))
    assert not gefunden or pfad in DARF_DIE_UHR_LESEN


@pytest.mark.parametrize(
    "quelltext",
    [
        "date.today()",
        "datetime.datetime.now(tz=UTC)",
        "timezone.now()",
        "models.DateField(default=timezone.localdate)",
        "from django.utils.timezone import now as jetzt",
        "models.DateTimeField(auto_now_add=True)",
        "models.DateTimeField(auto_now=True)",
        "qs.filter(tag__lt=Now())",
    ],
)
def test_the_search_for_the_clock_finds_it(quelltext):
    assert uhrzeiten(quelltext)
