"""The rows below a form: what is ticked goes, what is only shown stays as it is."""

import pytest

from kernaktivitaeten.models import Kernaktivitaet, Zuordnung
from tests import factories as f
from tests.verwaltung.formulare import adresse, eingaben, fehler

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def zwei():
    """The main Schwerpunkt of a Kernaktivität and another one of the same Kompetenz."""
    erste = f.ZuordnungFactory(primaer=True)
    zweite = f.ZuordnungFactory(
        kernaktivitaet=erste.kernaktivitaet,
        schwerpunkt=f.SchwerpunktFactory(eltern=erste.schwerpunkt.eltern),
    )
    return erste, zweite


def zeilen(client, ka) -> tuple[str, dict, dict[int, int]]:
    """The address of the form, what it would send, and key of each assignment → its number."""
    url = adresse(Kernaktivitaet, "change", ka.pk)
    daten = eingaben(client.get(url))
    nummern = {int(daten[f"zuordnungen-{n}-id"]): n for n in (0, 1)}
    return url, daten, nummern


@pytest.mark.parametrize("weg", [0, 1])
def test_the_row_that_is_ticked_is_deleted_and_no_other(admin_client, zwei, weg):
    url, daten, nummern = zeilen(admin_client, zwei[0].kernaktivitaet)
    daten[f"zuordnungen-{nummern[zwei[weg].pk]}-DELETE"] = "on"
    daten["_loeschgrund"] = "Doppelt erfasst"
    antwort = admin_client.post(url, daten)
    assert antwort.status_code == 302, fehler(antwort)
    assert list(Zuordnung.objects.all()) == [zwei[1 - weg]]


@pytest.mark.parametrize("marke", [0, 1])
def test_the_mark_passes_from_a_row_that_is_deleted(admin_client, zwei, marke):
    alt, neu = zwei[1 - marke], zwei[marke]
    Zuordnung.objects.update(primaer=False)
    Zuordnung.objects.filter(pk=alt.pk).update(primaer=True)
    url, daten, nummern = zeilen(admin_client, alt.kernaktivitaet)
    daten[f"zuordnungen-{nummern[alt.pk]}-DELETE"] = "on"
    daten["_loeschgrund"] = "Doppelt erfasst"
    daten[f"zuordnungen-{nummern[neu.pk]}-primaer"] = "on"
    antwort = admin_client.post(url, daten)
    assert antwort.status_code == 302, fehler(antwort)
    assert list(Zuordnung.objects.values_list("pk", "primaer")) == [(neu.pk, True)]


@pytest.mark.parametrize("marke", [0, 1])
def test_the_history_knows_who_had_the_mark(admin_client, zwei, marke):
    alt, neu = zwei[1 - marke], zwei[marke]
    Zuordnung.objects.update(primaer=False)
    Zuordnung.objects.filter(pk=alt.pk).update(primaer=True)
    Zuordnung.geschichte.all().delete()
    url, daten, nummern = zeilen(admin_client, alt.kernaktivitaet)
    del daten[f"zuordnungen-{nummern[alt.pk]}-primaer"]
    daten[f"zuordnungen-{nummern[neu.pk]}-primaer"] = "on"
    assert admin_client.post(url, daten).status_code == 302
    verlauf = {
        zeile: [fassung.primaer for fassung in zeile.geschichte.order_by("history_id")]
        for zeile in (alt, neu)
    }
    assert verlauf == {alt: [True, False], neu: [False, True]}
