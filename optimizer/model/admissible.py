"""Which pairs of household and municipality a policy admits, equations (3) to (6b) of docs/method.md.

One function per constraint; each returns bool [households, gemeenten] or narrows it.
"""

import numpy as np

from optimizer.domain.eisen import Eisen
from optimizer.model.facts import Bools, Facts
from optimizer.rules.gronden import reachable, within_radius
from optimizer.rules.parameters import Parameters


def admissible_pairs(facts: Facts, eisen: Eisen, parameters: Parameters) -> Bools:
    """Combine every constraint that the policy binds."""
    pairs = not_excluded(facts)
    if eisen.gronden_binden and eisen.bij_tekort == "wachten":
        pairs &= honoured(facts, parameters)[0]
    if eisen.koppelregio in {"binden", "alleen_met_grond"}:
        pairs &= inside_koppelregio(facts, grounds_open=eisen.koppelregio == "alleen_met_grond")
    if eisen.arbeidsmarktregio_bindt:
        pairs &= inside_labour_region(facts)
    return pairs


def not_excluded(facts: Facts) -> Bools:
    """Equation (5): a household is not linked to a municipality that a person excluded, or that is no more."""
    pairs = np.ones((len(facts.personen), len(facts.opgave)), dtype=np.bool_)
    pairs[facts.uitgesloten] = False
    pairs[:, ~facts.bestaat] = False
    return pairs


def honoured(facts: Facts, parameters: Parameters) -> tuple[Bools, Bools]:
    """Equation (4): within the radius of all hard grounds, or of as many as go together.

    Returns the pairs [households, gemeenten], and of each ground whether it binds or was set aside [grounds].
    """
    g = facts.gronden
    within = within_radius(facts.km[:, g.plek].T, parameters["gronden/straal_km"])
    return reachable(g.huishouden, within, len(facts.personen))


def compatible(facts: Facts, kept: Bools) -> Bools:
    """Tell whose grounds all go together, bool [households]; ``kept`` as `honoured` returns it."""
    out = np.ones(len(facts.personen), dtype=np.bool_)
    out[facts.gronden.huishouden[~kept]] = False
    return out


def inside_koppelregio(facts: Facts, *, grounds_open: bool) -> Bools:
    """Equation (6a): inside the koppelregio of reception; a hard ground opens the others when ``grounds_open``."""
    same = facts.gemeenten.koppelregio[facts.opvang][:, None] == facts.gemeenten.koppelregio[None, :]
    opened = facts.heeft_grond if grounds_open else np.zeros(len(facts.personen), dtype=np.bool_)
    return np.asarray(same | opened[:, None], dtype=np.bool_)


def inside_labour_region(facts: Facts) -> Bools:
    """Equation (6b): a household with a known job stays in the labour-market region of its job with most hours."""
    region = facts.gemeenten.arbeidsmarktregio
    pairs = np.ones((len(facts.personen), len(region)), dtype=np.bool_)
    b = facts.banen
    jobs = np.flatnonzero(b.bekend)
    order = jobs[np.lexsort((b.gemeente[jobs], -b.uren[jobs], b.huishouden[jobs]))]
    households, first = np.unique(b.huishouden[order], return_index=True)
    pairs[households] = region[b.gemeente[order[first]]][:, None] == region[None, :]
    return pairs
