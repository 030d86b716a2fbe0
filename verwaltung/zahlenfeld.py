"""Numbers as Germans write them: "152.600.000", "8,5", "152,6 Mio"."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format

BEISPIELE = "152.600.000, 8,5 oder 152,6 Mio"
GRUPPEN = re.compile(r"-?[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+)(?:,[0-9]+)?")
EINFACH = re.compile(r"-?[0-9]+(?:,[0-9]+)?")
MILLIONEN = re.compile(r" ?(?:Mio\.?|Million|Millionen)$", re.IGNORECASE)
EURO = re.compile(r" ?(?:€|Euro|EUR)$", re.IGNORECASE)


class Zahlenfeld(forms.DecimalField):
    """A decimal in German spelling. A browser's own number field swallows the points."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        """What is stored as it is printed; what was typed stays as it is."""
        if not isinstance(value, Decimal):
            return value
        zahl = int(value) if value == value.to_integral_value() else value.normalize()
        return number_format(zahl, use_l10n=True, force_grouping=True)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or isinstance(value, Decimal):
            return super().to_python(value)
        text = " ".join(str(value).replace("\N{MINUS SIGN}", "-").split())
        if not text:
            return None
        ohne_euro = EURO.sub("", text)
        zahl = MILLIONEN.sub("", ohne_euro)
        if not (GRUPPEN.fullmatch(zahl) or EINFACH.fullmatch(zahl)):
            raise ValidationError(
                f"„{text}“ ist keine Zahl, die dieses Feld versteht. Schreiben Sie zum Beispiel "
                f"{BEISPIELE}.",
                code="invalid",
            )
        genau = Decimal(re.sub(r"[. ]", "", zahl).replace(",", "."))
        if zahl == ohne_euro:
            return genau
        millionen = genau * 10**6
        ganz = millionen == millionen.to_integral_value()
        return millionen.quantize(Decimal(1)) if ganz else millionen.normalize()
