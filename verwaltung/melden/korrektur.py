"""Correcting a statement in one step: which one, where, with which values, and what happens."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from grundlage import stichtag
from kernaktivitaeten.models import Statusmeldung

from ..abgleich import Gruppe
from ..gleichzeitig import FELD, stand_von
from ..rechte import beginnt_als_entwurf


def nicht_korrigierbar(user: AbstractUser, meldung: Statusmeldung) -> str:
    """Why a statement is not corrected in one step; empty when it is."""
    if meldung.entwurf:
        return "Ein Entwurf ist noch nicht öffentlich. Ändern Sie ihn einfach."
    if meldung.zurueckgezogen_am:
        return "Diese Meldung ist schon zurückgezogen und wird nicht noch einmal korrigiert."
    if beginnt_als_entwurf(user):
        return (
            "Vier Augen sind verlangt. Melden Sie die richtige Angabe neu. Wenn sie freigegeben "
            "ist, ziehen Sie diese Meldung zurück und nennen die neue bei „ersetzt durch“."
        )
    return ""


def korrigieren_adresse(user: AbstractUser, meldung: Statusmeldung) -> str:
    """Where it is corrected; empty when that is not possible."""
    if nicht_korrigierbar(user, meldung):
        return ""
    return reverse("admin:kernaktivitaeten_statusmeldung_korrigieren", args=(meldung.pk,))


def werte(meldung: Statusmeldung) -> dict:
    """What the form shows of the statement that it replaces."""
    felder = ("kernaktivitaet", "status", "bezug", "text", "nachfolger", "nachfolge_text")
    felder += ("quelle", "beschluss", "abgeleitet", "interne_notiz")
    werte = {name: getattr(meldung, name) for name in felder}
    werte = {name: getattr(wert, "pk", wert) for name, wert in werte.items()}
    vorgeschlagen = min(meldung.zeit.bis, stichtag.heute()) == meldung.zaehlt_ab
    tag = "" if vorgeschlagen else meldung.zaehlt_ab
    return werte | {"zeit": meldung.zeit, "zaehlt_ab": tag}


class KorrekturAdmin:
    """For the administration of statements: one takes the place of another."""

    def get_urls(self):
        ansicht = self.admin_site.admin_view(self.korrigieren_view)
        name = "kernaktivitaeten_statusmeldung_korrigieren"
        return [path("<path:object_id>/korrigieren/", ansicht, name=name), *super().get_urls()]

    def korrigieren_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The form of a new statement that takes the place of this one."""
        meldung = self.get_object(request, unquote(object_id))
        if meldung is None:
            raise Http404
        if not self.has_change_permission(request, meldung):
            raise PermissionDenied
        if grund := nicht_korrigierbar(request.user, meldung):
            messages.error(request, grund)
            return redirect(self._adresse("change", meldung.pk))
        request.korrigiert = meldung
        return self.changeform_view(request)

    def pruefe_stand(self, request, object_id):
        """Whoever corrects a statement has read it as it stands: compared behind the lock."""
        if object_id is not None:
            return super().pruefe_stand(request, object_id)
        if alte := getattr(request, "korrigiert", None):
            alte.refresh_from_db()
            if self.veraltet(request, alte.pk, alte):
                damals = self._gesendet(request, alte.pk)
                self._lehne_ab(request, alte, (), damals, stand_von(alte))
                gruppen = map(_was_anders_ist, request.abgleich["gruppen"])
                request.abgleich["gruppen"] = list(filter(None, gruppen))
        return None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if alte := getattr(request, "korrigiert", None):
            gesendet = getattr(request, "stand", None) or request.POST.get(FELD)
            context["stand"] = gesendet or self.stand_der_zeile(alte.pk, alte)
            context["abgleich"] = getattr(request, "abgleich", None)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def ersetze(self, request, alte: Statusmeldung, neue: Statusmeldung, grund: str) -> None:
        alte.zurueckgezogen_am, alte.rueckzug_grund = stichtag.heute(), grund
        alte.ersetzt_durch = neue
        alte._change_reason = "Korrigiert"
        alte.save()
        self.log_change(request, alte, "Korrigiert und durch eine neue Meldung ersetzt.")


def _was_anders_ist(gruppe: Gruppe) -> Gruppe | None:
    """Of what was typed for a new statement, only what is another in the old one by now."""
    felder = [zeile for zeile in gruppe.felder if zeile.anders]
    return Gruppe(gruppe.name, felder) if felder else None
