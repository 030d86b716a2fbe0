"""Decisions, Tranchen and sources belong to nobody: who does not see everything sees of them what
is public, or about the own Kernaktivitäten. And what was taken back is no choice for anybody."""

from datetime import date

import pytest
from django.urls import reverse

from grundlage.rollen import Rolle
from kernaktivitaeten.models import Beschlusswirkung, Ratsbeschluss, Statusmeldung, Tranche
from tests import factories as f
from tests.rollen import angemeldet, konto
from tests.verwaltung.beschluesse import erfasse
from tests.verwaltung.formulare import adresse, aendere, eingaben, fehler, inhalt
from zielsystem.models import Quelle

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
SB, KV, PL, LE = (
    Rolle.STRATEGIEBUERO,
    Rolle.KOMPETENZVERANTWORTUNG,
    Rolle.PROJEKTLEITUNG,
    Rolle.LESEND,
)
WORT = "Geheimprojekt"
jede_rolle = pytest.mark.parametrize(
    ("rolle", "sieht"), [(SB, True), (LE, True), (KV, False), (PL, False)]
)


@pytest.fixture
def ka():
    return f.KernaktivitaetFactory(titel="Haus des Wissens")


def in_vorbereitung():
    """A decision that concerns nothing but a Kernaktivität in preparation."""
    kommende = f.KernaktivitaetFactory(veroeffentlicht_am=None, quelle__titel=WORT)
    return f.BeschlusswirkungFactory(
        kernaktivitaet=kommende,
        beschluss__titel=WORT,
        beschluss__wortlaut=WORT,
        beschluss__gremium=WORT,
        beschluss__quelle=kommende.quelle,
        quelle=kommende.quelle,
    ).beschluss


def zukuenftiger():
    """A decision that readers see from its day on."""
    return f.RatsbeschlussFactory(
        titel=WORT, am="01.05.2027", betrifft_strategie=True, gremium=WORT, quelle__titel=WORT
    )


def tranche():
    quelle = f.QuelleFactory(titel=WORT)
    zeile = f.TrancheFactory(nr=77, quelle=quelle)
    f.KernaktivitaetFactory(veroeffentlicht_am=None, tranche=zeile, tranche_quelle=quelle)
    return zeile


def quelle():
    return f.AngabeFactory(entwurf=True, quelle__titel=WORT).quelle


VERBORGENES = {
    "of what is in preparation": in_vorbereitung,
    "to come": zukuenftiger,
    "Tranche": tranche,
    "source": quelle,
}


def angebot(client, zeile, feld: str, quellmodell="statusmeldung") -> bool:
    """Whether an autocomplete field offers the row."""
    antwort = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "kernaktivitaeten", "model_name": quellmodell, "field_name": feld},
    )
    return str(zeile.pk) in {e["id"] for e in antwort.json()["results"]}


@jede_rolle
@pytest.mark.parametrize("was", VERBORGENES)
def test_what_is_public_nowhere_is_for_those_who_see_everything(ka, was, rolle, sieht):
    zeile = VERBORGENES[was]()
    client = angemeldet(konto(rolle, eigene=(ka,)))
    modell = type(zeile)
    for seite in ("change", "history"):
        antwort = client.get(adresse(modell, seite, zeile.pk))
        assert (antwort.status_code == 200) == sieht, seite
    fassung = zeile.geschichte.latest().history_id
    antwort = client.get(adresse(modell, "simple_history", zeile.pk, fassung))
    assert (antwort.status_code == 200) == sieht
    for ziel in (modell, Ratsbeschluss, Tranche, Quelle, type(ka)):
        text = inhalt(client.get(adresse(ziel, "changelist"), {"q": ""}))
        assert sieht or not (WORT in text or "77. Tranche" in text), ziel
    assert zeile in client.get(adresse(modell, "changelist")).context["cl"].queryset or not sieht
    feld = {Ratsbeschluss: "beschluss", Quelle: "quelle"}.get(modell)
    if feld:
        assert angebot(client, zeile, feld) == sieht


@pytest.mark.parametrize("rolle", [KV, PL])
@pytest.mark.parametrize("was", ["of what is in preparation", "to come", "source"])
def test_it_is_no_choice_in_the_form_whatever_is_sent(ka, was, rolle):
    zeile = VERBORGENES[was]()
    client = angemeldet(konto(rolle, eigene=(ka,)))
    url = f"{adresse(Statusmeldung, 'add')}?kernaktivitaet={ka.pk}"
    antwort = client.get(url)
    assert WORT not in inhalt(antwort)
    feld = "quelle" if isinstance(zeile, Quelle) else "beschluss"
    daten = {"zeit": "08/2024", "text": "Neu.", feld: zeile.pk, "_save": "1"}
    assert set(fehler(client.post(url, eingaben(antwort) | daten))) == {feld}
    assert not Statusmeldung.objects.exists()
    assert client.post(url, eingaben(antwort) | daten | {feld: ""}).status_code == 302


