"""Nothing leaks: readers see every page as if drafts and what is in preparation were not there.

All pages are read by following links, on several days, with exports and search. Then drafts, rows
of a Kernaktivität in preparation, unreleased names and former versions are added, each with a
word of its own. Not one letter may change. In the end everything is released: now each word must
be found, or the test would have looked in the wrong places.
"""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import models
from django.test import Client
from django.urls import resolve, reverse

from kernaktivitaeten.models import Kernaktivitaet, MitEntwurf, Ratsbeschluss
from seiten.bestand import aktueller_bestand
from seiten.suche.index import index_zu
from tests import factories as f
from tests.adressen import EIGENS_GEPRUEFT
from tests.test_conventions import urlnamen
from tests.verwaltung.beschluesse import erfasse
from zielsystem.models import Quelle

pytestmark = pytest.mark.django_db

TAGE = ("", "2016-01-01", "2021-06-30")
# What a page can be asked beside the day: of filters only the first step is followed, and that
# today: the next ones are the same page again.
HOECHSTENS = 1
# What is stored and stays inside for ever.
NIE_OEFFENTLICH = (
    "GeheimRuecknahme",
    "GeheimNotiz",
    "GeheimPerson",
    "GeheimFrueher",
    "GeheimGeloescht",
)
# What has no text of its own on any page: its words are found nowhere, before or after.
OHNE_TEXT = {
    "Querschnittszuordnung",
    "Stempelung",
    "Tranche",
    "Verantwortung",
    "Zuordnung",
}
# Keys, what only goes together with something else, and what is too short for a word.
SCHLUESSEL = {"kennung", "slug", "rueckzug_grund", "ruecknahme_grund", "code", "zusatz"}


def wort(zeile: models.Model) -> str:
    """At most 20 letters: the shortest column has room for no more."""
    return f"Geheim{type(zeile).__name__[:9]}{zeile.pk}"


def fuelle(zeile: models.Model) -> str:
    """Writes a word of its own into every text of the row and its source; returns the words."""
    for feld in zeile._meta.concrete_fields:
        if isinstance(feld, models.URLField):
            setattr(zeile, feld.name, f"https://{wort(zeile)}.example/")
        elif isinstance(feld, (models.CharField, models.TextField)) and not (
            feld.choices or feld.name in SCHLUESSEL or feld.name in _fremde(zeile)
        ):
            setattr(zeile, feld.name, wort(zeile))
    zeile.save()
    if isinstance(zeile, Quelle):
        return wort(zeile)
    if any(feld.name == "quelle" for feld in zeile._meta.fields):
        fuelle(zeile.quelle)
    return wort(zeile)


def _fremde(zeile: models.Model) -> set[str]:
    """The texts that only go together with another value of the row."""
    return {"nachfolge_text"} if getattr(zeile, "status", "ueberfuehrt") != "ueberfuehrt" else set()


@pytest.fixture
def oeffentliche_welt() -> Kernaktivitaet:
    """One row of every kind, so that every kind of page is there."""
    ka = f.KernaktivitaetFactory(titel="Haus des Wissens")
    eigene = {"kernaktivitaet": ka}
    beschluss = f.RatsbeschlussFactory(tranche=f.TrancheFactory(nr=1))
    f.BeschlusswirkungFactory(beschluss=beschluss, wirkung="geaendert", **eigene)
    f.ZuordnungFactory(**eigene)
    f.VerantwortungFactory(**eigene)
    f.QuerschnittszuordnungFactory(**eigene)
    f.OrtFactory(stadtbezirk="mitte", **eigene)
    f.StatusmeldungFactory(am="2020", **eigene)
    f.StatusmeldungFactory(am="08/2024", interne_notiz="GeheimNotiz", **eigene)
    f.MesswertFactory(projektziel=f.ProjektzielFactory(**eigene), **eigene)
    plan = f.PlanangabeFactory(text="GeheimFrueher", **eigene)
    plan.text = "So ist es geplant."
    plan.save()
    f.AngabeFactory(text="GeheimGeloescht", **eigene).delete()
    person = f.BesetzungFactory(person__name="GeheimPerson").person
    f.VerantwortungFactory(stelle=None, person=person, rolle="projektleitung", **eigene)
    f.RatsbeschlussFactory(
        titel="GeheimRuecknahme",
        wortlaut="GeheimRuecknahme",
        slug="zurueckgenommen",
        zurueckgenommen_am=date(2024, 9, 1),
        ruecknahme_grund="Er war doppelt eingetragen.",
        war_oeffentlich=True,
    )
    f.BilanzFactory()
    f.MeilensteinFactory()
    f.WerkzeugkastenFactory()
    f.BarrierefreiheitserklaerungFactory()
    for slug in ("impressum", "datenschutz", "kontakt"):
        f.TextseiteFactory(slug=slug)
    return ka


