"""The same decision is sent twice at the same moment; it is recorded once."""

from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from kernaktivitaeten.models import Beschlusswirkung, Kernaktivitaet, Ratsbeschluss, Tranche
from tests import factories as f
from tests.nebeneinander import nebeneinander
from tests.verwaltung.beschluesse import eingabe, sende
from verwaltung.models import Stapel


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
@pytest.mark.ignore_template_errors
def test_two_confirmations_at_once_record_one_decision():
    nutzer = User.objects.create_superuser("redaktion")
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(nutzer)
    kompetenz = f.KompetenzFactory()
    for mal in range(1, 6):
        zeilen = [{"titel": f"Neue {mal}-{n}", "kompetenz": kompetenz.pk} for n in range(3)]
        daten = eingabe(
            *zeilen, titel=f"Beschluss {mal}", vorgabe="beauftragt", neue_tranche=str(mal)
        )
        marke = sende(clients[0], daten).context["marke"]
        antworten: list = []

        def bestaetige(client, daten=daten, marke=marke, antworten=antworten) -> None:
            antworten.append(sende(client, daten, bestaetigen=marke))

        aufgaben = [partial(bestaetige, client) for client in clients]
        assert nebeneinander(*aufgaben) == []
        assert [antwort.status_code for antwort in antworten] == [302, 302]
        assert len({antwort["Location"] for antwort in antworten}) == 1
        for modell, je_mal in (
            (Ratsbeschluss, 1),
            (Stapel, 1),
            (Tranche, 1),
            (Kernaktivitaet, 3),
            (Beschlusswirkung, 3),
        ):
            assert modell.objects.count() == je_mal * mal
