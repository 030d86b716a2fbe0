"""Addresses for new decisions and Kernaktivitäten that nothing else has or had."""

from typing import Any

from grundlage.falten import adresse_aus
from kernaktivitaeten.models import Kernaktivitaet, Ratsbeschluss


def freie_adresse_des_beschlusses(werte: dict[str, Any]) -> str:
    """Day and title, as the addresses of all decisions; with a number where that is taken."""
    tag = werte["datum_von"].isoformat()
    laenge = {"jahr": 4, "monat": 7}.get(werte["genauigkeit"], 10)
    vergeben = set(Ratsbeschluss.objects.values_list("slug", flat=True))
    # Former addresses lead on to where the decision is now.
    vergeben |= set(Ratsbeschluss.geschichte.values_list("slug", flat=True))
    return _mit_nummer(f"{tag[:laenge]}-{adresse_aus(werte['titel'])}", vergeben)


class FreieAdressen:
    """Addresses for new Kernaktivitäten; those in use are read once."""

    def __init__(self) -> None:
        self.vergeben = set(Kernaktivitaet.objects.values_list("slug", flat=True))
        self.vergeben |= set(Kernaktivitaet.geschichte.values_list("slug", flat=True))

    def nimm(self, titel: str) -> str:
        frei = _mit_nummer(adresse_aus(titel), self.vergeben)
        self.vergeben.add(frei)
        return frei


def _mit_nummer(adresse: str, vergeben: set[str]) -> str:
    adresse = frei = adresse[:110].strip("-")
    nummer = 2
    while frei in vergeben:
        frei, nummer = f"{adresse}-{nummer}", nummer + 1
    return frei
