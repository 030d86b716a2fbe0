"""Rules of the work on the strategy that span rows."""

from zielsystem.rules import ADRESSE, Regelwerk

from .models import Textseite, Werkzeugkasten

REGELN: Regelwerk = {Werkzeugkasten: ADRESSE, Textseite: ADRESSE}
