"""Dates as people type them: the reader of "05/2017" and "2021-23", and its form field.

One text takes the place of first day, last day and precision. What is printed can be typed:
``lies_zeitraum(zeit.kurz)`` and ``lies_zeitraum(zeit.lang)`` give ``zeit`` back.
"""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .zeitangabe import MONATE, Genauigkeit, Zeitraum, abschnitt

BEISPIELE = "27.09.2018, 05/2017, Mai 2017, 2017, 2021–2023, 21.11.2019–24.11.2019"
BEISPIELE_OFFEN = f"{BEISPIELE}, seit 2022, bis 2030"
BEISPIELE_TERMIN = "31.12.2027, 05/2027, bis 2030"

TAG = re.compile(r"([0-9]{1,2})\. ?(?:([0-9]{1,2})\. ?|([a-zä]+) )([0-9]{4})", re.IGNORECASE)
MONAT = re.compile(r"(?:([0-9]{1,2}) ?[/.] ?|([a-zä]+) )([0-9]{4})", re.IGNORECASE)
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
KURZES_JAHR = re.compile(r"(?:[0-9]{1,2}\. ?[0-9]{1,2}\. ?|[0-9]{1,2} ?[/.] ?)[0-9]{2}")
JAHR = re.compile(r"[0-9]{4}")
JAHRE = re.compile(r"([0-9]{4}) ?[-–/] ?([0-9]{2}|[0-9]{4})")
TRENNER = re.compile(r" ?[-–] ?| bis ", re.IGNORECASE)
MONATSZAHL = {name.lower(): zahl for zahl, name in enumerate(MONATE, start=1)}


class UnklareZeit(Exception):
    """A text that is no date; the message is a German sentence."""


def lies_zeitraum(text: str) -> Zeitraum:
    """The period that ``text`` names; raises ``UnklareZeit`` for everything that it cannot tell.

    A day, a month or a year; from–to in the same precision ("2021-23" and "2019/20" are years);
    "seit …" for an open end, "bis …" for an open beginning.
    """
    text = _bereinigt(text)
    wort, _, rest = text.partition(" ")
    if wort.lower() == "seit":
        von, _, genauigkeit = _teil(rest)
        return Zeitraum(von, None, genauigkeit)
    if wort.lower() == "bis":
        return Zeitraum(None, *_teil(rest)[1:])
    if jahre := JAHRE.fullmatch(text):
        anfang, ende = jahre.groups()
        return _von_bis(anfang, anfang[: 4 - len(ende)] + ende)
    return _von_bis(*TRENNER.split(text))


def lies_termin(text: str) -> Zeitraum:
    """The day, month or year, with or without "bis", whose last day is a due date."""
    wort, _, rest = _bereinigt(text).partition(" ")
    return Zeitraum(None, *_teil(rest if wort.lower() == "bis" else f"{wort} {rest}".rstrip())[1:])


def _bereinigt(text: str) -> str:
    """Single blanks, and days as programs write them in the way people do."""
    return ISO.sub(r"\3.\2.\1", " ".join(text.split()))


def _von_bis(anfang: str, ende: str | None = None, *mehr: str) -> Zeitraum:
    von, bis, genauigkeit = _teil(anfang)
    if mehr:
        raise UnklareZeit("Das sind mehr als zwei Zeitpunkte.")
    if ende is not None:
        _, bis, genauigkeit_ende = _teil(ende)
        if genauigkeit != genauigkeit_ende:
            raise UnklareZeit("Anfang und Ende sind verschieden genau angegeben.")
    if bis < von:
        raise UnklareZeit("Das Ende liegt vor dem Anfang.")
    return Zeitraum(von, bis, genauigkeit)


def _teil(text: str) -> tuple[date, date, str]:
    """First day, last day and precision of a single day, month or year."""
    try:
        if treffer := TAG.fullmatch(text):
            tag, zahl, name, jahr = treffer.groups()
            return _ganz(Genauigkeit.TAG, int(jahr), _monat(zahl, name), int(tag))
        if treffer := MONAT.fullmatch(text):
            zahl, name, jahr = treffer.groups()
            return _ganz(Genauigkeit.MONAT, int(jahr), _monat(zahl, name))
        if JAHR.fullmatch(text):
            return _ganz(Genauigkeit.JAHR, int(text))
    except ValueError as fehler:
        raise UnklareZeit(f"„{text}“ gibt es im Kalender nicht.") from fehler
    if not text:
        raise UnklareZeit("Ein Teil des Datums fehlt.")
    if KURZES_JAHR.fullmatch(text):
        raise UnklareZeit(f"In „{text}“ hat das Jahr nur zwei Ziffern. Es braucht vier.")
    raise UnklareZeit(f"„{text}“ ist kein Datum, das dieses Feld versteht.")


def _ganz(genauigkeit: Genauigkeit, jahr: int, monat: int = 1, tag: int = 1):
    return *abschnitt(date(jahr, monat, tag), genauigkeit), genauigkeit.value


def _monat(zahl: str | None, name: str | None) -> int:
    if zahl:
        return int(zahl)
    if (monat := MONATSZAHL.get((name or "").lower())) is None:
        raise UnklareZeit(f"„{name}“ ist kein Monat.")
    return monat


class Zeitfeld(forms.CharField):
    """One text input for a date with precision; its value is a ``Zeitraum`` or ``None``.

    ``offen`` allows "seit …" and "bis …"; ``nur_ende`` reads a due date (``lies_termin``).
    """

    def __init__(self, *, offen: bool = True, nur_ende: bool = False, **kwargs: Any) -> None:
        self.offen, self.nur_ende = offen, nur_ende
        self.beispiele = BEISPIELE_OFFEN if offen else BEISPIELE
        if nur_ende:
            self.beispiele = BEISPIELE_TERMIN
        kwargs.setdefault("help_text", f"So genau wie in der Quelle, zum Beispiel {self.beispiele}")
        super().__init__(**{"max_length": 60} | kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What is stored as it is printed; what was typed stays as it is."""
        return value.kurz if isinstance(value, Zeitraum) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return self._lies(text)
        except UnklareZeit as fehler:
            raise ValidationError(
                f"{fehler} Schreiben Sie zum Beispiel: {self.beispiele}.", code="invalid"
            ) from fehler

    def _lies(self, text: str) -> Zeitraum:
        if self.nur_ende:
            return lies_termin(text)
        zeit = lies_zeitraum(text)
        if not self.offen and zeit.von is None:
            raise UnklareZeit("Hier wird auch der Anfang gebraucht.")
        if not self.offen and zeit.bis is None:
            raise UnklareZeit("Hier wird auch das Ende gebraucht.")
        return zeit

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Not when the same period is only written in another way."""
        try:
            return self.to_python(data) != (initial or None)
        except ValidationError:
            return True

    def run_validators(self, value: Any) -> None:
        """The length is that of the text, which is read already."""
