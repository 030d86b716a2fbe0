"""Django looks for models here."""

from .datenstand import Datenstand

__all__ = ["Datenstand"]
