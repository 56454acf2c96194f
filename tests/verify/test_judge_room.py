"""Opgave, locks, exclusions and regions, on both sides of every limit."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from geodata.errors import GemeenteOnbekend
from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.verify import judge
from tests.verify.zaken import AMSTERDAM, MAASTRICHT, ROTTERDAM, UTRECHT, batch, hard, parameters, voorstel

pytestmark = pytest.mark.usefixtures("op_de_lijn")

BIND = Eisen("kansrijk")


def found(zaak: Batch, links: dict[str, str], eisen: Eisen | None = None, **rules: Any) -> tuple[list[str], list[str]]:
    oordeel = judge(zaak, voorstel(links), parameters=parameters(**rules), eisen=eisen)
    return [b.code for b in oordeel.overtredingen], [b.code for b in oordeel.uitzonderingen]


def two(first: int, second: int, opgave: int, **lock: str) -> Batch:
    """Two households (the first may be locked) of the given sizes and the opgave of Utrecht."""
    return batch(
        [
            {"huishouden_id": "H1", "aantal_personen": first, **lock},
            {"huishouden_id": "H2", "aantal_personen": second},
        ],
        opgave={UTRECHT: opgave},
    )


LOCK = {"vastgezet_gemeente": UTRECHT, "vastgezet_reden": "wens"}
BOTH = {"H1": UTRECHT, "H2": UTRECHT}


def test_persons_fill_the_opgave_exactly_and_no_further() -> None:
    assert found(two(2, 3, 5), BOTH) == ([], [])
    assert found(two(2, 3, 4), BOTH) == (["opgave_overschreden"], [])


def test_a_municipality_without_a_row_has_no_room() -> None:
    assert found(two(1, 1, 9), {"H1": AMSTERDAM, "H2": ""})[0] == ["opgave_overschreden"]


def test_others_share_what_locked_persons_leave() -> None:
    assert found(two(2, 3, 5, **LOCK), BOTH) == ([], [])
    assert found(two(2, 3, 4, **LOCK), BOTH) == (["opgave_overschreden"], [])


def test_a_lock_over_the_opgave_is_followed_named_and_leaves_nothing() -> None:
    assert found(two(2, 3, 1, **LOCK), {"H1": UTRECHT, "H2": ""}) == ([], ["vastgezet_boven_opgave"])
    assert found(two(2, 3, 2, **LOCK), {"H1": UTRECHT, "H2": ""}) == ([], [])
    assert found(two(2, 3, 1, **LOCK), BOTH) == (["opgave_overschreden"], ["vastgezet_boven_opgave"])


def test_the_message_counts_the_persons_beside_the_locked_ones() -> None:
    [finding] = judge(two(2, 3, 4, **LOCK), voorstel(BOTH), parameters=parameters()).overtredingen
    assert (finding.gemeente, finding.huishouden_id) == (UTRECHT, "")
    assert (finding.gevonden, finding.toegestaan) == ("3", "2")
    assert finding.toelichting == (
        "Utrecht (GM0344): het voorstel koppelt 3 personen; er is plek voor 2. Vaste keuzes tellen niet mee."
    )
    assert finding.bron == "Huisvestingswet 2014, art. 28-29 (BWBR0035303)"


def test_the_policy_without_opgave_is_not_held_to_one() -> None:
    free = replace(BIND, opgave_geldt=False)
    assert found(two(2, 3, 0, **LOCK), BOTH, free) == ([], [])


@pytest.mark.parametrize(
    ("changes", "room"),
    [
        ({"taakstelling": 3}, 3),
        ({"taakstelling": 3, "achterstand": 2}, 5),
        ({"taakstelling": 3, "voorsprong": 2}, 1),
        ({"taakstelling": 3, "gekoppeld": 1}, 2),
        ({"taakstelling": 3, "achterstand": 4, "voorsprong": 2, "gekoppeld": 1}, 4),
        ({"taakstelling": 3, "voorsprong": 9}, 0),
        ({"taakstelling": 5, "gehuisvest": 2}, 3),
        ({"taakstelling": 5, "tijdelijk_gehuisvest": 1}, 4),
        ({"taakstelling": 9, "gekoppeld": 3, "gehuisvest": 2, "tijdelijk_gehuisvest": 1}, 3),
        ({"taakstelling": 3, "gehuisvest": 4}, 0),
        ({"taakstelling": 2, "achterstand": 3, "verschoonbaar": 3}, 5),
    ],
)
def test_the_opgave_is_taakstelling_and_arrears_less_surplus_linked_and_housed(
    changes: dict[str, int], room: int
) -> None:
    table = batch([], opgave={UTRECHT: 0}).taakstelling.assign(**changes)
    for persons in range(1, 7):
        zaak = batch([{"huishouden_id": "H1", "aantal_personen": persons}]).replace(taakstelling=table)
        assert found(zaak, {"H1": UTRECHT})[0] == ([] if persons <= room else ["opgave_overschreden"])


def test_family_still_to_come_counts_only_by_the_parameter() -> None:
    zaak = batch([{"huishouden_id": "H1", "nareis_verwacht": 2}, {"huishouden_id": "H2"}], opgave={UTRECHT: 3})
    assert found(zaak, BOTH) == ([], [])
    assert found(zaak, BOTH, nareis__telt_mee=True) == (["opgave_overschreden"], [])
    assert found(zaak, {"H1": UTRECHT, "H2": ""}, nareis__telt_mee=True) == ([], [])


def test_the_persons_counted_are_those_that_count_against_the_opgave() -> None:
    zaak = batch([{"huishouden_id": "H1", "nareis_verwacht": 2}, {"huishouden_id": "H2"}], opgave={UTRECHT: 3})
    for later, persons in ((False, 1), (True, 3)):
        said = voorstel({"H1": UTRECHT, "H2": ""}, aantal_personen=["1", "1"])
        oordeel = judge(zaak, said, parameters=parameters(nareis__telt_mee=later))
        assert oordeel.goedgekeurd
        assert (oordeel.tellingen["personen_gekoppeld"], oordeel.tellingen["personen"]) == (persons, persons + 1)


def test_an_excluded_municipality_is_refused_for_that_household_only() -> None:
    zaak = batch(
        [{"huishouden_id": "H1"}, {"huishouden_id": "H2", "uitgesloten_gemeenten": f"{AMSTERDAM} {UTRECHT}"}],
        opgave={UTRECHT: 9, AMSTERDAM: 9, ROTTERDAM: 9},
    )
    assert found(zaak, BOTH) == (["gemeente_uitgesloten"], [])
    assert found(zaak, {"H1": UTRECHT, "H2": AMSTERDAM})[0] == ["gemeente_uitgesloten"]
    assert found(zaak, {"H1": UTRECHT, "H2": ROTTERDAM}, Eisen("x", koppelregio="vrij")) == ([], [])
    assert found(zaak, {"H1": UTRECHT, "H2": ""}) == ([], [])


def test_a_locked_household_that_is_not_linked_is_a_violation() -> None:
    assert found(two(1, 1, 9, **LOCK), {"H1": "", "H2": ""})[0] == ["vaste_keuze_niet_gevolgd"]


CROSSING = {"H1": ROTTERDAM, "H2": ""}


@pytest.mark.parametrize(
    ("koppelregio", "grounds", "violations"),
    [
        ("vrij", True, []),
        ("voorkeur", True, []),
        ("voorkeur", False, []),
        ("alleen_met_grond", True, []),
        ("alleen_met_grond", False, ["koppelregio_verlaten"]),
        ("binden", True, ["koppelregio_verlaten"]),
        ("binden", False, ["koppelregio_verlaten"]),
    ],
)
@pytest.mark.parametrize("locked", [False, True])
def test_leaving_the_koppelregio_is_judged_as_the_policy_says(
    koppelregio: Any, grounds: bool, violations: list[str], locked: bool
) -> None:
    lock = {"vastgezet_gemeente": ROTTERDAM, "vastgezet_reden": "wens"} if locked else {}
    zaak = batch(
        [{"huishouden_id": "H1", **lock}, {"huishouden_id": "H2"}],
        gronden=[{"huishouden_id": "H1", "grond": "gezin", "gemeente": ROTTERDAM}] if grounds else [],
        opgave={ROTTERDAM: 1},
    )
    expected: tuple[list[str], list[str]] = ([] if locked else violations, [])
    assert found(zaak, CROSSING, replace(BIND, koppelregio=koppelregio)) == expected
    without_policy = found(zaak, CROSSING, None, koppelregio__binding=koppelregio)
    assert without_policy == ([], [])
    assert judge(zaak, voorstel(CROSSING), parameters=parameters()).tellingen["buiten_koppelregio"] == 1


def test_within_the_koppelregio_nothing_is_said() -> None:
    zaak = two(1, 1, 9).replace(taakstelling=batch([], opgave={AMSTERDAM: 9}).taakstelling)
    assert found(zaak, {"H1": AMSTERDAM, "H2": ""}, replace(BIND, koppelregio="binden")) == ([], [])


def regional(link: str, *jobs: dict[str, Any], bekend: float = 1.0, **household: str) -> list[str]:
    zaak = batch(
        [{"huishouden_id": "H1", **household}, {"huishouden_id": "H2"}],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}],
        werk=jobs,
        opgave={link: 9},
    )
    eisen = Eisen("arbeidsmarktregio", gronden_binden=False, arbeidsmarktregio_bindt=True)
    oordeel = judge(zaak, voorstel({"H1": link, "H2": link}), parameters=parameters(), eisen=eisen, bekend=bekend)
    return [b.code for b in oordeel.overtredingen]


def job(gemeente: str, hours: float) -> dict[str, Any]:
    return {"persoon_id": "P1", "werk_gemeente": gemeente, "uren_per_week": hours}


def test_the_job_with_most_hours_sets_the_labour_market_region() -> None:
    left = ["arbeidsmarktregio_verlaten"]
    assert regional(UTRECHT, job(UTRECHT, 5)) == []
    assert regional(AMSTERDAM, job(UTRECHT, 5)) == left
    assert regional(AMSTERDAM, job(UTRECHT, 5), job(AMSTERDAM, 6)) == []
    assert regional(AMSTERDAM, job(UTRECHT, 6), job(AMSTERDAM, 5)) == left
    assert regional(UTRECHT, job(AMSTERDAM, 5), job(UTRECHT, 5)) == []
    assert regional(AMSTERDAM, job(UTRECHT, 5), job(AMSTERDAM, 5)) == left
    assert regional(AMSTERDAM, job(UTRECHT, 5), bekend=0.0) == []
    assert regional(AMSTERDAM) == []
    assert regional(AMSTERDAM, job(UTRECHT, 5), vastgezet_gemeente=AMSTERDAM, vastgezet_reden="wens") == []


def test_a_labour_market_region_is_wider_than_its_municipality() -> None:
    """De Bilt lies in the labour-market region of Utrecht."""
    assert regional("GM0310", job(UTRECHT, 5)) == []


def test_a_batch_without_households_is_approved() -> None:
    empty = voorstel({}, aantal_personen=[], grond=[], banen=[], alternatief_1=[])
    oordeel = judge(batch([]), empty, parameters=parameters(), eisen=BIND)
    assert (oordeel.overtredingen, oordeel.uitzonderingen) == ((), ())
    assert oordeel.tellingen["huishoudens"] == 0


def test_a_batch_that_was_not_read_by_the_readers_is_refused_not_guessed() -> None:
    zaak = batch([{"huishouden_id": "H1", "opvang_gemeente": "Utrecht"}])
    with pytest.raises(GemeenteOnbekend, match="Utrecht"):
        judge(zaak, voorstel({"H1": ""}), parameters=parameters())


def test_every_row_of_a_proposal_for_nobody_is_named() -> None:
    said = pd.DataFrame({"huishouden_id": ["H8", "H9"], "gemeente": [UTRECHT, MAASTRICHT]})
    oordeel = judge(batch([{"huishouden_id": "H1"}]), said, parameters=parameters())
    assert [(b.code, b.huishouden_id) for b in oordeel.overtredingen] == [
        ("huishouden_ontbreekt", "H1"),
        ("huishouden_onbekend", "H8"),
        ("huishouden_onbekend", "H9"),
    ]


def test_a_region_of_work_counts_also_where_the_job_is_a_hard_ground() -> None:
    zaak = batch(
        [{"huishouden_id": "H1"}],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}],
        werk=[hard("P1", UTRECHT)],
        opgave={AMSTERDAM: 1},
    )
    eisen = replace(BIND, arbeidsmarktregio_bindt=True)
    assert found(zaak, {"H1": AMSTERDAM}, eisen) == (["arbeidsmarktregio_verlaten"], [])
