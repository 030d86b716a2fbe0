"""What people type, and the page they mean: ``KA``/… plus slug, as its address begins.

Written as people write: without umlauts, joined, parted, inflected, with a typo, with a name of
the street.
"""

KA = "/kernaktivitaeten/"
K = "/kompetenzen/"
Q = "/querschnittsthemen/"
B = "/ratsbeschluesse/"
S = "/stellen/"

BAENKE = KA + "1000-baenke-fuer-bochum/"
BEA = KA + "bochumer-ehrenamtsagentur/"
BOVELO = KA + "bovelo-leitprojekte-radverkehr/"
CONSUL = KA + "smart-city-bochum-consul-bochumer-beteiligungsplattform/"
CITYWACHE = KA + "bochumer-city-wache/"
FAMILIE = KA + "familienbuero/"
FONDS = KA + "bochum-fonds-wir-machen-es-moeglich/"
GANZTAG = KA + "rhythmisierter-ganztag-an-grundschulen/"
GIGABIT = KA + "gigabit-city-bochum/"
GRAFFITI = KA + "hin-und-weg-graffitikunst-statt-schmierereien/"
KIOSK = KA + "gesundheitskiosk/"
KITA = KA + "flexible-kita-im-stadtbezirk/"
LEBENSMITTEL = KA + "verwenden-statt-verschwenden-nachh-lebensmittelnutzung/"
LOHRHEIDE = KA + "eventbuehne-lohrheidestadion/"
LOTSEN = KA + "transkulturelle-lotsinnen/"
MARK = KA + "mark-51-7/"
MARKTHALLE = KA + "bochums-speisekammer/"
MUSIK = KA + "digitale-musikschule-im-haus-der-musik/"
OASEN = KA + "bochums-gruene-oasen-attraktive-parks-und-freiraeume/"
OEPNV = KA + "vorfahrt-oepnv-leitprojekte-oeffentlicher-nahverkehr/"
PARKS = KA + "pocket-parks/"
PFLEGE = KA + "bochumer-nachwuchskraeftesicherung-in-der-pflege/"
SCHULZENTREN = KA + "familienzentren-an-grundschulen/"
SCHWIMMEN = KA + "schwimmmit-kampagne-zur-schwimmfaehigkeit-von-kindern/"
SENIOREN = KA + "vital-digital-bochumer-seniorinnenportal/"
EINGESTELLT = KA + "fonds-fuer-it-sicherheit/"
SOLAR = KA + "mission-solar-unsere-gebaeude-haben-mehr-drauf/"
SPIEL = KA + "raeume-fuer-spiel-bewegung-und-aufenthalt/"
TOILETTEN = KA + "bochums-stille-oertchen/"
WAERME = KA + "bochumer-waermewende/"
WISSEN = KA + "haus-des-wissens/"
WOHNUNGEN = KA + "in-bochum-zu-hause-wohnungsbauoffensive/"
BAEUME = KA + "stadtbaumkonzept/"
HAUSMEISTER = KA + "quartiershausmeisterin-wohnquartiere-aufwerten/"
WILLKOMMEN = KA + "willkommen-um-zu-bleiben-neue-einwohnerinnen-fuer-bochum/"
IT_FONDS = KA + "fonds-fuer-it-sicherheit/"
IT_STANDORT = KA + "staerkung-des-it-sicherheit-standortes-bochum/"
STADTPORTAL = KA + "digitales-stadtportal/"
BERMUDA = KA + "bermuda3eck-4-0/"

