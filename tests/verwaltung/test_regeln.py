"""Rules that span rows hold in the administration; what was typed stays when one is broken."""

import inspect
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernaktivitaeten import rules
from kernaktivitaeten.models import (
    Kernaktivitaet,
    Messwert,
    Ratsbeschluss,
    Statusmeldung,
    Verantwortung,
    Zuordnung,
)
from tests import factories as f
from tests.verwaltung.formulare import (
    adresse,
    aendere,
    eingaben,
    fehler,
    lege_an,
    loesche,
    nimm_auf,
)
from verwaltung.regeln import UNGELESEN
from zielsystem import rules as zielsystem_rules
from zielsystem.models import Zielelement
from zielsystem.rules import satz

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_the_sentence_of_a_rule_stands_at_its_field_and_nothing_is_saved(admin_client):
    ka = f.KernaktivitaetFactory()
    f.StatusmeldungFactory(kernaktivitaet=ka, status="umgesetzt", am="2020")
    antwort = lege_an(
        admin_client,
        Statusmeldung,
        kernaktivitaet=ka.pk,
        status="laufend",
        bezug="ab",
        zeit="2021",
        quelle=f.QuelleFactory().pk,
        text="Es geht weiter",
    )
    assert fehler(antwort) == {"status": [satz(rules.nach_dem_ende_oeffnet_nur_ein_beschluss)]}
    assert eingaben(antwort)["text"] == "Es geht weiter"
    assert eingaben(antwort)["zeit"] == "2021"
    assert Statusmeldung.objects.count() == 1
    assert Statusmeldung.geschichte.count() == 1


def test_inline_rows_keep_the_rules_too(admin_client):
    zuordnung = f.ZuordnungFactory()
    fremd = f.SchwerpunktFactory()
    antwort = aendere(
        admin_client,
        zuordnung.kernaktivitaet,
        titel="Neuer Titel",
        **{"zuordnungen-0-schwerpunkt": fremd.pk},
    )
    assert fehler(antwort) == {
        "zuordnungen-0-begruendung": [satz(rules.fremder_schwerpunkt_ist_begruendet)]
    }
    assert eingaben(antwort)["titel"] == "Neuer Titel"
    assert eingaben(antwort)["zuordnungen-0-schwerpunkt"] == str(fremd.pk)
    zuordnung.refresh_from_db()
    assert zuordnung.schwerpunkt != fremd
    assert Kernaktivitaet.objects.get().titel != "Neuer Titel"


def test_a_new_inline_row_that_breaks_a_rule_keeps_what_was_typed(admin_client):
    ka = f.KernaktivitaetFactory()
    fremd, quelle = f.SchwerpunktFactory(), f.QuelleFactory()
    neu = {
        "zuordnungen-TOTAL_FORMS": 1,
        "zuordnungen-0-schwerpunkt": fremd.pk,
        "zuordnungen-0-primaer": "on",
        "zuordnungen-0-begruendung": "Weil beides zusammengehört",
        "zuordnungen-0-quelle": quelle.pk,
    }
    antwort = aendere(admin_client, ka, **neu)
    regel = rules.hauptschwerpunkt_liegt_in_der_eigenen_kompetenz
    assert fehler(antwort) == {"zuordnungen-0-primaer": [satz(regel)]}
    assert eingaben(antwort)["zuordnungen-0-begruendung"] == "Weil beides zusammengehört"
    del neu["zuordnungen-0-primaer"]
    assert aendere(admin_client, ka, **neu).status_code == 302
    assert Zuordnung.objects.get().schwerpunkt == fremd


def test_a_new_kompetenz_is_checked_against_the_stored_rows(admin_client):
    zuordnung = f.ZuordnungFactory(primaer=True)
    antwort = aendere(admin_client, zuordnung.kernaktivitaet, kompetenz=f.KompetenzFactory().pk)
    assert fehler(antwort) == {
        "zuordnungen-0-primaer": [satz(rules.hauptschwerpunkt_liegt_in_der_eigenen_kompetenz)],
        "zuordnungen-0-begruendung": [satz(rules.fremder_schwerpunkt_ist_begruendet)],
    }


