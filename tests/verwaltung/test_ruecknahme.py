"""The entry of a decision is taken back with a reason, or it says what rests on it."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db.models.signals import post_init

from grundlage.datenstand import Datenstand
from grundlage.rollen import Rolle
from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Ratsbeschluss,
    Statusmeldung,
    Tranche,
)
from tests import factories as f
from tests.adressen import json_von
from tests.aufnahme import FREIER_SCHLUESSEL, lege
from tests.dokument import lies
from tests.rollen import angemeldet, konto
from tests.verwaltung.beschluesse import bestaetige, eingabe, erfasse, sende
from tests.verwaltung.formulare import adresse, aendere, eingaben, nimm_auf
from verwaltung.erfassen.ruecknahme import Ruecknahme
from verwaltung.models import Stapel

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
]

GRUND = "Der Beschluss war doppelt eingetragen."
UNSICHTBAR = "in Vorbereitung und unsichtbar, „Tranche“: leer, „Quelle der Tranche“: leer"


def lege_laufende_an() -> Kernaktivitaet:
    """A Kernaktivität that ran before."""
    return f.StatusmeldungFactory(
        kernaktivitaet__titel="Alte Mühle", status="laufend", am="2020"
    ).kernaktivitaet


def erfasse_tranche() -> Stapel:
    """A decision with a new Tranche, a new Kernaktivität, one in preparation, and one that ends."""
    laufende = lege_laufende_an()
    kompetenz = f.KompetenzFactory()
    kommende = f.KernaktivitaetFactory(
        titel="In Arbeit", slug="in-arbeit", kompetenz=kompetenz, veroeffentlicht_am=None
    )
    ziel = f.KernaktivitaetFactory(titel="Ziel")
    return erfasse(
        angemeldet(User.objects.create_superuser("chefin", id=FREIER_SCHLUESSEL)),
        {"titel": "Neuer Park", "kompetenz": kompetenz.pk, "wirkung": "beauftragt"},
        {"ka": kommende.pk, "wirkung": "beauftragt"},
        {"ka": laufende.pk, "wirkung": "ueberfuehrt", "nachfolger": ziel.pk},
        neue_tranche="4",
        wortlaut="Geheimwort",
    )


@pytest.fixture
def stapel(db) -> Stapel:
    return Stapel.objects.get(pk=lege(erfasse_tranche).pk)


@pytest.fixture
def laufende(request, db) -> Kernaktivitaet:
    """Alone, or the one of the decision."""
    if "stapel" not in request.fixturenames:
        return lege_laufende_an()
    request.getfixturevalue("stapel")
    return Kernaktivitaet.objects.get(titel="Alte Mühle")


def seite(stapel: Stapel) -> str:
    return f"/verwaltung/kernaktivitaeten/ratsbeschluss/zuruecknehmen/{stapel.pk}/"


def nimm_zurueck(client, stapel: Stapel, grund: str = GRUND):
    return client.post(seite(stapel), {"grund": grund})


def hindernisse(client, stapel: Stapel) -> list[str]:
    """Shown before anybody presses the button, and when somebody does all the same."""
    vorher = list(client.get(seite(stapel)).context["hindernisse"])
    assert list(nimm_zurueck(client, stapel).context["hindernisse"]) == vorher
    stapel.refresh_from_db()
    assert stapel.zurueckgenommen_am is None
    assert not Ratsbeschluss.objects.exclude(zurueckgenommen_am=None).exists()
    return vorher


def test_all_is_as_before_and_nothing_disappeared(admin_client, admin_user, laufende, stapel):
    beschluss = Ratsbeschluss.objects.get()
    antwort = nimm_zurueck(admin_client, stapel)
    assert antwort["Location"].endswith(f"/stapel/{stapel.pk}/change/")
    stapel.refresh_from_db()
    assert stapel.zurueckgenommen_von == admin_user
    beschluss.refresh_from_db()
    assert (beschluss.zurueckgenommen_am, beschluss.ruecknahme_grund) == (date(2026, 11, 23), GRUND)
    assert beschluss.tranche is None
    assert not Beschlusswirkung.objects.exists()
    assert not Tranche.objects.exists()
    neue = Statusmeldung.objects.filter(beschluss=beschluss)
    assert {(m.zurueckgezogen_am, m.rueckzug_grund) for m in neue} == {(date(2026, 11, 23), GRUND)}
    assert neue.count() == 3
    for titel in ("Neuer Park", "In Arbeit"):
        ka = Kernaktivitaet.objects.get(titel=titel)
        assert (ka.veroeffentlicht_am, ka.tranche, ka.tranche_quelle) == (None, None, None)
    assert not laufende.statusmeldungen.gueltig().filter(status="ueberfuehrt").exists()
    # The history keeps all of it.
    assert Tranche.geschichte.latest().history_change_reason == f"Zurückgenommen: {GRUND}"
    assert Beschlusswirkung.geschichte.filter(history_type="-").count() == 3


def test_readers_see_what_was_before(admin_client, client, laufende, stapel):
    adresse = Ratsbeschluss.objects.get().get_absolute_url()
    assert client.get(adresse).status_code == 200
    nimm_zurueck(admin_client, stapel)
    for tag in ("", "?stichtag=2026-10-01", "?stichtag=2017-01-01"):
        antwort = client.get(adresse + tag)
        assert antwort.status_code == 410
        text = lies(antwort.content.decode()).text
        assert f"Dieser Eintrag wurde am 23. November 2026 zurückgenommen. Grund: {GRUND}" in text
        assert "Vierte Tranche" not in text
        assert client.get(f"/tranchen/4/{tag}").status_code == 404
        assert client.get(f"/kernaktivitaeten/in-arbeit/{tag}").status_code == 404
        assert client.get(f"/kernaktivitaeten/neuer-park/{tag}").status_code == 404
    alles = "".join(
        client.get(ziel).content.decode()
        for ziel in (
            "/",
            "/ratsbeschluesse/",
            "/kernaktivitaeten/",
            "/kernaktivitaeten.csv",
            "/bilanz/",
            "/suche/?q=tranche",
            "/meilensteine/",
        )
    )
    for wort in ("Vierte Tranche", "Geheimwort", "Neuer Park", "In Arbeit", "4. Tranche"):
        assert wort not in alles
    assert "Geheimwort" not in client.get("/suche/?q=geheimwort").content.decode().replace(
        "?q=", ""
    )
    stand = {ka["titel"]: ka["status"] for ka in json_von(client)["kernaktivitaeten"]}
    assert stand == {"Alte Mühle": "laufend", "Ziel": ""}
    # The statement stays visible as withdrawn, with the reason; the decision itself does not.
    seite_der_ka = client.get(laufende.get_absolute_url()).content.decode()
    assert GRUND in seite_der_ka
    for wort in ("Geheimwort", "4. Tranche", adresse):
        assert wort not in seite_der_ka


def test_it_is_not_seen_in_a_preview_either(admin_client, stapel):
    nimm_zurueck(admin_client, stapel)
    adresse = f"/verwaltung/vorschau{Ratsbeschluss.objects.get().get_absolute_url()}"
    assert admin_client.get(adresse).status_code == 410
    liste = admin_client.get("/verwaltung/vorschau/ratsbeschluesse/").content.decode()
    assert "Vierte Tranche" not in liste


def test_the_same_decision_can_be_recorded_again(admin_client, client, stapel):
    nimm_zurueck(admin_client, stapel)
    kompetenz = Kernaktivitaet.objects.get(titel="Neuer Park").kompetenz
    zeile = {"titel": "Neuer Park", "kompetenz": kompetenz.pk, "wirkung": "beauftragt"}
    erfasse(admin_client, zeile, neue_tranche="4")
    neuer = Ratsbeschluss.objects.oeffentlich().get()
    assert neuer.slug == "2026-09-24-vierte-tranche-2"
    assert client.get(neuer.get_absolute_url()).status_code == 200
    assert client.get("/kernaktivitaeten/neuer-park/").status_code == 200
    assert Kernaktivitaet.objects.filter(titel="Neuer Park").count() == 1


def test_drafts_of_the_decision_go_and_released_ones_are_withdrawn(
    admin_client, settings, laufende
):
    settings.VIER_AUGEN = True
    andere = f.StatusmeldungFactory(status="laufend", am="2020").kernaktivitaet
    zeilen = [{"ka": ka.pk, "wirkung": "umgesetzt"} for ka in (laufende, andere)]
    stapel = erfasse(admin_client, *zeilen)
    frei = Statusmeldung.objects.get(kernaktivitaet=andere, status="umgesetzt")
    frei.entwurf = False  # the second pair of eyes
    frei.save()
    assert nimm_zurueck(admin_client, stapel).status_code == 302
    assert list(Statusmeldung.objects.filter(status="umgesetzt")) == [frei]
    frei.refresh_from_db()
    assert frei.rueckzug_grund == GRUND


@pytest.mark.parametrize("grund", ["", "   ", "x" * 1001])
def test_the_reason_is_needed(admin_client, stapel, grund):
    antwort = nimm_zurueck(admin_client, stapel, grund)
    assert antwort.context["form"].errors["grund"]
    assert not Ratsbeschluss.objects.exclude(zurueckgenommen_am=None).exists()


def test_twice_is_told(admin_client, stapel):
    nimm_zurueck(admin_client, stapel)
    antwort = nimm_zurueck(admin_client, stapel)
    assert list(antwort.context["hindernisse"]) == ["Dieser Beschluss ist schon zurückgenommen."]


# ── What rests on it ──────────────────────────────────────────────────────────────────────────


def _geaendert():
    """Another Tranche: to put back what was before it would undo that."""
    ka = Kernaktivitaet.objects.get(titel="Neuer Park")
    ka.tranche = f.TrancheFactory(nr=3)
    ka.save()
    return "Kernaktivität „Neuer Park“: „Tranche“ wurde seither geändert."


def _meldung_nennt_ihn():
    f.StatusmeldungFactory(
        kernaktivitaet__titel="Ganz andere", beschluss=Ratsbeschluss.objects.get(), am="10/2026"
    )
    return "Statusmeldung „Ganz andere: laufend 10/2026“ beruht darauf."


def _spaetere_meldung():
    ka = Kernaktivitaet.objects.get(titel="In Arbeit")
    f.StatusmeldungFactory(kernaktivitaet=ka, am="10/2026")
    return "Statusmeldung „In Arbeit: laufend 10/2026“ beruht darauf."


def _neuigkeit_zur_neuen():
    ka = Kernaktivitaet.objects.get(titel="Neuer Park")
    f.StatusmeldungFactory(kernaktivitaet=ka, am="10/2026", status="")
    return "Statusmeldung „Neuer Park: Neuigkeit 10/2026“ beruht darauf."


def _weitere_wirkung():
    f.BeschlusswirkungFactory(
        beschluss=Ratsbeschluss.objects.get(), kernaktivitaet__titel="Dazu", wirkung=""
    )
    return "Beschlusswirkung „Dazu: betrifft“ beruht darauf."


def _anderer_beschluss():
    ka = Kernaktivitaet.objects.get(titel="Neuer Park")
    f.BeschlusswirkungFactory(kernaktivitaet=ka, wirkung="geaendert")
    return "Beschlusswirkung „Neuer Park: geändert“ beruht darauf."


def _zur_tranche():
    f.KernaktivitaetFactory(
        titel="Dazu", tranche=Tranche.objects.get(), tranche_quelle=f.QuelleFactory()
    )
    return "Kernaktivität „Dazu“ beruht darauf."


def _zweiter_teil():
    f.RatsbeschlussFactory(titel="Zweiter Teil", tranche=Tranche.objects.get(), am="2027")
    return "Ratsbeschluss „Zweiter Teil (2027)“ beruht darauf."


def _stempel():
    neue = f.StempelungFactory(kernaktivitaet=Kernaktivitaet.objects.get(titel="Neuer Park"))
    return f"{neue._meta.verbose_name} „{neue}“ beruht darauf."


def _zur_neuen(fabrik):
    """What was said about the new one since would disappear with it."""
    zeile = fabrik(kernaktivitaet=Kernaktivitaet.objects.get(titel="Neuer Park"))
    return f"{zeile._meta.verbose_name} „{zeile}“ beruht darauf."


AUSSAGEN = (
    f.MesswertFactory,
    f.ProjektzielFactory,
    f.PlanangabeFactory,
    f.AngabeFactory,
    f.BezeichnungFactory,
    f.OrtFactory,
    f.VerantwortungFactory,
    f.QuerschnittszuordnungFactory,
    lambda kernaktivitaet: f.ZuordnungFactory(
        kernaktivitaet=kernaktivitaet,
        schwerpunkt=f.SchwerpunktFactory(eltern=kernaktivitaet.kompetenz),
    ),
)


@pytest.mark.parametrize(
    "seither",
    [
        _geaendert,
        _meldung_nennt_ihn,
        _spaetere_meldung,
        _neuigkeit_zur_neuen,
        _weitere_wirkung,
        _anderer_beschluss,
        _zur_tranche,
        _zweiter_teil,
        _stempel,
        *(partial(_zur_neuen, fabrik) for fabrik in AUSSAGEN),
    ],
)
def test_it_says_what_rests_on_it(admin_client, stapel, seither):
    grund = seither()
    assert hindernisse(admin_client, stapel) == [grund]


def test_a_rule_that_would_break_is_told(admin_client, stapel):
    """Another one went into the new one, and would lose its public successor."""
    ka = Kernaktivitaet.objects.get(titel="Neuer Park")
    f.StatusmeldungFactory(nachfolger=ka, status="ueberfuehrt", am="10/2026")
    (satz,) = hindernisse(admin_client, stapel)
    assert "nennt, worin sie aufgegangen ist" in satz
    assert Beschlusswirkung.objects.count() == 3


def test_what_was_there_before_does_not_rest_on_it(admin_client, laufende):
    """A statement of a later day that was entered before the decision."""
    f.StatusmeldungFactory(kernaktivitaet=laufende, status="umgesetzt", am="10/2026")
    stapel = erfasse(admin_client, {"ka": laufende.pk, "wirkung": "beauftragt"})
    assert nimm_zurueck(admin_client, stapel).status_code == 302


@pytest.mark.parametrize("fabrik", AUSSAGEN)
def test_what_was_said_in_preparation_does_not_rest_on_it(admin_client, fabrik):
    kommende = f.KernaktivitaetFactory(veroeffentlicht_am=None)
    fabrik(kernaktivitaet=kommende)
    stapel = erfasse(admin_client, {"ka": kommende.pk, "wirkung": "beauftragt"})
    assert nimm_zurueck(admin_client, stapel).status_code == 302


@pytest.mark.parametrize("fabrik", AUSSAGEN)
def test_nor_what_is_said_since_about_what_stays_public(admin_client, laufende, stapel, fabrik):
    fabrik(kernaktivitaet=laufende)
    assert nimm_zurueck(admin_client, stapel).status_code == 302


def test_what_was_mended_since_stays_mended(admin_client, stapel):
    """Only what the decision itself had set is put back; the rest is nobody's obstacle."""
    beschluss = Ratsbeschluss.objects.get()
    neue = Kernaktivitaet.objects.get(titel="Neuer Park")
    mehr = {"vorlage": "20261234", "adresse": "https://example.org/vorlage", "titel": "Teil 1"}
    assert aendere(admin_client, beschluss, **mehr).status_code == 302
    assert aendere(admin_client, neue, titel="Stadtpark", slug="stadtpark").status_code == 302
    wirkung = Beschlusswirkung.objects.get(kernaktivitaet=neue)
    assert aendere(admin_client, wirkung, text="Wie beraten.").status_code == 302
    assert nimm_zurueck(admin_client, stapel).status_code == 302
    beschluss.refresh_from_db()
    assert (beschluss.vorlage, beschluss.titel) == ("20261234", "Teil 1")
    neue.refresh_from_db()
    assert (neue.titel, neue.veroeffentlicht_am, neue.tranche) == ("Stadtpark", None, None)


