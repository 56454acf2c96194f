"""Hard grounds: which count, which bind when they cannot all be honoured, and what a policy may do about them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.verify import Oordeel, judge
from optimizer.verify.grounds import longest_list
from tests.verify.zaken import (
    AMSTERDAM,
    DEN_HAAG,
    GRONINGEN,
    MAASTRICHT,
    ROTTERDAM,
    UTRECHT,
    ZWOLLE,
    batch,
    hard,
    parameters,
    voorstel,
)

pytestmark = pytest.mark.usefixtures("op_de_lijn")

BIND = Eisen("straal50")
FARTHER = Eisen("straal50", bij_tekort="uitzondering")
FREE = Eisen("loting", gronden_binden=False)


def household(
    grounds: Sequence[tuple[str, str]], link: str, jobs: Sequence[Mapping[str, Any]] = (), **more: Any
) -> Batch:
    """One household with grounds (kind, municipality) and jobs, and room at the link."""
    return batch(
        [{"huishouden_id": "H1", **more}],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}],
        werk=jobs,
        gronden=[{"huishouden_id": "H1", "grond": k, "gemeente": g} for k, g in grounds],
        opgave={link: 9} if link else {},
    )


def found(zaak: Batch, link: str, eisen: Eisen | None, **rules: Any) -> tuple[set[str], set[str]]:
    """Codes of violations and exceptions of one link."""
    oordeel: Oordeel = judge(zaak, voorstel({"H1": link}), parameters=parameters(**rules), eisen=eisen)
    return {b.code for b in oordeel.overtredingen}, {b.code for b in oordeel.uitzonderingen}


@pytest.mark.parametrize(
    ("link", "eisen", "violations", "exceptions"),
    [
        (ROTTERDAM, BIND, set(), set()),
        (ROTTERDAM, None, set(), set()),
        (DEN_HAAG, BIND, {"grond_buiten_straal"}, set()),
        (DEN_HAAG, FARTHER, set(), {"geen_plaats_binnen_50km"}),
        (DEN_HAAG, FREE, set(), {"geen_plaats_binnen_50km"}),
        (DEN_HAAG, None, set(), {"geen_plaats_binnen_50km"}),
        ("", BIND, set(), set()),
    ],
)
def test_exactly_50_km_is_within_and_a_metre_more_is_not(
    link: str, eisen: Eisen | None, violations: set[str], exceptions: set[str]
) -> None:
    assert found(household([("gezin", UTRECHT)], link), link, eisen) == (violations, exceptions)


def test_the_radius_and_the_measure_are_parameters() -> None:
    zaak = household([("studie", UTRECHT)], DEN_HAAG)
    assert found(zaak, DEN_HAAG, BIND, gronden__straal_km=51) == (set(), set())
    assert found(zaak, DEN_HAAG, BIND, gronden__maat="border") == (set(), set())
    assert found(zaak, DEN_HAAG, BIND, gronden__straal_km=49, gronden__maat="border")[0] == set()
    assert found(zaak, DEN_HAAG, BIND, gronden__straal_km=40, gronden__maat="border")[0] == {"grond_buiten_straal"}


@pytest.mark.parametrize(
    ("kind", "bewijs", "counts"),
    [
        ("gezin", "ja", True),
        ("gezin", "verklaring", True),
        ("medisch", "beschikking", True),
        ("studie", "inschrijving", True),
        ("gezin", "nee", False),
        ("medisch", "", False),
        ("netwerk", "ja", False),
    ],
)
def test_a_ground_counts_when_it_is_hard_and_shown(kind: str, bewijs: str, counts: bool) -> None:
    zaak = batch(
        [{"huishouden_id": "H1"}],
        gronden=[{"huishouden_id": "H1", "grond": kind, "gemeente": UTRECHT, "bewijs": bewijs}],
        opgave={MAASTRICHT: 1},
    )
    violations, _ = found(zaak, MAASTRICHT, BIND)
    assert violations == ({"grond_buiten_straal"} if counts else set())


def test_a_link_must_lie_within_reach_of_all_grounds() -> None:
    """Utrecht 0 km and Zwolle 75 km: Amsterdam at 30 lies within 50 km of both, Rotterdam and Maastricht of one."""
    grounds = [("gezin", UTRECHT), ("studie", ZWOLLE)]
    assert found(household(grounds, AMSTERDAM), AMSTERDAM, BIND) == (set(), set())
    assert found(household(grounds, UTRECHT), UTRECHT, BIND) == ({"grond_buiten_straal"}, set())
    assert found(household(grounds, MAASTRICHT), MAASTRICHT, BIND) == ({"grond_buiten_straal"}, set())
    assert found(household(grounds, MAASTRICHT), MAASTRICHT, None) == (set(), {"geen_plaats_binnen_50km"})


@pytest.mark.parametrize(
    ("grounds", "jobs", "allowed"),
    [
        ([("gezin", UTRECHT), ("medisch", GRONINGEN)], [], {GRONINGEN}),
        ([("studie", UTRECHT), ("gezin", GRONINGEN)], [], {GRONINGEN}),
        ([("studie", GRONINGEN)], [hard("P1", UTRECHT, uren_per_week=40)], {GRONINGEN}),
        ([], [hard("P1", UTRECHT, uren_per_week=20), hard("P1", GRONINGEN, uren_per_week=21)], {GRONINGEN}),
        ([], [hard("P1", GRONINGEN), hard("P1", UTRECHT)], {GRONINGEN}),
        # of equals the lowest code, in whatever order they stand
        ([], [hard("P1", UTRECHT), hard("P1", GRONINGEN)], {GRONINGEN}),
        ([("gezin", GRONINGEN), ("gezin", UTRECHT)], [], {GRONINGEN}),
        ([("gezin", UTRECHT), ("gezin", GRONINGEN)], [], {GRONINGEN}),
        # the second is set aside and the third still binds: within 50 km of Utrecht and of Zwolle
        ([("medisch", UTRECHT), ("gezin", GRONINGEN), ("studie", ZWOLLE)], [], {AMSTERDAM}),
    ],
)
def test_of_grounds_that_no_municipality_honours_together_the_longest_list_in_order_binds(
    grounds: list[tuple[str, str]], jobs: list[dict[str, Any]], allowed: set[str]
) -> None:
    right = set()
    for link in (UTRECHT, AMSTERDAM, ZWOLLE, GRONINGEN):
        violations, exceptions = found(household(grounds, link, jobs), link, BIND)
        assert exceptions == {"gronden_onverenigbaar"}
        right |= {link} if not violations else set()
    assert right == allowed


def test_the_order_of_precedence_is_a_parameter() -> None:
    zaak = household([("gezin", UTRECHT), ("medisch", GRONINGEN)], UTRECHT)
    assert found(zaak, UTRECHT, BIND, gronden__volgorde=["gezin", "medisch", "studie", "werk"])[0] == set()
    assert found(zaak, UTRECHT, BIND)[0] == {"grond_buiten_straal"}


def test_incompatible_grounds_are_named_and_a_link_beyond_the_list_that_binds_besides() -> None:
    zaak = household([("gezin", UTRECHT), ("medisch", GRONINGEN)], UTRECHT)
    assert found(zaak, UTRECHT, FARTHER) == (set(), {"gronden_onverenigbaar", "geen_plaats_binnen_50km"})
    assert found(zaak, "", BIND) == (set(), {"gronden_onverenigbaar"})


@pytest.mark.parametrize(("lock", "beyond"), [(GRONINGEN, set()), (UTRECHT, {"vastgezet_buiten_straal"})])
def test_a_lock_that_honours_the_list_that_binds_is_no_exception_for_the_ground_set_aside(
    lock: str, beyond: set[str]
) -> None:
    grounds = [("gezin", UTRECHT), ("medisch", GRONINGEN)]
    zaak = household(grounds, lock, vastgezet_gemeente=lock, vastgezet_reden="wens")
    assert found(zaak, lock, BIND) == (set(), {"gronden_onverenigbaar"} | beyond)


def test_a_lock_goes_before_the_radius_and_is_shown() -> None:
    zaak = household([("gezin", UTRECHT)], DEN_HAAG, vastgezet_gemeente=DEN_HAAG, vastgezet_reden="wens")
    assert found(zaak, DEN_HAAG, BIND) == (set(), {"vastgezet_buiten_straal"})
    within = household([("gezin", UTRECHT)], ROTTERDAM, vastgezet_gemeente=ROTTERDAM, vastgezet_reden="wens")
    assert found(within, ROTTERDAM, BIND) == (set(), set())


def test_a_lock_that_is_not_followed_excuses_nothing() -> None:
    zaak = household([("gezin", UTRECHT)], DEN_HAAG, vastgezet_gemeente=UTRECHT, vastgezet_reden="wens")
    assert found(zaak, DEN_HAAG, BIND)[0] == {"vaste_keuze_niet_gevolgd", "grond_buiten_straal"}


def test_the_distance_is_to_the_ground_that_is_farthest() -> None:
    zaak = household([("gezin", AMSTERDAM), ("studie", UTRECHT)], MAASTRICHT)
    said = voorstel({"H1": MAASTRICHT}, afstand_km=["100,0"], grond=["gezin+studie"], grond_gehonoreerd=["nee"])
    assert judge(zaak, said, parameters=parameters()).goedgekeurd


def test_grounds_that_nobody_can_honour_are_all_set_aside() -> None:
    assert longest_list(np.zeros((3, 2), dtype=bool)).tolist() == [False, False]


def test_the_counts_of_grounds_leave_out_who_is_not_linked() -> None:
    far = judge(
        household([("gezin", UTRECHT)], DEN_HAAG), voorstel({"H1": DEN_HAAG}), parameters=parameters()
    ).tellingen
    near = judge(
        household([("gezin", UTRECHT)], ROTTERDAM), voorstel({"H1": ROTTERDAM}), parameters=parameters()
    ).tellingen
    none = judge(household([("gezin", UTRECHT)], ""), voorstel({"H1": ""}), parameters=parameters()).tellingen
    assert [t["gronden_niet_gehonoreerd"] for t in (far, near, none)] == [1, 0, 0]
    assert [t["gronden_gehonoreerd"] for t in (far, near, none)] == [0, 1, 0]
