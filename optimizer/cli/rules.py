"""rules: what is in force on a day, with its source, and what changed between two days."""

import datetime
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geodata.wording import Sentence
from optimizer.cli import options as o
from optimizer.errors import Gebruiksfout

if TYPE_CHECKING:
    from optimizer.rules.parameters import Parameters

_IN_FORCE = Sentence("Wat geldt op {day}", "In force on {day}")
_RULE = Sentence(
    "\nregel {id} ({laag}, sinds {sinds})\n  {omschrijving}\n  bron: {bron}",
    "\nrule {id} ({laag}, since {sinds})\n  {omschrijving}\n  source: {bron}",
)
_PARAMETER = Sentence(
    "\n{naam} = {waarde} ({eenheid}; {laag}, sinds {sinds}; {checked})\n  {omschrijving}\n  bron: {bron}",
    "\n{naam} = {waarde} ({eenheid}; {laag}, since {sinds}; {checked})\n  {omschrijving}\n  source: {bron}",
)
_CHECKED, _UNCHECKED = Sentence("nagekeken", "verified"), Sentence("niet nagekeken", "not verified")
_NOT_FOUND = Sentence(
    "  niet gevonden: de waarde vanaf {niet_gevonden_vanaf}; tot die er is, geldt de waarde van daarvoor",
    "  not found: the value from {niet_gevonden_vanaf}; until it is, the one before it holds",
)
_MERGER = Sentence(
    "\nherindeling {naam} ({laag}, vanaf {sinds})\n  {omschrijving}\n  bron: {bron}",
    "\nmerger {naam} ({laag}, from {sinds})\n  {omschrijving}\n  source: {bron}",
)
_NOT_CODED = Sentence("\nBekend en niet gecodeerd", "\nKnown and not coded")
_NORM = Sentence(
    "\nnorm {id} ({laag})\n  {omschrijving}\n  waarom niet: {waarom_niet}",
    "\nnorm {id} ({laag})\n  {omschrijving}\n  why not: {waarom_niet}",
)
_CHANGED = Sentence("Wat veranderde van {before} naar {after}", "What changed from {before} to {after}")
_NOTHING = Sentence("\nNiets.", "\nNothing.")
_CHANGE = Sentence("\n{soort} {naam}: {wat}", "\n{soort} {naam}: {wat}")
_STATE = Sentence(
    "  {word}: {value} ({laag}, sinds {sinds}; bron: {bron})",
    "  {word}: {value} ({laag}, since {sinds}; source: {bron})",
)
_SIDES = {"van": Sentence("van", "from"), "naar": Sentence("naar", "to")}
_KINDS = {
    "regel": Sentence("regel", "rule"),
    "parameter": Sentence("parameter", "parameter"),
    "herindeling": Sentence("herindeling", "merger"),
    "nieuw": Sentence("nieuw", "new"),
    "vervallen": Sentence("vervallen", "ended"),
    "gewijzigd": Sentence("gewijzigd", "changed"),
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

    day = o.parse_day(at) or latest_day()
    found = {**in_force(_rules_of(day, own, scenario)), "herindelingen": list(_mergers(day).values())}
    if as_json:
        typer.echo(json.dumps({"datum": day.isoformat(), **found}, ensure_ascii=False, indent=2))
        return
    typer.echo(_IN_FORCE.fill(day=day.isoformat()).said(lang))
    for said, key in ((_RULE, "regels"), (_PARAMETER, "parameters"), (_MERGER, "herindelingen")):
        for entry in found[key]:
            typer.echo(said.fill(**_shown(entry)).said(lang))
            if entry.get("niet_gevonden_vanaf"):
                typer.echo(_NOT_FOUND.fill(**_shown(entry)).said(lang))
    typer.echo(_NOT_CODED.said(lang))
    for norm in found["niet_gecodeerd"]:
        typer.echo(_NORM.fill(**_shown(norm)).said(lang))


def _shown(entry: Mapping[str, Any]) -> dict[str, Sentence | str]:
    """Write the fields of a rule, parameter, merger or norm for people, in both languages."""
    from optimizer.domain.terms import LAYERS, UNITS
    from optimizer.rules.written import written

    said = {key: Sentence(text, entry[f"{key}_en"]) for key, text in entry.items() if f"{key}_en" in entry}
    if "waarde" in entry:
        said["waarde"] = Sentence(*(written(entry["waarde"], lang) for lang in ("nl", "en")))
    words = {**{k: str(v) for k, v in entry.items()}, "laag": LAYERS.get(entry["laag"], entry["laag"])}
    if "geverifieerd" in entry:
        words["checked"] = _CHECKED if entry["geverifieerd"] else _UNCHECKED
    if "eenheid" in entry:
        words["eenheid"] = UNITS.get(entry["eenheid"], entry["eenheid"])
    return {**words, **said}


def _rules_of(day: datetime.date, own: o.Folders | None, scenario: o.Folders | None) -> "Parameters":
    """Return the parameters of a day with the folders and scenarios of the user laid over them."""
    from optimizer.read.wishes.scenario import read_scenarios
    from optimizer.settle import rules_in_force

    return rules_in_force(day, own or (), read_scenarios(scenario or ()))


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
            "omschrijving_en": f"{name[old]} becomes a part of {name[new]}.",
            "bron": source(),
        }
        for since, old, new in planned()
        if since <= day
    }


def _show_changes(before: "Parameters", after: "Parameters", *, as_json: bool, lang: str) -> None:
    from optimizer.rules.changes import changes

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
    typer.echo(_CHANGED.fill(before=before.peildatum.isoformat(), after=after.peildatum.isoformat()).said(lang))
    if not found:
        typer.echo(_NOTHING.said(lang))
    for change in found:
        what = _CHANGE.fill(soort=_KINDS[change["soort"]], naam=change["naam"], wat=_KINDS[change["wat"]])
        typer.echo(what.said(lang))
        for key, word in _SIDES.items():
            if change[key]:
                typer.echo(_state(change[key], word).said(lang))
                if change[key].get("niet_gevonden_vanaf"):
                    typer.echo(_NOT_FOUND.fill(**_shown(change[key])).said(lang))


def _state(entry: Mapping[str, Any], word: Sentence) -> Sentence:
    said = _shown(entry)
    value = said["omschrijving"]
    if "waarde" in entry:
        value = Sentence("{waarde} {eenheid}", "{waarde} {eenheid}").fill(**said)
    return _STATE.fill(word=word, value=value, **{key: said[key] for key in ("laag", "sinds", "bron")})
