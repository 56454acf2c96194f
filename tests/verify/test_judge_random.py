"""Random batches with a right proposal around which the opgave is drawn: approved, and any change is caught."""

from collections import Counter
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.verify import Oordeel, judge
from tests.verify.naief import Huishouden, binding_places, ends_first, exceptions, kept, outcome, row, serves
from tests.verify.zaken import LIJN, batch, parameters

PLACES = sorted(LIJN)
SLOW_MACHINE = settings(
    deadline=None,
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
pytestmark = pytest.mark.usefixtures("op_de_lijn")

places = st.sampled_from(PLACES)
yes_no = st.sampled_from(["ja", "nee", ""])
banen = st.fixed_dictionaries(
    {
        "werk_gemeente": places,
        "uren_per_week": st.sampled_from([4.0, 7.9, 8.0, 20.0, 40.0, 48.0]),
        "contract_getekend": st.sampled_from(["ja", "ja", "ja", "nee", ""]),
        "loonstrook_gezien": st.sampled_from(["ja", "ja", "ja", "nee", ""]),
        "soort": st.sampled_from(["loondienst", "", "zelfstandig"]),
        "via_uitzendbureau": yes_no,
    },
    optional={
        "contract_begin": st.sampled_from(["2026-01-31", "2026-09-24", "2026-09-25"]),
        "contract_maanden": st.integers(1, 14),
        "contract_einde": st.sampled_from(["2026-12-23", "2026-12-24", "2028-02-29"]),
    },
)
gronden = st.fixed_dictionaries(
    {
        "grond": st.sampled_from(["gezin", "studie", "medisch", "netwerk"]),
        "gemeente": places,
        "bewijs": st.sampled_from(["ja", "verklaring", "nee", ""]),
    }
)
households = st.tuples(
    st.fixed_dictionaries(
        {"aantal_personen": st.integers(1, 6), "opvang_gemeente": places, "lock": st.sampled_from([0, 0, 0, 1])}
    ),
    st.lists(banen, max_size=3),
    st.lists(gronden, max_size=3),
    st.sampled_from(["", *PLACES]),
)


@st.composite
def months(draw: st.DrawFn) -> tuple[list[Huishouden], dict[str, int]]:
    """Households with a link each, and an opgave that the unlocked ones fit in."""
    people = []
    for i, (record, jobs, grounds, link) in enumerate(draw(st.lists(households, min_size=1, max_size=5))):
        lock = link if record.pop("lock") else ""
        fixed = {**record, "huishouden_id": f"H{i}", "vastgezet_gemeente": lock, "vastgezet_reden": lock and "wens"}
        people.append(Huishouden(fixed, tuple(jobs), tuple(grounds), link))
    opgave = {}
    for place in PLACES:
        locked, free = persons(people, place, True), persons(people, place, False)
        spare = draw(st.integers(0, 2))
        opgave[place] = locked + free + spare if free else draw(st.integers(0, locked))
    return people, opgave


def persons(people: list[Huishouden], place: str, locked: bool) -> int:
    return sum(h.record["aantal_personen"] for h in people if h.link == place and h.locked == locked)


def as_batch(people: list[Huishouden], opgave: dict[str, int]) -> Batch:
    return batch(
        [h.record for h in people],
        personen=[{"persoon_id": f"P{h.id}", "huishouden_id": h.id} for h in people],
        werk=[{**b, "persoon_id": f"P{h.id}"} for h in people for b in h.banen],
        gronden=[{**g, "huishouden_id": h.id} for h in people for g in h.gronden],
        opgave=opgave,
    )


def as_voorstel(people: list[Huishouden]) -> pd.DataFrame:
    return pd.DataFrame([row(h) for h in people], dtype=str)


def verdict(
    people: list[Huishouden], opgave: dict[str, int], said: pd.DataFrame, eisen: Eisen | None = None
) -> Oordeel:
    return judge(as_batch(people, opgave), said, parameters=parameters(), eisen=eisen)


@SLOW_MACHINE
@given(months())
def test_a_proposal_that_is_right_by_construction_is_approved_with_the_same_exceptions(
    month: tuple[list[Huishouden], dict[str, int]],
) -> None:
    people, opgave = month
    oordeel = verdict(people, opgave, as_voorstel(people))
    assert oordeel.overtredingen == ()
    expected = Counter((h.id, soort) for h in people for soort in exceptions(h))
    expected += Counter(
        (h.id, "vastgezet_boven_opgave")
        for h in people
        if h.link and h.locked and persons(people, h.link, True) > opgave[h.link]
    )
    assert Counter((b.huishouden_id, b.code) for b in oordeel.uitzonderingen) == expected


@SLOW_MACHINE
@given(months())
def test_outcomes_and_losses_agree_with_plain_arithmetic(month: tuple[list[Huishouden], dict[str, int]]) -> None:
    people, opgave = month
    table = verdict(people, opgave, as_voorstel(people)).banen
    jobs = [(h, b) for h in people for b in h.banen]
    assert table["uitkomst"].tolist() == [outcome(h, b) for h, b in jobs]
    lost = [np.nan if not h.link else 0.0 if ends_first(b) else 1.0 - kept(h, b) for h, b in jobs]
    expected = [kept(h, b) if h.link else np.nan for h, b in jobs]
    np.testing.assert_allclose(table["verwacht_behouden"].to_numpy(np.float64), expected, atol=1e-12)
    np.testing.assert_allclose(table["verwacht_verloren"].to_numpy(np.float64), lost, atol=1e-12)


@SLOW_MACHINE
@given(months())
def test_a_policy_that_binds_grounds_forbids_exactly_what_lies_out_of_reach_of_the_binding_ones(
    month: tuple[list[Huishouden], dict[str, int]],
) -> None:
    people, opgave = month
    oordeel = verdict(people, opgave, as_voorstel(people), Eisen("straal50"))
    wrong = [h.id for h in people if h.link and not h.locked and not serves(h.link, binding_places(h))]
    assert [b.huishouden_id for b in oordeel.overtredingen] == wrong
    assert {b.code for b in oordeel.overtredingen} <= {"grond_buiten_straal"}


@SLOW_MACHINE
@given(months(), st.data())
def test_any_cell_that_is_changed_is_caught_and_only_that(
    month: tuple[list[Huishouden], dict[str, int]], data: st.DataObject
) -> None:
    people, opgave = month
    said = as_voorstel(people)
    column = data.draw(st.sampled_from([c for c in said.columns if c not in {"huishouden_id", "gemeente"}]))
    i = data.draw(st.integers(0, len(people) - 1))
    numeric = column in {"aantal_personen", "afstand_km", "dagen_sinds_vergunning"} or column.startswith("banen")
    said.loc[i, column] = "7777,7" if numeric or column == "verwacht_behouden" else "anders"
    assert [b.code for b in verdict(people, opgave, said).overtredingen] == [f"{column}_onjuist"]


@SLOW_MACHINE
@given(months(), st.data())
def test_one_person_more_than_the_opgave_is_caught(
    month: tuple[list[Huishouden], dict[str, int]], data: st.DataObject
) -> None:
    people, opgave = month
    filled = [place for place in PLACES if persons(people, place, False)]
    assume(filled)
    place = data.draw(st.sampled_from(filled))
    exact = persons(people, place, True) + persons(people, place, False)
    assert verdict(people, {**opgave, place: exact}, as_voorstel(people)).goedgekeurd
    codes = [b.code for b in verdict(people, {**opgave, place: exact - 1}, as_voorstel(people)).overtredingen]
    assert codes == ["opgave_overschreden"]


@SLOW_MACHINE
@given(months(), st.randoms(use_true_random=False), st.data())
def test_rows_that_are_missing_double_or_unknown_are_caught_in_any_order(
    month: tuple[list[Huishouden], dict[str, int]], random: Random, data: st.DataObject
) -> None:
    people, opgave = month
    said = as_voorstel(people)
    order = list(range(len(said)))
    random.shuffle(order)
    assert verdict(people, opgave, said.iloc[order]).goedgekeurd
    i = data.draw(st.integers(0, len(people) - 1))
    without = verdict(people, opgave, said.drop(index=i)).overtredingen
    double = verdict(people, opgave, pd.concat([said, said.iloc[[i]]])).overtredingen
    stranger = verdict(people, opgave, pd.concat([said, said.iloc[[i]].assign(huishouden_id="X")])).overtredingen
    found = [[(b.code, b.huishouden_id) for b in bs] for bs in (without, double, stranger)]
    locked = [("huishouden_ontbreekt", people[i].id)]
    assert found == [locked, [("huishouden_dubbel", people[i].id)], [("huishouden_onbekend", "X")]]
