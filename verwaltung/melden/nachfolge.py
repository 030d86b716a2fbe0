"""Where a Kernaktivität went: said together with a statement, stored in its own row.

The page carries, signed, what stood there when the form was opened. Behind the lock it is compared
with what stands there now, so that nobody writes over what somebody else said meanwhile.
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core import signing

from kernaktivitaeten.models import Kernaktivitaet, Status

from ..abgleich import aenderungen_von
from ..formular import SuchendeAuswahl

NACHFOLGE = ("nachfolger", "nachfolge_text")
EINGABE = "_nachfolge"
# A form that does not say what it rests on showed nothing that could be typed over.
LEER = {"nachfolger": None, "nachfolge_text": ""}
NUR_UEBERFUEHRT = "Das gehört nur zum Status „überführt“. Leeren Sie das Feld."
ERST_MIT_FREIGABE = (
    "Das wird erst mit der Freigabe gespeichert. Wählen Sie „Sichern und freigeben“, oder stellen "
    "Sie hier wieder her, was vorher da stand."
)
ANDERE_KERNAKTIVITAET = (
    "Das gehört zur bisherigen Kernaktivität. Sichern Sie zuerst die andere; dann nennen Sie hier, "
    "worin sie aufgegangen ist."
)


class NachfolgeForm(forms.ModelForm):
    """The part of the form of a statement that is about the row of its Kernaktivität."""

    nachfolger = Kernaktivitaet._meta.get_field("nachfolger").formfield(
        required=False,
        widget=SuchendeAuswahl(Kernaktivitaet._meta.get_field("nachfolger"), admin.site),
        help_text="Nur bei „überführt“: die Kernaktivität, in der sie aufgegangen ist.",
    )
    nachfolge_text = Kernaktivitaet._meta.get_field("nachfolge_text").formfield(
        required=False,
        widget=AdminTextInputWidget,
        help_text="Oder in Worten, wenn es keine Kernaktivität ist, zum Beispiel „Daueraufgabe "
        "des Tiefbauamts“.",
    )

    nachfolge_stand = ""

    def lies_nachfolge(self, ka: Kernaktivitaet | None) -> None:
        """Begins with what stands in the row of ``ka``, read anew."""
        zeilen = Kernaktivitaet.objects.filter(pk=ka and ka.pk)
        self._jetzt = zeilen.values(*NACHFOLGE).first() or LEER
        self._zweck = f"{EINGABE}:{ka and ka.pk}"
        for name, wert in self._jetzt.items():
            self.initial.setdefault(name, wert)
        gesendet = self.data.get(EINGABE) or self.initial.get(EINGABE) or ""
        try:
            self._damals = signing.loads(gesendet, salt=self._zweck)
            self.nachfolge_stand = gesendet
        except signing.BadSignature:
            self._damals = LEER if self.is_bound else self._jetzt
            self._unterschreibe()

    def _unterschreibe(self) -> None:
        self.nachfolge_stand = signing.dumps(self._jetzt, salt=self._zweck)

    @property
    def neue_nachfolge(self) -> list[str]:
        """The fields in which something was typed."""
        return [name for name in NACHFOLGE if name in self.changed_data]

    def pruefe_nachfolge(self, daten: dict) -> None:
        """To be called behind the lock, when the Kernaktivität is known."""
        anders = [name for name in NACHFOLGE if self._damals[name] != self._jetzt[name]]
        if anders:
            self._lehne_ab(anders)
        elif daten.get("status") != Status.UEBERFUEHRT:
            for name in self.neue_nachfolge:
                if daten.get(name):
                    self.add_error(name, NUR_UEBERFUEHRT)
        elif daten.get("nachfolger") == daten["kernaktivitaet"]:
            self.add_error("nachfolger", "Eine Kernaktivität geht nicht in sich selbst auf.")
        elif self.instance.pk and self.neue_nachfolge:
            if "kernaktivitaet" in self.changed_data:
                self.add_error(self.neue_nachfolge[0], ANDERE_KERNAKTIVITAET)
            elif self.instance.entwurf and "_freigeben" not in self.data:
                self.add_error(self.neue_nachfolge[0], ERST_MIT_FREIGABE)

    def _lehne_ab(self, anders: list[str]) -> None:
        """Names all versions; where nothing was typed the form takes over what stands there now."""
        zeile = Kernaktivitaet.objects.get(pk=self._zweck.rpartition(":")[2])
        wer = aenderungen_von([(Kernaktivitaet, zeile.pk, zeile)], self.user)
        self.data = self.data.copy()
        for name in anders:
            getippt = self.data.get(name) or ""
            satz = f"Inzwischen geändert ({wer}): vorher {self._wort(name, self._damals[name])}, "
            satz += f"jetzt {self._wort(name, self._jetzt[name])}."
            if getippt == _text(self._damals[name]):
                self.data[name] = _text(self._jetzt[name])
                satz += " Im Feld steht jetzt, was gespeichert ist."
            else:
                satz += f" Ihre Eingabe: {self._wort(name, getippt)}. Sie steht noch im Feld."
            self.add_error(name, f"{satz} Prüfen Sie das, und sichern Sie dann noch einmal.")
        self._unterschreibe()

    def _wort(self, name: str, wert) -> str:
        """A value as people read it."""
        if wert and name == "nachfolger":
            nummer = str(wert) if str(wert).isdecimal() and len(str(wert)) < 10 else None
            wert = Kernaktivitaet.objects.filter(pk=nummer).first() or wert
        return f"„{wert}“" if wert else "leer"


def _text(wert) -> str:
    """As a browser sends it."""
    return "" if wert is None else str(wert)
