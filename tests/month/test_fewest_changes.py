"""Decisions are followed; then nobody else changes who need not; then comes the policy. Held against brute force."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.domain.batch import Batch
from optimizer.domain.besluiten import FIXING, Besluit
from optimizer.domain.levels import ONGEWIJZIGD
from optimizer.model import Case
from optimizer.model.facts import Ints
from optimizer.month.decisions import decided, new_about
from optimizer.month.differences import differences
from optimizer.pipeline.judging import judged
from tests.proefbatch import AMERSFOORT, UTRECHT, ZWOLLE, baan, groep, huishouden, worked_out

PLACES = (UTRECHT, AMERSFOORT, ZWOLLE)


def month(rng: np.random.Generator) -> Batch:
    """A month of a few households for three municipalities, sometimes with a job, a lock or an exclusion."""
    names = [f"H{i}" for i in range(int(rng.integers(1, 6)))]
    households = []
    for name in names:
        cells: dict[str, object] = {"aantal_personen": int(rng.integers(1, 4))}
        if rng.random() < 0.15:
            cells |= {"vastgezet_gemeente": rng.choice(PLACES), "vastgezet_reden": "Mantelzorg"}
        elif rng.random() < 0.2:
            cells["uitgesloten_gemeenten"] = rng.choice(PLACES)
        households.append(huishouden(name, **cells))
    jobs = [baan(name, str(rng.choice(PLACES))) for name in names if rng.random() < 0.3]
    return groep(households, {g: int(rng.integers(0, 7)) for g in PLACES}, werk=jobs)


def links(case: Case) -> dict[str, str]:
    codes = np.append(case.facts.gemeenten.code.astype(object), "")
    return dict(zip(case.facts.huishoudens.tolist(), codes[case.answer.gemeente].tolist(), strict=True))


def decisions(rng: np.random.Generator, batch: Batch, earlier: dict[str, str]) -> tuple[Besluit, ...]:
    """Random decisions that can be followed, at most one a household."""
    table, out = batch.huishoudens.set_index("huishouden_id"), []
    for h, was in earlier.items():
        locked = str(table.at[h, "vastgezet_gemeente"])
        excluded = str(table.at[h, "uitgesloten_gemeenten"]).split()
        draw = rng.random()
        if was and draw < 0.15:
            out.append(Besluit(h, "akkoord", was, ""))
        elif was and draw < 0.5 and not locked:
            out.append(Besluit(h, str(rng.choice(["bezwaar", "uitsluiten"])), was, "Vol"))
        elif draw < 0.65:
            there = [g for g in PLACES if g not in excluded]
            out.append(Besluit(h, "vastzetten", str(rng.choice(there)), "Werk"))
    return tuple(out)


def every_answer(case: Case) -> list[Ints]:
    """Every answer that follows the decisions, the room and what the policy admits."""
    instance, rows = case.instance, case.facts.gemeenten.rows(list(PLACES)).tolist()
    fixed, answers = instance.vastgezet, []
    options = [
        [int(fixed[h])] if fixed[h] >= 0 else [-1, *(r for r in rows if instance.toegestaan[h, r])]
        for h in range(fixed.size)
    ]
    for answer in product(*options):
        at = np.array(answer, dtype=np.int64)
        free = (fixed < 0) & (at >= 0)
        used = np.bincount(at[free], weights=instance.personen[free], minlength=len(instance.opgave))
        if (used <= instance.opgave).all():
            answers.append(at)
    return answers


def worth(case: Case, gemeente: Ints) -> tuple[int, ...]:
    on = np.flatnonzero(gemeente >= 0)
    return tuple(int(level.value[on, gemeente[on]].sum()) for level in case.instance.niveaus)


def kept(case: Case, gemeente: Ints) -> int:
    before = case.facts.eerder
    assert before is not None
    return int(((before >= 0) & (before == gemeente)).sum())


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_decisions_then_fewest_changes_then_the_policy_is_what_brute_force_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    batch = month(rng)
    earlier = links(worked_out(batch, "straal50"))
    besluiten = decisions(rng, batch, earlier)
    case = worked_out(decided(batch, besluiten, earlier), "straal50")
    now = links(case)
    for b in besluiten:
        assert (now[b.huishouden_id] == b.gemeente) == (b.soort in FIXING)
    assert case.instance.niveaus[0].naam == ONGEWIJZIGD
    assert worth(case, case.answer.gemeente) == max(worth(case, answer) for answer in every_answer(case))
    first = case.answer.niveaus[0]
    same = sum(now[h] == g != "" for h, g in earlier.items())
    assert (first.waarde, first.grens, first.status) == (same, same, "proven")
    judged(case)


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["handmatig", "blijf_in_regio", "loting"]))
def test_a_policy_without_levels_lets_as_many_stay_too(seed: int, beleid: str) -> None:
    rng = np.random.default_rng(seed)
    batch = month(rng)
    earlier = links(worked_out(batch, beleid))
    besluiten = decisions(rng, batch, earlier)
    case = worked_out(decided(batch, besluiten, earlier), beleid)
    now = links(case)
    for b in besluiten:
        assert (now[b.huishouden_id] == b.gemeente) == (b.soort in FIXING)
    assert kept(case, case.answer.gemeente) == max(kept(case, answer) for answer in every_answer(case))
    judged(case)


@pytest.mark.parametrize("seed", range(4))
def test_without_decisions_nothing_changes(seed: int) -> None:
    batch = month(np.random.default_rng(seed))
    earlier = links(worked_out(batch))
    assert differences(earlier, links(worked_out(decided(batch, (), earlier))), ()).empty


def test_who_moves_for_another_is_a_consequence_and_only_as_few_as_must() -> None:
    batch = groep([huishouden("H1"), huishouden("H2"), huishouden("H3")], {UTRECHT: 1, AMERSFOORT: 1, ZWOLLE: 1})
    earlier = {"H1": UTRECHT, "H2": AMERSFOORT, "H3": ZWOLLE}
    besluiten = (Besluit("H1", "bezwaar", UTRECHT, "Vol"),)
    now = links(worked_out(decided(batch, besluiten, earlier)))
    changed = differences(earlier, now, new_about(besluiten))
    assert changed["reden"].tolist().count("besluit") == 1
    # To leave everybody else where they are comes before linking one person more.
    assert changed.values.tolist() == [["H1", UTRECHT, "", "besluit"]]


def test_a_difference_names_who_is_new_and_who_is_gone_in_the_order_of_the_second() -> None:
    earlier = {"A": UTRECHT, "B": "", "C": ZWOLLE, "D": ZWOLLE}
    now = {"E": "", "D": AMERSFOORT, "C": ZWOLLE, "B": UTRECHT}
    assert differences(earlier, now, {"D"}).values.tolist() == [
        ["E", "", "", "nieuw"],
        ["D", ZWOLLE, AMERSFOORT, "besluit"],
        ["B", "", UTRECHT, "gevolg"],
        ["A", UTRECHT, "", "vervallen"],
    ]
