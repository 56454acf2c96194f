"""Counts that are too small to show, and the others that must go with them so that no sum gives them away."""

from collections.abc import Callable, Collection, Sequence

#: Smallest count that others than the COA and the municipality itself see (aanname; the COA asked for ten).
LEAST = 10

Row = tuple[int, ...]


def enough(count: int) -> bool:
    """Tell whether a count may be shown: it is large enough, or there is nobody to recognise.

    >>> enough(0), enough(1), enough(9), enough(10)
    (True, False, False, True)
    """
    return count == 0 or count >= LEAST


def may_show(rows: Sequence[Row], fit: Callable[[Row], bool], hidden: Collection[int] = ()) -> tuple[bool, ...]:
    """Tell which rows of a table may be shown, when everybody knows what all rows together are.

    The rows that are left out are together what the total leaves: so they must be two at least, and together be fit to
    show. Until they are, the smallest row that is still shown goes too.

    Parameters
    ----------
    rows
        Counts of each row, the first one its size.
    fit
        Whether counts may be shown.
    hidden
        Rows that are left out for another reason.

    >>> may_show([(30,), (4,), (12,), (25,)], lambda row: enough(row[0]))
    (True, False, False, True)
    >>> may_show([(30,), (4,), (3,), (9,)], lambda row: enough(row[0]))
    (True, False, False, False)
    >>> may_show([(30,), (4,)], lambda row: enough(row[0]))
    (False, False)
    """
    out = {k for k, row in enumerate(rows) if not fit(row)} | set(hidden)
    left = sorted(set(range(len(rows))) - out, key=lambda k: (rows[k][0] == 0, rows[k][0], k))
    while out and left and not (_some(rows, out) >= 2 and fit(_together(rows, out))):
        out.add(left.pop(0))
    return tuple(k not in out for k in range(len(rows)))


def _some(rows: Sequence[Row], out: Collection[int]) -> int:
    """Count the rows left out in which there is anybody: who knows that one is empty knows the other."""
    return sum(rows[k][0] > 0 for k in out)


def _together(rows: Sequence[Row], out: Collection[int]) -> Row:
    return tuple(sum(rows[k][column] for k in out) for column in range(len(rows[0])))
