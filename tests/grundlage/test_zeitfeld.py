"""Dates are read as people write them, and everything that is printed can be typed again."""

from contextlib import suppress
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from grundlage.zeitangabe import Zeitraum
from grundlage.zeitfeld import UnklareZeit, Zeitfeld, lies_zeitraum
from kernaktivitaeten.models import Planangabe
from tests.grundlage.test_zeitangabe import JAHR, MONAT, TAG, d, zeitraeume
from verwaltung.formular import TerminRegelForm


@pytest.mark.parametrize(
    ("text", "von", "bis", "genauigkeit"),
    [
        ("27.09.2018", "2018-09-27", "2018-09-27", TAG),
        ("7.9.2018", "2018-09-07", "2018-09-07", TAG),
        ("27. September 2018", "2018-09-27", "2018-09-27", TAG),
        ("2018-09-27", "2018-09-27", "2018-09-27", TAG),
        ("5.2017", "2017-05-01", "2017-05-31", MONAT),
        ("5/2017", "2017-05-01", "2017-05-31", MONAT),
        ("05/2017", "2017-05-01", "2017-05-31", MONAT),
        ("Mai 2017", "2017-05-01", "2017-05-31", MONAT),
        ("märz  2020", "2020-03-01", "2020-03-31", MONAT),
        ("2017", "2017-01-01", "2017-12-31", JAHR),
        ("2021-23", "2021-01-01", "2023-12-31", JAHR),
        ("2021–2023", "2021-01-01", "2023-12-31", JAHR),
        ("2019/20", "2019-01-01", "2020-12-31", JAHR),
        ("2019 bis 2020", "2019-01-01", "2020-12-31", JAHR),
        ("21.11.2019–24.11.2019", "2019-11-21", "2019-11-24", TAG),
        ("05/2017-08/2017", "2017-05-01", "2017-08-31", MONAT),
        (" Mai 2017 bis August 2017 ", "2017-05-01", "2017-08-31", MONAT),
        ("bis 2030", None, "2030-12-31", JAHR),
        ("seit 2022", "2022-01-01", None, JAHR),
        ("Seit 08/2021", "2021-08-01", None, MONAT),
    ],
)
def test_a_date_is_read(text, von, bis, genauigkeit):
    assert lies_zeitraum(text) == Zeitraum(d(von), d(bis), genauigkeit)


@pytest.mark.parametrize(
    ("text", "satz"),
    [
        ("gestern", "„gestern“ ist kein Datum, das dieses Feld versteht."),
        ("27.9.18", "In „27.9.18“ hat das Jahr nur zwei Ziffern. Es braucht vier."),
        ("5/18", "In „5/18“ hat das Jahr nur zwei Ziffern. Es braucht vier."),
        ("1.1.2018-2.1.2018-3.1.2018", "Das sind mehr als zwei Zeitpunkte."),
        ("2018-09-31", "„31.09.2018“ gibt es im Kalender nicht."),
        ("31.02.2020", "„31.02.2020“ gibt es im Kalender nicht."),
        ("13/2017", "„13/2017“ gibt es im Kalender nicht."),
        ("0000", "„0000“ gibt es im Kalender nicht."),
        ("Maien 2017", "„Maien“ ist kein Monat."),
        ("2023-21", "Das Ende liegt vor dem Anfang."),
        ("08/2017–05/2017", "Das Ende liegt vor dem Anfang."),
        ("05/2017-2018", "Anfang und Ende sind verschieden genau angegeben."),
        ("2017-", "Ein Teil des Datums fehlt."),
        ("seit", "Ein Teil des Datums fehlt."),
        ("seit bis 2030", "„bis“ ist kein Monat."),
        ("bis bis 2030", "„bis“ ist kein Monat."),
        ("٢٠١٧", "„٢٠١٧“ ist kein Datum, das dieses Feld versteht."),
    ],
)
def test_anything_else_is_refused_with_a_sentence(text, satz):
    with pytest.raises(UnklareZeit) as fehler:
        lies_zeitraum(text)
    assert str(fehler.value) == satz


