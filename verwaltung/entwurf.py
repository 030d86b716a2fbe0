"""The administration of statements that may be drafts: to see, to filter, to release them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest

from grundlage.datenstand import erhoehe_datenstand

from .basis import PortalAdmin
from .rechte import einwand_gegen_freigabe, freigabe
from .regeln import Regelverstoss

FREIGEGEBEN = "Freigegeben"


class EntwurfAdmin(PortalAdmin):
    """For models of ``MitEntwurf``."""

    actions = ("gib_frei",)

    def has_freigabe_permission(self, request: HttpRequest) -> bool:
        darf = not einwand_gegen_freigabe(request.user)
        return darf and self.has_change_permission(request)

    # ── The list ─────────────────────────────────────────────────────────────────────────────

    def get_list_filter(self, request):
        return ("entwurf", *super().get_list_filter(request))

    def get_list_display(self, request):
        return (*super().get_list_display(request), "freigabe")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("erfasst_von")

    @admin.display(description="Freigabe", ordering="entwurf")
    def freigabe(self, zeile) -> str:
        return freigabe(zeile)

    @admin.action(description="Ausgewählte Entwürfe freigeben", permissions=["freigabe"])
    def gib_frei(self, request: HttpRequest, queryset) -> None:
        """Releases all chosen drafts, or none of them and says why."""
        try:
            with transaction.atomic():
                erhoehe_datenstand()  # the lock: from here nobody else writes
                zeilen = list(self.model.objects.entwuerfe().filter(pk__in=queryset.values("pk")))
                self._gib_alle_frei(request, zeilen)
        except Regelverstoss as verstoss:
            for satz in verstoss.args:
                self.message_user(request, f"Nichts freigegeben. {satz}", messages.ERROR)
        else:
            wort = "Entwurf ist" if len(zeilen) == 1 else "Entwürfe sind"
            self.message_user(request, f"{len(zeilen)} {wort} freigegeben und jetzt öffentlich.")

    def _gib_alle_frei(self, request: HttpRequest, zeilen: list[models.Model]) -> None:
        """Raises ``Regelverstoss`` when a rule, or the second pair of eyes, is missing."""
        for zeile in zeilen:
            if einwand := einwand_gegen_freigabe(request.user, zeile):
                raise Regelverstoss.mit_satz(f"{einwand}: „{zeile}“.")
            zeile.entwurf = False
            zeile._change_reason = FREIGEGEBEN
            zeile.save()
            self.log_change(request, zeile, FREIGEGEBEN)
        self.pruefe_regeln({}, zeilen)

    # ── The form ─────────────────────────────────────────────────────────────────────────────

    def save_model(self, request, obj, form, change) -> None:
        """Releases in the same breath when that was asked for; the rules are checked after."""
        if obj.entwurf and "_freigeben" in request.POST:
            self._gib_frei_beim_sichern(request, obj, form)
        super().save_model(request, obj, form, change)

    def _gib_frei_beim_sichern(self, request, obj, form) -> None:
        if not self.has_freigabe_permission(request):
            raise PermissionDenied
        schreibt = bool(form.changed_data)
        if einwand := einwand_gegen_freigabe(request.user, obj, schreibt=schreibt):
            satz = f"Gesichert, aber nicht freigegeben. {einwand}."
            self.message_user(request, satz, messages.WARNING)
            return
        obj.entwurf = False
        obj._change_reason = FREIGEGEBEN
        request.sicherung.freigegeben = True

    def response_change(self, request, obj):
        if request.sicherung.freigegeben:
            self.message_user(request, "Der Entwurf ist freigegeben und jetzt öffentlich.")
        return super().response_change(request, obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.entwurf:
            context["entwurf"] = f"{self.freigabe(obj)}: noch nicht öffentlich."
            darf = self.has_freigabe_permission(request)
            einwand = einwand_gegen_freigabe(request.user, obj) if darf else ""
            context["entwurf"] += f" {einwand}." if einwand else ""
            context["darf_freigeben"] = darf and not einwand
        return super().render_change_form(request, context, add, change, form_url, obj)
