"""The chance of work of an adult, taken apart: what each answer adds, and what each municipality adds.

A sum on a scale of its own becomes a chance: ``1 / (1 + exp(-sum))``. Nobody is shown a chance without its parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.wording import Sentence

#: What people read for each part, in the order in which it is shown.
DELEN: Mapping[str, Sentence] = {
    "basis": Sentence("voor iedereen gelijk", "the same for everybody"),
    "opleiding": Sentence("opleiding", "education"),
    "taalniveau": Sentence("Nederlands", "Dutch"),
    "ervaring": Sentence("ervaring met werk", "work experience"),
    "werk_in_de_buurt": Sentence("werk in de buurt", "work nearby"),
    "arbeidsdeelname": Sentence("deel van de inwoners dat werkt", "share of the inhabitants who work"),
}


@dataclass(frozen=True, eq=False)
class Kansdelen:
    """The chance of work of one adult in every municipality [G], in order of code.

    Attributes
    ----------
    persoon_id
        Key of the adult.
    wil_werken
        False: no chance is counted, whatever the parts say.
    zegt
        What the adult answered, by part; ``onbekend`` where the documented mean was used.
    delen
        What each part adds, by key of `DELEN`, float64 [G].
    kans
        The chance itself, float64 [G].
    """

    persoon_id: str
    wil_werken: bool
    zegt: Mapping[str, str]
    delen: Mapping[str, npt.NDArray[np.float64]]
    kans: npt.NDArray[np.float64]

    def at(self, gemeente: int) -> dict[str, float]:
        """Return what each part adds in one municipality (row)."""
        return {name: float(value[gemeente]) for name, value in self.delen.items()}
