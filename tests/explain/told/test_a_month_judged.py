"""One month with something of everything: each table and sentence about it is what the judge works out by itself."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimizer.domain.uitvoer import VERZOEKEN as VERZOEKEN_CSV
from optimizer.explain.told import explain
from optimizer.explain.told.tables import median_ground_km
from optimizer.model import Case
from optimizer.policy import load_beleid
from optimizer.report import csvs
from optimizer.verify import judge
from optimizer.verify.case import Case as JudgesCase
from optimizer.verify.case import open_case
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.run.crossings import table_koppelregio
from optimizer.verify.run.explanations import explanations
from optimizer.verify.run.forecast import table_prognose
from optimizer.verify.run.reasons import reasons
from optimizer.verify.run.requests import table_verzoeken
from optimizer.verify.run.turned import turned
from optimizer.verify.run.waiting import table_niet_gekoppeld
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    GRONINGEN,
    MAASTRICHT,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    grond,
    huishouden,
    parameters,
    worked_out,
)

HUISHOUDENS = [
    huishouden("H1", aantal_personen=2, verwachte_verhuisdatum="2027-03-01"),
    huishouden("H2", aantal_personen=3, opvang_gemeente=ZWOLLE),
    huishouden("H3", vastgezet_gemeente=ZWOLLE, vastgezet_reden="afspraak"),
    huishouden("H4", aantal_personen=4, opvang_gemeente=MAASTRICHT),
    huishouden("H5", opvang_gemeente=AMSTERDAM),
    huishouden("H6", aantal_personen=9),
    huishouden("H7", opvang_gemeente=GRONINGEN, vergunning_datum="2026-06-01"),
    huishouden("H8", aantal_personen=2, opvang_gemeente=ZWOLLE),
    huishouden("H9", opvang_gemeente=ZWOLLE),
]
VERZOEKEN = [("H1", AMERSFOORT), ("H2", UTRECHT), ("H4", GRONINGEN), ("H5", UTRECHT), ("H6", UTRECHT), ("H7", ZWOLLE)]
_BARE = groep(
    HUISHOUDENS,
    {UTRECHT: 3, AMERSFOORT: 4, ZWOLLE: 4, GRONINGEN: 3},
    werk=[
        baan("H1", UTRECHT),
        baan("H2", UTRECHT, contract_getekend="nee"),
        baan("H5", AMERSFOORT),
        baan("H5", MAASTRICHT, uren_per_week=12.0),
        baan("H7", ZWOLLE, contract_einde="2026-12-01"),
        baan("H9", UTRECHT, loonstrook_gezien="nee"),
    ],
    gronden=[grond("H4", "studie", GRONINGEN), grond("H8", "gezin", ZWOLLE), grond("H2", "medisch", ZWOLLE)],
    overeenkomsten=[
        {
            "gemeente": GRONINGEN,
            "effect": "blijft",
            "vanaf": "2026-09-01",
            "tot_en_met": "2026-12-31",
            "bron": "besluit 7",
        },
    ],
    verzoeken=[
        {"huishouden_id": h, "gemeente": g, "verzoeker": "werkgever", "toelichting_code": "baan"} for h, g in VERZOEKEN
    ],
)
GEMEENTEN = [UTRECHT, AMERSFOORT, ZWOLLE, GRONINGEN, MAASTRICHT]
#: What was done before: all of it linked in Amersfoort, nothing left in Maastricht, nothing done in Zwolle.
STOCK = {
    "gemeente": GEMEENTEN,
    "taakstelling": [10, 8, 4, 3, 2],
    "achterstand": [5, 0, 0, 1, 0],
    "voorsprong": [1, 0, 0, 1, 0],
    "gekoppeld": [6, 4, 0, 0, 2],
    "gehuisvest": [3, 0, 0, 0, 1],
    "tijdelijk_gehuisvest": [2, 0, 0, 0, 0],
    "verschoonbaar": [4, 0, 0, 1, 0],
    "halfjaar": ["2026-2"] * 5,
}
_KINDS = _BARE.taakstelling.dtypes.to_dict()
MONTH = replace(_BARE, taakstelling=pd.DataFrame(STOCK)[list(_KINDS)].astype(_KINDS))
RULES = parameters()


def as_written(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(object).where(table.notna(), "").astype(str)


def as_in_a_file(table: pd.DataFrame) -> pd.DataFrame:
    """The requests as they stand in a run, read back as text."""
    lines = csvs.to_bytes(table, VERZOEKEN_CSV).decode("utf-8-sig").splitlines()
    head, *rows = (line.split(";") for line in lines)
    return pd.DataFrame(rows, columns=head, dtype=object)


def judges_case(case: Case, voorstel: pd.DataFrame) -> JudgesCase:
    return open_case(case.batch, as_written(voorstel), case.parameters, case.eisen, 1.0, 0)


@pytest.fixture(scope="module")
def answered() -> Case:
    return worked_out(MONTH, rules=RULES)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_judge_finds_every_table_and_every_sentence_true(answered: Case, lang: str) -> None:
    told = explain(answered).said(lang)
    case = judges_case(answered, told.voorstel)
    links = as_written(told.voorstel)
    oordeel = judge(
        MONTH,
        links,
        parameters=RULES,
        eisen=answered.eisen,
        chances=answered.problem.kansen,
        niveaus=load_beleid("kansrijk").niveaus,
        banen=as_written(told.banen),
        taakstelling=as_written(told.taakstelling),
        uitzonderingen=as_written(told.uitzonderingen),
    )
    # What a sentence needs is worked out by the judge as well.
    weighed = turned(case, answered.problem.kansen, load_beleid("kansrijk").niveaus)
    assert told.verzoeken is not None
    found: list[Bevinding] = [
        *oordeel.overtredingen,
        *reasons(case, "optimaal", weighed),
        *table_niet_gekoppeld(case, as_written(told.niet_gekoppeld), "komma"),
        *explanations(case, oordeel.uitzonderingen, as_written(told.uitzonderingen)),
        *table_koppelregio(case, as_written(told.koppelregio), "komma", weighed),
        *table_prognose(case, as_written(told.prognose)),
        *table_verzoeken(case, as_in_a_file(told.verzoeken), "komma"),
    ]
    assert [(b.code, b.toelichting) for b in found] == []


def test_the_month_has_something_of_everything(answered: Case) -> None:
    told = explain(answered).said("nl")
    assert set(told.voorstel["status"]) == {"voorgesteld", "vastgezet", "niet_gekoppeld"}
    assert {"ja", "nvt"} <= set(told.voorstel["grond_gehonoreerd"])
    assert len(set(told.voorstel["grond"])) >= 4
    assert told.verzoeken is not None
    assert len(set(told.verzoeken["oordeel"])) >= 2
    assert len(told.niet_gekoppeld) > 0
    assert set(told.taakstelling["gemeente"]) == set(GEMEENTEN)
    forecast = told.prognose
    assert {"gekoppeld", "gehuisvest"} == set(forecast["maat"])
    assert (forecast[["achterstand", "verschoonbaar", "voorsprong", "eerder_gekoppeld"]] > 0).any().all()


def test_the_median_is_over_linked_households_with_grounds_of_which_none_is_work(answered: Case) -> None:
    facts, order = answered.facts, list(RULES["gronden/volgorde"])
    to = np.full(len(HUISHOUDENS), -1, dtype=np.int64)
    index = {str(code): row for row, code in enumerate(facts.gemeenten.code)}
    # H4 (study in Groningen) and H8 (family in Zwolle) are linked elsewhere; H1 has work, and H3 is fixed by a person.
    to[[0, 2, 3, 7]] = [index[code] for code in (GRONINGEN, GRONINGEN, ZWOLLE, AMERSFOORT)]
    of_h4 = float(facts.km[index[ZWOLLE], index[GRONINGEN]])
    of_h8 = float(facts.km[index[AMERSFOORT], index[ZWOLLE]])
    assert median_ground_km(facts, to, order) == pytest.approx((of_h4 + of_h8) / 2)
    to[3] = -1
    assert median_ground_km(facts, to, order) == pytest.approx(of_h8)
    to[7] = -1
    assert np.isnan(median_ground_km(facts, to, order))
