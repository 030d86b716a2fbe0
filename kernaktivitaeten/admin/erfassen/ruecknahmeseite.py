"""The page on which the entry of a decision is taken back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from bochum_strategie import stichtag
from bochum_strategie.models import Stapel
from bochum_strategie.verwaltung import PortalAdmin
from bochum_strategie.verwaltung.stapel import NichtRuecknehmbar

from ...models import Ratsbeschluss
from .ruecknahme import Ruecknahme, nimm_zurueck


class RuecknahmeForm(forms.Form):
    grund = forms.CharField(
        label="Grund der Rücknahme",
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        help_text="Öffentlich. Zum Beispiel: „Der Beschluss war doppelt eingetragen.“",
    )


class RuecknahmeAdmin(PortalAdmin):
    """The page that asks for the reason, and says what stands in the way."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.zuruecknehmen)
        eigene = path("zuruecknehmen/<int:nummer>/", view, name="ratsbeschluss_zuruecknehmen")
        return [eigene, *super().get_urls()]

    def zuruecknehmen(self, request: HttpRequest, nummer: int) -> HttpResponse:
        if not self.darf_erfassen(request) or not self.has_change_permission(request):
            raise PermissionDenied
        stapel = get_object_or_404(Stapel, pk=nummer, art=Stapel.Art.BESCHLUSS)
        ruecknahme = Ruecknahme(stapel, stichtag.heute())
        if ruecknahme.beschluss is None:
            raise Http404("Diesen Beschluss gibt es nicht mehr.")
        form = RuecknahmeForm(request.POST or None)
        hindernisse = ruecknahme.hindernisse()
        if request.method == "POST" and form.is_valid():
            try:
                nimm_zurueck(nummer, request.user, form.cleaned_data["grund"])
            except NichtRuecknehmbar as gruende:
                hindernisse = gruende.args
            else:
                messages.success(request, f"„{ruecknahme.beschluss}“ ist zurückgenommen.")
                return redirect("admin:bochum_strategie_stapel_change", nummer)
        kontext = self.admin_site.each_context(request) | {
            "title": "Ratsbeschluss zurücknehmen",
            "opts": self.opts,
            "stapel": stapel,
            "ruecknahme": ruecknahme,
            "form": form,
            "hindernisse": hindernisse,
        }
        return TemplateResponse(request, "admin/zuruecknehmen.html", kontext)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self.darf_erfassen(request):
            context["ruecknahme"] = _weg_zurueck(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


def _weg_zurueck(beschluss: Ratsbeschluss) -> str:
    """Where the entry can be taken back; empty when it was not made by the guided form."""
    for stapel in Stapel.objects.filter(art=Stapel.Art.BESCHLUSS, zurueckgenommen_am=None):
        if any(
            z["modell"] == beschluss._meta.label and z["pk"] == beschluss.pk for z in stapel.zeilen
        ):
            return reverse("admin:ratsbeschluss_zuruecknehmen", args=(stapel.pk,))
    return ""
