"""The goal system in the administration."""

from typing import ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from kernaktivitaeten.models import Kernaktivitaet
from zielsystem.models import (
    Ebene,
    Quelle,
    Querschnittsthema,
    StrategischesZiel,
    Wesenskernteil,
    Zielelement,
)
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT

from .basis import PortalAdmin, PortalInline
from .felder import auswahl_filter, fehlt_filter
from .formular import RegelForm, ZeitRegelForm


def mit_zu_vielen_kernaktivitaeten(knoten: QuerySet) -> QuerySet:
    """Those with more than a Schwerpunkt is meant to have; ``zahl`` says how many."""
    return knoten.annotate(zahl=Count("zuordnungen")).filter(
        zahl__gt=SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT
    )


@admin.register(Quelle)
class QuelleAdmin(PortalAdmin):
    form = ZeitRegelForm
    fields = ("titel", "art", "adresse", "zeit")
    list_display = ("titel", "art", "stand", "adresse")
    list_filter = ("art", fehlt_filter({"Adresse": Q(adresse=""), "Stand": Q(genauigkeit="")}))
    search_fields = ("titel", "adresse", "kennung")
    hilfen: ClassVar = {
        "titel": "Zum Beispiel „Bochum Strategie 2.0, Präsentation“.",
        "adresse": "Zum Beispiel https://www.bochum.de/… Leer, wenn sie nicht im Netz steht.",
    }

    @admin.display(description="Stand", ordering="datum_bis")
    def stand(self, quelle: Quelle) -> str:
        return quelle.zeit.kurz if quelle.zeit else ""


class StrategischesZielInline(PortalInline):
    model = StrategischesZiel


class WesenskernteilInline(PortalInline):
    model = Wesenskernteil


class ZielelementForm(RegelForm):
    """The parent is chosen from those that may have children."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "eltern" in self.fields:
            moeglich = self.fields["eltern"].queryset
            self.fields["eltern"].queryset = moeglich.filter(ebene__lt=Ebene.SCHWERPUNKT)

    def clean_eltern(self) -> Zielelement | None:
        """The depth of a stored node stays."""
        eltern, knoten = self.cleaned_data["eltern"], self.instance
        if knoten.pk and eltern and eltern.ebene + 1 != knoten.ebene:
            raise ValidationError(
                f"Hier steht ein Element der Ebene „{knoten.get_ebene_display()}“. Das bleibt es; "
                "wählen Sie einen Platz auf derselben Ebene."
            )
        return eltern


@admin.register(Zielelement)
class ZielelementAdmin(PortalAdmin):
    """The tree, indented by level, with the Kernaktivitäten below their node."""

    form = ZielelementForm
    list_display = ("element", "ebene", "reihenfolge")
    list_display_links = None
    list_filter = (
        "ebene",
        fehlt_filter({"Beschreibung": Q(beschreibung="")}),
        auswahl_filter(
            "Prüfen",
            "pruefen",
            {
                "zuviel": (
                    f"mehr als {SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT} Kernaktivitäten",
                    mit_zu_vielen_kernaktivitaeten,
                )
            },
        ),
    )
    list_per_page = 200
    ordering = ("tree_id", "lft")
    sortable_by = ()
    search_fields = ("titel", "kurztitel", "kennung")
    hilfen: ClassVar = {
        "reihenfolge": "Platz unter den Geschwistern: 1, 2, 3 … Kleinere stehen zuerst."
    }

    def get_queryset(self, request):
        """With the Kernaktivitäten of every node, each by one more query."""
        eigene = Prefetch(
            "kernaktivitaeten",
            Kernaktivitaet.objects.filter(zuordnungen=None).order_by("nr"),
            to_attr="ohne_schwerpunkt",
        )
        return super().get_queryset(request).prefetch_related(eigene, "zuordnungen__kernaktivitaet")

    def get_inlines(self, request, obj):
        inlines = {
            Ebene.WESENSKERN: (WesenskernteilInline,),
            Ebene.KOMPETENZ: (StrategischesZielInline,),
        }
        return inlines.get(obj.ebene, ()) if obj else ()

    @admin.display(description="Element")
    def element(self, knoten: Zielelement) -> str:
        """The node as a link, below it its Kernaktivitäten."""
        adresse = reverse("admin:zielsystem_zielelement_change", args=(knoten.pk,))
        zeile = format_html('<a href="{}">{}</a>', adresse, knoten.titel)
        return format_html(
            '<div class="baum baum-{}">{}{}</div>', knoten.ebene, zeile, _kernaktivitaeten(knoten)
        )


def _kernaktivitaeten(knoten: Zielelement) -> str:
    """The Kernaktivitäten of a Schwerpunkt, or those of a Kompetenz without one, to unfold."""
    zugeordnet = [zuordnung.kernaktivitaet for zuordnung in knoten.zuordnungen.all()]
    alle = zugeordnet or knoten.ohne_schwerpunkt
    if not alle:
        return ""
    wort = "Kernaktivität" if len(alle) == 1 else "Kernaktivitäten"
    zusatz = "" if zugeordnet else " noch ohne Schwerpunkt"
    zeilen = format_html_join(
        "",
        '<li><a href="{}">{} {}</a></li>',
        (
            (reverse("admin:kernaktivitaeten_kernaktivitaet_change", args=(ka.pk,)), ka.nr, ka)
            for ka in alle
        ),
    )
    return format_html(
        "<details><summary>{} {}{}</summary><ul>{}</ul></details>", len(alle), wort, zusatz, zeilen
    )


@admin.register(Wesenskernteil)
class WesenskernteilAdmin(PortalAdmin):
    list_display = ("name", "lesart", "reihenfolge")
    search_fields = ("name", "lesart")


@admin.register(StrategischesZiel)
class StrategischesZielAdmin(PortalAdmin):
    list_display = ("langfassung", "kurzfassung", "kompetenz", "reihenfolge")
    list_filter = (("kompetenz", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("langfassung", "kurzfassung", "kompetenz__titel")


@admin.register(Querschnittsthema)
class QuerschnittsthemaAdmin(PortalAdmin):
    fields = ("titel", "slug", "reihenfolge", "quelle")
    list_display = ("titel", "reihenfolge")
    search_fields = ("titel", "kennung")
