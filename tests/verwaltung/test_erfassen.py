"""A Ratsbeschluss from the form to the public page: preview, confirmation, rules, warnings."""

from datetime import date

import pytest
from django.urls import reverse

from grundlage.rollen import Rolle
from kernaktivitaeten import rules
from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Ratsbeschluss,
    Statusmeldung,
    Tranche,
)
from tests import factories as f
from tests.adressen import json_von
from tests.conftest import HEUTE
from tests.dokument import lies
from tests.rollen import angemeldet, konto
from tests.verwaltung.beschluesse import SEITE, bestaetige, eingabe, erfasse, fehler, sende
from tests.verwaltung.formulare import aendere
from verwaltung.erfassen.zeilen import HOECHSTENS_ZEILEN, OHNE_ADRESSE, ZeileForm
from verwaltung.models import Stapel
from zielsystem.models import Quelle
from zielsystem.rules import satz

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def kompetenz():
    return f.KompetenzFactory(titel="Talentschmiede")


def alles() -> list:
    """All that the form writes, to tell that nothing was."""
    modelle = (Ratsbeschluss, Beschlusswirkung, Statusmeldung, Kernaktivitaet, Tranche, Stapel)
    return [list(modell.objects.order_by("pk").values()) for modell in modelle]


def texte(antwort) -> str:
    return lies(antwort.content.decode()).text


# ── The form ──────────────────────────────────────────────────────────────────────────────────


def test_the_form_is_found_from_the_start_page_and_the_list(admin_client):
    for adresse in ("/verwaltung/", "/verwaltung/kernaktivitaeten/ratsbeschluss/"):
        dokument = lies(admin_client.get(adresse).content.decode())
        assert SEITE in [a["href"] for a in dokument.alle("a") if "erfassen" in a.text]


def test_it_begins_with_rows_that_have_numbers_and_labels(admin_client, kompetenz):
    f.QuelleFactory(titel="Niederschrift", adresse="https://www.bochum.example/niederschrift")
    f.KernaktivitaetFactory(titel="Haus", kompetenz=kompetenz, nr=1)
    f.KernaktivitaetFactory(titel="Brücke", kompetenz=kompetenz, nr=2, veroeffentlicht_am=None)
    dokument = lies(admin_client.get(SEITE).content.decode())
    zeilen = list(dokument.alle("fieldset", "zeile"))
    assert [z.alle("legend")[0].text for z in zeilen] == [f"Zeile {n}" for n in range(1, 11)]
    beschriftet = {label["for"] for label in dokument.alle("label")}
    felder = [e for art in ("input", "select", "textarea") for e in zeilen[0].alle(art)]
    assert {feld["id"] for feld in felder} <= beschriftet
    # All choices are in the page, once for all rows: it needs no script.
    assert "Niederschrift" in dokument.eines("select", id="id_quelle").text
    liste = dokument.eines("datalist")
    assert [option["value"] for option in liste.alle("option")] == [
        "Haus (Talentschmiede, Nr. 1)",
        "Brücke – in Vorbereitung (Talentschmiede, Nr. 2)",
    ]
    felder = [dokument.eines("input", id=f"id_z-0-{feld}") for feld in ("ka", "nachfolger")]
    assert {feld["list"] for feld in felder} == {liste["id"]}


def test_more_rows_come_without_losing_anything(admin_client, kompetenz):
    ka = f.KernaktivitaetFactory()
    daten = eingabe(
        {
            "titel": "Neue",
            "kompetenz": kompetenz.pk,
            "text": "Sie sagt: ja.",
            "wirkung": "kenntnis",
        },
        {"ka": ka.pk, "nachfolge_text": "Regelaufgabe", "wirkung": "ueberfuehrt"},
        {"titel": "Unvollständig"},
        zeit="irgendwann",
        neue_tranche="4",
        betrifft_strategie="on",
        wortlaut="Zeile 1\nZeile 2",
    )
    antwort = sende(admin_client, daten, weitere="1")
    assert fehler(antwort) == []
    form, zeilen = antwort.context["form"], antwort.context["zeilen"]
    assert len(zeilen.forms) == 18
    neu = {feld.html_name: feld.value() for feld in form} | {
        feld.html_name: feld.value() for zeile in zeilen for feld in zeile
    }
    for name, wert in daten.items():
        if not name.endswith("_FORMS"):
            assert str(neu[name]) == str(wert) or (wert == "on" and neu[name]), name
    # Once more, from the 18 that are there now.
    daten |= {"z-TOTAL_FORMS": 18}
    assert len(sende(admin_client, daten, weitere="1").context["zeilen"].forms) == 33
    inhalt = antwort.content.decode()
    assert f'value="{daten["z-1-ka"]}"' in inhalt
    assert "Regelaufgabe" in inhalt


def test_the_most_rows_that_there_can_be_are_taken_and_no_more(admin_client, kompetenz):
    daten = eingabe(*[{"titel": f"Neue {n}", "kompetenz": kompetenz.pk} for n in range(120)])
    daten |= {f"z-{n}-{name}": "" for n in range(120) for name in ZeileForm.base_fields} | daten
    antwort = sende(admin_client, daten, weitere="1")
    assert len(antwort.context["zeilen"].forms) == HOECHSTENS_ZEILEN
    assert "Mehr als 125 Zeilen gehen nicht auf einmal." in texte(antwort)
    voll = daten | {"z-TOTAL_FORMS": HOECHSTENS_ZEILEN, "vorgabe": "kenntnis"}
    voll |= {f"z-{n}-{name}": "" for n in range(120, 125) for name in ZeileForm.base_fields}
    assert len(sende(admin_client, voll).context["vorschau"].veraenderungen) == 120


