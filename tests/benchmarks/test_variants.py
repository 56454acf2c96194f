"""The regional variants and thin months of the benchmarks: seeded, different, and of the promised form."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.check import values
from benchmarks.methods import METHODS
from benchmarks.methods.ours import in_units
from benchmarks.variants import FAMILY_SHARES, VARIANTS, affiliates, as_a_run, nested, regional, thin
from benchmarks.worker import judged


@pytest.mark.parametrize("variant", VARIANTS)
def test_opgaven_add_up_and_a_seed_decides(variant: str) -> None:
    one, same, other = (regional(variant, 1.02, seed, 80, 20) for seed in (10, 10, 11))
    assert one.opgave.sum() == round(one.persons.sum() * 1.02)
    assert (one.levels[0] == same.levels[0]).all()
    assert (one.opgave == same.opgave).all()
    assert not (one.levels[0] == other.levels[0]).all()


def test_each_variant_changes_what_it_names() -> None:
    plain = regional("region", 1.02, 10)
    changed = {name: regional(name, 1.02, 10) for name in VARIANTS[1:]}
    assert not np.array_equal(changed["iid"].levels[0], plain.levels[0])
    assert not np.array_equal(changed["profiles"].levels[0], plain.levels[0])
    assert changed["families"].persons.max() <= len(FAMILY_SHARES)
    assert changed["families"].persons.mean() > plain.persons.mean()
    five = [np.sort(month.opgave)[-5:].sum() / month.opgave.sum() for month in (plain, changed["clustered"])]
    assert five[1] > 1.2 * five[0]


def test_a_thin_month_has_few_places_and_the_levels_of_a_run() -> None:
    month = thin(240, 10)
    assert np.median(month.opgave) <= 2
    assert month.opgave.sum() == round(month.persons.sum() * 1.10)
    assert month.names == ("personen_gekoppeld", "kans_werk", "zachte_punten")
    assert (month.levels[0] == month.persons[:, None]).all()
    assert set(np.unique(month.levels[2]) % 10) == {0}
    assert as_a_run(month, 10).levels[0].shape == month.admissible.shape


def test_an_american_month_has_room_for_every_kind_of_person() -> None:
    month = affiliates(329, 10)
    assert month.resources is not None
    use, room = month.resources
    assert (use.sum(axis=1) == month.persons).all()
    assert (room.sum(axis=0) >= use.sum(axis=0) * 1.04).all()
    assert month.opgave.sum() == round(month.persons.sum() * 1.04)
    assert not month.admissible.all()


def test_an_american_month_is_solved_in_its_own_values_and_not_in_whole_ones() -> None:
    month = affiliates(24, 10)
    (ours,), (theirs,) = (METHODS[name].solve(month, 30.0, 0.0).bounds for name in ("koppelwijzer", "highs"))
    assert ours == pytest.approx(theirs, rel=1e-6)
    found = METHODS["koppelwijzer"].solve(month, 30.0, 0.0)
    assert found.gemeente is not None
    assert values(month, found.gemeente) == pytest.approx([ours], rel=1e-6)
    assert judged(month, found)[1] == ()
    assert judged(month, replace(found, bounds=(0.9 * float(ours or 0.0),)))[1] == ("its bound lies below its value",)


def test_a_level_of_a_run_that_is_not_whole_is_refused() -> None:
    assert in_units(np.array([[3.0, 4.0]])).tolist() == [[3, 4]]
    with pytest.raises(ValueError, match="whole units"):
        in_units(np.array([[0.3, 4.0]]))
    with pytest.raises(ValueError, match="whole units"):
        in_units(np.array([[2**31, 4]]))


def test_a_part_of_each_opgave_is_nested() -> None:
    month = nested(1.5, 10, 200, 120)
    assert month.resources is not None
    use, room = month.resources
    assert set(np.unique(use[:, 0] - month.persons)) <= {0, *(-month.persons)}
    assert (use[:, 0] > 0).sum() < 200
    assert (room[:, 0] <= month.opgave).all()
