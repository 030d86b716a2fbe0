"""All data against all rules: what the command prints and the administration shows."""

from collections.abc import Iterator

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model

from grundlage.datenstand import OeffentlichesModell
from zielsystem.rules import verstoesse

from .regeln import REGELN


def fehler() -> Iterator[tuple[Model, str]]:
    """Every row that breaks a rule of a field, of the database or across rows, and its sentence."""
    for modell in apps.get_models():
        if issubclass(modell, OeffentlichesModell):
            for zeile in modell._default_manager.order_by("pk"):
                saetze = [*_feldfehler(zeile), *verstoesse(zeile, REGELN.get(modell, ()))]
                yield from ((zeile, satz) for satz in saetze)


def _feldfehler(zeile: Model) -> list[str]:
    """What fields and constraints say, in German."""
    try:
        zeile.full_clean()
    except ValidationError as fehler:
        return [
            satz if feld == "__all__" else f"{feld}: {satz}"
            for feld, saetze in fehler.message_dict.items()
            for satz in saetze
        ]
    return []
