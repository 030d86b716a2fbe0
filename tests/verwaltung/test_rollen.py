"""Every role by every action, as a table, with requests that no form would send."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from grundlage.rollen import IN_DER_VERWALTUNG, INHALT, RECHTE, Rolle
from kernaktivitaeten.models import (
    Angabe,
    Kernaktivitaet,
    Person,
    Projektziel,
    Ratsbeschluss,
    Statusmeldung,
    Stelle,
    Tranche,
    Verantwortung,
)
from seiten.bestand import lager
from strategiearbeit.models import Textseite
from tests import factories as f
from tests.aufnahme import lege
from tests.rollen import angemeldet, konto
from tests.verwaltung import beschluesse, mappen
from tests.verwaltung.formulare import (
    adresse,
    eingaben,
    kleinste_eingabe,
    leeres_formular,
    loesche,
    nimm_auf,
    stand,
)
from verwaltung.models import Hochladung, Stapel
from verwaltung.stapel import stapel
from zielsystem.models import Quelle, Zielelement

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@dataclass
class Welt:
    """One's own Kernaktivität and another's, each with a released row and a draft."""

    user: User
    client: Client
    eigene: Kernaktivitaet
    fremde: Kernaktivitaet
    mein_entwurf: Angabe
    anderer_entwurf: Angabe
    fremder_entwurf: Angabe
    frei: Angabe
    fremd_frei: Angabe

    def als(self, rolle: Rolle | None) -> "Welt":
        """The same world, read anew, for a user of this role; ``None``: let in by hand."""
        user = User.objects.get(pk=self.user.pk)
        user.is_staff = rolle is None or rolle in IN_DER_VERWALTUNG
        user.save()
        user.groups.set(Group.objects.filter(name=rolle) if rolle else [])
        zeilen = {
            name: type(zeile)._base_manager.get(pk=zeile.pk)
            for name, zeile in vars(self).items()
            if isinstance(zeile, models.Model) and zeile.pk
        }
        return replace(self, **zeilen | {"user": user, "client": angemeldet(user)})


def welt(*rollen: Rolle) -> Welt:
    eigene, fremde = f.KernaktivitaetFactory(), f.KernaktivitaetFactory()
    user, jemand = konto(*rollen, eigene=(eigene,)), konto(name="jemand")

    def angabe(ka, **mehr) -> Angabe:
        return f.AngabeFactory(kernaktivitaet=ka, text="Wie es war", **mehr)

    return Welt(
        user,
        angemeldet(user),
        eigene,
        fremde,
        mein_entwurf=angabe(eigene, entwurf=True, erfasst_von=user),
        anderer_entwurf=angabe(eigene, entwurf=True, erfasst_von=jemand),
        fremder_entwurf=angabe(fremde, entwurf=True, erfasst_von=jemand),
        frei=angabe(eigene),
        fremd_frei=angabe(fremde),
    )


def chefin() -> Client:
    """Who sees every form with all its fields."""
    da = User.objects.filter(username="chefin").first()
    return angemeldet(da or User.objects.create_superuser("chefin"))


# ── What can be tried: each says whether it happened ──────────────────────────────────────────

# Tried by one person; says whether it happened.
Versuch = Callable[[Welt], bool]
# What is the same for everybody, made once: the rows, and the form as the office sees it.
Vorbereitung = Callable[[Welt], Versuch]


def unvorbereitet(versuch: Versuch) -> Vorbereitung:
    """For what makes its rows itself, anew for everybody."""
    return lambda w: versuch


def sieht(modell, seite="changelist", zeile=None) -> Vorbereitung:
    @unvorbereitet
    def versuch(w: Welt) -> bool:
        args = (getattr(w, zeile).pk,) if zeile else ()
        antwort = w.client.get(adresse(modell, seite, *args))
        return antwort.status_code == 200

    return versuch


def legt_an(modell, ka: str = "") -> Vorbereitung:
    """Sends what the form would, with any Kernaktivität, whether it is offered or not."""

    def bereite(w: Welt) -> Versuch:
        daten = eingaben(leeres_formular(chefin(), modell)) | kleinste_eingabe(modell)
        daten |= {"kernaktivitaet": getattr(w, ka).pk} if ka else {}
        vorher = modell.objects.count()

        def versuch(w: Welt) -> bool:
            w.client.post(adresse(modell, "add"), daten)
            return modell.objects.count() > vorher

        return versuch

    return bereite


def aendert(zeile: str, **neu) -> Vorbereitung:
    """Sends the form as the office would see it."""

    def bereite(w: Welt) -> Versuch:
        vorher = getattr(w, zeile)
        url = adresse(Angabe, "change", vorher.pk)
        werte = eingaben(chefin().get(url)) | {
            "kernaktivitaet": vorher.kernaktivitaet_id,
            "art": vorher.art,
            "text": "Geändert",
            "reihenfolge": 0,
            "quelle": vorher.quelle_id,
        }
        werte |= {k: getattr(w, v).pk if hasattr(w, str(v)) else v for k, v in neu.items()}

        def versuch(w: Welt) -> bool:
            w.client.post(url, werte)
            danach = Angabe.objects.get(pk=vorher.pk)
            return (danach.text, danach.kernaktivitaet_id, danach.entwurf) != (
                vorher.text,
                vorher.kernaktivitaet_id,
                vorher.entwurf,
            )

        return versuch

    return bereite


def aendert_stammdaten(modell) -> Vorbereitung:
    def bereite(w: Welt) -> Versuch:
        zeile = f.FACTORIES[modell]()
        url = adresse(modell, "change", zeile.pk)
        daten = eingaben(chefin().get(url))
        feld = next(n for n in ("wortlaut", "titel", "name") if n in daten)

        def versuch(w: Welt) -> bool:
            w.client.post(url, daten | {feld: "Geändert"})
            return getattr(modell.objects.get(pk=zeile.pk), feld) == "Geändert"

        return versuch

    return bereite


def loescht(zeile: str) -> Vorbereitung:
    def bereite(w: Welt) -> Versuch:
        return _loescht(getattr(w, zeile))

    return bereite


def _loescht(zeile: models.Model) -> Versuch:
    modell, pk = type(zeile), zeile.pk
    gesehen = stand(chefin().get(adresse(modell, "delete", pk)))

    def versuch(w: Welt) -> bool:
        loesche(w.client, modell, pk, gesehen=gesehen)
        return not modell.objects.filter(pk=pk).exists()

    return versuch


def gibt_frei(zeile: str) -> Vorbereitung:
    @unvorbereitet
    def versuch(w: Welt) -> bool:
        pk = getattr(w, zeile).pk
        daten = {"action": "gib_frei", "_selected_action": pk}
        w.client.post(adresse(Angabe, "changelist"), daten)
        return not Angabe.objects.get(pk=pk).entwurf

    return versuch


def stellt_wieder_her(zeile: str, geloescht: bool = False) -> Vorbereitung:
    def bereite(w: Welt) -> Versuch:
        angabe = getattr(w, zeile)
        pk, alt = angabe.pk, angabe.text
        fassung = angabe.geschichte.latest().history_id
        angabe.text = "Inzwischen anders"
        angabe.save()
        if geloescht:
            angabe.delete()
        gesehen = stand(chefin().get(adresse(Angabe, "simple_history", pk, fassung)))

        def versuch(w: Welt) -> bool:
            nimm_auf(w.client, Angabe, pk, fassung, gesehen=gesehen)
            return Angabe.objects.filter(pk=pk, text=alt).exists()

        return versuch

    return bereite


def sieht_fassung(zeile: str) -> Vorbereitung:
    def bereite(w: Welt) -> Versuch:
        angabe = getattr(w, zeile)
        pk, fassung = angabe.pk, angabe.geschichte.latest().history_id
        angabe.delete()

        def versuch(w: Welt) -> bool:
            verlauf = w.client.get(adresse(Angabe, "history", pk))
            antwort = w.client.get(adresse(Angabe, "simple_history", pk, fassung))
            assert verlauf.status_code == antwort.status_code
            return antwort.status_code == 200

        return versuch

    return bereite


def findet(ziel: str, quellmodell: str, feld: str, zeile: str) -> Vorbereitung:
    """Whether an autocomplete field of a form offers the row."""

    @unvorbereitet
    def versuch(w: Welt) -> bool:
        gesucht = getattr(w, zeile) if zeile else f.PersonFactory()
        antwort = w.client.get(
            reverse("admin:autocomplete"),
            {"app_label": "kernaktivitaeten", "model_name": quellmodell, "field_name": feld},
        )
        if antwort.status_code != 200:
            return False
        return str(gesucht.pk) in {e["id"] for e in antwort.json()["results"]}

    return versuch


@unvorbereitet
def sieht_konten(w: Welt) -> bool:
    return w.client.get(reverse("admin:auth_user_changelist")).status_code == 200


@unvorbereitet
def macht_sich_zur_chefin(w: Welt) -> bool:
    url = reverse("admin:auth_user_change", args=(w.user.pk,))
    w.client.post(url, {"username": "x", "is_active": "on", "is_superuser": "on"})
    return User.objects.get(pk=w.user.pk).is_superuser


@unvorbereitet
def kommt_hinein(w: Welt) -> bool:
    return w.client.get("/verwaltung/").status_code == 200


def legt_unterzeile_an(w: Welt) -> Versuch:
    """A goal sent along with the form of the Kernaktivität."""
    url = adresse(Kernaktivitaet, "change", w.eigene.pk)
    daten = eingaben(chefin().get(url)) | {
        "projektziele-TOTAL_FORMS": 1,
        "projektziele-0-text": "Ein Ziel",
        "projektziele-0-reihenfolge": 0,
        "projektziele-0-quelle": f.QuelleFactory().pk,
    }

    def versuch(w: Welt) -> bool:
        w.client.post(url, daten)
        return Projektziel.objects.exists()

    return versuch


# ── The guided ways ───────────────────────────────────────────────────────────────────────────


def erfasst_beschluss(w: Welt) -> Versuch:
    """Sends what the preview of somebody else would send on."""
    daten = beschluesse.eingabe({"ka": w.eigene.pk, "wirkung": "kenntnis"})
    marke = beschluesse.sende(chefin(), daten).context["marke"]

    def versuch(w: Welt) -> bool:
        beschluesse.sende(w.client, daten, bestaetigen=marke)
        return Ratsbeschluss.objects.exists()

    return versuch


@unvorbereitet
def sieht_probe_des_beschlusses(w: Welt) -> bool:
    daten = beschluesse.eingabe({"ka": w.eigene.pk, "wirkung": "kenntnis"})
    return beschluesse.sende(w.client, daten).status_code == 200


def nimmt_beschluss_zurueck(w: Welt) -> Versuch:
    erfasst = beschluesse.erfasse(chefin(), {"ka": w.eigene.pk, "wirkung": "kenntnis"})

    def versuch(w: Welt) -> bool:
        w.client.post(
            reverse("admin:ratsbeschluss_zuruecknehmen", args=(erfasst.pk,)), {"grund": "Doppelt."}
        )
        return Ratsbeschluss.objects.zurueckgenommene().exists()

    return versuch


def meldet(ka: str, knopf: str) -> Vorbereitung:
    """The form of a status; whether it was saved, or shown as it would be."""

    def bereite(w: Welt) -> Versuch:
        ziel = getattr(w, ka)
        url = f"{adresse(Statusmeldung, 'add')}?kernaktivitaet={ziel.pk}"
        werte = {"status": "laufend", "bezug": "ab", "zeit": "08/2024", "text": "Begonnen."}
        daten = eingaben(chefin().get(url)) | werte | {"quelle": f.QuelleFactory().pk, knopf: "1"}

        def versuch(w: Welt) -> bool:
            antwort = w.client.post(url, daten)
            if knopf == "_save":
                meldungen = Statusmeldung.objects.filter(kernaktivitaet=ziel)
                return meldungen.filter(erfasst_von=w.user).exists()
            assert not Statusmeldung.objects.exists()
            return "Vorschau, noch nichts gespeichert." in antwort.content.decode()

        return versuch

    return bereite


def korrigiert(w: Welt) -> Versuch:
    meldung = f.StatusmeldungFactory(kernaktivitaet=w.eigene, am="2020")
    url = adresse(Statusmeldung, "korrigieren", meldung.pk)
    daten = eingaben(chefin().get(url)) | {"text": "Anders.", "grund": "Falsch."}

    def versuch(w: Welt) -> bool:
        w.client.post(url, daten)
        return Statusmeldung.objects.exclude(zurueckgezogen_am=None).exists()

    return versuch


def sieht_vorschau(ka: str) -> Vorbereitung:
    """Whether a preview shows a draft, and the page of what is in preparation."""

    @unvorbereitet
    def versuch(w: Welt) -> bool:
        ziel = getattr(w, ka)
        seite = f"/verwaltung/vorschau{ziel.get_absolute_url()}"
        f.AngabeFactory(kernaktivitaet=ziel, text="Geheimer Entwurf", entwurf=True)
        entwurf = "Geheimer Entwurf" in w.client.get(seite).content.decode()
        Kernaktivitaet.objects.filter(pk=ziel.pk).update(veroeffentlicht_am=None)
        assert (w.client.get(seite).status_code == 200) == entwurf
        return entwurf

    return versuch


@unvorbereitet
def liest_handbuch(w: Welt) -> bool:
    return w.client.get("/verwaltung/handbuch/").status_code == 200


def ordnet_gemeinsam_zu(w: Welt) -> Versuch:
    tranche = f.TrancheFactory(nr=9)
    daten = {"ka": [w.eigene.pk], "tranche": tranche.pk, "quelle": f.QuelleFactory().pk}
    url = reverse("admin:kernaktivitaet_sammel")
    marke = chefin().post(url, daten).context["marke"]

    def versuch(w: Welt) -> bool:
        w.client.post(url, daten | {"bestaetigen": marke})
        return Kernaktivitaet.objects.filter(tranche=tranche).exists()

    return versuch


@unvorbereitet
def laedt_mappe_herunter(w: Welt) -> bool:
    return w.client.get(reverse("admin:kernaktivitaet_mappe_ausfuhr")).status_code == 200


def laedt_mappe_hoch(w: Welt) -> Versuch:
    mappe = mappen.als_bytes(mappen.lade_herunter(chefin()))

    def versuch(w: Welt) -> bool:
        mappen.lade_hoch(w.client, mappe)
        return Hochladung.objects.exists()

    return versuch


def uebernimmt_mappe(w: Welt) -> Versuch:
    """Confirms an upload that lies there under the own name, with the right mark."""
    mappe = mappen.lade_herunter(chefin())
    mappen.setze(mappe, "Kernaktivitäten", 2, Titel="Aus der Mappe")
    probe = mappen.lade_hoch(chefin(), mappe).context["probe"]
    hochladung = Hochladung.objects.get()
    hochladung.nutzer = w.user
    hochladung.save()
    url = reverse("admin:kernaktivitaet_mappe_probe", args=(hochladung.pk,))

    def versuch(w: Welt) -> bool:
        w.client.post(url, {"fingerabdruck": probe.fingerabdruck})
        return Kernaktivitaet.objects.filter(titel="Aus der Mappe").exists()

    return versuch


def nimmt_stapel_zurueck(w: Welt) -> Versuch:
    """One of the user's own: whoever lost the right does not take it back either."""
    with stapel(w.user, Stapel.Art.SAMMEL, "Von früher") as neu:
        w.eigene.titel = "Inzwischen"
        w.eigene.save()

    def versuch(w: Welt) -> bool:
        w.client.post(reverse("admin:verwaltung_stapel_zuruecknehmen", args=(neu.pk,)))
        return not Kernaktivitaet.objects.filter(titel="Inzwischen").exists()

    return versuch


