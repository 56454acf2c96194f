"""The explanation of one household for machines: the parts of `Uitleg` and `WatAls` under the names of the contract.

docs/bestanden.md lists the keys. Municipalities are CBS codes.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from geodata.gemeenten import load_gemeenten
from optimizer.explain.told.closed import Closed
from optimizer.explain.told.shortage import Shortage
from optimizer.explain.told.uitleg import Uitleg
from optimizer.explain.told.whatif import WatAls
from optimizer.rules.parameters import Parameters
from optimizer.rules.parameters.bron import bron


def as_json(uitleg: Uitleg, what: Sequence[WatAls], parameters: Parameters, lang: str) -> dict[str, Any]:
    """Return everything that explains a household, ready for JSON.

    ``waarom_niet`` is null without a question, one object for one, a list in the order of the questions for several.

    Parameters
    ----------
    uitleg, what
        The parts.
    parameters
        The rules in force, for the sources.
    lang
        Language of the sentences; codes and values are the same in both.
    """
    asked = [_what_if(one, parameters, lang) for one in what]
    return {
        "huishouden": uitleg.huishouden,
        "gemeente": _code(uitleg.gemeente),
        "aantal_personen": uitleg.personen,
        "status": uitleg.status,
        "grond": "+".join(uitleg.gronden),
        "beleid": uitleg.beleid,
        "methode": uitleg.methode,
        "bekend": uitleg.bekend,
        "reden": uitleg.reden.said(lang),
        "beurt": None if uitleg.beurt is None else {"nummer": uitleg.beurt[0], "van": uitleg.beurt[1]},
        "loting": uitleg.seed if uitleg.methode == "loting" else None,
        "toegestaan": _codes(np.flatnonzero(uitleg.open.toegestaan).tolist()),
        "vrij": _codes(np.flatnonzero(uitleg.vrij).tolist()),
        "gesloten": [_closed(rules, parameters, lang) for rules in uitleg.open.gesloten.values()],
        "niveaus": [
            {
                "naam": one.naam,
                "hier": one.hier,
                "alternatieven": [
                    {"gemeente": _code(g), "waarde": value}
                    for g, value in zip(uitleg.alternatieven, one.elders, strict=True)
                ],
            }
            for one in uitleg.niveaus
        ],
        "banen": [{"gemeente": _code(g), "banen": [asdict(job) for job in uitleg.banen[g]]} for g in uitleg.plekken],
        "kans_werk": [_adult(uitleg, row) for row in range(len(uitleg.kans))],
        "zachte_punten": [{"gemeente": _code(g), **uitleg.punten[g]} for g in uitleg.plekken],
        "uitzonderingen": [{"soort": kind, "toelichting": zin.said(lang)} for kind, zin in uitleg.uitzonderingen],
        "niet_gekoppeld": None if uitleg.tekort is None else _shortage(uitleg.tekort, lang),
        "waarom_niet": None if not asked else asked[0] if len(asked) == 1 else asked,
    }


def _code(row: int) -> str | None:
    return str(load_gemeenten().code[row]) if row >= 0 else None


def _codes(rows: Sequence[int]) -> list[str | None]:
    return [_code(row) for row in rows]


def _closed(rules: Sequence[Closed], parameters: Parameters, lang: str) -> dict[str, Any]:
    """Return the rule that comes first, and under ``ook`` every other one that closes the municipality."""
    first, *others = (
        {
            "regel": rule.regel,
            "gevonden": rule.gevonden,
            "toegestaan": rule.toegestaan,
            "bron": bron(rule.regel, parameters),
            "toelichting": rule.zin.said(lang),
        }
        for rule in rules
    )
    return {"gemeente": _code(rules[0].gemeente), **first, "ook": others}


def _adult(uitleg: Uitleg, row: int) -> dict[str, Any]:
    adult = uitleg.kans[row]
    return {
        "persoon_id": adult.persoon_id,
        "wil_werken": "ja" if adult.wil_werken else "nee",
        "zegt": dict(adult.zegt),
        "gemeenten": [
            {"gemeente": _code(g), "kans": float(adult.kans[g]), "delen": adult.at(g)} for g in uitleg.plekken
        ],
    }


def _shortage(tekort: Shortage, lang: str) -> dict[str, Any]:
    bewijs, middelen = tekort.bewijs, tekort.middelen
    plekken, ruil, straal = middelen.plekken, middelen.ruil, middelen.straal
    return {
        "oorzaak": tekort.oorzaak,
        "toelichting": tekort.toelichting.said(lang),
        "voorstel_oplossing": tekort.oplossing.said(lang),
        "bewijs": {
            "soort": bewijs.soort,
            "gemeenten": _codes(np.flatnonzero(bewijs.gemeenten).tolist()),
            "plekken": bewijs.plekken,
            "huishoudens": list(tekort.huishoudens),
            "nodig": bewijs.nodig,
            "uitleg": tekort.bewijs_zin.said(lang),
        },
        "meer_plekken": plekken
        and {"gemeente": _code(plekken.gemeente), "aantal": plekken.aantal, "minst": plekken.minst},
        "ruil": ruil and {"naar": _code(ruil.naar), "van": _code(ruil.van), "aantal": ruil.aantal},
        "grotere_straal": straal and {"gemeente": _code(straal.gemeente), "km": straal.km},
        "oplossingen": [zin.said(lang) for zin in tekort.middel_zinnen],
    }


def _what_if(what: WatAls, parameters: Parameters, lang: str) -> dict[str, Any]:
    first = _closed(what.regels, parameters, lang) if what.regels else {}
    return {
        "gemeente": _code(what.gemeente),
        "status": what.status,
        "regel": first.get("regel"),
        "gevonden": first.get("gevonden"),
        "toegestaan": first.get("toegestaan"),
        "bron": first.get("bron"),
        "toelichting": first.get("toelichting"),
        "ook": first.get("ook", []),
        "kosten": [asdict(one) for one in what.kosten],
        "als_niemand_verhuist": None if what.alleen is None else [asdict(one) for one in what.alleen],
        "verhuizen_ook": [
            {"huishouden": one.huishouden, "van": _code(one.van), "naar": _code(one.naar)} for one in what.verhuizen_ook
        ],
        "minst_verhuizen": what.minst_verhuizen,
        "banen_verloren": list(what.banen_verloren),
        "banen_terug": list(what.banen_terug),
        "banen_onbeslist": list(what.banen_onbeslist),
        "bewezen": what.bewezen,
        "stappen": what.stappen,
    }
