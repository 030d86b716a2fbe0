"""The day in memory says what the day in the database says, whatever was stated."""

import random
from datetime import date, timedelta

import pytest

from grundlage.blick import Blick, mit_vorschau
from kernaktivitaeten.models import Kernaktivitaet, Lage, Status
from kernaktivitaeten.tag import verlauf
from seiten.bestand import lies_bestand
from tests import factories as f

BEGINN = date(2019, 1, 1)
# Days that lie close together meet, and repeat each other.
SPANNE = 400


@pytest.fixture
def wuerfel(request) -> random.Random:
    return random.Random(request.param)


def irgendein_tag(wuerfel: random.Random) -> date:
    return BEGINN + timedelta(days=wuerfel.randrange(SPANNE))


def als_text(wuerfel: random.Random, tag: date) -> str:
    """The day as a source may give it: exactly, by its month or by its year."""
    return wuerfel.choice((f"{tag:%d.%m.%Y}", f"{tag:%m/%Y}", f"{tag:%Y}"))


def wirf(wuerfel: random.Random, ka: Kernaktivitaet, andere: Kernaktivitaet) -> None:
    """Statements of every kind about ``ka``, and decisions that commission it or do not."""
    for _ in range(wuerfel.randrange(7)):
        status = wuerfel.choice(("", *Status.values, Status.LAUFEND.value))
        zurueck = wuerfel.random() < 0.2
        f.StatusmeldungFactory(
            kernaktivitaet=ka,
            am=als_text(wuerfel, irgendein_tag(wuerfel)),
            status=status,
            bezug=wuerfel.choice(("ab", "stand")) if status else "",
            nachfolger=andere if status == Status.UEBERFUEHRT else None,
            entwurf=wuerfel.random() < 0.2,
            zurueckgezogen_am=BEGINN if zurueck else None,
            rueckzug_grund="Falsch." if zurueck else "",
        )
    for _ in range(wuerfel.randrange(3)):
        f.BeschlusswirkungFactory(
            kernaktivitaet=ka,
            wirkung=wuerfel.choice(("beauftragt", "geaendert", "")),
            beschluss__am=als_text(wuerfel, irgendein_tag(wuerfel)),
        )


@pytest.mark.django_db
@pytest.mark.parametrize("wuerfel", range(6), indirect=True)
@pytest.mark.parametrize("vorschau", [False, True])
def test_memory_and_database_say_the_same_of_every_day(wuerfel, vorschau):
    andere = f.KernaktivitaetFactory()
    for _ in range(12):
        oeffentlich = wuerfel.random() < 0.8
        ka = f.KernaktivitaetFactory(veroeffentlicht_am=BEGINN if oeffentlich else None)
        wirf(wuerfel, ka, andere)
    if vorschau:
        with mit_vorschau(Blick()):
            vergleiche()
    else:
        vergleiche()


def vergleiche() -> None:
    bestand = lies_bestand()
    for tage in range(-2, SPANNE + 370, 3):
        stichtag = BEGINN + timedelta(days=tage)
        zeilen = Kernaktivitaet.objects.oeffentlich().zum(stichtag)
        assert [(s.ka.pk, s.lagebild) for s in bestand.am(stichtag)] == [
            (ka.pk, ka.lagebild) for ka in zeilen
        ]


# ── Without a database ────────────────────────────────────────────────────────────────────────


def sage(pk: int, status: str, tag: str, bezug: str = "ab"):
    return f.StatusmeldungFactory.build(pk=pk, status=status, am=tag, bezug=bezug)


@pytest.mark.parametrize(
    ("tag", "satz"),
    [
        ("2019-04-30", "noch nicht beschlossen"),
        ("2019-05-01", "kein Stand bekannt"),
        ("2019-05-31", "kein Stand bekannt"),
        ("2019-06-01", "laufend seit 01.06.2019"),
        ("2020-06-29", "laufend seit 01.06.2019"),
        ("2020-06-30", "laufend seit 01.06.2019, zuletzt bestätigt 30.06.2020"),
        ("2021-12-31", "umgesetzt (Stand 31.12.2021; seit wann, ist nicht belegt)"),
    ],
)
def test_a_course_in_words(tag, satz):
    aussagen = (
        sage(3, "umgesetzt", "31.12.2021", "stand"),
        sage(1, "laufend", "01.06.2019"),
        sage(2, "laufend", "30.06.2020", "stand"),
        sage(4, "", "01.01.2020", ""),
    )
    eigener = verlauf(aussagen, [date(2019, 5, 1), date(2020, 1, 1)])
    assert eigener.am(date.fromisoformat(tag)).satz == satz


def test_of_two_on_one_day_the_later_entry_holds():
    aussagen = (sage(2, "umgesetzt", "01.06.2019"), sage(1, "laufend", "01.06.2019"))
    assert verlauf(aussagen, ()).am(date(2019, 6, 1)).lage == Lage.UMGESETZT


def test_a_statement_before_the_decision_holds_before_it():
    eigener = verlauf((sage(1, "laufend", "01.06.2019"),), [date(2020, 1, 1)])
    assert eigener.am(date(2019, 5, 31)).lage == Lage.NOCH_NICHT
    assert eigener.am(date(2019, 6, 1)).lage == Lage.LAUFEND
    assert eigener.am(date(2020, 1, 1)).lage == Lage.LAUFEND
