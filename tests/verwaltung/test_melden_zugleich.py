"""Two at once: what somebody changes while another corrects is never written over."""

import pytest
from django.db import connection

from grundlage.rollen import Rolle
from kernaktivitaeten.models import Statusmeldung
from tests import factories as f
from tests.adressen import oeffne
from tests.nebeneinander import nebeneinander
from tests.rollen import angemeldet, konto
from tests.verwaltung.formulare import adresse, eingaben, inhalt
from verwaltung.gleichzeitig import OHNE_STAND

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
URL = "/verwaltung/kernaktivitaeten/statusmeldung/add/"
knoepfe = pytest.mark.parametrize("knopf", ["_save", "_vorschau"])


@pytest.fixture
def ka():
    ka = f.KernaktivitaetFactory(titel="Haus des Wissens", slug="haus")
    f.StatusmeldungFactory(kernaktivitaet=ka, am="27.09.2018", bezug="ab", text="Beauftragt.")
    return ka


@pytest.fixture
def buero():
    return angemeldet(konto(Rolle.STRATEGIEBUERO))


@pytest.fixture
def kollegin():
    return angemeldet(konto(Rolle.STRATEGIEBUERO, name="kollegin"))


class Korrektur:
    """The form of a correction as it stands open before somebody."""

    def __init__(self, client, meldung) -> None:
        self.client, self.url = client, adresse(Statusmeldung, "korrigieren", meldung.pk)
        self.daten = eingaben(client.get(self.url))

    def sende(self, knopf="_save", **neu):
        antwort = self.client.post(self.url, self.daten | {knopf: "1"} | neu)
        if antwort.status_code == 200 and "adminform" in (antwort.context or {}):
            self.daten = eingaben(antwort)  # what a browser would then send
        return antwort


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


def test_the_successor_is_compared_with_what_was_read(buero, meldung):
    ziele = [f.KernaktivitaetFactory(titel=t) for t in ("X", "Y", "Z")]
    Statusmeldung.objects.filter(pk=meldung.pk).update(status="ueberfuehrt", nachfolger=ziele[0])
    formular = Korrektur(buero, meldung)
    Statusmeldung.objects.filter(pk=meldung.pk).update(nachfolger=ziele[1])
    antwort = formular.sende(grund="Falsch.", nachfolger=ziele[2].pk)
    (gruppe,) = antwort.context["abgleich"]["gruppen"]
    (zeile,) = gruppe.felder
    assert (zeile.damals, zeile.jetzt, zeile.eingabe) == ("X", "Y", "Z")
    assert formular.sende().status_code == 302
    assert Statusmeldung.objects.get(zurueckgezogen_am=None).nachfolger == ziele[2]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_correct_at_once_the_second_is_asked(buero, kollegin, meldung):
    formulare = [Korrektur(buero, meldung), Korrektur(kollegin, meldung)]
    codes = []

    def korrigiere(nummer: int) -> None:
        neu = {"grund": "Falsch.", "text": f"Fassung {nummer}.", "_save": "1"}
        formular = formulare[nummer]
        codes.append(formular.client.post(formular.url, formular.daten | neu).status_code)

    assert nebeneinander(lambda: korrigiere(0), lambda: korrigiere(1)) == []
    assert sorted(codes) in ([200, 302], [302, 302])  # refused, or led away from what is withdrawn
    assert Statusmeldung.objects.filter(zurueckgezogen_am=None).count() == 1
