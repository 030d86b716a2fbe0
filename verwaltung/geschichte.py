"""The history of a row in the administration: readable, and every version can be taken up again."""

from datetime import date, datetime
from decimal import Decimal

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import template_localtime
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import DeletedObject
from simple_history.template_utils import HistoricalRecordContextHelper

from grundlage.datenstand import AUSGANGSSTAND, bringe_zurueck, letzter_stand, schreibsperre

from .felder import Zahlenfeld
from .regeln import Regelstand, Regelverstoss, feldsaetze

LEER = "leer"
# Who began a row, and whether it is released or taken back, does not change with an old version.
BLEIBT = ("entwurf", "erfasst_von", "zurueckgenommen_am", "ruecknahme_grund")


def lesbar(feld: models.Field, wert) -> str:
    """A value of ``feld`` as people read it."""
    if isinstance(wert, DeletedObject):
        if wert.pk is None:
            return LEER
        return f"{wert.model._meta.verbose_name}, inzwischen gelöscht"
    if wert in (None, ""):
        return LEER
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, datetime):
        return zeitpunkt(wert)
    if isinstance(wert, date):
        return date_format(wert, "d.m.Y")
    if isinstance(wert, Decimal):
        return Zahlenfeld().prepare_value(wert)
    return str(dict(feld.flatchoices).get(wert, wert))


class Aenderungen(HistoricalRecordContextHelper):
    """The changes of one version: name of the field, old and new value, in German."""

    def stringify_delta_change_values(self, change, old, new) -> tuple[str, str]:
        feld = self.model._meta.get_field(change.field)
        return lesbar(feld, old), lesbar(feld, new)


