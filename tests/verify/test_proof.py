"""The judge of bounds: true certificates pass, changed ones never prove anything false."""

import copy
import random
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.solve import Level, LevelsAnswer, solve_levels
from optimizer.solve.problem.lottery import lottery_value
from optimizer.verify.bound.proof import Question, check_answer, check_levels

Ints = npt.NDArray[np.int64]


def month(seed: int, households: int, gemeenten: int, sides: bool = False) -> Question:
    """Draw a month of three levels: persons, jobs, chance of work."""
    rng = np.random.default_rng(seed)
    persons = rng.choice([1, 1, 1, 2, 2, 3, 4], households)
    shape = (households, gemeenten)
    ratio = float(rng.choice([0.9, 1.05, 1.5]))
    opgave = np.floor(rng.dirichlet(np.full(gemeenten, 3.0)) * persons.sum() * ratio).astype(np.int64)
    region = rng.integers(-1, 2, gemeenten) if sides else np.full(gemeenten, -1)
    ceiling = np.array([opgave[region == r].sum() * 4 // 5 for r in (0, 1)]) if sides else np.zeros(0, np.int64)
    use = (persons > 2).astype(np.int64)[:, None] if sides else np.zeros((households, 0), np.int64)
    capacity = rng.integers(0, 3, (gemeenten, 1)) if sides else np.zeros((gemeenten, 0), np.int64)
    values = (
        np.repeat(persons[:, None], gemeenten, axis=1),
        (rng.random(shape) < 0.15).astype(np.int64),
        rng.integers(0, 400, shape),
    )
    return Question(values, persons, opgave, rng.random(shape) < 0.85, use, capacity, region, ceiling)


def solved(question: Question, **options: Any) -> tuple[LevelsAnswer, Question, list[dict[str, Any]]]:
    """Solve with certificates; the lottery is a level of the question too where it was drawn."""
    sides = question.use.shape[1] > 0
    answer = solve_levels(
        [Level(str(k), value) for k, value in enumerate(question.values)],
        question.persons,
        question.opgave,
        question.allowed,
        (question.use, question.capacity) if sides else None,
        (question.region, question.ceiling) if sides else None,
        certify=True,
        **options,
    )
    values = list(question.values)
    if len(answer.certificates) > len(values):
        lots = np.arange(question.persons.size, dtype=np.uint64)
        values.append(lottery_value(lots, question.opgave.size).astype(np.int64))
    whole = Question(values, *list(vars(question).values())[1:])
    return answer, whole, [certificate.as_dict() for certificate in answer.certificates]


@pytest.mark.parametrize("sides", [False, True])
@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_bounds_of_small_months_are_certified_or_say_whose_word_they_are(sides: bool, seed: int) -> None:
    question = month(seed, 14, 5, sides)
    answer, whole, certificates = solved(question)
    verdicts = check_levels(whole, answer.gemeente, certificates)
    assert not [verdict.faults for verdict in verdicts if verdict.faults]
    assert [(one.value, one.bound) for one in verdicts] == [
        (one.value, one.bound) for one in answer.levels[: len(verdicts)]
    ]


def test_most_bounds_of_plain_months_are_certified_without_anybodys_word() -> None:
    kinds: list[str] = []
    for seed in range(6):
        answer, whole, certificates = solved(month(seed, 60, 12))
        verdicts = check_levels(whole, answer.gemeente, certificates)
        assert not any(verdict.faults for verdict in verdicts)
        assert [verdict.certified for verdict in verdicts] == [one.certified for one in answer.certificates]
        kinds += [one["soort"] for one in certificates]
    assert {"tree", "knapsacks", "prices"} <= set(kinds)
    words = [kind for kind in kinds if kind in ("SCIP", "HiGHS", "branch", "none")]
    assert len(words) <= len(kinds) // 5


def test_a_bound_with_a_gap_is_certified_as_far_as_it_goes() -> None:
    answer, whole, certificates = solved(month(3, 60, 12), work_limit=20)
    verdicts = check_levels(whole, answer.gemeente, certificates)
    assert not any(verdict.faults for verdict in verdicts)


def best_values(question: Question) -> list[int]:
    """The lexicographic optimum by trying every answer."""
    best: list[int] = []
    for choice in product(range(-1, question.opgave.size), repeat=question.persons.size):
        gemeente = np.array(choice)
        if check_answer(question, gemeente):
            continue
        linked = np.flatnonzero(gemeente >= 0)
        key = [int(value[linked, gemeente[linked]].sum()) for value in question.values]
        best = max(best, key)
    return best


def mutated(certificates: list[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    """Change one number, list or word somewhere in a certificate."""
    out = copy.deepcopy(certificates)
    places: list[tuple[Any, Any]] = []

    def walk(thing: Any) -> None:
        entries = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
        for key, inner in entries:
            places.append((thing, key))
            walk(inner)

    walk(out)
    holder, key = rng.choice(places)
    old = holder[key]
    if isinstance(old, bool) or old is None:
        holder[key] = [1]
    elif isinstance(old, int):
        holder[key] = old + rng.choice([-1, 1, -7, 1000, -(2**30), 2**61, 2**70])
    elif isinstance(old, str):
        holder[key] = rng.choice(["prices", "knapsacks", "tree", "SCIP", "anders"])
    elif isinstance(old, list):
        holder[key] = rng.choice([[], old[:-1], old[::-1], [*old, *old[:1]], None, 3])
    else:
        holder[key] = None
    return out


@pytest.mark.parametrize("sides", [False, True])
def test_no_changed_certificate_proves_a_bound_below_the_true_optimum(sides: bool) -> None:
    rng = random.Random(4)  # noqa: S311
    for seed in range(6):
        question = month(seed + 40, 6, 3, sides)
        answer, whole, certificates = solved(question)
        truth = best_values(whole)
        worse = np.where(rng.random() < 0.5, answer.gemeente, np.roll(answer.gemeente, 1))
        for _ in range(150):
            changed = mutated(certificates, rng)
            gemeente = rng.choice([answer.gemeente, worse])
            reached: list[int] = []
            for verdict in check_levels(whole, gemeente, changed):
                if verdict.certified and reached == truth[: len(reached)]:
                    assert verdict.bound >= truth[len(reached)]
                reached.append(verdict.value)


def test_a_certificate_of_a_better_bound_than_there_is_is_refused() -> None:
    answer, whole, certificates = solved(month(3, 60, 12), work_limit=20)
    open_levels = [k for k, level in enumerate(answer.levels[:3]) if level.bound > level.value]
    assert open_levels
    lie = copy.deepcopy(certificates)
    lie[open_levels[0]]["grens"] = answer.levels[open_levels[0]].value
    assert check_levels(whole, answer.gemeente, lie)[open_levels[0]].faults


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: one.update(waarde=one["waarde"] + 1), "the value is not that of the answer"),
        (lambda one: one.update(grens=one["waarde"] - 1), "the bound lies below the value"),
        (lambda one: one.update(soort="gezien"), "no such kind"),
        (lambda one: one["prijzen"][0].update(schaal=0), "a scale of at least 1"),
        (lambda one: one["prijzen"][0].update(plaats=[0.5] * 12), "something else than a whole number"),
        (lambda one: one["prijzen"][0].update(plaats=[-1] * 12), "negative where it may not be"),
        (lambda one: one["prijzen"][0].update(plaats=[2**61] * 12), "too large"),
    ],
)
def test_a_certificate_that_makes_no_sense_is_refused_with_the_reason(change: Any, said: str) -> None:
    answer, whole, certificates = solved(month(0, 60, 12))
    change(certificates[0])
    assert said in check_levels(whole, answer.gemeente, certificates)[0].faults[0].en


def test_an_answer_that_breaks_a_rule_has_no_proof() -> None:
    answer, whole, certificates = solved(month(0, 60, 12))
    crowded = np.where(answer.gemeente >= 0, 0, -1)
    assert all(verdict.faults for verdict in check_levels(whole, crowded, certificates))
