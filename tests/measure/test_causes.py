"""Why a job is lost: the five causes by hand, and program and judge agree on random months and proposals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.decide import in_order_draws, pose
from optimizer.domain.batch import Batch
from optimizer.domain.lottery import known
from optimizer.domain.uitvoer import UITKOMSTEN, VERLIESOORZAKEN
from optimizer.fit import household_chances, score
from optimizer.measure import causes, count, outcomes
from optimizer.model import Answer, Case, collect
from optimizer.policy import adapted, load_beleid, names
from optimizer.rules.parameters import Parameters
from optimizer.verify import judge
from tests.decide.maanden import PLACES, rows
from tests.proefbatch import (
    AMERSFOORT,
    GRONINGEN,
    MAASTRICHT,
    ROTTERDAM,
    UTRECHT,
    ZWOLLE,
    baan,
    eisen,
    groep,
    grond,
    huishouden,
    parameters,
)

FARTHER = {"gronden__bij_tekort": "uitzondering"}
KINDS = ("grote_woning", "toegankelijke_woning")
IN_ORDER = [n for n in names() if load_beleid(n).methode == "volgorde"]


def of_program(case: Case, *links: str) -> list[str]:
    """Causes of the jobs in a proposal, by the program; empty where nothing is lost."""
    found = outcomes(case.facts, rows([*links]), case.parameters).uitkomst
    return [*np.append(VERLIESOORZAKEN, "")[causes(case, rows([*links]), found)].tolist()]


def of_judge(case: Case, *links: str, policy: str | None) -> list[str]:
    """Causes of the jobs in a proposal, by the judge."""
    said = pd.DataFrame({"huishouden_id": case.facts.huishoudens, "gemeente": [*links]}, dtype=str)
    bound = None if policy is None else eisen(policy, case.parameters)
    facts = case.facts
    found = judge(case.batch, said, parameters=case.parameters, eisen=bound, bekend=facts.bekend, seed=facts.seed)
    return [str(cause) for cause in found.banen["oorzaak"]]


def posed(batch: Batch, policy: str, rules: Parameters, *, bekend: float = 1.0, seed: int = 0) -> Case:
    """A case that nobody answered yet."""
    facts = collect(batch, rules, seed=seed, bekend=bekend)
    problem = pose(facts, load_beleid(policy), rules, household_chances(batch, score(batch.personen, rules)))
    return Case(batch, problem, Answer(np.full(facts.personen.size, -1)))


def why(
    links: Mapping[str, str],
    opgave: Mapping[str, int],
    *,
    policy: str = "straal50",
    bekend: float = 1.0,
    job: Mapping[str, Any] | None = None,
    grounds: tuple[dict[str, Any], ...] = (),
    woningen: Mapping[str, int] | None = None,
    h1: Mapping[str, Any] | None = None,
    others: int = 1,
) -> str:
    """The cause of the job in Utrecht of H1, who lives there; program and judge must say the same.

    ``others`` is the number of persons of every other household.
    """
    people = [huishouden(h, **((h1 or {}) if h == "H1" else {"aantal_personen": others})) for h in links]
    batch = groep(
        people,
        opgave,
        werk=[baan("H1", UTRECHT, **(job or {}))],
        gronden=grounds,
        woningen=[{"gemeente": g, "soort": KINDS[1], "aantal": n} for g, n in (woningen or {}).items()],
    )
    case = posed(batch, policy, parameters(**FARTHER), bekend=bekend)
    [found] = of_program(case, *links.values())
    assert of_judge(case, *links.values(), policy=policy) == [found]
    return found


def test_a_job_that_was_not_known_in_time_is_lost_for_that_reason_before_any_other() -> None:
    assert why({"H1": ZWOLLE}, {ZWOLLE: 1}, bekend=0.0) == "niet_bekend"
    assert why({"H1": ZWOLLE}, {ZWOLLE: 1}, bekend=0.0, job={"uren_per_week": 6.0}) == "niet_bekend"
    assert why({"H1": ZWOLLE}, {ZWOLLE: 1}, bekend=1.0) != "niet_bekend"


@pytest.mark.parametrize(
    ("job", "cause"),
    [
        ({"uren_per_week": 7.9}, "geen_harde_grond"),
        ({"loonstrook_gezien": "nee"}, "geen_harde_grond"),
        ({"soort": "zelfstandig"}, "geen_harde_grond"),
        ({"uren_per_week": 8.0}, "geen_plek"),
    ],
)
def test_a_job_that_is_no_hard_ground_is_lost_for_that_reason(job: dict[str, Any], cause: str) -> None:
    assert why({"H1": ZWOLLE}, {ZWOLLE: 1}, job=job) == cause


def test_a_job_that_other_grounds_of_the_household_push_aside_is_lost_by_its_own_grounds() -> None:
    """No municipality lies within 50 km of both Groningen and Utrecht; medical goes before work."""
    medical = (grond("H1", "medisch", GRONINGEN),)
    assert why({"H1": GRONINGEN}, {GRONINGEN: 1}, grounds=medical) == "eigen_gronden"
    assert why({"H1": GRONINGEN}, {GRONINGEN: 1, UTRECHT: 9}, grounds=medical) == "eigen_gronden"
    # Who puts work first keeps it on the list: then it is room that lacks, or the policy.
    first = {"voorkeur_grond": "werk"}
    assert why({"H1": GRONINGEN}, {GRONINGEN: 1}, grounds=medical, h1=first) == "geen_plek"
    assert why({"H1": GRONINGEN}, {GRONINGEN: 1, UTRECHT: 1}, grounds=medical, h1=first) == "beleid"
    # A ground that goes together with the job pushes nothing aside.
    assert why({"H1": ZWOLLE}, {ZWOLLE: 1}, grounds=(grond("H1", "medisch", AMERSFOORT),)) == "geen_plek"


@pytest.mark.parametrize(
    ("links", "opgave", "persons", "cause"),
    [
        ({"H1": ZWOLLE}, {ZWOLLE: 9}, 1, "geen_plek"),
        ({"H1": ZWOLLE}, {ZWOLLE: 9, AMERSFOORT: 1}, 1, "beleid"),
        ({"H1": ZWOLLE}, {ZWOLLE: 9, AMERSFOORT: 1}, 2, "geen_plek"),  # one place, two persons
        ({"H1": ZWOLLE}, {ZWOLLE: 9, AMERSFOORT: 2}, 2, "beleid"),
        ({"H1": ZWOLLE}, {ZWOLLE: 9, GRONINGEN: 9, MAASTRICHT: 9}, 1, "geen_plek"),  # room, but far from the work
        ({"H1": ZWOLLE, "H2": AMERSFOORT}, {ZWOLLE: 9, AMERSFOORT: 1}, 1, "geen_plek"),  # H2 took the place
        ({"H1": ZWOLLE, "H2": AMERSFOORT}, {ZWOLLE: 9, AMERSFOORT: 2}, 1, "beleid"),
        ({"H1": ZWOLLE, "H2": ""}, {ZWOLLE: 9, AMERSFOORT: 1}, 1, "beleid"),  # who waits takes no place
    ],
)
def test_room_is_what_the_whole_proposal_leaves_within_50_km_of_the_work(
    links: dict[str, str], opgave: dict[str, int], persons: int, cause: str
) -> None:
    assert why(links, opgave, h1={"aantal_personen": persons}) == cause


@pytest.mark.parametrize(("homes", "cause"), [(0, "geen_plek"), (1, "beleid")])
def test_room_without_the_dwelling_that_a_household_needs_is_no_room(homes: int, cause: str) -> None:
    needs = {"woning_nodig": KINDS[1]}
    room = {ZWOLLE: 1, AMERSFOORT: 1}
    assert why({"H1": ZWOLLE}, room, h1=needs, woningen={ZWOLLE: 1, AMERSFOORT: homes}) == cause


def test_what_a_person_decided_is_policy_whatever_the_room() -> None:
    for place in (ZWOLLE, GRONINGEN):  # Groningen is the first municipality of the table
        lock = {"vastgezet_gemeente": place, "vastgezet_reden": "wens"}
        assert why({"H1": place}, {place: 1}, h1=lock) == "beleid"
    assert why({"H1": ZWOLLE}, {ZWOLLE: 1, UTRECHT: 1}, h1={"uitgesloten_gemeenten": UTRECHT}) == "beleid"


@pytest.mark.parametrize(
    ("policy", "cause"), [("handmatig", "geen_plek"), ("loting", "beleid"), ("koppelregio", "beleid")]
)
def test_only_a_policy_that_binds_grounds_may_call_it_lack_of_room(policy: str, cause: str) -> None:
    assert why({"H1": ZWOLLE}, {ZWOLLE: 1}, policy=policy) == cause


@pytest.mark.parametrize(
    ("link", "home", "job"),
    [
        (ROTTERDAM, UTRECHT, {}),  # kept
        (MAASTRICHT, GRONINGEN, {}),  # too far already
        (ZWOLLE, UTRECHT, {"contract_einde": "2026-11-01"}),  # ends first
        ("", UTRECHT, {}),  # undecided
    ],
)
def test_a_job_that_the_rule_does_not_lose_has_no_cause(link: str, home: str, job: dict[str, Any]) -> None:
    assert why({"H1": link}, {g: 1 for g in (link,) if g}, h1={"opvang_gemeente": home}, job=job) == ""


@dataclass(frozen=True)
class Month:
    """A month with everything that a cause looks at, what is chosen in its rules, and where each household goes.

    Neither grounds nor room need to go together: anybody may make such a proposal.
    """

    batch: Batch
    choices: Mapping[str, Any]
    links: Sequence[str]

    @property
    def rules(self) -> Parameters:
        """The rules in force."""
        return parameters(woningen__groot_vanaf_personen=4, **self.choices)


@st.composite
def months(draw: st.DrawFn) -> Month:
    """A month; who is locked goes there."""
    place, few = st.sampled_from(PLACES), st.integers(0, 3)
    people, jobs, grounds, links = [], [], [], []
    for i in range(draw(st.integers(1, 6))):
        name, lock = f"H{i}", draw(st.sampled_from(["", "", "", *PLACES]))
        people.append(
            huishouden(
                name,
                aantal_personen=draw(st.integers(1, 4)),
                opvang_gemeente=draw(place),
                vergunning_datum=draw(st.sampled_from(["2026-08-01", "2026-09-01"])),
                vastgezet_gemeente=lock,
                vastgezet_reden=lock and "wens",
                voorkeur_grond=draw(st.sampled_from(["", "werk", "gezin", "studie", "medisch"])),
                woning_nodig=draw(st.sampled_from(["", "", *KINDS])),
            )
        )
        for _ in range(draw(few)):
            hours, seen = draw(st.sampled_from([4.0, 8.0, 24.0, 36.0])), draw(st.sampled_from(["ja", "ja", "nee"]))
            ends = draw(st.sampled_from([None, None, 2, 9]))
            jobs.append(baan(name, draw(place), uren_per_week=hours, loonstrook_gezien=seen, contract_maanden=ends))
        for _ in range(draw(st.integers(0, 2))):
            grounds.append(grond(name, draw(st.sampled_from(["gezin", "studie", "medisch"])), draw(place)))
        links.append(lock or draw(st.sampled_from(["", *PLACES])))
    batch = groep(
        people,
        {g: draw(st.integers(0, 4)) for g in PLACES},
        werk=jobs,
        gronden=grounds,
        overeenkomsten=[
            {"gemeente": g, "vanaf": "2026-01-01", "effect": "blijft"}
            for g in draw(st.lists(place, unique=True, max_size=3))
        ],
        woningen=[
            {"gemeente": g, "soort": kind, "aantal": draw(st.integers(0, 2))}
            for kind in draw(st.lists(st.sampled_from(KINDS), unique=True))
            for g in PLACES
        ],
        capaciteit={g: draw(st.integers(0, 4)) for g in PLACES},
    )
    choices = {
        "taakstelling__regime": draw(st.sampled_from(["taakstelling", "capaciteit"])),
        "gronden__bij_tekort": draw(st.sampled_from(["wachten", "uitzondering"])),
    }
    return Month(batch, choices, links)


@pytest.mark.parametrize("policy", ["straal50", "koppelregio", "zonder_opgave"])
@settings(max_examples=50)
@given(month=months(), share=st.sampled_from([0.5, 1.0]), seed=st.integers(0, 3))
def test_program_and_judge_agree_on_every_cause(policy: str, month: Month, share: float, seed: int) -> None:
    rules = month.rules
    case = posed(month.batch, policy, rules, bekend=share, seed=seed)
    fixed = case.facts.vastgezet
    links = [str(case.facts.gemeenten.code[f]) if f >= 0 else g for f, g in zip(fixed, month.links, strict=True)]
    found = of_program(case, *links)
    assert found == of_judge(case, *links, policy=policy)
    lost = outcomes(case.facts, rows(links), rules).uitkomst == UITKOMSTEN.index("verloren_regel")
    assert [bool(cause) for cause in found] == lost.tolist()


def test_a_proposal_that_is_judged_without_a_policy_counts_as_one_that_binds_grounds() -> None:
    case = posed(groep([huishouden("H1")], {ZWOLLE: 1}, werk=[baan("H1", UTRECHT)]), "straal50", parameters())
    assert of_judge(case, ZWOLLE, policy=None) == ["geen_plek"]


@pytest.mark.parametrize("policy", [*IN_ORDER, "met_kans"])
@settings(max_examples=20)  # each example works four months out
@given(month=months())
def test_all_draws_at_once_link_and_count_as_each_draw_alone(policy: str, month: Month) -> None:
    """Draw s is the published one of seed s, which nothing else looks at in a policy that goes one by one."""
    batch, rules = month.batch, month.rules
    with_chance = adapted(load_beleid("een_voor_een"), {"let_op_kans": True})
    beleid = with_chance if policy == "met_kans" else load_beleid(policy)
    kansen = household_chances(batch, score(batch.personen, rules))
    every, nothing = (pose(collect(batch, rules, bekend=share), beleid, rules, kansen) for share in (1.0, 0.0))
    in_time = np.stack([known(seed, every.facts.huishoudens.tolist(), 0.5) for seed in range(4)])
    links = in_order_draws(every, nothing, in_time)
    counted = count(Case(batch, every, Answer(links[0])), links, in_time)
    for seed in range(4):
        alone = pose(collect(batch, rules, bekend=0.5, seed=seed), beleid, rules, kansen)
        [link] = in_order_draws(alone, alone, np.ones((1, len(batch.huishoudens)), dtype=np.bool_))
        np.testing.assert_array_equal(links[seed], link)
        for name, value in count(Case(batch, alone, Answer(link)), link).items():
            np.testing.assert_allclose(counted[name][seed], value, rtol=1e-12, err_msg=name)  # sums in another order
