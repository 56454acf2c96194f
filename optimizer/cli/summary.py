"""What a run says on the screen: the answer in a few lines."""

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
_NOT_OPTIMISED = {
    "nl": "Klaar. Dit beleid zoekt niet naar het beste antwoord.",
    "en": "Done. This policy does not look for the best answer.",
}
_UNITS_EN = {"personen": "persons", "huishoudens": "households", "banen": "jobs", "kans": "chance", "punten": "points"}
_WORDS = {
    "nl": ("huishoudens gekoppeld", "van de", "bewezen", "hoogstens", "beleid", "verloren (regel)", "verwacht verlies"),
    "en": ("households linked", "of", "proven", "at most", "policy", "lost (rule)", "expected loss"),
}


def run_summary(voorstel: Voorstel, vergelijking: pd.DataFrame, code: ExitCode, lang: str) -> str:
    """Say what a run found: persons, levels with their bound, jobs lost beside the references."""
    linked_word, of, proven, at_most, *_ = _WORDS[lang]
    status = voorstel.voorstel["status"]
    linked = int((status != "niet_gekoppeld").sum())
    first = _NOT_OPTIMISED[lang] if code == ExitCode.DONE and not voorstel.niveaus else _CODES[lang][code]
    lines = [first, f"{_number(linked, 0, lang)} {of} {_number(len(status), 0, lang)} {linked_word}."]
    for n in voorstel.niveaus:
        decimals = {"banen": 3, "kans": 4, "km": 1}.get(n.eenheid, 0)
        unit = n.eenheid if lang == "nl" else _UNITS_EN.get(n.eenheid, n.eenheid)
        bound = proven if n.status == "proven" else f"{at_most} {_number(n.grens, decimals, lang)}, gap {n.gap:.1e}"
        lines.append(f"  {n.naam}: {_number(n.waarde, decimals, lang)} {unit} ({bound})")
    return "\n".join([*lines, comparison_summary(vergelijking, lang)])


def comparison_summary(vergelijking: pd.DataFrame, lang: str) -> str:
    """Show jobs lost per policy as a small table."""
    *_, policy, lost, expected = _WORDS[lang]
    counts = zip(vergelijking["verloren_regel"], vergelijking["verwacht_verloren"], strict=True)
    cells = [[_number(float(value), 1, lang) for value in pair] for pair in counts]
    rows = [[policy, lost, expected], *([str(n), *c] for n, c in zip(vergelijking["beleid"], cells, strict=True))]
    return "\n".join(f"  {a:<28}{b:>18}{c:>18}" for a, b, c in rows)


def _number(value: float, decimals: int, lang: str) -> str:
    """Write a number as people of the language do."""
    return dutch(value, decimals) if lang == "nl" else f"{value:,.{decimals}f}"
