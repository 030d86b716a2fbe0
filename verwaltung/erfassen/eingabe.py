"""What is typed in: the decision with its rows, what it means, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from grundlage.falten import adresse_aus
from kernaktivitaeten.models import Kernaktivitaet, Ratsbeschluss, Tranche
from zielsystem.models import Zielelement

from ..formular import FesteZeitRegelForm, SuchendeAuswahl, fehler_von
from .zeilen import OHNE_ADRESSE, WIRKUNGEN, Zeilensatz


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


@dataclass(frozen=True)
class Beschlusszeile:
    """One row as it was typed; ``wirkung`` is empty for "betrifft"."""

    nummer: int
    ka: Kernaktivitaet | None
    titel: str
    kompetenz: Zielelement | None
    wirkung: str
    text: str
    nachfolger: Kernaktivitaet | None
    nachfolge_text: str
    vorbereitet: bool = False


class Abgelehnt(Exception):
    """The decision cannot be carried out; the forms themselves say why."""


@dataclass(frozen=True)
class Eingabe:
    """Both parts of the form as they were sent."""

    form: BeschlussForm
    zeilen: Zeilensatz

    @property
    def schluessel(self) -> UUID | None:
        """The key of the form: what is sent twice with it is done once."""
        try:
            return self.form.fields["schluessel"].clean(self.form["schluessel"].data)
        except ValidationError:
            return None

    def pruefe(self) -> None:
        """Raises ``Abgelehnt`` when anything is wrong so far."""
        gueltig = self.form.is_valid()
        self.zeilen.vorgabe = self.form.cleaned_data.get("vorgabe", "")
        if not (self.zeilen.is_valid() and gueltig):
            raise Abgelehnt

    def beschlusszeilen(self) -> tuple[Beschlusszeile, ...]:
        """The rows with something in them, of a valid form."""
        gefuellte = self.zeilen.ausgefuellte
        return tuple(Beschlusszeile(nummer, **form.cleaned_data) for nummer, form in gefuellte)

    def bemaengle(self, nummer: int, satz: str, feld: str | None = None) -> None:
        """Puts a sentence at the field, or at all of a row; 0 is the decision."""
        ziel = self.zeilen.forms[nummer - 1] if nummer else self.form
        ziel.add_error(feld, satz)


def alle_fehler(form: BeschlussForm, zeilen: Zeilensatz) -> Iterator[tuple]:
    """(where, field or None, sentence) of every mistake, in the order of the page."""
    if not form.is_bound:
        return
    yield from (("", *fehler) for fehler in fehler_von(form))
    yield from (("", None, satz) for satz in zeilen.non_form_errors())
    for nummer, zeile in enumerate(zeilen.forms, start=1):
        yield from ((f"Zeile {nummer}", *fehler) for fehler in fehler_von(zeile))
