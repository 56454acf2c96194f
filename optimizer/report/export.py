"""Layers written for a GIS: one GeoPackage, or a folder of GeoParquet files."""

from datetime import date
from pathlib import Path

import pyogrio

from geodata.geopackage import write_layer
from optimizer.report.layers import Layers

GEOPACKAGE = ".gpkg"
#: A file that every folder of layers holds.
LAYER_FILE = "gemeenten.parquet"
#: GDAL writes this moment into a GeoPackage instead of that of the clock.
CLOCK = "OGR_CURRENT_DATE"


def write_geopackage(path: Path, layers: Layers, peildatum: date) -> None:
    """Write every layer into one GeoPackage; the same layers and date give the same bytes.

    Parameters
    ----------
    path
        The new file.
    peildatum
        The date that the file gives as its own.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    before = pyogrio.get_gdal_config_option(CLOCK)
    pyogrio.set_gdal_config_options({CLOCK: f"{peildatum.isoformat()}T00:00:00.000Z"})
    try:
        for name, frame in layers.items():
            write_layer(path, name, frame)
    finally:
        pyogrio.set_gdal_config_options({CLOCK: before})


def write_geoparquet(folder: Path, layers: Layers) -> None:
    """Write every layer as ``NAME.parquet`` (GeoParquet 1.1) into a folder.

    Raises
    ------
    OSError
        When a file cannot be written.
    """
    for name, frame in layers.items():
        frame.to_parquet(folder / f"{name}.parquet", index=False, schema_version="1.1.0")
