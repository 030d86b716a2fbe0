"""A bar: numbers and labels in, shapes and sentences out."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from seiten.charts import NICHT_BELEGT, balken, prozent, strecken
from tests.dokument import lies

STUECKE = [
    ("umgesetzt", "umgesetzt", 5),
    ("laufend", "laufend", 3),
    ("eingestellt", "eingestellt", 0),
]


def test_pieces_lie_end_to_end_and_the_rest_stays_free():
    bild = balken("Kompetenz", STUECKE, soll=25)
    assert [(s.art, s.anzahl, s.anfang, s.laenge) for s in bild.stuecke] == [
        ("umgesetzt", 5, "0%", "20%"),
        ("laufend", 3, "20%", "12%"),
    ]
    assert (bild.frei.anzahl, bild.frei.anfang, bild.frei.laenge) == (17, "32%", "68%")


def test_the_description_says_all_numbers():
    bild = balken("Kompetenz", STUECKE, soll=25)
    assert bild.beschreibung == "Kompetenz: 5 umgesetzt, 3 laufend, 17 noch nicht festgelegt."


@pytest.mark.parametrize(
    ("soll", "beschreibung"), [(8, "K: 5 umgesetzt, 3 laufend."), (5, "K: 5 umgesetzt, 3 laufend.")]
)
def test_a_target_that_is_reached_or_passed_leaves_nothing_free(soll, beschreibung):
    bild = balken("K", STUECKE, soll=soll)
    assert bild.frei is None
    assert bild.beschreibung == "K: 5 umgesetzt, 3 laufend."
    assert bild.stuecke[-1].laenge == "37.5%"


def test_places_that_are_decided_and_not_known_are_not_called_free():
    bild = balken("1. Tranche", STUECKE, soll=25, rest_art=NICHT_BELEGT)
    assert bild.beschreibung == "1. Tranche: 5 umgesetzt, 3 laufend, 17 nicht belegt."
    assert bild.frei.art == "unbelegt"


def test_nothing_at_all_is_a_free_line():
    bild = balken("Leer", [("laufend", "laufend", 0)], soll=25)
    assert bild.stuecke == ()
    assert bild.frei.laenge == "100%"
    assert balken("Leer", [], soll=0).frei is None


def test_bars_of_one_table_share_a_scale():
    kurz = balken("K", [("laufend", "laufend", 15)], soll=25, laenge=30)
    assert kurz.stuecke[0].laenge == "50%"


def test_the_drawing_has_decimal_points_also_with_german_formats():
    bild = balken(
        "Kompetenz", [("laufend", "laufend", 1), ("kein-stand", "kein Stand", 1)], soll=24
    )
    with translation.override("de"):
        html = render_to_string("grafik/balken.svg", {"balken": bild, "stumm": False})
    zeichnung = lies(html).eines("svg")
    laengen = [r[a] for r in zeichnung.alle("rect") for a in ("x", "width")]
    assert all(re.fullmatch(r"\d+(\.\d+)?%?", laenge) for laenge in laengen)
    assert "4.1667%" in laengen
    assert [t.text for t in zeichnung.alle("title")] == [
        "1 laufend",
        "1 kein Stand",
        "22 noch nicht festgelegt",
    ]
    assert zeichnung["aria-label"] == bild.beschreibung


@pytest.mark.parametrize(
    ("art", "fuellung"),
    [
        ("laufend", "url(#muster-laufend)"),
        ("kein-stand", "url(#muster-kein-stand)"),
        ("noch-nicht-beschlossen", "url(#muster-noch-nicht-beschlossen)"),
        ("umgesetzt", None),
        ("eingestellt", None),
    ],
)
def test_patterns_tell_pieces_apart_without_colour(art, fuellung):
    bild = balken("K", [(art, art, 1)], soll=1)
    (stueck,) = lies(render_to_string("grafik/balken.svg", {"balken": bild, "stumm": False})).alle(
        "rect"
    )
    assert stueck.attribute.get("fill") == fuellung
    assert stueck.klassen == {f"balken-{art}"}


@pytest.mark.parametrize(
    ("wert", "text"),
    [(0, "0%"), (8.5, "8.5%"), (100, "100%"), (100 / 3, "33.3333%"), (1e-9, "0%"), (10, "10%")],
)
def test_a_percentage_has_a_decimal_point_and_no_needless_zeros(wert, text):
    with translation.override("de"):
        assert prozent(wert) == text


def test_lengths_are_put_end_to_end():
    assert strecken([1, 0, 3], 8) == [("0%", "12.5%"), ("12.5%", "0%"), ("12.5%", "37.5%")]
    assert strecken([], 1) == []


@pytest.mark.parametrize(("werte", "ganzes"), [([1], 0), ([1, 1], 1), ([], 0), ([], -1)])
def test_what_does_not_fit_is_refused(werte, ganzes):
    with pytest.raises(ValueError, match="passen nicht"):
        strecken(werte, ganzes)


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.integers(0, 3000), max_size=8), st.integers(1, 500))
def test_pieces_never_overlap_nor_leave_the_line(werte, rest):
    teile = [(float(a[:-1]), float(b[:-1])) for a, b in strecken(werte, sum(werte) + rest)]
    ende = 0.0
    for anfang, laenge in teile:
        assert anfang == pytest.approx(ende, abs=0.001)
        ende = anfang + laenge
    assert ende <= 100.001
