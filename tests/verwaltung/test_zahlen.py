"""Numbers are typed and shown as Germans write them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from kernaktivitaeten.models import Kernaktivitaet, Messwert, Planangabe, Projektziel
from tests import factories as f
from tests.verwaltung.formulare import adresse, aendere, eingaben, fehler, lege_an
from verwaltung.felder import Zahlenfeld


@pytest.mark.parametrize(
    ("text", "zahl"),
    [
        ("152.600.000", "152600000"),
        ("152600000", "152600000"),
        ("152 600 000 €", "152600000"),
        ("152\N{NO-BREAK SPACE}600\N{NARROW NO-BREAK SPACE}000 Euro", "152600000"),
        ("152,6 Mio", "152600000"),
        ("152,6 Mio. Euro", "152600000"),
        ("152,6 Millionen", "152600000"),
        ("1,23456789 Mio", "1234567.89"),
        ("1.000", "1000"),
        ("8,5", "8.5"),
        ("-1.234,56", "-1234.56"),
        ("\N{MINUS SIGN}3", "-3"),
        ("0", "0"),
    ],
)
def test_german_spelling_is_read(text, zahl):
    assert Zahlenfeld(max_digits=14, decimal_places=2).clean(text) == Decimal(zahl)


@pytest.mark.parametrize(
    "text", ["8.5", "1.00", "1,000,000", "1.000.00", "viel", "1e5", "NaN", "12 Mrd", "3 4", ",5"]
)
def test_what_can_be_misread_is_refused_with_examples(text):
    with pytest.raises(ValidationError, match=r"Schreiben Sie zum Beispiel 152\.600\.000, 8,5"):
        Zahlenfeld(max_digits=14, decimal_places=2).clean(text)


@pytest.mark.parametrize("zahl", ["152600000", "1000", "8.50", "202035.88", "-1234.5", "0"])
def test_what_is_shown_can_be_typed(zahl):
    feld = Zahlenfeld(max_digits=14, decimal_places=2)
    gezeigt = feld.prepare_value(Decimal(zahl))
    assert feld.clean(gezeigt) == Decimal(zahl)
    assert not feld.has_changed(Decimal(zahl), gezeigt)


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_an_amount_is_typed_shown_and_kept(admin_client):
    kosten = {"art": "gesamtkosten", "termin": "", "betrag": "152,6 Mio"}
    antwort = lege_an(admin_client, Planangabe, **kosten)
    assert antwort.status_code == 302, fehler(antwort)
    angabe = Planangabe.objects.get()
    assert angabe.betrag == 152_600_000
    seite = admin_client.get(adresse(Planangabe, "change", angabe.pk))
    assert eingaben(seite)["betrag"] == "152.600.000"
    assert b'type="number" name="betrag"' not in seite.content
    assert aendere(admin_client, angabe).status_code == 302
    angabe.refresh_from_db()
    assert angabe.betrag == 152_600_000
    antwort = aendere(admin_client, angabe, betrag="152 Tsd")
    assert "betrag" in fehler(antwort)
    assert eingaben(antwort)["betrag"] == "152 Tsd"


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_a_result_and_a_goal_below_its_kernaktivitaet(admin_client):
    antwort = lege_an(admin_client, Messwert, wert="1.000")
    assert antwort.status_code == 302, fehler(antwort)
    assert Messwert.objects.get().wert == 1000
    ziel = f.ProjektzielFactory(zielwert=Decimal("8.50"))
    url = adresse(Kernaktivitaet, "change", ziel.kernaktivitaet.pk)
    daten = eingaben(admin_client.get(url))
    assert daten["projektziele-0-zielwert"] == "8,5"
    antwort = admin_client.post(url, daten | {"projektziele-0-zielwert": "12.345,6"})
    assert antwort.status_code == 302, fehler(antwort)
    assert Projektziel.objects.get(pk=ziel.pk).zielwert == Decimal("12345.6")
