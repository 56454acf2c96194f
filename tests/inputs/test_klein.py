"""The batch that can be solved on paper: its README, recomputed by trying every assignment."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from optimizer import retention
from optimizer.domain.batch import Batch
from optimizer.domain.uitvoer import UITKOMSTEN
from optimizer.fit import per_huishouden, score
from optimizer.read import read_batch
from optimizer.rules.parameters import Parameters, load
from optimizer.rules.werk import HARD, hard_job

FOLDER = Path(__file__).parents[2] / "inputs" / "klein"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
CODES = ("GM0344", "GM0307", "GM0193")
NAMES = ("Utrecht", "Amersfoort", "Zwolle")
MONTH = read_batch(FOLDER)
P = load(MONTH.peildatum)
NONE = -1


@dataclass(frozen=True)
class Paper:
    """The month as a person would write it down: small tables over households, jobs and the three municipalities."""

    persons: list[int]
    room: list[int]
    km: np.ndarray
    keep: np.ndarray
    hard: list[str]
    ends_first: np.ndarray
    chance: np.ndarray
    soft: np.ndarray
    reception: np.ndarray
    job_at: np.ndarray
    job_of: list[int]


def write_down(batch: Batch, p: Parameters) -> Paper:
    gemeenten, km = load_gemeenten(), matrix(p["gronden/maat"])
    three = gemeenten.rows(list(CODES))
    h, w = batch.huishoudens, batch.werk
    row = {name: i for i, name in enumerate(h["huishouden_id"])}
    household_of = dict(zip(batch.personen["persoon_id"], batch.personen["huishouden_id"], strict=True))
    job_of = [row[household_of[person]] for person in w["persoon_id"]]
    job_at = gemeenten.rows(w["werk_gemeente"].tolist())
    hours = w["uren_per_week"].to_numpy(np.float64)
    moving = retention.moving_date(h, p.peildatum, p["verhuizing/weken_na_koppeling"])[job_of]
    reception = gemeenten.rows(h["opvang_gemeente"].tolist())
    contract, payslip = ((w[c] == "ja").to_numpy(np.bool_) for c in ("contract_getekend", "loonstrook_gezien"))
    alone = (w["soort"] == "zelfstandig").to_numpy(np.bool_)
    hard = hard_job(hours, contract, payslip, alone, minimum_hours=8, need_contract=True, need_payslip=True)
    adults = batch.personen["huishouden_id"].map(row).to_numpy(np.int64)
    return Paper(
        persons=h["aantal_personen"].tolist(),
        room=[int(batch.opgave[c]) for c in CODES],
        km=km,
        keep=retention.expected_kept(
            km[reception[job_of], job_at][:, None],
            km[np.ix_(three, job_at)].T,
            hours[:, None],
            retention.contract_kind(w)[:, None],
            p,
        ),
        hard=[HARD[x] for x in hard],
        ends_first=retention.ends_first(retention.contract_end(w, p.peildatum), moving),
        chance=per_huishouden(score(batch.personen, p), adults, len(h))[:, three],
        soft=soft_points(batch, p, three, reception),
        reception=reception,
        job_at=job_at,
        job_of=job_of,
    )


def soft_points(batch: Batch, p: Parameters, three: np.ndarray, reception: np.ndarray) -> np.ndarray:
    gemeenten, km = load_gemeenten(), matrix(p["gronden/maat"])
    t = batch.taakstelling.set_index("gemeente").loc[list(CODES)]
    progress = batch.opgave[list(CODES)] / (t["taakstelling"] + t["achterstand"])
    points = np.tile(np.rint(p["zacht/voortgang_punten"] * progress.to_numpy()).astype(int), (len(reception), 1))
    region = gemeenten.koppelregio
    points += p["zacht/koppelregio_punten"] * (region[reception][:, None] == region[three][None, :])
    for household, place in zip(batch.gronden["huishouden_id"], batch.gronden["gemeente"], strict=True):
        near = km[three, gemeenten.index[place]] <= p["gronden/straal_km"]
        points[batch.huishoudens["huishouden_id"].tolist().index(household)] += p["zacht/netwerk_punten"] * near
    return points


PAPER = write_down(MONTH, P)


def allowed(assignment: tuple[int, ...]) -> bool:
    used = [sum(s for s, a in zip(PAPER.persons, assignment, strict=True) if a == g) for g in range(3)]
    fits = all(u <= r for u, r in zip(used, PAPER.room, strict=True))
    three = load_gemeenten().rows(list(CODES))
    far = [
        PAPER.hard[j] == "ja"
        and assignment[of] != NONE
        and PAPER.km[three[assignment[of]], PAPER.job_at[j]] > P["gronden/straal_km"]
        for j, of in enumerate(PAPER.job_of)
    ]
    return fits and not any(far)


def levels(assignment: tuple[int, ...]) -> tuple[int, int, int, int]:
    linked = [(h, g) for h, g in enumerate(assignment) if g != NONE]
    counted = [j for j in range(len(PAPER.job_of)) if not PAPER.ends_first[j]]
    kept = [round(1000 * float(PAPER.keep[j, g])) for j in counted for h, g in linked if PAPER.job_of[j] == h]
    return (
        sum(PAPER.persons[h] for h, _ in linked),
        sum(kept),
        sum(int(PAPER.chance[h, g]) for h, g in linked),
        sum(int(PAPER.soft[h, g]) for h, g in linked),
    )


FEASIBLE = {a: levels(a) for a in product((NONE, 0, 1, 2), repeat=4) if allowed(a)}
BEST = max(FEASIBLE, key=FEASIBLE.__getitem__)


def nl(number: float, decimals: int) -> str:
    return f"{number:.{decimals}f}".replace(".", ",")


def table_row(*cells: object) -> str:
    return "| " + " | ".join(str(c) for c in cells) + " |"


def test_it_reads_without_a_warning_but_for_the_municipalities_that_are_left_out() -> None:
    assert [d.code for d in MONTH.waarschuwingen] == ["gemeenten_zonder_taakstelling"]
    assert (len(MONTH.huishoudens), len(MONTH.taakstelling)) == (4, 3)


def test_the_best_assignment_is_the_one_of_the_readme_and_no_other_equals_it() -> None:
    assert [NAMES[g] for g in BEST] == ["Amersfoort", "Zwolle", "Zwolle", "Utrecht"]
    assert sum(values == FEASIBLE[BEST] for values in FEASIBLE.values()) == 1


def test_the_readme_lists_every_assignment_that_links_everybody_with_its_levels() -> None:
    everybody = {a: v for a, v in FEASIBLE.items() if v[0] == sum(PAPER.persons)}
    for a, (persons, kept, chance, soft) in everybody.items():
        places = [f"**{NAMES[g]}**" if a == BEST else NAMES[g] for g in a]
        row = table_row(*places, persons, nl(kept / 1000, 3), nl(chance / 10_000, 4), soft)
        assert row in README, row
    assert f"{len(everybody)} van de 256" in README


@pytest.mark.parametrize("j", range(4))
def test_the_readme_gives_the_chance_to_keep_each_job(j: int) -> None:
    row = table_row(MONTH.werk["baan_id"].iloc[j], PAPER.hard[j], *(nl(k, 4) for k in PAPER.keep[j]))
    assert row in README, row


@pytest.mark.parametrize("h", range(4))
def test_the_readme_gives_the_chance_of_work_and_the_soft_points_of_each_household(h: int) -> None:
    name = MONTH.huishoudens["huishouden_id"].iloc[h]
    row = table_row(name, *(nl(c / 10_000, 4) for c in PAPER.chance[h]), *PAPER.soft[h])
    assert row in README, row


def test_the_readme_gives_the_distances() -> None:
    three = load_gemeenten().rows(list(CODES))
    for name, row in zip(NAMES, three, strict=True):
        line = table_row(name, *(nl(PAPER.km[row, c], 1) for c in three), PAPER.room[NAMES.index(name)])
        assert line in README, line


#: What `handmatig` does on paper: H0003 first, then H0001, H0002, H0004.
BY_HAND = (0, 2, 1, 2)


@pytest.mark.parametrize("assignment", [BEST, BY_HAND])
def test_the_readme_gives_the_outcome_of_each_job(assignment: tuple[int, ...]) -> None:
    three = load_gemeenten().rows(list(CODES))
    to = three[[assignment[h] for h in PAPER.job_of]]
    before, after = PAPER.km[PAPER.reception[PAPER.job_of], PAPER.job_at], PAPER.km[to, PAPER.job_at]
    linked = np.ones(len(to), dtype=np.bool_)
    w = MONTH.werk
    kept = retention.expected_kept(
        before, after, w["uren_per_week"].to_numpy(np.float64), retention.contract_kind(w), P
    )
    outcome = retention.outcome(linked, before, after, PAPER.ends_first, P["gronden/straal_km"])
    loss = np.where(PAPER.ends_first, 0.0, 1.0 - kept)
    for j, of in enumerate(PAPER.job_of):
        place = NAMES[assignment[of]]
        cells = (nl(before[j], 1), place, nl(after[j], 1), UITKOMSTEN[outcome[j]], nl(loss[j], 4))
        row = table_row(w["baan_id"].iloc[j], *cells)
        assert row in README, row
