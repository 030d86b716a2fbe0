"""The page of one Kernaktivität: both answers to every question that its template asks."""

from datetime import date

import pytest

from seiten.bestand import lies_bestand
from seiten.detail import detail
from tests import factories as f
from tests.adressen import oeffne

pytestmark = pytest.mark.django_db

ADRESSE = "/kernaktivitaeten/diese/"


@pytest.fixture
def diese():
    return f.KernaktivitaetFactory(titel="Diese", slug="diese", nr=5)


def text(client, **parameter) -> str:
    return oeffne(client, ADRESSE, parameter).eines("main").text


def abschnitt(client, ueberschrift: str, **parameter) -> str:
    """The words of the section below a heading."""
    for h2 in oeffne(client, ADRESSE, parameter).alle("h2"):
        if h2.text == ueberschrift:
            return h2.eltern.text
    raise AssertionError(f"Die Überschrift {ueberschrift} fehlt.")


def test_of_an_empty_one_everything_is_said_to_be_unknown(client, diese):
    inhalt = text(client)
    for satz in (
        "kein Stand bekannt",
        "Für diesen Tag gibt es keine belegte Angabe zum Status.",
        "Schwerpunkt noch keinem zugeordnet",
        "Tranche nicht belegt",
        "Querschnittsthemen noch keinem zugeordnet",
        "Die Quellen nennen keine zuständige Stelle.",
        "Eine Beschreibung liegt in den Quellen dieses Portals noch nicht vor.",
        "Ein Beschluss zu dieser Kernaktivität ist in den Quellen dieses Portals nicht belegt.",
        "Bis zu diesem Tag gibt es keine Meldung.",
    ):
        assert satz in inhalt, satz
    for fehlt in (
        "Auch genannt",
        "Hierin aufgegangen",
        "Aufgegangen in",
        "Orte",
        "Ziele und Ergebnisse",
        "Planung",
        "verstrichen",
        "Vorige:",
        "Nächste:",
    ):
        assert fehlt not in inhalt, fehlt


# ── Status ────────────────────────────────────────────────────────────────────────────────────


def test_the_status_stands_with_its_reason_and_source(client, diese):
    f.StatusmeldungFactory(
        kernaktivitaet=diese,
        status="eingestellt",
        am="08/2024",
        text="Weil es so kam.",
        quelle__titel="Präsentation",
        quelle__adresse="",
    )
    inhalt = text(client)
    assert "eingestellt (Stand 08/2024; seit wann, ist nicht belegt)" in inhalt
    assert "Weil es so kam. Quelle: Präsentation" in inhalt
    assert "nicht wörtlich" not in inhalt


def test_what_is_not_literally_in_the_source_is_marked(client, diese):
    f.StatusmeldungFactory(kernaktivitaet=diese, abgeleitet=True)
    assert text(client).count("(So steht es nicht wörtlich in der Quelle.)") == 2


def test_before_its_beschluss_it_is_not_yet_decided(client, diese):
    f.BeschlusswirkungFactory(kernaktivitaet=diese, beschluss__am="27.09.2018")
    inhalt = text(client, stichtag="2018-09-26")
    assert "noch nicht beschlossen" in inhalt
    assert "Der Beschluss, der sie beauftragt, liegt nach diesem Tag." in inhalt


def test_statements_after_the_stichtag_are_not_shown(client, diese):
    f.StatusmeldungFactory(kernaktivitaet=diese, am="27.09.2018", text="Am Tag.")
    assert "Am Tag." not in text(client, stichtag="2018-09-26")
    assert "Am Tag." in text(client, stichtag="2018-09-27")
    assert "Am Tag." in text(client, stichtag="2018-09-28")


@pytest.mark.parametrize(
    ("bezug", "status", "erwartet"),
    [
        ("ab", "laufend", "ab August 2024 laufend"),
        ("stand", "umgesetzt", "Stand August 2024 umgesetzt"),
        ("", "", "August 2024"),
    ],
)
def test_a_statement_says_what_its_date_means(client, diese, bezug, status, erwartet):
    f.StatusmeldungFactory(kernaktivitaet=diese, bezug=bezug, status=status, text="Ein Satz.")
    meldungen = abschnitt(client, "Alle Meldungen")
    assert f"Alle Meldungen {erwartet} Ein Satz." in meldungen