def test_row_and_inline_row_may_change_together(admin_client):
    zuordnung = f.ZuordnungFactory(primaer=True)
    neu = f.SchwerpunktFactory()
    antwort = aendere(
        admin_client,
        zuordnung.kernaktivitaet,
        kompetenz=neu.eltern.pk,
        **{"zuordnungen-0-schwerpunkt": neu.pk},
    )
    assert antwort.status_code == 302, fehler(antwort)


def test_a_tranche_is_not_taken_away_from_what_was_decided_with_it(admin_client):
    quelle = f.QuelleFactory()
    ka = f.KernaktivitaetFactory(tranche=f.TrancheFactory(), tranche_quelle=quelle)
    f.BeschlusswirkungFactory(
        kernaktivitaet=ka, beschluss=f.RatsbeschlussFactory(tranche=ka.tranche)
    )
    antwort = aendere(admin_client, ka, tranche="", tranche_quelle="")
    regel = satz(rules.auftrag_passt_zur_tranche)
    assert fehler(antwort) == {"beschlusswirkungen-0-wirkung": [regel]}


def test_a_successor_is_not_taken_away_from_what_was_merged(admin_client):
    werte = {"status": "ueberfuehrt", "nachfolge_text": "Stadtpark"}
    meldung, entwurf = (
        f.StatusmeldungFactory(**werte),
        f.StatusmeldungFactory(**werte, entwurf=True),
    )
    assert aendere(admin_client, meldung, nachfolge_text="").status_code == 302
    (sentence,) = fehler(aendere(admin_client, entwurf, nachfolge_text=""))["nachfolger"]
    assert sentence.startswith("Eine überführte Kernaktivität nennt, worin sie aufgegangen ist")
    for zeile in (meldung, entwurf):
        zeile.refresh_from_db()
        assert zeile.nachfolge_text == "Stadtpark"


def test_no_circle_of_successors(admin_client):
    erste = f.KernaktivitaetFactory()
    zweite = f.StatusmeldungFactory(status="ueberfuehrt", nachfolger=erste).kernaktivitaet
    entwurf = f.StatusmeldungFactory(kernaktivitaet=erste, status="ueberfuehrt", entwurf=True)
    antwort = aendere(admin_client, entwurf, nachfolger=zweite.pk, _freigeben="1")
    assert satz(rules.nachfolge_hat_keinen_kreis) in fehler(antwort)["nachfolger"]
    entwurf.refresh_from_db()
    assert (entwurf.entwurf, entwurf.nachfolger) == (True, None)


def test_a_beschluss_keeps_the_tranche_of_its_effects(admin_client):
    beschluss = f.BeschlusswirkungFactory().beschluss
    antwort = aendere(admin_client, beschluss, tranche=f.TrancheFactory().pk)
    assert fehler(antwort) == {"wirkungen-0-wirkung": [satz(rules.auftrag_passt_zur_tranche)]}
    assert Ratsbeschluss.objects.get().tranche is None


def test_a_responsibility_for_a_kernaktivitaet_is_not_one_for_a_kompetenz(admin_client):
    antwort = lege_an(admin_client, Verantwortung, rolle="kompetenz")
    regel = rules.kompetenzverantwortung_gilt_einer_kompetenz
    assert fehler(antwort) == {"rolle": [satz(regel)]}


def test_a_result_belongs_to_a_goal_of_the_same_kernaktivitaet(admin_client):
    antwort = lege_an(admin_client, Messwert, projektziel=f.ProjektzielFactory().pk)
    regel = rules.messwert_gehoert_zum_ziel_derselben_kernaktivitaet
    assert fehler(antwort) == {"projektziel": [satz(regel)]}


