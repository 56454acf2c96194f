"""The judge shares no code with the accused, and its documentation lists what it can say."""

import ast
from pathlib import Path

import pytest

import optimizer.verify
from optimizer.rules.parameters import load
from optimizer.rules.parameters.bron import BRONNEN
from optimizer.verify.codes import CODES
from optimizer.verify.judge import EXCEPTIONS, REQUIREMENTS
from tests.verify.zaken import PEILDATUM

FOLDER = Path(optimizer.verify.__file__).parent
ALLOWED = ("optimizer.domain", "optimizer.errors", "optimizer.rules.parameters", "optimizer.verify", "geodata")
DOCS = FOLDER.parents[1] / "docs" / "rechter.md"


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda p: p.relative_to(FOLDER).as_posix())
def test_the_judge_imports_only_words_parameters_and_places(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [name for name in names if name.split(".")[0] in {"optimizer", "geodata"}]
    assert [name for name in ours if not name.startswith(ALLOWED)] == []


def test_the_documentation_lists_every_finding_with_its_gravity_and_rule() -> None:
    lines = DOCS.read_text(encoding="utf-8").split("\n")
    rows = [[cell.strip().strip("`") for cell in line.split("|")[1:-1]] for line in lines if line.startswith("| `")]
    listed = [(code, ernst, regel) for code, ernst, regel, *_ in rows]
    assert sorted(listed) == sorted((c.naam, c.ernst, c.regel) for c in CODES.values())


def test_every_rule_is_a_parameter_or_has_its_source_here() -> None:
    rules = {c.regel for c in CODES.values()}
    assert rules <= {*load(PEILDATUM).catalogue, *BRONNEN}
    assert rules >= set(BRONNEN)


def test_every_requirement_says_in_one_sentence_what_it_asks() -> None:
    sentences = [str(requirement.__doc__).split("\n")[0] for requirement in (*REQUIREMENTS, *EXCEPTIONS)]
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) == len(sentences)
