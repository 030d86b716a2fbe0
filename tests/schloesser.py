"""Do both locks install with the oldest pip that README promises, and with the newest?

    .venv/bin/python -m tests.schloesser python3

fetches both with the pip of ``python3`` and lets each resolve both locks into an empty
environment, as `make test` does, only without installing. A pip before 23.3 takes
``coverage[toml]>=7`` for another package than ``coverage==7.1`` and wants the newest of it: that
installs until a newer one is published. So every requirement with extras is looked up as well.
"""

import json
import re
import subprocess
import sys
import venv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

WURZEL = Path(__file__).parent.parent
SCHLOESSER = ("requirements.lock", "requirements-dev.lock")
MAX_SEKUNDEN = 900  # also where the network swallows everything

OHNE_NETZ = (
    "Das Paketverzeichnis ist nicht zu erreichen. Ohne Netz lassen sich die Schlösser nicht "
    "prüfen; bitte mit Netz wiederholen."
)
NICHT_FESTGEHALTEN = "Ein Paket mit Zusatz steht nicht mit seinem Zusatz im Schloss."
# What pip says → why.
GRUENDE = {
    "versions pinned with ==": NICHT_FESTGEHALTEN,
    r"from versions: none|Max retries exceeded|Connection\w*Error|Timeout\w*Error": OHNE_NETZ,
}


def aeltestes_pip(readme: str) -> str:
    """The version of the oldest pip that README promises, such as ``22.3``."""
    return re.search(r"`pip` \(([\d.]+) oder neuer", readme)[1]


def unbefestigte(schloss: str, bericht: dict) -> Iterator[str]:
    """One sentence for each requirement with extras that a lock does not pin with just those.

    ``schloss`` is the text of the lock, ``bericht`` the installation report of pip for it.
    """
    fest = {
        (canonicalize_name(name), frozenset(re.findall(r"[\w.-]+", zusaetze)))
        for name, zusaetze in re.findall(r"^([\w.-]+)(?:\[(.*)\])?==", schloss, re.MULTILINE)
    }
    for paket in bericht["install"]:
        name = paket["metadata"]["name"]
        for zeile in paket["metadata"].get("requires_dist", []):
            verlangt = Requirement(zeile)
            gilt = verlangt.marker is None or any(
                verlangt.marker.evaluate(bericht["environment"] | {"extra": extra})
                for extra in ("", *paket.get("requested_extras", []))
            )
            genau = (canonicalize_name(verlangt.name), frozenset(verlangt.extras))
            if gilt and verlangt.extras and genau not in fest:
                was = f"{verlangt.name}[{','.join(sorted(verlangt.extras))}]"
                yield f"{name} verlangt {was}; so steht es nicht im Schloss."


def deute(fehler: str) -> str:
    """What pip wrote on stderr, without its warnings, and before it the reason if we know it."""
    _, error, rest = fehler.partition("ERROR:")
    fehler = (error + rest or fehler).strip()
    gruende = [grund for muster, grund in GRUENDE.items() if re.search(muster, fehler)]
    return "\n".join([*gruende[:1], fehler])


def _pruefe(pip: Path, python: Path, name: str) -> Iterator[str]:
    """What keeps this pip from installing this lock, one sentence each."""
    bericht = python.parent / f"{pip.name}-{name}.json"
    befehl = [sys.executable, pip / "pip", "--python", python, "install", "--quiet", "--dry-run"]
    befehl += ["--require-hashes", "--report", bericht, "-r", WURZEL / name]
    lauf = subprocess.run(befehl, capture_output=True, text=True, timeout=MAX_SEKUNDEN)
    if lauf.returncode:
        version = pip.name.split("-")[1]
        yield f"{name} lässt sich mit pip {version} nicht einrichten.\n{deute(lauf.stderr)}"
    else:
        schloss = (WURZEL / name).read_text(encoding="utf-8")
        for satz in unbefestigte(schloss, json.loads(bericht.read_text(encoding="utf-8"))):
            yield f"{name}: {satz}"


def _hole(python: str, welche: str, wohin: Path) -> Path:
    """Fetches one pip as a wheel: it runs as it is, without being installed."""
    befehl = [python, "-m", "pip", "download", "--quiet", "--no-deps", "-d", wohin, welche]
    lauf = subprocess.run(befehl, capture_output=True, text=True, timeout=MAX_SEKUNDEN)
    if lauf.returncode:
        raise RuntimeError(f"{OHNE_NETZ}\n{lauf.stderr.strip()}")
    (rad,) = wohin.glob("pip-*.whl")
    return rad


def _geprueft_mit() -> list[str]:
    """The two pips; the oldest came with Python 3.11 and does not run with a newer one."""
    aeltestes = f"pip=={aeltestes_pip((WURZEL / 'README.md').read_text(encoding='utf-8'))}"
    if sys.version_info < (3, 12):
        return [aeltestes, "pip"]
    print(f"{aeltestes} braucht Python 3.11: Geprüft wird nur mit dem neuesten.", file=sys.stderr)
    return ["pip"]


def maengel(python: str) -> list[str]:
    """What is wrong with the locks; raises ``RuntimeError`` when that cannot be found out."""

    def alle(welche: str) -> list[str]:
        with TemporaryDirectory() as ordner:
            venv.create(Path(ordner, "leer"), symlinks=True)
            pip, leer = _hole(python, welche, Path(ordner)), Path(ordner, "leer", "bin", "python")
            return [satz for name in SCHLOESSER for satz in _pruefe(pip, leer, name)]

    try:
        with ThreadPoolExecutor() as faeden:
            ergebnisse = faeden.map(alle, _geprueft_mit())
            return list(dict.fromkeys(satz for saetze in ergebnisse for satz in saetze))
    except subprocess.TimeoutExpired:
        raise RuntimeError(OHNE_NETZ) from None


if __name__ == "__main__":
    try:
        gefunden = maengel(sys.argv[1])
    except RuntimeError as fehler:
        sys.exit(str(fehler))
    if gefunden:
        rat = "`make lock` schreibt die Schlösser neu und behält die Versionen."
        sys.exit("\n".join([*gefunden, rat]))
