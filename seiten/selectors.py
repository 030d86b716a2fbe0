"""The public pages: one function a page, each returns one frozen dataclass."""

from .beschluesse import Zurueckgenommen, beschluesse, beschluss, tranche
from .bilanz import bilanz
from .detail import detail
from .die_strategie import die_strategie
from .export import als_csv, als_json
from .kompetenz import kompetenz, schwerpunkt
from .liste import liste
from .methodik import methodik
from .querschnittsthemen import querschnittsthema, querschnittsthemen
from .startseite import startseite
from .stelle import stelle
from .strategiearbeit import (
    barriere_gemeldet,
    barriere_melden,
    barrierefreiheit,
    meilensteine,
    strategiearbeit,
    textseite,
    werkzeugkasten,
)
from .suchseite import suche
from .ueberblick import ueberblick

__all__ = [
    "Zurueckgenommen",
    "als_csv",
    "als_json",
    "barriere_gemeldet",
    "barriere_melden",
    "barrierefreiheit",
    "beschluesse",
    "beschluss",
    "bilanz",
    "detail",
    "die_strategie",
    "kompetenz",
    "liste",
    "meilensteine",
    "methodik",
    "querschnittsthema",
    "querschnittsthemen",
    "schwerpunkt",
    "startseite",
    "stelle",
    "strategiearbeit",
    "suche",
    "textseite",
    "tranche",
    "ueberblick",
    "werkzeugkasten",
]
