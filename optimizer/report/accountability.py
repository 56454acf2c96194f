"""What an organisation answers for, in plain Dutch, from the facts of a run: register, log, answers and explanation.

What the program cannot know stands as a field to fill in, and is never made up.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from optimizer.domain.levels import LEVELS
from optimizer.domain.register import TO_FILL

#: Files of the account, by what they are.
REGISTER, LOGBOEK, DPIA, IAMA = "algoritmeregister.json", "verwerkingen.jsonl", "dpia.md", "iama.md"
#: Personal data that the input may hold, by table, and why: the columns of ``domain.tables``.
_DATA = (
    ("huishoudens", "grootte, datum van de vergunning, gemeente van opvang, keuzes van een mens"),
    ("personen", "opleiding, niveau Nederlands, ervaring, wens om te werken"),
    ("werk", "gemeente, uren, contract, loon, soort werk"),
    ("gronden", "gezin, studie, medische reden of netwerk, met gemeente en of het is aangetoond"),
)

#: How far the search came.
_STATUS = {
    "proven": "bewezen de beste",
    "gap": "niet bewezen; er is nog winst mogelijk",
    "limit": "gestopt bij een grens",
    "not_optimised": "dit beleid zoekt niet naar het beste",
}


def _fill(what: str) -> str:
    return f"{TO_FILL}{what}]"


def register(receipt: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record for the Algoritmeregister, standard 1.0, of the policy of a run."""
    policy, radius = receipt["policy"], _value(receipt, "gronden/straal_km")
    hours = _value(receipt, "werk/minimum_uren")
    order = ", ".join(f"{n}. {LEVELS[name].label.nl}" for n, name in enumerate(_levels(receipt), 1)) or "geen"
    return {
        "name": "Koppelwijzer: gemeenten voorstellen voor statushouders",
        "description_short": (
            "Dit programma stelt voor in welke gemeente een huishouden van statushouders kan wonen. Het houdt rekening "
            "met werk, gezin, studie en medische redenen, en met de plek die gemeenten hebben. Een mens beslist."
        ),
        "organization": _fill("naam van uw organisatie"),
        "category": ["Migratie en integratie", "Wonen", "Werk"],
        "status": _fill("In ontwikkeling, In gebruik of Buiten gebruik"),
        "begin_date": _fill("maand waarin u begon, zoals 2026-10"),
        "contact_email": _fill("e-mailadres"),
        "publication_category": _fill("Hoog-risico AI-systeem, Impactvolle algoritmes of Overige algoritmes"),
        "goal": (
            "Statushouders krijgen een woning in een gemeente. Zo'n keuze kan hen hun werk kosten, omdat het werk te "
            "ver weg komt te liggen. Het programma zoekt een verdeling waarbij mensen een plek krijgen en zo veel "
            "mogelijk banen behouden blijven. Gemeenten krijgen niet meer mensen dan zij moeten huisvesten. "
            "Medewerkers "
            "krijgen bij elk voorstel de reden en andere gemeenten. Zij beslissen zelf."
        ),
        "proportionality": (
            "De keuze raakt mensen: waar zij wonen, en of zij hun werk houden. Met de hand is niet te zien wat één "
            "keuze voor alle anderen betekent. Het programma gebruikt alleen gegevens die voor de regel nodig zijn. "
            "Het "
            "weigert naam, BSN, V-nummer, geboortedatum, leeftijd, nationaliteit, herkomst, moedertaal, godsdienst en "
            "geslacht. Elk getal is na te rekenen met regels die openbaar zijn. " + _fill("uw eigen afweging") + "."
        ),
        "human_intervention": (
            "Elke uitkomst is een voorstel. Een medewerker en de gemeente kijken ernaar. Zij kunnen een huishouden "
            "vastzetten op een gemeente, of een gemeente uitsluiten, met een reden. Het programma volgt dat altijd. "
            "Zij zien hoogstens drie andere gemeenten die nog plek hadden. Wie het niet eens is, kan dat zeggen; dan "
            "kijkt een mens opnieuw. " + _fill("wie bij u beslist, en hoe vaak van voorstellen is afgeweken") + "."
        ),
        "risks": (
            "Een schatting kan fout zijn: de kans op werk zegt niets zekers over één mens. Gegevens in de invoer "
            "kunnen "
            "fout of oud zijn. Medewerkers kunnen te snel akkoord gaan. Groepen kunnen gemiddeld slechter uitkomen. "
            "Wij "
            "beperken dit zo: elk getal staat bij zijn delen; een aparte rechter rekent elk voorstel na; niets is "
            "vooraf "
            "aangevinkt; het verslag over groepen gaat pas open als de uitkomst vaststaat. "
            + _fill("risico's en maatregelen in uw organisatie")
            + "."
        ),
        "lawful_basis": (
            f"{_task(receipt)} Bij een harde grond zoekt het COA binnen {_plain(radius)} km "
            f"({receipt['parameters']['gronden/straal_km']['layer']}; bron: {_source(receipt, 'gronden/straal_km')}). "
            + _fill("uw grondslag voor het verwerken van deze gegevens")
            + "."
        ),
        "lawful_basis_grouping": [
            {"title": "Huisvestingswet 2014, art. 28-29", "link": "https://wetten.overheid.nl/BWBR0035303"}
        ],
        "impacttoetsen": "Antwoorden voor een DPIA en een IAMA staan in de bijlagen. "
        + _fill("datum en uitkomst")
        + ".",
        "source_data": (
            "Per huishouden en volwassene: "
            + "; ".join(f"{what} ({table})" for table, what in _DATA)
            + ". Het programma rekent met kenmerken; dat horen pseudoniemen te zijn. Openbare tabellen: "
            + ", ".join(sorted({str(table["name"]) for table in receipt["tables"]}))
            + "."
        ),
        "methods_and_models": (
            f"Beleid: {policy['titel']} ({policy['name']}), methode {policy['method']}. {policy['uitleg']} Niveaus, in "
            f"deze volgorde: {order}. Werk is een harde grond vanaf {_plain(hours)} uur per week met bewijs. Een "
            f"huishouden wordt nooit gesplitst. De kans op werk is een optelsom van openbare gewichten, geen model dat "
            "zelf leert; de gewichten zijn een aanname. Tussen gelijke uitkomsten beslist een loting met een bekend "
            f"getal ({receipt['seed']}). Uitkomst: {_STATUS[receipt['status']]}. Dezelfde invoer geeft hetzelfde "
            f"voorstel: {receipt['reproducible']}. Een rechter zonder gedeelde code rekent elk voorstel na."
        ),
        "provider": "Koppelwijzer, open broncode (EUPL-1.2)",
        "lang": "NLD",
        "standard_version": "1.0",
        "source_id": f"koppelwijzer-{policy['name']}",
        "tags": "statushouders;koppeling;huisvesting;werk",
    }


