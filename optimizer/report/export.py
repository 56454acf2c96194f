"""Layers written for a GIS: one GeoPackage, or a folder of GeoParquet files."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pyogrio

from optimizer.report.layers import Layers

GEOPACKAGE = ".gpkg"
#: A file that every folder of layers holds.
LAYER_FILE = "gemeenten.parquet"
#: GDAL writes this moment into a GeoPackage instead of that of the clock.
CLOCK = "OGR_CURRENT_DATE"
#: With less room than this left, a failure of GDAL is a full disk: GDAL itself does not say.
_ROOM = 1 << 20


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
        with _failures_of_the_disk(path.parent):
            for name, frame in layers.items():
                frame.to_file(path, layer=name, driver="GPKG", engine="pyogrio")
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


@contextmanager
def _failures_of_the_disk(folder: Path) -> Iterator[None]:
    """Turn a failure of GDAL into one of the disk."""
    try:
        yield
    except (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError, pyogrio.errors.DataLayerError) as error:
        room = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize if hasattr(os, "statvfs") else _ROOM
        code = errno.ENOSPC if room < _ROOM else errno.EIO
        raise OSError(code, os.strerror(code)) from error
