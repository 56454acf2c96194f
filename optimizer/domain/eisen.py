"""What a policy binds, as plain data: the judge reads this and never sees the policy itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypedDict

BijTekort = Literal["wachten", "uitzondering"]
Koppelregio = Literal["voorkeur", "alleen_met_grond", "binden", "vrij"]
#: Who counts for the pace: everybody; where that would cost somebody a place or a job, who has no hard ground and no
#: known job; where that still does, nobody. ``onbekend``: a proposal without a receipt that says it.
TempoTelt = Literal["iedereen", "zonder_grond", "niemand", "onbekend"]


class Ruimte(TypedDict):
    """What later levels may give up of a level: a share of its best value (``deel``), or a number (``aantal``).

    The number is in the unit in which the level is told: jobs, persons, chance.
    """

    deel: float
    aantal: float


@dataclass(frozen=True)
class Eisen:
    """The binding part of a policy.

    Parameters
    ----------
    beleid
        Name of the policy.
    gronden_binden
        A household with hard grounds is linked within the radius of all of them (or of the longest list that any
        municipality can honour), unless ``bij_tekort`` allows an exception.
    bij_tekort
        ``wachten``: without room inside the circle the household waits; ``uitzondering``: it may go farther
        away, and that is counted.
    koppelregio
        ``binden``: everybody stays in the koppelregio of reception; ``alleen_met_grond``: only a hard ground opens
        another; ``voorkeur`` and ``vrij`` bind nothing.
    arbeidsmarktregio_bindt
        A household with a job (most hours) stays inside the labour-market region of that job.
    opgave_geldt
        False only for the policy without opgave.
    speelruimte
        What later levels may give up, by name of the level; nothing of a level that it does not name.
    tempo_gemeente, tempo_regio, tempo_minste_personen
        Pace: households that nobody fixed take at most so many times the share of a municipality, and of a
        labour-market region, in the round; so many persons there may be in any case; 0 is no limit.
        A share is what is left of the opgave there, as a part of all that is left, of all persons of the round.
    tempo_telt
        Whose persons count for the pace.
    """

    beleid: str
    gronden_binden: bool = True
    bij_tekort: BijTekort = "wachten"
    koppelregio: Koppelregio = "voorkeur"
    arbeidsmarktregio_bindt: bool = False
    opgave_geldt: bool = True
    speelruimte: Mapping[str, Ruimte] = field(default_factory=dict)
    tempo_gemeente: float = 0.0
    tempo_regio: float = 0.0
    tempo_minste_personen: int = 1
    tempo_telt: TempoTelt = "iedereen"
