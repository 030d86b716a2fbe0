"""The same for many Kernaktivitäten at once: old and new first, then all or nothing."""

from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group, User
from django.db.models import Q

from grundlage import rollen
from kernaktivitaeten import rules
from kernaktivitaeten.models import Kernaktivitaet, Verantwortung, Zuordnung
from tests import factories as f
from verwaltung import sammel
from verwaltung.models import Stapel
from verwaltung.stapel import nimm_zurueck, stapel
from zielsystem.rules import satz

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LISTE = "/verwaltung/kernaktivitaeten/kernaktivitaet/"
SEITE = f"{LISTE}sammel/"


@pytest.fixture
def kas():
    kompetenz = f.KompetenzFactory()
    return [f.KernaktivitaetFactory(kompetenz=kompetenz) for _ in range(3)]


@pytest.fixture
def quelle():
    return f.QuelleFactory(titel="Ratsvorlage")


def sende(client, kas, **daten):
    werte = {name: getattr(wert, "pk", wert) for name, wert in daten.items()}
    return client.post(SEITE, {"ka": [ka.pk for ka in kas]} | werte)


def bestaetige(client, kas, vorschau, **daten):
    return sende(client, kas, bestaetigen=vorschau.context["marke"], **daten)


def fehler(antwort) -> list[str]:
    saetze = [satz for saetze in antwort.context["form"].errors.values() for satz in saetze]
    return [*saetze, *antwort.context["hindernisse"]]


def test_the_action_of_the_list_leads_to_the_form(admin_client, kas):
    antwort = admin_client.post(
        LISTE, {"action": "gemeinsam_zuordnen", "_selected_action": [ka.pk for ka in kas[:2]]}
    )
    assert antwort["Location"] == f"{SEITE}?ka={kas[0].pk}&ka={kas[1].pk}"
    inhalt = admin_client.get(antwort["Location"]).content.decode()
    assert "Sie ordnen 2 Kernaktivitäten gemeinsam etwas zu." in inhalt
    assert kas[0].titel in inhalt
    assert kas[2].titel not in inhalt


def test_old_and_new_are_shown_before_anything_is_saved(admin_client, kas, quelle):
    schwerpunkt = f.SchwerpunktFactory(eltern=kas[0].kompetenz)
    alt = f.ZuordnungFactory(kernaktivitaet=kas[0], primaer=True)
    tranche, thema = f.TrancheFactory(nr=3), f.QuerschnittsthemaFactory(titel="Klima")
    stelle = f.StelleFactory(name="Tiefbauamt")
    daten = {
        "schwerpunkt": schwerpunkt,
        "hauptschwerpunkt": "on",
        "tranche": tranche,
        "themen": [thema.pk],
        "rolle": "linie",
        "stelle": stelle,
        "zeit": "08/2024",
        "bezug": "stand",
        "quelle": quelle,
    }
    vorschau = sende(admin_client, kas, **daten)
    erste, zweite, _ = vorschau.context["folgen"]
    assert erste.aenderungen == (
        (
            "Schwerpunkte",
            f"{alt.schwerpunkt} (Hauptschwerpunkt)",
            f"{schwerpunkt} (Hauptschwerpunkt); {alt.schwerpunkt}",
        ),
        ("Querschnittsthemen", "", "Klima"),
        ("Tranche", "", "3. Tranche"),
        ("Verantwortung", "", "Linienverantwortung: Tiefbauamt (08/2024)"),
    )
    assert zweite.aenderungen[0] == ("Schwerpunkte", "", f"{schwerpunkt} (Hauptschwerpunkt)")
    assert not Stapel.objects.exists()
    assert not Verantwortung.objects.exists()
    antwort = bestaetige(admin_client, kas, vorschau, **daten)
    assert antwort["Location"].endswith(f"/stapel/{Stapel.objects.get().pk}/change/")
    for ka in kas:
        ka.refresh_from_db()
        assert (ka.tranche, ka.tranche_quelle) == (tranche, quelle)
        assert ka.zuordnungen.get(primaer=True).schwerpunkt == schwerpunkt
        assert ka.zuordnungen.get(primaer=True).quelle == quelle
        assert ka.querschnittszuordnungen.get().thema == thema
        assert (ka.verantwortungen.get().stelle, ka.verantwortungen.get().quelle) == (
            stelle,
            quelle,
        )
    # The same once more changes nothing.
    assert sende(admin_client, kas, **daten).context["folgen"] == []
    assert (
        "Es gibt nichts zu speichern."
        in bestaetige(admin_client, kas, vorschau, **daten).content.decode()
    )
    assert Stapel.objects.count() == 1
    nimm_zurueck(Stapel.objects.get().pk, None)
    assert [z.primaer for z in kas[0].zuordnungen.all()] == [True]
    assert not kas[1].zuordnungen.exists()
    assert not Verantwortung.objects.exists()