def test_from_the_preview_one_goes_back_to_what_was_typed(admin_client, kompetenz):
    daten = eingabe({"titel": "Neue", "kompetenz": kompetenz.pk, "wirkung": "beauftragt"})
    vorschau = sende(admin_client, daten)
    versteckt = dict(vorschau.context["versteckt"])
    assert {n: str(w) for n, w in daten.items()} == versteckt
    antwort = admin_client.post(SEITE, versteckt | {"aendern": "1"})
    assert antwort.context["zeilen"].forms[0]["titel"].value() == "Neue"
    assert antwort.context["form"]["titel"].value() == "Vierte Tranche"


# ── Confirming ────────────────────────────────────────────────────────────────────────────────


def test_a_tranche_is_decided_at_once(admin_client, admin_user, kompetenz, client):
    f.KernaktivitaetFactory(kompetenz=kompetenz, nr=7)
    kommende = f.KernaktivitaetFactory(
        titel="In Arbeit", slug="in-arbeit", kompetenz=kompetenz, veroeffentlicht_am=None
    )
    zeilen = [
        {"ka": kommende.pk, "text": "Der Rat beauftragt sie."},
        {"titel": "Bürger*innenpark", "kompetenz": kompetenz.pk},
        {"titel": "Wie darüber"},
    ]
    daten = eingabe(
        *zeilen,
        vorgabe="beauftragt",
        neue_tranche="4",
        teil="erster Teil",
        vorlage="20261234",
        top="4.2",
        ergebnis="einstimmig",
        wortlaut="Der Rat beschließt.",
        adresse="https://example.org/vo",
    )
    vorher = alles()
    vorschau = sende(admin_client, daten)
    assert alles() == vorher  # a preview writes nothing
    antwort = sende(admin_client, daten, bestaetigen=vorschau.context["marke"])
    neu = Stapel.objects.get()
    assert antwort["Location"] == f"/verwaltung/verwaltung/stapel/{neu.pk}/change/"
    assert (neu.art, neu.titel) == ("beschluss", "Vierte Tranche (24.09.2026)")
    assert (neu.erstellt_von, str(neu.schluessel)) == (admin_user, str(daten["schluessel"]))

    beschluss = Ratsbeschluss.objects.get()
    quelle = Quelle.objects.get(pk=daten["quelle"])
    assert beschluss.slug == "2026-09-24-vierte-tranche"
    assert (beschluss.top, beschluss.vorlage, beschluss.teil) == ("4.2", "20261234", "erster Teil")
    tranche = Tranche.objects.get()
    assert (tranche.nr, tranche.quelle, beschluss.tranche) == (4, quelle, tranche)
    kas = list(Kernaktivitaet.objects.filter(tranche=tranche).order_by("nr"))
    assert sorted(ka.slug for ka in kas) == ["buergerinnenpark", "in-arbeit", "wie-darueber"]
    hoechste = max(7, kommende.nr)
    assert sorted(ka.nr for ka in kas) == sorted([kommende.nr, hoechste + 1, hoechste + 2])
    for ka in kas:
        assert ka.kompetenz == kompetenz
        assert (ka.veroeffentlicht_am, ka.tranche_quelle) == (HEUTE, quelle)
        wirkung, meldung = ka.beschlusswirkungen.get(), ka.statusmeldungen.get()
        assert (wirkung.wirkung, wirkung.quelle, wirkung.beschluss) == (
            "beauftragt",
            quelle,
            beschluss,
        )
        assert (meldung.status, meldung.bezug, meldung.zeit.kurz) == ("laufend", "ab", "24.09.2026")
        assert (meldung.zaehlt_ab, meldung.beschluss) == (date(2026, 9, 24), beschluss)
        assert (meldung.quelle, meldung.entwurf, meldung.erfasst_von) == (quelle, False, admin_user)
    in_arbeit = kommende.statusmeldungen.get()
    assert in_arbeit.text == kommende.beschlusswirkungen.get().text == "Der Rat beauftragt sie."
    neue = Statusmeldung.objects.get(kernaktivitaet__slug="buergerinnenpark")
    assert neue.text == "Beauftragt mit dem Beschluss „Vierte Tranche“ (24. September 2026, Rat)."
    # What readers see.
    seite = texte(client.get(beschluss.get_absolute_url()))
    for wort in ("Tagesordnungspunkt", "4.2", "Der Rat beschließt.", "Bürger*innenpark"):
        assert wort in seite
    assert "Belegt sind 3 Kernaktivitäten von 25." in texte(client.get("/tranchen/4/"))
    assert {ka["status"] for ka in json_von(client, {"tranche": "4"})["kernaktivitaeten"]} == {
        "laufend"
    }


def test_every_effect_does_what_it_says(admin_client, client):
    ka = {
        name: f.StatusmeldungFactory(status="laufend", am="2020").kernaktivitaet
        for name in ("geaendert", "umgesetzt", "eingestellt", "ueberfuehrt", "kenntnis", "betrifft")
    }
    ziel = f.KernaktivitaetFactory(titel="Ziel")
    zeilen = [{"ka": zeile.pk, "wirkung": name} for name, zeile in ka.items()]
    zeilen[3]["nachfolger"] = ziel.pk
    zeilen[1]["text"] = "Die Eröffnung war im Mai."
    erfasse(admin_client, *zeilen, zeit="05/2026", gremium="")
    wirkungen = dict(Beschlusswirkung.objects.values_list("kernaktivitaet", "wirkung"))
    assert wirkungen == {z.pk: "" if n == "betrifft" else n for n, z in ka.items()}
    neue = Statusmeldung.objects.filter(beschluss__isnull=False)
    assert {(m.kernaktivitaet_id, m.status, m.zeit.kurz, m.text) for m in neue} == {
        (ka["umgesetzt"].pk, "umgesetzt", "05/2026", "Die Eröffnung war im Mai."),
        (
            ka["eingestellt"].pk,
            "eingestellt",
            "05/2026",
            "Eingestellt mit dem Beschluss „Vierte Tranche“ (Mai 2026). Einen Grund nennt die "
            "Quelle nicht.",
        ),
        (
            ka["ueberfuehrt"].pk,
            "ueberfuehrt",
            "05/2026",
            "Überführt mit dem Beschluss „Vierte Tranche“ (Mai 2026). Einen Grund nennt die Quelle "
            "nicht.",
        ),
    }
    assert neue.get(kernaktivitaet=ka["ueberfuehrt"]).nachfolger == ziel
    assert all(z.tranche is None for z in ka.values())
    geaenderte = [z["pk"] for z in Stapel.objects.get().zeilen if "Kernaktivitaet" in z["modell"]]
    assert geaenderte == []  # of none of them a column changed