def test_a_goal_with_results_stays_with_its_kernaktivitaet(admin_client):
    messwert = f.MesswertFactory()
    ziel = f.ProjektzielFactory(kernaktivitaet=messwert.kernaktivitaet)
    messwert.projektziel = ziel
    messwert.save()
    antwort = aendere(admin_client, ziel, kernaktivitaet=f.KernaktivitaetFactory().pk)
    regel = rules.messwert_gehoert_zum_ziel_derselben_kernaktivitaet
    assert fehler(antwort)["kernaktivitaet"][0].endswith(satz(regel))


def test_a_moved_schwerpunkt_is_checked_against_its_assignments(admin_client):
    zuordnung = f.ZuordnungFactory(primaer=True)
    schwerpunkt = Zielelement.objects.get(pk=zuordnung.schwerpunkt_id)
    antwort = aendere(admin_client, schwerpunkt, eltern=f.KompetenzFactory().pk)
    assert satz(rules.hauptschwerpunkt_liegt_in_der_eigenen_kompetenz) in str(fehler(antwort))
    schwerpunkt.refresh_from_db()
    assert schwerpunkt.eltern == zuordnung.kernaktivitaet.kompetenz


def test_the_main_schwerpunkt_can_pass_to_another_row_and_is_only_one(admin_client):
    erste = f.ZuordnungFactory(primaer=True)
    zweite = f.ZuordnungFactory(
        kernaktivitaet=erste.kernaktivitaet,
        schwerpunkt=f.SchwerpunktFactory(eltern=erste.schwerpunkt.eltern),
    )
    ka = erste.kernaktivitaet
    antwort = aendere(admin_client, ka, **{"zuordnungen-1-primaer": "on"})
    assert fehler(antwort)["zuordnungen-1-primaer"] == ["Es gibt höchstens einen Hauptschwerpunkt."]
    url = adresse(Kernaktivitaet, "change", ka.pk)
    daten = eingaben(admin_client.get(url)) | {"zuordnungen-1-primaer": "on"}
    del daten["zuordnungen-0-primaer"]
    assert admin_client.post(url, daten).status_code == 302
    zweite.refresh_from_db()
    assert zweite.primaer
    assert Zuordnung.objects.filter(primaer=True).count() == 1


def test_a_rule_broken_by_a_row_that_is_only_shown_is_said_above(admin_client):
    """Django takes the forms of such rows for valid whatever they say."""
    geheim = f.KernaktivitaetFactory(veroeffentlicht_am=None)
    ka = f.KernaktivitaetFactory(veroeffentlicht_am=None)
    meldung = f.StatusmeldungFactory(kernaktivitaet=ka, status="ueberfuehrt", nachfolger=geheim)
    url = adresse(Kernaktivitaet, "change", ka.pk)
    neu = {"veroeffentlicht_am": "01.01.2026", "titel": "Neuer Titel"}
    daten = eingaben(admin_client.get(url)) | neu
    assert daten["statusmeldungen-0-id"] == str(meldung.pk)
    antwort = admin_client.post(url, daten)
    assert antwort.status_code == 200
    (sentence,) = fehler(antwort)[""]
    assert sentence.endswith(satz(rules.wer_ueberfuehrt_ist_hat_einen_nachfolger))
    assert eingaben(antwort)["titel"] == "Neuer Titel"
    assert Kernaktivitaet.objects.get(pk=ka.pk).veroeffentlicht_am is None


def test_a_schwerpunkt_does_not_become_a_kompetenz_by_moving(admin_client):
    schwerpunkt = f.SchwerpunktFactory()
    kompetenz = schwerpunkt.eltern
    leer = f.KompetenzFactory(eltern=kompetenz.eltern)
    antwort = aendere(admin_client, schwerpunkt, eltern=kompetenz.eltern.pk, titel="Neu")
    (sentence,) = fehler(antwort)["eltern"]
    assert sentence.startswith("Hier steht ein Element der Ebene „Schwerpunkt“.")
    assert eingaben(antwort)["titel"] == "Neu"
    antwort = aendere(admin_client, leer, eltern=kompetenz.pk)
    (sentence,) = fehler(antwort)["eltern"]
    assert sentence.startswith("Hier steht ein Element der Ebene „Kompetenz“.")
    assert aendere(admin_client, schwerpunkt, eltern=leer.pk).status_code == 302
    schwerpunkt.refresh_from_db()
    assert (schwerpunkt.eltern, schwerpunkt.ebene) == (leer, 2)