class GeschichteAdmin(SimpleHistoryAdmin):
    """History view and restoring through the same way as saving."""

    object_history_template = "admin/verlauf.html"
    object_history_list_template = "admin/_verlauf.html"
    history_list_per_page = 50

    def get_historical_record_context_helper(self, request, historical_record):
        return Aenderungen(self.model, historical_record)

    def history_view(self, request, object_id, extra_context=None):
        geloeschte = self._geloeschte(request, _nummer(object_id))
        mehr = {"ausgangsstand": AUSGANGSSTAND, "geloeschte": geloeschte} | (extra_context or {})
        return super().history_view(request, object_id, mehr)

    def _geloeschte(self, request: HttpRequest, pk: int) -> list[dict]:
        """The rows that once stood below the form of this row and are gone, newest first."""
        alle = {}  # by address: the last of several deletions
        for klasse in self.inlines:
            verwaltung = self.admin_site._registry.get(klasse.model)
            if verwaltung is None or not verwaltung.has_view_permission(request):
                continue
            bezug = klasse(self.model, self.admin_site).get_formset(request).fk.attname
            da = klasse.model._base_manager.values("pk")
            weg = klasse.model.geschichte.filter(history_type="-", **{bezug: pk})
            for fassung in weg.exclude(id__in=da).order_by("history_id"):
                name = name_der_zeile(klasse.model, fassung.instance)
                adresse = verwaltung._adresse("history", fassung.id)
                alle[adresse] = {"adresse": adresse, "name": name, "fassung": fassung}
        return sorted(alle.values(), key=lambda z: z["fassung"].history_date, reverse=True)

    def history_view_title(self, request, obj) -> str:
        return f"Verlauf: {obj}"

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """One version beside the present row; POST takes it up again."""
        fassungen = self.model.geschichte.select_related("history_user")
        fassung = get_object_or_404(
            fassungen, id=_nummer(object_id), history_id=_nummer(version_id)
        )
        fehler: list[str] = []
        if request.method == "POST":
            try:
                return self._stelle_wieder_her(request, fassung)
            except ValidationError as verstoss:
                fehler = list(feldsaetze(self.model, verstoss))
            except Regelverstoss as verstoss:
                fehler = list(verstoss.args)
        jetzt = self.model._base_manager.filter(pk=fassung.id).first()
        if not self.has_view_permission(request, jetzt or fassung.instance):
            raise PermissionDenied
        return self._zeige_fassung(request, fassung, jetzt, fehler)

    def _darf_wiederherstellen(self, request: HttpRequest, jetzt, frueher) -> bool:
        """Who takes up a deleted row makes it anew."""
        if jetzt is None and not self.has_add_permission(request):
            return False
        return self.has_change_permission(request, jetzt or frueher)

    def _stelle_wieder_her(self, request: HttpRequest, fassung) -> HttpResponse:
        """Like a save: checked by the same rights and rules."""
        with schreibsperre():
            jetzt = self.model._base_manager.filter(pk=fassung.id).first()
            if not self._darf_wiederherstellen(request, jetzt, fassung.instance):
                raise PermissionDenied
            if satz := self.veraltet(request, fassung.id, jetzt):
                raise Regelverstoss(satz)
            regelstand = Regelstand(filter(None, (jetzt, fassung.instance)))
            bleibt = self.bleibende_spalten(jetzt or letzter_stand(fassung))
            felder = [feld for feld in fassung.tracked_fields if feld.name not in bleibt]
            zeile = bringe_zurueck(fassung, jetzt, felder)
            if not self.has_change_permission(request, zeile):
                raise PermissionDenied
            zeile.full_clean()
            zeile._change_reason = f"Wiederhergestellt: Fassung vom {wann(fassung)}"
            self.save_model(request, zeile, None, change=jetzt is not None)
            regelstand.pruefe([zeile])
            self.log_change(request, zeile, "Frühere Fassung wiederhergestellt.")
        satz = f"Die Fassung vom {wann(fassung)} von „{zeile}“ wurde wiederhergestellt."
        messages.success(request, satz)
        return redirect(self._adresse("change", zeile.pk))

    def bleibende_spalten(self, zeile: models.Model) -> tuple[str, ...]:
        """The columns of ``zeile`` that an old version does not bring back."""
        return BLEIBT

    def _zeige_fassung(self, request, fassung, jetzt, fehler: list[str]) -> HttpResponse:
        spalten = [feld for feld in fassung.tracked_fields if not feld.primary_key]
        bleibt = self.bleibende_spalten(jetzt) if jetzt else ()
        zeilen = []
        for feld in spalten:
            alt = lesbar(feld, wert(fassung, feld))
            neu = lesbar(feld, wert(jetzt, feld)) if jetzt else "gelöscht"
            zeile = {"feld": capfirst(feld.verbose_name), "alt": alt, "neu": neu}
            zeilen.append(zeile | {"anders": alt != neu, "bleibt": feld.name in bleibt})
        context = self.admin_site.each_context(request) | {
            "title": f"Frühere Fassung: {jetzt or fassung.history_object}",
            "opts": self.model._meta,
            "fassung": fassung,
            "jetzt": jetzt,
            "stand": self.stand_der_zeile(fassung.id, jetzt),
            "zeilen": zeilen,
            "fehler": fehler,
            "darf": self._darf_wiederherstellen(request, jetzt, fassung.instance),
            "adresse": self._adresse("change", fassung.id) if jetzt else "",
            "verlauf": self._adresse("history", fassung.id),
            "liste": self._adresse("changelist"),
        }
        return render(request, "admin/fassung.html", context)

    def _adresse(self, seite: str, *args) -> str:
        opts = self.model._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_{seite}", args=args)

    def response_delete(self, request, obj_display, obj_id):
        """Says where the deleted row can be taken up again."""
        messages.info(
            request,
            format_html(
                '<a href="{}">Verlauf ansehen und wiederherstellen</a>',
                self._adresse("history", obj_id),
            ),
        )
        return super().response_delete(request, obj_display, obj_id)


def _nummer(text: str) -> int:
    """The key in an address; raises ``Http404`` for what is none."""
    text = unquote(text)
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def zeitpunkt(wann: datetime) -> str:
    """Day and time of day where the portal is."""
    return f"{date_format(template_localtime(wann), 'd.m.Y, H:i')} Uhr"


def wann(fassung) -> str:
    return zeitpunkt(fassung.history_date)


def name_der_zeile(modell: type[models.Model], zeile: models.Model | None) -> str:
    """Kind and name of a row; the kind alone for a new one, or when what names it is gone."""
    art = modell._meta.verbose_name
    try:
        return f"{art} „{zeile}“" if zeile else f"{art}, neu"
    except ObjectDoesNotExist:
        return art


def wert(zeile, feld: models.Field):
    """The value of a column; of a relation the row, or that it is gone."""
    roh = getattr(zeile, feld.attname)
    if roh is None or feld.remote_field is None:
        return roh
    ziel = feld.related_model._base_manager.filter(pk=roh).first()
    return ziel or DeletedObject(feld.related_model, roh)
