"""The pace as numbers: what is left of it, where it keeps somebody out, and when it binds at all, person by person."""

from dataclasses import replace
from itertools import product
from math import floor

import numpy as np
import numpy.typing as npt
import pytest

from optimizer.domain.eisen import Eisen
from optimizer.model import Instance, collect
from optimizer.model.tempo import Tempo, tempo_of
from tests.proefbatch import ROTTERDAM, UTRECHT, ZWOLLE, baan, groep, huishouden, parameters

Ints = npt.NDArray[np.int64]
#: Three municipalities, the first two in one region.
REGIO = np.array([0, 0, 1])


def pace(deel: list[int], plafond: list[int], telt: list[bool]) -> Tempo:
    return Tempo(np.array(telt), np.array(deel), REGIO, np.array(plafond))


def keeps(tempo: Tempo, personen: Ints, gemeente: Ints) -> bool:
    """Whether an answer keeps the pace, one household after another counted up."""
    deel, plafond = tempo.deel.tolist(), tempo.plafond.tolist()
    for h, g in enumerate(gemeente.tolist()):
        if g >= 0 and tempo.telt[h]:
            deel[g] -= int(personen[h])
            plafond[int(REGIO[g])] -= int(personen[h])
    return bool(min(*deel, *plafond) >= 0)


@pytest.mark.parametrize("seed", range(12))
def test_where_a_household_may_not_go_is_where_its_going_there_would_break_the_pace(seed: int) -> None:
    rng = np.random.default_rng(seed)
    personen = rng.integers(1, 4, 4)
    tempo = Tempo(rng.random(4) < 0.7, rng.integers(1, 6, 3), REGIO, rng.integers(2, 8, 2))
    answers = [np.array(one) for one in product(range(-1, 3), repeat=4)]
    kept = [one for one in answers if keeps(tempo, personen, one)]
    for gemeente in rng.permutation(np.array(kept))[:25]:
        closed = tempo.full(personen, gemeente, np.arange(4))
        assert (tempo.full(personen, gemeente, np.array([2, 0])) == closed[[2, 0]]).all()
        for h, g in product(range(4), range(3)):
            if gemeente[h] == g:
                continue
            there = gemeente.copy()
            there[h] = g
            # Nobody leaves the municipality to make room: only the region counts it out of its old place.
            assert closed[h, g] == (not keeps(tempo, personen, there))


def test_what_is_linked_beforehand_is_taken_off_the_municipality_and_its_region_and_never_below_nothing() -> None:
    tempo = pace([4, 5, 6], [7, 8], [True])
    less = tempo.less(1, 3)
    assert (less.deel.tolist(), less.plafond.tolist()) == ([4, 2, 6], [4, 8])
    gone = tempo.less(0, 9)
    assert (gone.deel.tolist(), gone.plafond.tolist()) == ([0, 5, 6], [0, 8])
    assert (tempo.deel.tolist(), tempo.plafond.tolist()) == ([4, 5, 6], [7, 8])
    assert less.telt is tempo.telt


def instance(opgave: list[int], tempo: Tempo | None) -> Instance:
    personen = np.array([2, 1, 3])
    return Instance(
        personen,
        np.array(opgave),
        np.ones((3, 3), dtype=np.bool_),
        np.full(3, -1),
        (),
        np.arange(3, dtype=np.uint64),
        tempo=tempo,
    )


