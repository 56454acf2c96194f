"""Jobs whose place of work is named: from the files of a user, through run and verify, to the maps."""

import json
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from geodata.distance import write_matrix
from geodata.gemeenten import load_gemeenten
from geodata.workplace import km_to, locate
from optimizer.cli import main
from optimizer.read.run import read_run

ROTTERDAM, UTRECHT, DELFT = "GM0599", "GM0344", "GM0503"
#: A part of Rotterdam. Utrecht lies within 50 km of the centre of Rotterdam, and 68 km from here.
HOEK = "Hoek van Holland"
PC4 = "postcode4;gemeente;x_rd;y_rd\n3151;Rotterdam;69500;444400\n"
HEAD = "persoon_id;werk_gemeente;uren_per_week;baan_id;contract_getekend;loonstrook_gezien;werk_plaats;werk_postcode4\n"


def batch(folder: Path, place: str = HOEK, postcode: str = "", room: Mapping[str, int] | None = None) -> Path:
    """One person in reception in Delft, with a job in Rotterdam."""
    folder.mkdir()
    files = {
        "huishoudens": f"huishouden_id;aantal_personen;vergunning_datum;opvang_gemeente\nH1;1;2026-09-01;{DELFT}\n",
        "personen": "persoon_id;huishouden_id\nP1;H1\n",
        "werk": f"{HEAD}P1;Rotterdam;32;B1;ja;ja;{place};{postcode}\n",
        "taakstelling": "gemeente;taakstelling\n" + "".join(f"{g};{n}\n" for g, n in (room or {UTRECHT: 5}).items()),
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def run(source: Path, out: Path, *more: str) -> int:
    return main(["run", str(source), "--policies", "handmatig", "--out", str(out), *more])


def rows(out: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(out / f"{name}.csv", sep=";", decimal=",", encoding="utf-8-sig", dtype={"afstand_km": str})


def km(measure: str, gemeente: str) -> str:
    plek = locate(HOEK, ROTTERDAM)
    assert plek is not None
    column = km_to([plek], measure)[:, 0]
    return f"{column[load_gemeenten().index[gemeente]]:.1f}".replace(".", ",")


def test_a_municipality_near_the_centre_but_far_from_the_place_is_no_place_to_live(tmp_path: Path) -> None:
    assert run(batch(tmp_path / "plaats"), tmp_path / "uit") == 4
    assert rows(tmp_path / "uit", "niet_gekoppeld")["oorzaak"].tolist() == ["geen_plaats_binnen_50km"]
    assert run(batch(tmp_path / "gemeente", place=""), tmp_path / "zonder") == 0
    assert rows(tmp_path / "zonder", "voorstel")["gemeente"].tolist() == [UTRECHT]


@pytest.mark.parametrize("measure", ["straight", "border", "road"])
def test_every_measure_starts_from_the_place_and_the_judge_agrees(measure: str, tmp_path: Path) -> None:
    source, out = batch(tmp_path / "in", room={DELFT: 5}), tmp_path / "uit"
    assert run(source, out, "--measure", measure) == 0
    jobs, (row,) = rows(out, "banen"), rows(out, "voorstel").to_dict("records")
    assert jobs["werk_plaats"].tolist() == [HOEK]
    assert jobs["afstand_km"].tolist() == [row["afstand_km"]] == [km(measure, DELFT)]
    assert "harde grond in Hoek van Holland (Rotterdam)" in row["reden"]
    assert main(["verify", str(source), str(out / "voorstel.csv"), "--policy", "kansrijk"]) == 0
    told = json.loads((out / "run.json").read_text("utf-8"))["distances"]
    assert told["werkplaatsen"] == {"banen": 1, "gemeten_tot": "plaats"}


def test_the_judge_rejects_a_link_that_is_near_the_centre_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = batch(tmp_path / "in")
    (tmp_path / "v.csv").write_text("huishouden_id;gemeente\nH1;Utrecht\n", encoding="utf-8")
    assert main(["verify", str(source), str(tmp_path / "v.csv"), "--policy", "straal50"]) == 6
    assert "grond_buiten_straal" in capsys.readouterr().out
    assert main(["verify", str(source), "--huishouden", "H1", "--gemeente", "Utrecht"]) == 4
    said = capsys.readouterr().out
    assert "Harde grond werk in Hoek van Holland (Rotterdam): Utrecht ligt op 68,0 km" in said
    assert "Baan B1 in Hoek van Holland (Rotterdam): 32 uur" in said


def test_a_written_distance_to_the_centre_is_a_violation(tmp_path: Path) -> None:
    source, out = batch(tmp_path / "in", room={DELFT: 5}), tmp_path / "uit"
    run(source, out)
    proposal = (out / "voorstel.csv").read_text("utf-8-sig").replace(f";{km('straight', DELFT)};", ";12,2;")
    (tmp_path / "v.csv").write_text(proposal, encoding="utf-8")
    assert main(["verify", str(source), str(tmp_path / "v.csv")]) == 6


def test_a_postcode_counts_with_a_table_of_the_users_own_and_says_so_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = batch(tmp_path / "in", place="", postcode="3151", room={DELFT: 5})
    table = tmp_path / "postcodes.csv"
    table.write_text(PC4, encoding="utf-8")
    assert run(source, tmp_path / "uit", "--pc4", str(table)) == 0
    told = json.loads((tmp_path / "uit" / "run.json").read_text("utf-8"))
    assert told["distances"]["werkplaatsen"] == {"banen": 1, "gemeten_tot": "plaats", "postcodes": "postcodes.csv"}
    assert "postcodes.csv" in {b["name"] for b in told["inputs"]}
    assert rows(tmp_path / "uit", "banen")["werk_plaats"].tolist() == [HOEK]
    voorstel = str(tmp_path / "uit" / "voorstel.csv")
    assert main(["verify", str(source), voorstel, "--pc4", str(table)]) == 0
    assert main(["verify", str(source), voorstel]) == 2
    assert "Geef die tabel met --pc4" in capsys.readouterr().err
    assert run(source, tmp_path / "zonder") == 0
    assert "Er is geen tabel met postcodes" in capsys.readouterr().err
    assert "werk_plaats" not in rows(tmp_path / "zonder", "banen")


def test_a_matrix_of_municipalities_measures_to_the_centre_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_matrix(tmp_path / "km.csv", "straight")
    source, out = batch(tmp_path / "in"), tmp_path / "uit"
    assert run(source, out, "--afstanden", str(tmp_path / "km.csv")) == 0
    assert "kennen alleen gemeenten" in capsys.readouterr().err
    assert rows(out, "voorstel")["gemeente"].tolist() == [UTRECHT]
    told = json.loads((out / "run.json").read_text("utf-8"))["distances"]
    assert told["werkplaatsen"] == {"banen": 1, "gemeten_tot": "midden van de gemeente"}
    assert "deze afstanden kennen alleen gemeenten" in (out / "rapport.html").read_text("utf-8")
    assert main(["verify", str(source), str(out / "voorstel.csv")]) == 0


def test_a_place_that_cannot_be_right_is_refused_with_both_municipalities_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(batch(tmp_path / "in", place="Scheveningen"), tmp_path / "uit") == 3
    said = capsys.readouterr().err
    assert "werk.csv, rij 2, kolom werk_plaats" in said
    assert "'Scheveningen' ligt in 's-Gravenhage (GM0518), niet in Rotterdam (GM0599)" in said


def test_the_maps_and_layers_put_the_job_in_its_place(tmp_path: Path) -> None:
    out = tmp_path / "uit"
    run(batch(tmp_path / "in", room={DELFT: 5}), out, "--measure", "road")
    assert main(["geo", "map", str(out), "--out", str(tmp_path / "kaart")]) == 0
    page = (tmp_path / "kaart" / "kaarten.html").read_text("utf-8")
    assert 'scope="row">Hoek van Holland (Rotterdam)</th>' in page
    assert "Daar meten wij tot die plaats" in page
    assert main(["geo", "export", str(out), "--out", str(tmp_path / "run.gpkg")]) == 0


def test_what_goes_to_a_municipality_names_no_place_beside_a_private_ground(tmp_path: Path) -> None:
    source, out = batch(tmp_path / "in", room={DELFT: 5}), tmp_path / "uit"
    (source / "gronden.csv").write_text("huishouden_id;grond;gemeente\nH1;medisch;Den Haag\n", encoding="utf-8")
    assert run(source, out, "--voor", "gemeente") == 0
    book = openpyxl.load_workbook(out / "gemeenten" / f"{DELFT}_Delft.xlsx")
    cells = [str(c.value) for sheet in book for line in sheet.iter_rows() for c in line]
    assert [cell for cell in cells if HOEK in cell] == []


def test_the_run_reads_back_with_and_without_the_column(tmp_path: Path) -> None:
    run(batch(tmp_path / "in", room={DELFT: 5}), tmp_path / "met")
    run(batch(tmp_path / "ook", place="", room={DELFT: 5}), tmp_path / "zonder")
    assert read_run(tmp_path / "met").banen["werk_plaats"].tolist() == [HOEK]
    assert "werk_plaats" not in read_run(tmp_path / "zonder").banen
