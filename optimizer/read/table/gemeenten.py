"""A cell that names several municipalities: every sign that people put between them, and names with commas."""

import re
from collections.abc import Mapping, Sequence

from geodata.codes import resolve
from geodata.errors import GemeenteOnbekend
from geodata.names import labelled
from geodata.spelling import words_of
from geodata.suggest import mentioned

Refusal = tuple[str, Mapping[str, str]]

_BETWEEN = re.compile(r"[;|\n\r\t•·]")
# Signs that also stand inside a name: "Nuenen, Gerwen en Nederwetten", "Capelle a/d IJssel", "Gilze & Rijen".
_ALSO_INSIDE = re.compile(r"[,/+&]|\s[-–]\s")
_WORD = re.compile(r"\([^)]*\)|[^\s(]+(?:\s*\([^)]*\))?")
_MOST_INSIDE = 2


def said(refusal: GemeenteOnbekend) -> Refusal:
    """Return the defect that a refusal is, and what its sentence needs."""
    kandidaten = ", ".join(f"{naam} ({code})" for code, naam in refusal.kandidaten)
    code = "gemeente_meerduidig" if refusal.meerduidig else "gemeente_onbekend"
    return code, {"kandidaten": kandidaten, "sinds": refusal.sinds}


def read_gemeenten(text: str) -> tuple[str, Refusal | None]:
    """Read municipalities with a semicolon, comma, line end or such between them; codes may have only a space.

    Returns
    -------
    The codes, each once, with a space between them; and why the cell cannot be read, None where it can

    Examples
    --------
    >>> read_gemeenten("Den Haag, Nuenen, Gerwen en Nederwetten; GM0193 GM0344")
    ('GM0518 GM0820 GM0193 GM0344', None)
    >>> read_gemeenten("Zwolle; Den Haag Rotterdam")[1][1]["gescheiden"]
    "'s-Gravenhage; Rotterdam"
    """
    codes: list[str] = []
    for chunk in _BETWEEN.split(text):
        parts = [part.strip() for part in _ALSO_INSIDE.split(chunk) if part.strip()]
        found = _joined(parts)
        if found is None:
            return "", _why(text, next(part for part in parts if not _one_part(part)))
        codes += found
    return " ".join(dict.fromkeys(codes)), None


def _joined(parts: Sequence[str]) -> list[str] | None:
    """Read parts that a comma or such separates; they belong together only where they say nothing apart."""
    after: dict[int, list[str] | None] = {len(parts): []}
    for start in reversed(range(len(parts))):
        after[start] = None
        for stop in range(start + 1, min(start + 1 + _MOST_INSIDE, len(parts)) + 1):
            rest = after[stop]
            here = _one_part(parts[start]) if stop == start + 1 else _one(", ".join(parts[start:stop]))
            if here and rest is not None:
                after[start] = [*here, *rest]
                break
    return after[0]


def _one_part(part: str) -> list[str]:
    """Read a part: municipalities of one word each, or one name; nothing where it is neither."""
    words = [_one(word) for word in _WORD.findall(part)]
    return [code for found in words for code in found] if all(words) else _one(part)


def _one(text: str) -> list[str]:
    found = _resolved(text)
    return [found] if isinstance(found, str) else []


def _resolved(text: str) -> str | GemeenteOnbekend:
    try:
        return resolve(text)
    except GemeenteOnbekend as refusal:
        return refusal


def _why(cell: str, part: str) -> Refusal:
    """Say which part of a cell cannot be read, or that it names several without a sign between them."""
    words = [_resolved(word) for word in _WORD.findall(part)]
    together = labelled(mentioned(words_of(part)))
    wrong = [found for found in words if not isinstance(found, str)]
    if len(together) > 1 and not any(refusal.meerduidig for refusal in wrong):
        return "gemeente_onbekend", {"deel": part, "gescheiden": "; ".join(naam for _, naam in together)}
    whole = [found for found in [_resolved(part)] if not isinstance(found, str)]
    refusals = wrong if 0 < len(wrong) < len(words) else [*whole, *wrong]
    best = next((refusal for refusal in refusals if refusal.kandidaten), refusals[0])
    code, details = said(best)
    return code, {**details, "deel": "" if best.tekst == cell.strip() else best.tekst}
