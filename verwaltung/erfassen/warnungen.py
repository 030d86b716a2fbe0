"""What an editor must see before confirming. None of it forbids anything."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.conf import settings

from kernaktivitaeten.models import Kernaktivitaet, Ratsbeschluss, Statusmeldung
from zielsystem.models import Zielelement
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT, SOLL_KERNAKTIVITAETEN_JE_TRANCHE

from ..basis import falte
from ..zielsystem import mit_zu_vielen_kernaktivitaeten
from .vorgang import Ergebnis, Folge


def warnungen(ergebnis: Ergebnis, heute: date) -> Iterator[str]:
    """The sentences about a decision that has been carried out on trial."""
    yield from _zum_datum(ergebnis.beschluss, heute)
    yield from _schon_verzeichnet(ergebnis.beschluss)
    yield from _zur_tranche(ergebnis, heute)
    yield from _zu_den_schwerpunkten(ergebnis)
    yield from _zu_den_zeilen(ergebnis.folgen)
    yield from _andere_meldungen([folge for folge in ergebnis.folgen if folge.meldung])
    if settings.VIER_AUGEN and any(folge.meldung for folge in ergebnis.folgen):
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


def _zur_tranche(ergebnis: Ergebnis, heute: date) -> Iterator[str]:
    if ergebnis.tranche is None:
        return
    nr = str(ergebnis.tranche.nr)
    am_tag = Kernaktivitaet.objects.oeffentlich().zum(heute)
    anzahl = am_tag.in_tranche(nr).zaehle().total()
    if anzahl != SOLL_KERNAKTIVITAETEN_JE_TRANCHE:
        yield (
            f"Öffentliche Kernaktivitäten der {ergebnis.tranche}: danach {anzahl}, vorgesehen "
            f"sind {SOLL_KERNAKTIVITAETEN_JE_TRANCHE}."
        )


def _zu_den_schwerpunkten(ergebnis: Ergebnis) -> Iterator[str]:
    neue = [folge.ka.pk for folge in ergebnis.folgen if not folge.war_oeffentlich]
    eigene = Zielelement.objects.filter(zuordnungen__kernaktivitaet__in=neue).values("pk")
    beruehrt = Zielelement.objects.filter(pk__in=eigene).order_by("lft")
    for schwerpunkt in mit_zu_vielen_kernaktivitaeten(beruehrt):
        yield (
            f"Zum Schwerpunkt „{schwerpunkt}“ gehören {schwerpunkt.zahl} Kernaktivitäten. "
            f"Vorgesehen sind {SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT}."
        )


def _zu_den_zeilen(folgen: tuple[Folge, ...]) -> Iterator[str]:
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
        if folge.tranche_vorher and folge.tranche_vorher != folge.ka.tranche:
            yield f"{folge.ort}: Sie gehörte bisher zur {folge.tranche_vorher}."


def _andere_meldungen(folgen: list[Folge]) -> Iterator[str]:
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
