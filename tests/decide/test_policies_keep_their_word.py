"""The defining property of each policy, on random months that can be linked in full by construction."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.decide import lottery_draws
from optimizer.domain.batch import Batch
from optimizer.model import Case, collect
from optimizer.model.instance import Instance
from optimizer.policy import load_beleid, names
from optimizer.verify import judge
from tests.decide.maanden import KM, PLACES, G, Maand, km, maanden, rows
from tests.proefbatch import AMERSFOORT, UTRECHT, ZWOLLE, eisen, groep, huishouden, parameters, worked_out

QUICK = settings(max_examples=4)
OPTIMISING = [n for n in names() if load_beleid(n).methode == "optimaal"]
LIKE_KANSRIJK = ["straal50", "kansrijk", "kansrijk_zonder_verliezers", "gemeente", "beste_gezinslid"]


def value(instance: Instance, to: np.ndarray, levels: int | None = None) -> tuple[int, ...]:
    """What an answer is worth on each level of a problem."""
    linked = np.flatnonzero(to >= 0)
    return tuple(int(n.value[linked, to[linked]].sum(dtype=np.int64)) for n in instance.niveaus[:levels])


def links(case: Case) -> dict[str, str]:
    codes = np.append(G.code.astype(object), "")
    return dict(zip(case.facts.huishoudens.tolist(), codes[case.answer.gemeente].tolist(), strict=True))


def persons_linked(case: Case) -> int:
    return int(case.facts.personen[case.answer.gemeente >= 0].sum())


@pytest.mark.parametrize("policy", ["straal50", "kansrijk", "gemeente", "blijf", "zonder_opgave", "beste_gezinslid"])
@QUICK
@given(month=maanden())
def test_a_month_that_can_be_linked_in_full_is_linked_in_full(policy: str, month: Maand) -> None:
    case = worked_out(month.batch, policy)
    assert persons_linked(case) == month.batch.personen_totaal
    assert case.answer.status == "proven"


@pytest.mark.parametrize("policy", OPTIMISING)
@QUICK
@given(month=maanden(households=3, places=(UTRECHT, AMERSFOORT, ZWOLLE)))
def test_no_answer_is_better_level_by_level(policy: str, month: Maand) -> None:
    case = worked_out(month.batch, policy)
    instance, three = case.instance, rows([UTRECHT, AMERSFOORT, ZWOLLE])
    best = value(instance, case.answer.gemeente)
    assert [round(n.waarde / level.unit) for n, level in zip(case.answer.niveaus, instance.niveaus, strict=True)] == [
        *best
    ]
    for other in product([-1, *three.tolist()], repeat=instance.personen.size):
        to = np.array(other)
        linked = np.flatnonzero(to >= 0)
        used = np.bincount(to[linked], weights=instance.personen[linked], minlength=len(G))
        if instance.toegestaan[linked, to[linked]].all() and (used <= instance.opgave).all():
            assert value(instance, to) <= best


@pytest.mark.parametrize("policy", names())
@QUICK
@given(month=maanden(), share=st.sampled_from([0.0, 0.5, 1.0]))
def test_the_judge_approves_of_every_answer(policy: str, month: Maand, share: float) -> None:
    case = worked_out(month.batch, policy, bekend=share)
    frame = links(case)
    verdict = judge(
        month.batch,
        pd.DataFrame({"huishouden_id": list(frame), "gemeente": list(frame.values())}, dtype=str),
        parameters=parameters(),
        eisen=eisen(policy),
        bekend=share,
    )
    assert verdict.overtredingen == ()


@pytest.mark.parametrize("policy", [*LIKE_KANSRIJK, "arbeidsmarktregio"])
@QUICK
@given(month=maanden())
def test_without_opgave_no_policy_with_the_same_grounds_does_better(policy: str, month: Maand) -> None:
    bound, case = worked_out(month.batch, "zonder_opgave"), worked_out(month.batch, policy)
    for prefix in range(1, len(bound.instance.niveaus) + 1):
        assert value(bound.instance, bound.answer.gemeente, prefix) >= value(
            bound.instance, case.answer.gemeente, prefix
        )


@pytest.mark.parametrize("policy", [*LIKE_KANSRIJK, "arbeidsmarktregio", "handmatig"])
@QUICK
@given(month=maanden())
def test_on_its_own_levels_the_default_is_at_least_as_good_as_any_other_way_within_50_km(
    policy: str, month: Maand
) -> None:
    default, case = worked_out(month.batch, "kansrijk"), worked_out(month.batch, policy)
    assert value(default.instance, default.answer.gemeente) >= value(default.instance, case.answer.gemeente)


@QUICK
@given(month=maanden())
def test_a_ground_is_never_left_beyond_50_km_by_a_policy_that_binds_it(month: Maand) -> None:
    for policy in ("straal50", "kansrijk", "handmatig", "zonder_opgave"):
        to = links(worked_out(month.batch, policy))
        grounds = [*zip(month.batch.gronden["huishouden_id"], month.batch.gronden["gemeente"], strict=True)]
        hard = month.batch.werk[month.batch.werk["uren_per_week"] >= 8]
        grounds += [(p.removeprefix("P"), g) for p, g in zip(hard["persoon_id"], hard["werk_gemeente"], strict=True)]
        assert all(km(to[h], g) <= 50 for h, g in grounds if to[h])


@QUICK
@given(month=maanden())
def test_staying_near_reception_has_the_least_distance_in_all(month: Maand) -> None:
    to = links(worked_out(month.batch, "blijf"))
    reception = dict(
        zip(month.batch.huishoudens["huishouden_id"], month.batch.huishoudens["opvang_gemeente"], strict=True)
    )

    def moved(answer: dict[str, str]) -> int:
        return sum(round(10 * km(answer[h], reception[h])) for h in answer)

    assert moved(to) <= moved(month.answer)
    assert moved(to) <= moved(links(worked_out(month.batch, "kansrijk")))


@QUICK
@given(month=maanden())
def test_the_labour_market_region_of_the_main_job_is_never_left(month: Maand) -> None:
    to = links(worked_out(month.batch, "arbeidsmarktregio"))
    jobs = month.batch.werk.sort_values(["uren_per_week", "werk_gemeente"], ascending=[False, True], kind="stable")
    for person, place in jobs.drop_duplicates("persoon_id")[["persoon_id", "werk_gemeente"]].itertuples(index=False):
        home = to[person.removeprefix("P")]
        assert not home or G.arbeidsmarktregio[G.index[home]] == G.arbeidsmarktregio[G.index[place]]


@QUICK
@given(month=maanden())
def test_the_municipality_of_the_job_is_reached_at_least_as_often_as_by_any_other_policy(month: Maand) -> None:
    def at_work(policy: str) -> int:
        to = links(worked_out(month.batch, policy))
        return sum(
            to[p.removeprefix("P")] == g
            for p, g in zip(month.batch.werk["persoon_id"], month.batch.werk["werk_gemeente"], strict=True)
        )

    assert at_work("gemeente") >= max(at_work("straal50"), at_work("kansrijk"))


@QUICK
@given(month=maanden())
def test_without_losers_the_shortfall_is_never_larger_than_under_the_default(month: Maand) -> None:
    fair, default = worked_out(month.batch, "kansrijk_zonder_verliezers"), worked_out(month.batch, "kansrijk")
    levels = [n.naam for n in fair.instance.niveaus]
    k = levels.index("kans_tot_loting")
    ours, theirs = (value(fair.instance, c.answer.gemeente) for c in (fair, default))
    assert ours[:k] == theirs[:k]
    assert ours[k] >= theirs[k]


def by_hand(batch: Batch, *, look_at_grounds: bool) -> dict[str, str]:
    """The sequential rule once more: by permit date, then id; nearest within reach, else the largest rest."""
    rest = {str(g): int(n) for g, n in batch.opgave.items()}
    people = batch.huishoudens.sort_values(["vergunning_datum", "huishouden_id"])
    to: dict[str, str] = {}
    for h, size, home in people[["huishouden_id", "aantal_personen", "opvang_gemeente"]].itertuples(index=False):
        places = [*batch.gronden["gemeente"][batch.gronden["huishouden_id"] == h]]
        mine = batch.werk[(batch.werk["persoon_id"] == f"P{h}") & (batch.werk["uren_per_week"] >= 8)]
        places = [*places, *mine["werk_gemeente"]] if look_at_grounds else []
        fits = [g for g in rest if rest[g] >= size and all(km(g, p) <= 50 for p in places)]
        same = [g for g in fits if G.koppelregio[G.index[g]] == G.koppelregio[G.index[home]]]
        choice = fits if places else same or fits
        to[h] = min(choice, key=lambda g: (max((km(g, p) for p in places), default=0), -rest[g], g), default="")
        if to[h]:
            rest[to[h]] -= size
    return {h: to[h] for h in batch.huishoudens["huishouden_id"]}


@pytest.mark.parametrize("policy", ["handmatig", "koppelregio"])
@settings(max_examples=10)
@given(month=maanden(households=8))
def test_the_sequential_policies_follow_the_rule_as_a_person_would(policy: str, month: Maand) -> None:
    assert links(worked_out(month.batch, policy)) == by_hand(month.batch, look_at_grounds=policy == "handmatig")


@QUICK
@given(month=maanden(), seed=st.integers(0, 5))
def test_a_run_of_the_lottery_is_its_first_draw_and_every_draw_fits(month: Maand, seed: int) -> None:
    case = worked_out(month.batch, "loting", seed=seed)
    draws = lottery_draws(case.problem, 6)
    np.testing.assert_array_equal(draws[0], case.answer.gemeente)
    np.testing.assert_array_equal(draws[:3], lottery_draws(case.problem, 3))
    for draw in draws:
        linked = np.flatnonzero(draw >= 0)
        used = np.bincount(draw[linked], weights=case.facts.personen[linked], minlength=len(G))
        assert (used <= case.instance.opgave).all()


@QUICK
@given(month=maanden(), seed=st.integers(0, 5), shares=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_larger_share_known_contains_the_smaller(month: Maand, seed: int, shares: tuple[float, float]) -> None:
    few, many = (collect(month.batch, parameters(), seed=seed, bekend=share).banen.bekend for share in sorted(shares))
    assert not (few & ~many).any()


def test_the_lottery_chooses_in_proportion_to_the_rest() -> None:
    batch = groep([huishouden("H1")], {UTRECHT: 30, ZWOLLE: 10})
    draws = lottery_draws(worked_out(batch, "loting").problem, 2000)[:, 0]
    share = (draws == G.index[UTRECHT]).mean()
    assert set(draws.tolist()) == {G.index[UTRECHT], G.index[ZWOLLE]}
    assert abs(share - 0.75) < 0.04  # four standard deviations of a share of 2,000 draws


def test_the_places_of_the_months_lie_near_and_far() -> None:
    far = KM[np.ix_(rows([*PLACES]), rows([*PLACES]))]
    assert (far <= 50).sum() > len(PLACES)
    assert (far > 100).any()
