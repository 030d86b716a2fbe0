"""The delivered decisions, totals, milestones, responsibilities and places against their source."""

from collections import Counter

import pytest

from kernaktivitaeten.models import (
    Beschlusswirkung,
    Besetzung,
    Bilanz,
    Ort,
    Person,
    Ratsbeschluss,
    Verantwortung,
)
from strategiearbeit.models import Meilenstein, Werkzeugkasten
from tests.quelldaten import (
    BESCHLUESSE,
    KA_ZEILEN,
    TEILE,
    Schluessel,
    adresse,
    erster_tag,
    ka,
    letzter_tag,
    mehrere,
    praesentation,
    schluessel,
    tag,
    verdichtet,
    zeilen,
    zu_ka,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]


def test_twenty_beschluesse_are_those_of_the_source():
    unsere = Counter(
        (b.titel, b.datum_von, b.datum_bis, b.genauigkeit, b.quelle.adresse, b.quelle.art)
        for b in Ratsbeschluss.objects.select_related("quelle")
    )
    assert unsere == Counter(
        (
            z["titel"],
            erster_tag(z["datum_von"], z["genauigkeit"]),
            letzter_tag(z["datum_bis"] or z["datum_von"], z["genauigkeit"]),
            z["genauigkeit"],
            adresse(z["quelle_url"]),
            z["quelle_art"],
        )
        for z in BESCHLUESSE
    )
    assert unsere.total() == len(BESCHLUESSE) == 20


def beschluss_zu(zeile: dict[str, str]) -> Ratsbeschluss:
    return Ratsbeschluss.objects.get(titel=zeile["titel"], datum_von=tag(zeile["datum_von"]))


@pytest.mark.parametrize("feld", ["gremium", "vorlage", "ergebnis"])
def test_what_the_source_does_not_say_of_a_beschluss_stays_empty(feld):
    for zeile in BESCHLUESSE:
        assert getattr(beschluss_zu(zeile), feld) == zeile[feld]


def genannte(zeile: dict[str, str]) -> set[Schluessel]:
    """The Kernaktivitäten that the source names: "Großstadt mit Lebensgefühl Nr. 3"."""
    teile = (teil.partition(" Nr. ") for teil in mehrere(zeile["wirkung"]))
    return {(kompetenz, int(nr)) for kompetenz, _, nr in teile if nr}


def test_a_beschluss_concerns_the_tranche_the_strategy_and_the_ones_that_the_source_names():
    for zeile in BESCHLUESSE:
        beschluss = beschluss_zu(zeile)
        erwartet = genannte(zeile)
        if beschluss.tranche:
            erwartet |= {
                schluessel(z)
                for z in KA_ZEILEN
                if TEILE.get(z["tranche"]) == (beschluss.tranche.nr, beschluss.teil)
            }
        wirkungen = beschluss.wirkungen.select_related("kernaktivitaet__kompetenz")
        assert {ka(wirkung) for wirkung in wirkungen} == erwartet
        assert bool(beschluss.tranche) == ("Tranche" in zeile["wirkung"])
        assert beschluss.betrifft_strategie == ("Strategie" in zeile["wirkung"])


def test_the_effect_of_a_beschluss_stays_empty_where_no_source_names_it():
    wirkungen = Beschlusswirkung.objects.select_related("beschluss")
    assert {(w.wirkung, w.beschluss.tranche_id is None) for w in wirkungen} == {
        ("beauftragt", False),
        ("", True),
    }


def test_the_effect_of_a_beschluss_names_its_source():
    """For a commission it is the source of the Tranche, else that of the Beschluss."""
    tranchen = {schluessel(z): adresse(z["tranche_quelle"]) for z in KA_ZEILEN}
    for wirkung in zu_ka(Beschlusswirkung).select_related("beschluss__quelle"):
        if wirkung.wirkung:
            assert wirkung.quelle.adresse == tranchen[ka(wirkung)]
        elif not wirkung.text:  # a sentence has the source of its fact
            assert wirkung.quelle == wirkung.beschluss.quelle


def test_the_doubts_about_the_first_beschluss_are_printed():
    hinweis = Ratsbeschluss.objects.get(tranche__nr=1).hinweis
    assert "zustimmend zur Kenntnis" in hinweis
    assert "2016" in hinweis


def test_both_bilanzen_are_as_published_and_explained():
    for zeile in zeilen("bilanzen"):
        bilanz = Bilanz.objects.get(datum_von=tag(zeile["stichtag"]))
        assert bilanz.datum_bis == letzter_tag(zeile["stichtag"], zeile["genauigkeit"])
        felder = (
            ("gesamt", "gesamt"),
            ("umgesetzt", "umgesetzt"),
            ("laufend", "laufend"),
            ("eingestellt", "eingestellt"),
            ("ueberfuehrt", "integriert_ueberfuehrt"),
            ("eingestellt_ueberfuehrt", "eingestellt_integriert_zusammen"),
        )
        for unser, feld in felder:
            assert getattr(bilanz, unser) == (int(zeile[feld]) if zeile[feld] else None)
        assert bilanz.anmerkung == zeile["anmerkung"]
        assert bilanz.quelle.adresse == adresse(zeile["quelle_url"])
        assert bilanz.erklaerung
    assert Bilanz.objects.count() == len(zeilen("bilanzen")) == 2


