"""Nothing of the sources is lost: every sentence stands on the page it belongs to."""

from collections import defaultdict

import pytest
from django.utils.html import escape

from kernaktivitaeten.models import Kernaktivitaet
from tests.adressen import oeffne
from tests.dokument import lies
from tests.quelldaten import AUSGELIEFERT, adresse, zeilen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("echte_daten")]


def fakten() -> dict[tuple[str, int], list[dict[str, str]]]:
    """(Kompetenz, number) → the rows that belong to the delivered data."""
    je_ka = defaultdict(list)
    for zeile in zeilen("fakten"):
        if zeile["quelle_art"] in AUSGELIEFERT:
            je_ka[zeile["kompetenz"], int(zeile["nr"])].append(zeile)
    return je_ka


FAKTEN = fakten()


def test_there_are_233_sentences():
    assert sum(map(len, FAKTEN.values())) == 233


@pytest.mark.parametrize("schluessel", FAKTEN, ids=lambda s: f"{s[0].split()[0]}-{s[1]}")
def test_every_source_sentence_is_on_its_page_with_its_source(client, schluessel):
    kompetenz, nr = schluessel
    ka = Kernaktivitaet.objects.get(kompetenz__titel=kompetenz, nr=nr)
    html = client.get(ka.get_absolute_url()).content.decode()
    dokument = lies(html)
    belege = [e for e in dokument.alle() if e.name in ("li", "dd")]
    for zeile in FAKTEN[schluessel]:
        satz, quelle = " ".join(zeile["text"].split()), adresse(zeile["quelle_url"])
        fundorte = [e for e in belege if satz in e.text]
        assert fundorte, satz
        if quelle:
            assert any(quelle == a["href"] for ort in fundorte for a in ort.alle("a")), (
                f"{satz}: {quelle} fehlt"
            )
        else:
            assert any("Präsentation" in ort.text for ort in fundorte), satz


def test_every_place_and_every_name_of_the_sources_is_on_its_page(client):
    je_ka = defaultdict(list)
    for ort in zeilen("orte"):
        je_ka[ort["kompetenz"], int(ort["nr"])].append(ort)
    assert je_ka
    for (kompetenz, nr), orte in je_ka.items():
        ka = Kernaktivitaet.objects.get(kompetenz__titel=kompetenz, nr=nr)
        html = client.get(ka.get_absolute_url()).content.decode()
        for ort in orte:
            assert escape(ort["bezeichnung"]) in html, ka
            assert escape(ort["quelle_url"]) in html, ka


@pytest.mark.parametrize(
    ("slug", "stichtag", "erwartet"),
    [
        ("eventbuehne-lohrheidestadion", "2018-09-26", "noch nicht beschlossen"),
        ("eventbuehne-lohrheidestadion", "2018-09-27", "laufend seit 27.09.2018"),
        (
            "eventbuehne-lohrheidestadion",
            "2024-08-31",
            "laufend seit 27.09.2018, zuletzt bestätigt 08/2024",
        ),
        ("bochumservice-115-wir-lieben-fragen", "2024-08-30", "laufend seit 18.05.2017"),
        (
            "bochumservice-115-wir-lieben-fragen",
            "2024-08-31",
            "umgesetzt (Stand 08/2024; seit wann, ist nicht belegt)",
        ),
        ("bochums-speisekammer", "2022-08-25", "überführt (Stand 25.08.2022"),
        ("bochums-speisekammer", "2022-08-25", "Aufgegangen in: Haus des Wissens"),
        ("haus-des-wissens", "2024-08-31", "Hierin aufgegangen Bochums Speisekammer"),
        ("fonds-fuer-it-sicherheit", "2024-08-31", "Einen Grund nennt die Quelle nicht."),
        ("1000-baenke-fuer-bochum", "2024-08-31", "Ergebnis: 517"),
        ("haus-des-wissens", "2024-08-31", "152,6 Millionen Euro zuletzt genannt"),
        ("bochumer-mint-bildungscluster", "2024-08-31", "Hervorragende schulische Bildung"),
        (
            "smart-city-bochum-consul-bochumer-beteiligungsplattform",
            "2024-08-31",
            "umgesetzt (Stand 08/2024",
        ),
    ],
)
def test_the_hard_cases_read_right(client, slug, stichtag, erwartet):
    dokument = oeffne(client, f"/kernaktivitaeten/{slug}/", {"stichtag": stichtag})
    assert erwartet in dokument.eines("main").text
