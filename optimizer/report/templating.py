"""The templates of the pages: what they escape, and that a page never shows a missing value."""

import math
import re
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)(?=[\s>])")


def labelled(body: str, heads: Sequence[tuple[str, int]]) -> Markup:
    """Write the heading of its column into every cell of a table, for screens too narrow for columns.

    >>> labelled('<tr><th scope="row">Ede</th><td class="n">3</td></tr>', [("Gemeente", 0), ("Banen", 1)])
    Markup('<tr><th data-label="Gemeente" scope="row">Ede</th><td data-label="Banen" class="n">3</td></tr>')
    """

    def row(found: "re.Match[str]") -> str:
        names = iter([re.sub("<[^>]*>", "", str(escape(head))) for head, _ in heads])
        return _CELL.sub(lambda cell: f'<{cell[1]} data-label="{next(names, "")}"', found[0])

    return Markup(_ROW.sub(row, str(body)))  # noqa: S704  (our own markup; the headings are escaped)


@cache
def environment() -> Environment:
    """Return the environment in which every page is rendered."""
    found = Environment(
        loader=PackageLoader("optimizer.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["labelled"] = labelled
    found.tests["finite"] = math.isfinite
    return found
