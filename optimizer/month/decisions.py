"""Decisions on an earlier run: checked against each other and against that run, then put into the batch.

A decision that fixes a household becomes a lock, one that rules a municipality out becomes an exclusion, so that every
later room treats it as what it is: the choice of a person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from optimizer.domain.batch import Batch
from optimizer.domain.besluiten import (
    AKKOORD,
    BEZWAAR,
    FIXING,
    JA_MITS,
    LASTING,
    RULING_OUT,
    WITHOUT_REASON,
    Besluit,
    lock_reason,
)
from optimizer.domain.uitvoer import BESLUITEN
from optimizer.errors import Defect
from optimizer.read.besluiten import Regel


@dataclass(frozen=True)
class _Known:
    """What decisions are held against.

    Attributes
    ----------
    earlier
        Municipality of each household in the earlier run, "" where it had none.
    locks, excluded
        What the input itself fixes, and rules out.
    objected
        Municipalities about which the earlier run itself followed a bedenking, of each household, the last one last.
    """

    earlier: Mapping[str, str]
    locks: Mapping[str, str]
    excluded: Mapping[str, frozenset[str]]
    objected: Mapping[str, tuple[str, ...]]


def checked(
    regels: Sequence[Regel], batch: Batch, earlier: Mapping[str, str], carried: Iterable[Besluit] = ()
) -> tuple[tuple[Besluit, ...], list[Defect]]:
    """Turn the rows of a file of decisions into decisions that can all be followed, or say of each row why not.

    Parameters
    ----------
    regels
        The rows, as read.
    batch
        The input that they will be put into.
    earlier
        Municipality of each household in the run that they are about, "" where it is not linked.
    carried
        Decisions of the runs before. One that lasts and that a new decision contradicts gives way, but an exclusion
        stays. A bedenking does not last; it says what a row means that is given once more, such as the same file at
        the end of the month.

    Returns
    -------
    The decisions in force, in order of the input, new ones first; and every problem and warning.
    """
    ids = batch.huishoudens["huishouden_id"].astype(str)
    carried = tuple(carried)
    of_before = [b for b in carried if b.soort in LASTING and b.huishouden_id in set(ids)]
    excluded = {
        h: frozenset(cell.split()) for h, cell in zip(ids, batch.huishoudens["uitgesloten_gemeenten"], strict=True)
    }
    for b in of_before:
        if b.soort in RULING_OUT:
            excluded[b.huishouden_id] |= {b.gemeente}
    objected: dict[str, tuple[str, ...]] = {}
    for b in carried:
        if b.soort == BEZWAAR:
            objected[b.huishouden_id] = (*objected.get(b.huishouden_id, ()), b.gemeente)
    known = _Known(earlier, dict(zip(ids, batch.huishoudens["vastgezet_gemeente"], strict=True)), excluded, objected)
    new: dict[str, list[tuple[Regel, Besluit]]] = {}
    defects: list[Defect] = []
    for regel in (r for r in regels if r.besluit != JA_MITS):
        besluit, found = _one(regel, known)
        defects += found
        if besluit is None:
            continue
        before = new.setdefault(besluit.huishouden_id, [])
        clash = next((r for r, b in before if _contradict(b, besluit)), None)
        if any(_same(b, besluit) for _, b in before):
            defects.append(regel.defect("besluit_dubbel", "besluit", regel.besluit, warning=True))
        elif clash is not None:
            defects.append(regel.defect("besluiten_tegenstrijdig", "besluit", regel.besluit, {"ander": clash.place}))
        else:
            before.append((regel, besluit))
    defects += _conditions(regels, known, new)
    return _in_force(ids, new, of_before), defects


def with_condition(regels: Iterable[Regel], besluiten: Iterable[Besluit]) -> frozenset[str]:
    """Return the households that a municipality takes under a condition, about which nobody decided yet."""
    return frozenset(r.huishouden_id for r in regels if r.besluit == JA_MITS) - new_about(besluiten)


def decided(batch: Batch, besluiten: Sequence[Besluit], earlier: Mapping[str, str]) -> Batch:
    """Return the batch in which decisions are locks and exclusions, and every household has its earlier municipality.

    Parameters
    ----------
    batch
        The input.
    besluiten
        Decisions that can all be followed: what fixes a household fixes it at one municipality.
    earlier
        Municipality of each household in the run before, "" where it is not linked, in order.
    """
    table = batch.huishoudens.copy()
    at = {str(h): i for i, h in enumerate(table["huishouden_id"])}
    locks, reasons, excluded = (
        table[c].astype(object).tolist() for c in ("vastgezet_gemeente", "vastgezet_reden", "uitgesloten_gemeenten")
    )
    for b in besluiten:
        i = at[b.huishouden_id]
        if b.soort in FIXING:
            locks[i], reasons[i] = b.gemeente, lock_reason(b.soort, b.reden)
        else:
            excluded[i] = " ".join(dict.fromkeys([*excluded[i].split(), b.gemeente]))
    columns = {"vastgezet_gemeente": locks, "vastgezet_reden": reasons, "uitgesloten_gemeenten": excluded}
    table = table.assign(**{c: pd.Series(cells, index=table.index, dtype="str") for c, cells in columns.items()})
    return batch.replace(huishoudens=table, eerder=dict(earlier), besluiten=tuple(besluiten))


def as_table(besluiten: Iterable[Besluit]) -> pd.DataFrame:
    """Return decisions with the columns of ``domain.uitvoer.BESLUITEN``."""
    rows = [(b.huishouden_id, b.soort, b.gemeente, b.reden, "ja" if b.nieuw else "nee") for b in besluiten]
    return pd.DataFrame(rows, columns=BESLUITEN.names, dtype=object)


def from_table(table: pd.DataFrame) -> tuple[Besluit, ...]:
    """Return the decisions of a run, as its ``besluiten.csv`` holds them."""
    columns = (table[name].astype(str) for name in BESLUITEN.names)
    return tuple(Besluit(h, soort, g, reden, nieuw == "ja") for h, soort, g, reden, nieuw in zip(*columns, strict=True))


def new_about(besluiten: Iterable[Besluit]) -> frozenset[str]:
    """Return the households about which a decision was taken on the run before."""
    return frozenset(b.huishouden_id for b in besluiten if b.nieuw)


def _conditions(
    regels: Sequence[Regel], known: _Known, new: Mapping[str, Sequence[tuple[Regel, Besluit]]]
) -> list[Defect]:
    """Say of each answer with a condition that a person must decide, or what is wrong with it.

    Who decided about the household in a file of their own has judged the condition; two answers of municipalities
    that differ contradict each other.
    """
    defects: list[Defect] = []
    for regel in (r for r in regels if r.besluit == JA_MITS):
        h = regel.huishouden_id
        if h not in known.locks:
            defects.append(regel.defect("huishouden_onbekend", "huishouden_id", h))
            continue
        if not regel.reden:
            defects.append(regel.defect("voorwaarde_ontbreekt", "reden"))
        others = [r for r, _ in new.get(h, ())]
        clash = next((r for r in others if r.answer and regel.answer), None)
        proposed = known.earlier.get(h, "")
        if clash is not None:
            defects.append(regel.defect("besluiten_tegenstrijdig", "besluit", regel.besluit, {"ander": clash.place}))
        elif not proposed or regel.gemeente not in ("", proposed):
            details = {"voorgesteld": proposed} if proposed else {}
            defects.append(regel.defect("akkoord_andere_gemeente", "gemeente", regel.gemeente, details))
        elif not others and regel.reden:
            defects.append(regel.defect("antwoord_met_voorwaarde", "besluit", h, warning=True))
    return defects


def _one(regel: Regel, known: _Known) -> tuple[Besluit | None, list[Defect]]:
    """Read one row as a decision; None where it cannot be followed, with the reason why."""
    h, soort = regel.huishouden_id, regel.besluit
    if h not in known.locks:
        return None, [regel.defect("huishouden_onbekend", "huishouden_id", h)]
    found: list[Defect] = []
    proposed = known.earlier.get(h, "")
    if soort not in WITHOUT_REASON and not regel.reden:
        found.append(regel.defect("besluit_zonder_reden", "reden", details={"besluit": soort}))
    if regel.unread:
        return None, found
    # Who has no place after a bedenking, and of whom the same row comes again, is meant where it was about then.
    again = known.objected.get(h, ("",))[-1] if soort == BEZWAAR else ""
    gemeente = regel.gemeente or (proposed or again if soort in (AKKOORD, BEZWAAR) else "")
    if not gemeente:
        code = "besluit_zonder_voorstel" if soort in (AKKOORD, BEZWAAR) else "besluit_zonder_gemeente"
        return None, [*found, regel.defect(code, "gemeente", details={"besluit": soort})]
    found += _of_place(regel, soort, gemeente, proposed, known)
    if any(not d.warning for d in found):
        return None, found
    return Besluit(h, soort, gemeente, regel.reden), found


def _of_place(regel: Regel, soort: str, gemeente: str, proposed: str, known: _Known) -> list[Defect]:
    """Say what is wrong with the municipality of a decision."""
    h, found = regel.huishouden_id, []
    lock = known.locks[h]
    if soort == AKKOORD and gemeente != proposed:
        found.append(regel.defect("akkoord_andere_gemeente", "gemeente", gemeente, {"voorgesteld": proposed}))
    if soort == BEZWAAR and gemeente not in (proposed, *known.objected.get(h, ())):
        details = {"voorgesteld": proposed}
        found.append(regel.defect("bedenking_andere_gemeente", "gemeente", gemeente, details, warning=True))
    if soort in FIXING and gemeente in known.excluded[h]:
        found.append(regel.defect("besluit_op_uitgesloten", "gemeente", gemeente, {"besluit": soort}))
    against = (soort in RULING_OUT and lock == gemeente) or (soort == AKKOORD and lock not in ("", gemeente))
    if against:
        found.append(regel.defect("besluit_tegen_vaste_keuze", "gemeente", gemeente, {"vast": lock}))
    return found


def _same(one: Besluit, other: Besluit) -> bool:
    return (one.soort, one.gemeente) == (other.soort, other.gemeente)


def _contradict(one: Besluit, other: Besluit) -> bool:
    """Tell whether two decisions on a household cannot both be followed."""
    fixes = [b for b in (one, other) if b.soort in FIXING]
    if len(fixes) == 2:
        return one.gemeente != other.gemeente
    return len(fixes) == 1 and one.gemeente == other.gemeente


def _in_force(
    ids: Iterable[str], new: Mapping[str, Sequence[tuple[Regel, Besluit]]], carried: Sequence[Besluit]
) -> tuple[Besluit, ...]:
    """Put the new decisions and what still holds of those before in the order of the input."""
    before: dict[str, list[Besluit]] = {}
    for b in carried:
        before.setdefault(b.huishouden_id, []).append(
            Besluit(b.huishouden_id, b.soort, b.gemeente, b.reden, nieuw=False)
        )
    out: list[Besluit] = []
    for h in ids:
        mine = [b for _, b in new.get(h, ())]
        out += [*mine, *(b for b in before.get(h, ()) if not any(_same(b, n) or _contradict(b, n) for n in mine))]
    return tuple(out)
