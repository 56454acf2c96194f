"""What if a person followed requests: the month that a re-run with these decisions gives, counted and judged."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.cli import main
from optimizer.decide import Limits
from optimizer.domain.batch import Batch
from optimizer.domain.uitvoer import GEVOLGD, VERSCHUIVING, VERZOEKGROEPEN, VERZOEKVARIANTEN, VOORSPRAAK, OutputTable
from optimizer.explain.told.verzoeken import judged_requests
from optimizer.explain.whynot.followed import follow_requests
from optimizer.model import Case
from optimizer.report import csvs
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.run.followed import tables_gevolgd
from tests.explain.told.test_verzoeken import EVERY, judges_case, months, vraag
from tests.proefbatch import AMERSFOORT, GRONINGEN, UTRECHT, ZWOLLE, baan, groep, huishouden, schrijf, worked_out


def tables_of(case: Case) -> dict[OutputTable, pd.DataFrame]:
    return follow_requests(case, judged_requests(case), Limits())


def text(frame: pd.DataFrame, table: OutputTable) -> pd.DataFrame:
    lines = csvs.to_bytes(frame, table).decode("utf-8-sig").splitlines()
    head, *rows = (line.split(";") for line in lines)
    cells = pd.DataFrame(rows, columns=head, dtype=object)
    return cells.set_index(pd.RangeIndex(2, len(rows) + 2, name=f"{table.name}.csv"))


def judged(case: Case, tables: dict[str, pd.DataFrame]) -> list[Bevinding]:
    return tables_gevolgd(judges_case(case), tables, "komma", case.facts.bekend, case.facts.seed)


def written(case: Case) -> dict[str, pd.DataFrame]:
    return {table.name: text(frame, table) for table, frame in tables_of(case).items()}


@settings(deadline=None, max_examples=15)
@given(months(), st.sampled_from(["kansrijk", "straal50", "handmatig", "loting"]), st.sampled_from([0.5, 1.0]))
def test_the_judge_accepts_the_month_that_following_gives_and_counts_the_same(
    batch: Batch, policy: str, bekend: float
) -> None:
    case = worked_out(batch, policy, bekend=bekend)
    assert judged(case, written(case)) == []


#: Two places in Utrecht: whoever is asked for pushes somebody out.
FULL = groep(
    [huishouden(h) for h in ("A", "B", "C", "D")],
    {UTRECHT: 2, AMERSFOORT: 0, GRONINGEN: 1},
    werk=[baan(h, UTRECHT) for h in ("A", "B", "C")],
    verzoeken=[vraag(h, UTRECHT, "bestuurder") for h in ("A", "B", "C")] + [vraag("A", ZWOLLE, "bewoner")],
)


def test_a_place_that_is_asked_for_is_taken_from_somebody_and_nothing_is_followed_by_asking() -> None:
    case = worked_out(FULL, "straal50")
    before = case.answer.gemeente.copy()
    found = tables_of(case)
    assert np.array_equal(case.answer.gemeente, before)
    effect = found[GEVOLGD].set_index(["variant", "maat"])["gevolgd"]
    assert effect["voorspraak", "gevolgd"] == 3.0
    assert effect["voorspraak", "boven_opgave"] == 1.0
    assert effect["voorspraak", "behouden"] == 3.0
    groups = {row["groep"]: row for row in found[VOORSPRAAK].to_dict("records")}
    assert list(groups) == list(VERZOEKGROEPEN)
    counts = ("verzoeken", "huishoudens", "banen")
    assert [groups["met_voorspreker"][c] for c in counts] == [3, 3, 3]
    assert [groups["zonder_verzoek"][c] for c in counts] == [0, 1, 0]
    assert groups["bewoner"]["huishoudens"] == 1


@pytest.mark.parametrize("variant", VERZOEKVARIANTEN)
def test_following_is_what_a_run_with_these_decisions_gives(tmp_path: Path, variant: str) -> None:
    place = schrijf(EVERY, tmp_path / "in")
    first = tmp_path / "eerst"
    assert main(["run", str(place), "--out", str(first), "--draws", "5"]) in (0, 4)
    asked, moves, links = (read(first / f"{n}.csv") for n in ("verzoeken", "verzoeken_verschuiving", "voorstel"))
    mine = (
        asked["oordeel"] == "mag_overwogen"
        if variant == "mag_overwogen"
        else asked["verzoeker"].isin(["werkgever", "bestuurder"])
    )
    open_to = mine & (asked["regel"] != "besluit")
    followed = asked[open_to].drop_duplicates("huishouden_id")
    rows = [f"{h};vastzetten;{g};verzoek" for h, g in zip(followed["huishouden_id"], followed["gemeente"], strict=True)]
    decisions = tmp_path / "besluiten.csv"
    decisions.write_text("\n".join(["huishouden_id;besluit;gemeente;reden", *rows]), encoding="utf-8")
    options = ["--from", str(first), "--besluiten", str(decisions), "--out", str(tmp_path / "dan"), "--draws", "5"]
    assert main(["run", *options]) in (0, 4)
    then = read(tmp_path / "dan" / "voorstel.csv").set_index("huishouden_id")["gemeente"]
    told = links.set_index("huishouden_id")["gemeente"].to_dict()
    told |= moves[moves["variant"] == variant].set_index("huishouden_id")["naar"].to_dict()
    assert told == then.to_dict()


def read(path: Path) -> pd.DataFrame:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file, delimiter=";")
    return pd.DataFrame(rows, columns=head, dtype=object)


@pytest.mark.parametrize("table", [VOORSPRAAK, GEVOLGD, VERSCHUIVING], ids=lambda t: t.name)
def test_the_judge_sees_a_change_of_any_cell_and_a_row_that_is_gone(table: OutputTable) -> None:
    case = worked_out(EVERY)
    good = written(case)
    assert judged(case, good) == []
    assert len(good[table.name])
    for column in table.names:
        for row in good[table.name].index:
            wrong = good[table.name].copy()
            other = "proven" if wrong.loc[row, column] != "proven" and column == "status" else "7"
            if column == "status":
                other = "zeker"
            wrong.loc[row, column] = other if wrong.loc[row, column] != other else "8"
            assert judged(case, {**good, table.name: wrong}) != [], (column, row)
    assert judged(case, {**good, table.name: good[table.name][:-1]}) != []
