"""What a decision changes in public, word for word, and what is odd about it.

Found out by carrying it out on trial.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from grundlage.falten import falte
from kernaktivitaeten.models import Kernaktivitaet, Ratsbeschluss, Statusmeldung
from seiten.beschluesse import Beschluss, beschluss
from seiten.bestand import lies_bestand
from zielsystem.models import Zielelement
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT, SOLL_KERNAKTIVITAETEN_JE_TRANCHE

from ..vorschau import (
    Mitveroeffentlicht,
    Sichtbares,
    andere_zahlen,
    mitveroeffentlicht,
    neue_abweichungen,
    sichtbares,
)
from ..zielsystem import mit_zu_vielen_kernaktivitaeten
from .anwenden import Anwendung, Beschlussfolge

UNSICHTBAR = "nicht öffentlich"


@dataclass(frozen=True)
class Veraenderung:
    """One Kernaktivität before and after."""

    folge: Beschlussfolge
    neu_oeffentlich: bool
    angaben: tuple[tuple[str, str, str], ...]  # what, before, after
    meldung: str
    mit: Mitveroeffentlicht | None


@dataclass(frozen=True)
class Vorschau:
    """``beschluss`` is its public page; ``None`` when readers will not see it."""

    adresse: str  # where that page is, or will be
    beschluss: Beschluss | None
    veraenderungen: tuple[Veraenderung, ...]
    zahlen: tuple[tuple[str, int, int], ...]  # what, before, after
    warnungen: tuple[str, ...]

    @property
    def neue(self) -> int:
        return sum(v.neu_oeffentlich for v in self.veraenderungen)


def vorschau(erfasst: Anwendung, vorher: Sichtbares) -> Vorschau:
    """To be asked in the transaction in which the decision was carried out."""
    nachher, neuer = sichtbares(erfasst.heute), erfasst.beschluss
    tag = max(erfasst.heute, neuer.datum_bis)
    sichtbar = Ratsbeschluss.objects.oeffentlich().filter(pk=neuer.pk).exists()
    neue = [
        folge.ka
        for folge in erfasst.folgen
        if folge.ka.veroeffentlicht_am
        and not folge.vorher.veroeffentlicht_am
        and not folge.angelegt
    ]
    mit = mitveroeffentlicht(neue, [z for folge in erfasst.folgen for z in folge.zeilen])
    return Vorschau(
        adresse=neuer.get_absolute_url(),
        beschluss=beschluss(lies_bestand(), neuer.slug, tag, {}) if sichtbar else None,
        veraenderungen=tuple(
            _veraenderung(folge, vorher, nachher, mit.get(folge.ka.pk)) for folge in erfasst.folgen
        ),
        zahlen=tuple(andere_zahlen(vorher, nachher)),
        warnungen=(*_warnungen(erfasst), *neue_abweichungen(vorher, nachher)),
    )


def _veraenderung(
    folge: Beschlussfolge, vorher: Sichtbares, nachher: Sichtbares, mit: Mitveroeffentlicht | None
) -> Veraenderung:
    ka = folge.ka
    alt, neu = (s.saetze.get(ka.pk, UNSICHTBAR) for s in (vorher, nachher))
    angaben = [("Status heute", alt, neu)]
    if folge.vorher.tranche != ka.tranche:
        angaben.append(("Tranche", str(folge.vorher.tranche or "keine"), str(ka.tranche)))
    meldung = folge.meldung
    if meldung and meldung.nachfolge and not meldung.entwurf:
        angaben.append(("Überführt in", folge.nachfolge_vorher, meldung.nachfolge))
    return Veraenderung(
        folge=folge,
        neu_oeffentlich=ka.pk in nachher.saetze and ka.pk not in vorher.saetze,
        angaben=tuple(angaben),
        meldung=_meldung(folge),
        mit=mit,
    )


def _meldung(folge: Beschlussfolge) -> str:
    """The new entry in its stream of statements, as readers will see it."""
    if folge.meldung is None:
        return ""
    meldung = folge.meldung
    wort = meldung.get_status_display()
    if meldung.nachfolge and meldung.entwurf:  # the others tell it beside what was there before
        wort = f"{wort} in {meldung.nachfolge}"
    return f"{meldung.zeit.lang}: {wort}. {meldung.text}"


# ── Warnings ──────────────────────────────────────────────────────────────────────────────────


def _warnungen(erfasst: Anwendung) -> Iterator[str]:
    """What an editor must see before confirming; none of it forbids anything."""
    yield from _zum_datum(erfasst.beschluss, erfasst.heute)
    yield from _schon_verzeichnet(erfasst.beschluss)
    yield from _zur_tranche(erfasst)
    yield from _zu_den_schwerpunkten(erfasst)
    yield from _zu_den_zeilen(erfasst.folgen)
    yield from _andere_meldungen([folge for folge in erfasst.folgen if folge.meldung])
    if any(folge.meldung and folge.meldung.entwurf for folge in erfasst.folgen):
        yield (
            "Vier Augen sind verlangt: Die Statusmeldungen bleiben Entwürfe und zählen erst, wenn "
            "eine andere Person sie freigibt."
        )


def _zum_datum(beschluss: Ratsbeschluss, heute: date) -> Iterator[str]:
    if beschluss.datum_bis > heute:
        lage = "liegt in der" if beschluss.datum_von > heute else "reicht in die"
        yield (
            f"Das Datum ({beschluss.zeit.lang}) {lage} Zukunft. Bis dahin zeigt das Portal den "
            "Beschluss nicht; neue Kernaktivitäten sind sofort öffentlich."
        )
    strategie = Ratsbeschluss.objects.oeffentlich().filter(betrifft_strategie=True)
    erster = strategie.exclude(pk=beschluss.pk).order_by("datum_von").first()
    if erster and beschluss.datum_bis < erster.datum_von:
        yield (
            f"Das Datum ({beschluss.zeit.lang}) liegt vor dem ersten Beschluss zur Strategie "
            f"({erster.zeit.lang}). Stimmt das Jahr?"
        )


def _schon_verzeichnet(beschluss: Ratsbeschluss) -> Iterator[str]:
    andere = Ratsbeschluss.objects.filter(zurueckgenommen_am=None).exclude(pk=beschluss.pk)
    for anderer in andere:
        if beschluss.vorlage and falte(anderer.vorlage) == falte(beschluss.vorlage):
            yield f"Mit der Vorlage {beschluss.vorlage} ist schon verzeichnet: „{anderer}“."
        elif falte(anderer.titel) == falte(beschluss.titel) and anderer.zeit == beschluss.zeit:
            yield f"Mit diesem Titel und Datum ist schon verzeichnet: „{anderer}“."


def _zur_tranche(erfasst: Anwendung) -> Iterator[str]:
    if erfasst.beschluss.tranche is None:
        return
    tranche = erfasst.beschluss.tranche
    anzahl = Kernaktivitaet.objects.oeffentlich().filter(tranche=tranche).count()
    if anzahl != SOLL_KERNAKTIVITAETEN_JE_TRANCHE:
        yield (
            f"Öffentliche Kernaktivitäten der {tranche}: danach {anzahl}, vorgesehen "
            f"sind {SOLL_KERNAKTIVITAETEN_JE_TRANCHE}."
        )


def _zu_den_schwerpunkten(erfasst: Anwendung) -> Iterator[str]:
    neue = [folge.ka.pk for folge in erfasst.folgen if not folge.vorher.veroeffentlicht_am]
    eigene = Zielelement.objects.filter(zuordnungen__kernaktivitaet__in=neue).values("pk")
    beruehrt = Zielelement.objects.filter(pk__in=eigene).order_by("lft")
    for schwerpunkt in mit_zu_vielen_kernaktivitaeten(beruehrt):
        yield (
            f"Zum Schwerpunkt „{schwerpunkt}“ gehören {schwerpunkt.zahl} Kernaktivitäten. "
            f"Vorgesehen sind {SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT}."
        )


def _zu_den_zeilen(folgen: tuple[Beschlussfolge, ...]) -> Iterator[str]:
    je_titel = Counter(map(falte, Kernaktivitaet.objects.values_list("titel", flat=True)))
    for folge in folgen:
        if folge.ka.veroeffentlicht_am is None:
            yield (
                f"{folge.ort}: Sie bleibt in Vorbereitung und unsichtbar. Öffentlich macht sie nur "
                "die Wirkung „beauftragt“."
            )
        if folge.zeile.vorbereitet:
            satz = "Sie ist schon in Vorbereitung. Sie wird genommen, nicht neu angelegt."
            yield f"{folge.ort}: {satz}"
        elif folge.angelegt and je_titel[falte(folge.ka.titel)] > 1:
            yield f"{folge.ort}: Eine andere Kompetenz hat eine Kernaktivität mit demselben Titel."
        if folge.vorher.tranche and folge.vorher.tranche != folge.ka.tranche:
            yield f"{folge.ort}: Sie gehörte bisher zur {folge.vorher.tranche}."


def _andere_meldungen(folgen: list[Beschlussfolge]) -> Iterator[str]:
    """Statements that say the same of the same day, or something else of a later one."""
    je_ka = {folge.ka.pk: folge for folge in folgen}
    meldungen = Statusmeldung.objects.gueltig().exclude(status="").filter(kernaktivitaet__in=je_ka)
    fremde = meldungen.exclude(pk__in=[folge.meldung.pk for folge in folgen])
    for meldung in fremde.order_by("kernaktivitaet", "pk"):
        folge = je_ka[meldung.kernaktivitaet_id]
        neue, gemeldet = folge.meldung, meldung.get_status_display()
        if meldung.status == neue.status and meldung.zaehlt_ab == neue.zaehlt_ab:
            yield (
                f"{folge.ort}: Für denselben Tag ({meldung.zeit.lang}) ist schon „{gemeldet}“ "
                "gemeldet. Danach steht es dort zweimal. Ändert der Beschluss daran nichts, wählen "
                "Sie eine Wirkung ohne Status."
            )
        elif meldung.status != neue.status and meldung.zaehlt_ab > neue.zaehlt_ab:
            yield (
                f"{folge.ort}: Für später ({meldung.zeit.lang}) ist schon „{gemeldet}“ gemeldet. "
                "Diese Meldung gilt weiter."
            )
