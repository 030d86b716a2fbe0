"""Agreements about our own code that no other tool watches."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from django.urls import get_resolver

from tests.haus import ETAGE, WURZEL, importe, module


@dataclass(frozen=True)
class Modul:
    """A module of ours; read and parsed once for all agreements."""

    pfad: Path

    @cached_property
    def text(self) -> str:
        return self.pfad.read_text(encoding="utf-8")

    @cached_property
    def knoten(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(ast.parse(self.text)))

    @property
    def name(self) -> str:
        """seiten/suche/index.py → seiten.suche.index"""
        teile = self.pfad.relative_to(WURZEL).with_suffix("").parts
        return ".".join(teile[:-1] if teile[-1] == "__init__" else teile)

    @property
    def raum(self) -> str:
        return self.name.split(".")[0]


def aus_text(text: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(text)))


MODULE = [Modul(pfad) for raum in ETAGE for pfad in module(raum)]


def verstoesse(pruefung, module=MODULE) -> dict[str, object]:
    """Name of each module in which ``pruefung`` of its nodes finds something → what it finds."""
    gefunden = {modul.name: pruefung(modul.knoten) for modul in module}
    return {name: fund for name, fund in gefunden.items() if fund}


# ── The clock ─────────────────────────────────────────────────────────────────────────────────

# What reads the clock, by the last part of its name; ``Now`` and ``CurrentDate`` in the database.
UHR = {"today", "now", "utcnow", "localdate", "localtime", "Now", "auto_now", "auto_now_add"}


def uhrzeiten(knoten) -> set[str]:
    """The names that read the clock."""
    namen = set()
    for teil in knoten:
        match teil:
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name):
                namen.add(name)
            case ast.keyword(arg=str(name), value=ast.Constant(value=True)):
                namen.add(name)
    return namen & UHR


def test_only_stichtag_reads_the_clock():
    assert set(verstoesse(uhrzeiten)) == {"grundlage.stichtag"}


@pytest.mark.parametrize(
    "quelltext",
    [
        "date.today()",
        "datetime.datetime.now(tz=UTC)",
        "timezone.now()",
        "models.DateField(default=timezone.localdate)",
        "from django.utils.timezone import now as jetzt",
        "models.DateTimeField(auto_now_add=True)",
        "models.DateTimeField(auto_now=True)",
        "qs.filter(tag__lt=Now())",
    ],
)
def test_the_search_for_the_clock_finds_it(quelltext):
    assert uhrzeiten(aus_text(quelltext))


def test_below_the_views_the_day_is_an_argument():
    fragen = {
        modul.name
        for modul in MODULE
        if ETAGE[modul.raum] < ETAGE["verwaltung"] and "grundlage.stichtag" in eigene_importe(modul)
    }
    assert fragen == {"seiten.views", "seiten.stempel.views", "seiten.umzug"}


# ── Imports go one way, and the folders say which ─────────────────────────────────────────────


def eigene_importe(modul: Modul) -> set[str]:
    return {name for name in importe(modul.knoten) if name.split(".")[0] in ETAGE}


def nach_oben(raum: str, knoten) -> set[str]:
    """The rooms that ``raum`` must not know."""
    bekannt = {name.split(".")[0] for name in importe(knoten)} & set(ETAGE) - {raum}
    return {anderer for anderer in bekannt if ETAGE[anderer] >= ETAGE[raum]}


def test_no_import_runs_up():
    gefunden = {modul.name: nach_oben(modul.raum, modul.knoten) for modul in MODULE}
    assert {name: raeume for name, raeume in gefunden.items() if raeume} == {}


def test_no_relative_import_leaves_its_room():
    for modul in MODULE:
        tiefe = len(modul.pfad.relative_to(WURZEL).parts) - 1
        for knoten in modul.knoten:
            assert not isinstance(knoten, ast.ImportFrom) or knoten.level <= tiefe, modul.name


@pytest.mark.parametrize(
    ("raum", "zeile"),
    [
        ("grundlage", "from zielsystem.models import Quelle"),
        ("zielsystem", "import kernaktivitaeten.rules"),
        ("kernaktivitaeten", "from strategiearbeit.models import Meilenstein"),
        ("strategiearbeit", "from stempel import rules"),
        ("stempel", "from strategiearbeit.models import Textseite"),
        ("stempel", "from seiten.filter import lies_filter"),
        ("seiten", "from verwaltung.rechte import sieht_alles"),
        ("verwaltung", "import bochum_strategie.settings"),
    ],
)
def test_the_search_for_imports_that_run_up_finds_them(raum, zeile):
    assert nach_oben(raum, aus_text(zeile))
    assert nach_oben(raum, aus_text(f"def spaet():\n    {zeile}"))


@pytest.mark.parametrize(
    ("raum", "zeile"),
    [
        ("kernaktivitaeten", "from zielsystem.models import Quelle"),
        ("kernaktivitaeten", "from .status import Statusmeldung"),
        ("verwaltung", "from seiten.bilanz import abweichende_bilanzen"),
        ("seiten", "from seiten.suche import finde"),
        ("seiten", "from django.http import HttpRequest"),
    ],
)
def test_the_search_for_imports_that_run_up_lets_the_others_pass(raum, zeile):
    assert not nach_oben(raum, aus_text(zeile))


def test_rules_know_no_more_than_facts():
    """Within a room of facts its models know nothing of its rules."""
    for modul in MODULE:
        if ".models" in modul.name:
            assert not any(name.endswith("rules") for name in importe(modul.knoten)), modul.name
            assert not any(
                isinstance(knoten, ast.ImportFrom) and knoten.module == "rules"
                for knoten in modul.knoten
            ), modul.name


def test_mptt_is_imported_in_zielsystem_only():
    kennen = {
        modul.raum
        for modul in MODULE
        if any(name.split(".")[0] == "mptt" for name in importe(modul.knoten))
    }
    assert kennen == {"zielsystem"}


# ── Names, signals, size ──────────────────────────────────────────────────────────────────────

VERBOTENE_NAMEN = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc"}


def test_no_module_is_called_after_nothing():
    assert not VERBOTENE_NAMEN & {teil for modul in MODULE for teil in modul.name.split(".")}


def gleichnamige(module: dict[str, tuple[ast.AST, ...]]) -> dict[str, list[str]]:
    """Name of each class that two modules have, private ones apart → where it stands."""
    orte: dict[str, list[str]] = {}
    for modul, knoten in module.items():
        for teil in knoten[0].body:
            if isinstance(teil, ast.ClassDef) and not teil.name.startswith("_"):
                orte.setdefault(teil.name, []).append(modul)
    return {name: module for name, module in orte.items() if len(module) > 1}


def test_one_name_one_class():
    """But a fact has the name of the model that it copies."""
    fakten = [modul for modul in MODULE if modul.name.startswith("seiten.bestand.fakten")]
    gefunden = gleichnamige({m.name: m.knoten for m in MODULE if m not in fakten})
    # Django looks for the class of a command by its name.
    assert {name: orte for name, orte in gefunden.items() if name != "Command"} == {}


def test_the_search_for_equal_names_finds_them():
    eine, andere = aus_text("class Zeile: ..."), aus_text("class Zeile(dict): ...")
    assert gleichnamige({"a": eine, "b": andere}) == {"Zeile": ["a", "b"]}
    assert not gleichnamige({"a": eine, "b": aus_text("class Spalte:\n    class Zeile: ...")})


def verbindungen(knoten) -> set[str]:
    return {
        teil.func.attr if isinstance(teil.func, ast.Attribute) else teil.func.id
        for teil in knoten
        if isinstance(teil, ast.Call) and isinstance(teil.func, (ast.Attribute, ast.Name))
    } & {"connect", "receiver"}


def test_no_signal_connects_outside_of_the_datenstand():
    assert set(verstoesse(verbindungen)) == {"grundlage.datenstand"}


def test_a_module_has_at_most_250_lines():
    assert [m.name for m in MODULE if len(m.text.splitlines()) > 250] == []


def lange_funktionen(knoten) -> set[str]:
    return {
        teil.name
        for teil in knoten
        if isinstance(teil, ast.FunctionDef) and teil.end_lineno - teil.lineno + 1 > 35
    }


def test_a_function_has_at_most_35_lines():
    assert verstoesse(lange_funktionen) == {}


# ── Saving ────────────────────────────────────────────────────────────────────────────────────

# Who saves a whole row writes over what somebody else has saved since it was read.
SPEICHERT_GANZ = {
    "seiten.barriere",  # the save of a form, whose row is new
}


def ganze_speicherungen(knoten) -> list[int]:
    """The lines where ``save`` neither names its columns nor says that the row is new.

    Allowed are ``update_fields=…``, ``force_insert=True``, ``super().save(…)`` that passes on what
    it was given, and what has a positional argument: that is a file. Forms of the administration
    save through its ``save_model``, where the library calls it.
    """
    gerufen = {id(teil.func): teil for teil in knoten if isinstance(teil, ast.Call)}
    return [
        teil.lineno
        for teil in knoten
        if isinstance(teil, ast.Attribute)
        and teil.attr == "save"
        and not (id(teil) in gerufen and _speichert_teilweise(gerufen[id(teil)]))
    ]


def _speichert_teilweise(ruf: ast.Call) -> bool:
    wie = {schluessel.arg: schluessel.value for schluessel in ruf.keywords}
    if any(not isinstance(wert, ast.Starred) for wert in ruf.args):
        return True
    match ruf.func.value:
        case ast.Call(func=ast.Name(id="super")) if None in wie:
            return True
    spalten, neu = wie.get("update_fields"), wie.get("force_insert")
    genannt = spalten is not None and not isinstance(spalten, ast.Constant)
    return genannt or (isinstance(neu, ast.Constant) and neu.value is True)


def test_nobody_saves_a_whole_row():
    assert set(verstoesse(ganze_speicherungen)) == SPEICHERT_GANZ


@pytest.mark.parametrize(
    ("zeile", "gefunden"),
    [
        ("ka.save()", [1]),
        ("ka.save(using='default')", [1]),
        ("ka.save(update_fields=None)", [1]),
        ("ka.save(force_insert=False)", [1]),
        ("ka.save(*args, **kwargs)", [1]),
        ("super().save()", [1]),
        ("list(map(Kernaktivitaet.save, alle))", [1]),
        ("Kernaktivitaet(titel='neu').save()", [1]),
        ("ka.save(update_fields=['titel'])", []),
        ("ka.save(update_fields=spalten, using=db)", []),
        ("Kernaktivitaet(titel='neu').save(force_insert=True)", []),
        ("super().save(*args, **kwargs)", []),
        ("bild.save(ziel, 'PNG')", []),
        ("Kernaktivitaet.objects.create(titel='neu')", []),
    ],
)
def test_the_search_for_whole_rows_finds_them(zeile, gefunden):
    assert ganze_speicherungen(aus_text(zeile)) == gefunden


# ── Pages ─────────────────────────────────────────────────────────────────────────────────────

# Models with rows that readers must not see.
MIT_VERBORGENEM = {
    "Kernaktivitaet",
    "Statusmeldung",
    "Messwert",
    "Planangabe",
    "Projektziel",
    "Angabe",
    "Ratsbeschluss",
    "Tranche",
}


def ungefilterte_anfaenge(knoten) -> list[int]:
    """The lines where the manager of such a model is not asked for the public.

    Every use of the manager must be the ``X`` of ``X.oeffentlich()`` or ``X.gueltig()``; of a
    decision that was taken back the page says just that.
    """
    gefiltert = {
        id(teil.func.value)
        for teil in knoten
        if isinstance(teil, ast.Call)
        and isinstance(teil.func, ast.Attribute)
        and teil.func.attr in ("oeffentlich", "gueltig", "zurueckgenommene")
    }
    return [
        teil.lineno
        for teil in knoten
        if isinstance(teil, ast.Attribute)
        and teil.attr in ("objects", "_default_manager", "_base_manager")
        and isinstance(teil.value, ast.Name)
        and teil.value.id in MIT_VERBORGENEM
        and id(teil) not in gefiltert
    ]


def test_no_page_starts_from_unfiltered_kernaktivitaeten():
    assert verstoesse(ungefilterte_anfaenge, [m for m in MODULE if m.raum == "seiten"]) == {}


@pytest.mark.parametrize(
    ("zeile", "gefunden"),
    [
        ("Kernaktivitaet.objects.all()", [1]),
        ("Kernaktivitaet.objects.filter(nr=1).oeffentlich()", [1]),
        ("alle = Kernaktivitaet.objects", [1]),
        ("Angabe.objects.select_related('quelle')", [1]),
        ("Statusmeldung.objects.gueltig().filter(status='')", []),
        ("Kernaktivitaet.objects.oeffentlich().zum(tag)", []),
        ("Quelle.objects.all()", []),
    ],
)
def test_the_search_for_unfiltered_beginnings_finds_them(zeile, gefunden):
    assert ungefilterte_anfaenge(aus_text(zeile)) == gefunden


VIEWS = {
    knoten.name: knoten
    for modul in MODULE
    if modul.pfad.name == "views.py"
    for oberste in ast.parse(modul.text).body
    if isinstance(oberste, ast.FunctionDef) and not oberste.name.startswith("_")
    for knoten in ast.walk(oberste)  # what makes a view has it inside
    if isinstance(knoten, ast.FunctionDef) and knoten.args.args[0].arg == "request"
}
# The only views that decide anything: none of it is about the domain.
MIT_WEICHE = {"healthz", "nicht_gefunden"}
# Forms: shown again with what is missing, or on to the next page.
MIT_WEICHE |= {"barriere_melden", "paket", "anbringen", "auftrag", "herunterladen"}


def test_a_view_is_plumbing():
    weichen = (ast.If, ast.IfExp, ast.Match, ast.For)
    verzweigt = {n for n, v in VIEWS.items() if any(isinstance(k, weichen) for k in ast.walk(v))}
    assert verzweigt == MIT_WEICHE
    assert {n for n, v in VIEWS.items() if v.end_lineno - v.lineno + 1 > 8} == set()


# What makes the pages: the names at the top of the modules of that room.
SEITEN = {
    name
    for modul in MODULE
    if modul.raum == "seiten" and modul.pfad.name not in ("views.py", "urls.py")
    for knoten in ast.parse(modul.text).body
    for name in (
        [knoten.name]
        if isinstance(knoten, ast.FunctionDef)
        else [ziel.id for ziel in getattr(knoten, "targets", ()) if isinstance(ziel, ast.Name)]
    )
}


def urlnamen() -> dict[str, str]:
    """URL name of every public page → name of its view."""
    ergebnis = {}

    def sammle(muster, raeume):
        for eintrag in muster:
            if hasattr(eintrag, "url_patterns"):
                raum = getattr(eintrag, "namespace", None)
                sammle(eintrag.url_patterns, [*raeume, *filter(None, [raum])])
            elif eintrag.callback.__module__.split(".")[0] == "seiten":
                ergebnis[":".join([*raeume, eintrag.name])] = eintrag.callback.__name__

    sammle(get_resolver().url_patterns, [])
    return ergebnis


# What answers without a template.
OHNE_VORLAGE = {"kernaktivitaeten:liste_csv", "kernaktivitaeten:liste_json"}
OHNE_VORLAGE |= {f"stempel:{n}" for n in ("abzeichen", "muster", "eingabe")}
OHNE_VORLAGE |= {f"stempel:{n}" for n in ("vorschau", "herunterladen")}
# Pages that take the place of another one.
STATT_DESSEN = {f"stempel/{name}.html" for name in ("fort", "ohne_recht", "unbekannt", "zu_viele")}
STATT_DESSEN |= {"stempel/ausgelastet.html"}
STATT_DESSEN |= {"kernaktivitaeten/beschluss_zurueckgenommen.html"}


@pytest.mark.parametrize("name", urlnamen())
def test_one_word_for_address_view_page_and_template(name):
    namensraum, _, kurz = name.rpartition(":")
    assert kurz == urlnamen()[name]
    if name not in OHNE_VORLAGE:
        assert (WURZEL / "templates" / namensraum / f"{kurz}.html").is_file()
        assert kurz in SEITEN


def test_every_page_template_belongs_to_an_address():
    vorlagen = {
        str(pfad.relative_to(WURZEL / "templates"))
        for pfad in (WURZEL / "templates").rglob("*.html")
        if not {"bausteine", "admin", "registration", "account"}
        & set(pfad.relative_to(WURZEL).parts)
    }
    seiten = {f"{n.replace(':', '/')}.html" for n in set(urlnamen()) - OHNE_VORLAGE}
    fehler = ("400", "403", "403_csrf", "404", "429", "500", "503")
    fehlerseiten = {f"{name}.html" for name in fehler}
    assert vorlagen == seiten | fehlerseiten | {"base.html", "stoerung.html"} | STATT_DESSEN
