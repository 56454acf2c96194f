"""One assumption at a time: which values there are, which contracts become temporary, and where a conclusion turns."""

from typing import Any

import pandas as pd
import pytest

from optimizer.domain import uitvoer
from optimizer.measure.sensitivity import ZOALS_HET_IS, Variant, tornado, variants, with_temporary_contracts
from tests.proefbatch import UTRECHT, baan, groep, huishouden

IN_FORCE: dict[str, Any] = {
    "verhuizing/weken_na_koppeling": 12,
    "gronden/maat": "straight",
    "gronden/straal_km": 50.0,
    "werk/minimum_uren": 8.0,
    "gronden/volgorde": ["medisch", "gezin", "studie", "werk"],
    "behoud/schaal_km": 12.0,
}


def test_every_assumption_gets_its_other_values_and_none_that_it_has() -> None:
    found = [(v.aanname, v.waarde, v.parameters, v.tijdelijk) for v in variants(IN_FORCE)]
    weeks, hours, radius = "verhuizing/weken_na_koppeling", "werk/minimum_uren", "gronden/straal_km"
    assert found == [
        ("zoals_het_is", "", {}, None),
        ("weken_tot_verhuizing", "8", {weeks: 8}, None),
        ("weken_tot_verhuizing", "26", {weeks: 26}, None),
        ("weken_tot_verhuizing", "52", {weeks: 52}, None),
        ("afstandsmaat", "border", {"gronden/maat": "border"}, None),
        ("afstandsmaat", "road", {"gronden/maat": "road"}, None),
        ("straal_km", "40", {radius: 40}, None),
        ("straal_km", "60", {radius: 60}, None),
        ("uren_minimum", "0", {hours: 0}, None),
        ("uren_minimum", "12", {hours: 12}, None),
        ("uren_minimum", "16", {hours: 16}, None),
        ("volgorde_gronden", "werk_eerst", {"gronden/volgorde": ["werk", "medisch", "gezin", "studie"]}, None),
        ("curve", "vlak", {"behoud/schaal_km": 24.0}, None),
        ("curve", "steil", {"behoud/schaal_km": 6.0}, None),
        ("deel_tijdelijk", "0.5", {}, 0.5),
        ("deel_tijdelijk", "0.91", {}, 0.91),
    ]


def test_what_is_in_force_may_be_one_of_the_other_values() -> None:
    first = ["werk", "medisch", "gezin", "studie"]
    changed = {**IN_FORCE, "gronden/volgorde": first, "gronden/maat": "road", "gronden/straal_km": 45.0}
    found = variants(changed)
    assert Variant("volgorde_gronden", "werk_eerst", {"gronden/volgorde": first}) not in found
    assert [v.waarde for v in found if v.aanname == "afstandsmaat"] == ["straight", "border"]
    assert [v.waarde for v in found if v.aanname == "straal_km"] == ["40", "50", "60"]


ENDS = ["2026-12-31", None, None, None, None, None, None, None]
MONTHS = [None, 9, None, None, None, None, None, None]
BATCH = groep(
    [huishouden(f"H{i}") for i in range(8)],
    {UTRECHT: 8},
    werk=[baan(f"H{i}", UTRECHT, contract_einde=ENDS[i], contract_maanden=MONTHS[i]) for i in range(8)],
)


def _temporary(share: float, seed: int = 0) -> list[str]:
    """The jobs of the batch that have an end, and how: that of the input, or six months of ours."""
    werk = with_temporary_contracts(BATCH, share, seed).werk
    found = zip(werk["baan_id"], werk["contract_einde"], werk["contract_maanden"], strict=True)
    how = {job: "einde" if not pd.isna(end) else "" if pd.isna(months) else str(months) for job, end, months in found}
    return [f"{job}:{word}" for job, word in how.items() if word]


@pytest.mark.parametrize(("share", "jobs"), [(0.0, 0), (0.06, 0), (0.07, 1), (0.5, 4), (0.91, 7), (1.0, 8)])
def test_the_share_of_temporary_jobs_is_that_asked_for_rounded_to_whole_jobs(share: float, jobs: int) -> None:
    assert len(_temporary(share)) == jobs


def test_all_temporary_keeps_every_end_of_the_input_and_gives_the_others_six_months() -> None:
    assert _temporary(1.0) == ["1:einde", "2:9.0", *[f"{i}:6.0" for i in range(3, 9)]]


def test_a_larger_share_holds_the_smaller_and_another_seed_draws_other_jobs() -> None:
    assert set(_temporary(0.25)) < set(_temporary(0.5)) < set(_temporary(0.91))
    assert len({tuple(_temporary(0.5, seed)) for seed in range(5)}) > 1
    # The lottery is published: who reads this can draw it again, in any later version.
    assert _temporary(0.5) == ["1:einde", "2:9.0", "4:6.0", "7:6.0"]


def test_the_batch_itself_stays_as_it_was() -> None:
    before = BATCH.werk.copy()
    with_temporary_contracts(BATCH, 0.0, 0)
    pd.testing.assert_frame_equal(BATCH.werk, before)


def _rows(*kept: tuple[str, str, str, float]) -> pd.DataFrame:
    """Rows of a comparison: assumption, value, policy and jobs kept; the other counts do not matter."""
    frame = pd.DataFrame(kept, columns=["aanname", "waarde", "beleid", "behouden"])
    return frame.assign(**{c: 0.0 for c in uitvoer.GEVOELIGHEID.names if c not in (*frame.columns, "keert_om")})


@pytest.mark.parametrize(
    ("as_it_is", "otherwise", "turns"),
    [
        (12.0, 11.0, "nee"),  # more than the ten of practice, still
        (12.0, 10.0, "ja"),  # as many
        (12.0, 9.0, "ja"),
        (10.0, 10.0, "nee"),
        (10.0, 10.5, "ja"),
        (10.0, 9.5, "ja"),
        (8.0, 9.5, "nee"),
        (8.0, 10.5, "ja"),
        (10.0, 10.0 + 4e-7, "nee"),  # what is left of a mean over draws is no difference
        (10.0, 10.0 + 6e-7, "ja"),
    ],
)
def test_a_conclusion_turns_where_a_policy_keeps_more_instead_of_fewer_or_as_many(
    as_it_is: float, otherwise: float, turns: str
) -> None:
    table = tornado(
        _rows(
            (ZOALS_HET_IS, "", "handmatig", 10.0),
            (ZOALS_HET_IS, "", "kansrijk", as_it_is),
            ("straal_km", "40", "handmatig", 10.0),
            ("straal_km", "40", "kansrijk", otherwise),
        ),
        "handmatig",
    )
    assert table.columns.tolist() == uitvoer.GEVOELIGHEID.names
    assert table["keert_om"].tolist() == ["nee", "nee", "nee", turns]


def test_each_variant_is_compared_with_the_baseline_of_the_same_variant() -> None:
    table = tornado(
        _rows(
            (ZOALS_HET_IS, "", "handmatig", 5.0),
            (ZOALS_HET_IS, "", "kansrijk", 6.0),
            ("curve", "vlak", "handmatig", 20.0),
            ("curve", "vlak", "kansrijk", 21.0),  # more than before, and more than its own baseline
            ("curve", "steil", "handmatig", 3.0),
            ("curve", "steil", "kansrijk", 2.0),  # fewer than its own baseline
        ),
        "handmatig",
    )
    assert table["keert_om"].tolist() == ["nee", "nee", "nee", "nee", "nee", "ja"]
    assert table["behouden"].tolist() == [5.0, 6.0, 20.0, 21.0, 3.0, 2.0]
