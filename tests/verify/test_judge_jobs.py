"""Both sides of every threshold of a job: hours, evidence, contract end, radius, and the five outcomes."""

from typing import Any

import pytest

from optimizer.domain.lottery import known
from optimizer.verify import Oordeel, judge
from tests.verify.zaken import (
    AMSTERDAM,
    DEN_HAAG,
    GRONINGEN,
    MAASTRICHT,
    ROTTERDAM,
    UTRECHT,
    batch,
    hard,
    parameters,
    voorstel,
)

pytestmark = pytest.mark.usefixtures("op_de_lijn")


def one_job(
    job: dict[str, Any], link: str = AMSTERDAM, rules: dict[str, Any] | None = None, **household: Any
) -> Oordeel:
    """Judge one household with one job."""
    zaak = batch(
        [{"huishouden_id": "H1", **household}],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}],
        werk=[job],
        opgave={link: 9} if link else {},
    )
    return judge(zaak, voorstel({"H1": link}), parameters=parameters(**(rules or {})))


def baan(oordeel: Oordeel) -> dict[str, Any]:
    [row] = oordeel.banen.to_dict("records")
    return {str(k): v for k, v in row.items()}


@pytest.mark.parametrize(
    ("changes", "hard_ground"),
    [
        ({"uren_per_week": 8.0}, "ja"),
        ({"uren_per_week": 7.9}, "nee"),
        ({"contract_getekend": "nee"}, "niet_aangetoond"),
        ({"contract_getekend": ""}, "niet_aangetoond"),
        ({"loonstrook_gezien": "nee"}, "niet_aangetoond"),
        ({"loonstrook_gezien": ""}, "niet_aangetoond"),
        ({"soort": "zelfstandig"}, "niet_aangetoond"),
        ({"soort": ""}, "ja"),
        ({"uren_per_week": 7.9, "contract_getekend": "nee"}, "nee"),
    ],
)
def test_a_job_is_hard_with_enough_hours_and_everything_shown(changes: dict[str, Any], hard_ground: str) -> None:
    assert baan(one_job(hard("P1", UTRECHT, **changes)))["hard"] == hard_ground


@pytest.mark.parametrize(
    ("rules", "changes"),
    [
        ({"werk__contract_nodig": False}, {"contract_getekend": "nee"}),
        ({"werk__loonstrook_nodig": False}, {"loonstrook_gezien": "nee"}),
        ({"werk__minimum_uren": 7}, {"uren_per_week": 7.0}),
    ],
)
def test_the_parameters_say_what_must_be_shown(rules: dict[str, Any], changes: dict[str, Any]) -> None:
    assert baan(one_job(hard("P1", UTRECHT, **changes), rules=rules))["hard"] == "ja"
    assert baan(one_job(hard("P1", UTRECHT, **changes)))["hard"] != "ja"


@pytest.mark.parametrize(
    ("changes", "ends_first"),
    [
        ({}, False),
        ({"contract_einde": "2026-12-23"}, True),
        ({"contract_einde": "2026-12-24"}, False),
        ({"contract_einde": "2026-12-24", "contract_begin": "2026-01-01", "contract_maanden": 2}, False),
        ({"contract_begin": "2026-09-24", "contract_maanden": 3}, True),
        ({"contract_begin": "2026-09-25", "contract_maanden": 3}, False),
        ({"contract_maanden": 2}, True),
        ({"contract_maanden": 3}, False),
        ({"contract_begin": "2020-01-01"}, False),
    ],
)
def test_a_contract_ends_before_the_move_or_not(changes: dict[str, Any], ends_first: bool) -> None:
    """The move is 12 weeks after 1 October: 24 December."""
    row = baan(one_job(hard("P1", UTRECHT, **changes)))
    assert (row["uitkomst"] == "loopt_af") == ends_first
    assert (row["verwacht_verloren"] == 0.0) == ends_first


def test_the_given_moving_date_and_the_number_of_weeks_both_count() -> None:
    job = hard("P1", UTRECHT, contract_einde="2026-12-24")
    assert baan(one_job(job, verwachte_verhuisdatum="2026-12-25"))["uitkomst"] == "loopt_af"
    assert baan(one_job(job, verwachte_verhuisdatum="2026-12-24"))["uitkomst"] == "binnen_50km"
    assert baan(one_job(job, rules={"verhuizing__weken_na_koppeling": 13}))["uitkomst"] == "loopt_af"