def test_news_need_no_source(client, diese):
    f.StatusmeldungFactory(kernaktivitaet=diese, status="", quelle=None, text="Neues.")
    meldungen = abschnitt(client, "Alle Meldungen")
    assert "Neues." in meldungen
    assert "Quelle:" not in meldungen


def test_a_withdrawn_statement_stays_visible_as_such_and_counts_for_nothing(client, diese):
    f.StatusmeldungFactory(
        kernaktivitaet=diese,
        status="umgesetzt",
        text="Irrtum.",
        zurueckgezogen_am=date(2024, 9, 3),
        rueckzug_grund="Verwechselt mit einer anderen.",
    )
    meldungen = abschnitt(client, "Alle Meldungen")
    assert "Irrtum." in meldungen
    assert "3. September 2024" in meldungen
    assert "Verwechselt mit einer anderen." in meldungen
    assert "kein Stand bekannt" in text(client)


@pytest.mark.parametrize(
    ("stichtag", "da"), [("2022-12-31", False), ("2023-01-01", True), ("2023-01-02", True)]
)
def test_a_correction_leads_to_what_replaces_it_from_the_day_it_counts(client, diese, stichtag, da):
    neue = f.StatusmeldungFactory(kernaktivitaet=diese, status="umgesetzt", am="01.01.2023")
    f.StatusmeldungFactory(
        kernaktivitaet=diese,
        am="01.01.2022",
        zurueckgezogen_am=date(2024, 1, 1),
        rueckzug_grund="Verwechselt.",
        ersetzt_durch=neue,
    )
    ziele = [a["href"] for a in oeffne(client, ADRESSE, {"stichtag": stichtag}).alle("a")]
    assert (f"#meldung-{neue.pk}" in ziele) is da


@pytest.mark.parametrize(
    ("stichtag", "da"), [("2024-12-31", False), ("2025-01-01", True), ("2025-01-02", True)]
)
def test_a_statement_names_the_beschluss_it_rests_on(client, diese, stichtag, da):
    beschluss = f.RatsbeschlussFactory(titel="Ende der Arbeiten", am="01.01.2025")
    f.StatusmeldungFactory(kernaktivitaet=diese, am="2024", beschluss=beschluss)
    satz = "Beschluss: Ende der Arbeiten (01.01.2025)"
    assert (satz in abschnitt(client, "Alle Meldungen", stichtag=stichtag)) is da


@pytest.mark.parametrize("oeffentlich", [False, True])
def test_a_beschluss_on_what_is_in_preparation_is_named_nowhere(client, diese, oeffentlich):
    beschluss = f.RatsbeschlussFactory(titel="Geheimes Vorhaben", am="01.01.2025")
    andere = f.KernaktivitaetFactory(veroeffentlicht_am=date(2025, 1, 1) if oeffentlich else None)
    f.BeschlusswirkungFactory(kernaktivitaet=andere, beschluss=beschluss)
    f.StatusmeldungFactory(kernaktivitaet=diese, am="01.01.2025", beschluss=beschluss)
    assert ("Geheimes Vorhaben" in text(client)) is oeffentlich


def test_internal_notes_are_on_no_page(client, diese):
    f.StatusmeldungFactory(kernaktivitaet=diese, interne_notiz="Streng geheim")
    for adresse in (ADRESSE, "/", "/kernaktivitaeten/", "/kernaktivitaeten.json"):
        assert "Streng geheim" not in client.get(adresse).content.decode()


# ── Where it went, where it came from ─────────────────────────────────────────────────────────


