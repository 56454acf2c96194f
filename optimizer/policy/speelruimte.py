"""How a policy says what later levels may give up of a level: a share, a number, or a parameter that holds a share."""

import re

from optimizer.domain.eisen import Ruimte
from optimizer.rules.parameters import FOLDER, Parameters, read_folder

#: Where the parameters stand that hold a share.
PREFIX = "speelruimte/"
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?) ?%")


def can_be_read(told: str | float) -> bool:
    """Tell whether something says how much may be given up.

    >>> [can_be_read(x) for x in ("0.5 %", "0,5%", 3, 0.25, "speelruimte/kans_werk", "veel", "101 %", -1)]
    [True, True, True, True, True, False, False, False]
    """
    if isinstance(told, str):
        share = _share(told)
        return 0 <= share <= 1 if share is not None else told.startswith(PREFIX) and told in read_folder(FOLDER)
    return not isinstance(told, bool) and 0 <= told < 1e9


def in_force(told: str | float, parameters: Parameters) -> Ruimte:
    """Return the share and the number that may be given up, with the parameter as it is in force."""
    if not isinstance(told, str):
        return Ruimte(deel=0.0, aantal=float(told))
    share = _share(told)
    return Ruimte(deel=float(parameters[told]) if share is None else share, aantal=0.0)


def _share(told: str) -> float | None:
    """Return a share that is written as a percentage; None where it is not."""
    found = _SHARE.fullmatch(told.strip())
    return None if found is None else float(f"{found[1].replace(',', '.')}e-2")
