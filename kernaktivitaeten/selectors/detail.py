"""The page of one Kernaktivität: everything that is known about it, with its sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.http import Http404

from bochum_strategie.auswahl import mit_parametern
from kernaktivitaeten.models import (
    Angabe,
    Beschlusswirkung,
    Kernaktivitaet,
    Lage,
    Messwert,
    Ort,
    Planangabe,
    Projektziel,
    Querschnittszuordnung,
    Statusmeldung,
    Verantwortung,
    Zuordnung,
)
from zielsystem.models import Quelle, Querschnittsthema, Zielelement


@dataclass(frozen=True)
class Ziel:
    """A goal with the results that belong to it."""

    projektziel: Projektziel
    messwerte: tuple[Messwert, ...]


@dataclass(frozen=True)
class Planverlauf:
    """The statements of one kind of plan in their order; the last is the present one."""

    name: str
    ueberholt: tuple[Planangabe, ...]
    aktuell: Planangabe


@dataclass(frozen=True)
class Angaben:
    """The further statements of one kind."""

    name: str
    angaben: tuple[Angabe, ...]


@dataclass(frozen=True)
class Nachbar:
    """Another Kernaktivität to go on to."""

    titel: str
    adresse: str


@dataclass(frozen=True)
class Detail:
    stichtag: date
    weiter: str
    ka: Kernaktivitaet
    kompetenz: Zielelement
    meldung: Statusmeldung | None
    beschreibung: tuple[Angabe, ...]
    zuordnungen: tuple[Zuordnung, ...]
    themen: tuple[Querschnittsthema, ...]
    bezeichnungen: tuple[str, ...]
    nachfolger: Kernaktivitaet | None
    vorgaenger: tuple[Kernaktivitaet, ...]
    ziele: tuple[Ziel, ...]
    ergebnisse: tuple[Messwert, ...]
    plaene: tuple[Planverlauf, ...]
    verspaetet: bool
    verantwortungen: tuple[Verantwortung, ...]
    beschluesse: tuple[Beschlusswirkung, ...]
    auftrag: Beschlusswirkung | None
    meldungen: tuple[Statusmeldung, ...]
    weitere: tuple[Angaben, ...]
    orte: tuple[Ort, ...]
    quellen: tuple[Quelle, ...]
    zurueck: Nachbar | None
    vor: Nachbar | None


class Umgezogen(Exception):
    """The address is a former one; ``adresse`` is the present one."""

    def __init__(self, adresse: str) -> None:
        super().__init__(adresse)
        self.adresse = adresse


def detail(slug: str, stichtag: date, weiter: Mapping[str, str]) -> Detail:
    """The page ``/kernaktivitaeten/<slug>/``.

    Raises ``Umgezogen`` for a former address and ``Http404`` if there is none to be seen.
    """
    ka = _lade(slug, stichtag)
    meldungen = tuple(m for m in ka.statusmeldungen.all() if m.zaehlt_ab <= stichtag)
    wirkungen = tuple(ka.beschlusswirkungen.all())
    plaene = tuple(_plaene(ka.planangaben.all()))
    anhang = mit_parametern("", weiter)
    zurueck, vor = _nachbarn(ka, anhang)
    return Detail(
        stichtag=stichtag,
        weiter=anhang,
        ka=ka,
        kompetenz=ka.kompetenz,
        meldung=next((m for m in meldungen if m.pk == ka.meldung), None),
        beschreibung=tuple(a for a in ka.angaben.all() if a.art == Angabe.Art.BESCHREIBUNG),
        zuordnungen=tuple(ka.zuordnungen.all()),
        themen=tuple(z.thema for z in ka.querschnittszuordnungen.all()),
        bezeichnungen=tuple(b.text for b in ka.bezeichnungen.all()),
        nachfolger=ka.nachfolger if ka.nachfolger and ka.nachfolger.veroeffentlicht_am else None,
        vorgaenger=tuple(ka.vorgaenger.all()),
        ziele=tuple(Ziel(z, tuple(z.messwerte.all())) for z in ka.projektziele.all()),
        ergebnisse=tuple(m for m in ka.messwerte.all() if m.projektziel_id is None),
        plaene=plaene,
        verspaetet=_verspaetet(ka, plaene, stichtag),
        verantwortungen=tuple(sorted(ka.verantwortungen.all(), key=_rang)),
        beschluesse=wirkungen,
        auftrag=next((w for w in wirkungen if w.wirkung == w.Wirkung.BEAUFTRAGT), None),
        meldungen=meldungen,
        weitere=tuple(_weitere(ka.angaben.all())),
        orte=tuple(ka.orte.all()),
        quellen=_quellen(ka, meldungen),
        zurueck=zurueck,
        vor=vor,
    )


def _lade(slug: str, stichtag: date) -> Kernaktivitaet:
    mit_quelle = {
        "zuordnungen": Zuordnung.objects.select_related("schwerpunkt__eltern", "quelle"),
        "querschnittszuordnungen": Querschnittszuordnung.objects.select_related("thema"),
        "angaben": Angabe.objects.select_related("quelle"),
        "projektziele": Projektziel.objects.select_related("quelle"),
        "projektziele__messwerte": Messwert.objects.select_related("quelle"),
        "messwerte": Messwert.objects.select_related("quelle"),
        "planangaben": Planangabe.objects.select_related("quelle"),
        "orte": Ort.objects.select_related("quelle"),
        "statusmeldungen": Statusmeldung.objects.select_related("quelle", "beschluss"),
        "beschlusswirkungen": Beschlusswirkung.objects.select_related(
            "beschluss__tranche", "beschluss__quelle", "quelle"
        ).order_by("beschluss__datum_bis", "pk"),
        "verantwortungen": Verantwortung.objects.mit_aemtern(),
        "vorgaenger": Kernaktivitaet.objects.oeffentlich(),
    }
    try:
        return (
            Kernaktivitaet.objects.oeffentlich()
            .zum(stichtag)
            .select_related("kompetenz", "tranche", "tranche_quelle", "nachfolger", "quelle")
            .prefetch_related(
                "bezeichnungen",
                *(Prefetch(name, queryset) for name, queryset in mit_quelle.items()),
            )
            .get(slug=slug)
        )
    except Kernaktivitaet.DoesNotExist as fehler:
        heute = Kernaktivitaet.objects.oeffentlich().filter(fruehere_slugs__slug=slug).first()
        if heute is not None:
            raise Umgezogen(heute.get_absolute_url()) from fehler
        raise Http404("Diese Kernaktivität gibt es nicht.") from fehler


def _plaene(planangaben: Iterable[Planangabe]) -> Iterable[Planverlauf]:
    for art in Planangabe.Art:
        verlauf = [p for p in planangaben if p.art == art]
        if verlauf:
            yield Planverlauf(art.label, tuple(verlauf[:-1]), verlauf[-1])


def _verspaetet(ka: Kernaktivitaet, plaene: Iterable[Planverlauf], stichtag: date) -> bool:
    """Whether it runs on although the completion that was planned last has passed."""
    return ka.lage == Lage.LAUFEND and any(
        plan.aktuell.termin_bis is not None and plan.aktuell.termin_bis < stichtag
        for plan in plaene
    )


def _weitere(angaben: Iterable[Angabe]) -> Iterable[Angaben]:
    """The statements that are not descriptions, by kind."""
    for art in Angabe.Art:
        gruppe = tuple(a for a in angaben if a.art == art)
        if gruppe and art != Angabe.Art.BESCHREIBUNG:
            yield Angaben(art.label, gruppe)


def _rang(verantwortung: Verantwortung) -> int:
    """Roles in the order in which the model names them."""
    return Verantwortung.Rolle.values.index(verantwortung.rolle)


def _nachbarn(ka: Kernaktivitaet, anhang: str) -> tuple[Nachbar | None, Nachbar | None]:
    """Previous and next within the Kompetenz."""
    reihe = list(
        Kernaktivitaet.objects.oeffentlich().filter(kompetenz=ka.kompetenz_id).order_by("nr")
    )
    stelle = next(i for i, andere in enumerate(reihe) if andere.pk == ka.pk)
    davor = reihe[stelle - 1] if stelle else None
    danach = reihe[stelle + 1] if stelle + 1 < len(reihe) else None
    return tuple(
        Nachbar(andere.titel, andere.get_absolute_url() + anhang) if andere else None
        for andere in (davor, danach)
    )


def _quellen(ka: Kernaktivitaet, meldungen: Iterable[Statusmeldung]) -> tuple[Quelle, ...]:
    """Every source of the page once, by title."""
    belegte = (
        meldungen,
        ka.zuordnungen.all(),
        ka.angaben.all(),
        ka.projektziele.all(),
        ka.messwerte.all(),
        ka.planangaben.all(),
        ka.orte.all(),
        ka.beschlusswirkungen.all(),
        ka.verantwortungen.all(),
    )
    alle = {ka.quelle, ka.tranche_quelle}
    alle |= {beleg.quelle for belege in belegte for beleg in belege}
    alle |= {wirkung.beschluss.quelle for wirkung in ka.beschlusswirkungen.all()}
    return tuple(sorted(alle - {None}, key=lambda q: (q.titel, q.adresse)))
