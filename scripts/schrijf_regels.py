"""Write docs/rules.md from the rules and parameters themselves: ``python -m scripts.schrijf_regels``."""

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

from optimizer.rules.catalogue import all_rules, gaps
from optimizer.rules.citation import Citation
from optimizer.rules.parameters import DatedValue, Parameter, load
from optimizer.rules.uncoded import Uncoded, read_uncoded
from optimizer.rules.written import NOT_FOUND, written

FILE = Path(__file__).parents[1] / "docs" / "rules.md"
HEAD = """\
# Regels en getallen

<!-- Gemaakt met `make docs` uit optimizer/rules; verander dit bestand niet met de hand. -->

Elke regel en elk getal heeft een laag, een datum en een bron. De laag is wet, amvb, regeling, circulaire,
uitvoeringspraktijk, bestuursovereenkomst of aanname. *Aanname* is een keuze van ons en geen recht.

    koppelwijzer rules --at 2026-10-01                   # wat op een dag geldt
    koppelwijzer rules --diff 2026-01-01 2026-07-01      # wat er tussen twee dagen verandert
    koppelwijzer rules --rules MAP                       # met eigen waarden erbij

MAP is een map met bestanden in dezelfde vorm als `optimizer/rules/parameters`. Ook `run`, `compare` en `verify` kennen
`--rules`.
"""


def render() -> str:
    """Return the whole document."""
    catalogue = load(datetime.date.max).catalogue
    parts = [HEAD, "\n## Regels\n"]
    parts += [_rule(c, catalogue) for _, (c, _) in sorted(all_rules().items())]
    parts.append("\n## Getallen\n")
    parts += [_parameter(catalogue[name]) for name in sorted(catalogue)]
    parts.append("\n## Gaten in de tijd\n\nIn deze perioden geldt een regel, maar weten wij het getal niet.\n\n")
    parts += list(_gaps())
    parts.append("\n## Bekend en niet gecodeerd\n\nNormen die wij kennen. Het programma heeft er geen regel voor.\n")
    parts += [_uncoded(norm) for norm in read_uncoded()]
    return "".join(parts)


def _rule(citation: Citation, catalogue: Mapping[str, Parameter]) -> str:
    until = f" tot {citation.until}" if citation.until else ""
    lines = [
        f"\n### `{citation.id}`\n",
        f"{citation.nl}\n",
        f"- laag: {citation.layer}; geldt sinds {citation.since}{until}",
        f"- bron: {citation.source}",
    ]
    for name in citation.parameters:
        values = "; ".join(f"{v.since}: {_value(v)}" for v in catalogue[name].values)
        lines.append(f"- `{name}` ({catalogue[name].unit}): {values}")
    return "\n".join(lines) + "\n"


def _parameter(parameter: Parameter) -> str:
    rows = "".join(_row(v) for v in parameter.values)
    return (
        f"\n### `{parameter.name}`\n\n{parameter.description}.\n\nLaag: {parameter.layer}. Eenheid: {parameter.unit}."
        f"\n\n| sinds | waarde | bron | nagekeken |\n| --- | --- | --- | --- |\n{rows}"
    )


def _row(dated: DatedValue) -> str:
    checked = "ja" if dated.verified else "nee"
    return f"| {dated.since} | {_value(dated)} | {dated.source} | {checked} |\n"


def _value(dated: DatedValue) -> str:
    return NOT_FOUND.nl if dated.not_found else written(dated.value)


def _gaps() -> Iterator[str]:
    for rule, name, since, until in gaps(load(datetime.date.max)):
        yield f"- regel `{rule}`, getal `{name}`: van {since} tot {until}\n"


def _uncoded(norm: Uncoded) -> str:
    return f"\n### `{norm.id}`\n\n{norm.nl}\n\n- laag: {norm.layer}\n- bron: {norm.source}\n- waarom niet: {norm.why}\n"


if __name__ == "__main__":
    FILE.write_text(render(), encoding="utf-8")
