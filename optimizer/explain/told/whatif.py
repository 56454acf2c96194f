"""What would happen if one household went to one other municipality: the parts of the answer to "why not there?"."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from optimizer.explain.told.closed import Closed


@dataclass(frozen=True)
class Kosten:
    """What one level would gain or lose, in its own unit.

    Attributes
    ----------
    niveau
        Name of the level.
    verschil
        With the pair fixed less the proposal: below nought is lost.
    bewezen
        Whether no other answer with the pair fixed is better here, given the levels before it, and none without it.
    minst, meest
        Between what the difference lies when either was not proven.
    """

    niveau: str
    verschil: float
    bewezen: bool
    minst: float
    meest: float


@dataclass(frozen=True)
class Verhuizing:
    """One household that would go elsewhere: its key, and the municipalities (rows, -1 for none)."""

    huishouden: str
    van: int
    naar: int


@dataclass(frozen=True)
class WatAls:
    """One what-if; nothing is decided by asking.

    Attributes
    ----------
    gemeente
        Row of the municipality asked for.
    status
        ``verboden``: a rule closes it; ``berekend``: everything was worked out again with the pair fixed.
    regels
        The rules that close it, the first first; empty where it was worked out.
    hier_al
        The household is there already.
    kosten
        What each level would gain or lose.
    alleen
        The same where this household alone went there and everybody else stayed; None where it has no room so.
    verhuizen_ook
        Other households that would go elsewhere: as few as the levels allow.
    minst_verhuizen
        Whether it is proven that no fewer would.
    banen_verloren, banen_terug
        Jobs (keys) that would be lost by the rule and are not now, and the other way round.
    banen_onbeslist
        Jobs (keys) of households that would be left without a municipality and have one now.
    stappen
        Counted steps that it took.
    methode
        Method of the policy.
    """

    gemeente: int
    status: Literal["verboden", "berekend"]
    regels: tuple[Closed, ...] = ()
    hier_al: bool = False
    kosten: tuple[Kosten, ...] = ()
    alleen: tuple[Kosten, ...] | None = None
    verhuizen_ook: tuple[Verhuizing, ...] = ()
    minst_verhuizen: bool = True
    banen_verloren: tuple[str, ...] = ()
    banen_terug: tuple[str, ...] = ()
    banen_onbeslist: tuple[str, ...] = ()
    stappen: int = 0
    methode: str = "optimaal"

    def shielded(self, text: Callable[[str], str]) -> "WatAls":
        """Return the same with sentences that others may read."""
        return replace(self, regels=tuple(rule.shielded(text) for rule in self.regels))

    @property
    def bewezen(self) -> bool:
        """Whether every part of the answer is certain."""
        return self.minst_verhuizen and all(kosten.bewezen for kosten in self.kosten)
