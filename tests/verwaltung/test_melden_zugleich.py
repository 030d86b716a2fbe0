"""Two at once: what somebody changes while another reports or corrects is never written over."""

import pytest
from django.db import connection

from grundlage.rollen import Rolle
from kernaktivitaeten.models import Kernaktivitaet, Statusmeldung
from tests import factories as f
from tests.adressen import oeffne
from tests.nebeneinander import nebeneinander
from tests.rollen import angemeldet, konto
from tests.verwaltung.formulare import adresse, aendere, eingaben, fehler, inhalt
from verwaltung.gleichzeitig import OHNE_STAND
from verwaltung.melden.nachfolge import ANDERE_KERNAKTIVITAET, ERST_MIT_FREIGABE

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
URL = "/verwaltung/kernaktivitaeten/statusmeldung/add/"
knoepfe = pytest.mark.parametrize("knopf", ["_save", "_vorschau"])


@pytest.fixture
def ka():
    ka = f.KernaktivitaetFactory(
        titel="Haus des Wissens", slug="haus", nachfolger=f.KernaktivitaetFactory(titel="X")
    )
    f.StatusmeldungFactory(kernaktivitaet=ka, am="27.09.2018", bezug="ab", text="Beauftragt.")
    return ka


@pytest.fixture
def buero():
    return angemeldet(konto(Rolle.STRATEGIEBUERO))


@pytest.fixture
def kollegin():
    return angemeldet(konto(Rolle.STRATEGIEBUERO, name="kollegin"))


class Meldung:
    """The form of a new statement as it stands open before somebody."""

    def __init__(self, client, ka, url="") -> None:
        self.client, self.url = client, url or f"{URL}?kernaktivitaet={ka.pk}"
        vorgabe = {"status": "ueberfuehrt", "bezug": "ab", "zeit": "10/2026", "text": "Vorbei."}
        self.daten = eingaben(client.get(self.url))
        if not url:
            self.daten |= vorgabe | {"quelle": f.QuelleFactory().pk}

    def sende(self, knopf="_save", **neu):
        antwort = self.client.post(self.url, self.daten | {knopf: "1"} | neu)
        if antwort.status_code == 200 and "adminform" in (antwort.context or {}):
            self.daten = eingaben(antwort)  # what a browser would then send
        return antwort


def nachfolge(ka) -> tuple[str, str]:
    ka.refresh_from_db()
    return (str(ka.nachfolger or ""), ka.nachfolge_text)


# ── The successor ─────────────────────────────────────────────────────────────────────────────


@knoepfe
def test_a_successor_that_was_only_shown_does_not_replace_a_newer_one(buero, kollegin, ka, knopf):
    formular, y = Meldung(buero, ka), f.KernaktivitaetFactory(titel="Y")
    assert aendere(kollegin, ka, nachfolger=y.pk).status_code == 302
    antwort = formular.sende(knopf)
    (satz,) = fehler(antwort)["nachfolger"]
    assert "Inzwischen geändert (von kollegin am " in satz
    assert "vorher „X“, jetzt „Y“. Im Feld steht jetzt, was gespeichert ist." in satz
    assert nachfolge(ka) == ("Y", "")
    assert Statusmeldung.objects.count() == 1
    # Nothing else is lost, and with the new one in sight it goes on.
    assert (formular.daten["nachfolger"], formular.daten["text"]) == (str(y.pk), "Vorbei.")
    assert formular.sende().status_code == 302
    assert nachfolge(ka) == ("Y", "")
    assert Statusmeldung.objects.filter(status="ueberfuehrt").exists()


def test_what_was_typed_stays_beside_what_is_stored_and_can_be_sent_again(buero, kollegin, ka):
    formular, y = Meldung(buero, ka), f.KernaktivitaetFactory(titel="Y")
    z = f.KernaktivitaetFactory(titel="Z")
    aendere(kollegin, ka, nachfolger=y.pk)
    (satz,) = fehler(formular.sende(nachfolger=z.pk))["nachfolger"]
    assert "vorher „X“, jetzt „Y“. Ihre Eingabe: „Z“." in satz
    assert formular.daten["nachfolger"] == str(z.pk)
    assert formular.sende().status_code == 302
    assert nachfolge(ka) == ("Z", "")


def test_a_form_without_a_state_showed_nothing_to_type_over(buero, ka):
    formular = Meldung(buero, ka)
    for falsch in ("", "gefälscht", Meldung(buero, ka.nachfolger).daten["_nachfolge"]):
        antwort = formular.sende(_nachfolge=falsch, nachfolger="", nachfolge_text="Amt")
        assert set(fehler(antwort)) == {"nachfolger"}
        assert nachfolge(ka) == ("X", "")
        formular = Meldung(buero, ka)


