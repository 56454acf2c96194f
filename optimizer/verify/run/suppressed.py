"""Which groups a table must not show, by the words of equation (36) of docs/method.md."""

from collections.abc import Callable, Mapping

import numpy as np

from optimizer.verify.households import Bools

Group = tuple[str, str]
#: A residue of nought-and-one equations below this is none.
NOUGHT = 1e-6


def suppressed(groups: Mapping[Group, Bools], least: int, beside: Mapping[Group, Bools]) -> set[Group]:
    """Return the groups of a table that stay hidden.

    Every group below ``least``; then, as long as needed: of each characteristic with something to hide the smallest
    group shown, until those hidden are two or more and together no small group; and else the smallest group from which,
    with others, a small one can be worked out.

    Parameters
    ----------
    groups
        Who is in each group and counts, bool [adults].
    beside
        Groups that another table shows.
    """
    size = {group: int(np.count_nonzero(who)) for group, who in groups.items()}
    away = {group for group in groups if size[group] < least}
    while more := _too_few_hidden(size, away, least) or _told_by_others(groups, size, away, least, beside):
        away = away | more
    return away


def _too_few_hidden(size: Mapping[Group, int], away: set[Group], least: int) -> set[Group]:
    more = set()
    for kind in {kind for kind, _ in size}:
        hidden = [size[group] for group in away if group[0] == kind and size[group] > 0]
        shown = [(n, group) for group, n in size.items() if group[0] == kind and group not in away]
        if hidden and shown and (len(hidden) == 1 or sum(hidden) < least):
            more.add(min(shown)[1])
    return more


def _told_by_others(
    groups: Mapping[Group, Bools],
    size: Mapping[Group, int],
    away: set[Group],
    least: int,
    beside: Mapping[Group, Bools],
) -> set[Group]:
    shown = sorted((group for group in groups if group not in away), key=lambda group: (size[group], group))
    if not shown:
        return set()
    every = [groups[group] for group in shown] + list(beside.values())
    small = [groups[group] for group in away if 0 < size[group] < least]
    if small:
        tells = _combination(every)
        if any(tells(who) for who in small):
            return {shown[0]}
    for group in shown:
        for other in every:
            few = abs(int(np.count_nonzero(other)) - size[group])
            if 0 < few < least and (_within(groups[group], other) or _within(other, groups[group])):
                return {group}
    return set()


def _within(inner: Bools, outer: Bools) -> bool:
    return not np.any(inner & ~outer)


def _combination(shown: list[Bools]) -> Callable[[Bools], bool]:
    """Return what tells whether a group is a sum and difference of groups that are shown."""
    matrix = np.array(shown, dtype=np.float64).T
    left, strength, _ = np.linalg.svd(matrix, full_matrices=False)
    basis = left[:, strength > strength.max(initial=0.0) * 1e-9]

    def tells(who: Bools) -> bool:
        wanted = who.astype(np.float64)
        return bool(np.abs(wanted - basis @ (basis.T @ wanted)).max(initial=0.0) < NOUGHT)

    return tells
