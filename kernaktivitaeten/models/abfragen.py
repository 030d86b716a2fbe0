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
    Expression,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from grundlage.blick import sichtbare
from grundlage.zeitangabe import Genauigkeit
from zielsystem.models import OHNE, KennungQuerySet

from .lage import Lage, zeitraum_aus
from .status import Statusmeldung, StatusmeldungQuerySet
from .tranche_beschluss import Beschlusswirkung

# One subquery for a whole statement: a dozen of them, one a column, took seconds on PostgreSQL.
AUSSAGE = JSONObject(
    pk="pk",
    von="datum_von",
    bis="datum_bis",
    genauigkeit="genauigkeit",
    bezug="bezug",
    zaehlt_ab="zaehlt_ab",
)

# The Stelle of each Verantwortung, for ``zaehle``: its own, or that of the person's office.
STELLE = Coalesce(
    "verantwortungen__stelle__slug", "verantwortungen__person__besetzungen__stelle__slug"
)


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

        ``lage`` is a value of ``Lage``; ``stand`` is the newest counting statement and ``seit``
        the first of the same unbroken run, both as ``AUSSAGE`` or NULL where none counts yet.
        Read them through ``Kernaktivitaet.lagebild``.
        """
        aussagen = Statusmeldung.objects.mit_status_bis(stichtag).filter(
            kernaktivitaet=OuterRef("pk")
        )
        lauf = Statusmeldung.objects.im_lauf(stichtag).filter(kernaktivitaet=OuterRef("pk"))
        neueste = aussagen.order_by("-zaehlt_ab", "-pk")
        erste = lauf.order_by("zaehlt_ab", "pk")
        return self.annotate(
            lage=_lage(stichtag, neueste),
            stand=Subquery(neueste.values(aussage=AUSSAGE)[:1]),
            seit=Subquery(erste.values(aussage=AUSSAGE)[:1]),
        )

    def zaehle(self, *nach: str | Expression) -> Counter:
        """The one count: how many stand how, on top of ``zum``.

        Returns a ``Counter`` of ``(lage, *values of nach)`` → number; ``nach`` names fields or
        annotations, for example ``"kompetenz"``, or is ``STELLE``. Every Kernaktivität counts once.
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
        staende = self.filter(stand__isnull=False).order_by().values_list("stand", flat=True)
        nach_tag = sorted(staende, key=lambda stand: (stand["zaehlt_ab"], stand["pk"]))
        if not nach_tag:
            return "Für diesen Tag liegt keine Angabe vor"
        von, bis = zeitraum_aus(nach_tag[0]), zeitraum_aus(nach_tag[-1])
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

    def ohne_eintrag_seit(self, tag: date) -> "KernaktivitaetQuerySet":
        """Those that still run on the day of ``zum`` without a statement after ``tag``."""
        neuere = Statusmeldung.objects.gueltig().filter(
            kernaktivitaet=OuterRef("pk"), zaehlt_ab__gt=tag
        )
        return self.in_lage([Lage.LAUFEND]).filter(~Exists(neuere))

    def ueber_ihr_ende(self, stichtag: date) -> "KernaktivitaetQuerySet":
        """Those that still run though the completion that was planned last has passed."""
        plaene = self.model._meta.get_field("planangaben").related_model.objects
        letzter = plaene.filter(kernaktivitaet=OuterRef("pk"), termin_bis__isnull=False).order_by(
            "-reihenfolge", "-pk"
        )
        return (
            self.in_lage([Lage.LAUFEND])
            .annotate(ende=Subquery(letzter.values("termin_bis")[:1]))
            .filter(ende__lt=stichtag)
        )

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
        """Those for which the Stelle, or a person in its office, answers in any role.

        ``OHNE``: those for which no Stelle is known.
        """
        zeilen = self._zeilen("verantwortungen")
        if slug == OHNE:
            return self.filter(~Exists(zeilen.mit_amt()))
        return self.filter(Exists(zeilen.von_stelle(slug)))

    def im_bezirk(self, bezirk: str) -> "KernaktivitaetQuerySet":
        """Those with a place in the Stadtbezirk; ``OHNE``: those without one that is proved."""
        zeilen = self._zeilen("orte").exclude(stadtbezirk="")
        if bezirk == OHNE:
            return self.filter(~Exists(zeilen))
        return self.filter(Exists(zeilen.filter(stadtbezirk=bezirk)))

    def _zeilen(self, beziehung: str) -> QuerySet:
        """The related rows of each Kernaktivität, for ``Exists``."""
        modell = self.model._meta.get_field(beziehung).related_model
        return modell.objects.filter(kernaktivitaet=OuterRef("pk"))


def _lage(stichtag: date, neueste: StatusmeldungQuerySet) -> Coalesce:
    """Status of the newest counting statement, else the state before the first statement.

    "Noch nicht beschlossen" is said only when the commissioning Beschluss is known and lies
    wholly after the day; a Beschluss of "2021" says nothing about a day in 2021.
    """
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