def test_no_rule_reads_what_counts_as_unread():
    quelltext = inspect.getsource(rules) + inspect.getsource(zielsystem_rules)
    gelesen = [name for name in UNGELESEN if re.search(rf"\.{name}(_id)?\b", quelltext)]
    assert gelesen == []


def test_a_source_costs_the_same_however_many_rows_rest_on_it(admin_client):
    quelle, stelle = f.QuelleFactory(), f.StelleFactory()

    def abfragen(zeile) -> int:
        with CaptureQueriesContext(connection) as gezaehlt:
            assert aendere(admin_client, zeile).status_code == 302
        return len(gezaehlt)

    def belege() -> None:
        ka = f.KernaktivitaetFactory(quelle=quelle)
        f.StatusmeldungFactory(kernaktivitaet=ka, quelle=quelle)
        f.VerantwortungFactory(kernaktivitaet=ka, stelle=stelle, quelle=quelle)

    belege()
    abfragen(quelle), abfragen(stelle)  # the first of all reads a little more
    wenige = abfragen(quelle), abfragen(stelle)
    for _ in range(9):
        belege()
    assert (abfragen(quelle), abfragen(stelle)) == wenige


def test_an_old_fault_does_not_keep_anybody_from_mending_a_typo(admin_client):
    zuordnung = f.ZuordnungFactory()
    ka = zuordnung.kernaktivitaet
    fremd = f.KompetenzFactory()
    Kernaktivitaet.objects.filter(pk=ka.pk).update(kompetenz=fremd)
    ka.refresh_from_db()
    antwort = aendere(admin_client, ka, titel="Ohne Tippfehler")
    assert antwort.status_code == 302, fehler(antwort)
    antwort = aendere(admin_client, fremd, titel="Auch ohne")
    assert antwort.status_code == 302, fehler(antwort)
    # What is typed anew must hold.
    regel = satz(rules.fremder_schwerpunkt_ist_begruendet)
    antwort = aendere(
        admin_client, ka, **{"zuordnungen-0-schwerpunkt": f.SchwerpunktFactory().pk, "titel": "Neu"}
    )
    assert fehler(antwort) == {"zuordnungen-0-begruendung": [regel]}
    antwort = aendere(admin_client, ka, **{"zuordnungen-0-primaer": "on", "titel": "Neu"})
    assert "zuordnungen-0-primaer" in fehler(antwort)
    ka.refresh_from_db()
    assert ka.titel == "Ohne Tippfehler"


def test_an_old_fault_stands_in_no_other_way_either(admin_client):
    """Restored, deleted, released: nothing of it is about the assignment that is wrong."""
    ka = f.KernaktivitaetFactory(titel="Alt")
    alt = f.ZuordnungFactory(kernaktivitaet=ka)
    Zuordnung.objects.filter(pk=alt.pk).update(schwerpunkt=f.SchwerpunktFactory())
    ka.titel = "Neu"
    ka.save()
    nimm_auf(admin_client, Kernaktivitaet, ka.pk, ka.geschichte.earliest().history_id)
    ka.refresh_from_db()
    assert ka.titel == "Alt"
    loesche(admin_client, Verantwortung, f.VerantwortungFactory(kernaktivitaet=ka).pk)
    assert not Verantwortung.objects.exists()
    entwurf = f.MesswertFactory(kernaktivitaet=ka, entwurf=True)
    liste = adresse(Messwert, "changelist")
    admin_client.post(liste, {"action": "gib_frei", "_selected_action": [entwurf.pk]})
    assert not Messwert.objects.get().entwurf
