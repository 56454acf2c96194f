"""The eleven-test of the burgerservicenummer: a key that passes it may be one, and must not be spread."""

import re

# What a spreadsheet or a person puts between or behind the digits: "123.456.782", "123 456 782", "111222333.0".
_BETWEEN = re.compile(r"[\s.\-]")
_DECIMALS = re.compile(r"[.,]0+$")
_DIGITS = re.compile(r"(?:bsn:?)?0*(\d{8,9})", re.IGNORECASE)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes_eleven_test(text: str) -> bool:
    """Tell whether a text may be a BSN: nine digits (eight where the leading zero was lost), weighted sum 0 mod 11.

    Dots, spaces, hyphens and zeros in front do not matter.

    Source: Answer burgerservicenummer; Logisch Ontwerp BSN, "elfproef".

    >>> passes_eleven_test("111222333"), passes_eleven_test("111222334"), passes_eleven_test("H0012")
    (True, False, False)
    >>> passes_eleven_test("111.222.333"), passes_eleven_test("0111222333"), passes_eleven_test("BSN 111 222 333")
    (True, True, True)
    """
    found = _DIGITS.fullmatch(_BETWEEN.sub("", _DECIMALS.sub("", text)))
    if not found:
        return False
    digits = [int(d) for d in found[1].zfill(9)]
    return any(digits) and sum(w * d for w, d in zip(_WEIGHTS, digits, strict=True)) % 11 == 0
