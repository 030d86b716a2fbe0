"""What a decision changes in public, word for word, found out by carrying it out on trial."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kernaktivitaeten.models import Bilanz, Kernaktivitaet, Lage, Ratsbeschluss, Tranche
from seiten.beschluesse import Beschluss, beschluss
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_TRANCHE

from ..bilanzen import abweichende, neue_abweichungen
from .mitveroeffentlicht import Mitveroeffentlicht, mitveroeffentlicht
from .vorgang import Ergebnis, Folge
from .warnungen import warnungen

UNSICHTBAR = "nicht öffentlich"


@dataclass(frozen=True)
class Veraenderung:
    """One Kernaktivität before and after."""

    zeile: int
    name: str
    ort: str
    wirkung: str
    neu_oeffentlich: bool
    angaben: tuple[tuple[str, str, str], ...]  # what, before, after
    meldung: str
    ist_entwurf: bool  # the statement, until somebody releases it
    mit: Mitveroeffentlicht | None


@dataclass(frozen=True)
class Vorschau:
    """``beschluss`` is its public page; ``None`` when readers will not see it."""

    beschluss: Beschluss | None
    veraenderungen: tuple[Veraenderung, ...]
    zahlen: tuple[tuple[str, int, int], ...]  # what, before, after
    warnungen: tuple[str, ...]

    @property
    def neue(self) -> int:
        return sum(v.neu_oeffentlich for v in self.veraenderungen)

    def marke(self, eingabe: object) -> str:
        """Stays the same as long as the same input would do the same."""
        inhalt = (self.veraenderungen, self.zahlen, self.warnungen, eingabe)
        return sha256(repr(inhalt).encode()).hexdigest()


@dataclass(frozen=True)
class Stand:
    """What readers are told on a day: how each Kernaktivität stands, and the counts; and which of
    the published Bilanzen, whatever their day, differ from ours."""

    saetze: dict[int, str]
    je_lage: Counter
    je_tranche: Counter
    abweichend: tuple[Bilanz, ...]


def stand(tag: date) -> Stand:
    """As the public pages have it."""
    am_tag = Kernaktivitaet.objects.oeffentlich().zum(tag)
    je_tranche: Counter = Counter()
    for (_, nr), anzahl in am_tag.zaehle("tranche__nr").items():
        je_tranche[nr] += anzahl
    saetze = {ka.pk: ka.lagebild.satz for ka in am_tag}
    return Stand(saetze, am_tag.zaehle(), je_tranche, abweichende())


def vorschau(ergebnis: Ergebnis, vorher: Stand, heute: date) -> Vorschau:
    """To be asked in the transaction in which the decision was carried out."""
    nachher = stand(heute)
    neuer = ergebnis.beschluss
    tag = max(heute, neuer.datum_bis)
    sichtbar = Ratsbeschluss.objects.oeffentlich().filter(pk=neuer.pk).exists()
    mit = mitveroeffentlicht(ergebnis)
    return Vorschau(
        beschluss=beschluss(neuer.slug, tag, {}) if sichtbar else None,
        veraenderungen=tuple(
            _veraenderung(folge, vorher, nachher, mit.get(folge.ka.pk)) for folge in ergebnis.folgen
        ),
        zahlen=tuple(_zahlen(vorher, nachher)),
        warnungen=(*warnungen(ergebnis, heute), *neue_abweichungen(vorher.abweichend)),
    )


def _veraenderung(
    folge: Folge, vorher: Stand, nachher: Stand, mit: Mitveroeffentlicht | None
) -> Veraenderung:
    ka = folge.ka
    alt, neu = (s.saetze.get(ka.pk, UNSICHTBAR) for s in (vorher, nachher))
    angaben = [("Status heute", alt, neu)]
    if folge.tranche_vorher != ka.tranche:
        angaben.append(("Tranche", str(folge.tranche_vorher or "keine"), str(ka.tranche)))
    neu, ist_entwurf = folge.meldung, folge.meldung is not None and folge.meldung.entwurf
    if neu and neu.nachfolge and not ist_entwurf:
        angaben.append(("Überführt in", folge.nachfolge_vorher, neu.nachfolge))
    return Veraenderung(
        zeile=folge.zeile.nummer,
        name=ka.titel,
        ort=f"{ka.kompetenz.titel}, Nr. {ka.nr}",
        wirkung=folge.wirkung.get_wirkung_display() or "betrifft sie",
        neu_oeffentlich=ka.pk in nachher.saetze and ka.pk not in vorher.saetze,
        angaben=tuple(angaben),
        meldung=_meldung(folge),
        ist_entwurf=ist_entwurf,
        mit=mit,
    )


def _meldung(folge: Folge) -> str:
    """The new entry in its stream of statements, as readers will see it."""
    if folge.meldung is None:
        return ""
    meldung = folge.meldung
    wort = meldung.get_status_display()
    if meldung.nachfolge and meldung.entwurf:  # the others tell it beside what was there before
        wort = f"{wort} in {meldung.nachfolge}"
    return f"{meldung.zeit.lang}: {wort}. {meldung.text}"


def _zahlen(vorher: Stand, nachher: Stand) -> list[tuple[str, int, int]]:
    """The public counts that become others."""
    zahlen = [("Alle Kernaktivitäten", vorher.je_lage.total(), nachher.je_lage.total())]
    for lage in Lage:
        paar = (vorher.je_lage[(lage.value,)], nachher.je_lage[(lage.value,)])
        zahlen.append((lage.label, *paar))
    nummern = sorted({nr for nr in (*vorher.je_tranche, *nachher.je_tranche) if nr is not None})
    for nr in nummern:
        name = f"{Tranche(nr=nr)} (von {SOLL_KERNAKTIVITAETEN_JE_TRANCHE})"
        zahlen.append((name, vorher.je_tranche[nr], nachher.je_tranche[nr]))
    return [zeile for zeile in zahlen if zeile[1] != zeile[2]]
