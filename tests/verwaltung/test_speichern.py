"""Saving and deleting: addresses, what may go, and dates."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from grundlage.stichtag import heute
from kernaktivitaeten.models import (
    Beschlusswirkung,
    Bilanz,
    Kernaktivitaet,
    Planangabe,
    Ratsbeschluss,
    Statusmeldung,
    Stelle,
    Verantwortung,
)
from tests import factories as f
from tests.verwaltung.formulare import adresse, aendere, eingaben, fehler, lege_an
from verwaltung.basis import INZWISCHEN, PortalAdmin
from zielsystem.models import Quelle
from zielsystem.rules import adresse_war_nie_die_einer_anderen, satz

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


# ── Addresses ─────────────────────────────────────────────────────────────────────────────────


def test_an_address_is_made_from_the_title(admin_client):
    lege_an(admin_client, Kernaktivitaet, titel="Bürger*innenhaus: Grün & Öffentliches für Große")
    slug = Kernaktivitaet.objects.get().slug
    assert slug == "buergerinnenhaus-gruen-oeffentliches-fuer-grosse"


def test_a_title_without_latin_letters_needs_an_address(admin_client):
    for titel in ("Приднестровье", "+++"):
        antwort = lege_an(admin_client, Kernaktivitaet, titel=titel)
        assert fehler(antwort) == {"slug": ["Bitte geben Sie eine Adresse ein."]}
    assert not Kernaktivitaet.objects.exists()
    antwort = lege_an(admin_client, Kernaktivitaet, titel="Приднестровье", slug="transnistrien")
    assert antwort.status_code == 302


def test_a_former_address_leads_to_the_present_one(admin_client, client):
    ka = f.KernaktivitaetFactory(slug="alt")
    assert aendere(admin_client, ka, slug="neu").status_code == 302
    antwort = client.get("/kernaktivitaeten/alt/")
    assert (antwort.status_code, antwort["Location"]) == (302, "/kernaktivitaeten/neu/")
    assert aendere(admin_client, ka, slug="alt").status_code == 302
    assert client.get("/kernaktivitaeten/alt/").status_code == 200
    assert client.get("/kernaktivitaeten/neu/")["Location"] == "/kernaktivitaeten/alt/"


def test_the_former_address_of_another_one_stays_its_own(admin_client):
    """Whatever the kind of the row: all that have an address of their own."""
    fabriken = [fabrik for m, fabrik in f.FACTORIES.items() if hasattr(m, "slug")]
    assert len(fabriken) == 7
    for fabrik in fabriken:
        andere = f.hiess_frueher(fabrik(), "haus")
        zeile = fabrik(slug="eigene")
        antwort = aendere(admin_client, zeile, slug="haus")
        assert fehler(antwort) == {"slug": [satz(adresse_war_nie_die_einer_anderen)]}
        antwort = lege_an(admin_client, type(zeile), slug="haus")
        assert fehler(antwort) == {"slug": [satz(adresse_war_nie_die_einer_anderen)]}
        zeile.refresh_from_db()
        assert zeile.slug == "eigene"
        # What is gone leads nowhere any more: its addresses are free.
        type(zeile)._base_manager.filter(pk=andere.pk).delete()
        assert aendere(admin_client, zeile, slug="haus").status_code == 302


def test_what_the_database_refuses_at_the_end_is_not_called_saved(admin_client, monkeypatch):
    """As if another one deleted the source between the check of the form and the end."""
    thema = f.QuerschnittsthemaFactory()
    speichere = PortalAdmin.save_model

    def save_model(self, request, obj, form, change) -> None:
        speichere(self, request, obj, form, change)
        quellen = Quelle.objects.filter(pk=obj.quelle_id)
        quellen._raw_delete(quellen.db)

    monkeypatch.setattr(PortalAdmin, "save_model", save_model)
    antwort = aendere(admin_client, thema, titel="Neuer Titel")
    assert fehler(antwort) == {"": [INZWISCHEN]}
    assert eingaben(antwort)["titel"] == "Neuer Titel"
    assert not list(antwort.context["messages"])
    thema.refresh_from_db()
    assert thema.titel != "Neuer Titel"


# ── Deleting ──────────────────────────────────────────────────────────────────────────────────


def test_what_others_refer_to_cannot_be_deleted_and_the_page_says_why(admin_client):
    meldung = f.StatusmeldungFactory(kernaktivitaet__veroeffentlicht_am=None)
    f.OrtFactory(kernaktivitaet=meldung.kernaktivitaet)
    ka = meldung.kernaktivitaet
    seite = admin_client.get(adresse(Kernaktivitaet, "change", ka.pk)).content.decode()
    grund = "Kann nicht gelöscht werden, denn darauf verweisen: "
    assert f"{grund}Statusmeldungen (1), Orte (1)." in seite
    assert adresse(Kernaktivitaet, "delete", ka.pk) not in seite
    antwort = admin_client.post(adresse(Kernaktivitaet, "delete", ka.pk), {"post": "yes"})
    assert antwort.status_code == 403


def test_a_statement_is_withdrawn_not_deleted(admin_client):
    meldung = f.StatusmeldungFactory()
    seite = admin_client.get(adresse(Statusmeldung, "change", meldung.pk)).content.decode()
    assert "Eine Statusmeldung wird nicht gelöscht, sondern zurückgezogen" in seite


# ── Dates ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("zeit", "heute", "zaehlt_ab"),
    [
        ("08/2024", (2024, 8, 30), date(2024, 8, 30)),
        ("08/2024", (2024, 8, 31), date(2024, 8, 31)),
        ("08/2024", (2024, 9, 1), date(2024, 8, 31)),
        ("2021-23", (2026, 1, 1), date(2023, 12, 31)),
    ],
)
def test_a_statement_counts_from_its_last_day_but_not_after_today(
    admin_client, heute_ist, zeit, heute, zaehlt_ab
):
    heute_ist(*heute)
    antwort = lege_an(admin_client, Statusmeldung, zeit=zeit)
    assert antwort.status_code == 302, fehler(antwort)
    assert Statusmeldung.objects.get().zaehlt_ab == zaehlt_ab


def test_for_a_period_in_the_future_the_day_must_be_said(admin_client, heute_ist):
    heute_ist(2024, 7, 31)
    antwort = lege_an(admin_client, Statusmeldung, zeit="08/2024")
    assert fehler(antwort)["zaehlt_ab"][0].startswith("Der Zeitraum liegt in der Zukunft.")
    antwort = lege_an(admin_client, Statusmeldung, zeit="08/2024", zaehlt_ab="01.08.2024")
    assert antwort.status_code == 302, fehler(antwort)


def test_a_date_that_cannot_be_read_stays_in_its_field(admin_client):
    antwort = lege_an(admin_client, Statusmeldung, zeit="irgendwann im Mai")
    (sentence,) = fehler(antwort)["zeit"]
    assert sentence.startswith("„irgendwann im Mai“ ist kein Datum")
    assert "27.09.2018" in sentence
    assert eingaben(antwort)["zeit"] == "irgendwann im Mai"


def test_a_beschluss_is_recorded_with_its_effects(admin_client):
    ka, quelle = f.KernaktivitaetFactory(), f.QuelleFactory()
    antwort = lege_an(
        admin_client,
        Ratsbeschluss,
        **{
            "wirkungen-TOTAL_FORMS": 1,
            "wirkungen-0-kernaktivitaet": ka.pk,
            "wirkungen-0-wirkung": "beauftragt",
            "wirkungen-0-quelle": quelle.pk,
        },
    )
    assert antwort.status_code == 302, fehler(antwort)
    assert Beschlusswirkung.objects.get().kernaktivitaet == ka


@pytest.mark.parametrize(
    ("modell", "neu", "feld", "satz"),
    [
        (Statusmeldung, {"status": "laufend", "bezug": "ab"}, "quelle", "Ein Status braucht"),
        (Statusmeldung, {"bezug": "ab"}, "bezug", "Zu einem Status gehört ein Bezug"),
        (Statusmeldung, {"zaehlt_ab": "01.09.2024"}, "zaehlt_ab", "„zählt ab“ muss im"),
        (Verantwortung, {"stelle": ""}, "stelle", "Verantwortung trägt entweder eine Stelle"),
        (Verantwortung, {"zeit": "2024"}, "bezug", "Zu einem Datum gehört ein Bezug"),
        (Verantwortung, {"kernaktivitaet": ""}, "kernaktivitaet", "Verantwortung gilt entweder"),
        (Planangabe, {"betrag": "5"}, "art", "Eine geplante Fertigstellung hat einen Termin"),
        (Bilanz, {"eingestellt_ueberfuehrt": 3, "eingestellt": 2}, "eingestellt_ueberfuehrt", "Ei"),
    ],
)
def test_the_sentence_of_a_constraint_stands_at_its_field(admin_client, modell, neu, feld, satz):
    antwort = lege_an(admin_client, modell, **neu)
    assert list(fehler(antwort)) == [feld]
    assert fehler(antwort)[feld][0].startswith(satz)
    assert not modell.objects.exists()


def test_a_race_with_another_editor_is_told_and_loses_nothing(admin_client, monkeypatch):
    def schon_da(self, *args, **kwargs):
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(Stelle, "save", schon_da)
    antwort = lege_an(admin_client, Stelle)
    assert fehler(antwort)[""][0].startswith("Das passt nicht zu dem, was schon gespeichert ist.")
    assert eingaben(antwort)["name"] == "Amt für Mobilität"


def test_what_is_public_is_public_today(admin_client):
    morgen = heute() + timedelta(days=1)
    ka = f.KernaktivitaetFactory(veroeffentlicht_am=None)
    antwort = aendere(admin_client, ka, veroeffentlicht_am=morgen.strftime("%d.%m.%Y"))
    assert fehler(antwort) == {
        "veroeffentlicht_am": ["Der Tag der Veröffentlichung liegt nicht in der Zukunft."]
    }
    antwort = aendere(admin_client, ka, veroeffentlicht_am=heute().strftime("%d.%m.%Y"))
    assert antwort.status_code == 302


def test_a_new_statement_comes_last_unless_its_place_is_said(admin_client):
    ka = f.KernaktivitaetFactory()
    f.PlanangabeFactory(kernaktivitaet=ka, reihenfolge=7)
    f.PlanangabeFactory(reihenfolge=99)
    for reihenfolge, erwartet in (("", 8), ("", 9), ("3", 3)):
        antwort = lege_an(admin_client, Planangabe, kernaktivitaet=ka.pk, reihenfolge=reihenfolge)
        assert antwort.status_code == 302
        assert Planangabe.objects.order_by("-pk").first().reihenfolge == erwartet


def test_a_due_date_fits_its_precision():
    angabe = f.PlanangabeFactory.build(termin_bis=date(2030, 6, 30), termin_genauigkeit="jahr")
    with pytest.raises(ValidationError, match="passt nicht zu seiner Genauigkeit"):
        angabe.clean()
