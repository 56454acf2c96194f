"""Mutation testing of the rules and the judge: ``make mutate``, or ``python -m scripts.muteer [NAME ...] [--share S]``.

mutmut changes one thing at a time in a copy of the code and runs the tests on it; a change that no test notices
survives. The copy stands in ``.mutaties``, so that nothing here is touched. There it is written in a way that mutmut
can follow: mutmut leaves a decorated function alone, and every rule is one (``@cites``), so in the copy a decorator
is a call after the function, which means the same.

Many functions are reached by hundreds of tests. Each is tried with some seconds of them: whole verdicts of the judge,
then tests from every file in turn, quick ones first. What only a slower test would notice counts as survived.

A second run goes on where the first one stopped, tries again what survived, and the rest only where the code changed.
Settings: ``[tool.mutmut]`` in ``pyproject.toml``.
"""

import ast
import json
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import accumulate, zip_longest
from pathlib import Path
from zlib import crc32

ROOT = Path(__file__).parents[1]
COPY = ROOT / ".mutaties"
FOLDERS = ("optimizer", "geodata", "tests", "inputs", "docs", "scripts")
FILES = ("pyproject.toml",)
MUTATED = ("optimizer/rules", "optimizer/verify")
#: Decorators that mutmut follows itself.
FOLLOWED = {"staticmethod", "classmethod"}
#: Exit codes of pytest under a mutation: a test failed, or took endlessly long.
FAILED, ENDLESS = {1, 3}, {36, 24, -24, 152, 255}
#: Seconds of tests for one mutation.
ENOUGH = 6.0
#: The tests that notice most are tried first.
WHOLE = "tests/verify/test_judge_whole.py"
#: A small rule, whose mutations are tried first.
FEW = "optimizer.rules.woningen*"


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


def refresh() -> None:
    """Bring the copy up to date; a file that did not change is not touched, so that its results stand."""
    wanted = {path.relative_to(ROOT) for name in FOLDERS for path in _files(ROOT / name)} | {Path(f) for f in FILES}
    for path in [p for name in FOLDERS for p in _files(COPY / name)]:
        if path.relative_to(COPY) not in wanted:
            path.unlink()
    for path in sorted(wanted):
        content = (ROOT / path).read_bytes()
        if path.suffix == ".py" and path.as_posix().startswith(MUTATED):
            content = without_decorators(content.decode("utf-8")).encode("utf-8")
        target = COPY / path
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _files(folder: Path) -> Iterator[Path]:
    return (p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def forget_survivors() -> None:
    """Forget which mutations survived, so that new tests get at them."""
    for path, results in _results():
        for mutation, code in results["exit_code_by_key"].items():
            if code not in FAILED:
                results["exit_code_by_key"][mutation] = None
        path.write_text(json.dumps(results), encoding="utf-8")


def _results() -> Iterator[tuple[Path, dict[str, dict[str, int | None]]]]:
    for path in sorted((COPY / "mutants").rglob("*.meta")):
        yield path, json.loads(path.read_text(encoding="utf-8"))


def table() -> Iterator[str]:
    """Yield the score of every file and folder: caught mutations of all that were tried."""
    counts: dict[str, Counter[str]] = {folder: Counter() for folder in MUTATED}
    for path, results in _results():
        file = path.relative_to(COPY / "mutants").as_posix().removesuffix(".meta")
        for code in results["exit_code_by_key"].values():
            word = "caught" if code in FAILED | ENDLESS else "untried" if code is None else "survived"
            for about in (file, next(folder for folder in MUTATED if file.startswith(folder))):
                counts.setdefault(about, Counter())[word] += 1
    yield f"{'':<40}{'caught':>8}{'survived':>10}{'untried':>9}{'score':>9}"
    for about, count in sorted(counts.items(), key=lambda item: (item[0] in MUTATED, item[0])):
        tried = count["caught"] + count["survived"]
        score = f"{count['caught'] / tried:.1%}" if tried else "-"
        yield f"{about:<40}{count['caught']:>8}{count['survived']:>10}{count['untried']:>9}{score:>9}"


def limit_tests() -> None:
    """Give every function some seconds of the tests that reach it, from every file of tests in turn."""
    path = COPY / "mutants" / "mutmut-stats.json"
    stats = json.loads(path.read_text(encoding="utf-8"))
    seconds, reached = stats["duration_by_test"], stats["tests_by_mangled_function_name"]
    for function, tests in reached.items():
        files: dict[str, list[str]] = {}
        for test in sorted(tests, key=lambda name: (seconds[name], name)):
            files.setdefault(test.partition("::")[0], []).append(test)
        in_turn = files.pop(WHOLE, []) + [test for turn in zip_longest(*files.values()) for test in turn if test]
        spent = accumulate(seconds[test] for test in in_turn)
        reached[function] = [test for test, total in zip(in_turn, spent, strict=True) if total <= ENOUGH] or in_turn[:1]
    path.write_text(json.dumps(stats), encoding="utf-8")


def sample(share: float) -> list[str]:
    """Return a share of the mutations that are still to be tried, the same one every time."""
    untried = (name for _, results in _results() for name, code in results["exit_code_by_key"].items() if code is None)
    return [name for name in untried if crc32(name.encode()) < share * 2**32]


def main(words: list[str]) -> int:
    """Run mutmut and print the scores."""
    parser = ArgumentParser(description="Mutation testing of the rules and the judge.")
    parser.add_argument("names", nargs="*", help="mutations, such as 'optimizer.rules.*'; all where none is named")
    parser.add_argument("--share", type=float, help="try a share of them only, such as 0.2")
    said = parser.parse_args(words)
    shutil.rmtree(COPY / "mutants" / "tests", ignore_errors=True)
    refresh()
    forget_survivors()
    (COPY / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
    mutmut = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", "1"]
    subprocess.run([*mutmut, FEW], cwd=COPY, check=True)  # noqa: S603 - finds out which tests reach which function
    limit_tests()
    names = said.names if said.share is None else [n for n in sample(said.share) if _meant(n, said.names)]
    subprocess.run([*mutmut, *names], cwd=COPY, check=True)  # noqa: S603
    print("\n".join(table()))
    return 0


def _meant(mutation: str, patterns: list[str]) -> bool:
    return not patterns or any(fnmatch(mutation, pattern) for pattern in patterns)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
