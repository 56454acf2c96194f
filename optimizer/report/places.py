"""Municipalities by their code, as people call them."""

import re

from geodata.gemeenten import load_gemeenten

_CODE = re.compile(r"\bGM\d{4}\b")


def gemeente_name(code: str) -> str:
    """Return the name of a municipality; empty where no municipality has the code.

    >>> gemeente_name("GM0193"), gemeente_name("")
    ('Zwolle', '')
    """
    gemeenten = load_gemeenten()
    return str(gemeenten.naam[gemeenten.index[code]]) if code in gemeenten.index else ""


def with_names(text: str) -> str:
    """Put the name before every code of a municipality in a text.

    >>> with_names("GM0193 7"), with_names("GM0193 GM0344"), with_names("")
    ('Zwolle (GM0193) 7', 'Zwolle (GM0193) Utrecht (GM0344)', '')
    """
    return _CODE.sub(lambda found: f"{gemeente_name(found[0])} ({found[0]})".strip(), text)
