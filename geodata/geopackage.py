"""Layers into a GeoPackage, with the failures of a disk as every other writer has them."""

import errno
import os
import shutil
from pathlib import Path

import geopandas as gpd
import pyogrio

#: With less room than this left, a failure of GDAL is a full disk: GDAL itself does not say.
_ROOM = 1 << 20


def write_layer(path: Path, layer: str, frame: gpd.GeoDataFrame) -> None:
    """Add a layer to a GeoPackage; the file is made if it is not there.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    try:
        frame.to_file(path, layer=layer, driver="GPKG", engine="pyogrio")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as error:
        code = errno.ENOSPC if shutil.disk_usage(path.parent).free < _ROOM else errno.EIO
        raise OSError(code, os.strerror(code), str(path)) from error
