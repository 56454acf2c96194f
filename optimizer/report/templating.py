"""The templates of the pages: what they escape, and that a page never shows a missing value."""

import math
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


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
    found.tests["finite"] = math.isfinite
    return found
