"""Drafts: what is one, who releases it, and that it counts for nothing until then."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError
from django.test import override_settings

from grundlage.rollen import Rolle
from kernaktivitaeten import rules
from kernaktivitaeten.models import (
    Angabe,
    Kernaktivitaet,
    Messwert,
    MitEntwurf,
    Projektziel,
    Statusmeldung,
)
from tests import factories as f
from tests.grundlage.test_datenstand import OEFFENTLICH
from tests.rollen import angemeldet, konto
from tests.verwaltung.formulare import (
    adresse,
    aendere,
    eingaben,
    fehler,
    kleinste_eingabe,
    lege_an,
    loesche,
    nimm_auf,
)
from verwaltung.rechte import NUR_DAS_BUERO, beginnt_als_entwurf, einwand_gegen_freigabe
from verwaltung.rechte import VIER_AUGEN as VIER_AUGEN_SATZ
from zielsystem.rules import satz

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ENTWUERFE = [modell for modell in OEFFENTLICH if issubclass(modell, MitEntwurf)]
VIER_AUGEN = override_settings(VIER_AUGEN=True)
jedes_modell = pytest.mark.parametrize("modell", ENTWUERFE, ids=lambda modell: modell.__name__)


@pytest.fixture
def ka():
    return f.KernaktivitaetFactory()


@pytest.fixture
def leitung(ka):
    return konto(Rolle.PROJEKTLEITUNG, eigene=(ka,))


@pytest.fixture
def buero():
    return konto(Rolle.STRATEGIEBUERO)


def gib_frei(client, *zeilen):
    daten = {"action": "gib_frei", "_selected_action": [zeile.pk for zeile in zeilen]}
    antwort = client.post(adresse(type(zeilen[0]), "changelist"), daten, follow=True)
    return [str(meldung) for meldung in antwort.context["messages"]]


def test_five_kinds_of_statements_can_be_drafts():
    namen = {modell.__name__ for modell in ENTWUERFE}
    assert namen == {"Statusmeldung", "Messwert", "Planangabe", "Projektziel", "Angabe"}


@jedes_modell
def test_what_is_delivered_is_released_and_begun_by_nobody(modell):
    zeile = f.FACTORIES[modell]()
    assert (zeile.entwurf, zeile.erfasst_von) == (False, None)


@jedes_modell
def test_a_new_row_is_a_draft_of_its_author_and_released_by_the_office(modell, ka, leitung, buero):
    daten = kleinste_eingabe(modell) | {"kernaktivitaet": ka.pk}
    url = adresse(modell, "add")
    antwort = angemeldet(leitung).post(url, eingaben(angemeldet(leitung).get(url)) | daten)
    assert antwort.status_code == 302, fehler(antwort)
    zeile = modell.objects.get()
    assert (zeile.entwurf, zeile.erfasst_von) == (True, leitung)
    assert not modell.objects.oeffentlich().exists()
    seite = angemeldet(buero).get(adresse(modell, "changelist"), {"entwurf__exact": 1})
    assert f"Entwurf von {leitung}" in seite.content.decode()
    assert gib_frei(angemeldet(buero), zeile) == ["1 Entwurf ist freigegeben und jetzt öffentlich."]
    assert list(modell.objects.oeffentlich()) == [zeile]
    assert modell.objects.get().erfasst_von == leitung
    fassung = zeile.geschichte.latest()
    assert (fassung.history_user, fassung.history_change_reason) == (buero, "Freigegeben")


@jedes_modell
def test_what_the_office_enters_is_public_at_once(modell, buero):
    client = angemeldet(buero)
    assert lege_an(client, modell).status_code == 302
    zeile = modell.objects.get()
    assert (zeile.entwurf, zeile.erfasst_von) == (False, buero)
    assert aendere(client, zeile, text="Neu").status_code == 302
    zeile.refresh_from_db()
    assert (zeile.entwurf, zeile.erfasst_von, zeile.text) == (False, buero, "Neu")


def test_the_office_does_not_take_a_draft_from_its_author_by_changing_it(ka, leitung, buero):
    zeile = f.AngabeFactory(kernaktivitaet=ka, entwurf=True, erfasst_von=leitung)
    assert aendere(angemeldet(buero), zeile, text="Besser").status_code == 302
    zeile.refresh_from_db()
    assert (zeile.entwurf, zeile.erfasst_von, zeile.text) == (True, leitung, "Besser")


def test_changed_and_released_in_one_step(ka, leitung, buero):
    zeile = f.AngabeFactory(kernaktivitaet=ka, entwurf=True, erfasst_von=leitung)
    seite = angemeldet(buero).get(adresse(Angabe, "change", zeile.pk)).content.decode()
    assert f"Entwurf von {leitung}: noch nicht öffentlich." in seite
    knoepfe = re.findall(r'<input type="submit"[^>]*name="(_\w+)"', seite)
    # The Enter key presses the first one, and must not publish.
    assert (knoepfe[0], knoepfe[-1]) == ("_save", "_freigeben")
    aendere(angemeldet(buero), zeile, text="Besser", _freigeben="1")
    zeile.refresh_from_db()
    assert (zeile.entwurf, zeile.text) == (False, "Besser")
    seite = angemeldet(leitung).get(adresse(Angabe, "change", zeile.pk)).content.decode()
    assert "_freigeben" not in seite
    assert "_save" not in seite


def test_who_was_changing_a_draft_while_it_was_released_is_refused(ka, leitung, buero):
    zeile = f.AngabeFactory(kernaktivitaet=ka, entwurf=True, erfasst_von=leitung, text="Alt")
    url, client = adresse(Angabe, "change", zeile.pk), angemeldet(leitung)
    daten = eingaben(client.get(url))
    gib_frei(angemeldet(buero), zeile)
    assert client.post(url, daten | {"text": "Neu"}).status_code == 403
    zeile.refresh_from_db()
    assert (zeile.entwurf, zeile.text) == (False, "Alt")


def test_many_are_released_at_once_or_none(ka, leitung, buero):
    entwurf = {"kernaktivitaet": ka, "entwurf": True, "erfasst_von": leitung}
    umgesetzt = f.StatusmeldungFactory(status="umgesetzt", am="2020", **entwurf)
    laufend = f.StatusmeldungFactory(status="laufend", am="2021", **entwurf)
    meldungen = gib_frei(angemeldet(buero), umgesetzt, laufend)
    assert {m.startswith("Nichts freigegeben.") for m in meldungen} == {True}
    assert satz(rules.nach_dem_ende_oeffnet_nur_ein_beschluss) in meldungen[0]
    assert Statusmeldung.objects.entwuerfe().count() == 2
    laufend.beschluss = f.BeschlusswirkungFactory(kernaktivitaet=ka, beschluss__am="2021").beschluss
    laufend.save()
    assert gib_frei(angemeldet(buero), umgesetzt, laufend) == [
        "2 Entwürfe sind freigegeben und jetzt öffentlich."
    ]


def test_the_rule_stands_at_its_field_when_a_draft_is_released_by_its_form(ka, leitung, buero):
    f.StatusmeldungFactory(kernaktivitaet=ka, status="umgesetzt", am="2020")
    zeile = f.StatusmeldungFactory(
        kernaktivitaet=ka, status="laufend", am="2021", entwurf=True, erfasst_von=leitung
    )
    antwort = aendere(angemeldet(buero), zeile, text="Doch noch", _freigeben="1")
    assert fehler(antwort) == {"status": [satz(rules.nach_dem_ende_oeffnet_nur_ein_beschluss)]}
    assert eingaben(antwort)["text"] == "Doch noch"
    zeile.refresh_from_db()
    assert zeile.entwurf


def test_a_draft_keeps_no_rule_and_no_rule_counts_it(ka, admin_client):
    f.StatusmeldungFactory(kernaktivitaet=ka, status="umgesetzt", am="2020", entwurf=True)
    antwort = lege_an(
        admin_client,
        Statusmeldung,
        kernaktivitaet=ka.pk,
        status="laufend",
        bezug="ab",
        zeit="2021",
        quelle=f.QuelleFactory().pk,
    )
    assert antwort.status_code == 302, fehler(antwort)


@pytest.mark.parametrize(
    ("tag", "lage"), [((2020, 12, 30), "kein-stand"), ((2020, 12, 31), "umgesetzt")]
)
def test_a_draft_says_nothing_about_any_day(ka, tag, lage):
    zeile = f.StatusmeldungFactory(kernaktivitaet=ka, status="umgesetzt", am="2020", entwurf=True)
    assert Kernaktivitaet.objects.zum(date(*tag)).get().lage == "kein-stand"
    zeile.entwurf = False
    zeile.save()
    assert Kernaktivitaet.objects.zum(date(*tag)).get().lage == lage


def test_a_result_is_not_released_for_a_goal_that_is_still_a_draft(ka, buero):
    ziel = f.ProjektzielFactory(kernaktivitaet=ka, entwurf=True)
    messwert = f.MesswertFactory(kernaktivitaet=ka, projektziel=ziel, entwurf=True)
    (meldung,) = gib_frei(angemeldet(buero), messwert)
    assert satz(rules.messwert_gehoert_zu_einem_freigegebenen_ziel) in meldung
    gib_frei(angemeldet(buero), ziel)
    gib_frei(angemeldet(buero), messwert)
    assert not Messwert.objects.entwuerfe().exists()


def test_a_statement_is_not_replaced_by_a_draft(ka, admin_client):
    meldung = f.StatusmeldungFactory(kernaktivitaet=ka)
    ersatz = f.StatusmeldungFactory(kernaktivitaet=ka, entwurf=True)
    antwort = aendere(admin_client, meldung, rueckzug_grund="Falsch", ersetzt_durch=ersatz.pk)
    assert fehler(antwort) == {"ersetzt_durch": [satz(rules.ersatz_ist_freigegeben)]}


def test_a_draft_cannot_be_withdrawn_and_may_be_discarded(ka, leitung):
    zeile = f.StatusmeldungFactory(kernaktivitaet=ka, entwurf=True, erfasst_von=leitung)
    client = angemeldet(leitung)
    assert aendere(client, zeile, rueckzug_grund="Weil", zurueckgezogen_am="01.09.2024")
    zeile.refresh_from_db()
    assert (zeile.zurueckgezogen_am, zeile.rueckzug_grund) == (None, "")
    antwort = loesche(client, Statusmeldung, zeile.pk)
    assert antwort.status_code == 302
    assert not Statusmeldung.objects.exists()


def test_an_old_version_does_not_take_a_release_back_nor_give_one(ka, leitung, buero):
    zeile = f.AngabeFactory(kernaktivitaet=ka, entwurf=True, erfasst_von=leitung, text="Alt")
    alte = zeile.geschichte.latest()
    gib_frei(angemeldet(buero), zeile)
    neue = zeile.geschichte.latest()
    client = angemeldet(buero)
    nimm_auf(client, Angabe, zeile.pk, alte.history_id)
    assert not Angabe.objects.get().entwurf
    Angabe.objects.update(entwurf=True)
    nimm_auf(client, Angabe, zeile.pk, neue.history_id)
    assert Angabe.objects.get().entwurf


def test_a_discarded_draft_comes_back_as_a_draft(ka, leitung, buero):
    zeile = f.AngabeFactory(kernaktivitaet=ka, entwurf=True, erfasst_von=leitung)
    pk, fassung = zeile.pk, zeile.geschichte.latest().history_id
    zeile.delete()
    nimm_auf(angemeldet(buero), Angabe, pk, fassung)
    zeile = Angabe.objects.get()
    assert (zeile.entwurf, zeile.erfasst_von) == (True, leitung)


def test_an_account_with_drafts_is_closed_and_not_deleted(ka, leitung):
    f.AngabeFactory(kernaktivitaet=ka, entwurf=True, erfasst_von=leitung)
    with pytest.raises(ProtectedError):
        leitung.delete()


# ── Four eyes ─────────────────────────────────────────────────────────────────────────────────


@VIER_AUGEN
@pytest.mark.parametrize("chefin", [False, True], ids=["office", "superuser"])
def test_with_four_eyes_nobody_releases_their_own(ka, buero, chefin):
    eine = User.objects.create_superuser("chefin") if chefin else buero
    andere = konto(Rolle.STRATEGIEBUERO, name="andere")
    assert lege_an(angemeldet(eine), Angabe, kernaktivitaet=ka.pk).status_code == 302
    zeile = Angabe.objects.get()
    assert zeile.entwurf
    (meldung,) = gib_frei(angemeldet(eine), zeile)
    assert "Vier Augen sind verlangt" in meldung
    antwort = aendere(angemeldet(eine), zeile, _freigeben="1")
    assert antwort.status_code == 302
    assert Angabe.objects.get().entwurf
    gib_frei(angemeldet(andere), zeile)
    assert not Angabe.objects.get().entwurf


@VIER_AUGEN
def test_with_four_eyes_whoever_changed_a_draft_does_not_release_it(ka, leitung, buero):
    zeile = f.AngabeFactory(kernaktivitaet=ka, entwurf=True, erfasst_von=leitung)
    antwort = aendere(angemeldet(buero), zeile, text="Besser", _freigeben="1")
    assert antwort.status_code == 302
    zeile.refresh_from_db()
    assert (zeile.entwurf, zeile.text) == (True, "Besser")
    (meldung,) = gib_frei(angemeldet(buero), zeile)
    assert "Vier Augen sind verlangt" in meldung
    gib_frei(angemeldet(konto(Rolle.STRATEGIEBUERO, name="andere")), zeile)
    zeile.refresh_from_db()
    assert not zeile.entwurf


@VIER_AUGEN
def test_with_four_eyes_rows_below_a_form_are_drafts_too(ka, buero):
    aendere(
        angemeldet(buero),
        ka,
        **{
            "projektziele-TOTAL_FORMS": 1,
            "projektziele-0-text": "Ein Ziel",
            "projektziele-0-reihenfolge": 0,
            "projektziele-0-quelle": f.QuelleFactory().pk,
        },
    )
    ziel = Projektziel.objects.get()
    assert (ziel.entwurf, ziel.erfasst_von) == (True, buero)


def test_without_four_eyes_the_office_releases_what_it_likes(ka, buero):
    zeile = f.AngabeFactory(kernaktivitaet=ka, entwurf=True, erfasst_von=buero)
    with transaction.atomic():
        gib_frei(angemeldet(buero), zeile)
    assert not Angabe.objects.get().entwurf


@VIER_AUGEN
def test_with_four_eyes_the_form_says_why_there_is_no_button(ka, leitung, buero):
    zeile = f.AngabeFactory(kernaktivitaet=ka, entwurf=True, erfasst_von=leitung)
    url = adresse(Angabe, "change", zeile.pk)

    def knopf_und_satz(client):
        seite = client.get(url).content.decode()
        return 'name="_freigeben"' in seite, VIER_AUGEN_SATZ in seite

    andere = konto(Rolle.STRATEGIEBUERO, name="andere")
    assert knopf_und_satz(angemeldet(buero)) == (True, False)
    aendere(angemeldet(buero), zeile, text="Besser")
    assert knopf_und_satz(angemeldet(buero)) == (False, True)
    assert knopf_und_satz(angemeldet(andere)) == (True, False)
    assert knopf_und_satz(angemeldet(leitung)) == (False, False)


@pytest.mark.parametrize("vier_augen", [False, True])
@pytest.mark.parametrize("rolle", [*Rolle, None])
def test_who_may_release_is_one_answer(ka, rolle, vier_augen):
    wer = konto(rolle) if rolle else User.objects.create_superuser("chefin")
    buero = rolle in (Rolle.STRATEGIEBUERO, None)
    eigene = f.AngabeFactory(kernaktivitaet=ka, entwurf=True, erfasst_von=wer)
    fremde = f.AngabeFactory(kernaktivitaet=ka, entwurf=True)
    with override_settings(VIER_AUGEN=vier_augen):
        saetze = [
            einwand_gegen_freigabe(wer),
            einwand_gegen_freigabe(wer, fremde),
            einwand_gegen_freigabe(wer, eigene),
            einwand_gegen_freigabe(wer, fremde, schreibt=True),
            einwand_gegen_freigabe(wer, schreibt=True),
        ]
        assert beginnt_als_entwurf(wer) is bool(saetze[-1])
    selbst = VIER_AUGEN_SATZ if vier_augen else ""
    assert saetze == (["", "", *[selbst] * 3] if buero else [NUR_DAS_BUERO] * 5)