def test_what_is_there_already_stays(admin_client, kas, quelle):
    alt = f.QuerschnittszuordnungFactory(kernaktivitaet=kas[0])
    neu = f.QuerschnittsthemaFactory()
    daten = {"themen": [alt.thema.pk, neu.pk], "quelle": quelle}
    bestaetige(admin_client, kas[:1], sende(admin_client, kas[:1], **daten), **daten)
    assert [(z.thema, z.quelle) for z in kas[0].querschnittszuordnungen.all()] == [
        (alt.thema, alt.quelle),
        (neu, quelle),
    ]


def test_a_rule_is_told_and_nothing_is_saved(admin_client, kas, quelle):
    fremd = f.SchwerpunktFactory()
    antwort = sende(admin_client, kas, schwerpunkt=fremd, quelle=quelle)
    regel = satz(rules.fremder_schwerpunkt_ist_begruendet)
    assert len(fehler(antwort)) == 3
    assert all(text.endswith(regel) for text in fehler(antwort))
    assert not kas[0].zuordnungen.exists()
    antwort = sende(admin_client, kas, schwerpunkt=fremd, quelle=quelle, begruendung="Beides")
    assert len(antwort.context["folgen"]) == 3


def test_a_tranche_that_was_decided_is_not_taken_away(admin_client, kas, quelle):
    tranche = f.TrancheFactory()
    kas[0].tranche, kas[0].tranche_quelle = tranche, quelle
    kas[0].save()
    f.BeschlusswirkungFactory(
        kernaktivitaet=kas[0], beschluss=f.RatsbeschlussFactory(tranche=tranche)
    )
    antwort = sende(admin_client, kas, tranche=f.TrancheFactory(), quelle=quelle)
    assert fehler(antwort)[0].endswith(satz(rules.auftrag_passt_zur_tranche))


@pytest.mark.parametrize(
    ("daten", "erwartet"),
    [
        ({}, "Wählen Sie, was die Kernaktivitäten bekommen sollen."),
        ({"rolle": "linie"}, "Rolle und Stelle gehören zusammen."),
        ({"rolle": "kompetenz"}, "Bitte eine gültige Auswahl treffen."),
        ({"zeit": "irgendwann"}, "„irgendwann“ ist kein Datum"),
        ({"rolle": "linie", "stelle": "S", "zeit": "2024"}, "Zu einem Datum gehört ein Bezug"),
        ({"hauptschwerpunkt": "on"}, "Wählen Sie"),
        ({"quelle": "", "themen": []}, "Dieses Feld ist zwingend erforderlich."),
        ({"tranche": "99999"}, "Bitte eine gültige Auswahl treffen."),
    ],
)
def test_what_is_missing_is_told(admin_client, kas, quelle, daten, erwartet):
    if daten.get("stelle"):
        daten = daten | {"stelle": f.StelleFactory()}
    assert any(
        erwartet in text for text in fehler(sende(admin_client, kas, **{"quelle": quelle} | daten))
    )


def test_what_changed_since_the_preview_is_shown_again(admin_client, kas, quelle):
    thema = f.QuerschnittsthemaFactory()
    daten = {"themen": [thema.pk], "quelle": quelle}
    vorschau = sende(admin_client, kas, **daten)
    f.QuerschnittszuordnungFactory(kernaktivitaet=kas[0])
    antwort = bestaetige(admin_client, kas, vorschau, **daten)
    assert "Seit der Vorschau hat sich etwas geändert." in antwort.content.decode()
    assert not Stapel.objects.exists()
    assert bestaetige(admin_client, kas, antwort, **daten).status_code == 302


