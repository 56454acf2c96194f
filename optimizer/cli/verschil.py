"""verschil: who has another municipality in the second run than in the first, and why."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.wording import Sentence
from optimizer.cli import options as o

if TYPE_CHECKING:
    from optimizer.pipeline.differences import Linked

_LINKED = Sentence(
    "Gekoppeld: eerst {was} van de {all_before} huishoudens ({persons_before} personen), nu {now} van de {all_after} "
    "({persons_after} personen).",
    "Linked: before {was} of {all_before} households ({persons_before} persons), now {now} of {all_after} "
    "({persons_after} persons).",
)


def verschil(
    een: Annotated[Path, typer.Argument(metavar="RUN1", help="Map van de eerste run.", show_default=False)],
    twee: Annotated[Path, typer.Argument(metavar="RUN2", help="Map van de tweede run.", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="BESTAND", help="CSV-bestand waarin wij de wijzigingen schrijven."),
    ] = None,
    as_json: o.AsJson = False,
    csv_en: o.CsvEn = False,
    lang: o.Taal = o.Lang.NL,
    force: o.Force = False,
) -> None:
    """Vergelijk twee runs: wie kreeg een andere gemeente, en waarom."""
    from optimizer.cli.changes import changes_summary
    from optimizer.domain.uitvoer import GEWIJZIGD, VERANDERREDENEN
    from optimizer.pipeline.differences import check_out, compare_runs, write_difference

    if out is not None:
        check_out(out, force=force, inputs=(een, twee))
    found = compare_runs(een, twee)
    if out is not None:
        write_difference(out, found.changed, english=csv_en, force=force, inputs=(een, twee))
    if as_json:
        counts = {reden: int((found.changed["reden"] == reden).sum()) for reden in VERANDERREDENEN}
        told = {
            "tellingen": counts,
            "eerst": _plain(found.before),
            "nu": _plain(found.after),
            "gewijzigd": found.changed[GEWIJZIGD.names].to_dict("records"),
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    typer.echo(changes_summary(found.changed, lang.value, "" if out is None else out.name))
    before, after = found.before, found.after
    said = _LINKED.fill(
        was=before.households_linked,
        all_before=before.households,
        persons_before=before.persons_linked,
        now=after.households_linked,
        all_after=after.households,
        persons_after=after.persons_linked,
    )
    typer.echo(said.said(lang))


def _plain(linked: "Linked") -> dict[str, int]:
    return {
        "huishoudens": linked.households,
        "personen": linked.persons,
        "huishoudens_gekoppeld": linked.households_linked,
        "personen_gekoppeld": linked.persons_linked,
    }
