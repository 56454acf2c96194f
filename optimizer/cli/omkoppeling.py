"""omkoppeling: which requests for another municipality may be considered, and why not."""

import json
from pathlib import Path
from typing import Annotated

import typer

from optimizer.cli import options as o
from optimizer.errors import Gebruiksfout


def omkoppeling(
    invoer: o.Invoer,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Map voor de nieuwe invoer: wie mag, doet mee en geeft zijn plek terug."),
    ] = None,
    peildatum: o.Peildatum = None,
    rules: o.Regels = None,
    scenario: o.Scenarios = None,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
    force: o.Force = False,
) -> None:
    """Toets de aanvragen voor omkoppeling in de invoer. Voldoen geeft geen recht."""
    from optimizer.generate.files import SIGN
    from optimizer.omkoppeling import approve, judge_requests, per_sponsor, with_requests, with_sponsor, write_input
    from optimizer.publish import check_free
    from optimizer.read import read_batch
    from optimizer.read.omkoppeling import read_omkoppeling
    from optimizer.read.wishes.scenario import read_scenarios
    from optimizer.rules.parameters import load

    place = o.find_input(invoer)
    reads = (place, *(rules or ()), *(scenario or ()))
    if out is not None and not place.is_dir():
        raise Gebruiksfout(
            "--out werkt met een map met CSV-bestanden. Bewaar de werkmap eerst als CSV.",
            "--out works with a folder of CSV files. Save the workbook as CSV first.",
        )
    if out is not None:
        check_free(out, sign=SIGN, force=force, inputs=reads)
    wish = read_scenarios(scenario or ())
    batch = read_batch(place, peildatum=o.parse_day(peildatum))
    in_force = load(batch.peildatum, rules or (), batch.beleid.get("parameters", {}))
    in_force = in_force.replace(wish.parameters, wish.origins)
    requests = read_omkoppeling(place, batch, o.warner(lang))
    judged = judge_requests(batch, requests, in_force)
    approve(batch, requests, in_force, judged)
    sponsors, compared = per_sponsor(judged), with_sponsor(judged)
    if out is not None:
        write_input(out, place, with_requests(batch, judged), force=force)
    if as_json:
        parts = {"aanvragen": judged, "per_aanvrager": sponsors, "voorspreker": compared}
        found = {name: part.to_dict("records") for name, part in parts.items()}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for row in judged.to_dict("records"):
        job = f" (baan {row['baan_id']})" if row["baan_id"] else ""
        reasons = f": {row['redenen']}" if row["redenen"] else ""
        typer.echo(f"{row['huishouden_id']}{job} {row['oordeel']}{reasons}")
    for row in sponsors.to_dict("records"):
        typer.echo(f"Gevraagd door {row['aangevraagd_door']}: {row['mag_overwogen']} van {row['aanvragen']}.")
    shares = [f"{row['voorspreker']} voorspreker {row['deel']:.0%}" for row in compared.to_dict("records")]
    if shares:
        typer.echo(f"Mag worden overwogen: {', '.join(shares)}.".replace("%", " %"))
    if out is not None:
        typer.echo(f"Nieuwe invoer: koppelwijzer run {o.shown(out)} --peildatum {batch.peildatum}")
