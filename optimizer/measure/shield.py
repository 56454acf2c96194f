"""Which groups are not shown: the small ones, and as many others as it takes to keep them from being worked out.

Equation (36) of docs/method.md.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from optimizer.model.facts import Bools, Floats

#: A group: the characteristic, and its name.
Group = tuple[str, str]


def shield(members: Mapping[Group, Bools], least: int, shown: Mapping[Group, Bools] | None = None) -> set[Group]:
    """Return the groups that are suppressed.

    Parameters
    ----------
    members
        Who is in each group and counts, bool [A]; the groups of one characteristic have no adult in common.
    least
        A group of fewer adults is not shown.
    shown
        Groups of another table about the same adults that are shown already.
    """
    hidden = {group for group, who in members.items() if who.sum() < least}
    kinds = list(dict.fromkeys(kind for kind, _ in members))
    while True:
        more = {group for kind in kinds for group in _to_hide_the_rest(kind, members, hidden, least)}
        more = more or _revealing(members, hidden, least, shown or {})
        if not more:
            return hidden
        hidden |= more


def _to_hide_the_rest(kind: str, members: Mapping[Group, Bools], hidden: set[Group], least: int) -> set[Group]:
    """Return the smallest group shown of a characteristic whose hidden groups together are no crowd to hide in."""
    sizes = {group: int(who.sum()) for group, who in members.items() if group[0] == kind}
    away = [n for group, n in sizes.items() if group in hidden and n]
    still = [group for group in sizes if group not in hidden]
    if not away or not still or (len(away) > 1 and sum(away) >= least):
        return set()
    return {min(still, key=lambda group: (sizes[group], group))}


def _revealing(
    members: Mapping[Group, Bools], hidden: set[Group], least: int, shown: Mapping[Group, Bools]
) -> set[Group]:
    """Return the smallest group that lets somebody work out a small one from what is shown; none where nothing does.

    A hidden group is worked out where it is a sum and difference of groups shown, and a few people are where a group
    shown lies within another and all but a few of it.
    """
    open_ones = [group for group in members if group not in hidden]
    small = [members[group] for group in hidden if 0 < members[group].sum() < least]
    columns = [*(members[group] for group in open_ones), *shown.values()]
    if not open_ones or not columns:
        return set()
    smallest = sorted(open_ones, key=lambda group: (int(members[group].sum()), group))
    if small and _spanned(columns, small):
        return set(smallest[:1])
    for group in smallest:
        for other in columns:
            apart = int(other.sum()) - int(members[group].sum())
            if 0 < apart < least and not (members[group] & ~other).any():
                return {group}
            if 0 < -apart < least and not (other & ~members[group]).any():
                return {group}
    return set()


def _spanned(columns: Sequence[Bools], small: Sequence[Bools]) -> bool:
    """Tell whether any small group is a combination of the groups shown."""
    both = np.unique(np.stack([*columns, *small], axis=1).astype(np.float64), axis=0)
    basis, wanted = both[:, : len(columns)], both[:, len(columns) :]
    found = np.linalg.lstsq(basis, wanted, rcond=None)[0]
    off: Floats = np.abs(basis @ found - wanted).max(axis=0)
    return bool((off < _CLOSE).any())


#: A residue below this is none: all entries are nought or one.
_CLOSE = 1e-6