def gibt_meldung_frei(w: Welt) -> Versuch:
    """Alone, by the form, and with a successor."""
    meldung = f.StatusmeldungFactory(
        kernaktivitaet=w.eigene, am="2020", status="ueberfuehrt", entwurf=True, erfasst_von=w.user
    )
    url = adresse(Statusmeldung, "change", meldung.pk)
    daten = eingaben(chefin().get(url)) | {"_freigeben": "1", "nachfolge_text": "Amt"}

    def versuch(w: Welt) -> bool:
        w.client.post(url, daten)
        frei = not Statusmeldung.objects.get(pk=meldung.pk).entwurf
        assert frei == Statusmeldung.objects.filter(nachfolge_text="Amt").exists()
        return frei

    return versuch


def aendert_tranche(w: Welt) -> Versuch:
    tranche = f.TrancheFactory(nr=3)
    url = adresse(Tranche, "change", tranche.pk)
    daten = eingaben(chefin().get(url)) | {"nr": 4}

    def versuch(w: Welt) -> bool:
        w.client.post(url, daten)
        return Tranche.objects.filter(nr=4).exists()

    return versuch


def loescht_unbenutztes(modell) -> Vorbereitung:
    """A row that is public nowhere and that nothing refers to."""
    return lambda w: _loescht(f.FACTORIES[modell]())


