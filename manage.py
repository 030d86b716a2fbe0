#!/usr/bin/env python3
"""Django's command line, with one clear line for what an operator can mend."""

import os
import sys

EIGENE = {
    *("grundlage", "zielsystem", "kernaktivitaeten", "strategiearbeit", "stempel"),
    *("seiten", "verwaltung", "bochum_strategie"),
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bochum_strategie.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError as fehler:
        sys.exit(es_fehlt(fehler))
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fehler:
        sys.exit(f"Fehler in den Einstellungen: {fehler}")
    except ModuleNotFoundError as fehler:
        if modul(fehler) in EIGENE:
            raise  # a mistake in our own code: its author needs the traceback
        sys.exit(es_fehlt(fehler))


def modul(fehler: ModuleNotFoundError) -> str:
    return (fehler.name or "").partition(".")[0]


def es_fehlt(fehler: ModuleNotFoundError) -> str:
    return (
        f"Es fehlt das Python-Modul „{modul(fehler)}“. Bitte mit „make start“ starten "
        "oder „pip install --require-hashes -r requirements.lock“ ausführen."
    )


if __name__ == "__main__":
    main()
