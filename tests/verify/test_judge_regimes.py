"""Agreements, special dwellings and room without taakstelling before the judge, on both sides of every limit."""

from datetime import date
from typing import Any

import pytest

from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.rules.parameters import load
from optimizer.verify import judge, judge_link
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

STAYS = {"gemeente": UTRECHT, "vanaf": "2026-01-01", "tot_en_met": "2026-12-31", "effect": "blijft"}


def found(zaak: Batch, links: dict[str, str], eisen: Eisen | None = None, **rules: Any) -> tuple[list[str], list[str]]:
    oordeel = judge(zaak, voorstel(links), parameters=parameters(koppelregio__binding="vrij", **rules), eisen=eisen)
    return [b.code for b in oordeel.overtredingen], [b.code for b in oordeel.uitzonderingen]


def worker(*, opgave: int = 1, agreement: dict[str, Any] | None = None, **household: Any) -> Batch:
    """Somebody in reception in Utrecht with a hard job there, and an agreement of Utrecht."""
    return batch(
        [{"huishouden_id": "H1", **household}],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}],
        werk=[hard("P1", UTRECHT)],
        opgave={UTRECHT: opgave, AMSTERDAM: 9},
        overeenkomsten=[STAYS if agreement is None else {**STAYS, **agreement}],
    )


AWAY = {"H1": AMSTERDAM}
BROKEN = ["overeenkomst_niet_gevolgd"]


def test_who_works_and_lives_there_stays() -> None:
    assert found(worker(), {"H1": UTRECHT}) == ([], [])
    assert found(worker(), AWAY) == (BROKEN, [])
    assert found(worker(), {"H1": ""}) == (BROKEN, [])


@pytest.mark.parametrize(
    ("changes", "binds"),
    [
        ({"vanaf": "2026-10-01"}, True),  # the peildatum
        ({"vanaf": "2026-10-02"}, False),
        ({"tot_en_met": "2026-10-01"}, True),
        ({"tot_en_met": "2026-09-30"}, False),
        ({"tot_en_met": None}, True),
        ({"effect": "weegt_mee"}, False),
        ({"gemeente": AMSTERDAM}, False),
    ],
)
def test_an_agreement_binds_within_its_dates_with_its_effect_and_in_its_municipality(
    changes: dict[str, Any], binds: bool
) -> None:
    assert found(worker(agreement=changes), AWAY)[0] == (BROKEN if binds else [])


def test_reception_elsewhere_or_a_job_that_is_not_hard_or_not_known_is_no_reason_to_stay() -> None:
    assert found(worker(opvang_gemeente=AMSTERDAM), AWAY)[0] == []
    few = worker().replace(werk=worker().werk.assign(uren_per_week=7.9))
    assert found(few, AWAY)[0] == []
    late = judge(worker(), voorstel(AWAY), parameters=parameters(), bekend=0.0)
    assert late.overtredingen == ()


def test_a_decision_of_a_person_goes_first() -> None:
    lock: dict[str, Any] = {"vastgezet_gemeente": AMSTERDAM, "vastgezet_reden": "wens"}
    assert found(worker(**lock), AWAY) == ([], [])
    assert found(worker(uitgesloten_gemeenten=UTRECHT), AWAY) == ([], [])


def test_a_hard_ground_out_of_reach_goes_first_and_one_on_the_circle_does_not() -> None:
    def with_family(gemeente: str) -> Batch:
        ground = batch([], gronden=[{"huishouden_id": "H1", "grond": "gezin", "gemeente": gemeente}]).gronden
        return worker().replace(gronden=ground)

    assert found(with_family(ROTTERDAM), AWAY)[0] == BROKEN  # 50.0 km: Utrecht honours both
    assert found(with_family(DEN_HAAG), AWAY)[0] == []  # 50.001 km: Rotterdam honours both, Utrecht does not
    assert found(with_family(MAASTRICHT), AWAY)[0] == []  # 100 km: no place honours both, and family comes first


def test_persons_who_stay_above_the_opgave_are_named_and_leave_nothing_for_others() -> None:
    assert found(worker(opgave=0), {"H1": UTRECHT}) == ([], ["overeenkomst_boven_opgave"])
    assert found(worker(opgave=1, aantal_personen=2), {"H1": UTRECHT}) == ([], ["overeenkomst_boven_opgave"])
    [finding] = judge(
        worker(opgave=1, aantal_personen=2), voorstel({"H1": UTRECHT}), parameters=parameters()
    ).uitzonderingen
    assert (finding.gevonden, finding.toegestaan, finding.regel) == ("2", "1", "opgave")
    assert found(worker(opgave=0), {"H1": UTRECHT}, Eisen("zonder_opgave", opgave_geldt=False)) == ([], [])


