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
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from grundlage.blick import sichtbare
from zielsystem.models import KennungQuerySet

from .lage import Lage
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

    def ohne_eintrag_seit(self, tag: date) -> "KernaktivitaetQuerySet":
        """Those that still run on the day of ``zum`` without a statement after ``tag``."""
        neuere = Statusmeldung.objects.gueltig().filter(
            kernaktivitaet=OuterRef("pk"), zaehlt_ab__gt=tag
        )
        return self.filter(lage=Lage.LAUFEND).filter(~Exists(neuere))

    def ueber_ihr_ende(self, stichtag: date) -> "KernaktivitaetQuerySet":
        """Those that still run though the completion that was planned last has passed."""
        plaene = self.model._meta.get_field("planangaben").related_model.objects
        letzter = plaene.filter(kernaktivitaet=OuterRef("pk"), termin_bis__isnull=False).order_by(
            "-reihenfolge", "-pk"
        )
        return (
            self.filter(lage=Lage.LAUFEND)
            .annotate(ende=Subquery(letzter.values("termin_bis")[:1]))
            .filter(ende__lt=stichtag)
        )


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
