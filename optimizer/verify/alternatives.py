"""An alternative names another municipality that is allowed and has room, and the difference that is really there."""

from collections.abc import Callable, Sequence

import numpy as np

from optimizer.domain.levels import LEVELS
from optimizer.domain.uitvoer import DECIMALS, OutputKind
from optimizer.verify.bindings import arbeidsmarktregio_left_by, leaves_binding_koppelregio, out_of_reach
from optimizer.verify.case import Case
from optimizer.verify.cells import numbers, shown, texts
from optimizer.verify.dwellings import alternative_without_dwelling
from optimizer.verify.findings import label
from optimizer.verify.households import NONE, Bools, Ints, Texts
from optimizer.verify.levels import Kansen, level_value
from optimizer.verify.links import UNREADABLE, resolve_rows
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.room import room_left
from optimizer.verify.tempo import pace_left_by

COLUMNS = ("alternatief_1", "alternatief_2", "alternatief_3")
#: What stands for a level where none differs.
LOTTERY = "loting"


def alternatives(case: Case, chances: Kansen, niveaus: Sequence[str] = ()) -> list[Bevinding]:
    """Every alternative may be chosen as things stand, and differs from the proposal by what it says.

    Parameters
    ----------
    chances
        Chance of work by level; differences in a chance that is not given are not judged.
    niveaus
        Levels of the policy, most important first; empty: their order is not judged.
    """
    found: list[Bevinding] = []
    before: list[Ints] = []
    for column in COLUMNS:
        if column in case.voorstel.columns:
            written = np.where(case.links.readable, np.append(texts(case.voorstel[column]), "")[case.links.row], "")
            found += _judge_column(case, written, chances, niveaus)
            gemeente = _first_words(written)
            twice = (gemeente >= 0) & np.any([gemeente == other for other in before], axis=0)
            codes = case.codes(gemeente)
            found += [case.finding("alternatief_dubbel", h, label(codes[h])) for h in np.flatnonzero(twice)]
            before.append(gemeente)
    return found


def _first_words(written: Texts) -> Ints:
    """Return the municipality that each alternative begins with, int64 [n]; `NONE` without one, or `UNREADABLE`."""
    return resolve_rows(np.array([text.partition(" ")[0] for text in written.tolist()], dtype=object))


def _judge_column(case: Case, written: Texts, chances: Kansen, niveaus: Sequence[str]) -> list[Bevinding]:
    """Judge one alternative of every household; of several things that are wrong with one the first is named."""
    words = [text.split() for text in written.tolist()]
    resolved = _first_words(written)
    gemeente = np.where(resolved == UNREADABLE, NONE, resolved)
    other = case.moved(gemeente)
    everybody = np.arange(len(case.households))
    full, places = _without_room(case, gemeente)
    no_dwelling, lacking = alternative_without_dwelling(case, gemeente)
    codes = case.codes(gemeente)
    tests: list[tuple[str, Bools, Callable[[int], tuple[str, str]]]] = [
        ("alternatief_onbekend", resolved == UNREADABLE, lambda h: (str(written[h]), "")),
        ("alternatief_uitgesloten", case.households.is_excluded(everybody, gemeente), lambda h: (label(codes[h]), "")),
        (
            "alternatief_is_voorstel",
            (gemeente == case.links.gemeente) & (gemeente != NONE),
            lambda h: (label(codes[h]), ""),
        ),
        ("alternatief_zonder_plek", full, lambda h: (label(codes[h]), str(max(0, places[h])))),
        ("alternatief_zonder_woning", no_dwelling, lambda h: (label(codes[h]), lacking[h])),
        (
            "alternatief_buiten_beleid",
            out_of_reach(other)
            | leaves_binding_koppelregio(other)
            | arbeidsmarktregio_left_by(other)
            | pace_left_by(case, gemeente),
            lambda h: (label(codes[h]), ""),
        ),
    ]
    found: list[Bevinding] = []
    judged = np.zeros(len(everybody), dtype=bool)
    for code, wrong, said in tests:
        found += [case.finding(code, h, *said(int(h))) for h in np.flatnonzero(wrong & ~judged)]
        judged |= wrong
    claims = {h: words[h] for h in np.flatnonzero(other.links.linked & case.links.linked & ~judged).tolist()}
    return found + _judge_differences(case, other, claims, chances, niveaus)


def _without_room(case: Case, gemeente: Ints) -> tuple[Bools, Ints]:
    """Tell whose alternative has no place for them beside the proposal, bool [n], and the places there, int64 [n]."""
    places = room_left(case)[gemeente]
    moves = (gemeente != NONE) & (gemeente != case.links.gemeente)
    return moves & (places < case.households.counted), places


def _judge_differences(
    case: Case, other: Case, claims: dict[int, list[str]], chances: Kansen, niveaus: Sequence[str]
) -> list[Bevinding]:
    """Compare what an alternative says to differ, and on which level, with what does; a code alone says nothing."""
    values: dict[str, Ints | None] = {}

    def difference(level: str, h: int) -> int | None:
        if level not in values:
            before, after = (level_value(c, level, chances) for c in (case, other))
            values[level] = None if before is None or after is None else after - before
        found = values[level]
        return None if found is None else int(found[h])

    found: list[Bevinding] = []
    for h, words in claims.items():
        if len(words) == 1:
            continue
        said, level = " ".join(words[1:]), words[-1]
        if len(words) != 3 or level not in (*LEVELS, LOTTERY):
            found.append(case.finding("alternatief_verschil_onjuist", h, said, "een getal en een niveau"))
            continue
        equal = niveaus if level == LOTTERY else niveaus[: niveaus.index(level)] if level in niveaus else ()
        earlier = next((n for n in equal if difference(n, h)), None)
        units = 0 if level == LOTTERY else difference(level, h)
        right = _written(difference(earlier, h) or 0, earlier) if earlier else _written(units, level)
        if earlier or (right and not _says(words[1], units or 0, level)):
            found.append(case.finding("alternatief_verschil_onjuist", h, said, right))
    return found


def _says(written: str, units: int, level: str) -> bool:
    """Tell whether a written difference is a number of units of a level, with the rounding of the files."""
    unit, kind = _unit(level)
    decimals = DECIMALS[kind]
    value = float(numbers(np.array([written], dtype=object))[0])
    return abs(value - units * unit) <= (0.5 * 10.0**-decimals if decimals else 0.0) + 1e-9


def _unit(level: str) -> tuple[float, OutputKind]:
    """Return one unit of a level and how it is written; the lottery counts whole numbers."""
    return (LEVELS[level].unit, LEVELS[level].kind) if level in LEVELS else (1.0, "count")


def _written(units: int | None, level: str) -> str:
    """Write a difference as the files do; empty where it is not known."""
    if units is None:
        return ""
    unit, kind = _unit(level)
    sign = "+" if units > 0 else ""
    return f"{sign}{shown(units * unit, kind)} {level}"