def vierstellig(zeit: Zeitraum) -> bool:
    return all(tag is None or tag.year >= 1000 for tag in (zeit.von, zeit.bis))


@given(zeitraeume().filter(vierstellig))
def test_everything_that_is_printed_is_read_again(zeit):
    assert lies_zeitraum(zeit.kurz) == zeit
    assert lies_zeitraum(zeit.lang) == zeit
    assert not Zeitfeld().has_changed(zeit, zeit.lang)


@given(st.text(max_size=30))
def test_no_text_makes_the_reader_fail(text):
    with suppress(UnklareZeit):
        assert lies_zeitraum(text).passt_zur_genauigkeit


class Formular(forms.Form):
    zeit = Zeitfeld(required=False)


def test_the_field_prints_what_is_stored_and_keeps_what_cannot_be_read():
    zeit = Zeitraum(date(2017, 5, 1), date(2017, 5, 31), MONAT)
    assert 'value="05/2017"' in str(Formular(initial={"zeit": zeit})["zeit"])
    falsch = Formular({"zeit": "im Mai"}, initial={"zeit": zeit})
    assert falsch.errors["zeit"] == [
        "„im Mai“ ist kein Datum, das dieses Feld versteht. Schreiben Sie zum Beispiel: "
        "27.09.2018, 05/2017, Mai 2017, 2017, 2021–2023, 21.11.2019–24.11.2019, seit 2022, "
        "bis 2030."
    ]
    assert 'value="im Mai"' in str(falsch["zeit"])
    assert falsch.has_changed()
    assert not Formular({"zeit": "Mai 2017"}, initial={"zeit": zeit}).has_changed()


def test_no_date_is_none():
    assert Zeitfeld(required=False).clean("  ") is None
    assert not Zeitfeld(required=False).has_changed(None, "")


@pytest.mark.parametrize(
    ("text", "satz"),
    [
        ("seit 2022", "Hier wird auch das Ende gebraucht."),
        ("bis 2030", "Hier wird auch der Anfang gebraucht."),
    ],
)
def test_where_both_ends_must_be_known_an_open_end_is_refused(text, satz):
    with pytest.raises(ValidationError, match=satz):
        Zeitfeld(offen=False).clean(text)


@pytest.mark.parametrize("text", ["2030", "bis 2030"])
def test_a_due_date_is_its_last_day(text):
    assert Zeitfeld(nur_ende=True).clean(text) == Zeitraum(None, date(2030, 12, 31), JAHR)


@pytest.mark.parametrize("text", ["2029–2030", "seit 2022"])
def test_a_due_date_is_no_range(text):
    with pytest.raises(ValidationError, match="Schreiben Sie zum Beispiel:"):
        Zeitfeld(nur_ende=True).clean(text)


class PlanForm(TerminRegelForm):
    class Meta:
        model = Planangabe
        fields = ("art", "betrag", "text", "reihenfolge")


@pytest.mark.django_db
def test_a_form_of_a_model_writes_and_reads_its_columns():
    daten = {"art": "fertigstellung", "text": "2027 soll es fertig sein.", "reihenfolge": 0}
    form = PlanForm(daten | {"zeit": "05/2024", "termin": "2027"})
    assert form.is_valid(), form.errors
    zeile = form.instance
    assert (zeile.zeit.kurz, zeile.termin.kurz) == ("05/2024", "bis 2027")
    neu = PlanForm(instance=zeile)
    assert (neu["zeit"].value(), neu["termin"].value()) == ("05/2024", "bis 2027")
    leer = PlanForm(daten | {"zeit": "", "termin": "2027"}, instance=zeile)
    assert leer.is_valid(), leer.errors
    assert zeile.zeit is None


@pytest.mark.django_db
def test_the_model_checks_what_the_form_has_read():
    daten = {"art": "fertigstellung", "text": "Bald fertig.", "reihenfolge": 0, "zeit": ""}
    form = PlanForm(daten | {"termin": ""})
    assert not form.is_valid()
    form = PlanForm(daten | {"termin": "2027", "betrag": "5"})
    assert "Eine geplante Fertigstellung hat einen Termin" in str(form.errors)