def processing_log(receipt: Mapping[str, Any], households: Sequence[str]) -> str:
    """Return a log of what was done with whose data, a line of JSON each, over pseudonyms.

    The form follows Logboek Dataverwerkingen: an operation with a trace, a span, and the activity that it belongs to.
    The day is the peildatum; the program does not look at a clock, so no time is given.
    """
    trace = str(receipt["receipt_sha256"])[:32]
    lines = [
        {
            "trace_id": trace,
            "span_id": f"{n:016x}",
            "name": "koppelwijzer run",
            "status": "OK",
            "peildatum": receipt["peildatum"],
            "resource": {"name": "koppelwijzer", "version": receipt["version"]},
            "attributes": {
                "dpl.core.processing_activity_id": _fill("verwijzing naar uw verwerkingsregister"),
                "dpl.core.data_subject_id": household,
                "dpl.core.data_subject_id_type": "pseudoniem",
            },
        }
        for n, household in enumerate(households, 1)
    ]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def dpia(receipt: Mapping[str, Any], counts: Mapping[str, int], months: int) -> str:
    """Return answers for the form of a DPIA, in Markdown."""
    return _page(
        "Antwoorden voor een DPIA",
        receipt,
        [
            ("Wat gebeurt er met de gegevens?", register(receipt)["goal"]),
            ("Welke gegevens?", _data_table(counts)),
            (
                "Welke gegevens niet?",
                "Naam, BSN, V-nummer, geboortedatum, leeftijd, nationaliteit, land van herkomst, etniciteit, "
                "moedertaal, "
                "godsdienst en geslacht weigert het programma in de invoer. Geslacht en leeftijdsgroep mogen alleen "
                "in een "
                "apart bestand, dat pas opengaat als de uitkomst vaststaat.",
            ),
            (
                "Van wie?",
                f"{counts['huishoudens']} huishoudens, {counts['personen']} volwassenen, onder een pseudoniem.",
            ),
            ("Wie verwerkt ze, en wie ontvangt ze?", _fill("verantwoordelijke, verwerkers en ontvangers")),
            ("Op welke grondslag?", register(receipt)["lawful_basis"]),
            ("Waarom zijn ze nodig?", register(receipt)["proportionality"]),
            (
                "Bijzondere gegevens",
                (
                    "Een medische reden is een gegeven over gezondheid. Het programma leest alleen dat zij er is, in "
                    "welke gemeente, en of zij is aangetoond. Buiten het COA heten medische redenen en gezin "
                    "`persoonlijk`. " + _fill("uitzondering op het verbod en uw onderbouwing")
                ),
            ),
            ("Hoe lang bewaart u ze?", _retention(months)),
            (
                "Beveiliging",
                _fill("uw maatregelen")
                + " Het programma werkt zonder netwerk, tenzij u daar zelf om vraagt (`--osrm`), en zet geen "
                "gegevens in "
                "een logboek "
                "buiten de map van de run.",
            ),
            (
                "Rechten van mensen",
                "Elk huishouden kan een brief krijgen met alle gegevens en getallen over "
                "zichzelf (`koppelwijzer "
                "brieven`). " + _fill("hoe iemand inzage, correctie of verwijdering vraagt"),
            ),
            ("Risico's en maatregelen", register(receipt)["risks"]),
        ],
    )


