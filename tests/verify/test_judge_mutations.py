"""One random edit in any file of a good run of a random month: the judge reports it, by file and row, and never breaks.

Each edit has a whole run judged, which is slow: fifteen of each kind for each of three months. More of them:
``KOPPELWIJZER_WIJZIGINGEN=120``, a thousand in all.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from optimizer.cli import main
from optimizer.generate import generate
from optimizer.pipeline import Listener, judge_finished
from optimizer.read.run import read_finished
from optimizer.settle import Wish
from tests.verify.mappen import Rows, make, table

#: What the judge has no means to work out: it sees by the hash alone that such a cell was changed, and names no row.
BY_HASH_ALONE = {"reden", "toelichting", "voorstel_oplossing", "schaduwprijs", "zonder", "met"}
FILES = (
    "voorstel.csv",
    "banen.csv",
    "taakstelling.csv",
    "niet_gekoppeld.csv",
    "uitzonderingen.csv",
    "werklijst.csv",
    "prognose.csv",
)
MONTHS = ((1, 0.7, "kansrijk"), (2, 1.0, "handmatig"), (3, 0.9, "loting"))
EDITS = int(os.environ.get("KOPPELWIJZER_WIJZIGINGEN", "15"))


@pytest.fixture(scope="module", params=MONTHS, ids=[policy for *_, policy in MONTHS])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a random month of thirty households, its input beside it; and one of a mixed month by hand."""
    seed, tightness, policy = request.param
    folder = tmp_path_factory.mktemp("maand")
    generate(folder / "in", huishoudens=30, seed=seed, tightness=tightness)
    return make(folder, "run", "--policy", policy)


def edited_cell(rows: Rows, rng: Random) -> tuple[str, int]:
    """Change one cell; return its column and the row as a person sees it."""
    r, c = rng.randrange(1, len(rows)), rng.randrange(len(rows[0]))
    old = rows[r][c]
    others = [row[c] for row in rows[1:] if row[c] != old]
    digits = [i for i, letter in enumerate(old) if letter.isdigit()]
    wishes = ["", "x", f"{old}1", rng.choice(others) if others else "0"]
    if digits:
        i = rng.choice(digits)
        wishes.append(old[:i] + str((int(old[i]) + rng.randrange(1, 10)) % 10) + old[i + 1 :])
    rows[r][c] = rng.choice([wish for wish in wishes if wish != old])
    return rows[0][c], r + 1


def edited_rows(rows: Rows, rng: Random) -> tuple[str, int]:
    """Drop, double, add or exchange rows, or rename or exchange columns; the row need not be named."""
    r, kind = rng.randrange(1, len(rows)), rng.randrange(6)
    if kind == 0:
        del rows[r]
    elif kind == 1:
        rows.insert(rng.randrange(1, len(rows) + 1), list(rows[r]))
    elif kind == 2:
        rows.append(["x" for _ in rows[0]])
    elif kind == 3 and len(rows) > 2:
        other = rng.choice([i for i in range(1, len(rows)) if i != r])
        rows[r], rows[other] = rows[other], rows[r]
    elif kind == 4:
        rows[0][rng.randrange(len(rows[0]))] += "s"
    else:
        for row in rows:
            row[0], row[-1] = row[-1], row[0]
    return "", 0


@pytest.mark.parametrize("edit", [edited_cell, edited_rows])
def test_an_edit_of_a_table_is_reported_by_file_and_row(
    run: Path, edit: Callable[[Rows, Random], tuple[str, int]], tmp_path: Path
) -> None:
    receipt = read_finished(run).receipt
    wish = Wish(run.parent / "in", policy=receipt["policy"]["name"], seed=receipt["seed"])
    folder, rng = Path(shutil.copytree(run, tmp_path / "uit")), Random(7)  # noqa: S311
    assert not judge_finished(folder, wish, read_finished(folder), Listener())[0].overtredingen
    for number in range(EDITS):
        file = FILES[number % len(FILES)]
        told: list[tuple[str, int]] = []

        def change(rows: Rows, told: list[tuple[str, int]] = told) -> None:
            if len(rows) == 1:
                rows.append(["x" for _ in rows[0]])
                told.append(("", 0))
            else:
                told.append(edit(rows, rng))

        table(folder / file, change)
        [(column, row)] = told
        found = judge_finished(folder, wish, read_finished(folder), Listener())[0].overtredingen
        assert ("bestand_veranderd", file) in {(b.code, b.bestand) for b in found}
        if row and column not in BY_HASH_ALONE and not column.startswith("alternatief"):
            named = {(b.bestand, b.rij) for b in found}
            whole_rows = {b.bestand for b in found if b.code.endswith(("_ontbreekt", "_onleesbaar"))}
            assert (file, row) in named or file in whole_rows, (file, row, column, [b.toelichting for b in found])
        shutil.copy(run / file, folder / file)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of every value of a receipt but those that depend on the clock or the place of files."""
    if isinstance(value, dict):
        passing = ("seconds", "command", "input")
        return [leaf for key, part in value.items() if key not in passing for leaf in leaves(part, (*path, key))]
    if isinstance(value, list):
        return [leaf for i, part in enumerate(value) for leaf in leaves(part, (*path, i))]
    return [path]


def test_an_edit_of_the_receipt_is_reported_or_refused_and_never_breaks_the_judge(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, rng = (run / "run.json").read_text(encoding="utf-8"), Random(11)  # noqa: S311
    shutil.copytree(run.parent / "in", tmp_path / "in")
    folder = Path(shutil.copytree(run, tmp_path / "uit"))
    for _ in range(EDITS):
        receipt = json.loads(text)
        *inside, last = rng.choice(leaves(receipt))
        part = receipt
        for key in inside:
            part = part[key]
        wishes: tuple[Any, ...] = (None, "x", -1, 0.5, [], {}, True, f"{part[last]}0")
        part[last] = rng.choice([wish for wish in wishes if wish != part[last]])
        (folder / "run.json").write_text(json.dumps(receipt), encoding="utf-8")
        code = main(["verify", str(folder), "--invoer", str(tmp_path / "in"), "--json"])
        said = capsys.readouterr()
        assert code in {6, 7}, (inside, last, part[last])
        if code == 6:
            assert "run.json" in {b["bestand"] for b in json.loads(said.out)["overtredingen"]}
