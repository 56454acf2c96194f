"""Which pairs of household and municipality a policy admits, equations (3) to (6b) of docs/method.md.

One function per constraint; each returns bool [households, gemeenten] or narrows it.
"""

import numpy as np

from optimizer.domain.eisen import Eisen
from optimizer.model.feiten import Bools, Feiten
from optimizer.rules.gronden import reachable, within_radius
from optimizer.rules.parameters import Parameters


def admissible_pairs(feiten: Feiten, eisen: Eisen, parameters: Parameters) -> Bools:
    """Combine every constraint that the policy binds."""
    pairs = not_excluded(feiten)
    if eisen.gronden_binden and eisen.bij_tekort == "wachten":
        pairs &= honoured(feiten, parameters)[0]
    if eisen.koppelregio in {"binden", "alleen_met_grond"}:
        pairs &= inside_koppelregio(feiten, grounds_open=eisen.koppelregio == "alleen_met_grond")
    if eisen.arbeidsmarktregio_bindt:
        pairs &= inside_labour_region(feiten)
    return pairs


def not_excluded(feiten: Feiten) -> Bools:
    """Equation (5): a household is not linked to a municipality that a person excluded, or that is no more."""
    pairs = np.ones((len(feiten.personen), len(feiten.opgave)), dtype=np.bool_)
    pairs[feiten.uitgesloten] = False
    pairs[:, ~feiten.bestaat] = False
    return pairs


def honoured(feiten: Feiten, parameters: Parameters) -> tuple[Bools, Bools]:
    """Equation (4): within the radius of all hard grounds, or of as many as go together.

    Returns the pairs [households, gemeenten] and whether all grounds of a household go together [households].
    """
    g = feiten.gronden
    within = within_radius(feiten.km[:, g.plek].T, parameters["gronden/straal_km"])
    return reachable(g.huishouden, within, len(feiten.personen))


def inside_koppelregio(feiten: Feiten, *, grounds_open: bool) -> Bools:
    """Equation (6a): inside the koppelregio of reception; a hard ground opens the others when ``grounds_open``."""
    same = feiten.gemeenten.koppelregio[feiten.opvang][:, None] == feiten.gemeenten.koppelregio[None, :]
    opened = feiten.heeft_grond if grounds_open else np.zeros(len(feiten.personen), dtype=np.bool_)
    return np.asarray(same | opened[:, None], dtype=np.bool_)


def inside_labour_region(feiten: Feiten) -> Bools:
    """Equation (6b): a household with a known job stays in the labour-market region of its job with most hours."""
    region = feiten.gemeenten.arbeidsmarktregio
    pairs = np.ones((len(feiten.personen), len(region)), dtype=np.bool_)
    b = feiten.banen
    jobs = np.flatnonzero(b.bekend)
    order = jobs[np.lexsort((b.gemeente[jobs], -b.uren[jobs], b.huishouden[jobs]))]
    households, first = np.unique(b.huishouden[order], return_index=True)
    pairs[households] = region[b.gemeente[order[first]]][:, None] == region[None, :]
    return pairs
