"""What is public stays: it is corrected, withdrawn or taken back, with a reason, never undone."""

from datetime import date

import pytest
from django.urls import reverse
from openpyxl.styles import PatternFill

from grundlage.rollen import Rolle
from kernaktivitaeten import rules
from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Messwert,
    Projektziel,
    Ratsbeschluss,
    Statusmeldung,
    Tranche,
)
from tests import factories as f
from tests.conftest import HEUTE
from tests.rollen import angemeldet, konto
from tests.verwaltung import mappen
from tests.verwaltung.beschluesse import erfasse
from tests.verwaltung.formulare import adresse, aendere, eingaben, fehler, inhalt, loesche, nimm_auf
from verwaltung.models import Stapel
from zielsystem.rules import satz

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

TAG = date(2024, 1, 1)
FEST = ("kernaktivitaet", "status", "zeit", "bezug", "zaehlt_ab")
RUECKZUG = ("zurueckgezogen_am", "rueckzug_grund", "ersetzt_durch")


@pytest.fixture
def buero():
    return angemeldet(konto(Rolle.STRATEGIEBUERO))


@pytest.fixture
def ka():
    return f.KernaktivitaetFactory(titel="Haus", slug="haus", veroeffentlicht_am=TAG)


@pytest.fixture
def kommende():
    return f.KernaktivitaetFactory(titel="Kommt", slug="kommt", veroeffentlicht_am=None)


@pytest.fixture
def meldung(ka):
    return f.StatusmeldungFactory(
        kernaktivitaet=ka, status="umgesetzt", bezug="ab", am="2020", text="Eröffnet."
    )


def felder(client, zeile) -> set[str]:
    """What the form of the row lets somebody change."""
    antwort = client.get(adresse(type(zeile), "change", zeile.pk))
    return set(antwort.context["adminform"].form.fields)


def werte(zeile, *namen) -> tuple:
    return type(zeile).objects.values_list(*namen).get(pk=zeile.pk)


# ── A public Kernaktivität stays public ───────────────────────────────────────────────────────


@pytest.mark.parametrize("gesendet", ["", "01.01.2020"])
def test_the_day_of_publication_is_only_shown(buero, client, ka, gesendet):
    url = adresse(Kernaktivitaet, "change", ka.pk)
    seite = inhalt(buero.get(url))
    assert "veroeffentlicht_am" not in felder(buero, ka)
    assert "Einmal gesichert, bleibt der Tag stehen." in seite
    antwort = aendere(buero, ka, veroeffentlicht_am=gesendet, titel="Neues Haus")
    assert antwort.status_code == 302, fehler(antwort)
    assert werte(ka, "titel", "veroeffentlicht_am") == ("Neues Haus", TAG)
    assert client.get("/kernaktivitaeten/haus/").status_code == 200


def test_in_preparation_the_day_can_be_given_once(buero, client, kommende):
    assert "Einmal gesichert, bleibt der Tag stehen." in inhalt(
        buero.get(adresse(Kernaktivitaet, "change", kommende.pk))
    )
    antwort = aendere(buero, kommende, veroeffentlicht_am="23.11.2026", titel="")
    assert list(fehler(antwort)) == ["titel"]
    # What was refused is not stored: the field is still there, with what was typed.
    assert eingaben(antwort)["veroeffentlicht_am"] == "23.11.2026"
    assert aendere(buero, kommende, veroeffentlicht_am="23.11.2026").status_code == 302
    assert aendere(buero, kommende, veroeffentlicht_am="").status_code == 302
    assert werte(kommende, "veroeffentlicht_am") == (HEUTE,)
    assert client.get("/kernaktivitaeten/kommt/").status_code == 200


def test_a_form_from_before_the_publication_does_not_take_it_back(buero, kommende):
    url = adresse(Kernaktivitaet, "change", kommende.pk)
    daten = eingaben(buero.get(url)) | {"titel": "Kommt bald"}
    Kernaktivitaet.objects.filter(pk=kommende.pk).update(veroeffentlicht_am=TAG)
    antwort = buero.post(url, daten)
    assert "Nicht gespeichert: Seit Sie das Formular geöffnet haben" in inhalt(antwort)
    assert buero.post(url, eingaben(antwort)).status_code == 302
    assert werte(kommende, "titel", "veroeffentlicht_am") == ("Kommt bald", TAG)


