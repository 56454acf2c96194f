"""The wheel carries its tables, parameters and examples: it works from an empty folder, without the checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def call(command: Sequence[str | Path], cwd: Path, allowed: Sequence[int] = (0,)) -> str:
    done = subprocess.run([str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode in allowed, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    offline = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check"]
    call([sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", out, ROOT], out)
    (found,) = out.glob("koppelwijzer-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment of its own, with the libraries of this one and without the checkout."""
    venv = tmp_path_factory.mktemp("omgeving")
    call([sys.executable, "-m", "venv", "--without-pip", venv], venv)
    programs = venv / "bin"
    offline = ["--no-deps", "--no-index", "--quiet", "--disable-pip-version-check"]
    call([sys.executable, "-m", "pip", "--python", programs / "python", "install", *offline, wheel], venv)
    (site,) = venv.glob("lib/python*/site-packages")
    # A path in a .pth file goes behind the environment's own, so that the wheel is found before an editable install;
    # .pth files inside that path are not read, so that the checkout is not found at all.
    (site / "bibliotheken.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    return programs


def test_the_wheel_holds_code_and_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        names = files.namelist()
    roots = {name.split("/")[0] for name in names}
    assert {r for r in roots if not r.endswith(".dist-info")} == {"optimizer", "geodata"}
    for needed in (
        "optimizer/voorbeelden/klein/huishoudens.csv",
        "optimizer/voorbeelden/krap/huishoudens.csv",
        "optimizer/voorbeelden/voorbeeld/huishoudens.csv",
        "optimizer/policy/named/kansrijk.toml",
        "optimizer/rules/parameters/gronden/straal_km.yaml",
        "optimizer/read/texts.toml",
    ):
        assert needed in names


def test_check_run_and_verify_work_by_name_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    program = installed / "koppelwijzer"
    where = call([installed / "python", "-c", "import optimizer, geodata; print(optimizer.__file__)"], tmp_path)
    assert not where.startswith(str(ROOT / "optimizer"))
    assert "in orde" in call([program, "check", "klein"], tmp_path)
    assert "in orde" in call([program, "check", "krap"], tmp_path)
    assert "4 van de 4" in call([program, "run", "klein", "--out", "uit", "--draws", "2"], tmp_path)
    call([program, "verify", "klein", "uit/voorstel.csv", "--policy", "kansrijk"], tmp_path)
    found = json.loads(call([program, "geo", "gemeente", "Den Bosch", "--json"], tmp_path))
    assert found["gemeente"] == "GM0796"
    assert [p.name for p in tmp_path.iterdir()] == ["uit"]


@pytest.mark.parametrize("readme", ["README.md", "README.nl.md"])
def test_the_one_command_of_the_readme_names_the_wheel_and_the_program_that_it_brings(readme: str, wheel: Path) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert f"pipx install ./{wheel.name}" in text
    assert f"uv tool install ./{wheel.name}" in text
    with zipfile.ZipFile(wheel) as files:
        (entry,) = (name for name in files.namelist() if name.endswith("entry_points.txt"))
        programs = files.read(entry).decode().split()
    assert programs == ["[console_scripts]", "koppelwijzer", "=", "optimizer.cli:command"]


def test_the_tab_key_works_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    question = {"_KOPPELWIJZER_COMPLETE": "complete_bash", "COMP_WORDS": "koppelwijzer sja", "COMP_CWORD": "1"}
    done = subprocess.run(
        [installed / "koppelwijzer"],
        env=os.environ | question,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["sjabloon"]
