"""Every model: list, search, add, change, history, restore; nobody else gets in."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import escape

from bochum_strategie.datenstand import OeffentlichesModell
from tests.factories import FACTORIES
from tests.test_datenstand import OEFFENTLICH

from .formulare import MODELLE, adresse, eingaben, fehler, kleinste_eingabe

# Django's own templates of the administration ask for variables that are not always there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

jedes_modell = pytest.mark.parametrize("modell", MODELLE, ids=lambda modell: modell.__name__)


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


@jedes_modell
def test_the_smallest_valid_input_makes_a_row(admin_client, modell):
    url = adresse(modell, "add")
    daten = eingaben(admin_client.get(url)) | kleinste_eingabe(modell)
    vorher = modell.objects.count()
    antwort = admin_client.post(url, daten)
    assert antwort.status_code == 302, fehler(antwort)
    assert modell.objects.count() == vorher + 1
    zeile = modell.objects.order_by("pk").last()
    zeile.full_clean()
    eintrag = zeile.geschichte.get()
    assert (eintrag.history_type, eintrag.history_user.username) == ("+", "admin")


@jedes_modell
def test_nothing_typed_is_lost_when_something_is_missing(admin_client, modell):
    url = adresse(modell, "add")
    daten = eingaben(admin_client.get(url)) | kleinste_eingabe(modell)
    pflicht = {
        name
        for name, feld in admin_client.get(url).context["adminform"].form.fields.items()
        if feld.required
    }
    weg = sorted(pflicht & set(daten))[0]
    antwort = admin_client.post(url, daten | {weg: ""})
    assert fehler(antwort) == {weg: ["Dieses Feld ist zwingend erforderlich."]}
    assert eingaben(antwort).items() >= {k: str(v) for k, v in daten.items() if k != weg}.items()


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
    feld = next(
        feld
        for feld in modell._meta.fields
        if feld.get_internal_type() in ("CharField", "TextField", "PositiveSmallIntegerField")
        and feld.editable
        and not feld.choices
        and feld.name != "kennung"
    ) if modell.__name__ not in OHNE_TEXT else modell._meta.get_field(OHNE_TEXT[modell.__name__][0])
    url = adresse(modell, "change", zeile.pk)
    alt = getattr(zeile, feld.name)
    neu = OHNE_TEXT.get(modell.__name__, ("", 77 if isinstance(alt, int) else "Neuer Wortlaut"))[1]
    antwort = admin_client.post(url, eingaben(admin_client.get(url)) | {feld.name: neu})
    assert antwort.status_code == 302, fehler(antwort)
    seite = admin_client.get(adresse(modell, "history", zeile.pk)).content.decode()
    assert "admin" in seite
    assert escape(feld.verbose_name.capitalize()[1:]) in seite
    erste = zeile.geschichte.earliest()
    fassung = adresse(modell, "simple_history", zeile.pk, erste.history_id)
    assert "Diese Fassung wiederherstellen" in admin_client.get(fassung).content.decode()
    assert admin_client.post(fassung).status_code == 302
    assert getattr(modell.objects.get(pk=zeile.pk), feld.name) == alt
    assert zeile.geschichte.count() == 3


# Models without a free text: the field to be changed and its new value.
OHNE_TEXT = {
    "FruehererSlug": ("slug", "noch-eine"),
    "Beschlusswirkung": ("text", "Neuer Wortlaut"),
    "Querschnittszuordnung": ("quelle", None),
    "Barrierefreiheitserklaerung": ("pruefung", "Selbstbewertung"),
    "Besetzung": ("bezug", "ab"),
}


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