def iama(receipt: Mapping[str, Any], counts: Mapping[str, int]) -> str:
    """Return answers for the form of an IAMA (impact assessment on human rights and algorithms), in Markdown."""
    return _page(
        "Antwoorden voor een IAMA",
        receipt,
        [
            ("Deel 1. Waarom? Aanleiding en doel", register(receipt)["goal"]),
            ("Publieke waarden", _fill("welke waarden, en wie dat besliste")),
            ("Wettelijke grondslag", register(receipt)["lawful_basis"]),
            ("Wie is betrokken en verantwoordelijk?", _fill("namen en rollen")),
            ("Deel 2. Wat? Gegevens", _data_table(counts)),
            ("Kwaliteit van de gegevens", _unknown(receipt)),
            ("Het algoritme", register(receipt)["methods_and_models"]),
            ("Regels en aannames, elk met haar bron", _parameters(receipt)),
            ("Hoe goed is het antwoord?", _answer(receipt)),
            ("Deel 3. Hoe? Mensen en besluiten", register(receipt)["human_intervention"]),
            (
                "Uitleg aan wie het aangaat",
                "`koppelwijzer explain` en `koppelwijzer brieven` geven voor elk "
                "huishouden de reden, de regel met haar "
                "bron, en elk getal met zijn delen.",
            ),
            (
                "Deel 4. Mensenrechten",
                "Geraakt worden in elk geval: gelijke behandeling, privacy, gezinsleven, en "
                "vrije keuze van werk. " + _fill("uw weging van elk recht"),
            ),
            (
                "Gelijke behandeling",
                "Geen beschermd kenmerk telt mee in het voorstel. `koppelwijzer compare` met "
                "een bestand `groepen` vergelijkt "
                "groepen achteraf. " + _fill("uitkomst daarvan"),
            ),
        ],
    )


