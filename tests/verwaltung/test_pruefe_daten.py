"""``manage.py pruefe_daten``: 0 and one sentence, or 1 and a sentence for every violation."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grundlage.rollen import IN_DER_VERWALTUNG, Rolle
from kernaktivitaeten import rules
from kernaktivitaeten.models import Kernaktivitaet, Statusmeldung
from tests import factories as f
from tests.rollen import angemeldet, konto
from zielsystem.models import Zielelement
from zielsystem.rules import satz

pytestmark = pytest.mark.django_db


def verstoesse() -> list[str]:
    """The sentences that the command prints; it must end with code 1."""
    ausgabe = io.StringIO()
    with pytest.raises(CommandError) as fehler:
        call_command("pruefe_daten", stdout=ausgabe)
    zeilen = ausgabe.getvalue().splitlines()
    assert fehler.value.returncode == 1
    assert str(fehler.value).startswith(f"{len(zeilen)} ")
    return zeilen


def in_ordnung() -> str:
    ausgabe = io.StringIO()
    call_command("pruefe_daten", stdout=ausgabe)
    return ausgabe.getvalue()


@pytest.fixture
def diese():
    """A Kernaktivität that was finished in 2023; all rules are kept."""
    diese = f.KernaktivitaetFactory(titel="Diese", kompetenz__reihenfolge=1)
    f.SchwerpunktFactory(eltern=diese.kompetenz, reihenfolge=1)
    f.KompetenzFactory(reihenfolge=2)
    f.StatusmeldungFactory(kernaktivitaet=diese, status="umgesetzt", am="2023")
    return diese


def test_good_data_are_said_to_be_good(diese):
    assert in_ordnung() == "Alle Daten halten die Regeln ein.\n"


def test_a_broken_rule_is_named_with_row_and_sentence(diese):
    f.StatusmeldungFactory(
        kernaktivitaet=diese,
        status="ueberfuehrt",
        am="01.10.2024",
        kennung="falsch",
        nachfolger=f.KernaktivitaetFactory(veroeffentlicht_am=None),
        beschluss=f.BeschlusswirkungFactory(
            kernaktivitaet=diese, beschluss__am="10/2024"
        ).beschluss,
    )
    (zeile,) = verstoesse()
    assert "„Diese: überführt 01.10.2024“ (falsch)" in zeile
    assert satz(rules.wer_ueberfuehrt_ist_hat_einen_nachfolger) in zeile


def test_every_violation_is_reported(diese):
    geheim = f.KernaktivitaetFactory(veroeffentlicht_am=None)
    f.StatusmeldungFactory(
        kernaktivitaet=diese, status="ueberfuehrt", am="01.10.2024", nachfolger=geheim
    )
    f.VerantwortungFactory(kernaktivitaet=diese, rolle="kompetenz")
    saetze = "\n".join(verstoesse())
    for regel in (
        rules.wer_ueberfuehrt_ist_hat_einen_nachfolger,
        rules.nach_dem_ende_oeffnet_nur_ein_beschluss,
        rules.kompetenzverantwortung_gilt_einer_kompetenz,
    ):
        assert satz(regel) in saetze


def test_what_is_not_public_is_checked_too(diese):
    diese.veroeffentlicht_am = None
    diese.save()
    f.StatusmeldungFactory(kernaktivitaet=diese, status="laufend", am="2024")
    assert verstoesse()


def test_what_the_precision_forbids_is_reported(diese):
    Statusmeldung.objects.update(
        genauigkeit="monat", datum_bis="2023-12-30", zaehlt_ab="2023-12-30"
    )
    (zeile,) = verstoesse()
    assert "passen nicht zur Genauigkeit" in zeile


@pytest.mark.parametrize("ebene", [0, 1, 2])
@pytest.mark.parametrize("spalte", ["lft", "rght", "tree_id"])
def test_a_broken_tree_is_reported(diese, spalte, ebene):
    element = Zielelement.objects.filter(ebene=ebene).first()
    wert = getattr(element, spalte) + 1
    Zielelement.objects.filter(pk=element.pk).update(**{spalte: wert})
    zeilen = verstoesse()
    assert zeilen
    assert all("Jeder Schwerpunkt gehört zu einer Kompetenz" in zeile for zeile in zeilen)


def test_the_delivered_data_keep_all_rules(echte_daten):
    assert in_ordnung() == "Alle Daten halten die Regeln ein.\n"


# ── What it costs, and whom it is for ─────────────────────────────────────────────────────────

SEITE = "/verwaltung/pruefung/"


def abfragen(tu) -> int:
    with CaptureQueriesContext(connection) as gezaehlt:
        tu()
    return len(gezaehlt)


def test_all_data_cost_few_queries_however_many_rows_there_are(admin_client, echte_daten):
    def seite():
        antwort = admin_client.get(SEITE)
        assert "Alle Daten halten die Regeln ein." in antwort.content.decode()

    seite()  # the first of all reads a little more
    befehl, ansicht = abfragen(in_ordnung), abfragen(seite)
    assert befehl < ansicht <= 60
    kompetenz = Kernaktivitaet.objects.first().kompetenz
    for _ in range(20):
        ka = f.hiess_frueher(f.KernaktivitaetFactory(kompetenz=kompetenz), "frueher")
        f.StatusmeldungFactory(kernaktivitaet=ka, status="laufend", am="2021")
        f.StatusmeldungFactory(kernaktivitaet=ka, status="umgesetzt", am="2023")
        f.ZuordnungFactory(kernaktivitaet=ka, schwerpunkt=kompetenz.kinder.first())
        f.MesswertFactory(kernaktivitaet=ka, projektziel=f.ProjektzielFactory(kernaktivitaet=ka))
    assert (abfragen(in_ordnung), abfragen(seite)) == (befehl, ansicht)


def test_many_violations_cost_no_more_than_few(admin_client, diese):
    def brich():
        f.hiess_frueher(
            f.KernaktivitaetFactory(), fremd := f"fremd-{Kernaktivitaet.objects.count()}"
        )
        ka = f.KernaktivitaetFactory(kompetenz=diese.kompetenz, slug=fremd)
        f.StatusmeldungFactory(kernaktivitaet=ka, status="ueberfuehrt", am="2020")
        f.StatusmeldungFactory(kernaktivitaet=ka, status="laufend", am="2021")
        f.VerantwortungFactory(kernaktivitaet=ka, rolle="kompetenz")

    brich()
    vorher, zeilen = abfragen(verstoesse), verstoesse()
    for _ in range(9):
        brich()
    assert len(verstoesse()) >= 10 * len(zeilen) >= 40
    assert abfragen(verstoesse) == vorher


@pytest.mark.parametrize("rolle", [*sorted(IN_DER_VERWALTUNG), None])
def test_only_who_may_mend_is_asked_to_look(diese, rolle):
    if rolle is None:
        client = Client()
        client.force_login(User.objects.create_superuser("chefin"))
    else:
        client = angemeldet(konto(rolle))
    darf = rolle in (Rolle.STRATEGIEBUERO, None)
    assert client.get(SEITE).status_code == (200 if darf else 403)
    for gruppe in ("", "kernaktivitaeten/"):
        assert (SEITE in client.get(f"/verwaltung/{gruppe}").content.decode()) is darf
