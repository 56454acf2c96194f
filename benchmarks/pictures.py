"""Which charts there are: time and memory against size, and the proven gap against time."""

from collections.abc import Callable, Sequence
from math import isfinite

from benchmarks.cases import OURS, case_of
from benchmarks.chart import Points, log_chart
from benchmarks.methods import METHODS
from benchmarks.record import Record

Picture = tuple[str, str, str]


def pictures(records: Sequence[Record]) -> list[Picture]:
    """Return (file name, title, SVG) of every chart that these records can fill."""
    sized = [record for record in records if case_of(record.case).series or case_of(record.case).hidden]
    out = []
    for name, title, unit, read in (
        ("seconds.svg", "Seconds until a method ended, against households (tight months)", "seconds", seconds_of),
        ("memory.svg", "Peak memory against households (tight months)", "GB", memory_of),
    ):
        lines = by_method(sized, read)
        if lines:
            out.append((name, title, log_chart(title, "households", unit, lines)))
    ours = [record for record in records if record.case == "national" and record.method == OURS]
    readings = [(record.seconds, own(record)) for record in ours]
    gaps = [(seconds, gap) for seconds, gap in readings if seconds and gap and isfinite(gap)]
    if gaps:
        title = "Proven gap against seconds (national month, tight 5 %)"
        out.append(("gap.svg", title, log_chart(title, "seconds", "relative gap", {METHODS[OURS].title: gaps})))
    return out


def seconds_of(record: Record) -> float | None:
    """Seconds of a trial."""
    return record.seconds


def memory_of(record: Record) -> float | None:
    """Peak memory of a trial."""
    return record.peak_gb


def own(record: Record) -> float | None:
    """Gap by the method's own bound."""
    return record.gap(record.bounds[-1] if record.bounds else None)


def by_method(records: Sequence[Record], read: Callable[[Record], float | None]) -> dict[str, Points]:
    """Points (households, reading) per method; of several trials of one size the shortest limit counts.

    A trial that found neither an answer nor a bound has no point: its time says nothing.
    """
    points: dict[str, dict[int, float]] = {}
    order = list(METHODS)
    for record in sorted(records, key=lambda one: (order.index(one.method), one.limit_s, one.seed)):
        reading = read(record)
        found_something = record.values or any(bound is not None for bound in record.bounds)
        if reading and found_something:
            points.setdefault(METHODS[record.method].title, {}).setdefault(record.households, reading)
    return {name: list(line.items()) for name, line in points.items()}
