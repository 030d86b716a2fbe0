"""The rows of the guided form: naming a Kernaktivität, keys and marks, and what it all costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernaktivitaeten.models import Kernaktivitaet
from tests import factories as f
from tests.dokument import lies
from tests.verwaltung.beschluesse import SEITE, eingabe, erfasse, fehler, sende
from verwaltung.erfassen.zeilen import HOECHSTENS_ZEILEN, IN_VORBEREITUNG, name

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def kompetenz():
    return f.KompetenzFactory(titel="Talentschmiede")


# ── Naming one ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def haus(kompetenz):
    return f.KernaktivitaetFactory(titel="Haus der Künste", kompetenz=kompetenz, nr=3)


@pytest.mark.parametrize(
    "getippt",
    [
        "Haus der Künste (Talentschmiede, Nr. 3)",
        "Haus der Künste",
        "  haus der  kunste ",
        f"Haus der Künste{IN_VORBEREITUNG} (Talentschmiede, Nr. 3)",  # until a moment ago
    ],
)
def test_one_is_named_by_its_title_or_its_whole_name(admin_client, haus, getippt):
    erfasse(admin_client, {"ka": getippt, "wirkung": "kenntnis"})
    assert haus.beschlusswirkungen.get().wirkung == "kenntnis"


def test_what_is_in_preparation_is_named_as_well(admin_client, kompetenz):
    ka = f.KernaktivitaetFactory(titel="Brücke", kompetenz=kompetenz, veroeffentlicht_am=None)
    assert name(ka) == f"Brücke – in Vorbereitung (Talentschmiede, Nr. {ka.nr})"
    for getippt in (name(ka), name(ka).replace(IN_VORBEREITUNG, ""), "Brücke"):
        antwort = sende(admin_client, eingabe({"ka": getippt, "wirkung": "kenntnis"}))
        assert antwort.context["vorschau"].veraenderungen[0].folge.ka.titel == "Brücke"


def test_part_of_a_name_is_not_guessed_but_answered(admin_client, haus):
    ((_, feld, satz),) = fehler(
        sende(admin_client, eingabe({"ka": "künste", "wirkung": "kenntnis"}))
    )
    assert feld == "ka"
    assert (
        satz
        == "So heißt keine Kernaktivität. Meinten Sie „Haus der Künste (Talentschmiede, Nr. 3)“?"
    )


def test_a_title_of_two_needs_the_whole_name(admin_client, haus):
    anderes = f.KernaktivitaetFactory(titel="Haus der Künste", kompetenz__titel="Großstadt", nr=1)
    ((_, _, satz),) = fehler(
        sende(admin_client, eingabe({"ka": "Haus der Künste", "wirkung": "kenntnis"}))
    )
    assert satz.startswith("So heißen mehrere.")
    assert name(haus) in satz
    assert name(anderes) in satz
    erfasse(admin_client, {"ka": name(anderes), "wirkung": "kenntnis"})
    assert list(Kernaktivitaet.objects.filter(beschlusswirkungen__isnull=False)) == [anderes]


# ── By keyboard, for eyes and ears ────────────────────────────────────────────────────────────


def test_the_enter_key_asks_for_the_preview(admin_client):
    """Browsers press the first button of the form."""
    inhalt = admin_client.get(SEITE).content.decode()
    form = next(iter(lies(inhalt).alle("form", "erfassen")))
    knoepfe = [*form.alle("button"), *form.alle("input")]
    namen = {k["name"] for k in knoepfe if k.attribute.get("type", "submit") == "submit"}
    assert namen - {""} == {"vorschau", "weitere"}
    assert inhalt.index('name="vorschau"') < inhalt.index('name="weitere"')


def test_fields_that_must_be_filled_say_so(admin_client):
    dokument = lies(admin_client.get(SEITE).content.decode())
    gemerkt = {
        feld["id"]
        for art in ("input", "select", "textarea")
        for feld in dokument.alle(art)
        if "required" in feld.attribute
    }
    assert gemerkt == {"id_titel", "id_zeit", "id_quelle"}
    assert len(list(dokument.alle("span", "pflicht"))) == len(gemerkt)


# ── What it costs ─────────────────────────────────────────────────────────────────────────────


def _anfragen(client, daten, **knopf) -> tuple[int, object]:
    with CaptureQueriesContext(connection) as anfragen:
        antwort = sende(client, daten, **knopf)
    return len(anfragen), antwort


# Those in preparation cost one or two more: their former state is in the history already.
JE_ZEILE = 12


@pytest.mark.parametrize("art", ["neue", "vorbereitete", "laufende"])
def test_a_row_costs_few_queries(admin_client, kompetenz, art):
    gemessen = {}
    for anzahl in (5, 15):
        titel = [f"Nr. {anzahl}-{n}" for n in range(anzahl)]
        zeilen = [{"titel": t, "kompetenz": kompetenz.pk, "wirkung": "beauftragt"} for t in titel]
        if art != "neue":
            tag = {"veroeffentlicht_am": None} if art == "vorbereitete" else {}
            kas = [f.KernaktivitaetFactory(titel=t, kompetenz=kompetenz, **tag) for t in titel]
            zeilen = [{"ka": ka.pk, "wirkung": "umgesetzt"} for ka in kas]
        if art == "vorbereitete":
            zeilen = [zeile | {"wirkung": "beauftragt"} for zeile in zeilen]
        for ka in kas if art == "laufende" else ():
            f.StatusmeldungFactory(kernaktivitaet=ka, status="laufend", am="2020")
        daten = eingabe(*zeilen, neue_tranche=str(anzahl))
        vorschau, antwort = _anfragen(admin_client, daten)
        marke = antwort.context["marke"]
        bestaetigung, antwort = _anfragen(admin_client, daten, bestaetigen=marke)
        assert antwort.status_code == 302
        gemessen[anzahl] = (vorschau, bestaetigung)
    for wenige, viele in zip(gemessen[5], gemessen[15], strict=True):
        assert (viele - wenige) / 10 <= JE_ZEILE, gemessen


def test_the_fullest_form_stays_small(admin_client, kompetenz):
    titel = "Eine Kernaktivität mit einem Titel von üblicher Länge"
    wie_alle = {"kompetenz": kompetenz, "quelle": kompetenz.quelle, "titel": titel}
    Kernaktivitaet.objects.bulk_create(f.KernaktivitaetFactory.build_batch(300, **wie_alle))
    antwort = sende(admin_client, eingabe(*[{}] * HOECHSTENS_ZEILEN), aendern="1")
    assert len(antwort.context["zeilen"].forms) == HOECHSTENS_ZEILEN
    assert len(antwort.content) < 1_000_000
