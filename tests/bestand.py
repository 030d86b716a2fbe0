"""Many times what the city has, to see what grows with it."""

from datetime import date

from kernaktivitaeten import models as ka
from zielsystem.models import Quelle, Zielelement


def lege_grossen_bestand_an() -> None:
    """2,500 Kernaktivitäten with 10 statements each, 500 Beschlüsse, 60 Stellen more.

    They come on top of the delivered data.
    """
    quelle = Quelle.objects.first()
    kompetenzen = list(Zielelement.objects.filter(ebene=1))
    schwerpunkte = list(Zielelement.objects.filter(ebene=2))
    viele = ka.Kernaktivitaet.objects.bulk_create(
        ka.Kernaktivitaet(
            kompetenz=kompetenzen[i % 5],
            nr=100 + i,
            titel=f"Kernaktivität {i}",
            slug=f"kernaktivitaet-{i}",
            veroeffentlicht_am=date(2024, 1, 1),
            quelle=quelle,
        )
        for i in range(2500)
    )
    beschluesse = ka.Ratsbeschluss.objects.bulk_create(
        ka.Ratsbeschluss(
            titel=f"Beschluss {i}",
            slug=f"beschluss-{i}",
            quelle=quelle,
            datum_von=date(2020, 1, 1 + i % 28),
            datum_bis=date(2020, 1, 1 + i % 28),
            genauigkeit="tag",
        )
        for i in range(500)
    )
    haus = ka.Kernaktivitaet.objects.get(slug="haus-des-wissens")
    ka.Statusmeldung.objects.bulk_create(
        (
            ka.Statusmeldung(
                kernaktivitaet=eine,
                status=("laufend", "umgesetzt", "")[n % 3],
                bezug="" if n % 3 == 2 else "stand",
                datum_von=date(2011 + n, 1, 1),
                datum_bis=date(2011 + n, 12, 31),
                zaehlt_ab=date(2011 + n, 12, 31),
                genauigkeit="jahr",
                text="Ein Satz.",
                quelle=quelle,
                beschluss=beschluesse[n],
            )
            for eine in (*viele, haus)
            for n in range(10)
        ),
        batch_size=2000,
    )
    ka.Beschlusswirkung.objects.bulk_create(
        ka.Beschlusswirkung(beschluss=b, kernaktivitaet=eine, quelle=quelle)
        for i, b in enumerate(beschluesse)
        for eine in (viele[i], haus)
    )
    ka.Zuordnung.objects.bulk_create(
        ka.Zuordnung(kernaktivitaet=eine, schwerpunkt=schwerpunkte[i % 25], quelle=quelle)
        for i, eine in enumerate(viele[::3])
    )
    stellen = ka.Stelle.objects.bulk_create(
        ka.Stelle(name=f"Stelle {i}", slug=f"stelle-{i}") for i in range(60)
    )
    stellen.append(ka.Stelle.objects.get(slug="tiefbauamt"))  # the one whose page is opened
    ka.Verantwortung.objects.bulk_create(
        ka.Verantwortung(
            kernaktivitaet=eine,
            stelle=stellen[i % len(stellen)],
            rolle="linie",
            quelle=quelle,
        )
        for i, eine in enumerate(viele[::2])
    )
