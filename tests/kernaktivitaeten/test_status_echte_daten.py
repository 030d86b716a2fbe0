"""Where the real Kernaktivitäten stand on a day, and how many stand how."""

from collections import Counter

import pytest

from kernaktivitaeten.models import Bilanz, Kernaktivitaet
from tests.kernaktivitaeten.tage import NOCH_NICHT, OHNE_STAND, d, drei_tage, satz

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]


@pytest.mark.parametrize(
    ("kennung", "tag", "davor", "danach"),
    [
        pytest.param(
            "hotspot-05",
            "2018-09-27",
            NOCH_NICHT,
            "laufend seit 27.09.2018",
            id="Lohrheide wird mit der 2. Tranche beauftragt",
        ),
        pytest.param(
            "hotspot-05",
            "2024-08-31",
            "laufend seit 27.09.2018",
            "laufend seit 27.09.2018, zuletzt bestätigt 08/2024",
            id="Lohrheide wird zuletzt bestätigt",
        ),
        pytest.param(
            "vorreiterin-02",
            "2017-05-18",
            NOCH_NICHT,
            "laufend seit 18.05.2017",
            id="BochumService 115 wird mit der 1. Tranche beauftragt",
        ),
        pytest.param(
            "vorreiterin-02",
            "2018-06-29",
            "laufend seit 18.05.2017",
            "laufend seit 18.05.2017",
            id="BochumService 115 nimmt den Betrieb auf, eine Neuigkeit",
        ),
        pytest.param(
            "vorreiterin-02",
            "2024-08-31",
            "laufend seit 18.05.2017",
            "umgesetzt (Stand 08/2024; seit wann, ist nicht belegt)",
            id="BochumService 115 ist umgesetzt, Beginn nicht belegt",
        ),
        pytest.param(
            "vorreiterin-15",
            "2023-01-01",
            NOCH_NICHT,
            OHNE_STAND,
            id="Consul: im Jahr des Beschlusses ist nichts bekannt",
        ),
        pytest.param(
            "vorreiterin-15",
            "2023-12-31",
            OHNE_STAND,
            "laufend seit 2023",
            id="Consul: am Ende des Jahres ist er gefasst",
        ),
        pytest.param(
            "vorreiterin-15",
            "2024-08-31",
            "laufend seit 2023",
            "umgesetzt (Stand 08/2024; seit wann, ist nicht belegt)",
            id="Consul: eine KA23 und schon umgesetzt",
        ),
        pytest.param(
            "grossstadt-14",
            "2021-12-31",
            OHNE_STAND,
            "laufend seit 2021",
            id="Stille Örtchen: erster Teil der 3. Tranche",
        ),
        pytest.param(
            "grossstadt-02",
            "2022-08-25",
            OHNE_STAND,
            "überführt (Stand 25.08.2022; seit wann, ist nicht belegt)",
            id="Speisekammer ist überführt",
        ),
        pytest.param(
            "grossstadt-02",
            "2024-08-31",
            "überführt (Stand 25.08.2022; seit wann, ist nicht belegt)",
            "überführt (Stand 08/2024; seit wann, ist nicht belegt)",
            id="Speisekammer ist als überführt bestätigt",
        ),
        pytest.param(
            "shootingstar-04",
            "2024-08-31",
            OHNE_STAND,
            "eingestellt (Stand 08/2024; seit wann, ist nicht belegt)",
            id="Fonds für IT-Sicherheit ist eingestellt",
        ),
        pytest.param(
            "grossstadt-15",
            "2024-08-29",
            OHNE_STAND,
            OHNE_STAND,
            id="City-Wache: die Eröffnung ist eine Neuigkeit",
        ),
        pytest.param(
            "talentschmiede-06",
            "2025-02-28",
            "umgesetzt (Stand 08/2024; seit wann, ist nicht belegt)",
            "umgesetzt (Stand 08/2024; seit wann, ist nicht belegt)",
            id="Familienzentren: das spätere Ende ist eine Neuigkeit",
        ),
    ],
)
def test_the_hard_cases_day_by_day(kennung, tag, davor, danach):
    kernaktivitaet = Kernaktivitaet.objects.get(kennung=kennung)
    saetze = [satz(kernaktivitaet, t) for t in drei_tage(tag)]
    assert saetze == [davor, danach, danach]


