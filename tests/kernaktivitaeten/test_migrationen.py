"""The way back of a migration must not publish what was taken back."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from kernaktivitaeten.models import Ratsbeschluss
from tests import factories as f


@pytest.mark.django_db(transaction=True)
def test_the_way_back_is_refused_while_something_is_taken_back():
    weg = f.RatsbeschlussFactory(zurueckgenommen_am=date(2026, 1, 1), ruecknahme_grund="Falsch.")
    bleibt = f.RatsbeschlussFactory(titel="Bleibt")
    try:
        with pytest.raises(CommandError, match="1 zurückgenommene"):
            call_command("migrate", "kernaktivitaeten", "0006", verbosity=0)
        assert list(Ratsbeschluss.objects.oeffentlich()) == [bleibt]
        weg.delete()
        call_command("migrate", "kernaktivitaeten", "0006", verbosity=0)
    finally:
        call_command("migrate", verbosity=0)
    assert list(Ratsbeschluss.objects.oeffentlich()) == [bleibt]
