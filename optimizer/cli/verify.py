"""verify: judge any proposal without the solver."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from optimizer.cli import options as o
from optimizer.errors import ExitCode, Geweigerd


def verify(
    invoer: o.Invoer,
    voorstel: Annotated[Path, typer.Argument(metavar="VOORSTEL.csv", help="Het voorstel, van wie dan ook.")],
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
    """Keur een voorstel, zonder de rekenmachine die het maakte."""
    from optimizer import pipeline

    receipt = _receipt(voorstel)
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
    )
    verdict = pipeline.judge_file(opdracht, voorstel, with_policy=policy is not None)
    if as_json:
        both = {
            "overtredingen": [asdict(b) for b in verdict.overtredingen],
            "uitzonderingen": [asdict(b) for b in verdict.uitzonderingen],
            "tellingen": verdict.tellingen,
        }
        typer.echo(json.dumps(both, ensure_ascii=False, indent=2))
    else:
        for b in (*verdict.overtredingen, *verdict.uitzonderingen):
            typer.echo(f"{b.ernst} {b.code}: {b.toelichting} (regel {b.regel}; bron: {b.bron})")
        typer.echo(f"{len(verdict.overtredingen)} overtredingen, {len(verdict.uitzonderingen)} uitzonderingen.")
    if verdict.overtredingen:
        return int(ExitCode.VIOLATION)
    return int(ExitCode.EXCEPTIONS if verdict.uitzonderingen else ExitCode.DONE)


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
