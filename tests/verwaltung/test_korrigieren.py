"""Correcting a released statement: the new one takes the place of the old one, in one step."""

import re
from datetime import date

import pytest

from grundlage.datenstand import datenstand
from grundlage.rollen import Rolle
from kernaktivitaeten import rules
from kernaktivitaeten.models import Kernaktivitaet, Statusmeldung
from tests import factories as f
from tests.adressen import oeffne
from tests.rollen import angemeldet, konto
from tests.verwaltung.formulare import adresse, aendere, eingaben, fehler
from zielsystem.rules import satz

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
SEITE = "/kernaktivitaeten/haus/"
GRUND = "Die Quelle nennt den August."


@pytest.fixture
def meldung():
    ka = f.KernaktivitaetFactory(titel="Haus des Wissens", slug="haus")
    f.StatusmeldungFactory(kernaktivitaet=ka, am="2018", bezug="ab", text="Beauftragt.")
    return f.StatusmeldungFactory(
        kernaktivitaet=ka, am="07/2024", status="umgesetzt", bezug="ab", text="Eröffnet."
    )


@pytest.fixture
def buero():
    return angemeldet(konto(Rolle.STRATEGIEBUERO))


def url(meldung) -> str:
    return adresse(Statusmeldung, "korrigieren", meldung.pk)


def korrigiere(client, meldung, knopf="_save", **neu):
    formular = eingaben(client.get(url(meldung)))
    vorgabe = {"zeit": "08/2024", "grund": GRUND, knopf: "1"}
    return client.post(url(meldung), formular | vorgabe | neu)


def test_the_form_begins_with_the_old_values(buero, meldung):
    meldung.zaehlt_ab, meldung.abgeleitet = date(2024, 7, 15), True
    meldung.interne_notiz, meldung.beschluss = "Notiz", f.RatsbeschlussFactory()
    meldung.save()
    antwort = buero.get(url(meldung))
    erwartet = {
        "kernaktivitaet": str(meldung.kernaktivitaet_id),
        "status": "umgesetzt",
        "bezug": "ab",
        "zaehlt_ab": "2024-07-15",
        "text": "Eröffnet.",
        "quelle": str(meldung.quelle_id),
        "beschluss": str(meldung.beschluss_id),
        "abgeleitet": "on",
        "interne_notiz": "Notiz",
    }
    assert erwartet.items() <= eingaben(antwort).items()
    seite = antwort.content.decode()
    assert 'name="zeit" value="07/2024"' in seite
    assert "Meldung korrigieren: Haus des Wissens" in seite
    assert 'name="_andere"' not in seite


def test_the_successor_comes_along_and_is_corrected_like_the_rest(buero, client, meldung):
    eins, zwei = (f.KernaktivitaetFactory(titel=titel) for titel in ("Eins", "Zwei"))
    Statusmeldung.objects.filter(pk=meldung.pk).update(status="ueberfuehrt", nachfolger=eins)
    assert eingaben(buero.get(url(meldung)))["nachfolger"] == str(eins.pk)
    assert korrigiere(buero, meldung).status_code == 302
    erste = Statusmeldung.objects.latest("pk")
    assert erste.nachfolger == eins
    assert korrigiere(buero, erste, nachfolger=zwei.pk).status_code == 302
    seite = oeffne(client, SEITE).text
    assert "Aufgegangen in: Zwei" in seite
    assert "Aufgegangen in: Eins" not in seite
    aendere(buero, Statusmeldung.objects.latest("pk"), rueckzug_grund="Irrtum.")
    assert "Aufgegangen in" not in oeffne(client, SEITE).text


def test_the_day_that_was_only_proposed_is_proposed_anew(buero, meldung):
    assert not eingaben(buero.get(url(meldung))).get("zaehlt_ab")
    assert korrigiere(buero, meldung).status_code == 302
    assert Statusmeldung.objects.get(datum_bis=date(2024, 8, 31)).zaehlt_ab == date(2024, 8, 31)


