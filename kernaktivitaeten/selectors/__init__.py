"""The pages about Kernaktivitäten: one function a page, each returns one frozen dataclass."""

from .beschluesse import Zurueckgenommen, beschluesse, beschluss, tranche
from .bilanz import abweichende, bilanz
from .detail import detail
from .export import als_csv, als_json
from .liste import liste
from .stelle import stelle

__all__ = [
    "Zurueckgenommen",
    "abweichende",
    "als_csv",
    "als_json",
    "beschluesse",
    "beschluss",
    "bilanz",
    "detail",
    "liste",
    "stelle",
    "tranche",
]
