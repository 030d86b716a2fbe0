"""The pages about the goal system: one function a page, each returns one frozen dataclass."""

from .kompetenz import kompetenz, schwerpunkt
from .ueberblick import ueberblick

__all__ = ["kompetenz", "schwerpunkt", "ueberblick"]
