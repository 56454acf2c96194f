"""A place that cannot be used is refused before any work is done, in a sentence, and nothing changes there."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from optimizer.errors import ExitCode, Geweigerd, KoppelwijzerFout, SchrijfFout
from optimizer.publish import check_file_free, check_free, ours, publish, publish_file, swap

Kind = type[KoppelwijzerFout]
Work = Callable[[], object]


def write(folder: Path) -> None:
    (folder / "run.json").write_text("{}")


def with_a_folder(folder: Path) -> None:
    write(folder)
    (folder / "deep").mkdir()


def never(_: Path) -> None:
    pytest.fail("worked before it looked")


def tree(root: Path) -> list[tuple[str, bytes]]:
    return [(str(p), p.read_bytes() if p.is_file() else b"") for p in sorted(root.rglob("*"))]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An input in a folder of its own, in which somebody stands, and links to all sorts of things."""
    home = tmp_path / "home"
    (home / "batch" / "deep").mkdir(parents=True)
    (home / "batch" / "huishoudens.csv").write_text("x")
    (home / "empty").mkdir()
    (home / "file").write_text("x")
    for name, to in (("to_batch", "batch"), ("dead", "gone"), ("loop", "loop"), ("to_empty", "empty")):
        (home / name).symlink_to(to)
    monkeypatch.chdir(home)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    return home


REFUSED = [
    "batch",
    "batch/",
    "./batch",
    "batch/deep/..",
    "../home/batch",
    "to_batch",
    ".",
    "",
    "..",
    "/",
    "file",
]
IMPOSSIBLE = [
    "file/run",
    "file/a/b/run",
    "dead",
    "dead/run",
    "loop",
    "loop/run",
    "x" * 256,
    f"new/{'x' * 256}",
    "y" * 5000,
    "a\0b",
    os.fsdecode(b"\xff"),
    "/proc/run",
]


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    ("out", "kind"), [*((out, Geweigerd) for out in REFUSED), *((out, SchrijfFout) for out in IMPOSSIBLE)]
)
def test_a_place_that_cannot_be_is_refused_before_any_work(world: Path, out: str, kind: Kind, force: bool) -> None:
    before = tree(world)
    looks: list[Work] = [
        lambda: check_free(Path(out), force=force, inputs=[Path("batch")]),
        lambda: publish(Path(out), never, force=force, inputs=[Path("batch")]),
    ]
    for look in looks:
        with pytest.raises(kind) as told:
            look()
        assert "andere" in str(told.value) or "kortere" in str(told.value)
        assert "other" in told.value.en or "shorter" in told.value.en
        assert told.value.exit_code == (ExitCode.REFUSED if kind is Geweigerd else ExitCode.USAGE)
    assert tree(world) == before


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    ("out", "kind"),
    [
        *((out, Geweigerd) for out in ("batch", "empty", "/", "file", "batch/huishoudens.csv", "/dev/null")),
        *((out, SchrijfFout) for out in IMPOSSIBLE),
    ],
)
def test_a_file_cannot_come_there_either(world: Path, out: str, kind: Kind, force: bool) -> None:
    before = tree(world)
    with pytest.raises(kind):
        publish_file(Path(out), never, force=force, inputs=[Path("batch")])
    assert tree(world) == before


@pytest.mark.parametrize(
    "out", ["new", "a/b/new", "batch/deep/new", "empty", "empty/", "to_empty", "é ☃", "x" * 255, "to_batch/new"]
)
def test_a_place_that_is_free_is_used(world: Path, out: str) -> None:
    assert check_free(Path(out), inputs=[Path("batch")]) == (world / out).resolve()
    assert (publish(Path(out), write, inputs=[Path("batch")]) / "run.json").is_file()
    assert not list(world.rglob(".*.bezig-*"))


def test_a_file_comes_in_a_new_folder_only_where_a_command_makes_it(world: Path) -> None:
    with pytest.raises(SchrijfFout, match="die map is er niet"):
        publish_file(world / "typo" / "t.csv", never)
    publish_file(world / "maps" / "t.csv", lambda file: file.write_text("x"), parents=True)
    assert not (world / "typo").exists()


def test_looking_leaves_nothing_behind(world: Path) -> None:
    before = tree(world)
    check_free(Path("a/b/new"))
    check_file_free(Path("a/b/new.csv"), parents=True)
    assert tree(world) == before


def test_a_link_in_the_input_keeps_what_it_leads_to(world: Path) -> None:
    run = publish(world / "run", write)
    (world / "batch" / "werk.csv").symlink_to(run / "run.json")
    with pytest.raises(Geweigerd, match="invoer"):
        publish(run, never, force=True, inputs=[Path("batch")])
    with pytest.raises(Geweigerd, match="invoer"):
        publish(run, never, force=True, inputs=[world / "run" / "run.json"])


def test_an_outcome_in_a_folder_of_its_own_within_the_input_is_replaced(world: Path) -> None:
    for force in (False, True):
        publish(world / "batch" / "uit", write, force=force, inputs=[Path("batch")])
    assert (world / "batch" / "huishoudens.csv").read_text() == "x"