def nimmt_beschluss_wieder_auf(w: Welt) -> Versuch:
    beschluss = f.RatsbeschlussFactory(titel="Wie er hieß")
    fassung = beschluss.geschichte.latest().history_id
    beschluss.titel = "Inzwischen anders"
    beschluss.save()
    gesehen = stand(chefin().get(adresse(Ratsbeschluss, "simple_history", beschluss.pk, fassung)))

    def versuch(w: Welt) -> bool:
        nimm_auf(w.client, Ratsbeschluss, beschluss.pk, fassung, gesehen=gesehen)
        return Ratsbeschluss.objects.filter(titel="Wie er hieß").exists()

    return versuch


def sieht_beschluss_zu(ka: str) -> Vorbereitung:
    """A decision on nothing but a Kernaktivität in preparation."""

    @unvorbereitet
    def versuch(w: Welt) -> bool:
        Kernaktivitaet.objects.update(veroeffentlicht_am=None)
        wirkung = f.BeschlusswirkungFactory(kernaktivitaet=getattr(w, ka))
        url = adresse(Ratsbeschluss, "change", wirkung.beschluss_id)
        return w.client.get(url).status_code == 200

    return versuch


# What everybody may who was let in, even without a role.
FUER_ALLE = (kommt_hinein, liest_handbuch)
SB, KV, PL = Rolle.STRATEGIEBUERO, Rolle.KOMPETENZVERANTWORTUNG, Rolle.PROJEKTLEITUNG
ST, LE = Rolle.STEMPELNUTZUNG, Rolle.LESEND

