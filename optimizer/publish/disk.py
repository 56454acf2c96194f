"""Why a disk refuses, in words that say what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from geodata.wording import Sentence, joined
from optimizer.errors import SchrijfFout

#: As many characters of a name as a sentence shows.
_SHOWN = 200


class Cause(NamedTuple):
    """Why nothing can be written, and what helps."""

    why: Sentence
    remedy: Sentence


ELSEWHERE = Sentence("Kies een andere plek.", "Choose another place.")
_ROOM = Sentence("Maak ruimte, of kies een andere schijf.", "Make room, or choose another disk.")
_RENAME = Sentence("Kies een andere naam.", "Choose another name.")
_DENIED = Cause(Sentence("u mag daar niet schrijven", "you may not write there"), ELSEWHERE)
_ON_A_FILE = Cause(Sentence("een deel van het pad is een bestand", "a part of the path is a file"), ELSEWHERE)
NOT_A_NAME = Cause(
    Sentence("de naam bevat tekens die niet kunnen", "the name holds characters that are not possible"), _RENAME
)
DEAD_LINK = Cause(
    Sentence("een snelkoppeling in dat pad wijst naar niets", "a link in that path points to nothing"), ELSEWHERE
)
LOOP = Cause(
    Sentence("snelkoppelingen in dat pad wijzen naar elkaar", "links in that path point to each other"), ELSEWHERE
)
NO_PARENT = Cause(
    Sentence("die map is er niet", "that folder is not there"),
    Sentence("Maak eerst de map, of kies een andere.", "Make the folder first, or choose another one."),
)
NO_FOLDER_HERE = Cause(
    Sentence("de map waarin u staat is er niet meer", "the folder that you are in is gone"),
    Sentence("Ga eerst naar een map die er is.", "Go to a folder that is there first."),
)
_CAUSES = {
    errno.ENOSPC: Cause(Sentence("de schijf is vol", "the disk is full"), _ROOM),
    errno.EDQUOT: Cause(
        Sentence("de schijfruimte van uw account is op", "the disk space of your account is used up"), _ROOM
    ),
    errno.EBADF: Cause(Sentence("de uitvoer is dicht", "the output is closed"), ELSEWHERE),
    errno.EFBIG: Cause(
        Sentence("een bestand wordt te groot voor deze schijf", "a file gets too large for this disk"), _ROOM
    ),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: Cause(Sentence("die schijf is alleen te lezen", "that disk can only be read"), ELSEWHERE),
    errno.ENOENT: Cause(Sentence("dat is er niet", "that is not there"), ELSEWHERE),
    errno.ENOTDIR: _ON_A_FILE,
    errno.EEXIST: _ON_A_FILE,
    errno.ELOOP: LOOP,
    errno.EINVAL: NOT_A_NAME,
    errno.EILSEQ: NOT_A_NAME,
    errno.ENAMETOOLONG: Cause(
        Sentence("de naam is te lang", "the name is too long"),
        Sentence("Kies een kortere naam.", "Choose a shorter name."),
    ),
}


def failure(place: Path, cause: Cause) -> SchrijfFout:
    """Return the failure that says why nothing can be written at a place."""
    shown = _shown(place)
    return SchrijfFout(
        f"De uitkomst kan niet worden geschreven in '{shown}': {cause.why.nl}. Er is niets achtergebleven. "
        f"{cause.remedy.nl}",
        f"The outcome cannot be written to '{shown}': {cause.why.en}. Nothing is left behind. {cause.remedy.en}",
    )


def trouble(error: OSError) -> Sentence:
    """Say that a file cannot be used, and why, where nothing more is known of what it is for."""
    cause = cause_of(error)
    if error.filename is None:
        return joined([Sentence("Dit kan niet: {why}.", "This cannot be: {why}.").fill(why=cause.why), cause.remedy])
    said = Sentence(
        "'{name}' kan niet worden gelezen of geschreven: {why}. {remedy}",
        "'{name}' cannot be read or written: {why}. {remedy}",
    )
    return said.fill(name=_shown(error.filename), why=cause.why, remedy=cause.remedy)


@contextmanager
def explained(place: Path) -> Iterator[None]:
    """Turn a failure of the disk into a sentence.

    Raises
    ------
    SchrijfFout
        For every OSError inside.
    """
    try:
        yield
    except OSError as error:
        raise failure(place, cause_of(error)) from error


def cause_of(error: OSError) -> Cause:
    """Return why the system refused, and what helps."""
    if isinstance(error, FileNotFoundError) and error.filename is None:  # asked where we are
        return NO_FOLDER_HERE
    told = error.strerror or str(error)
    return _CAUSES.get(error.errno or 0, Cause(Sentence(told, told), ELSEWHERE))


def _shown(name: object) -> str:
    """Return a name as it can be printed; of a long one the beginning."""
    text = str(name).encode("utf-8", "replace").decode()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
