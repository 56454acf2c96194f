"""The page of results: targets first, then every case with all methods side by side."""

import math
from collections.abc import Sequence

from benchmarks.cases import OURS, Case, Target, case_of
from benchmarks.draw import HELD_OUT_SEEDS, TUNING_SEEDS
from benchmarks.methods import METHODS
from benchmarks.record import Record

LARGEST_ERROR = 1e-6  # relative, of a bound: solvers work with tolerances
SLACK = 1.1  # a limit is honoured when it is passed by at most a tenth

INTRO = """# Benchmarks of the solver

Written by `python -m benchmarks`; do not edit by hand. Every trial runs in a process of its own, one at a time, on the
same arrays, and every answer is checked and counted again by `benchmarks/check.py`.

- *gap*: (bound - value) / value of the last level, with the method's own bound. *To best*: the same with the best
  bound that any method proved in this run.
- *seconds*: wall clock with a method's own model building, without drawing the instance. *User*: processor seconds.
- *passes*: seconds over one `argmax(value - price × persons)` over all pairs in the same process: the floor of any
  method.
- *peak*: resident memory of the whole process (GB), with Python and the arrays that were given (*given*).
- Seeds {tuning} were for tuning; the figures below are on held-out seeds ({held_out}) unless `--seeds` chose others.
"""


def number(value: float | None, form: str = "{:.2f}") -> str:
    """Format a number, a dash for none."""
    return "–" if value is None else form.format(value)


def percentage(gap: float | None) -> str:
    """Format a relative gap; 0 only where it is 0.

    >>> percentage(0.00025), percentage(2e-6), percentage(0.0), percentage(None), percentage(math.inf)
    ('0.025 %', '2.0e-06', '0', '–', '∞')
    """
    if gap is None:
        return "–"
    if math.isinf(gap):
        return "∞"
    if gap == 0:
        return "0"
    return f"{gap:.1e}" if gap < 1e-5 else f"{100 * gap:.2g} %"


def table(head: str, rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the columns are separated by ``|``."""
    columns = head.split("|")
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cell.strip() for cell in line) + " |" for line in lines) + "\n"


def page(records: Sequence[Record], about: Sequence[str], charts: Sequence[tuple[str, str]]) -> str:
    """Return RESULTS.md."""
    intro = INTRO.format(tuning=", ".join(map(str, TUNING_SEEDS)), held_out=", ".join(map(str, HELD_OUT_SEEDS)))
    parts = [intro, "".join(f"- {line}\n" for line in about)]
    targets = target_rows(records)
    if targets:
        head = "case|seed|target|result|gap|seconds|peak (given)|reached"
        parts.append("## Targets\n\n" + table(head, targets))
    parts += [f"![{title}]({path})\n" for title, path in charts]
    for name in dict.fromkeys(record.case for record in records):
        parts.append(case_part(case_of(name), [record for record in records if record.case == name]))
    return "\n".join(parts)


def target_rows(records: Sequence[Record]) -> list[list[str]]:
    """One row per target and seed: what was aimed at beside what was measured."""
    found = []
    for record in records:
        if record.method == OURS:
            found += [(record, t) for t in case_of(record.case).targets if t.limit_s == record.limit_s]
    return [
        [
            case_of(record.case).title,
            str(record.seed),
            aim(target),
            record.status,
            percentage(own_gap(record)),
            number(record.seconds),
            f"{number(record.peak_gb)} ({record.input_gb:.3f})",
            verdict(record, target),
        ]
        for record, target in found
    ]


def aim(target: Target) -> str:
    """Write a target down."""
    gap = "proven" if target.gap == 0 else f"gap {percentage(target.gap)}"
    memory = "" if target.peak_gb is None else f", {target.peak_gb:g} GB"
    return f"{gap} in {target.seconds:g} s{memory}"


def verdict(record: Record, target: Target) -> str:
    """Tell whether a target was reached, or in what it was missed."""
    gap = own_gap(record)
    missed = []
    if gap is None or not (gap <= target.gap or (target.gap == 0 and record.status == "proven")):
        missed.append("gap" if gap is None or target.gap == 0 else f"gap × {gap / target.gap:.2g}")
    if record.seconds is None or record.seconds > SLACK * target.seconds:
        missed.append("time" if record.seconds is None else f"time × {record.seconds / target.seconds:.2g}")
    if target.peak_gb is not None and (record.peak_gb is None or record.peak_gb > target.peak_gb):
        missed.append("memory" if record.peak_gb is None else f"memory × {record.peak_gb / target.peak_gb:.2g}")
    return "not: " + ", ".join(missed) if missed else "yes"


def own_gap(record: Record) -> float | None:
    """Gap of the last level by the method's own bound."""
    return record.gap(record.bounds[-1] if record.bounds else None)


def case_part(case: Case, records: Sequence[Record]) -> str:
    """All methods on one case, per seed, then the levels if there are several."""
    parts = [f"## {case.title} (`{case.name}`)\n"]
    for seed in dict.fromkeys(record.seed for record in records):
        of_seed = [record for record in records if record.seed == seed]
        head = "method|limit s|value|bound|gap|to best|persons linked|seconds|user|passes|peak (given)|status"
        parts.append(f"Seed {seed}:\n\n" + table(head, [method_row(record, of_seed) for record in of_seed]))
        if any(len(record.names) > 1 for record in of_seed):
            parts.append(table("method|limit s|level|value|bound", level_rows(of_seed)))
    return "\n".join(parts)


def method_row(record: Record, beside: Sequence[Record]) -> list[str]:
    """One method on one instance."""
    passes = None if record.seconds is None or not record.floor_seconds else record.seconds / record.floor_seconds
    return [
        METHODS[record.method].title,
        f"{record.limit_s:g}",
        number(record.values[-1] if record.values else None, "{:.4f}"),
        number(record.bounds[-1] if record.bounds else None, "{:.4f}"),
        percentage(own_gap(record)),
        percentage(record.gap(best_bound(beside))),
        f"{record.linked_persons} of {record.persons}" if record.values else "–",
        number(record.seconds),
        number(record.user_seconds),
        number(passes, "{:.0f}"),
        f"{number(record.peak_gb)} ({record.input_gb:.3f})",
        remark(record, beside),
    ]


def remark(record: Record, beside: Sequence[Record]) -> str:
    """Return the status, or what is wrong with an answer or a bound."""
    if record.faults:
        return "NOT ALLOWED: " + "; ".join(record.faults)
    return "WRONG BOUND" if refuted(record, beside) else record.status


def refuted(record: Record, beside: Sequence[Record]) -> bool:
    """Tell whether another method's feasible answer is worth more than this method's bound (one level only)."""
    bound = record.bounds[-1] if record.bounds else None
    best = max((one.values[-1] for one in beside if one.feasible and len(one.names) == 1), default=None)
    return bound is not None and best is not None and bound < best - LARGEST_ERROR * max(1.0, abs(best))


def best_bound(records: Sequence[Record]) -> float | None:
    """Lowest bound that any method proved; None with several levels, where a bound holds given the levels before."""
    if any(len(record.names) > 1 for record in records):
        return None
    bounds = [record.bounds[-1] for record in records if record.bounds and not refuted(record, records)]
    return min((bound for bound in bounds if bound is not None), default=None)


def level_rows(records: Sequence[Record]) -> list[list[str]]:
    """Value and bound of each level, given the levels before it."""
    return [
        [METHODS[record.method].title, f"{record.limit_s:g}", name, f"{value:.10g}", number(bound, "{:.10g}")]
        for record in records
        for name, value, bound in zip(record.names, record.values, record.bounds, strict=False)
    ]
