"""Random months that can be linked in full by construction: who goes where first, grounds and opgaven around it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    GRONINGEN,
    MAASTRICHT,
    ROTTERDAM,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    grond,
    huishouden,
)

PLACES = (UTRECHT, AMERSFOORT, AMSTERDAM, ROTTERDAM, ZWOLLE, MAASTRICHT, GRONINGEN)
G = load_gemeenten()
KM = matrix("straight")


def km(a: str, b: str) -> float:
    return float(KM[G.index[a], G.index[b]])


@dataclass(frozen=True)
class Maand:
    """A batch, and a municipality for every household that honours its grounds and fits in the opgaven."""

    batch: Batch
    answer: dict[str, str]


@st.composite
def maanden(draw: st.DrawFn, households: int = 6, places: tuple[str, ...] = PLACES) -> Maand:
    """Months of at most ``households`` households on the ``places``."""
    people: list[dict[str, Any]] = []
    jobs: list[dict[str, Any]] = []
    grounds: list[dict[str, Any]] = []
    answer: dict[str, str] = {}
    for i in range(draw(st.integers(1, households))):
        name, home = f"H{i}", draw(st.sampled_from(places))
        near = [p for p in places if km(home, p) <= 50]
        people.append(
            huishouden(
                name,
                aantal_personen=draw(st.integers(1, 5)),
                opvang_gemeente=draw(st.sampled_from(places)),
                vergunning_datum=draw(st.sampled_from(["2026-08-01", "2026-09-01"])),
            )
        )
        for _ in range(draw(st.integers(0, 2))):
            hours = draw(st.sampled_from([4.0, 8.0, 36.0]))
            place = draw(st.sampled_from(near if hours >= 8 else places))
            jobs.append(baan(name, place, uren_per_week=hours, contract_maanden=draw(st.sampled_from([None, 2, 9]))))
        if draw(st.booleans()):
            grounds.append(
                grond(name, draw(st.sampled_from(["gezin", "studie", "medisch"])), draw(st.sampled_from(near)))
            )
        answer[name] = home
    room = {p: draw(st.integers(0, 2)) for p in places}
    for person in people:
        room[answer[person["huishouden_id"]]] += person["aantal_personen"]
    return Maand(groep(people, room, werk=jobs, gronden=grounds), answer)


def rows(codes: list[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([G.index[c] if c else -1 for c in codes], dtype=np.int64)
