"""What somebody may have meant by a text that names no municipality: plausible, or nothing."""

import re

from geodata.names import NONE, Codes, Words, ended, in_province, names, present, settlements
from geodata.spelling import edits, key, province_behind, without_kind, words_of
from geodata.tables import read_table

MAX_CANDIDATES = 5
# One slip of the keys in this many letters is plausible; more is another word.
_LETTERS_PER_SLIP, _MOST_SLIPS = 4, 3
# A word of a name that people leave the others out for: "Capelle", "Betuwe".
_TELLING = 4
# The part of a text that must be names of municipalities before those are what it says: "Den Haag Rotterdam".
_MOSTLY = 0.5
# What people write where there is no name to write; some of it is the name of a hamlet, or a slip away from one.
_NO_NAME = frozenset(
    [
        "alle",
        "anders",
        "diversen",
        "elders",
        "geen",
        "ja",
        "landelijk",
        "leeg",
        "nederland",
        "nee",
        "nergens",
        "nvt",
        "onbekend",
        "overig",
        "test",
        "totaal",
    ]
)
_OTHER_KINDS = frozenset({"provincie", "prov", "pv", "corop", "cr", "regio", "stad", "plaats"})


def suggestions(words: Words) -> tuple[list[str], str]:
    """Give the municipalities that the words of a text may mean.

    Returns
    -------
    Codes, best first; and the year since which the name is no municipality any more, empty where it never was one

    Examples
    --------
    >>> suggestions(["lingewaal"]), suggestions(["hoofddorp"]), suggestions(["onbekend"])
    ((['GM1960'], '2019'), (['GM0394'], ''), ([], ''))
    """
    plain = without_kind(words)
    number = re.fullmatch(r"(?:gm)?(\d{1,4})", key(plain))
    code = f"GM{int(number[1]):04d}" if number else ""
    gone = ended().get(key(plain))
    if gone:
        return sorted(gone.codes), gone.since
    if code or key(plain) in _NO_NAME:
        return sorted(present().get(code, NONE)), ""
    inside = [*sorted(_settlement(plain)), *_with_word(plain)]
    found = inside or _misspelt(plain) or mentioned(plain)
    return list(dict.fromkeys(found))[:MAX_CANDIDATES], ""


def _settlement(words: Words) -> Codes:
    """Municipalities that a place of this name lies in; a province behind the name tells them apart."""
    found = settlements().get(key(words), NONE)
    for stem, provincie in province_behind(words):
        found |= in_province(settlements().get(key(stem), NONE), provincie)
    return found


def _with_word(words: Words) -> list[str]:
    """Municipalities whose name has all these words, and more."""
    if not any(len(word) >= _TELLING for word in words):
        return []
    return [code for name, code in _official_words() if set(words) < set(name)]


def _official_words() -> list[tuple[list[str], str]]:
    return [(words_of(row["naam"]), row["gemeente"]) for row in read_table("gemeenten.csv")]


def mentioned(words: Words) -> list[str]:
    """Give the municipalities that a text names one after another; none where it mostly says something else.

    >>> mentioned(["den", "haag", "gm0599"]), mentioned(["niet", "best", "bereikbaar"])
    (['GM0518', 'GM0599'], [])
    """
    found: list[Words] = []
    start = 0
    while start < len(words):
        stop = next((stop for stop in range(len(words), start, -1) if _exactly(words[start:stop])), start)
        found += [words[start:stop]] if stop > start else []
        start = max(stop, start + 1)
    meaningful = sum(len(word) for word in words if word not in _OTHER_KINDS)
    covered = sum(len(word) for span in found for word in span)
    return [code for span in found for code in sorted(_exactly(span))] if covered > _MOSTLY * meaningful else []


def _exactly(words: Words) -> Codes:
    return names().get(key(words)) or present().get(key(words).upper(), NONE)


def _misspelt(words: Words) -> list[str]:
    """Municipalities whose name, present or old, is a few slips of the keys away, nearest first."""
    written = key(words)
    most = min(max(1, len(written) // _LETTERS_PER_SLIP), _MOST_SLIPS)
    known = names() | {name: gone.codes for name, gone in ended().items()}
    near = [(_slips(written, name, most), name, sorted(codes)) for name, codes in known.items()]
    return [code for slips, _, codes in sorted(near) if slips <= most for code in codes]


def _slips(written: str, name: str, most: int) -> int:
    """Count the slips between two keys; ``cuyk`` and ``cuijk`` sound alike, which is no slip."""
    slips = edits(written, name, most)
    alike = "ij" in name and slips > 0
    return min(slips, edits(written.replace("ij", "y"), name.replace("ij", "y"), most)) if alike else slips
