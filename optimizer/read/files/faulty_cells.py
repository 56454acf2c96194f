"""Cells of a workbook that hold an error or a formula without a result: the reader of sheets gives them as empty.

Empty means *unknown* to this program, so these cells must be told apart. Only a workbook that has such cells is
looked through cell by cell.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree  # expat 2.4.1 and later refuses entity bombs

#: Stands in for a formula of which the file holds no result.
NO_RESULT = "#FORMULE?"
#: What spreadsheets show for an error, in Dutch and English.
ERRORS = frozenset(
    {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
    | {"#N/B", "#VERW!", "#DEEL/0!", "#WAARDE!", "#NAAM?", "#GETAL!", "#LEEG!", "#OVERLOOP!", "#BEREKENEN!"}
    | {f"Err:{number}" for number in range(501, 533)}
)

Faults = dict[tuple[int, int], str]
_XLSX_SUSPECT = re.compile(rb"""\bt=["']e["']|<(?:\w+:)?f[\s/>]""")
_ODS_SUSPECT = re.compile(rb"""table:formula=|calcext:value-type=["']error["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def faulty_cells(data: bytes) -> dict[str, Faults]:
    """Find the cells of a workbook that hold an error or a formula without a result.

    Parameters
    ----------
    data
        The bytes of an .xlsx or .ods file.

    Returns
    -------
    For each sheet that has any: (row, column) counted from 0 -> the error as shown, or `NO_RESULT`.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if "content.xml" in parts.namelist():
            return _in_ods(parts.read("content.xml"))
        sheets = {name: parts.read(part) for name, part in _xlsx_sheets(parts)}
    found = {name: _in_sheet(xml) for name, xml in sheets.items() if _XLSX_SUSPECT.search(xml)}
    return {name: faults for name, faults in found.items() if faults}


def _xlsx_sheets(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give (name, part) of each sheet of an .xlsx file."""
    relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = {r.attrib["Id"]: r.attrib["Target"] for r in relations}
    for element in ElementTree.fromstring(parts.read("xl/workbook.xml")).iter():  # noqa: S314
        if element.tag.endswith("}sheet"):
            part = target[element.attrib[_RELATION]]
            yield element.attrib["name"], part.removeprefix("/") if part.startswith("/") else f"xl/{part}"


def _in_sheet(xml: bytes) -> Faults:
    found: Faults = {}
    for _, cell in ElementTree.iterparse(io.BytesIO(xml)):  # noqa: S314
        kind = cell.tag.rpartition("}")[2]
        if kind == "row":
            cell.clear()
        if kind != "c":
            continue
        children = {child.tag.rpartition("}")[2]: child.text or "" for child in cell}
        if cell.get("t") == "e":
            found[position(cell.attrib["r"])] = children.get("v", NO_RESULT)
        elif "f" in children and not children.get("v") and cell.get("t") != "str":
            found[position(cell.attrib["r"])] = NO_RESULT
    return found


def position(reference: str) -> tuple[int, int]:
    """Return row and column, counted from 0, of a reference such as ``B3``.

    >>> position("A1"), position("AB12")
    ((0, 0), (11, 27))
    """
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]) - 1, column - 1


def _in_ods(xml: bytes) -> dict[str, Faults]:
    if not _ODS_SUSPECT.search(xml):
        return {}
    found: dict[str, Faults] = {}
    for sheet in ElementTree.fromstring(xml).iter(f"{_TABLE}table"):  # noqa: S314
        number = 0
        for row in sheet.iter(f"{_TABLE}table-row"):
            faults = {(number, column): text for column, text in _in_row(row)}
            if faults:
                found.setdefault(sheet.attrib[f"{_TABLE}name"], {}).update(faults)
            number += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
    return found


def _in_row(row: ElementTree.Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        lines = cell.findall(f"{_TEXT}p")
        shown = "".join(text for line in lines for text in line.itertext())
        if cell.get(f"{_CALCEXT}value-type") == "error" or shown in ERRORS:
            yield column, shown or NO_RESULT
        elif f"{_TABLE}formula" in cell.attrib and f"{_OFFICE}value-type" not in cell.attrib and not lines:
            yield column, NO_RESULT  # a formula that gave an empty text has an empty line
        column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
