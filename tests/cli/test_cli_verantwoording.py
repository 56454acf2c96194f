"""verantwoording: the register by its standard, a log over pseudonyms, answers with facts, and a bundle."""

import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from optimizer.cli import main
from optimizer.domain.register import LENGTHS, TO_FILL, faults

FILLED = {
    "organization": "Centraal Orgaan opvang asielzoekers",
    "status": "In ontwikkeling",
    "begin_date": "2026-10",
    "contact_email": "vragen@example.org",
    "publication_category": "Impactvolle algoritmes",
}

#: Texts of the register that an organisation ends itself.
OWN = ("proportionality", "human_intervention", "risks", "lawful_basis", "impacttoetsen")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verantwoording") / "run"
    assert main(["run", "inputs/klein", "--out", str(folder)]) in {0, 4}
    return folder


@pytest.fixture
def account(run: Path, tmp_path: Path) -> Path:
    assert main(["verantwoording", str(run), "--out", str(tmp_path / "v")]) == 0
    return tmp_path / "v"


def test_the_register_keeps_to_its_standard_and_says_what_must_be_filled_in(
    run: Path, account: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = json.loads((account / "algoritmeregister.json").read_text())
    found = faults(record)
    assert {code for _, code in found} == {"in_te_vullen"}
    assert {field for field, _ in found} == {*FILLED, *OWN}
    assert {len(record[field]) <= most for field, most in LENGTHS.items()} == {True}
    assert "binnen 50 km" in record["lawful_basis"]
    capsys.readouterr()
    assert main(["verantwoording", str(run), "--toets", str(account)]) == 4
    assert "veld organization: is nog niet ingevuld" in capsys.readouterr().out
    assert faults(record | FILLED | dict.fromkeys(OWN, "Onze eigen tekst.")) == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "x" * 101, "te_lang"),
        ("description_short", "x" * 351, "te_lang"),
        ("goal", "x" * 2501, "te_lang"),
        ("methods_and_models", "x" * 5001, "te_lang"),
        ("status", "Klaar", "geen_keuze"),
        ("publication_category", "Hoog risico", "geen_keuze"),
        ("standard_version", "0.4", "geen_keuze"),
        ("category", ["Vluchtelingen"], "geen_keuze"),
        ("category", "Werk", "geen_lijst"),
        ("contact_email", "bel ons", "geen_adres"),
        ("begin_date", "oktober", "geen_datum"),
        ("goal", 3, "geen_tekst"),
        ("doel", "x", "onbekend"),
        ("name", None, "leeg"),
    ],
)
def test_a_field_that_the_standard_does_not_allow_is_named(field: str, value: object, code: str, account: Path) -> None:
    record = json.loads((account / "algoritmeregister.json").read_text()) | FILLED | dict.fromkeys(OWN, "Tekst.")
    assert faults({**record, field: value}) == [(field, code)]


def test_nothing_is_made_up_and_everything_has_its_source(run: Path, account: Path) -> None:
    receipt = json.loads((run / "run.json").read_text())
    iama, dpia = ((account / name).read_text() for name in ("iama.md", "dpia.md"))
    for name, p in receipt["parameters"].items():
        assert name.startswith("generate/") or f"| `{name}` |" in iama, name
        assert name.startswith("generate/") or str(p["source"]).replace("|", "\\|") in iama, name
    assert receipt["answer"]["sha256"] in dpia
    assert "12 maanden" in dpia
    assert dpia.count(TO_FILL) > 4
    rows = [json.loads(line) for line in (account / "verwerkingen.jsonl").read_text().splitlines()]
    assert [row["attributes"]["dpl.core.data_subject_id"] for row in rows] == ["H0001", "H0002", "H0003", "H0004"]
    assert len({row["span_id"] for row in rows}) == len(rows)


def test_the_same_run_gives_the_same_bytes_and_any_sha256sum_can_check_them(
    run: Path, account: Path, tmp_path: Path
) -> None:
    assert main(["verantwoording", str(run), "--out", str(tmp_path / "weer")]) == 0
    for file in account.iterdir():
        assert file.read_bytes() == (tmp_path / "weer" / file.name).read_bytes(), file.name
    with zipfile.ZipFile(account / "bundel.zip") as packed:
        packed.extractall(tmp_path / "los")
    subprocess.run(["sha256sum", "-c", "--quiet", "MANIFEST.sha256"], cwd=tmp_path / "los", check=True)


@pytest.mark.parametrize("what", ["byte", "more", "less", "log", "broken", "register"])
def test_whatever_is_changed_is_found(what: str, run: Path, account: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle, log = account / "bundel.zip", account / "verwerkingen.jsonl"
    with zipfile.ZipFile(bundle) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    if what == "byte":
        held["run/voorstel.csv"] += b" "
    if what == "more":
        held["run/nieuw.csv"] = b"x"
    if what == "less":
        del held["run/banen.csv"]
    if what in {"byte", "more", "less"}:
        with zipfile.ZipFile(bundle, "w") as packed:
            for name, data in held.items():
                packed.writestr(name, data)
    if what == "log":
        log.write_text("".join(log.read_text().splitlines(keepends=True)[1:]))
    if what == "broken":
        bundle.write_bytes(b"PK")
    if what == "register":
        (account / "algoritmeregister.json").write_text("[]")
    capsys.readouterr()
    assert main(["verantwoording", str(run), "--toets", str(account), "--lang", "en"]) == 6
    assert not capsys.readouterr().out.startswith("0 faults")


def test_what_cannot_be_done_is_refused(run: Path, account: Path, tmp_path: Path) -> None:
    assert main(["verantwoording", str(run)]) == 2
    assert main(["verantwoording", str(run), "--toets", str(tmp_path)]) == 7
    assert main(["verantwoording", str(run), "--out", str(account)]) == 7
    assert main(["verantwoording", str(run), "--out", str(account), "--force"]) == 0
    assert main(["verantwoording", "inputs/klein", "--out", str(tmp_path / "n")]) == 2
