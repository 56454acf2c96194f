"""Workbooks of LibreOffice (.ods): the cells of each sheet as text, and what is hidden or merged.

Source: OpenDocument 1.3 part 3, chapters 9 (tables) and 19 (attributes).
"""

from collections.abc import Collection, Mapping, Sequence

from optimizer.read.files.archive import Archive, walk
from optimizer.read.files.grid import MOST_COLUMNS, MOST_ROWS, Cells, Range, Sheet
from optimizer.read.files.values import NAMELESS, NO_RESULT, is_error, number_text

CONTENT = "content.xml"
#: Elements that stand for blanks, some of them many times.
_BLANKS = {"s": " ", "tab": "\t", "line-break": "\n"}


def read_ods(parts: Archive, closed: Collection[str]) -> dict[str, Sheet]:
    """Read the sheets of a workbook, by name; those named in ``closed`` (lower case) stay closed.

    Raises
    ------
    Exception
        One of `archive.DAMAGED` where the file is no workbook.
    """
    if "META-INF/manifest.xml" in parts and b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise ValueError("password")
    reader = _Reader(closed)
    walk(parts.read(CONTENT), reader.start, reader.end, reader.text)
    return reader.sheets


class _Reader:
    """Goes through the XML of a whole workbook: sheets, rows, cells, each of which may stand for many."""

    def __init__(self, closed: Collection[str]) -> None:
        self.closed = closed
        self.sheets: dict[str, Sheet] = {}
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.open: list[str] = []
        self.name, self.hidden = "", False
        self.cells = Cells()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[Range] = []
        self.row = self.rows = self.column = self.columns = 0
        self.cell: Mapping[str, str] = {}
        self.lines: list[str] = []
        self.kept: dict[int, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.open.append(tag)
        match tag:
            case "style":
                self.style = attributes.get("name", "")
            case "table-properties" if attributes.get("display") == "false":
                self.hidden_styles.add(self.style)
            case "table":
                self._open_table(attributes)
            case "table-column":
                self._open_column(attributes)
            case "table-row":
                self._open_row(attributes)
            case "table-cell" | "covered-table-cell":
                self._open_cell(attributes)
            case _ if not self._aside():
                self._open_text(tag, attributes)

    def _open_table(self, attributes: Mapping[str, str]) -> None:
        self.name, self.hidden = attributes.get("name", ""), attributes.get("style-name") in self.hidden_styles
        self.cells, self.merged, self.hidden_rows, self.hidden_columns = Cells(), [], set(), set()
        self.row = self.column = 0

    def _open_column(self, attributes: Mapping[str, str]) -> None:
        many = _many(attributes, "number-columns-repeated", MOST_COLUMNS)
        if attributes.get("visibility", "visible") != "visible":
            self.hidden_columns.update(range(self.column, min(self.column + many, MOST_COLUMNS)))
        self.column += many

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        self.rows, self.column, self.kept = _many(attributes, "number-rows-repeated", MOST_ROWS), 0, {}
        if attributes.get("visibility", "visible") != "visible":
            self.hidden_rows.update(range(self.row, min(self.row + self.rows, MOST_ROWS)))

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        self.columns = _many(attributes, "number-columns-repeated", MOST_COLUMNS)
        self.cell, self.lines = attributes, []
        down, right = (int(attributes.get(f"number-{way}-spanned", "1")) for way in ("rows", "columns"))
        if down > 1 or right > 1:
            self.merged.append((self.row, self.column, self.row + down - 1, self.column + right - 1))

    def _open_text(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "p":
            self.lines.append("")
        elif self.lines and tag in _BLANKS:
            self.lines[-1] += _BLANKS[tag] * min(int(attributes.get("c", "1")), 1_000)

    def text(self, text: str) -> None:
        if self.lines and "p" in self.open and not self._aside():
            self.lines[-1] += text

    def _aside(self) -> bool:
        """Tell whether this is a remark or a drawing on a cell, which is no part of its text."""
        return "annotation" in self.open or "shapes" in self.open or "frame" in self.open

    def end(self, tag: str) -> None:
        self.open.pop()
        if tag in ("table-cell", "covered-table-cell"):
            text = _text(self.cell, self.lines) if tag == "table-cell" else ""
            if text and self.columns > MOST_COLUMNS // 4:
                raise ValueError("one text in thousands of cells")
            self.kept.update(dict.fromkeys(range(self.column, self.column + self.columns), text) if text else {})
            self.column += self.columns
        elif tag == "table-row":
            if self.kept and self.rows > MOST_ROWS // 4:
                raise ValueError("one row in hundreds of thousands")
            for row in range(self.row, self.row + self.rows) if self.kept else ():
                for column, text in self.kept.items():
                    self.cells.put(row, column, text)
            self.row += self.rows
        elif tag == "table" and self.name.strip().casefold() not in self.closed:
            self.sheets[self.name] = Sheet(
                self.cells.grid(),
                self.hidden,
                frozenset(self.hidden_rows),
                frozenset(self.hidden_columns),
                tuple(self.merged),
            )


def _many(attributes: Mapping[str, str], name: str, most: int) -> int:
    many = int(attributes.get(name, "1"))
    if not 1 <= many <= most:
        raise ValueError(name)
    return many


def _text(cell: Mapping[str, str], lines: Sequence[str]) -> str:
    """Return one cell as text: the value that the file holds, not the lines in which it is shown."""
    shown = "\n".join(lines)
    kind = cell.get("value-type", "")
    if kind == "error" or is_error(shown):
        return shown if is_error(shown) else NAMELESS
    match kind:
        case "":
            # A formula that gave an empty text has an empty line; one that was never worked out has nothing.
            return NO_RESULT if "formula" in cell and not lines else shown
        case "float" | "currency" | "percentage":
            value = float(cell["value"])
            zeros = shown.isdigit() and shown.startswith("0") and value.is_integer() and int(shown) == value
            return shown if zeros else number_text(value)
        case "boolean":
            return cell["boolean-value"]
        case "date":
            return cell["date-value"].replace("T", " ").removesuffix(" 00:00:00")
    return shown
