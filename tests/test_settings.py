"""The readers of the environment: what they take, and the German line for what they do not."""

import re
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from bochum_strategie import csp
from bochum_strategie import umgebung as settings
from tests.prozess import EINSTELLUNGEN, WURZEL, manage, umgebung


def test_text_ohne_rand_und_mit_vorgabe(monkeypatch):
    monkeypatch.setenv("X", " wert ")
    assert settings.text("X") == "wert"
    monkeypatch.setenv("X", " ")
    assert settings.text("X", "vorgabe") == "vorgabe"


def test_text_aus_datei(monkeypatch, tmp_path):
    (tmp_path / "geheim").write_text("aus der Datei\n", encoding="utf-8")
    monkeypatch.setenv("X", "aus der Umgebung")
    monkeypatch.setenv("X_FILE", str(tmp_path / "geheim"))
    assert settings.text("X") == "aus der Datei"


def test_text_aus_fehlender_datei(monkeypatch, tmp_path):
    monkeypatch.setenv("X_FILE", str(tmp_path / "fehlt"))
    with pytest.raises(ImproperlyConfigured, match=r"X_FILE: .*fehlt ist nicht lesbar"):
        settings.text("X")


def test_liste_ohne_leerzeichen_und_leere(monkeypatch):
    monkeypatch.setenv("X", " a.de , ,b.de,")
    assert settings.liste("X") == ["a.de", "b.de"]


def test_netze_wie_gunicorn_sie_nimmt(monkeypatch):
    monkeypatch.setenv("X", "10.0.0.0/8, ::1 ,*,")
    assert settings.netze("X", "") == ["10.0.0.0/8", "::1", "*"]
    monkeypatch.setenv("X", "")
    assert settings.netze("X", "127.0.0.1") == ["127.0.0.1"]


@pytest.mark.parametrize("wert", ["10.0.0.1/8", "proxy", "10.0.0.0/33", "**"])
def test_was_kein_netz_ist_ist_ein_fehler(monkeypatch, wert):
    monkeypatch.setenv("X", f"::1,{wert}")
    with pytest.raises(ImproperlyConfigured, match="Erlaubt sind Adressen"):
        settings.netze("X", "")


@pytest.mark.parametrize(
    ("wert", "erwartet"),
    [("1", True), ("Ja", True), ("on", True), ("0", False), ("false", False), ("", False)],
)
def test_schalter(monkeypatch, wert, erwartet):
    monkeypatch.setenv("X", wert)
    assert settings.schalter("X") is erwartet


def test_unbekannter_schalter_ist_ein_fehler(monkeypatch):
    monkeypatch.setenv("X", "vielleicht")
    with pytest.raises(ImproperlyConfigured, match="X=vielleicht: Erlaubt sind nur 1 oder 0"):
        settings.schalter("X")


@pytest.mark.parametrize(("wert", "erwartet"), [("", 8), ("1", 1), ("64", 64)])
def test_zahl(monkeypatch, wert, erwartet):
    monkeypatch.setenv("X", wert)
    assert settings.zahl("X", 8, hoechstens=64) == erwartet


@pytest.mark.parametrize("wert", ["0", "65", "-1", "1.5", "acht", "²"])
def test_zahl_ausserhalb_ist_ein_fehler(monkeypatch, wert):
    monkeypatch.setenv("X", wert)
    with pytest.raises(ImproperlyConfigured, match="eine Zahl von 1 bis 64"):
        settings.zahl("X", 8, hoechstens=64)


def test_schluessel_bleibt_und_ist_nur_fuer_den_eigentuemer(tmp_path):
    datei = tmp_path / "daten" / "schluessel"
    schluessel = settings.schluessel_aus(datei)
    assert len(schluessel) >= 50
    assert settings.schluessel_aus(datei) == schluessel
    assert stat.S_IMODE(datei.stat().st_mode) == 0o600
    assert list(datei.parent.iterdir()) == [datei]


def test_wer_den_schluessel_zuerst_ablegt_gewinnt(monkeypatch, tmp_path):
    datei = tmp_path / "schluessel"

    def der_andere_war_schneller(_laenge):
        datei.write_text("von anderswo", encoding="ascii")
        return "eigener"

    monkeypatch.setattr(settings.secrets, "token_urlsafe", der_andere_war_schneller)
    assert settings.schluessel_aus(datei) == "von anderswo"
    assert list(tmp_path.iterdir()) == [datei]


def test_gleichzeitige_starts_haben_denselben_schluessel(tmp_path):
    befehl = [sys.executable, "-c", "from bochum_strategie.settings import *; print(SECRET_KEY)"]
    prozesse = [
        subprocess.Popen(
            befehl, cwd=WURZEL, env=umgebung(DATEN_ORDNER=tmp_path), stdout=subprocess.PIPE
        )
        for _ in range(4)
    ]
    assert len({prozess.communicate(timeout=60)[0] for prozess in prozesse}) == 1


def test_leere_schluesseldatei_ist_ein_fehler(tmp_path):
    (tmp_path / "schluessel").touch()
    with pytest.raises(ImproperlyConfigured, match="leer"):
        settings.schluessel_aus(tmp_path / "schluessel")


def test_schluessel_in_unbeschreibbarem_ordner(tmp_path):
    (tmp_path / "datei").touch()
    with pytest.raises(ImproperlyConfigured, match="nicht beschreibbar"):
        settings.schluessel_aus(tmp_path / "datei" / "schluessel")


def test_sqlite_wartet_und_sperrt_gleich(tmp_path):
    db = settings.datenbank(f"sqlite:///{tmp_path}/mit%20Leerzeichen.sqlite3")
    assert db["NAME"] == f"{tmp_path}/mit Leerzeichen.sqlite3"
    assert db["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgres_merkt_bald_dass_die_datenbank_weg_ist():
    db = settings.datenbank("postgres://name:wort@rechner:5433/portal?sslmode=require")
    assert (db["HOST"], db["PORT"], db["NAME"]) == ("rechner", 5433, "portal")
    assert db["OPTIONS"]["connect_timeout"] == 2
    assert db["OPTIONS"]["pool"]["timeout"] == 2
    assert db["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(
    "adresse", ["unsinn", "mysql://a:geheim@b/c", "postgres://a:geheim@b:port/c", "postgres://["]
)
def test_falsche_datenbankadresse_nennt_kein_passwort(adresse):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as fehler:
        settings.datenbank(adresse)
    assert "geheim" not in str(fehler.value)


def test_das_beispiel_nennt_jede_einstellung():
    quelltext = (WURZEL / "bochum_strategie" / "settings.py").read_text(encoding="utf-8")
    gelesen = set(re.findall(r'(?:text|liste|schalter|zahl)\("([A-Z_]+)"', quelltext))
    aus_dateien = {"DATABASE_URL_FILE", "MAIL_PASSWORT_FILE", "SECRET_KEY_FILE"}
    assert gelesen | aus_dateien | {"FORWARDED_ALLOW_IPS"} == EINSTELLUNGEN


def test_content_policy_als_kopfzeile():
    richtlinie = {"default-src": ["'none'"], "img-src": ["'self'", "data:"]}
    assert csp.content_policy(richtlinie) == "default-src 'none'; img-src 'self' data:"


def test_mit_https_hat_django_nichts_auszusetzen(tmp_path):
    env = umgebung(HTTPS="1", ALLOWED_HOSTS="strategie.example,.stadt.example,*")
    lauf = manage(
        "check", "--deploy", "--fail-level", "WARNING", env=env | {"DATEN_ORDNER": str(tmp_path)}
    )
    assert lauf.returncode == 0, lauf.stderr
