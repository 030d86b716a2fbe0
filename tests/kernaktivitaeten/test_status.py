"""Where a Kernaktivität stands on a day: the day before, the day, the day after.

The hard cases of the real data are in ``test_status_echte_daten.py``.
"""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from kernaktivitaeten.models import Beschlusswirkung, Kernaktivitaet, Lage, Statusmeldung
from tests.factories import (
    BeschlusswirkungFactory,
    KernaktivitaetFactory,
    KompetenzFactory,
    QuelleFactory,
    SchwerpunktFactory,
    StatusmeldungFactory,
    TrancheFactory,
    ZuordnungFactory,
)
from tests.kernaktivitaeten.tage import NOCH_NICHT, OHNE_STAND, d, drei_tage, lage, satz

pytestmark = pytest.mark.django_db


class TestPrecision:
    @pytest.fixture
    def ka(self):
        """Laufend since 15.01.2020, then one statement of each precision, exact ones between."""
        kernaktivitaet = KernaktivitaetFactory()
        for am, status in [
            ("15.01.2020", "laufend"),
            ("03/2020", "umgesetzt"),
            ("15.03.2020", "laufend"),
            ("2021", "eingestellt"),
            ("01.07.2021", "umgesetzt"),
            ("2022–2023", "laufend"),
            ("10.06.2023", "ueberfuehrt"),
            ("01.02.2024–05.02.2024", "umgesetzt"),
            ("03.02.2024", "laufend"),
        ]:
            StatusmeldungFactory(kernaktivitaet=kernaktivitaet, am=am, status=status)
        return kernaktivitaet

    @pytest.mark.parametrize(
        ("tag", "davor", "danach", "stand_danach"),
        [
            ("2020-01-15", "kein-stand", "laufend", "15.01.2020"),
            ("2020-03-15", "laufend", "laufend", "15.03.2020"),
            ("2020-03-31", "laufend", "umgesetzt", "03/2020"),
            ("2021-07-01", "umgesetzt", "umgesetzt", "01.07.2021"),
            ("2021-12-31", "umgesetzt", "eingestellt", "2021"),
            ("2023-06-10", "eingestellt", "ueberfuehrt", "10.06.2023"),
            ("2023-12-31", "ueberfuehrt", "laufend", "2022–2023"),
            ("2024-02-03", "laufend", "laufend", "03.02.2024"),
            ("2024-02-05", "laufend", "umgesetzt", "01.02.2024–05.02.2024"),
        ],
    )
    def test_a_statement_counts_from_the_last_day_of_its_period(
        self, ka, tag, davor, danach, stand_danach
    ):
        assert [lage(ka, t) for t in drei_tage(tag)] == [davor, danach, danach]
        for t in drei_tage(tag)[1:]:
            assert satz(ka, t).endswith(f"(Stand {stand_danach}; seit wann, ist nicht belegt)")

    def test_the_office_may_set_another_day_within_the_period(self):
        meldung = StatusmeldungFactory(am="2021", zaehlt_ab=d("2021-06-01"))
        meldung.full_clean()
        lagen = [lage(meldung.kernaktivitaet, t) for t in drei_tage("2021-06-01")]
        assert lagen == ["kein-stand", "laufend", "laufend"]


