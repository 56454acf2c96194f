"""verify: judge any proposal without the solver."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from optimizer.cli import options as o
from optimizer.errors import ExitCode, Gebruiksfout, Geweigerd

if TYPE_CHECKING:
    from optimizer.verify import Toets


def verify(
    invoer: o.Invoer,
    voorstel: Annotated[
        Path | None, typer.Argument(metavar="[VOORSTEL.csv]", help="Het voorstel, van wie dan ook.", show_default=False)
    ] = None,
    huishouden: Annotated[
        str | None, typer.Option("--huishouden", help="Toets één koppeling: van dit huishouden ...")
    ] = None,
    gemeente: Annotated[str | None, typer.Option("--gemeente", help="... aan deze gemeente.")] = None,
    policy: Annotated[
        str | None, typer.Option("--policy", help="Keur ook wat dit beleid bindt, zoals de straal van 50 km.")
    ] = None,
    peildatum: o.Peildatum = None,
    seed: o.Seed = None,
    bekend: o.Bekend = None,
    measure: o.Meting = None,
    afstanden: o.Afstanden = None,
    osrm: o.Osrm = None,
    kolommen: o.Kolommen = None,
    rules: o.Regels = None,
    as_json: o.AsJson = False,
) -> int:
    """Keur een voorstel, zonder de rekenmachine die het maakte. Of toets één koppeling aan elke regel."""
    from optimizer import pipeline

    one_link = huishouden is not None and gemeente is not None
    if (huishouden is None) != (gemeente is None) or one_link == (voorstel is not None):
        raise Gebruiksfout(
            "Geef een voorstel, of --huishouden en --gemeente.", "Give a proposal, or --huishouden and --gemeente."
        )
    receipt = _receipt(voorstel) if voorstel else {}
    day = peildatum or receipt.get("peildatum")
    opdracht = pipeline.Opdracht(
        invoer=o.find_input(invoer),
        uit=Path(),
        policy=policy,
        peildatum=o.parse_day(day),
        seed=receipt.get("seed") if seed is None else seed,
        bekend=receipt.get("policy", {}).get("bekend") if bekend is None else bekend,
        kolommen=kolommen,
        rules=rules or (),
        maat=o.measure_name(measure, afstanden, osrm) or _measure(receipt),
        warn=o.warner(o.Lang.NL),
    )
    if voorstel is None:
        code = o.resolved(gemeente or "")
        tested = pipeline.judge_one(opdracht, huishouden or "", code, with_policy=policy is not None)
        return _show_link(tested, as_json=as_json)
    verdict = pipeline.judge_file(opdracht, voorstel, with_policy=policy is not None)
    if as_json:
        both = {
            "overtredingen": [asdict(b) for b in verdict.overtredingen],
            "uitzonderingen": [asdict(b) for b in verdict.uitzonderingen],
            "niet_gekoppeld": [asdict(b) for b in verdict.niet_gekoppeld],
            "tellingen": {name: None if isnan(n) else n for name, n in verdict.tellingen.items()},
        }
        typer.echo(json.dumps(both, ensure_ascii=False, indent=2))
    else:
        for b in (*verdict.overtredingen, *verdict.uitzonderingen, *verdict.niet_gekoppeld):
            typer.echo(f"{b.ernst} {b.code}: {b.toelichting} (regel {b.regel}; bron: {b.bron})")
        typer.echo(
            f"{len(verdict.overtredingen)} overtredingen, {len(verdict.uitzonderingen)} uitzonderingen, "
            f"{len(verdict.niet_gekoppeld)} huishoudens niet gekoppeld."
        )
    if verdict.overtredingen:
        return int(ExitCode.VIOLATION)
    return int(ExitCode.EXCEPTIONS if verdict.uitzonderingen or verdict.niet_gekoppeld else ExitCode.DONE)


def _show_link(tested: Sequence["Toets"], *, as_json: bool) -> int:
    """Print every rule with its numbers and its source, and return the exit code."""
    if as_json:
        typer.echo(json.dumps([asdict(toets) for toets in tested], ensure_ascii=False, indent=2))
    else:
        for toets in tested:
            typer.echo(f"{toets.uitslag}: {toets.toelichting}\n    regel {toets.regel}; bron: {toets.bron}")
    results = {toets.uitslag for toets in tested}
    if "overtreding" in results:
        return int(ExitCode.VIOLATION)
    return int(ExitCode.EXCEPTIONS if "uitzondering" in results else ExitCode.DONE)


def _receipt(voorstel: Path) -> dict[str, Any]:
    """Return the receipt beside a proposal of ours: its peildatum, seed, share and measure are those to judge by."""
    place = voorstel.parent / "run.json"
    if not place.is_file():
        return {}
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict) or found.get("answer", {}).get("file") != voorstel.name:
        return {}
    typer.echo(f"Peildatum, seed, bekend en maat komen uit '{place}', tenzij u ze zelf geeft.", err=True)
    return found


def _measure(receipt: Mapping[str, Any]) -> str | None:
    """Return the measure of a receipt; a table of distances that has changed since is refused."""
    from geodata.distance import describe

    measure = receipt.get("parameters", {}).get("gronden/maat", {}).get("value")
    hashed = receipt.get("distances", {}).get("sha256")
    if measure and hashed and describe(measure)["sha256"] != hashed:
        raise Geweigerd(
            f"De afstanden in '{measure.partition(':')[2]}' zijn veranderd sinds dit voorstel is gemaakt. "
            "Geef met --afstanden de tabel van toen."
        )
    return str(measure) if measure else None