# Action → what is tried, and which roles may; all others must not.
TABELLE: dict[str, tuple[Vorbereitung, set[Rolle]]] = {
    "administration: enter": (kommt_hinein, {SB, KV, PL, LE}),
    "own Kernaktivität: see": (sieht(Kernaktivitaet, "change", "eigene"), {SB, KV, PL, LE}),
    "other Kernaktivität: see": (sieht(Kernaktivitaet, "change", "fremde"), {SB, LE}),
    "other Kernaktivität: history": (sieht(Kernaktivitaet, "history", "fremde"), {SB, LE}),
    "Kernaktivität: add": (legt_an(Kernaktivitaet), {SB}),
    "Kernaktivität: change with a row below": (legt_unterzeile_an, {SB}),
    "statement on own: add": (legt_an(Statusmeldung, "eigene"), {SB, KV, PL}),
    "statement on other: add": (legt_an(Statusmeldung, "fremde"), {SB}),
    "goal on own: add": (legt_an(Projektziel, "eigene"), {SB, KV, PL}),
    "goal on other: add": (legt_an(Projektziel, "fremde"), {SB}),
    "fact on own: add": (legt_an(Angabe, "eigene"), {SB, KV, PL}),
    "fact on other: add": (legt_an(Angabe, "fremde"), {SB}),
    "own draft: see": (sieht(Angabe, "change", "mein_entwurf"), {SB, KV, PL, LE}),
    "own draft: change": (aendert("mein_entwurf"), {SB, KV, PL}),
    "own draft: move to other": (aendert("mein_entwurf", kernaktivitaet="fremde"), {SB}),
    "own draft: delete": (loescht("mein_entwurf"), {SB, KV, PL}),
    "own draft: restore": (stellt_wieder_her("mein_entwurf"), {SB, KV, PL}),
    "own draft: restore deleted": (stellt_wieder_her("mein_entwurf", True), {SB, KV, PL}),
    "own draft: release by action": (gibt_frei("mein_entwurf"), {SB}),
    "own draft: release by form": (
        aendert("mein_entwurf", text="Wie es war", _freigeben="1"),
        {SB},
    ),
    "draft of somebody: see": (sieht(Angabe, "change", "anderer_entwurf"), {SB, KV, PL, LE}),
    "draft of somebody: change": (aendert("anderer_entwurf"), {SB}),
    "draft of somebody: delete": (loescht("anderer_entwurf"), {SB}),
    "draft of somebody: release": (gibt_frei("anderer_entwurf"), {SB}),
    "draft on other: see": (sieht(Angabe, "change", "fremder_entwurf"), {SB, LE}),
    "draft on other: history": (sieht(Angabe, "history", "fremder_entwurf"), {SB, LE}),
    "draft on other: change": (aendert("fremder_entwurf"), {SB}),
    "draft on other: see when deleted": (sieht_fassung("fremder_entwurf"), {SB, LE}),
    "draft on other: restore deleted": (stellt_wieder_her("fremder_entwurf", True), {SB}),
    "released: change": (aendert("frei"), {SB}),
    "released: delete": (loescht("frei"), {SB}),
    "released: restore": (stellt_wieder_her("frei"), {SB}),
    "released: restore deleted": (stellt_wieder_her("frei", True), {SB}),
    "released on other: change": (aendert("fremd_frei"), {SB}),
    "choice of Kernaktivität: own": (
        findet("kernaktivitaet", "angabe", "kernaktivitaet", "eigene"),
        {SB, KV, PL, LE},
    ),
    "choice of Kernaktivität: other": (
        findet("kernaktivitaet", "angabe", "kernaktivitaet", "fremde"),
        {SB, LE},
    ),
    "choice of person": (findet("person", "verantwortung", "person", ""), {SB}),
    "source: add": (legt_an(Quelle), {SB, KV, PL}),
    "source: change": (aendert_stammdaten(Quelle), {SB}),
    "Beschluss: list": (sieht(Ratsbeschluss), {SB, KV, PL, LE}),
    "Beschluss: add": (legt_an(Ratsbeschluss), {SB}),
    "Beschluss: change": (aendert_stammdaten(Ratsbeschluss), {SB}),
    "Verantwortung: list": (sieht(Verantwortung), {SB}),
    "Verantwortung: add": (legt_an(Verantwortung, "eigene"), {SB}),
    "Verantwortung: change": (aendert_stammdaten(Verantwortung), {SB}),
    "Stelle: add": (legt_an(Stelle), {SB}),
    "Stelle: change": (aendert_stammdaten(Stelle), {SB}),
    "Person: list": (sieht(Person), {SB}),
    "Person: add": (legt_an(Person), {SB}),
    "Person: change": (aendert_stammdaten(Person), {SB}),
    "goal system: change": (aendert_stammdaten(Zielelement), {SB}),
    "text: change": (aendert_stammdaten(Textseite), {SB}),
    "text: list": (sieht(Textseite), {SB, LE}),
    "decision: trial": (sieht_probe_des_beschlusses, {SB}),
    "decision: record": (erfasst_beschluss, {SB}),
    "decision: take back": (nimmt_beschluss_zurueck, {SB}),
    "decision: restore a version": (nimmt_beschluss_wieder_auf, {SB}),
    "decision on own in preparation: see": (sieht_beschluss_zu("eigene"), {SB, KV, PL, LE}),
    "decision on other in preparation: see": (sieht_beschluss_zu("fremde"), {SB, LE}),
    "status of own: preview": (meldet("eigene", "_vorschau"), {SB, KV, PL}),
    "status of own: report": (meldet("eigene", "_save"), {SB, KV, PL}),
    "status of other: preview": (meldet("fremde", "_vorschau"), {SB}),
    "status of other: report": (meldet("fremde", "_save"), {SB}),
    "status: correct": (korrigiert, {SB}),
    "status: release with a successor": (gibt_meldung_frei, {SB}),
    "preview of own page": (sieht_vorschau("eigene"), {SB, KV, PL, LE}),
    "preview of other page": (sieht_vorschau("fremde"), {SB, LE}),
    "handbook: read": (liest_handbuch, {SB, KV, PL, LE}),
    "many at once: assign": (ordnet_gemeinsam_zu, {SB}),
    "workbook: download": (laedt_mappe_herunter, {SB}),
    "workbook: upload": (laedt_mappe_hoch, {SB}),
    "workbook: take over": (uebernimmt_mappe, {SB}),
    "changes at once: take back": (nimmt_stapel_zurueck, {SB}),
    "Tranche: list": (sieht(Tranche), {SB, KV, PL, LE}),
    "Tranche: add": (legt_an(Tranche), {SB}),
    "Tranche: change": (aendert_tranche, {SB}),
    "Tranche: delete": (loescht_unbenutztes(Tranche), {SB}),
    "source: delete": (loescht_unbenutztes(Quelle), {SB}),
    "accounts: list": (sieht_konten, set()),
    "accounts: become superuser": (macht_sich_zur_chefin, set()),
}


