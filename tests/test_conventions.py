"""Agreements about our own code that no other tool watches."""

import ast
import re
from importlib import import_module
from pathlib import Path

import brotli
import pytest
from django.urls import get_resolver

WURZEL = Path(__file__).parent.parent
APPS = ("bochum_strategie", "zielsystem", "kernaktivitaeten", "strategiearbeit", "stempel")
MODULE = sorted(
    pfad for app in APPS for pfad in (WURZEL / app).rglob("*.py") if "migrations" not in pfad.parts
)

# What reads the clock, by the last part of its name; ``Now`` and ``CurrentDate`` in the database.
UHR = {"today", "now", "utcnow", "localdate", "localtime", "Now", "auto_now", "auto_now_add"}
DARF_DIE_UHR_LESEN = {WURZEL / "bochum_strategie" / "stichtag.py"}


def uhrzeiten(quelltext: str) -> set[str]:
    """The names in ``quelltext`` that read the clock."""
    namen = set()
    for knoten in ast.walk(ast.parse(quelltext)):
        match knoten:
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name):
                namen.add(name)
            case ast.keyword(arg=str(name), value=ast.Constant(value=True)):
                namen.add(name)
    return namen & UHR


@pytest.mark.parametrize("pfad", MODULE, ids=lambda pfad: str(pfad.relative_to(WURZEL)))
def test_only_stichtag_reads_the_clock(pfad):
    gefunden = uhrzeiten(pfad.read_text(encoding="utf-8"))
    assert not gefunden or pfad in DARF_DIE_UHR_LESEN


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
    assert uhrzeiten(quelltext)


# ── Imports go one way (HAUS: pages know facts, facts never know pages) ──────────────────────

REIHE = {app: rang for rang, app in enumerate(APPS)}  # who stands lower may be imported
EIGENE, DARUNTER, ALLE = "of the own app", "of the own app and those below", "of every app"

NICHTS_VON_UNS = (
    "svg",
    "stichtag",
    "zeitangabe",
    "geschichte",
    "auswahl",
    "csp",
    "blick",
    "rollen",
    "umgebung",
    "wsgi",
    "zeichnung",
    "ablage",
)
PFLEGE = {
    "models": DARUNTER,
    "rules": DARUNTER,
    "selectors": EIGENE,
    "admin": DARUNTER,
    "forms": EIGENE,
    "zeitangabe": ALLE,
    "datenstand": ALLE,
    "geschichte": ALLE,  # who updates rows past their history records it first
    "stichtag": ALLE,
    "verwaltung": ALLE,
    "zeitfeld": ALLE,
    "druck": EIGENE,
    "motiv": EIGENE,
    "zeichnung": EIGENE,
    "ablage": EIGENE,
    "rollen": ALLE,
}
# Kind of module → what it may import from our code, and whose.
DARF = {
    **{name: {} for name in NICHTS_VON_UNS},
    "settings": {"umgebung": EIGENE},
    "konto": {"rollen": EIGENE},
    "umzug": {"auswahl": EIGENE, "stichtag": EIGENE},
    "datenstand": {"geschichte": EIGENE},
    "zeitfeld": {"zeitangabe": EIGENE},
    "models": {
        "zeitangabe": ALLE,
        "datenstand": ALLE,
        "blick": ALLE,
        "models": DARUNTER,
        "baum": EIGENE,
    },
    "baum": {"datenstand": ALLE},
    "rules": {"models": DARUNTER, "rules": DARUNTER},
    "filter": {"models": ALLE, "auswahl": ALLE, "suche": ALLE},
    "charts": {"svg": ALLE},
    "selectors": {
        "models": ALLE,
        "rules": ALLE,
        "suche": ALLE,
        "filter": ALLE,
        "charts": ALLE,
        "selectors": EIGENE,
        "zeitangabe": ALLE,
        "auswahl": ALLE,
        "umzug": ALLE,
        "forms": EIGENE,
        "motiv": EIGENE,
        "zeichnung": EIGENE,
        "auftrag": EIGENE,
        "paket": EIGENE,
    },
    "views": {
        "auswahl": ALLE,
        "selectors": EIGENE,
        "forms": EIGENE,
        "stichtag": ALLE,
        **dict.fromkeys(("auftrag", "paket", "zugang"), EIGENE),
    },
    # Some addresses below /verwaltung/ are no admin of a model.
    "urls": {"views": EIGENE, "admin": ALLE, "verwaltung": EIGENE},
    "apps": {"datenstand": EIGENE, "ablage": EIGENE},
    # The stamp: ``zeichnung`` and ``druck`` know nothing but their files; ``motiv`` chooses the
    # artwork of a day; ``paket`` and ``auftrag`` make something and enter it into the register.
    "druck": {"zeichnung": EIGENE},
    "hochladen": {"druck": EIGENE},
    "zugang": {"ablage": EIGENE, "selectors": EIGENE},  # who is gone, and who guesses
    "motiv": {"models": DARUNTER, "zeichnung": EIGENE},
    "paket": {"models": DARUNTER, **dict.fromkeys(("rules", "motiv", "zeichnung"), EIGENE)},
    "auftrag": {
        "models": DARUNTER,
        "verwaltung": ALLE,
        **dict.fromkeys(("rules", "motiv", "zeichnung", "ablage", "druck"), EIGENE),
    },
    "suche": {"models": ALLE, "datenstand": ALLE, "blick": ALLE},
    # What every admin has in common knows the rules of all apps: saving one row can touch others.
    # It also records changes made at once, and when they were made (models, Datenstand, clock).
    "verwaltung": {
        "zeitfeld": EIGENE,
        "geschichte": EIGENE,
        "rollen": EIGENE,
        "blick": EIGENE,
        "rules": ALLE,
        "models": EIGENE,
        "datenstand": EIGENE,
        "stichtag": EIGENE,
    },
    **dict.fromkeys(("admin", "forms", "management"), PFLEGE),
}
# The command that starts the portal fills an empty database; nobody stands below it.
AUSNAHMEN = {("bochum_strategie.management.commands.start", "zielsystem.models")}
FAKTEN = ("models", "rules", "baum")
SEITEN = ("selectors", "views", "charts", "filter", "forms", "admin")
VERBOTENE_NAMEN = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc"}


