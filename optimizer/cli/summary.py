"""What a run says on the screen: the answer in a few lines."""

import numpy as np
import pandas as pd

from optimizer.domain.voorstel import Voorstel
from optimizer.errors import ExitCode
from optimizer.explain.numbers import dutch

_CODES = {
    "nl": {
        ExitCode.DONE: "Klaar en bewezen: beter kan niet binnen de regels.",
        ExitCode.EXCEPTIONS: "Klaar. Er zijn uitzonderingen of huishoudens zonder plek; zie het rapport (code 4).",
        ExitCode.LIMIT: "Klaar, maar niet tot het laatste toe bewezen. Hieronder staat wat nog kan (code 5).",
    },
    "en": {
        ExitCode.DONE: "Done and proven: no better answer exists within the rules.",
        ExitCode.EXCEPTIONS: "Done. Some households are an exception or have no place; see the report (code 4).",
        ExitCode.LIMIT: "Done, but not proven to the last unit. The gap stands below (code 5).",
    },
}
_AGREEMENTS = {
    "nl": "Huishoudens die door een overeenkomst blijven: {}. Voor huishoudens uit gemeenten zonder overeenkomst "
    "verandert: personen gekoppeld {}, gronden gehonoreerd {}, banen binnen 50 km {}.",
    "en": "Households that stay by an agreement: {}. For households of municipalities without one changes: "
    "persons linked {}, grounds honoured {}, jobs within 50 km {}.",
}
_NOT_OPTIMISED = {
    "nl": "Klaar. Dit beleid zoekt niet naar het beste antwoord.",
    "en": "Done. This policy does not look for the best answer.",
}
_ENDED = {
    "nl": "Het zoeken is eerder gestopt, door de tijdslimiet of door Ctrl-C. "
    "Een volgende keer kan het antwoord anders zijn.",
    "en": "The search ended early, by the time limit or by Ctrl-C. Another run may give another answer.",
}
_UNITS_EN = {"personen": "persons", "huishoudens": "households", "banen": "jobs", "kans": "chance", "punten": "points"}
_WORDS = {
    "nl": ("huishoudens gekoppeld", "van de", "bewezen", "hoogstens", "beleid", "verloren (regel)", "verwacht verlies"),
    "en": ("households linked", "of", "proven", "at most", "policy", "lost (rule)", "expected loss"),
}


def run_summary(voorstel: Voorstel, comparison: pd.DataFrame, code: ExitCode, lang: str) -> str:
    """Say what a run found: persons, levels with their bound, jobs lost beside the references."""
    linked_word, of, proven, at_most, *_ = _WORDS[lang]
    status = voorstel.voorstel["status"]
    linked = int((status != "niet_gekoppeld").sum())
    first = _NOT_OPTIMISED[lang] if code == ExitCode.DONE and not voorstel.niveaus else _CODES[lang][code]
    lines = [first, f"{_number(linked, 0, lang)} {of} {_number(len(status), 0, lang)} {linked_word}."]
    if not voorstel.reproducible:
        lines.append(_ENDED[lang])
    for n in voorstel.niveaus:
        decimals = {"banen": 3, "kans": 4, "km": 1}.get(n.eenheid, 0)
        unit = n.eenheid if lang == "nl" else _UNITS_EN.get(n.eenheid, n.eenheid)
        bound = proven if n.status == "proven" else f"{at_most} {_number(n.grens, decimals, lang)}, gap {n.gap:.1e}"
        lines.append(f"  {n.naam}: {_number(n.waarde, decimals, lang)} {unit} ({bound})")
    return "\n".join([*lines, comparison_summary(comparison, lang)])


def comparison_summary(comparison: pd.DataFrame, lang: str) -> str:
    """Show jobs lost per policy as a small table."""
    *_, policy, lost, expected = _WORDS[lang]
    counts = zip(comparison["verloren_regel"], comparison["verwacht_verloren"], strict=True)
    cells = [[_number(float(value), 1, lang) for value in pair] for pair in counts]
    rows = [[policy, lost, expected], *([str(n), *c] for n, c in zip(comparison["beleid"], cells, strict=True))]
    return "\n".join(f"  {a:<28}{b:>18}{c:>18}" for a, b, c in rows)


def agreements_summary(effects: pd.DataFrame, policy: str, lang: str) -> str:
    """Say how many households stay by an agreement, and what that changes for those of municipalities without one."""
    mine = effects[effects["beleid"] == policy]
    keys = list(zip(mine["groep"], mine["maat"], strict=True))
    size = dict(zip(mine["groep"], mine["huishoudens"], strict=True))
    change = dict(zip(keys, mine["verschil"].to_numpy(np.float64).tolist(), strict=True))
    counted = ("personen_gekoppeld", "gronden_gehonoreerd", "banen_binnen_50km")
    numbers = [_signed(change["zonder_overeenkomst", maat], lang) for maat in counted]
    return _AGREEMENTS[lang].format(size["blijft"], *numbers)


def _signed(value: float, lang: str) -> str:
    return ("+" if value > 0 else "") + _number(value, 0 if value.is_integer() else 1, lang)


def _number(value: float, decimals: int, lang: str) -> str:
    """Write a number as people of the language do."""
    return dutch(value, decimals) if lang == "nl" else f"{value:,.{decimals}f}"
