"""Forms of the administration: dates in one field, addresses from titles, sentences of rules."""

import re
from typing import ClassVar

from django import forms
from django.utils.text import slugify

from bochum_strategie.zeitfeld import FesteZeitForm, TerminForm, ZeitForm

UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def adresse_aus(titel: str) -> str:
    """The address (slug) of a title: ä→ae, ö→oe, ü→ue, ß→ss, without the gender star."""
    return slugify(re.sub(r"[*:_](?=\w)", "", titel).lower().translate(UMLAUTE))


class RegelForm(forms.ModelForm):
    """A form that makes up a missing address and shows which rules the stored rows would break.

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

    def clean(self):
        daten = super().clean() or self.cleaned_data
        if "slug" in self.fields and not self.fields["slug"].required and not daten.get("slug"):
            laenge = self.fields["slug"].max_length
            daten["slug"] = adresse_aus(daten.get(self.titelfeld) or "")[:laenge].strip("-")
        return daten

    def _post_clean(self) -> None:
        super()._post_clean()
        for feld, satz in self.regelverstoesse.get(self.prefix or "", ()):
            self.add_error(feld if feld in self.fields else None, satz)


class ZeitRegelForm(ZeitForm, RegelForm):
    """For models with a date."""


class FesteZeitRegelForm(FesteZeitForm, RegelForm):
    """For models whose date must be known."""


class TerminRegelForm(TerminForm, RegelForm):
    """For models with a date and a due date."""
