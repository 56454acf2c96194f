"""The list of households on the page: everybody stands in it once, and what needs a person's eye comes first."""

import re
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from optimizer.domain.uitvoer import UITZONDERINGEN
from optimizer.report import household_parts as parts
from optimizer.report.privacy import is_private, without_place
from optimizer.report.templating import environment
from tests.report.report_builder import batch, language, voorstel

T = language("nl")


def told(**changes: Any) -> dict[str, Any]:
    return parts.household_parts(T, voorstel(batch(120), **changes))


def test_everybody_stands_in_it_once() -> None:
    found = told()
    rows = [*found["look_first"], *found["others"]]
    assert sorted(row.huishouden for row in rows) == sorted(batch(120).huishoudens["huishouden_id"])
    assert not any(row.attention for row in found["others"])
    assert found["households_left_out"] == 0


def test_the_most_urgent_comes_first_and_of_equals_who_waits_longest() -> None:
    first = told()["look_first"]
    urgency = [[str(T(f"aandacht.{kind}")) for kind in parts.ATTENTION].index(row.attention[0]) for row in first]
    assert urgency == sorted(urgency)
    for before, after in pairwise(first):
        assert before.attention[0] != after.attention[0] or before.dagen >= after.dagen


def test_who_waits_is_told_why_and_a_job_that_is_not_decided_is_no_job_lost() -> None:
    b = batch(120)
    made = voorstel(b)
    waits = set(made.niet_gekoppeld["huishouden_id"])
    rows = {row.huishouden: row for row in parts.household_parts(T, made)["look_first"]}
    assert waits <= set(rows)
    assert all(rows[h].reden.startswith("Binnen 50 km van Utrecht zijn 212 plekken") for h in waits)
    assert {rows[h].banen for h in waits} <= {"", "1, onbeslist"}
    lost = set(made.banen.loc[made.banen["uitkomst"] == "verloren_regel", "huishouden_id"])
    assert lost
    assert all("Een baan gaat verloren" in rows[h].attention for h in lost)


def test_private_grounds_read_personal() -> None:
    found = told()
    said = " ".join(f"{row.grond} {row.reden}" for row in [*found["look_first"], *found["others"]])
    assert "persoonlijk" in said
    assert not re.search("medisch|gezin", said)


def test_neither_the_place_nor_the_distance_of_a_private_ground_is_told() -> None:
    found = told()
    rows = {row.huishouden: row for row in [*found["look_first"], *found["others"]]}
    made = voorstel(batch(120)).voorstel
    private = made.loc[made["grond"].map(is_private)]
    assert len(private) > 0
    for household, status in zip(private["huishouden_id"], private["status"], strict=True):
        row = rows[household]
        assert row.km == ""
        assert row.reden == T.plain("huishoudens.vast" if status == "vastgezet" else "huishoudens.persoonlijk")
    others = made.loc[~made["grond"].map(is_private) & (made["status"] == "voorgesteld")]
    assert all(rows[h].reden == reden for h, reden in zip(others["huishouden_id"], others["reden"], strict=True))


def test_proofs_and_remedies_of_who_has_a_private_ground_name_no_place() -> None:
    told_of = pd.DataFrame({"huishouden_id": ["H1", "H2"], "grond": ["werk", "werk+medisch"]})
    waits = pd.DataFrame({"huishouden_id": ["H1", "H2"], "toelichting": "Rond Weert", "bewijs_uitleg": "Weert is vol"})
    shown = without_place(waits, told_of, "Er is een persoonlijke grond.")
    assert shown.to_dict("list") == {
        "huishouden_id": ["H1", "H2"],
        "toelichting": ["Rond Weert", "Er is een persoonlijke grond."],
        "bewijs_uitleg": ["Weert is vol", ""],
    }


def test_a_long_list_is_cut_after_those_who_need_an_eye(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = told()
    monkeypatch.setattr(parts, "MOST_ROWS", len(whole["look_first"]) + 5)
    short = told()
    assert short["look_first"] == whole["look_first"]
    assert len(short["others"]) == 5
    assert short["others_total"] == whole["others_total"]
    assert short["households_left_out"] == 120 - len(whole["look_first"]) - 5


def test_every_reason_to_look_has_its_words() -> None:
    for code in ("nl", "en"):
        words = language(code)
        assert all(f"aandacht.{kind}" in words.texts for kind in parts.ATTENTION)
    assert set(UITZONDERINGEN) <= set(parts.ATTENTION)


def test_without_anybody_to_look_at_the_page_says_so() -> None:
    b = batch(1)
    made = voorstel(b)
    quiet = made.voorstel.assign(status="voorgesteld", grond="", grond_gehonoreerd="nvt")
    made = voorstel(
        b,
        voorstel=quiet,
        banen=made.banen.iloc[:0],
        niet_gekoppeld=made.niet_gekoppeld.iloc[:0],
        uitzonderingen=pd.DataFrame(columns=made.uitzonderingen.columns),
    )
    page = environment().get_template("section_huishoudens.html.j2").render(t=T, **parts.household_parts(T, made))
    assert "Geen enkel huishouden vraagt om een besluit van een mens." in page
    assert "De andere huishoudens: 1" in page