def test_one_step_saves_the_new_one_and_withdraws_the_old_one(buero, meldung):
    vorher = datenstand()
    antwort = korrigiere(buero, meldung)
    assert antwort.status_code == 302, fehler(antwort)
    assert antwort["Location"] == adresse(Kernaktivitaet, "change", meldung.kernaktivitaet_id)
    meldung.refresh_from_db()
    neue = Statusmeldung.objects.latest("pk")
    assert (meldung.zurueckgezogen_am, meldung.rueckzug_grund) == (date(2026, 11, 23), GRUND)
    assert meldung.ersetzt_durch == neue
    assert (neue.zeit.kurz, neue.status, neue.text) == ("08/2024", "umgesetzt", "Eröffnet.")
    assert (neue.entwurf, neue.erfasst_von.username) == (False, "Strategiebüro")
    fassung = meldung.geschichte.latest()
    assert (fassung.history_user, fassung.history_change_reason) == (neue.erfasst_von, "Korrigiert")
    assert datenstand() > vorher


@pytest.mark.parametrize(
    ("stichtag", "status"),
    [
        (
            "2024-07-31",
            "laufend seit 2018",
        ),  # what it said before it was corrected, it says no more
        ("2024-08-30", "laufend seit 2018"),
        ("2024-08-31", "umgesetzt seit 08/2024"),
        ("2024-09-01", "umgesetzt seit 08/2024"),
    ],
)
def test_the_public_page_counts_the_new_one_only(buero, client, meldung, stichtag, status):
    korrigiere(buero, meldung)
    assert status in oeffne(client, SEITE, {"stichtag": stichtag}).text


def test_the_public_page_shows_both_and_leads_from_one_to_the_other(buero, client, meldung):
    korrigiere(buero, meldung, text="Im August eröffnet.")
    neue = Statusmeldung.objects.latest("pk")
    seite = client.get(SEITE).content.decode()
    punkte = dict(re.findall(r'<li id="meldung-(\d+)">(.*?)</li>', seite, re.DOTALL))
    alt, neu = punkte[str(meldung.pk)], punkte[str(neue.pk)]
    assert f"<strong>Korrigiert am 23. November 2026:</strong> {GRUND}" in alt
    assert f'<a href="#meldung-{neue.pk}">Zur Meldung, die sie ersetzt</a>' in alt
    assert "<s>Eröffnet.</s>" in alt
    assert f'<a href="#meldung-{meldung.pk}">Zur früheren Meldung</a>' in neu
    assert "Im August eröffnet." in neu


def test_a_withdrawal_alone_stays_possible_and_is_called_so(buero, client, meldung):
    antwort = aendere(buero, meldung, rueckzug_grund="Irrtum.")
    assert antwort.status_code == 302, fehler(antwort)
    seite = client.get(SEITE).content.decode()
    assert "<strong>Zurückgezogen am 23. November 2026:</strong> Irrtum." in seite
    assert "orrigiert" not in seite.partition('id="meldungen"')[2]


def test_the_preview_shows_both_and_leaves_no_trace(buero, client, meldung):
    client.get(SEITE)
    vorher = (datenstand(), Statusmeldung.objects.count(), Statusmeldung.geschichte.count())
    probe = korrigiere(buero, meldung, "_vorschau")
    seite = probe.content.decode()
    assert f"Korrigiert am 23. November 2026:</strong> {GRUND}" in seite
    assert "umgesetzt seit 08/2024" in " ".join(re.sub(r"<[^>]*>", "", seite).split())
    assert f'<form method="post" action="{url(meldung)}">' in seite
    assert f'name="grund" value="{GRUND}"' in seite
    nachher = (datenstand(), Statusmeldung.objects.count(), Statusmeldung.geschichte.count())
    assert nachher == vorher
    zurueck = korrigiere(buero, meldung, "_bearbeiten", text="Noch im Fluss", zeit="dann")
    assert not fehler(zurueck)
    getippt = {"grund": GRUND, "text": "Noch im Fluss", "zeit": "dann"}
    assert getippt.items() <= eingaben(zurueck).items()


