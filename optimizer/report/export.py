"""Layers written for a GIS: one GeoPackage, or a folder of GeoParquet files; whole or not at all."""

import tempfile
from datetime import date
from pathlib import Path

import pyogrio

from optimizer.report.layers import Layers

GEOPACKAGE = ".gpkg"
#: GDAL writes this moment into a GeoPackage instead of that of the clock.
CLOCK = "OGR_CURRENT_DATE"


def write_geopackage(path: Path, layers: Layers, peildatum: date) -> None:
    """Write every layer into one GeoPackage; the same layers and date give the same bytes.

    Parameters
    ----------
    path
        The file; its folder is made.
    peildatum
        The date that the file gives as its own.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    before = pyogrio.get_gdal_config_option(CLOCK)
    pyogrio.set_gdal_config_options({CLOCK: f"{peildatum.isoformat()}T00:00:00.000Z"})
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as beside:
            part = Path(beside) / path.name
            for name, frame in layers.items():
                frame.to_file(part, layer=name, driver="GPKG", engine="pyogrio")
            part.replace(path)
    finally:
        pyogrio.set_gdal_config_options({CLOCK: before})


def write_geoparquet(folder: Path, layers: Layers) -> None:
    """Write every layer as ``NAME.parquet`` (GeoParquet 1.1) into a folder.

    Raises
    ------
    OSError
        When a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".bezig.") as beside:
        for name, frame in layers.items():
            part = Path(beside) / f"{name}.parquet"
            frame.to_parquet(part, index=False, schema_version="1.1.0")
            part.replace(folder / part.name)
