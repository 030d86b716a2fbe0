"""Decisions, their effects, and Tranchen."""

from typing import ClassVar

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import redirect

from kernaktivitaeten.models import Beschlusswirkung, Kernaktivitaet, Ratsbeschluss, Tranche
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_TRANCHE

from .basis import PortalAdmin, PortalInline
from .erfassen.ansichten import ErfassenAdmin
from .felder import auswahl_filter, fehlt_filter
from .formular import FesteZeitRegelForm
from .rechte import sichtbare_kernaktivitaeten
from .regeln import Regelverstoss

ZURUECKGENOMMEN = (
    "Der Eintrag ist zurückgenommen und nicht mehr öffentlich. Er bleibt hier unverändert stehen, "
    "damit nachvollziehbar ist, was war. Grund der Rücknahme: {}"
)
TAG_STEHT_FEST = (
    "Das Datum lässt sich hier nicht ändern, denn es steht auch in Statusmeldungen zu diesem "
    "Beschluss: {}. Nehmen Sie den Beschluss zurück und erfassen Sie ihn mit dem richtigen Datum "
    "neu, oder korrigieren Sie zuerst diese Meldungen."
)
HOECHSTENS_GENANNT = 3

# What was taken back needs nothing any more.
GILT = Q(zurueckgenommen_am=None)


class WirkungInline(PortalInline):
    model = Beschlusswirkung
    verbose_name_plural = "Wirkungen auf Kernaktivitäten"


def _gesehen(user, beziehung: str) -> Q | None:
    """Kernaktivitäten that count for the user: the public and the own; ``None`` for all."""
    eigene = sichtbare_kernaktivitaeten(user)
    if eigene is None:
        return None
    oeffentliche = Kernaktivitaet.objects.oeffentlich()
    return Q(**{f"{beziehung}__in": oeffentliche.values("pk")}) | Q(
        **{f"{beziehung}__in": eigene.values("pk")}
    )