@pytest.mark.parametrize(
    ("zeit", "zaehlt_ab"),
    [
        ("23.11.2026", date(2026, 11, 23)),
        ("11/2026", date(2026, 11, 23)),  # not after the day of entry
        ("10/2026", date(2026, 10, 31)),
        ("24.11.2026", date(2026, 11, 24)),  # all of it is to come
        ("12/2026", date(2026, 12, 31)),
    ],
)
def test_the_day_from_which_it_counts(admin_client, kompetenz, zeit, zaehlt_ab):
    erfasse(admin_client, _neue(kompetenz), zeit=zeit)
    assert Statusmeldung.objects.get().zaehlt_ab == zaehlt_ab


def _neue(kompetenz, titel: str = "Neue", **mehr) -> dict:
    return {"titel": titel, "kompetenz": kompetenz.pk, "wirkung": "beauftragt"} | mehr


def test_a_tranche_that_is_there_keeps_its_source(admin_client, kompetenz):
    tranche, quelle = f.TrancheFactory(nr=3), f.QuelleFactory()
    schon = f.KernaktivitaetFactory(tranche=tranche, tranche_quelle=quelle)
    zeile = {"ka": schon.pk, "wirkung": "beauftragt"}
    erfasse(admin_client, zeile, _neue(kompetenz), tranche=tranche)
    schon.refresh_from_db()
    assert schon.tranche_quelle == quelle
    assert tranche.kernaktivitaeten.count() == 2


def test_an_address_that_is_taken_gets_a_number(admin_client, kompetenz):
    f.RatsbeschlussFactory(slug="2026-09-24-vierte-tranche")
    f.KernaktivitaetFactory(slug="neue")
    f.hiess_frueher(f.KernaktivitaetFactory(), "neue-2")
    erfasse(admin_client, _neue(kompetenz), _neue(kompetenz, "Neue!"))
    assert Ratsbeschluss.objects.latest("pk").slug == "2026-09-24-vierte-tranche-2"
    neue = Kernaktivitaet.objects.order_by("-pk").values_list("slug", flat=True)[:2]
    assert set(neue) == {"neue-3", "neue-4"}


def test_a_former_address_goes_on_leading_to_its_decision(admin_client, client):
    alter = f.RatsbeschlussFactory(titel="Alter", slug="2026-09-24-vierte-tranche", am="2020")
    aendere(admin_client, alter, slug="umbenannt")
    neuer = erfasse(admin_client) and Ratsbeschluss.objects.latest("pk")
    assert neuer.slug == "2026-09-24-vierte-tranche-2"
    alter.refresh_from_db()
    antwort = client.get("/ratsbeschluesse/2026-09-24-vierte-tranche/")
    assert antwort["Location"] == alter.get_absolute_url()


@pytest.mark.parametrize("titel", ["???", "Київ", "*"])
def test_a_title_without_an_address_is_told_at_its_field(admin_client, kompetenz, titel):
    ((ort, feld, text),) = fehler(sende(admin_client, eingabe(_neue(kompetenz, titel))))
    assert (ort, feld) == ("Zeile 1", "titel")
    assert text == OHNE_ADRESSE
    ((ort, feld, text),) = fehler(sende(admin_client, eingabe(titel=titel)))
    assert (ort, feld, text) == ("", "titel", OHNE_ADRESSE)


def test_what_is_in_preparation_under_the_same_title_is_taken(admin_client, kompetenz):
    schon = f.KernaktivitaetFactory(
        titel="Grüne Höfe", kompetenz=kompetenz, veroeffentlicht_am=None
    )
    daten = eingabe(_neue(kompetenz, "grüne höfe"))
    warnungen = sende(admin_client, daten).context["vorschau"].warnungen
    assert any("Sie ist schon in Vorbereitung." in w for w in warnungen)
    bestaetige(admin_client, daten)
    schon.refresh_from_db()
    assert schon.veroeffentlicht_am == HEUTE
    assert Kernaktivitaet.objects.count() == 1


# ── Once, whatever is sent ────────────────────────────────────────────────────────────────────


def test_sent_twice_it_is_done_once(admin_client, kompetenz):
    daten = eingabe(_neue(kompetenz), neue_tranche="4")
    marke = sende(admin_client, daten).context["marke"]
    erste = sende(admin_client, daten, bestaetigen=marke)
    nach_der_ersten = alles()
    for knopf in ({"bestaetigen": marke}, {}, {"bestaetigen": "gefälscht"}):
        zweite = sende(admin_client, daten, **knopf)
        assert zweite["Location"] == erste["Location"]
    assert alles() == nach_der_ersten
    inhalt = admin_client.get(erste["Location"]).content.decode()
    assert "Das ist schon gespeichert." in inhalt


def test_what_changed_since_the_preview_is_shown_again(admin_client, kompetenz):
    daten = eingabe(_neue(kompetenz))
    marke = sende(admin_client, daten).context["marke"]
    for aenderung in (
        lambda: f.KernaktivitaetFactory(kompetenz=kompetenz),  # another number, other counts
        lambda: daten.update(ergebnis="vertagt"),  # not what was shown
    ):
        aenderung()
        antwort = sende(admin_client, daten, bestaetigen=marke)
        assert "Seit der Vorschau hat sich etwas geändert." in antwort.content.decode()
        assert not Ratsbeschluss.objects.exists()
        marke = antwort.context["marke"]
    assert sende(admin_client, daten, bestaetigen=marke).status_code == 302


