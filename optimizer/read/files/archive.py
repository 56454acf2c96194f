"""The parts of a workbook, which is a zip file of XML: sizes are looked at before anything is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self
from xml.parsers import expat

#: Bytes of XML of one workbook, unpacked. A month of 20,000 households takes about 20 million.
LARGEST = 256 * 1024**2
#: What zip archives and XML raise on a file that is damaged, locked or something else.
DAMAGED = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    IndexError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


class TooLarge(Exception):
    """Unpacked, the workbook would be larger than `LARGEST`."""


class Archive:
    """The parts of a zip file, read within a budget that all parts share.

    Raises
    ------
    zipfile.BadZipFile
        When the bytes are no zip file.
    """

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._left = LARGEST

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, part: str) -> bool:
        return part in self._zip.NameToInfo

    def read(self, part: str) -> bytes:
        """Return the bytes of a part.

        Raises
        ------
        KeyError
            When there is no such part.
        TooLarge
            When the part announces more bytes than are left, or holds more than it announces.
        """
        announced = self._zip.getinfo(part).file_size
        if announced > self._left:
            raise TooLarge
        with self._zip.open(part) as stream:
            data = stream.read(announced + 1)
        if len(data) > announced:
            raise TooLarge
        self._left -= announced
        return data


def walk(xml: bytes, start: Start, end: End = lambda _: None, text: Callable[[str], None] | None = None) -> None:
    """Go through XML once; tags and attributes go by their local name, whatever namespace they are in.

    Excel writes the same file in two namespaces ("Strict Open XML"), so only the local name tells what an element is.

    Parameters
    ----------
    start, end, text
        Told of every element that opens (name, attributes), every one that closes, and the text between.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: start(local(tag), {local(k): v for k, v in attributes.items()})
    parser.EndElementHandler = lambda tag: end(local(tag))
    if text is not None:
        parser.CharacterDataHandler = text
    parser.EntityDeclHandler = _refuse  # no workbook declares an entity; a bomb does
    parser.Parse(xml, True)


def local(tag: str) -> str:
    """Return a name without its namespace.

    >>> local("http://schemas.openxmlformats.org/spreadsheetml/2006/main}row"), local("row")
    ('row', 'row')
    """
    return tag.rpartition("}")[2]


def _refuse(*_: object) -> None:
    raise ValueError("entity")
