"""The pages about Kernaktivitäten: one function a page, each returns one frozen dataclass."""

from .bilanz import bilanz
from .detail import detail
from .export import als_csv, als_json
from .liste import liste

__all__ = ["als_csv", "als_json", "bilanz", "detail", "liste"]
