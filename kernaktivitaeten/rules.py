"""Rules that span rows. Each is one small function whose docstring is the sentence people read.

A rule takes one instance, stored or not, and says whether it holds (``True``). The same rules
serve the admin forms, ``pruefe_daten``, the tests and ``/methodik/``. Rules that one row can
decide are database constraints of the models.
"""

from datetime import date

from django.db.models import Q, QuerySet

from zielsystem.models import Ebene
from zielsystem.rules import ADRESSE, Regelwerk

from .models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Messwert,
    Ratsbeschluss,
    Status,
    Statusmeldung,
    Stelle,
    Verantwortung,
    Zuordnung,
)

# Which status may follow which without a Beschluss that re-opens. Every status is named.
WECHSEL = {
    Status.LAUFEND: set(Status),
    Status.UMGESETZT: {Status.UMGESETZT},
    Status.EINGESTELLT: {Status.EINGESTELLT},
    Status.UEBERFUEHRT: {Status.UEBERFUEHRT},
}


def kernaktivitaet_gehoert_zu_einer_kompetenz(ka: Kernaktivitaet) -> bool:
    """Eine Kernaktivität gehört zu genau einer Kompetenz."""
    return ka.kompetenz.ebene == Ebene.KOMPETENZ


def wer_ueberfuehrt_ist_hat_einen_nachfolger(meldung: Statusmeldung) -> bool:
    """Eine überführte Kernaktivität nennt, worin sie aufgegangen ist; ist sie öffentlich, dann \
eine öffentliche Kernaktivität oder in Worten."""
    if meldung.status != Status.UEBERFUEHRT or meldung.zurueckgezogen_am is not None:
        return True
    ka, nachfolger = meldung.kernaktivitaet, meldung.nachfolger
    sichtbar = nachfolger and (nachfolger.veroeffentlicht_am or not ka.veroeffentlicht_am)
    return bool(sichtbar) or meldung.nachfolge_text != ""


def nachfolge_hat_keinen_kreis(meldung: Statusmeldung) -> bool:
    """Keine Kernaktivität geht in sich selbst auf, auch nicht auf Umwegen."""
    if meldung.nachfolger_id is None or meldung.zurueckgezogen_am is not None:
        return True
    gueltige = Statusmeldung.objects.gueltig().exclude(status="")
    ueberfuehrte = gueltige.exclude(nachfolger=None).values("kernaktivitaet")
    andere = gueltige.filter(kernaktivitaet__in=ueberfuehrte).exclude(pk=meldung.pk)
    alle = sorted((*andere, meldung), key=lambda m: (m.zaehlt_ab, m.pk or float("inf")))
    # On every day: who is opened again may later take over what it went into.
    tage = {m.zaehlt_ab for m in alle if m.zaehlt_ab >= meldung.zaehlt_ab}
    return not any(
        _kreist(
            meldung.kernaktivitaet_id,
            {m.kernaktivitaet_id: m.nachfolger_id for m in alle if m.zaehlt_ab <= tag},
        )
        for tag in tage
    )


def _kreist(ka: int, wohin: dict[int, int | None]) -> bool:
    """Whether the way from ``ka`` to its successors comes by one of them again."""
    gesehen, naechste = {ka}, wohin.get(ka)
    while naechste is not None and naechste not in gesehen:
        gesehen.add(naechste)
        naechste = wohin.get(naechste)
    return naechste is not None


def nach_dem_ende_oeffnet_nur_ein_beschluss(meldung: Statusmeldung) -> bool:
    """Nach „umgesetzt“, „eingestellt“ oder „überführt“ folgt ein anderer Status nur mit einem \
Beschluss, der die Kernaktivität oder ihre Tranche betrifft und nicht älter ist als das Ende; \
Neuigkeiten dürfen immer folgen."""
    if not meldung.status or meldung.zurueckgezogen_am is not None:
        return True
    alle = meldung.kernaktivitaet.statusmeldungen.all()
    geltende = (m for m in alle if m.zurueckgezogen_am is None and not m.entwurf)
    andere = [m for m in geltende if m.status and m.pk != meldung.pk]
    davor = max((m for m in andere if _reihe(m) < _reihe(meldung)), key=_reihe, default=None)
    danach = min((m for m in andere if _reihe(m) > _reihe(meldung)), key=_reihe, default=None)
    return _darf_folgen(davor, meldung) and _darf_folgen(meldung, danach)


def _reihe(meldung: Statusmeldung) -> tuple[date, bool, int]:
    """The place among the statements; of one day the newest row comes last."""
    return meldung.zaehlt_ab, meldung.pk is None, meldung.pk or 0


def _darf_folgen(davor: Statusmeldung | None, danach: Statusmeldung | None) -> bool:
    if davor is None or danach is None or danach.status in WECHSEL[Status(davor.status)]:
        return True
    oeffnende = wieder_oeffnende(danach.kernaktivitaet, davor)
    return danach.beschluss_id is not None and oeffnende.filter(pk=danach.beschluss_id).exists()


def wieder_oeffnende(ka: Kernaktivitaet, ende: Statusmeldung) -> QuerySet[Ratsbeschluss]:
    """The Beschlüsse with which another status of ``ka`` may follow on ``ende``."""
    betrifft = Q(wirkungen__kernaktivitaet=ka)
    if ka.tranche_id is not None:
        betrifft |= Q(tranche=ka.tranche_id)
    # As late as the two dates may be: what is known to the year only must not forbid.
    geltende = Ratsbeschluss.objects.filter(zurueckgenommen_am=None, datum_bis__gte=ende.datum_von)
    return geltende.filter(betrifft).distinct()