def test_a_merged_one_leads_to_its_successor_and_back(client, diese):
    neue = f.KernaktivitaetFactory(titel="Die neue", slug="neue")
    f.StatusmeldungFactory(
        kernaktivitaet=diese,
        status="ueberfuehrt",
        am="25.08.2022",
        nachfolger=neue,
        nachfolge_text="In Worten",
    )
    for tag, ist_es in (("2022-08-24", False), ("2022-08-25", True), ("2022-08-26", True)):
        assert ("Aufgegangen in: Die neue" in text(client, stichtag=tag)) is ist_es
        dort = oeffne(client, "/kernaktivitaeten/neue/", {"stichtag": tag})
        assert ("Hierin aufgegangen Diese" in dort.text) is ist_es
    assert "In Worten" not in text(client)


def test_every_statement_has_its_own_successor(client, diese):
    """Opened again it has none; whoever went into it for a while is named for that while."""
    erste, zweite = (f.KernaktivitaetFactory(titel=t, slug=t.lower()) for t in ("Eins", "Zwei"))
    for am, nachfolger in (("01.03.2023", erste), ("01.05.2023", zweite)):
        f.StatusmeldungFactory(
            kernaktivitaet=diese, status="ueberfuehrt", am=am, nachfolger=nachfolger
        )
    f.StatusmeldungFactory(kernaktivitaet=diese, status="laufend", am="01.07.2023")
    f.StatusmeldungFactory(kernaktivitaet=diese, status="", am="01.04.2023")
    for tag, wohin in (
        ("2023-02-28", ""),
        ("2023-03-01", "Eins"),
        ("2023-04-30", "Eins"),
        ("2023-05-01", "Zwei"),
        ("2023-06-30", "Zwei"),
        ("2023-07-01", ""),
    ):
        for titel in ("Eins", "Zwei"):
            ist_es = titel == wohin
            assert (f"Aufgegangen in: {titel}" in text(client, stichtag=tag)) is ist_es, tag
            dort = oeffne(client, f"/kernaktivitaeten/{titel.lower()}/", {"stichtag": tag})
            assert ("Hierin aufgegangen Diese" in dort.text) is ist_es, tag


def test_the_successor_of_a_draft_or_of_what_was_withdrawn_is_none(client, diese):
    neue = f.KernaktivitaetFactory(titel="Die neue", slug="neue")
    f.StatusmeldungFactory(kernaktivitaet=diese, am="2021")
    meldung = f.StatusmeldungFactory(
        kernaktivitaet=diese, status="ueberfuehrt", am="2022", nachfolger=neue, entwurf=True
    )

    def zu_sehen() -> set[bool]:
        dort = oeffne(client, "/kernaktivitaeten/neue/").text
        return {"Aufgegangen in" in text(client), "Hierin aufgegangen" in dort}

    assert zu_sehen() == {False}
    meldung.entwurf = False
    meldung.save()
    assert zu_sehen() == {True}
    meldung.zurueckgezogen_am, meldung.rueckzug_grund = date(2024, 1, 1), "Falsch."
    meldung.save()
    assert zu_sehen() == {False}


def test_a_merged_one_without_a_successor_says_it_in_words(client, diese):
    f.StatusmeldungFactory(
        kernaktivitaet=diese, status="ueberfuehrt", nachfolge_text="die Stadtbibliothek"
    )
    assert "Aufgegangen in: die Stadtbibliothek" in text(client)


def test_neighbours_are_those_of_the_same_kompetenz(client, diese):
    f.KernaktivitaetFactory(kompetenz=diese.kompetenz, nr=4, titel="Davor")
    f.KernaktivitaetFactory(kompetenz=diese.kompetenz, nr=6, titel="Danach")
    f.KernaktivitaetFactory(nr=5, titel="Fremde")
    inhalt = text(client)
    assert "Vorige: Davor" in inhalt
    assert "Nächste: Danach" in inhalt
    assert "Fremde" not in inhalt


# ── Facts ─────────────────────────────────────────────────────────────────────────────────────


