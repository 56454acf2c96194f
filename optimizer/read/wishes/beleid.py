"""What the user asks for in ``beleid.toml``: policy, peildatum, seed, share of known jobs, parameters, levels."""

import datetime
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from optimizer.domain.tables import YEARS
from optimizer.errors import Defect
from optimizer.read.files.delimited import SEPARATORS
from optimizer.read.files.grid import Grid
from optimizer.read.files.toml import read_toml
from optimizer.read.table.cells import visible
from optimizer.read.table.dates import parse_date
from optimizer.read.table.one_cell import one_fault
from optimizer.read.wishes.choices import unknown_choices

FILE = "beleid.toml"
#: Every key, with an example of its value.
KEYS: Mapping[str, str] = {
    "policy": '"kansrijk"',
    "peildatum": "2026-07-01",
    "seed": "0",
    "bekend": "0.6",
    "parameters": '{ "werk/minimum_uren" = 8 }',
    "levels": '["personen_gekoppeld", "verwacht_behouden"]',
    "speelruimte": '{ kans_werk = "1 %" }',
    "vloer": '{ "opleiding=laag" = "95 %" }',
}
_TABLE_KEYS = ("parameters.", "speelruimte.", "vloer.")
#: What may head the sheet: the template writes instelling, waarde.
_HEADING = frozenset({"instelling", "naam", "sleutel", "waarde", "setting", "name", "key", "value"})

Beleid = Mapping[str, Any]
NO_BELEID: Beleid = MappingProxyType({})


def parse_toml(file: str, data: bytes) -> tuple[Beleid, list[Defect]]:
    """Read the bytes of ``beleid.toml``.

    Returns
    -------
    The settings, with ``peildatum`` as a date, and a defect per key that is unknown or holds something else, or names
    a policy, level or parameter that does not exist.
    """
    raw, wrong = read_toml(data)
    if wrong:
        return NO_BELEID, [Defect("beleid_onleesbaar", file, details={"fout": wrong})]
    return _checked(file, raw, {})


def parse_sheet(file: str, grid: Grid) -> tuple[Beleid, list[Defect]]:
    """Read the sheet ``beleid`` of a workbook: a setting per row, name and value as in ``beleid.toml``.

    A parameter is written as ``parameters.werk/minimum_uren``, room in a level as ``speelruimte.kans_werk``, a floor as
    ``vloer.opleiding=laag``. The first
    row may be a heading (instelling, waarde), a row without value says nothing, and later columns are for remarks. Name
    and value in one cell are a fault.
    """
    raw: dict[str, Any] = {}
    rows: dict[str, int] = {}
    double = []
    joined: set[int] = set()
    for number, row in enumerate(grid, start=1):
        key, text = (visible(cell) for cell in [*row, "", ""][:2])
        if not text and _is_joined(key):
            joined.add(number)
        if not text or (not rows and {key.casefold(), text.casefold()} <= _HEADING):
            continue
        if key in rows:
            double.append(Defect("beleid_sleutel_dubbel", file, number, key, details={"eerste": str(rows[key])}))
            continue
        rows[key] = number
        if key.startswith(_TABLE_KEYS):
            table, _, name = key.partition(".")
            raw.setdefault(table, {})[name] = _value(text)
        else:
            raw[key] = _value(text)
    beleid, defects = _checked(file, raw, rows)
    return beleid, [*one_fault("rij_in_een_cel", file, joined), *double, *defects]


def _is_joined(cell: str) -> bool:
    """Tell whether a name and its value stand in one cell: ``seed;7``, ``policy = "kansrijk"``."""
    name, _, value = re.sub(f"[{SEPARATORS}=:]", "=", cell).partition("=")
    return bool(value.strip()) and (name.strip() in KEYS or name.strip().startswith(_TABLE_KEYS))


def _value(text: str) -> Any:
    """Read a cell as TOML would; what is no TOML is text."""
    raw, _ = read_toml(f"value = {text}".encode())
    return raw.get("value", text) if len(raw) == 1 else text


def _checked(file: str, raw: Mapping[str, Any], rows: Mapping[str, int]) -> tuple[Beleid, list[Defect]]:
    checked: dict[str, Any] = {}
    defects = []
    for key, value in raw.items():
        clean = _clean(key, value)
        if key not in KEYS:
            details = {"sleutels": ", ".join(KEYS)}
            defects.append(Defect("beleid_sleutel_onbekend", file, rows.get(key), key, details=details))
        elif clean is None:
            details = {"voorbeeld": KEYS[key]}
            defects.append(Defect("beleid_waarde_fout", file, rows.get(key), key, str(value), details))
        else:
            checked[key] = clean
    return MappingProxyType(checked), [*defects, *unknown_choices(file, checked, rows)]


def _clean(key: str, value: object) -> object | None:
    """Return the value of a setting, or None where it is of another kind than the setting asks."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    match key:
        case "policy":
            return value if isinstance(value, str) and value else None
        case "seed":
            return value if number and isinstance(value, int) and value >= 0 else None
        case "bekend":
            return value if isinstance(value, (int, float)) and number and 0 <= value <= 1 else None
        case "parameters" | "speelruimte" | "vloer":
            return value if isinstance(value, dict) else None
        case "levels":
            return value if isinstance(value, list) and value else None
        case _:
            return _day(value)


def _day(value: object) -> datetime.date | None:
    day = parse_date(value) if isinstance(value, str) else value
    if isinstance(day, datetime.datetime):
        day = day.date()
    return day if isinstance(day, datetime.date) and YEARS[0] <= day.year <= YEARS[1] else None
