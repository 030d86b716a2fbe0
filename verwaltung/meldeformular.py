"""The form of a statement: which status may follow, from which day it counts, what it replaces."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.models import AbstractUser
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils.html import format_html

from grundlage import stichtag
from grundlage.zeitangabe import Zeitraum
from grundlage.zeitfeld import UnklareZeit, lies_zeitraum
from kernaktivitaeten.models import Kernaktivitaet, Status, Statusmeldung
from kernaktivitaeten.models.status import NUR_UEBERFUEHRT
from kernaktivitaeten.rules import WECHSEL, wieder_oeffnende

from .formular import FesteZeitRegelForm, ZeitRegelForm

NACHFOLGE = ("nachfolger", "nachfolge_text")
NEUIGKEIT = "Neuigkeit (der Status ändert sich nicht)"
ZUR_WAHL = "Zur Wahl steht, was auf den heutigen Stand folgen kann."
NUR_DAVOR = "{} (nur für die Zeit davor)"
NUR_MIT_BESCHLUSS = "{} (nur mit einem Beschluss, der sie wieder öffnet)"
# What a released statement says of its Kernaktivität; the workbook keeps to the same.
FEST = ("kernaktivitaet", "status", "zeit", "bezug", "zaehlt_ab", *NACHFOLGE)
FESTE_SPALTEN = (*(feld for feld in FEST if feld != "zeit"), *ZeitRegelForm.zeitspalten["zeit"])
RUECKZUG = ("zurueckgezogen_am", "rueckzug_grund", "ersetzt_durch")
EINGABE = RUECKZUG[1:]  # the day is that on which it is done
OHNE_GRUND = "Nennen Sie den Grund. Ohne ihn wird die Meldung nicht zurückgezogen."


def feste_felder(meldung: Statusmeldung | None) -> tuple[str, ...]:
    """The fields that the form only shows; none of a draft."""
    if meldung is None or meldung.pk is None or meldung.entwurf:
        return ()
    return (*FEST, *RUECKZUG) if meldung.zurueckgezogen_am else FEST


def zaehltag(zeit: Zeitraum, heute: date) -> date | None:
    """The day that is proposed: the last of the period, not after today; none if it is to come."""
    return None if zeit.von > heute else min(zeit.bis, heute)


def zaehlsatz(zeit: Zeitraum, tag: date, heute: date) -> str:
    """From which day a statement of ``zeit`` counts, and why."""
    wann = f"{tag:%d.%m.%Y}"
    if tag > heute:
        return f"Zählt erst ab {wann}. Bis dahin steht sie nicht auf der öffentlichen Seite."
    if tag == zeit.bis:
        ganz = "dem genannten Tag" if zeit.von == zeit.bis else "dem letzten Tag des Zeitraums"
        return f"Zählt ab {wann}, {ganz}."
    if tag == heute:
        return f"Zählt ab heute, dem {wann}, denn der genannte Zeitraum ist noch nicht zu Ende."
    return f"Zählt ab {wann}, dem Tag, den Sie bestimmt haben."


def moegliche_status(letzte: Statusmeldung | None) -> list[tuple[str, str]]:
    """The choices after ``letzte``, the newest statement of a status; the rules have the last word.

    What may only stand before it, or only follow with a Beschluss, says so.
    """
    alle = [("", NEUIGKEIT)]
    oeffnet = letzte is not None and wieder_oeffnende(letzte.kernaktivitaet, letzte).exists()
    for status in Status:
        if letzte is None or status in WECHSEL[Status(letzte.status)]:
            alle.append((status.value, status.label))
        elif oeffnet:
            alle.append((status.value, NUR_MIT_BESCHLUSS.format(status.label)))
        elif letzte.status in WECHSEL[status]:
            alle.append((status.value, NUR_DAVOR.format(status.label)))
    return alle


def werte(meldung: Statusmeldung) -> dict[str, Any]:
    """What the form shows of the statement that it replaces."""
    vorgeschlagen = zaehltag(meldung.zeit, stichtag.heute()) == meldung.zaehlt_ab
    tag = "" if vorgeschlagen else meldung.zaehlt_ab
    return model_to_dict(meldung) | {"zeit": meldung.zeit, "zaehlt_ab": tag}


class StatusmeldungForm(FesteZeitRegelForm):
    """The day from which the statement counts may be left to the form."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in {"text", "interne_notiz", "rueckzug_grund"} & set(self.fields):
            self.fields[name].widget.attrs["rows"] = 4
        if "zaehlt_ab" in self.fields:
            self.fields["zaehlt_ab"].required = False
            self.fields["zaehlt_ab"].help_text = (
                "Der eine Tag im Zeitraum, von dem an die Meldung zählt. Leer lassen: der letzte "
                "Tag des Zeitraums, aber nicht nach heute."
            )

    def clean(self):
        daten = super().clean()
        if daten.get("status") != Status.UEBERFUEHRT:
            self._ohne_nachfolge(daten)
        zeit = daten.get("zeit")
        if zeit is None or daten.get("zaehlt_ab") or "zaehlt_ab" in self.errors:
            return daten
        daten["zaehlt_ab"] = zaehltag(zeit, stichtag.heute())
        if daten["zaehlt_ab"] is None:
            self.add_error(
                "zaehlt_ab",
                "Der Zeitraum liegt in der Zukunft. Was erst geplant ist, gehört in eine "
                "Planangabe. Steht es schon fest, nennen Sie den Tag, von dem an die Meldung "
                "zählt.",
            )
        return daten

    def _ohne_nachfolge(self, daten: dict) -> None:
        """What was only proposed goes with the status; what was typed is not dropped silently."""
        for name in NACHFOLGE:
            if name in self.changed_data and daten.get(name):
                self.add_error(name, NUR_UEBERFUEHRT)
            elif name in self.fields:
                daten[name] = "" if name == "nachfolge_text" else None


