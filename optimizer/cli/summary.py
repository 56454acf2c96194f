"""What a run says on the screen: the answer in a few lines."""

import math

import numpy as np
import pandas as pd

from geodata.wording import Lang, Sentence, number, signed
from optimizer.domain.levels import LEVELS
from optimizer.domain.terms import UNITS
from optimizer.domain.voorstel import Niveau, Voorstel
from optimizer.errors import ExitCode

_CODES = {
    ExitCode.DONE: Sentence(
        "Klaar en bewezen: beter kan niet binnen de regels.",
        "Done and proven: no better answer exists within the rules.",
    ),
    ExitCode.EXCEPTIONS: Sentence(
        "Klaar. Het voorstel is bruikbaar. Een mens kijkt nog naar {waiting} {waiting:huishouden|huishoudens} zonder "
        "plek en {exceptions} {exceptions:uitzondering|uitzonderingen}; het rapport legt ze uit. Dat is geen fout "
        "(code 4).",
        "Done. The proposal can be used. A person still looks at {waiting} {waiting:household|households} without a "
        "place and {exceptions} {exceptions:exception|exceptions}; the report explains them. That is no failure "
        "(code 4).",
    ),
    ExitCode.LIMIT: Sentence(
        "Klaar. Het voorstel is bruikbaar. Of het nog iets beter kan, is niet helemaal uitgezocht; hieronder staat "
        "hoeveel beter hoogstens (code 5).",
        "Done. The proposal can be used. Whether it can be a little better was not searched to the end; below stands "
        "how much better at most (code 5).",
    ),
}
_AGREEMENTS = Sentence(
    "Huishoudens die door een overeenkomst blijven: {stay}. Voor huishoudens uit gemeenten zonder overeenkomst "
    "verandert: personen gekoppeld {personen_gekoppeld}, gronden gehonoreerd {gronden_gehonoreerd}, banen binnen "
    "de straal {banen_binnen_50km}.",
    "Households that stay by an agreement: {stay}. For households of municipalities without one changes: "
    "persons linked {personen_gekoppeld}, grounds honoured {gronden_gehonoreerd}, jobs within the radius "
    "{banen_binnen_50km}.",
)
_NOT_OPTIMISED = Sentence(
    "Klaar. Dit beleid zoekt niet naar het beste antwoord.", "Done. This policy does not look for the best answer."
)
_ENDED = Sentence(
    "Het zoeken is eerder gestopt, door de tijdslimiet of door Ctrl-C. Een volgende keer kan het antwoord anders zijn.",
    "The search ended early, by the time limit or by Ctrl-C. Another run may give another answer.",
)
_LINKED = Sentence(
    "{linked} van de {n} {n:huishouden|huishoudens} gekoppeld.", "{linked} of {n} {n:household|households} linked."
)
_LEVEL = Sentence("  {name}: {value} {unit} ({bound})", "  {name}: {value} {unit} ({bound})")
_PROVEN = {
    "proven": Sentence("bewezen", "proven"),
    "proven_SCIP": Sentence("bewezen met SCIP", "proven with SCIP"),
    "proven_HiGHS": Sentence("bewezen met HiGHS", "proven with HiGHS"),
    "proven_branch": Sentence("bewezen met afgeronde getallen", "proven in rounded numbers"),
    "proven_none": Sentence("bewezen, niet na te rekenen", "proven, not to be computed again"),
}
_AT_MOST = Sentence("hoogstens {most}: {gap} % meer", "at most {most}: {gap} % more")
#: What is counted: equation (28) of docs/method.md.
_ESTIMAND = Sentence(
    "Banen behouden van de {n}: alle banen van deze groep op de peildatum, onder elk beleid dezelfde. Behouden: op de "
    "verhuisdatum loopt het contract nog en ligt het werk binnen de straal.",
    "Jobs kept of {n}: all jobs of this batch on the peildatum, the same under every policy. Kept: on the moving date "
    "the contract still runs and the workplace lies within the radius.",
)
_UNDECIDED = Sentence(
    "Onbeslist: het huishouden heeft nog geen gemeente. Vergelijk wat behouden is; nooit verlies alleen.",
    "Undecided: the household has no municipality yet. Compare what is kept, with the bounds; not what is lost alone.",
)
_DRAWS = Sentence(
    "Bij {names}: gemiddelde over trekkingen, afgerond op één decimaal, zodat een rij net anders kan optellen; de "
    "grenzen gaan over wat onbeslist is.",
    "For {names}: mean over draws, rounded to one decimal, so that a row may add up a little differently; the bounds "
    "are about what is undecided.",
)
_HEADS = (
    Sentence("beleid", "policy"),
    Sentence("behouden", "kept"),
    Sentence("onbeslist", "undecided"),
    Sentence("grenzen", "bounds"),
    Sentence("verloren", "lost"),
    Sentence("loopt af", "ends"),
    Sentence("al te ver", "beyond"),
)
_COUNTS = ("behouden", "onbeslist", "behouden_min", "behouden_max", "verloren_regel", "loopt_af", "al_buiten")