def test_schwerpunkte_tell_the_main_one_and_the_reason(client, diese):
    schwerpunkt = f.SchwerpunktFactory(titel="Der erste", eltern=diese.kompetenz)
    f.ZuordnungFactory(kernaktivitaet=diese, schwerpunkt=schwerpunkt, primaer=True)
    f.ZuordnungFactory(
        kernaktivitaet=diese,
        schwerpunkt=f.SchwerpunktFactory(titel="Ein fremder"),
        begruendung="Er liegt dort.",
    )
    inhalt = text(client)
    assert "Der erste (Hauptschwerpunkt) Quelle:" in inhalt
    assert "Ein fremder: Er liegt dort. Quelle:" in inhalt


@pytest.mark.parametrize(("teil", "erwartet"), [("", "3. Tranche"), ("KA23", "3. Tranche, KA23")])
def test_the_tranche_stands_with_part_and_source(client, diese, teil, erwartet):
    diese.tranche = f.TrancheFactory(nr=3)
    diese.tranche_quelle = f.QuelleFactory(titel="Ratsfraktion")
    diese.save()
    f.BeschlusswirkungFactory(
        kernaktivitaet=diese, beschluss__tranche=diese.tranche, beschluss__teil=teil
    )
    assert f"Tranche {erwartet} Quelle: Ratsfraktion" in text(client)


def test_themes_and_other_names_are_listed(client, diese):
    f.QuerschnittszuordnungFactory(kernaktivitaet=diese, thema__titel="Klima")
    f.QuerschnittszuordnungFactory(kernaktivitaet=diese, thema__titel="Digitalisierung")
    f.BezeichnungFactory(kernaktivitaet=diese, text="Der alte Name")
    inhalt = text(client)
    assert "Querschnittsthemen Klima Quelle: Stadt Bochum Digitalisierung Quelle" in inhalt
    assert "Auch genannt Der alte Name" in inhalt


@pytest.mark.parametrize(
    ("felder", "erwartet"),
    [
        ({}, "Ein Platz, Stadtbezirk nicht belegt."),
        (
            {"adresse": "Hauptstraße 1", "stadtbezirk": "sued", "text": "Dort steht es."},
            "Ein Platz, Hauptstraße 1, Bochum-Süd. Dort steht es.",
        ),
    ],
)
def test_places_say_what_is_known(client, diese, felder, erwartet):
    f.OrtFactory(kernaktivitaet=diese, bezeichnung="Ein Platz", **felder)
    assert erwartet in abschnitt(client, "Orte")


def test_goal_and_result_stand_side_by_side(client, diese):
    ziel = f.ProjektzielFactory(kernaktivitaet=diese, zielwert=1000, einheit="Bänke", am="2022")
    f.MesswertFactory(kernaktivitaet=diese, projektziel=ziel, wert=517, einheit="Bänke", am="2023")
    f.MesswertFactory(kernaktivitaet=diese, text="Es gibt 62 im Park.", wert=62)
    inhalt = abschnitt(client, "Ziele und Ergebnisse")
    assert "Ziel: 1.000 Bänke" in inhalt
    assert "Ergebnis: 517 Bänke (2023)" in inhalt
    assert "(2022)" in inhalt
    assert "Weitere Ergebnisse Es gibt 62 im Park." in inhalt


def test_goal_and_result_say_how_exact_the_source_is(client, diese):
    ziel = f.ProjektzielFactory(
        kernaktivitaet=diese, zusatz="bis zu", zielwert=1000, einheit="Bänke"
    )
    felder = {"wert": 517, "einheit": "Bänke", "zusatz": "rund"}
    f.MesswertFactory(kernaktivitaet=diese, projektziel=ziel, **felder)
    inhalt = abschnitt(client, "Ziele und Ergebnisse")
    assert "Ziel: bis zu 1.000 Bänke" in inhalt
    assert "Ergebnis: rund 517 Bänke" in inhalt


def test_a_goal_without_a_result_says_what_is_aimed_at_and_by_when(client, diese):
    f.ProjektzielFactory(
        kernaktivitaet=diese,
        zielwert=8,
        einheit="Stände",
        termin_bis=date(2030, 12, 31),
        termin_genauigkeit="jahr",
    )
    inhalt = abschnitt(client, "Ziele und Ergebnisse")
    assert "Ziel: 8 Stände Termin: 2030 Ergebnis: noch nicht bekannt" in inhalt