def _page(title: str, receipt: Mapping[str, Any], parts: Sequence[tuple[str, str]]) -> str:
    told = [
        f"# {title}",
        f"Koppelwijzer {receipt['version']}, peildatum {receipt['peildatum']}, beleid {receipt['policy']['name']}. "
        f"Het voorstel heeft als "
        f"SHA-256 `{receipt['answer']['sha256']}`. Wat het programma niet kan weten, staat er als `{TO_FILL}...]`.",
    ]
    told += [f"## {kop}\n\n{text}" for kop, text in parts]
    return "\n\n".join(told) + "\n"


def _data_table(counts: Mapping[str, int]) -> str:
    rows = [f"| `{table}` | {what} | {counts.get(table, 0)} |" for table, what in _DATA]
    return "\n".join(["| bestand | gegevens | rijen |", "| --- | --- | --- |", *rows])


def _unknown(receipt: Mapping[str, Any]) -> str:
    cells = receipt["policy"].get("onbekende_kenmerken") or {}
    told = ", ".join(f"{name.replace('_', ' ')}: {n}" for name, n in cells.items()) or "geen"
    return (
        f"Bij zoveel volwassenen is iets niet bekend; dan telt het gemiddelde: {told}. Elke fout in de invoer houdt de "
        "hele groep tegen; het programma laat geen rij weg en vult niets zelf in."
    )


def _parameters(receipt: Mapping[str, Any]) -> str:
    rows = [
        f"| `{name}` | {_cell(p['value'])} | {_cell(p.get('unit') or '')} | {p['layer']} | {_cell(p['source'])} |"
        for name, p in sorted(receipt["parameters"].items())
        if not name.startswith("generate/")
    ]
    return "\n".join(["| regel | waarde | eenheid | soort | bron |", "| --- | --- | --- | --- | --- |", *rows])


def _answer(receipt: Mapping[str, Any]) -> str:
    rows = [
        f"| {level['name']} | {_plain(level['value'])} | {_plain(level['bound'])} | {level['status']} |"
        for level in receipt["levels"]
    ]
    head = ["| niveau | waarde | hoogstens | stand |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *rows]) if rows else "Dit beleid zoekt niet naar het beste antwoord; er is geen grens."


def _retention(months: int) -> str:
    return (
        f"Aanname van het programma, te vervangen door uw eigen termijn: "
        f"{months} maanden na "
        "de peildatum. Daarna wist `koppelwijzer wis` elke rij over mensen; aantallen en het bewijs blijven "
        "(docs/bewaren.md). " + _fill("uw vastgestelde termijn")
    )


def _task(receipt: Mapping[str, Any]) -> str:
    """Say on what ground a municipality takes people."""
    if _value(receipt, "taakstelling/regime") == "capaciteit":
        return "Op de peildatum geldt geen taakstelling. De plekken komen uit wat gemeenten zelf opgeven."
    return (
        "Gemeenten moeten elk halfjaar een aantal statushouders huisvesten: Huisvestingswet 2014, artikelen 28 en 29 "
        "(BWBR0035303)."
    )


def _levels(receipt: Mapping[str, Any]) -> list[str]:
    return [str(level["name"]) for level in receipt["levels"] if level["name"] in LEVELS]


def _value(receipt: Mapping[str, Any], name: str) -> Any:
    return receipt["parameters"][name]["value"]


def _source(receipt: Mapping[str, Any], name: str) -> str:
    return str(receipt["parameters"][name]["source"])


def _plain(value: Any) -> str:
    return "onbekend" if value is None else f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _cell(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else _plain(value)
    return text.replace("|", "\\|").replace("\n", " ")
