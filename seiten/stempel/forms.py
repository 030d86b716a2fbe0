"""What colleagues say about their material: for what, which files, where, how large."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from stempel import rules
from stempel.druck import ENDUNGEN, MAX_BYTES, MAX_DATEIEN, PLAETZE, Ablehnung, lies_seiten
from stempel.models import Farbe, Stempelung

SEITEN = {
    "alle": "alle Seiten",
    "erste": "nur die erste",
    "letzte": "nur die letzte",
    "auswahl": "bestimmte Seiten",
}
EINHEITEN = {"mm": "Millimeter", "prozent": "Prozent der Breite"}
ARTEN = {
    "artefakt": "als Schmuck (wird nicht vorgelesen)",
    "abbildung": "als Abbildung (mit Alternativtext)",
}


class ZweckForm(forms.Form):
    """For what the stamp is used; it stands in the register."""

    zweck = forms.CharField(
        label="Wofür brauchen Sie den Stempel?",
        max_length=Stempelung._meta.get_field("zweck").max_length,
        help_text="Zum Beispiel „Plakat zur Eröffnung“ oder „Bauschild am Husemannplatz“. Das "
        "steht im Register des Strategiebüros.",
        error_messages={"required": "Schreiben Sie kurz, wofür Sie den Stempel brauchen."},
    )


class WunschForm(forms.Form):
    """Where the stamp shall stand, how large, in which colour, with what beside it."""

    platz = forms.ChoiceField(
        label="Platz",
        choices=list(PLAETZE.items()),
        initial="unten-rechts",
        widget=forms.RadioSelect,
    )
    groesse = forms.FloatField(
        label="Breite des Stempels",
        initial=30,
        localize=True,
        help_text="Mit dem QR-Code zusammen. Was zu klein wäre, vergrößert das Portal: auf Papier "
        f"auf {rules.MIN_BREITE_MM}\u00a0mm, mit QR-Code auf {rules.MIN_BREITE_MIT_QR_MM}\u00a0mm.",
    )
    einheit = forms.ChoiceField(
        label="Einheit",
        choices=list(EINHEITEN.items()),
        initial="prozent",
        help_text="Millimeter nur, wenn das Material seine Druckgröße kennt: PDF, Bilder mit dpi.",
    )
    seiten = forms.ChoiceField(
        label="Seiten eines PDF", choices=list(SEITEN.items()), initial="erste"
    )
    seiten_auswahl = forms.CharField(
        label="Bestimmte Seiten",
        required=False,
        max_length=100,
        help_text="Nur bei „bestimmte Seiten“. Zum Beispiel 1-3, 5",
    )
    farbe = forms.ChoiceField(
        label="Farbe", help_text="Auf dunklem Grund: weiß. Für Druck mit einer Farbe: schwarz."
    )
    qr = forms.BooleanField(
        label="QR-Code daneben",
        required=False,
        help_text="Er führt zu einer Seite, die sagt, was der Stempel bedeutet und ob er noch "
        "gilt.",
    )
    art = forms.ChoiceField(
        label="Der Stempel im PDF gilt",
        choices=list(ARTEN.items()),
        initial="artefakt",
        help_text="Alternativtext braucht er, wenn er auf der Seite etwas sagt, was sonst nirgends "
        "steht. Er steht dann auf der ersten gestempelten Seite.",
    )

    def __init__(self, *args, farben: tuple[Farbe, ...] = tuple(Farbe), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["farbe"].choices = [(farbe.value, farbe.label) for farbe in farben]

    def clean(self) -> dict[str, Any]:
        daten = super().clean()
        if daten.get("seiten") == "auswahl":
            self._pruefe_seiten(daten)
        if "groesse" in daten and "einheit" in daten:
            self._pruefe_groesse(daten["groesse"], daten["einheit"])
        return daten

    def _pruefe_seiten(self, daten: dict[str, Any]) -> None:
        try:
            lies_seiten(daten.get("seiten_auswahl", ""))
        except Ablehnung:
            self.add_error(
                "seiten_auswahl",
                "Nennen Sie die Seiten als Zahlen, mit Komma und Bindestrich, zum Beispiel 1-3, 5.",
            )

    def _pruefe_groesse(self, groesse: float, einheit: str) -> None:
        """What is too small is enlarged on each file, with a sentence: none is chosen twice."""
        bis, zusatz = rules.MAX_PROZENT, "Prozent"
        if einheit == "mm":
            bis, zusatz = rules.MAX_BREITE_MM, "mm"
        if not 1 <= groesse <= bis:
            self.add_error("groesse", f"Die Breite muss zwischen 1 und {bis} {zusatz} liegen.")

    @property
    def angaben(self) -> dict[str, Any]:
        """The wishes as they are kept with the files."""
        daten = self.cleaned_data
        seiten = daten["seiten_auswahl"] if daten["seiten"] == "auswahl" else daten["seiten"]
        return {
            "platz": daten["platz"],
            "groesse": daten["groesse"],
            "einheit": daten["einheit"],
            "seiten": seiten,
            "farbe": daten["farbe"],
            "qr": daten["qr"],
            "abbildung": daten["art"] == "abbildung",
        }


class MehrereDateien(forms.FileField):
    """One or several files; an empty or unreadable one is refused later, by itself."""

    class Feld(forms.ClearableFileInput):
        allow_multiple_selected = True

    def __init__(self, **kwargs) -> None:
        attrs = {"accept": ",".join(sorted(ENDUNGEN))}
        super().__init__(widget=self.Feld(attrs=attrs), allow_empty_file=True, **kwargs)

    def clean(self, data, initial=None):
        dateien = data if isinstance(data, (list, tuple)) else [data]
        dateien = [super(MehrereDateien, self).clean(datei, initial) for datei in dateien if datei]
        if not dateien:
            raise ValidationError(self.error_messages["required"])
        if len(dateien) > MAX_DATEIEN:
            raise ValidationError(
                f"Das sind {len(dateien)} Dateien. Wählen Sie höchstens {MAX_DATEIEN} auf einmal."
            )
        return dateien


class AnbringenForm(ZweckForm, WunschForm):
    """Wishes with the files themselves."""

    field_order = ("dateien", "zweck")
    dateien = MehrereDateien(
        label="Ihre Dateien",
        max_length=120,
        help_text=f"PDF, PNG, JPEG oder WebP, bis {MAX_DATEIEN} Dateien mit je höchstens "
        f"{MAX_BYTES // 1024**2}\u00a0MB. "
        "Ihre Originale bleiben unverändert; was Sie hochladen, wird nach dem Herunterladen oder "
        "nach einer Stunde gelöscht.",
        error_messages={
            "required": "Wählen Sie mindestens eine Datei aus.",
            "max_length": "Der Name der Datei ist zu lang. Kürzen Sie ihn auf 120 Zeichen.",
        },
    )

    def clean(self) -> dict[str, Any]:
        daten = super().clean()
        if self.errors and "dateien" in daten:
            self.add_error("dateien", "Wählen Sie Ihre Dateien bitte noch einmal aus.")
        return daten

    @property
    def alle_angaben(self) -> dict[str, Any]:
        return self.angaben | {"zweck": self.cleaned_data["zweck"]}
