"""Every rule holds where it should and fails where it should; every sentence is German."""

from datetime import date

import pytest

from kernaktivitaeten import rules
from kernaktivitaeten.models import Status, Statusmeldung
from tests import factories as f
from verwaltung.regeln import REGELN, gebrochene
from zielsystem import rules as zielsystem_rules
from zielsystem.models import Zielelement
from zielsystem.rules import satz

pytestmark = pytest.mark.django_db

# Each once: that about addresses belongs to several models.
ALLE_REGELN = dict.fromkeys(regel for gruppe in REGELN.values() for regel in gruppe)


# Each case builds one row; of a rule at least one keeps it and one breaks it.


def _ka(**felder):
    return f.KernaktivitaetFactory(**felder)


def _kreis(laenge: int, *tage: str):
    kette = [_ka() for _ in range(laenge)]
    wege = zip(kette, [*kette[1:], kette[0]], tage or ["2020"] * laenge, strict=True)
    return [_meldung("ueberfuehrt", hin, kernaktivitaet=von, am=am) for von, hin, am in wege]


def _kette():
    ziel = _meldung("ueberfuehrt", nachfolger=_ka()).kernaktivitaet
    return _meldung("ueberfuehrt", nachfolger=ziel)


def _in_einen_kreis():
    """Its successors run in a circle that it is no part of."""
    return _meldung("ueberfuehrt", nachfolger=_kreis(2)[0].kernaktivitaet)


def _zurueckgezogener_kreis():
    erste, zweite = _kreis(2)
    zweite.zurueckgezogen_am, zweite.rueckzug_grund = date(2024, 9, 1), "Falsch."
    zweite.save()
    return erste


def _uebernimmt_nach_der_oeffnung(am: str):
    """It went into another one, was opened again, and then took that one over."""
    hin, zurueck = _kreis(2, "2020", am)
    _meldung("laufend", kernaktivitaet=hin.kernaktivitaet, am="2022")
    return zurueck


def _meldung(status: str, nachfolger=None, **felder):
    if "in_worten" in felder:
        felder["nachfolge_text"] = felder.pop("in_worten")
    return f.StatusmeldungFactory(status=status, nachfolger=nachfolger, **felder)


def _ruecknahme(**felder):
    return f.RatsbeschlussFactory(
        zurueckgenommen_am=date(2024, 9, 1), ruecknahme_grund="Doppelt.", **felder
    )


def _zurueckgezogen(beschluss):
    return f.StatusmeldungFactory(
        beschluss=beschluss, zurueckgezogen_am=date(2024, 9, 1), rueckzug_grund="Doppelt."
    )


def _in_vorbereitung():
    return _ka(veroeffentlicht_am=None)


def _unveroeffentlicht(meldung):
    meldung.kernaktivitaet.veroeffentlicht_am = None
    return meldung


ZURUECK = {"zurueckgezogen_am": date(2024, 9, 1), "rueckzug_grund": "Falsch."}


def _ersetzt_durch(entwurf: bool):
    meldung = f.StatusmeldungFactory()
    return f.StatusmeldungFactory(
        kernaktivitaet=meldung.kernaktivitaet,
        zurueckgezogen_am=date(2024, 9, 1),
        rueckzug_grund="Falsch",
        ersetzt_durch=f.StatusmeldungFactory(
            kernaktivitaet=meldung.kernaktivitaet, entwurf=entwurf
        ),
    )


def _messwert_zu(entwurf: bool):
    ziel = f.ProjektzielFactory(entwurf=entwurf)
    return f.MesswertFactory(kernaktivitaet=ziel.kernaktivitaet, projektziel=ziel)


def _ersetzt(selbe: bool):
    meldung = f.StatusmeldungFactory(**ZURUECK)
    ka = {"kernaktivitaet": meldung.kernaktivitaet} if selbe else {}
    meldung.ersetzt_durch = f.StatusmeldungFactory(**ka)
    return meldung


def _folge(davor: str, danach: str, **felder):
    """``danach`` after ``davor`` of the same Kernaktivität; not stored."""
    erste = f.StatusmeldungFactory(status=davor, am="2022")
    return f.StatusmeldungFactory.build(
        kernaktivitaet=erste.kernaktivitaet, status=danach, am="2023", quelle=erste.quelle, **felder
    )