def test_nine_meilensteine_stand_in_the_wording_and_order_of_the_source():
    unsere = Meilenstein.objects.values_list("text", "datum_von", "datum_bis", "genauigkeit")
    assert list(unsere) == [
        (
            z["text"],
            tag(z["datum_von"]),
            letzter_tag(z["datum_bis"] or z["datum_von"], z["genauigkeit"]),
            z["genauigkeit"],
        )
        for z in zeilen("meilensteine")
    ]
    assert len(unsere) == 9
    assert Meilenstein.objects.filter(text="Beschlüsse zu 25 KA (3. Tranche)").exists()


def test_the_toolboxes_are_those_that_the_source_names():
    """Of what they are for the source says nothing."""
    kaesten = Werkzeugkasten.objects.values_list("titel", "fundort", "zweck", "nur_intern")
    assert list(kaesten) == [
        ("Kernaktivitäten umsetzen", "Strategie-Wiki", "", True),
        ("Projekte", "BOP (Intranet)", "", True),
    ]
    text = verdichtet(praesentation())
    assert "Werkzeugkasten„Kernaktivitätenumsetzen“" in text
    assert "WerkzeugkastenProjekteimBOP(Intranet)" in text


# Units that the source names in one breath.
ZUSAMMEN_GENANNT = {
    "Amt für Geoinformation, Liegenschaften und Kataster; Zentrale Dienste": [
        "Amt für Geoinformation, Liegenschaften und Kataster",
        "Zentrale Dienste",
    ],
    "Amt für Soziales, Stabsstelle Leben im Alter": [
        "Amt für Soziales",
        "Stabsstelle Leben im Alter",
    ],
    "Dezernat III – Personal, Recht und Ordnung": ["Dezernat III"],
}


def verantwortungen(rolle: str) -> Counter:
    return Counter(
        (*ka(v), v.stelle.name, v.wortlaut, v.bezug, v.zeit and v.zeit.kurz, v.quelle.adresse)
        for v in zu_ka(Verantwortung).filter(rolle=rolle).select_related("stelle")
    )


def test_the_line_is_responsible_where_the_presentation_says_so():
    assert verantwortungen("linie") == Counter(
        (*schluessel(z), z["linienverantwortung"], "", "stand", "08/2024", "")
        for z in KA_ZEILEN
        if z["linienverantwortung"]
    )


def test_the_units_of_the_sources_are_named_each_for_itself():
    erwartet = Counter()
    for zeile in KA_ZEILEN:
        if stelle := zeile["stelle"]:
            namen = ZUSAMMEN_GENANNT.get(stelle, [stelle])
            wortlaut = "" if namen == [stelle] else stelle
            erwartet.update(
                (*schluessel(zeile), name, wortlaut, "", None, zeile["stelle_quelle"])
                for name in namen
            )
    assert verantwortungen("laut-quelle") == erwartet


def test_the_persons_of_the_presentation_answer_for_a_kompetenz_as_of_then():
    unsere = Verantwortung.objects.filter(rolle="kompetenz")
    assert set(unsere.values_list("kompetenz__kennung", "person__name")) == {
        ("vorreiterin", "Fr. Dr. Hubbert"),
        ("vorreiterin", "Hr. Kopietz"),
        ("grossstadt", "Hr. Dr. Bradtke"),
        ("hotspot", "Hr. Dieckmann"),
        ("talentschmiede", "Fr. Anger"),
        ("shootingstar", "Hr. Meyer"),
    }
    assert {(v.bezug, v.zeit.kurz) for v in unsere} == {("stand", "08/2024")}
    assert Verantwortung.objects.filter(rolle__in=("projektleitung", "projektpartner")).count() == 0


def test_persons_hold_the_offices_that_the_presentation_names():
    assert set(Besetzung.objects.values_list("person__name", "stelle__name", "bezug")) == {
        ("Hr. Dr. Bradtke", "Dezernat VI", "stand"),
        ("Hr. Meyer", "Bochum Wirtschaftsentwicklung", "stand"),
        ("Hr. Dieckmann", "Dezernat IV", "stand"),
        ("Hr. Kopietz", "Dezernat III", "stand"),
    }


def test_no_name_of_a_person_is_released():
    assert Person.objects.count() == 6
    assert not Person.objects.filter(name_freigegeben=True).exists()


def test_all_places_of_the_source_are_there():
    unsere = Counter(
        (
            *ka(ort),
            ort.bezeichnung,
            ort.adresse,
            ort.get_stadtbezirk_display().removeprefix("Bochum-"),
            ort.quelle.art,
            ort.quelle.adresse,
        )
        for ort in zu_ka(Ort)
    )
    assert unsere == Counter(
        (
            *schluessel(z),
            *(z[f] for f in ("bezeichnung", "adresse", "stadtbezirk", "quelle_art", "quelle_url")),
        )
        for z in zeilen("orte")
    )
