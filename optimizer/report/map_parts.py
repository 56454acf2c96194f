"""What the sections with maps show: the map, its description in words, and the rows of the table beside it."""

import datetime
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.report import job_maps, maps
from optimizer.report.drawing import ground
from optimizer.report.language import Language
from optimizer.report.reach import BANDS, Reach, catchment


class Fill(NamedTuple):
    """Opgave, proposal and rest of a region or municipality, in persons."""

    name: str
    opgave: int
    placed: int
    rest: int

    def __add__(self, other: "Fill") -> "Fill":  # type: ignore[override]
        """Return the two together."""
        return Fill("", self.opgave + other.opgave, self.placed + other.placed, self.rest + other.rest)


def fill_parts(t: Language, taakstelling: pd.DataFrame, day: datetime.date) -> Mapping[str, Any]:
    """Return the map of opgave and proposal with its tables, in the division of a day."""
    shapes = maps.fill_map(taakstelling, day)
    fills = [s.fill for s in shapes]
    full = sum(f is not None and f >= len(maps.CLASSES) - 1 for f in fills)
    regions = region_rows(taakstelling)
    return {
        "shapes": shapes,
        "jaar": ground(day).jaar,
        "borders": ground(day).koppelregios,
        "legend": sorted({f for f in fills if f is not None}) + ([None] if None in fills else []),
        "map_description": t("kaart.alt", full=full, part=sum(f in (1, 2, 3, 4) for f in fills), none=fills.count(0)),
        "regions": regions,
        "whole": sum(regions[1:], regions[0]) if regions else None,
        "places": place_rows(taakstelling),
    }


def shortage_parts(niet_gekoppeld: pd.DataFrame, day: datetime.date) -> Mapping[str, Any]:
    """Return the map of where shortages are proven; no shapes where none is."""
    shapes = maps.shortage_map(niet_gekoppeld, day)
    fills = {s.fill for s in shapes}
    inside = sum(s.fill != 0 for s in shapes)
    return {"shortage": shapes if inside else (), "shortage_legend": sorted(fills - {None}), "shortage_count": inside}


def move_parts(voorstel: pd.DataFrame, straal_km: float, day: datetime.date) -> Mapping[str, Any]:
    """Return the map of moves from reception to the linked municipality, by province."""
    rows = voorstel[(voorstel["status"] != "niet_gekoppeld").to_numpy()]
    moved = maps.moves(
        rows["opvang_gemeente"].tolist(),
        rows["gemeente"].tolist(),
        rows["aantal_personen"].astype(int).tolist(),
        straal_km,
        day,
    )
    drawn = [f for f in moved.flows if f.path]
    changing = sum(f.persons for f in moved.flows)
    return {
        "moves": moved,
        "drawn": drawn,
        "drawn_share": sum(f.persons for f in drawn) / changing if changing else 1.0,
        "staying": sum(f.persons for f, _, _ in moved.stays),
        "largest_stay": max((f.persons for f, _, _ in moved.stays), default=1),
    }


def job_parts(banen: pd.DataFrame, straal_km: float, day: datetime.date) -> Mapping[str, Any]:
    """Return the map of jobs and of where their workers go to live."""
    return {
        "workplaces": job_maps.workplaces(banen, straal_km, day),
        "job_lines": job_maps.lines(banen, day),
        "job_count": len(banen),
        "straal_km": straal_km,
    }


def reach_parts(
    werk: str | None, straal_km: float, taakstelling: pd.DataFrame, day: datetime.date
) -> Mapping[str, Any]:
    """Return the catchment of a workplace by each measure; None: there is no workplace to show."""
    if werk is None:
        return {"reach": None}
    found = catchment(werk, straal_km, taakstelling, day)
    paths = ground(day).gemeenten
    limits = [0.0, *(share * straal_km for share in BANDS)]

    def joined(reach: Reach, band: int) -> str:
        return "".join(path for path, b in zip(paths, reach.bands, strict=True) if b == band)

    return {
        "reach": found,
        "bands": list(pairwise(limits)),
        "within": {r.measure: [joined(r, band) for band in range(len(BANDS))] for r in found.reaches},
    }


def busiest(banen: pd.DataFrame) -> str | None:
    """Return the municipality where most people work (of several the first code); None without a job."""
    counts = banen["werk_gemeente"].value_counts().sort_index()
    return str(counts.idxmax()) if len(counts) else None


def region_rows(taakstelling: pd.DataFrame) -> list[Fill]:
    """Add up the opgave and the proposal by labour-market region, in order of name."""
    g = load_gemeenten()
    region = pd.Series(g.arbeidsmarktregio_naam[g.rows(taakstelling["gemeente"].tolist())])
    summed = taakstelling[["opgave", "voorgesteld", "rest"]].reset_index(drop=True).groupby(region).sum()
    return [Fill(str(name), int(o), int(v), int(r)) for name, o, v, r in summed.itertuples()]


def place_rows(taakstelling: pd.DataFrame) -> list[Fill]:
    """Return the municipalities with an opgave or a proposal, in order of name."""
    rows = taakstelling[["gemeente_naam", "opgave", "voorgesteld", "rest"]].itertuples(index=False)
    fills = [Fill(str(name), int(o), int(v), int(r)) for name, o, v, r in rows if o or v]
    return sorted(fills, key=lambda f: f.name.lstrip("'").casefold())