@pytest.mark.parametrize(
    ("link", "opvang", "changes", "outcome"),
    [
        ("", ROTTERDAM, {"contract_maanden": 1}, "niet_gekoppeld"),
        (MAASTRICHT, UTRECHT, {"contract_maanden": 1}, "loopt_af"),
        (AMSTERDAM, UTRECHT, {"contract_maanden": 1}, "loopt_af"),
        (ROTTERDAM, UTRECHT, {}, "binnen_50km"),
        (ROTTERDAM, MAASTRICHT, {}, "binnen_50km"),
        (DEN_HAAG, MAASTRICHT, {}, "al_buiten"),
        (MAASTRICHT, DEN_HAAG, {}, "al_buiten"),
        (MAASTRICHT, ROTTERDAM, {}, "verloren_regel"),
        (DEN_HAAG, UTRECHT, {}, "verloren_regel"),
    ],
)
def test_every_job_has_the_first_outcome_that_applies(
    link: str, opvang: str, changes: dict[str, Any], outcome: str
) -> None:
    """Work in Utrecht; Rotterdam lies at 50.0 km, Den Haag at 50.001, Maastricht at 100."""
    oordeel = one_job(hard("P1", UTRECHT, **changes), link, opvang_gemeente=opvang)
    assert baan(oordeel)["uitkomst"] == outcome
    assert baan(oordeel)["binnen_50km"] == ("" if not link else "ja" if link in {ROTTERDAM, AMSTERDAM} else "nee")
    counted = {"niet_gekoppeld": "banen_niet_gekoppeld"}.get(outcome, outcome)
    for name in ("banen_niet_gekoppeld", "loopt_af", "binnen_50km", "al_buiten", "verloren_regel"):
        assert oordeel.tellingen[name] == (name == counted)
    assert oordeel.tellingen["verloren_regel_hard"] == (outcome == "verloren_regel")


def test_a_lost_job_that_is_no_hard_ground_is_not_counted_as_hard() -> None:
    counts = one_job(hard("P1", UTRECHT, uren_per_week=7.0), MAASTRICHT).tellingen
    assert (counts["verloren_regel"], counts["verloren_regel_hard"], counts["banen_hard"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        # From 0 to 30 km: h(30) / h(0), h(d) = 1 / (1 + exp((d - m) / 8)), m = 25 + 0.75 x hours, by hand:
        # 0 hours, m = 25: 0.348645 / 0.957912 = 0.363964; 32 hours, m = 49: 0.914901 / 0.997817 = 0.916902;
        # 40 hours and more, m = 55: 0.957912 / 0.998968 = 0.958902. The contract is an exponent: 1 / 0.8 with an end,
        # 0.916902 ** 1.25 = 0.897230; 1 / 0.6 through an agency, 0.916902 ** (5 / 3) = 0.865377.
        ({"uren_per_week": 0.0}, 0.363964),
        ({"uren_per_week": 32.0}, 0.916902),
        ({"uren_per_week": 40.0}, 0.958902),
        ({"uren_per_week": 60.0}, 0.958902),
        ({"uren_per_week": 32.0, "contract_maanden": 12}, 0.897230),
        ({"uren_per_week": 32.0, "contract_einde": "2027-12-31"}, 0.897230),
        ({"uren_per_week": 32.0, "via_uitzendbureau": "ja"}, 0.865377),
        ({"uren_per_week": 32.0, "via_uitzendbureau": "ja", "contract_maanden": 12}, 0.865377),
        ({"uren_per_week": 32.0, "contract_maanden": 2}, 0.0),
    ],
)
def test_the_chance_of_keeping_a_job_follows_the_published_formula(changes: dict[str, Any], kept: float) -> None:
    zaak = batch(
        [{"huishouden_id": "H1"}],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}],
        werk=[hard("P1", UTRECHT, **changes)],
        opgave={AMSTERDAM: 1},
    )
    for written, right in ((kept, True), (kept + 0.001, False), (kept - 0.001, False)):
        said = voorstel({"H1": AMSTERDAM}, verwacht_behouden=[f"{written:.4f}"])
        assert judge(zaak, said, parameters=parameters()).goedgekeurd == right


