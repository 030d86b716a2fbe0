"""The page of one organisational unit and what it answers for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from kernaktivitaeten.models import Stelle, Verantwortung

from .bestand import Bestand, Stand, fakten
from .filter import Zahl, listenadresse, mit_parametern
from .umzug import leite_um


@dataclass(frozen=True)
class Zustaendigkeit:
    """A responsibility, for a Kernaktivität as it stands or (``None``) for a Kompetenz."""

    verantwortung: fakten.Verantwortung
    stand: Stand | None


@dataclass(frozen=True)
class Stellenrolle:
    """One role of the Stelle, and for which Kernaktivitäten or Kompetenzen it has it."""

    name: str
    zustaendigkeiten: tuple[Zustaendigkeit, ...]


@dataclass(frozen=True)
class Stellenseite:
    stichtag: date
    weiter: str
    stelle: fakten.Stelle
    anzahl: Zahl
    rollen: tuple[Stellenrolle, ...]


def stelle(bestand: Bestand, slug: str, stichtag: date, weiter: Mapping[str, str]) -> Stellenseite:
    """The page ``/stellen/<slug>/``; raises ``Http404`` if it answers for nothing public.

    Raises ``Umgezogen`` for a former address.
    """
    gefunden = next((s for s in bestand.zustaendige if s.slug == slug), None)
    if gefunden is None:
        leite_um(Stelle.objects.filter(pk__in=[s.pk for s in bestand.zustaendige]), slug)
        raise Http404("Diese Stelle gibt es nicht.")
    alle = _zustaendigkeiten(bestand, gefunden, stichtag)
    je_rolle = {
        rolle: tuple(z for z in alle if z.verantwortung.rolle == rolle)
        for rolle in Verantwortung.Rolle
    }
    return Stellenseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        stelle=gefunden,
        anzahl=Zahl(len({z.stand.ka for z in alle if z.stand}), listenadresse(weiter, stelle=slug)),
        rollen=tuple(
            Stellenrolle(rolle.label, eigene) for rolle, eigene in je_rolle.items() if eigene
        ),
    )


def _zustaendigkeiten(
    bestand: Bestand, stelle: fakten.Stelle, stichtag: date
) -> list[Zustaendigkeit]:
    """For Kompetenzen, then for Kernaktivitäten as they stand on the day."""
    kompetenzen = [v for v in bestand.kompetenzverantwortungen if stelle in v.aemter]
    kompetenzen.sort(key=lambda v: bestand.elemente.index(v.kompetenz))
    return [
        *(Zustaendigkeit(v, None) for v in kompetenzen),
        *(
            Zustaendigkeit(v, stand)
            for stand in bestand.am(stichtag)
            for v in stand.ka.verantwortungen
            if stelle in v.aemter
        ),
    ]