def test_a_change_between_preview_and_confirmation_is_seen(buero, kollegin, ka):
    formular = Meldung(buero, ka)
    assert "leiste" not in formular.daten
    probe = formular.sende("_vorschau")
    assert 'name="_nachfolge"' in probe.content.decode()
    aendere(kollegin, ka, nachfolger="", nachfolge_text="Amt B")
    for knopf in ("_bearbeiten", "_save"):
        antwort = formular.sende(knopf)
    assert {"nachfolger", "nachfolge_text"} == set(fehler(antwort))
    assert nachfolge(ka) == ("", "Amt B")


def test_what_else_is_changed_does_not_disturb(buero, kollegin, ka):
    formular = Meldung(buero, ka)
    assert aendere(kollegin, ka, titel="Neuer Titel").status_code == 302
    assert formular.sende().status_code == 302
    ka.refresh_from_db()
    assert (ka.titel, ka.nachfolger.titel) == ("Neuer Titel", "X")


def test_with_another_kernaktivitaet_its_own_successor_counts(buero, ka):
    andere = f.StatusmeldungFactory(am="2020", kernaktivitaet__nachfolge_text="Amt").kernaktivitaet
    formular = Meldung(buero, ka)
    formular.client.post(formular.url, formular.daten | {"_andere": "1"})
    getippt = formular.daten | {"kernaktivitaet": andere.pk, "_weiter": "1"}
    formular.daten = eingaben(buero.post(formular.url, getippt))
    assert not fehler(buero.post(formular.url, getippt))
    formular.url = f"{URL}?kernaktivitaet={andere.pk}"
    antwort = formular.sende(nachfolger="", nachfolge_text="Amt")
    assert antwort.status_code == 302, fehler(antwort)
    assert nachfolge(andere) == ("", "Amt")
    assert nachfolge(ka) == ("X", "")


# ── Drafts ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def entwurf(ka):
    ka.nachfolger, ka.nachfolge_text = None, "Amt A"
    ka.save()
    leitung = konto(Rolle.PROJEKTLEITUNG, eigene=(ka,))
    return f.StatusmeldungFactory(
        kernaktivitaet=ka, status="ueberfuehrt", am="10/2026", entwurf=True, erfasst_von=leitung
    )


def test_releasing_a_draft_does_not_bring_back_an_old_successor(buero, kollegin, ka, entwurf):
    formular = Meldung(buero, ka, adresse(Statusmeldung, "change", entwurf.pk))
    aendere(kollegin, ka, nachfolge_text="Amt B")
    antwort = formular.sende("_freigeben")
    (satz,) = fehler(antwort)["nachfolge_text"]
    assert "vorher „Amt A“, jetzt „Amt B“" in satz
    entwurf.refresh_from_db()
    assert (entwurf.entwurf, nachfolge(ka)) == (True, ("", "Amt B"))
    assert formular.sende("_freigeben").status_code == 302
    entwurf.refresh_from_db()
    assert (entwurf.entwurf, nachfolge(ka)) == (False, ("", "Amt B"))


def test_a_successor_is_never_saved_with_what_stays_a_draft(buero, client, ka, entwurf):
    formular = Meldung(buero, ka, adresse(Statusmeldung, "change", entwurf.pk))
    antwort = formular.sende(nachfolge_text="Geheimes Amt")
    assert fehler(antwort) == {"nachfolge_text": [ERST_MIT_FREIGABE]}
    assert nachfolge(ka) == ("", "Amt A")
    assert formular.sende("_freigeben").status_code == 302
    assert nachfolge(ka) == ("", "Geheimes Amt")


def test_a_draft_that_moves_does_not_name_the_successor_of_another(buero, ka, entwurf):
    andere = f.StatusmeldungFactory(am="2020", kernaktivitaet__nachfolge_text="B").kernaktivitaet
    formular = Meldung(buero, ka, adresse(Statusmeldung, "change", entwurf.pk))
    neu = {"kernaktivitaet": andere.pk, "nachfolge_text": "C"}
    antwort = formular.sende("_freigeben", **neu)
    assert fehler(antwort) == {"nachfolge_text": [ANDERE_KERNAKTIVITAET]}
    assert formular.sende("_freigeben", nachfolge_text="Amt A").status_code == 302
    assert (nachfolge(ka), nachfolge(andere)) == (("", "Amt A"), ("", "B"))


@knoepfe
def test_with_four_eyes_no_successor_is_public_before_its_release(
    buero, client, ka, settings, knopf
):
    Kernaktivitaet.objects.filter(pk=ka.pk).update(nachfolger=None, nachfolge_text="Amt A")
    f.StatusmeldungFactory(kernaktivitaet=ka, status="ueberfuehrt", am="2020")
    settings.VIER_AUGEN = True
    formular = Meldung(buero, ka)
    assert "nachfolge_text" not in formular.daten
    formular.sende(knopf, nachfolge_text="Geheimes Amt")
    assert nachfolge(ka) == ("", "Amt A")
    assert Statusmeldung.objects.filter(entwurf=True).count() == (knopf == "_save")
    for seite in ("/kernaktivitaeten/haus/", "/kernaktivitaeten.csv", "/kernaktivitaeten.json"):
        assert "Geheimes Amt" not in client.get(seite).content.decode()


