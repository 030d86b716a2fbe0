"""The plain form of a decision: it gives way to the guided one, and keeps the day of statements."""

import pytest

from kernaktivitaeten.models import Beschlusswirkung, Ratsbeschluss, Statusmeldung
from tests import factories as f
from tests.verwaltung.beschluesse import SEITE, erfasse
from tests.verwaltung.formulare import (
    adresse,
    aendere,
    eingaben,
    fehler,
    inhalt,
    leeres_formular,
    nimm_auf,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_adding_leads_to_the_guided_form(admin_client):
    antwort = admin_client.get(adresse(Ratsbeschluss, "add"))
    assert (antwort.status_code, antwort["Location"]) == (302, SEITE)
    liste = inhalt(admin_client.get(adresse(Ratsbeschluss, "changelist")))
    assert f'href="{SEITE}"' in liste
    assert "Ratsbeschluss hinzufügen" not in liste


def test_beside_another_form_it_stays_plain(admin_client):
    """A window may be opened from "Status melden"; the row comes back into that form."""
    daten = eingaben(leeres_formular(admin_client, Ratsbeschluss)) | {
        "titel": "Nebenbei",
        "zeit": "27.09.2018",
        "quelle": f.QuelleFactory().pk,
        "_popup": "1",
    }
    antwort = admin_client.post(adresse(Ratsbeschluss, "add"), daten)
    assert antwort.status_code == 200
    assert Ratsbeschluss.objects.get().titel == "Nebenbei"


# ── The day ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def beschluss(admin_client) -> Ratsbeschluss:
    """Of 24 September 2026, with a statement of that day."""
    ka = f.StatusmeldungFactory(
        kernaktivitaet__titel="Alte Mühle", status="laufend", am="2020"
    ).kernaktivitaet
    erfasse(admin_client, {"ka": ka.pk, "wirkung": "umgesetzt"})
    return Ratsbeschluss.objects.get()


def tag_bleibt(antwort) -> str:
    """The sentence at the field; the day is not changed."""
    assert antwort.status_code == 200
    assert Ratsbeschluss.objects.get().zeit.kurz == "24.09.2026"
    (satz,) = fehler(antwort)["zeit"]
    return satz


def test_the_day_stays_while_statements_have_it(admin_client, beschluss):
    satz = tag_bleibt(aendere(admin_client, beschluss, zeit="24.08.2026"))
    assert "„Alte Mühle: umgesetzt 24.09.2026“" in satz
    assert "Nehmen Sie den Beschluss zurück" in satz
    assert "24.08.2026" in inhalt(aendere(admin_client, beschluss, zeit="24.08.2026"))


def test_less_exact_is_another_day(admin_client, beschluss):
    tag_bleibt(aendere(admin_client, beschluss, zeit="09/2026"))


def test_many_statements_are_counted(admin_client, beschluss):
    for titel in ("Eins", "Zwei", "Drei"):
        f.StatusmeldungFactory(
            kernaktivitaet__titel=titel, beschluss=beschluss, am="24.09.2026", entwurf=True
        )
    satz = tag_bleibt(aendere(admin_client, beschluss, zeit="24.08.2026"))
    assert "„Eins: laufend 24.09.2026“ und 1 weiteren. Nehmen" in satz


def test_all_else_can_be_changed(admin_client, beschluss):
    antwort = aendere(admin_client, beschluss, zeit="24.9.2026", vorlage="20261234")
    assert antwort.status_code == 302
    beschluss.refresh_from_db()
    assert beschluss.vorlage == "20261234"


def test_the_day_is_free_once_the_statements_are_withdrawn(admin_client, beschluss):
    """Nor does a statement hold it that names the decision with a day of its own."""
    meldung = Statusmeldung.objects.get(beschluss=beschluss)
    meldung.zurueckgezogen_am, meldung.rueckzug_grund = meldung.datum_bis, "Falscher Tag."
    meldung.save()
    f.StatusmeldungFactory(kernaktivitaet=meldung.kernaktivitaet, beschluss=beschluss, am="10/2026")
    assert aendere(admin_client, beschluss, zeit="24.08.2026").status_code == 302
    beschluss.refresh_from_db()
    assert beschluss.zeit.kurz == "24.08.2026"


def test_an_old_version_does_not_change_it_either(admin_client):
    beschluss = f.RatsbeschlussFactory(am="24.08.2026")
    erste = beschluss.geschichte.get().history_id
    assert aendere(admin_client, beschluss, zeit="24.09.2026").status_code == 302
    meldung = f.StatusmeldungFactory(beschluss=beschluss, am="24.09.2026")
    antwort = nimm_auf(admin_client, Ratsbeschluss, beschluss.pk, erste)
    assert antwort.status_code == 200
    assert "Das Datum lässt sich hier nicht ändern" in inhalt(antwort)
    beschluss.refresh_from_db()
    assert beschluss.zeit.kurz == "24.09.2026"
    meldung.delete()
    assert not Beschlusswirkung.objects.exists()
    assert nimm_auf(admin_client, Ratsbeschluss, beschluss.pk, erste).status_code == 302
