"""One month that is large as it is: 13,000 households, tight by 5 %."""

import numpy as np

from optimizer.solve import assign


def test_thirteen_thousand_households_are_linked_within_two_in_ten_thousand_of_the_bound() -> None:
    rng = np.random.default_rng(13)
    persons = rng.choice(np.arange(1, 7), size=13_000, p=[0.45, 0.2, 0.12, 0.1, 0.08, 0.05])
    opgave = np.floor(rng.dirichlet(np.full(150, 2.0)) * persons.sum() * 1.05).astype(np.int64)
    benefit = rng.normal(0.6, 0.1, (13_000, 150)) + rng.normal(0, 0.05, 150)
    admissible = rng.random(benefit.shape) < 0.9
    answer = assign(benefit, persons, opgave, admissible, unlinked_value=0.0, workers=2)
    linked = np.flatnonzero(answer.gemeente >= 0)
    to = answer.gemeente[linked]
    assert admissible[linked, to].all()
    assert (np.bincount(to, weights=persons[linked], minlength=150) <= opgave).all()
    assert abs(answer.value - benefit[linked, to].sum()) <= 1e-9 * answer.value
    assert 0 <= answer.gap <= 2e-4