def test_results_without_a_goal_are_just_results(client, diese):
    f.MesswertFactory(kernaktivitaet=diese, text="Es gibt 62 im Park.")
    inhalt = abschnitt(client, "Ziele und Ergebnisse")
    assert "Ziele und Ergebnisse Ergebnisse Es gibt 62 im Park." in inhalt


def test_a_goal_without_a_number_has_no_comparison(client, diese):
    f.ProjektzielFactory(kernaktivitaet=diese, text="Es soll schöner werden.")
    inhalt = abschnitt(client, "Ziele und Ergebnisse")
    assert "Es soll schöner werden." in inhalt
    assert "Ergebnis" not in inhalt.removeprefix("Ziele und Ergebnisse")


def test_plans_keep_their_history_with_the_present_one_last(client, diese):
    for reihenfolge, betrag in enumerate((64_000_000, 90_000_000, 152_600_000)):
        f.PlanangabeFactory(
            kernaktivitaet=diese, betrag=betrag, reihenfolge=reihenfolge, text=f"Satz {betrag}."
        )
    inhalt = abschnitt(client, "Planung")
    assert inhalt.index("64 Millionen Euro überholt") < inhalt.index("90 Millionen Euro überholt")
    assert inhalt.index("90 Mill") < inhalt.index("152,6 Millionen Euro zuletzt genannt")
    assert inhalt.count("überholt") == 2


@pytest.mark.parametrize(
    ("stichtag", "status", "verspaetet"),
    [
        ("2023-12-30", "laufend", False),
        ("2023-12-31", "laufend", False),
        ("2024-01-01", "laufend", True),
        ("2024-01-01", "umgesetzt", False),
    ],
)
def test_lateness_is_computed_for_what_still_runs(client, diese, stichtag, status, verspaetet):
    f.StatusmeldungFactory(kernaktivitaet=diese, status=status, am="2019")
    f.PlanangabeFactory(
        kernaktivitaet=diese,
        art="fertigstellung",
        betrag=None,
        termin_bis=date(2023, 12, 31),
        termin_genauigkeit="jahr",
    )
    satz = "Der geplante Termin der Fertigstellung (2023) ist verstrichen."
    assert (satz in text(client, stichtag=stichtag)) == verspaetet
    heute = "Der zuletzt genannte Termin der Fertigstellung (2023) ist verstrichen."
    assert (heute in text(client)) is (status == "laufend")


@pytest.mark.parametrize(
    ("meldung", "da"), [("30.12.2023", 1), ("31.12.2023", 1), ("01.01.2024", 0)]
)
def test_lateness_is_not_claimed_against_later_news_nobody_decided_on(client, diese, meldung, da):
    f.StatusmeldungFactory(kernaktivitaet=diese, status="laufend", am="2019")
    f.StatusmeldungFactory(kernaktivitaet=diese, status="", am=meldung, text="Er ist eröffnet.")
    f.PlanangabeFactory(
        kernaktivitaet=diese,
        art="fertigstellung",
        betrag=None,
        termin_bis=date(2023, 12, 31),
        termin_genauigkeit="jahr",
    )
    inhalt = text(client)
    assert "noch nicht entschieden" in inhalt
    assert ("ist verstrichen" in inhalt) == da


@pytest.mark.parametrize(
    ("stichtag", "heute", "da"),
    [
        # On today's page: said, or speaking of the time that comes.
        ("2022-08-24", "2022-08-24", True),
        ("2022-08-25", "2022-08-25", True),
        ("2022-08-26", "2022-08-26", True),
        # On a past day: hidden only if it came after the day and up to today.
        ("2022-08-23", "2022-08-24", True),
        ("2022-08-23", "2022-08-25", False),
        ("2022-08-23", "2022-08-26", False),
        ("2022-08-24", "2026-01-01", False),
        ("2022-08-25", "2026-01-01", True),
    ],
)
def test_what_speaks_of_the_future_is_not_hidden(diese, stichtag, heute, da):
    f.AngabeFactory(kernaktivitaet=diese, am="25.08.2022")
    tage = (date.fromisoformat(stichtag), {}, date.fromisoformat(heute))
    assert bool(detail(lies_bestand(), "diese", *tage).beschreibung) is da


