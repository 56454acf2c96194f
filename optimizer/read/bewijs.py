"""`bewijs.json.gz` of a run: unpacked within bounds, and handed on as plain data that nobody has believed yet."""

import gzip
import io
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from optimizer.domain.uitvoer import BEWIJS

#: Bytes of JSON, unpacked. A month of 2,900 households takes about 30 million.
LARGEST = 512 * 1024**2


def read_bewijs(folder: Path) -> Mapping[str, Any] | None:
    """Return what the certificates of a run say; None where the file is not there or cannot be read."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO((folder / BEWIJS).read_bytes())) as packed:
            text = packed.read(LARGEST + 1)
        found = json.loads(text.decode("utf-8"), parse_constant=_no_number) if len(text) <= LARGEST else None
    except (OSError, EOFError, ValueError, RecursionError, zlib.error):
        return None
    return found if isinstance(found, dict) else None


def _no_number(text: str) -> None:
    raise ValueError(text)
