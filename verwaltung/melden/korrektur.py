"""Correcting a statement in one step: which one, where, with which values, and what happens."""

from django.contrib.auth.models import AbstractUser
from django.forms import ModelForm
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grundlage import stichtag
from kernaktivitaeten.models import Statusmeldung

from ..abgleich import Abgleich, Gruppe, aenderungen_von
from ..gleichzeitig import OHNE_STAND, VERALTET, Gleichzeitig, aus_zeile
from ..rechte import einwand_gegen_freigabe


def nicht_korrigierbar(user: AbstractUser, meldung: Statusmeldung) -> str:
    """Why a statement is not corrected in one step; empty when it is."""
    if meldung.entwurf:
        return "Ein Entwurf ist noch nicht öffentlich. Ändern Sie ihn einfach."
    if meldung.zurueckgezogen_am:
        return "Diese Meldung ist schon zurückgezogen und wird nicht noch einmal korrigiert."
    if einwand := einwand_gegen_freigabe(user, schreibt=True):
        return (
            f"{einwand}. Melden Sie die richtige Angabe neu. Wenn sie freigegeben ist, ziehen Sie "
            "diese Meldung zurück und nennen die neue bei „ersetzt durch“."
        )
    return ""


def korrigieren_adresse(user: AbstractUser, meldung: Statusmeldung) -> str:
    """Where it is corrected; empty when that is not possible."""
    if nicht_korrigierbar(user, meldung):
        return ""
    return reverse("admin:kernaktivitaeten_statusmeldung_korrigieren", args=(meldung.pk,))


def hinweis(user: AbstractUser, meldung: Statusmeldung) -> SafeString:
    """Why these fields are only shown, and the way to change what they say."""
    satz = "Freigegeben: Was hier nur zu lesen ist, ändert allein eine Korrektur."
    if adresse := korrigieren_adresse(user, meldung):
        weg = 'War es falsch: <a href="{}">Korrigieren</a>. Beide Fassungen bleiben sichtbar.'
        return format_html(f"{{}} {weg}", satz, adresse)
    return format_html("{} {}", satz, nicht_korrigierbar(user, meldung))


def werte(meldung: Statusmeldung) -> dict:
    """What the form shows of the statement that it replaces."""
    felder = ("kernaktivitaet", "status", "bezug", "text", "nachfolger", "nachfolge_text")
    felder += ("quelle", "beschluss", "abgeleitet", "interne_notiz")
    werte = {name: getattr(meldung, name) for name in felder}
    werte = {name: getattr(wert, "pk", wert) for name, wert in werte.items()}
    vorgeschlagen = min(meldung.zeit.bis, stichtag.heute()) == meldung.zaehlt_ab
    tag = "" if vorgeschlagen else meldung.zaehlt_ab
    return werte | {"zeit": meldung.zeit, "zaehlt_ab": tag}


def vergleiche(
    verwaltung: Gleichzeitig, request: HttpRequest, alte: Statusmeldung, klasse: type[ModelForm]
) -> tuple[QueryDict, dict | None]:
    """What was typed, and what differs in ``alte`` from what was read for it (else ``None``).

    To be asked behind the lock, of ``alte`` as it is stored now. Where nothing was typed, the
    input takes over what is stored; ``klasse`` is the form in which it was typed.
    """
    if not verwaltung.veraltet(request, alte.pk, alte):
        return request.POST, None
    damals = verwaltung._gesendet(request, alte.pk)
    abgleich = Abgleich(request, bekannt=damals is not None)
    frueher = aus_zeile(Statusmeldung, damals[""][str(alte.pk)]) if damals else None
    abgleich.eintrag(klasse, frueher, alte)
    satz = OHNE_STAND
    if damals is not None:
        satz = VERALTET.format(aenderungen_von(abgleich.geaendert, request.user))
    gruppen = list(filter(None, map(_was_anders_ist, abgleich.gruppen)))
    return abgleich.daten, {"satz": satz, "gruppen": gruppen}


def _was_anders_ist(gruppe: Gruppe) -> Gruppe | None:
    """Of what was typed for a new statement, only what is another in the old one by now."""
    felder = [zeile for zeile in gruppe.felder if zeile.anders]
    return Gruppe(gruppe.name, felder) if felder else None


def ersetze(alte: Statusmeldung, neue: Statusmeldung, grund: str) -> None:
    """Withdraws ``alte`` today; ``neue`` stands in its place."""
    alte.zurueckgezogen_am, alte.rueckzug_grund = stichtag.heute(), grund
    alte.ersetzt_durch = neue
    alte._change_reason = "Korrigiert"
    alte.save(update_fields=["zurueckgezogen_am", "rueckzug_grund", "ersetzt_durch"])
