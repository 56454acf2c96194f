"""From the text of one cell to its value, or to the reason why there is none: nothing is guessed.

Each parser takes stripped text and returns the value, or raises `CelFout`.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping

from geodata.codes import resolve
from geodata.errors import GemeenteOnbekend
from optimizer.domain.cells import rounded, unescape
from optimizer.domain.tables import YEARS, Column, Kind
from optimizer.read.files.values import NO_RESULT, is_error
from optimizer.read.table.dates import parse_date
from optimizer.read.table.gemeenten import read_gemeenten, said
from optimizer.read.table.headings import normalise
from optimizer.read.table.synonyms import meant

Value = str | float | datetime.date
Parser = Callable[[Column, str], Value]

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
# "1.500" is 1500 in Dutch and 1,5 in English.
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:[.,' \u00a0\u202f]\d{3})+(?:[.,]\d*)?")
_MAGNITUDE = 1e9
_HALFJAAR = re.compile(r"(\d{4})(?:[-/ ]|[-/ ]?[hH] ?)([12])")
_HALFJAAR_FIRST = re.compile(r"(?:[hH] ?([12])|([12])e? (?:half ?jaar|helft))[-/, ]*(?:van )?(\d{4})", re.IGNORECASE)
# What Excel makes of 2026-2 when it opens a CSV file: the first day of a month, shown as feb-26.
_MONTH = re.compile(r"(jan|feb)[a-z]*[.]?[- ](\d{2}|\d{4})", re.IGNORECASE)
FLAGS = {
    "ja": "ja",
    "true": "ja",
    "waar": "ja",
    "1": "ja",
    "j": "ja",
    "yes": "ja",
    "y": "ja",
    "nee": "nee",
    "false": "nee",
    "onwaar": "nee",
    "0": "nee",
    "n": "nee",
    "no": "nee",
}


class CelFout(Exception):
    """A cell cannot be read: the code of the defect and what its sentence needs."""

    def __init__(self, code: str, details: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.details = details or {}


def parse_cell(column: Column, text: str) -> Value:
    """Read one stripped cell as its column says; an empty one must have been allowed before.

    Raises
    ------
    CelFout
        Where the text cannot be read without guessing.

    Examples
    --------
    >>> uren = Column("uren_per_week", "number", "", "")
    >>> parse_cell(uren, "24,5"), parse_cell(Column("opvang_gemeente", "gemeente", "", ""), "Den Haag")
    (24.5, 'GM0518')
    """
    if not text:
        raise CelFout("cel_leeg")
    if text == NO_RESULT:
        raise CelFout("formule_zonder_waarde")
    if is_error(text):
        raise CelFout("cel_fout")
    return PARSERS[column.kind](column, text)


#: What people write where they know nothing; an empty cell says the same.
NOTHING = frozenset({"n.v.t.", "n.v.t", "nvt", "onbekend", "niet bekend", "unknown", "n/a", "-", "--", "–", "?"})
#: What means nothing as well, but where it could be an answer (no education) it is refused.
NONE = frozenset({"geen", "nee", "none", "niets"})
_NONE_KINDS = frozenset({"gemeente", "gemeenten", "date", "text"})


def visible(text: str) -> str:
    """Return a cell as a person sees it: without marks that take no room, every space a plain one.

    A key with a zero-width space in it looks the same as one without, and is meant to be the same.

    >>> visible("H0003\u200b "), visible("\ufeffH1"), visible("Den\u00a0Haag")
    ('H0003', 'H1', 'Den Haag')
    """
    if text.isascii():
        return text.strip()
    kept = (" " if unicodedata.category(c) == "Zs" else c for c in text if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def says_nothing(column: Column, text: str) -> bool:
    """Tell whether a cell that may be empty says in words that it is.

    >>> aantal, plaats = Column("nareis", "integer", "", ""), Column("vast", "gemeente", "", "")
    >>> says_nothing(aantal, "n.v.t."), says_nothing(plaats, "geen"), says_nothing(aantal, "geen")
    (True, True, False)
    """
    plain = text.casefold()
    if column.required or plain in {choice.casefold() for choice in column.choices}:
        return False
    return plain in NOTHING or (plain in NONE and (column.kind in _NONE_KINDS or column.open_list))


def _text(_: Column, text: str) -> str:
    return unescape(text)


def _number(column: Column, text: str) -> float:
    if _THOUSANDS.fullmatch(text):
        raise CelFout("getal_dubbelzinnig")
    if not _NUMBER.fullmatch(text):
        raise CelFout("geen_getal")
    value = rounded(float(text.replace(",", ".")))
    low = -_MAGNITUDE if column.minimum is None else column.minimum
    high = _MAGNITUDE if column.maximum is None else column.maximum
    if not low <= value <= high:
        raise CelFout("buiten_bereik", {"minimum": f"{low:.0f}", "maximum": f"{high:.0f}"})
    return value


def _integer(column: Column, text: str) -> float:
    value = _number(column, text)
    if not value.is_integer():
        raise CelFout("geen_geheel_getal")
    return value


def _date(_: Column, text: str) -> datetime.date:
    found = parse_date(text)
    if found is None:
        raise CelFout("geen_datum")
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise CelFout("datum_onwaarschijnlijk", {"van": str(YEARS[0]), "tot": str(YEARS[1])})
    return found


def _choice(column: Column, text: str) -> str:
    plain = normalise(text)
    for choice in column.choices:
        if normalise(choice) == plain:
            return choice
    if column.open_list:
        return unescape(text)
    if FLAGS.keys() & column.choices and (flag := FLAGS.get(text.casefold())) in column.choices:
        return flag  # where yes and no are answers among others, a cell TRUE or FALSE of a spreadsheet is one of them
    if answer := meant(column.name, text, column.choices):
        return answer
    raise CelFout("geen_keuze", {"keuzes": ", ".join(column.choices)})


def _flag(_: Column, text: str) -> str:
    if text.casefold() not in FLAGS:
        raise CelFout("geen_ja_nee")
    return FLAGS[text.casefold()]


def _gemeente(_: Column, text: str) -> str:
    try:
        return resolve(unescape(text))
    except GemeenteOnbekend as refusal:
        raise CelFout(*said(refusal)) from None


def _gemeenten(_: Column, text: str) -> str:
    codes, refusal = read_gemeenten(unescape(text))
    if refusal:
        raise CelFout(*refusal)
    return codes


def _halfjaar(_: Column, text: str) -> str:
    if found := _HALFJAAR.fullmatch(text):
        return f"{found[1]}-{found[2]}"
    if found := _HALFJAAR_FIRST.fullmatch(text):
        return f"{found[3]}-{found[1] or found[2]}"
    of_date = halfjaar_of_date(text)
    if not of_date:
        raise CelFout("geen_halfjaar")
    return of_date


def halfjaar_of_date(text: str) -> str:
    """Return the half-year of which a spreadsheet made a date; empty where the text is no such date.

    Only 2026-1 and 2026-2 turn into the first day of January and of February.

    >>> halfjaar_of_date("feb-26"), halfjaar_of_date("1-2-2026"), halfjaar_of_date("1-3-2026")
    ('2026-2', '2026-2', '')
    """
    month = _MONTH.fullmatch(text)
    if month:
        return f"{month[2]:0>4}-{1 if month[1].casefold() == 'jan' else 2}".replace("00", "20", 1)
    day = parse_date(text)
    return f"{day.year}-{day.month}" if day is not None and day.day == 1 and day.month in (1, 2) else ""


PARSERS: Mapping[Kind, Parser] = {
    "id": _text,
    "text": _text,
    "choice": _choice,
    "flag": _flag,
    "gemeente": _gemeente,
    "gemeenten": _gemeenten,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "halfjaar": _halfjaar,
}
