"""What people say where the texts have another word.

Word of a query, in whatever form → words of the texts. Only what means the same or is a kind of
it, and only where the word of the texts does occur; each group says on what it rests.
"""

# Local public transport by law: trams and buses (§ 8 Abs. 1 PBefG) and local trains (§ 2 RegG).
_NAHVERKEHR = ("Nahverkehr",)
# The toilets of "Bochums stille Örtchen".
_TOILETTE = ("Toilette",)
# The only bath in the texts: the Hallenfreibad Hofstede, a place of the swimming courses.
_BAD = ("Hallenfreibad",)

SYNONYME: dict[str, tuple[str, ...]] = {
    "Bus": _NAHVERKEHR,
    "Busse": _NAHVERKEHR,
    "Bahn": _NAHVERKEHR,
    "Straßenbahn": _NAHVERKEHR,
    "Klo": _TOILETTE,
    "WC": _TOILETTE,
    "Bad": _BAD,
    "Hallenbad": _BAD,
    "Freibad": _BAD,
    "Schwimmbad": _BAD,
    # What moves into the "Haus des Wissens": Stadtbücherei and Volkshochschule.
    "Bibliothek": ("Bücherei",),
    "VHS": ("Volkshochschule",),
    # What "Mission Solar" puts on the roofs, and what Consul is for.
    "Solaranlage": ("Photovoltaik",),
    "Bürgerbeteiligung": ("Beteiligung",),
}
