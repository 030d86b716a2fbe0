"""The order of what may have no date: the same on every database."""

from datetime import date

import pytest

from strategiearbeit.models import Barrierefreiheitserklaerung, Rueckmeldung
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_the_newest_dated_statement_comes_before_one_without_a_date():
    tage = (date(2026, 1, 1), date(2026, 2, 1), None)
    alt, neu, ohne = (f.BarrierefreiheitserklaerungFactory(erstellt_am=tag) for tag in tage)
    assert list(Barrierefreiheitserklaerung.objects.all()) == [neu, alt, ohne]


def test_open_reports_come_before_settled_ones_the_newest_first():
    erledigt = f.RueckmeldungFactory(erledigt_am=date(2026, 1, 1), kontakt="")
    erste, zweite = f.RueckmeldungFactory(), f.RueckmeldungFactory()
    assert list(Rueckmeldung.objects.all()) == [zweite, erste, erledigt]