def test_moving_nearer_to_the_job_loses_nothing() -> None:
    row = baan(one_job(hard("P1", UTRECHT), AMSTERDAM, opvang_gemeente=ROTTERDAM))
    assert (row["verwacht_verloren"], row["verwacht_behouden"]) == (0.0, 1.0)
    assert (row["afstand_nu_km"], row["afstand_km"]) == (50.0, 30.0)


def test_a_very_steep_curve_does_not_overflow() -> None:
    row = baan(one_job(hard("P1", UTRECHT), GRONINGEN, rules={"behoud__schaal_km": 0.1}))
    assert row["verwacht_verloren"] == pytest.approx(1.0)


def test_jobs_that_were_not_known_give_no_ground_and_count_in_the_outcomes() -> None:
    zaak = batch(
        [{"huishouden_id": "H1"}],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}],
        werk=[hard("P1", UTRECHT)],
        opgave={AMSTERDAM: 1},
    )
    said = voorstel({"H1": AMSTERDAM}, grond=[""], grond_gehonoreerd=["nvt"], afstand_km=[""], banen=["1"])
    oordeel = judge(zaak, said, parameters=parameters(), bekend=0.0)
    assert oordeel.goedgekeurd
    assert baan(oordeel)["bekend"] == "nee"
    assert oordeel.tellingen["verwacht_verloren"] > 0
    # Kept counts every job, 0.916902; the level counts those that were known, of which there are none.
    assert oordeel.tellingen["verwacht_behouden"] == pytest.approx(0.916902, abs=1e-6)
    assert oordeel.tellingen["niveau_verwacht_behouden"] == 0
    assert not judge(zaak, said, parameters=parameters(), bekend=1.0).goedgekeurd


def test_who_is_known_follows_the_published_lottery_of_the_seed() -> None:
    ids = [f"H{i}" for i in range(40)]
    zaak = batch(
        [{"huishouden_id": h} for h in ids],
        personen=[{"persoon_id": f"P{h}", "huishouden_id": h} for h in ids],
        werk=[hard(f"P{h}", UTRECHT) for h in ids],
    )
    said = voorstel(dict.fromkeys(ids, ""))
    for seed in (0, 1):
        right = ["ja" if k else "nee" for k in known(seed, ids, 0.5)]
        assert judge(zaak, said, parameters=parameters(), bekend=0.5, seed=seed).banen["bekend"].tolist() == right
    assert judge(zaak, said, parameters=parameters()).banen["bekend"].tolist() == ["ja"] * 40


def test_two_jobs_of_one_household_are_added_up() -> None:
    zaak = batch(
        [{"huishouden_id": "H1"}, {"huishouden_id": "H2"}],
        personen=[{"persoon_id": "P2", "huishouden_id": "H2"}, {"persoon_id": "P3", "huishouden_id": "H2"}],
        werk=[hard("P3", UTRECHT), hard("P2", MAASTRICHT)],
        opgave={AMSTERDAM: 2},
    )
    said = voorstel({"H1": AMSTERDAM, "H2": AMSTERDAM}, banen=["0", "2"], banen_binnen_50km=["0", "1"])
    oordeel = judge(zaak, said, parameters=parameters())
    assert oordeel.goedgekeurd
    assert oordeel.banen["huishouden_id"].tolist() == ["H2", "H2"]
    assert oordeel.tellingen["gemiddelde_afstand_km"] == 50.0
    # H2 moves from Utrecht to Amsterdam, 32 hours a week. P3: 0 to 30 km, 0.916902 as above. P2, work in Maastricht:
    # 100 to 70 km, nearer, so 1. The level counts in thousandths: 0.917 + 1.
    assert oordeel.tellingen["verwacht_behouden"] == pytest.approx(0.916902 + 1, abs=1e-6)
    assert oordeel.tellingen["niveau_verwacht_behouden"] == pytest.approx(0.917 + 1)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_hard_job_that_is_passed_by_counts_whether_it_was_known_or_not(share: float) -> None:
    zaak = batch(
        [{"huishouden_id": "H1"}],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}],
        werk=[hard("P1", UTRECHT)],
        opgave={MAASTRICHT: 9},
    )
    said = judge(zaak, voorstel({"H1": MAASTRICHT}), parameters=parameters(), bekend=share)
    assert said.tellingen["gronden_niet_gehonoreerd"] == 1