class MeldeForm(StatusmeldungForm):
    """A new statement about ``ka``, as it stands today, or one that replaces ``korrigiert``.

    ``user`` is who writes it; ``ka`` is ``None`` while it is not chosen.
    """

    grund = forms.CharField(
        label="Grund der Korrektur",
        widget=AdminTextareaWidget({"rows": 3}),
        help_text="Öffentlich. Steht bei der bisherigen Meldung, zum Beispiel: „Die Quelle meint "
        "eine andere Kernaktivität.“",
    )

    def __init__(
        self,
        *args: Any,
        user: AbstractUser,
        ka: Kernaktivitaet | None,
        korrigiert: Statusmeldung | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.ka, self.korrigiert = user, ka, korrigiert
        if korrigiert is None:
            del self.fields["grund"]
        for name in {"kernaktivitaet", "nachfolger"} & set(self.fields):
            wahl = self.fields[name].widget
            wahl.can_add_related = wahl.can_change_related = wahl.can_view_related = False
        if ka is not None:
            self.fields["kernaktivitaet"].widget = forms.HiddenInput()
            if korrigiert is None:
                self._biete_moegliches_an()
        if "zaehlt_ab" in self.fields:
            self._schlage_zaehltag_vor()

    def _biete_moegliches_an(self) -> None:
        """Offers what may follow; what was sent instead is judged by the rules, and kept."""
        geltende = Statusmeldung.objects.geltende_am(stichtag.heute())
        letzte = geltende.filter(kernaktivitaet=self.ka).first()
        if letzte:  # asked for once: who confirms a status finds there where it went
            self.initial.setdefault("nachfolger", letzte.nachfolger_id)
            self.initial.setdefault("nachfolge_text", letzte.nachfolge_text)
        angebot = moegliche_status(letzte)
        gesandt = self._eingabe("status")
        if gesandt in Status.values and gesandt not in dict(angebot):
            angebot.append((gesandt, Status(gesandt).label))
        self.fields["status"].widget.choices = angebot
        self.fields["status"].help_text = ZUR_WAHL

    def _schlage_zaehltag_vor(self) -> None:
        """Names the day that would be taken, once there is a period to take it from."""
        if self._eingabe("zaehlt_ab"):
            return
        try:
            zeit = lies_zeitraum(self._eingabe("zeit"))
        except UnklareZeit:
            return
        heute = stichtag.heute()
        if zeit.von and zeit.bis and (tag := zaehltag(zeit, heute)):
            satz = f"Vorschlag: {zaehlsatz(zeit, tag, heute)} Leer lassen, wenn das stimmt."
            self.fields["zaehlt_ab"].help_text = satz

    def _eingabe(self, name: str) -> str:
        """What stands in a field, as text."""
        feld = self.fields[name]
        if self.is_bound:
            return self.data.get(self.add_prefix(name)) or ""
        return str(feld.prepare_value(self.get_initial_for_field(feld, name)) or "")

    def clean(self):
        """What this user has said of the same day in the same words was sent twice."""
        daten = super().clean()
        if zeit := daten.get("zeit"):
            gleiche = Statusmeldung.objects.filter(
                kernaktivitaet=daten.get("kernaktivitaet"),
                datum_von=zeit.von,
                datum_bis=zeit.bis,
                status=daten.get("status") or "",
                text=daten.get("text") or "",
                nachfolger=daten.get("nachfolger"),
                nachfolge_text=daten.get("nachfolge_text") or "",
                erfasst_von=self.user,
                zurueckgezogen_am=None,
            ).exclude(pk=self.korrigiert and self.korrigiert.pk)
            for meldung in gleiche[:1]:
                adresse = reverse("admin:kernaktivitaeten_statusmeldung_change", args=(meldung.pk,))
                satz = 'Genau diese Meldung haben Sie schon gespeichert: <a href="{}">{}</a>.'
                self.add_error(None, format_html(satz, adresse, meldung))
        return daten


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
