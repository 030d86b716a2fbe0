"""The colours of the style sheet: enough contrast, each one named once, light and dark."""

import re
from pathlib import Path

import brotli
import pytest

WURZEL = Path(__file__).parent.parent
CSS = (WURZEL / "static" / "css" / "portal.css").read_text(encoding="utf-8")
FARBE = r"#(?:[0-9a-f]{6}|[0-9a-f]{3})"
EINFACH = dict(re.findall(rf"--([\w-]+):\s*({FARBE});", CSS))
HELL_DUNKEL = {
    name: (hell, dunkel)
    for name, hell, dunkel in re.findall(
        rf"--([\w-]+):\s*light-dark\(({FARBE}),\s*({FARBE})\);", CSS
    )
}

FLAECHEN = ("papier", "flaeche", "hinweis")
SCHRIFT = ("tinte", "tinte-leise", "link")
ZEICHEN = ("umgesetzt", "laufend", "beendet", "offen", "rand")
PAARE = [
    *((vorn, hinten, 4.5) for vorn in SCHRIFT for hinten in FLAECHEN),
    ("auf-knopf", "knopf", 4.5),
    *((vorn, hinten, 3.0) for vorn in ZEICHEN for hinten in ("papier", "flaeche")),
    ("knopf", "papier", 3.0),
    ("knopf", "flaeche", 3.0),
    ("link", "papier", 3.0),  # the focus
]
NUR_SCHMUCK = {"akzent", "linie"}


def leuchtdichte(farbe: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    ziffern = farbe[1:] if len(farbe) == 7 else "".join(z * 2 for z in farbe[1:])
    anteile = [int(ziffern[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    rot, gruen, blau = (
        anteil / 12.92 if anteil <= 0.04045 else ((anteil + 0.055) / 1.055) ** 2.4
        for anteil in anteile
    )
    return 0.2126 * rot + 0.7152 * gruen + 0.0722 * blau


def kontrast(eine: str, andere: str) -> float:
    dunkel, hell = sorted(map(leuchtdichte, (eine, andere)))
    return (hell + 0.05) / (dunkel + 0.05)


@pytest.mark.parametrize(
    ("eine", "andere", "erwartet"),
    [
        ("#000", "#fff", 21),
        ("#fff", "#ffffff", 1),
        ("#009ee3", "#fff", 3.0),
        ("#767676", "#fff", 4.54),
    ],
)
def test_the_formula_of_contrast_is_right(eine, andere, erwartet):
    assert kontrast(eine, andere) == pytest.approx(erwartet, abs=0.05)
    assert kontrast(andere, eine) == kontrast(eine, andere)


@pytest.mark.parametrize("dunkel", [False, True], ids=["hell", "dunkel"])
@pytest.mark.parametrize(("vorn", "hinten", "mindestens"), PAARE)
def test_every_pair_of_colours_has_enough_contrast(vorn, hinten, mindestens, dunkel):
    assert kontrast(HELL_DUNKEL[vorn][dunkel], HELL_DUNKEL[hinten][dunkel]) >= mindestens


def test_every_colour_is_given_plainly_first_and_then_for_light_and_dark():
    assert HELL_DUNKEL
    assert {name: hell for name, (hell, _) in HELL_DUNKEL.items()} == EINFACH


def test_every_colour_is_judged_or_only_decoration():
    beurteilt = {farbe for vorn, hinten, _ in PAARE for farbe in (vorn, hinten)}
    assert beurteilt | NUR_SCHMUCK == set(HELL_DUNKEL)


def test_colours_stand_only_among_the_tokens():
    ohne_tokens = re.sub(r"@layer tokens \{.*?\n\}", "", CSS, flags=re.DOTALL)
    ohne_tokens = re.sub(r"\(color: light-dark\(.*?\)\)", "", ohne_tokens)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(", ohne_tokens) == []


def test_decoration_is_never_the_colour_of_words():
    farben = set(re.findall(r"(?<![\w-])(?:color|fill):\s*var\(--([\w-]+)\)", CSS))
    assert farben
    assert not farben & NUR_SCHMUCK


def test_every_token_that_is_used_is_defined():
    definiert = set(re.findall(r"--([\w-]+):", CSS))
    assert set(re.findall(r"var\(--([\w-]+)", CSS)) <= definiert


def test_all_css_is_at_most_8_kb_compressed():
    dateien = [p for p in (WURZEL / "static" / "css").glob("*.css") if p.stem != "verwaltung"]
    assert sum(len(brotli.compress(pfad.read_bytes())) for pfad in dateien) <= 8 * 1024
