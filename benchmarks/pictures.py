"""Which charts there are: time and memory against size, and the proven gap against time."""

from collections.abc import Callable, Sequence

from benchmarks.cases import BY_NAME, OURS
from benchmarks.chart import Points, log_chart
from benchmarks.methods import METHODS
from benchmarks.record import Record

Picture = tuple[str, str, str]


def pictures(records: Sequence[Record]) -> list[Picture]:
    """Return (file name, title, SVG) of every chart that these records can fill."""
    sized = [record for record in records if BY_NAME[record.case].series or BY_NAME[record.case].hidden]
    out = []
    for name, title, unit, read in (
        ("seconds.svg", "Seconds against households (tight months)", "seconds", seconds_of),
        ("memory.svg", "Peak memory against households (tight months)", "GB", memory_of),
    ):
        lines = by_method(sized, read)
        if lines:
            out.append((name, title, log_chart(title, "households", unit, lines)))
    gaps = [
        (r.seconds, g) for r in records if r.case == "national" and r.method == OURS and (g := own(r)) and r.seconds
    ]
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
    """Points (households, reading) per method; of several trials of one size the shortest limit counts."""
    points: dict[str, dict[int, float]] = {}
    for record in sorted(records, key=lambda one: (one.method, one.limit_s, one.seed)):
        reading = read(record)
        if reading:
            points.setdefault(METHODS[record.method].title, {}).setdefault(record.households, reading)
    return {name: list(line.items()) for name, line in points.items()}