def versteckte_zeilen(ka: Kernaktivitaet) -> Iterator[models.Model]:
    """Drafts on a public Kernaktivität, and one in preparation with all that belongs to it."""
    for modell, fabrik in f.FACTORIES.items():
        if issubclass(modell, MitEntwurf):
            yield fabrik(kernaktivitaet=ka, entwurf=True)
    yield f.StatusmeldungFactory(kernaktivitaet=ka, status="umgesetzt", am="2019", entwurf=True)
    yield f.StatusmeldungFactory(kernaktivitaet=ka, status="ueberfuehrt", am="2021", entwurf=True)
    yield f.MesswertFactory(
        kernaktivitaet=ka,
        projektziel=f.ProjektzielFactory(kernaktivitaet=ka, entwurf=True),
        entwurf=True,
    )
    yield from versteckte_beschluesse(ka)
    kommende = f.KernaktivitaetFactory(
        veroeffentlicht_am=None,
        slug="geheim",
        kompetenz=ka.kompetenz,
        tranche=ka.beschluesse.get().tranche,
        tranche_quelle=f.QuelleFactory(),
    )
    yield kommende
    in_vorbereitung = f.TrancheFactory(nr=77)
    yield in_vorbereitung
    f.KernaktivitaetFactory(
        kompetenz=ka.kompetenz,
        veroeffentlicht_am=None,
        tranche=in_vorbereitung,
        tranche_quelle=f.QuelleFactory(),
    )
    gemeinsam = {
        "Beschlusswirkung": {"beschluss": ka.beschluesse.get()},
        "Zuordnung": {"schwerpunkt": ka.zuordnungen.get().schwerpunkt},
        "Querschnittszuordnung": {"thema": ka.querschnittsthemen.get()},
        "Ort": {"stadtbezirk": "nord"},
    }
    for modell, fabrik in f.FACTORIES.items():
        if any(feld.name == "kernaktivitaet" for feld in modell._meta.fields):
            zeile = fabrik(kernaktivitaet=kommende, **gemeinsam.get(modell.__name__, {}))
            yield zeile
            if modell.__name__ == "Verantwortung":
                yield zeile.stelle
    yield f.StatusmeldungFactory(kernaktivitaet=kommende, status="ueberfuehrt", nachfolger=ka)


def versteckte_beschluesse(ka: Kernaktivitaet) -> Iterator[models.Model]:
    """Decisions on nothing but what is in preparation, and one that is still to come."""
    ruhende = f.KernaktivitaetFactory(
        slug="ruhend", kompetenz=ka.kompetenz, veroeffentlicht_am=None
    )
    yield f.BeschlusswirkungFactory(
        kernaktivitaet=ruhende,
        wirkung="kenntnis",
        beschluss=f.RatsbeschlussFactory(slug="zu-geheimem", am="01.09.2018"),
    ).beschluss
    for slug in ("zu-kuenftigem", "zu-geheimem-und-kuenftigem"):
        yield f.RatsbeschlussFactory(slug=slug, am="01.05.2199", betrifft_strategie=True)
    f.BeschlusswirkungFactory(
        kernaktivitaet=ruhende,
        beschluss=Ratsbeschluss.objects.get(slug="zu-geheimem-und-kuenftigem"),
    )


# Behind the sign-in, and where one types the code of a stamp.
# When a form was opened, signed.
ZEITSTEMPEL = re.compile(r'(?<=name="geoeffnet" value=")[^"]+')
# Led to by an image or after a form, not by a link.
NUR_MIT_ZIEL = {"stempel:abzeichen", "stempel:muster", "strategiearbeit:barriere_gemeldet"}
ANDERSWO = ("/verwaltung", "/konto", "/stempel/nutzen", "/s/")


def adressen(text: str) -> Iterator[str]:
    for ziel in re.findall(r'(?:href|action)="([^"]+)"', text):
        teile = urlsplit(unescape(ziel))
        eigene = not teile.netloc and teile.path.startswith("/")
        if eigene and "static" not in teile.path and len(parse_qs(teile.query)) <= HOECHSTENS:
            yield teile.path + (f"?{teile.query}" if teile.query else "")


def lies_alles(client: Client) -> dict[str, str]:
    """Address → text of everything that links lead to, on all days."""
    gelesen: dict[str, str] = {}
    offen = [f"/?stichtag={tag}" if tag else "/" for tag in TAGE]
    offen += [f"/suche/?q={q}" for q in ("haus", "wissen", "rat", "geheim")]
    offen += ["/healthz"]
    while offen:
        adresse = offen.pop()
        if adresse not in gelesen and not adresse.startswith(ANDERSWO):
            antwort = client.get(adresse)
            assert antwort.status_code in (200, 302), adresse
            gelesen[adresse] = ZEITSTEMPEL.sub("", antwort.content.decode())
            if "html" in antwort["Content-Type"]:
                offen += adressen(gelesen[adresse])
    return gelesen


