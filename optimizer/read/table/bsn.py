"""The eleven-test of the burgerservicenummer: a key that passes it may be one, and must not be spread."""

import re

_DIGITS = re.compile(r"\d{8,9}")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes_eleven_test(text: str) -> bool:
    """Tell whether a text may be a BSN: nine digits (eight where the leading zero was lost), weighted sum 0 mod 11.

    Source: Answer burgerservicenummer; Logisch Ontwerp BSN, "elfproef".

    >>> passes_eleven_test("111222333"), passes_eleven_test("111222334"), passes_eleven_test("H0012")
    (True, False, False)
    """
    if not _DIGITS.fullmatch(text):
        return False
    digits = [int(d) for d in text.zfill(9)]
    return any(digits) and sum(w * d for w, d in zip(_WEIGHTS, digits, strict=True)) % 11 == 0
