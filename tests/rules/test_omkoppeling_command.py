"""``koppelwijzer omkoppeling``: which requests may be considered, why not, and the batch with those that may."""

import json
import shutil
from pathlib import Path

import pytest

from optimizer.cli import main
from optimizer.omkoppeling import OORDELEN, VOORWAARDEN
from optimizer.read import read_batch
from optimizer.read.omkoppeling import OMKOPPELING

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "omkoppeling.md").read_text(encoding="utf-8")
Capture = pytest.CaptureFixture[str]
HEAD = "huishouden_id;huidige_gemeente;aanvraag_datum;aangevraagd_door;woonruimte_aangeboden;inburgering_begonnen\n"
GOOD = {
    "baan_id": "B0001",
    "persoon_id": "P0001",
    "werk_gemeente": "Utrecht",
    "uren_per_week": "32",
    "contract_getekend": "ja",
    "loonstrook_gezien": "ja",
    "contract_begin": "2026-05-01",
    "contract_einde": "2026-10-31",
    "maandloon_eur": "1401,50",
    "werksoort": "zorg",
    "soort": "loondienst",
    "sluit_aan": "ja",
    "elders_te_vinden": "nee",
    "reba_betaald": "ja",
}


def prepare(folder: Path, job: dict[str, str], request: str = "H0001;Zwolle;2026-09-20;werkgever;nee;nee") -> Path:
    """The month on paper, in which H0001 asks for a re-link on the strength of one job."""
    place = folder / "invoer"
    shutil.copytree(ROOT / "inputs" / "klein", place)
    (place / "werk.csv").write_text(";".join(job) + "\n" + ";".join(job.values()) + "\n", encoding="utf-8")
    (place / "omkoppeling.csv").write_text(HEAD + request + "\n", encoding="utf-8")
    households = (place / "huishoudens.csv").read_text("utf-8-sig").splitlines()
    rows = [f"{row};{'alleenstaand' if i else 'bijstandsnorm_type'}" for i, row in enumerate(households)]
    (place / "huishoudens.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return place


def verdict(place: Path, capsys: Capture, *words: str) -> dict[str, str]:
    assert main(["omkoppeling", str(place), "--json", *words]) == 0
    (row,) = json.loads(capsys.readouterr().out)["aanvragen"]
    return {str(k): str(v) for k, v in row.items()}


def test_a_request_that_meets_everything_may_be_considered(tmp_path: Path, capsys: Capture) -> None:
    found = verdict(prepare(tmp_path, GOOD), capsys)
    assert (found["oordeel"], found["baan_id"], found["redenen"]) == ("mag_overwogen", "B0001", "")


@pytest.mark.parametrize(
    ("column", "cell", "oordeel", "condition"),
    [
        ("uren_per_week", "7,9", "nee", "uren"),
        ("sluit_aan", "nee", "nee", "sluit_aan"),
        ("elders_te_vinden", "ja", "nee", "elders"),
        ("contract_getekend", "nee", "nee", "contract"),
        ("contract_einde", "2026-10-30", "nee", "duur"),
        ("maandloon_eur", "1400,50", "nee", "loon"),
        ("loonstrook_gezien", "nee", "nee", "loonstrook"),
        ("reba_betaald", "nee", "nee", "reba"),
        ("werksoort", "schoonmaak", "nee", "werksoort"),
        ("maandloon_eur", "", "niet_aangetoond", "loon"),
        ("reba_betaald", "", "niet_aangetoond", "reba"),
        ("contract_begin", "", "niet_aangetoond", "duur"),
    ],
)
def test_each_condition_alone_stops_a_request_and_is_named(
    tmp_path: Path, capsys: Capture, column: str, cell: str, oordeel: str, condition: str
) -> None:
    found = verdict(prepare(tmp_path, {**GOOD, column: cell}), capsys)
    prefix = "voldoet niet" if oordeel == "nee" else "niet aangetoond"
    assert (found["oordeel"], found["redenen"]) == (oordeel, f"{prefix}: {VOORWAARDEN[condition].nl}")
    english = "not met" if oordeel == "nee" else "not shown"
    assert found["redenen_en"] == f"{english}: {VOORWAARDEN[condition].en}"


@pytest.mark.parametrize(("reading", "oordeel"), [("en", "nee"), ("of", "mag_overwogen")])
def test_the_reading_of_the_moment_is_a_parameter(tmp_path: Path, capsys: Capture, reading: str, oordeel: str) -> None:
    place = prepare(tmp_path, GOOD, "H0001;Zwolle;2026-09-20;bewoner;nee;ja")
    with (place / "beleid.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[parameters]\n"omkoppeling/moment" = "{reading}"\n')
    assert verdict(place, capsys)["oordeel"] == oordeel


def test_who_has_somebody_to_speak_for_them_is_compared_with_who_has_not(tmp_path: Path, capsys: Capture) -> None:
    asked = ["H0001;Zwolle;2026-09-20;werkgever;nee;nee", "H0002;Zwolle;2026-09-20;bestuurder;nee;nee"]
    asked += ["H0003;Zwolle;2026-09-20;bewoner;nee;nee", "H0004;Zwolle;2026-09-20;;nee;nee"]
    place = prepare(tmp_path, GOOD, "\n".join(asked))
    assert main(["omkoppeling", str(place)]) == 0
    assert "Mag worden overwogen: met voorspreker 50 %, zonder voorspreker 0 %." in capsys.readouterr().out
    assert main(["omkoppeling", str(place), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["voorspreker"] == [
        {"voorspreker": "met", "aanvragen": 2, "mag_overwogen": 1, "deel": 0.5},
        {"voorspreker": "zonder", "aanvragen": 1, "mag_overwogen": 0, "deel": 0.0},
    ]


def test_a_household_without_a_job_is_told_so(tmp_path: Path, capsys: Capture) -> None:
    place = prepare(tmp_path, GOOD, "H0004;Zwolle;2026-09-20;;nee;nee")
    found = verdict(place, capsys)
    assert (found["oordeel"], found["redenen"]) == ("nee", "geen baan in de invoer")
    assert main(["omkoppeling", str(place)]) == 0
    said = capsys.readouterr().out
    assert "Gevraagd door onbekend: 0 van 1." in said
    assert "Mag worden overwogen" not in said


def test_the_command_speaks_english(tmp_path: Path, capsys: Capture) -> None:
    refused, passed = prepare(tmp_path / "a", {**GOOD, "reba_betaald": "nee"}), prepare(tmp_path / "b", GOOD)
    assert main(["omkoppeling", str(refused), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "H0001 (job B0001) no: not met: Reba paid" in said
    assert main(["omkoppeling", str(passed), "--lang", "en", "--out", str(tmp_path / "c")]) == 0
    said = capsys.readouterr().out
    assert "H0001 (job B0001) may be considered" in said
    assert "New input: koppelwijzer run" in said
    assert not {"Gevraagd", "Mag", "baan", "voorspreker"} & set(said.split())


def test_who_may_be_considered_competes_and_gives_the_place_back(tmp_path: Path, capsys: Capture) -> None:
    place, out = prepare(tmp_path, GOOD), tmp_path / "nieuw"
    before = read_batch(place)
    verdict(place, capsys, "--out", str(out))
    after = read_batch(out)
    assert after.huishoudens["huishouden_id"].tolist() == before.huishoudens["huishouden_id"].tolist()
    assert (after.opgave - before.opgave)[["GM0193", "GM0344", "GM0307"]].tolist() == [1, 0, 0]
    assert main(["run", str(out), "--out", str(tmp_path / "uit")]) in {0, 4}


def test_who_may_not_stays_and_leaves_the_batch_with_everything(tmp_path: Path, capsys: Capture) -> None:
    place, out = prepare(tmp_path, {**GOOD, "reba_betaald": "nee"}), tmp_path / "nieuw"
    before = read_batch(place)
    verdict(place, capsys, "--out", str(out))
    after = read_batch(out)
    assert "H0001" not in after.huishoudens["huishouden_id"].tolist()
    assert "H0001" not in after.personen["huishouden_id"].tolist()
    assert len(after.huishoudens) == len(before.huishoudens) - 1
    assert after.werk.empty
    assert (after.opgave == before.opgave).all()


def test_places_that_were_linked_before_this_half_year_come_back_as_arrears(tmp_path: Path, capsys: Capture) -> None:
    place, out = prepare(tmp_path, GOOD), tmp_path / "nieuw"
    file = place / "taakstelling.csv"
    file.write_text("gemeente;taakstelling;gekoppeld\nZwolle;5;0\nUtrecht;1;0\nAmersfoort;3;0\n", encoding="utf-8")
    verdict(place, capsys, "--out", str(out))
    zwolle = read_batch(out).taakstelling.set_index("gemeente")[["achterstand", "gekoppeld"]]
    assert zwolle[zwolle.index == "GM0193"].to_numpy().tolist() == [[1, 0]]


def test_nothing_that_is_there_is_lost(tmp_path: Path, capsys: Capture) -> None:
    place, out = prepare(tmp_path, GOOD), tmp_path / "nieuw"
    assert main(["omkoppeling", str(place), "--out", str(place), "--force"]) == 7
    assert main(["omkoppeling", str(place), "--out", str(out)]) == 0
    assert main(["omkoppeling", str(place), "--out", str(out)]) == 7
    assert main(["omkoppeling", str(place), "--out", str(out), "--force"]) == 0
    assert (place / "omkoppeling.csv").is_file()
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("request_row", "word"),
    [
        ("H9999;Zwolle;2026-09-20;bewoner;nee;nee", "H9999"),
        ("H0001;Zwole;2026-09-20;bewoner;nee;nee", "Zwolle"),
        ("H0001;Zwolle;gisteren;bewoner;nee;nee", "aanvraag_datum"),
        ("H0001;Zwolle;2026-09-20;buurman;nee;nee", "aangevraagd_door"),
        ("H0001;Zwolle;2026-09-20;bewoner;nee;nee\nH0001;Zwolle;2026-09-20;bewoner;nee;nee", "huishouden_id"),
    ],
)
def test_a_faulty_request_is_invalid_input_and_says_where(
    tmp_path: Path, capsys: Capture, request_row: str, word: str
) -> None:
    assert main(["omkoppeling", str(prepare(tmp_path, GOOD, request_row))]) == 3
    assert word in capsys.readouterr().err


def test_a_batch_without_requests_says_which_file_is_missing(capsys: Capture) -> None:
    assert main(["omkoppeling", str(ROOT / "inputs" / "klein")]) == 3
    assert "omkoppeling.csv" in capsys.readouterr().err


def test_the_file_and_every_verdict_are_documented() -> None:
    rows = [line for line in DOC.splitlines() if line.startswith("| `")]
    assert rows[len(OORDELEN) :] == [f"| `{c.name}` | {c.nl} |" for c in OMKOPPELING.columns]
    assert all(row.startswith(f"| `{word}` |") for row, word in zip(rows, OORDELEN.values(), strict=False))


def test_the_place_is_given_back_to_the_capacity_too_where_the_input_has_one(tmp_path: Path) -> None:
    place, out = prepare(tmp_path, GOOD), tmp_path / "uit"
    (place / "capaciteit.csv").write_text("gemeente;capaciteit;gekoppeld\nZwolle;5;1\nUtrecht;4;2\n", encoding="utf-8")
    households = read_batch(place).huishoudens
    size = dict(zip(households["huishouden_id"], households["aantal_personen"].tolist(), strict=True))["H0001"]
    assert main(["omkoppeling", str(place), "--out", str(out)]) == 0
    table = read_batch(out).capaciteit
    capacity = dict(zip(table["gemeente"], table[["capaciteit", "gekoppeld"]].to_numpy().tolist(), strict=True))
    assert capacity == {"GM0193": [5 + size - 1, 0], "GM0344": [4, 2]}
    assert not (out / "woningen.csv").exists()


@pytest.mark.parametrize(
    ("lang", "said"),
    [("nl", "de bijstandsnorm vanaf 1 juli 2026 is niet gevonden"), ("en", "from 1 July 2026 was not found")],
)
def test_a_norm_that_is_not_known_is_told_and_the_one_before_it_is_used(
    tmp_path: Path, lang: str, said: str, capsys: Capture
) -> None:
    place = prepare(tmp_path, GOOD)
    assert main(["omkoppeling", str(place), "--lang", lang]) == 0
    captured = capsys.readouterr()
    assert said in captured.err
    assert {"nl": "mag_overwogen", "en": "may be considered"}[lang] in captured.out
    (place / "beleid.toml").write_text(
        'peildatum = 2026-10-01\n[parameters]\n"bijstand/norm" = { alleenstaand = 1500.0, gehuwd = 2100.0 }\n', "utf-8"
    )
    assert main(["omkoppeling", str(place)]) == 0
    captured = capsys.readouterr()
    assert "bijstandsnorm" not in captured.err
    assert "loon van ten minste de bijstandsnorm" in captured.out


def test_before_july_2026_the_norm_is_known_and_nothing_is_said(tmp_path: Path, capsys: Capture) -> None:
    assert main(["omkoppeling", str(prepare(tmp_path, GOOD)), "--peildatum", "2026-06-30"]) in {0, 3}
    assert "bijstandsnorm vanaf" not in capsys.readouterr().err