class GremiumFilter(admin.AllValuesFieldListFilter):
    """Without the empty one: where it is missing, another filter finds it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.lookup_choices = self.lookup_choices.exclude(gremium="")


def einwand_gegen_anderen_tag(beschluss: Ratsbeschluss) -> str:
    """Why the day of the stored decision stays; empty when no statement has it from there."""
    gleiche = beschluss.statusmeldungen.filter(
        zurueckgezogen_am=None,
        datum_von=beschluss.datum_von,
        datum_bis=beschluss.datum_bis,
        genauigkeit=beschluss.genauigkeit,
    )
    namen = [f"„{meldung}“" for meldung in gleiche.select_related("kernaktivitaet")]
    weitere = len(namen) - HOECHSTENS_GENANNT
    ende = f" und {weitere} weiteren" if weitere > 0 else ""
    genannt = ", ".join(namen[:HOECHSTENS_GENANNT])
    return TAG_STEHT_FEST.format(genannt + ende) if namen else ""


class RatsbeschlussForm(FesteZeitRegelForm):
    """Keeps the day as long as statements rest on it."""

    def clean_zeit(self):
        anders = self.instance.pk is not None and "zeit" in self.changed_data
        if anders and (einwand := einwand_gegen_anderen_tag(self.instance)):
            raise ValidationError(einwand)
        return self.cleaned_data["zeit"]


@admin.register(Ratsbeschluss)
class RatsbeschlussAdmin(ErfassenAdmin):
    oeffentlich_nie_loeschen = (
        "Ein öffentlicher Ratsbeschluss wird nicht gelöscht: Vielleicht ist er zitiert. War sein "
        "Eintrag falsch, nehmen Sie ihn mit einem Grund zurück („Zurücknehmen …“); dann sagt seine "
        "Adresse, wann und warum."
    )
    form = RatsbeschlussForm
    inlines = (WirkungInline,)
    ordering = Ratsbeschluss._meta.ordering  # that of the model ends where rows are counted
    fieldsets = (
        (None, {"fields": ("titel", "slug", "zeit", "gremium", "ergebnis", "quelle")}),
        ("Vorlage", {"fields": ("vorlage", "top", "adresse", "wortlaut")}),
        ("Was er betrifft", {"fields": ("tranche", "teil", "betrifft_strategie", "hinweis")}),
    )
    list_display = (
        "titel",
        "zeit",
        "gremium",
        "vorlage",
        "ergebnis",
        "tranche",
        "wirkungen_zahl",
        "zurueckgenommen_am",
    )
    list_filter = (
        ("gremium", GremiumFilter),
        "tranche",
        "betrifft_strategie",
        ("zurueckgenommen_am", admin.EmptyFieldListFilter),
        fehlt_filter(
            {
                "Gremium": GILT & Q(gremium=""),
                "Vorlage": GILT & Q(vorlage=""),
                "Adresse der Vorlage": GILT & Q(adresse=""),
                "Ergebnis": GILT & Q(ergebnis=""),
                "Kernaktivitäten": GILT & Q(wirkungen=None),
            }
        ),
    )
    search_fields = ("titel", "vorlage", "gremium", "wortlaut", "kennung")
    search_help_text = "Sucht in Titel, Vorlage, Gremium und Wortlaut."
    date_hierarchy = "datum_bis"
    hilfen: ClassVar = {
        "gremium": "Zum Beispiel „Rat“ oder „Haupt- und Finanzausschuss“. Leer, wenn die Quelle "
        "keines nennt.",
        "vorlage": "Nummer der Vorlage, zum Beispiel 20182193.",
        "top": "Nummer auf der Tagesordnung der Sitzung, zum Beispiel 4.2.",
        "ergebnis": "Zum Beispiel „einstimmig beschlossen“, wie die Quelle es sagt.",
    }

    def get_queryset(self, request):
        gesehen = _gesehen(request.user, "wirkungen__kernaktivitaet")
        zahl = Count("wirkungen", filter=gesehen, distinct=True)
        return super().get_queryset(request).annotate(zahl=zahl)

    def add_view(self, request, form_url="", extra_context=None):
        """The guided form does all of it; only the window beside another form stays plain."""
        beiseite = IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST
        if request.method == "GET" and not beiseite and self.darf_erfassen(request):
            return redirect("admin:ratsbeschluss_erfassen")
        return super().add_view(request, form_url, extra_context)

    def has_change_permission(self, request, obj=None) -> bool:
        """What was taken back stays as it was: its address says so for ever."""
        darf = super().has_change_permission(request, obj)
        return darf and (obj is None or obj.zurueckgenommen_am is None)

    def save_model(self, request, obj, form, change) -> None:
        """An old version comes without a form that would ask."""
        if form is None and change:
            jetzt = Ratsbeschluss.objects.get(pk=obj.pk)
            if jetzt.zeit != obj.zeit and (einwand := einwand_gegen_anderen_tag(jetzt)):
                raise Regelverstoss(einwand)
        super().save_model(request, obj, form, change)

    def _bleibt(self, obj: Ratsbeschluss) -> str:
        if obj.zurueckgenommen_am:
            return ZURUECKGENOMMEN.format(obj.ruecknahme_grund)
        return super()._bleibt(obj)

    @admin.display(description="Kernaktivitäten", ordering="zahl")
    def wirkungen_zahl(self, beschluss: Ratsbeschluss) -> int:
        return beschluss.zahl


@admin.register(Beschlusswirkung)
class BeschlusswirkungAdmin(PortalAdmin):
    list_display = ("kernaktivitaet", "wirkung", "beschluss")
    list_filter = ("wirkung", fehlt_filter({"Wirkung": Q(wirkung="")}))
    search_fields = ("kernaktivitaet__titel", "beschluss__titel", "text")


@admin.register(Tranche)
class TrancheAdmin(PortalAdmin):
    oeffentlich_nie_loeschen = (
        "Eine öffentliche Tranche wird nicht gelöscht: Zu ihr gehört eine öffentliche "
        "Kernaktivität, oder ein öffentlicher Ratsbeschluss nennt sie. Wird dieser Beschluss "
        "zurückgenommen („Zurücknehmen …“), geht die Tranche mit, die er neu angelegt hat."
    )
    ordering = Tranche._meta.ordering
    list_display = ("__str__", "kernaktivitaeten_zahl", "quelle")
    list_filter = (
        auswahl_filter(
            "Prüfen",
            "pruefen",
            {
                "soll": (
                    f"nicht {SOLL_KERNAKTIVITAETEN_JE_TRANCHE} Kernaktivitäten",
                    ~Q(zahl=SOLL_KERNAKTIVITAETEN_JE_TRANCHE),
                )
            },
        ),
    )
    search_fields = ("nr", "kennung")

    def get_queryset(self, request):
        gesehen = _gesehen(request.user, "kernaktivitaeten")
        return (
            super()
            .get_queryset(request)
            .annotate(zahl=Count("kernaktivitaeten", filter=gesehen, distinct=True))
        )

    @admin.display(description="belegte Kernaktivitäten", ordering="zahl")
    def kernaktivitaeten_zahl(self, tranche: Tranche) -> int:
        return tranche.zahl
