"""The delivered facts against their source: nothing lost, nothing invented, nothing rounded."""

import re
from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from kernaktivitaeten.models import (
    Angabe,
    Beschlusswirkung,
    Bilanz,
    Messwert,
    Ort,
    Planangabe,
    Projektziel,
    Statusmeldung,
    Verantwortung,
    Zuordnung,
)
from tests.quelldaten import (
    FAKTEN,
    NUR_ABGLEICH,
    Schluessel,
    adresse,
    erster_tag,
    ka,
    letzter_tag,
    schluessel,
    tag,
    zeilen,
    zu_ka,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]


# The source dates what is planned; from when the plan is, its sentence says itself.
STAND_IM_SATZ = re.compile(r"Nach dem Stand von (\d{4}) ")
AUSSAGEN = (Angabe, Projektziel, Messwert, Planangabe, Statusmeldung, Ort, Beschlusswirkung)


@pytest.fixture(scope="module")
def aussagen(echte_daten, django_db_blocker):
    """(KA, sentence) → the rows of ours that say it."""
    gefunden = defaultdict(list)
    with django_db_blocker.unblock():
        for modell in AUSSAGEN:
            for zeile in zu_ka(modell).exclude(text=""):
                gefunden[ka(zeile), zeile.text].append(zeile)
    return gefunden


def satz(fakt: dict[str, str]) -> tuple[Schluessel, str]:
    return schluessel(fakt), fakt["text"]


def test_every_fact_of_the_source_is_found_word_for_word_exactly_once(aussagen):
    erwartet = Counter(map(satz, FAKTEN))
    assert erwartet.total() == 233
    assert set(erwartet.values()) == {1}
    assert {s: len(aussagen[s]) for s in erwartet} == erwartet


def test_every_sentence_of_ours_is_one_of_the_source(aussagen):
    """But for the status: the presentation has lists there, not sentences."""
    eigene = {
        s: zeile
        for s, gleiche in aussagen.items()
        for zeile in gleiche
        if s not in set(map(satz, FAKTEN))
    }
    assert {type(zeile) for zeile in eigene.values()} == {Statusmeldung}
    assert all(zeile.status for zeile in eigene.values())


def test_no_sentence_of_a_party_or_a_private_page_got_in(aussagen):
    assert len(NUR_ABGLEICH) == len(zeilen("fakten")) - 233 > 0
    texte = {text for _, text in aussagen}
    assert not texte & {fakt["text"] for fakt in NUR_ABGLEICH}


def test_a_party_is_a_source_only_of_beschluesse_tranchen_and_places():
    for modell in (Angabe, Projektziel, Messwert, Planangabe, Bilanz, Zuordnung, Verantwortung):
        assert not modell.objects.filter(quelle__art="partei").exists()
    meldungen = Statusmeldung.objects.filter(quelle__art="partei")
    assert not meldungen.filter(beschluss=None).exists()


def fakten_namen(fakt: dict[str, str]) -> str:
    return f"{fakt['kompetenz'].split()[0]} {fakt['nr']} {fakt['text'][:40]}"


def test_every_fact_names_its_source(aussagen):
    for fakt in FAKTEN:
        (zeile,) = aussagen[satz(fakt)]
        quelle = zeile.quelle
        assert (quelle.adresse, quelle.titel, quelle.art) == (
            adresse(fakt["quelle_url"]),
            fakt["quelle_titel"],
            fakt["quelle_art"],
        ), fakten_namen(fakt)


def erlaubte_modelle(fakt: dict[str, str]) -> set[type]:
    """Where a fact of this kind may be kept."""
    datiert = bool(fakt["datum_von"])
    return {
        "beschreibung": {Angabe},
        "partner": {Angabe},
        "ort": {Ort},
        "beschluss": {Beschlusswirkung},
        "ziel": {Projektziel, Planangabe},
        "ergebnis": {Messwert if fakt["wert"] else Angabe},
        "kosten": {Angabe, Planangabe},
        "beginn": {Statusmeldung},
        "ereignis": {Statusmeldung if datiert else Angabe},
        "ende": {Statusmeldung, Planangabe, Angabe},
    }[fakt["art"]]


def test_every_fact_is_kept_as_what_it_is(aussagen):
    for fakt in FAKTEN:
        (zeile,) = aussagen[satz(fakt)]
        assert type(zeile) in erlaubte_modelle(fakt), fakten_namen(fakt)


