"""The 75 delivered Kernaktivitäten and their status against the rows of their source."""

from collections import Counter, defaultdict

import pytest

from kernaktivitaeten.models import (
    Beschlusswirkung,
    Bezeichnung,
    Kernaktivitaet,
    Statusmeldung,
    Zuordnung,
)
from tests.quelldaten import KA_ZEILEN, TEILE, adresse, ka, mehrere, schluessel, zu_ka

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]


def test_all_75_are_there_with_kompetenz_number_and_title_and_public():
    unsere = Kernaktivitaet.objects.values_list("kompetenz__titel", "nr", "titel")
    assert list(unsere) == [(*schluessel(z), z["titel"]) for z in KA_ZEILEN]
    assert Kernaktivitaet.objects.oeffentlich().count() == len(KA_ZEILEN) == 75


def test_each_has_the_other_names_of_the_source_and_no_more():
    unsere = defaultdict(list)
    for name in Bezeichnung.objects.select_related("kernaktivitaet__kompetenz").order_by("pk"):
        unsere[ka(name)].append(name.text)
    namen = {schluessel(z): mehrere(z["weitere_bezeichnungen"]) for z in KA_ZEILEN}
    assert unsere == {k: v for k, v in namen.items() if v}


def test_the_tranche_is_known_only_where_the_source_names_it():
    erwartet = {
        schluessel(z): (int(z["tranche"][0]), adresse(z["tranche_quelle"]))
        for z in KA_ZEILEN
        if z["tranche"]
    }
    mit_tranche = Kernaktivitaet.objects.exclude(tranche=None)
    unsere = mit_tranche.values_list(
        "kompetenz__titel", "nr", "tranche__nr", "tranche_quelle__adresse"
    )
    assert {(kompetenz, nr): rest for kompetenz, nr, *rest in unsere} == {
        k: list(v) for k, v in erwartet.items()
    }
    assert Counter(nr for nr, _ in erwartet.values()) == {1: 9, 2: 6, 3: 14}


def test_the_part_of_the_tranche_is_the_beschluss_that_commissioned_it():
    auftraege = Beschlusswirkung.objects.filter(wirkung="beauftragt").select_related(
        "kernaktivitaet__kompetenz", "beschluss__tranche"
    )
    unsere = {ka(w): (w.beschluss.tranche.nr, w.beschluss.teil) for w in auftraege}
    assert unsere == {schluessel(z): TEILE[z["tranche"]] for z in KA_ZEILEN if z["tranche"]}
    assert len(auftraege) == 29


def test_three_have_the_schwerpunkte_that_a_source_names_and_none_is_called_the_main_one():
    unsere = Counter(
        (*ka(z), z.schwerpunkt.titel, z.quelle.adresse, z.schwerpunkt.eltern.titel)
        for z in zu_ka(Zuordnung).select_related("schwerpunkt__eltern")
    )
    assert unsere == Counter(
        (*schluessel(z), titel, z["schwerpunkt_quelle"], z["kompetenz"])
        for z in KA_ZEILEN
        for titel in mehrere(z["schwerpunkt"])
    )
    assert not Zuordnung.objects.filter(primaer=True).exists()
    assert Kernaktivitaet.objects.exclude(zuordnungen=None).distinct().count() == 3


def test_only_the_speisekammer_has_a_successor():
    speisekammer = Kernaktivitaet.objects.get(titel="Bochums Speisekammer")
    ueberfuehrte = Statusmeldung.objects.filter(status="ueberfuehrt")
    assert {m.nachfolger.titel for m in ueberfuehrte} == {"Haus des Wissens"}
    assert {m.kernaktivitaet for m in ueberfuehrte} == {speisekammer}
    assert set(Statusmeldung.objects.exclude(nachfolger=None)) == set(ueberfuehrte)
    assert not Statusmeldung.objects.exclude(nachfolge_text="").exists()


@pytest.mark.parametrize(
    ("titel", "slug"),
    [
        ("Transkulturelle Lots*innen", "transkulturelle-lotsinnen"),
        ("Familienbüro", "familienbuero"),
        ("1.000 Bänke für Bochum", "1000-baenke-fuer-bochum"),
        ("Bochums stille Örtchen", "bochums-stille-oertchen"),
        ("MARK 51°7", "mark-51-7"),
    ],
)
def test_addresses_are_folded_readably(titel, slug):
    assert Kernaktivitaet.objects.get(titel=titel).slug == slug