class TestTheRun:
    """Since when: the first statement of the unbroken run; last confirmed: its newest."""

    def test_a_status_that_is_only_confirmed_keeps_its_beginning(self):
        ka = KernaktivitaetFactory()
        StatusmeldungFactory(kernaktivitaet=ka, am="2019", bezug="ab")
        StatusmeldungFactory(kernaktivitaet=ka, am="06/2020")
        StatusmeldungFactory(kernaktivitaet=ka, am="08/2024")
        assert satz(ka, d("2020-06-29")) == "laufend seit 2019"
        assert satz(ka, d("2020-06-30")) == "laufend seit 2019, zuletzt bestätigt 06/2020"
        assert satz(ka, d("2024-08-31")) == "laufend seit 2019, zuletzt bestätigt 08/2024"

    def test_a_status_that_returns_after_an_interruption_begins_anew(self):
        ka = KernaktivitaetFactory()
        StatusmeldungFactory(kernaktivitaet=ka, am="01.01.2019", bezug="ab")
        StatusmeldungFactory(kernaktivitaet=ka, am="01.01.2020", bezug="ab", status="eingestellt")
        StatusmeldungFactory(kernaktivitaet=ka, am="01.01.2021", bezug="ab")
        assert [satz(ka, t) for t in drei_tage("2020-01-01")] == [
            "laufend seit 01.01.2019",
            "eingestellt seit 01.01.2020",
            "eingestellt seit 01.01.2020",
        ]
        assert [satz(ka, t) for t in drei_tage("2021-01-01")] == [
            "eingestellt seit 01.01.2020",
            "laufend seit 01.01.2021",
            "laufend seit 01.01.2021",
        ]

    @pytest.mark.parametrize("spaeter", ["laufend", "umgesetzt"])
    def test_of_two_statements_for_the_same_day_the_later_entry_holds(self, spaeter):
        ka = KernaktivitaetFactory()
        andere = {"laufend": "umgesetzt", "umgesetzt": "laufend"}[spaeter]
        StatusmeldungFactory(kernaktivitaet=ka, am="08/2024", status=andere)
        StatusmeldungFactory(kernaktivitaet=ka, am="31.08.2024", status=spaeter)
        assert satz(ka, d("2024-08-30")) == OHNE_STAND
        assert (
            satz(ka, d("2024-08-31"))
            == f"{spaeter} (Stand 31.08.2024; seit wann, ist nicht belegt)"
        )

    def test_an_entry_made_later_for_an_earlier_day_does_not_replace_the_newer(self):
        ka = KernaktivitaetFactory()
        StatusmeldungFactory(kernaktivitaet=ka, am="08/2024", status="umgesetzt")
        StatusmeldungFactory(kernaktivitaet=ka, am="05/2020")
        assert lage(ka, d("2020-05-31")) == "laufend"
        assert lage(ka, d("2024-08-31")) == "umgesetzt"

    def test_news_never_change_the_status_nor_its_run(self):
        ka = KernaktivitaetFactory()
        StatusmeldungFactory(kernaktivitaet=ka, am="01.01.2019", bezug="ab")
        StatusmeldungFactory(kernaktivitaet=ka, am="01.06.2020", status="", text="Eröffnet.")
        StatusmeldungFactory(kernaktivitaet=ka, am="01.06.2021")
        for tag in drei_tage("2020-06-01"):
            assert satz(ka, tag) == "laufend seit 01.01.2019"
        assert satz(ka, d("2021-06-01")) == "laufend seit 01.01.2019, zuletzt bestätigt 01.06.2021"

    def test_only_news_are_no_status(self):
        ka = StatusmeldungFactory(am="01.06.2020", status="").kernaktivitaet
        assert satz(ka, d("2020-06-02")) == OHNE_STAND

    def test_a_withdrawn_statement_counts_for_no_day(self):
        ka = KernaktivitaetFactory()
        StatusmeldungFactory(kernaktivitaet=ka, am="01.01.2019", bezug="ab")
        falsch = StatusmeldungFactory(kernaktivitaet=ka, am="01.01.2020", status="eingestellt")
        StatusmeldungFactory(kernaktivitaet=ka, am="01.01.2021")
        assert lage(ka, d("2020-01-01")) == "eingestellt"
        falsch.zurueckgezogen_am = d("2022-01-01")
        falsch.rueckzug_grund = "Verwechselt."
        falsch.full_clean()
        falsch.save()
        for tag in drei_tage("2020-01-01"):
            assert satz(ka, tag) == "laufend seit 01.01.2019"
        assert satz(ka, d("2021-01-01")) == "laufend seit 01.01.2019, zuletzt bestätigt 01.01.2021"

    def test_the_statement_that_says_so_is_named(self):
        ka = KernaktivitaetFactory()
        erste = StatusmeldungFactory(kernaktivitaet=ka, am="01.01.2019")
        zweite = StatusmeldungFactory(kernaktivitaet=ka, am="01.01.2020")
        for tag, meldung in [("2018-12-31", None), ("2019-12-31", erste), ("2020-01-01", zweite)]:
            gefunden = Kernaktivitaet.objects.zum(d(tag)).get().lagebild.meldung
            assert gefunden == (meldung and meldung.pk)

    def test_statements_of_others_do_not_matter(self):
        ka = StatusmeldungFactory(am="01.01.2019").kernaktivitaet
        StatusmeldungFactory(am="01.01.2020", status="eingestellt")
        assert lage(ka, d("2020-01-02")) == "laufend"