@pytest.mark.parametrize("knopf", ["_save", "_vorschau"])
@pytest.mark.parametrize(
    ("neu", "feld"),
    [
        ({"grund": ""}, "grund"),
        ({"grund": "  "}, "grund"),
        ({"zeit": "x"}, "zeit"),
        ({"text": ""}, "text"),
    ],
)
def test_what_is_missing_is_told_and_the_old_one_stays(buero, meldung, knopf, neu, feld):
    antwort = korrigiere(buero, meldung, knopf, interne_notiz="Bleibt", **neu)
    assert list(fehler(antwort)) == [feld]
    assert eingaben(antwort)["interne_notiz"] == "Bleibt"
    meldung.refresh_from_db()
    assert meldung.zurueckgezogen_am is None
    assert Statusmeldung.objects.count() == 2


def test_the_rules_are_asked_of_what_is_left(buero, meldung):
    """The end was wrong: it runs on. Without withdrawing the old one this would be refused."""
    antwort = korrigiere(buero, meldung, status="laufend", text="Noch nicht eröffnet.")
    assert antwort.status_code == 302, fehler(antwort)
    zeile = Kernaktivitaet.objects.zum(date(2026, 11, 23)).get()
    assert zeile.lagebild.satz == "laufend seit 2018, zuletzt bestätigt 08/2024"


def test_what_breaks_a_rule_is_refused_and_nothing_is_withdrawn(buero, meldung):
    anfang = Statusmeldung.objects.get(text="Beauftragt.")
    antwort = korrigiere(buero, anfang, status="eingestellt", zeit="2018")
    assert fehler(antwort) == {"status": [satz(rules.nach_dem_ende_oeffnet_nur_ein_beschluss)]}
    assert eingaben(antwort)["grund"] == GRUND
    anfang.refresh_from_db()
    assert anfang.zurueckgezogen_am is None


def test_the_kernaktivitaet_cannot_be_forged(buero, meldung):
    andere = f.KernaktivitaetFactory()
    antwort = korrigiere(buero, meldung, kernaktivitaet=andere.pk)
    (gesagt,) = fehler(antwort)[""]
    assert satz(rules.ersatz_gehoert_zur_selben_kernaktivitaet) in gesagt
    meldung.refresh_from_db()
    assert meldung.zurueckgezogen_am is None
    assert not andere.statusmeldungen.exists()


def test_only_the_source_is_corrected(buero, meldung):
    """The same day, status and text again: this is no form that was sent twice."""
    Statusmeldung.objects.update(erfasst_von=buero.get("/verwaltung/").wsgi_request.user)
    quelle = f.QuelleFactory()
    antwort = korrigiere(buero, meldung, zeit="07/2024", quelle=quelle.pk)
    assert antwort.status_code == 302, fehler(antwort)
    assert Statusmeldung.objects.get(zurueckgezogen_am=None, status="umgesetzt").quelle == quelle


def test_sent_twice_it_is_corrected_once(buero, meldung):
    formular = eingaben(buero.get(url(meldung))) | {"zeit": "08/2024", "grund": GRUND}
    assert buero.post(url(meldung), formular).status_code == 302
    antwort = buero.post(url(meldung), formular, follow=True)
    assert "Diese Meldung ist schon zurückgezogen" in antwort.content.decode()
    assert Statusmeldung.objects.count() == 3


