"""The workbook: what is changed in it is shown, and after confirmation it is so."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from grundlage import stichtag
from grundlage.datenstand import datenstand
from kernaktivitaeten import rules
from kernaktivitaeten.models import (
    Kernaktivitaet,
    Messwert,
    Planangabe,
    Projektziel,
    Statusmeldung,
    Zuordnung,
)
from tests import factories as f
from tests.verwaltung.mappen import (
    SEITE,
    bestaetige,
    fehler,
    haenge_an,
    lade_herunter,
    lade_hoch,
    setze,
    spalten,
)
from verwaltung.models import Hochladung, Stapel
from zielsystem.rules import satz

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

KA, MELDUNG = "Kernaktivitäten", "Statusmeldungen"


@pytest.fixture
def ka():
    return f.KernaktivitaetFactory(titel="Haus des Wissens", slug="haus", kennung="k-1")


# ── Changes ───────────────────────────────────────────────────────────────────────────────────


def test_a_changed_cell_is_shown_and_saved_only_after_the_confirmation(admin_client, ka):
    f.KernaktivitaetFactory()
    mappe = lade_herunter(admin_client)
    setze(mappe, KA, 2, Titel="Haus des Wissens und Marktes")
    probe = lade_hoch(admin_client, mappe)
    (zeile,) = probe.context["probe"].zeilen
    assert (zeile.blatt, zeile.nummer, zeile.neu) == (KA, 2, False)
    assert zeile.aenderungen == (("Titel", "Haus des Wissens", "Haus des Wissens und Marktes"),)
    assert probe.context["probe"].unveraendert == 1
    assert "<strong>1</strong> geändert" in probe.content.decode()
    ka.refresh_from_db()
    assert ka.titel == "Haus des Wissens"
    assert not Stapel.objects.exists()
    antwort = bestaetige(admin_client, probe)
    ka.refresh_from_db()
    assert ka.titel == "Haus des Wissens und Marktes"
    assert "Übernommen: 0 neu, 1 geändert." in antwort.content.decode()
    fassung = ka.geschichte.latest()
    assert fassung.history_user.username == "admin"
    assert fassung.history_change_reason == "Excel-Mappe: mappe.xlsx"
    assert not Hochladung.objects.exists()


def test_new_rows_get_their_key_from_the_portal(admin_client, ka):
    quelle = f.QuelleFactory(kennung="praesentation")
    mappe = lade_herunter(admin_client)
    haenge_an(
        mappe,
        KA,
        Kompetenz=str(ka.kompetenz),
        Nummer=9,
        Titel="Bänke für Große",
        Quelle="praesentation",
    )
    haenge_an(
        mappe,
        MELDUNG,
        Kernaktivität="Bänke für Große",
        Datum="05/2017",
        Status="laufend",
        Bezug="ab",
        Text="Beschlossen.",
        Quelle="praesentation",
    )
    haenge_an(
        mappe, "Projektziele", Kernaktivität="k-1", Aussage="Es sollen 1.000 sein.", Zielwert=1000,
        Termin="bis 2030", Quelle="praesentation",
    )  # fmt: skip
    haenge_an(
        mappe, "Messwerte", Kernaktivität="k-1", Projektziel="Es sollen 1.000 sein.",
        Aussage="Es sind 517,5.", Wert="517,5", Quelle="praesentation",
    )  # fmt: skip
    haenge_an(
        mappe, "Planangaben", Kernaktivität="k-1", Art="Gesamtkosten",
        **{"Gesamtkosten_in_Euro": "152.600.000"}, Aussage="Es kostet.", Quelle="praesentation",
    )  # fmt: skip
    haenge_an(
        mappe, "Angaben", Kernaktivität="k-1", Art="Beschreibung", Aussage="Ein Haus.",
        Datum="2021-23", Quelle="praesentation",
    )  # fmt: skip
    probe = lade_hoch(admin_client, mappe)
    assert fehler(probe) == []
    assert probe.context["probe"].neu == 6
    bestaetige(admin_client, probe)
    neu = Kernaktivitaet.objects.get(nr=9)
    assert (neu.slug, neu.veroeffentlicht_am) == ("baenke-fuer-grosse", None)
    meldung = Statusmeldung.objects.get()
    assert (meldung.kernaktivitaet, meldung.zaehlt_ab) == (neu, date(2017, 5, 31))
    ziel = Projektziel.objects.get()
    assert (ziel.zielwert, ziel.termin.kurz, ziel.quelle) == (1000, "bis 2030", quelle)
    assert (Messwert.objects.get().wert, Messwert.objects.get().projektziel) == (517.5, ziel)
    assert Planangabe.objects.get().betrag == 152_600_000
    assert ka.angaben.get().zeit.kurz == "2021–2023"


def test_a_workbook_that_was_taken_over_adds_nothing_twice(admin_client, ka):
    f.QuelleFactory(kennung="praesentation")
    mappe = lade_herunter(admin_client)
    zeile = {"Kernaktivität": "k-1", "Aussage": "Ein Haus.", "Quelle": "praesentation"}
    erste = haenge_an(mappe, "Angaben", Art="Beschreibung", **zeile)
    andere = haenge_an(mappe, "Angaben", Art="Ereignis", **zeile)
    bestaetige(admin_client, lade_hoch(admin_client, mappe))
    assert ka.angaben.count() == 2
    assert [(blatt, nummer) for blatt, nummer, _, _ in fehler(lade_hoch(admin_client, mappe))] == [
        ("Angaben", erste),
        ("Angaben", andere),
    ]
    assert ka.angaben.count() == 2


def test_schwerpunkte_and_themes_are_assigned_with_a_source(admin_client, ka):
    haupt, weiterer = (f.SchwerpunktFactory(eltern=ka.kompetenz) for _ in range(2))
    alt = f.ZuordnungFactory(kernaktivitaet=ka, schwerpunkt=haupt)
    f.QuerschnittszuordnungFactory(kernaktivitaet=ka)
    klima = f.QuerschnittsthemaFactory(titel="Klima")
    quelle = f.QuelleFactory(kennung="neu")
    mappe = lade_herunter(admin_client)
    setze(
        mappe,
        KA,
        2,
        Hauptschwerpunkt=haupt.titel,
        Weitere_Schwerpunkte=weiterer.titel.upper(),
        Querschnittsthemen="klima",
    )
    probe = lade_hoch(admin_client, mappe)
    ohne = "Hier kommt etwas dazu, und dafür fehlt die Quelle."
    assert fehler(probe) == [
        (KA, 2, "Quelle für neue Schwerpunkte", ohne),
        (KA, 2, "Quelle für neue Querschnittsthemen", ohne),
    ]
    setze(
        mappe, KA, 2,
        **{"Quelle_für_neue_Schwerpunkte": "neu", "Quelle_für_neue_Querschnittsthemen": "neu"},
    )  # fmt: skip
    bestaetige(admin_client, lade_hoch(admin_client, mappe))
    zuordnungen = ka.zuordnungen.all()
    assert [(z.schwerpunkt, z.primaer, z.quelle) for z in zuordnungen] == [
        (haupt, True, alt.quelle),
        (weiterer, False, quelle),
    ]
    assert [(z.thema, z.quelle) for z in ka.querschnittszuordnungen.all()] == [(klima, quelle)]
    assert ka.geschichte.count() == 1  # nothing of its own has changed


def test_a_new_statement_names_the_successor_and_keeps_it(admin_client, ka):
    """In the sheet of the statements; without one, and for another status, it is refused."""
    ziel = f.KernaktivitaetFactory(titel="Nachfolgerin")
    f.QuelleFactory(kennung="q-1")
    f.StatusmeldungFactory(kernaktivitaet=ka, am="2020")
    wohin = "Überführt in (Kernaktivität)"
    mappe = lade_herunter(admin_client)
    neu = {"Kernaktivität": str(ka), "Datum": "05/2024", "Bezug": "ab", "Text": "Vorbei."}
    nummer = haenge_an(mappe, MELDUNG, Status="überführt", Quelle="q-1", **neu)
    ((blatt, zeile, spalte, gesagt),) = fehler(lade_hoch(admin_client, mappe))
    assert (blatt, zeile, spalte) == (MELDUNG, nummer, wohin)
    assert gesagt.startswith("Eine überführte Kernaktivität nennt, worin sie aufgegangen ist")
    setze(mappe, MELDUNG, nummer, **{wohin: "Nachfolgerin"})
    bestaetige(admin_client, lade_hoch(admin_client, mappe))
    assert Statusmeldung.objects.get(text="Vorbei.").nachfolger == ziel
    mappe = lade_herunter(admin_client)
    kopf = spalten(mappe, MELDUNG)
    werte = {mappe[MELDUNG].cell(n, kopf[wohin]).value for n in (2, 3)}
    assert werte == {None, ziel.kennung}
    setze(mappe, MELDUNG, 2, **{"Überführt in (in Worten)": "Amt"})
    setze(mappe, MELDUNG, 3, **{"Überführt in (in Worten)": "Amt"})
    assert {(z, s) for _, z, s, _ in fehler(lade_hoch(admin_client, mappe))} == {
        (2, "Überführt in (in Worten)"),
        (3, "Überführt in (in Worten)"),
    }


def test_a_new_address_leaves_the_former_one_behind(admin_client, ka):
    mappe = lade_herunter(admin_client)
    setze(mappe, KA, 2, Adresse="haus-neu")
    bestaetige(admin_client, lade_hoch(admin_client, mappe))
    antwort = admin_client.get("/kernaktivitaeten/haus/")
    assert antwort["Location"] == "/kernaktivitaeten/haus-neu/"


def test_words_that_only_look_different_are_no_change(admin_client, ka):
    f.PlanangabeFactory(kernaktivitaet=ka, betrag=1500, am="2021–2023")
    f.AngabeFactory(kernaktivitaet=ka, text="Erste Zeile\r\nzweite Zeile ")
    mappe = lade_herunter(admin_client)
    setze(mappe, "Planangaben", 2, Datum="2021-23", **{"Gesamtkosten_in_Euro": "1.500,00"})
    setze(mappe, "Planangaben", 2, Kernaktivität="haus des wissens")
    probe = lade_hoch(admin_client, mappe).context["probe"]
    assert (probe.zeilen, probe.fehler, probe.unveraendert) == ((), (), 3)


def test_a_date_that_excel_made_of_a_month_stays_a_month(admin_client, ka):
    f.AngabeFactory(kernaktivitaet=ka)
    mappe = lade_herunter(admin_client)
    zelle = mappe["Angaben"].cell(setze(mappe, "Angaben", 2, Datum=date(2017, 5, 1)), 6)
    zelle.number_format = "mmm\\-yy"
    probe = lade_hoch(admin_client, mappe)
    assert probe.context["probe"].zeilen[0].aenderungen == (("Datum", "", "05/2017"),)
    zelle.number_format = "dd.mm.yyyy"
    probe = lade_hoch(admin_client, mappe)
    assert probe.context["probe"].zeilen[0].aenderungen == (("Datum", "", "01.05.2017"),)


def test_a_text_that_begins_like_a_formula_is_a_text(admin_client, ka):
    f.AngabeFactory(kernaktivitaet=ka, text='=HYPERLINK("https://boese.example")')
    mappe = lade_herunter(admin_client)
    zelle = mappe["Angaben"].cell(2, 5)
    assert (zelle.value, zelle.data_type) == ('=HYPERLINK("https://boese.example")', "s")
    # openpyxl, unlike Excel, would make a formula of it when it saves what it has read.
    for zeile in mappe["Angaben"].iter_rows(min_row=2, max_row=2):
        for eine in zeile:
            eine.data_type = "s" if isinstance(eine.value, str) else eine.data_type
    probe = lade_hoch(admin_client, mappe).context["probe"]
    assert (probe.zeilen, probe.fehler) == ((), ())


def test_names_that_are_not_clear_are_written_as_keys(admin_client, ka):
    eins, zwei, drei = (
        f.SchwerpunktFactory(eltern=ka.kompetenz, titel=titel, kennung=kennung)
        for titel, kennung in (("Gleich", "s-1"), ("Gleich", "s-2"), ("Kunst; Kultur", "s-3"))
    )
    for schwerpunkt in (eins, zwei, drei):
        f.ZuordnungFactory(kernaktivitaet=ka, schwerpunkt=schwerpunkt)
    mappe = lade_herunter(admin_client)
    assert mappe[KA].cell(2, 7).value == "s-1; s-2; s-3"
    probe = lade_hoch(admin_client, mappe).context["probe"]
    assert (probe.zeilen, probe.fehler) == ((), ())


# ── Errors ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("blatt", "werte", "spalte", "anfang"),
    [
        (KA, {"Nummer": "=1+1"}, "Nummer", "Hier steht eine Formel."),
        (KA, {"Nummer": "sieben"}, "Nummer", "Bitte eine ganze Zahl eingeben."),
        (KA, {"Nummer": 7.5}, "Nummer", "Bitte eine ganze Zahl eingeben."),
        (KA, {"Titel": None}, "Titel", "Dieses Feld ist zwingend erforderlich."),
        (KA, {"Titel": "x" * 201}, "Titel", "Bitte sicherstellen, dass der Wert aus höchstens"),
        (KA, {"Kompetenz": "Unsinn"}, "Kompetenz", "„Unsinn“ gibt es im Portal nicht."),
        (KA, {"Quelle": "Stadt Bochum"}, "Quelle", "„Stadt Bochum“ gibt es mehrmals ("),
        (KA, {"Kennung": "k-2"}, "Kennung", "Diese Kennung gibt es im Portal nicht (mehr)."),
        (KA, {"Tranche": 1}, "Quelle der Tranche", "Zur Tranche gehört ihre Quelle"),
        (KA, {"Fassung_(nicht_ändern)": None, "Titel": "Neu"}, "", "Diese Zeile wurde im Portal"),
        (KA, {"Quelle_für_neue_Schwerpunkte": "q-1"}, "Quelle für neue Schwerpunkte", "Hier kommt"),
        (MELDUNG, {"Datum": "irgendwann"}, "Datum", "Das lässt sich bei einer vorhandenen"),
        (MELDUNG, {"Status": "fertig"}, "Status", "„fertig“ gibt es nicht. Möglich: laufend, um"),
        (MELDUNG, {"Status": "umgesetzt"}, "Status", "Das lässt sich bei einer vorhandenen Zeile"),
        (MELDUNG, {"Kernaktivität": "k-3"}, "Kernaktivität", "Das lässt sich bei einer vorhanden"),
        (MELDUNG, {"Abgeleitet": "vielleicht"}, "Abgeleitet", "„vielleicht“ ist weder „ja“ noch"),
        (MELDUNG, {"Quelle": None}, "Quelle", "Ein Status braucht eine Quelle."),
        (MELDUNG, {"Text": "#NAME?"}, "Text", "Excel meldet hier einen Fehler (#NAME?)."),
    ],
)
def test_an_error_names_sheet_row_and_column(admin_client, ka, blatt, werte, spalte, anfang):
    f.TrancheFactory(nr=1)
    f.KernaktivitaetFactory(kennung="k-3")
    f.StatusmeldungFactory(kernaktivitaet=ka)
    f.QuelleFactory(kennung="q-1", titel="Einmalig")
    mappe = lade_herunter(admin_client)
    setze(mappe, blatt, 2, **werte)
    for zelle in mappe[blatt][2]:
        if str(zelle.value).startswith("#"):
            zelle.data_type = "e"
    antwort = lade_hoch(admin_client, mappe)
    (einziger,) = fehler(antwort)
    assert einziger[:3] == (blatt, 2, spalte)
    assert einziger[3].startswith(anfang)
    assert "Zeile 2" in antwort.content.decode()
    # Confirming it all the same changes nothing.
    vorher = datenstand()
    bestaetige(admin_client, antwort)
    assert not Stapel.objects.exists()
    assert datenstand() == vorher


def test_rules_that_span_rows_are_told_at_their_row(admin_client, ka):
    f.StatusmeldungFactory(kernaktivitaet=ka, status="umgesetzt", am="2020")
    quelle = f.QuelleFactory(kennung="q-1")
    mappe = lade_herunter(admin_client)
    zeile = haenge_an(
        mappe, MELDUNG, Kernaktivität="k-1", Datum="2021", Status="laufend", Bezug="ab",
        Text="Es geht weiter.", Quelle=quelle.kennung,
    )  # fmt: skip
    regel = satz(rules.nach_dem_ende_oeffnet_nur_ein_beschluss)
    assert fehler(lade_hoch(admin_client, mappe)) == [(MELDUNG, zeile, "Status", regel)]


def test_a_rule_broken_by_an_assignment_is_told_at_the_kernaktivitaet(admin_client, ka):
    fremd = f.SchwerpunktFactory()
    f.QuelleFactory(kennung="q-1")
    mappe = lade_herunter(admin_client)
    setze(
        mappe, KA, 2, Hauptschwerpunkt=fremd.titel, **{"Quelle_für_neue_Schwerpunkte": "q-1"}
    )  # fmt: skip
    stellen = fehler(lade_hoch(admin_client, mappe))
    assert [stelle[:3] for stelle in stellen] == [
        (KA, 2, "Hauptschwerpunkt"),
        (KA, 2, "Begründung für neue Schwerpunkte"),
    ]
    assert stellen[0][3].endswith(satz(rules.hauptschwerpunkt_liegt_in_der_eigenen_kompetenz))


def test_a_rule_that_was_broken_before_does_not_stand_in_the_way(admin_client, ka):
    alt = f.ZuordnungFactory(kernaktivitaet=ka)
    Zuordnung.objects.filter(pk=alt.pk).update(schwerpunkt=f.SchwerpunktFactory())
    f.QuelleFactory(kennung="q-1")
    mappe = lade_herunter(admin_client)
    setze(mappe, KA, 2, Titel="Ohne Tippfehler")
    bestaetige(admin_client, lade_hoch(admin_client, mappe))
    ka.refresh_from_db()
    assert ka.titel == "Ohne Tippfehler"
    # What the workbook would break itself is told, and only that.
    mappe = lade_herunter(admin_client)
    neu = {"Hauptschwerpunkt": f.SchwerpunktFactory().titel, "Quelle_für_neue_Schwerpunkte": "q-1"}
    setze(mappe, KA, 2, **neu)
    assert len(fehler(lade_hoch(admin_client, mappe))) == 2


def test_the_same_key_twice_and_the_same_number_twice_are_refused(admin_client, ka):
    f.KernaktivitaetFactory(kompetenz=ka.kompetenz, nr=ka.nr + 1)
    mappe = lade_herunter(admin_client)
    setze(mappe, KA, 3, Nummer=ka.nr)
    assert fehler(lade_hoch(admin_client, mappe)) == [
        (KA, 3, "Nummer", "Diese Nummer gibt es in der Kompetenz schon.")
    ]
    mappe = lade_herunter(admin_client)
    haenge_an(mappe, KA, Kennung="k-1", Titel="Noch einmal")
    stellen = fehler(lade_hoch(admin_client, mappe))
    assert stellen[0] == (KA, 4, "Kennung", "Diese Kennung steht schon in Zeile 2.")


# ── Between trial and confirmation ────────────────────────────────────────────────────────────


def test_a_row_changed_in_the_portal_since_the_download_is_not_overwritten(admin_client, ka):
    mappe = lade_herunter(admin_client)
    ka.titel = "Im Portal geändert"
    ka.save()
    setze(mappe, KA, 2, Nummer=77)
    (stelle,) = fehler(lade_hoch(admin_client, mappe))
    assert stelle[:3] == (KA, 2, "")
    assert stelle[3].startswith("Diese Zeile wurde im Portal geändert")


def test_what_changed_since_the_trial_is_shown_again_before_it_is_saved(admin_client, ka):
    mappe = lade_herunter(admin_client)
    setze(mappe, KA, 2, Titel="Neu")
    probe = lade_hoch(admin_client, mappe)
    ka.titel = "Inzwischen"
    ka.save()
    antwort = bestaetige(admin_client, probe)
    assert antwort.context["probe"].fehler
    ka.refresh_from_db()
    assert ka.titel == "Inzwischen"
    assert not Stapel.objects.exists()


def test_confirming_twice_takes_it_over_once(admin_client, ka):
    mappe = lade_herunter(admin_client)
    haenge_an(
        mappe, "Angaben", Kernaktivität="k-1", Art="Partner", Aussage="A", Quelle=ka.quelle.kennung
    )
    probe = lade_hoch(admin_client, mappe)
    bestaetige(admin_client, probe)
    antwort = bestaetige(admin_client, probe)
    assert "Diese Mappe liegt nicht mehr vor" in antwort.content.decode()
    assert (ka.angaben.count(), Stapel.objects.count()) == (1, 1)


def test_an_upload_can_be_thrown_away_and_is_gone_after_an_hour(admin_client, ka):
    mappe = lade_herunter(admin_client)
    probe = lade_hoch(admin_client, mappe)
    bestaetige(admin_client, probe, verwerfen="Verwerfen")
    assert not Hochladung.objects.exists()
    probe = lade_hoch(admin_client, mappe)
    Hochladung.objects.update(hochgeladen_am=stichtag.jetzt() - timedelta(minutes=59))
    assert admin_client.get(probe.request["PATH_INFO"]).status_code == 200
    Hochladung.objects.update(hochgeladen_am=stichtag.jetzt() - timedelta(minutes=61))
    assert admin_client.get(probe.request["PATH_INFO"])["Location"] == SEITE


def test_an_upload_belongs_to_its_editor(admin_client, ka):
    probe = lade_hoch(admin_client, lade_herunter(admin_client))
    andere = Client()
    andere.force_login(User.objects.create_superuser("andere"))
    antwort = andere.post(probe.request["PATH_INFO"], {"fingerabdruck": "x"})
    assert antwort["Location"] == SEITE
    assert Hochladung.objects.exists()


# ── Rights ────────────────────────────────────────────────────────────────────────────────────


def test_only_who_may_change_all_of_it_gets_the_workbook(client, ka):
    nutzer = User.objects.create_user("teils", is_staff=True)
    rechte = Permission.objects.filter(content_type__app_label="kernaktivitaeten")
    nutzer.user_permissions.set(rechte.exclude(codename="change_messwert"))
    client.force_login(nutzer)
    hochgeladen = Hochladung.objects.create(
        nutzer=nutzer, name="x", inhalt=b"x", hochgeladen_am=stichtag.jetzt()
    )
    probe = reverse("admin:kernaktivitaet_mappe_probe", args=(hochgeladen.pk,))
    for seite in (SEITE, reverse("admin:kernaktivitaet_mappe_ausfuhr"), probe):
        assert client.get(seite).status_code == client.post(seite).status_code == 403
    liste = client.get(reverse("admin:kernaktivitaeten_kernaktivitaet_changelist"))
    assert SEITE not in liste.content.decode()
    nutzer.user_permissions.set(rechte.exclude(codename="add_angabe"))
    mappe = lade_herunter(client)
    haenge_an(
        mappe, "Angaben", Kernaktivität="k-1", Art="Partner", Aussage="A", Quelle=ka.quelle.kennung
    )
    assert fehler(lade_hoch(client, mappe)) == [
        ("Angaben", 2, "", "Diese Zeile dürfen Sie nicht ändern.")
    ]


def test_a_field_that_the_form_does_not_offer_is_refused(admin_client, ka, monkeypatch):
    verwaltung = admin.site.get_model_admin(Kernaktivitaet)
    monkeypatch.setattr(verwaltung, "readonly_fields", ("lage_heute", "titel"))
    mappe = lade_herunter(admin_client)
    setze(mappe, KA, 2, Titel="Neu")
    assert fehler(lade_hoch(admin_client, mappe)) == [
        (KA, 2, "Titel", "Das dürfen Sie nicht ändern.")
    ]


def test_nobody_else_gets_in(client):
    for seite in (SEITE, reverse("admin:kernaktivitaet_mappe_ausfuhr")):
        assert client.get(seite)["Location"].startswith("/verwaltung/login/")


def test_withdrawn_statements_and_persons_are_not_in_the_workbook(admin_client, ka):
    f.StatusmeldungFactory(
        kernaktivitaet=ka, text="GEHEIM", zurueckgezogen_am=date(2024, 9, 1), rueckzug_grund="x"
    )
    f.StatusmeldungFactory(kernaktivitaet=ka, interne_notiz="GEHEIM")
    f.VerantwortungFactory(kernaktivitaet=ka, stelle=None, person=f.PersonFactory(name="GEHEIM"))
    mappe = lade_herunter(admin_client)
    worte = {str(z.value) for b in mappe for zeile in b.iter_rows() for z in zeile}
    assert "Haus des Wissens" in worte
    assert not [wort for wort in worte if "GEHEIM" in wort]
