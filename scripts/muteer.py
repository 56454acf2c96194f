"""Mutation testing: ``make mutate``, or ``python -m scripts.muteer [NAME ...] [--group GROUP] [--share S]``.

mutmut changes one thing at a time in a copy of the code and runs the tests on it; a change that no test notices
survives. The copy stands in ``.mutaties``, so that nothing here is touched. There it is written in a way that mutmut
can follow: mutmut leaves a decorated function alone, and every rule is one (``@cites``), so in the copy a decorator
is a call after the function, which means the same.

The rooms are mutated in groups, each with a copy and tests of its own: ``wet`` (rules and judge, the settings in
``pyproject.toml``), and those of ``GROUPS``, whose settings stand beside this script.

Files with a compiled loop stay as they are: numba compiles a function, not the choice between mutations of it that
mutmut puts in its place. So does the file that compiles them, which works while the others load.

Many functions are reached by hundreds of tests. Each is tried with some seconds of them: whole verdicts of the judge,
then the quickest tests, then tests from every file in turn. What only a slower test would notice counts as survived.

A second run goes on where the first one stopped, tries again what survived, and the rest only where the code changed.
"""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import accumulate, zip_longest
from pathlib import Path
from zlib import crc32

ROOT = Path(__file__).parents[1]
COPIES = ROOT / ".mutaties"
SETTINGS = Path(__file__).parent / "mutaties"
FOLDERS = ("optimizer", "geodata", "tests", "inputs", "docs", "scripts")
PROJECT = "pyproject.toml"
#: Decorators that mutmut follows itself.
FOLLOWED = {"staticmethod", "classmethod"}
#: Exit codes of pytest under a mutation: a test failed, or took endlessly long.
FAILED, ENDLESS = {1, 3}, {36, 24, -24, 152, 255}
#: Seconds of tests for one mutation, where nothing else is said.
ENOUGH = 6.0
#: The tests that notice most are tried first.
WHOLE = "tests/verify/test_judge_whole.py"
#: What a file with a compiled loop holds, and the file that compiles it.
LOOP = re.compile(r"^(?:@compiled|def compiled\()", re.MULTILINE)


@dataclass(frozen=True)
class Group:
    """Rooms that are mutated together.

    Attributes
    ----------
    name
        Name of its copy, and of the file with its settings.
    mutated
        Folders whose score is told.
    few
        A small part, whose mutations are tried first: that run finds out which tests reach which function.
    examples
        Of each property, at most; 0: as many as the test says.
    """

    name: str
    mutated: tuple[str, ...]
    few: str
    examples: int = 0

    @property
    def copy(self) -> Path:
        """Where the code is mutated."""
        return COPIES / self.name

    @property
    def mutants(self) -> Path:
        """Where mutmut keeps the mutations and what became of them."""
        return self.copy / "mutants"

    def project(self) -> str:
        """Return the text of ``pyproject.toml`` with the settings of this group."""
        text = (ROOT / PROJECT).read_text(encoding="utf-8")
        own = SETTINGS / f"{self.name}.toml"
        if not own.is_file():
            return text
        before, rest = text.split("[tool.mutmut]\n")
        settings = f"{own.read_text(encoding='utf-8')}do_not_mutate = {json.dumps(self.left_out())}\n"
        return f"{before}{settings}\n{rest[rest.index('[tool.coverage') :]}"

    def left_out(self) -> list[str]:
        """Return the files of its rooms that hold a compiled loop, or compile them."""
        files = [path for folder in self.mutated for path in (ROOT / folder).rglob("*.py")]
        return sorted(p.relative_to(ROOT).as_posix() for p in files if LOOP.search(p.read_text(encoding="utf-8")))


WET = Group("wet", ("optimizer/rules", "optimizer/verify"), "optimizer.rules.woningen*")
GROUPS = {
    group.name: group
    for group in (
        WET,
        Group("telling", ("optimizer/model", "optimizer/measure"), "optimizer.measure.months*", 5),
        Group("uitleg", ("optimizer/explain",), "optimizer.explain.told.werklijst*", 5),
        Group("oplossing", ("optimizer/solve",), "optimizer.solve.problem.start*", 5),
    )
}


def without_decorators(source: str) -> str:
    """Return Python source in which the decorators of functions are calls after them."""
    lines = source.split("\n")
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    for function in sorted(functions, key=lambda node: node.lineno, reverse=True):
        names = [ast.unparse(decorator) for decorator in function.decorator_list]
        if not names or FOLLOWED & set(names):
            continue
        called = function.name
        for name in reversed(names):
            called = f"{name}({called})"
        indent = " " * function.col_offset
        lines.insert(function.end_lineno or 0, f"{indent}{function.name} = {called}")
        del lines[function.decorator_list[0].lineno - 1 : function.lineno - 1]
    return "\n".join(lines)


def refresh(group: Group) -> None:
    """Bring the copy up to date; a file that did not change is not touched, so that its results stand."""
    as_it_is = group.left_out()
    wanted = {path.relative_to(ROOT) for name in FOLDERS for path in _files(ROOT / name)}
    for path in [p for name in FOLDERS for p in _files(group.copy / name)]:
        if path.relative_to(group.copy) not in wanted:
            path.unlink()
    for path in sorted(wanted):
        content = (ROOT / path).read_bytes()
        mutated = path.as_posix().startswith(group.mutated) and path.as_posix() not in as_it_is
        if path.suffix == ".py" and mutated:
            content = without_decorators(content.decode("utf-8")).encode("utf-8")
        elif (group.mutants / path).is_file():  # mutmut brings a file there once, and keeps it
            _write(group.mutants / path, content)
        _write(group.copy / path, content)
    _write(group.copy / PROJECT, group.project().encode("utf-8"))