def test_what_was_withdrawn_for_itself_keeps_its_own_reason(admin_client, laufende, stapel):
    meldung = Statusmeldung.objects.get(kernaktivitaet=laufende, status="ueberfuehrt")
    meldung.zurueckgezogen_am, meldung.rueckzug_grund = date(2026, 11, 1), "Nur ein Gerücht."
    meldung.save()
    assert nimm_zurueck(admin_client, stapel).status_code == 302
    meldung.refresh_from_db()
    assert meldung.rueckzug_grund == "Nur ein Gerücht."


def test_the_page_says_what_will_happen_and_does_nothing(admin_client, stapel):
    vorher = Datenstand.objects.get().nummer
    antwort = admin_client.get(seite(stapel))
    text = lies(antwort.content.decode()).text
    assert dict(antwort.context["ruecknahme"].folgen()) == {
        "Diese Statusmeldungen werden mit Ihrem Grund zurückgezogen:": [
            "Alte Mühle: überführt 24.09.2026",
            "In Arbeit: laufend 24.09.2026",
            "Neuer Park: laufend 24.09.2026",
        ],
        "Diese Kernaktivitäten sind wieder wie vorher:": [
            f"Neuer Park: {UNSICHTBAR}",
            f"In Arbeit: {UNSICHTBAR}",
        ],
        "Diese Wirkungen des Beschlusses entfallen:": [
            "Neuer Park: beauftragt",
            "In Arbeit: beauftragt",
            "Alte Mühle: überführt",
        ],
        "Diese Tranche verschwindet:": ["4. Tranche"],
    }
    assert "Neuer Park: in Vorbereitung und unsichtbar" in text
    assert "An seiner Adresse stehen nur noch der heutige Tag und Ihr Grund." in text
    assert Datenstand.objects.get().nummer == vorher
    assert Kernaktivitaet.objects.get(titel="Neuer Park").veroeffentlicht_am is not None