@pytest.mark.parametrize(
    ("tag", "zahlen"),
    [
        ("2014-01-01", {"noch-nicht-beschlossen": 29, "kein-stand": 46}),
        ("2017-05-17", {"noch-nicht-beschlossen": 29, "kein-stand": 46}),
        ("2017-05-18", {"laufend": 9, "noch-nicht-beschlossen": 20, "kein-stand": 46}),
        ("2018-09-26", {"laufend": 9, "noch-nicht-beschlossen": 20, "kein-stand": 46}),
        ("2018-09-27", {"laufend": 15, "noch-nicht-beschlossen": 14, "kein-stand": 46}),
        ("2021-01-01", {"laufend": 15, "noch-nicht-beschlossen": 12, "kein-stand": 48}),
        ("2021-12-31", {"laufend": 17, "noch-nicht-beschlossen": 12, "kein-stand": 46}),
        (
            "2022-08-25",
            {"laufend": 17, "ueberfuehrt": 1, "noch-nicht-beschlossen": 12, "kein-stand": 45},
        ),
        ("2023-06-30", {"laufend": 17, "ueberfuehrt": 1, "kein-stand": 57}),
        ("2023-12-31", {"laufend": 29, "ueberfuehrt": 1, "kein-stand": 45}),
        ("2024-08-30", {"laufend": 29, "ueberfuehrt": 1, "kein-stand": 45}),
        ("2024-08-31", {"umgesetzt": 34, "laufend": 39, "eingestellt": 1, "ueberfuehrt": 1}),
        ("2026-01-31", {"umgesetzt": 34, "laufend": 39, "eingestellt": 1, "ueberfuehrt": 1}),
    ],
)
def test_the_counts_of_a_day_add_up_to_all(tag, zahlen):
    gezaehlt = Kernaktivitaet.objects.zum(d(tag)).zaehle()
    assert gezaehlt == {(wort,): anzahl for wort, anzahl in zahlen.items()}
    assert gezaehlt.total() == 75


def test_our_count_reconciles_with_the_published_bilanz():
    """The third of the "3 eingestellt/integriert" is not named: we count it as laufend."""
    bilanz = Bilanz.objects.get(kennung="bilanz-2024-08")
    gezaehlt = Kernaktivitaet.objects.zum(bilanz.datum_bis).zaehle()
    benannt = gezaehlt["eingestellt",] + gezaehlt["ueberfuehrt",]
    unbenannt = bilanz.eingestellt_ueberfuehrt - benannt
    assert bilanz.gesamt == gezaehlt.total() == 75
    assert bilanz.umgesetzt == gezaehlt["umgesetzt",] == 34
    assert (benannt, unbenannt) == (2, 1)
    assert bilanz.laufend + unbenannt == gezaehlt["laufend",] == 39


@pytest.mark.parametrize("nach", ["kompetenz", "tranche", "tranche__nr", "veroeffentlicht_am"])
@pytest.mark.parametrize("tag", ["2018-09-27", "2023-06-30", "2024-08-31"])
def test_a_count_by_something_is_the_same_count_broken_down(tag, nach):
    menge = Kernaktivitaet.objects.zum(d(tag))
    zusammen = Counter()
    for (wort, _), anzahl in menge.zaehle(nach).items():
        zusammen[wort,] += anzahl
    assert zusammen == menge.zaehle()


def test_the_counts_of_several_days_at_once_are_those_of_each_day():
    tage = [d("2017-05-18"), d("2021-07-01"), d("2024-08-31"), d("2024-08-31")]
    zugleich = Kernaktivitaet.objects.zaehle_zu(tage)
    assert list(zugleich) == tage[:3]
    for tag, zahlen in zugleich.items():
        einzeln = Kernaktivitaet.objects.zum(tag).zaehle()
        assert {(wort,): anzahl for wort, anzahl in zahlen.items()} == einzeln
    assert Kernaktivitaet.objects.zaehle_zu([]) == {}


def test_the_status_of_all_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(Kernaktivitaet.objects.zum(d("2024-08-31"))) == 75
    with django_assert_num_queries(1):
        Kernaktivitaet.objects.zum(d("2024-08-31")).zaehle("kompetenz", "tranche")
