"""Two editors at once: the second save is refused, shows both versions, and loses nothing."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from kernaktivitaeten.models import (
    Angabe,
    Bezeichnung,
    Kernaktivitaet,
    Querschnittszuordnung,
    Stelle,
    Zuordnung,
)
from strategiearbeit.models import Textseite
from tests import factories as f
from tests.factories import FACTORIES
from tests.verwaltung.formulare import (
    MODELLE,
    adresse,
    aendere,
    eingaben,
    fehler,
    inhalt,
    lege_an,
    loesche,
    nimm_auf,
    stand,
)
from tests.verwaltung.test_alle_modelle import AENDERUNG
from verwaltung.abgleich import EINTRAG, UNBERUEHRT, Abgleich
from verwaltung.gleichzeitig import OHNE_STAND
from zielsystem.models import Zielelement

ART, FELD = "weitere Bezeichnung", "Bezeichnung"

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def angemeldet(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    return client


@pytest.fixture
def anna() -> Client:
    return angemeldet("anna")


@pytest.fixture
def berta() -> Client:
    return angemeldet("berta")


class Formular:
    """The form of a row as it stands open before somebody."""

    def __init__(self, client: Client, zeile) -> None:
        self.client, self.url = client, adresse(type(zeile), "change", zeile.pk)
        self.daten = eingaben(client.get(self.url))

    def sichere(self, **neu):
        antwort = self.client.post(self.url, self.daten | neu)
        if antwort.status_code == 200:  # what a browser would then send
            self.daten = eingaben(antwort)
        return antwort


def vergleich(antwort) -> dict[tuple[str, str], tuple[str, str, str]]:
    """(name of the row, field) → as it was opened, as it is stored, as it was typed."""
    gruppen = antwort.context.get("gruppen") or antwort.context["abgleich"]["gruppen"]
    return {
        (gruppe.name, zeile.feld): (zeile.damals, zeile.jetzt, zeile.eingabe)
        for gruppe in gruppen
        for zeile in gruppe.felder
    }


def abgelehnt(antwort) -> str:
    """The sentence why the form was refused for what somebody changed meanwhile."""
    assert antwort.status_code == 200
    satz = antwort.context["abgleich"]["satz"]
    assert satz in inhalt(antwort)
    return satz


# ── One row ───────────────────────────────────────────────────────────────────────────────────


def test_both_versions_stand_side_by_side_and_saving_again_overwrites(anna, berta):
    ka = f.KernaktivitaetFactory(titel="Haus", nr=3)
    formular = Formular(anna, ka)
    assert aendere(berta, ka, titel="Bertas Haus", nr=5).status_code == 302

    antwort = formular.sichere(titel="Annas Haus")
    satz = abgelehnt(antwort)
    assert re.fullmatch(
        r"Nicht gespeichert: Seit Sie das Formular geöffnet haben, wurde hier etwas geändert "
        r"\(von berta am \d\d\.\d\d\.\d{4}, \d\d:\d\d Uhr\)\.",
        satz,
    )
    assert vergleich(antwort) == {
        ("", "Titel"): ("Haus", "Bertas Haus", "Annas Haus"),
        ("", "Nummer"): ("3", "5", UNBERUEHRT),
    }
    assert "beide geändert" in inhalt(antwort)
    ka.refresh_from_db()
    assert (ka.titel, ka.nr) == ("Bertas Haus", 5)

    # What was typed stays; where nothing was typed stands what is stored now.
    assert (formular.daten["titel"], formular.daten["nr"]) == ("Annas Haus", "5")
    assert formular.sichere().status_code == 302
    ka.refresh_from_db()
    assert (ka.titel, ka.nr) == ("Annas Haus", 5)


@pytest.mark.parametrize(
    "modell",
    [m for m in MODELLE if m is not Querschnittszuordnung],
    ids=lambda modell: modell.__name__,
)
def test_no_model_takes_an_old_form(anna, berta, modell):
    zeile = FACTORIES[modell]()
    name, neu = AENDERUNG.get(modell.__name__, ("titel", "Neuer Wortlaut"))
    formular = Formular(anna, zeile)
    assert aendere(berta, zeile, **{name: neu}).status_code == 302
    vorher = modell.objects.filter(pk=zeile.pk).values().get()

    abgelehnt(formular.sichere())
    assert modell.objects.filter(pk=zeile.pk).values().get() == vorher
    assert formular.daten[name] == str(neu)
    assert formular.sichere().status_code == 302
    assert modell.objects.filter(pk=zeile.pk).values().get() == vorher


def test_values_are_shown_as_people_read_them(anna, berta):
    alt, neu = f.QuelleFactory(titel="Alte Quelle"), f.QuelleFactory(titel="Neue Quelle")
    plan = f.PlanangabeFactory(
        art="gesamtkosten", betrag=1000, termin_bis=None, termin_genauigkeit="", quelle=alt
    )
    formular = Formular(anna, plan)
    antwort = aendere(berta, plan, betrag="152,6 Mio", quelle=neu.pk, zeit="05/2024")
    assert antwort.status_code == 302, fehler(antwort)
    antwort = formular.sichere(betrag="1.500")
    abgelehnt(antwort)
    zeilen = vergleich(antwort)
    assert zeilen["", "Gesamtkosten in Euro"] == ("1.000", "152.600.000", "1.500")
    assert zeilen["", "Datum"][1:] == ("05/2024", UNBERUEHRT)
    assert [wert.split(" – ")[0] for wert in zeilen["", "Quelle"]] == [
        "Alte Quelle",
        "Neue Quelle",
        UNBERUEHRT,
    ]
    assert formular.daten["quelle"] == str(neu.pk)
    assert formular.daten["zeit"] == "05/2024"
    assert formular.sichere().status_code == 302
    plan.refresh_from_db()
    assert (plan.betrag, plan.quelle, plan.zeit.kurz) == (1500, neu, "05/2024")


def test_choices_and_days_are_shown_as_words(anna, berta):
    meldung = f.StatusmeldungFactory(status="laufend", am="01.02.2020", entwurf=True)
    formular = Formular(anna, meldung)
    antwort = aendere(
        berta, meldung, status="eingestellt", zeit="03.02.2020", zaehlt_ab="03.02.2020"
    )
    assert antwort.status_code == 302, fehler(antwort)
    antwort = formular.sichere(status="umgesetzt", zaehlt_ab="2.2.2020", abgeleitet="on")
    abgelehnt(antwort)
    assert vergleich(antwort) == {
        ("", "Datum"): ("01.02.2020", "03.02.2020", UNBERUEHRT),
        ("", "Status"): ("laufend", "eingestellt", "umgesetzt"),
        ("", "Zählt ab"): ("01.02.2020", "03.02.2020", "2.2.2020"),
        ("", "Abgeleitet"): ("nein", "nein", "ja"),
    }


def test_an_invalid_field_and_an_old_form_are_told_together(anna, berta):
    meldung = f.StatusmeldungFactory(text="Alt", entwurf=True)
    formular = Formular(anna, meldung)
    aendere(berta, meldung, text="Bertas Text")
    antwort = formular.sichere(text="Annas Text", zeit="irgendwann")
    abgelehnt(antwort)
    assert set(fehler(antwort)) == {"", "zeit"}
    assert vergleich(antwort)["", "Datum"][2] == "irgendwann"
    assert (formular.daten["text"], formular.daten["zeit"]) == ("Annas Text", "irgendwann")
    antwort = formular.sichere()
    assert set(fehler(antwort)) == {"zeit"}
    assert formular.sichere(zeit="2024", zaehlt_ab="31.12.2024").status_code == 302
    meldung.refresh_from_db()
    assert meldung.text == "Annas Text"


def test_a_long_text_is_not_lost(anna, berta):
    seite = f.TextseiteFactory(text="Erster Absatz.\n\nZweiter Absatz.")
    formular = Formular(anna, seite)
    aendere(berta, seite, text="Bertas <b>Absatz</b>.")
    lang = "\r\n\r\n".join(f"Absatz {i} mit & und <i>." for i in range(500))
    antwort = formular.sichere(text=lang)
    abgelehnt(antwort)
    assert "Bertas &lt;b&gt;Absatz&lt;/b&gt;." in antwort.content.decode()
    assert formular.sichere().status_code == 302
    assert Textseite.objects.get().text.splitlines() == lang.splitlines()


# ── The tree ──────────────────────────────────────────────────────────────────────────────────


def test_moving_another_branch_is_no_change_of_this_node(anna, berta):
    erste, zweite = f.KompetenzFactory(reihenfolge=1), f.KompetenzFactory(reihenfolge=2)
    f.SchwerpunktFactory(eltern=erste, reihenfolge=1)
    mein = f.SchwerpunktFactory(eltern=zweite, titel="Alt", reihenfolge=1)
    formular = Formular(anna, mein)
    vorher = Zielelement.objects.values_list("lft", "rght").get(pk=mein.pk)
    lege_an(berta, Zielelement, eltern=erste.pk, titel="Noch einer")
    assert Zielelement.objects.values_list("lft", "rght").get(pk=mein.pk) != vorher
    assert formular.sichere(titel="Annas Titel").status_code == 302
    assert Zielelement.objects.get(pk=mein.pk).titel == "Annas Titel"


def test_a_node_that_was_changed_is(anna, berta):
    kompetenz = f.KompetenzFactory(titel="Alt")
    formular = Formular(anna, kompetenz)
    aendere(berta, kompetenz, titel="Bertas")
    assert vergleich(formular.sichere(titel="Annas"))["", "Titel"] == ("Alt", "Bertas", "Annas")


# ── Rows below the form ───────────────────────────────────────────────────────────────────────


@pytest.fixture
def ka():
    ka = f.KernaktivitaetFactory(titel="Haus")
    for text in ("Eins", "Zwei", "Drei"):
        f.BezeichnungFactory(kernaktivitaet=ka, text=text)
    return ka


def nummer(formular: Formular, text: str) -> int:
    return next(i for i in range(9) if formular.daten.get(f"bezeichnungen-{i}-text") == text)


def texte() -> list[str]:
    return sorted(Bezeichnung.objects.values_list("text", flat=True))


def test_a_row_that_somebody_changed_is_named(anna, berta, ka):
    formular = Formular(anna, ka)
    eins, zwei = (nummer(formular, text) for text in ("Eins", "Zwei"))
    aendere(berta, Bezeichnung.objects.get(text="Eins"), text="Eins von Berta")
    aendere(berta, Bezeichnung.objects.get(text="Zwei"), text="Zwei von Berta")
    antwort = formular.sichere(**{f"bezeichnungen-{eins}-text": "Eins von Anna"})
    assert "von berta" in abgelehnt(antwort)
    assert vergleich(antwort) == {
        (f"{ART} „Eins von Berta“", FELD): (
            "Eins",
            "Eins von Berta",
            "Eins von Anna",
        ),
        (f"{ART} „Zwei von Berta“", FELD): (
            "Zwei",
            "Zwei von Berta",
            UNBERUEHRT,
        ),
    }
    assert texte() == ["Drei", "Eins von Berta", "Zwei von Berta"]
    assert formular.daten[f"bezeichnungen-{zwei}-text"] == "Zwei von Berta"
    assert formular.sichere().status_code == 302
    assert texte() == ["Drei", "Eins von Anna", "Zwei von Berta"]


def test_a_row_that_somebody_added_stays(anna, berta, ka):
    formular = Formular(anna, ka)
    lege_an(berta, Bezeichnung, kernaktivitaet=ka.pk, text="Vier")
    antwort = formular.sichere(
        **{"titel": "Annas Haus", "bezeichnungen-TOTAL_FORMS": 4, "bezeichnungen-3-text": "Neu"}
    )
    abgelehnt(antwort)
    zeilen = vergleich(antwort)
    assert zeilen[f"{ART} „Vier“", EINTRAG][1] == "hinzugekommen"
    assert zeilen["", "Titel"] == ("Haus", "Haus", "Annas Haus")
    assert formular.sichere().status_code == 302
    assert texte() == ["Drei", "Eins", "Neu", "Vier", "Zwei"]


def test_a_deleted_row_goes_unless_something_was_typed_into_it(anna, berta, ka):
    formular = Formular(anna, ka)
    eins, drei = (nummer(formular, text) for text in ("Eins", "Drei"))
    for text in ("Eins", "Zwei"):
        loesche(berta, Bezeichnung, Bezeichnung.objects.get(text=text).pk)
    antwort = formular.sichere(
        **{
            f"bezeichnungen-{eins}-text": "Eins von Anna",
            f"bezeichnungen-{drei}-text": "Drei von Anna",
            "bezeichnungen-TOTAL_FORMS": 4,
            "bezeichnungen-3-text": "Neu",
        }
    )
    assert "von berta" in abgelehnt(antwort)
    assert fehler(antwort).keys() == {""}
    assert vergleich(antwort) == {
        (f"{ART} „Eins“", FELD): ("Eins", "gelöscht", "Eins von Anna"),
        (f"{ART} „Zwei“", EINTRAG): ("da", "gelöscht", UNBERUEHRT),
        (f"{ART} „Drei“", FELD): ("Drei", "Drei", "Drei von Anna"),
    }
    assert texte() == ["Drei"]
    antwort = formular.sichere()
    assert antwort.status_code == 302, fehler(antwort)
    assert texte() == ["Drei von Anna", "Eins von Anna", "Neu"]


def test_a_row_marked_for_deletion_is_not_deleted_over_a_change(anna, berta, ka):
    formular = Formular(anna, ka)
    zeile = f"bezeichnungen-{nummer(formular, 'Eins')}"
    aendere(berta, Bezeichnung.objects.get(text="Eins"), text="Eins von Berta")
    weg = {f"{zeile}-DELETE": "on", "_loeschgrund": "Falsch"}
    antwort = formular.sichere(**weg)
    abgelehnt(antwort)
    assert vergleich(antwort)[f"{ART} „Eins von Berta“", EINTRAG][2] == "wird gelöscht"
    assert texte() == ["Drei", "Eins von Berta", "Zwei"]
    assert 'value="Falsch"' in antwort.content.decode()
    assert formular.sichere(**weg).status_code == 302
    assert texte() == ["Drei", "Zwei"]


def test_a_row_that_is_only_shown_counts_too(anna, berta, ka):
    meldung = f.StatusmeldungFactory(kernaktivitaet=ka, text="Alt")
    formular = Formular(anna, ka)
    aendere(berta, meldung, text="Von Berta")
    antwort = formular.sichere(titel="Annas Haus")
    abgelehnt(antwort)
    assert ("Alt", "Von Berta", UNBERUEHRT) in vergleich(antwort).values()
    assert formular.sichere().status_code == 302


# ── Whatever way a change comes ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["Angabe", "Kernaktivitaet"])
def test_a_release_is_a_change(anna, berta, ka, form):
    entwurf = f.AngabeFactory(kernaktivitaet=ka, entwurf=True, text="Alt")
    formular = Formular(anna, entwurf if form == "Angabe" else ka)
    daten = {"action": "gib_frei", "_selected_action": entwurf.pk}
    berta.post(adresse(Angabe, "changelist"), daten)
    assert not Angabe.objects.get().entwurf
    antwort = formular.sichere()
    assert "von berta" in abgelehnt(antwort)
    assert ("ja", "nein", UNBERUEHRT) in vergleich(antwort).values()
    assert formular.sichere().status_code == 302
    assert not Angabe.objects.get().entwurf


def test_two_releases_with_changes_at_once_are_not_both_taken(anna, berta, ka):
    entwurf = f.AngabeFactory(kernaktivitaet=ka, entwurf=True, text="Alt")
    formular = Formular(anna, entwurf)
    aendere(berta, entwurf, text="Von Berta")
    abgelehnt(formular.sichere(text="Von Anna", _freigeben="1"))
    entwurf.refresh_from_db()
    assert (entwurf.entwurf, entwurf.text) == (True, "Von Berta")


def test_a_change_past_the_history_counts(anna, ka):
    formular = Formular(anna, ka)
    Kernaktivitaet.objects.update(titel="Von einem Skript")
    assert "von jemandem, den der Verlauf nicht nennt" in abgelehnt(formular.sichere())


def test_ones_own_change_in_another_window_is_said_so(anna, ka):
    formular = Formular(anna, ka)
    aendere(anna, ka, titel="Im anderen Fenster")
    assert "von Ihnen selbst (anna) am " in abgelehnt(formular.sichere())


def test_a_change_that_was_taken_back_is_none(anna, berta, ka):
    formular = Formular(anna, ka)
    aendere(berta, ka, titel="Anders")
    aendere(berta, ka, titel="Haus")
    assert formular.sichere(titel="Annas Haus").status_code == 302


# ── No false alarm ────────────────────────────────────────────────────────────────────────────


def test_who_goes_on_editing_is_not_stopped(anna, ka):
    formular = Formular(anna, ka)
    for titel in ("Eins", "Zwei", "Drei"):
        antwort = formular.sichere(titel=titel, _continue="1")
        assert antwort.status_code == 302, fehler(antwort)
        formular = Formular(anna, ka)
    assert Kernaktivitaet.objects.get().titel == "Drei"


def test_a_form_refused_by_a_rule_or_for_a_gap_is_sent_again(anna, ka):
    zuordnung = f.ZuordnungFactory(kernaktivitaet=ka, begruendung="")
    formular = Formular(anna, ka)
    andere = f.KompetenzFactory()
    antwort = formular.sichere(kompetenz=andere.pk)  # breaks a rule: another Kompetenz
    assert antwort.status_code == 200
    assert antwort.context["abgleich"] is None
    antwort = formular.sichere(kompetenz=ka.kompetenz_id, titel="")
    assert set(fehler(antwort)) == {"titel"}
    assert formular.sichere(titel="Annas Haus").status_code == 302
    assert Zuordnung.objects.get() == zuordnung


def test_a_change_between_a_refusal_and_the_next_try_is_seen(anna, berta, ka):
    formular = Formular(anna, ka)
    assert set(fehler(formular.sichere(titel=""))) == {"titel"}
    aendere(berta, ka, titel="Bertas Haus")
    antwort = formular.sichere(titel="Annas Haus")
    abgelehnt(antwort)
    aendere(berta, ka, titel="Noch einmal Berta")
    antwort = formular.sichere()
    abgelehnt(antwort)
    assert vergleich(antwort)["", "Titel"] == ("Bertas Haus", "Noch einmal Berta", "Annas Haus")


# ── A form that does not say what it was built from ───────────────────────────────────────────


@pytest.mark.parametrize("was", ["fehlt", "leer", "gefälscht", "fremd"])
def test_a_missing_or_forged_state_is_refused_and_nothing_is_lost(anna, ka, was):
    formular = Formular(anna, ka)
    eins = nummer(formular, "Eins")
    Bezeichnung.objects.get(text="Eins").delete()
    fremd = Formular(anna, f.KernaktivitaetFactory()).daten["_stand"]
    formular.daten["_stand"] = {
        "fehlt": "",
        "leer": "",
        "gefälscht": formular.daten["_stand"][:-2] + "xx",
        "fremd": fremd,
    }[was]
    if was == "fehlt":
        del formular.daten["_stand"]
    antwort = formular.sichere(
        **{"titel": "Annas Haus", f"bezeichnungen-{eins}-text": "Eins von Anna"}
    )
    assert abgelehnt(antwort) == OHNE_STAND
    assert vergleich(antwort)["", "Titel"] == ("unbekannt", "Haus", "Annas Haus")
    assert Kernaktivitaet.objects.get(pk=ka.pk).titel == "Haus"
    antwort = formular.sichere()
    assert antwort.status_code == 302, fehler(antwort)
    assert Kernaktivitaet.objects.get(pk=ka.pk).titel == "Annas Haus"
    assert texte() == ["Drei", "Eins von Anna", "Zwei"]


def test_nonsense_in_a_forged_form_is_no_crash(anna, berta, ka):
    formular = Formular(anna, ka)
    aendere(berta, ka, titel="Anders")
    antwort = formular.sichere(
        **{
            "kompetenz": "x" * 50,
            "nr": "viele",
            "bezeichnungen-0-id": "abc",
            "bezeichnungen-INITIAL_FORMS": "7",
            "orte-TOTAL_FORMS": "zwei",
        }
    )
    abgelehnt(antwort)


# ── A row that is gone ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mit_stand", [True, False])
def test_what_was_typed_for_a_deleted_row_is_shown(anna, berta, mit_stand):
    angabe = f.AngabeFactory(text="Alt")
    formular = Formular(anna, angabe)
    loesche(berta, Angabe, angabe.pk)
    if not mit_stand:
        del formular.daten["_stand"]
    antwort = formular.sichere(text="Annas langer Text")
    assert antwort.status_code == 410
    seite = inhalt(antwort)
    assert "wurde der Eintrag gelöscht (von berta am " in seite
    assert adresse(Angabe, "history", angabe.pk) in seite
    assert "Annas langer Text" in seite
    if mit_stand:
        assert vergleich(antwort) == {("", "Aussage"): ("Alt", "gelöscht", "Annas langer Text")}
    assert not Angabe.objects.exists()


def test_what_was_typed_below_a_deleted_row_is_shown(anna, berta):
    ka = f.KernaktivitaetFactory(veroeffentlicht_am=None)
    zuordnung = f.ZuordnungFactory(kernaktivitaet=ka)
    formular = Formular(anna, ka)
    zuordnung.delete()
    loesche(berta, Kernaktivitaet, ka.pk)
    antwort = formular.sichere(
        **{
            "zuordnungen-0-begruendung": "Von Anna begründet",
            "bezeichnungen-TOTAL_FORMS": 1,
            "bezeichnungen-0-text": "Ganz neu",
        }
    )
    assert antwort.status_code == 410
    werte = [eingabe for _, _, eingabe in vergleich(antwort).values()]
    assert {"Von Anna begründet", "Ganz neu"} <= set(werte)


def test_the_state_of_a_missing_row_is_none_to_build_on(anna):
    stelle = f.StelleFactory()
    fassung = stelle.geschichte.earliest().history_id
    stelle_pk = stelle.pk
    stelle.delete()
    daten = stand(anna.get(adresse(Stelle, "simple_history", stelle_pk, fassung)))
    url = adresse(Stelle, "change", stelle_pk)
    assert anna.post(url, {"name": "Getippt"} | daten).status_code == 410
    nimm_auf(anna, Stelle, stelle_pk, fassung)
    assert anna.post(url, {"name": "Getippt"} | daten).status_code == 200
    assert Stelle.objects.get().name != "Getippt"


def test_who_may_not_change_a_row_is_refused_even_when_it_is_gone(berta):
    stelle = f.StelleFactory()
    leser = Client()
    leser.force_login(User.objects.create_user("leser", is_staff=True))
    daten = Formular(berta, stelle).daten
    loesche(berta, Stelle, stelle.pk)
    assert leser.post(adresse(Stelle, "change", stelle.pk), daten).status_code == 403


def test_an_address_that_never_was_a_row_is_answered_as_before(anna):
    for pk in ("999999", "9" * 30, "abc"):
        assert anna.post(adresse(Stelle, "change", pk), {"name": "x"}).status_code == 302


# ── Deleting and restoring ────────────────────────────────────────────────────────────────────


def test_a_row_changed_while_the_question_stood_is_not_deleted(anna, berta):
    stelle = f.StelleFactory(name="Alt")
    url = adresse(Stelle, "delete", stelle.pk)
    daten = {"post": "yes", "_loeschgrund": "Doppelt"} | stand(anna.get(url))
    aendere(berta, stelle, name="Von Berta")
    antwort = anna.post(url, daten)
    seite = inhalt(antwort)
    assert "wurde der Eintrag geändert (von berta am " in seite
    assert "Von Berta" in seite
    assert 'value="Doppelt"' in seite
    assert Stelle.objects.exists()
    assert anna.post(url, daten | stand(antwort)).status_code == 302
    assert not Stelle.objects.exists()


def test_a_row_is_not_deleted_without_its_state(anna):
    stelle = f.StelleFactory()
    antwort = anna.post(adresse(Stelle, "delete", stelle.pk), {"_loeschgrund": "Doppelt"})
    assert "von welchem Stand sie ausging" in inhalt(antwort)
    assert Stelle.objects.exists()


@pytest.mark.parametrize(
    ("grund", "satz"), [("  ", "Bitte nennen Sie den Grund."), ("x" * 101, "höchstens 100 Zeichen")]
)
def test_what_is_deleted_needs_a_reason(anna, grund, satz):
    stelle = f.StelleFactory()
    assert satz in inhalt(loesche(anna, Stelle, stelle.pk, grund=grund))
    assert Stelle.objects.exists()
    assert loesche(anna, Stelle, stelle.pk, grund="Doppelt erfasst").status_code == 302
    fassung = Stelle.geschichte.latest()
    assert (fassung.history_type, fassung.history_change_reason) == ("-", "Doppelt erfasst")
    assert "Doppelt erfasst" in inhalt(anna.get(adresse(Stelle, "history", fassung.id)))


def test_what_goes_with_a_row_goes_for_the_same_reason(anna):
    zuordnung = f.ZuordnungFactory(kernaktivitaet__veroeffentlicht_am=None)
    assert loesche(anna, Kernaktivitaet, zuordnung.kernaktivitaet_id).status_code == 302
    fassung = Zuordnung.geschichte.latest()
    assert (fassung.history_type, fassung.history_change_reason) == ("-", "Doppelt erfasst")


def test_a_draft_goes_without_a_reason(anna):
    entwurf = f.AngabeFactory(entwurf=True)
    assert loesche(anna, Angabe, entwurf.pk, grund="").status_code == 302
    assert not Angabe.objects.exists()


def test_a_row_below_a_form_needs_a_reason_too(anna, ka):
    entwurf = f.AngabeFactory(kernaktivitaet=ka, entwurf=True)
    formular = Formular(anna, ka)
    weg = {"titel": "Annas Haus", f"bezeichnungen-{nummer(formular, 'Eins')}-DELETE": "on"}
    antwort = formular.sichere(**weg)
    assert fehler(antwort) == {
        "bezeichnungen": ["Zum Löschen: Bitte nennen Sie den Grund. Er steht im Verlauf."]
    }
    assert 'aria-describedby="loeschgrund-fehler"' in antwort.content.decode()
    assert formular.daten["titel"] == "Annas Haus"
    assert formular.sichere(**weg, _loeschgrund="Doppelt").status_code == 302
    assert texte() == ["Drei", "Zwei"]
    fassung = Bezeichnung.geschichte.filter(history_type="-").get()
    assert fassung.history_change_reason == "Doppelt"
    assert Formular(anna, ka).sichere(**{"angaben-0-DELETE": "on"}).status_code == 302
    assert not Angabe.objects.filter(pk=entwurf.pk).exists()


def test_an_old_version_is_not_restored_over_a_change(anna, berta):
    stelle = f.StelleFactory(name="Erst")
    aendere(anna, stelle, name="Dann")
    fassung = stelle.geschichte.earliest().history_id
    url = adresse(Stelle, "simple_history", stelle.pk, fassung)
    daten = stand(anna.get(url))
    aendere(berta, stelle, name="Von Berta")
    antwort = anna.post(url, daten)
    seite = inhalt(antwort)
    assert "wurde der Eintrag geändert (von berta am " in seite
    assert "<td>Von Berta</td>" in seite
    assert Stelle.objects.get().name == "Von Berta"
    assert anna.post(url, stand(antwort)).status_code == 302
    assert Stelle.objects.get().name == "Erst"
    assert anna.post(url).status_code == 200  # without a state
    loesche(berta, Stelle, stelle.pk)
    assert anna.post(url, stand(antwort)).status_code == 200
    assert not Stelle.objects.exists()
    assert nimm_auf(anna, Stelle, stelle.pk, fassung).status_code == 302


def test_no_list_is_edited_in_place():
    """There every row would need its own state."""
    assert not [v for v in admin.site._registry.values() if v.list_editable]


# ── Cost, and the same moment ─────────────────────────────────────────────────────────────────


def test_the_comparison_costs_the_same_for_many_rows(rf, admin_user):
    verwaltung = admin.site._registry[Kernaktivitaet]
    client = Client()
    client.force_login(admin_user)

    def abfragen(anzahl: int) -> int:
        ka = f.KernaktivitaetFactory()
        f.PlanangabeFactory.create_batch(anzahl, kernaktivitaet=ka)
        f.OrtFactory.create_batch(anzahl, kernaktivitaet=ka)
        anfrage = rf.post("/", Formular(client, ka).daten)
        anfrage.user = admin_user
        with CaptureQueriesContext(connection) as gefangen:
            assert verwaltung.pruefe_stand(anfrage, str(ka.pk)) is None
        assert not hasattr(anfrage, "abgleich")
        return len(gefangen)

    assert abfragen(1) == abfragen(7)


def test_a_forged_number_of_rows_is_bounded(anna, berta):
    """Rows that no page has shown are not compared: three millions took seconds, with the lock."""
    ka = f.KernaktivitaetFactory()
    f.BezeichnungFactory(kernaktivitaet=ka, text="Bleibt")
    formular = Formular(anna, ka)
    aendere(berta, ka, titel="Bertas Haus")
    gelesen = []

    class Mitgezaehlt(dict):
        def get(self, name, *vorgabe):
            gelesen.append(name)
            return super().get(name, *vorgabe)

    verwaltung = admin.site.get_model_admin(Kernaktivitaet)
    anfrage = RequestFactory().post(
        formular.url, formular.daten | {"bezeichnungen-INITIAL_FORMS": "3000000"}
    )
    anfrage.user = User.objects.get(username="anna")
    gruppen, _ = verwaltung._create_formsets(anfrage, ka, change=True)
    (gruppe,) = [gruppe for gruppe in gruppen if gruppe.prefix == "bezeichnungen"]
    abgleich = Abgleich(anfrage, bekannt=True)
    abgleich.daten = Mitgezaehlt(abgleich.daten.dict())
    zeilen = {str(zeile.pk): zeile for zeile in ka.bezeichnungen.all()}
    abgleich.zeilen(gruppe, zeilen, zeilen)
    assert len([name for name in gelesen if name.startswith("bezeichnungen-")]) < 100
    assert abgelehnt(formular.sichere(**{"bezeichnungen-INITIAL_FORMS": "3000000"}))
