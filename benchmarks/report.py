"""The measurements as a page and two charts."""

import os
import platform
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

HEAD = """# Benchmarks of the solver

Made by `python -m benchmarks`. Every run has a process of its own. Persons first, then value; the peers weigh a person
with {weight}. *Gap* is (bound - value) / value, each by its own bound. *Passes* is the time in passes over all pairs.
*Over* counts persons beyond the opgaven: an answer with such persons is not allowed. Memory includes the instance.
Tuned on seeds 0 and 1; reported on the held-out seeds in the table.

Machine: {machine}, {cores} cores, load {load:.1f} at the end: other programs ran beside it where the load exceeds 2.

| case | seed | solver | persons | value | gap | status | seconds | user s | passes | peak GB | over |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def line(row: dict[str, Any]) -> str:
    """One line of the table."""
    start = f"| {row['case']} | {row['seed']} | {row['solver']} |"
    if "failed" in row:
        return f"{start} {row['failed']} | | | | | | | | |"
    gap = "-" if row["gap"] is None else f"{row['gap']:.1e}"
    passes = row["seconds"] / row["one_pass"]
    cells = (
        f"{row['persons']} of {row['of']}",
        f"{row['value']:.3f}",
        gap,
        row["status"],
        f"{row['seconds']:.2f}",
        f"{row['user_seconds']:.2f}",
        f"{passes:.0f}",
        f"{row['peak_gb']:.2f}",
        str(row["persons_over_opgave"]),
    )
    return f"{start} {' | '.join(cells)} |"


def write(rows: list[dict[str, Any]], out: Path) -> None:
    """Write RESULTS.md and the charts of time and memory against size."""
    weight = 4.0
    head = HEAD.format(weight=weight, machine=platform.machine(), cores=os.cpu_count(), load=os.getloadavg()[0])
    charts = "\n\n![seconds against size](seconds.svg)\n\n![memory against size](memory.svg)\n"
    (out / "RESULTS.md").write_text(head + "\n".join(line(row) for row in rows) + charts, encoding="utf-8")
    table = pd.DataFrame([row for row in rows if "failed" not in row])
    for column, title, name in (("seconds", "seconds", "seconds"), ("peak_gb", "peak memory (GB)", "memory")):
        chart = (
            alt.Chart(table)
            .mark_line(point=True)
            .encode(
                x=alt.X("households:Q", scale=alt.Scale(type="log"), title="households"),
                y=alt.Y(f"median({column}):Q", scale=alt.Scale(type="log"), title=title),
                color=alt.Color("solver:N", title="solver"),
            )
        )
        chart.save(str(out / f"{name}.svg"))
