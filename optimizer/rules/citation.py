"""A rule is a function that says what it holds, where it comes from, and from when until when."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import ParamSpec, TypeVar

from optimizer.rules.parameters import Source

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Citation:
    """Where a rule stands.

    Parameters
    ----------
    id
        Stable name; the cases of the rule stand in ``tests/cases/<id>.yaml``. A later version of a rule is another
        function whose id ends in ``@`` and the year in which it begins.
    nl, en
        What the rule says, in a sentence or two for officials.
    source
        Title, address and page.
    layer
        As for parameters: ``wet`` .. ``aanname``.
    since, until
        First day on which the rule holds and first day on which it no longer does (None: open).
    parameters
        Names of the dated parameters that the rule reads.
    """

    id: str
    nl: str
    en: str
    source: Source
    layer: str
    since: datetime.date
    until: datetime.date | None = None
    parameters: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """Name that all versions of the rule share."""
        return self.id.partition("@")[0]

    def in_force(self, day: datetime.date) -> bool:
        """Tell whether the rule holds on a day."""
        return self.since <= day and (self.until is None or day < self.until)


#: Every rule of the package by id, with its function; filled when the rule modules are imported.
RULES: dict[str, tuple[Citation, Callable[..., object]]] = {}


def cites(citation: Citation) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a function as a rule with its source; two rules of one id are refused."""

    def register(function: Callable[P, R]) -> Callable[P, R]:
        if citation.id in RULES:
            raise ValueError(f"rule {citation.id} exists already")
        RULES[citation.id] = (citation, function)
        return function

    return register


def seams(citations: Iterable[Citation]) -> list[tuple[str, str, datetime.date, datetime.date]]:
    """List where versions of one rule do not adjoin: (family, ``gat`` or ``overlap``, from, until).

    >>> first = Citation("a", "", "", Source("x"), "wet", datetime.date(2020, 1, 1), datetime.date(2024, 1, 1))
    >>> then = Citation("a@2025", "", "", Source("x"), "wet", datetime.date(2025, 1, 1))
    >>> [(family, kind, str(since)) for family, kind, since, _ in seams([first, then])]
    [('a', 'gat', '2024-01-01')]
    """
    order = sorted(citations, key=lambda c: (c.family, c.since))
    found = []
    for one, other in pairwise(order):
        end = one.until or datetime.date.max
        if one.family == other.family and end != other.since:
            kind = "gat" if end < other.since else "overlap"
            found.append((one.family, kind, min(end, other.since), max(end, other.since)))
    return found
