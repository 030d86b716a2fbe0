"""The drawing of the house in `docs/architektur.md`, made from the imports.

``make haus`` (``python -m tests.haus``) writes it anew; a test sees to it that it is true.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

WURZEL = Path(__file__).parent.parent
PAPIER = WURZEL / "docs" / "architektur.md"
ANFANG, ENDE = "<!-- make haus: Anfang -->\n", "<!-- make haus: Ende -->\n"
# The rooms from the ground up: each imports only from those with a smaller number.
ETAGE = {
    "grundlage": 0,
    "zielsystem": 1,
    "kernaktivitaeten": 2,
    "strategiearbeit": 3,
    "stempel": 3,
    "seiten": 4,
    "verwaltung": 5,
    "bochum_strategie": 6,
}


def module(raum: str) -> list[Path]:
    """The modules of a room, without its migrations, in the order of their paths."""
    return sorted(p for p in (WURZEL / raum).rglob("*.py") if "migrations" not in p.parts)


def importe(knoten: Iterator[ast.AST]) -> Iterator[str]:
    """Every absolute import, by its whole name; relative ones stay in their room."""
    for teil in knoten:
        if isinstance(teil, ast.Import):
            yield from (alias.name for alias in teil.names)
        elif isinstance(teil, ast.ImportFrom) and not teil.level:
            yield teil.module or ""
            yield from (f"{teil.module}.{alias.name}" for alias in teil.names)


def genannte(raum: str) -> set[str]:
    """The rooms that ``raum`` reaches by name, as Django does: ``include("seiten.urls")``."""
    texte = {
        teil.value.split(".")[0]
        for pfad in module(raum)
        for teil in ast.walk(ast.parse(pfad.read_text(encoding="utf-8")))
        if isinstance(teil, ast.Constant) and isinstance(teil.value, str) and "." in teil.value
    }
    return {text for text in texte if ETAGE.get(text, len(ETAGE)) < ETAGE[raum]}


@cache
def bekannte(raum: str) -> set[str]:
    """The other rooms that ``raum`` imports from."""
    namen = {
        name.split(".")[0]
        for pfad in module(raum)
        for name in importe(ast.walk(ast.parse(pfad.read_text(encoding="utf-8"))))
    }
    return (namen | genannte(raum)) & set(ETAGE) - {raum}


def pfeile(raum: str) -> set[str]:
    """Those of ``bekannte`` that no other one of them knows, too: the drawing stays readable."""
    alle = bekannte(raum)
    return alle - {weiterer for anderer in alle for weiterer in bekannte(anderer)}


def was_drin_steht(pfad: Path) -> str:
    """The first sentence of a module's docstring; empty without one."""
    text = ast.get_docstring(ast.parse(pfad.read_text(encoding="utf-8"))) or ""
    satz = " ".join(text.split("\n\n")[0].split())
    return satz.split(". ")[0].rstrip(".")


def zeichnung() -> str:
    """The rooms with the arrows between them as Mermaid, and what is in each as a table."""
    zeilen = ["```mermaid", "flowchart BT"]
    for etage in sorted(set(ETAGE.values())):
        raeume = [raum for raum, seine in ETAGE.items() if seine == etage]
        zeilen += [f"    {raum}[{raum}]" for raum in raeume]
    for raum in ETAGE:
        zeilen += [f"    {raum} --> {anderer}" for anderer in ETAGE if anderer in pfeile(raum)]
    zeilen += ["```", ""]
    for raum in reversed(ETAGE):
        zeilen += [f"### {raum}/", "", "| module | what is in it |", "|---|---|"]
        for pfad in module(raum):
            if satz := was_drin_steht(pfad):
                zeilen.append(
                    f"| `{pfad.relative_to(WURZEL)}` | {satz.replace('|', chr(92) + '|')} |"
                )
        zeilen.append("")
    return "\n".join(zeilen)


def eingesetzt(text: str) -> str:
    """``text`` with the drawing as it is today; raises ``ValueError`` where no place is for it."""
    davor, _, rest = text.partition(ANFANG)
    _, ende, danach = rest.partition(ENDE)
    if not ende:
        raise ValueError(f"{PAPIER.name} nennt keinen Platz für die Zeichnung.")
    return f"{davor}{ANFANG}\n{zeichnung()}{ENDE}{danach}"


if __name__ == "__main__":
    PAPIER.write_text(eingesetzt(PAPIER.read_text(encoding="utf-8")), encoding="utf-8")
