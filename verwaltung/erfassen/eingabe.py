"""Both parts of the form as they were sent, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .anwenden import Abgelehnt
from .formulare import BETRIFFT, BeschlussForm, ZeileForm, Zeilensatz
from .vorgang import Entscheidung, Zeile


@dataclass(frozen=True)
class Eingabe:
    """Both parts of the form as they were sent."""

    form: BeschlussForm
    zeilen: Zeilensatz

    def ist_gueltig(self) -> bool:
        gueltig = self.form.is_valid()
        self.zeilen.vorgabe = self.form.cleaned_data.get("vorgabe", "")
        return self.zeilen.is_valid() and gueltig

    def entscheidung(self) -> Entscheidung:
        daten = self.form.cleaned_data
        zeit = daten["zeit"]
        werte = {name: daten[name] for name in self.form.Meta.fields if name != "tranche"}
        werte |= {"datum_von": zeit.von, "datum_bis": zeit.bis, "genauigkeit": zeit.genauigkeit}
        return Entscheidung(
            werte,
            daten["tranche"],
            daten["neue_tranche"],
            tuple(_zeile(nummer, form.cleaned_data) for nummer, form in self.zeilen.ausgefuellte),
        )

    def lehne_ab(self, abgelehnt: Abgelehnt) -> None:
        """Puts the sentences of the rules where they belong."""
        for nummer, saetze in abgelehnt.saetze.items():
            ziel = self.zeilen.forms[nummer - 1] if nummer else self.form
            for feld, satz in saetze:
                ziel.add_error(feld if feld in ziel.fields else None, satz)


def _zeile(nummer: int, daten: dict[str, Any]) -> Zeile:
    vorbereitet = daten.get("vorbereitet")
    return Zeile(
        nummer=nummer,
        ka=daten["ka"] or vorbereitet,
        titel=daten["titel"],
        kompetenz=daten["kompetenz"],
        wirkung="" if daten["wirkung"] == BETRIFFT else daten["wirkung"],
        text=daten["text"],
        nachfolger=daten["nachfolger"],
        nachfolge_text=daten["nachfolge_text"],
        vorbereitet=vorbereitet is not None,
    )


def roh(form) -> dict[str, Any]:
    """What was typed into a bound form."""
    return {name: form[name].data for name in form.fields}


def alle_fehler(form: BeschlussForm, zeilen: Zeilensatz) -> Iterator[tuple]:
    """(where, field or None, sentence) of every mistake, in the order of the page."""
    if not form.is_bound:
        return
    for name, saetze in form.errors.items():
        for satz in saetze:
            yield "", form[name] if name in form.fields else None, satz
    for satz in zeilen.non_form_errors():
        yield "", None, satz
    for nummer, zeile in enumerate(zeilen.forms, start=1):
        yield from _fehler_der_zeile(nummer, zeile)


def _fehler_der_zeile(nummer: int, zeile: ZeileForm) -> Iterator[tuple]:
    for name, saetze in zeile.errors.items():
        for satz in saetze:
            yield f"Zeile {nummer}", zeile[name] if name in zeile.fields else None, satz
