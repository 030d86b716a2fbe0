"""`manage.py start` as a person runs it: a process of its own with a data folder of its own."""

import socket
import sqlite3
import stat
import urllib.error
import urllib.request
from contextlib import closing

import pytest

from tests.prozess import freier_port, laufendes_portal, manage, umgebung


def eine_zeile(lauf):
    """The one line on stderr of a start that failed as it should."""
    assert lauf.returncode == 1
    assert lauf.stdout == ""
    zeilen = lauf.stderr.splitlines()
    assert len(zeilen) == 1, lauf.stderr
    return zeilen[0]


def kopfzeilen(url, **gesendet):
    """Status and headers of one answer; redirects are not followed."""

    class Bleibt(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args):
            return None

    try:
        anfrage = urllib.request.Request(url, headers=gesendet)
        with urllib.request.build_opener(Bleibt).open(anfrage, timeout=10) as antwort:
            return antwort.status, antwort.headers
    except urllib.error.HTTPError as fehler:
        with fehler:
            return fehler.code, fehler.headers


@pytest.fixture
def env(tmp_path):
    return umgebung(DATEN_ORDNER=tmp_path / "daten", PORT=str(freier_port()))


def test_belegter_port(env):
    with socket.create_server(("127.0.0.1", int(env["PORT"])), reuse_port=True):
        zeile = eine_zeile(manage("start", env=env))
    assert f"Port {env['PORT']} auf 127.0.0.1 ist belegt" in zeile


def test_fremde_adresse(env):
    zeile = eine_zeile(manage("start", env=env | {"HOST": "192.0.2.1"}))
    assert "Bitte HOST und PORT prüfen" in zeile


@pytest.mark.parametrize("schluessel", ["", "ein-eigener-schluessel"])
def test_ordner_nicht_beschreibbar(env, tmp_path, schluessel):
    (tmp_path / "datei").touch()
    ordner = tmp_path / "datei" / "daten"
    env |= {"DATEN_ORDNER": str(ordner), "SECRET_KEY": schluessel}
    assert f"{ordner} ist nicht beschreibbar" in eine_zeile(manage("start", env=env))


def test_postgres_nicht_erreichbar(env):
    url = f"postgres://portal:geheim@127.0.0.1:{freier_port()}/portal"
    zeile = eine_zeile(manage("start", env=env | {"DATABASE_URL": url}))
    assert "Die Datenbank ist nicht erreichbar" in zeile
    assert "geheim" not in zeile


def test_datei_ist_keine_datenbank(env, tmp_path):
    (tmp_path / "text.sqlite3").write_text("Das ist keine Datenbank. " * 100, encoding="utf-8")
    env |= {"DATABASE_URL": f"sqlite:///{tmp_path}/text.sqlite3"}
    assert "Datenbank" in eine_zeile(manage("start", env=env))


def test_fremde_datenbank(env, tmp_path):
    with closing(sqlite3.connect(tmp_path / "fremd.sqlite3")) as fremd:
        fremd.execute("CREATE TABLE django_content_type (etwas_anderes)")
    env |= {"DATABASE_URL": f"sqlite:///{tmp_path}/fremd.sqlite3"}
    assert "Die Datenbank nimmt nichts an" in eine_zeile(manage("start", env=env))


@pytest.mark.parametrize(
    ("name", "wert"),
    [
        ("PORT", "achttausend"),
        ("PORT", "70000"),
        ("WORKERS", "0"),
        ("HTTPS", "vielleicht"),
        ("DATABASE_URL", "portal.sqlite3"),
        ("SECRET_KEY_FILE", "/gibt/es/nicht"),
    ],
)
def test_unbrauchbare_einstellung(env, name, wert):
    zeile = eine_zeile(manage("start", env=env | {name: wert}))
    assert zeile.startswith("Fehler in den Einstellungen: ")
    assert name in zeile


@pytest.mark.parametrize("modul", ["django", "dj_database_url", "mptt", "whitenoise", "gunicorn"])
def test_fehlendes_modul(env, tmp_path, modul):
    sperre = f"import sys; sys.modules[{modul!r}] = None\n"
    (tmp_path / "usercustomize.py").write_text(sperre, encoding="utf-8")
    (tmp_path / "sitecustomize.py").write_text(sperre, encoding="utf-8")
    zeile = eine_zeile(manage("start", env=env | {"PYTHONPATH": str(tmp_path)}))
    assert f"Es fehlt das Python-Modul „{modul}“" in zeile


@pytest.fixture(scope="module")
def ordner(tmp_path_factory):
    """The data folder that the first start makes, which takes long."""
    return tmp_path_factory.mktemp("start") / "daten"


def test_erster_und_zweiter_start(ordner):
    """The first start loads the data; the second keeps what people have edited, and the key."""
    env = umgebung(DATEN_ORDNER=ordner)
    kern = "from zielsystem.models import Zielelement; kern = Zielelement.objects.filter(ebene=0)"

    def shell(befehl):
        return manage("shell", "-v0", "-c", f"{kern}\n{befehl}", env=env).stdout.strip()

    with laufendes_portal(DATEN_ORDNER=ordner) as url:
        status, kopf = kopfzeilen(f"{url}/")
    assert status == 200
    assert "default-src 'none'" in kopf["Content-Security-Policy"]
    assert "Set-Cookie" not in kopf
    assert stat.S_IMODE(ordner.stat().st_mode) == 0o700
    assert stat.S_IMODE((ordner / "schluessel").stat().st_mode) == 0o600
    schluessel = (ordner / "schluessel").read_text(encoding="ascii")

    assert shell("print(Zielelement.objects.count())") == "31"
    assert shell("print(kern.update(titel='Von Hand geändert'))") == "1"
    with laufendes_portal(DATEN_ORDNER=ordner):
        pass
    assert shell("print(kern.get().titel)") == "Von Hand geändert"
    assert (ordner / "schluessel").read_text(encoding="ascii") == schluessel


def test_https_schaltet_alles_ein(ordner):
    """TLS is believed only when a trusted proxy says so; the health check needs none."""
    mit_tls = {"X-Forwarded-Proto": "https"}
    https = {"DATEN_ORDNER": ordner, "HTTPS": "1", "WORKERS": "1"}  # one is enough to ask
    with laufendes_portal(**https, FORWARDED_ALLOW_IPS="192.0.2.1") as url:
        assert kopfzeilen(f"{url}/healthz")[0] == 200
        assert kopfzeilen(f"{url}/", **mit_tls)[0] == 301
    # A network, with a blank and a comma too many: gunicorn itself would not start with them.
    netz = {"FORWARDED_ALLOW_IPS": "192.0.2.1, 127.0.0.0/8, "}
    with laufendes_portal(**https, **netz) as url:
        assert kopfzeilen(f"{url}/", **mit_tls)[0] == 200
    with laufendes_portal(**https) as url:
        status, kopf = kopfzeilen(f"{url}/")
        assert (status, kopf["Location"]) == (301, url.replace("http:", "https:") + "/")
        status, kopf = kopfzeilen(f"{url}/", **mit_tls)
        assert status == 200
        assert kopf["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")
        anmeldung = kopfzeilen(f"{url}/konto/login/", **mit_tls)[1]
        assert "Secure" in anmeldung["Set-Cookie"]