def test_something_else_sent_with_a_spent_key_is_shown_and_not_lost(admin_client, kompetenz):
    daten = eingabe(_neue(kompetenz))
    erster = bestaetige(admin_client, daten)
    anderes = daten | {"titel": "Ganz anderer", "zeit": "01.10.2026", "z-0-titel": "Park"}
    vorher = alles()
    for knopf in ({}, {"bestaetigen": "von damals"}):
        antwort = sende(admin_client, anderes, **knopf)
        assert alles() == vorher
        assert "schon ein Beschluss gespeichert: „Vierte Tranche (24.09.2026)“" in texte(antwort)
        assert antwort.context["vorschau"].veraenderungen[0].folge.ka.titel == "Park"
    weiter = dict(antwort.context["versteckt"])
    assert weiter["schluessel"] != str(daten["schluessel"])
    zweiter = admin_client.post(SEITE, weiter | {"bestaetigen": antwort.context["marke"]})
    assert zweiter.status_code == 302
    assert zweiter["Location"] != erster["Location"]
    assert {b.titel for b in Ratsbeschluss.objects.all()} == {"Vierte Tranche", "Ganz anderer"}
    # Each of the two leads to its own result when it is sent once more.
    assert sende(admin_client, daten)["Location"] == erster["Location"]
    assert admin_client.post(SEITE, weiter)["Location"] == zweiter["Location"]


def test_a_mistake_in_what_is_sent_with_a_spent_key_is_told(admin_client, kompetenz):
    daten = eingabe(_neue(kompetenz))
    bestaetige(admin_client, daten)
    antwort = sende(admin_client, daten | {"z-0-titel": "", "titel": "Ganz anderer"})
    assert fehler(antwort) == [("Zeile 1", "ka", "Welche Kernaktivität ist gemeint?")]
    assert antwort.context["form"]["titel"].value() == "Ganz anderer"
    assert antwort.context["form"]["schluessel"].value() != str(daten["schluessel"])


@pytest.mark.parametrize("schluessel", ["", "keine-uuid"])
def test_without_its_key_it_is_not_taken(admin_client, kompetenz, schluessel):
    antwort = sende(admin_client, eingabe(_neue(kompetenz), schluessel=schluessel))
    assert [feld for _, feld, _ in fehler(antwort)] == ["schluessel"]
    assert not Ratsbeschluss.objects.exists()


# ── The preview ───────────────────────────────────────────────────────────────────────────────


def test_the_preview_says_word_for_word_what_changes(admin_client, kompetenz):
    laeuft = f.StatusmeldungFactory(
        kernaktivitaet__titel="Alte Mühle", status="laufend", am="2020"
    ).kernaktivitaet
    daten = eingabe(
        {"ka": laeuft.pk, "wirkung": "umgesetzt", "text": "Sie ist fertig."},
        _neue(kompetenz, "Neuer Park"),
        neue_tranche="4",
        ergebnis="einstimmig beschlossen",
        wortlaut="Der Rat beschließt die vierte Tranche.",
    )
    antwort = sende(admin_client, daten)
    vorschau = antwort.context["vorschau"]
    erste, zweite = vorschau.veraenderungen
    assert erste.angaben == (
        (
            "Status heute",
            "laufend (Stand 2020; seit wann, ist nicht belegt)",
            "umgesetzt seit 24.09.2026",
        ),
    )
    assert erste.meldung == "24. September 2026: umgesetzt. Sie ist fertig."
    assert zweite.angaben == (
        ("Status heute", "nicht öffentlich", "laufend seit 24.09.2026"),
        ("Tranche", "keine", "4. Tranche"),
    )
    assert zweite.neu_oeffentlich
    assert not erste.neu_oeffentlich
    assert vorschau.zahlen == (
        ("Alle Kernaktivitäten", 1, 2),
        ("umgesetzt", 0, 1),
        ("4. Tranche (von 25)", 0, 1),
    )
    text = texte(antwort)
    for wort in (
        "einstimmig beschlossen",
        "Der Rat beschließt die vierte Tranche.",
        "Was daraus geworden ist",
        "1 wird mit dem Bestätigen öffentlich.",
        "Neuer Park",
        "Talentschmiede, Nr. 1",
    ):
        assert wort in text


def test_what_becomes_public_with_one_in_preparation_is_counted(admin_client, client):
    ka = f.KernaktivitaetFactory(titel="Kommende", veroeffentlicht_am=None)
    f.AngabeFactory.create_batch(2, kernaktivitaet=ka)
    f.AngabeFactory(kernaktivitaet=ka, entwurf=True)
    f.StatusmeldungFactory(kernaktivitaet=ka, am="2020", text="Eine Neuigkeit.")
    leer = f.KernaktivitaetFactory(veroeffentlicht_am=None)
    bleibt = f.AngabeFactory(kernaktivitaet__veroeffentlicht_am=None).kernaktivitaet
    zeilen = [{"ka": k.pk, "wirkung": "beauftragt"} for k in (ka, leer)]
    zeilen.append({"ka": bleibt.pk, "wirkung": "kenntnis"})
    antwort = sende(admin_client, eingabe(*zeilen))
    erste, zweite, dritte = (v.mit for v in antwort.context["vorschau"].veraenderungen)
    assert set(erste.arten) == {"2 Angaben", "1 Statusmeldung"}
    assert erste.adresse == f"/verwaltung/vorschau{ka.get_absolute_url()}"
    assert admin_client.get(erste.adresse).status_code == 200
    assert (zweite.arten, dritte) == ((), None)
    assert "nichts, was schon eingetragen ist" in texte(antwort)
    # One that is public already brings nothing new.
    f.AngabeFactory(kernaktivitaet=(da := f.KernaktivitaetFactory()))
    antwort = sende(admin_client, eingabe({"ka": da.pk, "wirkung": "beauftragt"}))
    assert antwort.context["vorschau"].veraenderungen[0].mit is None