def test_todays_page_shows_what_speaks_of_the_future(client, diese):
    f.AngabeFactory(kernaktivitaet=diese, text="Dann wird gefeiert.", am="2999")
    assert "Dann wird gefeiert. (2999)" in abschnitt(client, "Worum es geht")


@pytest.mark.parametrize(("am", "belegt"), [("", False), ("2020", True)])
def test_a_past_day_calls_nothing_the_last_word_that_has_no_date(client, diese, am, belegt):
    for reihenfolge, (betrag, wann) in enumerate(((64_000_000, ""), (90_000_000, am))):
        f.PlanangabeFactory(kernaktivitaet=diese, betrag=betrag, reihenfolge=reihenfolge, am=wann)
    damals = abschnitt(client, "Planung", stichtag="2021-01-01")
    assert ("zuletzt genannt" in damals, "überholt" in damals) == (belegt, belegt)
    assert ("wann genannt, ist nicht belegt" in damals) is not belegt
    assert "zuletzt genannt" in abschnitt(client, "Planung")


@pytest.mark.parametrize(
    ("stichtag", "da"), [("2022-08-24", False), ("2022-08-25", True), ("2022-08-26", True)]
)
def test_what_has_a_date_is_not_there_before_it(client, diese, stichtag, da):
    ziel = f.ProjektzielFactory(kernaktivitaet=diese, text="Ziel ohne Tag.")
    f.MesswertFactory(kernaktivitaet=diese, projektziel=ziel, text="Messwert.", am="25.08.2022")
    f.AngabeFactory(kernaktivitaet=diese, text="Angabe.", am="25.08.2022")
    f.PlanangabeFactory(kernaktivitaet=diese, text="Plan.", am="25.08.2022")
    f.BeschlusswirkungFactory(kernaktivitaet=diese, text="Wirkung.", beschluss__am="25.08.2022")
    inhalt = text(client, stichtag=stichtag)
    assert "Ziel ohne Tag." in inhalt
    for satz in ("Messwert.", "Angabe.", "Plan.", "Wirkung."):
        assert (satz in inhalt) == da


def test_news_after_the_statement_of_the_status_are_pointed_to(client, diese):
    f.StatusmeldungFactory(kernaktivitaet=diese, status="laufend", am="08/2024")
    assert "neuere Meldungen" not in text(client)
    f.StatusmeldungFactory(kernaktivitaet=diese, status="", bezug="", am="26.11.2025")
    assert "neuere Meldungen, zuletzt 26. November 2025" in text(client)
    assert "neuere Meldungen" not in text(client, stichtag="2025-11-25")


def test_only_the_last_plan_decides_about_lateness(client, diese):
    f.StatusmeldungFactory(kernaktivitaet=diese, status="laufend", am="2019")
    for reihenfolge, jahr in enumerate((2023, 2026)):
        f.PlanangabeFactory(
            kernaktivitaet=diese,
            art="fertigstellung",
            betrag=None,
            termin_bis=date(jahr, 12, 31),
            termin_genauigkeit="jahr",
            reihenfolge=reihenfolge,
        )
    assert "verstrichen" not in text(client, stichtag="2024-08-31")
    assert "2023 überholt" in text(client)


def test_further_statements_stand_under_their_kind_with_their_date(client, diese):
    f.AngabeFactory(kernaktivitaet=diese, text="Worum es geht.", art="beschreibung")
    f.AngabeFactory(kernaktivitaet=diese, text="Partner ist A.", art="partner", am="05/2017")
    assert "Worum es geht." in abschnitt(client, "Worum es geht")
    assert "Partner ist A. (05/2017) Quelle:" in abschnitt(client, "Wer beteiligt ist")