def _wieder_geoeffnet(am: str = "2023", betrifft: str = "ka"):
    """ "Laufend" after the end in 2022, by a Beschluss of ``am`` that concerns ``betrifft``."""
    meldung = _folge("umgesetzt", "laufend", beschluss=f.RatsbeschlussFactory(am=am))
    ka = meldung.kernaktivitaet
    if betrifft == "tranche":
        ka.tranche = meldung.beschluss.tranche = f.TrancheFactory()
        meldung.beschluss.save()
    else:
        andere = {} if betrifft == "andere" else {"kernaktivitaet": ka}
        f.BeschlusswirkungFactory(beschluss=meldung.beschluss, wirkung="", **andere)
    return meldung


def _zuordnung(eigen: bool, **felder):
    ka = _ka()
    eltern = ka.kompetenz if eigen else f.KompetenzFactory()
    schwerpunkt = f.SchwerpunktFactory(eltern=eltern)
    return f.ZuordnungFactory.build(
        kernaktivitaet=ka, schwerpunkt=schwerpunkt, quelle=ka.quelle, **felder
    )


def _wirkung(wirkung: str, eigene: bool, tranche: bool = True):
    nummer = f.TrancheFactory() if tranche else None
    ka = _ka(tranche=nummer, tranche_quelle=nummer and nummer.quelle) if eigene else _ka()
    return f.BeschlusswirkungFactory(kernaktivitaet=ka, wirkung=wirkung, beschluss__tranche=nummer)


def _messwert(eigen: bool):
    ziel = f.ProjektzielFactory()
    ka = {"kernaktivitaet": ziel.kernaktivitaet} if eigen else {}
    return f.MesswertFactory(projektziel=ziel, **ka)


def _verantwortung(rolle: str, **felder):
    return f.VerantwortungFactory(rolle=rolle, **felder)


def _fuer(element):
    return {"kompetenz": element(), "kernaktivitaet": None}