def test_what_stays_is_said_too(admin_client):
    ka = f.StatusmeldungFactory(status="laufend", am="2020").kernaktivitaet
    vorschau = sende(admin_client, eingabe({"ka": ka.pk, "wirkung": "kenntnis"})).context[
        "vorschau"
    ]
    ((_, alt, neu),) = vorschau.veraenderungen[0].angaben
    assert alt == neu
    assert vorschau.zahlen == vorschau.warnungen == ()


# ── Warnings ──────────────────────────────────────────────────────────────────────────────────


def warnungen(client, *zeilen, **werte) -> str:
    antwort = sende(client, eingabe(*zeilen, **werte))
    assert fehler(antwort) == []
    gezeigt = texte(antwort)
    alle = antwort.context["vorschau"].warnungen
    assert all(satz in gezeigt for satz in alle)
    return " ".join(alle)


@pytest.mark.parametrize(("anzahl", "gewarnt"), [(24, True), (25, False), (26, True)])
def test_a_tranche_that_is_not_full_or_too_full_is_named(admin_client, kompetenz, anzahl, gewarnt):
    zeilen = [_neue(kompetenz, f"Nr. {n}") for n in range(anzahl)]
    satz_dazu = f"Öffentliche Kernaktivitäten der 4. Tranche: danach {anzahl},"
    assert (satz_dazu in warnungen(admin_client, *zeilen, neue_tranche="4")) is gewarnt


@pytest.mark.parametrize(("bisher", "gewarnt"), [(4, False), (5, True)])
def test_a_schwerpunkt_that_is_too_full_is_named(admin_client, kompetenz, bisher, gewarnt):
    schwerpunkt = f.SchwerpunktFactory(eltern=kompetenz, titel="Bildung")
    neue = f.KernaktivitaetFactory(kompetenz=kompetenz, veroeffentlicht_am=None)
    f.ZuordnungFactory(kernaktivitaet=neue, schwerpunkt=schwerpunkt)
    for _ in range(bisher):
        f.ZuordnungFactory(kernaktivitaet__kompetenz=kompetenz, schwerpunkt=schwerpunkt)
    text = warnungen(admin_client, {"ka": neue.pk, "wirkung": "beauftragt"})
    assert ("Zum Schwerpunkt „Bildung“ gehören 6 Kernaktivitäten." in text) is gewarnt


@pytest.mark.parametrize(
    ("am", "status", "gewarnt"),
    [
        ("25.09.2026", "umgesetzt", True),
        ("24.09.2026", "laufend", False),
        ("23.09.2026", "laufend", False),
        ("25.09.2026", "laufend", False),
    ],
)
def test_later_statements_that_contradict_are_named(admin_client, am, status, gewarnt):
    ka = f.StatusmeldungFactory(status=status, am=am).kernaktivitaet
    text = warnungen(admin_client, {"ka": ka.pk, "wirkung": "beauftragt"})
    assert ("ist schon „umgesetzt“ gemeldet. Diese Meldung gilt weiter." in text) is gewarnt


@pytest.mark.parametrize(
    ("am", "status", "gewarnt"),
    [
        ("23.09.2026", "laufend", False),
        ("24.09.2026", "laufend", True),
        ("25.09.2026", "laufend", False),
        ("24.09.2026", "umgesetzt", False),
    ],
)
def test_the_same_statement_for_the_same_day_is_named(admin_client, am, status, gewarnt):
    ka = f.StatusmeldungFactory(status="laufend", bezug="ab", am=am).kernaktivitaet
    wirkung = {"laufend": "beauftragt"}.get(status, status)
    text = warnungen(admin_client, {"ka": ka.pk, "wirkung": wirkung})
    assert ("Danach steht es dort zweimal." in text) is gewarnt


BILANZ_STIMMT_NICHT = "Die veröffentlichte Bilanz 08/2024 stimmt dann nicht mehr"


def _bilanz(**zahlen):
    """Of a day on which one Kernaktivität was running, done later, all of it agreed upon."""
    ka = f.StatusmeldungFactory(status="umgesetzt", bezug="ab", am="11/2025").kernaktivitaet
    f.StatusmeldungFactory(kernaktivitaet=ka, status="laufend", am="2020")
    f.BilanzFactory(am="08/2024", gesamt=1, **zahlen)
    return ka


@pytest.mark.parametrize(
    ("zeit", "gewarnt"), [("30.08.2024", True), ("31.08.2024", True), ("01.09.2024", False)]
)
def test_a_bilanz_that_no_longer_agrees_is_named(admin_client, zeit, gewarnt):
    """What is recorded for a past day changes nothing today, but the count of that time."""
    ka = _bilanz(laufend=1, umgesetzt=0)
    antwort = sende(admin_client, eingabe({"ka": ka.pk, "wirkung": "umgesetzt"}, zeit=zeit))
    assert antwort.context["vorschau"].zahlen == ()
    assert (BILANZ_STIMMT_NICHT in texte(antwort)) is gewarnt
    assert any(BILANZ_STIMMT_NICHT in w for w in antwort.context["vorschau"].warnungen) is gewarnt


def test_a_bilanz_that_did_not_agree_before_is_not_named(admin_client):
    ka = _bilanz(laufend=0, umgesetzt=0)
    zeile = {"ka": ka.pk, "wirkung": "umgesetzt"}
    assert BILANZ_STIMMT_NICHT not in warnungen(admin_client, zeile, zeit="01.06.2023")


@pytest.mark.parametrize(
    ("zeit", "satz"),
    [
        ("22.11.2026", ""),
        ("23.11.2026", ""),
        ("24.11.2026", "(24. November 2026) liegt in der Zukunft."),
        ("11/2026", "(November 2026) reicht in die Zukunft."),
    ],
)
def test_a_date_in_the_future_is_named(admin_client, zeit, satz):
    text = warnungen(admin_client, zeit=zeit)
    assert ("Zukunft" in text) is bool(satz)
    assert satz in text


