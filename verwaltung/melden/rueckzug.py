"""What of a released statement stands for good, and withdrawing it: with a reason, once, today."""

from django.contrib.auth.models import AbstractUser
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grundlage import stichtag
from grundlage.zeitfeld import ZeitForm
from kernaktivitaeten.models import Statusmeldung

from .formular import NACHFOLGE, StatusmeldungForm
from .korrektur import korrigieren_adresse, nicht_korrigierbar

# What a released statement says of its Kernaktivität; the workbook keeps to the same.
FEST = ("kernaktivitaet", "status", "zeit", "bezug", "zaehlt_ab", *NACHFOLGE)
FESTE_SPALTEN = (*(feld for feld in FEST if feld != "zeit"), *ZeitForm.zeitspalten["zeit"])
RUECKZUG = ("zurueckgezogen_am", "rueckzug_grund", "ersetzt_durch")
EINGABE = RUECKZUG[1:]  # the day is that on which it is done

NUR_ZURUECKZIEHEN = (
    "Nur zurückziehen",
    {
        "fields": EINGABE,
        "classes": ("collapse",),
        "description": "Wenn die Meldung ganz falsch war und es keine richtige Angabe gibt; sonst "
        "„Korrigieren“. Sobald hier ein Grund steht und Sie sichern, ist die Meldung mit dem "
        "heutigen Tag zurückgezogen: Sie zählt für keinen Tag mehr und bleibt mit Ihrem Grund "
        "öffentlich sichtbar. Das lässt sich nicht rückgängig machen.",
    },
)
ZURUECKGEZOGEN = ("Zurückgezogen", {"fields": RUECKZUG})
OHNE_GRUND = "Nennen Sie den Grund. Ohne ihn wird die Meldung nicht zurückgezogen."


def feste_felder(meldung: Statusmeldung | None) -> tuple[str, ...]:
    """The fields that the form only shows; none of a draft."""
    if meldung is None or meldung.pk is None or meldung.entwurf:
        return ()
    return (*FEST, *RUECKZUG) if meldung.zurueckgezogen_am else FEST


def feste_spalten(meldung: Statusmeldung) -> tuple[str, ...]:
    """The columns that an old version does not bring back either."""
    if meldung.entwurf:
        return ()
    return (*FESTE_SPALTEN, *RUECKZUG)


def hinweis(user: AbstractUser, meldung: Statusmeldung) -> SafeString:
    """Why these fields are only shown, and the way to change what they say."""
    satz = "Freigegeben: Was hier nur zu lesen ist, ändert allein eine Korrektur."
    if adresse := korrigieren_adresse(user, meldung):
        weg = 'War es falsch: <a href="{}">Korrigieren</a>. Beide Fassungen bleiben sichtbar.'
        return format_html(f"{{}} {weg}", satz, adresse)
    return format_html("{} {}", satz, nicht_korrigierbar(user, meldung))


class RueckzugForm(StatusmeldungForm):
    """A reason withdraws the statement today."""

    def _get_validation_exclusions(self) -> set[str]:
        """What is only shown still counts where the database compares it with other columns."""
        fest = FESTE_SPALTEN if feste_felder(self.instance) else ()
        return super()._get_validation_exclusions() - set(fest)

    def clean(self):
        daten = super().clean()
        if daten.get("ersetzt_durch") and not daten.get("rueckzug_grund"):
            self.add_error("rueckzug_grund", OHNE_GRUND)
        return daten

    def _post_clean(self) -> None:
        """The day is set only to be saved: what is shown again is not withdrawn."""
        zieht_zurueck = bool(self.cleaned_data.get("rueckzug_grund"))
        if zieht_zurueck:
            self.instance.zurueckgezogen_am = stichtag.heute()
        super()._post_clean()
        if zieht_zurueck and self.errors:
            self.instance.zurueckgezogen_am = None