# ── Decisions ─────────────────────────────────────────────────────────────────────────────────


def test_a_beschluss_says_what_is_known(client, diese):
    f.BeschlusswirkungFactory(
        kernaktivitaet=diese,
        wirkung="beauftragt",
        text="Die Aussage.",
        beschluss=f.RatsbeschlussFactory(
            titel="Zweite Tranche",
            am="27.09.2018",
            gremium="Rat",
            vorlage="2018/1234",
            tranche=f.TrancheFactory(nr=2),
            teil="erster Teil",
            ergebnis="einstimmig",
            hinweis="Das Jahr ist zweifelhaft.",
        ),
    )
    inhalt = abschnitt(client, "Was beschlossen wurde")
    for stueck in (
        "27. September 2018, Rat",
        "Zweite Tranche, Vorlage 2018/1234, 2. Tranche, erster Teil, Ergebnis: einstimmig.",
        "Wirkung auf diese Kernaktivität: beauftragt Die Aussage.",
        "Das Jahr ist zweifelhaft.",
    ):
        assert stueck in inhalt, stueck


def test_a_beschluss_says_what_is_not_known(client, diese):
    beschluss = f.RatsbeschlussFactory(titel="Ein Beschluss", gremium="", am="2014")
    f.BeschlusswirkungFactory(
        kernaktivitaet=diese, wirkung="", beschluss=beschluss, quelle=beschluss.quelle
    )
    inhalt = abschnitt(client, "Was beschlossen wurde")
    assert "2014, Gremium in der Quelle nicht genannt" in inhalt
    assert "Vorlage nicht genannt" in inhalt
    assert "Der Beschluss betrifft sie; die Wirkung nennt die Quelle nicht." in inhalt
    assert inhalt.count("Quelle:") == 1  # one source for both, named once


# ── Who ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("felder", "erwartet"),
    [
        ({"am": "08/2024"}, "Linienverantwortung: Tiefbauamt (Stand 08/2024)"),
        ({"am": "2019–2021", "bezug": "ab"}, "Linienverantwortung: Tiefbauamt (2019–2021)"),
        ({}, "Linienverantwortung: Tiefbauamt (ohne Datum)"),
        ({"wortlaut": "Amt 66"}, "Tiefbauamt, in der Quelle „Amt 66“ (ohne Datum)"),
    ],
)
def test_an_office_answers_as_dated(client, diese, felder, erwartet):
    stelle = f.StelleFactory(name="Tiefbauamt")
    f.VerantwortungFactory(kernaktivitaet=diese, stelle=stelle, **felder)
    assert erwartet in abschnitt(client, "Wer zuständig ist")


def test_a_person_is_named_only_when_released(client, diese):
    person = f.PersonFactory(name="Erika Mustermann")
    f.BesetzungFactory(person=person, stelle__name="Baudezernat", am="08/2024")
    f.VerantwortungFactory(kernaktivitaet=diese, stelle=None, person=person)
    inhalt = abschnitt(client, "Wer zuständig ist")
    assert "Baudezernat (ohne Datum; der Name ist nicht freigegeben)" in inhalt
    assert "Mustermann" not in client.get(ADRESSE).content.decode()
    person.name_freigegeben = True
    person.save()
    assert "Baudezernat, Erika Mustermann (ohne Datum)" in abschnitt(client, "Wer zuständig ist")


def test_a_person_without_an_office_still_stays_unnamed(client, diese):
    f.VerantwortungFactory(kernaktivitaet=diese, stelle=None, person=f.PersonFactory())
    inhalt = abschnitt(client, "Wer zuständig ist")
    assert "eine Person, deren Amt die Quelle nicht nennt (ohne Datum; der Name ist" in inhalt


def test_roles_stand_in_their_order(client, diese):
    for rolle in ("laut-quelle", "projektleitung", "linie"):
        f.VerantwortungFactory(kernaktivitaet=diese, rolle=rolle)
    inhalt = abschnitt(client, "Wer zuständig ist")
    rollen = ["Linienverantwortung", "Projektleitung", "laut Quelle zuständig"]
    assert sorted(rollen, key=inhalt.index) == rollen


