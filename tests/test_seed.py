"""The fixtures as such: they load twice, every row is right, and every source is used.

What they say is compared with the source rows in ``test_seed_*.py``.
"""

import json
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Count, ForeignKey

from grundlage.datenstand import OeffentlichesModell
from kernaktivitaeten.models import Bezeichnung, Kernaktivitaet, Statusmeldung
from tests.conftest import FIXTURES
from tests.quelldaten import BESCHLUESSE, FAKTEN
from zielsystem.models import Quelle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]


ORDNER = Path(__file__).parent.parent / "fixtures"
OEFFENTLICH = [modell for modell in apps.get_models() if issubclass(modell, OeffentlichesModell)]


def test_every_source_is_used_and_has_the_title_and_kind_of_the_source_rows():
    benutzt = {
        pk
        for modell in OEFFENTLICH
        for feld in modell._meta.concrete_fields
        if isinstance(feld, ForeignKey) and feld.related_model is Quelle
        for pk in modell.objects.values_list(feld.attname, flat=True)
    }
    assert benutzt - {None} == set(Quelle.objects.values_list("pk", flat=True))
    unsere = {q.adresse: (q.titel, q.art) for q in Quelle.objects.exclude(adresse="")}
    for zeile in (*FAKTEN, *BESCHLUESSE):
        if zeile["quelle_url"] != "Präsentation":
            assert unsere[zeile["quelle_url"]] == (zeile["quelle_titel"], zeile["quelle_art"])


def test_only_the_presentation_has_no_address():
    quelle = Quelle.objects.get(adresse="")
    assert (quelle.kennung, quelle.zeit.kurz) == ("praesentation-2024-08", "08/2024")


@pytest.mark.parametrize("modell", OEFFENTLICH, ids=lambda modell: modell.__name__)
def test_every_row_passes_full_clean(modell):
    for zeile in modell.objects.all():
        zeile.full_clean()


def test_the_fixtures_name_every_row_by_its_kennung():
    kennungen = Counter()
    for name in FIXTURES:
        for zeile in json.loads((ORDNER / f"{name}.json").read_text(encoding="utf-8")):
            assert "pk" not in zeile
            kennungen[zeile["model"], zeile["fields"]["kennung"]] += 1
            modell = apps.get_model(zeile["model"])
            for feld, wert in zeile["fields"].items():
                if wert is not None and modell._meta.get_field(feld).remote_field:
                    assert isinstance(wert, list), (zeile["model"], feld)
    assert set(kennungen.values()) == {1}
    assert kennungen.total() == sum(modell.objects.count() for modell in OEFFENTLICH)


def abzug(*wahl: str) -> list[dict]:
    ausgabe = StringIO()
    call_command("dumpdata", *FIXTURES, *wahl, stdout=ausgabe)
    return json.loads(ausgabe.getvalue())


def test_loading_twice_changes_nothing():
    vorher = abzug()
    call_command("loaddata", *FIXTURES, verbosity=0)
    assert abzug() == vorher


# What is delivered was never a draft of somebody: that goes without saying.
UNGESAGT = (("entwurf", False), ("erfasst_von", None))


def test_what_is_dumped_again_is_what_was_loaded():
    def geordnet(daten: list[dict]) -> list[dict]:
        return sorted(daten, key=lambda zeile: (zeile["model"], zeile["fields"]["kennung"]))

    geladen = [
        zeile
        for name in FIXTURES
        for zeile in json.loads((ORDNER / f"{name}.json").read_text(encoding="utf-8"))
    ]
    gedruckt = abzug("--natural-primary", "--natural-foreign")
    for zeile in gedruckt:
        zeile["fields"] = {n: w for n, w in zeile["fields"].items() if (n, w) not in UNGESAGT}
    assert geordnet(gedruckt) == geordnet(geladen)


def test_no_two_kernaktivitaeten_share_a_name():
    """A search for a name must lead to one of them."""
    namen = Counter(Bezeichnung.objects.values_list("text", flat=True))
    namen.update(Kernaktivitaet.objects.values_list("titel", flat=True))
    assert not {name for name, anzahl in namen.items() if anzahl > 1}


def test_no_kernaktivitaet_has_two_statements_of_status_for_one_day():
    doppelt = (
        Statusmeldung.objects.exclude(status="")
        .order_by()
        .values("kernaktivitaet", "zaehlt_ab")
        .annotate(anzahl=Count("pk"))
        .filter(anzahl__gt=1)
    )
    assert not doppelt.exists()
