"""What differs between two proposals: for whom, from where, to where, and why."""

from collections.abc import Collection, Mapping

import pandas as pd

from optimizer.domain.uitvoer import GEWIJZIGD

BESLUIT, GEVOLG, NIEUW, VERVALLEN = "besluit", "gevolg", "nieuw", "vervallen"


def differences(earlier: Mapping[str, str], now: Mapping[str, str], decided: Collection[str]) -> pd.DataFrame:
    """List the households that do not have the municipality that they had.

    Parameters
    ----------
    earlier, now
        CBS code of the municipality of each household in either proposal, "" where it is not linked; in order.
    decided
        Households about which a person decided in between.

    Returns
    -------
    The columns of ``domain.uitvoer.GEWIJZIGD``: who stands in the second proposal, in its order, then who no longer
    does. A new household is a change, linked or not.
    """
    rows = [
        (h, earlier.get(h, ""), to, NIEUW if h not in earlier else BESLUIT if h in decided else GEVOLG)
        for h, to in now.items()
        if earlier.get(h) != to
    ]
    rows += [(h, was, "", VERVALLEN) for h, was in earlier.items() if h not in now]
    return pd.DataFrame(rows, columns=GEWIJZIGD.names, dtype=object)


def links(voorstel: pd.DataFrame) -> dict[str, str]:
    """Return the municipality of each household of a ``voorstel`` table, "" where it is not linked; in order."""
    return dict(zip(voorstel["huishouden_id"].astype(str), voorstel["gemeente"].astype(str), strict=True))
