"""The rows of the form: one Kernaktivität each, and what the decision does to it.

Nothing here needs JavaScript: a Kernaktivität is written by its name, which the browser completes
from one list for all rows.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from grundlage.falten import adresse_aus, falte
from kernaktivitaeten.models import Beschlusswirkung, Kernaktivitaet
from kernaktivitaeten.rules import wer_ueberfuehrt_ist_hat_einen_nachfolger
from zielsystem.models import Ebene, Zielelement
from zielsystem.rules import satz

ZEILEN_AM_ANFANG = 10
WEITERE_ZEILEN = 15
# Django refuses a form with more than 1,000 fields; a row has seven.
HOECHSTENS_ZEILEN = 125

# An empty effect is stored for "betrifft"; in a form, empty means that nothing was chosen.
BETRIFFT = "betrifft"
WIRKUNGEN = [
    *Beschlusswirkung.Wirkung.choices,
    (BETRIFFT, "betrifft sie (Wirkung nicht genannt)"),
]
OHNE_ADRESSE = (
    "Aus dem Titel lässt sich keine Adresse bilden. Er braucht lateinische Buchstaben oder Ziffern."
)
IN_VORBEREITUNG = " – in Vorbereitung"
HOECHSTENS_VORSCHLAEGE = 3


def name(ka: Kernaktivitaet) -> str:
    """Tells it apart from all others: two Kompetenzen may have the same title."""
    zusatz = "" if ka.veroeffentlicht_am else IN_VORBEREITUNG
    return f"{ka.titel}{zusatz} ({ka.kompetenz.titel}, Nr. {ka.nr})"


def _gefaltet(text: str) -> str:
    """Without what may have changed since the page was opened."""
    return " ".join(falte(text.replace(IN_VORBEREITUNG, "")).split())


class Verzeichnis:
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

    widget = forms.TextInput({"list": Verzeichnis.LISTE, "autocomplete": "off"})
    verzeichnis: Verzeichnis

    def clean(self, value: str | None) -> Kernaktivitaet | None:
        text = super().clean(value)
        return self.verzeichnis.finde(text) if text else None


class ZeileForm(forms.Form):
    """A Kernaktivität and what the decision does to it."""

    ka = KernaktivitaetFeld(label="Vorhandene Kernaktivität", required=False)
    titel = forms.CharField(label="oder neue: Titel", required=False, max_length=200)
    kompetenz = forms.TypedChoiceField(
        label="Kompetenz der neuen", required=False, empty_value=None
    )
    wirkung = forms.ChoiceField(
        label="Wirkung", required=False, choices=[("", "wie oben gewählt"), *WIRKUNGEN]
    )
    text = forms.CharField(
        label="Aussage der Quelle", required=False, widget=forms.Textarea({"rows": 1})
    )
    nachfolger = KernaktivitaetFeld(label="Überführt in (Kernaktivität)", required=False)
    nachfolge_text = forms.CharField(
        label="oder überführt in (in Worten)", required=False, max_length=200
    )
    ZUR_NACHFOLGE: ClassVar = ("nachfolger", "nachfolge_text")

    def __init__(self, *args, verzeichnis: Verzeichnis, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ka", "nachfolger"):
            self.fields[name].verzeichnis = verzeichnis
        gezeigt = [(pk, kompetenz.titel) for pk, kompetenz in verzeichnis.kompetenzen.items()]
        self.fields["kompetenz"].choices = [("", "wie in der Zeile darüber"), *gezeigt]
        self.fields["kompetenz"].coerce = verzeichnis.kompetenzen.get

    @property
    def mit_nachfolge(self) -> bool:
        """Whether something stands in the fields that are folded away."""
        return any(self[name].value() or self[name].errors for name in self.ZUR_NACHFOLGE)

    def clean(self):
        daten = super().clean()
        if "ka" in self.errors or "titel" in self.errors:
            return daten
        if daten.get("ka") and daten.get("titel"):
            self.add_error(
                "titel",
                "Wählen Sie eine vorhandene Kernaktivität oder schreiben Sie eine neue, nicht "
                "beides.",
            )
        elif not daten.get("ka") and not daten.get("titel"):
            self.add_error("ka", "Welche Kernaktivität ist gemeint?")
        elif daten.get("titel") and not adresse_aus(daten["titel"]):
            self.add_error("titel", OHNE_ADRESSE)
        if daten.get("ka") and daten.get("kompetenz"):
            self.add_error("kompetenz", "Die Kompetenz gehört nur zu einer neuen Kernaktivität.")
        return daten


class Zeilensatz(forms.BaseFormSet):
    """All rows; what spans rows is checked here. ``vorgabe`` is the effect chosen for all."""

    vorgabe = ""

    @cached_property
    def verzeichnis(self) -> Verzeichnis:
        return Verzeichnis()

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"verzeichnis": self.verzeichnis}

    @property
    def ausgefuellte(self) -> list[tuple[int, ZeileForm]]:
        """Number, as people count, and form of every row with something in it."""
        return [(n, form) for n, form in enumerate(self.forms, start=1) if form.has_changed()]

    def clean(self) -> None:
        kompetenz = None
        zuerst: dict[object, int] = {}
        for nummer, form in self.ausgefuellte:
            daten = form.cleaned_data
            wirkung = daten.get("wirkung") or self.vorgabe
            daten["wirkung"] = "" if wirkung == BETRIFFT else wirkung
            if not wirkung and "wirkung" not in form.errors:
                form.add_error("wirkung", "Was bewirkt der Beschluss hier?")
            _pruefe_nachfolge(form, daten, wirkung)
            if daten.get("titel"):
                kompetenz = daten["kompetenz"] = daten.get("kompetenz") or kompetenz
                self._pruefe_neue(form, daten)
            gemeint = daten.get("ka")
            if gemeint and gemeint == daten.get("nachfolger"):
                form.add_error("nachfolger", "Sie kann nicht in sich selbst überführt werden.")
            schluessel = gemeint or (falte(daten.get("titel", "")), kompetenz)
            if zuerst.setdefault(schluessel, nummer) != nummer and not form.errors:
                feld = "titel" if daten.get("titel") else "ka"
                form.add_error(feld, f"Sie steht schon in Zeile {zuerst[schluessel]}.")

    def _pruefe_neue(self, form: ZeileForm, daten: dict[str, Any]) -> None:
        """A new one needs a Kompetenz; one in preparation of that title is taken instead."""
        if daten["kompetenz"] is None:
            if "kompetenz" not in form.errors:
                form.add_error("kompetenz", "Zu welcher Kompetenz gehört die neue Kernaktivität?")
            return
        for ka in self.verzeichnis.gleichnamige(daten["titel"]):
            if ka.kompetenz_id != daten["kompetenz"].pk:
                continue
            if ka.veroeffentlicht_am:
                form.add_error("titel", "Sie gibt es schon. Wählen Sie sie in der Liste daneben.")
            else:
                daten |= {"ka": ka, "vorbereitet": True}


def _pruefe_nachfolge(form: ZeileForm, daten: dict[str, Any], wirkung: str) -> None:
    """Where it went is told of what went over, and of nothing else."""
    genannt = [name for name in form.ZUR_NACHFOLGE if daten.get(name)]
    if wirkung == Beschlusswirkung.Wirkung.UEBERFUEHRT:
        if not genannt and not set(form.ZUR_NACHFOLGE) & set(form.errors):
            form.add_error("nachfolger", satz(wer_ueberfuehrt_ist_hat_einen_nachfolger))
    elif wirkung:
        for name in genannt:
            form.add_error(name, "Das gehört nur zur Wirkung „überführt“.")


def zeilensatz(anzahl: int) -> type[Zeilensatz]:
    """The class of a set of rows with ``anzahl`` empty ones."""
    return forms.formset_factory(
        ZeileForm,
        formset=Zeilensatz,
        extra=anzahl,
        max_num=HOECHSTENS_ZEILEN,
        absolute_max=HOECHSTENS_ZEILEN,
        validate_max=True,
    )
