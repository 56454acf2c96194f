"""Whatever happens, in whatever order: nothing that a person made or changed is ever lost."""

import os
import shutil
import signal
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.errors import Geweigerd
from optimizer.publish import check_file_free, publish, publish_file
from optimizer.publish.swap import swap

FILES = ("a.csv", "gemeenten/b.xlsx", "run.json")


def write(folder: Path, mark: str = "new") -> None:
    for name in FILES:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{mark} {name}", encoding="utf-8")


def made_by_a_process_that_dies(work: Callable[[], object], after_us: int) -> bool:
    """Do the work in a process that the system kills after so many microseconds; tell whether it died."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child runs no thread of ours
        child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, after_us / 1e6)
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def is_whole(run: Path) -> bool:
    """Every file of ours that is there is of one and the same publication."""
    texts = [(name, (run / name).read_text("utf-8")) for name in FILES if (run / name).is_file()]
    return len({text.removesuffix(f" {name}") for name, text in texts if text.startswith("mark")}) <= 1


class World:
    """A folder in which a program and a person work in turn; ``mine`` is what the person has, by path."""

    def __init__(self, root: Path) -> None:
        self.root, self.run = root, root / "run"
        self.mine: dict[Path, str] = {}
        self.turn = 0

    def publishes(self, *, force: bool = True) -> None:
        self.turn += 1
        try:
            publish(self.run, lambda folder: write(folder, f"mark{self.turn}"), force=force)
        except Geweigerd:
            return
        assert not any(self.run in path.parents for path in self.mine)

    def publishes_without_force(self) -> None:
        self.publishes(force=False)

    def dies(self, after_us: int) -> None:
        made_by_a_process_that_dies(self.publishes, after_us)
        self.turn += 1  # the child counted for itself

    def edits(self, name: str) -> None:
        if (self.run / name).is_file():
            self.keeps(self.run / name, f"answered {self.turn}")

    def adds(self, name: str) -> None:
        if self.run.is_dir():
            self.keeps(self.run / name, f"own {self.turn}")

    def copies(self, name: str) -> None:
        source, copy = self.run / name, self.run / f"copy of {Path(name).name}"
        if source.is_file() and not copy.exists():
            shutil.copy2(source, copy)  # attributes too
            self.mine[copy] = copy.read_text("utf-8")

    def removes(self, name: str) -> None:
        (self.run / name).unlink(missing_ok=True)
        self.mine.pop(self.run / name, None)

    def puts_an_own_folder_there(self) -> None:
        if not self.run.exists():
            self.keeps(self.run / "photo.jpg", "sea")

    def clears_up(self) -> None:
        shutil.rmtree(self.run, ignore_errors=True)
        self.mine = {path: text for path, text in self.mine.items() if self.run not in path.parents}

    def keeps(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.mine[path] = text


names = st.sampled_from([*FILES, "besluiten.csv", "gemeenten/b.xlsx", "own/letter.txt", ".hidden"])
steps = st.one_of(
    st.tuples(st.sampled_from(["publishes", "publishes_without_force", "puts_an_own_folder_there", "clears_up"])),
    st.tuples(st.just("dies"), st.integers(1, 8000)),
    st.tuples(st.sampled_from(["edits", "adds", "copies", "removes"]), names),
)


@settings(max_examples=100, deadline=None)
@given(history=st.lists(steps, min_size=2, max_size=14))
def test_nothing_of_a_person_is_lost_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, ...]]
) -> None:
    world = World(tmp_path_factory.mktemp("world"))
    for step, *arguments in history:
        getattr(world, step)(*arguments)
        assert {p: p.read_text("utf-8") for p in world.mine if p.is_file()} == world.mine
        assert is_whole(world.run)
    world.clears_up()
    publish(world.run, write, force=True)
    assert [p.name for p in world.root.iterdir()] == ["run"]  # nor is anything left lying about


def test_a_kill_at_any_moment_leaves_the_old_or_the_new_under_the_name(tmp_path: Path) -> None:
    run, died = tmp_path / "run", 0
    publish(run, lambda folder: write(folder, "mark0"))
    for turn in range(1, 200):
        before = everything(run)
        died += made_by_a_process_that_dies(
            partial(publish, run, partial(write, mark=f"mark{turn}"), force=True), 60 * turn
        )
        after = everything(run)
        assert after == before or set(after.values()) == {f"mark{turn} {name}".encode() for name in FILES}
    assert died > 20
    publish(run, write, force=True)
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_the_name_is_never_without_its_run_while_others_look(tmp_path: Path) -> None:
    run = tmp_path / "run"
    publish(run, write)

    def replace() -> None:
        for _ in range(60):
            publish(run, write, force=True)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        replace()
        os._exit(0)
    looks = 0
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        assert (run / "run.json").exists()
        looks += 1
    assert looks > 300


@pytest.mark.parametrize(
    ("deed", "named"),
    [
        (lambda run: (run / "besluiten.csv").write_text("x"), "besluiten.csv"),
        (lambda run: (run / "gemeenten" / "b.xlsx").write_text("answered"), "gemeenten/b.xlsx"),
        (lambda run: (run / "a.csv").rename(run / "z.csv"), "z.csv"),
        (lambda run: shutil.copy2(run / "a.csv", run / "a (1).csv"), "a (1).csv"),
        (lambda run: (run / "leeg").mkdir(), "leeg"),
        (lambda run: (run / "link").symlink_to("a.csv"), "link"),
        (lambda run: ((run / "a.csv").unlink(), (run / "a.csv").symlink_to("run.json")), "a.csv"),
        (lambda run: os.mkfifo(run / "pijp"), "pijp"),
        (lambda run: (run / "~$voorstel.xlsx").touch(), "~$voorstel.xlsx"),
        (lambda run: (run / "run.json").write_text("{}"), "run"),
    ],
)
def test_what_a_person_did_in_a_run_is_named_and_kept(
    tmp_path: Path, deed: Callable[[Path], object], named: str
) -> None:
    run = publish(tmp_path / "run", write)
    deed(run)
    before = sorted(os.walk(run))
    with pytest.raises(Geweigerd) as told:
        publish(run, write, force=True)
    assert named in str(told.value)
    assert named in told.value.en
    assert sorted(os.walk(run)) == before


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "desktop.ini"])
def test_what_a_system_puts_into_folders_is_nobodys(tmp_path: Path, name: str) -> None:
    run = publish(tmp_path / "run", write)
    (run / name).touch()
    publish(run, lambda folder: write(folder, "again"), force=True)
    assert set(everything(run)) == set(FILES)


def test_a_run_that_lost_files_may_still_be_replaced(tmp_path: Path) -> None:
    run = publish(tmp_path / "run", write)
    (run / "a.csv").unlink()
    publish(run, write, force=True)
    assert set(everything(run)) == set(FILES)


def test_a_folder_of_another_kind_is_not_replaced(tmp_path: Path) -> None:
    publish(tmp_path / "run", write)
    with pytest.raises(Geweigerd, match="geen uitkomst"):
        publish(tmp_path / "run", write, sign="huishoudens.csv", force=True)


@pytest.mark.parametrize("before", ["", "x", None])
def test_a_file_that_we_did_not_make_is_never_replaced(tmp_path: Path, before: str | None) -> None:
    target = tmp_path / "t.csv"
    if before is None:
        publish_file(target, lambda file: file.write_text("ours"))
        before = "edited"
    target.write_text(before)
    for force in (False, True):
        with pytest.raises(Geweigerd, match="bestaat al"):
            publish_file(target, lambda file: file.write_text("new"), force=force)
    assert target.read_text() == before
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


def test_a_file_of_ours_is_replaced_with_force_and_keeps_who_may_read_it(tmp_path: Path) -> None:
    target = publish_file(tmp_path / "new" / "t.csv", lambda file: file.write_text("1"), parents=True)
    target.chmod(0o600)
    with pytest.raises(Geweigerd, match="--force"):
        check_file_free(target)
    publish_file(target, lambda file: file.write_text("2"), force=True)
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("2", 0o600)
    assert [p.name for p in target.parent.iterdir()] == ["t.csv"]


def test_a_change_in_the_very_moment_of_replacing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = publish(tmp_path / "run", write)

    def somebody_is_quicker(new: Path, place: Path) -> None:
        if new.name == "run" and not (new / "note.txt").exists():
            (place / "note.txt").write_text("wait")
        swap(new, place)

    monkeypatch.setattr("optimizer.publish.write.swap", somebody_is_quicker)
    with pytest.raises(Geweigerd, match=r"note\.txt"):
        publish(run, write, force=True)
    assert (run / "note.txt").read_text() == "wait"
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_leftovers_that_a_person_changed_or_named_stay(tmp_path: Path) -> None:
    run = publish(tmp_path / "run", write)
    for name in (".run.bezig-mijn_kopie", ".run.oud-2024", f".run.oud-{'0' * 32}"):
        shutil.copytree(run, tmp_path / name)
        (tmp_path / name / "photo.jpg").write_text("sea")
    publish(run, write, force=True)
    assert len(list(tmp_path.rglob("photo.jpg"))) == 3
