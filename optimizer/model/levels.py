"""What a link is worth on each level, in whole units: equations (7) to (13d) of docs/method.md.

One function per level; each returns int32 [households, gemeenten], higher is better.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from optimizer import retention
from optimizer.domain.eisen import Eisen, Ruimte
from optimizer.domain.levels import LEVELS, ONGEWIJZIGD, VLOEREN
from optimizer.model.admissible import honoured
from optimizer.model.facts import Facts
from optimizer.policy import Beleid
from optimizer.rules.gronden import within_radius
from optimizer.rules.parameters import Parameters
from optimizer.rules.werk import JA

Matrix = npt.NDArray[np.int32]
#: Equation (12).
LOTTERY_LEVEL = "kans_tot_loting"


@dataclass(frozen=True)
class LevelValues:
    """One level: name, one unit in the world, and the value of each link in whole units, int32 [H, G].

    ``deel`` and ``aantal`` are what later levels may give up of it: a share, and a number in the unit of the world.
    """

    naam: str
    unit: float
    value: Matrix
    deel: float = 0.0
    aantal: float = 0.0


def level_values(
    facts: Facts, beleid: Beleid, eisen: Eisen, parameters: Parameters, kansen: Mapping[str, Matrix]
) -> tuple[LevelValues, ...]:
    """Compute every level that the policy names.

    Where the batch goes on from an earlier run, as few changes as possible go before all of them, equation (13d).
    Equations (13a) and (13b) are given: ``kansen`` holds the chance of work by name of the level that counts it.
    The level ``gronden_gehonoreerd`` counts only where a ground may be passed by (``bij_tekort`` = uitzondering);
    otherwise the pairs that do not honour it are not admitted at all.
    """
    make: dict[str, Callable[[], Matrix]] = {
        "personen_gekoppeld": lambda: persons_linked(facts),
        "gronden_gehonoreerd": lambda: grounds_honoured(facts, parameters),
        "werkgemeente_gehaald": lambda: in_municipality_of_job(facts),
        "nabij_opvang": lambda: near_reception(facts),
        "banen_behouden": lambda: jobs_within(facts, parameters),
        "hard_behouden": lambda: jobs_kept(facts, parameters, hard_only=True),
        "verwacht_behouden": lambda: jobs_kept(facts, parameters),
        LOTTERY_LEVEL: lambda: up_to_lottery(facts, kansen["kans_werk"]),
        "kans_werk": lambda: kansen["kans_werk"],
        "kans_beste_gezinslid": lambda: kansen["kans_beste_gezinslid"],
        "zachte_punten": lambda: soft_points(facts, eisen, parameters),
        ONGEWIJZIGD: lambda: unchanged(facts),
        **{floor: partial(kansen.__getitem__, floor) for floor in VLOEREN.values()},
    }
    first = [] if facts.eerder is None else [ONGEWIJZIGD]
    wanted = [n for n in (*first, *beleid.niveaus) if n != "gronden_gehonoreerd" or eisen.bij_tekort == "uitzondering"]
    nothing = Ruimte(deel=0.0, aantal=0.0)
    return tuple(LevelValues(n, LEVELS[n].unit, make[n](), **eisen.speelruimte.get(n, nothing)) for n in wanted)


def _empty(facts: Facts) -> Matrix:
    return np.zeros((len(facts.personen), len(facts.opgave)), dtype=np.int32)


def persons_linked(facts: Facts) -> Matrix:
    """Equation (7): every person linked counts one."""
    return np.repeat(facts.personen[:, None].astype(np.int32), len(facts.opgave), axis=1)


def grounds_honoured(facts: Facts, parameters: Parameters) -> Matrix:
    """Equation (8): one for a household with hard grounds that is linked within reach of those that bind."""
    pairs, _ = honoured(facts, parameters)
    return np.asarray(pairs & facts.heeft_grond[:, None], dtype=np.int32)


def unchanged(facts: Facts) -> Matrix:
    """Equation (13d): one for the municipality that a household had in the run before."""
    out = _empty(facts)
    if facts.eerder is not None:
        had = np.flatnonzero(facts.eerder >= 0)
        out[had, facts.eerder[had]] = 1
    return out


def in_municipality_of_job(facts: Facts) -> Matrix:
    """Equation (9): known jobs in the municipality itself."""
    out, b = _empty(facts), facts.banen
    np.add.at(out, (b.huishouden[b.bekend], b.gemeente[b.bekend]), 1)
    return out


def near_reception(facts: Facts) -> Matrix:
    """Equation (10): minus the distance to the municipality of reception in 0.1 km."""
    return np.asarray(np.rint(-10 * facts.km[:, facts.opvang].T), dtype=np.int32)


def jobs_kept(facts: Facts, parameters: Parameters, *, hard_only: bool = False) -> Matrix:
    """Equation (11): expected number of known jobs kept through the move, in 0.001 job; (11b): of hard ones only.

    A job whose contract ends before the moving date counts zero.
    """
    out, b = _empty(facts), facts.banen
    counts = b.bekend & ~b.loopt_af & ((b.hard == JA) | (not hard_only))
    keep = retention.expected_kept(
        facts.km_nu[counts, None],
        facts.km[:, b.plek[counts]].T,
        b.uren[counts, None],
        b.contract[counts, None],
        parameters,
    )
    np.add.at(out, b.huishouden[counts], np.rint(1000 * keep).astype(np.int32))
    return out


def jobs_within(facts: Facts, parameters: Parameters) -> Matrix:
    """Equation (11a): known jobs that lie within the radius after the move and whose contract does not end first."""
    out, b = _empty(facts), facts.banen
    counts = b.bekend & ~b.loopt_af
    near = within_radius(facts.km[:, b.plek[counts]].T, parameters["gronden/straal_km"])
    np.add.at(out, b.huishouden[counts], near.astype(np.int32))
    return out


def up_to_lottery(facts: Facts, chance: Matrix) -> Matrix:
    """Equation (12): a household's chance, up to what a lottery over the opgaven gives it in expectation, in 0.0001.

    What it lacks to that is its shortfall; who is not linked lacks all of it, so that nobody is left out to keep a
    shortfall small. The expectation is the mean over municipalities weighted by their opgave.
    """
    return np.minimum(chance, lottery_expects(facts, chance)[:, None])


def lottery_expects(facts: Facts, chance: Matrix) -> npt.NDArray[np.int32]:
    """Return what the lottery gives each household in expectation, in 0.0001, int32 [H]: equation (12)."""
    weight = facts.opgave / max(1, int(facts.opgave.sum()))
    return np.floor(chance @ weight).astype(np.int32)


def soft_points(facts: Facts, eisen: Eisen, parameters: Parameters) -> Matrix:
    """Equation (13c): points for the koppelregio of reception, a network or a ground nearby, progress on the opgave."""
    out = _empty(facts)
    for points in soft_parts(facts, eisen, parameters).values():
        out += points
    return out


def soft_parts(facts: Facts, eisen: Eisen, parameters: Parameters) -> dict[str, Matrix]:
    """Return what the points of equation (13c) are the sum of, int32 [households or 1, gemeenten] each."""
    progress = facts.opgave / np.maximum(1, facts.volledig)
    points = np.rint(parameters["zacht/voortgang_punten"] * np.minimum(1.0, progress)).astype(np.int32)
    region = facts.gemeenten.koppelregio
    same = (region[facts.opvang][:, None] == region[None, :]) & (eisen.koppelregio == "voorkeur")
    near = _empty(facts).astype(np.bool_)
    n = facts.netwerk
    np.logical_or.at(near, n.huishouden, within_radius(facts.km[:, n.plek].T, parameters["gronden/straal_km"]))
    return {
        "koppelregio": (same * parameters["zacht/koppelregio_punten"]).astype(np.int32),
        "grond_nabij": near_grounds(facts, parameters),
        "netwerk": near * np.int32(parameters["zacht/netwerk_punten"]),
        "voortgang": points[None, :],
    }


def near_grounds(facts: Facts, parameters: Parameters) -> Matrix:
    """Return points for living near the grounds that are no work, int32 [households or 1, gemeenten].

    Of several grounds the farthest counts: all points in its municipality, none at the radius, in proportion between.
    """
    most, g = parameters["zacht/grond_nabij_punten"], facts.gronden
    other = np.array([kind != "werk" for kind in parameters["gronden/volgorde"]], dtype=np.bool_)[g.soort]
    if not most or not other.any():
        return np.zeros((1, len(facts.opgave)), dtype=np.int32)
    households, row = np.unique(g.huishouden[other], return_inverse=True)
    farthest = np.zeros((households.size, len(facts.opgave)))
    np.maximum.at(farthest, row, facts.km[:, g.plek[other]].T)
    out = _empty(facts)
    nearness = np.maximum(0.0, 1.0 - farthest / parameters["gronden/straal_km"])
    out[households] = np.rint(most * nearness).astype(np.int32)
    return out
