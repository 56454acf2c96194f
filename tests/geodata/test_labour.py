import numpy as np
import pytest
from scipy.integrate import quad

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from geodata.labour import COMMUTE, SECTORS, Decay, load_vestigingen, within_reach


def test_the_commuting_curve_has_the_published_mean_and_tail() -> None:
    # The mean of a distance is the area under the share that travels farther.
    mean, _ = quad(lambda km: float(COMMUTE(np.array(km))), 0, 500)
    assert mean == pytest.approx(19.9, abs=0.05)
    assert float(COMMUTE(np.array(50.0))) == pytest.approx(0.04, abs=0.0005)


def test_the_curve_is_one_at_home_and_never_rises() -> None:
    weight = COMMUTE(np.linspace(0, 300, 500))
    assert weight[0] == 1
    assert (np.diff(weight) <= 0).all()


@pytest.mark.parametrize(("shape", "scale"), [(0, 20), (1.4, -1), (float("nan"), 20)])
def test_a_curve_with_senseless_parameters_is_refused(shape: float, scale: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        Decay(shape, scale)


def test_establishments_are_known_for_every_municipality_and_sector() -> None:
    vestigingen = load_vestigingen()
    assert vestigingen.sectors == SECTORS
    assert vestigingen.counts.shape == (342, 8)
    assert (vestigingen.counts >= 0).all()
    assert (vestigingen.counts.sum(axis=1) > 0).all()
    assert vestigingen.arbeidsparticipatie.min() > 0.5
    assert vestigingen.arbeidsparticipatie.max() < 0.85


def test_amsterdam_has_the_most_establishments() -> None:
    row = load_vestigingen().counts.sum(axis=1).argmax()
    assert load_gemeenten().naam[row] == "Amsterdam"


def test_without_travel_only_the_own_municipality_counts() -> None:
    far = np.where(np.eye(342, dtype=bool), 0.0, 1e6)
    np.testing.assert_array_equal(within_reach(far), load_vestigingen().counts)


def test_more_work_is_within_reach_of_utrecht_than_of_sluis() -> None:
    reach, gemeenten = within_reach(matrix()), load_gemeenten()
    assert (reach[gemeenten.index["GM0344"]] > 3 * reach[gemeenten.index["GM1714"]]).all()
