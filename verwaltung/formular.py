"""Forms of the administration: dates in one field, addresses from titles, sentences of rules."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Max, Q
from django.forms.utils import ErrorList
from django.http import HttpRequest

from grundlage.falten import adresse_aus
from grundlage.zeitangabe import Zeitraum
from grundlage.zeitfeld import Zeitfeld

from .regeln import Regelstand

# Constraints of the database by name → the field that takes the sentence.
FELD_DER_BEDINGUNG = {
    "kernaktivitaeten_bilanz_zusammen_oder_einzeln": "eingestellt_ueberfuehrt",
    "kernaktivitaeten_kernaktivitaet_nr": "nr",
    "kernaktivitaeten_kernaktivitaet_tranche_quelle": "tranche_quelle",
    "kernaktivitaeten_planangabe_art": "art",
    "kernaktivitaeten_statusmeldung_bezug": "bezug",
    "kernaktivitaeten_statusmeldung_ersatz": "ersetzt_durch",
    "kernaktivitaeten_statusmeldung_nachfolge": "nachfolger",
    "kernaktivitaeten_statusmeldung_nachfolger": "nachfolger",
    "kernaktivitaeten_statusmeldung_nur_ueberfuehrt": "nachfolger",
    "kernaktivitaeten_statusmeldung_quelle": "quelle",
    "kernaktivitaeten_statusmeldung_rueckzug": "rueckzug_grund",
    "kernaktivitaeten_statusmeldung_zaehlt_ab": "zaehlt_ab",
    "kernaktivitaeten_verantwortung_bezug": "bezug",
    "kernaktivitaeten_verantwortung_wer": "stelle",
    "kernaktivitaeten_verantwortung_wofuer": "kernaktivitaet",
    "stempel_stempelung_rueckzug": "rueckzug_grund",
    "stempel_stempelvorlage_tag": "gueltig_ab",
}

# Prefix of a form → (field or None, sentence) pairs.
Formularsaetze = Mapping[str, list[tuple[str | None, str]]]


@dataclass
class Sicherung:
    """What one request to save a form has found out so far."""

    formulare: list[forms.ModelForm] = field(default_factory=list)  # the first is that of the row
    regelstand: Regelstand | None = None  # before it was saved
    saetze: Formularsaetze = field(default_factory=dict)  # why it is refused
    stand: str = ""  # signed: what was compared last; empty: nothing was
    abgleich: dict | None = None  # with what was changed meanwhile
    abgelehnt: bool = False  # from here on it is only shown
    gespeichert: bool = False
    freigegeben: bool = False


def sicherung(request: HttpRequest) -> Sicherung:
    """That of the request; an empty one where no form is saved."""
    return getattr(request, "sicherung", None) or Sicherung()


class RegelForm(forms.ModelForm):
    """A form that makes up a missing address and place in the order, and shows broken rules.

    ``regelverstoesse`` maps the prefix of a form to its (field or None, sentence) pairs. It is
    set on the class that the administration makes for one request.
    """

    regelverstoesse: ClassVar[dict[str, list[tuple[str | None, str]]]] = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.titelfeld = next((name for name in ("titel", "name") if name in self.fields), None)
        if self.titelfeld and "slug" in self.fields and self.instance.pk is None:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Leer lassen: Sie wird aus dem Titel gebildet."
        if "reihenfolge" in self.fields and self.instance.pk is None:
            self.fields["reihenfolge"].required = False
            self.fields["reihenfolge"].help_text += " Leer lassen: Es kommt ans Ende."
            self.initial["reihenfolge"] = None
        self._behalte_zurueckgenommenes()

    def _behalte_zurueckgenommenes(self) -> None:
        """What the row refers to stays a choice for it, even when it is none for others."""
        for name, feld in self.fields.items():
            wahl = getattr(feld, "queryset", None)
            pk = getattr(self.instance, f"{name}_id", None)
            if pk and hasattr(wahl, "geltende"):
                alle = wahl.model._default_manager.all()
                feld.queryset = alle.filter(Q(pk__in=wahl.order_by().values("pk")) | Q(pk=pk))

    def clean(self):
        daten = super().clean() or self.cleaned_data
        if "slug" in self.fields and not self.fields["slug"].required and not daten.get("slug"):
            laenge = self.fields["slug"].max_length
            titel = daten.get(self.titelfeld) or ""
            daten["slug"] = adresse_aus(titel)[:laenge].strip("-")
            if titel and not daten["slug"] and "slug" not in self.errors:
                self.add_error("slug", "Bitte geben Sie eine Adresse ein.")
        if "reihenfolge" in self.fields and daten.get("reihenfolge") is None:
            daten["reihenfolge"] = self._am_ende(daten)
        return daten

    def _am_ende(self, daten: dict) -> int:
        """The place behind all rows of the same Kernaktivität, or of the whole model."""
        zeilen = self._meta.model._base_manager.all()
        if hasattr(self.instance, "kernaktivitaet_id"):
            ka = daten.get("kernaktivitaet") or self.instance.kernaktivitaet_id
            zeilen = zeilen.filter(kernaktivitaet=ka)
        return (zeilen.aggregate(letzte=Max("reihenfolge"))["letzte"] or 0) + 1

    def _post_clean(self) -> None:
        super()._post_clean()
        self._stelle_an_die_felder()
        for feld, satz in self.regelverstoesse.get(self.prefix or "", ()):
            self.add_error(feld if feld in self.fields else None, satz)

    def _stelle_an_die_felder(self) -> None:
        """Takes the sentences of the database's constraints to the field that they concern."""
        allgemein = self.errors.get(NON_FIELD_ERRORS, ErrorList())
        for bedingung in self._meta.model._meta.constraints:
            satz = bedingung.violation_error_message
            feld = FELD_DER_BEDINGUNG.get(bedingung.name)
            if feld in self.fields and satz in allgemein:
                allgemein.data = [f for f in allgemein.data if satz not in f.messages]
                self.add_error(feld, satz)
        if NON_FIELD_ERRORS in self.errors and not allgemein:
            del self.errors[NON_FIELD_ERRORS]


