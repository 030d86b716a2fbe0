"""A Kernaktivität that may be stamped, and colleagues with and without the right."""

import pytest
from django.contrib.auth.models import Permission

from stempel import druck
from tests import factories as f

# What measures the coverage follows into the process that stamps.
druck.UMGEBUNG.add("COVERAGE_PROCESS_CONFIG")


@pytest.fixture
def ablage_fuer_sich(settings, tmp_path):
    """Uploads of tests lie where tests look for them, and nobody else's."""
    settings.DATEN_ORDNER = tmp_path / "daten"
    return tmp_path / "daten" / "stempelablage"


@pytest.fixture
def ka(db):
    """Runs since 2018, as was said in 08/2024."""
    ka = f.KernaktivitaetFactory(titel="Haus des Wissens", slug="haus-des-wissens")
    f.StatusmeldungFactory(kernaktivitaet=ka, status="laufend", bezug="ab", am="27.09.2018")
    f.StatusmeldungFactory(kernaktivitaet=ka, status="laufend", am="08/2024")
    return ka


@pytest.fixture
def kollegin(client, db):
    """The client, signed in with the right to use the stamp and nothing else."""
    nutzer = f.NutzerFactory(username="kollegin")
    nutzer.user_permissions.add(Permission.objects.get(codename="stempel_nutzen"))
    client.force_login(nutzer)
    client.nutzer = nutzer
    return client
