"""All data against all rules: what the command prints and the administration shows."""

from collections.abc import Iterator

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model, prefetch_related_objects

from grundlage.datenstand import OeffentlichesModell
from kernaktivitaeten.models import Kernaktivitaet
from zielsystem.models import Zielelement

from .regeln import gebrochene

# Other ends of relations that rules read.
GELESEN = {Kernaktivitaet: "statusmeldungen", Zielelement: "kinder"}
Bestand = dict[type[Model], dict[int, Model]]


def fehler() -> Iterator[tuple[Model, str]]:
    """Every row that breaks a rule of a field or across rows, and its sentence.

    What the database forbids by itself it cannot hold, and is not asked.
    """
    for modell, zeilen in _alle_zeilen().items():
        saetze: dict[int, list[str]] = {pk: _feldfehler(zeile) for pk, zeile in zeilen.items()}
        for verstoss in gebrochene(modell, zeilen.values()):
            saetze[verstoss.zeile.pk].append(verstoss.satz)
        for pk, zeile in zeilen.items():
            yield from ((zeile, satz) for satz in saetze[pk])


def _alle_zeilen() -> Bestand:
    """Model → its rows by their keys: read once, they refer to each other in memory."""
    alle: Bestand = {
        modell: {zeile.pk: zeile for zeile in modell._default_manager.order_by("pk")}
        for modell in apps.get_models()
        if issubclass(modell, OeffentlichesModell)
    }
    for modell, beziehung in GELESEN.items():
        prefetch_related_objects(list(alle[modell].values()), beziehung)
    for modell, zeilen in alle.items():
        for feld in (feld for feld in modell._meta.fields if feld.related_model in alle):
            for zeile in zeilen.values():
                if (pk := getattr(zeile, feld.attname)) is not None:
                    feld.set_cached_value(zeile, alle[feld.related_model][pk])
    return alle


def _feldfehler(zeile: Model) -> list[str]:
    """What the fields say, in German; whether what they refer to is there, the database knows."""
    genannte = [
        feld.name
        for feld in zeile._meta.fields
        if feld.remote_field and getattr(zeile, feld.attname) is not None
    ]
    try:
        zeile.full_clean(genannte, validate_unique=False, validate_constraints=False)
    except ValidationError as fehler:
        return [
            satz if feld == "__all__" else f"{feld}: {satz}"
            for feld, saetze in fehler.message_dict.items()
            for satz in saetze
        ]
    return []
