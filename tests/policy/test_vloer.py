"""Floors: where they stand among the levels, what they leave, what is refused, and what a group then gets."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from optimizer.cli import main
from optimizer.domain.groepen import BESCHERMD
from optimizer.domain.levels import LEVELS, VLOEREN
from optimizer.fit import household_chances, score
from optimizer.model import Case
from optimizer.policy import adopt, load_beleid, without_care
from optimizer.verify.adults import Adults, with_floors
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    GRONINGEN,
    MAASTRICHT,
    UTRECHT,
    baan,
    check,
    groep,
    huishouden,
    parameters,
    schrijf,
    worked_out,
)

LOW, ONE = "vloer_opleiding_laag", "vloer_huishoudgrootte_1"
PEOPLE = [huishouden(f"H{i}", aantal_personen=1 + i % 2) for i in range(5)]
ADULTS = [
    {
        "persoon_id": f"PH{i}",
        "huishouden_id": f"H{i}",
        "opleiding": "laag" if i < 3 else "hoog",
        "taalniveau": "A1" if i % 2 else "B1",
        "ervaring_jaren": 2.0 * i,
        "wil_werken": "ja",
    }
    for i in range(5)
]
ROOM = {UTRECHT: 2, AMSTERDAM: 2, GRONINGEN: 2, MAASTRICHT: 2, AMERSFOORT: 1}
BATCH = groep(PEOPLE, ROOM, personen=ADULTS, werk=[baan("H4", MAASTRICHT)])


def floored(**shares: str | float) -> Case:
    """The month under the default with floors; ``opleiding_laag=0.9``."""
    told = {name.replace("_", "="): share for name, share in shares.items()}
    return worked_out(BATCH, adopt(load_beleid("kansrijk"), vloer=told))


def reached(case: Case, level: str, gemeente: np.ndarray) -> int:
    linked = np.flatnonzero(gemeente >= 0)
    return int(case.problem.kansen[level][linked, gemeente[linked]].sum())


def test_floors_stand_after_who_is_linked_and_jobs_in_a_fixed_order_and_leave_the_rest() -> None:
    told: dict[str, str | float] = {"huishoudgrootte = 1": 0.8, "Opleiding=LAAG": "97,5 %", "taalniveau=B1": 1}
    beleid = adopt(load_beleid("kansrijk"), vloer=told)
    assert beleid.niveaus == (
        *("personen_gekoppeld", "gronden_gehonoreerd", "verwacht_behouden"),
        *(LOW, "vloer_taalniveau_B1", ONE),
        *("kans_werk", "zachte_punten"),
    )
    room = beleid.eisen(parameters()).speelruimte
    assert {name: room[name]["deel"] for name in (LOW, ONE)} == {LOW: 0.025, ONE: 0.2}
    assert "vloer_taalniveau_B1" not in room
    bare = without_care(beleid)
    assert bare is not None
    assert (bare.niveaus, bare.speelruimte) == (load_beleid("kansrijk").niveaus, load_beleid("kansrijk").speelruimte)
    assert without_care(load_beleid("kansrijk")) is None


def test_no_floor_is_of_a_protected_group() -> None:
    assert {kenmerk for kenmerk, _ in VLOEREN} & set(BESCHERMD) == set()
    assert {LEVELS[level].chance for level in VLOEREN.values()} == set(VLOEREN.values())


def every_answer(case: Case) -> list[np.ndarray]:
    """Every division that fits, each a row per household or -1."""
    places = [case.facts.gemeenten.index[g] for g in ROOM]
    found = []
    for choice in product([-1, *places], repeat=len(PEOPLE)):
        gemeente = np.array(choice)
        fits = all(case.facts.personen[gemeente == g].sum() <= ROOM[code] for g, code in zip(places, ROOM, strict=True))
        pairs = all(g < 0 or case.instance.toegestaan[h, g] for h, g in enumerate(choice))
        if fits and pairs:
            found.append(gemeente)
    return found


@pytest.mark.parametrize("share", [1.0, 0.98, 0.9])
def test_the_group_keeps_its_share_of_the_best_that_any_division_gives_it(share: float) -> None:
    case = floored(opleiding_laag=share)
    divisions = every_answer(case)
    most = max(int(case.facts.personen[g >= 0].sum()) for g in divisions)
    values = {level.naam: level.value for level in case.instance.niveaus}

    def counted(level: str, g: np.ndarray) -> int:
        return int(values[level][np.flatnonzero(g >= 0), g[g >= 0]].sum())

    full = [g for g in divisions if case.facts.personen[g >= 0].sum() == most]
    jobs = max(counted("verwacht_behouden", g) for g in full)
    full = [g for g in full if counted("verwacht_behouden", g) == jobs]
    assert jobs == counted("verwacht_behouden", case.answer.gemeente) > 0
    best = max(reached(case, LOW, g) for g in full)
    level, chance = (next(n for n in case.answer.niveaus if n.naam == name) for name in (LOW, "kans_werk"))
    assert level.status == "proven"
    assert round(level.best * 10_000) == best
    least = best - int(np.floor(round((1 - share) * best, 9)))
    assert round(level.vloer * 10_000) == least
    assert reached(case, LOW, case.answer.gemeente) >= least
    # The next level, the chance of everybody, is the best among the divisions that keep the floor.
    kept = [g for g in full if reached(case, LOW, g) >= least]
    assert round(chance.best * 10_000) == max(counted("kans_werk", g) for g in kept)


def test_the_judge_sums_the_chances_of_a_group_itself() -> None:
    rules = parameters()
    people = [huishouden("A", aantal_personen=7), huishouden("B", aantal_personen=2), huishouden("C")]
    adults = [
        {"persoon_id": f"P{i}", "huishouden_id": h, "opleiding": o, "taalniveau": t, "wil_werken": "ja"}
        for i, (h, o, t) in enumerate([("A", "laag", "A0"), ("A", "hoog", ""), ("B", "", "C2"), ("A", "laag", "B1")])
    ]
    batch = groep(people, {UTRECHT: 20}, personen=adults)
    ours = household_chances(batch, score(batch.personen, rules))
    theirs = with_floors(ours, batch, Adults(ours.adults.profile, ours.adults.table), list(VLOEREN.values()))
    for level in VLOEREN.values():
        assert np.array_equal(ours[level], theirs[level]), level
    parts = ours["vloer_opleiding_laag"] + ours["vloer_opleiding_hoog"] + ours["vloer_opleiding_onbekend"]
    assert np.array_equal(parts + ours["vloer_opleiding_middelbaar"], ours["kans_werk"])
    assert np.array_equal(ours["vloer_huishoudgrootte_6"][0], ours["kans_werk"][0])
    assert not ours["vloer_huishoudgrootte_6"][1:].any()


@pytest.mark.parametrize(
    "group", ["sekse=v", "Leeftijdsgroep=25-34", "huishoudtype=paar", "nationaliteit=x", "Geslacht=m"]
)
def test_a_floor_of_a_protected_group_is_refused_with_a_sentence(
    group: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = schrijf(BATCH, tmp_path / "in", f'vloer = {{ "{group}" = "90 %" }}\n')
    assert [d.code for d in check(source) if not d.warning] == ["vloer_verboden"]
    assert main(["run", str(source), "--out", str(tmp_path / "uit")]) == 7
    assert "spelen bij een voorstel geen rol" in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize(
    "told", ['"opleiding=dr" = 0.9', '"opleiding" = 0.9', '"taalniveau=B1" = "0 %"', '"taalniveau=B1" = 90']
)
def test_a_floor_that_cannot_be_read_is_named(told: str, tmp_path: Path) -> None:
    source = schrijf(BATCH, tmp_path / "in", f"vloer = {{ {told} }}\n")
    assert [d.code for d in check(source) if not d.warning] == ["vloer_fout"]


def test_a_floor_needs_a_policy_with_levels(tmp_path: Path) -> None:
    source = schrijf(BATCH, tmp_path / "in", 'policy = "handmatig"\nvloer = { "opleiding=laag" = 0.9 }\n')
    assert [d.code for d in check(source) if not d.warning] == ["beleid_zonder_niveaus"]
