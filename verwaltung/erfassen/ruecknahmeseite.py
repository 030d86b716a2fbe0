"""The page on which the entry of a decision is taken back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from grundlage import stichtag
from kernaktivitaeten.models import Ratsbeschluss

from ..basis import PortalAdmin
from ..models import Stapel
from ..stapel import NichtRuecknehmbar
from .ruecknahme import Ruecknahme, nimm_zurueck, was_im_weg_steht


class RuecknahmeForm(forms.Form):
    grund = forms.CharField(
        label="Grund der Rücknahme",
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        help_text="Öffentlich. Zum Beispiel: „Der Beschluss war doppelt eingetragen.“",
    )


class RuecknahmeAdmin(PortalAdmin):
    """The page that asks for the reason, and says what happens and what stands in the way."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.zuruecknehmen)
        return [
            # From the entry, and from the decision: delivered ones have no entry.
            path("zuruecknehmen/<int:nummer>/", view, name="ratsbeschluss_zuruecknehmen"),
            path("<int:pk>/zuruecknehmen/", view, name="ratsbeschluss_ruecknahme"),
            *super().get_urls(),
        ]

    def zuruecknehmen(self, request: HttpRequest, nummer: int = 0, pk: int = 0) -> HttpResponse:
        if not self.darf_erfassen(request) or not self.has_change_permission(request):
            raise PermissionDenied
        beschluss = get_object_or_404(Ratsbeschluss, pk=_beschluss_des_stapels(nummer) or pk)
        ruecknahme = Ruecknahme(beschluss, stichtag.heute())
        form = RuecknahmeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                nimm_zurueck(beschluss.pk, request.user, form.cleaned_data["grund"])
            except NichtRuecknehmbar:
                pass  # the page says what stands in the way
            else:
                messages.success(request, f"„{beschluss}“ ist zurückgenommen.")
                return redirect(self._danach(ruecknahme))
        kontext = self.admin_site.each_context(request) | {
            "title": "Ratsbeschluss zurücknehmen",
            "opts": self.opts,
            "ruecknahme": ruecknahme,
            "zurueck": self._adresse("change", beschluss.pk),
            "form": form,
            "hindernisse": was_im_weg_steht(beschluss.pk),
        }
        return TemplateResponse(request, "admin/zuruecknehmen.html", kontext)

    def _danach(self, ruecknahme: Ruecknahme) -> str:
        if ruecknahme.stapel is None:
            return self._adresse("change", ruecknahme.beschluss.pk)
        return reverse("admin:verwaltung_stapel_change", args=(ruecknahme.stapel.pk,))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.zurueckgenommen_am is None and self.darf_erfassen(request):
            context["ruecknahme"] = reverse("admin:ratsbeschluss_ruecknahme", args=(obj.pk,))
        return super().render_change_form(request, context, add, change, form_url, obj)


def _beschluss_des_stapels(nummer: int) -> int:
    """The key of the decision that the entry made; 0 without a number."""
    if not nummer:
        return 0
    stapel = get_object_or_404(Stapel, pk=nummer, art=Stapel.Art.BESCHLUSS)
    modell = Ratsbeschluss._meta.label
    return next((zeile["pk"] for zeile in stapel.zeilen if zeile["modell"] == modell), 0)