def test_an_old_version_neither_hides_nor_publishes(buero, client, kommende):
    kommende.veroeffentlicht_am, kommende.titel = TAG, "Neu"
    kommende.save()
    verborgen, oeffentlich = kommende.geschichte.order_by("history_id")
    url = adresse(Kernaktivitaet, "simple_history", kommende.pk, verborgen.history_id)
    assert "01.01.2024 <em>(bleibt so)</em>" in inhalt(buero.get(url))
    assert nimm_auf(buero, Kernaktivitaet, kommende.pk, verborgen.history_id).status_code == 302
    assert werte(kommende, "titel", "veroeffentlicht_am") == ("Kommt", TAG)
    assert client.get("/kernaktivitaeten/kommt/").status_code == 200
    # As a Rücknahme leaves it.
    kommende.refresh_from_db()
    kommende.veroeffentlicht_am = None
    kommende.save()
    nimm_auf(buero, Kernaktivitaet, kommende.pk, oeffentlich.history_id)
    assert werte(kommende, "titel", "veroeffentlicht_am") == ("Neu", None)
    loesche(buero, Kernaktivitaet, kommende.pk)
    nimm_auf(buero, Kernaktivitaet, kommende.pk, oeffentlich.history_id)
    assert werte(kommende, "titel", "veroeffentlicht_am") == ("Neu", None)


@pytest.mark.parametrize(
    ("tag", "zelle"),
    [(TAG, None), (TAG, "02.01.2024"), (None, "02.01.2024"), ("neu", "02.01.2024")],
)
def test_the_workbook_does_not_publish_and_does_not_hide(buero, tag, zelle):
    ka = f.KernaktivitaetFactory(veroeffentlicht_am=None if tag == "neu" else tag)
    mappe = mappen.lade_herunter(buero)
    spalte = "Veröffentlicht am (nur zur Ansicht)"
    nummer = 2
    if tag == "neu":
        nummer = mappen.haenge_an(
            mappe,
            "Kernaktivitäten",
            Kompetenz=ka.kompetenz.titel,
            Nummer=9,
            Titel="Neu",
            Quelle=ka.quelle.kennung,
        )
    mappe["Kernaktivitäten"].cell(
        nummer, mappen.spalten(mappe, "Kernaktivitäten")[spalte]
    ).value = zelle
    (stelle, *rest) = mappen.fehler(mappen.lade_hoch(buero, mappe))
    satz_dazu = "Veröffentlicht wird in der Verwaltung, nicht mit der Mappe. Was öffentlich ist, "
    assert stelle[:3] == ("Kernaktivitäten", nummer, spalte)
    assert stelle[3].startswith(satz_dazu)
    assert not [ort for ort in rest if ort[2] == spalte]
    assert werte(ka, "veroeffentlicht_am") == (None if tag == "neu" else tag,)
    assert Kernaktivitaet.objects.count() == 1


def test_a_workbook_from_before_the_publication_says_that_it_is_old(buero, kommende):
    mappe = mappen.lade_herunter(buero)
    Kernaktivitaet.objects.filter(pk=kommende.pk).update(veroeffentlicht_am=TAG)
    ((_, zeile, _, stelle),) = mappen.fehler(mappen.lade_hoch(buero, mappe))
    assert (zeile, stelle.partition(",")[0]) == (2, "Diese Zeile wurde im Portal geändert")
    assert werte(kommende, "veroeffentlicht_am") == (TAG,)


def test_the_column_that_is_only_shown_is_grey_and_changes_nothing_untouched(buero, ka, kommende):
    mappe = mappen.lade_herunter(buero)
    blatt = mappe["Kernaktivitäten"]
    platz = mappen.spalten(mappe, "Kernaktivitäten")["Veröffentlicht am (nur zur Ansicht)"]
    assert (
        blatt.cell(2, platz).fill.start_color.rgb
        == PatternFill("solid", start_color="E8EEF2").start_color.rgb
    )
    antwort = mappen.lade_hoch(buero, mappe)
    assert (mappen.fehler(antwort), antwort.context["probe"].zeilen) == ([], ())


