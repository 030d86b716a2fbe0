"""Geometry: lengths are strings with a decimal point, whatever the language."""

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from seiten.svg import prozent, strecken


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
