"""Taking many changes back at once: all of them, or a sentence why not."""

import pytest
from django.contrib.auth.models import Permission, User

from kernaktivitaeten.models import Angabe, Bezeichnung, Kernaktivitaet, Zuordnung
from tests import factories as f
from verwaltung.models import Stapel
from verwaltung.stapel import NichtRuecknehmbar, nimm_zurueck, stapel, zeilen

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
]


@pytest.fixture
def nutzer():
    return User.objects.create_superuser("redaktion")


@pytest.fixture
def ka():
    return f.KernaktivitaetFactory(titel="alt", slug="alt")


def werte(modell) -> list[dict]:
    return list(modell.objects.order_by("pk").values())


def test_new_changed_and_deleted_rows_are_put_back(nutzer, ka):
    weg = f.ZuordnungFactory(kernaktivitaet=ka)
    vorher = [werte(modell) for modell in (Kernaktivitaet, Zuordnung, Angabe, Bezeichnung)]
    with stapel(nutzer, Stapel.Art.MAPPE, "mappe.xlsx") as neu:
        ka.titel, ka.slug = "neu", "neu"
        ka.save()
        ka.titel = "ganz neu"
        ka.save()
        f.BezeichnungFactory(kernaktivitaet=ka, text="alt")
        f.AngabeFactory(kernaktivitaet=ka)
        weg.delete()
        f.OrtFactory(kernaktivitaet=ka).delete()  # came and went within
    assert [(z.modell, z.vorher is None, z.nachher is None) for z in zeilen(neu)] == [
        (Kernaktivitaet, False, False),
        (Bezeichnung, True, False),
        (zeilen(neu)[2].modell, True, False),  # the source of the Angabe
        (Angabe, True, False),
        (Zuordnung, False, True),
        (zeilen(neu)[5].modell, True, False),  # the source of the place
    ]
    assert Zuordnung.objects.count() == 0
    nimm_zurueck(neu.pk, nutzer)
    assert vorher == [werte(m) for m in (Kernaktivitaet, Zuordnung, Angabe, Bezeichnung)]
    neu.refresh_from_db()
    assert neu.zurueckgenommen_von == nutzer
    assert ka.geschichte.latest().history_change_reason == "Zurückgenommen: Excel-Mappe: mappe.xlsx"
    with pytest.raises(NichtRuecknehmbar, match="schon zurückgenommen"):
        nimm_zurueck(neu.pk, nutzer)


def test_rows_without_a_history_are_put_back_too(nutzer, ka):
    Kernaktivitaet.geschichte.all().delete()  # as it is with the delivered rows
    with stapel(nutzer, Stapel.Art.MAPPE, "x") as neu:
        ka.titel = "neu"
        ka.save()
    nimm_zurueck(neu.pk, nutzer)
    assert Kernaktivitaet.objects.get().titel == "alt"


def test_an_exception_undoes_all_of_it(nutzer, ka):
    def scheitert():
        with stapel(nutzer, Stapel.Art.MAPPE, "x"):
            ka.titel = "neu"
            ka.save()
            raise ValueError("nein")

    with pytest.raises(ValueError, match="nein"):
        scheitert()
    assert Kernaktivitaet.objects.get().titel == "alt"
    assert not Stapel.objects.exists()


def _aendere(ka, andere, angabe):
    Kernaktivitaet.objects.filter(pk=ka.pk).update(titel="später")
    return "Kernaktivität „neu“ wurde seither geändert oder gelöscht."


def _loesche(ka, andere, angabe):
    angabe.delete()
    return "Angabe „Die Fläche umfasst 68 Hektar.“ wurde seither geändert oder gelöscht."


def _haenge_an(ka, andere, angabe):
    f.ZuordnungFactory(kernaktivitaet=andere)
    return "An Kernaktivität „dazugekommen“ hängen inzwischen weitere Einträge."


def _halte_fest(ka, andere, angabe):
    f.OrtFactory(kernaktivitaet=andere)
    return "An Kernaktivität „dazugekommen“ hängen inzwischen weitere Einträge."


def _nimm_den_platz(ka, andere, angabe):
    f.KernaktivitaetFactory(slug="alt")
    return "Kernaktivität „neu“ passt nicht mehr zu dem, was inzwischen gespeichert ist."


def _brich_eine_regel(ka, andere, angabe):
    f.hiess_frueher(f.KernaktivitaetFactory(), "alt")
    return "Die Adresse einer Seite war nie die einer anderen"