def test_readers_see_no_difference(client, oeffentliche_welt):
    ka = oeffentliche_welt
    vorher = lies_alles(client)
    besucht = {resolve(urlsplit(adresse).path).view_name for adresse in vorher}
    assert besucht >= set(urlnamen()) - EIGENS_GEPRUEFT - NUR_MIT_ZIEL

    woerter = {fuelle(zeile): zeile for zeile in versteckte_zeilen(ka)}
    woerter |= {wort(z.quelle): z.quelle for z in [*woerter.values()] if hasattr(z, "quelle")}
    nachher = lies_alles(client)
    assert set(nachher) == set(vorher)
    assert [adresse for adresse in vorher if nachher[adresse] != vorher[adresse]] == []
    for tag in TAGE:
        anhang = {"stichtag": tag} if tag else {}
        assert client.get("/kernaktivitaeten/geheim/", anhang).status_code == 404
        assert client.get("/tranchen/77/", anhang).status_code == 404
        assert client.get("/kernaktivitaeten/frueher-geheim/", anhang).status_code == 404
        for slug in ("zu-geheimem", "zu-kuenftigem", "zu-geheimem-und-kuenftigem"):
            assert client.get(f"/ratsbeschluesse/{slug}/", anhang).status_code == 404
    _niemand_findet(client, [*woerter, *NIE_OEFFENTLICH])

    _gib_alles_frei()
    alles = "".join(lies_alles(client).values())
    unauffindbar = [w for w, zeile in woerter.items() if w not in alles]
    assert {type(woerter[w]).__name__ for w in unauffindbar} <= OHNE_TEXT | {"Quelle"}
    assert [w for w in NIE_OEFFENTLICH if w in alles] == []


def _niemand_findet(client: Client, woerter: list[str]) -> None:
    """Search, list and exports answer as to a word that is nowhere."""
    f.hiess_frueher(Kernaktivitaet.objects.get(slug="geheim"), "frueher-geheim")
    eintraege = str(index_zu(aktueller_bestand()).eintraege).casefold()
    # What is to come is in the index, with its day.
    kommende = [wort(b) for b in Ratsbeschluss.objects.filter(datum_von__year=2199)]
    assert [w for w in woerter if w not in kommende and w.casefold() in eintraege] == []
    for w in [*woerter[::5], *kommende]:  # the index is all that they ask
        for ziel in ("/suche/", "/kernaktivitaeten/", "/kernaktivitaeten.csv"):
            gefunden = client.get(ziel, {"q": w}).content.decode()
            fremd = "Q" * len(w)
            nichts = client.get(ziel, {"q": fremd}).content.decode()
            assert gefunden.replace(w, "") == nichts.replace(fremd, ""), (ziel, w)


def _gib_alles_frei() -> None:
    for modell in f.FACTORIES:
        if issubclass(modell, MitEntwurf):
            modell.objects.update(entwurf=False)
    Kernaktivitaet.objects.update(veroeffentlicht_am=date(2024, 1, 1))
    kommende = Ratsbeschluss.objects.filter(datum_von__year=2199)
    kommende.update(datum_von=date(2018, 9, 1), datum_bis=date(2018, 9, 1))


@pytest.mark.parametrize("kuenftig", [True, False])
def test_what_was_taken_back_before_anybody_saw_it_has_never_been_there(
    client, admin_client, kuenftig
):
    """Recorded by the form for what is in preparation, or for a day to come; then taken back."""
    ka = f.KernaktivitaetFactory(veroeffentlicht_am=date(2024, 1, 1) if kuenftig else None)
    zeit = "01.05.2199" if kuenftig else "01.09.2018"
    stapel = erfasse(admin_client, {"ka": ka.pk, "wirkung": "kenntnis"}, zeit=zeit)
    beschluss = Ratsbeschluss.objects.get()
    adresse = beschluss.get_absolute_url()
    assert client.get(adresse).status_code == 404
    ziel = reverse("admin:ratsbeschluss_zuruecknehmen", args=(stapel.pk,))
    admin_client.post(ziel, {"grund": "GeheimGrund"})
    beschluss.refresh_from_db()
    assert beschluss.ruecknahme_grund == "GeheimGrund"
    antwort = client.get(adresse)
    assert "GeheimGrund" not in antwort.content.decode()
    assert antwort.status_code == 404
