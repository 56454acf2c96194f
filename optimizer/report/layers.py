"""A finished run as layers for a GIS, in EPSG:28992: gemeenten, banen and verhuizingen."""

from collections.abc import Mapping
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.areas import CRS
from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import bestaat, into
from geodata.mapareas import MapAreas
from geodata.places import centres
from optimizer.domain.finished import RunFolder
from optimizer.report.job_points import job_points

Layers = Mapping[str, gpd.GeoDataFrame]


def layers(run: RunFolder, areas: MapAreas) -> Layers:
    """Return the layers of a run by name.

    Grounds and reasons are left out: they are for the regievoerder alone.

    Parameters
    ----------
    run
        What `optimizer.read.run.read_run` found.
    areas
        The areas to show; column ``grenzen`` says which they are.

    Returns
    -------
    ``gemeenten`` (areas; every municipality, without opgave where the input names none), ``banen`` (points at the place
    of work where the run knew it, else the centre of its municipality, one per job) and ``verhuizingen`` (lines from
    reception to the linked municipality, one per linked household; without geometry where these are the same), all in
    EPSG:28992
    """
    return {
        "gemeenten": _gemeenten(run.taakstelling, areas, run.peildatum),
        "banen": _banen(run.banen, run.peildatum),
        "verhuizingen": _verhuizingen(run.voorstel, run.peildatum),
    }


def _gemeenten(taakstelling: pd.DataFrame, areas: MapAreas, day: date) -> gpd.GeoDataFrame:
    """Put the opgave beside the area of every municipality of a day."""
    g, belongs = load_gemeenten(), into(day)
    shapes = areas.frame.geometry.to_numpy().copy()
    for row in np.unique(belongs[~bestaat(day)]):
        shapes[row] = shapely.union_all(shapes[belongs == row])
    task = taakstelling.set_index("gemeente").reindex(g.code.tolist())
    opgave, placed = (task[name].to_numpy(np.float64) for name in ("opgave", "voorgesteld"))
    share = np.divide(placed, opgave, out=np.full(len(g), np.nan), where=opgave > 0)
    frame = gpd.GeoDataFrame(
        {
            "gemeente": g.code.astype(object),
            "naam": g.naam.astype(object),
            "arbeidsmarktregio": g.arbeidsmarktregio_naam.astype(object),
            "koppelregio": g.koppelregio.astype(object),
            "inwoners": np.bincount(belongs, weights=g.inwoners, minlength=len(g)).astype(np.int64),
            "opgave": opgave,
            "voorgesteld": placed,
            "rest": task["rest"].to_numpy(np.float64),
            "gevuld": share,
            "grenzen": f"CBS en Kadaster, 1 januari {areas.jaar}"
            if areas.jaar
            else "benaderd: dichtstbijzijnde plaats",
        },
        geometry=shapes,
        crs=CRS,
    )
    return frame[bestaat(day)].reset_index(drop=True)


def _banen(banen: pd.DataFrame, day: date) -> gpd.GeoDataFrame:
    points = job_points(banen, day)
    named = banen.assign(werk_gemeente_naam=load_gemeenten().naam[points.gemeente].astype(object))
    return gpd.GeoDataFrame(named, geometry=shapely.points(points.xy), crs=CRS)


def _verhuizingen(voorstel: pd.DataFrame, day: date) -> gpd.GeoDataFrame:
    g = load_gemeenten()
    linked = voorstel[voorstel["status"] != "niet_gekoppeld"].reset_index(drop=True)
    start, end = (g.rows(linked[name].tolist()) for name in ("opvang_gemeente", "gemeente"))
    return gpd.GeoDataFrame(
        {
            "huishouden_id": linked["huishouden_id"],
            "aantal_personen": linked["aantal_personen"].astype(np.int64),
            "opvang_gemeente": linked["opvang_gemeente"],
            "opvang_gemeente_naam": g.naam[start].astype(object),
            "gemeente": linked["gemeente"],
            "gemeente_naam": linked["gemeente_naam"],
            "status": linked["status"],
            "afstand_km": matrix("straight", day)[end, start].round(3),
        },
        geometry=_lines(centres(day)[start], centres(day)[end]),
        crs=CRS,
    )


def _lines(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return a line for each move, shape [n]; none (a row without geometry) for who stays in the same municipality."""
    found = np.full(len(start), None, dtype=object)
    moves = (start != end).any(axis=1)
    found[moves] = shapely.linestrings(np.stack([start[moves], end[moves]], axis=1))
    return found
