"""Comparing headers and choices the way people do: without case, accents, spaces and signs."""

import re
import unicodedata


def normalise(text: str) -> str:
    """Return lower-case letters and digits only.

    >>> normalise(" Huishouden-ID "), normalise("Één_keuze")
    ('huishoudenid', 'eenkeuze')
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]+", "", plain)
