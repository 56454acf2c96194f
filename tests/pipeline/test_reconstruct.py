"""What was known when: a run is worked out again from itself and its input, whatever is known by now."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optimizer.cli import main
from optimizer.report.receipt import sealed, to_bytes
from optimizer.rules import parameters as rules
from optimizer.rules.parameters import DatedValue, Parameter, Source
from tests.proefbatch import AMERSFOORT, MAASTRICHT, UTRECHT, ZWOLLE, baan, groep, grond, huishouden, schrijf

GROEP = groep(
    [
        huishouden("H1"),
        huishouden("H2", aantal_personen=2),
        huishouden("H3", opvang_gemeente=ZWOLLE),
        huishouden("H4", aantal_personen=3),
        huishouden("H5", aantal_personen=5),
    ],
    {UTRECHT: 3, ZWOLLE: 4, MAASTRICHT: 4, AMERSFOORT: 1},
    werk=[baan("H1", UTRECHT), baan("H2", ZWOLLE), baan("H3", MAASTRICHT, uren_per_week=12.0), baan("H5", UTRECHT)],
    gronden=[grond("H4", "gezin", ZWOLLE)],
)
OPTIONS = ["--policies", "handmatig", "--draws", "2", "--peildatum", "2026-10-01"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An input and a run of it, in which not every job was known in time."""
    folder = tmp_path_factory.mktemp("toen")
    schrijf(GROEP, folder / "in")
    assert main(["run", str(folder / "in"), "--out", str(folder / "uit"), *OPTIONS, "--bekend", "0.6"]) == 4
    return folder


def again(place: Path, capsys: pytest.CaptureFixture[str], *options: str, run: str = "uit") -> tuple[int, Any]:
    capsys.readouterr()
    code = main(["verify", str(place / run), "--reconstrueer", "--invoer", str(place / "in"), "--json", *options])
    return code, json.loads(capsys.readouterr().out)


def known_since(monkeypatch: pytest.MonkeyPatch, name: str, *values: tuple[str, Any]) -> None:
    """Let the rules that ship hold further dated values of a parameter from now on."""
    shipped = dict(rules.read_folder(rules.FOLDER))
    known: Parameter = shipped[name]
    new = [DatedValue(date.fromisoformat(day), value, Source("Bekend geworden")) for day, value in values]
    ordered = tuple(sorted([*known.values, *new], key=lambda v: v.since))
    changed: Mapping[str, Parameter] = {**shipped, name: replace(known, values=ordered)}
    monkeypatch.setattr(rules, "_shipped", lambda: changed)


def test_the_same_proposal_follows_byte_for_byte(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = again(place, capsys)
    assert code == 0
    assert told["gereconstrueerd"]
    assert told["sha256_nu"] == told["sha256_toen"]
    assert told["ontbreekt"] == told["nu_anders_bekend"] == told["verschillen"] == []


def test_a_run_of_then_is_reconstructed_after_the_rules_got_newer_rows(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Found out afterwards: from 15 September the radius was 5 km, and from 2027 it will be 30 km.
    known_since(monkeypatch, "gronden/straal_km", ("2026-09-15", 5), ("2027-01-01", 30))
    code, told = again(place, capsys)
    assert (code, told["gereconstrueerd"]) == (0, True)
    notes = " ".join(told["nu_anders_bekend"])
    assert "gronden/straal_km: toen 50, nu 5 op dezelfde dag (Bekend geworden)" in notes
    assert "vanaf 2027-01-01 is 30 bekend geworden" in notes
    # By the rules of now the same month has another answer, so the radius does matter here.
    assert main(["run", str(place / "in"), "--out", str(place / "nu"), *OPTIONS, "--bekend", "0.6"]) == 4
    hashes = [json.loads((place / run / "run.json").read_text("utf-8"))["answer"]["sha256"] for run in ("uit", "nu")]
    assert hashes[0] != hashes[1]


def test_later_values_that_were_known_then_are_no_news(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known_since(monkeypatch, "gronden/straal_km", ("2027-01-01", 30))
    shutil.copytree(place / "in", tmp_path / "in")
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "uit"), *OPTIONS]) == 4
    kept = json.loads((tmp_path / "uit" / "kennis.json").read_text("utf-8"))["rules"]["gronden/straal_km"]
    assert kept["later"] == [{"since": "2027-01-01", "value": 30, "source": "Bekend geworden", "verified": False}]
    assert again(tmp_path, capsys)[1]["nu_anders_bekend"] == []
    monkeypatch.undo()
    assert again(tmp_path, capsys)[0] == 0


