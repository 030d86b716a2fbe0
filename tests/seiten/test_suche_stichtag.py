"""The search on a day: nothing that was only said, decided or reached after it."""

from datetime import date

import pytest

from tests.adressen import json_von, oeffne
from tests.factories import (
    AngabeFactory,
    BeschlusswirkungFactory,
    KernaktivitaetFactory,
    MeilensteinFactory,
    MesswertFactory,
    PlanangabeFactory,
    ProjektzielFactory,
    RatsbeschlussFactory,
    StatusmeldungFactory,
)

VORHER, TAG, DANACH = "2024-07-31", "2024-08-01", "2024-08-02"
SUCHE = "/suche/"


def anzahl(client, tag: str, adresse: str = SUCHE) -> int:
    seite = oeffne(client, adresse, {"q": "zauberwort", "stichtag": tag})
    return len(seite.alle("p", "zeile-titel"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "werte"),
    [
        (AngabeFactory, {"am": "08/2024"}),
        (ProjektzielFactory, {"am": "08/2024"}),
        (MesswertFactory, {"am": "08/2024"}),
        (PlanangabeFactory, {"am": "08/2024"}),
        (StatusmeldungFactory, {"am": "01.08.2024"}),
    ],
    ids=lambda wert: getattr(wert, "__name__", ""),
)
def test_a_statement_is_found_from_its_first_day_on(client, factory, werte):
    factory(text="Zauberwort", **werte)
    for tag, treffer in ((VORHER, 0), (TAG, 1), (DANACH, 1)):
        assert anzahl(client, tag) == treffer, tag
        assert anzahl(client, tag, "/kernaktivitaeten/") == treffer, tag
        frage = {"q": "zauberwort", "stichtag": tag}
        assert json_von(client, frage)["anzahl"] == treffer, tag
        csv = client.get("/kernaktivitaeten.csv", frage).content
        assert csv.count(b"\r\n") == 1 + treffer, tag


@pytest.mark.django_db
@pytest.mark.parametrize(
    "factory", [AngabeFactory, ProjektzielFactory, MesswertFactory, PlanangabeFactory]
)
def test_a_statement_without_a_date_is_always_found(client, factory):
    factory(text="Zauberwort", am="")
    assert anzahl(client, VORHER) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("feld", ["titel", "vorlage", "gremium", "ergebnis", "wortlaut", "hinweis"])
def test_a_decision_is_found_when_it_was_certainly_taken(client, feld):
    RatsbeschlussFactory(**{feld: "Zauberwort"}, am="08/2024")
    for tag, treffer in (("2024-08-30", 0), ("2024-08-31", 1), ("2024-09-01", 1)):
        gefunden = oeffne(client, SUCHE, {"q": "zauberwort", "stichtag": tag})
        verweise = [p.eines("a")["href"] for p in gefunden.alle("p", "zeile-titel")]
        assert len(verweise) == treffer, tag
        for verweis in verweise:
            oeffne(client, verweis)


@pytest.mark.django_db
def test_what_a_decision_did_is_found_when_it_was_taken(client):
    BeschlusswirkungFactory(text="Zauberwort", beschluss__am="01.08.2024")
    for tag, treffer in ((VORHER, 0), (TAG, 1), (DANACH, 1)):
        assert anzahl(client, tag) == treffer, tag


@pytest.mark.django_db
def test_a_milestone_is_found_when_it_was_reached(client):
    MeilensteinFactory(text="Zauberwort", am="08/2024")
    for tag, treffer in ((VORHER, 0), (TAG, 1), (DANACH, 1)):
        assert anzahl(client, tag) == treffer, tag


@pytest.mark.django_db
def test_a_later_statement_is_not_printed_below_an_earlier_hit(client):
    ka = KernaktivitaetFactory(titel="Zauberwort")
    AngabeFactory(kernaktivitaet=ka, text="Das Zauberwort und mehr", am="01.08.2024")
    for tag, texte in ((VORHER, 0), (TAG, 1), (DANACH, 1)):
        seite = oeffne(client, SUCHE, {"q": "zauberwort", "stichtag": tag})
        assert len(seite.alle("p", "zeile-ort")) == texte, tag


@pytest.mark.django_db
def test_joined_words_keep_the_day(client):
    AngabeFactory(text="Das Haus der Zauberei", am="01.08.2024")
    for tag, treffer in ((VORHER, 0), (TAG, 1), (DANACH, 1)):
        seite = oeffne(client, SUCHE, {"q": "hausderzauberei", "stichtag": tag})
        assert len(seite.alle("p", "zeile-titel")) == treffer, tag


@pytest.mark.django_db
def test_where_it_went_is_found_when_it_went(client):
    meldung = StatusmeldungFactory(
        am="01.08.2024", status="ueberfuehrt", nachfolge_text="Zauberwort", entwurf=True
    )
    assert anzahl(client, DANACH) == 0
    meldung.entwurf = False
    meldung.save()
    for tag, treffer in ((VORHER, 0), (TAG, 1), (DANACH, 1)):
        assert anzahl(client, tag) == treffer, tag


@pytest.mark.django_db
def test_a_plan_is_found_by_what_is_planned(client):
    PlanangabeFactory(
        art="fertigstellung",
        betrag=None,
        termin_bis=date(2030, 12, 31),
        termin_genauigkeit="jahr",
        text="Das dauert.",
        am="",
    )
    zeile = oeffne(client, SUCHE, {"q": "Fertigstellung"}).eines("p", "zeile-ort")
    assert zeile.text == "Geplante Fertigstellung: Das dauert."