class ZeitRegelForm(RegelForm):
    """For models with a date: one field instead of three.

    ``zeitspalten`` maps each such field to the model's columns, which are not fields of the form;
    a due date has no first day.
    """

    zeitspalten: ClassVar[dict[str, tuple[str, ...]]] = {
        "zeit": ("datum_von", "datum_bis", "genauigkeit")
    }

    zeit = Zeitfeld(label="Datum", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in self.zeitspalten:
            self.initial.setdefault(name, getattr(self.instance, name))

    def _get_validation_exclusions(self) -> set[str]:
        """The model checks the columns too, once the text could be read."""
        gelesen = [self.zeitspalten[name] for name in self.zeitspalten if name in self.cleaned_data]
        return super()._get_validation_exclusions() - {s for spalten in gelesen for s in spalten}

    def _post_clean(self) -> None:
        for name, spalten in self.zeitspalten.items():
            if name in self.cleaned_data:
                zeit = self.cleaned_data[name] or Zeitraum(None, None, "")
                werte = (zeit.von, zeit.bis, zeit.genauigkeit)[-len(spalten) :]
                for spalte, wert in zip(spalten, werte, strict=True):
                    setattr(self.instance, spalte, wert)
        super()._post_clean()


class FesteZeitRegelForm(ZeitRegelForm):
    """For models whose date must be known with first and last day."""

    zeit = Zeitfeld(label="Datum", offen=False)


class TerminRegelForm(ZeitRegelForm):
    """For models with a date and a due date."""

    zeitspalten: ClassVar = ZeitRegelForm.zeitspalten | {
        "termin": ("termin_bis", "termin_genauigkeit")
    }

    termin = Zeitfeld(label="Termin", required=False, nur_ende=True)


def fehler_von(form: forms.BaseForm) -> Iterator[tuple[forms.BoundField | None, str]]:
    """The field (``None`` for the whole form) and the sentence of every mistake."""
    for name, saetze in form.errors.items():
        for satz in saetze:
            yield form[name] if name in form.fields else None, satz


def auswahltext(zeile) -> str:
    """What tells a row apart where one is chosen: many sources have the same title."""
    if not hasattr(zeile, "adresse_lesbar"):
        return str(zeile)
    ende = re.sub(r"^.+(?=.{59}$)", "…", zeile.adresse_lesbar)
    stand = f"Stand {zeile.zeit.kurz}" if zeile.zeit else ""
    return " – ".join(filter(None, (zeile.titel, ende, stand)))


class Auswahlfeld(forms.ModelChoiceField):
    """A choice among rows that are called as in the list that opens while one types."""

    def label_from_instance(self, zeile) -> str:
        return auswahltext(zeile)


class SuchendeAuswahl(AutocompleteSelect):
    """Django's pick list, which searches while one types, with all rows in it: without JavaScript
    it is a plain list to choose from."""

    optgroups = forms.Select.optgroups