def modulname(pfad: Path) -> str:
    """zielsystem/selectors/kompetenz.py → zielsystem.selectors.kompetenz"""
    teile = pfad.relative_to(WURZEL).with_suffix("").parts
    return ".".join(teile[:-1] if teile[-1] == "__init__" else teile)


def art(modul: str) -> str:
    """The kind of a module: the part after the app; empty for the app itself."""
    return [*modul.split("."), ""][1]


def importe(quelltext: str, modul: str, ist_paket: bool = False) -> set[str]:
    """The modules of our code that ``quelltext`` imports, by their whole name."""
    namen = set()
    for knoten in ast.walk(ast.parse(quelltext)):
        if isinstance(knoten, ast.Import):
            namen |= {alias.name for alias in knoten.names}
        elif isinstance(knoten, ast.ImportFrom):
            basis = modul.split(".")[: None if ist_paket else -1]
            basis = basis[: len(basis) - knoten.level + 1] if knoten.level else []
            von = ".".join([*basis, *filter(None, [knoten.module])])
            # "from app import rules" names a module, "from app.rules import satz" a thing in it.
            namen |= {f"{von}.{alias.name}" if "." not in von else von for alias in knoten.names}
    return {name for name in namen if name.split(".")[0] in APPS}


def verbotene_importe(quelltext: str, modul: str, ist_paket: bool = False) -> set[str]:
    app, erlaubt = modul.split(".")[0], DARF.get(art(modul), {})
    verboten = set()
    for ziel in importe(quelltext, modul, ist_paket):
        ziel_app, ziel_art = ziel.split(".")[0], art(ziel)
        if ziel_art == art(modul) and ziel_app == app:
            continue  # within a package
        weite = erlaubt.get(ziel_art)
        if (
            weite is None
            or (weite == EIGENE and ziel_app != app)
            or (weite == DARUNTER and REIHE[ziel_app] > REIHE[app])
        ):
            verboten.add(ziel)
    return {ziel for ziel in verboten if (modul, ".".join(ziel.split(".")[:2])) not in AUSNAHMEN}


jedes_modul = pytest.mark.parametrize("pfad", MODULE, ids=modulname)


@jedes_modul
def test_a_module_imports_only_what_its_kind_may(pfad):
    quelltext = pfad.read_text(encoding="utf-8")
    assert not verbotene_importe(quelltext, modulname(pfad), pfad.name == "__init__.py")


@jedes_modul
def test_every_module_is_of_a_known_kind(pfad):
    assert art(modulname(pfad)) in {"", *DARF}