def test_who_answers_stands_after_what_is_planned_and_before_the_sources(client, diese):
    f.PlanangabeFactory(kernaktivitaet=diese)
    f.OrtFactory(kernaktivitaet=diese)
    seite = oeffne(client, ADRESSE).eines("main")
    folge = ("worum", "plan", "wer", "beschluesse", "meldungen", "quellen")
    assert [h2["id"] for h2 in seite.alle("h2") if h2["id"] in folge] == list(folge)


# ── Sources ───────────────────────────────────────────────────────────────────────────────────


def test_every_source_is_listed_once_with_address_and_kind(client, diese):
    netz = f.QuelleFactory(titel="WAZ", art="medium", adresse="https://waz.example/1", am="08/2024")
    papier = f.QuelleFactory(titel="Präsentation", adresse="")
    for quelle in (netz, netz, papier):
        f.AngabeFactory(kernaktivitaet=diese, quelle=quelle)
    quellen = abschnitt(client, "Quellen dieser Seite")
    assert quellen.count("WAZ, Stand 08/2024") == 1
    assert quellen.count("Presse oder Rundfunk") == 1
    assert quellen.count("Präsentation") == quellen.count("nicht im Netz") == 1
    links = [a["href"] for a in oeffne(client, ADRESSE).alle("a", rel="noreferrer")]
    assert links.count("https://waz.example/1") == 3


# ── Not public ────────────────────────────────────────────────────────────────────────────────


def test_what_is_not_public_cannot_be_opened(client, diese):
    diese.veroeffentlicht_am = None
    diese.save()
    f.StatusmeldungFactory(kernaktivitaet=diese)
    dokument = oeffne(client, ADRESSE, {"stichtag": "2024-08-31"}, status=404)
    assert "Diese Kernaktivität gibt es nicht." in dokument.text
    assert oeffne(client, "/kernaktivitaeten/gar-keine/", status=404).text == dokument.text


def test_what_is_not_public_appears_nowhere(client, diese):
    """Not as successor, predecessor, neighbour, tile, news, count, Stelle or in an export."""
    schwerpunkt = f.SchwerpunktFactory(eltern=diese.kompetenz, slug="hier")
    geheim = f.KernaktivitaetFactory(
        titel="Streng geheim",
        slug="streng-geheim",
        kompetenz=diese.kompetenz,
        nr=6,
        veroeffentlicht_am=None,
    )
    f.StatusmeldungFactory(kernaktivitaet=geheim, status="ueberfuehrt", nachfolger=diese)
    f.StatusmeldungFactory(kernaktivitaet=diese, status="ueberfuehrt", nachfolger=geheim)
    f.ZuordnungFactory(kernaktivitaet=geheim, schwerpunkt=schwerpunkt)
    f.QuerschnittszuordnungFactory(kernaktivitaet=geheim)
    f.StatusmeldungFactory(kernaktivitaet=geheim, text="Streng geheim gemeldet")
    f.VerantwortungFactory(kernaktivitaet=geheim, stelle__name="Streng geheimes Amt")
    for adresse in (
        ADRESSE,
        "/",
        "/ueberblick/",
        "/bilanz/",
        "/methodik/",
        "/kernaktivitaeten/",
        "/kernaktivitaeten.csv",
        "/kernaktivitaeten.json",
        diese.kompetenz.get_absolute_url(),
        schwerpunkt.get_absolute_url(),
    ):
        for stichtag in ("2016-01-01", "2024-08-31"):
            inhalt = client.get(adresse, {"stichtag": stichtag}).content.decode()
            assert "treng geheim" not in inhalt, adresse
            assert "streng-geheim" not in inhalt, adresse
    startseite = oeffne(client, "/").text
    assert "1 Kernaktivität gibt es" in startseite
    assert (
        "0 Kernaktivitäten zugeordnet, 5 sollen es werden"
        in oeffne(client, schwerpunkt.get_absolute_url()).text
    )
