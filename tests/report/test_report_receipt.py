"""The receipt holds what is needed to repeat a run."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest

from geodata.tables import tables
from optimizer.report.receipt import comparison_receipt, run_receipt, to_bytes
from tests.report import report_builder as build


@pytest.fixture
def receipt() -> dict[str, Any]:
    b = build.batch()
    return run_receipt(
        build.voorstel(b),
        b,
        build.parameters().replace({"gronden/straal_km": 40}),
        command=["koppelwijzer", "run", "invoer"],
        policy={"levels": ("personen_gekoppeld",), "peildatum": build.PEILDATUM},
        answer=b"answer",
    )


def test_it_names_command_version_peildatum_seed_inputs_and_answer(receipt: dict[str, Any]) -> None:
    assert receipt["command"] == ["koppelwijzer", "run", "invoer"]
    assert (receipt["peildatum"], receipt["seed"], receipt["reproducible"]) == ("2026-10-01", 0, "ja")
    assert receipt["inputs"][0] == {"name": "huishoudens.csv", "sha256": "ab" * 32}
    assert receipt["answer"]["sha256"] == hashlib.sha256(b"answer").hexdigest()
    assert receipt["policy"]["levels"] == ["personen_gekoppeld"]
    assert receipt["policy"]["peildatum"] == "2026-10-01"


def test_it_names_every_shipped_table_and_every_parameter_in_force_with_its_source(receipt: dict[str, Any]) -> None:
    assert [t["name"] for t in receipt["tables"]] == [t.name for t in tables()]
    assert set(receipt["parameters"]) == set(build.parameters())
    assert all(p["source"] for p in receipt["parameters"].values())


def test_a_parameter_that_the_user_set_is_told_apart(receipt: dict[str, Any]) -> None:
    radius, hours = receipt["parameters"]["gronden/straal_km"], receipt["parameters"]["werk/minimum_uren"]
    assert (radius["value"], radius["overridden"], radius["since"], radius["source"]) == (40, True, None, "gebruiker")
    assert (hours["value"], hours["overridden"], hours["since"]) == (8, False, "2016-01-01")


def test_each_level_has_value_bound_gap_status_and_seconds(receipt: dict[str, Any]) -> None:
    second = receipt["levels"][1]
    assert second == {
        "name": "verwacht_behouden",
        "unit": "banen",
        "value": 172.418,
        "bound": 172.511,
        "gap": 0.00054,
        "status": "gap",
        "certificate": "",
        "best": 172.418,
        "floor": 172.418,
        "most": 172.511,
        "seconds": 12.346,
    }
    assert receipt["levels"][0]["seconds"] is None


def test_only_what_is_named_seconds_depends_on_the_clock() -> None:
    b = build.batch()
    v = build.voorstel(b)

    def written(seconds: dict[str, float]) -> dict[str, Any]:
        receipt = run_receipt(
            replace(v, seconden=seconds), b, build.parameters(), command=["koppelwijzer"], policy={}, answer=b""
        )
        receipt.pop("seconds")
        for level in receipt["levels"]:
            level.pop("seconds")
        return receipt

    assert written({"kans_werk": 1.0}) == written({"kans_werk": 2.0, "lezen": 0.1})


def test_the_file_is_json_without_infinity(receipt: dict[str, Any]) -> None:
    b = build.batch()
    v = build.voorstel(b)
    unbounded = replace(v, niveaus=(replace(v.niveaus[0], grens=float("inf"), gap=float("inf")),))
    told = run_receipt(unbounded, b, build.parameters(), command=[], policy={}, answer=b"")
    assert json.loads(to_bytes(told))["levels"][0]["bound"] is None
    assert json.loads(to_bytes(receipt)) == receipt


def test_a_comparison_holds_every_policy_in_full() -> None:
    told = comparison_receipt(
        build.batch(),
        build.parameters(),
        command=["koppelwijzer", "compare"],
        seed=4,
        policies={"loting": {"method": "loting"}, "handmatig": {"method": "volgorde"}},
        bekend=1.0,
        baseline="handmatig",
        draws=200,
        reproducible=True,
        answer=b"",
    )
    assert list(told["policies"]) == ["loting", "handmatig"]
    assert (told["baseline"], told["draws"], told["seed"]) == ("handmatig", 200, 4)
