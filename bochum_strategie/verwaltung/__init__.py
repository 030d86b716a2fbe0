"""What the administration of all apps has in common. Import the classes from here."""

from .basis import PortalAdmin, PortalInline
from .filter import auswahl_filter, fehlt_filter
from .formular import Auswahlfeld, FesteZeitRegelForm, RegelForm, TerminRegelForm, ZeitRegelForm
from .stapelansicht import StapelAdmin

__all__ = [
    "Auswahlfeld",
    "FesteZeitRegelForm",
    "PortalAdmin",
    "PortalInline",
    "RegelForm",
    "StapelAdmin",
    "TerminRegelForm",
    "ZeitRegelForm",
    "auswahl_filter",
    "fehlt_filter",
]
