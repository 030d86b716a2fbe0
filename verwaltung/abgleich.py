"""Compares a form as it was opened, as its rows are stored now, and as it was typed.

Where nothing was typed the form takes over what is stored now; what was typed stays.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.choices import flatten_choices
from django.utils.formats import date_format
from django.utils.text import capfirst

from .geschichte import LEER, lesbar, name_der_zeile, wann, wert

UNBERUEHRT = "nichts geändert"
EINTRAG = "Ganzer Eintrag"


@dataclass(frozen=True)
class Feldvergleich:
    """One line of the comparison, as people read it."""

    feld: str
    damals: str
    jetzt: str
    eingabe: str
    anders: bool = True  # somebody changed it meanwhile
    strittig: bool = False  # and it was typed on, too: somebody must decide


@dataclass(frozen=True)
class Gruppe:
    """The lines of one row; the row of the form itself has no name."""

    name: str
    felder: list[Feldvergleich]


class Abgleich:
    """``gruppen`` to show, ``daten`` for the form that is shown again, ``geaendert`` meanwhile."""

    satz = ""  # why it is not saved

    def __init__(self, request: HttpRequest, bekannt: bool, geloescht: bool = False) -> None:
        self.daten, self.dateien = request.POST.copy(), request.FILES
        self.bekannt = bekannt  # whether the form said what it was built from
        self.geloescht = geloescht  # the row of the form, and so all below it
        self.gruppen: list[Gruppe] = []
        self.geaendert: list[tuple[type[Model], int, Model | None]] = []

    def eintrag(self, klasse, damals: Model | None, jetzt: Model | None) -> None:
        """The row of the form itself."""
        self._gruppe(damals, jetzt, self._felder(klasse, None, damals, jetzt), name="")

    def zeilen(self, gruppe, damals: dict[str, Model], jetzt: dict[str, Model]) -> None:
        """The rows below the form, by their keys; what is gone but was typed becomes a new row."""
        schluessel = gruppe.model._meta.pk.name
        alle = gruppe.total_form_count()  # Django bounds it, but not the other number
        anfang = min(gruppe.initial_form_count(), alle)
        gesendet = [self.daten.get(f"{gruppe.prefix}-{i}-{schluessel}", "") for i in range(anfang)]
        nummern = {pk: i for i, pk in enumerate(gesendet)}
        neu = []
        for pk in dict.fromkeys((*damals, *jetzt, *(() if self.bekannt else nummern))):
            if self._zeile(gruppe, nummern.get(pk), damals.get(pk), jetzt.get(pk)):
                neu.append(nummern[pk])
        if self.geloescht:
            for nummer in range(anfang, alle):
                self._zeile(gruppe, nummer, None, None)
        bleiben = [i for i, pk in enumerate(gesendet) if pk in jetzt]
        if len(bleiben) < anfang:
            reihe = [*bleiben, *neu, *range(anfang, alle)]
            self._ordne(gruppe.prefix, reihe, len(bleiben))
            for i in range(len(bleiben), len(bleiben) + len(neu)):
                self.daten[f"{gruppe.prefix}-{i}-{schluessel}"] = ""

    def _zeile(self, gruppe, nummer: int | None, damals, jetzt) -> bool:
        """Compares one row; whether it is gone and was typed on."""
        vorsatz = f"{gruppe.prefix}-{nummer}"
        offen = gruppe.aenderbar and nummer is not None
        weg = offen and f"{vorsatz}-DELETE" in self.daten
        felder = []
        if nummer is not None or damals:
            felder = self._felder(gruppe.form, vorsatz, damals, jetzt, offen)
        if damals is None and nummer is None:
            felder = [Feldvergleich(EINTRAG, "gab es noch nicht", "hinzugekommen", UNBERUEHRT)]
        elif damals and jetzt is None and not felder:
            felder = [Feldvergleich(EINTRAG, "da", "gelöscht", UNBERUEHRT)]
        elif weg and felder:
            anders = any(feld.anders for feld in felder)
            felder.append(Feldvergleich(EINTRAG, "da", "da", "wird gelöscht", False, anders))
        self._gruppe(damals, jetzt, felder, name=name_der_zeile(gruppe.model, jetzt or damals))
        return jetzt is None and offen and not weg and any(f.feld != EINTRAG for f in felder)

    def _gruppe(self, damals, jetzt, felder: list[Feldvergleich], name: str) -> None:
        if felder:
            self.gruppen.append(Gruppe(name, felder))
        zeile = jetzt or damals
        anders = damals is None or jetzt is None or any(feld.anders for feld in felder)
        if zeile is not None and anders:
            self.geaendert.append((type(zeile), zeile.pk, jetzt))

    # ── Fields ───────────────────────────────────────────────────────────────────────────────

    def _felder(self, klasse, vorsatz, damals, jetzt, offen=True) -> list[Feldvergleich]:
        """The fields that differ; what only others changed goes into ``daten``."""
        vorher = damals or jetzt or klasse._meta.model()
        alt = klasse(instance=vorher, prefix=vorsatz)
        neu = klasse(instance=jetzt or vorher, prefix=vorsatz)
        eingabe = klasse(self.daten, self.dateien, instance=vorher, prefix=vorsatz)
        getippt = set(eingabe.changed_data) if offen else set()
        felder = []
        for name in alt.fields:
            anders = bool(damals and jetzt) and alt[name].value() != neu[name].value()
            if not anders and name not in getippt:
                continue
            a = _text(alt[name]) if damals else "unbekannt" if jetzt else "–"
            b = _text(neu[name]) if jetzt else "gelöscht" if damals else "–"
            c = _text(eingabe[name]) if name in getippt else UNBERUEHRT
            strittig = anders and name in getippt and b != c
            felder.append(Feldvergleich(capfirst(alt[name].label), a, b, c, anders, strittig))
            if anders and offen and name not in getippt:
                self._uebernimm(neu[name])
        if damals and jetzt:
            felder += _andere_spalten(alt, damals, jetzt)
        return felder

    def _uebernimm(self, feld: BoundField) -> None:
        """Sends the stored value as a browser would."""
        gesendet = feld.field.widget.format_value(feld.value())
        if isinstance(feld.field, forms.BooleanField):
            gesendet = "on" if feld.value() else None
        elif isinstance(gesendet, list):
            (gesendet,) = gesendet
        self.daten.pop(feld.html_name, None)
        if gesendet is not None:
            self.daten[feld.html_name] = gesendet

    def _ordne(self, vorsatz: str, reihe: list[int], anfang: int) -> None:
        """Numbers the rows of a formset anew; ``reihe`` are the old numbers of those that stay."""
        muster = re.compile(rf"{re.escape(vorsatz)}-([0-9]+)-(.+)")
        nach = {str(alt): neu for neu, alt in enumerate(reihe)}
        alte = [treffer for treffer in map(muster.fullmatch, self.daten) if treffer]
        for treffer, werte in [(treffer, self.daten.pop(treffer[0])) for treffer in alte]:
            nummer, feld = treffer.groups()
            if nummer in nach:
                self.daten.setlist(f"{vorsatz}-{nach[nummer]}-{feld}", werte)
        self.daten[f"{vorsatz}-INITIAL_FORMS"] = str(anfang)
        self.daten[f"{vorsatz}-TOTAL_FORMS"] = str(len(reihe))


def _text(feld: BoundField) -> str:
    """The value of a field as people read it; what was typed into it stays as it is."""
    inhalt = feld.value()
    if isinstance(feld.field, forms.BooleanField):
        return "ja" if inhalt else "nein"
    if inhalt in (None, ""):
        return LEER
    if isinstance(feld.field, forms.ModelChoiceField):
        try:  # of those that the editor may choose
            return feld.field.label_from_instance(feld.field.to_python(inhalt))
        except ValidationError:
            return "steht nicht zur Wahl"
    if isinstance(feld.field, forms.ChoiceField):
        worte = {str(wahl): str(wort) for wahl, wort in flatten_choices(feld.field.choices)}
        return worte.get(str(inhalt), str(inhalt))
    if isinstance(inhalt, date):
        return date_format(inhalt, "d.m.Y")
    return str(inhalt)


def _andere_spalten(formular, damals: Model, jetzt: Model) -> list[Feldvergleich]:
    """The columns that differ and that the form does not have, like the release of a draft."""
    bekannt = set(formular.fields)
    for name, spalten in getattr(formular, "zeitspalten", {}).items():
        bekannt |= set(spalten) if name in formular.fields else set()
    return [
        Feldvergleich(
            capfirst(feld.verbose_name),
            lesbar(feld, wert(damals, feld)),
            lesbar(feld, wert(jetzt, feld)),
            UNBERUEHRT,
        )
        for feld in jetzt._meta.concrete_fields
        if feld.name not in bekannt
        and getattr(damals, feld.attname) != getattr(jetzt, feld.attname)
    ]


# ── Who ───────────────────────────────────────────────────────────────────────────────────────


def aenderungen_von(zeilen: Iterable[tuple[type[Model], int, object]], nutzer) -> str:
    """Who made these rows (model, key, row or ``None``) what they are, as the end of a sentence."""
    neueste = []
    for modell, pk, jetzt in zeilen:
        fassungen = modell.geschichte.filter(id=pk).select_related("history_user")
        letzte = fassungen.order_by("history_id").last()
        if letzte and _ist_stand(letzte, jetzt):
            neueste.append(letzte)
    neueste.sort(key=lambda fassung: fassung.history_date, reverse=True)
    saetze = dict.fromkeys(f"{_wer(f.history_user, nutzer)} am {wann(f)}" for f in neueste)
    return " und ".join(saetze) or "von jemandem, den der Verlauf nicht nennt"


def _ist_stand(fassung, zeile) -> bool:
    """Whether the version tells how the row is: it may have been changed past the history."""
    if zeile is None or fassung.history_type == "-":
        return zeile is None and fassung.history_type == "-"
    spalten = [feld.attname for feld in fassung.tracked_fields]
    return all(getattr(fassung, spalte) == getattr(zeile, spalte) for spalte in spalten)


def _wer(wer, nutzer) -> str:
    if wer is None:
        return "ohne Anmeldung"
    return f"von Ihnen selbst ({wer})" if wer == nutzer else f"von {wer}"