def probiere(w: Welt, rolle: Rolle | None, versuch: Versuch) -> bool:
    """Whether it happened; the world is as before then."""
    with transaction.atomic():
        geschehen = versuch(w.als(rolle))
        transaction.set_rollback(True)
    lager.leere()  # the rollback takes the Datenstand back
    return geschehen


@pytest.mark.parametrize("aktion", TABELLE)
def test_these_roles_may_do_this_and_nobody_else(aktion):
    """Everybody tries it in the same world, last somebody let in by hand, without a role."""
    bereite, erlaubt = TABELLE[aktion]
    w = lege(welt).als(None)
    versuch = bereite(w)
    durften = {rolle for rolle in [*Rolle, None] if probiere(w, rolle, versuch)}
    assert durften == erlaubt | ({None} if bereite in FUER_ALLE else set())


def test_two_roles_do_not_lend_each_other_their_reach():
    """Who may read everything and write about the own does not write about everything."""
    w = welt(Rolle.LESEND, Rolle.PROJEKTLEITUNG)
    assert sieht(Kernaktivitaet, "change", "fremde")(w)(w)
    assert legt_an(Angabe, "eigene")(w)(w)
    assert not legt_an(Angabe, "fremde")(w)(w)


@pytest.mark.parametrize(("rolle", "kompetenz", "einzeln"), [(KV, True, False), (PL, False, True)])
def test_the_role_decides_which_kernaktivitaeten_are_the_own(rolle, kompetenz, einzeln):
    user = konto(rolle)
    aus_kompetenz, einzelne = f.KernaktivitaetFactory(), f.KernaktivitaetFactory()
    user.zugang.kompetenzen.add(aus_kompetenz.kompetenz)
    user.zugang.kernaktivitaeten.add(einzelne)
    zeilen = angemeldet(user).get(adresse(Kernaktivitaet, "changelist")).context["cl"].result_list
    assert (aus_kompetenz in zeilen, einzelne in zeilen) == (kompetenz, einzeln)


