"""What goes on to the next month: links that were accepted count as linked, everybody else is carried over."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.wording import Sentence
from optimizer.domain.batch import Batch
from optimizer.domain.besluiten import AKKOORD, BEZWAAR, UITSLUITEN, VASTZETTEN, Besluit
from optimizer.errors import VoorstelAfgekeurd

#: What happens to a proposal that nobody answered: it is not accepted, and the household is carried over; or it counts.
ZonderAntwoord = Literal["meenemen", "akkoord"]
#: What became of a household: linked, or why it goes on to the next month.
GEKOPPELD = "gekoppeld"
REDENEN = ("niet_gekoppeld", "bedenking", "uitgesloten", "vastgezet", "voorwaarde", "geen_antwoord")
Ints = npt.NDArray[np.int64]

_LOST = Sentence(
    "De sommen van de maand kloppen niet: {what} is {was} en moet {wanted} zijn. Er is niets geschreven. Meld dit aan "
    "de makers.",
    "The sums of the month do not agree: {what} is {was} and should be {wanted}. Nothing was written. Tell the makers.",
)


@dataclass(frozen=True)
class Stand:
    """A month that ends.

    Attributes
    ----------
    batch
        The input, as people wrote it.
    links
        Municipality of each household in the proposal, "" where it is not linked.
    besluiten
        Decisions in force: on this proposal, and those that last from before.
    personen
        Persons of each household that count against the opgave, int64 [H].
    woningen
        Special dwellings that each household needs, by kind: pairs of kind and bool [H].
    voorwaarden
        Households that a municipality takes under a condition, about which nobody decided: no agreement yet.
    """

    batch: Batch
    links: Mapping[str, str]
    besluiten: Sequence[Besluit]
    personen: Ints
    woningen: Mapping[str, npt.NDArray[np.bool_]]
    voorwaarden: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Overgang:
    """What became of a month.

    Attributes
    ----------
    lot
        What became of each household: `GEKOPPELD` or one of `REDENEN`, in input order.
    volgende
        The input of the next month.
    """

    lot: Mapping[str, str]
    volgende: Batch


def carried_over(stand: Stand, zonder_antwoord: ZonderAntwoord) -> Overgang:
    """Divide a month into who is linked and who goes on, and make the input of the next month.

    An accepted link counts in ``gekoppeld`` of its municipality and takes the special dwelling that it needs. Who goes
    on keeps everything that the input said: permit date, jobs, grounds; a lock or an exclusion that a person decided
    stands in ``vastgezet_gemeente`` or ``uitgesloten_gemeenten``. A bedenking was about this proposal only.

    Parameters
    ----------
    stand
        The month.
    zonder_antwoord
        What to do with a proposal that nobody answered.

    Raises
    ------
    VoorstelAfgekeurd
        When persons in are not persons linked and persons carried over: nothing may be lost.
    """
    about: dict[str, list[Besluit]] = {}
    for besluit in stand.besluiten:
        about.setdefault(besluit.huishouden_id, []).append(besluit)
    lot = {
        h: _lot(g, about.get(h, ()), zonder_antwoord, conditional=h in stand.voorwaarden)
        for h, g in stand.links.items()
    }
    ids = stand.batch.huishoudens["huishouden_id"].astype(str)
    linked = (ids.map(lot) == GEKOPPELD).to_numpy(np.bool_)
    places = ids.map(stand.links).to_numpy(dtype=object)
    volgende = _kept(stand.batch, ~linked, stand.besluiten)
    persons = pd.Series(stand.personen[linked]).groupby(places[linked]).sum()
    used = [(str(place), kind) for kind, need in stand.woningen.items() for place in places[linked & need]]
    volgende = volgende.replace(
        taakstelling=_counted(stand.batch.taakstelling, persons, "taakstelling"),
        capaciteit=_counted(stand.batch.capaciteit, persons, "capaciteit"),
        woningen=_taken(stand.batch.woningen, used),
    )
    _agree(stand, volgende, linked)
    return Overgang(lot, volgende)


def beleid_toml(beleid: Mapping[str, Any], peildatum: date) -> str:
    """Write ``beleid.toml`` for the next month: as it was, with another peildatum.

    >>> print(beleid_toml({"seed": 3, "parameters": {"gronden/straal_km": 40}}, date(2026, 11, 1)))
    seed = 3
    peildatum = 2026-11-01
    <BLANKLINE>
    [parameters]
    "gronden/straal_km" = 40
    <BLANKLINE>
    """
    plain = {k: v for k, v in beleid.items() if k not in ("parameters", "peildatum")}
    lines = [f"{key} = {_toml(value)}" for key, value in plain.items()]
    lines.append(f"peildatum = {peildatum.isoformat()}")
    parameters = beleid.get("parameters") or {}
    if parameters:
        lines += ["", "[parameters]", *(f"{json.dumps(name)} = {_toml(value)}" for name, value in parameters.items())]
    return "\n".join(lines) + "\n"


def without_row_numbers(werk: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Leave ``baan_id`` empty where it was only the number of its row: that number is another one now.

    Parameters
    ----------
    werk
        Jobs of the next month.
    before
        All jobs of this month, in order.
    """
    numbers = {str(i) for i in range(1, len(before) + 1)}
    only_numbers = (before["baan_id"].astype(str) == [str(i) for i in range(1, len(before) + 1)]).all()
    if not len(before) or not only_numbers:
        return werk
    return werk.assign(baan_id=werk["baan_id"].where(~werk["baan_id"].isin(numbers), ""))


