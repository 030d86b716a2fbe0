"""Many at once: the same Schwerpunkt, Tranche, themes or unit for the chosen Kernaktivitäten."""

from dataclasses import fields

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode

from grundlage.zeitangabe import Bezug
from grundlage.zeitfeld import Zeitfeld
from kernaktivitaeten.models import (
    Kernaktivitaet,
    Querschnittszuordnung,
    Stelle,
    Tranche,
    Verantwortung,
    Zuordnung,
)
from zielsystem.models import Ebene, Quelle, Querschnittsthema, Zielelement

from .formular import Auswahlfeld
from .models import Stapel
from .probe import Ausgang, probiere
from .regeln import Regelstand, Regelverstoss
from .stapel import stapel
from .zuordnen import Folge, Sammelauftrag, fuehre_aus

KEINE_WAHL = "Wählen Sie, was die Kernaktivitäten bekommen sollen."
GEAENDERT = (
    "Seit der Vorschau hat sich etwas geändert. Es wurde nichts gespeichert. Prüfen Sie die neue "
    "Vorschau."
)
# The fields of a group, and the model whose rows they add.
GRUPPEN = {
    ("schwerpunkt", "hauptschwerpunkt", "begruendung"): Zuordnung,
    ("themen",): Querschnittszuordnung,
    ("rolle", "stelle", "zeit", "bezug"): Verantwortung,
}


class MitKompetenz(forms.ModelChoiceField):
    def label_from_instance(self, schwerpunkt: Zielelement) -> str:
        return f"{schwerpunkt.eltern}: {schwerpunkt}"


