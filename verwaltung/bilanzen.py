"""Whether what is entered today makes a published Bilanz differ from our own count."""

from collections.abc import Iterable, Iterator

from kernaktivitaeten.models import Bilanz
from seiten.bilanz import abweichende_bilanzen


def abweichende() -> tuple[Bilanz, ...]:
    """The published Bilanzen that differ from our count as the data stand now."""
    return abweichende_bilanzen(list(Bilanz.objects.all()))


def neue_abweichungen(vorher: Iterable[Bilanz]) -> Iterator[str]:
    """A sentence for each Bilanz that differs now and did not when ``vorher`` was asked."""
    bisher = set(vorher)
    for bilanz in abweichende():
        if bilanz not in bisher:
            yield (
                f"Die veröffentlichte {bilanz} stimmt dann nicht mehr mit der Zählung dieses "
                "Portals überein. Ist der Eintrag richtig, erklären Sie den Unterschied bei der "
                "Bilanz."
            )
