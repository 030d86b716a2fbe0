"""Every model: list, search, add, change, history, restore; nobody else gets in."""

import html

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.text import capfirst

from grundlage.datenstand import OeffentlichesModell
from kernaktivitaeten.models import (
    Kernaktivitaet,
    Querschnittszuordnung,
    Ratsbeschluss,
    Statusmeldung,
)
from stempel.models import Stempelung, Stempelvorlage
from tests.factories import FACTORIES, QuerschnittsthemaFactory
from tests.grundlage.test_datenstand import OEFFENTLICH
from tests.verwaltung.formulare import (
    MODELLE,
    NIE_ANGELEGT,
    adresse,
    eingaben,
    fehler,
    kleinste_eingabe,
    leeres_formular,
    loesche,
    nimm_auf,
)

# Django's own templates of the administration ask for variables that are not always there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

jedes_modell = pytest.mark.parametrize("modell", MODELLE, ids=lambda modell: modell.__name__)
jedes_neue = pytest.mark.parametrize(
    "modell", [m for m in MODELLE if m not in NIE_ANGELEGT], ids=lambda modell: modell.__name__
)


def test_every_public_model_can_be_edited():
    assert set(MODELLE) == set(OEFFENTLICH)
    assert all(issubclass(modell, OeffentlichesModell) for modell in MODELLE)


@jedes_modell
def test_the_list_shows_rows_and_finds_them(admin_client, modell):
    zeile = FACTORIES[modell]()
    antwort = admin_client.get(adresse(modell, "changelist"))
    assert zeile in antwort.context["cl"].result_list
    assert adresse(modell, "change", zeile.pk) in antwort.content.decode()
    antwort = admin_client.get(adresse(modell, "changelist"), {"q": "gibt es ganz sicher nicht"})
    assert antwort.context["cl"].result_count == 0


@jedes_modell
def test_the_list_searches_without_case_and_umlauts(admin_client, modell):
    zeile = FACTORIES[modell]()
    suchfeld = admin_client.get(adresse(modell, "changelist")).context["cl"].search_fields[0]
    wert = zeile
    for teil in suchfeld.split("__"):
        wert = getattr(wert, teil)
    antwort = admin_client.get(adresse(modell, "changelist"), {"q": str(wert).upper()})
    assert zeile in antwort.context["cl"].result_list


@pytest.mark.parametrize("modell", NIE_ANGELEGT, ids=lambda modell: modell.__name__)
def test_what_the_portal_writes_is_not_added_by_hand(admin_client, modell):
    assert admin_client.get(adresse(modell, "add")).status_code == 403


@jedes_neue
def test_the_smallest_valid_input_makes_a_row(admin_client, modell):
    url = adresse(modell, "add")
    daten = eingaben(leeres_formular(admin_client, modell)) | kleinste_eingabe(modell)
    vorher = modell.objects.count()
    antwort = admin_client.post(url, daten)
    assert antwort.status_code == 302, fehler(antwort)
    assert modell.objects.count() == vorher + 1
    zeile = modell.objects.order_by("pk").last()
    zeile.full_clean()
    eintrag = zeile.geschichte.get()
    assert (eintrag.history_type, eintrag.history_user.username) == ("+", "admin")


@jedes_neue
def test_nothing_typed_is_lost_when_something_is_missing(admin_client, modell):
    url = adresse(modell, "add")
    daten = eingaben(leeres_formular(admin_client, modell)) | kleinste_eingabe(modell)
    pflicht = {
        name
        for name, feld in leeres_formular(admin_client, modell)
        .context["adminform"]
        .form.fields.items()
        if feld.required
    }
    weg = sorted(pflicht & set(daten))[0]
    antwort = admin_client.post(url, daten | {weg: ""})
    assert fehler(antwort) == {weg: ["Dieses Feld ist zwingend erforderlich."]}
    # No browser sends a file a second time by itself.
    texte = {k: str(v) for k, v in daten.items() if k != weg and not hasattr(v, "read")}
    assert eingaben(antwort).items() >= texte.items()


@jedes_modell
def test_a_row_is_saved_unchanged(admin_client, modell):
    zeile = FACTORIES[modell]()
    url = adresse(modell, "change", zeile.pk)
    vorher = modell.objects.filter(pk=zeile.pk).values().get()
    antwort = admin_client.post(url, eingaben(admin_client.get(url)))
    assert antwort.status_code == 302, fehler(antwort)
    assert modell.objects.filter(pk=zeile.pk).values().get() == vorher


@jedes_modell
def test_the_history_tells_who_changed_what_and_takes_it_back(admin_client, modell):
    zeile = FACTORIES[modell]()
    if modell is Querschnittszuordnung:
        pytest.skip("has relations only: the next test")
    name, neu = AENDERUNG.get(modell.__name__, ("titel", "Neuer Wortlaut"))
    alt = getattr(zeile, name)
    url = adresse(modell, "change", zeile.pk)
    antwort = admin_client.post(url, eingaben(admin_client.get(url)) | {name: neu})
    assert antwort.status_code == 302, fehler(antwort)
    seite = html.unescape(admin_client.get(adresse(modell, "history", zeile.pk)).content.decode())
    assert "von admin" in seite
    assert f"<dt>{capfirst(modell._meta.get_field(name).verbose_name)}</dt>" in seite
    assert f"<dd><del>{alt or 'leer'}</del> → <ins>{neu}</ins></dd>" in seite.replace(
        "ab: gilt seitdem", "ab"
    ).replace("Stand: so berichtet, Beginn unbekannt", "stand")
    fassung = zeile.geschichte.earliest().history_id
    erste = adresse(modell, "simple_history", zeile.pk, fassung)
    assert "Diese Fassung wiederherstellen" in admin_client.get(erste).content.decode()
    assert nimm_auf(admin_client, modell, zeile.pk, fassung).status_code == 302
    assert getattr(modell.objects.get(pk=zeile.pk), name) == alt
    assert zeile.geschichte.count() == 3


