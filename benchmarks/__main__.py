"""``python -m benchmarks``: run the registry of cases and write the page of results with its charts."""

import argparse
import sys
from pathlib import Path

from benchmarks.cases import BY_NAME, FILE, OURS, Trial, plan
from benchmarks.machine import commit, load, machine, versions
from benchmarks.pictures import pictures
from benchmarks.record import Record
from benchmarks.runner import run_trial
from benchmarks.tables import page

HERE = Path(__file__).parent


def main(argv: list[str] | None = None) -> None:
    """Run what was asked and write it down after every trial, so that an interruption loses nothing."""
    options = parser().parse_args(argv)
    out: Path = options.out
    about = [
        f"Machine: {machine()}; load at the start {load():.1f}.",
        f"Versions: {versions()}.",
        made(options.date),
        *part_of(options),
    ]
    files = [f"{FILE}{path}" for path in options.file]
    steps = plan([*options.only, *files], full=options.full, seeds=options.seeds, at_most=options.at_most)
    records: list[Record] = []
    if any(not case.hidden and trial.method == OURS for case, _, trial in steps):
        run_trial(BY_NAME["national"], 0, Trial(OURS, 40.0))  # compiles every loop; the record is thrown away
    for k, (case, seed, trial) in enumerate(steps, start=1):
        record = run_trial(case, seed, trial)
        records.append(record)
        took = "" if record.seconds is None else f" in {record.seconds:.2f} s"
        sys.stderr.write(f"{k}/{len(steps)} {case.name} {seed} {trial.method}: {record.status}{took}\n")
        write(records, about, out)
    if any(record.faults for record in records if record.method == OURS):
        sys.exit("An answer of this solver breaks a rule; see the table.")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    ask.add_argument("--full", action="store_true", help="also a million households, more seeds, peers for 5 minutes")
    ask.add_argument("--only", nargs="+", default=[], choices=sorted(BY_NAME), metavar="NAME", help="cases by name")
    ask.add_argument(
        "--file", nargs="+", type=Path, default=[], metavar="X.npz", help="instances of others; see benchmarks/file.py"
    )
    ask.add_argument("--seeds", nargs="+", type=int, default=[], help="other seeds than the held-out ones")
    ask.add_argument("--at-most", type=float, metavar="SECONDS", help="cut every limit to this: a quick look")
    ask.add_argument("--out", type=Path, default=HERE / "RESULTS.md", help="page to write; charts go beside it")
    ask.add_argument("--date", default="", help="date on the page (default: that of the commit)")
    return ask


def part_of(options: argparse.Namespace) -> list[str]:
    """Say what was left out, when not the whole registry was run."""
    some = [*options.only, *(path.name for path in options.file)]
    cases = f"only {', '.join(some)}" if some else ""
    seeds = f"seeds {', '.join(map(str, options.seeds))}" if options.seeds else ""
    limits = f"every limit cut to {options.at_most:g} s" if options.at_most else ""
    said = "; ".join(part for part in (cases, seeds, limits) if part)
    return [f"**A part of the registry** ({said}); `make bench` runs the whole of it."] if said else []


def made(date: str) -> str:
    """Say when, and of which commit, the figures are."""
    name, day = commit()
    return f"Date: {date or day or 'unknown'}; commit {name or 'unknown'}."


def write(records: list[Record], about: list[str], out: Path) -> None:
    """Write the page and its charts."""
    folder = out.parent / "charts"
    folder.mkdir(parents=True, exist_ok=True)
    drawn = pictures(records)
    for name, _, svg in drawn:
        (folder / name).write_text(svg, encoding="utf-8")
    out.write_text(page(records, about, [(title, f"charts/{name}") for name, title, _ in drawn]), encoding="utf-8")


if __name__ == "__main__":
    main()