BEGINN = {"1": "18.05.2017", "2": "27.09.2018", "3a": "2021", "3b": "2023"}


def erwartete_status(zeile: dict[str, str]) -> set[tuple[str, str, str, bool]]:
    """What the source says of one: status, reference, date, whether it is derived."""
    beginn = {("laufend", "ab", BEGINN[zeile["tranche"]], False)} if zeile["tranche"] else set()
    if zeile["in_liste_umgesetzt"]:
        return beginn | {("umgesetzt", "stand", "08/2024", False)}
    if zeile["ausgang"] == "eingestellt":
        return beginn | {("eingestellt", "stand", "08/2024", False)}
    if zeile["ausgang"] == "ueberfuehrt":
        return {("ueberfuehrt", "stand", am, False) for am in ("25.08.2022", "08/2024")}
    return beginn | {("laufend", "stand", "08/2024", True)}


def test_each_has_exactly_the_status_that_the_source_says():
    unsere = defaultdict(list)
    for m in zu_ka(Statusmeldung).exclude(status=""):
        unsere[ka(m)].append((m.status, m.bezug, m.zeit.kurz, m.abgeleitet))
    for zeile in KA_ZEILEN:
        assert sorted(unsere[schluessel(zeile)]) == sorted(erwartete_status(zeile))
    alle = Statusmeldung.objects.exclude(status="").values_list("status", "bezug")
    assert Counter(alle) == {
        ("umgesetzt", "stand"): 34,
        ("laufend", "stand"): 39,
        ("laufend", "ab"): 29,
        ("eingestellt", "stand"): 1,
        ("ueberfuehrt", "stand"): 2,
    }


def test_a_status_counts_from_the_last_day_that_its_source_covers():
    for meldung in Statusmeldung.objects.all():
        assert meldung.zaehlt_ab == meldung.datum_bis


def test_who_runs_since_a_beschluss_names_it():
    for meldung in zu_ka(Statusmeldung).select_related("beschluss"):
        if meldung.bezug == "ab":
            assert meldung.beschluss.zeit == meldung.zeit
            assert meldung.quelle == meldung.beschluss.quelle
            assert meldung.beschluss.wirkungen.filter(
                kernaktivitaet=meldung.kernaktivitaet, wirkung="beauftragt"
            ).exists()
        else:
            assert meldung.beschluss is None


TEXTE = {
    ("laufend", "18.05.2017"): "Mit dem Ratsbeschluss zur 1. Tranche beauftragt.",
    ("laufend", "27.09.2018"): "Mit dem Ratsbeschluss zur 2. Tranche beauftragt.",
    ("laufend", "2021"): "Mit dem Ratsbeschluss zum ersten Teil der 3. Tranche beauftragt.",
    ("laufend", "2023"): "Mit dem Ratsbeschluss zum zweiten Teil der 3. Tranche (KA23) beauftragt.",
    ("laufend", "08/2024"): "Die Präsentation nennt diese Kernaktivität weder als umgesetzt noch "
    "als eingestellt oder überführt. Daraus ist geschlossen, dass sie läuft.",
    ("umgesetzt", "08/2024"): "Die Präsentation führt sie in der Liste der 34 etablierten oder "
    "umgesetzten Kernaktivitäten.",
    ("eingestellt", "08/2024"): "Die Präsentation nennt sie als eingestellt. "
    "Einen Grund nennt die Quelle nicht.",
    ("ueberfuehrt", "25.08.2022"): "Die Markthalle ist als Projekt im Haus des Wissens "
    "aufgegangen.",
    ("ueberfuehrt", "08/2024"): "Die Präsentation nennt sie als überführt in das Haus des Wissens.",
}


def test_the_texts_of_the_status_say_what_the_source_does_and_does_not_say():
    for meldung in Statusmeldung.objects.exclude(status="").select_related("quelle"):
        assert meldung.text == TEXTE[meldung.status, meldung.zeit.kurz]
        aus_der_praesentation = meldung.quelle.kennung == "praesentation-2024-08"
        assert aus_der_praesentation == (meldung.zeit.kurz == "08/2024")


def test_no_statement_is_withdrawn_or_carries_a_note():
    assert not Statusmeldung.objects.exclude(interne_notiz="").exists()
    assert not Statusmeldung.objects.exclude(zurueckgezogen_am=None).exists()
