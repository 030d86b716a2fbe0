"""Two people decide at once: the second sees what the first has saved."""

import pytest
from django.db import connection
from django.test import Client

from kernaktivitaeten import rules
from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Planangabe,
    Statusmeldung,
)
from tests import factories as f
from tests.nebeneinander import nebeneinander
from tests.verwaltung.formulare import adresse, eingaben, loesche
from tests.verwaltung.test_gleichzeitig import Formular, abgelehnt, angemeldet
from zielsystem.models import Quelle, Zielelement
from zielsystem.rules import satz

pytestmark = pytest.mark.ignore_template_errors


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_statements_that_contradict_each_other_are_not_both_saved(admin_user):
    ka = f.StatusmeldungFactory(status="laufend", am="01.01.2020").kernaktivitaet

    def melde(status: str, zeit: str):
        client = Client()
        client.force_login(admin_user)
        url = adresse(Statusmeldung, "add")
        neu = {
            "kernaktivitaet": ka.pk,
            "status": status,
            "bezug": "ab",
            "zeit": zeit,
            "quelle": Quelle.objects.first().pk,
            "text": "Neu",
        }
        formular = eingaben(client.get(url)) | neu
        return lambda: client.post(url, formular)

    for _ in range(5):
        ende, weiter = melde("umgesetzt", "01.01.2022"), melde("laufend", "01.01.2023")
        assert not nebeneinander(ende, weiter)
        assert Statusmeldung.objects.count() == 2
        assert all(map(rules.nach_dem_ende_oeffnet_nur_ein_beschluss, Statusmeldung.objects.all()))
        Statusmeldung.objects.order_by("pk").last().delete()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("korrektur", [False, True], ids=["report", "correct"])
def test_the_same_statement_sent_twice_at_once_is_one(admin_user, korrektur):
    alte = f.StatusmeldungFactory(status="laufend", am="01.01.2020")
    url = adresse(Statusmeldung, "korrigieren", alte.pk) if korrektur else None
    url = url or f"{adresse(Statusmeldung, 'add')}?kernaktivitaet={alte.kernaktivitaet_id}"
    neu = {"zeit": "2021", "status": "laufend", "bezug": "ab", "text": "Neu", "grund": "Falsch"}
    neu["quelle"] = Quelle.objects.first().pk

    def sende():
        client = Client()
        client.force_login(admin_user)
        formular = eingaben(client.get(url)) | neu
        return lambda: client.post(url, formular)

    assert not nebeneinander(sende(), sende())
    assert Statusmeldung.objects.filter(text="Neu").count() == 1
    assert Statusmeldung.objects.filter(zurueckgezogen_am=None).count() == 2 - korrektur


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_stored():
    clients = [angemeldet("anna"), angemeldet("berta")]
    for modell, feld in ((Kernaktivitaet, "titel"), (Zielelement, "titel"), (Planangabe, "text")):
        zeile = f.SchwerpunktFactory() if modell is Zielelement else f.FACTORIES[modell]()
        formulare = [Formular(client, zeile) for client in clients]
        fassungen = modell.geschichte.filter(id=zeile.pk).count()
        antworten = {}

        def sichere(i, feld=feld, formulare=formulare, antworten=antworten):
            antworten[i] = formulare[i].sichere(**{feld: f"Von {i}"})

        assert nebeneinander(lambda s=sichere: s(0), lambda s=sichere: s(1)) == []
        assert sorted(antwort.status_code for antwort in antworten.values()) == [200, 302]
        (zweite,) = [i for i, antwort in antworten.items() if antwort.status_code == 200]
        abgelehnt(antworten[zweite])
        zeile.refresh_from_db()
        assert getattr(zeile, feld) == f"Von {1 - zweite}"
        assert formulare[zweite].daten[feld] == f"Von {zweite}"
        assert modell.geschichte.filter(id=zeile.pk).count() == fassungen + 1


@pytest.mark.django_db
def test_what_a_rule_needs_cannot_be_deleted(admin_client):
    ka = f.StatusmeldungFactory(status="umgesetzt", am="2022").kernaktivitaet
    wirkung = f.BeschlusswirkungFactory(kernaktivitaet=ka, beschluss__am="2023")
    f.StatusmeldungFactory(
        kernaktivitaet=ka, status="laufend", am="2023", beschluss=wirkung.beschluss
    )
    antwort = loesche(admin_client, Beschlusswirkung, wirkung.pk, follow=True)
    assert satz(rules.nach_dem_ende_oeffnet_nur_ein_beschluss) in antwort.content.decode()
    assert Beschlusswirkung.objects.filter(pk=wirkung.pk).exists()
