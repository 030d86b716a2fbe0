"""Reporting a status in steps: the Kernaktivität, the statement, the public page, saved.

Nothing is kept between the steps: what was typed travels in the page itself.
"""

from copy import copy

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten_fieldsets
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from grundlage import stichtag
from kernaktivitaeten.models import Kernaktivitaet, Statusmeldung

from ..rechte import beginnt_als_entwurf, nur_eigene
from ..vorschau import Probeleiste, probeseite
from .formular import MeldeForm, zaehlsatz
from .korrektur import KorrekturAdmin, werte

# Buttons that show a step again with what was typed, and those that go on.
ZEIGEN = {"_weiter", "_andere", "_bearbeiten"}
KNOEPFE = ZEIGEN | {"_vorschau", "_save", "_addanother", "_continue", "csrfmiddlewaretoken"}
UNERREICHBAR = (
    "Diese Kernaktivität gibt es nicht, oder Sie können zu ihr nichts melden. Wählen Sie eine "
    "andere."
)
NICHT_GEWAEHLT = "Bitte wählen Sie eine Kernaktivität."


class MeldenAdmin(KorrekturAdmin):
    """For the administration of statements: the way to a new one."""

    # ── The steps ────────────────────────────────────────────────────────────────────────────

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A preview is saved like the rest, shown, and never committed."""
        if object_id is None:
            request.melden = True
            if request.method == "POST" and ZEIGEN & set(request.POST):
                request = _zum_zeigen(request)
            extra_context = self._schritt(request) | (extra_context or {})
        if object_id is not None or "_vorschau" not in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            antwort = super().changeform_view(request, object_id, form_url, extra_context)
            transaction.set_rollback(True)
        return antwort

    def _schritt(self, request: HttpRequest) -> dict:
        """What the page says besides the form."""
        ka, getippt = self._ka(request), getattr(request, "getippt", None)
        korrigiert = getattr(request, "korrigiert", None)
        was = "Meldung korrigieren" if korrigiert else "Status melden"
        schritt = {"melden": True, "ka": ka, "title": f"{was}: {ka}" if ka else was}
        schritt |= {"als_entwurf": beginnt_als_entwurf(request.user), "korrigiert": korrigiert}
        if self.fragt_nach_der_kernaktivitaet(request):
            schritt |= {"wahl": True, "versteckt": _versteckt(getippt) if getippt else ()}
            if getippt and "_weiter" in getippt:
                schritt["hinweis"] = (
                    UNERREICHBAR if getippt.get("kernaktivitaet") else NICHT_GEWAEHLT
                )
            elif getippt is None and "kernaktivitaet" in request.GET:
                schritt["hinweis"] = UNERREICHBAR if request.GET["kernaktivitaet"] else ""
        return schritt

    def fragt_nach_der_kernaktivitaet(self, request: HttpRequest, obj=None) -> bool:
        """Whether this is the first step: nothing can be offered before it is chosen."""
        erste = obj is None and hasattr(request, "melden") and request.method == "GET"
        return erste and self._ka(request) is None

    def _ka(self, request: HttpRequest) -> Kernaktivitaet | None:
        """The one that is written about, as it stands today; ``None`` while it is not chosen."""
        if not hasattr(request, "meldung_ka"):
            getippt = getattr(request, "getippt", None)
            eingaben = request.POST if request.method == "POST" or getippt else request.GET
            nummer = eingaben.get("kernaktivitaet") or ""
            if korrigiert := getattr(request, "korrigiert", None):
                nummer = str(korrigiert.kernaktivitaet_id)
            elif getippt and "_andere" in getippt:
                nummer = ""
            alle = Kernaktivitaet.objects.zum(stichtag.heute())
            eigene = nur_eigene(alle, request.user)
            gueltig = nummer.isdecimal() and len(nummer) < 10
            request.meldung_ka = eigene.filter(pk=nummer).first() if gueltig else None
        return request.meldung_ka

    # ── The form ─────────────────────────────────────────────────────────────────────────────

    def get_form(self, request, obj=None, change=False, **kwargs):
        if not hasattr(request, "melden"):
            return super().get_form(request, obj, change, **kwargs)
        form = super().get_form(request, obj, change, **kwargs | {"form": MeldeForm})
        form.felder, form.user = flatten_fieldsets(self.get_fieldsets(request, obj)), request.user
        if obj is None:
            form.ka = self._ka(request)
            form.korrigiert = getattr(request, "korrigiert", None)
        return form

    def get_changeform_initial_data(self, request):
        """What was typed, else what is to be corrected."""
        if hasattr(request, "getippt"):
            return request.getippt.dict()
        if korrigiert := getattr(request, "korrigiert", None):
            return werte(korrigiert)
        return super().get_changeform_initial_data(request)

    # ── Saving ───────────────────────────────────────────────────────────────────────────────

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        if isinstance(form, MeldeForm) and form.korrigiert is not None:
            self.ersetze(request, form.korrigiert, obj, form.cleaned_data["grund"])

    def response_add(self, request, obj, post_url_continue=None):
        if "_vorschau" in request.POST:
            return self._vorschau(request, obj)
        if {"_addanother", "_continue", IS_POPUP_VAR} & set(request.POST):
            return super().response_add(request, obj, post_url_continue)
        satz = zaehlsatz(obj.zeit, obj.zaehlt_ab, stichtag.heute())
        seite = obj.kernaktivitaet.get_absolute_url()
        if obj.entwurf:
            satz, seite = "Als Entwurf eingereicht. Das Strategiebüro gibt ihn frei.", ""
        elif not obj.kernaktivitaet.veroeffentlicht_am:
            satz, seite = f"Gesichert. {satz} Die Kernaktivität ist noch nicht öffentlich.", ""
        else:
            satz = f"Veröffentlicht. {satz}"
        link = format_html(' <a href="{}">Zur öffentlichen Seite</a>', seite) if seite else ""
        messages.success(request, format_html("{}{}", satz, link))
        return self.response_post_save_add(request, obj)

    def _vorschau(self, request, obj: Statusmeldung) -> HttpResponse:
        """The page as it would be: the real one, from within the transaction."""
        ka, vorher = obj.kernaktivitaet, self._ka(request)
        saetze = [zaehlsatz(obj.zeit, obj.zaehlt_ab, stichtag.heute())]
        saetze.append(f"Bisher steht dort: {vorher.lagebild.satz}.")
        knopf = "So veröffentlichen"
        if not ka.veroeffentlicht_am:
            knopf = "So sichern"
            saetze.append("Die Kernaktivität ist in Vorbereitung und noch nicht öffentlich.")
        if obj.entwurf:
            knopf = "Als Entwurf einreichen"
            saetze.append("Öffentlich wird die Meldung erst mit ihrer Freigabe.")
        leiste = Probeleiste(
            request, request.get_full_path(), _versteckt(request.POST, ka), tuple(saetze), knopf
        )
        verborgen = obj.entwurf or not ka.veroeffentlicht_am
        return probeseite(request, ka.get_absolute_url(), leiste, (ka.pk,) if verborgen else ())


def _zum_zeigen(request: HttpRequest) -> HttpRequest:
    """The same request, only to be shown: what was typed fills the form and is not judged."""
    gezeigt = copy(request)
    gezeigt.method, gezeigt.getippt = "GET", request.POST
    return gezeigt


def _versteckt(getippt, ka: Kernaktivitaet | None = None) -> tuple[tuple[str, str], ...]:
    """What was typed, to be carried on; the Kernaktivität only when it is settled."""
    ohne = KNOEPFE if ka else KNOEPFE | {"kernaktivitaet"}
    return tuple((name, wert) for name, wert in getippt.items() if name not in ohne)
