"""Who gains and who loses, counted by brute force; and nothing small can be worked out from what is shown."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.domain.maten import MATEN
from optimizer.measure import Comparison, winners
from optimizer.measure.shield import shield
from optimizer.pipeline.policies import compare
from optimizer.policy import load_beleid
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    GRONINGEN,
    MAASTRICHT,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    huishouden,
    in_force,
    parameters,
)

SIZES = [1 + i % 3 for i in range(24)]
PEOPLE = [
    huishouden(f"H{i}", aantal_personen=SIZES[i], opvang_gemeente=[UTRECHT, ZWOLLE, MAASTRICHT][i % 3])
    for i in range(24)
]
ADULTS = [
    {
        "persoon_id": f"P{'H' if k == 0 else 'x'}{i}",
        "huishouden_id": f"H{i}",
        "opleiding": ["laag", "hoog", ""][(i + k) % 3],
        "taalniveau": ["A1", "B1"][i % 2],
        "wil_werken": "ja",
    }
    for i in range(24)
    for k in range(min(2, SIZES[i]))
]
BATCH = groep(
    PEOPLE,
    {UTRECHT: 9, AMERSFOORT: 8, ZWOLLE: 10, GRONINGEN: 9, MAASTRICHT: 9},
    werk=[baan(f"H{i}", [UTRECHT, AMSTERDAM, GRONINGEN][i % 3]) for i in range(0, 24, 2)],
    personen=ADULTS,
)
RULES = parameters(winnaars__minste_groep=4)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    policies = tuple(load_beleid(name) for name in ("loting", "handmatig", "kansrijk"))
    return compare(in_force(BATCH, RULES), policies, draws=7, followed=True)


@pytest.fixture(scope="module")
def table(comparison: Comparison) -> pd.DataFrame:
    return winners(BATCH, comparison.lot, "handmatig", RULES)


def test_the_counts_of_the_comparison_are_the_sums_over_adults(comparison: Comparison) -> None:
    rows = comparison.tabel.set_index("beleid")
    for name, lot in comparison.lot.items():
        if not lot.drawn:
            total = {maat: float(np.nansum(values)) for maat, values in lot.values.items()}
            assert total["kans_werk"] == pytest.approx(rows["kans_werk"].to_dict()[name])
            assert total["verwacht_behouden"] == pytest.approx(rows["verwacht_behouden"].to_dict()[name], abs=0.01)


def test_every_row_is_what_a_loop_over_the_adults_counts(comparison: Comparison, table: pd.DataFrame) -> None:
    size = {h["huishouden_id"]: h["aantal_personen"] for h in PEOPLE}
    reception = {h["huishouden_id"]: h["opvang_gemeente"] for h in PEOPLE}
    works = set(BATCH.werk["persoon_id"])
    smallest = RULES["winnaars/minste_verschil"]
    shown = table[table["onderdrukt"] == "nee"].to_dict("records")
    assert len(shown) > 30
    assert {row["beleid"] for row in shown} == {"loting", "kansrijk"}
    for row in shown:
        ours, base = comparison.lot[row["beleid"]], comparison.lot["handmatig"]
        gains = loses = waiting = adults = 0
        differences: dict[str, list[float]] = {}
        for i, person in enumerate(ADULTS):
            home = person["huishouden_id"]
            mine = {
                "alle": "alle",
                "opvang_gemeente": reception[home],
                "opleiding": person["opleiding"] or "onbekend",
                "taalniveau": person["taalniveau"],
                "huishoudgrootte": str(size[home]),
            }[row["kenmerk"]]
            if mine != row["groep"] or (row["maat"] == "verwacht_behouden" and person["persoon_id"] not in works):
                continue
            adults += 1
            if not (ours.linked[i] and base.linked[i]):
                waiting += 1
                continue
            change = float(ours.values[row["maat"]][i] - base.values[row["maat"]][i])
            better = -change if row["maat"] == "afstand_km" else change
            gains += better > smallest[row["maat"]] - 1e-7
            loses += better < -smallest[row["maat"]] + 1e-7
            differences.setdefault(home, []).append(change)
        counted = [row[c] for c in ("volwassenen", "onbeslist", "winnaars", "verliezers")]
        assert counted == [adults, waiting, gains, loses]
        assert row["gelijk"] == adults - waiting - gains - loses
        every = [d for of_home in differences.values() for d in of_home]
        mean, m = sum(every) / len(every), len(differences)
        assert row["verschil"] == pytest.approx(mean)
        error = (m / (m - 1) * sum(sum(d - mean for d in ds) ** 2 for ds in differences.values())) ** 0.5 / len(every)
        assert row["hoog"] == pytest.approx(mean + 1.959964 * error)
        assert row["laag"] == pytest.approx(mean - 1.959964 * error)


def test_a_hidden_group_says_nothing_and_the_others_have_enough_adults(table: pd.DataFrame) -> None:
    hidden = table[table["onderdrukt"] == "ja"]
    assert len(hidden) > 0
    assert (
        hidden[["volwassenen", "onbeslist", "winnaars", "gelijk", "verliezers", "verschil", "laag", "hoog"]]
        .isna()
        .all(axis=None)
    )
    shown = table[table["onderdrukt"] == "nee"]
    assert (shown["volwassenen"] - shown["onbeslist"]).min() >= 4


def test_protected_groups_change_nothing_of_the_table_of_the_input(comparison: Comparison, table: pd.DataFrame) -> None:
    groepen = pd.DataFrame(
        {
            "persoon_id": [a["persoon_id"] for a in ADULTS],
            "sekse": ["v" if i % 2 else "m" for i in range(len(ADULTS))],
            "leeftijdsgroep": "",
            "huishoudtype": "",
        }
    )
    fair = winners(BATCH, comparison.lot, "handmatig", RULES, groepen)
    assert set(fair["kenmerk"]) == {"sekse"}
    assert set(fair["maat"]) == set(MATEN)
    both = fair[(fair["beleid"] == "kansrijk") & (fair["maat"] == "kans_werk")]
    everybody = table[(table["beleid"] == "kansrijk") & (table["maat"] == "kans_werk") & (table["kenmerk"] == "alle")]
    assert both["volwassenen"].sum() == everybody["volwassenen"].sum() == len(ADULTS)
    assert both["winnaars"].sum() == everybody["winnaars"].sum()


LABELS = st.lists(st.tuples(*(st.integers(0, n) for n in (1, 2, 3))), min_size=1, max_size=14)


def groups_of(labels: Sequence[tuple[int, ...]], offset: int = 0) -> dict[tuple[str, str], np.ndarray]:
    everyone = {("alle", "alle"): np.ones(len(labels), dtype=bool)} if not offset else {}
    kinds = range(len(labels[0]))
    found = {(f"k{k + offset}", str(v)): np.array([row[k] == v for row in labels]) for k in kinds for v in range(k + 2)}
    return {**everyone, **found}


def told(shown: list[np.ndarray], who: np.ndarray) -> bool:
    """Whether sums over some groups give away the sum over another, by the rank of exact equations."""
    basis = np.array([*shown], dtype=float).reshape(len(shown), who.size)
    return bool(np.linalg.matrix_rank(np.vstack([basis, who])) == np.linalg.matrix_rank(basis)) if len(shown) else False


@given(LABELS)
@settings(deadline=None)
def test_no_small_group_follows_from_the_groups_that_are_shown(labels: list[tuple[int, ...]]) -> None:
    groups = groups_of(labels)
    hidden = shield(groups, 3)
    shown = [who for group, who in groups.items() if group not in hidden]
    assert all(who.sum() >= 3 for who in shown)
    for group, who in groups.items():
        if 0 < who.sum() < 3:
            assert not told(shown, who), group
    for a, b in combinations(shown, 2):
        if not (a & ~b).any() or not (b & ~a).any():
            assert not 0 < abs(int(a.sum()) - int(b.sum())) < 3
    for kind in {kind for kind, _ in groups}:
        away = [int(groups[g].sum()) for g in hidden if g[0] == kind and groups[g].any()]
        left = [g for g in groups if g[0] == kind and g not in hidden]
        assert not away or not left or (len(away) > 1 and sum(away) >= 3)


@given(LABELS, st.data())
@settings(deadline=None)
def test_a_second_table_hides_only_its_own_groups_and_gives_nothing_away_beside_the_first(
    labels: list[tuple[int, ...]], data: st.DataObject
) -> None:
    first = groups_of(labels)
    shown = {group: who for group, who in first.items() if group not in shield(first, 3)}
    others = data.draw(
        st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2)), min_size=len(labels), max_size=len(labels))
    )
    second = groups_of(others, offset=9)
    hidden = shield(second, 3, shown)
    assert hidden <= set(second)
    every = [*shown.values(), *(who for group, who in second.items() if group not in hidden)]
    for group in hidden:
        if 0 < second[group].sum() < 3 and len(hidden) < len(second):
            assert not told(every, second[group]) or told(list(shown.values()), second[group])


def test_one_small_group_takes_a_larger_one_with_it() -> None:
    groups = groups_of([(0, 0, 0)] * 5 + [(1, 0, 0)] * 2)
    # k0 has groups of five and two: with everybody's total the two would be the difference.
    assert {g for g in shield(groups, 3) if g[0] == "k0"} == {("k0", "0"), ("k0", "1")}
    assert {g for g in shield(groups, 2) if g[0] == "k0"} == set()