@pytest.mark.parametrize("rolle", [KV, PL])
@pytest.mark.parametrize("oeffentlich", [True, False])
def test_what_is_about_the_own_is_seen_and_chosen(ka, rolle, oeffentlich):
    if not oeffentlich:
        ka.veroeffentlicht_am = None
        ka.save()
    client = angemeldet(konto(rolle, eigene=(ka,)))
    zeile = f.TrancheFactory(nr=7, quelle=f.QuelleFactory())
    ka.tranche, ka.tranche_quelle = zeile, zeile.quelle
    ka.save()
    wirkung = f.BeschlusswirkungFactory(kernaktivitaet=ka, beschluss__am="01.05.2027")
    entwurf = f.StatusmeldungFactory(
        kernaktivitaet=ka, entwurf=True, am="2020", beschluss=f.RatsbeschlussFactory(am="2028")
    )
    neue = f.QuelleFactory(titel="Noch für nichts genannt")
    beschluss = wirkung.beschluss
    for sichtbar in (zeile, beschluss, entwurf.beschluss, entwurf.quelle, ka.quelle, neue):
        url = adresse(type(sichtbar), "change", sichtbar.pk)
        assert client.get(url).status_code == 200, sichtbar
    assert angebot(client, beschluss, "beschluss")
    assert angebot(client, neue, "quelle")
    liste = client.get(adresse(Tranche, "changelist")).context["cl"].queryset
    assert [(t, t.zahl) for t in liste] == [(zeile, 1)]


def test_only_kernaktivitaeten_in_sight_are_counted(ka):
    t = f.TrancheFactory(nr=7)
    for werte in ({}, {"veroeffentlicht_am": None}):
        andere = f.KernaktivitaetFactory(tranche=t, tranche_quelle=t.quelle, **werte)
        beschluss = f.BeschlusswirkungFactory(
            kernaktivitaet=andere,
            beschluss=Ratsbeschluss.objects.first() or f.RatsbeschlussFactory(),
        ).beschluss
    for rolle, zahl in ((PL, 1), (LE, 2)):
        client = angemeldet(konto(rolle, eigene=(ka,)))
        for zeile in (t, beschluss):
            liste = client.get(adresse(type(zeile), "changelist")).context["cl"].queryset
            assert liste.get(pk=zeile.pk).zahl == zahl


# ── Taken back ────────────────────────────────────────────────────────────────────────────────


def nimm_zurueck(client, stapel) -> Ratsbeschluss:
    url = reverse("admin:ratsbeschluss_zuruecknehmen", args=(stapel.pk,))
    assert client.post(url, {"grund": "Doppelt erfasst."}).status_code == 302
    return Ratsbeschluss.objects.get()


@pytest.mark.parametrize("rolle", [SB, KV, PL])
def test_what_was_taken_back_is_no_choice(admin_client, ka, rolle):
    stapel = erfasse(admin_client, {"ka": ka.pk, "wirkung": "kenntnis"}, titel=WORT)
    client = angemeldet(konto(rolle, eigene=(ka,)))
    url = f"{adresse(Statusmeldung, 'add')}?kernaktivitaet={ka.pk}"
    beschluss = Ratsbeschluss.objects.get()
    assert WORT in inhalt(client.get(url))
    assert angebot(client, beschluss, "beschluss")
    nimm_zurueck(admin_client, stapel)
    antwort = client.get(url)
    assert WORT not in inhalt(antwort)
    daten = {"zeit": "08/2024", "text": "Neu.", "beschluss": beschluss.pk, "_save": "1"}
    assert set(fehler(client.post(url, eingaben(antwort) | daten))) == {"beschluss"}
    if rolle == SB:  # who alone enters effects, and still finds it in the list
        for modell in ("statusmeldung", "beschlusswirkung"):
            assert not angebot(client, beschluss, "beschluss", modell)
        url = adresse(Beschlusswirkung, "add")
        antwort = client.post(url, {"beschluss": beschluss.pk, "kernaktivitaet": ka.pk})
        assert "beschluss" in fehler(antwort)
        assert WORT in inhalt(client.get(adresse(Ratsbeschluss, "changelist")))


def test_who_referred_to_it_goes_on_doing_so(admin_client, ka):
    beschluss = f.RatsbeschlussFactory(
        titel=WORT, zurueckgenommen_am=date(2026, 10, 1), ruecknahme_grund="Doppelt."
    )
    meldung = f.StatusmeldungFactory(kernaktivitaet=ka, am="2020", beschluss=beschluss)
    seite = admin_client.get(adresse(Statusmeldung, "change", meldung.pk))
    assert eingaben(seite)["beschluss"] == str(beschluss.pk)
    assert f'<option value="{beschluss.pk}" selected>{beschluss}' in inhalt(seite)
    antwort = aendere(admin_client, meldung, interne_notiz="Geprüft.")
    assert antwort.status_code == 302, fehler(antwort)
    meldung.refresh_from_db()
    assert (meldung.beschluss, meldung.interne_notiz) == (beschluss, "Geprüft.")
