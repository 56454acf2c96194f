"""The explanation for machines: the draw is named where one decided, and codes and numbers are those of the case."""

import json

import numpy as np
import pytest

from optimizer.explain.told.uitleg import explain_household
from optimizer.explain.told.uitleg_json import as_json
from optimizer.explain.told.werklijst import work_list
from optimizer.fit import parts
from optimizer.model import Answer, Case
from tests.measure.test_causes import posed
from tests.proefbatch import (
    AMERSFOORT,
    GRONINGEN,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    grond,
    huishouden,
    parameters,
    worked_out,
)

RULES = parameters()
BATCH = groep(
    [huishouden("H1", aantal_personen=2, opvang_gemeente=ZWOLLE), huishouden("H2")],
    {UTRECHT: 3, ZWOLLE: 2},
    werk=[baan("H1", UTRECHT)],
)


def told(case: Case, h: int = 0) -> dict[str, object]:
    adults = case.batch.personen
    mine = adults[adults["huishouden_id"] == case.facts.huishoudens[h]]
    found = as_json(explain_household(case, h, parts(mine, case.parameters)), [], case.parameters, "nl")
    assert json.loads(json.dumps(found)) == found
    return found


@pytest.mark.parametrize("seed", [0, 11])
def test_the_seed_is_told_where_lots_were_drawn_and_nowhere_else(seed: int) -> None:
    drawn = told(worked_out(BATCH, "loting", RULES, seed=seed))
    assert (drawn["methode"], drawn["loting"]) == ("loting", seed)
    best = told(worked_out(BATCH, "kansrijk", RULES, seed=seed))
    assert (best["methode"], best["loting"], best["beurt"]) == ("optimaal", None, None)
    for h in (0, 1):
        in_turn = told(worked_out(BATCH, "handmatig", RULES, seed=seed), h)
        assert (in_turn["loting"], in_turn["beurt"]) == (None, {"nummer": h + 1, "van": 2})


def test_the_parts_of_a_household_are_those_of_its_case() -> None:
    case = worked_out(BATCH, "kansrijk", RULES)
    found = told(case)
    assert [found[key] for key in ("huishouden", "gemeente", "aantal_personen", "status", "beleid", "bekend")] == [
        "H1",
        UTRECHT,
        2,
        "voorgesteld",
        "kansrijk",
        1.0,
    ]
    # Its hard job in Utrecht allows what lies within 50 km; of these only Utrecht has an opgave.
    toegestaan, vrij = found["toegestaan"], found["vrij"]
    assert isinstance(toegestaan, list)
    assert isinstance(vrij, list)
    assert UTRECHT in toegestaan
    assert GRONINGEN not in toegestaan
    assert ZWOLLE not in toegestaan
    assert set(vrij) <= set(toegestaan)
    gesloten = found["gesloten"]
    assert isinstance(gesloten, list)
    closed = {row["gemeente"]: row for row in gesloten}
    assert closed[ZWOLLE]["toegestaan"] == 50
    assert closed[ZWOLLE]["gevonden"] > 50
    assert closed[ZWOLLE]["bron"]
    banen = found["banen"]
    assert isinstance(banen, list)
    assert banen[0]["gemeente"] == UTRECHT
    assert banen[0]["banen"][0]["uitkomst"] == "binnen_50km"
    assert found["niet_gekoppeld"] is None
    assert found["waarom_niet"] is None


def test_the_work_list_counts_two_weeks_from_the_permit_and_says_who_has_to_do_what() -> None:
    batch = groep(
        [
            huishouden("H1", vergunning_datum="2026-09-20"),
            huishouden("H2", vergunning_datum="2026-08-01"),
            huishouden("H3", vergunning_datum="2026-09-20"),
        ],
        {UTRECHT: 2, AMERSFOORT: 1},
        gronden=[grond("H3", "gezin", UTRECHT)],
    )
    case = posed(batch, "kansrijk", RULES)
    row = case.facts.gemeenten.index
    answer = Answer(np.array([row[UTRECHT], -1, row[AMERSFOORT]]), (), status="not_optimised")
    found = work_list(Case(batch, case.problem, answer))
    day = np.datetime64(RULES.peildatum, "D")
    # Fourteen days after the permit; who is late first, equals in the order of the input.
    for name, permit in (("H1", "2026-09-20"), ("H2", "2026-08-01")):
        mine = found[found["huishouden_id"] == name].iloc[0]
        assert mine["termijn"] == str(np.datetime64(permit) + 14)
        assert mine["dagen"] == int((np.datetime64(permit) + 14 - day).astype(int))
    assert found["huishouden_id"].tolist() == ["H2", "H1", "H3"]
    assert found[["wacht_op", "gemeente", "wat"]].to_numpy(object).tolist() == [
        ["coa", "", "plek_zoeken"],
        ["gemeente", UTRECHT, "antwoorden"],
        ["gemeente", AMERSFOORT, "antwoorden"],
    ]