# ── What nobody has seen ──────────────────────────────────────────────────────────────────────


def test_nobody_learns_of_what_was_never_public(admin_client, client, laufende):
    """It concerned something in preparation only, or what had not yet come."""
    kommende = f.KernaktivitaetFactory(veroeffentlicht_am=None)
    ebenso = f.KernaktivitaetFactory(veroeffentlicht_am=None)
    for nr, (ka, wirkung, tag) in enumerate(
        [
            (kommende, "kenntnis", "24.09.2026"),
            (ebenso, "umgesetzt", "24.09.2026"),
            (laufende, "umgesetzt", "24.11.2026"),  # tomorrow
        ]
    ):
        zeile = {"ka": ka.pk, "wirkung": wirkung}
        stapel = erfasse(admin_client, zeile, titel=f"Geheim {nr}", zeit=tag)
        beschluss = Ratsbeschluss.objects.get(titel=f"Geheim {nr}")
        assert client.get(beschluss.get_absolute_url()).status_code == 404
        frage = admin_client.get(seite(stapel)).content.decode()
        assert "davon erfährt draußen niemand" in frage
        assert nimm_zurueck(admin_client, stapel).status_code == 302
        for tag in ("", "?stichtag=2026-10-01"):
            assert client.get(beschluss.get_absolute_url() + tag).status_code == 404
        assert not beschluss.statusmeldungen.exists()
        assert admin_client.get(adresse(Ratsbeschluss, "change", beschluss.pk)).status_code == 200


