"""Finished runs of a month that holds a bit of everything, and edits of one thing in their files."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from optimizer.cli import main
from optimizer.domain.batch import Batch
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    GRONINGEN,
    MAASTRICHT,
    ROTTERDAM,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    grond,
    huishouden,
    schrijf,
)

#: Locks, an agreement, grounds that go together and that do not, people who wait, jobs of every outcome.
MAAND: Batch = groep(
    [
        huishouden("A"),
        huishouden("B", aantal_personen=2, vastgezet_gemeente=MAASTRICHT, vastgezet_reden="mantelzorg door familie"),
        huishouden("C", opvang_gemeente=AMERSFOORT),
        huishouden("D", opvang_gemeente=GRONINGEN, aantal_personen=2),
        huishouden("E", opvang_gemeente=ZWOLLE, aantal_personen=3),
        huishouden("F", opvang_gemeente=ZWOLLE, uitgesloten_gemeenten=f"{ZWOLLE} {UTRECHT}"),
        huishouden("G", opvang_gemeente=MAASTRICHT, aantal_personen=4),
        huishouden("H", opvang_gemeente=ROTTERDAM),
        huishouden("I", opvang_gemeente=AMSTERDAM, aantal_personen=9),
    ],
    {UTRECHT: 3, AMERSFOORT: 1, ZWOLLE: 4, GRONINGEN: 2, ROTTERDAM: 0, MAASTRICHT: 1},
    werk=[
        baan("A", UTRECHT),
        baan("C", UTRECHT, uren_per_week=12.5),
        baan("D", MAASTRICHT),
        baan("E", ZWOLLE, uren_per_week=6.0),
        baan("E", AMSTERDAM, contract_einde="2026-10-20"),
        baan("F", GRONINGEN, contract_getekend="nee"),
        baan("H", ROTTERDAM, uren_per_week=7.9, via_uitzendbureau="ja"),
        baan("I", AMSTERDAM),
    ],
    gronden=[
        grond("B", "studie", UTRECHT),
        grond("C", "gezin", UTRECHT),
        grond("D", "medisch", GRONINGEN),
        grond("G", "gezin", MAASTRICHT),
        grond("H", "netwerk", UTRECHT),
    ],
    overeenkomsten=[
        {"gemeente": UTRECHT, "vanaf": "2026-01-01", "tot_en_met": "2026-12-31", "effect": "blijft", "bron": "brief 12"}
    ],
)

Rows = list[list[str]]
#: Changes one thing in a file.
Edit = Callable[[Path], object]


def make(folder: Path, command: str = "run", *options: str, batch: Batch = MAAND) -> Path:
    """Run or compare the month and return the folder of the outcome; the input stands beside it, in ``in``."""
    source = folder / "in" if (folder / "in").exists() else schrijf(batch, folder / "in")
    out = folder / f"{command}{'-'.join(('', *options))}".replace("--", "")
    policies = () if "--policies" in options else ("--policies", "loting,handmatig")
    code = main([command, str(source), "--out", str(out), "--draws", "4", *policies, *options])
    assert code in {0, 4, 5}
    return out


def found(folder: Path, capsys: Any, *options: str) -> list[dict[str, Any]]:
    """Every violation that ``verify RUN`` names."""
    capsys.readouterr()
    code = main(["verify", str(folder), "--json", *options])
    said = json.loads(capsys.readouterr().out)
    assert code == (6 if said["overtredingen"] else 4 if said["uitzonderingen"] or said["niet_gekoppeld"] else 0)
    violations: list[dict[str, Any]] = said["overtredingen"]
    return violations


def table(path: Path, change: Callable[[Rows], Rows | None]) -> None:
    """Change the rows of a CSV file, header first, and write it as it was written."""
    text = path.read_text(encoding="utf-8-sig")
    mark = ";" if ";" in text.partition("\n")[0] else ","
    rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    changed = change(rows)
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=mark, lineterminator="\r\n").writerows(rows if changed is None else changed)
    path.write_bytes(buffer.getvalue().encode("utf-8-sig"))


def cell(key: str, column: str, value: str | Callable[[str], str]) -> Edit:
    """Change one cell of a table in the first row whose first cell is the key."""

    def change(rows: Rows) -> None:
        row = next(row for row in rows if row[0] == key)
        i = rows[0].index(column)
        row[i] = value if isinstance(value, str) else value(row[i])

    return lambda path: table(path, change)


def rows(change: Callable[[Rows], Rows]) -> Edit:
    """Change all rows of a table."""
    return lambda path: table(path, change)


def value(*keys: str | int, new: Any) -> Edit:
    """Change one value of the receipt."""

    def edit(place: Path) -> None:
        receipt = json.loads(place.read_text(encoding="utf-8"))
        inside = receipt
        for key in keys[:-1]:
            inside = inside[key]
        inside[keys[-1]] = new
        place.write_text(json.dumps(receipt, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    return edit
