"""Whether something may be written at a place, asked before any work is done.

What a person has is never taken away: not the input, not the folder that one stands in, not what somebody else made,
and nothing that was changed or added since this program wrote it. ``force`` does not change that.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from optimizer.errors import Geweigerd
from optimizer.publish import ours
from optimizer.publish.disk import DEAD_LINK, LOOP, NO_FOLDER_HERE, NO_PARENT, NOT_A_NAME, explained, failure
from optimizer.publish.staging import beside

#: What every run and every comparison holds; a folder without it is neither.
RUN = "run.json"
#: As many names of somebody's files as a sentence tells.
_TOLD = 3


def check_free(target: Path, *, sign: str = RUN, force: bool = False, inputs: Sequence[Path] = ()) -> Path:
    """Refuse a place where no folder may be written; return where it would come.

    Parameters
    ----------
    target
        Where the folder must come. It may be there already when it is empty.
    sign
        A file that every folder of this kind holds; a folder without it is not replaced.
    force
        Allow that a folder of this kind that stands there is replaced.
    inputs
        Files and folders that the work reads.

    Raises
    ------
    Geweigerd
        When what stands there may not be replaced.
    SchrijfFout
        When nothing can be written there.
    """
    place = _located(target)
    with explained(place):
        _refuse_input(place, inputs)
        _refuse_where_people_are(place)
        _try(place)
        refuse_taken(place, place, sign, force=force)
    return place


def check_file_free(target: Path, *, parents: bool = False, force: bool = False, inputs: Sequence[Path] = ()) -> Path:
    """Refuse a place where no file may be written, as `check_free` does for a folder; return where it would come.

    Parameters
    ----------
    parents
        Whether its folder may be made. Otherwise a folder that is not there is refused: it is likely misspelt.
    """
    place = _located(target)
    with explained(place):
        if not parents and not place.parent.exists():
            raise failure(target, NO_PARENT)
        _refuse_input(place, inputs)
        _try(place)
        refuse_taken_file(place, place, force=force)
    return place


def refuse_taken(standing: Path, place: Path, sign: str, *, force: bool) -> None:
    """Refuse to replace a folder that is not ours as a whole.

    Parameters
    ----------
    standing
        Where it stands at this moment.
    place
        What people know it by.
    """
    if not os.path.lexists(standing) or (standing.is_dir() and not _names(standing)):
        return
    strangers = ours.foreign(standing) if standing.is_dir() else []
    if not (standing / sign).is_file() or sign in strangers:
        raise Geweigerd(
            f"'{place}' bestaat al en is geen uitkomst van deze opdracht die wij herkennen. "
            "Kies een andere naam, of haal het eerst weg.",
            f"'{place}' exists and is no outcome of this command that we recognise. "
            "Choose another name, or remove it first.",
        )
    if strangers:
        told = ", ".join(f"'{name}'" for name in strangers[:_TOLD]) + (" ..." if len(strangers) > _TOLD else "")
        raise Geweigerd(
            f"In '{place}' is iets van uzelf of van een ander: {told}. Wij vervangen alleen wat dit programma maakte "
            "en niemand veranderde. Bewaar het op een andere plek, of kies een andere naam.",
            f"'{place}' holds something of yours or of somebody else: {told}. Only what this program made and nobody "
            "changed is replaced. Keep it in another place, or choose another name.",
        )
    _refuse_without_force(place, force=force)


def refuse_taken_file(standing: Path, place: Path, *, force: bool) -> None:
    """Refuse to replace a file that this program did not make, or that somebody changed since."""
    if not os.path.lexists(standing):
        return
    if standing.is_dir():
        raise Geweigerd(
            f"'{place}' bestaat al en is een map. Geef de naam van een bestand.",
            f"'{place}' exists and is a folder. Give the name of a file.",
        )
    if not ours.is_ours(standing, place.name, ours.sums_of(place.parent)):
        raise Geweigerd(
            f"'{place}' bestaat al. Dit programma heeft het niet gemaakt, of iemand heeft het sindsdien veranderd. "
            "Kies een andere naam, of haal het eerst weg.",
            f"'{place}' exists. This program did not make it, or somebody has changed it since. "
            "Choose another name, or remove it first.",
        )
    _refuse_without_force(place, force=force)


def _refuse_without_force(place: Path, *, force: bool) -> None:
    if not force:
        raise Geweigerd(
            f"'{place}' bestaat al. Kies een andere naam, of vervang het met --force.",
            f"'{place}' exists. Choose another name, or replace it with --force.",
        )


def _located(target: Path) -> Path:
    """Return the place itself, with every link followed."""
    if not target.is_absolute():
        try:
            Path.cwd()
        except FileNotFoundError as error:
            raise failure(target, NO_FOLDER_HERE) from error
    try:
        str(target).encode()
        with explained(target):
            named = target.absolute()
            for part in (named, *named.parents):
                if part.is_symlink() and not part.exists():
                    raise failure(target, LOOP if _loops(part) else DEAD_LINK)
            return target.resolve()
    except ValueError as error:  # no UTF-8, or a character that ends a name
        raise failure(target, NOT_A_NAME) from error


def _loops(link: Path) -> bool:
    """Tell whether a link that leads nowhere leads to itself."""
    try:
        link.resolve(strict=True)
    except FileNotFoundError:
        return False
    except (OSError, RuntimeError):
        return True
    return False


def _refuse_input(place: Path, inputs: Iterable[Path]) -> None:
    """Refuse the input itself, a folder that holds it, and what a link in it leads to."""
    for given in inputs:
        if any(_holds(place, part) for part in _parts(given)):
            raise Geweigerd(
                f"'{place}' is invoer van deze opdracht, of de map waar die invoer in staat. Kies een andere naam.",
                f"'{place}' is input of this command, or the folder that holds it. Choose another name.",
            )


def _refuse_where_people_are(place: Path) -> None:
    """Refuse a folder that somebody stands in or lives in, and one that cannot be renamed."""
    with suppress(OSError, RuntimeError):
        if _holds(place, Path.cwd()):
            raise Geweigerd(
                f"U staat nu zelf in '{place}'. Kies een andere naam, zoals een map hierin.",
                f"You are in '{place}' yourself. Choose another name, such as a folder in it.",
            )
        if _holds(place, Path.home()) or os.path.ismount(place):
            raise Geweigerd(
                f"'{place}' kan niet zelf de uitkomst worden. Kies een map hierin.",
                f"'{place}' cannot become the outcome itself. Choose a folder in it.",
            )


def _parts(given: Path) -> Iterator[Path]:
    """Give an input, and the files in it if it is a folder; an outcome may stand in a folder of its own in there."""
    yield given
    with suppress(OSError):
        yield from (path for path in given.iterdir() if path.is_file())


def _holds(place: Path, inner: Path) -> bool:
    """Tell whether something is the place or stands in it, however the two are spelled."""
    with suppress(OSError, RuntimeError, ValueError):
        real = inner.resolve()
        return place.exists() and any(place.samefile(part) for part in (real, *real.parents) if part.exists())
    return False


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - ours.OF_THE_SYSTEM


def _try(place: Path) -> None:
    """Make an empty folder of that name beside the place, and remove it: whatever stands in the way is met here."""
    ground = next((parent for parent in place.parents if parent.exists()), place)
    with beside(ground / place.name) as folder:
        (folder / place.relative_to(ground)).mkdir(parents=True)
