"""Every problem of the input in plain words: what is wrong and what to do, in Dutch and English."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from geodata.wording import Lang, Sentence
from optimizer.errors import Defect

_LONGEST_VALUE = 60
_WORDS = {"nl": ("rij", "kolom"), "en": ("row", "column")}
_ACTION = {"nl": "nl_actie", "en": "en_actie"}
_AGAIN = {"nl": "Hetzelfde in nog {count} rijen: {rows}.", "en": "The same in {count} more rows: {rows}."}
_AND_MORE = {"nl": "en verder", "en": "and so on"}
#: Problems alike that still stand on lines of their own, besides the first, and rows that a line names.
_TOGETHER, _ROWS_NAMED = 3, 8
#: Between the name of a workbook and that of its sheet.
_SHEET = "!"


@cache
def texts() -> Mapping[str, Mapping[str, str | Sequence[str]]]:
    """Return the registry ``texts.toml``: code of the defect -> its sentences."""
    return tomllib.loads((files("optimizer.read") / "texts.toml").read_text(encoding="utf-8"))


def render(defect: Defect, lang: Lang = "nl") -> tuple[str, str]:
    """Say what is wrong and what to do about it.

    Parameters
    ----------
    defect
        The problem.
    lang
        ``nl`` or ``en``.

    Returns
    -------
    Message and remedy; where the problem is (file, row, column) is not repeated in them.

    Examples
    --------
    >>> zwole = Defect("gemeente_onbekend", "huishoudens.csv", 14, "opvang_gemeente", "Zwole",
    ...                {"kandidaten": "Zwolle (GM0193)"})
    >>> render(zwole)
    ("'Zwole' is geen gemeente.", 'Bedoelt u Zwolle (GM0193)?')
    """
    details = {name: d.said(lang) if isinstance(d, Sentence) else d for name, d in defect.details.items()}
    known = {**details, "value": _short(defect.value), "column": defect.column}
    entry = texts()[defect.code]
    return _fill(entry[lang], known), _fill(entry[_ACTION[lang]], known)


def line(defect: Defect, lang: Lang = "nl") -> str:
    """Return the whole problem on one line: where, what, and what to do.

    >>> line(Defect("geen_geheel_getal", "huishoudens.csv", 3, "aantal_personen", "2,5"), "en")
    "huishoudens.csv, row 3, column aantal_personen: '2,5' is no whole number. Write a whole number, such as 4."
    """
    row, column = _WORDS[lang]
    where = [defect.file]
    if defect.row is not None:
        where.append(f"{row} {defect.row}")
    if defect.column:
        cell = f" ({defect.cell})" if defect.cell and _SHEET in defect.file else ""
        where.append(f"{column} {defect.column}{cell}")
    return f"{', '.join(where)}: {' '.join(render(defect, lang))}"


def as_json(defects: Sequence[Defect], lang: Lang = "nl") -> list[dict[str, Any]]:
    """Return the problems as records for machines, in the order given.

    Keys: code, file, row (as in Excel, null for a whole file), column, cell (as a spreadsheet names it, such as
    ``huishoudens!D14``; empty for no single cell), value, message, remedy, warning.
    """
    records = []
    for defect in defects:
        message, remedy = render(defect, lang)
        place = {"code": defect.code, "file": defect.file, "row": defect.row, "column": defect.column}
        place["cell"] = f"{table_of(defect.file)}!{defect.cell}" if defect.cell else ""
        said = {"value": defect.value, "message": message, "remedy": remedy, "warning": defect.warning}
        records.append({**place, **said})
    return records


def table_of(file: str) -> str:
    """Return the sheet of a workbook, or the table of a CSV file.

    >>> table_of("batch.xlsx!huishoudens"), table_of("huishoudens.csv")
    ('huishoudens', 'huishoudens')
    """
    return file.rpartition(_SHEET)[2].removesuffix(".csv")


def grouped(defects: Sequence[Defect], lang: Lang = "nl") -> list[tuple[Defect, str]]:
    """Return one line for all places where the same thing is wrong, beside the first of these problems.

    The same thing: the same sentence about the same column of the same file. Up to `_TOGETHER` such problems stand
    on lines of their own; of more the first is told, and how often and in which rows it comes again.
    """
    same: dict[tuple[str, str, str, bool, tuple[str, str]], list[Defect]] = {}
    for d in defects:
        same.setdefault((d.code, d.file, d.column, d.warning, render(d, lang)), []).append(d)
    lines = []
    for together in same.values():
        rows = [str(d.row) for d in together[1:]]
        if len(rows) < _TOGETHER or together[0].row is None:
            lines += [(d, line(d, lang)) for d in together]
            continue
        more = f", {_AND_MORE[lang]}" if len(rows) > _ROWS_NAMED else ""
        again = _AGAIN[lang].format(count=len(rows), rows=f"{', '.join(rows[:_ROWS_NAMED])}{more}")
        lines.append((together[0], f"{line(together[0], lang)} {again}"))
    return lines


def _fill(variants: str | Sequence[str], known: Mapping[str, str]) -> str:
    """Fill the first variant whose fields are all known; the last one must do without."""
    options = [variants] if isinstance(variants, str) else list(variants)
    fitting = [text for text in options if all(known.get(name) for name in _fields(text))]
    return (fitting or options)[0 if fitting else -1].format_map(known)


def _fields(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def _short(value: str) -> str:
    """Return a cell on one line of a readable length."""
    plain = " ".join(value.split())
    return plain if len(plain) <= _LONGEST_VALUE else f"{plain[:_LONGEST_VALUE]}…"
