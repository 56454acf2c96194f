"""One cell of a CSV file, as it is written and read back: numbers, and texts that look like a formula.

A spreadsheet that opens a CSV file runs a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end. Such a
cell gets one apostrophe in front. So does a cell that would look escaped already (apostrophes followed by such a
character), which makes the scheme reversible for every text. ``'s-Hertogenbosch`` has a letter after its apostrophe
and is left alone.

A number has at most `DECIMALS` decimals. Arithmetic in binary leaves 7.9999999999999982 where a spreadsheet shows 8,
and a rule that asks for 8 must not see the difference.
"""

import re

#: Decimals that a number keeps: a millionth of an hour, a euro or a metre says nothing.
DECIMALS = 6

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n]")


def escape(text: str) -> str:
    """Return the text as it may stand in a CSV cell.

    >>> escape("=1+1"), escape("'s-Hertogenbosch"), escape("'=1+1"), escape("H0012")
    ("'=1+1", "'s-Hertogenbosch", "''=1+1", 'H0012')
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def unescape(text: str) -> str:
    """Return the text that `escape` was given.

    >>> unescape("'=1+1"), unescape("'s-Hertogenbosch"), unescape("''=1+1"), unescape("H0012")
    ('=1+1', "'s-Hertogenbosch", "'=1+1", 'H0012')
    """
    return text[1:] if _ESCAPED.match(text) else text


def rounded(value: float) -> float:
    """Return a number as it is read from and written to a file: exactly rounded to `DECIMALS` decimals.

    >>> rounded(7.9999999999999982), rounded(1234567.89)
    (8.0, 1234567.89)
    """
    return round(value, DECIMALS) + 0.0  # no -0.0


def decimal(value: float, decimals: int | None = None, *, english: bool = False) -> str:
    """Write a number: with fixed decimals, or with as many as it needs (at most `DECIMALS`).

    >>> decimal(12345.67), decimal(24.0), decimal(1234567.0), decimal(0.5, 2, english=True), decimal(-0.001, 2)
    ('12345,67', '24', '1234567', '0.50', '0,00')
    """
    text = f"{value:.{DECIMALS}f}".rstrip("0").removesuffix(".") if decimals is None else f"{value:.{decimals}f}"
    if not text.strip("-0."):
        text = text.lstrip("-")
    return text if english else text.replace(".", ",")
