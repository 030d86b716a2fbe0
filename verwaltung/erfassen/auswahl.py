"""Which Kernaktivität is meant: by name, as all rows of the form offer them in one list."""

from collections import defaultdict
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from kernaktivitaeten.models import Kernaktivitaet
from zielsystem.models import Ebene, Zielelement

from ..basis import falte

IN_VORBEREITUNG = " – in Vorbereitung"
HOECHSTENS_VORSCHLAEGE = 3


def name(ka: Kernaktivitaet) -> str:
    """Tells it apart from all others: two Kompetenzen may have the same title."""
    zusatz = "" if ka.veroeffentlicht_am else IN_VORBEREITUNG
    return f"{ka.titel}{zusatz} ({ka.kompetenz.titel}, Nr. {ka.nr})"


def _gefaltet(text: str) -> str:
    """Without what may have changed since the page was opened."""
    return " ".join(falte(text.replace(IN_VORBEREITUNG, "")).split())


class Auswahl:
    """All Kernaktivitäten and Kompetenzen, read once for all rows."""

    LISTE = "auswahl-kernaktivitaeten"  # the id of the one list in the page

    def __init__(self) -> None:
        mit = ("kompetenz", "tranche")
        self.alle = list(Kernaktivitaet.objects.select_related(*mit))
        kompetenzen = Zielelement.objects.filter(ebene=Ebene.KOMPETENZ).order_by("lft")
        self.kompetenzen = {str(kompetenz.pk): kompetenz for kompetenz in kompetenzen}
        self._nach_namen: defaultdict[str, list[Kernaktivitaet]] = defaultdict(list)
        for ka in self.alle:
            self._nach_namen[_gefaltet(name(ka))].append(ka)
        for ka in self.alle:
            self._nach_namen[_gefaltet(ka.titel)].append(ka)

    @property
    def namen(self) -> list[str]:
        return [name(ka) for ka in self.alle]

    def gleichnamige(self, titel: str) -> list[Kernaktivitaet]:
        return self._nach_namen.get(_gefaltet(titel), [])

    def finde(self, text: str) -> Kernaktivitaet:
        """The one of that name, or of that title if it is the only one; else says which come near.

        Part of a name is never enough: what is decided on must not be guessed.
        """
        gefunden = self.gleichnamige(text)
        if len(gefunden) == 1:
            return gefunden[0]
        if gefunden:
            raise ValidationError(f"So heißen mehrere. Schreiben Sie {_oder(gefunden)}.")
        woerter = _gefaltet(text).split()
        nahe = [ka for ka in self.alle if all(w in _gefaltet(name(ka)) for w in woerter)]
        satz = "So heißt keine Kernaktivität."
        if nahe:
            raise ValidationError(f"{satz} Meinten Sie {_oder(nahe)}?")
        raise ValidationError(f"{satz} Wählen Sie sie in der Liste, die beim Schreiben aufgeht.")


def _oder(kas: Iterable[Kernaktivitaet]) -> str:
    return " oder ".join(f"„{name(ka)}“" for ka in list(kas)[:HOECHSTENS_VORSCHLAEGE])


class KernaktivitaetFeld(forms.CharField):
    """A Kernaktivität by its name; a plain text field with the list of the page behind it.

    A list of its own in each of up to 125 rows would make the page many megabytes.
    """

    widget = forms.TextInput({"list": Auswahl.LISTE, "autocomplete": "off"})
    auswahl: Auswahl

    def clean(self, value: str | None) -> Kernaktivitaet | None:
        text = super().clean(value)
        return self.auswahl.finde(text) if text else None


class KompetenzFeld(forms.ChoiceField):
    """One of the Kompetenzen that were read for all rows."""

    auswahl: Auswahl

    def biete_an(self, auswahl: Auswahl) -> None:
        self.auswahl = auswahl
        gezeigt = [(pk, kompetenz.titel) for pk, kompetenz in auswahl.kompetenzen.items()]
        self.choices = [("", "wie in der Zeile darüber"), *gezeigt]

    def clean(self, value: str | None) -> Zielelement | None:
        return self.auswahl.kompetenzen.get(super().clean(value))
