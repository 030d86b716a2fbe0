"""Text as it is compared and as it stands in addresses: without case, accents and umlauts."""

import re
import unicodedata

from django.utils.text import slugify

UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def falte(text: object) -> str:
    """Text without case, accents and umlauts: "ÖPNV" → "opnv", "Straße" → "strasse"."""
    zerlegt = unicodedata.normalize("NFKD", str(text).casefold())
    return "".join(zeichen for zeichen in zerlegt if not unicodedata.combining(zeichen))


def adresse_aus(titel: str) -> str:
    """The address (slug) of a title: ä→ae, ö→oe, ü→ue, ß→ss, without the gender star."""
    return slugify(re.sub(r"[*:_](?=\w)", "", titel).lower().translate(UMLAUTE))
