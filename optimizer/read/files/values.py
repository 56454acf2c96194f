"""What a cell of a workbook holds, as the text that the same cell would have in a CSV file."""

import datetime
import re
from dataclasses import dataclass

#: Stands in for a formula of which the file holds no result.
NO_RESULT = "#FORMULE?"
#: Stands in for an error that the file gives no name.
NAMELESS = "#FOUT!"
#: What spreadsheets show for an error: ``#N/B``, ``#SPILL!``, ``#GETTING_DATA``, ``Err:502``.
_ERROR = re.compile(r"#(?:[A-Z][A-Z0-9_/ ]*[!?]|DEEL/0!|DIV/0!|N/A|N/B|GETTING_DATA|GEGEVENS_OPHALEN|#+)|Err:5\d\d")
_THREE_DECIMALS = re.compile(r"-?\d+\.\d{3}")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# Parts of a number format that say nothing about dates: texts, colours and conditions, escaped and padding characters.
_ASIDE = re.compile(r'"[^"]*"|\[(?![hms]+\])[^\]]*\]|\\.|[_*].')
_DAYS, _HOURS = re.compile(r"[dyj]|mmm", re.IGNORECASE), re.compile(r"[hs]|\[m+\]", re.IGNORECASE)
_MONTHS_ONLY = re.compile(r"m+", re.IGNORECASE)
# A number that is a key: digits with leading zeros (000), with or without fixed letters before ("H"0000).
_ZEROS = re.compile(r'((?:"[^"]*"|\\.|[-A-Za-z])*)(0{2,})')
#: Formats that a file may use by number only (ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates in Asia).
_DATE_IDS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_TIME_IDS = frozenset({*range(18, 22), *range(45, 48)})
_DAY = datetime.timedelta(days=1)
_LAST_DAY = 2_958_465  # 31 December 9999


@dataclass(frozen=True)
class Shape:
    """How numbers of a format are to be read: as a day, as a time, or with zeros in front."""

    day: bool = False
    time: bool = False
    before: str = ""
    zeros: int = 0


def shape(number: int, code: str = "") -> Shape:
    """Return the shape of a number format, by its number and where it has one its code.

    >>> shape(14).day, shape(164, "dd-mm-yyyy").day, shape(164, '[Red]0.0" dagen"').day, shape(164, "0000").zeros
    (True, True, False, 4)
    """
    if not code:
        return Shape(day=number in _DATE_IDS, time=number in _TIME_IDS)
    first = code.partition(";")[0]
    plain = _ASIDE.sub("", first)
    if _DAYS.search(plain) or (_MONTHS_ONLY.search(plain) and not _HOURS.search(plain) and "0" not in plain):
        return Shape(day=True)
    if _HOURS.search(plain):
        return Shape(time=True)
    padded = _ZEROS.fullmatch(first)
    if padded:
        return Shape(before=re.sub(r'["\\]', "", padded[1]), zeros=len(padded[2]))
    return Shape()


def is_error(text: str) -> bool:
    """Tell whether a text is what a spreadsheet shows for an error.

    >>> is_error("#N/B"), is_error("#GETTING_DATA"), is_error("Err:502"), is_error("#1"), is_error("#FORMULE?")
    (True, True, True, False, True)
    """
    return _ERROR.fullmatch(text) is not None


def number_text(value: float) -> str:
    """Write a number of a workbook without an exponent.

    >>> number_text(12.0), number_text(12.5), number_text(1.5e-05)
    ('12', '12.5', '0.000015')
    """
    if value.is_integer():
        return str(int(value))
    text = repr(value) if "e" not in repr(value) else f"{value:.12f}".rstrip("0")
    # Three decimals in a text may be thousands; in a number they are not.
    return f"{text}0" if _THREE_DECIMALS.fullmatch(text) else text


def shaped(value: float, form: Shape, days_1904: bool) -> str:
    """Write a number as its format shows it: a day as jjjj-mm-dd, a key with the zeros in front.

    >>> shaped(46204.0, Shape(day=True), False), shaped(7.0, Shape(zeros=3), False), shaped(7.5, Shape(), False)
    ('2026-07-01', '007', '7.5')
    """
    if form.day or form.time:
        return _moment(value, form, days_1904)
    if form.zeros and value.is_integer() and value >= 0:
        return f"{form.before}{int(value):0{form.zeros}d}"
    return number_text(value)


def _moment(value: float, form: Shape, days_1904: bool) -> str:
    """Write a day, with its time where it has one; a time alone has no day."""
    if not 0 <= value <= _LAST_DAY:
        return number_text(value)
    if form.time and value < 1:
        seconds = round(value * 86_400)
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    # Excel believes that 1900 had a 29 February, its day 60.
    start = datetime.datetime(1904, 1, 1) if days_1904 else datetime.datetime(1899, 12, 31 if value < 60 else 30)  # noqa: DTZ001
    moment = start + datetime.timedelta(seconds=round(value * _DAY.total_seconds()))
    at_midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.date().isoformat() if at_midnight else moment.isoformat(" ")


def plain_text(text: str) -> str:
    r"""Return a text without the escapes that a workbook uses for characters that XML cannot hold.

    >>> plain_text("a_x000D_b_x005F_x0041_")
    'a\rb_x0041_'
    """
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
