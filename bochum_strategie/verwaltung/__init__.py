"""What the administration of all apps has in common. Import the classes from here."""

from .basis import PortalAdmin, PortalInline
from .entwurf import EntwurfAdmin
from .filter import auswahl_filter, fehlt_filter
from .formular import (
    Auswahlfeld,
    FesteZeitRegelForm,
    RegelForm,
    SuchendeAuswahl,
    TerminRegelForm,
    ZeitRegelForm,
)
from .loeschen import MitGrund
from .rechte import beginnt_als_entwurf
from .stapelansicht import StapelAdmin

__all__ = [
    "Auswahlfeld",
    "EntwurfAdmin",
    "FesteZeitRegelForm",
    "MitGrund",
    "PortalAdmin",
    "PortalInline",
    "RegelForm",
    "StapelAdmin",
    "SuchendeAuswahl",
    "TerminRegelForm",
    "ZeitRegelForm",
    "auswahl_filter",
    "beginnt_als_entwurf",
    "fehlt_filter",
]
