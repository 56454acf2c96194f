"""The municipalities of the Netherlands, with their regions and inhabitants."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from geodata.errors import GemeenteOnbekend
from geodata.tables import read_table

Text = NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Gemeenten:
    """Municipalities as read-only columns, in order of code.

    Attributes
    ----------
    code, naam
        CBS code (``GM0363``) and official name, shape [n].
    provincie
        Name of the province, shape [n].
    arbeidsmarktregio, arbeidsmarktregio_naam
        Code (``AM01``) and name of the labour-market region, shape [n].
    koppelregio
        The region within which the COA links as far as it can, shape [n].
    inwoners
        Inhabitants on 1 January 2024, int64, shape [n].
    index
        Row of each code.
    """

    code: Text
    naam: Text
    provincie: Text
    arbeidsmarktregio: Text
    arbeidsmarktregio_naam: Text
    koppelregio: Text
    inwoners: NDArray[np.int64]
    index: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for column in vars(self).values():
            column.flags.writeable = False
        object.__setattr__(self, "index", {str(c): i for i, c in enumerate(self.code)})

    def __len__(self) -> int:
        return len(self.code)

    def rows(self, codes: Sequence[str]) -> NDArray[np.int64]:
        """Give the row of each code, int64 of the length of ``codes``.

        Raises
        ------
        GemeenteOnbekend
            Where a code is not one of the present division (names are not looked up here;
            see :func:`geodata.codes.resolve`).

        Examples
        --------
        >>> load_gemeenten().rows(["GM0014", "GM1992"]).tolist()
        [0, 341]
        """
        try:
            return np.array([self.index[c] for c in codes], dtype=np.int64)
        except KeyError as fout:
            raise GemeenteOnbekend(str(fout.args[0])) from None


@cache
def load_gemeenten() -> Gemeenten:
    """Load the 342 municipalities of the division of 2023 to 2026.

    Source: CBS and COA, see ``geodata/data/bronnen.toml``.

    Examples
    --------
    >>> gemeenten = load_gemeenten()
    >>> len(gemeenten), str(gemeenten.naam[gemeenten.index["GM0363"]])
    (342, 'Amsterdam')
    """
    rows = sorted(read_table("gemeenten.csv"), key=lambda row: row["gemeente"])

    def column(name: str) -> Text:
        return np.array([row[name] for row in rows])

    return Gemeenten(
        code=column("gemeente"),
        naam=column("naam"),
        provincie=column("provincie"),
        arbeidsmarktregio=column("arbeidsmarktregio"),
        arbeidsmarktregio_naam=column("arbeidsmarktregio_naam"),
        koppelregio=column("koppelregio"),
        inwoners=column("inwoners").astype(np.int64),
    )
