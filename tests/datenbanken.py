"""Which tests PostgreSQL does not need to see, and why: the one place where that is chosen.

Every test that uses the database runs on SQLite (`make test`). PostgreSQL sees what can differ
there: constraints, rules and queries, how many there are, NULL and order, JSON, the length of
texts, locks and threads, Stapel, history, migrations, the delivered data, the leak, and each role
by each action once. A new module is among them until it is named here. `make test-postgres
ALLES=1` leaves nothing out.
"""

# Reason → modules below tests/. Their queries are asked on PostgreSQL by the tests it names.
NUR_SQLITE: dict[str, tuple[str, ...]] = {
    # test_abfragen opens every page on PostgreSQL, test_leck follows every link, and the modules
    # …_echte_daten compare what stands there with the sources.
    "what a page says about rows that were read": (
        "test_konto.py",
        "test_site.py",
        "test_wortlaut.py",
        "seiten/test_barriere_melden.py",
        "seiten/test_bilanz.py",
        "seiten/test_charts.py",
        "seiten/test_detail.py",
        "seiten/test_die_strategie.py",
        "seiten/test_export.py",
        "seiten/test_kompetenz.py",
        "seiten/test_matrix.py",
        "seiten/test_methodik.py",
        "seiten/test_startseite.py",
        "seiten/test_stelle.py",
        "seiten/test_stempel.py",
        "seiten/test_stempel_arbeit.py",
        "seiten/test_strategiearbeit.py",
        "seiten/test_ueberblick.py",
        "seiten/test_umzug.py",
        "strategiearbeit/test_markdown.py",
        "strategiearbeit/test_models.py",
    ),
    # The index is built by one query, in test_suche_echte_daten, and asked without the database.
    "what the search makes of its index": (
        "seiten/test_suche_falten.py",
        "seiten/test_suche_status.py",
        "seiten/test_suche_stichtag.py",
        "seiten/test_suche_worte.py",
    ),
    # test_rollen sends each of these forms on PostgreSQL, also to take a decision back, …_zugleich
    # and test_stapel what is written by several at once or together, test_alle_modelle every
    # model, with the state that its form has seen, and test_geschichte reads the versions.
    "what a form of the administration shows, refuses and says": (
        "verwaltung/test_bekanntes.py",
        "verwaltung/test_bleibt.py",
        "verwaltung/test_entwuerfe.py",
        "verwaltung/test_erfassen.py",
        "verwaltung/test_gleichzeitig.py",
        "verwaltung/test_handbuch.py",
        "verwaltung/test_korrigieren.py",
        "verwaltung/test_mappe.py",
        "verwaltung/test_mappe_grenzen.py",
        "verwaltung/test_melden.py",
        "verwaltung/test_nur_lesen.py",
        "verwaltung/test_ratsbeschluss.py",
        "verwaltung/test_rueckmeldungen_verwalten.py",
        "verwaltung/test_speichern.py",
        "verwaltung/test_stempel.py",
        "verwaltung/test_textseiten_verwalten.py",
        "verwaltung/test_vorschau.py",
        "verwaltung/test_werkzeugkasten_intern.py",
        "verwaltung/test_zahlen.py",
    ),
}