def test_a_joint_action_and_taking_it_back_leave_the_publication(buero, ka, kommende):
    tranche, quelle = f.TrancheFactory(), f.QuelleFactory()
    url = reverse("admin:kernaktivitaet_sammel")
    daten = {"ka": [ka.pk, kommende.pk], "tranche": tranche.pk, "quelle": quelle.pk}
    daten |= {"veroeffentlicht_am": ""}
    marke = buero.post(url, daten).context["marke"]
    assert buero.post(url, daten | {"bestaetigen": marke}).status_code == 302
    assert werte(ka, "tranche", "veroeffentlicht_am") == (tranche.pk, TAG)
    stapel = Stapel.objects.get()
    aendere(buero, kommende, veroeffentlicht_am="23.11.2026")
    buero.post(reverse("admin:verwaltung_stapel_zuruecknehmen", args=(stapel.pk,)))
    assert werte(kommende, "tranche", "veroeffentlicht_am") == (tranche.pk, HEUTE)
    assert werte(ka, "veroeffentlicht_am") == (TAG,)


def test_only_taking_the_decision_back_puts_it_back_into_preparation(buero, client, kommende):
    stapel = erfasse(buero, {"ka": kommende.pk, "wirkung": "beauftragt"})
    assert client.get("/kernaktivitaeten/kommt/").status_code == 200
    url = reverse("admin:ratsbeschluss_zuruecknehmen", args=(stapel.pk,))
    assert buero.post(url, {"grund": "Doppelt."}).status_code == 302
    assert client.get("/kernaktivitaeten/kommt/").status_code == 404
    assert "veroeffentlicht_am" in felder(buero, kommende)


# ── What is public is not deleted ─────────────────────────────────────────────────────────────


def _tranche_mit_kernaktivitaet() -> Tranche:
    quelle = f.QuelleFactory()
    return f.KernaktivitaetFactory(tranche=f.TrancheFactory(), tranche_quelle=quelle).tranche


@pytest.mark.parametrize(
    ("fabrik", "ausweg"),
    [
        (f.KernaktivitaetFactory, "melden Sie den Status"),
        (f.RatsbeschlussFactory, "nehmen Sie ihn mit einem Grund zurück („Zurücknehmen …“)"),
        (lambda: f.BeschlusswirkungFactory().beschluss, "„Zurücknehmen …“"),
        (_tranche_mit_kernaktivitaet, "„Zurücknehmen …“"),
    ],
)
def test_what_is_public_is_not_deleted_and_the_page_says_what_to_do(buero, client, fabrik, ausweg):
    zeile = fabrik()
    url = adresse(type(zeile), "delete", zeile.pk)
    seite = inhalt(buero.get(adresse(type(zeile), "change", zeile.pk)))
    assert "wird nicht gelöscht: " in seite
    assert ausweg in seite
    assert url not in seite
    daten = {"post": "yes", "_loeschgrund": "Doppelt erfasst"}
    assert buero.get(url).status_code == buero.post(url, daten).status_code == 403
    assert client.get(zeile.get_absolute_url()).status_code == 200


def test_what_became_public_meanwhile_is_not_deleted(buero, kommende):
    url = adresse(Kernaktivitaet, "delete", kommende.pk)
    assert buero.get(url).status_code == 200
    Kernaktivitaet.objects.filter(pk=kommende.pk).update(veroeffentlicht_am=TAG)
    assert loesche(buero, Kernaktivitaet, kommende.pk).status_code == 403
    assert Kernaktivitaet.objects.exists()


@pytest.mark.parametrize("oeffentlich", [False, True])
def test_what_is_in_preparation_may_go(buero, kommende, oeffentlich):
    tranche = f.TrancheFactory()
    kommende.tranche, kommende.tranche_quelle = tranche, f.QuelleFactory()
    kommende.save()
    wirkung = f.BeschlusswirkungFactory(kernaktivitaet=kommende)
    seite = inhalt(buero.get(adresse(Ratsbeschluss, "change", wirkung.beschluss_id)))
    assert "denn darauf verweisen: Beschlusswirkungen (1)." in seite
    if oeffentlich:
        Kernaktivitaet.objects.update(veroeffentlicht_am=TAG)
    assert loesche(buero, Beschlusswirkung, wirkung.pk).status_code == 302
    assert loesche(buero, Kernaktivitaet, kommende.pk).status_code == (403 if oeffentlich else 302)
    assert loesche(buero, Tranche, tranche.pk).status_code == (403 if oeffentlich else 302)