def test_nor_later_when_its_day_has_come(admin_client, client, laufende, heute_ist):
    zeile = {"ka": laufende.pk, "wirkung": "umgesetzt"}
    stapel = erfasse(admin_client, zeile, zeit="24.11.2026")
    nimm_zurueck(admin_client, stapel)
    heute_ist(2026, 12, 1)
    assert client.get(Ratsbeschluss.objects.get().get_absolute_url()).status_code == 404
    assert GRUND not in client.get(laufende.get_absolute_url()).content.decode()


def test_the_day_itself_was_public(admin_client, client, laufende):
    zeile = {"ka": laufende.pk, "wirkung": "umgesetzt"}
    nimm_zurueck(admin_client, erfasse(admin_client, zeile, zeit="23.11.2026"))
    assert client.get(Ratsbeschluss.objects.get().get_absolute_url()).status_code == 410
    assert GRUND in client.get(laufende.get_absolute_url()).content.decode()


# ── Without an entry of its own ───────────────────────────────────────────────────────────────


def ohne_stapel(client, beschluss: Ratsbeschluss):
    weg = adresse(Ratsbeschluss, "change", beschluss.pk).replace("change", "zuruecknehmen")
    assert f'href="{weg}"' in client.get(weg.replace("zuruecknehmen", "change")).content.decode()
    vorher = client.get(weg).context["hindernisse"]
    antwort = client.post(weg, {"grund": GRUND})
    assert (antwort.status_code == 302) is (vorher == ())
    return vorher


