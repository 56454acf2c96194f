"""What agreements with municipalities do, made ready for the page."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from optimizer.domain.uitvoer import OVEREENKOMSTGROEPEN
from optimizer.report.language import Language
from optimizer.report.page_parts import title_of


@dataclass(frozen=True)
class Effect:
    """One policy: for each group its name, its households, and what was counted (name, without, with, difference)."""

    title: str
    groups: tuple[tuple[str, int, tuple[tuple[str, str, str, str], ...]], ...]


def agreement_parts(t: Language, table: pd.DataFrame | None, policy: str | None = None) -> dict[str, Any]:
    """Return the effects of agreements by policy; an empty list where there are none.

    Parameters
    ----------
    policy
        The only policy to show; None: all.
    """
    if table is None:
        return {"agreements": []}
    wanted = [policy] if policy else list(dict.fromkeys(table["beleid"]))
    return {"agreements": [_effect(t, table[table["beleid"] == name], name) for name in wanted]}


def _effect(t: Language, rows: pd.DataFrame, name: str) -> Effect:
    groups = []
    for group in OVEREENKOMSTGROEPEN:
        mine = rows[rows["groep"] == group]
        counted = tuple(
            (str(maat), t.mean(before), t.mean(after), t.mean_change(change))
            for maat, before, after, change in zip(
                mine["maat"], mine["zonder"], mine["met"], mine["verschil"], strict=True
            )
        )
        groups.append((group, int(mine["huishoudens"].to_numpy()[0]), counted))
    return Effect(title_of(name, t), tuple(groups))
