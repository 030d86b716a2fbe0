"""What all tests share: the delivered data, and a clock that stands still where needed."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction

FIXTURES = ("zielsystem", "kernaktivitaeten", "strategiearbeit")


@pytest.fixture(scope="module")
def echte_daten(django_db_setup, django_db_blocker):
    """The delivered data, loaded once for a module and rolled back after it.

    Every test of the module sees them and undoes its own changes (it still needs the mark
    ``django_db``). Tests with ``transaction=True`` cannot run inside: they load what they need.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", *FIXTURES, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def heute_ist(monkeypatch):
    """``heute_ist(2024, 8, 31)`` makes it that day for ``bochum_strategie.stichtag``."""

    def stelle(jahr: int, monat: int, tag: int) -> date:
        heute = date(jahr, monat, tag)
        monkeypatch.setattr("bochum_strategie.stichtag.heute", lambda: heute)
        return heute

    return stelle
