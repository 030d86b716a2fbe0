"""The history: what is recorded, what is not, and what comes back."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db.models import Q
from django.test import Client

from grundlage import rollen
from grundlage.datenstand import AUSGANGSSTAND, OeffentlichesModell, datenstand
from kernaktivitaeten.models import Bezeichnung, Kernaktivitaet, Stelle, Zuordnung
from tests import factories as f
from tests.grundlage.test_datenstand import OEFFENTLICH
from tests.verwaltung.formulare import adresse, eingaben, loesche, nimm_auf
from verwaltung.geschichte import lesbar
from verwaltung.models import Stapel
from zielsystem import rules
from zielsystem.models import Zielelement

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def baum_ist_heil() -> bool:
    return all(rules.element_steht_richtig_im_baum(z) for z in Zielelement.objects.all())


def stelle_wieder_her(client, zeile, fassung):
    return nimm_auf(client, type(zeile), zeile.pk, fassung.history_id, follow=True)


@pytest.mark.parametrize("modell", OEFFENTLICH, ids=lambda modell: modell.__name__)
def test_every_public_model_has_a_history_that_is_not_public(modell):
    fassungen = modell.geschichte.model
    assert not issubclass(fassungen, OeffentlichesModell)
    spalten = {feld.attname for feld in modell._meta.concrete_fields}
    erfasst = {feld.attname for feld in fassungen._meta.concrete_fields}
    assert spalten - erfasst == set(modell.ohne_geschichte)


def test_history_itself_does_not_count():
    zeile = f.StelleFactory()
    vorher = datenstand()
    zeile.geschichte.all().delete()
    assert datenstand() == vorher


def test_fixtures_leave_no_history_and_the_first_change_keeps_what_was_before(tmp_path):
    zeile = f.StelleFactory(name="Alt")
    datei = tmp_path / "stelle.json"
    with datei.open("w") as ausgabe:
        call_command("dumpdata", "kernaktivitaeten.stelle", stdout=ausgabe)
    zeile.delete()
    Stelle.geschichte.all().delete()
    call_command("loaddata", datei, verbosity=0)
    assert not Stelle.geschichte.exists()
    zeile = Stelle.objects.get()
    zeile.name = "Neu"
    zeile.save()
    neu, alt = zeile.geschichte.all()
    assert (alt.name, alt.history_change_reason, neu.name) == ("Alt", AUSGANGSSTAND, "Neu")
    zeile.save()
    assert zeile.geschichte.count() == 3


def test_the_history_of_a_delivered_row_begins_with_its_first_state(admin_client):
    zeile = f.StelleFactory(name="Alt")
    zeile.geschichte.all().delete()
    seite = admin_client.get(adresse(Stelle, "history", zeile.pk)).content.decode()
    assert "Seit der Auslieferung wurde hier nichts geändert." in seite
    url = adresse(Stelle, "change", zeile.pk)
    admin_client.post(url, eingaben(admin_client.get(url)) | {"name": "Neu"})
    seite = admin_client.get(adresse(Stelle, "history", zeile.pk)).content.decode()
    assert "<del>Alt</del> → <ins>Neu</ins>" in seite
    assert "Ausgangsstand" in seite


def test_values_are_shown_as_people_read_them(admin_client):
    meldung = f.StatusmeldungFactory(status="laufend", bezug="ab")
    meldung.status, meldung.abgeleitet, meldung.beschluss = (
        "umgesetzt",
        True,
        f.RatsbeschlussFactory(titel="Haushalt"),
    )
    meldung.save()
    seite = admin_client.get(adresse(type(meldung), "history", meldung.pk)).content.decode()
    for zeile in (
        "<del>laufend</del> → <ins>umgesetzt</ins>",
        "<del>nein</del> → <ins>ja</ins>",
        "<del>leer</del> → <ins>Haushalt (27.09.2018)</ins>",
        "ohne Anmeldung",
    ):
        assert zeile in seite


def test_an_old_place_in_the_tree_comes_back_and_the_tree_is_right(admin_client):
    schwerpunkt = f.SchwerpunktFactory()
    alt, neu = schwerpunkt.eltern, f.KompetenzFactory()
    f.SchwerpunktFactory(eltern=neu)
    url = adresse(Zielelement, "change", schwerpunkt.pk)
    admin_client.post(url, eingaben(admin_client.get(url)) | {"eltern": neu.pk})
    schwerpunkt.refresh_from_db()
    assert schwerpunkt.eltern == neu
    stelle_wieder_her(admin_client, schwerpunkt, schwerpunkt.geschichte.earliest())
    schwerpunkt.refresh_from_db()
    assert schwerpunkt.eltern == alt
    assert baum_ist_heil()


def test_a_deleted_node_comes_back_into_a_right_tree(admin_client):
    schwerpunkt = f.SchwerpunktFactory()
    f.SchwerpunktFactory(eltern=schwerpunkt.eltern)
    pk = schwerpunkt.pk
    loesche(admin_client, Zielelement, pk)
    assert not Zielelement.objects.filter(pk=pk).exists()
    schwerpunkt.pk = pk
    stelle_wieder_her(admin_client, schwerpunkt, Zielelement.geschichte.filter(id=pk).latest())
    assert Zielelement.objects.get(pk=pk).ebene == 2
    assert baum_ist_heil()


def test_an_old_version_that_breaks_a_rule_or_a_constraint_is_not_restored(admin_client):
    zuordnung = f.ZuordnungFactory(primaer=True)
    ka, alte = zuordnung.kernaktivitaet, f.KompetenzFactory()
    Kernaktivitaet.objects.filter(pk=ka.pk).update(kompetenz=alte)
    ka.geschichte.all().delete()
    eigene = ka.kompetenz
    ka.refresh_from_db()
    ka.kompetenz = eigene
    ka.save()
    antwort = stelle_wieder_her(admin_client, ka, ka.geschichte.earliest())
    assert "Der Hauptschwerpunkt liegt in der Kompetenz der Kernaktivität." in (
        antwort.content.decode()
    )
    ka.refresh_from_db()
    assert ka.kompetenz == eigene


def test_an_old_version_is_not_restored_over_the_address_of_another(admin_client):
    stelle = f.StelleFactory(slug="alt")
    stelle.slug = "neu"
    stelle.save()
    f.StelleFactory(slug="alt")
    antwort = stelle_wieder_her(admin_client, stelle, stelle.geschichte.earliest())
    assert "Adresse: Stelle mit diesem" in antwort.content.decode()
    stelle.refresh_from_db()
    assert stelle.slug == "neu"


def test_restoring_an_old_address_keeps_the_newer_one_as_former(admin_client, client):
    ka = f.KernaktivitaetFactory(slug="alt")
    ka.slug = "neu"
    ka.save()
    stelle_wieder_her(admin_client, ka, ka.geschichte.earliest())
    assert client.get("/kernaktivitaeten/neu/")["Location"] == "/kernaktivitaeten/alt/"
    assert ka.geschichte.latest().history_user.username == "admin"
    grund = ka.geschichte.latest().history_change_reason
    assert re.fullmatch(r"Wiederhergestellt: Fassung vom \d\d\.\d\d\.\d{4}, \d\d:\d\d Uhr", grund)


def test_readers_get_no_cookie_and_no_vary_by_the_history():
    antwort = Client().get("/methodik/")
    assert not antwort.cookies
    assert "Cookie" not in antwort.headers.get("Vary", "")


def test_the_message_says_which_version_came_back(admin_client):
    stelle = f.StelleFactory(name="Alt")
    stelle.geschichte.update(history_date=datetime(2026, 1, 31, 23, 30, tzinfo=UTC))
    stelle.name = "Neu"
    stelle.save()
    antwort = stelle_wieder_her(admin_client, stelle, stelle.geschichte.earliest())
    satz = "Die Fassung vom 01.02.2026, 00:30 Uhr von „Alt“ wurde wiederhergestellt."
    assert satz in antwort.content.decode()


def test_who_may_not_add_rows_does_not_bring_back_deleted_ones(client, monkeypatch):
    stelle = f.StelleFactory()
    pk = stelle.pk
    stelle.delete()
    wer = User.objects.create_user("ina", password="x", is_staff=True)
    wer.groups.add(Group.objects.get(name=rollen.Rolle.STRATEGIEBUERO))
    alle = Q(content_type__model="stelle")
    monkeypatch.setitem(
        rollen.RECHTE, rollen.Rolle.STRATEGIEBUERO, alle & ~Q(codename__startswith="add")
    )
    client.force_login(wer)
    url = adresse(Stelle, "simple_history", pk, Stelle.geschichte.latest().history_id)
    assert "Diese Fassung wiederherstellen" not in client.get(url).content.decode()
    assert client.post(url).status_code == 403
    monkeypatch.setitem(rollen.RECHTE, rollen.Rolle.STRATEGIEBUERO, alle)
    assert "Diese Fassung wiederherstellen" in client.get(url).content.decode()
    fassung = Stelle.geschichte.latest().history_id
    assert nimm_auf(client, Stelle, pk, fassung).status_code == 302
    assert Stelle.objects.filter(pk=pk).exists()


def test_addresses_that_name_no_row_are_not_found(admin_client):
    stelle = f.StelleFactory()
    fassung = stelle.geschichte.get().history_id
    for url in (
        adresse(Stelle, "history", "abc"),
        adresse(Stelle, "history", "9" * 30),
        adresse(Stelle, "simple_history", "abc", fassung),
        adresse(Stelle, "simple_history", stelle.pk, "abc"),
    ):
        assert admin_client.get(url).status_code == 404, url


def test_the_history_of_a_kernaktivitaet_leads_to_what_was_deleted_below_it(admin_client):
    zuordnung = f.ZuordnungFactory()
    ka, pk = zuordnung.kernaktivitaet, zuordnung.pk
    fremde = f.BezeichnungFactory(text="Eine fremde")
    bleibt = f.BezeichnungFactory(kernaktivitaet=ka, text="Sie bleibt")
    url = adresse(Kernaktivitaet, "history", ka.pk)
    assert "Gelöscht, was hierher gehörte" not in admin_client.get(url).content.decode()
    zuordnung.delete()
    fremde.delete()
    seite = admin_client.get(url).content.decode()
    assert adresse(Zuordnung, "history", pk) in seite
    assert f"Zuordnung zu einem Schwerpunkt „{ka} → " in seite
    assert "Eine fremde" not in seite
    assert adresse(Bezeichnung, "history", bleibt.pk) not in seite
    zuordnung.pk = pk
    stelle_wieder_her(admin_client, zuordnung, Zuordnung.geschichte.filter(id=pk).latest())
    assert "Gelöscht, was hierher gehörte" not in admin_client.get(url).content.decode()


def test_the_way_to_the_history_is_called_as_the_page_is(admin_client):
    stelle = f.StelleFactory()
    seite = admin_client.get(adresse(Stelle, "change", stelle.pk)).content.decode()
    assert re.search(r'class="historylink">Verlauf<', seite)


def test_a_moment_is_shown_where_the_portal_is():
    """At night another day than in UTC, in summer two hours later."""
    feld = Stapel._meta.get_field("erstellt_am")
    assert lesbar(feld, datetime(2026, 1, 31, 23, 30, tzinfo=UTC)) == "01.02.2026, 00:30 Uhr"
    assert lesbar(feld, datetime(2026, 7, 1, 12, 5, tzinfo=UTC)) == "01.07.2026, 14:05 Uhr"
    assert lesbar(feld, None) == "leer"
