"""Values of parameters as people write them."""

from typing import Any

from geodata.wording import Sentence

_ENDED = Sentence("geldt niet meer", "no longer in force")
_YES = Sentence("ja", "yes")
_NO = Sentence("nee", "no")
#: Said of a dated value that was not found.
NOT_FOUND = Sentence("niet gevonden", "not found")


def written(value: Any, lang: str = "nl") -> str:
    """Write a value with the decimal mark of a language; None ends a parameter.

    >>> written({"alleenstaand": 1401.5, "gehuwd": 2002.13}), written([1, 7]), written(True), written(None)
    ('alleenstaand 1401,5; gehuwd 2002,13', '1, 7', 'ja', 'geldt niet meer')
    >>> written(0.5, "en"), written(False, "en")
    ('0.5', 'no')
    """
    if value is None:
        return _ENDED.said(lang)
    if isinstance(value, bool):
        return (_YES if value else _NO).said(lang)
    if isinstance(value, dict):
        return "; ".join(f"{key} {written(each, lang)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(written(each, lang) for each in value)
    return str(value).replace(".", "," if lang == "nl" else ".") if isinstance(value, float) else str(value)