# ── Correcting ────────────────────────────────────────────────────────────────────────────────


class Korrektur(Meldung):
    def __init__(self, client, meldung) -> None:
        url = adresse(Statusmeldung, "korrigieren", meldung.pk)
        super().__init__(client, meldung.kernaktivitaet, url)


@pytest.fixture
def meldung(ka):
    return ka.statusmeldungen.get()


@knoepfe
def test_what_is_corrected_is_compared_with_what_was_read(buero, kollegin, meldung, knopf):
    formular = Korrektur(buero, meldung)
    neu = f.QuelleFactory(titel="Niederschrift")
    Statusmeldung.objects.filter(pk=meldung.pk).update(text="Inzwischen anders.", quelle=neu)
    antwort = formular.sende(knopf, grund="Falsches Jahr.", zeit="27.09.2019")
    assert antwort.context["abgleich"]["satz"] in inhalt(antwort)
    zeilen = {z.feld: z for g in antwort.context["abgleich"]["gruppen"] for z in g.felder}
    assert (zeilen["Text"].damals, zeilen["Text"].jetzt) == ("Beauftragt.", "Inzwischen anders.")
    meldung.refresh_from_db()
    assert (meldung.zurueckgezogen_am, Statusmeldung.objects.count()) == (None, 1)
    # What was typed is there, and where nothing was typed stands what is stored now.
    assert (formular.daten["grund"], formular.daten["zeit"]) == ("Falsches Jahr.", "27.09.2019")
    assert formular.daten["text"] == "Inzwischen anders."
    assert formular.daten["quelle"] == str(neu.pk)
    assert formular.sende().status_code == 302
    meldung.refresh_from_db()
    assert (meldung.ersetzt_durch.text, meldung.ersetzt_durch.zeit.kurz) == (
        "Inzwischen anders.",
        "27.09.2019",
    )


def test_both_versions_stand_side_by_side(buero, kollegin, client, meldung):
    formular = Korrektur(buero, meldung)
    Statusmeldung.objects.filter(pk=meldung.pk).update(text="Inzwischen anders.")
    antwort = formular.sende(grund="Anders gesagt.", text="Meine Worte.")
    zeilen = {z.feld: z for g in antwort.context["abgleich"]["gruppen"] for z in g.felder}
    assert set(zeilen) == {"Text"}
    assert (zeilen["Text"].jetzt, zeilen["Text"].eingabe) == ("Inzwischen anders.", "Meine Worte.")
    assert zeilen["Text"].strittig
    assert formular.daten["text"] == "Meine Worte."
    assert formular.sende().status_code == 302
    assert "Meine Worte." in oeffne(client, "/kernaktivitaeten/haus/").text


def test_a_correction_without_a_state_is_asked_for_again(buero, meldung):
    fremd = f.StatusmeldungFactory(am="2020")
    formular = Korrektur(buero, meldung)
    for falsch in ("", "gefälscht", Korrektur(buero, fremd).daten["_stand"]):
        antwort = formular.sende(_stand=falsch, grund="Falsch.")
        assert antwort.context["abgleich"]["satz"] == OHNE_STAND
        assert not Statusmeldung.objects.exclude(zurueckgezogen_am=None).exists()
    assert formular.sende(grund="Falsch.", text="Neu.").status_code == 302


def test_a_successor_changed_meanwhile_stops_a_correction_too(buero, kollegin, ka, meldung):
    formular, y = Korrektur(buero, meldung), f.KernaktivitaetFactory(titel="Y")
    aendere(kollegin, ka, nachfolger=y.pk)
    antwort = formular.sende(grund="Falsch.", status="ueberfuehrt")
    assert set(fehler(antwort)) == {"nachfolger"}
    assert nachfolge(ka) == ("Y", "")
    assert formular.sende().status_code == 302
    assert nachfolge(ka) == ("Y", "")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_at_once_where_it_went_the_second_is_asked(buero, kollegin, ka):
    formulare = [Meldung(buero, ka), Meldung(kollegin, ka)]
    ziele = [f.KernaktivitaetFactory(titel=t) for t in ("Y", "Z")]

    codes = []

    def melde(nummer: int) -> None:
        neu = {"nachfolger": ziele[nummer].pk, "text": f"Fassung {nummer}."}
        antwort = formulare[nummer].client.post(
            formulare[nummer].url, formulare[nummer].daten | neu | {"_save": "1"}
        )
        codes.append(antwort.status_code)

    assert nebeneinander(lambda: melde(0), lambda: melde(1)) == []
    assert sorted(codes) == [200, 302]
    (gewonnen,) = Statusmeldung.objects.filter(status="ueberfuehrt")
    assert nachfolge(ka)[0] == "YZ"[int(gewonnen.text[-2])]
