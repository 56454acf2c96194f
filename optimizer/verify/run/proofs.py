"""What proves that a household waits, and the smallest changes, counted again from the input and the proposal.

A proof is about every household that nobody fixed and that may go to none but the municipalities that it names. That
whole households do not fit together cannot be counted: the judge tries to find a division that does fit.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geodata.buren import neighbours
from geodata.gemeenten import load_gemeenten
from optimizer.domain.uitvoer import BEWIJZEN
from optimizer.verify.admitted import admitted, dwelling_free
from optimizer.verify.case import Case
from optimizer.verify.cells import texts
from optimizer.verify.dwellings import Dwellings, dwellings_left, dwellings_of, used
from optimizer.verify.findings import bevinding, place
from optimizer.verify.grounds import Grounds
from optimizer.verify.households import Bools, Ints
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.room import opgave_counts, persons_per_gemeente
from optimizer.verify.run.sayings import readings

#: Divisions that are tried before a proof that whole households do not fit is believed.
TRIES = 5_000
#: Proofs whose sentence says what there is and what is needed.
_COUNTED = {"personen", "woningen", "inpassen"}
_NUMBER = re.compile(r"[0-9](?:[0-9.,]*[0-9])?")
_COUNTS = ("bewijs_plekken", "bewijs_huishoudens", "bewijs_nodig")


@dataclass(frozen=True)
class _Month:
    """What every proof is counted over.

    Attributes
    ----------
    open
        Where each household may go, bool [n, municipalities]; nowhere for the fixed.
    places, left
        Persons that the fixed leave in each municipality, and that the whole proposal leaves, int64 [municipalities].
    dwellings, dwelling_places, dwelling_left
        The same of special dwellings, int64 [municipalities, K].
    """

    case: Case
    open: Bools
    places: Ints
    left: Ints
    dwellings: Dwellings
    dwelling_places: Ints
    dwelling_left: Ints


def proofs(case: Case, written: pd.DataFrame, where: Mapping[int, int]) -> list[Bevinding]:
    """Every proof counts right, and every smallest change would work and is none too large.

    Parameters
    ----------
    written
        The table ``niet_gekoppeld`` as it stands.
    where
        Household of each row, by place of the row.
    """
    if "bewijs" not in written.columns or not where:
        return []
    month = _open(case)
    cells = {name: texts(written[name]) for name in written.columns}
    found: list[Bevinding] = []
    for row, h in where.items():
        said = {name: str(column[row]) for name, column in cells.items()}
        for column, right in (*_proof(month, h, said), *_changes(month, h, said), *_words(said)):
            bestand, rij = place(written, row)
            about = {"h": str(case.households.ids[h]), "gevonden": said.get(column, ""), "toegestaan": right}
            code = f"niet_gekoppeld_{column}_onjuist"
            found.append(bevinding(code, case.parameters, **about, bestand=bestand, rij=rij))
    return found


def _words(said: Mapping[str, str]) -> list[tuple[str, str]]:
    """The sentences say the numbers of the columns; there is one where there is something to say."""
    told = readings_in(said.get("bewijs_uitleg", ""))
    counts = [said.get(c, "") for c in ("bewijs_plekken", "bewijs_nodig")] if said["bewijs"] in _COUNTED else []
    missing = [n for n in counts if not readings(n) & told]
    wrong = [("bewijs_uitleg", missing[0] if missing else "...")] if missing or not said.get("bewijs_uitleg") else []
    changes = [said.get(c, "") for c in ("meer_plekken", "ruil", "grotere_straal")]
    told = readings_in(said.get("oplossingen", ""))
    lacking = [cell for cell in changes if cell and not readings(cell.split(" ")[-1]) & told]
    if lacking or any(changes) != bool(said.get("oplossingen")):
        wrong.append(("oplossingen", lacking[0] if lacking else ""))
    return wrong


def _open(case: Case) -> _Month:
    everybody = np.arange(len(case.households), dtype=np.int64)
    open_to = admitted(case, everybody) & ~case.locked[:, None]
    dwellings = dwellings_of(case)
    fixed, linked = persons_per_gemeente(case, case.locked), persons_per_gemeente(case, case.links.linked)
    whole = case.households.opgave
    if not opgave_counts(case):
        whole = np.full_like(whole, int(case.households.counted.sum()))
    return _Month(
        case=case,
        open=open_to,
        places=np.maximum(0, whole - fixed),
        left=case.households.opgave - linked,
        dwellings=dwellings,
        dwelling_places=np.maximum(0, dwellings.free - used(case, dwellings, case.locked)),
        dwelling_left=dwellings_left(case, dwellings),
    )


def _proof(month: _Month, h: int, said: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the columns of a proof that are wrong, each with what it should be."""
    kind, rows = said["bewijs"], _rows(said["bewijs_gemeenten"])
    if kind not in BEWIJZEN:
        return [("bewijs", ", ".join(BEWIJZEN))]
    if rows is None:
        return [("bewijs_gemeenten", "codes")]
    if (kind == "regels") == bool(month.open[h].any()):
        return [("bewijs", "regels" if kind != "regels" else "-")]
    if kind == "regels":
        right = (0, 1, int(month.case.households.counted[h]))
        return _counts(said, [right])
    inside = np.zeros(month.open.shape[1], dtype=bool)
    inside[rows] = True
    only: Bools = np.logical_and(~np.any(month.open & ~inside, axis=1), np.any(month.open, axis=1))
    if not only[h]:
        return [("bewijs_gemeenten", "-")]
    if kind == "woningen":
        options = [_of_kind(month, inside, only, k) for k in np.flatnonzero(month.dwellings.needs[h]).tolist()]
    else:
        size = month.case.households.counted
        options = [(int(month.places[inside].sum()), int(only.sum()), int(size[only].sum()))]
    if kind in {"personen", "woningen"}:
        options = [(places, number, need) for places, number, need in options if need > places]
    if not options or (kind == "inpassen" and _divided(month, np.flatnonzero(only))):
        return [("bewijs", "-")]
    return _counts(said, options)


