"""What the administration of all apps has in common. Import the classes from here."""

from .basis import PortalAdmin, PortalInline
from .entwurf import EntwurfAdmin
from .filter import fehlt_filter
from .formular import FesteZeitRegelForm, RegelForm, TerminRegelForm, ZeitRegelForm
from .rechte import beginnt_als_entwurf

__all__ = [
    "EntwurfAdmin",
    "FesteZeitRegelForm",
    "PortalAdmin",
    "PortalInline",
    "RegelForm",
    "TerminRegelForm",
    "ZeitRegelForm",
    "beginnt_als_entwurf",
    "fehlt_filter",
]
