"""Schwerpunkte and Querschnittsthemen as a whole: what is missing goes, what is new comes."""

from ..models import Kernaktivitaet, Querschnittszuordnung, Zuordnung


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
            zuordnung.save()


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