def test_a_lock_and_an_agreement_over_one_opgave_are_each_named_by_their_kind() -> None:
    both = batch(
        [
            {"huishouden_id": "H1"},
            {"huishouden_id": "H2", "vastgezet_gemeente": UTRECHT, "vastgezet_reden": "wens"},
            {"huishouden_id": "H3"},
        ],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}],
        werk=[hard("P1", UTRECHT)],
        opgave={UTRECHT: 1},
        overeenkomsten=[STAYS],
    )
    links = {"H1": UTRECHT, "H2": UTRECHT, "H3": ""}
    assert found(both, links) == ([], ["overeenkomst_boven_opgave", "vastgezet_boven_opgave"])
    assert "opgave_overschreden" in found(both, {**links, "H3": UTRECHT})[0]


def test_the_status_of_who_stays_is_fixed() -> None:
    for status, wrong in (("vastgezet", []), ("voorgesteld", ["status_onjuist"])):
        oordeel = judge(worker(), voorstel({"H1": UTRECHT}, status=[status]), parameters=parameters())
        assert [b.code for b in oordeel.overtredingen] == wrong


LARGE, ACCESSIBLE = "grote_woning", "toegankelijke_woning"


def families(*sizes: int, large: int | None = 1, **household: Any) -> Batch:
    rows = [] if large is None else [{"gemeente": UTRECHT, "soort": LARGE, "aantal": large}]
    people = [{"huishouden_id": f"H{i}", "aantal_personen": n, **household} for i, n in enumerate(sizes)]
    return batch(people, opgave={UTRECHT: 99, AMSTERDAM: 99}, woningen=rows)


def test_a_large_household_needs_a_large_dwelling_where_the_input_counts_them() -> None:
    links = {"H0": UTRECHT, "H1": UTRECHT}
    assert found(families(6, 5), links)[0] == []
    assert found(families(6, 6), links)[0] == ["woningen_overschreden"]
    assert found(families(6, 6, large=2), links)[0] == []
    assert found(families(6, 6, large=None), links)[0] == []
    assert found(families(6, 5), links, woningen__groot_vanaf_personen=5)[0] == ["woningen_overschreden"]
    assert found(families(6, 6), links, Eisen("zonder_opgave", opgave_geldt=False))[0] == []


def test_a_municipality_that_is_not_named_has_none() -> None:
    [finding] = judge(families(6), voorstel({"H0": AMSTERDAM}), parameters=parameters()).overtredingen
    assert (finding.gevonden, finding.toegestaan, finding.regel) == ("1 grote woning", "0", "woningen")
    assert finding.bron == "Bijzondere woningen in de invoer (docs/bestanden.md)"


def test_family_still_to_come_makes_a_household_large_only_by_the_parameter() -> None:
    zaak, links = families(5, nareis_verwacht=1), {"H0": AMSTERDAM}
    assert found(zaak, links)[0] == []
    assert found(zaak, links, nareis__telt_mee=True)[0] == ["woningen_overschreden"]


def test_another_kind_is_needed_where_the_input_says_so_and_kinds_are_counted_apart() -> None:
    rows = [{"gemeente": UTRECHT, "soort": k, "aantal": 1} for k in (ACCESSIBLE, LARGE)]
    zaak = batch(
        [
            {"huishouden_id": "H0", "woning_nodig": ACCESSIBLE},
            {"huishouden_id": "H1", "woning_nodig": LARGE},
            {"huishouden_id": "H2", "woning_nodig": "tuin"},
        ],
        opgave={UTRECHT: 9},
        woningen=rows,
    )
    everybody = {"H0": UTRECHT, "H1": UTRECHT, "H2": UTRECHT}
    assert found(zaak, everybody)[0] == []
    fewer = zaak.replace(woningen=zaak.woningen[zaak.woningen["soort"] == LARGE])
    assert found(fewer, everybody)[0] == []  # nobody said how many there are
    none = zaak.replace(woningen=zaak.woningen.assign(aantal=[0, 1]))
    assert found(none, everybody)[0] == ["woningen_overschreden"]


