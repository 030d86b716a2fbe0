"""The Stapel in the administration: what each changed, and taking it back."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from .geschichte import lesbar, wert
from .models import Stapel
from .stapel import NichtRuecknehmbar, Stapelzeile, nimm_zurueck, zeilen

HOECHSTENS_GEZEIGT = 200


class StapelAdmin(admin.ModelAdmin):
    """To read, and to take back as a whole; a Stapel itself is never edited or deleted."""

    list_display = ("titel", "art", "erstellt_am", "erstellt_von", "anzahl", "zurueckgenommen_am")
    list_filter = ("art",)
    list_select_related = ("erstellt_von",)
    list_per_page = 50

    def has_view_permission(self, request, obj=None) -> bool:
        """Everybody sees what is their own."""
        eigener = obj is not None and obj.erstellt_von_id == request.user.pk
        return eigener or super().has_view_permission(request, obj)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description="Einträge")
    def anzahl(self, stapel: Stapel) -> int:
        return len(stapel.zeilen)

    def get_urls(self):
        return [
            path(
                "<int:nummer>/zuruecknehmen/",
                self.admin_site.admin_view(require_POST(self.zuruecknehmen)),
                name="verwaltung_stapel_zuruecknehmen",
            ),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        nummer = int(object_id) if object_id.isdecimal() and len(object_id) < 10 else 0
        stapel = get_object_or_404(Stapel.objects.select_related("erstellt_von"), pk=nummer)
        if not self.has_view_permission(request, stapel):
            raise PermissionDenied
        return self._zeige(request, stapel)

    def zuruecknehmen(self, request, nummer: int) -> HttpResponse:
        stapel = get_object_or_404(Stapel, pk=nummer)
        if not self._darf_zuruecknehmen(request, stapel):
            raise PermissionDenied
        try:
            nimm_zurueck(nummer, request.user)
        except NichtRuecknehmbar as grund:
            return self._zeige(request, stapel, grund.args)
        messages.success(request, f"„{stapel}“ ist als Ganzes zurückgenommen.")
        return redirect("admin:verwaltung_stapel_change", nummer)

    def _darf_zuruecknehmen(self, request: HttpRequest, stapel: Stapel) -> bool:
        """Only who may change all that the Stapel changed."""
        betroffen = {zeile["modell"] for zeile in stapel.zeilen}
        return self.has_view_permission(request, stapel) and all(
            verwaltung.has_change_permission(request)
            for modell, verwaltung in self.admin_site._registry.items()
            if modell._meta.label in betroffen
        )

    def _zeige(self, request, stapel: Stapel, hindernisse=()) -> HttpResponse:
        alle = zeilen(stapel)
        kontext = self.admin_site.each_context(request) | {
            "title": str(stapel),
            "opts": self.opts,
            "stapel": stapel,
            "zeilen": [_lesbar(zeile) for zeile in alle[:HOECHSTENS_GEZEIGT]],
            "weitere": max(0, len(alle) - HOECHSTENS_GEZEIGT),
            "hindernisse": hindernisse[:HOECHSTENS_GEZEIGT],
            "darf": self._darf_zuruecknehmen(request, stapel) and not stapel.zurueckgenommen_am,
            "mit_grund": stapel.art == Stapel.Art.BESCHLUSS,
        }
        return TemplateResponse(request, "admin/stapel.html", kontext)


def _lesbar(zeile: Stapelzeile) -> dict:
    """What the template prints of one row."""
    was = "geändert"
    if zeile.vorher is None or zeile.nachher is None:
        was = "neu" if zeile.vorher is None else "gelöscht"
    return {
        "name": zeile.name,
        "was": was,
        "verlauf": _verlauf(zeile),
        "aenderungen": _aenderungen(zeile) if was == "geändert" else (),
    }


def _verlauf(zeile: Stapelzeile) -> str:
    opts = zeile.modell._meta
    try:
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=(zeile.pk,))
    except NoReverseMatch:
        return ""


def _aenderungen(zeile: Stapelzeile) -> list[tuple[str, str, str]]:
    """Heading, old and new text of every column that differs."""
    return [
        (capfirst(feld.verbose_name), lesbar(feld, wert(zeile.vorher, feld)), neu)
        for feld in zeile.nachher.tracked_fields
        if getattr(zeile.vorher, feld.attname) != getattr(zeile.nachher, feld.attname)
        for neu in [lesbar(feld, wert(zeile.nachher, feld))]
    ]
