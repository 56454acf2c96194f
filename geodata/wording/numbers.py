"""Numbers and dates as readers of a language write them: the one place that knows separators and months."""

import datetime
from typing import Literal

Lang = Literal["nl", "en"]

_MONTHS = {
    "nl": "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
}
_SWAP = str.maketrans(",.", ".,")


def number(value: float, decimals: int = 0, lang: Lang = "nl") -> str:
    """Write a number with a fixed number of decimals and a mark between thousands; nought has no sign.

    >>> number(1234.56, 1), number(1234.56, 1, "en"), number(-3), number(-0.04, 1)
    ('1.234,6', '1,234.6', '-3', '0,0')
    """
    text = f"{value:,.{decimals}f}"
    text = text if text.strip("-0.,") else text.removeprefix("-")
    return text if lang == "en" else text.translate(_SWAP)


def plain(value: float, lang: Lang = "nl") -> str:
    """Write a number with as many decimals as it needs, and no mark between thousands.

    >>> plain(50), plain(37.5), plain(37.5, "en"), plain(1234567)
    ('50', '37,5', '37.5', '1234567')
    """
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text if lang == "en" else text.translate(_SWAP)


def signed(value: float, decimals: int = 0, lang: Lang = "nl") -> str:
    """Write a difference with its sign; none has no sign.

    >>> signed(3), signed(-1234.5, 1), signed(0.04, 1), signed(0.5, 1, "en")
    ('+3', '-1.234,5', '0,0', '+0.5')
    """
    text = number(value, decimals, lang)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def date(day: datetime.date, lang: Lang = "nl") -> str:
    """Write a day as people do.

    >>> date(datetime.date(2026, 10, 1)), date(datetime.date(2026, 10, 1), "en")
    ('1 oktober 2026', '1 October 2026')
    """
    return f"{day.day} {_MONTHS[lang].split('|')[day.month - 1]} {day.year}"