def test_every_value_is_that_of_the_source(aussagen):
    wertfeld = {Projektziel: "zielwert", Messwert: "wert", Planangabe: "betrag"}
    for fakt in FAKTEN:
        (zeile,) = aussagen[satz(fakt)]
        if type(zeile) not in wertfeld:
            continue
        wert = getattr(zeile, wertfeld[type(zeile)])
        assert wert == (Decimal(fakt["wert"]) if fakt["wert"] else None), fakten_namen(fakt)
        if not isinstance(zeile, Planangabe):
            assert zeile.einheit == fakt["einheit"], fakten_namen(fakt)


def erwartete_zeit(zeile, fakt: dict[str, str]) -> tuple:
    """First day, last day and precision, as this kind of row keeps them."""
    von, bis, genauigkeit = (fakt[f] for f in ("datum_von", "datum_bis", "genauigkeit"))
    if isinstance(zeile, Planangabe) and (stand := STAND_IM_SATZ.match(fakt["text"])):
        jahr = f"{stand[1]}-01-01"
        return erster_tag(jahr, "jahr"), letzter_tag(jahr, "jahr"), "jahr"
    if isinstance(zeile, Projektziel | Planangabe):
        bis = ""  # a due date has a field of its own
        genauigkeit = genauigkeit if von else ""
    if isinstance(zeile, Statusmeldung):
        von = von or bis  # it happened in that month or year
    return (
        erster_tag(von, genauigkeit),
        letzter_tag(bis or von, genauigkeit),
        genauigkeit,
    )


def test_every_date_is_as_precise_as_the_source(aussagen):
    for fakt in FAKTEN:
        (zeile,) = aussagen[satz(fakt)]
        if isinstance(zeile, Ort):
            assert not fakt["datum_von"]
            continue
        datiert = zeile.beschluss if isinstance(zeile, Beschlusswirkung) else zeile
        unsere = (datiert.datum_von, datiert.datum_bis, datiert.genauigkeit)
        assert unsere == erwartete_zeit(zeile, fakt), fakten_namen(fakt)
        if isinstance(zeile, Projektziel | Planangabe):
            termin = (zeile.termin_bis, zeile.termin_genauigkeit)
            erwartet = (tag(fakt["datum_bis"]), fakt["genauigkeit"] if fakt["datum_bis"] else "")
            assert termin == erwartet, fakten_namen(fakt)


def test_the_sentences_of_one_stand_in_the_order_of_the_source(aussagen):
    stellen = defaultdict(list)
    for fakt in FAKTEN:
        (zeile,) = aussagen[satz(fakt)]
        if hasattr(zeile, "reihenfolge"):
            stellen[schluessel(fakt), type(zeile)].append(zeile.reihenfolge)
    assert all(reihe == sorted(set(reihe)) for reihe in stellen.values())


def test_results_belong_to_goals_only_where_it_is_the_same_thing():
    paare = Messwert.objects.exclude(projektziel=None).select_related("projektziel")
    assert {(m.kernaktivitaet.kennung, m.wert, m.projektziel.zielwert) for m in paare} == {
        ("vorreiterin-14", 3250, 20000),
        ("grossstadt-03", 401, 800),
        ("grossstadt-09", 517, 1000),
        ("grossstadt-16", 4, 6),
        ("hotspot-12", 1, 50),
        ("talentschmiede-02", 3, 10),
        ("shootingstar-01", 6300, 10000),
    }
    for messwert in paare:
        assert messwert.projektziel.kernaktivitaet_id == messwert.kernaktivitaet_id


def test_of_the_benches_only_the_total_is_measured_against_the_goal():
    baenke = Messwert.objects.filter(kernaktivitaet__kennung="grossstadt-09", einheit="Bänke")
    ohne_ziel = baenke.filter(projektziel=None)
    assert set(ohne_ziel.values_list("wert", flat=True)) == {62, 304, 151}
    assert sum(ohne_ziel.values_list("wert", flat=True)) == 517


def test_the_plans_of_the_haus_des_wissens_stand_in_their_order_the_present_one_last():
    plaene = Planangabe.objects.filter(kernaktivitaet__kennung="talentschmiede-05")
    kosten = plaene.filter(art="gesamtkosten").values_list("betrag", flat=True)
    termine = [plan.termin.kurz for plan in plaene.filter(art="fertigstellung")]
    assert list(kosten) == [64_000_000, 90_000_000, 152_600_000]
    assert termine == ["bis 2023", "bis 2026", "bis 2027"]


def test_only_total_costs_are_plans_of_cost():
    """Grants, yearly budgets and parts are Angaben."""
    plaene = Planangabe.objects.filter(art="gesamtkosten")
    assert set(plaene.values_list("kernaktivitaet__kennung", "betrag")) == {
        ("talentschmiede-05", 64_000_000),
        ("talentschmiede-05", 90_000_000),
        ("talentschmiede-05", 152_600_000),
        ("hotspot-05", 55_000_000),
    }