def test_a_delivered_decision_is_taken_back_when_nothing_rests_on_it(admin_client, client):
    beschluss = f.RatsbeschlussFactory(titel="Geliefert", am="2020")
    assert ohne_stapel(admin_client, beschluss) == ()
    antwort = client.get(beschluss.get_absolute_url())
    assert antwort.status_code == 410
    assert GRUND in antwort.content.decode()
    assert "Geliefert" not in client.get("/ratsbeschluesse/").content.decode()


def test_otherwise_it_says_what_does(admin_client, client):
    beschluss = f.RatsbeschlussFactory(tranche=f.TrancheFactory(nr=2))
    ka = f.KernaktivitaetFactory(titel="Alte Mühle")
    f.StatusmeldungFactory(kernaktivitaet=ka, beschluss=beschluss, am="10/2026")
    f.BeschlusswirkungFactory(kernaktivitaet=ka, beschluss=beschluss, wirkung="")
    assert ohne_stapel(admin_client, beschluss) == (
        "Statusmeldung „Alte Mühle: laufend 10/2026“ beruht darauf.",
        "Beschlusswirkung „Alte Mühle: betrifft“ beruht darauf.",
        "Tranche „2. Tranche“ beruht darauf.",
    )
    assert client.get(beschluss.get_absolute_url()).status_code == 200


