"""``manage.py pruefe_daten``: do the data keep all rules?"""

from django.core.management.base import BaseCommand, CommandError

from ...regeln import fehler


class Command(BaseCommand):
    help = "Prüft alle Daten gegen alle Regeln, auch den Baum. Fehler: Sätze und Rückgabewert 1."

    def handle(self, *args, **options) -> None:
        gefunden = list(fehler())
        for zeile, satz in gefunden:
            name = zeile._meta.verbose_name
            self.stdout.write(f"{name} „{zeile}“ ({zeile.kennung}): {satz}")
        if gefunden:
            raise CommandError(f"{len(gefunden)} Verstöße gegen die Regeln.", returncode=1)
        self.stdout.write("Alle Daten halten die Regeln ein.")