def test_an_account_without_a_link_sees_no_kernaktivitaet():
    user = konto(PL)
    user.zugang.delete()
    f.KernaktivitaetFactory()
    antwort = angemeldet(user).get(adresse(Kernaktivitaet, "changelist"))
    assert list(antwort.context["cl"].result_list) == []


def test_the_migration_makes_the_roles():
    assert set(Rolle.values) <= set(Group.objects.values_list("name", flat=True))


def test_the_office_has_every_right_but_those_over_accounts():
    rechte = Permission.objects.filter(RECHTE[SB])
    modelle = {recht.content_type.model for recht in rechte}
    alle = {
        modell._meta.model_name
        for app in INHALT
        for modell in apps.get_app_config(app).get_models()
        if not modell._meta.model_name.startswith("historical")
    }
    stempel = {"stempelvorlage", "stempelung"}
    assert modelle == alle - {"zugang"} | stempel | {"stapel"}
    apps_der_rechte = {recht.content_type.app_label for recht in rechte}
    assert apps_der_rechte == {*INHALT, "stempel", "verwaltung"}


def test_names_of_people_are_for_the_office_alone():
    for rolle in set(Rolle) - {SB}:
        modelle = {r.content_type.model for r in Permission.objects.filter(RECHTE[rolle])}
        assert not modelle & {"person", "besetzung", "verantwortung"}


