"""Requests for a re-link before the judge: each condition on both sides, and the same verdict as the program's."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.domain.batch import Batch
from optimizer.errors import VoorstelAfgekeurd
from optimizer.omkoppeling import approve, judge_requests
from optimizer.verify import judge_relinks
from tests.verify.zaken import UTRECHT, batch, parameters

#: Passes everything; the norm on the peildatum is 1401.50 euro for one person and 2002.13 for a couple.
GOOD = {
    "persoon_id": "P1",
    "werk_gemeente": UTRECHT,
    "uren_per_week": 8.0,
    "contract_getekend": "ja",
    "loonstrook_gezien": "ja",
    "contract_begin": "2026-05-01",
    "contract_einde": "2026-10-31",
    "maandloon_eur": 1401.5,
    "werksoort": "zorg",
    "sluit_aan": "ja",
    "elders_te_vinden": "nee",
    "reba_betaald": "ja",
}
MAG, ONBEKEND, NEE = "mag_overwogen", "niet_aangetoond", "nee"


def asked(
    *jobs: dict[str, Any], kind: str = "alleenstaand", offered: str = "nee", begun: str = "nee"
) -> tuple[Batch, pd.DataFrame]:
    zaak = batch(
        [{"huishouden_id": "H1", "bijstandsnorm_type": kind}, {"huishouden_id": "H2"}],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}, {"persoon_id": "P2", "huishouden_id": "H2"}],
        werk=[*jobs, {**GOOD, "persoon_id": "P2"}],
    )
    cells = {
        "huishouden_id": "H1",
        "huidige_gemeente": UTRECHT,
        "aangevraagd_door": "bewoner",
        "woonruimte_aangeboden": offered,
        "inburgering_begonnen": begun,
    }
    return zaak, pd.DataFrame([cells], dtype="str")


def verdict(*jobs: dict[str, Any], moment: str = "en", **said: str) -> str:
    zaak, requests = asked(*jobs, **said)
    return judge_relinks(zaak, requests, parameters(omkoppeling__moment=moment))["H1"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, MAG),
        ({"uren_per_week": 7.9}, NEE),
        ({"sluit_aan": "nee"}, NEE),
        ({"sluit_aan": ""}, ONBEKEND),
        ({"elders_te_vinden": "ja"}, NEE),
        ({"elders_te_vinden": ""}, ONBEKEND),
        ({"contract_getekend": "nee"}, NEE),
        ({"contract_getekend": ""}, ONBEKEND),
        ({"contract_einde": "2026-10-30"}, NEE),  # five months and thirty days
        ({"contract_einde": "2026-09-30"}, NEE),  # five months
        ({"contract_einde": "2026-11-30"}, MAG),
        ({"contract_begin": None}, ONBEKEND),
        ({"contract_einde": None}, MAG),
        ({"contract_einde": None, "contract_maanden": 6}, MAG),
        ({"contract_einde": None, "contract_maanden": 5}, NEE),
        ({"contract_maanden": 5}, MAG),  # the last day goes first
        ({"contract_begin": "2026-08-31", "contract_einde": "2027-02-27"}, MAG),
        ({"contract_begin": "2026-08-31", "contract_einde": "2027-02-26"}, NEE),
        ({"maandloon_eur": 1400.5}, NEE),
        ({"maandloon_eur": None}, ONBEKEND),
        ({"loonstrook_gezien": "nee"}, NEE),
        ({"loonstrook_gezien": ""}, ONBEKEND),
        ({"reba_betaald": "nee"}, NEE),
        ({"reba_betaald": ""}, ONBEKEND),
        ({"werksoort": "schoonmaak"}, NEE),
        ({"werksoort": "Distributie "}, NEE),
        ({"werksoort": ""}, ONBEKEND),
        ({"werksoort": "ict"}, MAG),
    ],
)
def test_each_condition_of_the_job_decides(changes: dict[str, Any], expected: str) -> None:
    assert verdict({**GOOD, **changes}) == expected


def test_the_norm_goes_by_the_household() -> None:
    assert verdict({**GOOD, "maandloon_eur": 2002.13}, kind="gehuwd") == MAG
    assert verdict({**GOOD, "maandloon_eur": 2002.12}, kind="gehuwd") == NEE
    assert verdict(GOOD, kind="") == ONBEKEND


@pytest.mark.parametrize(
    ("offered", "begun", "en", "of"),
    [
        ("nee", "nee", MAG, MAG),
        ("ja", "nee", NEE, MAG),
        ("nee", "ja", NEE, MAG),
        ("ja", "ja", NEE, NEE),
        ("", "nee", ONBEKEND, MAG),
        ("ja", "", NEE, ONBEKEND),
        ("", "", ONBEKEND, ONBEKEND),
    ],
)
def test_both_readings_of_the_moment(offered: str, begun: str, en: str, of: str) -> None:
    assert verdict(GOOD, offered=offered, begun=begun) == en
    assert verdict(GOOD, offered=offered, begun=begun, moment="of") == of


def test_one_job_meets_everything_or_none_does() -> None:
    few, cheap = {**GOOD, "uren_per_week": 7.0}, {**GOOD, "maandloon_eur": 1.0}
    assert verdict() == NEE
    assert verdict(few, cheap) == NEE
    assert verdict(few, GOOD) == MAG
    assert verdict(few, {**GOOD, "reba_betaald": ""}) == ONBEKEND


FLAG = st.sampled_from(["ja", "nee", ""])
DAY = st.none() | st.dates(pd.Timestamp("2026-01-01").date(), pd.Timestamp("2027-06-30").date()).map(str)
JOB = st.fixed_dictionaries(
    {
        "persoon_id": st.just("P1"),
        "werk_gemeente": st.just(UTRECHT),
        "uren_per_week": st.sampled_from([7.9, 8.0, 40.0]),
        "contract_getekend": FLAG,
        "loonstrook_gezien": FLAG,
        "contract_begin": DAY,
        "contract_einde": DAY,
        "contract_maanden": st.none() | st.integers(1, 12),
        "maandloon_eur": st.sampled_from([None, 1400.5, 1401.5, 2002.13]),
        "werksoort": st.sampled_from(["", "zorg", "schoonmaak", "DISTRIBUTIE"]),
        "sluit_aan": FLAG,
        "elders_te_vinden": FLAG,
        "reba_betaald": FLAG,
    }
)


@settings(max_examples=60)
@given(
    jobs=st.lists(st.one_of(JOB, JOB.map(lambda job: {**job, **{k: GOOD[k] for k in list(GOOD)[3:5]}})), max_size=3),
    kind=st.sampled_from(["", "alleenstaand", "gehuwd"]),
    offered=FLAG,
    begun=FLAG,
    moment=st.sampled_from(["en", "of"]),
)
def test_the_judge_and_the_program_come_to_the_same(
    jobs: list[dict[str, Any]], kind: str, offered: str, begun: str, moment: str
) -> None:
    zaak, requests = asked(*jobs, kind=kind, offered=offered, begun=begun)
    rules = parameters(omkoppeling__moment=moment)
    judged = judge_requests(zaak, requests, rules)
    assert judged["oordeel"].tolist() == list(judge_relinks(zaak, requests, rules).values())
    approve(zaak, requests, rules, judged)


def test_another_verdict_than_the_judges_is_not_published() -> None:
    zaak, requests = asked(GOOD)
    judged = judge_requests(zaak, requests, parameters())
    with pytest.raises(VoorstelAfgekeurd, match="Huishouden H1: het programma zegt nee, de rechter zegt mag_overwogen"):
        approve(zaak, requests, parameters(), judged.assign(oordeel=NEE))
    with pytest.raises(VoorstelAfgekeurd, match="zegt -"):
        approve(zaak, requests, parameters(), judged[:0])
