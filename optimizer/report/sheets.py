"""Tables in an Excel workbook: readable headers with notes, filters, widths; text is never run as a formula."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from io import BytesIO
from textwrap import wrap

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from optimizer.domain.uitvoer import OutputColumn, OutputKind
from optimizer.report.language import Language

NUMBER_FORMATS: dict[OutputKind, str] = {
    "count": "0",
    "km": "0.0",
    "kans": "0.0000",
    "mean": "0.00",
    "uren": "0.##",
    "id": "@",
    "text": "@",
}
WIDTHS: dict[OutputKind, float] = {"count": 11, "km": 11, "kans": 12, "mean": 11, "uren": 9, "id": 16, "text": 24}
WIDE = 62.0
TEXTUAL = ("id", "text")
#: Height of one line of text, points; and how much wider bold letters are.
LINE_PT, BOLD = 15, 1.15
#: Width of the two columns of a sheet of explanation, characters.
_NAMES, _TEXT = 30, 96
ACCENT, TINT, LINE = "#0B5A6B", "#E3EFF1", "#D5DADE"
HEAD = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": ACCENT,
    "border": 1,
    "border_color": ACCENT,
    "text_wrap": True,
    "valign": "vcenter",
    "indent": 1,
}


@dataclass(frozen=True)
class SheetColumn:
    """One column of a sheet: name in the frame, kind, header, the note on it and its width in characters.

    ``read`` turns a cell that is a name of ours into what people read (None: cells are written as they are); ``shaded``
    says that people write in the column.
    """

    name: str
    kind: OutputKind
    header: str
    note: str
    width: float
    read: Callable[[str], str] | None = None
    shaded: bool = False


def sheet_column(column: OutputColumn, t: Language, *, width: float | None = None, named: bool = False) -> SheetColumn:
    """Return a column of an output table as people read it; the note tells its name in the CSV file."""
    readable = words(column.name, t).removesuffix(" id")
    header = readable.capitalize() if t.code == "nl" else column.en
    note = t.plain("werkboek.notitie", text=column.nl if t.code == "nl" else column.en, name=column.name)
    longest_word = max(len(word) for word in header.split())
    return SheetColumn(
        column.name,
        column.kind,
        header,
        note,
        width or max(WIDTHS[column.kind], longest_word + 4),
        partial(words, t=t) if named else None,
    )


def words(name: str, t: Language) -> str:
    """Return a name of ours as people read it; the 50 km in a name stand for the radius that is in force.

    >>> from optimizer.report.language import load
    >>> rules = {"gronden/straal_km": 40, "werk/minimum_uren": 8, "gronden/volgorde": []}
    >>> words("geen_plaats_binnen_50km", load("nl").under({name: {"value": v} for name, v in rules.items()}))
    'geen plaats binnen 40 km'
    >>> words("geen_plaats_binnen_50km", load("en").under({name: {"value": v} for name, v in rules.items()}))
    'no room within 40 km'
    """
    said = t.texts.get(f"naam.{name}") or name.replace("_", " ")
    return said.replace("50km", f"{t.in_force['radius']} km")


def ground_words(kinds: str, t: Language) -> str:
    """Return kinds of ground with + between them as people read them.

    >>> from optimizer.report.language import load
    >>> ground_words("gezin+werk", load("nl")), ground_words("gezin+werk", load("en")), ground_words("", load("en"))
    ('gezin+werk', 'family+work', '')
    """
    return "+".join(str(t.label("grond", kind)) for kind in kinds.split("+")) if kinds else ""


@contextmanager
def workbook(buffer: BytesIO, title: str, day: date) -> Iterator[Workbook]:
    """Open a workbook whose bytes depend on its content only; ``day`` stands in for the clock."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {"title": title, "author": "Koppelwijzer", "created": datetime(day.year, day.month, day.day)}  # noqa: DTZ001
    )
    try:
        yield book
    finally:
        book.close()


