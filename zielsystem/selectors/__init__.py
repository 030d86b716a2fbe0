"""The pages about the goal system: one function a page, each returns one frozen dataclass."""

from .die_strategie import die_strategie
from .kompetenz import kompetenz, schwerpunkt
from .querschnittsthemen import querschnittsthema, querschnittsthemen
from .ueberblick import ueberblick

__all__ = [
    "die_strategie",
    "kompetenz",
    "querschnittsthema",
    "querschnittsthemen",
    "schwerpunkt",
    "ueberblick",
]
