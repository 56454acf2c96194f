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
_WORDS = {
    "nl": ("huishoudens gekoppeld", "van de", "bewezen", "hoogstens", "beleid", "verloren (regel)", "verwacht verlies"),
    "en": ("households linked", "of", "proven", "at most", "policy", "lost (rule)", "expected loss"),
}


def run_summary(voorstel: Voorstel, vergelijking: pd.DataFrame, code: ExitCode, lang: str) -> str:
    """Say what a run found: persons, levels with their bound, jobs lost beside the references."""
    linked_word, of, proven, at_most, *_ = _WORDS[lang]
    status = voorstel.voorstel["status"]
    linked = int((status != "niet_gekoppeld").sum())
    lines = [_CODES[lang][code], f"{dutch(linked)} {of} {dutch(len(status))} {linked_word}."]
    for n in voorstel.niveaus:
        decimals = {"banen": 3, "kans": 4, "km": 1}.get(n.eenheid, 0)
        bound = proven if n.status == "proven" else f"{at_most} {dutch(n.grens, decimals)}, gap {n.gap:.1e}"
        lines.append(f"  {n.naam}: {dutch(n.waarde, decimals)} {n.eenheid} ({bound})")
    return "\n".join([*lines, comparison_summary(vergelijking, lang)])


def comparison_summary(vergelijking: pd.DataFrame, lang: str) -> str:
    """Show jobs lost per policy as a small table."""
    *_, policy, lost, expected = _WORDS[lang]
    rows = [(policy, lost, expected)]
    for r in vergelijking.itertuples():
        rows.append((str(r.beleid), dutch(float(str(r.verloren_regel)), 1), dutch(float(str(r.verwacht_verloren)), 1)))
    return "\n".join(f"  {a:<28}{b:>18}{c:>18}" for a, b, c in rows)