def add_table(
    book: Workbook, name: str, frame: pd.DataFrame, columns: Sequence[SheetColumn], *, printed: int | None = None
) -> Worksheet:
    """Add a sheet with one table: frozen and filtered header, a note on each header, columns as wide as needed.

    Parameters
    ----------
    printed
        How many columns, the first ones, go on paper; None: all of them.
    """
    sheet = book.add_worksheet(name)
    heads = {align: book.add_format({**HEAD, "align": align}) for align in ("left", "right")}
    for at, column in enumerate(columns):
        cells = cell_format(book, column)
        sheet.set_column(at, at, column.width, cells)
        sheet.write_string(0, at, column.header, heads["left" if column.kind in TEXTUAL else "right"])
        sheet.write_comment(0, at, column.note, {"x_scale": 2, "y_scale": 0.8})
        _fill(sheet, at, frame[column.name], column, cells)
    sheet.set_row(0, LINE_PT * max(2, *(_wrapped(c.header, (c.width - 3) / BOLD) for c in columns)) + LINE_PT / 2)
    for row, lines in enumerate(_lines(frame, columns), start=1):
        if lines > 1:
            sheet.set_row(row, lines * LINE_PT)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(len(frame), 1), len(columns) - 1)
    if printed is not None:
        sheet.print_area(0, 0, max(len(frame), 1), printed - 1)
    _print_setup(sheet)
    return sheet


def add_lines(book: Workbook, name: str, lines: Sequence[tuple[str, str]]) -> Worksheet:
    """Add a sheet of explanation: a heading where the first text is not empty, and its text beside it."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 14, "font_color": ACCENT})
    sheet.set_column(0, 0, _NAMES)
    sheet.set_column(1, 1, _TEXT)
    for row, (left, right) in enumerate(lines):
        sheet.write_string(row, 0, left, bold if right else title)
        sheet.write_string(row, 1, right, plain)
        height = max(_wrapped(left, _NAMES / BOLD), _wrapped(right, _TEXT - 4)) if right else 1.4
        sheet.set_row(row, height * LINE_PT)
    sheet.hide_gridlines(2)
    _print_setup(sheet)
    return sheet


def cell_format(book: Workbook, column: SheetColumn) -> Format:
    """Return the format of the cells of a column."""
    style: dict[str, object] = {
        "num_format": NUMBER_FORMATS[column.kind],
        "valign": "top",
        "bottom": 1,
        "bottom_color": LINE,
    }
    if column.kind in TEXTUAL:
        style |= {"align": "left", "indent": 1, "text_wrap": column.kind == "text"}
    if column.shaded:
        style["bg_color"] = TINT
    return book.add_format(style)


def _lines(frame: pd.DataFrame, columns: Sequence[SheetColumn]) -> list[int]:
    """Return the number of lines that each row needs: a program that opens the file may not measure wrapped text."""
    wrapped = [c for c in columns if c.kind == "text"]
    lengths = [np.ceil(frame[c.name].fillna("").astype(str).str.len().to_numpy() / (c.width - 3)) for c in wrapped]
    return [int(n) for n in np.max([*lengths, np.ones(len(frame))], axis=0)]


def _wrapped(text: str, width: float) -> int:
    """Return the lines that a text needs in a column: a program that opens the file may not measure it.

    >>> _wrapped("Komt nog na", 12), _wrapped("Komt nog na (personen)", 12), _wrapped("", 12)
    (1, 2, 1)
    """
    return max(1, len(wrap(text, max(int(width), 1))))


def _fill(sheet: Worksheet, at: int, values: pd.Series, column: SheetColumn, cells: Format) -> None:
    if column.kind in TEXTUAL:
        for row, text in enumerate(values.fillna("").astype(str), start=1):
            if text:
                sheet.write_string(row, at, column.read(text) if column.read else text, cells)
            else:
                sheet.write_blank(row, at, None, cells)
        return
    for row, number in enumerate(values.to_numpy(dtype=np.float64), start=1):
        if np.isnan(number):
            sheet.write_blank(row, at, None, cells)
        else:
            sheet.write_number(row, at, number, cells)


def _print_setup(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")
