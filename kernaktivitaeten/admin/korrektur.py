"""Which statement can be corrected in one step, where, and with which values it begins."""

from django.contrib.auth.models import AbstractUser
from django.urls import reverse

from bochum_strategie import stichtag
from bochum_strategie.verwaltung import beginnt_als_entwurf

from ..models import Statusmeldung


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
    felder = ("kernaktivitaet", "status", "bezug", "text", "quelle", "beschluss", "abgeleitet")
    werte = {name: getattr(meldung, name) for name in (*felder, "interne_notiz")}
    werte = {name: getattr(wert, "pk", wert) for name, wert in werte.items()}
    vorgeschlagen = min(meldung.zeit.bis, stichtag.heute()) == meldung.zaehlt_ab
    tag = "" if vorgeschlagen else meldung.zaehlt_ab
    return werte | {"zeit": meldung.zeit, "zaehlt_ab": tag}
