"""Maps of jobs: where the work is, which circle the rule draws around it, and where each worker goes."""

import datetime
from dataclasses import dataclass, replace
from math import hypot

import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.places import centres
from optimizer.report.drawing import drawn
from optimizer.report.job_points import job_points

#: Circles that a map can show before it becomes a knot.
CIRCLES = 5
#: Radius of the dot of one job (km on the map); its area is in proportion to the jobs.
DOT_KM = 1.3


@dataclass(frozen=True)
class Workplace:
    """A municipality, or a place in it, where people of the batch work, with what becomes of the jobs.

    Parameters
    ----------
    code, name
        Code of the municipality, and what people call the workplace.
    x, y, radius
        Its dot on the map (km).
    jobs, within, lost, outside, ended, waiting
        Jobs in all, and by outcome (binnen_50km, verloren_regel, al_buiten, loopt_af, niet_gekoppeld).
    expected_loss
        Expected loss through the move, jobs.
    circled
        Whether the map draws the circle of the rule around it.
    """

    code: str
    name: str
    x: float
    y: float
    radius: float
    jobs: int
    within: int
    lost: int
    outside: int
    ended: int
    waiting: int
    expected_loss: float
    circled: bool


@dataclass(frozen=True)
class Line:
    """The way from a workplace to where its worker goes to live; ``outcome`` as in ``banen.csv``."""

    path: str
    outcome: str
    title: str


def workplaces(banen: pd.DataFrame, straal_km: float, day: datetime.date) -> tuple[Workplace, ...]:
    """Add up the jobs of a run by workplace: most lost first, then most jobs, then by name.

    Circles are given in that order, but not to a workplace that lies inside the circle of an earlier one.

    Parameters
    ----------
    banen
        Columns of ``uitvoer.BANEN``.
    straal_km
        Radius of the circles.
    day
        The peildatum of the run.
    """
    points = job_points(banen, day)
    keys = list(zip(points.gemeente.tolist(), points.name.tolist(), strict=True))
    places = drawn(points.xy)
    found = []
    for key in sorted(set(keys)):
        here = [i for i, other in enumerate(keys) if other == key]
        mine = banen.iloc[here]
        by = mine["uitkomst"].value_counts()
        found.append(
            Workplace(
                code=str(load_gemeenten().code[key[0]]),
                name=key[1],
                x=round(float(places[here[0], 0]), 1),
                y=round(float(places[here[0], 1]), 1),
                radius=round(DOT_KM * len(mine) ** 0.5, 2),
                jobs=len(mine),
                within=int(by.get("binnen_50km", 0)),
                lost=int(by.get("verloren_regel", 0)),
                outside=int(by.get("al_buiten", 0)),
                ended=int(by.get("loopt_af", 0)),
                waiting=int(by.get("niet_gekoppeld", 0)),
                expected_loss=float(mine["verwacht_verloren"].sum()),
                circled=False,
            )
        )
    ordered = sorted(found, key=lambda w: (-w.lost, -w.jobs, w.name))
    circled: list[Workplace] = []
    for w in ordered:
        if len(circled) < CIRCLES and all(hypot(w.x - c.x, w.y - c.y) > straal_km for c in circled):
            circled.append(w)
    return tuple(replace(w, circled=w in circled) for w in ordered)


def lines(banen: pd.DataFrame, day: datetime.date) -> tuple[Line, ...]:
    """Return a line from each job to the linked municipality; none where they are the same or nothing is linked."""
    g = load_gemeenten()
    apart = banen[(banen["gemeente"] != "") & (banen["gemeente"] != banen["werk_gemeente"])]
    points, home = job_points(apart, day), g.rows(apart["gemeente"].tolist())
    ends = zip(drawn(points.xy), drawn(centres(day)[home]), strict=True)
    titles = (f"{name} \N{RIGHTWARDS ARROW} {g.naam[h]}" for name, h in zip(points.name, home.tolist(), strict=True))
    return tuple(
        Line("M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*work, *live), str(outcome), title)
        for (work, live), outcome, title in zip(ends, apart["uitkomst"], titles, strict=True)
    )
