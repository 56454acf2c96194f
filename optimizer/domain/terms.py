"""Words of the tables, rules and files as people read them: layers of rules and units, in Dutch and in English.

The codes in files and in ``--json`` are the Dutch words, in either language.
"""

from collections.abc import Mapping

from geodata.wording import Sentence

#: Layers of a rule or a value, from law to assumption.
LAYERS: Mapping[str, Sentence] = {
    "wet": Sentence("wet", "law"),
    "amvb": Sentence("algemene maatregel van bestuur", "order in council"),
    "regeling": Sentence("ministeriële regeling", "ministerial regulation"),
    "circulaire": Sentence("circulaire", "circular"),
    "uitvoeringspraktijk": Sentence("uitvoeringspraktijk", "practice"),
    "bestuursovereenkomst": Sentence("bestuursovereenkomst", "agreement with the COA"),
    "aanname": Sentence("aanname", "assumption"),
}

#: Units of parameters and levels.
UNITS: Mapping[str, Sentence] = {
    nl: Sentence(nl, en)
    for nl, en in {
        "aandeel": "share",
        "aandelen": "shares",
        "aantal keer": "number of times",
        "banen": "jobs",
        "dagen": "days",
        "die van de maat": "that of the measure",
        "deel": "share",
        "deel van 1": "share of 1",
        "euro per maand": "euro a month",
        "euro per uur": "euro an hour",
        "factor": "factor",
        "huishoudens": "households",
        "ja of nee": "yes or no",
        "jaren": "years",
        "kans": "chance",
        "keer": "times",
        "keuze": "choice",
        "km": "km",
        "km per uur": "km an hour",
        "lijst": "list",
        "lijst van aandelen": "list of shares",
        "lijst van codes": "list of codes",
        "lijst van delen": "list of shares",
        "lijst van kansen": "list of chances",
        "maand": "month",
        "maanden": "months",
        "maat": "measure",
        "personen": "persons",
        "personen per halfjaar": "persons a half-year",
        "punten": "points",
        "uur per week": "hours a week",
        "volwassenen": "adults",
        "weken": "weeks",
        "weken per jaar": "weeks a year",
    }.items()
} | {
    "logit": Sentence("in de optelsom (logit)", "in the sum (logit)"),
    "logit per log": Sentence(
        "in de optelsom (logit), per stap van de logaritme", "in the sum (logit), a step of the logarithm"
    ),
    "logit per procentpunt": Sentence(
        "in de optelsom (logit), per procentpunt", "in the sum (logit), a percentage point"
    ),
}

#: Kinds of special dwelling that ship; one of a user's own stays as it is.
DWELLINGS: Mapping[str, Sentence] = {
    "grote_woning": Sentence("grote woning", "large dwelling"),
    "toegankelijke_woning": Sentence("toegankelijke woning", "accessible dwelling"),
}

#: What limits a municipality, by regime.
ROOM: Mapping[str, Sentence] = {
    "taakstelling": Sentence("opgave", "opgave"),
    "capaciteit": Sentence("capaciteit", "capacity"),
}

#: Answers and names in the cells of our tables: what became of a household, a ground, a job or a request, and why.
NAMES: Mapping[str, Sentence] = {
    nl.replace(" ", "_"): Sentence(nl, en)
    for nl, en in {
        "ja": "yes",
        "nee": "no",
        "wacht": "waits",
        "nvt": "n/a",
        "onbekend": "unknown",
        "voorgesteld": "proposed",
        "vastgezet": "locked",
        "niet gekoppeld": "not linked",
        "niet aangetoond": "not shown",
        "loopt af": "ends first",
        "binnen 50km": "within 50km",
        "al buiten": "beyond already",
        "verloren regel": "lost by the rule",
        "geen plaats": "no room",
        "geen plaats binnen 50km": "no room within 50km",
        "geen woning": "no special dwelling",
        "te groot": "too large",
        "alles uitgesloten": "everything excluded",
        "personen": "persons",
        "woningen": "dwellings",
        "inpassen": "packing",
        "regels": "rules",
        "verdeling": "division",
        "onbewezen": "not proven",
        "werkgever": "employer",
        "bestuurder": "administrator",
        "bewoner": "resident",
        "mag overwogen": "may be considered",
        "gelijk": "the same",
        "verder": "farther",
        "krap": "short of room",
        "bekend": "to be known in time",
        "geen plek": "no room near the work",
        "geen grond": "no ground",
    }.items()
}

#: Hard grounds, and the soft one.
GROUNDS: Mapping[str, Sentence] = {
    "werk": Sentence("werk", "work"),
    "gezin": Sentence("gezin", "family"),
    "studie": Sentence("studie", "study"),
    "medisch": Sentence("medisch", "medical"),
    "netwerk": Sentence("netwerk", "network"),
}
#: What a medical or family ground is called where it is nobody's business.
PERSONAL = Sentence("persoonlijk", "personal")
