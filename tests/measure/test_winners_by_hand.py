"""Who gains and who loses from outcomes made up here: each row beside plain Python, and the edges by hand."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from optimizer.domain import uitvoer
from optimizer.measure import Fates
from optimizer.measure.shield import shield
from optimizer.measure.winners import counted, open_groups, protected_groups, winners
from tests.proefbatch import MAASTRICHT, UTRECHT, ZWOLLE, baan, groep, huishouden, parameters

MATEN = ("verwacht_behouden", "kans_werk", "in_koppelregio", "afstand_km")
LEAST = 4
RULES = parameters(winnaars__minste_groep=LEAST)
SIZES = [1, 2, 3, 5, 6, 8, 2, 2, 3, 1, 4, 2, 2, 1, 2, 3, 2, 1, 2, 2]
HOMES = [
    huishouden(f"H{i}", aantal_personen=n, opvang_gemeente=(UTRECHT, ZWOLLE, ZWOLLE, MAASTRICHT)[i % 4])
    for i, n in enumerate(SIZES)
]
#: All first adults, then all second ones: those of a household do not stand beside each other.
ADULTS = [
    {
        "persoon_id": f"P{'H' if k == 0 else 'x'}{i}",
        "huishouden_id": f"H{i}",
        "opleiding": ("laag", "hoog", "")[(i + 2 * k) % 3],
        "taalniveau": ("A1", "B1", "B1")[(i * 7 + k) % 3],
    }
    for k in range(2)
    for i in reversed(range(len(SIZES)))
    if k < SIZES[i]
]
BATCH = groep(
    HOMES,
    {UTRECHT: 90},
    werk=[baan(f"H{i}", UTRECHT) for i in range(len(SIZES)) if i % 5 < 3] + [baan("H0", ZWOLLE)],
    personen=ADULTS,
)
NAMED = [str(a["persoon_id"]) for a in ADULTS]
WORKS = set(BATCH.werk["persoon_id"])


def made_up(seed: int, undecided: int) -> Fates:
    """Outcomes in whole units; some households are not linked."""
    rng = np.random.default_rng(seed)
    apart = set(rng.choice(len(SIZES), undecided, replace=False).tolist())
    linked = np.array([int(str(a["huishouden_id"])[1:]) not in apart for a in ADULTS])
    n = len(ADULTS)
    values = {
        "verwacht_behouden": rng.integers(0, 1001, n) / 1000,
        "kans_werk": rng.integers(0, 10_001, n) / 10_000,
        "in_koppelregio": rng.integers(0, 2, n).astype(np.float64),
        "afstand_km": rng.integers(0, 2000, n) / 10,
    }
    nowhere = np.full(len(SIZES), -1, dtype=np.int64)
    return Fates(False, nowhere, linked, {maat: np.where(linked, v, np.nan) for maat, v in values.items()})


#: The baseline in the middle; two policies leave the same people undecided, and two others not.
FOUND = {"een": made_up(1, 3), "gewoon": made_up(2, 0), "twee": made_up(3, 7), "drie": made_up(4, 0)}
FOUND["vier"] = Fates(False, FOUND["een"].gemeente, FOUND["drie"].linked, FOUND["drie"].values)
PROTECTED = pd.DataFrame(
    [
        {
            "persoon_id": name,
            "sekse": "vm"[i % 2],
            "leeftijdsgroep": "",
            "huishoudtype": ("paar", "alleen", "", "gezin", "gezin")[i % 5],
        }
        for i, name in enumerate(NAMED)
        if i % 11 != 4
    ][::-1]
)


def group_of(adult: Mapping[str, Any]) -> dict[str, str]:
    home = HOMES[int(str(adult["huishouden_id"])[1:])]
    size = int(home["aantal_personen"])
    return {
        "alle": "alle",
        "opvang_gemeente": str(home["opvang_gemeente"]),
        "opleiding": str(adult["opleiding"]) or "onbekend",
        "taalniveau": str(adult["taalniveau"]),
        "huishoudgrootte": "6+" if size >= 6 else str(size),
    }


OPEN = [group_of(adult) for adult in ADULTS]
_BY_PERSON = PROTECTED.set_index("persoon_id").to_dict("index")
CLOSED = [{k: _BY_PERSON.get(name, {}).get(k, "") or "onbekend" for k in ("sekse", "huishoudtype")} for name in NAMED]
ORDER = {
    "alle": ["alle"],
    "opvang_gemeente": sorted([UTRECHT, ZWOLLE, MAASTRICHT]),
    "opleiding": ["laag", "middelbaar", "hoog", "onbekend"],
    "taalniveau": ["A0", "A1", "A2", "B1", "B2", "C1", "C2", "onbekend"],
    "huishoudgrootte": ["1", "2", "3", "4", "5", "6+"],
    "sekse": ["m", "v", "onbekend"],
    "huishoudtype": ["alleen", "gezin", "paar", "onbekend"],
}


def masks(labels: list[dict[str, str]], who: list[bool]) -> dict[tuple[str, str], np.ndarray]:
    return {
        (k, g): np.array([label[k] == g and w for label, w in zip(labels, who, strict=True)])
        for k in labels[0]
        for g in ORDER[k]
    }


def expected(protected: bool) -> list[dict[str, Any]]:
    """Every row of the table, adult by adult."""
    rows: list[dict[str, Any]] = []
    labels = CLOSED if protected else OPEN
    smallest = RULES["winnaars/minste_verschil"]
    for name, ours in FOUND.items():
        if name == "gewoon":
            continue
        base = FOUND["gewoon"]
        for maat in MATEN:
            counts = [maat != "verwacht_behouden" or person in WORKS for person in NAMED]
            decided = [c and bool(ours.linked[i] and base.linked[i]) for i, c in enumerate(counts)]
            hidden = shield(masks(labels, decided), LEAST)
            if protected:
                first = masks(OPEN, decided)
                away = shield(first, LEAST)
                hidden = shield(masks(labels, decided), LEAST, {g: w for g, w in first.items() if g not in away})
            for (kenmerk, groep_naam), members in masks(labels, counts).items():
                row = {"beleid": name, "basislijn": "gewoon", "kenmerk": kenmerk, "groep": groep_naam, "maat": maat}
                if (kenmerk, groep_naam) in hidden:
                    rows.append({**row, "onderdrukt": "ja"})
                    continue
                mine = [i for i, m in enumerate(members) if m]
                change = {i: float(ours.values[maat][i] - base.values[maat][i]) for i in mine if decided[i]}
                good = {i: -d if maat == "afstand_km" else d for i, d in change.items()}
                up = sum(d >= float(smallest[maat]) - 1e-9 for d in good.values())
                down = sum(-d >= float(smallest[maat]) - 1e-9 for d in good.values())
                mean = sum(change.values()) / len(change)
                homes: dict[str, float] = {}
                for i, d in change.items():
                    home = str(ADULTS[i]["huishouden_id"])
                    homes[home] = homes.get(home, 0.0) + d - mean
                m = len(homes)
                e = (m / (m - 1) * sum(v * v for v in homes.values())) ** 0.5 / len(change)
                rows.append(
                    {
                        **row,
                        "onderdrukt": "nee",
                        "volwassenen": len(mine),
                        "onbeslist": len(mine) - len(change),
                        "winnaars": up,
                        "gelijk": len(change) - up - down,
                        "verliezers": down,
                        "verschil": mean,
                        "laag": mean - 1.959964 * e,
                        "hoog": mean + 1.959964 * e,
                    }
                )
    return rows


@pytest.mark.parametrize("protected", [False, True])
def test_every_row_is_what_plain_python_counts(protected: bool) -> None:
    found = winners(BATCH, FOUND, "gewoon", RULES, PROTECTED if protected else None)
    rows = expected(protected)
    assert list(found.columns) == uitvoer.WINNAARS.names
    assert {row["onderdrukt"] for row in rows} == {"ja", "nee"}
    assert len(found) == len(rows)
    for got, row in zip(found.to_dict("records"), rows, strict=True):
        for column, value in got.items():
            if column not in row:
                assert pd.isna(value), (row, column)
            elif isinstance(row[column], float):
                assert value == pytest.approx(row[column], abs=1e-12), (row, column)
            else:
                assert value == row[column], (row, column)


def test_the_protected_table_hides_what_the_open_one_would_give_away() -> None:
    # Those in reception in Utrecht but one: with the open table beside it that one would be the difference.
    alone = [a["persoon_id"] for a in ADULTS if OPEN[NAMED.index(str(a["persoon_id"]))]["opvang_gemeente"] == UTRECHT]
    sexes = ["v" if name in alone[1:] else "m" for name in NAMED]
    odd = pd.DataFrame({"persoon_id": NAMED, "sekse": sexes, "leeftijdsgroep": "", "huishoudtype": ""})
    everyone = {"een": FOUND["drie"], "gewoon": FOUND["gewoon"]}
    table = winners(BATCH, everyone, "gewoon", RULES, odd)
    of_chance = table[table["maat"] == "kans_werk"].set_index("groep")["onderdrukt"].to_dict()
    assert of_chance == {"v": "ja", "m": "ja"}
    open_table = winners(BATCH, everyone, "gewoon", RULES)
    shown = open_table[(open_table["maat"] == "kans_werk") & (open_table["groep"] == UTRECHT)]
    assert shown["onderdrukt"].tolist() == ["nee"]
    # Alone neither would be hidden.
    assert shield({("sekse", sex): np.array(sexes) == sex for sex in "mv"}, LEAST) == set()


def test_the_groups_of_the_input_stand_in_the_order_of_their_lists() -> None:
    groups = open_groups(BATCH)
    wanted = masks(OPEN, [True] * len(ADULTS))
    assert list(groups) == list(wanted)
    for group, members in wanted.items():
        assert groups[group].dtype == np.bool_
        assert groups[group].tolist() == members.tolist(), group


def test_who_is_not_named_and_who_has_no_word_is_unknown_and_an_empty_characteristic_is_none() -> None:
    groups = protected_groups(BATCH, PROTECTED)
    wanted = masks(CLOSED, [True] * len(ADULTS))
    assert list(groups) == list(wanted)
    for group, members in wanted.items():
        assert groups[group].tolist() == members.tolist(), group
    assert 0 < groups["sekse", "onbekend"].sum() < groups["huishoudtype", "onbekend"].sum()


def test_a_difference_of_exactly_the_smallest_counts_also_when_it_is_a_binary_number_short() -> None:
    change = np.array([0.3 - 0.2, 0.2 - 0.3, 0.0999, -0.0999, 0.0, 0.5])
    assert change[0] < 0.1
    alone = np.arange(6)
    found = counted(change, np.ones(6, dtype=np.bool_), alone, 0.1, "kans_werk")
    assert (found["winnaars"], found["gelijk"], found["verliezers"]) == (2, 3, 1)
    nearer = counted(change, np.ones(6, dtype=np.bool_), alone, 0.1, "afstand_km")
    assert (nearer["winnaars"], nearer["gelijk"], nearer["verliezers"]) == (1, 3, 2)
    assert nearer["verschil"] == found["verschil"] == pytest.approx(0.5 / 6)


def test_the_interval_counts_households_by_hand() -> None:
    # In the group household 7 with two adults, and 3 with one: mean 2, and sums of what is off -1 and 1.
    change, household = np.array([1.0, 9.0, 2.0, 3.0]), np.array([7, 5, 7, 3])
    found = counted(change, np.array([True, False, True, True]), household, 0.5, "kans_werk")
    # e^2 = 2 / 1 * ((-1)^2 + 1^2) / 3^2 = 4 / 9.
    assert found["verschil"] == pytest.approx(2.0)
    assert found["hoog"] == pytest.approx(2.0 + 1.959964 * 2 / 3)
    assert found["laag"] == pytest.approx(2.0 - 1.959964 * 2 / 3)
    # Three households: e^2 = 3 / 2 * (0 + 1 + 1) / 9 = 1 / 3.
    three = counted(np.array([2.0, 1.0, 3.0]), np.ones(3, dtype=np.bool_), np.array([4, 0, 9]), 0.5, "kans_werk")
    assert three["hoog"] == pytest.approx(2.0 + 1.959964 / 3**0.5)


def test_with_one_household_there_is_no_interval() -> None:
    found = counted(np.array([1.0, 3.0]), np.ones(2, dtype=np.bool_), np.array([4, 4]), 0.5, "kans_werk")
    assert found["verschil"] == pytest.approx(2.0)
    assert [found["laag"], found["hoog"]] == pytest.approx([np.nan, np.nan], nan_ok=True)
