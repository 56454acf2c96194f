"""rules: what is in force on a day, with its source."""

import json
from typing import Annotated, Any

import typer

from optimizer.cli import options as o


def rules(
    at: Annotated[
        str | None, typer.Option("--at", help="Datum (jjjj-mm-dd); standaard de nieuwste datum in de regels.")
    ] = None,
    as_json: o.AsJson = False,
) -> None:
    """Toon de regels en de getallen die op een datum gelden, met hun bron."""
    from optimizer.rules.catalogue import in_force, latest_day
    from optimizer.rules.parameters import load

    day = o.parse_day(at) or latest_day()
    found = in_force(load(day))
    if as_json:
        typer.echo(json.dumps({"datum": day.isoformat(), **found}, ensure_ascii=False, indent=2))
        return
    typer.echo(f"Wat geldt op {day}")
    for rule in found["regels"]:
        typer.echo(f"\nregel {rule['id']} ({rule['laag']}, sinds {rule['sinds']})\n  bron: {rule['bron']}")
    for parameter in found["parameters"]:
        typer.echo(_parameter(parameter))


def _parameter(p: dict[str, Any]) -> str:
    return (
        f"\n{p['naam']} = {p['waarde']} ({p['eenheid']}; {p['laag']}, sinds {p['sinds']})\n"
        f"  {p['omschrijving']}\n  bron: {p['bron']}"
    )