# The field of a model that the test changes and its new value; "titel" for all others.
AENDERUNG = {
    "Wesenskernteil": ("lesart", "Neuer Wortlaut"),
    "StrategischesZiel": ("langfassung", "Neuer Wortlaut"),
    "Tranche": ("nr", 7),
    "Beschlusswirkung": ("text", "Neuer Wortlaut"),
    "Statusmeldung": ("text", "Neuer Wortlaut"),
    "Bilanz": ("gesamt", 77),
    "Stelle": ("name", "Neuer Wortlaut"),
    "Person": ("name", "Neuer Wortlaut"),
    "Besetzung": ("bezug", "ab"),
    "Verantwortung": ("wortlaut", "Neuer Wortlaut"),
    "Projektziel": ("text", "Neuer Wortlaut"),
    "Messwert": ("text", "Neuer Wortlaut"),
    "Planangabe": ("text", "Neuer Wortlaut"),
    "Angabe": ("text", "Neuer Wortlaut"),
    "Bezeichnung": ("text", "Neuer Wortlaut"),
    "Zuordnung": ("begruendung", "Neuer Wortlaut"),
    "Ort": ("bezeichnung", "Neuer Wortlaut"),
    "Meilenstein": ("text", "Neuer Wortlaut"),
    "Barrierefreiheitserklaerung": ("pruefung", "Selbstbewertung"),
    "Ausnahme": ("inhalt", "Neuer Wortlaut"),
    "Stempelvorlage": ("anmerkung", "Neuer Wortlaut"),
    "Stempelung": ("zweck", "Neuer Wortlaut"),
}


def test_a_theme_assigned_by_mistake_is_taken_back(admin_client):
    zeile = FACTORIES[Querschnittszuordnung]()
    alt, neu = zeile.thema, QuerschnittsthemaFactory(titel="Klima")
    url = adresse(Querschnittszuordnung, "change", zeile.pk)
    assert admin_client.post(url, eingaben(admin_client.get(url)) | {"thema": neu.pk}).url
    seite = admin_client.get(adresse(Querschnittszuordnung, "history", zeile.pk)).content.decode()
    assert f"<del>{alt}</del> → <ins>Klima</ins>" in seite
    erste = zeile.geschichte.earliest().history_id
    nimm_auf(admin_client, Querschnittszuordnung, zeile.pk, erste)
    zeile.refresh_from_db()
    assert zeile.thema == alt


@jedes_modell
def test_what_was_deleted_can_be_taken_up_again(admin_client, modell):
    zeile = FACTORIES[modell]()
    if modell in NIE_GELOESCHT:
        assert admin_client.post(adresse(modell, "delete", zeile.pk)).status_code == 403
        return
    werte = modell.objects.filter(pk=zeile.pk).values().get()
    pk = zeile.pk
    antwort = loesche(admin_client, modell, pk, follow=True)
    assert not modell.objects.filter(pk=pk).exists()
    verlauf = adresse(modell, "history", pk)
    assert verlauf in antwort.content.decode()
    assert "Gelöscht" in admin_client.get(verlauf).content.decode()
    letzte = modell.geschichte.filter(id=pk).latest()
    assert letzte.history_change_reason == "Doppelt erfasst"
    fassung = letzte.history_id
    assert nimm_auf(admin_client, modell, pk, fassung).status_code == 302
    assert modell.objects.filter(pk=pk).values().get() == werte


# Some of them only because the factories make them public.
NIE_GELOESCHT = {Kernaktivitaet, Ratsbeschluss, Statusmeldung, Stempelung, Stempelvorlage}


@jedes_modell
def test_nobody_else_gets_in(client, modell):
    zeile = FACTORIES[modell]()
    leser = Client()
    leser.force_login(User.objects.create_user("leser"))
    fremd = Client()
    fremd.force_login(User.objects.create_user("ohne-rechte", is_staff=True))
    seiten = ("changelist", "add"), ("change", "history", "delete")
    for seite in seiten[0]:
        _kommt_nicht_hinein(client, leser, fremd, adresse(modell, seite))
    for seite in seiten[1]:
        _kommt_nicht_hinein(client, leser, fremd, adresse(modell, seite, zeile.pk))
    zeile.save()
    fassung = zeile.geschichte.latest()
    url = adresse(modell, "simple_history", zeile.pk, fassung.history_id)
    _kommt_nicht_hinein(client, leser, fremd, url)


def _kommt_nicht_hinein(anonym, leser, fremd, url):
    for wer in (anonym, leser):
        for antwort in (wer.get(url), wer.post(url)):
            assert antwort.status_code == 302
            assert antwort["Location"].startswith("/verwaltung/login/")
    assert fremd.get(url).status_code == 403
    assert fremd.post(url).status_code == 403
