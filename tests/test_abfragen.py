"""What a page costs: templates ask nothing, and more rows never mean more queries."""

from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.shortcuts import render
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import resolve

from kernaktivitaeten import models as ka
from seiten.bestand import lager
from tests import factories as f
from tests.adressen import AUSGABEN, SEITEN
from zielsystem.models import Querschnittsthema, Zielelement

pytestmark = pytest.mark.django_db

ADRESSEN = [*(seite.adresse for seite in SEITEN), *AUSGABEN.values()]
PARAMETER = {
    "/kernaktivitaeten/": "?status=laufend&status=umgesetzt&sortierung=name&seite=2",
    "/kernaktivitaeten.csv": "?status=laufend&tranche=ohne&sortierung=neueste",
    "/kernaktivitaeten.json": "?schwerpunkt=ohne&querschnittsthema=ohne&sortierung=status",
    "/ueberblick/": "?status=laufend&tranche=2",
    "/suche/": "?q=bochum",
}
ALLE = [*ADRESSEN, *(pfad + frage for pfad, frage in PARAMETER.items())]
VIEWS = ("seiten.views", "seiten.stempel.views")


def kosten(adresse: str) -> int:
    """How many queries a request for ``adresse`` needs, with nothing read so far."""
    lager.leere()
    with CaptureQueriesContext(
        connection,
    ) as abfragen:
        antwort = Client().get(adresse)
    assert antwort.status_code == 200, adresse
    return len(abfragen)


# ── Templates never query ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def vorlagen_ohne_abfrage(monkeypatch, django_assert_num_queries):
    """From now on a page fails whose template asks the database anything."""
    geprueft = []

    def streng(request, vorlage, inhalt):
        with django_assert_num_queries(0):
            antwort = render(request, vorlage, inhalt)
        geprueft.append(vorlage)
        return antwort

    for modul in VIEWS:
        monkeypatch.setattr(f"{modul}.render", streng)
    return geprueft


@pytest.mark.parametrize(
    "adresse",
    [
        *(seite.adresse for seite in SEITEN),
        *(seite.adresse + "?stichtag=2018-09-27" for seite in SEITEN),
        *(pfad + frage for pfad, frage in PARAMETER.items() if pfad.endswith("/")),
        "/kernaktivitaeten/bochumer-mint-bildungscluster/",
        "/kernaktivitaeten/bochums-speisekammer/",
        "/kernaktivitaeten/1000-baenke-fuer-bochum/",
        "/kompetenzen/talentschmiede-im-ruhrgebiet/",
        "/kompetenzen/grossstadt-mit-lebensgefuehl/zukunftsweisende-mobilitaet/",
    ],
)
def test_templates_never_query(client, echte_daten, vorlagen_ohne_abfrage, adresse):
    client.get(adresse)
    assert len(vorlagen_ohne_abfrage) == 1


# ── 3 rows and 23 rows ────────────────────────────────────────────────────────────────────────