@pytest.mark.parametrize(
    ("modell", "fabrik"), [(Projektziel, f.ProjektzielFactory), (Messwert, f.MesswertFactory)]
)
def test_other_public_rows_go_with_a_reason_and_come_back(buero, client, ka, modell, fabrik):
    zeile = fabrik(kernaktivitaet=ka, text="Hundert Bäume.")
    assert loesche(buero, modell, zeile.pk, grund="").status_code == 200
    assert "Hundert Bäume." in inhalt(client.get("/kernaktivitaeten/haus/"))
    assert loesche(buero, modell, zeile.pk, grund="Gehört woandershin").status_code == 302
    assert "Hundert Bäume." not in inhalt(client.get("/kernaktivitaeten/haus/"))
    fassung = modell.geschichte.latest()
    assert fassung.history_change_reason == "Gehört woandershin"
    assert nimm_auf(buero, modell, zeile.pk, fassung.history_id).status_code == 302
    assert "Hundert Bäume." in inhalt(client.get("/kernaktivitaeten/haus/"))


# ── A released statement is not overwritten ───────────────────────────────────────────────────


def test_what_a_released_statement_says_of_the_status_is_only_shown(buero, meldung):
    assert not {*FEST, "zurueckgezogen_am"} & felder(buero, meldung)
    vorher, andere = werte(meldung, *FEST_SPALTEN), f.KernaktivitaetFactory()
    antwort = aendere(
        buero,
        meldung,
        kernaktivitaet=andere.pk,
        status="eingestellt",
        zeit="2021",
        bezug="stand",
        zaehlt_ab="31.12.2021",
        text="Im Mai eröffnet.",
        abgeleitet="on",
        interne_notiz="Nachgefragt",
    )
    assert antwort.status_code == 302, fehler(antwort)
    assert werte(meldung, *FEST_SPALTEN) == vorher
    nachher = ("Im Mai eröffnet.", True, "Nachgefragt")
    assert werte(meldung, "text", "abgeleitet", "interne_notiz") == nachher
    alt = meldung.geschichte.order_by("history_id").first()
    assert alt.text == "Eröffnet."


FEST_SPALTEN = (*(f for f in FEST if f != "zeit"), "datum_von", "datum_bis", "genauigkeit")


def test_beside_it_stands_the_way_to_correct_it(buero, meldung, settings):
    weg = adresse(Statusmeldung, "korrigieren", meldung.pk)
    url = adresse(Statusmeldung, "change", meldung.pk)
    seite = inhalt(buero.get(url))
    assert f'War es falsch: <a href="{weg}">Korrigieren</a>' in seite
    assert '<div class="readonly">2020</div>' in seite
    settings.VIER_AUGEN = True
    seite = inhalt(buero.get(url))
    assert "Sie schreiben selbst daran. Melden Sie die richtige Angabe neu." in seite
    assert weg not in seite


def test_who_may_only_read_is_offered_no_way(meldung):
    leserin = angemeldet(konto(Rolle.LESEND))
    seite = inhalt(leserin.get(adresse(Statusmeldung, "change", meldung.pk)))
    assert "Eröffnet." in seite
    assert "orrigieren" not in seite


def test_a_released_status_still_needs_its_source(buero, meldung):
    antwort = aendere(buero, meldung, quelle="")
    assert fehler(antwort) == {"quelle": ["Ein Status braucht eine Quelle."]}


