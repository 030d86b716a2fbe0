"""The search: every kind, nothing that is not public, one index for all threads."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seiten.bestand import aktueller_bestand, lager
from seiten.suche.index import index_zu
from strategiearbeit.models import ABSCHNITTE, Textseite
from tests.adressen import oeffne
from tests.factories import (
    FACTORIES,
    AngabeFactory,
    BeschlusswirkungFactory,
    BesetzungFactory,
    BezeichnungFactory,
    KernaktivitaetFactory,
    KompetenzFactory,
    MesswertFactory,
    OrtFactory,
    PersonFactory,
    PlanangabeFactory,
    ProjektzielFactory,
    QuerschnittsthemaFactory,
    RatsbeschlussFactory,
    SchwerpunktFactory,
    StatusmeldungFactory,
    StrategischesZielFactory,
    VerantwortungFactory,
    WerkzeugkastenFactory,
    WesenskernteilFactory,
)
from tests.suchen import funde


@pytest.mark.django_db
def test_texts_are_never_markup(client):
    ka = KernaktivitaetFactory(titel="<b>Rad</b> & <script>Weg</script>")
    AngabeFactory(kernaktivitaet=ka, text="Das <img src=x onerror=alert(1)> Tandem")
    for anfrage in ("rad", "tandem", "<img src=x>", '"><script>alert(1)</script>'):
        html = client.get("/suche/", {"q": anfrage}).content.decode()
        assert "<b>Rad" not in html
        assert "<script" not in html
        assert "<img" not in html
    zeile = oeffne(client, "/suche/", {"q": "script"}).eines("p", "zeile-titel")
    assert zeile.text == "<b>Rad</b> & <script>Weg</script>"


@pytest.mark.django_db
def test_long_texts_are_cut_around_the_hit(client):
    AngabeFactory(text="Wort " * 100 + "Zeppelin " + "Wort " * 100)
    text = oeffne(client, "/suche/", {"q": "zeppelin"}).eines("p", "zeile-ort").text
    assert text.startswith("Beschreibung: … Wort")
    assert text.endswith("Wort …")
    assert "Zeppelin" in text
    assert len(text) < 260


def neue_textseite(text: str) -> Textseite:
    return Textseite.objects.create(titel="Seite", slug="seite", text=text)


@pytest.mark.django_db
def test_every_kind_is_found():
    texte = {
        BezeichnungFactory: {"text": "Zauberwort"},
        AngabeFactory: {"text": "Zauberwort"},
        ProjektzielFactory: {"text": "Zauberwort"},
        MesswertFactory: {"text": "Zauberwort"},
        PlanangabeFactory: {"text": "Zauberwort"},
        StatusmeldungFactory: {"text": "Zauberwort"},
        BeschlusswirkungFactory: {"text": "Zauberwort"},
        OrtFactory: {"text": "Zauberwort"},
        QuerschnittsthemaFactory: {"titel": "Zauberwort"},
        RatsbeschlussFactory: {"wortlaut": "Zauberwort"},
        KompetenzFactory: {"beschreibung": "Zauberwort"},
        SchwerpunktFactory: {"kurztitel": "Zauberwort"},
        StrategischesZielFactory: {"kurzfassung": "Zauberwort"},
        WesenskernteilFactory: {"lesart": "Zauberwort"},
        WerkzeugkastenFactory: {"zweck": "Zauberwort"},
        neue_textseite: {"text": "Ein [Zauberwort](/ziel/)"},
    }
    for factory, werte in texte.items():
        zeile = factory(**werte)
        seite = getattr(zeile, "kernaktivitaet", None) or getattr(zeile, "kompetenz", None)
        seite = seite or getattr(zeile, "zielelement", zeile)
        assert seite.get_absolute_url() in funde("zauberwort"), factory
    VerantwortungFactory(stelle__name="Amt Zauberei")
    assert len(funde("zauberei")) == 2  # the Stelle and its Kernaktivität


@pytest.mark.django_db
def test_a_hit_leads_to_the_page_that_prints_the_text(client):
    """Texts that can be far from the row they belong to."""
    gezeigt = (
        lambda: WesenskernteilFactory(lesart="Zauberwort"),
        lambda: KompetenzFactory(beschreibung="Zauberwort"),
        lambda: SchwerpunktFactory(beschreibung="Zauberwort"),
        lambda: neue_textseite("Zauberwort"),
        *[
            lambda slug=slug: Textseite.objects.create(
                titel=slug, slug=slug, text="Zauberwort", eigene_seite=False
            )
            for slug in ABSCHNITTE
        ],
    )
    for nr, lege_an in enumerate(gezeigt, start=1):
        lege_an()
        gefunden = funde("zauberwort")
        assert len(gefunden) == nr
        for adresse in gefunden:
            assert "Zauberwort" in oeffne(client, adresse).eines("main").text, adresse
    Textseite.objects.create(titel="A", slug="nirgends", text="Zauberwort", eigene_seite=False)
    assert len(funde("zauberwort")) == len(gezeigt)


@pytest.mark.django_db
def test_what_is_not_public_is_not_found():
    geheim = KernaktivitaetFactory(titel="Geheimprojekt", veroeffentlicht_am=None)
    AngabeFactory(kernaktivitaet=geheim, text="Geheimsache")
    VerantwortungFactory(kernaktivitaet=geheim, stelle__name="Geheimamt")
    StatusmeldungFactory(text="Offen", interne_notiz="Geheimnotiz")
    StatusmeldungFactory(
        text="Geheimirrtum", zurueckgezogen_am=date(2024, 9, 1), rueckzug_grund="Geheimgrund"
    )
    person = PersonFactory(name="Geheimrat Müller")
    VerantwortungFactory(stelle=None, person=person)
    assert not [form for form in index_zu(aktueller_bestand()).worte if "geheim" in form]
    person.name_freigegeben = True
    person.save()
    assert len(funde("geheimrat")) == 1


@pytest.mark.django_db
def test_a_statement_is_found_from_its_day_on(client):
    StatusmeldungFactory(text="Zauberwort", am="31.08.2024")
    for tag, treffer in (("2024-08-30", 0), ("2024-08-31", 1), ("2024-09-01", 1)):
        seite = oeffne(client, "/suche/", {"q": "zauberwort", "stichtag": tag})
        assert len(seite.alle("li", "zeile")) == treffer, tag


@pytest.mark.django_db
def test_the_index_is_rebuilt_by_a_change_and_only_then(django_assert_num_queries):
    ka = KernaktivitaetFactory(titel="Zauberwort")
    assert len(funde("zauberwort")) == 1
    with django_assert_num_queries(1):
        assert len(funde("zauberwort")) == 1
    ka.titel = "Losung"
    ka.save()
    assert funde("zauberwort") == []
    assert len(funde("losung")) == 1
    type(ka).objects.update(titel="Parole")
    assert len(funde("parole")) == 1


@pytest.mark.django_db
def test_more_rows_cost_no_more_queries():
    def anfragen() -> int:
        lager.leere()
        with CaptureQueriesContext(connection) as abfragen:
            index_zu(aktueller_bestand())
        return len(abfragen)

    for factory in FACTORIES.values():
        factory()
    person = PersonFactory(name_freigegeben=True)
    VerantwortungFactory(stelle=None, person=person)
    BesetzungFactory(person=person)
    vorher = anfragen()
    for nr in range(5):
        for factory in FACTORIES.values():
            factory()
        person = PersonFactory(name=f"Name {nr}", name_freigegeben=True)
        VerantwortungFactory(stelle=None, person=person)
        BesetzungFactory(person=person)
    assert anfragen() == vorher