ANFRAGEN: tuple[tuple[str, str], ...] = (
    # Topics
    ("radweg", BOVELO),
    ("Radwege", BOVELO),
    ("fahrrad", BOVELO),
    ("fahrradweg schule", BOVELO),
    ("radschnellweg", BOVELO),
    ("radverkehr", BOVELO),
    ("spielplatz", SPIEL),
    ("spielplätze", SPIEL),
    ("spielplaetze", SPIEL),
    ("schwimmen lernen", SCHWIMMEN),
    ("schwimmen", SCHWIMMEN),
    ("schwimmkurs kinder", SCHWIMMEN),
    ("pflege", PFLEGE),
    ("pflegekräfte", PFLEGE),
    ("pflegenotstand", PFLEGE),
    ("bus und bahn", OEPNV),
    ("nahverkehr", OEPNV),
    ("bogestra", OEPNV),
    ("wohnungen", WOHNUNGEN),
    ("wohnungsbau", WOHNUNGEN),
    ("neue wohnungen", WOHNUNGEN),
    ("bäume pflanzen", BAEUME),
    ("baum", BAEUME),
    ("ehrenamt", BEA),
    ("ehrenamtlich helfen", BEA),
    ("graffiti", GRAFFITI),
    ("toiletten", TOILETTEN),
    ("öffentliche toilette", TOILETTEN),
    ("solaranlagen", SOLAR),
    ("photovoltaik", SOLAR),
    ("fernwärme", WAERME),
    ("wärmeplanung", WAERME),
    ("glasfaser", GIGABIT),
    ("schnelles internet glasfaser", GIGABIT),
    ("ganztag grundschule", GANZTAG),
    ("foodsharing", LEBENSMITTEL),
    ("lebensmittelverschwendung", LEBENSMITTEL),
    ("arbeitslose", KA + "kommunale-beschaeftigungsgesellschaft/"),
    ("kita öffnungszeiten abends", KITA),
    ("bürgerbeteiligung", CONSUL),
    ("stadtbücherei", WISSEN),
    ("hasu des wisens", WISSEN),
    ("volkshochschule", WISSEN),
    ("startup", KA + "werk-x-startup-inkubator-bochum/"),
    ("start-up", KA + "werk-x-startup-inkubator-bochum/"),
    ("baustellen", KA + "baustellenmanagement-alles-aus-einer-hand/"),
    ("personalausweis online", KA + "mein-bochum-buergerservices-antraege-informationen/"),
    ("leerstand innenstadt", KA + "kulturraum-fuer-kreative/"),
    ("zugewanderte", KA + "qualifikation-fuer-zugewanderte/"),
    # Umlauts and their spellings, sharp s, accents
    ("bänke", BAENKE),
    ("baenke", BAENKE),
    ("BÄNKE", BAENKE),
    ("banke", BAENKE),
    ("sitzbank", BAENKE),
    ("oepnv", OEPNV),
    ("ÖPNV", OEPNV),
    ("öpnv", OEPNV),
    ("familienbuero", FAMILIE),
    ("Familienbüro", FAMILIE),
    ("gruene oasen", OASEN),
    ("grüne oase", OASEN),
    ("waermewende", WAERME),
    ("stilles örtchen", TOILETTEN),
    ("Großstadt mit Lebensgefühl", K + "grossstadt-mit-lebensgefuehl/"),
    ("grossstadt lebensgefuehl", K + "grossstadt-mit-lebensgefuehl/"),
    ("buerger services", KA + "mein-bochum-buergerservices-antraege-informationen/"),
    # Compounds, joined or parted, CamelCase, hyphens, numbers
    ("haus der musik", MUSIK),
    ("hausdermusik", MUSIK),
    ("musikschule", MUSIK),
    ("musik schule", MUSIK),
    ("haus des wissens", WISSEN),
    ("it sicherheit", IT_FONDS),
    ("it-sicherheit", IT_STANDORT),
    ("ITSicherheit", IT_FONDS),
    ("stadt baum konzept", BAEUME),
    ("stadtbaumkonzept", BAEUME),
    ("pocketparks", PARKS),
    ("pocket-park", PARKS),
    ("city wache", CITYWACHE),
    ("citywache", CITYWACHE),
    ("rathaus kids", KA + "rathauskids-vereinbarkeit-familie-und-beruf-ermoeglichen/"),
    ("gigabit city", GIGABIT),
    ("gesundheits kiosk", KIOSK),
    ("1000 bänke", BAENKE),
    ("1.000 Bänke", BAENKE),
    ("mark 51 7", MARK),
    ("mark 51°7", MARK),
    ("mark517", MARK),
    ("115", KA + "bochumservice-115-wir-lieben-fragen/"),
    # Inflections, gender forms
    ("Lotsen", LOTSEN),
    ("Lots*innen", LOTSEN),
    ("Lots:innen", LOTSEN),
    ("Lotsinnen und Lotsen", LOTSEN),
    ("Seniorinnenportal", SENIOREN),
    ("Senior_innenportal", SENIOREN),
    ("senioren", SENIOREN),
    ("ältere menschen", SENIOREN),
    ("Hausmeister", HAUSMEISTER),
    ("Quartiershausmeisterin", HAUSMEISTER),
    ("Einwohner*innen", WILLKOMMEN),
    ("neue Einwohner", WILLKOMMEN),
    ("Familienzentrum grundschule", SCHULZENTREN),
    ("parks", PARKS),
    ("kulturelle Innovation", K + "hotspot-der-live-kultur/keimzelle-kultureller-innovationen/"),
    # One typo
    ("schwimen", SCHWIMMEN),
    ("spielplaz", SPIEL),
    ("fahrad", BOVELO),
    ("gesundheitskioks", KIOSK),
    ("markhalle", MARKTHALLE),
    ("grafiti", GRAFFITI),
    ("ehrenampt", BEA),
    ("lohrheidstadion", LOHRHEIDE),
    ("wärmewände", WAERME),
    ("bermudadreieck", BERMUDA),
    ("fotovoltaik", SOLAR),
    # Other names, places, districts
    ("markthalle", MARKTHALLE),
    ("speisekammer", MARKTHALLE),
    ("bea", BEA),
    ("Bochum App", STADTPORTAL),
    ("tapetenwechsel", KA + "kulturraum-fuer-kreative/"),
    ("urbanatix", KA + "open-space-academy-streetartistik-urbanatix/"),
    ("bochum mitgestalten", CONSUL),
    ("behördennummer", KA + "bochumservice-115-wir-lieben-fragen/"),
    ("flex kita", KITA),
    ("stadion wattenscheid", LOHRHEIDE),
    ("wattenscheid", KIOSK),
    ("laer opel", MARK),
    ("opel gelände", MARK),
    ("querenburg schule", SCHULZENTREN),
    ("emilstraße", PARKS),
    ("riemker strasse", PARKS),
    ("husemann karree", KA + "moderne-arbeitswelten-stadt-bochum/"),
    ("planetarium", S + "planetarium-bochum/"),
    # Words of everyday life, where the texts have others
    ("straßenbahn", OEPNV),
    ("Busse", OEPNV),
    ("hallenbad", SCHWIMMEN),
    ("schwimmbad", SCHWIMMEN),
    ("VHS", WISSEN),
    ("Klo", TOILETTEN),
    ("wc", TOILETTEN),
    ("Toilette", TOILETTEN),
    ("Bibliothek", WISSEN),
    ("Wissenshaus", WISSEN),
    # Questions
    ("was kostet das haus des wissens", WISSEN),
    ("wann ist das haus des wissens fertig", WISSEN),
    ("eingestellt", EINGESTELLT),
    ("welche projekte wurden eingestellt", EINGESTELLT),
    # Other kinds of pages
    ("bochum fonds", FONDS),
    ("förderung projekte bochum-fonds", FONDS),
    ("klima", Q + "klima/"),
    ("digitalisierung", Q + "digitalisierung/"),
    ("sicherheit", Q + "sicherheit/"),
    ("vielfalt", Q + "gesellschaftliche-vielfalt/"),
    ("talentschmiede", K + "talentschmiede-im-ruhrgebiet/"),
    ("wissensarbeit", K + "shootingstar-der-wissensarbeit/"),
    ("lebensqualität", K + "grossstadt-mit-lebensgefuehl/"),
    ("mobilität", K + "grossstadt-mit-lebensgefuehl/zukunftsweisende-mobilitaet/"),
    ("schulische Bildung", K + "talentschmiede-im-ruhrgebiet/hervorragende-schulische-bildung/"),
    ("wir gefühl", "/die-strategie/"),
    ("radverkehrskonzept", B + "2023-05-04-radverkehrskonzept/"),
    ("handlungskonzept wohnen", B + "2017-handlungskonzept-wohnen/"),
    ("jugendamt", S + "jugendamt/"),
    ("tiefbauamt", S + "tiefbauamt/"),
    ("dezernat iv", S + "dezernat-iv/"),
    ("impressum", "/impressum/"),
    ("datenschutzerklärung", "/datenschutz/"),
    ("bilanz", "/bilanz/"),
    ("meilensteine", "/meilensteine/"),
)