@pytest.mark.parametrize(
    "seither", [_aendere, _loesche, _haenge_an, _halte_fest, _nimm_den_platz, _brich_eine_regel]
)
def test_it_is_refused_as_a_whole_when_something_came_in_between(nutzer, ka, seither):
    with stapel(nutzer, Stapel.Art.MAPPE, "x") as neu:
        ka.titel, ka.slug = "neu", "neu"
        ka.save()
        andere = f.KernaktivitaetFactory(titel="dazugekommen")
        angabe = f.AngabeFactory(kernaktivitaet=ka)
    grund = seither(ka, andere, angabe)
    vorher = [werte(Kernaktivitaet), werte(Angabe)]
    with pytest.raises(NichtRuecknehmbar) as fehler:
        nimm_zurueck(neu.pk, nutzer)
    assert any(grund in satz for satz in fehler.value.args)
    assert vorher == [werte(Kernaktivitaet), werte(Angabe)]
    neu.refresh_from_db()
    assert neu.zurueckgenommen_am is None


def test_a_rule_that_was_broken_before_does_not_stand_in_the_way(nutzer, ka):
    alt = f.ZuordnungFactory(kernaktivitaet=ka)
    Zuordnung.objects.filter(pk=alt.pk).update(schwerpunkt=f.SchwerpunktFactory())
    with stapel(nutzer, Stapel.Art.MAPPE, "x") as neu:
        ka.titel = "neu"
        ka.save()
    nimm_zurueck(neu.pk, nutzer)
    ka.refresh_from_db()
    assert ka.titel == "alt"


# ── Pages ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def gespeichert(nutzer, ka):
    with stapel(nutzer, Stapel.Art.MAPPE, "mappe.xlsx") as neu:
        ka.titel = "neu"
        ka.save()
        f.AngabeFactory(kernaktivitaet=ka)
    return neu


def seite(stapel) -> str:
    return f"/verwaltung/verwaltung/stapel/{stapel.pk}/"


def test_the_page_shows_what_was_changed_and_takes_it_back(admin_client, ka, gespeichert):
    liste = admin_client.get("/verwaltung/verwaltung/stapel/").content.decode()
    assert f"{seite(gespeichert)}change/" in liste
    inhalt = admin_client.get(f"{seite(gespeichert)}change/").content.decode()
    assert "<del>alt</del> → <ins>neu</ins>" in inhalt
    assert f"/verwaltung/kernaktivitaeten/kernaktivitaet/{ka.pk}/history/" in inhalt
    assert admin_client.get(f"{seite(gespeichert)}zuruecknehmen/").status_code == 405
    antwort = admin_client.post(f"{seite(gespeichert)}zuruecknehmen/", follow=True)
    assert "ist als Ganzes zurückgenommen." in antwort.content.decode()
    assert "Alles zurücknehmen" not in antwort.content.decode()
    ka.refresh_from_db()
    assert ka.titel == "alt"


def test_the_page_says_why_it_cannot_be_taken_back(admin_client, ka, gespeichert):
    ka.nr = 77
    ka.save()
    antwort = admin_client.post(f"{seite(gespeichert)}zuruecknehmen/")
    assert "Kernaktivität „neu“ wurde seither geändert" in antwort.content.decode()
    assert Kernaktivitaet.objects.get().titel == "neu"


def test_a_stapel_is_not_edited_or_deleted(admin_client, gespeichert):
    assert admin_client.post(f"{seite(gespeichert)}change/", {"titel": "x"}).status_code == 200
    assert admin_client.post(f"{seite(gespeichert)}delete/", {"post": "yes"}).status_code == 403
    assert admin_client.get("/verwaltung/verwaltung/stapel/add/").status_code == 403
    assert Stapel.objects.get().titel == "mappe.xlsx"


def test_only_who_may_change_all_of_it_takes_it_back(client, gespeichert):
    wer = User.objects.create_user("teils", is_staff=True)
    client.force_login(wer)
    assert client.get(f"{seite(gespeichert)}change/").status_code == 403
    namen = ["view_stapel", "change_kernaktivitaet", "change_quelle"]
    wer.user_permissions.set(Permission.objects.filter(codename__in=namen))
    inhalt = client.get(f"{seite(gespeichert)}change/").content.decode()
    assert "Alles zurücknehmen" not in inhalt
    assert client.post(f"{seite(gespeichert)}zuruecknehmen/").status_code == 403
    wer.user_permissions.add(Permission.objects.get(codename="change_angabe"))
    assert client.post(f"{seite(gespeichert)}zuruecknehmen/").status_code == 302


def test_everybody_sees_their_own(client, gespeichert):
    wer = User.objects.create_user("eigen", is_staff=True)
    client.force_login(wer)
    assert client.get(f"{seite(gespeichert)}change/").status_code == 403
    Stapel.objects.update(erstellt_von=wer)
    assert client.get(f"{seite(gespeichert)}change/").status_code == 200
    assert client.post(f"{seite(gespeichert)}zuruecknehmen/").status_code == 403


@pytest.mark.parametrize("nummer", ["0", "abc", "9" * 40])
def test_a_stapel_that_is_not_there_is_not_found(admin_client, nummer):
    antwort = admin_client.get(f"/verwaltung/verwaltung/stapel/{nummer}/change/")
    assert antwort.status_code == 404
