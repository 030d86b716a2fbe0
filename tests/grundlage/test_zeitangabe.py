"""Dates are printed as known, never more exactly than the source, and kept consistent."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from grundlage.zeitangabe import Genauigkeit, Zeitraum, monatsende
from kernaktivitaeten.models import Angabe
from tests.factories import AngabeFactory, StatusmeldungFactory, zeitraum

TAG, MONAT, JAHR = Genauigkeit.TAG, Genauigkeit.MONAT, Genauigkeit.JAHR


def d(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("von", "bis", "genauigkeit", "kurz", "lang"),
    [
        ("2018-09-27", "2018-09-27", TAG, "27.09.2018", "27. September 2018"),
        ("2024-03-01", "2024-03-01", TAG, "01.03.2024", "1. März 2024"),
        ("2018-09-01", "2018-09-30", MONAT, "09/2018", "September 2018"),
        ("2024-02-01", "2024-02-29", MONAT, "02/2024", "Februar 2024"),
        ("2023-01-01", "2023-12-31", JAHR, "2023", "2023"),
        (
            "2019-11-21",
            "2019-11-24",
            TAG,
            "21.11.2019–24.11.2019",
            "21. November 2019 bis 24. November 2019",
        ),
        ("2025-02-01", "2025-08-31", MONAT, "02/2025–08/2025", "Februar 2025 bis August 2025"),
        ("2021-01-01", "2023-12-31", JAHR, "2021–2023", "2021–2023"),
        ("2016-01-01", None, JAHR, "seit 2016", "seit 2016"),
        ("2021-08-01", None, MONAT, "seit 08/2021", "seit August 2021"),
        (None, "2030-12-31", JAHR, "bis 2030", "bis 2030"),
        (None, "2024-03-31", MONAT, "bis 03/2024", "bis März 2024"),
        (None, "2026-01-19", TAG, "bis 19.01.2026", "bis 19. Januar 2026"),
    ],
)
def test_a_date_is_printed_as_known(von, bis, genauigkeit, kurz, lang):
    zeit = Zeitraum(d(von), d(bis), genauigkeit)
    assert zeit.kurz == kurz
    assert zeit.lang == lang
    assert zeit.passt_zur_genauigkeit


def test_a_whole_month_known_by_the_day_is_not_printed_as_a_month():
    zeit = Zeitraum(date(2024, 8, 1), date(2024, 8, 31), TAG)
    assert zeit.kurz == "01.08.2024–31.08.2024"


@st.composite
def zeitraeume(draw) -> Zeitraum:
    """Any period that fits its precision; one end may be open."""
    genauigkeit = draw(st.sampled_from(Genauigkeit))
    von, bis = sorted(draw(st.tuples(st.dates(), st.dates())))
    if genauigkeit == MONAT:
        von, bis = von.replace(day=1), monatsende(bis)
    if genauigkeit == JAHR:
        von, bis = von.replace(month=1, day=1), bis.replace(month=12, day=31)
    offen = draw(st.sampled_from(["", "von", "bis"]))
    return Zeitraum(
        None if offen == "von" else von, None if offen == "bis" else bis, genauigkeit.value
    )


@given(zeitraeume())
def test_the_short_form_says_all_that_is_known_and_nothing_more(zeit):
    assert zeit.passt_zur_genauigkeit
    assert zeitraum(zeit.kurz) == zeit


@pytest.mark.parametrize(
    ("von", "bis", "genauigkeit"),
    [
        ("2024-08-02", "2024-08-31", MONAT),
        ("2024-08-01", "2024-08-30", MONAT),
        ("2023-02-01", "2024-02-28", MONAT),
        ("2024-02-01", None, JAHR),
        ("2024-01-02", "2024-12-31", JAHR),
        ("2024-01-01", "2024-12-30", JAHR),
        (None, "2024-11-30", JAHR),
        (None, "2024-11-29", MONAT),
    ],
)
def test_days_that_are_not_the_ends_of_the_period_do_not_fit(von, bis, genauigkeit):
    assert not Zeitraum(d(von), d(bis), genauigkeit).passt_zur_genauigkeit
    angabe = Angabe(datum_von=d(von), datum_bis=d(bis), genauigkeit=genauigkeit)
    with pytest.raises(ValidationError, match="passen nicht zur Genauigkeit"):
        angabe.clean()


def test_the_end_of_february_knows_leap_years():
    assert monatsende(date(2024, 2, 10)) == date(2024, 2, 29)
    assert monatsende(date(2023, 2, 10)) == date(2023, 2, 28)


def test_without_a_date_there_is_no_time_to_print():
    assert Angabe().zeit is None
    Angabe().clean()


@pytest.mark.django_db
def test_a_row_with_each_precision_or_none_passes_full_clean():
    for am in ("", "27.09.2018", "08/2024", "2021–2023", "seit 2016", "bis 2030"):
        angabe = AngabeFactory(am=am)
        angabe.full_clean()
        assert (angabe.zeit.kurz if angabe.zeit else "") == am


@pytest.mark.django_db
def test_a_statement_cannot_have_an_open_end():
    meldung = StatusmeldungFactory.build(am="seit 2016", zaehlt_ab=date(2016, 1, 1))
    with pytest.raises(ValidationError, match="Erster und letzter Tag müssen angegeben sein"):
        meldung.full_clean()