@pytest.mark.parametrize(
    ("modul", "zeile"),
    [
        ("zielsystem.models", "from kernaktivitaeten.models import Kernaktivitaet"),
        ("zielsystem.rules", "import kernaktivitaeten.rules"),
        ("kernaktivitaeten.models.status", "from strategiearbeit.models import Meilenstein"),
        ("kernaktivitaeten.models.status", "from kernaktivitaeten import selectors"),
        ("kernaktivitaeten.models.status", "from ..filter import Zahl"),
        ("kernaktivitaeten.rules", "from .selectors.liste import sortiert"),
        ("kernaktivitaeten.charts", "from .models import Status"),
        ("kernaktivitaeten.filter", "from .selectors import liste"),
        ("kernaktivitaeten.views", "from .models import Kernaktivitaet"),
        ("kernaktivitaeten.views", "from zielsystem import selectors"),
        ("zielsystem.selectors.kompetenz", "from kernaktivitaeten.selectors import liste"),
        ("zielsystem.selectors.kompetenz", "from bochum_strategie.stichtag import heute"),
        ("bochum_strategie.svg", "from .zeitangabe import Zeitraum"),
        ("zielsystem.baum", "from .models import Zielelement"),
    ],
)
def test_the_search_for_forbidden_imports_finds_them(modul, zeile):
    assert verbotene_importe(zeile, modul)
    assert verbotene_importe(f"def spaet():\n    {zeile}", modul)


@pytest.mark.parametrize(
    ("modul", "zeile"),
    [
        ("kernaktivitaeten.models.status", "from zielsystem.models import Quelle"),
        ("kernaktivitaeten.models.status", "from .tranche_beschluss import Ratsbeschluss"),
        ("zielsystem.selectors.kompetenz", "from kernaktivitaeten import charts"),
        ("zielsystem.selectors.kompetenz", "from kernaktivitaeten.filter import Zahl"),
        ("bochum_strategie.selectors", "from strategiearbeit.models import Meilenstein"),
        ("kernaktivitaeten.views", "from . import selectors"),
        ("kernaktivitaeten.charts", "from bochum_strategie import svg"),
    ],
)
def test_the_search_for_forbidden_imports_lets_the_others_pass(modul, zeile):
    assert importe(zeile, modul)
    assert not verbotene_importe(zeile, modul)


def test_the_table_itself_keeps_facts_from_pages():
    for fakt in FAKTEN:
        assert not set(DARF[fakt]) & set(SEITEN)


@jedes_modul
def test_mptt_is_imported_in_zielsystem_only(pfad):
    namen = {
        name.split(".")[0]
        for knoten in ast.walk(ast.parse(pfad.read_text(encoding="utf-8")))
        if isinstance(knoten, (ast.Import, ast.ImportFrom))
        for name in (
            [alias.name for alias in knoten.names]
            if isinstance(knoten, ast.Import)
            else [knoten.module or ""]
        )
    }
    assert "mptt" not in namen or pfad.is_relative_to(WURZEL / "zielsystem")


@jedes_modul
def test_no_module_is_called_after_nothing(pfad):
    assert not VERBOTENE_NAMEN & set(modulname(pfad).split("."))


@jedes_modul
def test_no_signal_connects_outside_of_the_datenstand(pfad):
    verbindet = {
        knoten.func.attr if isinstance(knoten.func, ast.Attribute) else knoten.func.id
        for knoten in ast.walk(ast.parse(pfad.read_text(encoding="utf-8")))
        if isinstance(knoten, ast.Call) and isinstance(knoten.func, (ast.Attribute, ast.Name))
    } & {"connect", "receiver"}
    assert not verbindet or pfad == WURZEL / "bochum_strategie" / "datenstand.py"


# ── Size ──────────────────────────────────────────────────────────────────────────────────────


@jedes_modul
def test_a_module_has_at_most_250_lines(pfad):
    assert len(pfad.read_text(encoding="utf-8").splitlines()) <= 250


@jedes_modul
def test_a_function_has_at_most_35_lines(pfad):
    lang = {
        knoten.name: knoten.end_lineno - knoten.lineno + 1
        for knoten in ast.walk(ast.parse(pfad.read_text(encoding="utf-8")))
        if isinstance(knoten, ast.FunctionDef) and knoten.end_lineno - knoten.lineno + 1 > 35
    }
    assert not lang


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