@pytest.mark.parametrize(
    ("zeit", "gewarnt"), [("17.05.2017", True), ("18.05.2017", False), ("19.05.2017", False)]
)
def test_a_date_before_the_strategy_is_named(admin_client, zeit, gewarnt):
    f.RatsbeschlussFactory(am="18.05.2017", betrifft_strategie=True)
    assert (
        "vor dem ersten Beschluss zur Strategie" in warnungen(admin_client, zeit=zeit)
    ) is gewarnt


def test_a_decision_that_is_recorded_already_is_named(admin_client):
    f.RatsbeschlussFactory(titel="Alt", vorlage="2026 A", am="2020")
    f.RatsbeschlussFactory(titel="VIERTE Tranche", am="24.09.2026")
    text = warnungen(admin_client, vorlage="2026 a")
    assert "Mit der Vorlage 2026 a ist schon verzeichnet: „Alt (2020)“." in text
    assert "Mit diesem Titel und Datum ist schon verzeichnet" in text
    Ratsbeschluss.objects.update(zurueckgenommen_am=date(2026, 1, 1), ruecknahme_grund="Falsch.")
    assert warnungen(admin_client, vorlage="2026 a") == ""
    assert warnungen(admin_client, zeit="25.09.2026", vorlage="2026 b") == ""


def test_who_stays_in_preparation_is_named(admin_client, kompetenz):
    zeile = _neue(kompetenz, wirkung="kenntnis")
    assert "Sie bleibt in Vorbereitung und unsichtbar." in warnungen(admin_client, zeile)
    antwort = sende(admin_client, eingabe(zeile))
    assert "Der Beschluss steht noch nicht auf der Website" in texte(antwort)


def test_a_change_of_tranche_and_a_namesake_are_named(admin_client, kompetenz):
    alt = f.TrancheFactory(nr=1)
    ka = f.KernaktivitaetFactory(titel="Neue", tranche=alt, tranche_quelle=f.QuelleFactory())
    zeilen = [{"ka": ka.pk, "wirkung": "beauftragt"}, _neue(kompetenz)]
    text = warnungen(admin_client, *zeilen, neue_tranche="4")
    assert "Sie gehörte bisher zur 1. Tranche." in text
    assert "Eine andere Kompetenz hat eine Kernaktivität mit demselben Titel." in text


def test_four_eyes_leave_the_statements_as_drafts(admin_client, kompetenz, settings, client):
    settings.VIER_AUGEN = True
    assert "Vier Augen sind verlangt" in warnungen(admin_client, _neue(kompetenz))
    erfasse(admin_client, _neue(kompetenz, "Zweite"))
    assert Statusmeldung.objects.get().entwurf
    (ka,) = json_von(client)["kernaktivitaeten"]
    assert ka["status"] == ""


def test_four_eyes_keep_where_it_went_until_the_release(admin_client, settings, client):
    alt = f.StatusmeldungFactory(
        status="ueberfuehrt", am="2020", nachfolge_text="Amt A"
    ).kernaktivitaet
    ziel = f.KernaktivitaetFactory(titel="Geheimziel")
    zeile = {"ka": alt.pk, "wirkung": "ueberfuehrt", "nachfolger": ziel.pk}
    zeile["nachfolge_text"] = "Geheimnachfolge"
    vorschau = sende(admin_client, eingabe(zeile)).context["vorschau"]
    assert vorschau.veraenderungen[0].angaben[1:] == (
        ("Überführt in", "Amt A", "Geheimziel; Geheimnachfolge"),
    )
    settings.VIER_AUGEN = True
    antwort = sende(admin_client, eingabe(zeile))
    vorschau = antwort.context["vorschau"]
    assert [was for was, *_ in vorschau.veraenderungen[0].angaben] == ["Status heute"]
    assert "überführt in Geheimziel; Geheimnachfolge. " in texte(antwort)
    assert "Neue Meldung (Entwurf, noch nicht öffentlich)" in texte(antwort)
    erfasse(admin_client, zeile)
    oeffentlich = texte(client.get(alt.get_absolute_url()))
    assert "Aufgegangen in: Amt A" in oeffentlich
    assert "Geheim" not in oeffentlich
    # Whoever releases it finds what was typed.
    meldung = Statusmeldung.objects.get(entwurf=True)
    assert (meldung.nachfolger, meldung.nachfolge_text) == (ziel, "Geheimnachfolge")
    assert meldung.interne_notiz == ""


def test_four_eyes_keep_where_it_went_out_of_the_exports(admin_client, settings, client):
    settings.VIER_AUGEN = True
    ka = f.StatusmeldungFactory(am="2020").kernaktivitaet
    ziel = f.KernaktivitaetFactory()
    vorher = ausfuhren(client)
    zeile = {"ka": ka.pk, "wirkung": "ueberfuehrt", "nachfolger": ziel.pk}
    erfasse(admin_client, zeile | {"nachfolge_text": "Geheimnachfolge"}, zeit="01.10.2024")
    entwurf = Statusmeldung.objects.get(entwurf=True)
    assert (entwurf.nachfolger, entwurf.nachfolge_text) == (ziel, "Geheimnachfolge")
    assert ausfuhren(client) == vorher
    # Once it is released they tell that it went over: here it would have shown.
    entwurf.entwurf = False
    entwurf.save()
    assert all("ueberfuehrt" in ausfuhr for ausfuhr in ausfuhren(client))


def ausfuhren(client) -> tuple[str, ...]:
    """What readers can take with them: the list as CSV and as JSON."""
    namen = ("kernaktivitaeten:liste_csv", "kernaktivitaeten:liste_json")
    return tuple(client.get(reverse(name)).content.decode() for name in namen)