def test_the_list_of_kernaktivitaeten_names_no_person_who_was_not_released():
    w = welt(Rolle.LESEND)
    person = f.PersonFactory(name="Geheime Person")
    f.VerantwortungFactory(kernaktivitaet=w.eigene, stelle=None, person=person)
    for seite in (adresse(Kernaktivitaet, "changelist"), adresse(Kernaktivitaet, "change", 1)):
        assert "Geheime Person" not in w.client.get(seite).content.decode()


def test_of_a_beschluss_only_the_effects_on_the_own_are_seen():
    w = welt(PL)
    wirkung = f.BeschlusswirkungFactory(kernaktivitaet=w.eigene)
    f.BeschlusswirkungFactory(kernaktivitaet=w.fremde, beschluss=wirkung.beschluss)
    url = adresse(Ratsbeschluss, "change", wirkung.beschluss_id)
    seite = w.client.get(url).content.decode()
    assert w.eigene.titel in seite
    assert w.fremde.titel not in seite


def test_a_foreign_kernaktivitaet_in_the_address_is_not_named():
    w = welt(PL)
    for ka, genannt in ((w.eigene, True), (w.fremde, False)):
        antwort = w.client.get(adresse(Statusmeldung, "add"), {"kernaktivitaet": ka.pk})
        assert (ka.titel in antwort.content.decode()) == genannt


