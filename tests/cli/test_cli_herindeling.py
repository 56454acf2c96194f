"""The merger of Wijdemeren into Hilversum by date, from the command line on one and the same input."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from geodata.gemeenten import load_gemeenten
from optimizer.cli import main
from tests.proefbatch import UTRECHT, baan, groep, grond, huishouden, schrijf

BEFORE, AFTER = "2026-12-31", "2027-01-01"
HILVERSUM, WIJDEMEREN = "GM0402", "GM1696"
NOTE = "Wijdemeren (GM1696) hoort vanaf 2027-01-01 bij Hilversum (GM0402)."


@pytest.fixture
def invoer(tmp_path: Path) -> Path:
    """Five persons; Hilversum has room for one, Wijdemeren for two and Utrecht for two."""
    batch = groep(
        [
            huishouden("H1", opvang_gemeente=WIJDEMEREN),
            huishouden("H2", vastgezet_gemeente=WIJDEMEREN, vastgezet_reden="afspraak"),
            huishouden("H3", uitgesloten_gemeenten=WIJDEMEREN),
            huishouden("H4", opvang_gemeente=HILVERSUM),  # keeps its job for certain by staying
            huishouden("H5"),
        ],
        {HILVERSUM: 1, WIJDEMEREN: 2, UTRECHT: 2},
        werk=[baan("H1", WIJDEMEREN), baan("H4", HILVERSUM)],
        gronden=[grond("H5", "gezin", WIJDEMEREN)],
    )
    return schrijf(batch, tmp_path / "in")


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";"))


def run(invoer: Path, out: Path, day: str, *options: str) -> int:
    asked = ["run", str(invoer), "--peildatum", day, "--policies", "handmatig,zonder_opgave", "--out", str(out)]
    return main([*asked, *options])


@pytest.mark.parametrize("measure", ["straight", "border", "road"])
def test_on_the_day_the_two_become_one_with_the_room_of_both(
    invoer: Path, tmp_path: Path, measure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for day, opgaven in (
        (BEFORE, {HILVERSUM: "1", WIJDEMEREN: "2", UTRECHT: "2"}),
        (AFTER, {HILVERSUM: "3", UTRECHT: "2"}),
    ):
        out = tmp_path / day
        assert run(invoer, out, day, "--measure", measure) == 0
        said = capsys.readouterr().err
        assert said.count(NOTE) == (0 if day == BEFORE else 6)
        assert {row["gemeente"]: row["opgave"] for row in table(out / "taakstelling.csv")} == opgaven
        linked = {row["gemeente"] for row in table(out / "voorstel.csv")}
        assert linked <= set(opgaven)
        assert main(["verify", str(invoer), str(out / "voorstel.csv"), "--policy", "kansrijk"]) == 0
        assert WIJDEMEREN in linked if day == BEFORE else WIJDEMEREN not in linked
    jobs = table(tmp_path / AFTER / "banen.csv")
    assert [job["werk_gemeente"] for job in jobs] == [HILVERSUM, HILVERSUM]
    assert [job["afstand_km"] for job in jobs] == ["0,0", "0,0"]
    assert table(tmp_path / AFTER / "voorstel.csv")[0]["opvang_gemeente"] == HILVERSUM
    page = (tmp_path / AFTER / "rapport.html").read_text(encoding="utf-8")
    assert "<title>Hilversum: " in page
    assert "<title>Wijdemeren: " not in page


def test_the_answer_of_before_does_not_depend_on_what_is_planned(
    invoer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(invoer, tmp_path / "a", BEFORE) == 0
    monkeypatch.setattr("geodata.herindelingen.planned", tuple)
    monkeypatch.setattr("optimizer.read.checks.herindeling.planned", tuple)
    assert run(invoer, tmp_path / "b", BEFORE) == 0
    for name in ("voorstel.csv", "banen.csv", "taakstelling.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_household_in_the_merged_municipality_is_no_longer_known_by_two_chances_of_work(
    invoer: Path, tmp_path: Path
) -> None:
    chances = {}
    for day in (BEFORE, AFTER):
        run(invoer, tmp_path / day, day)
        rows = table(tmp_path / day / "voorstel.csv")
        chances[day] = {row["kans_werk"] for row in rows if row["gemeente"] in {HILVERSUM, WIJDEMEREN}}
    assert (len(chances[BEFORE]), len(chances[AFTER])) == (2, 1)


def test_a_comparison_and_a_policy_without_opgave_never_use_the_municipality_that_ended(
    invoer: Path, tmp_path: Path
) -> None:
    asked = ["--policies", "all", "--draws", "20", "--peildatum", AFTER, "--out", str(tmp_path / "o")]
    assert main(["compare", str(invoer), *asked]) == 0
    assert (
        main(["run", str(invoer), "--policy", "zonder_opgave", "--peildatum", AFTER, "--out", str(tmp_path / "p")]) == 0
    )
    assert WIJDEMEREN not in (tmp_path / "p" / "voorstel.csv").read_text(encoding="utf-8")


def test_a_proposal_with_the_old_code_or_name_is_noted_and_judged_as_the_successor(
    invoer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "ander.csv"
    other.write_text(f"huishouden_id;gemeente\nH1;Wijdemeren\nH2;{WIJDEMEREN}\nH3;Utrecht\nH4;Hilversum\nH5;Utrecht\n")
    asked = ["verify", str(invoer), str(other), "--policy", "kansrijk", "--peildatum"]
    assert main([*asked, BEFORE]) == 0
    assert NOTE not in capsys.readouterr().err
    assert main([*asked, AFTER]) == 0
    assert f"ander.csv, kolom gemeente: {NOTE}" in capsys.readouterr().err
    other.write_text(other.read_text().replace("H3;Utrecht", f"H3;{WIJDEMEREN}"))
    assert main([*asked, AFTER]) == 6
    assert "gemeente_uitgesloten" in capsys.readouterr().out


def test_one_link_by_hand_says_where_the_municipality_went(invoer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [
        "verify",
        str(invoer),
        "--huishouden",
        "H1",
        "--gemeente",
        "Wijdemeren",
        "--peildatum",
        AFTER,
        "--lang",
        "en",
    ]
    assert main(asked) == 0
    found = capsys.readouterr()
    assert "--gemeente: Wijdemeren (GM1696) is part of Hilversum (GM0402) from 2027-01-01." in found.err
    assert "Hilversum has room for 2" in found.out


def test_an_input_that_names_only_the_old_municipality_keeps_its_opgave(tmp_path: Path) -> None:
    invoer = schrijf(groep([huishouden("H1")], {WIJDEMEREN: 2}), tmp_path / "in")
    assert run(invoer, tmp_path / "o", AFTER) == 0
    (row,) = table(tmp_path / "o" / "taakstelling.csv")
    assert (row["gemeente"], row["gemeente_naam"], row["opgave"]) == (HILVERSUM, "Hilversum", "2")


def test_a_lock_on_one_part_and_an_exclusion_of_the_other_clash_from_the_day_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = {"vastgezet_gemeente": HILVERSUM, "vastgezet_reden": "afspraak", "uitgesloten_gemeenten": WIJDEMEREN}
    invoer = schrijf(groep([huishouden("H1", **cells)], {HILVERSUM: 2}), tmp_path / "in")
    assert main(["check", str(invoer), "--peildatum", BEFORE]) == 0
    assert main(["check", str(invoer), "--peildatum", AFTER, "--json"]) == 3
    found = json.loads(capsys.readouterr().out.partition("De invoer is in orde.\n")[2])
    assert [d["code"] for d in found if not d["warning"]] == ["vastgezet_op_uitgesloten"]


@pytest.mark.parametrize(("day", "work"), [(BEFORE, WIJDEMEREN), (AFTER, WIJDEMEREN), (AFTER, HILVERSUM)])
def test_a_named_place_of_work_and_a_postcode_move_with_their_municipality(tmp_path: Path, day: str, work: str) -> None:
    jobs = [baan("H1", work, werk_plaats="Loosdrecht"), baan("H2", work, werk_postcode4="1231")]
    invoer = schrijf(
        groep([huishouden("H1"), huishouden("H2")], {HILVERSUM: 2, UTRECHT: 2}, werk=jobs), tmp_path / "in"
    )
    pc4 = tmp_path / "pc4.csv"
    pc4.write_text("postcode4;gemeente;x_rd;y_rd\n1231;Wijdemeren;135700;469000\n")
    assert run(invoer, tmp_path / "o", day, "--measure", "road", "--pc4", str(pc4)) == 0
    found = table(tmp_path / "o" / "banen.csv")
    assert found[0]["werk_plaats"] == "Loosdrecht"
    assert found[1]["werk_plaats"]
    asked = ["verify", str(invoer), str(tmp_path / "o" / "voorstel.csv"), "--policy", "kansrijk", "--pc4", str(pc4)]
    assert main(asked) == 0


def test_rows_that_stand_twice_are_still_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    invoer = schrijf(groep([huishouden("H1")], {HILVERSUM: 2, WIJDEMEREN: 1}), tmp_path / "in")
    with (invoer / "taakstelling.csv").open("a", encoding="utf-8") as file:
        file.write("Wijdemeren;1;0;0;0;\n")
    assert main(["check", str(invoer), "--peildatum", AFTER]) == 3
    assert "rij 4, kolom gemeente" in capsys.readouterr().out


def test_dwellings_and_room_without_taakstelling_of_both_are_added_up(tmp_path: Path) -> None:
    households = [huishouden(f"H{i}", woning_nodig="toegankelijke_woning") for i in range(3)]
    invoer = schrijf(groep(households, {}), tmp_path / "in", '[parameters]\n"taakstelling/regime" = "capaciteit"\n')
    (invoer / "capaciteit.csv").write_text(f"gemeente;capaciteit;gekoppeld\n{HILVERSUM};1;0\n{WIJDEMEREN};3;1\n")
    kinds = [("toegankelijke_woning", 2, 1), ("grote_woning", 0, 4)]
    rows = [
        f"{code};{kind};{n}" for kind, *both in kinds for code, n in zip((HILVERSUM, WIJDEMEREN), both, strict=True)
    ]
    (invoer / "woningen.csv").write_text("\n".join(["gemeente;soort;aantal", *rows]) + "\n")
    for day, codes in ((BEFORE, [HILVERSUM, WIJDEMEREN, ""]), (AFTER, [HILVERSUM] * 3)):
        out = tmp_path / day
        code = 4 if day == BEFORE else 0
        assert run(invoer, out, day) == code
        assert sorted(row["gemeente"] for row in table(out / "voorstel.csv")) == sorted(codes)
        assert main(["verify", str(invoer), str(out / "voorstel.csv"), "--policy", "kansrijk"]) == code


def test_a_table_of_distances_need_not_name_the_municipality_that_ended(
    invoer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "km.csv"
    codes = [code for code in load_gemeenten().code.tolist() if code != WIJDEMEREN]
    rows = [[a, *("0" if a == b else "7" for b in codes)] for a in codes]
    own.write_text("\n".join(";".join(row) for row in [["km", *codes], *rows]))
    assert run(invoer, tmp_path / "a", BEFORE, "--afstanden", str(own)) == 2
    assert "1 gemeenten zonder kolom: GM1696" in capsys.readouterr().err
    assert run(invoer, tmp_path / "b", AFTER, "--afstanden", str(own)) == 0
    assert main(["verify", str(invoer), str(tmp_path / "b" / "voorstel.csv"), "--policy", "kansrijk"]) == 0
    assert {job["afstand_km"] for job in table(tmp_path / "b" / "banen.csv")} <= {"0,0", "7,0"}