# ── Rules forbid ──────────────────────────────────────────────────────────────────────────────


def test_a_broken_rule_stands_at_its_row_and_nothing_is_lost(admin_client, kompetenz):
    spaeter = f.StatusmeldungFactory(status="laufend", am="25.09.2026").kernaktivitaet
    ohne, geheim = f.KernaktivitaetFactory(), f.KernaktivitaetFactory(veroeffentlicht_am=None)
    vorher = alles()
    daten = eingabe(
        _neue(kompetenz),
        {"ka": spaeter.pk, "wirkung": "umgesetzt", "text": "Fertig."},
        {"ka": ohne.pk, "wirkung": "ueberfuehrt", "nachfolger": geheim.pk},
    )
    antwort = sende(admin_client, daten)
    assert fehler(antwort) == [
        ("Zeile 2", "wirkung", satz(rules.nach_dem_ende_oeffnet_nur_ein_beschluss)),
        ("Zeile 3", "nachfolger", satz(rules.wer_ueberfuehrt_ist_hat_einen_nachfolger)),
    ]
    assert alles() == vorher
    assert antwort.context["zeilen"].forms[1]["text"].value() == "Fertig."
    assert antwort.context["zeilen"].forms[0]["titel"].value() == "Neue"


def test_a_tranche_that_was_decided_before_is_not_taken_away(admin_client):
    tranche = f.TrancheFactory()
    ka = f.KernaktivitaetFactory(tranche=tranche, tranche_quelle=f.QuelleFactory())
    f.BeschlusswirkungFactory(kernaktivitaet=ka, beschluss__tranche=tranche)
    zeile = {"ka": ka.pk, "wirkung": "beauftragt"}
    ((ort, feld, text),) = fehler(sende(admin_client, eingabe(zeile, neue_tranche="99")))
    assert (ort, feld) == ("Zeile 1", "wirkung")
    assert text.endswith(satz(rules.auftrag_passt_zur_tranche))


def test_an_old_fault_keeps_nobody_from_a_new_decision(admin_client):
    ka = f.ZuordnungFactory(schwerpunkt=f.KompetenzFactory()).kernaktivitaet
    erfasse(admin_client, {"ka": ka.pk, "wirkung": "beauftragt"})


def test_nobody_is_their_own_successor(admin_client):
    ka = f.KernaktivitaetFactory()
    zeile = {"ka": ka.pk, "wirkung": "ueberfuehrt", "nachfolger": ka.pk}
    ((ort, _, text),) = fehler(sende(admin_client, eingabe(zeile)))
    assert ort == "Zeile 1"
    assert "nicht in sich selbst überführt" in text


# ── Wrong input ───────────────────────────────────────────────────────────────────────────────

FALSCH = {
    "titel": ("", "zwingend erforderlich"),
    "zeit": ("31.02.2026", "gibt es im Kalender nicht"),
    "gremium": ("G" * 121, "höchstens 120 Zeichen"),
    "vorlage": ("V" * 41, "höchstens 40 Zeichen"),
    "top": ("T" * 21, "höchstens 20 Zeichen"),
    "ergebnis": ("E" * 301, "höchstens 300 Zeichen"),
    "adresse": ("keine Adresse", "gültige"),
    "teil": ("erster Teil", "Zum Teil gehört eine Tranche."),
    "quelle": ("999999", "gültige Auswahl"),
    "tranche": ("999999", "gültige Auswahl"),
    "neue_tranche": ("-1", "größer oder gleich 1"),
    "vorgabe": ("erfunden", "erfunden ist keine"),
}
FALSCHE_ZEILE = {
    "ka": ({"ka": "Luftschloss", "wirkung": "kenntnis"}, "So heißt keine Kernaktivität."),
    "titel": ({"titel": "T" * 201, "wirkung": "kenntnis"}, "höchstens 200 Zeichen"),
    "kompetenz": ({"titel": "Neu", "kompetenz": "999999"}, "gültige Auswahl"),
    "wirkung": ({"titel": "Neu", "wirkung": "erfunden"}, "erfunden ist keine"),
    "nachfolger": ({"titel": "Neu", "nachfolger": "abc"}, "So heißt keine Kernaktivität."),
    "nachfolge_text": ({"titel": "Neu", "nachfolge_text": "N" * 201}, "höchstens 200 Zeichen"),
}


@pytest.mark.parametrize("feld", FALSCH)
def test_wrong_input_is_told_at_its_field_and_stays(admin_client, kompetenz, feld):
    wert, erwartet = FALSCH[feld]
    daten = eingabe(_neue(kompetenz)) | {feld: wert}
    antwort = sende(admin_client, daten)
    assert any(f == feld and erwartet in text for _, f, text in fehler(antwort)), fehler(antwort)
    assert str(antwort.context["form"][feld].value()) == wert
    assert antwort.context["zeilen"].forms[0]["titel"].value() == "Neue"
    assert not Ratsbeschluss.objects.exists()


@pytest.mark.parametrize("feld", FALSCHE_ZEILE)
def test_wrong_input_in_a_row_is_told_there_and_stays(admin_client, feld):
    zeile, erwartet = FALSCHE_ZEILE[feld]
    antwort = sende(admin_client, eingabe({}, zeile))
    gefunden = [(ort, text) for ort, f, text in fehler(antwort) if f == feld]
    assert any(ort == "Zeile 2" and erwartet in text for ort, text in gefunden), fehler(antwort)
    assert antwort.context["zeilen"].forms[1][feld].value() == zeile[feld]
    assert not Ratsbeschluss.objects.exists()