def test_a_draft_is_changed_as_a_whole(buero, ka):
    entwurf = f.StatusmeldungFactory(kernaktivitaet=ka, am="2020", text="Läuft.", entwurf=True)
    assert set(FEST) <= felder(buero, entwurf)
    assert not set(RUECKZUG) & felder(buero, entwurf)
    antwort = aendere(buero, entwurf, status="umgesetzt", zeit="2021", zaehlt_ab="31.12.2021")
    assert antwort.status_code == 302, fehler(antwort)
    assert werte(entwurf, "status", "zaehlt_ab") == ("umgesetzt", date(2021, 12, 31))
    erste = entwurf.geschichte.order_by("history_id").first()
    assert nimm_auf(buero, Statusmeldung, entwurf.pk, erste.history_id).status_code == 302
    assert werte(entwurf, "status", "zaehlt_ab") == ("laufend", date(2020, 12, 31))


def test_what_was_typed_into_a_draft_is_shown_when_it_was_released_meanwhile(buero, ka):
    entwurf = f.StatusmeldungFactory(kernaktivitaet=ka, am="2020", entwurf=True)
    url = adresse(Statusmeldung, "change", entwurf.pk)
    daten = eingaben(buero.get(url)) | {"status": "umgesetzt", "text": "Fertig."}
    Statusmeldung.objects.update(entwurf=False)
    antwort = buero.post(url, daten)
    zeilen = {z.feld: z.eingabe for g in antwort.context["abgleich"]["gruppen"] for z in g.felder}
    assert (zeilen["Status"], zeilen["Text"]) == ("umgesetzt", "Fertig.")
    assert buero.post(url, eingaben(antwort)).status_code == 302
    assert werte(entwurf, "status", "text") == ("laufend", "Fertig.")


def test_an_old_version_of_a_released_statement_brings_only_its_text_back(buero, meldung):
    meldung.text, meldung.status, meldung.zaehlt_ab = "Doch nicht.", "eingestellt", TAG
    meldung.datum_von = meldung.datum_bis = TAG
    meldung.genauigkeit, meldung.bezug = "tag", "stand"
    meldung.kernaktivitaet = f.KernaktivitaetFactory()
    meldung.save()
    vorher = werte(meldung, *FEST_SPALTEN)
    erste = meldung.geschichte.order_by("history_id").first()
    assert nimm_auf(buero, Statusmeldung, meldung.pk, erste.history_id).status_code == 302
    assert werte(meldung, *FEST_SPALTEN) == vorher
    assert werte(meldung, "text") == ("Eröffnet.",)


# ── A withdrawal is for good, and of today ────────────────────────────────────────────────────


def test_a_reason_withdraws_today_whatever_day_is_sent(buero, client, meldung):
    seite = inhalt(buero.get(adresse(Statusmeldung, "change", meldung.pk)))
    assert "Nur zurückziehen" in seite
    assert "Das lässt sich nicht rückgängig machen." in seite
    antwort = aendere(buero, meldung, rueckzug_grund="Irrtum.", zurueckgezogen_am="01.01.2030")
    assert antwort.status_code == 302, fehler(antwort)
    assert werte(meldung, *RUECKZUG) == (HEUTE, "Irrtum.", None)
    assert meldung.geschichte.latest().zurueckgezogen_am == HEUTE
    seite = inhalt(client.get("/kernaktivitaeten/haus/"))
    assert "<strong>Zurückgezogen am 23. November 2026:</strong> Irrtum." in seite
    assert "2030" not in seite


@pytest.mark.parametrize("grund", ["", "   "])
def test_without_a_reason_nothing_is_withdrawn(buero, meldung, grund):
    antwort = aendere(buero, meldung, rueckzug_grund=grund, zurueckgezogen_am="01.09.2024")
    assert antwort.status_code == 302
    ersatz = f.StatusmeldungFactory(kernaktivitaet=meldung.kernaktivitaet)
    antwort = aendere(buero, meldung, rueckzug_grund=grund, ersetzt_durch=ersatz.pk)
    assert list(fehler(antwort)) == ["rueckzug_grund"]
    assert fehler(antwort)["rueckzug_grund"][0].startswith("Nennen Sie den Grund.")
    assert werte(meldung, *RUECKZUG) == (None, "", None)
    antwort = aendere(buero, meldung, rueckzug_grund="Irrtum.", ersetzt_durch=ersatz.pk)
    assert antwort.status_code == 302, fehler(antwort)
    assert werte(meldung, *RUECKZUG) == (HEUTE, "Irrtum.", ersatz.pk)


