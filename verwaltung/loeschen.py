"""Deleting in the administration: one by one, only what may go, and with a reason.

What is deleted stays in the history, with who deleted it, when and why, and can be taken up again.
Only a draft, which has never been public, goes without a reason.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect

from grundlage.datenstand import schreibsperre
from zielsystem.rules import ist_entwurf

from .regeln import Regelstand, Regelverstoss

GRUND, LAENGE = "_loeschgrund", 100  # the length of the column in the history
GRUND_FEHLT = "Bitte nennen Sie den Grund. Er steht im Verlauf."
GRUND_ZU_LANG = f"Der Grund hat höchstens {LAENGE} Zeichen."


def _grund(daten) -> str:
    return daten.get(GRUND, "").strip()


def _einwand(grund: str) -> str:
    """What is wrong with the reason; empty when nothing is."""
    return GRUND_ZU_LANG if len(grund) > LAENGE else "" if grund else GRUND_FEHLT


class MitGrund(BaseInlineFormSet):
    """Rows below a form: who ticks one to be deleted gives the reason, once for all of them."""

    einwand = ""

    def clean(self) -> None:
        super().clean()
        weg = [form.instance for form in self.initial_forms if self._should_delete_form(form)]
        if not all(map(ist_entwurf, weg)):
            self.einwand = _einwand(_grund(self.data))
        if self.einwand:
            raise ValidationError(f"Zum Löschen: {self.einwand}")

    def delete_existing(self, obj, commit=True) -> None:
        obj._change_reason = _grund(self.data)[:LAENGE] or None
        super().delete_existing(obj, commit)


class NurEntbehrliches:
    """Keeps what other rows refer to, what a rule needs, and what is part of the record."""

    # Why rows of this model are never deleted; empty when they may be.
    nie_loeschen = ""
    # The same for those that a reader may see; the others are in preparation and may go.
    oeffentlich_nie_loeschen = ""

    def delete_view(self, request, object_id, extra_context=None):
        """Deletes on trial: what others need by a rule stays, with the sentence of the rule."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        try:
            with schreibsperre():
                if hindernis := self._hindernis(request, object_id):
                    request.POST = QueryDict()  # asks again
                    extra_context = hindernis | (extra_context or {})
                antwort = super().delete_view(request, object_id, extra_context)
                if antwort.status_code == 200:  # it asks, and has written nothing
                    transaction.set_rollback(True)
                return antwort
        except Regelverstoss as verstoss:
            for satz in verstoss.args:
                messages.error(request, satz)
            return redirect(self._adresse("change", object_id))

    def _hindernis(self, request: HttpRequest, object_id: str) -> dict[str, str]:
        """What the confirmation must say before it is asked for again; empty when nothing."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_delete_permission(request, obj):
            return {}  # Django refuses it
        grund = _grund(request.POST)
        saetze = {
            "veraltet": self.veraltet(request, obj.pk, obj),
            "einwand": "" if ist_entwurf(obj) else _einwand(grund),
        }
        return saetze | {"grund": grund} if any(saetze.values()) else {}

    def render_delete_form(self, request, context):
        obj = context["object"]
        context["stand"] = self.stand_der_zeile(obj.pk, obj)
        context["verlauf"] = self._adresse("history", obj.pk)
        context["grund_noetig"] = not ist_entwurf(obj)
        context["zurueck"] = self._adresse("change", obj.pk)
        return super().render_delete_form(request, context)

    def delete_model(self, request, obj) -> None:
        regelstand = Regelstand([obj])
        obj._change_reason = _grund(request.POST)[:LAENGE] or None
        for zeile in _mitgeloeschte(obj):
            zeile._change_reason = obj._change_reason
            zeile.delete()
        super().delete_model(request, obj)
        regelstand.pruefe(())

    def has_delete_permission(self, request, obj=None) -> bool:
        """Not what other rows refer to, and not what is part of the record."""
        darf = super().has_delete_permission(request, obj)
        if obj is None:
            return darf and not self.nie_loeschen
        return darf and not self._bleibt(obj)

    def zum_loeschen(self, request: HttpRequest, obj: models.Model, gruppen) -> dict[str, Any]:
        """For the page: what may go, and the reason that was typed."""
        return {
            "nicht_loeschbar": self._bleibt(obj),
            "zeilen_loeschbar": any(g.can_delete and g.initial_forms for g in gruppen),
            "einwand": next((g.einwand for g in gruppen if g.einwand), ""),
            "grund": _grund(request.POST),
        }

    def _bleibt(self, obj: models.Model) -> str:
        """The sentence why ``obj`` stays, empty if it may go; a draft has never been public."""
        if not ist_entwurf(obj) and self.nie_loeschen:
            return self.nie_loeschen
        gleiche = self.model.objects.filter(pk=obj.pk)
        if self.oeffentlich_nie_loeschen and gleiche.oeffentlich().exists():
            return self.oeffentlich_nie_loeschen
        if not hasattr(obj, "_verweise"):
            obj._verweise = _verweise(obj)
        return obj._verweise


def _mitgeloeschte(obj: models.Model) -> Iterator[models.Model]:
    """The rows that go with ``obj``."""
    for beziehung in obj._meta.related_objects:
        if beziehung.on_delete is models.CASCADE:
            yield from beziehung.related_model._base_manager.filter(**{beziehung.field.name: obj})


def _verweise(obj: models.Model) -> str:
    """The sentence that other rows refer to ``obj``; empty when none does."""
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
