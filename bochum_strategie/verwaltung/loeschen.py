"""Deleting in the administration: one by one, and only what may go."""

from collections import defaultdict

from django.contrib import messages
from django.db import models, transaction
from django.shortcuts import redirect

from .rechte import ist_entwurf
from .regeln import Regelverstoss


class NurEntbehrliches:
    """Keeps what other rows refer to, what a rule needs, and what is part of the record."""

    # Why rows of this model are never deleted; empty when they may be.
    nie_loeschen = ""

    def delete_view(self, request, object_id, extra_context=None):
        """Deletes on trial: what others need by a rule stays, with the sentence of the rule."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        try:
            with transaction.atomic():
                return super().delete_view(request, object_id, extra_context)
        except Regelverstoss as verstoss:
            for satz in verstoss.args:
                messages.error(request, satz)
            return redirect(self._adresse("change", object_id))

    def delete_model(self, request, obj) -> None:
        vorher = self.betroffen_vorher(obj)
        super().delete_model(request, obj)
        self.pruefe_regeln(vorher, ())

    def has_delete_permission(self, request, obj=None) -> bool:
        """Not what other rows refer to, and not what is part of the record."""
        darf = super().has_delete_permission(request, obj)
        if obj is None:
            return darf and not self.nie_loeschen
        return darf and not self._bleibt(obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["nicht_loeschbar"] = self._bleibt(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _bleibt(self, obj: models.Model) -> str:
        """The sentence why ``obj`` stays; a draft has never been public and may go."""
        return (not ist_entwurf(obj) and self.nie_loeschen) or self._festgehalten(obj)

    def _festgehalten(self, obj: models.Model) -> str:
        """The sentence why ``obj`` cannot be deleted; empty when nothing refers to it."""
        if not hasattr(obj, "_festgehalten"):
            obj._festgehalten = _verweise(obj)
        return obj._festgehalten


def _verweise(obj: models.Model) -> str:
    anzahl: defaultdict[str, int] = defaultdict(int)
    for beziehung in obj._meta.related_objects:
        if beziehung.on_delete is models.PROTECT:
            opts = beziehung.related_model._meta
            zeilen = beziehung.related_model._base_manager.filter(**{beziehung.field.name: obj})
            anzahl[opts.verbose_name_plural] += zeilen.count()
    teile = [f"{name} ({zahl})" for name, zahl in anzahl.items() if zahl]
    if not teile:
        return ""
    return f"Kann nicht gelöscht werden, denn darauf verweisen: {', '.join(teile)}."
