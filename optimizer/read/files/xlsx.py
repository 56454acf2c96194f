"""Excel's own workbooks (.xlsx): the cells of each sheet as text, and what is hidden or merged.

Source: ECMA-376 part 1 (SpreadsheetML); the strict and the transitional form differ in their namespaces alone.
"""

import posixpath
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from optimizer.read.files.archive import Archive, walk
from optimizer.read.files.grid import Cells, Range, Sheet, position
from optimizer.read.files.values import NAMELESS, NO_RESULT, Shape, is_error, plain_text, shape, shaped

WORKBOOK = "xl/workbook.xml"
_PLAIN = Shape()


@dataclass
class _Book:
    """What holds for every sheet: names and parts of the sheets, texts, formats, and from where days count."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    days_1904: bool = False


def read_xlsx(parts: Archive, closed: Collection[str]) -> dict[str, Sheet]:
    """Read the worksheets of a workbook, by name; those named in ``closed`` (lower case) stay closed.

    Raises
    ------
    Exception
        One of `archive.DAMAGED` where the file is no workbook.
    """
    book = _open(parts)
    opened = [sheet for sheet in book.sheets if sheet[0].strip().casefold() not in closed]
    return {name: _sheet(parts.read(part), book, hidden) for name, part, hidden in opened}


def _open(parts: Archive) -> _Book:
    kinds: dict[str, tuple[str, str]] = {}

    def relation(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship":
            kind = attributes["Type"].rpartition("/")[2]
            kinds[attributes["Id"]] = kind, posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")

    book = _Book()

    def element(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "workbookPr":
            book.days_1904 = attributes.get("date1904") in ("1", "true")
        if tag == "sheet" and kinds[attributes["id"]][0] == "worksheet":
            hidden = attributes.get("state", "visible") != "visible"
            book.sheets.append((attributes["name"], kinds[attributes["id"]][1], hidden))

    walk(parts.read("xl/_rels/workbook.xml.rels"), relation)
    walk(parts.read(WORKBOOK), element)
    found = dict(kinds.values())
    if found.get("sharedStrings", "") in parts:
        book.texts = _shared(parts.read(found["sharedStrings"]))
    if found.get("styles", "") in parts:
        book.shapes = _shapes(parts.read(found["styles"]))
    return book


def _shared(xml: bytes) -> list[str]:
    """Return the texts that cells point to; a reading aid for Asian characters (``rPh``) is no part of a text."""
    texts: list[str] = []
    said: list[str] = []
    inside = {"t": 0, "rPh": 0}

    def start(tag: str, _: Mapping[str, str]) -> None:
        if tag == "si":
            said.clear()
        elif tag in inside:
            inside[tag] += 1

    def end(tag: str) -> None:
        if tag == "si":
            texts.append(plain_text("".join(said)))
        elif tag in inside:
            inside[tag] -= 1

    walk(xml, start, end, lambda text: said.append(text) if inside["t"] and not inside["rPh"] else None)
    return texts


def _shapes(xml: bytes) -> list[Shape]:
    """Return the shape of each cell format."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside = [""]

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "cellXfs":
            inside[0] = tag
        elif tag == "xf" and inside[0]:
            formats.append(int(attributes.get("numFmtId", "0")))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside[0] = ""

    walk(xml, start, end)
    return [shape(number, codes.get(number, "")) for number in formats]


class _Reader:
    """Goes through the XML of one sheet: opens a cell, gathers its value, and closes it."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.cells = Cells()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[Range] = []
        self.row, self.column = -1, -1
        self.kind, self.form, self.formula = "", _PLAIN, False
        self.value: list[str] = []
        self.listening, self.aside = False, False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "row":
                self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
                self.column = -1
                if attributes.get("hidden") in ("1", "true"):
                    self.hidden_rows.add(self.row)
            case "c":
                self.row, self.column = position(attributes["r"]) if "r" in attributes else (self.row, self.column + 1)
                self.kind, self.formula = attributes.get("t", "n"), False
                style = int(attributes.get("s", "0"))
                self.form = self.book.shapes[style] if style < len(self.book.shapes) else _PLAIN
                self.value.clear()
            case "f":
                self.formula = True
            case "v" | "t":
                self.listening = True
            case "rPh":
                self.aside = True
            case "col":
                if attributes.get("hidden") in ("1", "true"):
                    last = min(int(attributes["max"]), int(attributes["min"]) + 1_000)
                    self.hidden_columns.update(range(int(attributes["min"]) - 1, last))
            case "mergeCell":
                first, _, end = attributes["ref"].partition(":")
                self.merged.append((*position(first), *position(end or first)))

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self.listening = False
        elif tag == "rPh":
            self.aside = False
        elif tag == "c":
            self.cells.put(self.row, self.column, self._text())

    def text(self, text: str) -> None:
        if self.listening and not self.aside:
            self.value.append(text)

    def _text(self) -> str:
        """Return the cell that closes as text."""
        value = "".join(self.value)
        match self.kind:
            case "e":
                return value if is_error(value) else NAMELESS
            case "str" | "inlineStr":
                return plain_text(value)
            case "s":
                return self.book.texts[int(value)] if value else ""
            case "b":
                return {"1": "true", "0": "false"}.get(value, value)
            case "d":
                return value.replace("T", " ").removesuffix(" 00:00:00")
        if not value:
            return NO_RESULT if self.formula else ""
        return shaped(float(value), self.form, self.book.days_1904)


def _sheet(xml: bytes, book: _Book, hidden: bool) -> Sheet:
    reader = _Reader(book)
    start: Callable[[str, Mapping[str, str]], None] = reader.start
    walk(xml, start, reader.end, reader.text)
    return Sheet(
        reader.cells.grid(),
        hidden,
        frozenset(reader.hidden_rows),
        frozenset(reader.hidden_columns),
        tuple(reader.merged),
        book.days_1904,
    )
