"""What the judge says: findings, and what it computed on the way."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

Ernst = Literal["overtreding", "uitzondering"]


@dataclass(frozen=True)
class Bevinding:
    """One thing that the judge found.

    Parameters
    ----------
    code
        Stable name of the finding; ``docs/rechter.md`` lists them.
    ernst
        ``overtreding``: the proposal breaks a rule or contradicts the input. ``uitzondering``: allowed, and named.
    huishouden_id, gemeente
        Whom and which municipality (CBS code, or the text as written) it concerns; empty where it concerns neither.
    gevonden, toegestaan
        What stands there and what the rule allows, as text.
    toelichting, toelichting_en
        A sentence for people, in Dutch and in English.
    regel, bron
        Name of the rule or parameter, and where that comes from.
    bestand, rij
        The file that says it and the row as a person sees it there (header = 1); empty and None where not known.
    """

    code: str
    ernst: Ernst
    huishouden_id: str
    gemeente: str
    gevonden: str
    toegestaan: str
    toelichting: str
    toelichting_en: str
    regel: str
    bron: str
    bestand: str = ""
    rij: int | None = None


@dataclass(frozen=True)
class Grens:
    """What the judge found of the bound of one level, in the unit of the level; of the lottery without who is fixed.

    Parameters
    ----------
    niveau
        Name of the level; ``loting`` is the lottery.
    waarde, grens
        What the answer is worth, and the bound that the run claims.
    nagerekend
        The least bound that the judge computed again; above ``grens`` where that is somebody's word, None without any.
    op_woord_van
        Whose word the bound is (SCIP, HiGHS, branch, none); empty where it was computed again.
    """

    niveau: str
    waarde: float
    grens: float
    nagerekend: float | None
    op_woord_van: str


@dataclass(frozen=True)
class Oordeel:
    """The verdict on one proposal.

    Parameters
    ----------
    overtredingen, uitzonderingen
        Findings in the order of the requirements, then of the households.
    niet_gekoppeld
        One finding for each household that the proposal leaves without a municipality.
    banen
        One row for every row of ``werk``, recomputed and not rounded: the columns of ``domain.uitvoer.BANEN``.
    tellingen
        Counts and sums over the whole proposal, by the column of ``beleidsvergelijking`` that they belong in, and two
        level values: ``gronden_gehonoreerd`` (households linked within reach of the grounds that bind) and
        ``verwacht_behouden`` (known jobs, each in whole 0.001). A mean over nothing is NaN.
    grenzen
        What was found of the bound of each level, where the bounds were judged.
    """

    overtredingen: tuple[Bevinding, ...]
    uitzonderingen: tuple[Bevinding, ...]
    niet_gekoppeld: tuple[Bevinding, ...]
    banen: pd.DataFrame
    tellingen: dict[str, float]
    grenzen: tuple[Grens, ...] = ()

    @property
    def goedgekeurd(self) -> bool:
        """True when the judge found no overtreding."""
        return not self.overtredingen
