"""A finished proposal: what a run found, as tables with the columns of ``domain.uitvoer``."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

#: What a bound rests on where no certificate proves it (docs/bewijs.md).
OP_HET_WOORD = ("SCIP", "HiGHS", "branch", "none")


@dataclass(frozen=True)
class Niveau:
    """One level of the afwegingskader after solving.

    Parameters
    ----------
    naam
        Stable name, such as ``personen_gekoppeld`` or ``verwacht_behouden``.
    eenheid
        What one counts, for people: ``personen``, ``banen``, ``kans``, ``punten``.
    waarde, grens
        Value reached and proven upper bound, in that unit. The bound holds given what the levels before it keep.
    gap
        (grens - best) / max(1, abs(best)); 0.0 when proven.
    status
        ``proven``, ``gap`` or ``limit``.
    bewijs
        What the bound rests on: a certificate (``prices``, ``knapsacks``, ``tree``; docs/bewijs.md), or whose word it
        is (``SCIP``, ``HiGHS``, ``branch``, ``none``); empty where no certificate was made.
    best, vloer, hoogste
        The best found for the level in its turn, before later levels gave up any of it; what they had to keep; and what
        no answer exceeds that is as good on the later levels. Without speelruimte: the value, the value, the bound.
    gekocht
        With speelruimte, by name of a count: what the answer counts that was best for the level in its turn, and what
        the proposal counts.
    """

    naam: str
    eenheid: str
    waarde: float
    grens: float
    gap: float
    status: str
    best: float
    vloer: float
    hoogste: float
    bewijs: str = ""
    gekocht: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def opgegeven(self) -> float:
        """What later levels gave up of it."""
        return max(0.0, self.best - self.waarde)

    @property
    def zekerheid(self) -> str:
        """How sure the level is: its status, and whose word a proof is that nobody can compute again.

        >>> Niveau("kans_werk", "kans", 1.0, 1.0, 0.0, "proven", 1.0, 1.0, 1.0, "SCIP").zekerheid
        'proven_SCIP'
        """
        return (
            f"{self.status}_{self.bewijs}" if self.status == "proven" and self.bewijs in OP_HET_WOORD else self.status
        )


@dataclass(frozen=True)
class Voorstel:
    """What one policy proposes for one batch, with everything that must be explained.

    The tables follow ``domain.uitvoer``; ``niveaus`` is empty for a policy that does not optimise, and ``verzoeken`` is
    None where the input has no requests. What people read in them is a ``geodata.wording.Sentence`` until `said`.
    """

    beleid: str
    methode: str
    bekend: float
    seed: int
    voorstel: pd.DataFrame
    banen: pd.DataFrame
    taakstelling: pd.DataFrame
    niet_gekoppeld: pd.DataFrame
    uitzonderingen: pd.DataFrame
    werklijst: pd.DataFrame
    prognose: pd.DataFrame
    koppelregio: pd.DataFrame
    niveaus: tuple[Niveau, ...]
    status: str
    reproducible: bool
    seconden: dict[str, float]
    gemeente_redenen: "pd.Series[Any]"
    bewijzen: tuple[tuple[str, str], ...] = ()
    verzoeken: pd.DataFrame | None = None

    def said(self, lang: str) -> "Voorstel":
        """Return the proposal with every text in one language, ``nl`` or ``en``."""
        return replace(
            self,
            voorstel=_said(self.voorstel, lang, "reden"),
            niet_gekoppeld=_said(self.niet_gekoppeld, lang, *_SHORTAGE),
            uitzonderingen=_said(self.uitzonderingen, lang, "toelichting"),
            koppelregio=_said(self.koppelregio, lang, "reden"),
            gemeente_redenen=self.gemeente_redenen.map(lambda sentence: sentence.said(lang)),
            verzoeken=None if self.verzoeken is None else _said(self.verzoeken, lang, "redenen"),
        )


#: Columns of ``niet_gekoppeld`` that people read.
_SHORTAGE = ("toelichting", "voorstel_oplossing", "bewijs_uitleg", "oplossingen")


def _said(table: pd.DataFrame, lang: str, *columns: str) -> pd.DataFrame:
    texts = {name: [sentence.said(lang) for sentence in table[name]] for name in columns}
    return table.assign(**{name: pd.Series(said, index=table.index, dtype=object) for name, said in texts.items()})