HAELT_UND_BRICHT = {
    rules.kernaktivitaet_gehoert_zu_einer_kompetenz: (
        [_ka],
        [
            lambda: _ka(kompetenz=f.SchwerpunktFactory()),
            lambda: _ka(kompetenz=f.WesenskernFactory()),
        ],
    ),
    rules.nachfolge_hat_keinen_kreis: (
        [
            _kette,
            lambda: _meldung("ueberfuehrt"),
            _zurueckgezogener_kreis,
            lambda: _uebernimmt_nach_der_oeffnung("2023"),
        ],
        [
            lambda: _kreis(2)[0],
            lambda: _kreis(3, "2024", "2020", "2022")[1],
            lambda: _kreis(3)[2],
            _in_einen_kreis,
            lambda: _uebernimmt_nach_der_oeffnung("2021"),
        ],
    ),
    rules.wer_ueberfuehrt_ist_hat_einen_nachfolger: (
        [
            lambda: _meldung("ueberfuehrt", nachfolger=_ka()),
            lambda: _meldung("ueberfuehrt", nachfolger=_in_vorbereitung(), in_worten="Haus"),
            lambda: _unveroeffentlicht(_meldung("ueberfuehrt", nachfolger=_in_vorbereitung())),
            lambda: _meldung("ueberfuehrt", in_worten="Stadtbibliothek"),
            lambda: _meldung("ueberfuehrt", nachfolger=_in_vorbereitung(), **ZURUECK),
            lambda: _meldung("eingestellt"),
        ],
        [
            lambda: _meldung("ueberfuehrt", nachfolger=_in_vorbereitung()),
        ],
    ),
    rules.nach_dem_ende_oeffnet_nur_ein_beschluss: (
        [
            lambda: _folge("laufend", "umgesetzt"),
            lambda: _folge("umgesetzt", "umgesetzt"),
            lambda: _folge("umgesetzt", ""),
            lambda: _folge("umgesetzt", "laufend", **ZURUECK),
            _wieder_geoeffnet,
            lambda: _wieder_geoeffnet(betrifft="tranche"),
            lambda: _wieder_geoeffnet(am="01.01.2022"),  # the end may have come that very day
        ],
        [
            lambda: _wieder_geoeffnet(betrifft="andere"),
            lambda: _wieder_geoeffnet(am="31.12.2021"),
            lambda: _folge("umgesetzt", "laufend"),
            lambda: _folge("eingestellt", "umgesetzt"),
            lambda: _folge("ueberfuehrt", "eingestellt"),
        ],
    ),
    rules.ersatz_gehoert_zur_selben_kernaktivitaet: (
        [lambda: _ersetzt(selbe=True), f.StatusmeldungFactory],
        [lambda: _ersetzt(selbe=False)],
    ),
    rules.ersatz_ist_freigegeben: (
        [lambda: _ersetzt_durch(entwurf=False), f.StatusmeldungFactory],
        [lambda: _ersetzt_durch(entwurf=True)],
    ),
    rules.messwert_gehoert_zu_einem_freigegebenen_ziel: (
        [lambda: _messwert_zu(entwurf=False), f.MesswertFactory],
        [lambda: _messwert_zu(entwurf=True)],
    ),
    rules.zuordnung_gilt_einem_schwerpunkt: (
        [lambda: _zuordnung(eigen=True)],
        [lambda: f.ZuordnungFactory(schwerpunkt=f.KompetenzFactory())],
    ),
    rules.hauptschwerpunkt_liegt_in_der_eigenen_kompetenz: (
        [lambda: _zuordnung(eigen=True, primaer=True), lambda: _zuordnung(eigen=False)],
        [lambda: _zuordnung(eigen=False, primaer=True)],
    ),
    rules.fremder_schwerpunkt_ist_begruendet: (
        [lambda: _zuordnung(eigen=True), lambda: _zuordnung(eigen=False, begruendung="Darum.")],
        [lambda: _zuordnung(eigen=False)],
    ),
    rules.auftrag_passt_zur_tranche: (
        [
            lambda: _wirkung("beauftragt", eigene=True),
            lambda: _wirkung("geaendert", eigene=False),
            lambda: _wirkung("", eigene=False),
            lambda: _wirkung("beauftragt", eigene=False, tranche=False),
        ],
        [lambda: _wirkung("beauftragt", eigene=False)],
    ),
    rules.meldung_nennt_einen_geltenden_beschluss: (
        [
            f.StatusmeldungFactory,
            lambda: f.StatusmeldungFactory(beschluss=f.RatsbeschlussFactory()),
            lambda: _zurueckgezogen(_ruecknahme()),
        ],
        [lambda: f.StatusmeldungFactory(beschluss=_ruecknahme())],
    ),
    rules.wirkung_hat_nur_ein_geltender_beschluss: (
        [f.BeschlusswirkungFactory],
        [lambda: f.BeschlusswirkungFactory(beschluss=_ruecknahme())],
    ),
    zielsystem_rules.adresse_war_nie_die_einer_anderen: (
        [f.KernaktivitaetFactory, lambda: f.hiess_frueher(f.StelleFactory(), "frueher")],
        [lambda: _mit_frueherer_adresse(f.KernaktivitaetFactory)],
    ),
    rules.messwert_gehoert_zum_ziel_derselben_kernaktivitaet: (
        [lambda: _messwert(eigen=True), f.MesswertFactory],
        [lambda: _messwert(eigen=False)],
    ),
    rules.kompetenzverantwortung_gilt_einer_kompetenz: (
        [
            lambda: _verantwortung("linie"),
            lambda: _verantwortung("kompetenz", **_fuer(f.KompetenzFactory)),
        ],
        [
            lambda: _verantwortung("kompetenz"),
            lambda: _verantwortung("linie", **_fuer(f.KompetenzFactory)),
            lambda: _verantwortung("kompetenz", **_fuer(f.SchwerpunktFactory)),
        ],
    ),
    zielsystem_rules.ziel_gehoert_zu_einer_kompetenz: (
        [f.StrategischesZielFactory],
        [lambda: f.StrategischesZielFactory(kompetenz=f.SchwerpunktFactory())],
    ),
}


def _mit_frueherer_adresse(fabrik):
    f.hiess_frueher(fabrik(), "frueher")
    return fabrik(slug="frueher")


FAELLE = [
    pytest.param(regel, baue, haelt, id=f"{regel.__name__}-{'haelt' if haelt else 'bricht'}-{i}")
    for regel, (gute, schlechte) in HAELT_UND_BRICHT.items()
    for haelt, faelle in ((True, gute), (False, schlechte))
    for i, baue in enumerate(faelle)
]


@pytest.mark.parametrize(("regel", "baue", "haelt"), FAELLE)
def test_a_rule_holds_and_fails_where_it_should(regel, baue, haelt):
    objekt = baue()
    assert regel(objekt) is haelt
    gefunden = [bruch.regel for bruch in gebrochene(type(objekt), [objekt])]
    assert (regel not in gefunden) is haelt


def test_every_rule_has_cases():
    baum = zielsystem_rules.element_steht_richtig_im_baum  # below
    assert set(HAELT_UND_BRICHT) | {baum} == set(ALLE_REGELN)