def _of_kind(month: _Month, inside: Bools, only: Bools, kind: int) -> tuple[int, int, int]:
    need = int((only & month.dwellings.needs[:, kind]).sum())
    return int(month.dwelling_places[inside, kind].sum()), need, need


def _counts(said: Mapping[str, str], options: Sequence[tuple[int, int, int]]) -> list[tuple[str, str]]:
    """Return what is wrong in the counts, by the option of which most is right."""
    wrong = [[(c, str(n)) for c, n in zip(_COUNTS, option, strict=True) if said.get(c) != str(n)] for option in options]
    return min(wrong, key=len)


def _divided(month: _Month, who: Ints) -> bool:
    """Tell whether a limited search, largest first, finds a division in which all of some households have a place."""
    size = month.case.households.counted
    order = who[np.lexsort((month.open[who].sum(axis=1), -size[who]))].tolist()
    room, houses, tries = month.places.copy(), month.dwelling_places.copy(), TRIES

    def placed(i: int) -> bool:
        nonlocal tries
        if i == len(order):
            return True
        h = order[i]
        need = month.dwellings.needs[h]
        for g in np.flatnonzero(month.open[h] & (room >= size[h]) & (houses >= need).all(axis=1)).tolist():
            tries -= 1
            if tries < 0:
                return False
            room[g] -= size[h]
            houses[g] -= need
            if placed(i + 1):
                return True
            room[g] += size[h]
            houses[g] += need
        return False

    return len(order) < 500 and placed(0)


