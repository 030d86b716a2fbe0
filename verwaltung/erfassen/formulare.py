"""What is typed in: the decision, its Tranche, and one row for each Kernaktivität.

Nothing here needs JavaScript: a Kernaktivität is written by its name, which the browser completes
from one list for all rows.
"""

from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from grundlage.falten import adresse_aus
from kernaktivitaeten.models import Beschlusswirkung, Ratsbeschluss, Tranche
from kernaktivitaeten.rules import wer_ueberfuehrt_ist_hat_einen_nachfolger
from zielsystem.rules import satz

from ..basis import falte
from ..formular import FesteZeitRegelForm, SuchendeAuswahl
from .auswahl import Auswahl, KernaktivitaetFeld, KompetenzFeld

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


class BeschlussForm(FesteZeitRegelForm):
    """The decision with its one source, and its Tranche."""

    neue_tranche = forms.IntegerField(
        label="oder neue Tranche: Nummer",
        required=False,
        min_value=1,
        max_value=999,
        help_text="Wenn mit dem Beschluss eine Tranche beginnt.",
    )
    vorgabe = forms.ChoiceField(
        label="Wirkung auf alle Kernaktivitäten",
        required=False,
        choices=[("", "---------"), *WIRKUNGEN],
        help_text="Gilt für jede Zeile, in der Sie nichts anderes wählen.",
    )
    schluessel = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("wortlaut", "hinweis"):
            self.fields[name].widget.attrs["rows"] = 4
        quelle = self.fields["quelle"]
        quelle.help_text = "Sie gilt für den Beschluss und für alles, was er bewirkt."
        rahmen = quelle.widget
        rahmen.widget = SuchendeAuswahl(Ratsbeschluss._meta.get_field("quelle"), admin.site)
        rahmen.widget.choices, rahmen.widget.is_required = quelle.choices, True
        rahmen.can_change_related = rahmen.can_view_related = False
        self.fields["tranche"].widget = forms.Select(choices=self.fields["tranche"].choices)
        self.fields["tranche"].label = "Vorhandene Tranche"
        self.fields["tranche"].help_text = "Leer, wenn der Beschluss keine Tranche betrifft."

    def clean_titel(self) -> str:
        titel = self.cleaned_data["titel"]
        if not adresse_aus(titel):
            raise ValidationError(OHNE_ADRESSE)
        return titel

    def clean_neue_tranche(self) -> int | None:
        nr = self.cleaned_data["neue_tranche"]
        if nr is not None and Tranche.objects.filter(nr=nr).exists():
            raise ValidationError(f"Die {nr}. Tranche gibt es schon. Wählen Sie sie in der Liste.")
        return nr

    def clean(self):
        daten = super().clean()
        if daten.get("tranche") and daten.get("neue_tranche"):
            self.add_error(
                "neue_tranche", "Wählen Sie eine vorhandene Tranche oder eine neue, nicht beides."
            )
        ohne = not daten.get("tranche") and not daten.get("neue_tranche")
        if daten.get("teil") and ohne and "neue_tranche" not in self.errors:
            self.add_error("teil", "Zum Teil gehört eine Tranche.")
        return daten


class ZeileForm(forms.Form):
    """A Kernaktivität and what the decision does to it."""

    ka = KernaktivitaetFeld(label="Vorhandene Kernaktivität", required=False)
    titel = forms.CharField(label="oder neue: Titel", required=False, max_length=200)
    kompetenz = KompetenzFeld(label="Kompetenz der neuen", required=False)
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

    def __init__(self, *args, auswahl: Auswahl, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ka", "nachfolger"):
            self.fields[name].auswahl = auswahl
        self.fields["kompetenz"].biete_an(auswahl)

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
    def auswahl(self) -> Auswahl:
        return Auswahl()

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"auswahl": self.auswahl}

    @property
    def ausgefuellte(self) -> list[tuple[int, ZeileForm]]:
        """Number, as people count, and form of every row with something in it."""
        return [(n, form) for n, form in enumerate(self.forms, start=1) if form.has_changed()]

    def clean(self) -> None:
        kompetenz = None
        zuerst: dict[object, int] = {}
        for nummer, form in self.ausgefuellte:
            daten = form.cleaned_data
            wirkung = daten["wirkung"] = daten.get("wirkung") or self.vorgabe
            if not wirkung and "wirkung" not in form.errors:
                form.add_error("wirkung", "Was bewirkt der Beschluss hier?")
            _pruefe_nachfolge(form, daten, wirkung)
            if daten.get("titel"):
                kompetenz = daten["kompetenz"] = daten.get("kompetenz") or kompetenz
                self._pruefe_neue(form, daten)
            gemeint = daten.get("ka") or daten.get("vorbereitet")
            if gemeint and gemeint == daten.get("nachfolger"):
                form.add_error("nachfolger", "Sie kann nicht in sich selbst überführt werden.")
            schluessel = gemeint or (falte(daten.get("titel", "")), kompetenz)
            if zuerst.setdefault(schluessel, nummer) != nummer and not form.errors:
                feld = "ka" if daten.get("ka") else "titel"
                form.add_error(feld, f"Sie steht schon in Zeile {zuerst[schluessel]}.")

    def _pruefe_neue(self, form: ZeileForm, daten: dict[str, Any]) -> None:
        """A new one needs a Kompetenz; one in preparation of that title is taken instead."""
        if daten["kompetenz"] is None:
            if "kompetenz" not in form.errors:
                form.add_error("kompetenz", "Zu welcher Kompetenz gehört die neue Kernaktivität?")
            return
        for ka in self.auswahl.gleichnamige(daten["titel"]):
            if ka.kompetenz_id != daten["kompetenz"].pk:
                continue
            if ka.veroeffentlicht_am:
                form.add_error("titel", "Sie gibt es schon. Wählen Sie sie in der Liste daneben.")
            else:
                daten["vorbereitet"] = ka


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
