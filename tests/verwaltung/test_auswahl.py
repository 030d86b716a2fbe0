"""What a form offers to choose, and where it leads."""

import pytest
from django.urls import reverse

from kernaktivitaeten.models import Kernaktivitaet, Messwert, Statusmeldung
from tests import factories as f
from tests.verwaltung.formulare import adresse, eingaben, fehler, kleinste_eingabe

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def gruppen(formular, feld: str) -> dict[str, list]:
    """Heading → keys of its choices."""
    return {
        str(name): [wert for wert, _ in liste]
        for name, liste in list(formular.fields[feld].choices)[1:]
    }


def test_schwerpunkte_stand_below_their_kompetenz_and_the_own_come_first(admin_client):
    fremd = f.SchwerpunktFactory()
    eigen = f.SchwerpunktFactory()
    ka = f.KernaktivitaetFactory(kompetenz=eigen.eltern)
    antwort = admin_client.get(adresse(Kernaktivitaet, "change", ka.pk))
    formset = next(
        gruppe.formset
        for gruppe in antwort.context["inline_admin_formsets"]
        if gruppe.formset.prefix == "zuordnungen"
    )
    angebot = gruppen(formset.empty_form, "schwerpunkt")
    assert list(angebot.items()) == [
        (eigen.eltern.titel, [eigen.pk]),
        (fremd.eltern.titel, [fremd.pk]),
    ]
    assert f'<optgroup label="{eigen.eltern.titel}">' in antwort.content.decode()


def test_a_result_is_offered_the_goals_of_its_kernaktivitaet(admin_client):
    eigenes, fremdes = f.ProjektzielFactory(), f.ProjektzielFactory()
    ka = eigenes.kernaktivitaet
    url = adresse(Messwert, "add")

    def angebot(antwort) -> dict[str, list]:
        return gruppen(antwort.context["adminform"].form, "projektziel")

    assert angebot(admin_client.get(url)) == {
        ka.titel: [eigenes.pk],
        fremdes.kernaktivitaet.titel: [fremdes.pk],
    }
    assert angebot(admin_client.get(url, {"kernaktivitaet": ka.pk})) == {ka.titel: [eigenes.pk]}
    messwert = f.MesswertFactory(kernaktivitaet=ka)
    url = adresse(Messwert, "change", messwert.pk)
    antwort = admin_client.get(url)
    assert angebot(antwort) == {ka.titel: [eigenes.pk]}
    antwort = admin_client.post(url, eingaben(antwort) | {"projektziel": fremdes.pk})
    # What was chosen is still seen.
    assert angebot(antwort)[fremdes.kernaktivitaet.titel] == [fremdes.pk]
    antwort = admin_client.post(url, eingaben(antwort) | {"projektziel": eigenes.pk})
    assert antwort.status_code == 302, fehler(antwort)


def test_a_statement_leads_back_to_where_it_was_begun(admin_client):
    neu = kleinste_eingabe(Statusmeldung)
    ka = neu["kernaktivitaet"]
    url = f"{adresse(Statusmeldung, 'add')}?kernaktivitaet={ka}"
    daten = eingaben(admin_client.get(url)) | neu
    antwort = admin_client.post(url, daten)
    assert antwort.status_code == 302, fehler(antwort)
    assert antwort["Location"] == adresse(Kernaktivitaet, "change", ka)
    antwort = admin_client.post(url, daten | {"_addanother": "1", "text": "Noch eine"})
    assert "statusmeldung/add" in antwort["Location"]
    antwort = admin_client.post(adresse(Statusmeldung, "add"), daten | {"text": "Dritte"})
    assert antwort["Location"] == reverse("admin:kernaktivitaeten_statusmeldung_changelist")
