"""Two confirmations of the same workbook at the same moment take it over once."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from kernaktivitaeten.models import Angabe
from tests import factories as f
from tests.nebeneinander import nebeneinander
from tests.verwaltung.mappen import bestaetige, haenge_an, lade_herunter, lade_hoch
from verwaltung.models import Stapel


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
@pytest.mark.ignore_template_errors
def test_two_confirmations_at_once_save_one_stapel():
    nutzer = User.objects.create_superuser("redaktion")
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(nutzer)
    ka = f.KernaktivitaetFactory(kennung="k-1")
    mappe = lade_herunter(clients[0])
    quelle = ka.quelle.kennung
    haenge_an(
        mappe, "Angaben", Kernaktivität="k-1", Art="Partner", Aussage="A", Quelle=quelle
    )  # fmt: skip
    probe = lade_hoch(clients[0], mappe)
    aufgaben = [lambda client=client: bestaetige(client, probe) for client in clients]
    assert nebeneinander(*aufgaben) == []
    assert (Angabe.objects.count(), Stapel.objects.count()) == (1, 1)
