"""What readers wrote is deleted when it is settled: many at once, after a question."""

from datetime import date

import pytest

from strategiearbeit.models import Rueckmeldung, Textseite
from tests.verwaltung.formulare import adresse

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def meldungen():
    tag = date(2026, 1, 5)
    return [
        Rueckmeldung.objects.create(text="Bild", eingegangen_am=tag, erledigt_am=erledigt)
        for erledigt in (tag, tag, None)
    ]


def loesche(client, zeilen, **mehr):
    daten = {"action": "delete_selected", "_selected_action": [zeile.pk for zeile in zeilen]}
    return client.post(adresse(Rueckmeldung, "changelist"), daten | mehr, follow=True)


def test_settled_ones_go_after_a_question(admin_client, meldungen):
    assert (
        "Erledigte löschen …"
        in admin_client.get(adresse(Rueckmeldung, "changelist")).content.decode()
    )
    antwort = loesche(admin_client, meldungen[:2])
    assert Rueckmeldung.objects.count() == 3
    assert "Sind Sie sicher" in antwort.content.decode()
    loesche(admin_client, meldungen[:2], post="yes")
    assert list(Rueckmeldung.objects.all()) == [meldungen[2]]


@pytest.mark.parametrize("mehr", [{}, {"post": "yes"}])
def test_an_open_one_stays(admin_client, meldungen, mehr):
    antwort = loesche(admin_client, meldungen[1:], **mehr)
    assert "Gelöscht werden nur erledigte Meldungen." in antwort.content.decode()
    assert Rueckmeldung.objects.count() == 3


def test_no_other_list_deletes_many_at_once(admin_client):
    antwort = admin_client.get(adresse(Textseite, "changelist"))
    assert b"delete_selected" not in antwort.content