KLEINE_ADRESSEN = {
    "startseite": "/",
    "ueberblick": "/ueberblick/",
    "kompetenz": "/kompetenzen/wir/",
    "schwerpunkt": "/kompetenzen/wir/hier/",
    "liste": "/kernaktivitaeten/",
    "csv": "/kernaktivitaeten.csv",
    "json": "/kernaktivitaeten.json",
    "detail": "/kernaktivitaeten/diese/",
    "bilanz": "/bilanz/",
    "methodik": "/methodik/",
    "beschluesse": "/ratsbeschluesse/",
    "beschluss": "/ratsbeschluesse/dieser/",
    "tranche": "/tranchen/9999/",
    "stelle": "/stellen/unsere/",
    "die_strategie": "/die-strategie/",
    "querschnittsthemen": "/querschnittsthemen/",
    "querschnittsthema": "/querschnittsthemen/dieses/",
    "meilensteine": "/meilensteine/",
    "strategiearbeit": "/strategiearbeit/",
    "barrierefreiheit": "/barrierefreiheit/",
    "stempel": "/stempel/",
    "werkzeugkasten": "/strategiearbeit/werkzeugkaesten/dieser/",
    "barriere_melden": "/barriere-melden/",
    "barriere_gemeldet": "/barriere-melden/danke/",
    "textseite": "/datenschutz/",
    "suche": "/suche/?q=kernaktivität",
    "abzeichen": "/stempel/diese.svg",
    "muster": "/stempel/muster/laufend-farbig.svg",
}
GEFILTERT = {
    "liste mit Filter": "/kernaktivitaeten/?status=laufend&status=umgesetzt&sortierung=name",
    "zweites Blatt": "/kernaktivitaeten/?seite=2",
    "csv mit Filter": "/kernaktivitaeten.csv?status=laufend&tranche=ohne&sortierung=neueste",
    "json mit Filter": "/kernaktivitaeten.json?schwerpunkt=ohne&querschnittsthema=ohne",
    "json nach Status": "/kernaktivitaeten.json?sortierung=status",
    "ueberblick mit Filter": "/ueberblick/?status=laufend&tranche=9999",
}


@pytest.fixture
def diese(echte_daten):
    """A Kernaktivität with Kompetenz and Schwerpunkt, at the addresses above, beside the rest."""
    wir = f.KompetenzFactory(slug="wir")
    hier = f.SchwerpunktFactory(eltern=wir, slug="hier")
    diese = f.KernaktivitaetFactory(
        kompetenz=wir,
        slug="diese",
        tranche=f.TrancheFactory(nr=9999),
        tranche_quelle=f.QuelleFactory(),
    )
    f.StatusmeldungFactory(
        kernaktivitaet=diese,
        am="01.08.2026",
        status="ueberfuehrt",
        nachfolger=f.KernaktivitaetFactory(kompetenz=wir),
    )
    f.ZuordnungFactory(kernaktivitaet=diese, schwerpunkt=hier, primaer=True)
    f.RatsbeschlussFactory(slug="dieser", tranche=diese.tranche)
    f.StelleFactory(slug="unsere")
    f.QuerschnittsthemaFactory(slug="dieses")
    f.WerkzeugkastenFactory(slug="dieser")
    return diese