def _write(target: Path, content: bytes) -> None:
    if not target.is_file() or target.read_bytes() != content:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _files(folder: Path) -> Iterator[Path]:
    return (p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def forget_survivors(group: Group) -> None:
    """Forget which mutations survived, so that new tests get at them."""
    for path, results in _results(group):
        for mutation, code in results["exit_code_by_key"].items():
            if code not in FAILED:
                results["exit_code_by_key"][mutation] = None
        path.write_text(json.dumps(results), encoding="utf-8")


def _results(group: Group) -> Iterator[tuple[Path, dict[str, dict[str, int | None]]]]:
    for path in sorted(group.mutants.rglob("*.meta")):
        yield path, json.loads(path.read_text(encoding="utf-8"))


def table(group: Group, share: float) -> Iterator[str]:
    """Yield the score of every file and folder: caught mutations of all of a share that were tried."""
    counts: dict[str, Counter[str]] = {folder: Counter() for folder in group.mutated}
    for path, results in _results(group):
        file = path.relative_to(group.mutants).as_posix().removesuffix(".meta")
        for code in [code for name, code in results["exit_code_by_key"].items() if in_share(name, share)]:
            word = "caught" if code in FAILED | ENDLESS else "untried" if code is None else "survived"
            for about in (file, next(folder for folder in group.mutated if file.startswith(folder))):
                counts.setdefault(about, Counter())[word] += 1
    yield f"{'':<40}{'caught':>8}{'survived':>10}{'untried':>9}{'score':>9}"
    for about, count in sorted(counts.items(), key=lambda item: (item[0] in group.mutated, item[0])):
        tried = count["caught"] + count["survived"]
        score = f"{count['caught'] / tried:.1%}" if tried else "-"
        yield f"{about:<40}{count['caught']:>8}{count['survived']:>10}{count['untried']:>9}{score:>9}"


def limit_tests(group: Group, enough: float) -> None:
    """Give every function some seconds of the tests that reach it: half of it quick ones, then every file in turn."""
    path = group.mutants / "mutmut-stats.json"
    stats = json.loads(path.read_text(encoding="utf-8"))
    seconds, reached = stats["duration_by_test"], stats["tests_by_mangled_function_name"]
    for function, tests in reached.items():
        order = sorted(tests, key=lambda name: (seconds[name], name))
        quick = order[: len(within(order, seconds, enough / 2))]
        files: dict[str, list[str]] = {}
        for test in order[len(quick) :]:
            files.setdefault(test.partition("::")[0], []).append(test)
        whole = files.pop(WHOLE, [])
        in_turn = [*whole, *quick, *(test for turn in zip_longest(*files.values()) for test in turn if test)]
        reached[function] = within(in_turn, seconds, enough) or in_turn[:1]
    path.write_text(json.dumps(stats), encoding="utf-8")


def within(tests: list[str], seconds: dict[str, float], enough: float) -> list[str]:
    """Return the first tests that take no more than so many seconds together."""
    spent = accumulate(seconds[test] for test in tests)
    return [test for test, total in zip(tests, spent, strict=True) if total <= enough]


def sample(group: Group, share: float) -> list[str]:
    """Return a share of the mutations that are still to be tried, the same one every time."""
    untried = (
        name for _, results in _results(group) for name, code in results["exit_code_by_key"].items() if code is None
    )
    return [name for name in untried if in_share(name, share)]


def in_share(mutation: str, share: float) -> bool:
    """Tell whether a mutation belongs to a share of all of them."""
    return crc32(mutation.encode()) < share * 2**32


def main(words: list[str]) -> int:
    """Run mutmut and print the scores."""
    parser = ArgumentParser(description="Mutation testing, a group of rooms at a time.")
    parser.add_argument("names", nargs="*", help="mutations, such as 'optimizer.rules.*'; all where none is named")
    parser.add_argument("--group", choices=sorted(GROUPS), default=WET.name, help="the rooms that are mutated")
    parser.add_argument("--share", type=float, help="try a share of them only, such as 0.25")
    parser.add_argument("--enough", type=float, default=ENOUGH, help="seconds of tests for one mutation")
    said = parser.parse_args(words)
    group = GROUPS[said.group]
    shutil.rmtree(group.mutants / "tests", ignore_errors=True)
    refresh(group)
    forget_survivors(group)
    (group.mutants / "mutmut-stats.json").unlink(missing_ok=True)
    fewer = {"KOPPELWIJZER_VOORBEELDEN": str(group.examples)} if group.examples else {}
    environment = {**os.environ, "OMP_NUM_THREADS": "1", **fewer}
    mutmut = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", "1"]
    subprocess.run([*mutmut, group.few], cwd=group.copy, check=True, env=environment)  # noqa: S603 - which tests reach which function
    limit_tests(group, said.enough)
    names = said.names if said.share is None else [n for n in sample(group, said.share) if _meant(n, said.names)]
    subprocess.run([*mutmut, *names], cwd=group.copy, check=True, env=environment)  # noqa: S603
    print("\n".join(table(group, 1.0 if said.share is None else said.share)))
    return 0


def _meant(mutation: str, patterns: list[str]) -> bool:
    return not patterns or any(fnmatch(mutation, pattern) for pattern in patterns)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