def run_summary(voorstel: Voorstel, comparison: pd.DataFrame, code: ExitCode, lang: Lang) -> str:
    """Say what a run found: persons, levels with their bound, jobs kept beside the references."""
    status = voorstel.voorstel["status"]
    linked = int((status != "niet_gekoppeld").sum())
    first = _NOT_OPTIMISED if code == ExitCode.DONE and not voorstel.niveaus else _CODES[code]
    if code == ExitCode.EXCEPTIONS:
        first = first.fill(waiting=len(status) - linked, exceptions=len(voorstel.uitzonderingen))
    told = [first, _LINKED.fill(linked=linked, n=len(status))]
    if not voorstel.reproducible:
        told.append(_ENDED)
    told += [_level(level) for level in voorstel.niveaus]
    return "\n".join([*(sentence.said(lang) for sentence in told), comparison_summary(comparison, lang)])


def _level(level: Niveau) -> Sentence:
    """Say what one level reached and how sure that is."""
    decimals = LEVELS[level.naam].decimals
    value, most = (Sentence(number(n, decimals), number(n, decimals, "en")) for n in (level.waarde, level.grens))
    bound = _PROVEN.get(level.zekerheid, _AT_MOST.fill(most=most, gap=_percent(level.gap)))
    return _LEVEL.fill(
        name=LEVELS[level.naam].label, value=value, unit=UNITS.get(level.eenheid, level.eenheid), bound=bound
    )


def _percent(gap: float) -> Sentence:
    """Return a gap as a percentage with two digits that say something.

    >>> _percent(0.0000123), _percent(0.34)
    (Sentence(nl='0,0012', en='0.0012'), Sentence(nl='34', en='34'))
    """
    percent = 100 * gap
    decimals = max(0, 1 - math.floor(math.log10(percent))) if percent > 0 else 0
    return Sentence(number(percent, decimals), number(percent, decimals, "en"))


def comparison_summary(comparison: pd.DataFrame, lang: Lang) -> str:
    """Show the jobs kept per policy as a small table, with what is undecided and the bounds that follow."""
    counts = comparison[list(_COUNTS)].to_numpy(np.float64)
    rows = [[head.said(lang) for head in _HEADS]]
    for name, (kept, undecided, least, most, *others) in zip(comparison["beleid"], counts.tolist(), strict=True):
        span = f"{_said(least, lang)}-{_said(most, lang)}" if most > least else _said(least, lang)
        rows.append([str(name), _said(kept, lang), _said(undecided, lang), span, *(_said(n, lang) for n in others)])
    drawn = comparison.loc[comparison["behouden_p05"].notna(), "beleid"].tolist()
    notes = [_UNDECIDED] + ([_DRAWS.fill(names=", ".join(drawn))] if drawn else [])
    table = [f"  {a:<28}" + "".join(f"{cell:>12}" for cell in cells) for a, *cells in rows]
    jobs = int(comparison["banen"].max())
    return "\n".join([_ESTIMAND.fill(n=jobs).said(lang), *table, *(note.said(lang) for note in notes)])


def _said(value: float, lang: Lang) -> str:
    """Return a count, or a mean over draws with one decimal."""
    return number(value, 0 if value.is_integer() else 1, lang)


def agreements_summary(effects: pd.DataFrame, policy: str, lang: Lang) -> str:
    """Say how many households stay by an agreement, and what that changes for those of municipalities without one."""
    mine = effects[effects["beleid"] == policy]
    keys = list(zip(mine["groep"], mine["maat"], strict=True))
    size = dict(zip(mine["groep"], mine["huishoudens"], strict=True))
    change = dict(zip(keys, mine["verschil"].to_numpy(np.float64).tolist(), strict=True))
    counted = ("personen_gekoppeld", "gronden_gehonoreerd", "banen_binnen_50km")
    numbers = {maat: _change(change["zonder_overeenkomst", maat]) for maat in counted}
    return _AGREEMENTS.fill(stay=int(size["blijft"]), **numbers).said(lang)


def _change(value: float) -> Sentence:
    decimals = 0 if value.is_integer() else 1
    return Sentence(signed(value, decimals), signed(value, decimals, "en"))


_SURE = Sentence("bewezen", "proven")
_POINT_HEADS = (
    Sentence("punt", "point"),
    Sentence("banen", "jobs"),
    Sentence("kans op werk", "work"),
    Sentence("in regio", "in region"),
    Sentence("volste", "fullest"),
    Sentence("ruimte", "gap"),
)


def tradeoff_summary(table: pd.DataFrame, lang: Lang) -> str:
    """Show what each point of a trade-off gives as a small table."""
    rows = [[head.said(lang) for head in _POINT_HEADS]]
    for row in table.to_dict("records"):
        cells = [(row["behouden"], 0), (row["kans_werk"], 1), (row["in_koppelregio"], 0), (row["volste_keer"], 2)]
        gap = _SURE.said(lang) if row["status"] == "proven" else f"{_percent(float(row['gap'])).said(lang)} %"
        rows.append([str(row["punt"]), *(number(float(value), places, lang) for value, places in cells), gap])
    wide = max(16, *(len(row[0]) for row in rows))
    return "\n".join(f"  {a:<{wide}}" + "".join(f"{cell:>14}" for cell in cells) for a, *cells in rows)