def ungefilterte_anfaenge(quelltext: str) -> list[int]:
    """The lines where the manager of such a model is not asked for the public.

    Every use of the manager must be the ``X`` of ``X.oeffentlich()`` or ``X.gueltig()``; of a
    decision that was taken back the page says just that.
    """
    baum = ast.parse(quelltext)
    gefiltert = {
        id(knoten.func.value)
        for knoten in ast.walk(baum)
        if isinstance(knoten, ast.Call)
        and isinstance(knoten.func, ast.Attribute)
        and knoten.func.attr in ("oeffentlich", "gueltig", "zurueckgenommene")
    }
    return [
        knoten.lineno
        for knoten in ast.walk(baum)
        if isinstance(knoten, ast.Attribute)
        and knoten.attr in ("objects", "_default_manager", "_base_manager")
        and isinstance(knoten.value, ast.Name)
        and knoten.value.id in MIT_VERBORGENEM
        and id(knoten) not in gefiltert
    ]


OEFFENTLICHE = [p for p in MODULE if art(modulname(p)) in ("selectors", "filter", "views", "suche")]


@pytest.mark.parametrize("pfad", OEFFENTLICHE, ids=modulname)
def test_no_page_starts_from_unfiltered_kernaktivitaeten(pfad):
    assert ungefilterte_anfaenge(pfad.read_text(encoding="utf-8")) == []


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
    assert ungefilterte_anfaenge(zeile) == gefunden


VIEWS = [
    (modulname(pfad), knoten)
    for pfad in MODULE
    if pfad.name == "views.py"
    for knoten in ast.parse(pfad.read_text(encoding="utf-8")).body
    if isinstance(knoten, ast.FunctionDef) and not knoten.name.startswith("_")
]
# The only views that decide anything: none of it is about the domain.
MIT_WEICHE = {"healthz", "nicht_gefunden"}
# Forms: shown again with what is missing, or on to the next page.
MIT_WEICHE |= {"barriere_melden", "paket", "anbringen", "auftrag", "herunterladen"}


@pytest.mark.parametrize(("modul", "view"), VIEWS, ids=lambda wert: getattr(wert, "name", ""))
def test_a_view_is_plumbing(modul, view):
    zeilen = view.end_lineno - view.lineno + 1
    weichen = [k for k in ast.walk(view) if isinstance(k, (ast.If, ast.IfExp, ast.Match, ast.For))]
    assert not weichen or view.name in MIT_WEICHE
    assert zeilen <= 8


def urlnamen() -> dict[str, tuple[str, str]]:
    """URL name of every page → app and name of its view."""
    ergebnis = {}
    for eintrag in get_resolver().url_patterns:
        namensraum = getattr(eintrag, "namespace", None)
        if namensraum != "admin":
            for muster in getattr(eintrag, "url_patterns", [eintrag]):
                name = f"{namensraum}:{muster.name}" if namensraum else muster.name
                view = muster.callback
                if view.__module__.split(".")[0] not in APPS or art(view.__module__) != "views":
                    continue  # sign-in is named by django-allauth; the preview shows other pages
                ergebnis[name] = (view.__module__.split(".")[0], view.__name__)
    return ergebnis


# What answers without a template.
OHNE_VORLAGE = {"kernaktivitaeten:liste_csv", "kernaktivitaeten:liste_json", "healthz"}
OHNE_VORLAGE |= {f"stempel:{n}" for n in ("abzeichen", "muster", "eingabe")}
OHNE_VORLAGE |= {f"stempel:{n}" for n in ("vorschau", "herunterladen")}
# Pages that take the place of another one.
STATT_DESSEN = {f"stempel/{name}.html" for name in ("fort", "ohne_recht", "unbekannt", "zu_viele")}
STATT_DESSEN |= {"kernaktivitaeten/beschluss_zurueckgenommen.html"}


@pytest.mark.parametrize("name", urlnamen())
def test_one_word_for_address_view_selector_and_template(name):
    app, view = urlnamen()[name]
    namensraum, _, kurz = name.rpartition(":")
    assert kurz == view
    assert (namensraum or "bochum_strategie") == app
    if name not in OHNE_VORLAGE:
        assert (WURZEL / "templates" / namensraum / f"{kurz}.html").is_file()
        assert callable(getattr(import_module(f"{app}.selectors"), kurz))


def test_every_page_template_belongs_to_an_address():
    vorlagen = {
        str(pfad.relative_to(WURZEL / "templates"))
        for pfad in (WURZEL / "templates").rglob("*.html")
        if not {"bausteine", "admin", "registration", "account"}
        & set(pfad.relative_to(WURZEL).parts)
    }
    seiten = {f"{n.replace(':', '/')}.html" for n in set(urlnamen()) - OHNE_VORLAGE}
    fehlerseiten = {f"{name}.html" for name in ("400", "403", "403_csrf", "404", "429", "500")}
    assert vorlagen == seiten | fehlerseiten | {"base.html", "stoerung.html"} | STATT_DESSEN


