"""The pages of a Kompetenz and of a Schwerpunkt."""

import pytest

from tests import factories as f
from tests.adressen import oeffne
from zielsystem.models import Zielelement

pytestmark = pytest.mark.django_db


@pytest.fixture
def kompetenz():
    return f.KompetenzFactory(titel="Große Kompetenz", slug="grosse", quelle__titel="Überblick 2.0")


@pytest.fixture
def schwerpunkt(kompetenz):
    return f.SchwerpunktFactory(titel="Erster Schwerpunkt", slug="erster", eltern=kompetenz)


def text(client, element, **parameter) -> str:
    return oeffne(client, element.get_absolute_url(), parameter).eines("main").text


# ── Kompetenz ─────────────────────────────────────────────────────────────────────────────────


def test_an_empty_kompetenz_says_so(client, kompetenz):
    inhalt = text(client, kompetenz)
    assert "0 Kernaktivitäten gibt es, 25 sollen es bis 2030 sein." in inhalt
    assert "Die Quellen nennen keine verantwortliche Stelle oder Person." in inhalt
    assert "Quelle der Ziele und Schwerpunkte: Überblick 2.0" in inhalt


def test_goals_stand_in_both_wordings_unless_they_are_the_same(client, kompetenz):
    f.StrategischesZielFactory(kompetenz=kompetenz, langfassung="Lang", kurzfassung="Kurz")
    f.StrategischesZielFactory(kompetenz=kompetenz, langfassung="Gleich", kurzfassung="Gleich")
    inhalt = text(client, kompetenz)
    assert "Lang Im Zielbild: Kurz" in inhalt
    assert "Im Zielbild: Gleich" not in inhalt


def test_only_states_that_occur_are_counted_and_foreign_ones_are_not(
    client, kompetenz, schwerpunkt
):
    f.StatusmeldungFactory(kernaktivitaet__kompetenz=kompetenz, status="umgesetzt")
    fremde = f.StatusmeldungFactory(status="eingestellt").kernaktivitaet
    f.ZuordnungFactory(kernaktivitaet=fremde, schwerpunkt=schwerpunkt, begruendung="Ja.")
    inhalt = text(client, kompetenz)
    assert (
        "1 Kernaktivität gibt es, 25 sollen es bis 2030 sein. 1 Kernaktivität umgesetzt" in inhalt
    )
    assert "Kernaktivitäten eingestellt" not in inhalt
    assert f"aus: {fremde.kompetenz.titel}" in inhalt  # but it has its tile


def test_a_schwerpunkt_is_called_by_both_names(client, kompetenz, schwerpunkt):
    assert "Kurz auch" not in text(client, kompetenz)
    assert "Kurz auch" not in text(client, schwerpunkt)
    schwerpunkt.kurztitel = "Kürzer"
    schwerpunkt.save()
    assert "Kurzform: Kürzer" in text(client, kompetenz)
    assert "Kurzform: Kürzer" in text(client, schwerpunkt)


def test_who_answers_for_a_kompetenz_is_named_by_office(client, kompetenz):
    person = f.PersonFactory(name="Erika Mustermann")
    f.BesetzungFactory(person=person, stelle__name="Dezernat IV", am="08/2024")
    f.VerantwortungFactory(
        rolle="kompetenz",
        kompetenz=kompetenz,
        kernaktivitaet=None,
        stelle=None,
        person=person,
        am="08/2024",
    )
    inhalt = text(client, kompetenz)
    assert "Kompetenzverantwortung: Dezernat IV" in inhalt
    assert "Stand 08/2024" in inhalt
    assert "Mustermann" not in inhalt


# ── Schwerpunkt ───────────────────────────────────────────────────────────────────────────────


def test_an_empty_schwerpunkt_says_why_and_leads_on(client, schwerpunkt):
    inhalt = text(client, schwerpunkt)
    assert "Diesem Schwerpunkt sind 0 Kernaktivitäten zugeordnet, 5 sollen es werden." in inhalt
    assert "Noch ist keine zugeordnet." in inhalt


def test_a_schwerpunkt_lists_its_kernaktivitaeten(client, schwerpunkt):
    ka = f.StatusmeldungFactory(kernaktivitaet__kompetenz=schwerpunkt.eltern).kernaktivitaet
    f.ZuordnungFactory(kernaktivitaet=ka, schwerpunkt=schwerpunkt)
    dokument = oeffne(client, schwerpunkt.get_absolute_url())
    (zeile,) = dokument.eines("ol", "liste").alle("li")
    assert ka.titel in zeile.text
    assert "laufend" in zeile.text
    assert "Noch ist keine zugeordnet." not in dokument.text


def test_a_schwerpunkt_names_the_others_of_its_kompetenz(client, schwerpunkt):
    anderer = f.SchwerpunktFactory(titel="Zweiter", eltern=schwerpunkt.eltern)
    fremder = f.SchwerpunktFactory(titel="Ganz fremder")
    dokument = oeffne(client, schwerpunkt.get_absolute_url()).eines("main")
    assert "Erster Schwerpunkt (diese Seite)" in dokument.text
    ziele = [a["href"] for a in dokument.alle("a")]
    assert anderer.get_absolute_url() in ziele
    assert fremder.get_absolute_url() not in ziele


def test_a_schwerpunkt_is_found_below_its_own_kompetenz_only(client, schwerpunkt):
    f.KompetenzFactory(slug="andere")
    oeffne(client, "/kompetenzen/grosse/erster/")
    oeffne(client, "/kompetenzen/andere/erster/", status=404)
    oeffne(client, "/kompetenzen/erster/", status=404)


def test_the_delivered_ones_all_have_two_goals_five_schwerpunkte_and_somebody(client, echte_daten):
    for kompetenz in Zielelement.objects.filter(ebene=1):
        dokument = oeffne(client, kompetenz.get_absolute_url())
        assert len(dokument.eines("ul", "ziele-lang").alle("li")) == 2
        assert len(dokument.eines(klasse="schwerpunkte").alle("h3")) == 5
        assert "Kompetenzverantwortung:" in dokument.text


def test_who_stands_only_in_a_foreign_schwerpunkt_is_still_seen_where_it_counts(client):
    eigene, fremder = f.KompetenzFactory(), f.SchwerpunktFactory()
    ka = f.KernaktivitaetFactory(kompetenz=eigene, titel="Grenzgang")
    f.ZuordnungFactory(kernaktivitaet=ka, schwerpunkt=fremder, begruendung="Darum.")
    inhalt = text(client, eigene)
    assert "Nur in Schwerpunkten anderer Kompetenzen" in inhalt
    assert f"auch in: {fremder.titel}" in inhalt
    assert "Nur in Schwerpunkten" not in text(client, fremder.eltern)
    f.ZuordnungFactory(kernaktivitaet=ka, schwerpunkt=f.SchwerpunktFactory(eltern=eigene))
    assert "Nur in Schwerpunkten" not in text(client, eigene)
