"""Support with finding work at reception locations, by municipality and day.

What is not listed is *unknown*, never "none": fifty more locations have lighter forms. Support in
the municipality of destination is not here; it comes from the user.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from geodata.gemeenten import load_gemeenten
from geodata.tables import read_table

# From the lightest to the most intensive: a Meedoenbalie informs; a widened one leads to paid
# work; a jobhunter looks for it together with the resident.
FORMS = ("onbekend", "meedoenbalie", "verbreding", "jobhunter")


@dataclass(frozen=True)
class Ondersteuning:
    """One form of support at one place.

    ``einde`` is the first day without it; None where the source names no end.
    """

    gemeente: str
    plaats: str
    vorm: str
    begin: date
    einde: date | None
    pagina: int
    toelichting: str

    def runs_on(self, day: date) -> bool:
        """Tell whether this support is there on a day."""
        return self.begin <= day and (self.einde is None or day < self.einde)


@cache
def load_ondersteuning() -> tuple[Ondersteuning, ...]:
    """Load the forms of support that are known by place.

    Source: Platform31, Wachten of werken? (2024), appendices 1 and 2.
    """
    return tuple(
        Ondersteuning(
            gemeente=row["gemeente"],
            plaats=row["plaats"],
            vorm=row["vorm"],
            begin=date.fromisoformat(row["begin"]),
            einde=date.fromisoformat(row["einde"]) if row["einde"] else None,
            pagina=int(row["pagina"]),
            toelichting=row["toelichting"],
        )
        for row in read_table("ondersteuning.csv")
    )


def at_reception(day: date) -> NDArray[np.int64]:
    """Give the most intensive form of support in each municipality on a day.

    Returns
    -------
    int64, shape [342], index into :data:`FORMS`, in order of ``Gemeenten.code``; 0 is unknown

    Examples
    --------
    >>> form = at_reception(date(2024, 4, 1))[load_gemeenten().index["GM0153"]]
    >>> FORMS[form]  # Enschede
    'jobhunter'
    """
    found = np.zeros(len(load_gemeenten()), dtype=np.int64)
    for support in load_ondersteuning():
        if support.runs_on(day):
            row = load_gemeenten().index[support.gemeente]
            found[row] = max(found[row], FORMS.index(support.vorm))
    return found