@pytest.mark.parametrize("inside", [".", "deep"])
def test_a_run_in_which_somebody_stands_stays(world: Path, monkeypatch: pytest.MonkeyPatch, inside: str) -> None:
    run = publish(world / "run", with_a_folder)
    monkeypatch.chdir(run / inside)
    with pytest.raises(Geweigerd, match="U staat nu zelf"):
        publish(run, never, force=True)
    os.chdir(world)
    publish(run, write, force=True)


def test_an_empty_home_stays_a_home(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(world / "empty"))
    with pytest.raises(Geweigerd, match="Kies een map hierin"):
        publish(world / "empty", never)


def test_a_folder_that_is_gone_under_ones_feet_is_told(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (world / "gone").mkdir()
    monkeypatch.chdir(world / "gone")
    (world / "gone").rmdir()
    with pytest.raises(SchrijfFout, match="de map waarin u staat is er niet meer"):
        publish(Path("run"), never)
    publish(world / "run", write)
    publish_file(world / "t.csv", lambda file: file.write_text("x"))
    os.chdir(world)


def test_a_folder_that_nobody_may_write_in_is_found_before_the_work(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir = Path.mkdir

    def refuse(self: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        if self.parent == world / "empty":
            raise PermissionError(13, "Permission denied", str(self))
        mkdir(self, mode, parents, exist_ok)

    monkeypatch.setattr(Path, "mkdir", refuse)
    for out in ("empty/run", "empty/a/b"):
        with pytest.raises(SchrijfFout, match="u mag daar niet schrijven"):
            publish(Path(out), never)


@pytest.fixture(params=["size=1m", "ro"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A disk of its own, small or only to be read; skipped where it may not be made."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run([mount, "-t", "tmpfs", "-o", request.param, "tmpfs", str(place)], check=False)
    if not done or done.returncode:
        pytest.skip("a disk cannot be mounted here")
    yield place, request.param
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_full_or_only_read_is_told_and_keeps_what_it_has(disk: tuple[Path, str]) -> None:
    place, option = disk
    with pytest.raises(Geweigerd, match="Kies een map hierin"):
        publish(place, never)
    if option == "ro":
        looks: list[Work] = [
            lambda: check_free(place / "run"),
            lambda: check_file_free(place / "a" / "t.csv", parents=True),
        ]
        for look in looks:
            with pytest.raises(SchrijfFout, match="alleen te lezen"):
                look()
        return
    publish(place / "run", write)
    publish_file(place / "t.csv", lambda file: file.write_text("old"))
    before = tree(place)
    works: list[Work] = [
        lambda: publish(place / "run", lambda f: (f / "run.json").write_bytes(b"x" * 2_000_000), force=True),
        lambda: publish(place / "new" / "run", lambda f: (f / "run.json").write_bytes(b"x" * 2_000_000)),
        lambda: publish_file(place / "t.csv", lambda f: f.write_bytes(b"x" * 2_000_000), force=True),
    ]
    for work in works:
        with pytest.raises(SchrijfFout, match="de schijf is vol"):
            work()
        assert tree(place) == before


@pytest.fixture
def plain_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that keeps no attributes with files and cannot exchange two names."""
    monkeypatch.setattr(ours, "_set_attribute", lambda *_: False)
    monkeypatch.setattr(ours, "_attribute", lambda _: "")
    monkeypatch.setattr(swap, "_rename", lambda *_: False)


@pytest.mark.usefixtures("plain_disk")
def test_a_plain_disk_keeps_the_same_promises(tmp_path: Path) -> None:
    run, file = tmp_path / "run", tmp_path / "t.csv"
    for _ in range(3):
        publish(run, write, force=True)
        publish_file(file, lambda f: f.write_text("x"), force=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".koppelwijzer", "run", "t.csv"]
    assert sorted(p.name for p in run.iterdir()) == [".koppelwijzer", "run.json"]
    file.write_text("mine")
    (run / "note.txt").write_text("mine")
    works: list[Work] = [lambda: publish(run, never, force=True), lambda: publish_file(file, never, force=True)]
    for work in works:
        with pytest.raises(Geweigerd):
            work()
    assert file.read_text() == "mine"


@pytest.mark.usefixtures("plain_disk")
@pytest.mark.parametrize("step", [1, 2])
def test_on_a_plain_disk_a_process_that_dies_between_two_names_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    run, rename, count = publish(tmp_path / "run", write), Path.rename, [0]

    def dies(self: Path, target: Path) -> Path:
        if count[0] == step:
            raise KeyboardInterrupt
        count[0] += 1
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", dies)
    with pytest.raises(KeyboardInterrupt):
        publish(run, lambda folder: (folder / "run.json").write_text("new"), force=True)
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(Geweigerd, match="--force"):
        publish(run, never)
    publish(run, write, force=True)
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


@pytest.mark.usefixtures("plain_disk")
def test_on_a_plain_disk_what_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    def slow(file: Path) -> None:
        file.write_text("new")
        (tmp_path / "t.csv").write_text("mine")

    with pytest.raises(Geweigerd, match="bestaat al"):
        publish_file(tmp_path / "t.csv", slow)
    assert (tmp_path / "t.csv").read_text() == "mine"
