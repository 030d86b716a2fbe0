"""What all tests share: the delivered data, and a clock that stands still."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models.signals import post_migrate
from django.test import override_settings
from django.utils import timezone
from xdist.scheduler import LoadFileScheduling

from grundlage.rollen import Rolle
from seiten.bestand import lager
from tests.datenbanken import NUR_SQLITE

HEUTE = date(2026, 11, 23)
TESTS = Path(__file__).parent
BLICKE = count()
FIXTURES = ("zielsystem", "kernaktivitaeten", "strategiearbeit")


def pytest_collection_modifyitems(items):
    """Marks what uses the database; begins with the browser, so that nobody waits for it alone."""
    nur_sqlite = {TESTS / modul for module in NUR_SQLITE.values() for modul in module}
    for item in items:
        if item.get_closest_marker("django_db") or "db" in item.fixturenames:
            item.add_marker(pytest.mark.datenbank)
            if item.path not in nur_sqlite:
                item.add_marker(pytest.mark.postgres)
    items.sort(key=lambda item: "browser" not in item.path.parts)


def halte_die_uhr_an(monkeypatch: pytest.MonkeyPatch, tag: date) -> None:
    """Lets the clock show noon of ``tag`` in Bochum.

    Stops Django's clock, from which ``stichtag`` reads: sign-in, sessions and histories live on
    the same day, and it does not matter how a module imports ``stichtag``. Who looks at it sees it
    a microsecond later than who looked before: what came first stays first.
    """
    mittag = datetime.combine(tag, time(12), tzinfo=timezone.get_default_timezone()).astimezone(UTC)
    monkeypatch.setattr(timezone, "now", lambda: mittag + timedelta(microseconds=next(BLICKE)))


@pytest.fixture(scope="session", autouse=True)
def stehende_uhr():
    """It is ``HEUTE``, whenever the suite runs; only processes of their own know the real time."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        halte_die_uhr_an(monkeypatch, HEUTE)
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """The tests of a file stay together, those in the browser all: one portal serves them."""
    return JeDatei(config, log)


class JeDatei(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        datei = super()._split_scope(nodeid)
        return "browser" if "/browser/" in datei else datei


@pytest.fixture(scope="session", autouse=True)
def statische_dateien_ohne_sammeln():
    """Pages name static files as they are; hashed names exist only after collectstatic."""
    einfach = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": einfach}):
        yield


@pytest.fixture(scope="session", autouse=True)
def schnelle_passwoerter():
    """A good hash takes its time, and tests have no secrets."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Django asks SQLite once a process whether it knows JSON: no test is to count that."""
    with django_db_blocker.unblock():
        assert connection.features.supports_json_field


@pytest.fixture(scope="session", autouse=True)
def rollen_nach_dem_leeren():
    """Tests with ``transaction=True`` empty the database, the rows of migrations as well."""

    def lege_an(**_) -> None:
        for rolle in Rolle.values:
            Group.objects.get_or_create(name=rolle)

    app = apps.get_app_config("grundlage")
    post_migrate.connect(lege_an, sender=app)
    yield
    post_migrate.disconnect(lege_an, sender=app)


@pytest.fixture(scope="session")
def geladene_zeilen(django_db_setup, django_db_blocker) -> list[list[models.Model]]:
    """The rows that ``loaddata`` makes of the fixtures, per model: it takes over a second."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", *FIXTURES, verbosity=0)
        zeilen = [
            list(modell._base_manager.order_by("pk"))
            for app in FIXTURES
            for modell in apps.get_app_config(app).get_models()
        ]
        transaction.set_rollback(True)
    return zeilen


@pytest.fixture(scope="module")
def im_ganzen_modul(django_db_setup, django_db_blocker):
    """What other fixtures of this scope write is there for a whole module, rolled back after it.

    Every test of the module sees it and undoes its own changes (it still needs the mark
    ``django_db``). Tests with ``transaction=True`` cannot run inside: they write what they need.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def echte_daten(im_ganzen_modul, geladene_zeilen):
    """The delivered data, for a whole module."""
    for zeilen in geladene_zeilen:
        if zeilen:
            type(zeilen[0]).objects.bulk_create(zeilen)
    modelle = [type(zeilen[0]) for zeilen in geladene_zeilen if zeilen]
    with connection.cursor() as cursor:  # PostgreSQL goes on after the keys that are taken
        for befehl in connection.ops.sequence_reset_sql(no_style(), modelle):
            cursor.execute(befehl)


@pytest.fixture(autouse=True)
def leeres_lager(monkeypatch):
    """A rollback takes the Datenstand back, and the next test uses its number again.

    Nothing is ever committed, so that each request has to ask.
    """
    monkeypatch.setattr(lager, "FRIST", 0)
    lager.leere()


@pytest.fixture
def heute_ist(monkeypatch):
    """``heute_ist(2024, 8, 31)`` makes it noon of that day in Bochum, until the test is over."""

    def stelle(jahr: int, monat: int, tag: int) -> date:
        halte_die_uhr_an(monkeypatch, heute := date(jahr, monat, tag))
        return heute

    return stelle
