"""Questions to the Kernaktivitäten: who may see them, how they stand on a day, how many."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from bochum_strategie.blick import sichtbare
from bochum_strategie.zeitangabe import Genauigkeit
from zielsystem.models import KennungQuerySet

from .lage import Lage
from .status import Statusmeldung
from .tranche_beschluss import Beschlusswirkung

OHNE = "ohne"

# Annotation → column of the statement; "stand" is the newest of the run, "seit" the first.
ZEITSPALTEN = {
    "von": "datum_von",
    "bis": "datum_bis",
    "genauigkeit": "genauigkeit",
    "bezug": "bezug",
    "zaehlt_ab": "zaehlt_ab",
}


def mit_kernaktivitaet(zeilen: Iterable, kernaktivitaeten: "KernaktivitaetQuerySet") -> list:
    """Rows with their Kernaktivität as ``kernaktivitaeten`` gives it; drops those it leaves out.

    One query, whatever their number: Django's own prefetch asks with one OR a row, and SQLite
    refuses a thousand of them.
    """
    zeilen = list(zeilen)
    gesucht = {zeile.kernaktivitaet_id for zeile in zeilen}
    je_pk = {ka.pk: ka for ka in kernaktivitaeten.filter(pk__in=gesucht)}
    gefunden = [zeile for zeile in zeilen if zeile.kernaktivitaet_id in je_pk]
    for zeile in gefunden:
        zeile.kernaktivitaet = je_pk[zeile.kernaktivitaet_id]
    return gefunden


class KernaktivitaetQuerySet(KennungQuerySet):
    """Kernaktivitäten: who may see them, how they stand on a day, how many there are."""

    def oeffentlich(self) -> "KernaktivitaetQuerySet":
        """Those that a reader may see: the one filter, independent of day and status."""
        return sichtbare(self, Q(veroeffentlicht_am__isnull=False), "pk")

    def zum(self, stichtag: date) -> "KernaktivitaetQuerySet":
        """Annotates how each stands on ``stichtag``; drops nothing.

        ``lage`` is a value of ``Lage``, ``meldung`` the pk of the statement that says so and
        ``beginn`` the pk of the first of the same unbroken run; ``stand_*`` and ``seit_*`` are
        their dates. All but ``lage`` are NULL where no statement counts yet. Read them through
        ``Kernaktivitaet.lagebild``.
        """
        lauf = Statusmeldung.objects.im_lauf(stichtag).filter(kernaktivitaet=OuterRef("pk"))
        letzte = lauf.order_by("-zaehlt_ab", "-pk")
        erste = lauf.order_by("zaehlt_ab", "pk")
        return self.annotate(
            lage=_lage(stichtag),
            meldung=Subquery(letzte.values("pk")[:1]),
            beginn=Subquery(erste.values("pk")[:1]),
            **{f"stand_{n}": Subquery(letzte.values(s)[:1]) for n, s in ZEITSPALTEN.items()},
            **{f"seit_{n}": Subquery(erste.values(s)[:1]) for n, s in ZEITSPALTEN.items()},
        )

    def zaehle(self, *nach: str) -> Counter:
        """The one count: how many stand how, on top of ``zum``.

        Returns a ``Counter`` of ``(lage, *values of nach)`` → number; ``nach`` names fields or
        annotations, for example ``"kompetenz"``. Every Kernaktivität counts once.
        """
        zeilen = (
            self.order_by().values_list("lage", *nach).annotate(anzahl=Count("pk", distinct=True))
        )
        return Counter({tuple(zeile[:-1]): zeile[-1] for zeile in zeilen})

    def zaehle_zu(self, tage: Iterable[date]) -> dict[date, Counter]:
        """The same count for several days in one query; returns day → ``Counter`` of ``lage``."""
        tage = list(tage)
        ergebnis: dict[date, Counter] = {tag: Counter() for tag in tage}
        je_tag = [
            self.zum(tag)
            .order_by()
            .annotate(tag=Value(tag, output_field=DateField()))
            .values_list("tag", "lage")
            .annotate(anzahl=Count("pk", distinct=True))
            for tag in ergebnis
        ]
        if je_tag:
            for tag, lage, anzahl in je_tag[0].union(*je_tag[1:], all=True):
                ergebnis[tag][lage] = anzahl
        return ergebnis

    def zeitraum_der_angaben(self) -> str:
        """On which statements the counts rest: "Angaben vom 25.08.2022 bis 08/2024"."""
        belegt = self.exclude(meldung=None).order_by("stand_zaehlt_ab", "pk")
        erste, letzte = belegt.first(), belegt.last()
        if erste is None:
            return "Für diesen Tag liegt keine Angabe vor"
        von, bis = erste.lagebild.stand, letzte.lagebild.stand
        if von.kurz == bis.kurz:
            return f"Angaben mit Stand {von.kurz}"
        ab = "vom" if von.genauigkeit == Genauigkeit.TAG else "von"
        return f"Angaben {ab} {von.kurz} bis {bis.kurz}"

    def mit_neuestem_eintrag(self, stichtag: date) -> "KernaktivitaetQuerySet":
        """Annotates ``neuester_eintrag``: the first day of the newest statement, news included.

        The first day: what is only known to the year must not stand above known days of it.
        """
        eintraege = (
            Statusmeldung.objects.gueltig()
            .filter(kernaktivitaet=OuterRef("pk"), zaehlt_ab__lte=stichtag)
            .order_by("-datum_von")
        )
        return self.annotate(neuester_eintrag=Subquery(eintraege.values("datum_von")[:1]))

    def in_lage(self, lagen: Iterable[str]) -> "KernaktivitaetQuerySet":
        """Those that stand in one of ``lagen``; needs ``zum``."""
        return self.filter(lage__in=list(lagen))

    def in_kompetenz(self, slug: str) -> "KernaktivitaetQuerySet":
        return self.filter(kompetenz__slug=slug)

    def im_schwerpunkt(self, slug: str) -> "KernaktivitaetQuerySet":
        """Those of a Schwerpunkt; ``OHNE``: those of none."""
        if slug == OHNE:
            return self.filter(zuordnungen=None)
        return self.filter(zuordnungen__schwerpunkt__slug=slug)

    def in_tranche(self, nr: str) -> "KernaktivitaetQuerySet":
        """Those of a Tranche; ``OHNE``: those whose Tranche is unknown."""
        return self.filter(tranche=None) if nr == OHNE else self.filter(tranche__nr=int(nr))

    def zum_querschnittsthema(self, slug: str) -> "KernaktivitaetQuerySet":
        """Those of a cross-cutting theme; ``OHNE``: those of none."""
        if slug == OHNE:
            return self.filter(querschnittszuordnungen=None)
        return self.filter(querschnittszuordnungen__thema__slug=slug)

    def von_stelle(self, slug: str) -> "KernaktivitaetQuerySet":
        """Those for which the Stelle answers in any role; ``OHNE``: those for which none does."""
        return self._mit("verantwortungen", "stelle__slug", slug, fehlt=Q(stelle=None))

    def im_bezirk(self, bezirk: str) -> "KernaktivitaetQuerySet":
        """Those with a place in the Stadtbezirk; ``OHNE``: those without one that is proved."""
        return self._mit("orte", "stadtbezirk", bezirk, fehlt=Q(stadtbezirk=""))

    def _mit(self, beziehung: str, feld: str, wert: str, fehlt: Q) -> "KernaktivitaetQuerySet":
        """Those with a related row whose ``feld`` is ``wert``; ``OHNE``: all rows ``fehlt``."""
        zeilen = self.model._meta.get_field(beziehung).related_model.objects.filter(
            kernaktivitaet=OuterRef("pk")
        )
        if wert == OHNE:
            return self.filter(~Exists(zeilen.exclude(fehlt)))
        return self.filter(Exists(zeilen.filter(**{feld: wert})))


def _lage(stichtag: date) -> Coalesce:
    """Status of the newest counting statement, else the state before the first statement.

    "Noch nicht beschlossen" is said only when the commissioning Beschluss is known and lies
    wholly after the day; a Beschluss of "2021" says nothing about a day in 2021.
    """
    neueste = (
        Statusmeldung.objects.mit_status_bis(stichtag)
        .filter(kernaktivitaet=OuterRef("pk"))
        .order_by("-zaehlt_ab", "-pk")
    )
    auftraege = Beschlusswirkung.objects.filter(
        kernaktivitaet=OuterRef("pk"), wirkung=Beschlusswirkung.Wirkung.BEAUFTRAGT
    )
    spaeter = auftraege.filter(beschluss__datum_von__gt=stichtag)
    frueher = auftraege.filter(beschluss__datum_von__lte=stichtag)
    return Coalesce(
        Subquery(neueste.values("status")[:1]),
        Case(
            When(Exists(spaeter) & ~Exists(frueher), then=Value(Lage.NOCH_NICHT.value)),
            default=Value(Lage.OHNE_STAND.value),
        ),
        output_field=CharField(),
    )
