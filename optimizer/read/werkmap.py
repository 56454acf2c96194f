"""The workbook of the user given back with every bad cell marked, and the remedy as a note on it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from geodata.wording import Lang, Sentence
from optimizer.errors import Defect
from optimizer.read.files.grid import Grid
from optimizer.read.files.sources import PROBLEMEN, find_sources
from optimizer.read.texts import render, table_of

_ERROR, _WARNING = PatternFill("solid", fgColor="FFC7CE"), PatternFill("solid", fgColor="FFEB9C")
_WHO = "Koppelwijzer"
_HEADS = (
    Sentence("soort", "kind"),
    Sentence("blad", "sheet"),
    Sentence("cel", "cell"),
    Sentence("kolom", "column"),
    Sentence("wat er is", "what is wrong"),
    Sentence("wat u kunt doen", "what to do"),
)
_KINDS = (Sentence("fout", "error"), Sentence("let op", "note"))
_ABOUT = Sentence(
    "{errors} {errors:fout|fouten} en {warnings} {warnings:waarschuwing|waarschuwingen}. De cellen zijn rood (fout) of "
    "geel (let op), met een notitie. Verbeter ze in dit werkboek en laat het opnieuw nakijken. Dit blad leest het "
    "programma niet.",
    "{errors} {errors:error|errors} and {warnings} {warnings:warning|warnings}. The cells are red (error) or yellow "
    "(note), with a comment. Correct them in this workbook and have it checked again. The program does not read this "
    "sheet.",
)
_WIDTHS = (9, 24, 10, 24, 62, 62)
#: Comments that one cell may get, and the size of a note, pixels.
_NOTES, _NOTE_PX = 8, (360, 150)
#: Raised by openpyxl on workbooks that our own reader takes.
_NOT_THEIRS = (ValueError, KeyError, TypeError, AttributeError, OSError, IndexError)


def write_marked(path: Path, source: Path, defects: Sequence[Defect], lang: Lang = "nl") -> None:
    """Write the input as a workbook in which every problem is marked, with a list of them on the first sheet.

    Parameters
    ----------
    path
        Where the .xlsx file comes; an existing file is replaced.
    source
        The input: an .xlsx workbook comes back as it was, an .ods workbook or a folder of CSV files as its cells.
    defects
        What is wrong, as `optimizer.read.find_batch` gives it; none of them about a forbidden column.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    book = _own(source) or _copied(source)
    sheets = {sheet.title.strip().casefold(): sheet for sheet in book.worksheets}
    noted: dict[tuple[str, str], list[Defect]] = {}
    for defect in defects:
        sheet = sheets.get(table_of(defect.file).strip().casefold())
        if sheet is not None and defect.row is not None:
            noted.setdefault((sheet.title, defect.cell or f"A{defect.row}"), []).append(defect)
    for (title, cell), found in noted.items():
        _mark(book[title][cell], found, lang)
    _list_problems(book, defects, sheets, lang)
    buffer = BytesIO()
    book.save(buffer)
    path.write_bytes(buffer.getvalue())


def _own(source: Path) -> Workbook | None:
    """Return the workbook of the user with its looks and formulas; None where it is none that openpyxl can open."""
    if source.is_dir() or source.suffix.casefold() != ".xlsx":
        return None
    with suppress(*_NOT_THEIRS):
        return load_workbook(BytesIO(source.read_bytes()))
    return None


def _copied(source: Path) -> Workbook:
    """Return a workbook with the cells of every table as text."""
    book, sources = Workbook(), find_sources(source)
    book.remove(book.worksheets[0])
    for name, sheet in sources.sheets.items():
        _fill(book.create_sheet(name), sheet.rows)
    if sources.beleid_sheet is not None:
        _fill(book.create_sheet("beleid"), sources.beleid_sheet.rows)
    return book


def _fill(sheet: Worksheet, rows: Grid) -> None:
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(number, column)
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
                cell.data_type, cell.number_format = "s", "@"  # a text that begins with = is no formula


def _mark(cell: Cell, found: Sequence[Defect], lang: Lang) -> None:
    """Colour a cell and say in a note what is wrong with it."""
    cell.fill = _WARNING if all(d.warning for d in found) else _ERROR
    told = ["\n".join(render(defect, lang)) for defect in found[:_NOTES]]
    before = [cell.comment.text] if cell.comment is not None else []
    width, height = _NOTE_PX
    cell.comment = Comment("\n\n".join([*before, *told]), _WHO, height=height, width=width)


def _list_problems(book: Workbook, defects: Sequence[Defect], sheets: Iterable[str], lang: Lang) -> None:
    """Put a sheet with every problem before the others; a problem in a cell links to it."""
    there = set(sheets)
    sheet = book.create_sheet(PROBLEMEN[lang], 0)
    book.active = 0
    warnings = sum(d.warning for d in defects)
    sheet["A1"] = _ABOUT.fill(errors=len(defects) - warnings, warnings=warnings).said(lang)
    sheet.merge_cells("A1:F1")
    sheet["A1"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[1].height = 48
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), start=1):
        sheet.cell(3, column, head.said(lang)).font = Font(bold=True)
        sheet.column_dimensions[chr(ord("A") + column - 1)].width = width
    for row, defect in enumerate(sorted(defects, key=lambda d: d.warning), start=4):
        name, at = table_of(defect.file), defect.cell or ("" if defect.row is None else f"A{defect.row}")
        kind, texts = _KINDS[defect.warning].said(lang), render(defect, lang)
        for column, text in enumerate((kind, name, at, defect.column, *texts), start=1):
            cell = sheet.cell(row, column)
            cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", text), "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = _WARNING if defect.warning else _ERROR
        if at and name.strip().casefold() in there:
            sheet.cell(row, 3).hyperlink = f"#'{name}'!{at}"
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = f"A3:F{3 + len(defects)}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
