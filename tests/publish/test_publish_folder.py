"""A run stands in its place whole or not at all."""

import errno
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from optimizer.errors import Geweigerd, KoppelwijzerFout
from optimizer.publish import check_free, publish

FILES = ("a.csv", "b.csv", "run.json")


def writer(mark: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        for name in FILES:
            (folder / name).write_text(mark, encoding="utf-8")

    return write


def marks(folder: Path) -> set[str]:
    return {(folder / name).read_text(encoding="utf-8") for name in FILES}


HEAD = """
import sys, time
from pathlib import Path
from optimizer.errors import Geweigerd
from optimizer.publish import publish
target = Path(sys.argv[1])
"""


def process(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start Python on code that knows `publish`, `Path` and `target`; it tells what happens on stdout."""
    return subprocess.Popen(
        [sys.executable, "-c", HEAD + textwrap.dedent(code), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_run_appears_with_all_its_files_and_nothing_beside_it(tmp_path: Path) -> None:
    place = publish(tmp_path / "new" / "run", writer("1"))
    assert marks(place) == {"1"}
    assert [p.name for p in place.parent.iterdir()] == ["run"]


def test_an_existing_run_is_refused_without_force_and_replaced_with_it(tmp_path: Path) -> None:
    publish(tmp_path / "run", writer("1"))
    with pytest.raises(Geweigerd, match="--force"):
        publish(tmp_path / "run", writer("2"))
    assert marks(tmp_path / "run") == {"1"}
    publish(tmp_path / "run", writer("2"), force=True)
    assert marks(tmp_path / "run") == {"2"}
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    assert marks(publish(tmp_path / "run", writer("1"))) == {"1"}


@pytest.mark.parametrize("force", [False, True])
def test_what_is_not_a_run_is_never_replaced(tmp_path: Path, force: bool) -> None:
    (tmp_path / "holiday").mkdir()
    (tmp_path / "holiday" / "photo.jpg").write_text("sea", encoding="utf-8")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for name in ("holiday", "file"):
        with pytest.raises(Geweigerd, match="geen uitkomst"):
            publish(tmp_path / name, writer("1"), force=force)
    assert (tmp_path / "holiday" / "photo.jpg").exists()


def test_a_place_can_be_checked_before_any_work_is_done(tmp_path: Path) -> None:
    check_free(tmp_path / "run")
    publish(tmp_path / "run", writer("1"))
    check_free(tmp_path / "run", force=True)
    with pytest.raises(Geweigerd):
        check_free(tmp_path / "run")


def test_a_failure_while_writing_leaves_nothing_and_keeps_the_old_run(tmp_path: Path) -> None:
    def fails(folder: Path) -> None:
        (folder / "a.csv").write_text("half", encoding="utf-8")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(KoppelwijzerFout, match="de schijf is vol"):
        publish(tmp_path / "run", fails)
    assert list(tmp_path.iterdir()) == []
    publish(tmp_path / "run", writer("1"))
    with pytest.raises(KoppelwijzerFout, match="de schijf is vol"):
        publish(tmp_path / "run", fails, force=True)
    assert marks(tmp_path / "run") == {"1"}
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_a_disk_that_takes_no_more_bytes_ends_in_a_sentence(tmp_path: Path) -> None:
    code = """
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        from optimizer.errors import KoppelwijzerFout
        try:
            publish(target, lambda folder: (folder / "a.csv").write_bytes(b"x" * 5000) and None)
        except KoppelwijzerFout as error:
            print(error)
    """
    out, err = process(code, str(tmp_path / "run")).communicate(timeout=30)
    assert "te groot voor deze schijf" in out, err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.EACCES, "mag daar niet schrijven"),
        (errno.EROFS, "alleen te lezen"),
        (errno.EDQUOT, "van uw account is op"),
    ],
)
def test_each_way_in_which_a_disk_refuses_has_its_sentence(tmp_path: Path, code: int, sentence: str) -> None:
    def fails(_: Path) -> None:
        raise OSError(code, "in English")

    with pytest.raises(KoppelwijzerFout, match=sentence) as told:
        publish(tmp_path / "run", fails)
    assert "English" not in str(told.value)


def test_a_parent_that_is_a_file_ends_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(KoppelwijzerFout, match="is een bestand"):
        publish(tmp_path / "file" / "run", writer("1"))


@pytest.mark.parametrize("before", [None, "1"])
def test_a_process_killed_halfway_leaves_the_place_as_it_was_and_the_next_run_clears_up(
    tmp_path: Path, before: str | None
) -> None:
    if before:
        publish(tmp_path / "run", writer(before))
    code = """
        def write(folder):
            (folder / "run.json").write_text("half")
            print("half", flush=True)
            time.sleep(60)
        publish(target, write, force=True)
    """
    with process(code, str(tmp_path / "run")) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "half\n"
        assert len(list(tmp_path.glob(".run.bezig-*"))) == 1
        publish(tmp_path / "other", writer("1"))
        child.send_signal(signal.SIGKILL)
    if before:
        assert marks(tmp_path / "run") == {before}
    else:
        assert not (tmp_path / "run").exists()
    publish(tmp_path / "run", writer("2"), force=True)
    assert marks(tmp_path / "run") == {"2"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["other", "run"]


def test_a_folder_that_a_living_process_fills_is_left_alone(tmp_path: Path) -> None:
    code = """
        def write(folder):
            print("half", flush=True)
            sys.stdin.readline()
            for name in ("a.csv", "b.csv", "run.json"):
                (folder / name).write_text("slow")
        publish(target, write)
    """
    child = process(code, str(tmp_path / "run"))
    assert child.stdout is not None
    assert child.stdout.readline() == "half\n"
    publish(tmp_path / "run", writer("quick"))
    out, err = child.communicate("go\n", timeout=30)
    assert child.returncode == 1
    assert "Geweigerd" in err, out
    assert marks(tmp_path / "run") == {"quick"}
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("force", [False, True])
def test_of_processes_at_once_each_writes_a_whole_run_or_is_refused(tmp_path: Path, force: bool) -> None:
    code = f"""
        def write(folder):
            for name in ("a.csv", "b.csv", "run.json"):
                (folder / name).write_text(sys.argv[2])
                time.sleep(0.002)
        for _ in range(20):
            try:
                publish(target, write, force={force})
                print("written")
            except Geweigerd:
                print("refused")
    """
    children = [process(code, str(tmp_path / "run"), mark) for mark in ("x", "y")]
    answers = [child.communicate(timeout=60) for child in children]
    told = "".join(out for out, _ in answers).split()
    assert len(told) == 40, answers
    assert told.count("written") >= (20 if force else 1)
    assert force or told.count("written") == 1
    assert len(marks(tmp_path / "run")) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_an_old_run_that_was_moved_aside_by_a_process_that_died_comes_back(tmp_path: Path) -> None:
    publish(tmp_path / "run", writer("1"))
    (tmp_path / "run").rename(tmp_path / ".run.oud-0")
    with pytest.raises(Geweigerd):
        publish(tmp_path / "run", writer("2"))
    assert marks(tmp_path / "run") == {"1"}