def test_a_correction_is_corrected_as_well(buero, client, meldung):
    korrigiere(buero, meldung, text="Im August eröffnet.")
    zweite = Statusmeldung.objects.latest("pk")
    antwort = korrigiere(buero, zweite, zeit="09/2024", text="Im September eröffnet.")
    assert antwort.status_code == 302, fehler(antwort)
    dritte = Statusmeldung.objects.latest("pk")
    meldung.refresh_from_db()
    zweite.refresh_from_db()
    assert (meldung.ersetzt_durch, zweite.ersetzt_durch) == (zweite, dritte)
    seite = client.get(SEITE).content.decode()
    punkte = dict(re.findall(r'<li id="meldung-(\d+)">(.*?)</li>', seite, re.DOTALL))
    assert "<s>Im August eröffnet.</s>" in punkte[str(zweite.pk)]
    assert f'href="#meldung-{dritte.pk}"' in punkte[str(zweite.pk)]
    assert f'href="#meldung-{meldung.pk}"' in punkte[str(zweite.pk)]
    assert "Im September eröffnet." in punkte[str(dritte.pk)]


# ── What is not corrected, and by whom ────────────────────────────────────────────────────────


def test_what_is_withdrawn_is_not_corrected(buero, meldung):
    Statusmeldung.objects.filter(pk=meldung.pk).update(
        zurueckgezogen_am=date(2025, 1, 1), rueckzug_grund="Irrtum"
    )
    antwort = buero.get(url(meldung), follow=True)
    assert "Diese Meldung ist schon zurückgezogen" in antwort.content.decode()


def test_a_draft_is_simply_changed(buero, meldung):
    Statusmeldung.objects.filter(pk=meldung.pk).update(entwurf=True)
    antwort = buero.get(url(meldung), follow=True)
    assert "Ein Entwurf ist noch nicht öffentlich. Ändern Sie ihn einfach." in (
        antwort.content.decode()
    )


def test_with_four_eyes_the_way_is_told(buero, meldung, settings):
    settings.VIER_AUGEN = True
    for antwort in (buero.get(url(meldung), follow=True), buero.post(url(meldung), follow=True)):
        assert "Sie schreiben selbst daran. Melden Sie" in antwort.content.decode()
    assert Statusmeldung.objects.count() == 2


@pytest.mark.parametrize("rolle", Rolle, ids=str)
@pytest.mark.parametrize("knopf", ["_save", "_vorschau", "_bearbeiten"])
def test_only_the_office_corrects(buero, meldung, rolle, knopf):
    formular = eingaben(buero.get(url(meldung))) | {"zeit": "08/2024", "grund": GRUND, knopf: "1"}
    client = angemeldet(konto(rolle, eigene=(meldung.kernaktivitaet,), name="jemand"))
    darf = rolle == Rolle.STRATEGIEBUERO
    assert (client.get(url(meldung)).status_code == 200) is darf
    antwort = client.post(url(meldung), formular)
    assert antwort.status_code in ({200, 302} if darf else {302, 403})
    assert ("Eröffnet." in antwort.content.decode()) == (darf and knopf != "_save")
    assert Statusmeldung.objects.count() == 2 + (darf and knopf == "_save")
    link = url(meldung)
    for seite in (
        adresse(Statusmeldung, "change", meldung.pk),
        adresse(Kernaktivitaet, "change", meldung.kernaktivitaet_id),
    ):
        da = link in client.get(seite).content.decode()
        assert da == (darf and knopf != "_save")


def test_what_is_not_there_is_not_corrected(buero, meldung):
    for nummer in ("999999", "x"):
        assert buero.get(adresse(Statusmeldung, "korrigieren", nummer)).status_code == 404


@pytest.mark.parametrize(
    "werte",
    [{"entwurf": True}, {"zurueckgezogen_am": date(2025, 1, 1), "rueckzug_grund": "Irrtum"}],
    ids=["draft", "withdrawn"],
)
def test_the_link_is_only_where_it_leads_somewhere(buero, meldung, werte):
    Statusmeldung.objects.filter(pk=meldung.pk).update(**werte)
    seite = buero.get(adresse(Statusmeldung, "change", meldung.pk)).content.decode()
    assert "Korrigieren</a>" not in seite
