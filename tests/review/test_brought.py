"""What comes from npm: exact versions, no address of a registry, licences, and a build that goes on without."""

import importlib.util
import json
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
LOCK = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_has_a_fingerprint_of_everything_and_no_address() -> None:
    whole = (ROOT / "package-lock.json").read_text(encoding="utf-8") + (ROOT / ".npmrc").read_text(encoding="utf-8")
    assert "://" not in whole
    assert "resolved" not in whole.replace("omit-lockfile-registry-resolved", "")
    assert len(LOCK["packages"]) > 50
    assert all(package["integrity"].startswith("sha512-") for name, package in LOCK["packages"].items() if name)


def test_versions_are_exact() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked.values())
    assert {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in asked} == asked


@pytest.fixture
def project(tmp_path: Path, hook: ModuleType) -> Path:
    """A project with the lists and nothing brought yet."""
    for name in hook.LISTS:
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / hook.STATIC).mkdir(parents=True)
    return tmp_path


def test_without_npm_the_build_goes_on_and_says_so(
    project: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(project))
    told = hook.bring(project)
    assert "npm is not on PATH" in told
    assert "werkt, maar zonder" in told
    assert not (project / hook.STATIC / "vendor").exists()


def test_when_npm_fails_nothing_half_is_left(project: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = project / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text("#!/bin/sh\necho 'npm error code ECONNREFUSED' >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}:/usr/bin:/bin")
    assert "npm ci: code ECONNREFUSED" in hook.bring(project)
    assert not (project / hook.STATIC / "vendor").exists()


def made_up(modules: Path, hook: ModuleType) -> None:
    """What npm would install, as small files."""
    for name in hook.LICENCES:
        (modules / name / "dist").mkdir(parents=True)
        (modules / name / "package.json").write_text('{"version": "1.2.3"}')
        (modules / name / hook.LICENCES[name]).write_text(f"licence of {name}")
    for source in hook.COPIED.values():
        (modules / source).write_text("one\n//# sourceMappingURL=one.js.map")
    for name in hook.COMPONENTS:
        folder = modules / f"@utrecht/{name}-css" / "dist"
        folder.mkdir(parents=True)
        (folder / "index.min.css").write_text(f".utrecht-{name} {{ color: var(--utrecht-{name}-color); }}")
    (modules / hook.TOKENS / "dist" / "theme.css").write_text(
        "/* licence */\n.voorbeeld-theme {\n  --utrecht-alert-color: var(--ink);\n  --ink: #111111;\n"
        "  --basis-space: 1rem;\n  --unused: #222222;\n}\n"
    )


def test_only_what_pages_use_is_copied_with_its_licence(tmp_path: Path, hook: ModuleType) -> None:
    modules, vendor = tmp_path / "node_modules", tmp_path / "vendor"
    made_up(modules, hook)
    hook.fill(vendor, modules, "mark")
    tokens = (vendor / "tokens.css").read_text(encoding="utf-8")
    assert re.findall(r"(--[\w-]+):", tokens) == ["--basis-space", "--ink", "--utrecht-alert-color"]
    assert (vendor / "utrecht.css").read_text(encoding="utf-8").startswith("@layer basis, utrecht;")
    assert "sourceMappingURL" not in (vendor / "htmx.js").read_text(encoding="utf-8")
    assert sorted(f.read_text() for f in (vendor / "licences").iterdir()) == sorted(
        f"licence of {name}" for name in hook.LICENCES
    )
    assert hook.known(vendor) == "mark"
    assert json.loads((vendor / "herkomst.json").read_text())["pakketten"] == dict.fromkeys(hook.LICENCES, "1.2.3")


def test_what_is_there_already_is_not_brought_again(
    project: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = project / hook.STATIC / "vendor"
    vendor.mkdir()
    (vendor / "herkomst.json").write_text(json.dumps({"vingerafdruk": hook.fingerprint(project)}))
    monkeypatch.setenv("PATH", str(project))
    assert hook.bring(project) == ""
    (project / "package.json").write_text("{}")
    assert hook.bring(project) != ""


def test_what_is_brought_is_in_the_wheel_and_in_no_commit() -> None:
    assert "optimizer/review/static/vendor/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert 'artifacts = ["optimizer/review/static/vendor"]' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