class TestBeforeTheFirstStatement:
    @pytest.mark.parametrize(
        ("am", "wirkung", "tag", "davor", "danach"),
        [
            ("27.09.2018", "beauftragt", "2018-09-27", "noch-nicht-beschlossen", "kein-stand"),
            ("09/2018", "beauftragt", "2018-09-01", "noch-nicht-beschlossen", "kein-stand"),
            ("2021", "beauftragt", "2021-01-01", "noch-nicht-beschlossen", "kein-stand"),
            ("2021", "beauftragt", "2021-07-01", "kein-stand", "kein-stand"),
            ("2021", "beauftragt", "2021-12-31", "kein-stand", "kein-stand"),
            ("2021–2023", "beauftragt", "2021-01-01", "noch-nicht-beschlossen", "kein-stand"),
            ("27.09.2018", "", "2018-09-27", "kein-stand", "kein-stand"),
            ("27.09.2018", "kenntnis", "2018-09-27", "kein-stand", "kein-stand"),
        ],
    )
    def test_not_yet_decided_is_said_only_wholly_before_the_commission(
        self, am, wirkung, tag, davor, danach
    ):
        wirkung = BeschlusswirkungFactory(beschluss__am=am, wirkung=wirkung)
        lagen = [lage(wirkung.kernaktivitaet, t) for t in drei_tage(tag)]
        assert lagen == [davor, danach, danach]

    def test_the_first_of_several_commissions_decides(self):
        ka = KernaktivitaetFactory()
        for am in ("2021", "01.06.2020"):
            BeschlusswirkungFactory(kernaktivitaet=ka, beschluss__am=am)
        lagen = [lage(ka, t) for t in drei_tage("2020-06-01")]
        assert lagen == ["noch-nicht-beschlossen", "kein-stand", "kein-stand"]

    def test_a_statement_counts_even_before_the_commission(self):
        ka = BeschlusswirkungFactory(beschluss__am="2021").kernaktivitaet
        StatusmeldungFactory(kernaktivitaet=ka, am="2019")
        assert satz(ka, d("2019-12-30")) == NOCH_NICHT
        assert lage(ka, d("2019-12-31")) == "laufend"


class TestWhoIsCounted:
    def test_what_is_not_public_is_dropped_in_one_place_whatever_its_status(self):
        geheim = StatusmeldungFactory(kernaktivitaet__veroeffentlicht_am=None).kernaktivitaet
        offen = StatusmeldungFactory().kernaktivitaet
        tag = d("2024-08-31")
        assert set(Kernaktivitaet.objects.zum(tag)) == {geheim, offen}
        assert list(Kernaktivitaet.objects.oeffentlich().zum(tag)) == [offen]
        assert list(Kernaktivitaet.objects.zum(tag).oeffentlich()) == [offen]
        assert Kernaktivitaet.objects.oeffentlich().zum(tag).zaehle() == {("laufend",): 1}

    def test_being_public_does_not_depend_on_the_day_asked_for(self):
        ka = StatusmeldungFactory(
            am="2019", kernaktivitaet__veroeffentlicht_am=d("2024-08-31")
        ).kernaktivitaet
        assert list(Kernaktivitaet.objects.oeffentlich().zum(d("2019-12-31"))) == [ka]

    def test_one_with_two_schwerpunkte_is_counted_once_in_its_own_kompetenz(self):
        ka = StatusmeldungFactory().kernaktivitaet
        eigener = ZuordnungFactory(kernaktivitaet=ka, primaer=True).schwerpunkt
        fremder = SchwerpunktFactory()
        ZuordnungFactory(kernaktivitaet=ka, schwerpunkt=fremder, begruendung="Sie dient beiden.")
        menge = Kernaktivitaet.objects.zum(d("2024-08-31"))
        assert menge.zaehle("kompetenz") == {("laufend", ka.kompetenz_id): 1}
        in_beiden = menge.filter(schwerpunkte__in=[eigener, fremder])
        assert in_beiden.zaehle() == {("laufend",): 1}
        assert in_beiden.zaehle("kompetenz") == {("laufend", ka.kompetenz_id): 1}

    def test_a_count_by_several_fields_keeps_the_unknown_apart(self):
        kompetenz, tranche = KompetenzFactory(), TrancheFactory()
        KernaktivitaetFactory.create_batch(2, kompetenz=kompetenz)
        KernaktivitaetFactory(kompetenz=kompetenz, tranche=tranche, tranche_quelle=tranche.quelle)
        assert Kernaktivitaet.objects.zum(d("2024-08-31")).zaehle("kompetenz", "tranche") == {
            ("kein-stand", kompetenz.pk, None): 2,
            ("kein-stand", kompetenz.pk, tranche.pk): 1,
        }

    def test_of_nothing_there_is_nothing_to_count(self):
        assert Kernaktivitaet.objects.zum(d("2024-08-31")).zaehle() == {}


