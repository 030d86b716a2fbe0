"""Models of the project itself."""

from .datenstand import Datenstand

__all__ = ["Datenstand"]
