"""A folder in one piece and back: how a round keeps its run and its input, and how the COA uploads them."""

import io
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from geodata.wording import Sentence
from optimizer.errors import Geweigerd

#: Bytes of everything in one upload, unpacked, and files in it.
LARGEST, MOST_FILES = 512 * 1024**2, 5000
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)
_NO_ZIP = Sentence("Dit is geen leesbaar zip-bestand.", "This is no readable zip file.")
_TOO_LARGE = Sentence(
    "Uitgepakt is dit bestand te groot (meer dan {mb} MB of {n} bestanden).",
    "Unpacked this file is too large (over {mb} MB or {n} files).",
)
_OUTSIDE = Sentence(
    "In het zip-bestand staat een naam die niet mag: een pad naar buiten of een verwijzing.",
    "The zip file holds a name that is not allowed: a path to the outside or a link.",
)


def packed(folder: Path) -> bytes:
    """Return the files of a folder, or one file, as the bytes of a zip; the same files give the same bytes."""
    files = [folder] if folder.is_file() else sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in files:
            name = path.name if folder.is_file() else path.relative_to(folder).as_posix()
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unpack(data: bytes, folder: Path) -> None:
    """Write the files of a zip into an empty folder, within `LARGEST`.

    Raises
    ------
    Geweigerd
        When it is no zip, too large, or names a place outside the folder.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or sum(e.file_size for e in entries) > LARGEST:
                raise Geweigerd(*_TOO_LARGE.fill(mb=LARGEST // 1024**2, n=MOST_FILES))
            for entry in entries:
                _write(archive, entry, folder)
    except _DAMAGED as error:
        raise Geweigerd(*_NO_ZIP) from error


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    link = stat.S_ISLNK(entry.external_attr >> 16)
    if name.is_absolute() or ".." in name.parts or link or ":" in entry.filename or "\0" in entry.filename:
        raise Geweigerd(*_OUTSIDE)
    if entry.is_dir():
        return
    place = folder.joinpath(*name.parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise Geweigerd(*_TOO_LARGE.fill(mb=LARGEST // 1024**2, n=MOST_FILES))
    place.write_bytes(content)


def only_folder(folder: Path, sign: str) -> Path:
    """Return the folder in which a file stands: this one, or the one folder in it, as people often pack a folder."""
    if (folder / sign).is_file():
        return folder
    inside = [p for p in folder.iterdir() if p.is_dir()]
    return inside[0] if len(inside) == 1 and (inside[0] / sign).is_file() else folder