def _lot(gemeente: str, mine: Sequence[Besluit], zonder_antwoord: ZonderAntwoord, *, conditional: bool) -> str:
    """Return what becomes of a household with a municipality ("" without one) and the decisions on it."""
    if not gemeente:
        return "niet_gekoppeld"
    here = {b.soort for b in mine if b.gemeente == gemeente}
    if AKKOORD in here:
        return GEKOPPELD
    if BEZWAAR in here:
        return "bedenking"
    if UITSLUITEN in here:
        return "uitgesloten"
    if any(b.soort == VASTZETTEN and b.gemeente != gemeente for b in mine):
        return "vastgezet"
    if conditional:
        return "voorwaarde"
    return GEKOPPELD if zonder_antwoord == "akkoord" else "geen_antwoord"


def _kept(batch: Batch, keep: npt.NDArray[np.bool_], besluiten: Sequence[Besluit]) -> Batch:
    """Return the households that go on, with their adults, jobs, grounds and requests, and the decisions that last."""
    table = batch.huishoudens[keep].reset_index(drop=True)
    at = {str(h): i for i, h in enumerate(table["huishouden_id"])}
    names = ("vastgezet_gemeente", "vastgezet_reden", "uitgesloten_gemeenten")
    places, reasons, excluded = (table[name].astype(object).tolist() for name in names)
    for b in (b for b in besluiten if b.huishouden_id in at):
        i = at[b.huishouden_id]
        if b.soort == VASTZETTEN:
            places[i], reasons[i] = b.gemeente, b.reden
        elif b.soort == UITSLUITEN:
            excluded[i] = " ".join(dict.fromkeys([*excluded[i].split(), b.gemeente]))
    cells = zip(names, (places, reasons, excluded), strict=True)
    table = table.assign(**{name: pd.Series(column, index=table.index, dtype="str") for name, column in cells})
    ids = set(table["huishouden_id"])
    personen = batch.personen[batch.personen["huishouden_id"].isin(ids)].reset_index(drop=True)
    werk = batch.werk[batch.werk["persoon_id"].isin(personen["persoon_id"])].reset_index(drop=True)
    gronden = batch.gronden[batch.gronden["huishouden_id"].isin(ids)].reset_index(drop=True)
    return batch.replace(
        huishoudens=table,
        personen=personen,
        werk=without_row_numbers(werk, batch.werk),
        gronden=gronden,
        verzoeken=batch.verzoeken[batch.verzoeken["huishouden_id"].isin(ids)].reset_index(drop=True),
        eerder=None,
        besluiten=(),
    )


def _counted(table: pd.DataFrame, persons: pd.Series, task: str) -> pd.DataFrame:
    """Count persons as linked; a municipality without a row gets one, with no task, so that nobody is lost."""
    if table.empty:
        return table
    more = table["gemeente"].map(persons).fillna(0).astype("int64")
    out = table.assign(gekoppeld=table["gekoppeld"].fillna(0).astype("int64") + more)
    new = [str(g) for g in persons.index if g not in set(table["gemeente"])]
    if not new:
        return out
    numeric = {c: pd.api.types.is_numeric_dtype(table[c]) for c in map(str, table.columns)}
    empty: dict[str, Any] = {c: [0 if number else ""] * len(new) for c, number in numeric.items()}
    empty |= {"gemeente": new, "gekoppeld": [int(persons[g]) for g in new], task: [0] * len(new)}
    if "halfjaar" in table:
        empty["halfjaar"] = [str(table["halfjaar"].iloc[0])] * len(new)
    return pd.concat([out, pd.DataFrame(empty)[list(table.columns)]], ignore_index=True).astype(out.dtypes.to_dict())


def _taken(table: pd.DataFrame, used: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Take the special dwellings that were given away off what is free, never below nought."""
    counts = Counter(used)
    taken = [counts[str(g), str(s)] for g, s in zip(table["gemeente"], table["soort"], strict=True)]
    return table.assign(aantal=np.maximum(0, table["aantal"].to_numpy(np.int64) - np.array(taken, dtype=np.int64)))


def _agree(stand: Stand, volgende: Batch, linked: npt.NDArray[np.bool_]) -> None:
    """Raise VoorstelAfgekeurd where a household, a person or a place is lost."""
    before, after = stand.batch, volgende
    sums = {
        "huishoudens": (int(linked.sum()) + len(after.huishoudens), len(before.huishoudens)),
        "personen": (
            int(before.huishoudens["aantal_personen"][linked].sum()) + after.personen_totaal,
            before.personen_totaal,
        ),
    }
    for name in ("taakstelling", "capaciteit"):
        rows = getattr(before, name)
        if len(rows):
            counted = int(getattr(after, name)["gekoppeld"].sum() - rows["gekoppeld"].sum())
            sums[f"{name}.gekoppeld"] = (counted, int(stand.personen[linked].sum()))
    for what, (was, wanted) in sums.items():
        if was != wanted:
            raise VoorstelAfgekeurd(*_LOST.fill(what=what, was=was, wanted=wanted))


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(str(k))} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
