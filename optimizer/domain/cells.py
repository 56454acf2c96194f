"""Text cells that a spreadsheet would run as a formula, made harmless and read back as they were.

A spreadsheet that opens a CSV file runs a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end. Such a
cell gets one apostrophe in front. So does a cell that would look escaped already (apostrophes followed by such a
character), which makes the scheme reversible for every text. ``'s-Hertogenbosch`` has a letter after its apostrophe
and is left alone.
"""

import re

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
