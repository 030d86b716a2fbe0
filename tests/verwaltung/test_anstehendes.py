"""The worklist: each line says a number, and its address leads to exactly so many rows."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission, User

from grundlage.stichtag import heute
from grundlage.zeitangabe import monate_vorher
from kernaktivitaeten.models import Bilanz, Kernaktivitaet
from tests import factories as f
from tests.dokument import lies
from verwaltung.startseite import FRAGEN
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_TRANCHE

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

START = "/verwaltung/"


def aufgaben(client, seite: str = START) -> dict[str, tuple[int, str]]:
    """Sentence → number and address."""
    dokument = lies(client.get(seite).content.decode())
    return {
        a.text.removeprefix(a.eines("strong").text).strip(): (
            int(a.eines("strong").text),
            a["href"],
        )
        for liste in dokument.alle("ul", "aufgaben")
        for a in liste.alle("a")
    }


def zeilen(client, adresse: str) -> int:
    """How many rows the list behind an address says it has."""
    antwort = client.get(adresse)
    assert antwort.status_code == 200
    return antwort.context["cl"].result_count


@pytest.fixture
def alles_offen():
    """One row at least for each question, and one that is in order beside it."""
    gut = f.KernaktivitaetFactory(tranche=f.TrancheFactory(), tranche_quelle=f.QuelleFactory())
    f.ProjektzielFactory(
        kernaktivitaet=gut,
        zielwert=5,
        einheit="Bänke",
        termin_bis=date(2030, 12, 31),
        termin_genauigkeit="jahr",
    )
    f.QuerschnittszuordnungFactory(kernaktivitaet=gut)
    f.StatusmeldungFactory(kernaktivitaet=gut, am=f"{heute():%d.%m.%Y}")
    volle = {"tranche": f.TrancheFactory(), "tranche_quelle": gut.tranche_quelle}
    f.KernaktivitaetFactory.create_batch(
        SOLL_KERNAKTIVITAETEN_JE_TRANCHE, kompetenz=gut.kompetenz, quelle=gut.quelle, **volle
    )
    spaet = f.StatusmeldungFactory(am="2015").kernaktivitaet
    f.PlanangabeFactory(
        kernaktivitaet=spaet,
        art="fertigstellung",
        betrag=None,
        termin_bis=date(2020, 12, 31),
        termin_genauigkeit="jahr",
    )
    f.ProjektzielFactory(kernaktivitaet=spaet)
    for fabrik in (
        f.StatusmeldungFactory,
        f.ProjektzielFactory,
        f.MesswertFactory,
        f.PlanangabeFactory,
        f.AngabeFactory,
    ):
        fabrik(kernaktivitaet=gut)
        fabrik(kernaktivitaet=gut, entwurf=True)
    f.BilanzFactory(am="2016", gesamt=99)
    f.BilanzFactory(am="2017", gesamt=99, erklaerung="Darum.")
    schwerpunkt = f.SchwerpunktFactory()
    for _ in range(6):
        f.ZuordnungFactory(
            schwerpunkt=schwerpunkt, kernaktivitaet__kompetenz=schwerpunkt.eltern, begruendung=""
        )
    f.RueckmeldungFactory()
    f.RueckmeldungFactory(kontakt="", erledigt_am=heute())
    f.BarrierefreiheitserklaerungFactory(erstellt_am=date(2020, 1, 1))
    f.BarrierefreiheitserklaerungFactory(erstellt_am=heute())
    f.RatsbeschlussFactory()
    f.RatsbeschlussFactory(vorlage="20182193", adresse="https://example.org/vorlage")


def test_every_question_is_asked_and_leads_to_its_rows(admin_client, alles_offen):
    gefunden = aufgaben(admin_client)
    assert list(gefunden) == [frage.satz for frage in FRAGEN]
    for satz, (anzahl, adresse) in gefunden.items():
        assert zeilen(admin_client, adresse) == anzahl, satz
        assert 0 < anzahl < zeilen(admin_client, adresse.partition("?")[0]), satz


@pytest.mark.parametrize("gruppe", ["kernaktivitaeten", "strategiearbeit", "verwaltung"])
def test_a_group_of_models_says_the_same(admin_client, alles_offen, gruppe):
    """Its page shows the worklist, too: it must not say that nothing is to do."""
    assert aufgaben(admin_client, f"{START}{gruppe}/") == aufgaben(admin_client)


def test_the_groups_of_models_have_names_of_their_own(admin_client):
    """Each leads to its page; none is named as the administration that all of them make up."""
    dokument = lies(admin_client.get(START).content.decode())
    gruppen = {a.text: a["href"] for a in dokument.alle("a", "section")}
    assert gruppen["Portal"] == "/verwaltung/verwaltung/"
    assert "Verwaltung" not in gruppen


def test_where_nothing_is_to_do_it_says_so(admin_client):
    assert aufgaben(admin_client) == {}
    assert "Es fehlt nichts" in admin_client.get(START).content.decode()


def test_the_worklist_leads_on_to_reporting_and_recording(admin_client):
    dokument = lies(admin_client.get(START).content.decode())
    knoepfe = {a.text: a["href"] for a in dokument.alle("a", "button")}
    assert list(knoepfe) == ["Status melden", "Ratsbeschluss erfassen"]
    for adresse in knoepfe.values():
        assert admin_client.get(adresse).status_code == 200


def test_one_sees_only_what_one_may(client, alles_offen):
    nutzerin = User.objects.create_user("lesend", is_staff=True)
    nutzerin.user_permissions.add(Permission.objects.get(codename="change_bilanz"))
    client.force_login(nutzerin)
    assert list(aufgaben(client)) == ["Bilanzen, deren Abweichung nicht erklärt ist"]
    assert "Status melden" not in client.get(START).content.decode()


@pytest.mark.parametrize(("tage", "dabei"), [(-1, True), (0, True), (1, False)])
def test_quiet_is_who_has_no_entry_after_the_day_six_months_ago(tage, dabei):
    frist = monate_vorher(heute(), 6)
    ka = f.StatusmeldungFactory(am=f"{frist + timedelta(days=tage):%d.%m.%Y}").kernaktivitaet
    still = Kernaktivitaet.objects.zum(heute()).ohne_eintrag_seit(frist)
    assert (ka in still) is dabei


@pytest.mark.parametrize(("tage", "dabei"), [(-1, True), (0, False), (1, False)])
def test_late_is_who_runs_on_after_the_last_planned_day(tage, dabei):
    ka = f.StatusmeldungFactory(am="2015").kernaktivitaet
    termine = (heute() - timedelta(days=900), heute() + timedelta(days=tage))
    for nr, termin in enumerate(termine):
        f.PlanangabeFactory(
            kernaktivitaet=ka,
            art="fertigstellung",
            betrag=None,
            termin_bis=termin,
            termin_genauigkeit="tag",
            reihenfolge=nr,
        )
    assert (ka in Kernaktivitaet.objects.zum(heute()).ueber_ihr_ende(heute())) is dabei
    f.StatusmeldungFactory(kernaktivitaet=ka, status="umgesetzt", am="2016")
    assert ka not in Kernaktivitaet.objects.zum(heute()).ueber_ihr_ende(heute())


@pytest.mark.parametrize(
    ("tag", "monate", "erwartet"),
    [
        (date(2026, 11, 23), 6, date(2026, 5, 23)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2026, 3, 1), 1, date(2026, 2, 1)),
    ],
)
def test_months_before_a_day(tag, monate, erwartet):
    assert monate_vorher(tag, monate) == erwartet


# ── All data against all rules ────────────────────────────────────────────────────────────────


def test_good_data_are_said_to_be_good(admin_client):
    f.StatusmeldungFactory()
    assert "Alle Daten halten die Regeln ein." in admin_client.get(START + "pruefung/").text


def test_a_broken_rule_stands_with_the_way_to_its_row(admin_client):
    zuordnung = f.ZuordnungFactory(schwerpunkt=f.KompetenzFactory())
    inhalt = admin_client.get(START + "pruefung/").content.decode()
    assert "Eine Kernaktivität wird Schwerpunkten zugeordnet, nicht Kompetenzen." in inhalt
    assert re.search(rf"/zuordnung/{zuordnung.pk}/change/", inhalt)


def test_the_check_is_for_editors(client):
    assert client.get(START + "pruefung/").status_code == 302


def test_the_number_of_bilanzen_does_not_matter_to_the_list(admin_client):
    for jahr in (2016, 2017, 2018):
        f.BilanzFactory(am=str(jahr), gesamt=0)
    adresse = "/verwaltung/kernaktivitaeten/bilanz/?pruefen=unerklaert"
    assert zeilen(admin_client, adresse) == 0
    Bilanz.objects.update(gesamt=1)
    assert zeilen(admin_client, adresse) == 3
