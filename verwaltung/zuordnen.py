"""What is assigned to a Kernaktivität, set as a whole or for many at once."""

from dataclasses import dataclass

from grundlage.zeitangabe import Zeitraum
from kernaktivitaeten.models import (
    Kernaktivitaet,
    Querschnittszuordnung,
    Stelle,
    Tranche,
    Verantwortung,
    Zuordnung,
)
from zielsystem.models import Quelle, Querschnittsthema, Zielelement


def schwerpunkte_von(ka: Kernaktivitaet) -> tuple[int | None, list[int]]:
    """The pks of its Hauptschwerpunkt and of the others; of a new one nothing."""
    alle = list(ka.zuordnungen.all()) if ka.pk else []
    haupt = next((z.schwerpunkt_id for z in alle if z.primaer), None)
    return haupt, [z.schwerpunkt_id for z in alle if not z.primaer]


def themen_von(ka: Kernaktivitaet) -> list[int]:
    """The pks of its Querschnittsthemen; of a new one nothing."""
    return [z.thema_id for z in ka.querschnittszuordnungen.all()] if ka.pk else []


def setze_schwerpunkte(
    ka: Kernaktivitaet,
    haupt: int | None,
    weitere: list[int],
    quelle: int | None,
    begruendung: str = "",
) -> None:
    """Makes these its Schwerpunkte; ``quelle`` and ``begruendung`` are those of the new ones."""
    ziel = dict.fromkeys(weitere, False) | ({haupt: True} if haupt else {})
    bisher = {z.schwerpunkt_id: z for z in ka.zuordnungen.all()}
    for schwerpunkt, zuordnung in bisher.items():
        if schwerpunkt not in ziel:
            zuordnung.delete()
    # The mark of the Hauptschwerpunkt is taken away before another one gets it.
    for schwerpunkt, primaer in sorted(ziel.items(), key=lambda paar: paar[1]):
        zuordnung = bisher.get(schwerpunkt)
        if zuordnung is None:
            Zuordnung.objects.create(
                kernaktivitaet=ka,
                schwerpunkt_id=schwerpunkt,
                primaer=primaer,
                quelle_id=quelle,
                begruendung=begruendung,
            )
        elif zuordnung.primaer != primaer:
            zuordnung.primaer = primaer
            zuordnung.save(update_fields=["primaer"])


def setze_themen(ka: Kernaktivitaet, themen: list[int], quelle: int | None) -> None:
    """Makes these its Querschnittsthemen; ``quelle`` is that of the new ones."""
    bisher = {z.thema_id: z for z in ka.querschnittszuordnungen.all()}
    for thema, zuordnung in bisher.items():
        if thema not in themen:
            zuordnung.delete()
    for thema in themen:
        if thema not in bisher:
            Querschnittszuordnung.objects.create(
                kernaktivitaet=ka, thema_id=thema, quelle_id=quelle
            )


@dataclass(frozen=True)
class Sammelauftrag:
    """What many Kernaktivitäten get at once; empty is left as it is."""

    quelle: Quelle
    schwerpunkt: Zielelement | None = None
    hauptschwerpunkt: bool = False
    begruendung: str = ""
    tranche: Tranche | None = None
    themen: tuple[Querschnittsthema, ...] = ()
    rolle: str = ""
    stelle: Stelle | None = None
    zeit: Zeitraum | None = None
    bezug: str = ""


@dataclass(frozen=True)
class Folge:
    """What a Sammelauftrag changes in one Kernaktivität: (what, before, after)."""

    ka: Kernaktivitaet
    aenderungen: tuple[tuple[str, str, str], ...]


def fuehre_aus(auftrag: Sammelauftrag, ka: Kernaktivitaet) -> Folge:
    """Carries the order out and says what is different in the database now."""
    vorher = zugeordnetes(ka)
    if auftrag.schwerpunkt:
        _dazu(auftrag, ka)
    if auftrag.themen:
        themen = [*themen_von(ka), *(thema.pk for thema in auftrag.themen)]
        setze_themen(ka, list(dict.fromkeys(themen)), auftrag.quelle.pk)
    if auftrag.tranche and auftrag.tranche != ka.tranche:
        ka.tranche, ka.tranche_quelle = auftrag.tranche, auftrag.quelle
        ka.save(update_fields=["tranche", "tranche_quelle"])
    if auftrag.stelle:
        _verantworte(auftrag, ka)
    nachher = zugeordnetes(ka)
    return Folge(ka, tuple((n, vorher[n], t) for n, t in nachher.items() if t != vorher[n]))


def _dazu(auftrag: Sammelauftrag, ka: Kernaktivitaet) -> None:
    """Adds the Schwerpunkt; as Hauptschwerpunkt it takes the place of the former one."""
    haupt, weitere = schwerpunkte_von(ka)
    neu = auftrag.schwerpunkt.pk
    if auftrag.hauptschwerpunkt:
        weitere = [pk for pk in (haupt, *weitere) if pk not in (None, neu)]
        haupt = neu
    elif neu not in (haupt, *weitere):
        weitere.append(neu)
    setze_schwerpunkte(ka, haupt, weitere, auftrag.quelle.pk, auftrag.begruendung)


def _verantworte(auftrag: Sammelauftrag, ka: Kernaktivitaet) -> None:
    """Adds the unit in its role, unless just that is recorded."""
    werte = {"rolle": auftrag.rolle, "stelle": auftrag.stelle, "bezug": auftrag.bezug}
    if auftrag.zeit:
        werte |= {"datum_von": auftrag.zeit.von, "datum_bis": auftrag.zeit.bis}
        werte |= {"genauigkeit": auftrag.zeit.genauigkeit}
    else:
        werte |= {"datum_von": None, "datum_bis": None, "genauigkeit": ""}
    if not ka.verantwortungen.filter(**werte).exists():
        neu = Verantwortung(kernaktivitaet=ka, quelle=auftrag.quelle, **werte)
        neu.full_clean()
        neu.save(force_insert=True)


def zugeordnetes(ka: Kernaktivitaet) -> dict[str, str]:
    """What is assigned to it in the database now, in words; of persons only their office."""
    zuordnungen = Zuordnung.objects.filter(kernaktivitaet=ka).select_related("schwerpunkt")
    themen = Querschnittsthema.objects.filter(zuordnungen__kernaktivitaet=ka)
    verantwortungen = Verantwortung.objects.filter(kernaktivitaet=ka).mit_aemtern()
    tranche = Tranche.objects.filter(kernaktivitaeten=ka).first()
    return {
        "Schwerpunkte": "; ".join(
            f"{z.schwerpunkt}{' (Hauptschwerpunkt)' * z.primaer}" for z in zuordnungen
        ),
        "Querschnittsthemen": "; ".join(map(str, themen)),
        "Tranche": str(tranche or ""),
        "Verantwortung": "; ".join(
            " ".join([f"{v.get_rolle_display()}: {v.amt or 'eine Person'}", *_klammer(v.zeit)])
            for v in verantwortungen
        ),
    }


def _klammer(zeit: Zeitraum | None) -> list[str]:
    return [f"({zeit.kurz})"] if zeit else []