def meldung_nennt_einen_geltenden_beschluss(meldung: Statusmeldung) -> bool:
    """Eine geltende Meldung nennt keinen Beschluss, dessen Eintrag zurückgenommen wurde."""
    gilt = meldung.zurueckgezogen_am is None
    return not gilt or meldung.beschluss is None or meldung.beschluss.zurueckgenommen_am is None


def ersatz_gehoert_zur_selben_kernaktivitaet(meldung: Statusmeldung) -> bool:
    """Eine zurückgezogene Meldung wird nur durch eine Meldung derselben Kernaktivität ersetzt."""
    ersatz = meldung.ersetzt_durch
    return ersatz is None or ersatz.kernaktivitaet_id == meldung.kernaktivitaet_id


def zuordnung_gilt_einem_schwerpunkt(zuordnung: Zuordnung) -> bool:
    """Eine Kernaktivität wird Schwerpunkten zugeordnet, nicht Kompetenzen."""
    return zuordnung.schwerpunkt.ebene == Ebene.SCHWERPUNKT


def hauptschwerpunkt_liegt_in_der_eigenen_kompetenz(zuordnung: Zuordnung) -> bool:
    """Der Hauptschwerpunkt liegt in der Kompetenz der Kernaktivität."""
    return not zuordnung.primaer or _ist_eigen(zuordnung)


def fremder_schwerpunkt_ist_begruendet(zuordnung: Zuordnung) -> bool:
    """Die Zuordnung zum Schwerpunkt einer anderen Kompetenz ist begründet."""
    return _ist_eigen(zuordnung) or zuordnung.begruendung != ""


def _ist_eigen(zuordnung: Zuordnung) -> bool:
    return zuordnung.schwerpunkt.eltern_id == zuordnung.kernaktivitaet.kompetenz_id


def auftrag_passt_zur_tranche(wirkung: Beschlusswirkung) -> bool:
    """Eine Kernaktivität, die mit einer Tranche beauftragt wurde, gehört zu dieser Tranche."""
    tranche = wirkung.beschluss.tranche_id
    beauftragt = wirkung.wirkung == Beschlusswirkung.Wirkung.BEAUFTRAGT
    return not beauftragt or tranche is None or tranche == wirkung.kernaktivitaet.tranche_id


def wirkung_hat_nur_ein_geltender_beschluss(wirkung: Beschlusswirkung) -> bool:
    """Ein Beschluss, dessen Eintrag zurückgenommen wurde, wirkt auf keine Kernaktivität."""
    return wirkung.beschluss.zurueckgenommen_am is None


def messwert_gehoert_zum_ziel_derselben_kernaktivitaet(messwert: Messwert) -> bool:
    """Ein Messwert gehört zu einem Projektziel derselben Kernaktivität oder zu keinem."""
    ziel = messwert.projektziel
    return ziel is None or ziel.kernaktivitaet_id == messwert.kernaktivitaet_id


def messwert_gehoert_zu_einem_freigegebenen_ziel(messwert: Messwert) -> bool:
    """Ein veröffentlichter Messwert gehört zu einem veröffentlichten Projektziel oder zu keinem."""
    return messwert.projektziel is None or not messwert.projektziel.entwurf


def ersatz_ist_freigegeben(meldung: Statusmeldung) -> bool:
    """Eine zurückgezogene Meldung wird nur durch eine veröffentlichte Meldung ersetzt."""
    return meldung.ersetzt_durch is None or not meldung.ersetzt_durch.entwurf


def kompetenzverantwortung_gilt_einer_kompetenz(verantwortung: Verantwortung) -> bool:
    """Kompetenzverantwortung gilt für eine Kompetenz, jede andere Rolle für eine Kernaktivität."""
    ist_kompetenzrolle = verantwortung.rolle == Verantwortung.Rolle.KOMPETENZ
    if verantwortung.kompetenz is None:
        return not ist_kompetenzrolle
    return ist_kompetenzrolle and verantwortung.kompetenz.ebene == Ebene.KOMPETENZ


REGELN: Regelwerk = {
    Kernaktivitaet: {
        kernaktivitaet_gehoert_zu_einer_kompetenz: ("kompetenz",),
    }
    | ADRESSE,
    Stelle: ADRESSE,
    Ratsbeschluss: ADRESSE,
    Zuordnung: {
        zuordnung_gilt_einem_schwerpunkt: ("schwerpunkt",),
        hauptschwerpunkt_liegt_in_der_eigenen_kompetenz: ("primaer", "kompetenz"),
        fremder_schwerpunkt_ist_begruendet: ("begruendung", "kompetenz"),
    },
    Statusmeldung: {
        nach_dem_ende_oeffnet_nur_ein_beschluss: ("status",),
        wer_ueberfuehrt_ist_hat_einen_nachfolger: ("nachfolger", "status"),
        nachfolge_hat_keinen_kreis: ("nachfolger",),
        meldung_nennt_einen_geltenden_beschluss: ("beschluss",),
        ersatz_gehoert_zur_selben_kernaktivitaet: ("ersetzt_durch",),
        ersatz_ist_freigegeben: ("ersetzt_durch",),
    },
    Beschlusswirkung: {
        auftrag_passt_zur_tranche: ("wirkung", "tranche"),
        wirkung_hat_nur_ein_geltender_beschluss: ("beschluss", "wirkung"),
    },
    Messwert: {
        messwert_gehoert_zum_ziel_derselben_kernaktivitaet: ("projektziel", "kernaktivitaet"),
        messwert_gehoert_zu_einem_freigegebenen_ziel: ("projektziel",),
    },
    Verantwortung: {kompetenzverantwortung_gilt_einer_kompetenz: ("rolle",)},
}
