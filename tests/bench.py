"""What a page costs, as ratios measured in one run: `make bench`. Nothing here passes or fails.

Times of a machine say nothing about another one; how much dearer a page is than the plainest page
does, and so does how it grows with the data.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest
from django.contrib.auth.models import User
from django.test import Client

from seiten.bestand import lager
from tests.bestand import lege_grossen_bestand_an
from tests.stempel.messung import messe
from tests.test_abfragen import ALLE as ADRESSEN

EINFACHSTE = "/barriere-melden/danke/"
RUNDEN = 7
LISTEN = (
    "/verwaltung/",
    "/verwaltung/kernaktivitaeten/kernaktivitaet/",
    "/verwaltung/kernaktivitaeten/statusmeldung/",
    "/verwaltung/kernaktivitaeten/ratsbeschluss/",
)


def dauer(tu: Callable[[], object], runden: int = RUNDEN) -> float:
    """Seconds of ``tu``: the median of some rounds after one that warms up."""
    tu()
    zeiten = []
    for _ in range(runden):
        anfang = perf_counter()
        tu()
        zeiten.append(perf_counter() - anfang)
    return median(zeiten)


def abruf(client: Client, adresse: str, **kopf: str) -> Callable[[], object]:
    def tu() -> None:
        antwort = client.get(adresse, headers=kopf)
        assert antwort.status_code in (200, 304), adresse

    return tu


@pytest.fixture
def redaktion() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("bench"))
    return client


@pytest.mark.django_db
def test_pages(echte_daten, redaktion):
    """Each page against the plainest one, repeated (304) against first, and with 2,500 KA."""
    wer = {adresse: Client() for adresse in ADRESSEN} | dict.fromkeys(LISTEN, redaktion)
    klein = {adresse: dauer(abruf(client, adresse)) for adresse, client in wer.items()}
    wieder = {}
    for adresse in ADRESSEN:
        if marke := wer[adresse].get(adresse).get("ETag"):
            wieder[adresse] = dauer(abruf(wer[adresse], adresse, **{"if-none-match": marke}))
    erste = dauer(_suche_neu, 3)
    lege_grossen_bestand_an()
    lager.leere()
    gross = {adresse: dauer(abruf(client, adresse), 3) for adresse, client in wer.items()}
    print(f"\n{'Seite':72} {'× einfachste':>12} {'304 : 200':>10} {'2.500 : 75':>11}")
    for adresse, sekunden in sorted(klein.items(), key=lambda paar: -paar[1]):
        noch = f"{wieder[adresse] / sekunden:.2f}" if adresse in wieder else "–"
        auf = gross[adresse] / sekunden
        print(f"{adresse[:72]:72} {sekunden / klein[EINFACHSTE]:12.1f} {noch:>10} {auf:11.1f}")
    suche = klein["/suche/?q=bochum"]
    print(f"Erste Suche nach einer Änderung : jede weitere = {erste / suche:.1f}")


def _suche_neu() -> None:
    lager.leere()
    Client().get("/suche/?q=bochum")


def test_stamping_a_long_pdf(tmp_path):
    """100 pages: stamping against what pikepdf needs to open and save the file."""
    speichern, stempeln = messe(tmp_path)
    print(f"\nStempeln : Öffnen und Speichern = {stempeln / speichern:.2f}")
