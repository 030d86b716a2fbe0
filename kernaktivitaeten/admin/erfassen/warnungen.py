"""What an editor must see before confirming. None of it forbids anything."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings

from bochum_strategie.verwaltung.basis import falte
from zielsystem.admin import mit_zu_vielen_kernaktivitaeten
from zielsystem.models import Zielelement
from zielsystem.rules import (
    SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT,
    SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
)

from ...models import Kernaktivitaet, Ratsbeschluss, Statusmeldung
from .vorgang import Ergebnis, Folge


def warnungen(ergebnis: Ergebnis, heute: date) -> Iterator[str]:
    """The sentences about a decision that has been carried out on trial."""
    yield from _zum_datum(ergebnis.beschluss, heute)
    yield from _schon_verzeichnet(ergebnis.beschluss)
    yield from _zur_tranche(ergebnis, heute)
    yield from _zu_den_schwerpunkten(ergebnis)
    yield from _zu_den_zeilen(ergebnis.folgen)
    yield from _spaetere_meldungen([folge for folge in ergebnis.folgen if folge.meldung])
    if settings.VIER_AUGEN and any(folge.meldung for folge in ergebnis.folgen):
        yield (
            "Vier Augen sind verlangt: Die Statusmeldungen bleiben Entwürfe und zählen erst, wenn "
            "eine andere Person sie freigibt."
        )


def _zum_datum(beschluss: Ratsbeschluss, heute: date) -> Iterator[str]:
    if beschluss.datum_bis > heute:
        yield (
            f"Das Datum ({beschluss.zeit.lang}) liegt nicht ganz in der Vergangenheit. Bis dahin "
            "zeigt das Portal den Beschluss nicht; neue Kernaktivitäten sind sofort öffentlich."
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
    for folge in folgen:
        ort = f"Zeile {folge.zeile.nummer}, „{folge.ka}“:"
        if folge.ka.veroeffentlicht_am is None:
            yield (
                f"{ort} Sie bleibt in Vorbereitung und unsichtbar. Öffentlich macht sie nur die "
                "Wirkung „beauftragt“."
            )
        if folge.zeile.vorbereitet:
            yield f"{ort} Sie ist schon in Vorbereitung. Sie wird genommen, nicht neu angelegt."
        elif folge.angelegt and _gleichnamige(folge.ka):
            yield f"{ort} Eine andere Kompetenz hat eine Kernaktivität mit demselben Titel."
        if folge.tranche_vorher and folge.tranche_vorher != folge.ka.tranche:
            yield f"{ort} Sie gehörte bisher zur {folge.tranche_vorher}."


def _gleichnamige(ka: Kernaktivitaet) -> bool:
    titel = Kernaktivitaet.objects.exclude(pk=ka.pk).values_list("titel", flat=True)
    return falte(ka.titel) in map(falte, titel)


def _spaetere_meldungen(folgen: list[Folge]) -> Iterator[str]:
    """Statements that count after the decision and say something else: they go on counting."""
    je_ka = {folge.ka.pk: folge for folge in folgen}
    meldungen = Statusmeldung.objects.gueltig().exclude(status="").filter(kernaktivitaet__in=je_ka)
    for meldung in meldungen.select_related("kernaktivitaet").order_by("kernaktivitaet", "pk"):
        folge = je_ka[meldung.kernaktivitaet_id]
        spaeter = meldung.zaehlt_ab > folge.meldung.zaehlt_ab
        if spaeter and meldung.status != folge.meldung.status:
            yield (
                f"Zeile {folge.zeile.nummer}, „{folge.ka}“: Für später ({meldung.zeit.lang}) ist "
                f"schon „{meldung.get_status_display()}“ gemeldet. Diese Meldung gilt weiter."
            )
