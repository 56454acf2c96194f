"""A rule is a function that says where it comes from and from when until when it holds."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Citation:
    """Where a rule stands.

    Parameters
    ----------
    id
        Stable name; the cases of the rule stand in ``tests/cases/<id>.yaml``.
    title, href, page
        Source.
    layer
        As for parameters: ``wet`` .. ``aanname``.
    since, until
        First day on which the rule holds and first day on which it no longer does (None: open).
    parameters
        Names of the dated parameters that the rule reads.
    """

    id: str
    title: str
    href: str
    page: str
    layer: str
    since: datetime.date
    until: datetime.date | None = None
    parameters: tuple[str, ...] = ()

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