def test_django_s_way_to_a_page_tells_no_address_of_what_is_hidden():
    w = welt(PL)
    Kernaktivitaet.objects.update(veroeffentlicht_am=None)
    typ = ContentType.objects.get_for_model(Kernaktivitaet).pk
    antwort = w.client.get(f"/verwaltung/r/{typ}/{w.fremde.pk}/")
    assert antwort.status_code == 410
    assert w.fremde.slug not in str(antwort.headers)


def test_rows_below_a_form_say_that_they_are_drafts(admin_client):
    w = welt(PL)
    seite = admin_client.get(adresse(Kernaktivitaet, "change", w.eigene.pk)).content.decode()
    assert seite.count("Entwurf von jemand") == 1
    assert seite.count(f"Entwurf von {w.user}") == 1


# ── Accounts ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rolle", "hinein"), [(SB, True), (PL, True), (LE, True), (ST, False), (None, False)]
)
def test_the_role_decides_who_gets_into_the_administration(admin_client, rolle, hinein):
    user = User.objects.create_user("neu", is_staff=not hinein)
    url = reverse("admin:auth_user_change", args=(user.pk,))
    daten = eingaben(admin_client.get(url))
    daten["groups"] = [Group.objects.get(name=rolle).pk] if rolle else []
    ka = f.KernaktivitaetFactory()
    daten |= {"zugang-0-kernaktivitaeten": ka.pk, "zugang-0-kompetenzen": ka.kompetenz_id}
    daten.pop("groups") if not rolle else None
    antwort = admin_client.post(url, daten)
    assert antwort.status_code == 302, antwort.context["adminform"].form.errors
    user.refresh_from_db()
    assert user.is_staff == hinein
    assert list(user.zugang.kernaktivitaeten.all()) == [ka]
    assert list(user.zugang.kompetenzen.all()) == [ka.kompetenz]


def test_an_account_is_added_and_listed(admin_client):
    daten = {"username": "neu", "password1": "ein-ganz-neues-4712"}
    url = reverse("admin:auth_user_add")
    antwort = admin_client.post(url, daten | {"password2": "ein-ganz-neues-4712"})
    assert antwort.status_code == 302, antwort.context["adminform"].form.errors
    user = User.objects.get(username="neu")
    user.groups.add(Group.objects.get(name=LE))
    liste = admin_client.get(reverse("admin:auth_user_changelist")).content.decode()
    assert '<td class="field-rollen">Lesend</td>' in liste


def test_a_password_is_set_for_somebody_who_forgot_it(admin_client):
    user = User.objects.create_user("vergesslich")
    seite = admin_client.get(reverse("admin:auth_user_change", args=(user.pk,))).content.decode()
    url = reverse("admin:auth_user_password_change", args=(user.pk,))
    assert f'<a href="{url}">Neues Passwort setzen</a>' in seite
    antwort = admin_client.post(url, {"password1": "kurz", "password2": "kurz"})
    assert "Das Passwort ist nicht gesetzt." in antwort.content.decode()
    neu = "ein-ganz-neues-4712"
    assert admin_client.post(url, {"password1": neu, "password2": neu}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(neu)