def test_the_entry_of_a_decision_is_looked_up_and_not_searched_for(stapel):
    fremde = {"art": Stapel.Art.BESCHLUSS, "erstellt_am": stapel.erstellt_am + timedelta(1)}
    Stapel.objects.bulk_create([Stapel(titel=f"Nr. {nr}", **fremde) for nr in range(3)])
    gelesen = []

    def merke(instance, **kwargs):
        gelesen.append(instance)

    post_init.connect(merke, sender=Stapel)
    try:
        assert Ruecknahme(Ratsbeschluss.objects.get(), date(2026, 11, 23)).stapel == stapel
    finally:
        post_init.disconnect(merke, sender=Stapel)
    assert gelesen == [stapel]


def test_a_decision_that_is_gone_is_not_found(admin_client):
    ziel = "/verwaltung/kernaktivitaeten/ratsbeschluss/4711/zuruecknehmen/"
    assert admin_client.get(ziel).status_code == 404


@pytest.mark.parametrize("rolle", [r for r in Rolle if r != Rolle.STRATEGIEBUERO])
def test_only_the_office_takes_back(rolle):
    beschluss = f.RatsbeschlussFactory()
    ziel = adresse(Ratsbeschluss, "change", beschluss.pk).replace("change", "zuruecknehmen")
    antwort = angemeldet(konto(rolle)).post(ziel, {"grund": GRUND})
    assert antwort.status_code in (302, 403)
    beschluss.refresh_from_db()
    assert beschluss.zurueckgenommen_am is None


