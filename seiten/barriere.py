"""The form by which readers report a barrier."""

import hashlib
import secrets
from datetime import date
from typing import ClassVar

from django import forms
from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from strategiearbeit.models import Rueckmeldung

from . import drossel

SALZ = "barriere-melden"
MINDESTENS, HOECHSTENS = 3, 24 * 3600  # seconds from opening the form to sending it
SENDEN = "barriere_melden"
ZU_SCHNELL = (
    "Das ging sehr schnell. Bitte warten Sie ein paar Sekunden und schicken Sie die Meldung dann "
    "noch einmal ab."
)
SCHON_DA = (
    "Ihre Meldung ist schon angekommen. Möchten Sie noch eine schicken, dann schicken Sie das "
    "Formular bitte noch einmal ab."
)
ZU_VIELE = (
    "Von Ihrem Anschluss kamen gerade sehr viele Meldungen. Bitte versuchen Sie es später noch "
    "einmal oder nutzen Sie den Kontakt auf der Seite Barrierefreiheit."
)


class BarriereForm(forms.ModelForm):
    """What the barrier is; where, and how to answer, may stay empty.

    Readers get no cookie, so there is no token from one against forged requests. None is needed:
    nobody is signed in here. Machines are kept out by a field that people do not see and by the
    signed time at which the form was opened. Who opened it once reports once, and from one origin
    comes only so much an hour. There is no limit for all together: whoever floods the form from
    many places fills the list of the office, but closes it for nobody.
    """

    geoeffnet = forms.CharField(widget=forms.HiddenInput, required=False)
    webseite = forms.CharField(label="Dieses Feld bitte leer lassen", required=False)

    class Meta:
        model = Rueckmeldung
        fields = ("text", "seite", "kontakt")
        labels: ClassVar = {
            "text": "Was konnten Sie nicht lesen oder bedienen?",
            "seite": "Auf welcher Seite?",
            "kontakt": "Wie erreichen wir Sie?",
        }
        help_texts: ClassVar = {
            "text": "Zum Beispiel: „Die Überschrift liest mein Vorleseprogramm nicht vor.“",
            "seite": "Freiwillig: Adresse oder Titel der Seite.",
            "kontakt": "Freiwillig: E-Mail oder Telefon, wenn Sie eine Antwort möchten. Wir "
            "löschen die Angabe, sobald Ihre Meldung erledigt ist.",
        }
        error_messages: ClassVar = {
            "text": {
                "required": "Bitte beschreiben Sie die Barriere.",
                "max_length": "Bitte schreiben Sie höchstens %(limit_value)d Zeichen; es sind "
                "%(show_value)d.",
            }
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 6
        for feld in self.fields.values():  # too long is said, not cut off while typing or pasting
            feld.widget.attrs.pop("maxlength", None)
        # Each answer carries a fresh time, so that a late form only has to be sent again. By the
        # word that is signed those who opened it in the same second are told apart.
        self.neu_geoeffnet = signing.dumps(secrets.token_urlsafe(9), salt=SALZ)

    def clean_webseite(self) -> str:
        if self.cleaned_data["webseite"]:
            raise forms.ValidationError("Bitte lassen Sie dieses Feld leer.")
        return ""

    def clean(self):
        daten = super().clean()
        try:
            signing.loads(daten.get("geoeffnet", ""), salt=SALZ, max_age=HOECHSTENS)
        except signing.SignatureExpired:
            self.add_error(None, "Das Formular war lange offen. Bitte schicken Sie es noch einmal.")
        except signing.BadSignature:
            self.add_error(None, "Bitte schicken Sie die Meldung noch einmal ab.")
        else:
            self._nicht_zu_schnell(daten["geoeffnet"])
        return daten

    def _nicht_zu_schnell(self, geoeffnet: str) -> None:
        try:
            signing.loads(geoeffnet, salt=SALZ, max_age=MINDESTENS)
        except signing.SignatureExpired:
            return
        self.add_error(None, ZU_SCHNELL)

    def melde(self, tag: date, request: HttpRequest) -> bool:
        """Stores the report as received on ``tag``; where it is not taken, the form says why."""
        marke = hashlib.sha256(self.cleaned_data["geoeffnet"].encode()).hexdigest()
        with transaction.atomic():  # what could not be stored was not sent
            if not cache.add(f"{SALZ}-{marke}", True, HOECHSTENS):
                self.add_error(None, SCHON_DA)
            elif not drossel.zaehle(request, SENDEN):
                self.add_error(None, ZU_VIELE)
            else:
                self.instance.eingegangen_am = tag
                self.save()
        return self.is_valid()
