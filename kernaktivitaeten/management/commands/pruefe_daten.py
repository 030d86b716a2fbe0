"""``manage.py pruefe_daten``: do the data keep all rules?"""

from collections.abc import Iterator

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model

from bochum_strategie.datenstand import OeffentlichesModell
from kernaktivitaeten import rules
from zielsystem import rules as zielsystem_rules


class Command(BaseCommand):
    help = "Prüft alle Daten gegen alle Regeln, auch den Baum. Fehler: Sätze und Rückgabewert 1."

    def handle(self, *args, **options) -> None:
        fehler = list(_fehler())
        for zeile in fehler:
            self.stdout.write(zeile)
        if fehler:
            raise CommandError(f"{len(fehler)} Verstöße gegen die Regeln.", returncode=1)
        self.stdout.write("Alle Daten halten die Regeln ein.")


def _fehler() -> Iterator[str]:
    regeln = zielsystem_rules.REGELN | rules.REGELN
    for model in apps.get_models():
        if not issubclass(model, OeffentlichesModell):
            continue
        for objekt in model._default_manager.order_by("pk"):
            for satz in [
                *_feldfehler(objekt),
                *zielsystem_rules.verstoesse(objekt, regeln.get(model, ())),
            ]:
                yield f"{model._meta.verbose_name} „{objekt}“ ({objekt.kennung}): {satz}"


def _feldfehler(objekt: Model) -> list[str]:
    """What fields and constraints say, in German."""
    try:
        objekt.full_clean()
    except ValidationError as fehler:
        return [
            satz if feld == "__all__" else f"{feld}: {satz}"
            for feld, saetze in fehler.message_dict.items()
            for satz in saetze
        ]
    return []
