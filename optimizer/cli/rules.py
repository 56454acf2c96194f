"""rules: what is in force on a day, with its source, and what changed between two days."""

import datetime
import json
from typing import TYPE_CHECKING, Annotated

import typer

from optimizer.cli import options as o
from optimizer.errors import Gebruiksfout

if TYPE_CHECKING:
    from optimizer.rules.parameters import Parameters

#: Rules and norms themselves are in Dutch, as the law is.
_WORDS = {
    "nl": {
        "in_force": "Wat geldt op {}",
        "rule": "\nregel {id} ({laag}, sinds {sinds})\n  {omschrijving}\n  bron: {bron}",
        "parameter": "\n{naam} = {waarde} ({eenheid}; {laag}, sinds {sinds})\n  {omschrijving}\n  bron: {bron}",
        "merger": "\nherindeling {naam} ({laag}, vanaf {sinds})\n  {omschrijving}\n  bron: {bron}",
        "uncoded": "\nBekend en niet gecodeerd",
        "norm": "\nnorm {id} ({laag})\n  {omschrijving}\n  waarom niet: {waarom_niet}",
        "changed": "Wat veranderde van {} naar {}",
        "nothing": "\nNiets.",
        "from": "van",
        "to": "naar",
        "state": "  {word}: {value} ({laag}, sinds {sinds}; bron: {bron})",
    },
    "en": {
        "in_force": "In force on {}",
        "rule": "\nrule {id} ({laag}, since {sinds})\n  {omschrijving}\n  source: {bron}",
        "parameter": "\n{naam} = {waarde} ({eenheid}; {laag}, since {sinds})\n  {omschrijving}\n  source: {bron}",
        "merger": "\nmerger {naam} ({laag}, from {sinds})\n  {omschrijving}\n  source: {bron}",
        "uncoded": "\nKnown and not coded",
        "norm": "\nnorm {id} ({laag})\n  {omschrijving}\n  why not: {waarom_niet}",
        "changed": "What changed from {} to {}",
        "nothing": "\nNothing.",
        "from": "from",
        "to": "to",
        "state": "  {word}: {value} ({laag}, since {sinds}; source: {bron})",
    },
}


def rules(
    at: Annotated[
        str | None, typer.Option("--at", help="Datum (jjjj-mm-dd); standaard de nieuwste datum in de regels.")
    ] = None,
    diff: Annotated[
        tuple[str, str] | None, typer.Option("--diff", metavar="DATUM1 DATUM2", help="Toon wat er veranderde.")
    ] = None,
    own: o.Regels = None,
    scenario: o.Scenarios = None,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
) -> None:
    """Toon de regels en de getallen die op een datum gelden, met hun bron."""
    if diff is not None:
        if at is not None:
            raise Gebruiksfout("Geef --at of --diff; niet allebei.", "Give --at or --diff, not both.")
        days = o.required_day(diff[0]), o.required_day(diff[1])
        _show_changes(*(_rules_of(day, own, scenario) for day in days), as_json=as_json, lang=lang.value)
        return
    from optimizer.rules.catalogue import in_force, latest_day
    from optimizer.rules.written import written

    day = o.parse_day(at) or latest_day()
    found = {**in_force(_rules_of(day, own, scenario)), "herindelingen": list(_mergers(day).values())}
    if as_json:
        typer.echo(json.dumps({"datum": day.isoformat(), **found}, ensure_ascii=False, indent=2))
        return
    t = _WORDS[lang.value]
    typer.echo(t["in_force"].format(day))
    for rule in found["regels"]:
        typer.echo(t["rule"].format(**rule))
    for parameter in found["parameters"]:
        about = parameter["omschrijving" if lang is o.Lang.NL else "omschrijving_en"]
        value = written(parameter["waarde"], lang.value)
        typer.echo(t["parameter"].format(**{**parameter, "omschrijving": about, "waarde": value}))
    for merger in found["herindelingen"]:
        typer.echo(t["merger"].format(**merger))
    typer.echo(t["uncoded"])
    for norm in found["niet_gecodeerd"]:
        typer.echo(t["norm"].format(**norm))


def _rules_of(day: datetime.date, own: o.Folders | None, scenario: o.Folders | None) -> "Parameters":
    """Return the parameters of a day with the folders and scenarios of the user laid over them."""
    from optimizer.read.wishes.scenario import read_scenarios
    from optimizer.rules.parameters import load

    wish = read_scenarios(scenario or ())
    return load(day, own or ()).replace(wish.parameters, wish.origins)


def _mergers(day: datetime.date) -> dict[str, dict[str, str]]:
    """Return the planned mergers of municipalities that have taken place by a day, by name."""
    from geodata.gemeenten import load_gemeenten
    from geodata.herindelingen import planned, source

    g = load_gemeenten()
    name = {str(code): f"{naam} ({code})" for code, naam in zip(g.code, g.naam, strict=True)}
    return {
        str(g.naam[g.index[old]]): {
            "naam": str(g.naam[g.index[old]]),
            "laag": "aanname",  # a bill is no law yet
            "sinds": since.isoformat(),
            "omschrijving": f"{name[old]} gaat op in {name[new]}.",
            "bron": source(),
        }
        for since, old, new in planned()
        if since <= day
    }


def _show_changes(before: "Parameters", after: "Parameters", *, as_json: bool, lang: str) -> None:
    from optimizer.rules.changes import changes
    from optimizer.rules.written import written

    was, becomes = _mergers(before.peildatum), _mergers(after.peildatum)
    found = changes(before, after) + [
        {
            "soort": "herindeling",
            "naam": name,
            "wat": "vervallen" if name in was else "nieuw",
            "van": was.get(name),
            "naar": becomes.get(name),
        }
        for name in sorted(was.keys() ^ becomes.keys())
    ]
    if as_json:
        days = {"van": before.peildatum.isoformat(), "naar": after.peildatum.isoformat()}
        frame = {**days, "wijzigingen": found}
        typer.echo(json.dumps(frame, ensure_ascii=False, indent=2))
        return
    t = _WORDS[lang]
    typer.echo(t["changed"].format(before.peildatum, after.peildatum))
    if not found:
        typer.echo(t["nothing"])
    for change in found:
        typer.echo(f"\n{change['soort']} {change['naam']}: {change['wat']}")
        for key, word in (("van", t["from"]), ("naar", t["to"])):
            state = change[key]
            if state:
                value = state["omschrijving"]
                if "waarde" in state:
                    value = f"{written(state['waarde'], lang)} {state['eenheid']}"
                typer.echo(t["state"].format(**{**state, "word": word, "value": value}))
