"""Whatever the program says on purpose it says in Dutch and in English, with the same places filled in."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from geodata.errors import GeoFout
from optimizer.errors import KoppelwijzerFout

ROOT = Path(__file__).parents[3]
CODE = sorted(f for folder in ("optimizer", "geodata") for f in (ROOT / folder).rglob("*.py"))
#: Failures whose words stand elsewhere: the list of defects (read/texts.toml), or parts given to a sentence of its own.
ELSEWHERE = {"InvoerOngeldig"}
#: Nouns of law that English keeps, and words that are the same.
SHARED = {"factor", "km", "koppelregio", "opgave", "parameter", "peildatum"}


def failures(kind: type[Exception]) -> Iterator[type[Exception]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from failures(sub)


def loaded(kind: type[Exception]) -> set[str]:
    """The names of a kind of failure, with every module that has one loaded."""
    for file in CODE:
        if "Fout)" in file.read_text(encoding="utf-8"):
            importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return {kind.__name__, *(sub.__name__ for sub in failures(kind))}


OURS = loaded(KoppelwijzerFout) - ELSEWHERE
GEO = loaded(GeoFout)


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def calls(*names: str) -> list[tuple[str, ast.Call]]:
    found = []
    for file in CODE:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node) in names:
                found.append((f"{file.relative_to(ROOT)}:{node.lineno}", node))
    return found


Written = tuple[str, list[str]]


def written(text: ast.expr) -> Written | None:
    """The words of a text that stands in the code, and what fills its places; None for one made elsewhere."""
    if isinstance(text, ast.Constant) and isinstance(text.value, str):
        return text.value, sorted({place for _, place, _, _ in Formatter().parse(text.value) if place})
    if isinstance(text, ast.JoinedStr):
        words = "".join(str(part.value) for part in text.values if isinstance(part, ast.Constant))
        return words, sorted({place_of(part) for part in text.values if isinstance(part, ast.FormattedValue)})
    if isinstance(text, ast.BinOp) and isinstance(text.op, ast.Add):
        left, right = written(text.left), written(text.right)
        return (left[0] + right[0], sorted({*left[1], *right[1]})) if left and right else left or right
    return None


def place_of(part: ast.FormattedValue) -> str:
    """What fills a place, without the language of a part that has both."""
    return ast.unparse(part.value).removesuffix(".nl").removesuffix(".en").removesuffix("_en")


def pairs() -> Iterator[tuple[str, Written, Written]]:
    """Sentences whose words stand in the code; one put together from others is tested where those stand."""
    for place, call in calls("Sentence", *OURS):
        dutch, english = map(written, call.args) if len(call.args) == 2 else (None, None)
        if dutch and english:
            yield place, dutch, english


PAIRS = list(pairs())
IDS = [place for place, _, _ in PAIRS]


@pytest.mark.parametrize(("place", "dutch", "english"), PAIRS, ids=IDS)
def test_the_two_languages_fill_the_same_places(place: str, dutch: Written, english: Written) -> None:
    assert dutch[1] == english[1], place


@pytest.mark.parametrize(("place", "dutch", "english"), PAIRS, ids=IDS)
def test_the_english_is_not_the_dutch(place: str, dutch: Written, english: Written) -> None:
    words = re.findall(r"[^\W\d_]+", " ".join(text for text, *_ in Formatter().parse(dutch[0])).lower())
    if not SHARED.issuperset(words):
        assert dutch[0] != english[0], place


@pytest.mark.parametrize(("place", "call"), calls(*OURS), ids=[place for place, _ in calls(*OURS)])
def test_a_failure_names_both_languages_where_it_is_raised(place: str, call: ast.Call) -> None:
    star = len(call.args) == 1 and isinstance(call.args[0], ast.Starred)
    assert star or len(call.args) == 2, place


def test_there_are_failures_to_look_at() -> None:
    assert len(calls(*OURS)) > 40
    assert len(PAIRS) > 100
    assert len(calls(*GEO)) > 20


@pytest.mark.parametrize("failure", sorted(OURS))
def test_a_failure_cannot_be_made_without_english(failure: str) -> None:
    kinds: list[type[Exception]] = [KoppelwijzerFout, *failures(KoppelwijzerFout)]
    kind: Any = next(k for k in kinds if k.__name__ == failure)
    with pytest.raises(TypeError):
        kind("Alleen Nederlands.")
    made = kind("Nederlands.", "English.")
    assert isinstance(made, KoppelwijzerFout)
    assert (str(made), made.en, tuple(made.sentence)) == ("Nederlands.", "English.", ("Nederlands.", "English."))


def test_nobody_asks_a_failure_for_its_text_without_a_language() -> None:
    """``str(error)`` of a failure of ours is Dutch: whoever passes it on loses the English."""
    lost = []
    for file in CODE:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and node.name and caught(node) & (OURS | GEO):
                lost += [
                    f"{file.relative_to(ROOT)}:{use.lineno}"
                    for use in ast.walk(node)
                    if isinstance(use, ast.Call) and name_of(use) == "str" and is_name(use.args, node.name)
                ]
    assert lost == []


def caught(handler: ast.ExceptHandler) -> set[str]:
    return {n.id for n in ast.walk(handler.type or ast.Pass()) if isinstance(n, ast.Name)}


def is_name(args: list[ast.expr], name: str) -> bool:
    return len(args) == 1 and isinstance(args[0], ast.Name) and args[0].id == name