def je_eine_zeile(diese: ka.Kernaktivitaet) -> None:
    """One more row of every kind, all about the same pages, and of the same source."""
    wir, hier = diese.kompetenz, Zielelement.objects.get(slug="hier")
    quelle = f.QuelleFactory()
    tranche, stelle = f.TrancheFactory(quelle=quelle), f.StelleFactory()
    person = f.PersonFactory(name_freigegeben=True)
    f.BesetzungFactory(quelle=quelle, person=person, am="08/2024")
    f.BesetzungFactory(quelle=quelle, person=person, am="08/2024")
    f.KompetenzFactory(quelle=quelle)
    f.StrategischesZielFactory(quelle=quelle, kompetenz=wir)
    f.VerantwortungFactory(
        quelle=quelle, rolle="kompetenz", kompetenz=wir, kernaktivitaet=None, am="08/2024"
    )
    f.VerantwortungFactory(
        quelle=quelle,
        rolle="kompetenz",
        kompetenz=wir,
        kernaktivitaet=None,
        stelle=None,
        person=person,
    )
    neue = f.KernaktivitaetFactory(
        quelle=quelle, kompetenz=wir, tranche=tranche, tranche_quelle=quelle
    )
    f.StatusmeldungFactory(
        quelle=quelle, kernaktivitaet=neue, status="ueberfuehrt", nachfolger=diese
    )
    fremde = f.KernaktivitaetFactory(quelle=quelle)
    for eine in (diese, neue, fremde):
        f.ZuordnungFactory(
            quelle=quelle,
            kernaktivitaet=eine,
            schwerpunkt=f.SchwerpunktFactory(quelle=quelle, eltern=wir),
        )
        if eine != diese:
            f.ZuordnungFactory(quelle=quelle, kernaktivitaet=eine, schwerpunkt=hier)
            f.QuerschnittszuordnungFactory(
                quelle=quelle,
                kernaktivitaet=eine,
                thema=Querschnittsthema.objects.get(slug="dieses"),
            )
            f.BeschlusswirkungFactory(
                quelle=quelle,
                kernaktivitaet=eine,
                beschluss=ka.Ratsbeschluss.objects.get(slug="dieser"),
            )
            f.VerantwortungFactory(
                quelle=quelle,
                kernaktivitaet=eine,
                stelle=ka.Stelle.objects.get(slug="unsere"),
                rolle="linie",
            )
        f.QuerschnittszuordnungFactory(quelle=quelle, kernaktivitaet=eine)
        f.BeschlusswirkungFactory(
            quelle=quelle, kernaktivitaet=eine, beschluss__tranche=tranche, beschluss__quelle=quelle
        )
        f.StatusmeldungFactory(
            quelle=quelle, kernaktivitaet=eine, beschluss=f.RatsbeschlussFactory(quelle=quelle)
        )
        f.StatusmeldungFactory(kernaktivitaet=eine, status="", quelle=None)
        f.VerantwortungFactory(quelle=quelle, kernaktivitaet=eine, stelle=stelle)
        f.VerantwortungFactory(quelle=quelle, kernaktivitaet=eine, stelle=None, person=person)
        ziel = f.ProjektzielFactory(quelle=quelle, kernaktivitaet=eine, zielwert=1000)
        f.MesswertFactory(quelle=quelle, kernaktivitaet=eine, projektziel=ziel)
        f.MesswertFactory(quelle=quelle, kernaktivitaet=eine)
        f.PlanangabeFactory(quelle=quelle, kernaktivitaet=eine)
        f.AngabeFactory(quelle=quelle, kernaktivitaet=eine)
        f.AngabeFactory(quelle=quelle, kernaktivitaet=eine, art="partner")
        f.BezeichnungFactory(kernaktivitaet=eine, text=f"Name {quelle.pk}")
        f.OrtFactory(quelle=quelle, kernaktivitaet=eine)
    f.BilanzFactory(quelle=quelle)
    f.MeilensteinFactory(quelle=quelle)
    f.WerkzeugkastenFactory(quelle=quelle)
    f.WesenskernteilFactory(quelle=quelle)
    f.TextseiteFactory()
    f.AusnahmeFactory()
    f.StempelvorlageFactory()
    f.StempelungFactory(kernaktivitaet=diese)


def test_one_row_of_each_kind_touches_every_model(diese):
    je_eine_zeile(diese)
    leer = [m.__name__ for m in f.FACTORIES if not m.objects.exists()]
    assert leer == []


def test_every_kind_of_page_is_counted():
    namen = {resolve(urlsplit(adresse).path).view_name for adresse in KLEINE_ADRESSEN.values()}
    assert namen == {seite.name for seite in SEITEN} | set(AUSGABEN)


def test_no_page_needs_more_queries_for_23_rows_than_for_three(diese):
    """What a page asks per row shows in twenty rows more; more of them would show nothing else."""
    adressen = KLEINE_ADRESSEN | GEFILTERT
    for _ in range(3):
        je_eine_zeile(diese)
    mit_dreien = {name: kosten(adresse) for name, adresse in adressen.items()}
    with override_settings(SIMPLE_HISTORY_ENABLED=False):  # which no page reads
        for _ in range(20):
            je_eine_zeile(diese)
    assert {name: kosten(adresse) for name, adresse in adressen.items()} == mit_dreien


def test_no_template_queries_with_rows_of_every_kind(client, diese, vorlagen_ohne_abfrage):
    je_eine_zeile(diese)
    for adresse in KLEINE_ADRESSEN.values():
        client.get(adresse)
    assert len(vorlagen_ohne_abfrage) == len(KLEINE_ADRESSEN) - 4  # CSV, JSON and SVG have none
