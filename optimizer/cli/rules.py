"""rules: what is in force on a day, with its source, and what changed between two days."""

import datetime
import json
from typing import Annotated, Any

import typer

from optimizer.cli import options as o
from optimizer.errors import Gebruiksfout


def rules(
    at: Annotated[
        str | None, typer.Option("--at", help="Datum (jjjj-mm-dd); standaard de nieuwste datum in de regels.")
    ] = None,
    diff: Annotated[
        tuple[str, str] | None, typer.Option("--diff", metavar="DATUM1 DATUM2", help="Toon wat er veranderde.")
    ] = None,
    own: o.Regels = None,
    as_json: o.AsJson = False,
) -> None:
    """Toon de regels en de getallen die op een datum gelden, met hun bron."""
    if diff is not None:
        if at is not None:
            raise Gebruiksfout("Geef --at of --diff; niet allebei.")
        _show_changes(o.required_day(diff[0]), o.required_day(diff[1]), own or [], as_json=as_json)
        return
    from optimizer.rules.catalogue import in_force, latest_day
    from optimizer.rules.parameters import load

    day = o.parse_day(at) or latest_day()
    found = in_force(load(day, own or []))
    if as_json:
        typer.echo(json.dumps({"datum": day.isoformat(), **found}, ensure_ascii=False, indent=2))
        return
    typer.echo(f"Wat geldt op {day}")
    for rule in found["regels"]:
        typer.echo(
            f"\nregel {rule['id']} ({rule['laag']}, sinds {rule['sinds']})\n  {rule['omschrijving']}\n"
            f"  bron: {rule['bron']}"
        )
    for parameter in found["parameters"]:
        typer.echo(_parameter(parameter))
    typer.echo("\nBekend en niet gecodeerd")
    for norm in found["niet_gecodeerd"]:
        typer.echo(
            f"\nnorm {norm['id']} ({norm['laag']})\n  {norm['omschrijving']}\n  waarom niet: {norm['waarom_niet']}"
        )


def _parameter(p: dict[str, Any]) -> str:
    return (
        f"\n{p['naam']} = {p['waarde']} ({p['eenheid']}; {p['laag']}, sinds {p['sinds']})\n"
        f"  {p['omschrijving']}\n  bron: {p['bron']}"
    )


def _show_changes(before: datetime.date, after: datetime.date, own: o.Folders, *, as_json: bool) -> None:
    from optimizer.rules.changes import changes
    from optimizer.rules.parameters import load

    found = changes(load(before, own), load(after, own))
    if as_json:
        frame = {"van": before.isoformat(), "naar": after.isoformat(), "wijzigingen": found}
        typer.echo(json.dumps(frame, ensure_ascii=False, indent=2))
        return
    typer.echo(f"Wat veranderde van {before} naar {after}")
    if not found:
        typer.echo("\nNiets.")
    for change in found:
        typer.echo(f"\n{change['soort']} {change['naam']}: {change['wat']}")
        for word in ("van", "naar"):
            state = change[word]
            if state:
                value = f"{state['waarde']} {state['eenheid']}" if "waarde" in state else state["omschrijving"]
                typer.echo(f"  {word}: {value} ({state['laag']}, sinds {state['sinds']}; bron: {state['bron']})")