@pytest.mark.parametrize("regel", ALLE_REGELN, ids=lambda regel: regel.__name__)
def test_the_sentence_of_a_rule_is_one_german_sentence(regel):
    text = satz(regel)
    assert text.endswith(".")
    assert text[0].isupper()
    assert "\n" not in text
    assert "  " not in text


# ── The tree ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def baum():
    kompetenz = f.KompetenzFactory(reihenfolge=1)
    f.SchwerpunktFactory(eltern=kompetenz, reihenfolge=1)
    f.SchwerpunktFactory(eltern=kompetenz, reihenfolge=2)
    f.KompetenzFactory(reihenfolge=2)


def kaputte() -> int:
    regel = zielsystem_rules.element_steht_richtig_im_baum
    return sum(not regel(element) for element in Zielelement.objects.all())


def test_a_whole_tree_passes_at_every_node(baum):
    assert kaputte() == 0


@pytest.mark.parametrize("spalten", [{"lft": 7}, {"rght": 99}, {"tree_id": 9}])
@pytest.mark.parametrize("ebene", [0, 1, 2])
def test_a_broken_column_is_found_wherever_it_is(baum, ebene, spalten):
    ziel = Zielelement.objects.filter(ebene=ebene).first()
    Zielelement.objects.filter(pk=ziel.pk).update(**spalten)
    assert kaputte() > 0


# ── The table of changes ──────────────────────────────────────────────────────────────────────


def test_the_table_names_every_status_on_both_sides():
    assert set(rules.WECHSEL) == set(Status)
    for status, erlaubte in rules.WECHSEL.items():
        assert erlaubte <= set(Status)
        assert status in erlaubte  # a confirmation is always possible


@pytest.mark.parametrize("davor", Status.values)
@pytest.mark.parametrize("danach", Status.values)
@pytest.mark.parametrize("mit_beschluss", [False, True])
def test_what_may_follow_what_with_and_without_a_beschluss(davor, danach, mit_beschluss):
    meldung = _folge(davor, danach)
    if mit_beschluss:
        wirkung = f.BeschlusswirkungFactory(
            kernaktivitaet=meldung.kernaktivitaet, wirkung="", beschluss__am="2023"
        )
        meldung.beschluss = wirkung.beschluss
    erlaubt = mit_beschluss or davor == "laufend" or davor == danach
    assert rules.nach_dem_ende_oeffnet_nur_ein_beschluss(meldung) is erlaubt


@pytest.mark.parametrize(
    ("am", "haelt"),
    [("2021", True), ("30.12.2022", True), ("31.12.2022", False), ("01.01.2023", False)],
)
def test_an_entry_in_the_past_must_fit_what_follows_it(am, haelt):
    """The end on 31.12.2022; "laufend" may only be entered before it."""
    ende = f.StatusmeldungFactory(status="umgesetzt", am="31.12.2022")
    meldung = f.StatusmeldungFactory.build(
        kernaktivitaet=ende.kernaktivitaet, status="laufend", am=am, quelle=ende.quelle
    )
    assert rules.nach_dem_ende_oeffnet_nur_ein_beschluss(meldung) is haelt


def test_an_end_cannot_be_entered_before_what_runs_on():
    laufend = f.StatusmeldungFactory(status="laufend", am="2022")
    meldung = f.StatusmeldungFactory.build(
        kernaktivitaet=laufend.kernaktivitaet, status="eingestellt", am="2021"
    )
    assert not rules.nach_dem_ende_oeffnet_nur_ein_beschluss(meldung)
    Statusmeldung.objects.filter(pk=laufend.pk).update(**ZURUECK)
    assert rules.nach_dem_ende_oeffnet_nur_ein_beschluss(meldung)


def test_of_two_on_the_same_day_the_later_entry_follows():
    ende = f.StatusmeldungFactory(status="umgesetzt", am="2022")
    wieder = f.StatusmeldungFactory(kernaktivitaet=ende.kernaktivitaet, status="laufend", am="2022")
    assert not rules.nach_dem_ende_oeffnet_nur_ein_beschluss(wieder)
    assert not rules.nach_dem_ende_oeffnet_nur_ein_beschluss(ende)  # what follows it may not


def test_the_end_of_another_one_does_not_matter():
    f.StatusmeldungFactory(status="umgesetzt", am="2022")
    assert rules.nach_dem_ende_oeffnet_nur_ein_beschluss(
        f.StatusmeldungFactory(status="laufend", am="2023")
    )