@pytest.mark.parametrize(
    ("zeilen", "ort", "feld", "erwartet"),
    [
        ([{"wirkung": "kenntnis"}], "Zeile 1", "ka", "Welche Kernaktivität ist gemeint?"),
        ([{"ka": "KA", "titel": "Neu", "wirkung": "kenntnis"}], "Zeile 1", "titel", "nicht beides"),
        ([{"ka": "KA"}], "Zeile 1", "wirkung", "Was bewirkt der Beschluss hier?"),
        ([{"titel": "Neu", "wirkung": "kenntnis"}], "Zeile 1", "kompetenz", "Zu welcher Kompetenz"),
        (
            [{"ka": "KA", "kompetenz": "K", "wirkung": "kenntnis"}],
            "Zeile 1",
            "kompetenz",
            "gehört nur zu einer neuen",
        ),
        (
            [{"ka": "KA", "wirkung": "kenntnis"}, {}, {"ka": "KA", "wirkung": "umgesetzt"}],
            "Zeile 3",
            "ka",
            "Sie steht schon in Zeile 1.",
        ),
        (
            [
                {"titel": "Neu", "kompetenz": "K", "wirkung": "kenntnis"},
                {"titel": "neu", "wirkung": "kenntnis"},
            ],
            "Zeile 2",
            "titel",
            "Sie steht schon in Zeile 1.",
        ),
        (
            [{"ka": "V", "wirkung": "kenntnis"}, {"titel": "kommt", "kompetenz": "K"}],
            "Zeile 2",
            "titel",
            "Sie steht schon in Zeile 1.",
        ),
        (
            [{"ka": "KA", "wirkung": "ueberfuehrt", "nachfolger": "KA"}],
            "Zeile 1",
            "nachfolger",
            "Sie kann nicht in sich selbst überführt werden.",
        ),
        (
            [{"ka": "KA", "wirkung": "ueberfuehrt"}],
            "Zeile 1",
            "nachfolger",
            satz(rules.wer_ueberfuehrt_ist_hat_einen_nachfolger),
        ),
        (
            [{"titel": "Vorhanden", "kompetenz": "K", "wirkung": "kenntnis"}],
            "Zeile 1",
            "titel",
            "Sie gibt es schon.",
        ),
        (
            [{"ka": "KA", "wirkung": "umgesetzt", "nachfolge_text": "Amt"}],
            "Zeile 1",
            "nachfolge_text",
            "nur zur Wirkung „überführt“",
        ),
    ],
)
def test_rows_that_make_no_sense(admin_client, kompetenz, zeilen, ort, feld, erwartet):
    ersatz = {
        "KA": f.KernaktivitaetFactory(titel="Vorhanden", kompetenz=kompetenz).pk,
        "K": kompetenz.pk,
        "V": f.KernaktivitaetFactory(
            titel="Kommt", kompetenz=kompetenz, veroeffentlicht_am=None
        ).pk,
    }
    vorher = alles()
    zeilen = [{n: ersatz.get(w, w) for n, w in zeile.items()} for zeile in zeilen]
    vorgabe = "" if feld == "wirkung" else "kenntnis"
    gefunden = fehler(sende(admin_client, eingabe(*zeilen, vorgabe=vorgabe)))
    assert any((o, f) == (ort, feld) and erwartet in text for o, f, text in gefunden), gefunden
    assert alles() == vorher


def test_a_tranche_is_either_old_or_new(admin_client):
    tranche = f.TrancheFactory(nr=3)
    assert fehler(sende(admin_client, eingabe(neue_tranche="3")))[0][1] == "neue_tranche"
    ((_, feld, text),) = fehler(sende(admin_client, eingabe(tranche=tranche, neue_tranche="4")))
    assert (feld, "nicht beides" in text) == ("neue_tranche", True)


@pytest.mark.parametrize("anzahl", ["", "abc", "100000"])
def test_a_forged_number_of_rows_is_refused(admin_client, anzahl):
    antwort = sende(admin_client, eingabe() | {"z-TOTAL_FORMS": anzahl})
    assert antwort.status_code == 200
    assert fehler(antwort)
    assert not Ratsbeschluss.objects.exists()


def test_the_cost_does_not_grow_with_the_choices(admin_client, django_assert_max_num_queries):
    f.KernaktivitaetFactory.create_batch(3)
    with django_assert_max_num_queries(20):
        admin_client.get(SEITE)


# ── Who may ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rolle", list(Rolle))
def test_only_the_office_records_and_takes_back(admin_client, kompetenz, rolle):
    ka = f.KernaktivitaetFactory(kompetenz=kompetenz)
    client = angemeldet(konto(rolle, eigene=(ka,)))
    schon = erfasse(admin_client, _neue(kompetenz))
    zurueck = f"/verwaltung/kernaktivitaeten/ratsbeschluss/zuruecknehmen/{schon.pk}/"
    daten = eingabe({"ka": ka.pk, "wirkung": "kenntnis"}, titel="Zweiter")
    marke = sende(admin_client, daten).context["marke"]
    darf = rolle == Rolle.STRATEGIEBUERO
    verboten = 302 if rolle == Rolle.STEMPELNUTZUNG else 403  # to the sign-in of the administration
    erwartet = 200 if darf else verboten
    vorher = alles()
    assert client.get(SEITE).status_code == erwartet
    assert client.get(zurueck).status_code == erwartet
    assert sende(client, daten).status_code == erwartet
    antwort = sende(client, daten, bestaetigen=marke)
    assert antwort.status_code == (302 if darf else verboten)
    assert (alles() != vorher) is darf
    vorher = alles()
    assert client.post(zurueck, {"grund": "Falsch."}).status_code == (302 if darf else verboten)
    assert (alles() != vorher) is darf
    for adresse in ("/verwaltung/", "/verwaltung/kernaktivitaeten/ratsbeschluss/"):
        inhalt = client.get(adresse)
        if inhalt.status_code == 200:
            assert (SEITE in inhalt.content.decode()) is darf


def test_nobody_records_without_signing_in(client):
    assert client.get(SEITE).status_code == 302
    assert sende(client, eingabe()).status_code == 302
    assert not Ratsbeschluss.objects.exists()