# ── The same by hand ──────────────────────────────────────────────────────────────────────────
# Words of the concept: the status of a day is the newest valid statement by (zaehlt_ab, entry) up
# to that day; its run reaches back until a statement says something else.


def von_hand(
    meldungen: list[Statusmeldung], auftraege: list[Beschlusswirkung], tag: date
) -> tuple[str, int | None, date | None]:
    """Status, pk of the newest statement, first day of the first statement of the run."""
    lauf: list[Statusmeldung] = []
    for meldung in sorted(meldungen, key=lambda m: (m.zaehlt_ab, m.pk)):
        if meldung.zurueckgezogen_am or not meldung.status or meldung.zaehlt_ab > tag:
            continue
        if lauf and lauf[0].status != meldung.status:
            lauf = []
        lauf.append(meldung)
    if lauf:
        return lauf[0].status, lauf[-1].pk, lauf[0].datum_von
    if auftraege and min(auftrag.beschluss.datum_von for auftrag in auftraege) > tag:
        return Lage.NOCH_NICHT, None, None
    return Lage.OHNE_STAND, None, None


@pytest.mark.parametrize("seed", range(2))
def test_the_query_says_on_every_day_what_is_found_by_hand(seed):
    zufall = Random(seed)
    tage = [d("2020-01-01") + timedelta(days=n) for n in range(30)]
    quelle, kompetenz = QuelleFactory(), KompetenzFactory()
    alle = KernaktivitaetFactory.create_batch(15, kompetenz=kompetenz, quelle=quelle)

    def meldung(ka: Kernaktivitaet) -> Statusmeldung:
        von, ab, bis = sorted(zufall.choices(tage[2:-2], k=3))
        status = zufall.choice(["laufend", "laufend", "umgesetzt", "eingestellt", ""])
        zurueck = zufall.random() < 0.15
        return Statusmeldung(
            kernaktivitaet=ka,
            status=status,
            bezug=status and zufall.choice(["ab", "stand"]),
            datum_von=von,
            zaehlt_ab=ab,
            datum_bis=bis,
            genauigkeit="tag",
            text="Text",
            quelle=quelle,
            zurueckgezogen_am=tage[-1] if zurueck else None,
            rueckzug_grund="Falsch." if zurueck else "",
        )

    Statusmeldung.objects.bulk_create(
        meldung(zufall.choice(alle)) for _ in range(zufall.randrange(60, 120))
    )
    for ka in zufall.choices(alle, k=20):  # some get several
        am = zufall.choice(["10.01.2020", "20.01.2020", "01/2020", "2020"])
        BeschlusswirkungFactory(kernaktivitaet=ka, beschluss__am=am)

    meldungen = {ka.pk: list(ka.statusmeldungen.all()) for ka in alle}
    auftraege = {ka.pk: list(ka.beschlusswirkungen.select_related("beschluss")) for ka in alle}
    for tag in tage:
        zeilen = Kernaktivitaet.objects.zum(tag)
        gefunden = {
            ka.pk: (ka.lage, ka.lagebild.meldung, ka.seit and date.fromisoformat(ka.seit["von"]))
            for ka in zeilen
        }
        erwartet = {ka.pk: von_hand(meldungen[ka.pk], auftraege[ka.pk], tag) for ka in alle}
        assert gefunden == erwartet
        assert zeilen.zaehle() == Counter((wort,) for wort, _, _ in erwartet.values())
