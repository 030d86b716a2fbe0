"""The Kernaktivität: how it stands today, what is missing, and all that belongs to it."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.html import format_html

from grundlage import stichtag
from grundlage.zeitangabe import monate_vorher
from kernaktivitaeten.models import Kernaktivitaet, Lage, Verantwortung

from .basis import PortalAdmin
from .felder import auswahl_filter, fehlt_filter
from .formular import RegelForm
from .inlines import INLINES
from .mappe.ansichten import MappenAdmin
from .sammel import SammelAdmin

LageFilter = auswahl_filter(
    "Status heute",
    "lage",
    {lage.value: (lage.label, Q(lage=lage.value)) for lage in Lage},
)
FehltFilter = fehlt_filter(
    {
        "Schwerpunkt": Q(zuordnungen=None),
        "Querschnittsthema": Q(querschnittszuordnungen=None),
        "Tranche": Q(tranche=None),
        "Stand": Q(lage=Lage.OHNE_STAND),
        "Stelle": ~(
            Q(verantwortungen__stelle__isnull=False)
            | Q(verantwortungen__person__besetzungen__isnull=False)
        ),
        "Ort mit Stadtbezirk": ~Q(orte__stadtbezirk__gt=""),
        "Projektziel": Q(projektziele=None),
        "Veröffentlichung": Q(veroeffentlicht_am=None),
    }
)
MONATE = settings.MONATE_OHNE_EINTRAG
ZeitFilter = auswahl_filter(
    "Zeit",
    "zeit",
    {
        "verstrichen": (
            "geplantes Ende verstrichen",
            lambda kas: kas.ueber_ihr_ende(stichtag.heute()),
        ),
        "still": (
            f"seit {MONATE} Monaten ohne Eintrag",
            lambda kas: kas.ohne_eintrag_seit(monate_vorher(stichtag.heute(), MONATE)),
        ),
    },
)


class KernaktivitaetForm(RegelForm):
    def clean_veroeffentlicht_am(self) -> date | None:
        """A day to come would publish at once: what is public does not depend on the day."""
        tag = self.cleaned_data["veroeffentlicht_am"]
        if tag and tag > stichtag.heute():
            raise ValidationError("Der Tag der Veröffentlichung liegt nicht in der Zukunft.")
        return tag


def _ist_veroeffentlicht(ka: Kernaktivitaet) -> bool:
    """Whether it came so from the database: a form that is wrong writes into the row, too."""
    if not hasattr(ka, "_veroeffentlicht"):
        ka._veroeffentlicht = ka.veroeffentlicht_am is not None
    return ka._veroeffentlicht


@admin.register(Kernaktivitaet)
class KernaktivitaetAdmin(MappenAdmin, SammelAdmin, PortalAdmin):
    form = KernaktivitaetForm
    oeffentlich_nie_loeschen = (
        "Eine öffentliche Kernaktivität wird nicht gelöscht: Vielleicht verweisen andere auf ihre "
        "Seite. Ist sie beendet, melden Sie den Status. War der Ratsbeschluss falsch eingetragen, "
        "der sie öffentlich gemacht hat, nehmen Sie ihn zurück („Zurücknehmen …“)."
    )
    inlines = INLINES
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "kompetenz",
                    "nr",
                    "titel",
                    "slug",
                    "lage_heute",
                    "veroeffentlicht_am",
                    "quelle",
                )
            },
        ),
        ("Tranche", {"fields": ("tranche", "tranche_quelle")}),
    )
    readonly_fields = ("lage_heute",)
    list_display = (
        "titel",
        "nummer",
        "kompetenz",
        "status_heute",
        "schwerpunkte_text",
        "stellen_text",
        "oeffentlich",
    )
    list_filter = (
        LageFilter,
        FehltFilter,
        ZeitFilter,
        ("kompetenz", admin.RelatedOnlyFieldListFilter),
        "tranche",
        "querschnittsthemen",
    )
    search_fields = ("titel", "bezeichnungen__text", "kennung", "slug")
    search_help_text = "Sucht im Titel, in weiteren Bezeichnungen und in der Adresse."
    hilfen: ClassVar = {
        "nr": "Innerhalb der Kompetenz, zum Beispiel 7.",
        "slug": "Teil der Internetadresse, zum Beispiel „haus-des-wissens“. Wird sie geändert, "
        "führt die alte weiter hierher.",
        "veroeffentlicht_am": "Leer: vorgeschlagen oder in Vorbereitung, außerhalb der Verwaltung "
        "unsichtbar. Einmal gesichert, bleibt der Tag stehen. In Vorbereitung kommt die "
        "Kernaktivität nur zurück, wenn der Ratsbeschluss zurückgenommen wird, der sie öffentlich "
        "gemacht hat.",
    }

    def get_queryset(self, request):
        """With how each stands today, its Schwerpunkte and who answers for it."""
        stellen = Prefetch(
            "verantwortungen", Verantwortung.objects.mit_aemtern(), to_attr="zustaendig"
        )
        zeilen = super().get_queryset(request).zum(stichtag.heute())
        return zeilen.prefetch_related("zuordnungen__schwerpunkt", stellen)

    def get_readonly_fields(self, request, obj=None):
        """What is public stays so: its day is only shown."""
        felder = super().get_readonly_fields(request, obj)
        return (*felder, "veroeffentlicht_am") if obj and _ist_veroeffentlicht(obj) else felder

    def bleibende_spalten(self, zeile):
        return (*super().bleibende_spalten(zeile), "veroeffentlicht_am")

    def view_on_site(self, ka: Kernaktivitaet) -> str | None:
        return ka.get_absolute_url() if ka.veroeffentlicht_am else None

    @admin.display(description="Nr.", ordering="nr")
    def nummer(self, ka: Kernaktivitaet) -> int:
        """With a short head: the list just fits."""
        return ka.nr

    @admin.display(description="öffentlich", ordering="veroeffentlicht_am", boolean=True)
    def oeffentlich(self, ka: Kernaktivitaet) -> bool:
        return ka.veroeffentlicht_am is not None

    @admin.display(description="Status heute", ordering="lage")
    def status_heute(self, ka: Kernaktivitaet) -> str:
        return ka.lagebild.wort

    @admin.display(description="Status heute")
    def lage_heute(self, ka: Kernaktivitaet) -> str:
        """How it stands, and the way to a new statement."""
        if ka.pk is None:
            return "Einen Status melden Sie nach dem Speichern."
        zeile = Kernaktivitaet.objects.zum(stichtag.heute()).get(pk=ka.pk)
        return format_html(
            '{} · <a href="{}?kernaktivitaet={}">Status melden</a>',
            zeile.lagebild.satz,
            reverse("admin:kernaktivitaeten_statusmeldung_add"),
            ka.pk,
        )

    @admin.display(description="Schwerpunkte")
    def schwerpunkte_text(self, ka: Kernaktivitaet) -> str:
        return ", ".join(zuordnung.schwerpunkt.titel for zuordnung in ka.zuordnungen.all())

    @admin.display(description="Zuständig")
    def stellen_text(self, ka: Kernaktivitaet) -> str:
        wer = [v.amt or v.oeffentlicher_name or "Person ohne Amt" for v in ka.zustaendig]
        return ", ".join(dict.fromkeys(wer))