def test_news_about_what_ran_before_do_not_rest_on_it(admin_client, laufende, stapel):
    f.StatusmeldungFactory(kernaktivitaet=laufende, am="10/2026", status="")
    assert nimm_zurueck(admin_client, stapel).status_code == 302


# ── In the administration ─────────────────────────────────────────────────────────────────────


def test_the_ways_to_it(admin_client, stapel):
    beschluss = Ratsbeschluss.objects.get()
    aendern = f"/verwaltung/kernaktivitaeten/ratsbeschluss/{beschluss.pk}/change/"
    ergebnis = f"/verwaltung/verwaltung/stapel/{stapel.pk}/change/"
    wege = {ergebnis: seite(stapel), aendern: aendern.replace("change", "zuruecknehmen")}
    for von, weg in wege.items():
        assert f'href="{weg}"' in admin_client.get(von).content.decode()
        assert admin_client.get(weg).context["ruecknahme"].beschluss == beschluss
    # The button of other Stapel would delete what was public.
    antwort = admin_client.post(ergebnis.replace("change", "zuruecknehmen"))
    assert "wird mit einem Grund zurückgenommen" in antwort.content.decode()
    assert Beschlusswirkung.objects.count() == 3
    nimm_zurueck(admin_client, stapel)
    for von, weg in wege.items():
        assert f'href="{weg}"' not in admin_client.get(von).content.decode()
    inhalt = admin_client.get(aendern).content.decode()
    assert "Der Eintrag ist zurückgenommen und nicht mehr öffentlich." in inhalt
    assert f"Grund der Rücknahme: {GRUND}" in inhalt
    loeschen = aendern.replace("change", "delete")
    assert admin_client.post(loeschen, {"post": "yes"}).status_code == 403


def test_nothing_can_be_changed_on_what_was_taken_back(admin_client, client, stapel):
    """Its address would answer with another one, or not at all."""
    beschluss = Ratsbeschluss.objects.get()
    eingegeben = eingaben(admin_client.get(adresse(Ratsbeschluss, "change", beschluss.pk)))
    nimm_zurueck(admin_client, stapel)
    seite_dazu = adresse(Ratsbeschluss, "change", beschluss.pk)
    assert "_save" not in admin_client.get(seite_dazu).content.decode()
    antwort = admin_client.post(seite_dazu, eingegeben | {"slug": "anders", "titel": "Anders"})
    assert antwort.status_code == 403
    erste = beschluss.geschichte.order_by("history_id").first()
    Tranche.objects.create(pk=erste.tranche_id, nr=4, quelle=beschluss.quelle)
    antwort = nimm_auf(admin_client, Ratsbeschluss, beschluss.pk, erste.history_id)
    assert antwort.status_code == 403
    beschluss.refresh_from_db()
    assert (beschluss.titel, beschluss.ruecknahme_grund) == ("Vierte Tranche", GRUND)
    assert client.get(beschluss.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("nummer", [0, 999999])
def test_a_stapel_that_is_no_decision_is_not_found(admin_client, stapel, nummer):
    ziel = seite(stapel).replace(f"/{stapel.pk}/", f"/{nummer}/")
    assert admin_client.get(ziel).status_code == 404
    Stapel.objects.update(art=Stapel.Art.MAPPE)
    assert admin_client.get(seite(stapel)).status_code == 404


def test_sending_the_same_again_after_that_leads_to_the_result(admin_client):
    daten = eingabe()
    ergebnis = bestaetige(admin_client, daten)["Location"]
    nimm_zurueck(admin_client, Stapel.objects.get())
    assert sende(admin_client, daten)["Location"] == ergebnis
    assert Ratsbeschluss.objects.count() == 1