# ── Colours ───────────────────────────────────────────────────────────────────────────────────

CSS = (WURZEL / "static" / "css" / "portal.css").read_text(encoding="utf-8")
FARBE = r"#(?:[0-9a-f]{6}|[0-9a-f]{3})"
EINFACH = dict(re.findall(rf"--([\w-]+):\s*({FARBE});", CSS))
HELL_DUNKEL = {
    name: (hell, dunkel)
    for name, hell, dunkel in re.findall(
        rf"--([\w-]+):\s*light-dark\(({FARBE}),\s*({FARBE})\);", CSS
    )
}

FLAECHEN = ("papier", "flaeche", "hinweis")
SCHRIFT = ("tinte", "tinte-leise", "link")
ZEICHEN = ("umgesetzt", "laufend", "beendet", "offen", "rand")
PAARE = [
    *((vorn, hinten, 4.5) for vorn in SCHRIFT for hinten in FLAECHEN),
    ("auf-knopf", "knopf", 4.5),
    *((vorn, hinten, 3.0) for vorn in ZEICHEN for hinten in ("papier", "flaeche")),
    ("knopf", "papier", 3.0),
    ("knopf", "flaeche", 3.0),
    ("link", "papier", 3.0),  # the focus
]
NUR_SCHMUCK = {"akzent", "linie"}


def leuchtdichte(farbe: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    ziffern = farbe[1:] if len(farbe) == 7 else "".join(z * 2 for z in farbe[1:])
    anteile = [int(ziffern[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    rot, gruen, blau = (
        anteil / 12.92 if anteil <= 0.04045 else ((anteil + 0.055) / 1.055) ** 2.4
        for anteil in anteile
    )
    return 0.2126 * rot + 0.7152 * gruen + 0.0722 * blau


def kontrast(eine: str, andere: str) -> float:
    dunkel, hell = sorted(map(leuchtdichte, (eine, andere)))
    return (hell + 0.05) / (dunkel + 0.05)


@pytest.mark.parametrize(
    ("eine", "andere", "erwartet"),
    [
        ("#000", "#fff", 21),
        ("#fff", "#ffffff", 1),
        ("#009ee3", "#fff", 3.0),
        ("#767676", "#fff", 4.54),
    ],
)
def test_the_formula_of_contrast_is_right(eine, andere, erwartet):
    assert kontrast(eine, andere) == pytest.approx(erwartet, abs=0.05)
    assert kontrast(andere, eine) == kontrast(eine, andere)


@pytest.mark.parametrize("dunkel", [False, True], ids=["hell", "dunkel"])
@pytest.mark.parametrize(("vorn", "hinten", "mindestens"), PAARE)
def test_every_pair_of_colours_has_enough_contrast(vorn, hinten, mindestens, dunkel):
    assert kontrast(HELL_DUNKEL[vorn][dunkel], HELL_DUNKEL[hinten][dunkel]) >= mindestens


def test_every_colour_is_given_plainly_first_and_then_for_light_and_dark():
    assert HELL_DUNKEL
    assert {name: hell for name, (hell, _) in HELL_DUNKEL.items()} == EINFACH


def test_every_colour_is_judged_or_only_decoration():
    beurteilt = {farbe for vorn, hinten, _ in PAARE for farbe in (vorn, hinten)}
    assert beurteilt | NUR_SCHMUCK == set(HELL_DUNKEL)


def test_colours_stand_only_among_the_tokens():
    ohne_tokens = re.sub(r"@layer tokens \{.*?\n\}", "", CSS, flags=re.DOTALL)
    ohne_tokens = re.sub(r"\(color: light-dark\(.*?\)\)", "", ohne_tokens)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(", ohne_tokens) == []


def test_decoration_is_never_the_colour_of_words():
    farben = set(re.findall(r"(?<![\w-])(?:color|fill):\s*var\(--([\w-]+)\)", CSS))
    assert farben
    assert not farben & NUR_SCHMUCK


def test_every_token_that_is_used_is_defined():
    definiert = set(re.findall(r"--([\w-]+):", CSS))
    assert set(re.findall(r"var\(--([\w-]+)", CSS)) <= definiert


def test_all_css_is_at_most_8_kb_compressed():
    dateien = [p for p in (WURZEL / "static" / "css").glob("*.css") if p.stem != "verwaltung"]
    assert sum(len(brotli.compress(pfad.read_bytes())) for pfad in dateien) <= 8 * 1024