def _changes(month: _Month, h: int, said: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the smallest changes that are wrong, each with what it should be."""
    size = int(month.case.households.counted[h])
    housed = dwelling_free(month.dwellings.needs[[h]], month.dwelling_left)[0]
    open_to = month.open[h] & housed & opgave_counts(month.case)
    missing = np.maximum(0, size - month.left)
    found = []
    fewest = int(missing[open_to].min()) if open_to.any() else 0
    if not _names(said.get("meer_plekken", ""), fewest, lambda g: bool(open_to[g] and missing[g] == fewest)):
        found.append(("meer_plekken", str(fewest or "")))
    least = said.get("meer_plekken_minst", "")
    known = float(least.replace(",", ".")) if least.replace(".", "", 1).isdigit() else np.nan
    if (fewest and not 0 <= known <= fewest) or (least and not fewest):
        found.append(("meer_plekken_minst", f"0-{fewest}" if fewest else ""))
    return [*found, *_swap(month, said.get("ruil", ""), open_to, missing), *_radius(month, h, said, housed, size)]


def _names(cell: str, number: int, right: Callable[[int], bool]) -> bool:
    """Tell whether a cell holds a municipality that is right, and a number; empty where the number is nought."""
    if not number:
        return not cell
    code, _, written = cell.partition(" ")
    row = load_gemeenten().index.get(code)
    return row is not None and right(row) and written == str(number)


def _swap(month: _Month, cell: str, open_to: Bools, missing: Ints) -> list[tuple[str, str]]:
    """A swap is between neighbours, of room that is left, and no other is smaller."""
    near = neighbours(month.case.parameters.peildatum)
    gives = near & (month.left[None, :] >= missing[:, None]) & (open_to & (missing > 0))[:, None]
    fewest = int(missing[gives.any(axis=1)].min()) if gives.any() else 0
    if not fewest:
        return [("ruil", "")] if cell else []
    codes, index = cell.split(" "), load_gemeenten().index
    rows = [index.get(code, -1) for code in codes[:2]]
    right = len(codes) == 3 and min(rows) >= 0 and bool(gives[rows[0], rows[1]]) and missing[rows[0]] == fewest
    return [] if right and codes[2] == str(fewest) else [("ruil", str(fewest))]


def _radius(month: _Month, h: int, said: Mapping[str, str], housed: Bools, size: int) -> list[tuple[str, str]]:
    """A wider radius reaches a municipality with room, and none that is narrower does."""
    cell, case = said.get("grotere_straal", ""), month.case
    grounds: Grounds = case.grounds
    mine = np.flatnonzero(grounds.household == h)
    waits = case.eisen is not None and case.eisen.gronden_binden and case.eisen.bij_tekort == "wachten"
    if not mine.size or not waits:
        return [("grotere_straal", "")] if cell else []
    if not grounds.binding[mine].all():
        return []  # which grounds bind with a wider radius is not looked at
    fits = _open_but_for_grounds(case, h) & housed
    if opgave_counts(case):
        fits &= month.left >= size
    km = grounds.km[:, mine].max(axis=1)
    fits &= km > case.straal_km
    nearest = float(km[fits].min()) if fits.any() else 0.0
    code, _, written = cell.partition(" ")
    row = load_gemeenten().index.get(code, -1)
    radius = written.replace(",", ".")
    if not fits.any() or row < 0 or not fits[row] or not radius.replace(".", "", 1).isdigit():
        return [("grotere_straal", "")] if cell or fits.any() else []
    reaches = nearest <= float(radius) + 1e-9 and float(radius) < nearest + 0.1 and km[row] <= nearest
    return [] if reaches else [("grotere_straal", f"{nearest:.3f}")]


def _open_but_for_grounds(case: Case, h: int) -> Bools:
    """Tell where a household might go if its grounds bound nothing, bool [municipalities]."""
    free = case if case.eisen is None else replace(case, eisen=replace(case.eisen, gronden_binden=False))
    return np.asarray(admitted(free, np.array([h], dtype=np.int64))[0], dtype=np.bool_)


def readings_in(text: str) -> set[float]:
    """Return every number of a text as it may be read."""
    return {reading for number in _NUMBER.findall(text) for reading in readings(number)}


def _rows(cell: str) -> Ints | None:
    index = load_gemeenten().index
    codes = cell.split(" ") if cell else []
    if any(code not in index for code in codes):
        return None
    return np.array([index[code] for code in codes], dtype=np.int64)
