"""The Kernaktivitäten in the administration. Each module is one subject."""

from . import aussagen, beschluss, kernaktivitaet, status, verantwortung, zugang, zuordnung

__all__ = [
    "aussagen",
    "beschluss",
    "kernaktivitaet",
    "status",
    "verantwortung",
    "zugang",
    "zuordnung",
]
