"""``run.json`` of a finished run: read, and refused where its shape is not that of a receipt."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from optimizer.domain.uitvoer import RECEIPT
from optimizer.errors import Gebruiksfout, Geweigerd
from optimizer.read.files.places import entries, look

#: Runs that are named where a folder holds several.
_MOST_NAMED = 3
Yes = Literal["ja", "nee"]
Sha256 = Field(pattern="^[0-9a-f]{64}$")


class _Part(BaseModel):
    """A part of a receipt: what others read from it has the right type; what else stands there is let be."""

    model_config = ConfigDict(extra="allow", strict=True, allow_inf_nan=False)


class _Source(_Part):
    name: str
    sha256: str = Sha256


class _Answer(_Part):
    file: str
    sha256: str = Sha256


class _Overlay(_Part):
    path: str
    sha256: str


class _Parameter(_Part):
    value: Any


class _Workplaces(_Part):
    postcodes: str | None = None


class _Distances(_Part):
    maat: str
    sha256: str
    werkplaatsen: _Workplaces | None = None


class _Input(_Part):
    path: str
    kolommen: str | None = None
    pc4: str | None = None
    vorige: str | None = None
    besluiten: str | None = None


class _Link(_Part):
    """One run of a chain."""

    answer: str = Sha256
    receipt: str = Sha256


class _Previous(_Link):
    """The run that this one goes on from, the decisions on it, and the runs before it, first one first."""

    besluiten: list[_Source] = []
    keten: list[_Link] = []


class _Level(_Part):
    name: str
    value: float | None
    bound: float | None
    gap: float | None
    status: str
    best: float | None = None
    floor: float | None = None
    most: float | None = None


class _Policy(_Part):
    name: str
    method: str
    bekend: float = Field(ge=0.0, le=1.0)


class _Binds(_Part):
    """What the policy of a point binds, in full."""

    beleid: str
    gronden_binden: bool
    bij_tekort: Literal["wachten", "uitzondering"]
    koppelregio: Literal["voorkeur", "alleen_met_grond", "binden", "vrij"]
    arbeidsmarktregio_bindt: bool
    opgave_geldt: bool
    speelruimte: dict[str, dict[str, float]]
    tempo_gemeente: float
    tempo_regio: float
    tempo_minste_personen: int
    tempo_telt: Literal["iedereen", "zonder_grond", "niemand"]


class _Point(_Part):
    """One point of a trade-off."""

    eisen: _Binds


class _Receipt(_Part):
    """What every receipt holds; a run has ``policy`` and ``levels``, others ``policies`` or ``tradeoff``."""

    program: Literal["koppelwijzer"]
    version: str
    command: list[str]
    peildatum: str
    seed: int = Field(ge=0)
    input: _Input | None = None
    inputs: list[_Source]
    distances: _Distances
    rules: list[_Overlay]
    scenarios: list[_Overlay]
    parameters: dict[str, _Parameter]
    reproducible: Yes
    answer: _Answer
    files: dict[str, str] | None = None
    policy: _Policy | None = None
    levels: list[_Level] = []
    vorige: _Previous | None = None
    policies: dict[str, dict[str, Any]] | None = None
    tradeoff: dict[str, _Point] | None = None
    bekend: float | None = Field(default=None, ge=0.0, le=1.0)
    draws: int | None = Field(default=None, ge=1)
    baseline: str | None = None


def find_run(folder: Path) -> None:
    """Do nothing where a folder holds the receipt of a run, readable or not.

    Raises
    ------
    Gebruiksfout
        When there is no such folder, it is a file, or no run stands in it; with the runs that stand one folder deeper.
    """
    match look(folder):
        case "missing":
            raise Gebruiksfout(
                f"De map '{folder}' bestaat niet. Geef de map van een run, zoals outputs/voorbeeld.",
                f"The folder '{folder}' does not exist. Give the folder of a run, such as outputs/voorbeeld.",
            )
        case "folder" if look(folder / RECEIPT) == "missing":
            deeper = [place for place in entries(folder)[0] if look(place / RECEIPT) == "file"][:_MOST_NAMED]
            names = ", ".join(f"'{place}'" for place in deeper)
            meant, meant_en = (f" Bedoelt u {names}?", f" Did you mean {names}?") if deeper else ("", "")
            raise Gebruiksfout(
                f"In de map '{folder}' staat geen run: er is geen {RECEIPT}.{meant}",
                f"There is no run in the folder '{folder}': it has no {RECEIPT}.{meant_en}",
            )
        case "file" | "other":
            raise Gebruiksfout(
                f"'{folder}' is geen map. Geef de map van een run, zoals outputs/voorbeeld.",
                f"'{folder}' is no folder. Give the folder of a run, such as outputs/voorbeeld.",
            )


def read_receipt(folder: Path) -> Mapping[str, Any]:
    """Return the receipt of a run.

    Parameters
    ----------
    folder
        The folder in which ``run.json`` stands.

    Raises
    ------
    Gebruiksfout
        When there is no run (see `find_run`).
    Geweigerd
        When it cannot be read, or a value in it is not what such a value can be: nothing can be judged by it.
    """
    find_run(folder)
    place = folder / RECEIPT
    try:
        found = json.loads(place.read_bytes().decode("utf-8"), parse_constant=_no_number)
        _Receipt.model_validate(found)
        date.fromisoformat(found["peildatum"])
        if all(found.get(kind) is None for kind in ("policy", "policies", "tradeoff")):
            raise _unreadable(place, "policy", "policy")
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise _unreadable(place, f"bij '{where}'" if where else "", f"at '{where}'" if where else "") from error
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(place, "", "") from error
    return dict(found)


def _no_number(text: str) -> None:
    raise ValueError(text)


def _unreadable(place: Path, where: str, where_en: str) -> Geweigerd:
    at, at_en = (f" ({words})" if words else "" for words in (where, where_en))
    return Geweigerd(
        f"'{place}' is geen leesbaar bewijs van een run{at}. Zet het origineel terug of maak de run opnieuw. "
        "Wilt u een voorstel keuren zonder bewijs, zet het dan in een map zonder run.json.",
        f"'{place}' is no readable receipt of a run{at_en}. Put the original back or make the run again. "
        "To judge a proposal without receipt, put it in a folder without run.json.",
    )