@pytest.mark.parametrize("mit_regel", [False, True])
def test_a_withdrawal_that_is_refused_is_shown_as_it_was_typed(buero, meldung, mit_regel):
    entwurf = f.StatusmeldungFactory(kernaktivitaet=meldung.kernaktivitaet, entwurf=True)
    falsch = {"ersetzt_durch": entwurf.pk} if mit_regel else {"text": ""}
    antwort = aendere(buero, meldung, rueckzug_grund="Irrtum.", **falsch)
    assert list(fehler(antwort)) == list(falsch)
    if mit_regel:
        assert fehler(antwort)["ersetzt_durch"] == [satz(rules.ersatz_ist_freigegeben)]
    assert eingaben(antwort)["rueckzug_grund"] == "Irrtum."
    assert "Nur zurückziehen" in inhalt(antwort)
    assert werte(meldung, *RUECKZUG) == (None, "", None)


def test_a_withdrawal_is_not_undone_by_the_form_or_an_old_version(buero, client, meldung):
    meldung.save()
    aendere(buero, meldung, rueckzug_grund="Irrtum.")
    assert not {*FEST, *RUECKZUG} & felder(buero, meldung)
    antwort = aendere(buero, meldung, zurueckgezogen_am="", rueckzug_grund="", text="Anders")
    assert antwort.status_code == 302, fehler(antwort)
    assert werte(meldung, "text", *RUECKZUG) == ("Anders", HEUTE, "Irrtum.", None)
    erste = meldung.geschichte.order_by("history_id").first()
    assert nimm_auf(buero, Statusmeldung, meldung.pk, erste.history_id).status_code == 302
    assert werte(meldung, "text", *RUECKZUG) == ("Eröffnet.", HEUTE, "Irrtum.", None)
    seite = inhalt(client.get("/kernaktivitaeten/haus/"))
    assert "<strong>Zurückgezogen am 23. November 2026:</strong> Irrtum." in seite


def test_a_correction_is_not_undone_either(buero, meldung):
    url = adresse(Statusmeldung, "korrigieren", meldung.pk)
    daten = eingaben(buero.get(url)) | {"grund": "Es war 2021.", "zeit": "2021", "_save": "1"}
    assert buero.post(url, daten).status_code == 302
    neue = Statusmeldung.objects.latest("pk")
    aendere(buero, meldung, zurueckgezogen_am="", rueckzug_grund="", ersetzt_durch="")
    erste = meldung.geschichte.order_by("history_id").first()
    nimm_auf(buero, Statusmeldung, meldung.pk, erste.history_id)
    assert werte(meldung, *RUECKZUG) == (HEUTE, "Es war 2021.", neue.pk)
    assert list(Statusmeldung.objects.gueltig()) == [neue]


def test_two_who_withdraw_the_same_are_told_and_the_first_reason_stays(buero, meldung):
    url = adresse(Statusmeldung, "change", meldung.pk)
    daten = eingaben(buero.get(url)) | {"rueckzug_grund": "Zweiter Grund"}
    aendere(buero, meldung, rueckzug_grund="Erster Grund")
    antwort = buero.post(url, daten)
    assert "Nicht gespeichert: Seit Sie das Formular geöffnet haben" in inhalt(antwort)
    assert "Zweiter Grund" in inhalt(antwort)
    buero.post(url, eingaben(antwort))
    assert werte(meldung, *RUECKZUG) == (HEUTE, "Erster Grund", None)


def test_the_workbook_does_not_reach_what_was_withdrawn(buero, meldung):
    mappe = mappen.lade_herunter(buero)
    aendere(buero, meldung, rueckzug_grund="Irrtum.")
    mappen.setze(mappe, "Statusmeldungen", 2, Text="Doch richtig.")
    ((blatt, zeile, spalte, _),) = mappen.fehler(mappen.lade_hoch(buero, mappe))
    assert (blatt, zeile, spalte) == ("Statusmeldungen", 2, "Kennung")
    assert werte(meldung, "text", *RUECKZUG) == ("Eröffnet.", HEUTE, "Irrtum.", None)