class SammelForm(forms.Form):
    """What the chosen Kernaktivitäten get. Fields whose rows the user may not add are missing."""

    schwerpunkt = MitKompetenz(
        Zielelement.objects.filter(ebene=Ebene.SCHWERPUNKT)
        .select_related("eltern")
        .order_by("lft"),
        label="Schwerpunkt",
        required=False,
        help_text="Kommt zu den vorhandenen dazu.",
    )
    hauptschwerpunkt = forms.BooleanField(label="als Hauptschwerpunkt", required=False)
    begruendung = forms.CharField(
        label="Begründung",
        required=False,
        help_text="Nötig, wenn der Schwerpunkt zu einer anderen Kompetenz gehört.",
    )
    themen = forms.ModelMultipleChoiceField(
        Querschnittsthema.objects.all(),
        label="Querschnittsthemen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kommen zu den vorhandenen dazu.",
    )
    tranche = forms.ModelChoiceField(
        Tranche.objects.all(),
        label="Tranche",
        required=False,
        help_text="Tritt an die Stelle der bisherigen.",
    )
    rolle = forms.ChoiceField(
        label="Verantwortung: Rolle",
        required=False,
        choices=[
            ("", "---------"),
            *(r for r in Verantwortung.Rolle.choices if r[0] != Verantwortung.Rolle.KOMPETENZ),
        ],
    )
    stelle = forms.ModelChoiceField(
        Stelle.objects.all(), label="Verantwortung: Stelle", required=False
    )
    zeit = Zeitfeld(label="Verantwortung: Datum", required=False)
    bezug = forms.ChoiceField(
        label="Verantwortung: Bezug des Datums",
        required=False,
        choices=[("", "---------"), *Bezug.choices],
    )
    quelle = Auswahlfeld(
        Quelle.objects.all(), label="Quelle", help_text="Sie gilt für alles, was neu dazukommt."
    )

    def __init__(self, request: HttpRequest, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for namen, modell in GRUPPEN.items():
            if not admin.site.get_model_admin(modell).has_add_permission(request):
                for name in namen:
                    del self.fields[name]

    def clean(self):
        daten = super().clean()
        if not self.errors and not any(
            daten.get(name) for name in ("schwerpunkt", "themen", "tranche", "rolle", "stelle")
        ):
            raise ValidationError(KEINE_WAHL)
        if bool(daten.get("rolle")) != bool(daten.get("stelle")):
            self.add_error("stelle", "Rolle und Stelle gehören zusammen.")
        if bool(daten.get("zeit")) != bool(daten.get("bezug")):
            self.add_error("bezug", "Zu einem Datum gehört ein Bezug („ab“ oder „Stand“).")
        if daten.get("hauptschwerpunkt") and not daten.get("schwerpunkt"):
            self.add_error("schwerpunkt", "Welcher Schwerpunkt soll Hauptschwerpunkt sein?")
        return daten

    def auftrag(self) -> Sammelauftrag:
        werte = self.cleaned_data | {"themen": tuple(self.cleaned_data.get("themen", ()))}
        return Sammelauftrag(
            **{f.name: werte[f.name] for f in fields(Sammelauftrag) if f.name in werte}
        )


class SammelAdmin(admin.ModelAdmin):
    """The action of the list, the form, and the page that shows old and new before anything."""

    actions = ("gemeinsam_zuordnen",)

    def get_urls(self):
        view = self.admin_site.admin_view(self.sammel)
        return [path("sammel/", view, name="kernaktivitaet_sammel"), *super().get_urls()]

    @admin.action(description="Gemeinsam zuordnen …", permissions=["change"])
    def gemeinsam_zuordnen(self, request, queryset) -> HttpResponse:
        nummern = [("ka", pk) for pk in queryset.order_by("pk").values_list("pk", flat=True)]
        return redirect(f"{reverse('admin:kernaktivitaet_sammel')}?{urlencode(nummern)}")

    def sammel(self, request) -> HttpResponse:
        """GET asks, POST shows old and new, POST with "bestaetigen" saves it as one Stapel."""
        kas = self._gewaehlte(request)
        if not kas:
            messages.warning(request, "Wählen Sie in der Liste mindestens eine Kernaktivität.")
            return redirect("admin:kernaktivitaeten_kernaktivitaet_changelist")
        if request.method != "POST" or "aendern" in request.POST:
            return self._frage(request, SammelForm(request, request.POST or None), kas, ())
        return self._ordne_zu(request, SammelForm(request, request.POST), kas)

    def _gewaehlte(self, request) -> list[Kernaktivitaet]:
        """Raises ``PermissionDenied`` unless the user may change every one of them."""
        nummern = (request.POST if request.method == "POST" else request.GET).getlist("ka")
        gueltige = [pk for pk in nummern if pk.isdecimal() and len(pk) < 10]
        kas = list(Kernaktivitaet.objects.filter(pk__in=gueltige))
        if not all(self.has_change_permission(request, ka) for ka in (None, *kas)):
            raise PermissionDenied
        return kas

    def _ordne_zu(self, request, form: SammelForm, kas: list[Kernaktivitaet]) -> HttpResponse:
        def vorhaben(neu: Stapel) -> tuple[list[Folge], object]:
            """Reads all of it behind the lock, where nobody else changes it any more."""
            if not form.is_valid():
                raise ValidationError([])
            jetzt = self._gewaehlte(request)
            neu.titel = str(jetzt[0]) if len(jetzt) == 1 else f"{len(jetzt)} Kernaktivitäten"
            regelstand = Regelstand(jetzt)
            folgen = [fuehre_aus(form.auftrag(), ka) for ka in jetzt]
            regelstand.pruefe(jetzt)
            aenderungen = [(folge.ka.pk, folge.aenderungen) for folge in folgen]
            return folgen, aenderungen if any(folge.aenderungen for folge in folgen) else None

        neuer = stapel(request.user, Stapel.Art.SAMMEL)
        try:
            ausgang = probiere(neuer, vorhaben, request.POST.get("bestaetigen", ""))
        except ValidationError as verstoss:
            return self._frage(request, form, kas, verstoss.messages)
        except Regelverstoss as verstoss:
            return self._frage(request, form, kas, verstoss.args)
        if ausgang.stapel is None:
            return self._zeige_folgen(request, kas, ausgang)
        messages.success(request, "Gespeichert. Hier können Sie alles auf einmal zurücknehmen.")
        return redirect("admin:verwaltung_stapel_change", ausgang.stapel.pk)

    def _frage(self, request, form: SammelForm, kas, hindernisse) -> HttpResponse:
        return self._zeige_auswahl(
            request, "admin/sammel.html", kas, form=form, hindernisse=list(hindernisse)
        )

    def _zeige_folgen(self, request, kas, ausgang: Ausgang[list[Folge]]) -> HttpResponse:
        if ausgang.geaendert:
            messages.warning(request, GEAENDERT)
        weg = ("csrfmiddlewaretoken", "bestaetigen")
        versteckt = [
            (name, wert)
            for name, werte in request.POST.lists()
            if name not in weg
            for wert in werte
        ]
        return self._zeige_auswahl(
            request,
            "admin/sammel_vorschau.html",
            kas,
            folgen=[folge for folge in ausgang.folgen if folge.aenderungen],
            unveraendert=[folge.ka for folge in ausgang.folgen if not folge.aenderungen],
            marke=ausgang.marke,
            versteckt=versteckt,
        )

    def _zeige_auswahl(self, request, vorlage: str, kas, **kontext) -> HttpResponse:
        kontext |= self.admin_site.each_context(request)
        kontext |= {"title": "Gemeinsam zuordnen", "opts": self.opts, "kas": kas}
        return TemplateResponse(request, vorlage, kontext)
