"""Values of parameters as people write them."""

from typing import Any

_WORDS = {"nl": ("geldt niet meer", "ja", "nee", ","), "en": ("no longer in force", "yes", "no", ".")}


def written(value: Any, lang: str = "nl") -> str:
    """Write a value with the decimal mark of a language; None ends a parameter.

    >>> written({"alleenstaand": 1401.5, "gehuwd": 2002.13}), written([1, 7]), written(True), written(None)
    ('alleenstaand 1401,5; gehuwd 2002,13', '1, 7', 'ja', 'geldt niet meer')
    >>> written(0.5, "en"), written(False, "en")
    ('0.5', 'no')
    """
    ended, yes, no, mark = _WORDS[lang]
    if value is None:
        return ended
    if isinstance(value, bool):
        return yes if value else no
    if isinstance(value, dict):
        return "; ".join(f"{key} {written(each, lang)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(written(each, lang) for each in value)
    return str(value).replace(".", mark) if isinstance(value, float) else str(value)
