"""A page read as a document: elements, attributes and visible words, with nothing but stdlib.

Reading is strict: an element that is closed twice, not at all or in the wrong order is an error,
so that every test that reads a page also finds markup that a branch of a template left open.
"""

from collections.abc import Iterator
from html.parser import HTMLParser

LEERE = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
# Elements that do not part the words before and after them.
IM_TEXT = {
    "a",
    "abbr",
    "b",
    "code",
    "em",
    "i",
    "mark",
    "q",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
}


class Element:
    def __init__(self, name: str, attribute: dict[str, str], eltern: "Element | None" = None):
        self.name = name
        self.attribute = attribute
        self.eltern = eltern
        self.inhalt: list[Element | str] = []

    def __getitem__(self, attribut: str) -> str:
        return self.attribute[attribut]

    def __repr__(self) -> str:
        return f"<{self.name} {self.attribute}> {self.text}"

    @property
    def klassen(self) -> set[str]:
        return set(self.attribute.get("class", "").split())

    @property
    def text(self) -> str:
        """All words inside, parted by single blanks."""
        return " ".join("".join(self._stuecke()).split())

    def _stuecke(self) -> Iterator[str]:
        for teil in self.inhalt:
            if isinstance(teil, str):
                yield teil
            else:
                luecke = "" if teil.name in IM_TEXT else " "
                yield from (luecke, *teil._stuecke(), luecke)

    def alle(self, name: str = "", klasse: str = "", **attribute: str) -> list["Element"]:
        """The elements inside that fit all conditions, in their order."""
        return [
            element
            for element in self._elemente()
            if (not name or element.name == name)
            and (not klasse or klasse in element.klassen)
            and all(element.attribute.get(a.strip("_")) == w for a, w in attribute.items())
        ]

    def eines(self, name: str = "", klasse: str = "", **attribute: str) -> "Element":
        """The only such element."""
        gefunden = self.alle(name, klasse, **attribute)
        assert len(gefunden) == 1, f"{name} {klasse} {attribute}: {len(gefunden)} statt 1"
        return gefunden[0]

    def _elemente(self) -> Iterator["Element"]:
        for teil in self.inhalt:
            if isinstance(teil, Element):
                yield teil
                yield from teil._elemente()


class _Leser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wurzel = self.hier = Element("", {})

    def handle_starttag(self, tag, attrs):
        self.handle_startendtag(tag, attrs)
        if tag not in LEERE:
            self.hier = self.hier.inhalt[-1]

    def handle_startendtag(self, tag, attrs):
        namen = [name for name, _ in attrs]
        assert len(namen) == len(set(namen)), f"<{tag}> hat ein Attribut doppelt: {namen}"
        werte = {name: wert or "" for name, wert in attrs}
        self.hier.inhalt.append(Element(tag, werte, self.hier))

    def handle_endtag(self, tag):
        assert self.hier.name == tag, f"</{tag}> schließt <{self.hier.name}> {self.hier.text[:80]}"
        self.hier = self.hier.eltern

    def handle_data(self, data):
        self.hier.inhalt.append(data)


def lies(html: str) -> Element:
    """The document; raises ``AssertionError`` where its elements are not properly nested."""
    leser = _Leser()
    leser.feed(html)
    leser.close()
    assert leser.hier is leser.wurzel, f"<{leser.hier.name}> bleibt offen"
    return leser.wurzel