def test_rules_and_scenarios_that_are_gone_are_not_needed(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(place / "in", tmp_path / "in")
    text = (
        '[parameters]\n"gronden/straal_km" = 20\n\n[policies.kansrijk]\nniveaus = ["personen_gekoppeld", "kans_werk"]\n'
    )
    text += "speelruimte = {}\n"
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    options = [*OPTIONS, "--scenario", str(tmp_path / "s.toml"), "--csv-en", "--lang", "en"]
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "uit"), *options]) == 4
    (tmp_path / "s.toml").unlink()
    assert main(["verify", str(tmp_path / "uit"), "--invoer", str(tmp_path / "in")]) == 7
    code, told = again(tmp_path, capsys)
    assert (code, told["nu_anders_bekend"]) == (0, [])


def test_a_run_that_goes_on_is_reconstructed_with_the_decisions_of_then(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["huishouden_id;besluit;gemeente;reden", "H1;bezwaar;;vol", f"H2;vastzetten;{MAASTRICHT};afspraak"]
    (place / "b.csv").write_text("\n".join(lines), encoding="utf-8")
    go_on = ["run", "--from", str(place / "uit"), "--besluiten", str(place / "b.csv"), "--out", str(place / "verder")]
    assert main([*go_on, *OPTIONS[:4]]) == 4
    assert again(place, capsys, run="verder")[0] == 0
    assert main(["verify", str(place / "verder"), "--invoer", str(place / "in")]) == 4


def test_the_same_tables_in_a_file_that_was_saved_anew_are_the_same_input(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(place, tmp_path / "alles")
    file = tmp_path / "alles" / "in" / "huishoudens.csv"
    file.write_text("\ufeff" + file.read_text("utf-8").replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert main(["verify", str(tmp_path / "alles" / "uit"), "--invoer", str(tmp_path / "alles" / "in")]) == 7
    assert again(tmp_path / "alles", capsys)[0] == 0


def test_what_is_missing_is_named(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(place, tmp_path / "alles")
    file = tmp_path / "alles" / "in" / "werk.csv"
    file.write_text(file.read_text("utf-8").replace("12", "14"), encoding="utf-8")
    code, told = again(tmp_path / "alles", capsys)
    assert (code, told["gereconstrueerd"]) == (7, False)
    assert len(told["ontbreekt"]) == 1
    assert "Anders: werk." in told["ontbreekt"][0]
    shutil.rmtree(tmp_path / "alles" / "in")
    code, told = again(tmp_path / "alles", capsys, "--lang", "en")
    assert code == 7
    assert told["ontbreekt"][0].startswith("The input")


def resealed(folder: Path, **changes: Any) -> None:
    """Change parts of a receipt as somebody would who knows how to make its hashes anew."""
    told = {**json.loads((folder / "run.json").read_text("utf-8")), **changes}
    for key in ("files", "receipt_sha256"):
        told.pop(key)
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file() and p.name != "run.json"}
    contents = {name: path.read_bytes() for name, path in files.items()}
    (folder / "run.json").write_bytes(to_bytes(sealed(told, contents)))


def test_a_version_that_lacks_a_rule_or_a_policy_of_then_says_so(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(place, tmp_path / "alles")
    receipt = json.loads((place / "uit" / "run.json").read_text("utf-8"))
    old = {**receipt["parameters"], "gronden/vervallen": {**receipt["parameters"]["gronden/straal_km"]}}
    policy = {**receipt["policy"], "niveaus": ["iets_van_toen"]}
    tables = [{**t, "sha256": "0" * 64} if t["name"] == "aliassen.csv" else t for t in receipt["tables"]]
    resealed(tmp_path / "alles" / "uit", parameters=old, policy=policy, version="0.0.9", tables=tables)
    code, told = again(tmp_path / "alles", capsys)
    assert code == 7
    missing = " ".join(told["ontbreekt"])
    for words in ("aliassen.csv", "gronden/vervallen", "beleid kansrijk"):
        assert words in missing
    assert any("0.0.9" in note for note in told["nu_anders_bekend"])


def test_a_proposal_that_does_not_follow_from_what_was_known_is_an_overtreding(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(place, tmp_path / "alles")
    folder = tmp_path / "alles" / "uit"
    receipt = json.loads((folder / "run.json").read_text("utf-8"))
    value = {**receipt["parameters"]["gronden/straal_km"], "value": 5}
    resealed(folder, parameters={**receipt["parameters"], "gronden/straal_km": value})
    code, told = again(tmp_path / "alles", capsys)
    assert (code, told["gereconstrueerd"], told["ontbreekt"]) == (6, False, [])
    assert told["verschillen"] or told["andere_cellen"]


def test_an_edited_proposal_is_refused(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place, tmp_path / "alles")
    file = tmp_path / "alles" / "uit" / "voorstel.csv"
    file.write_text(file.read_text("utf-8").replace("H1;", "H9;"), encoding="utf-8")
    assert main(["verify", str(tmp_path / "alles" / "uit"), "--reconstrueer"]) == 7


def test_kennis_names_the_jobs_that_were_not_known_or_not_decided_and_the_cells_that_were_empty(place: Path) -> None:
    told = json.loads((place / "uit" / "kennis.json").read_text("utf-8"))
    rows = [line.split(";") for line in (place / "uit" / "banen.csv").read_text("utf-8-sig").splitlines()]
    column = {name: i for i, name in enumerate(rows[0])}
    assert told["unknown"]["jobs"] == [r[0] for r in rows[1:] if r[column["bekend"]] == "nee"]
    undecided = [r[0] for r in rows[1:] if r[column["uitkomst"]] == "niet_gekoppeld"]
    assert told["unknown"]["undecided_jobs"] == undecided != []
    assert told["unknown"]["cells"]["personen"]["opleiding"]["count"] == 5
    assert "vastgezet_gemeente" not in told["unknown"]["cells"]["huishoudens"]
    assert told["limits"] == {"work_limit": None, "time_limit_s": None, "gap": 0.0}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("unknown", "jobs"), ["1"]),
        (("unknown", "undecided_jobs"), []),
        (("tables", "werk"), {"rows": 4, "sha256": "0" * 64}),
        (("peildatum",), "2026-10-02"),
        (("version",), "9"),
        (("program",), "iets anders"),
        (("style", "english_csv"), True),
        (("warnings",), [{"code": "blad_verborgen", "file": "werk.csv", "row": None, "column": ""}]),
        (("warnings",), None),
        (("rules",), {}),
        (("unknown", "cells", "personen"), {}),
        (("unknown", "cells", "huishoudens"), None),
    ],
    ids=str,
)
def test_the_judge_refuses_other_knowledge(
    path: tuple[str, ...], value: object, place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(place / "uit", tmp_path / "uit"))
    told = json.loads((folder / "kennis.json").read_text("utf-8"))
    part = told
    for key in path[:-1]:
        part = part[key]
    assert part[path[-1]] != value
    part[path[-1]] = value
    (folder / "kennis.json").write_text(json.dumps(told), encoding="utf-8")
    resealed(folder)
    capsys.readouterr()
    assert main(["verify", str(folder), "--invoer", str(place / "in")]) == 6
    said = capsys.readouterr().out
    assert "kennis_onjuist" in said
    assert ".".join(path) in said


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("limits", "work_limit"), "veel"),
        (("limits", "work_limit"), -5),
        (("limits", "gap"), "a"),
        (("limits",), []),
        (("style",), None),
        (("style", "lang"), "xx"),
        (("tables", "werk"), 5),
        (("rules", "werk/minimum_uren"), 3),
    ],
    ids=str,
)
def test_knowledge_that_cannot_be_used_is_told_and_nothing_is_worked_out(
    path: tuple[str, ...], value: object, place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(place / "uit", tmp_path / "uit"))
    shutil.copytree(place / "in", tmp_path / "in")
    told = json.loads((folder / "kennis.json").read_text("utf-8"))
    part = told
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    (folder / "kennis.json").write_text(json.dumps(told), encoding="utf-8")
    resealed(folder)
    code, said = again(tmp_path, capsys)
    assert (code, said["gereconstrueerd"]) == (7, False)
    assert said["ontbreekt"] == ["kennis.json is niet meer zoals deze run het schreef. Zet het origineel terug."]


@pytest.mark.parametrize("content", [None, "", "[]", '{"limits": {"gap": 5.0}}'])
def test_an_edited_or_lost_kennis_is_no_ground_to_accuse_a_proposal(
    content: str | None, place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(place, tmp_path / "alles")
    file = tmp_path / "alles" / "uit" / "kennis.json"
    file.unlink() if content is None else file.write_text(content, encoding="utf-8")
    code, told = again(tmp_path / "alles", capsys, "--lang", "en")
    assert code == 7
    assert told["ontbreekt"] == ["kennis.json is no longer as this run wrote it. Put the original back."]


def test_the_option_belongs_to_a_run_and_takes_no_other_choice(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(place / "in"), str(place / "uit" / "voorstel.csv"), "--reconstrueer"]) == 2
    assert main(["verify", str(place / "uit"), "--reconstrueer", "--seed", "3"]) == 2
    assert main(["verify", str(place / "uit"), "--reconstrueer", "--invoer", str(place / "in"), "--lang", "en"]) == 0
    assert "Reconstructed" in capsys.readouterr().out
