"""What belongs to one Kernaktivität on a day: statements, sources, and those beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .bestand import Bestand, fakten


@dataclass(frozen=True)
class Nachbar:
    """Another Kernaktivität to go on to."""

    titel: str
    adresse: str


@dataclass(frozen=True)
class Meldungseintrag:
    """A statement with what replaced it, what it replaced, and its Beschluss if it is public."""

    meldung: fakten.Statusmeldung
    ersetzt_durch: fakten.Statusmeldung | None
    ersetzt_frueher: fakten.Statusmeldung | None
    beschluss: fakten.Ratsbeschluss | None


def meldungen(ka: fakten.Kernaktivitaet, stichtag: date) -> Iterable[Meldungseintrag]:
    """The statements up to the day; what replaced them, or they it, if it was there, too."""
    alle = {m.pk: m for m in ka.statusmeldungen if m.zaehlt_ab <= stichtag}
    frueher = {m.ersetzt_durch_id: m for m in alle.values() if m.ersetzt_durch_id}
    for meldung in alle.values():
        beschluss = meldung.beschluss
        yield Meldungseintrag(
            meldung,
            ersetzt_durch=alle.get(meldung.ersetzt_durch_id),
            ersetzt_frueher=frueher.get(meldung.pk),
            beschluss=beschluss if beschluss and beschluss.datum_bis <= stichtag else None,
        )


def vorgaenger(
    bestand: Bestand, ka: fakten.Kernaktivitaet, stichtag: date
) -> tuple[fakten.Kernaktivitaet, ...]:
    """Those whose status on the day says that they went into this one."""
    staende = (
        (meldung.pk, bestand.stand(meldung.kernaktivitaet_id, stichtag))
        for meldung in bestand.ueberfuehrungen(ka)
    )
    return tuple(stand.ka for pk, stand in staende if stand.lagebild.meldung == pk)


def quellen(
    ka: fakten.Kernaktivitaet, meldungen: Iterable[fakten.Statusmeldung]
) -> tuple[fakten.Quelle, ...]:
    """Every source of the page once, by title."""
    belegte = (
        meldungen,
        ka.zuordnungen,
        ka.angaben,
        ka.projektziele,
        ka.messwerte,
        ka.planangaben,
        ka.orte,
        ka.beschlusswirkungen,
        ka.verantwortungen,
    )
    alle = {ka.quelle, ka.tranche_quelle}
    alle |= {beleg.quelle for belege in belegte for beleg in belege}
    alle |= {wirkung.beschluss.quelle for wirkung in ka.beschlusswirkungen}
    return tuple(sorted(alle - {None}, key=lambda q: (q.titel, q.adresse, q.pk)))


def nachbarn(
    bestand: Bestand, ka: fakten.Kernaktivitaet, anhang: str
) -> tuple[Nachbar | None, Nachbar | None]:
    """Previous and next within the Kompetenz."""
    reihe = [andere for andere in bestand.kernaktivitaeten if andere.kompetenz is ka.kompetenz]
    stelle = reihe.index(ka)
    davor = reihe[stelle - 1] if stelle else None
    danach = reihe[stelle + 1] if stelle + 1 < len(reihe) else None
    return tuple(
        Nachbar(andere.titel, andere.pfad + anhang) if andere else None
        for andere in (davor, danach)
    )
