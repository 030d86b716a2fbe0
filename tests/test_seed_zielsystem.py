"""The delivered tree against the slides of the presentation."""

from collections import Counter

import pytest

from kernaktivitaeten.models import Querschnittszuordnung
from tests.quelldaten import praesentation, verdichtet
from zielsystem.models import (
    Ebene,
    Querschnittsthema,
    StrategischesZiel,
    Wesenskernteil,
    Zielelement,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]


def test_the_tree_has_one_wesenskern_five_kompetenzen_and_five_schwerpunkte_each():
    ebenen = Counter(Zielelement.objects.values_list("ebene", flat=True))
    assert ebenen == {Ebene.WESENSKERN: 1, Ebene.KOMPETENZ: 5, Ebene.SCHWERPUNKT: 25}
    kompetenzen = Zielelement.objects.filter(ebene=Ebene.KOMPETENZ)
    assert {kompetenz.get_descendant_count() for kompetenz in kompetenzen} == {5}


def test_the_titles_stand_in_the_overview_of_the_source_in_this_order():
    """The slide names the Kompetenzen, then the Wesenskern, then the Schwerpunkte in columns."""
    text = praesentation()
    folie = verdichtet(text[text.index("2.0 im Überblick") : text.index("Zielbild Zielbild")])
    baum = list(Zielelement.objects.all())
    for ebene in Ebene:
        stellen = [folie.index(verdichtet(e.titel)) for e in baum if e.ebene == ebene]
        assert stellen == sorted(stellen)


def test_a_schwerpunkt_has_a_short_title_only_where_its_slide_names_it_differently():
    text = praesentation()
    punkte = {
        verdichtet(punkt)
        for punkt in text[text.index("Genauer hingeschaut") :].replace("\n\n", "•").split("•")
    }
    for schwerpunkt in Zielelement.objects.filter(ebene=Ebene.SCHWERPUNKT):
        assert verdichtet(schwerpunkt.kurztitel or schwerpunkt.titel) in punkte
        assert bool(schwerpunkt.kurztitel) == (verdichtet(schwerpunkt.titel) not in punkte)
    kurz = Zielelement.objects.exclude(kurztitel="").values_list("kurztitel", flat=True)
    assert list(kurz) == [
        "Dienstleisterin Stadt Bochum & Töchter",
        "Lebenswerte Stadtteile und Wohnquartiere",
    ]


def test_the_tree_columns_of_the_fixture_are_right():
    vorher = list(Zielelement.objects.values_list("pk", "lft", "rght", "tree_id", "ebene"))
    Zielelement.objects.rebuild()
    assert list(Zielelement.objects.values_list("pk", "lft", "rght", "tree_id", "ebene")) == vorher


def test_the_wesenskern_has_its_three_readings_word_for_word():
    text = verdichtet(praesentation())
    assert list(Wesenskernteil.objects.values_list("name", flat=True)) == [
        "Wissen",
        "Wandel",
        "Wir-Gefühl",
    ]
    for teil in Wesenskernteil.objects.all():
        assert verdichtet(f"{teil.name} = {teil.lesart}") in text
    assert verdichtet(Zielelement.objects.get(ebene=0).beschreibung) in text.replace(
        "=Geist", "Geist"
    )


@pytest.mark.parametrize(
    ("kompetenz", "ziele"),
    [
        (
            "vorreiterin",
            [
                ("Aufgeschlossenes und veränderungsfreudiges Klima", "Veränderungsklima"),
                (
                    "Hohe Zufriedenheit mit Bochum als Stadt",
                    "Zufriedenheit mit Bochum als Stadt",
                ),
            ],
        ),
        (
            "grossstadt",
            [
                ("Hohe urbane Lebensqualität", "Urbane Lebensqualität"),
                ("Bevölkerungswachstum", "Bevölkerungswachstum in ganzer Vielfalt"),
            ],
        ),
        (
            "hotspot",
            [
                (
                    "Klima der Inspiration, Vielfalt und Kreativität",
                    "Klima der Inspiration, Vielfalt, Kreativität",
                ),
                ("Hohe (inter-)nationale Aufmerksamkeit", "Kulturreichweite"),
            ],
        ),
        (
            "talentschmiede",
            [
                ("Vielfältige Qualifizierungschancen", "Qualifizierungschancen"),
                ("Hohe Bildungseffekte am Standort", "Bildungseffekte"),
            ],
        ),
        (
            "shootingstar",
            [
                ("Ausgeprägte Innovationsstärke", "Innovationsstärke"),
                (
                    "Große Wirtschaftskraft und ein hohes Beschäftigungsniveau",
                    "Wirtschaftskraft und Beschäftigungsniveau",
                ),
            ],
        ),
    ],
)
def test_each_kompetenz_has_its_goals_in_both_wordings(kompetenz, ziele):
    unsere = StrategischesZiel.objects.filter(kompetenz__kennung=kompetenz)
    assert list(unsere.values_list("langfassung", "kurzfassung")) == ziele
    text = verdichtet(praesentation())
    assert all(verdichtet(fassung) in text for ziel in ziele for fassung in ziel)


def test_no_kernaktivitaet_is_assigned_to_one_of_the_five_themes():
    assert list(Querschnittsthema.objects.values_list("titel", flat=True)) == [
        "Gesellschaftliche Vielfalt",
        "Soziale Lage",
        "Sicherheit",
        "Klima",
        "Digitalisierung",
    ]
    assert not Querschnittszuordnung.objects.exists()
