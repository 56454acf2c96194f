"""Other months and other assumptions: each worked out anew, whatever the number of processes, and never twice."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.cli import main
from optimizer.decide import Limits
from optimizer.measure.months import differences
from optimizer.measure.sensitivity import tornado, variants, with_temporary_contracts
from optimizer.pipeline.months import Month, koppelregio_of, months
from optimizer.pipeline.pieces import Piece, worked
from tests.proefbatch import UTRECHT, ZWOLLE, baan, groep, huishouden, in_force, parameters, schrijf

MONTH = groep(
    [huishouden(f"H{i}", opvang_gemeente=[UTRECHT, ZWOLLE][i % 2]) for i in range(5)],
    {UTRECHT: 3, ZWOLLE: 3},
    werk=[baan("H0", UTRECHT), baan("H1", ZWOLLE), baan("H2", UTRECHT, uren_per_week=6.0)],
)
COMPARE = ["--policies", "handmatig,straal50", "--draws", "3"]


@dataclass(frozen=True)
class Number:
    """A piece of work that leaves a trace of each time that it is done."""

    value: int
    trace: Path

    def __call__(self) -> pd.DataFrame:
        with self.trace.open("a", encoding="utf-8") as file:
            file.write(f"{self.value}\n")
        return pd.DataFrame({"x": [self.value]})


def pieces(trace: Path) -> list[Piece]:
    return [Piece(f"stuk-{i}", Number(i, trace)) for i in range(4)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_finished_is_read_and_the_rest_is_worked_out_in_order(tmp_path: Path, jobs: int) -> None:
    trace, told = tmp_path / "spoor", []
    worked(pieces(trace)[1:3], tmp_path / "w", 1)
    tables = worked(pieces(trace), tmp_path / "w", jobs, lambda done, n: told.append((done, n)))
    assert [int(t["x"].iloc[0]) for t in tables] == [0, 1, 2, 3]
    assert sorted(trace.read_text(encoding="utf-8").split()) == ["0", "1", "2", "3"]  # nothing is done twice
    assert told == [(2, 4), (3, 4), (4, 4)]


def test_months_are_the_same_to_the_byte_with_any_number_of_processes(tmp_path: Path) -> None:
    source = str(schrijf(MONTH, tmp_path / "in"))
    for jobs in ("1", "2"):
        asked = ["compare", source, *COMPARE, "--maanden", "3", "--zaad", "7", "--jobs", jobs]
        assert main([*asked, "--out", str(tmp_path / jobs)]) == 0
    for name in ("maanden.parquet", "verschillen.csv", "beleidsvergelijking.csv"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name
    months = pd.read_parquet(tmp_path / "1" / "maanden.parquet")
    assert sorted(set(months["maand"])) == [1, 2, 3]
    assert sorted(set(months["zaad"])) == [7, 8, 9]
    assert set(months["huishoudens"]) == {5}
    totals = months[["behouden", "verloren_regel", "al_buiten", "loopt_af", "onbeslist"]].sum(axis=1)
    np.testing.assert_allclose(totals, months["banen"])
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]  # finished pieces are cleared away


def test_a_drawn_month_has_the_opgaven_and_the_koppelregio_of_the_batch() -> None:
    batch = groep([huishouden(f"H{i}", opvang_gemeente=UTRECHT) for i in range(4)], {UTRECHT: 2, ZWOLLE: 1})
    settings = {"baseline": "handmatig", "draws": 1, "limits": Limits(), "number": 2, "first_seed": 3}
    for piece in months(in_force(batch, bekend=0.5), (), **settings):  # type: ignore[arg-type]
        assert isinstance(piece.work, Month)
        drawn = piece.work.in_force()
        assert len(drawn.batch.huishoudens) == 4
        pd.testing.assert_frame_equal(drawn.batch.taakstelling, batch.taakstelling)
        assert koppelregio_of(drawn.batch) == koppelregio_of(batch)
        assert (drawn.seed, drawn.bekend) == (piece.work.seed, 0.5)


def test_months_of_a_folder_are_read_in_order_of_name(tmp_path: Path) -> None:
    source = str(schrijf(MONTH, tmp_path / "in"))
    for name in ("b", "a"):
        schrijf(MONTH, tmp_path / "maanden" / name)
    asked = ["compare", source, *COMPARE, "--maandenmap", str(tmp_path / "maanden"), "--out", str(tmp_path / "uit")]
    assert main(asked) == 0
    months = pd.read_parquet(tmp_path / "uit" / "maanden.parquet")
    of_batch = pd.read_csv(tmp_path / "uit" / "beleidsvergelijking.csv", sep=";", decimal=",").set_index("beleid")
    assert sorted(set(months["maand"])) == [1, 2]
    for _, row in months[months["beleid"] == "straal50"].iterrows():
        assert row["behouden"] == of_batch["behouden"]["straal50"]


def test_a_folder_without_months_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(schrijf(MONTH, tmp_path / "in"))
    (tmp_path / "leeg").mkdir()
    asked = ["compare", source, *COMPARE, "--maandenmap", str(tmp_path / "leeg"), "--out", str(tmp_path / "uit")]
    assert main(asked) == 2
    assert "staat geen maand" in capsys.readouterr().err


def test_an_assumption_is_worked_out_as_a_scenario_with_that_value_would_be(tmp_path: Path) -> None:
    source = str(schrijf(MONTH, tmp_path / "in"))
    (tmp_path / "s.toml").write_text('[parameters]\n"gronden/maat" = "road"\n', encoding="utf-8")
    assert main(["compare", source, *COMPARE, "--gevoeligheid", "--out", str(tmp_path / "a")]) == 0
    assert (
        main(["compare", source, *COMPARE, "--scenario", str(tmp_path / "s.toml"), "--out", str(tmp_path / "b")]) == 0
    )
    found = pd.read_csv(tmp_path / "a" / "gevoeligheid.csv", sep=";", decimal=",")
    road = found[found["waarde"] == "road"].set_index("beleid")["verwacht_behouden"].to_dict()
    other = pd.read_csv(tmp_path / "b" / "beleidsvergelijking.csv", sep=";", decimal=",").set_index("beleid")
    assert road == {name: other["verwacht_behouden"][name] for name in ("handmatig", "straal50")}


def test_every_assumption_of_the_headline_has_another_value() -> None:
    p = parameters()
    found = variants({name: p[name] for name in p})
    assert {v.aanname for v in found} == {
        "zoals_het_is",
        "weken_tot_verhuizing",
        "afstandsmaat",
        "straal_km",
        "uren_minimum",
        "volgorde_gronden",
        "curve",
        "deel_tijdelijk",
    }
    assert "12" not in {v.waarde for v in found if v.aanname == "weken_tot_verhuizing"}  # in force already


@given(st.integers(0, 12), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_of_temporary_contracts_contains_the_smaller(n: int, a: float, b: float) -> None:
    people = [huishouden(f"H{i}") for i in range(max(1, n))]
    batch = groep(people, {}, werk=[baan(f"H{i}", UTRECHT) for i in range(n)])
    small, large = (with_temporary_contracts(batch, s, 0).werk["contract_maanden"].notna() for s in sorted([a, b]))
    assert int(small.sum()) == round(min(a, b) * n)
    assert not (small & ~large).any()


def test_the_difference_is_paired_by_hand() -> None:
    rows = [(1, "a", 5.0), (1, "b", 3.0), (2, "a", 9.0), (2, "b", 8.0)]
    months = pd.DataFrame(rows, columns=["maand", "beleid", "behouden"])
    for maat in ("behouden_min", "behouden_max", "verwacht_behouden", "verloren_regel", "onbeslist", "kans_werk"):
        months[maat] = 0.0
    found = differences(months, "b", np.random.default_rng(0))
    row = found[(found["beleid"] == "a") & (found["maat"] == "behouden")].iloc[0]
    assert (row["verschil"], row["laag"], row["hoog"], row["maanden"]) == (1.5, 1.0, 2.0, 2)


def test_one_month_has_no_interval() -> None:
    months = pd.DataFrame({"maand": [1, 1], "beleid": ["a", "b"]}).assign(
        **dict.fromkeys(
            (
                "behouden",
                "behouden_min",
                "behouden_max",
                "verwacht_behouden",
                "verloren_regel",
                "onbeslist",
                "kans_werk",
            ),
            1.0,
        )
    )
    assert differences(months, "b", np.random.default_rng(0))[["laag", "hoog"]].isna().all(axis=None)


def test_a_conclusion_turns_where_the_order_with_the_baseline_does() -> None:
    rows = pd.DataFrame(
        [
            ("zoals_het_is", "", "a", 5.0),
            ("zoals_het_is", "", "basis", 3.0),
            ("straal_km", "40", "a", 3.0),
            ("straal_km", "40", "basis", 3.0),
            ("straal_km", "60", "a", 9.0),
            ("straal_km", "60", "basis", 8.0),
        ],
        columns=["aanname", "waarde", "beleid", "behouden"],
    ).assign(verloren_regel=0.0, verwacht_behouden=0.0, onbeslist=0.0)
    assert tornado(rows, "basis")["keert_om"].tolist() == ["nee", "nee", "ja", "nee", "nee", "nee"]


def test_the_chain_alone_gives_the_same_steps_without_another_order(tmp_path: Path) -> None:
    source = str(schrijf(MONTH, tmp_path / "in"))
    for name, words in (("met", []), ("zonder", ["--geen-shapley"])):
        assert main(["compare", source, *COMPARE, *words, "--out", str(tmp_path / name)]) == 0
    whole, chain = (pd.read_csv(tmp_path / name / "attributie.csv", sep=";", decimal=",") for name in ("met", "zonder"))
    pd.testing.assert_frame_equal(whole.drop(columns="shapley"), chain.drop(columns="shapley"))
    assert chain["shapley"].isna().all()
    assert whole["shapley"].sum() == pytest.approx(whole["verschil_behouden"].sum(), abs=0.03)