@pytest.mark.parametrize(
    ("deel", "plafond", "parts", "regions"),
    [
        # Five persons count; the opgave is 4, 9 and 2.
        ([4, 5, 2], [9, 2], False, None),
        ([3, 5, 2], [9, 2], True, None),
        ([4, 4, 2], [9, 2], True, None),
        ([4, 5, 1], [9, 2], True, None),
        ([4, 5, 2], [4, 2], False, [0, 0, -1]),
        ([4, 5, 2], [5, 1], False, [-1, -1, 1]),
        ([4, 5, 2], [4, 1], False, [0, 0, 1]),
        ([3, 5, 2], [4, 2], True, [0, 0, -1]),
    ],
)
def test_a_pace_binds_where_it_is_less_than_there_are_places_and_people(
    deel: list[int], plafond: list[int], parts: bool, regions: list[int] | None
) -> None:
    one = instance([4, 9, 2], pace(deel, plafond, [True, False, True]))
    assert one.counted is not None
    assert one.counted.tolist() == [2, 0, 3]
    assert one.resource_names == (["tempo"] if parts else [])
    if parts:
        assert one.resources is not None
        assert [part.tolist() for part in one.resources] == [[[2], [0], [3]], [[n] for n in deel]]
    else:
        assert one.resources is None
    if regions is None:
        assert one.regions is None
    else:
        assert one.regions is not None
        assert [part.tolist() for part in one.regions] == [regions, plafond]
    assert one.paced == (parts or regions is not None)


def test_without_a_pace_nothing_is_counted_and_nothing_binds() -> None:
    one = instance([4, 9, 2], None)
    assert (one.resources, one.regions, one.counted, one.resource_names, one.paced) == (None, None, None, [], False)


@pytest.mark.parametrize(("gemeente", "regio"), [(1.5, 0.0), (0.0, 1.2), (2.0, 1.1), (0.5, 0.5)])
@pytest.mark.parametrize("least", [1, 4])
def test_the_pace_of_a_round_is_a_share_of_what_is_left_and_never_less_than_the_largest_household(
    gemeente: float, regio: float, least: int
) -> None:
    batch = groep(
        [huishouden("A", aantal_personen=3), huishouden("B"), huishouden("C", aantal_personen=5), huishouden("D")],
        {UTRECHT: 12, ZWOLLE: 20, ROTTERDAM: 3},
        werk=[baan("C", UTRECHT)],
    )
    facts = collect(batch, parameters())
    eisen = Eisen("proef", tempo_gemeente=gemeente, tempo_regio=regio, tempo_minste_personen=least)
    everybody = tempo_of(facts, eisen)
    assert everybody is not None
    assert everybody.telt.all()
    assert everybody.deel[facts.gemeenten.index[ROTTERDAM]] >= 5
    eisen = replace(eisen, tempo_telt="zonder_grond")
    tempo = tempo_of(facts, eisen)
    assert tempo is not None
    # C has a hard ground and does not count where the pace yields to that: of ten persons
    # the largest household that counts has three.
    assert tempo.telt.tolist() == [True, True, False, True]
    smallest, row = max(least, 3), facts.gemeenten.index
    for name, places in ((UTRECHT, 12), (ZWOLLE, 20), (ROTTERDAM, 3)):
        own, above = tempo.deel[row[name]], tempo.plafond[tempo.regio[row[name]]]
        assert own == (max(smallest, floor(gemeente * 10 * places / 35 + 1e-9)) if gemeente else 10)
        assert above == (max(smallest, floor(regio * 10 * places / 35 + 1e-9)) if regio else 10)
    region = facts.gemeenten.arbeidsmarktregio
    assert all((tempo.regio[g] == tempo.regio[0]) == (region[g] == region[0]) for g in range(region.size))
    # Who is fixed does not count, and makes no household the largest.
    fixed = np.array([row[UTRECHT], -1, -1, -1])
    other = tempo_of(facts, replace(eisen, tempo_minste_personen=1), fixed)
    assert other is not None
    assert other.telt.tolist() == [False, True, False, True]
    assert other.deel[row[ROTTERDAM]] == (max(1, floor(gemeente * 10 * 3 / 35 + 1e-9)) if gemeente else 10)


def test_a_policy_without_a_pace_has_none() -> None:
    facts = collect(groep([huishouden("A")], {UTRECHT: 1}), parameters())
    assert tempo_of(facts, Eisen("proef")) is None
    assert tempo_of(facts, Eisen("proef", tempo_regio=1.0, tempo_telt="niemand")) is None
