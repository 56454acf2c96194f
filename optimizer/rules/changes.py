"""What changed between two days: rules and parameters that came, went, or took another value."""

from typing import Any

from optimizer.rules.catalogue import in_force
from optimizer.rules.parameters import Parameters

#: Key of a list of `in_force`, and what names an entry of it.
_LISTS = {"regels": "id", "parameters": "naam"}
#: What may differ without being a change: an entry keeps its name.
_COMPARED = ("waarde", "laag", "bron", "sinds", "omschrijving", "niet_gevonden_vanaf")


def changes(before: Parameters, after: Parameters) -> list[dict[str, Any]]:
    """List every difference between two states of the rules, by kind and name, ready for JSON.

    Returns
    -------
    One entry per rule or parameter that differs: ``soort`` (regel, parameter), ``naam``, ``wat`` (nieuw, vervallen or
    gewijzigd), and ``van`` and ``naar``: the entries of `in_force` (None where there is none).
    """
    old, new = in_force(before), in_force(after)
    found = []
    for key, name in _LISTS.items():
        was, becomes = ({entry[name]: entry for entry in state[key]} for state in (old, new))
        for each in sorted(was.keys() | becomes.keys()):
            one, other = was.get(each), becomes.get(each)
            if one is not None and other is not None and _same(one, other):
                continue
            what = "nieuw" if one is None else "vervallen" if other is None else "gewijzigd"
            soort = "regel" if key == "regels" else "parameter"
            found.append({"soort": soort, "naam": each, "wat": what, "van": one, "naar": other})
    return found


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one.get(field) == other.get(field) for field in _COMPARED)
