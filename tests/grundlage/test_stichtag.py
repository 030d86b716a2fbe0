"""The day for which the portal is asked: today, or the day in the address, or a clear 404."""

from datetime import UTC, date, datetime

import pytest
from django.http import Http404

from grundlage.stichtag import UngueltigerStichtag, heute, stichtag_aus

pytestmark = pytest.mark.usefixtures("ende_august")


@pytest.fixture
def ende_august(heute_ist):
    heute_ist(2024, 8, 31)


def test_without_the_parameter_it_is_today(rf):
    assert stichtag_aus(rf.get("/")) == date(2024, 8, 31)


@pytest.mark.parametrize("tag", ["2024-08-30", "2024-08-31", "2024-02-29", "2000-02-29"])
def test_a_past_day_or_today_is_taken_from_the_address(rf, tag):
    assert stichtag_aus(rf.get("/", {"stichtag": tag})) == date.fromisoformat(tag)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gestern",
        "31.08.2024",
        "2024-8-31",
        "20240831",
        "2024-W05-1",
        "2024-W35",
        "2024-243",
        " 2024-08-31",
        "2024-08-31 ",
        "2024-08-3\uff11",
        "2024-08-31T00:00",
        "2023-02-29",
        "2024-04-31",
        "2024-13-01",
        "2024-00-10",
        "0000-01-01",
        "2024-08-31\x00",
    ],
)
def test_a_malformed_day_is_a_404_that_says_how_to_write_it(rf, text):
    with pytest.raises(UngueltigerStichtag, match=r"kein gültiges Datum.*2024-08-31") as fehler:
        stichtag_aus(rf.get("/", {"stichtag": text}))
    assert isinstance(fehler.value, Http404)


def test_two_days_at_once_are_no_day(rf):
    with pytest.raises(UngueltigerStichtag, match="kein gültiges Datum"):
        stichtag_aus(rf.get("/?stichtag=2024-01-01&stichtag=2023-01-01"))


@pytest.mark.parametrize("tag", ["2024-09-01", "9999-12-31"])
def test_a_future_day_is_a_404_that_says_so(rf, tag):
    with pytest.raises(UngueltigerStichtag, match="liegt in der Zukunft"):
        stichtag_aus(rf.get("/", {"stichtag": tag}))


@pytest.mark.parametrize(
    ("utc", "in_bochum"),
    [
        (datetime(2024, 8, 30, 21, 59, tzinfo=UTC), date(2024, 8, 30)),
        (datetime(2024, 8, 30, 22, 0, tzinfo=UTC), date(2024, 8, 31)),
        (datetime(2024, 12, 31, 22, 59, tzinfo=UTC), date(2024, 12, 31)),
        (datetime(2024, 12, 31, 23, 0, tzinfo=UTC), date(2025, 1, 1)),
    ],
)
def test_the_day_changes_at_midnight_in_bochum_in_summer_and_winter(monkeypatch, utc, in_bochum):
    monkeypatch.setattr("django.utils.timezone.now", lambda: utc)
    assert heute() == in_bochum