def test_what_a_colleague_saves_at_the_same_time_stays(admin_client, kas, quelle, monkeypatch):
    """Saved after the page had read its rows, before it got the lock."""

    @contextmanager
    def erst_die_kollegin(*args):
        Kernaktivitaet.objects.filter(pk=kas[0].pk).update(titel="Neuer Titel")
        with stapel(*args) as neu:
            yield neu

    daten = {"tranche": f.TrancheFactory(nr=3), "quelle": quelle}
    vorschau = sende(admin_client, kas, **daten)
    monkeypatch.setattr(sammel, "stapel", erst_die_kollegin)
    assert bestaetige(admin_client, kas, vorschau, **daten).status_code == 302
    kas[0].refresh_from_db()
    assert (kas[0].titel, kas[0].tranche) == ("Neuer Titel", daten["tranche"])
    assert kas[0].geschichte.latest().titel == "Neuer Titel"


def test_a_choice_that_is_gone_when_the_lock_is_held_is_told(
    admin_client, kas, quelle, monkeypatch
):
    @contextmanager
    def erst_die_kollegin(*args):
        tranche.delete()
        with stapel(*args) as neu:
            yield neu

    tranche = f.TrancheFactory(nr=3)
    monkeypatch.setattr(sammel, "stapel", erst_die_kollegin)
    antwort = sende(admin_client, kas, tranche=tranche.pk, quelle=quelle)
    assert any("Bitte eine gültige Auswahl treffen." in satz for satz in fehler(antwort))


def test_what_was_typed_can_be_changed(admin_client, kas, quelle):
    antwort = sende(admin_client, kas, themen=[], quelle=quelle, begruendung="B", aendern="x")
    assert antwort.context["form"]["begruendung"].value() == "B"


@pytest.mark.parametrize("auswahl", ["", "?ka=", "?ka=abc", f"?ka={'9' * 40}"])
def test_without_a_choice_it_leads_back_to_the_list(admin_client, auswahl):
    assert admin_client.get(SEITE + auswahl)["Location"] == LISTE


def test_names_of_persons_are_not_shown(admin_client, kas, quelle):
    person = f.PersonFactory(name="GEHEIM")
    f.VerantwortungFactory(kernaktivitaet=kas[0], stelle=None, person=person)
    daten = {"rolle": "linie", "stelle": f.StelleFactory(), "quelle": quelle}
    inhalt = sende(admin_client, kas, **daten).content.decode()
    assert "eine Person" in inhalt
    assert "GEHEIM" not in inhalt


def test_rights_are_checked_on_the_server(client, kas, quelle, monkeypatch):
    wer = User.objects.create_user("teils", is_staff=True)
    client.force_login(wer)
    ziel = f"{SEITE}?ka={kas[0].pk}"
    assert client.get(ziel).status_code == sende(client, kas).status_code == 403
    rechte = ["view_kernaktivitaet", "change_kernaktivitaet", "add_querschnittszuordnung"]
    monkeypatch.setitem(rollen.RECHTE, rollen.Rolle.STRATEGIEBUERO, Q(codename__in=rechte))
    wer.groups.add(Group.objects.get(name=rollen.Rolle.STRATEGIEBUERO))
    felder = client.get(ziel).context["form"].fields
    assert list(felder) == ["themen", "tranche", "quelle"]
    # A field that is not offered is not taken from a forged request either.
    antwort = sende(client, kas, rolle="linie", stelle=f.StelleFactory(), quelle=quelle)
    assert fehler(antwort) == ["Wählen Sie, was die Kernaktivitäten bekommen sollen."]


def test_a_rule_that_was_broken_before_does_not_stand_in_the_way(admin_client, kas, quelle):
    alt = f.ZuordnungFactory(kernaktivitaet=kas[0])
    Zuordnung.objects.filter(pk=alt.pk).update(schwerpunkt=f.SchwerpunktFactory())
    daten = {"tranche": f.TrancheFactory(nr=3), "quelle": quelle}
    assert bestaetige(admin_client, kas, sende(admin_client, kas, **daten), **daten)["Location"]
    kas[0].refresh_from_db()
    assert kas[0].tranche == daten["tranche"]
    # What it would break itself is told, and only that.
    antwort = sende(admin_client, kas[:1], schwerpunkt=f.SchwerpunktFactory(), quelle=quelle)
    assert len(fehler(antwort)) == 1