def test_who_is_fixed_takes_a_dwelling_first_and_too_many_of_them_are_named() -> None:
    lock: dict[str, Any] = {"vastgezet_gemeente": UTRECHT, "vastgezet_reden": "wens"}
    one = families(6, 6).replace(
        huishoudens=batch(
            [{"huishouden_id": "H0", "aantal_personen": 6, **lock}, {"huishouden_id": "H1", "aantal_personen": 6}]
        ).huishoudens
    )
    assert found(one, {"H0": UTRECHT, "H1": UTRECHT}) == (["woningen_overschreden"], [])
    assert found(one, {"H0": UTRECHT, "H1": ""}) == ([], [])
    both = families(6, 6, **lock)
    assert found(both, {"H0": UTRECHT, "H1": UTRECHT}) == ([], ["vast_boven_woningen"] * 2)


def test_an_alternative_needs_the_dwelling_too() -> None:
    proposal = voorstel({"H0": UTRECHT, "H1": ""}, alternatief_1=[AMSTERDAM, ""])
    codes = [b.code for b in judge(families(6, 6), proposal, parameters=parameters()).overtredingen]
    assert codes == ["alternatief_zonder_woning"]
    assert judge(families(5, 5), proposal, parameters=parameters()).overtredingen == ()


def no_task(**columns: int) -> Batch:
    return batch(
        [{"huishouden_id": "H1", "aantal_personen": 3}],
        opgave={UTRECHT: 0, AMSTERDAM: 9},
        capaciteit=[{"gemeente": UTRECHT, "capaciteit": 5, **columns}],
    )


def test_without_taakstelling_the_capacity_less_who_was_linked_is_the_room() -> None:
    regime: dict[str, Any] = {"taakstelling__regime": "capaciteit"}
    assert found(no_task(), {"H1": UTRECHT})[0] == ["opgave_overschreden"]
    assert found(no_task(), {"H1": UTRECHT}, **regime)[0] == []
    assert found(no_task(gekoppeld=2), {"H1": UTRECHT}, **regime)[0] == []
    assert found(no_task(gekoppeld=3), {"H1": UTRECHT}, **regime)[0] == ["opgave_overschreden"]
    assert found(no_task(), {"H1": AMSTERDAM}, **regime)[0] == ["opgave_overschreden"]


def test_the_rule_that_is_broken_then_is_the_regime_and_not_the_law_on_the_taakstelling() -> None:
    rules = parameters(taakstelling__regime="capaciteit")
    [finding] = judge(no_task(gekoppeld=4), voorstel({"H1": UTRECHT}), parameters=rules).overtredingen
    assert (finding.regel, finding.gevonden, finding.toegestaan) == ("taakstelling/regime", "3", "1")


def test_the_regime_changes_on_its_day(tmp_path: Any) -> None:
    (tmp_path / "taakstelling").mkdir()
    (tmp_path / "taakstelling" / "regime.yaml").write_text(
        "description: a\ndescription_en: a\nunit: keuze\nlayer: wet\nvalues:\n"
        "  2016-01-01: {value: taakstelling, source: {title: a}}\n"
        "  2027-01-01: {value: capaciteit, source: {title: Wet van morgen}}\n",
        encoding="utf-8",
    )
    for day, codes in ((date(2026, 12, 31), ["opgave_overschreden"]), (date(2027, 1, 1), [])):
        rules = load(day, [tmp_path])
        oordeel = judge(no_task(), voorstel({"H1": UTRECHT}), parameters=rules)
        assert [b.code for b in oordeel.overtredingen] == codes


def test_one_link_by_hand_names_agreement_dwelling_and_regime() -> None:
    zaak = worker().replace(woningen=families(1).woningen, huishoudens=worker(aantal_personen=6).huishoudens)
    rules = parameters(taakstelling__regime="capaciteit")
    stays = {t.regel: t for t in judge_link(zaak, "H1", UTRECHT, parameters=rules)}
    assert stays["overeenkomst"].uitslag == "voldaan"
    assert (stays["woningen"].uitslag, stays["woningen"].toegestaan) == ("voldaan", "1")
    assert (stays["taakstelling/regime"].uitslag, stays["taakstelling/regime"].toegestaan) == ("uitzondering", "0")
    leaves = {t.regel: t for t in judge_link(zaak, "H1", GRONINGEN, parameters=rules)}
    assert leaves["overeenkomst"].uitslag == "overtreding"
    assert leaves["woningen"].uitslag == "overtreding"
    assert leaves["taakstelling/regime"].uitslag == "overtreding"
