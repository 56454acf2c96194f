"""Whether what ``beleid.toml`` names exists, policy, levels and parameters, each with a value that it can have."""

from collections.abc import Iterator, Mapping
from typing import Any

from geodata.wording import Sentence
from optimizer.domain.groepen import BESCHERMD
from optimizer.domain.levels import POLICY_LEVELS, VLOEREN
from optimizer.errors import Defect
from optimizer.policy import (
    EERSTE,
    STANDAARD,
    can_be_read,
    floor_level,
    floor_share,
    load_beleid,
    names,
    present_name,
)
from optimizer.read.table.forbidden import is_forbidden
from optimizer.read.table.headings import normalise
from optimizer.rules.parameters import FOLDER, read_folder

#: Characteristics of which a floor may be asked.
FLOOR_KINDS = tuple(dict.fromkeys(kenmerk for kenmerk, _ in VLOEREN))


def unknown_choices(file: str, beleid: Mapping[str, Any], rows: Mapping[str, int]) -> Iterator[Defect]:
    """Find every name or value in the settings that the program cannot use.

    Parameters
    ----------
    file
        Name of the file or sheet.
    beleid
        The settings, each of the kind that it must have.
    rows
        Row of a setting in a sheet; empty for a TOML file.
    """
    yield from _policy(file, beleid, rows)
    yield from _levels(file, beleid, rows)
    yield from _room(file, beleid, rows)
    yield from _floors(file, beleid, rows)
    yield from _parameters(file, beleid, rows)


def _policy(file: str, beleid: Mapping[str, Any], rows: Mapping[str, int]) -> Iterator[Defect]:
    if "policy" in beleid and present_name(beleid["policy"]) not in names():
        details = {"keuzes": ", ".join(names())}
        yield Defect("beleid_onbekend", file, rows.get("policy"), "policy", beleid["policy"], details)


def _levels(file: str, beleid: Mapping[str, Any], rows: Mapping[str, int]) -> Iterator[Defect]:
    levels, row = [str(level) for level in beleid.get("levels", ())], rows.get("levels")
    for i, level in enumerate(levels):
        if level not in POLICY_LEVELS or level in levels[:i]:
            yield Defect("beleid_niveau_fout", file, row, "levels", level, {"keuzes": ", ".join(POLICY_LEVELS)})
    if levels and EERSTE not in levels:
        yield Defect("beleid_niveau_ontbreekt", file, row, "levels", EERSTE)
    yield from _needs_levels(file, beleid, rows, "levels")


def _room(file: str, beleid: Mapping[str, Any], rows: Mapping[str, int]) -> Iterator[Defect]:
    levels = beleid.get("levels", POLICY_LEVELS)
    for level, told in beleid.get("speelruimte", {}).items():
        key = f"speelruimte.{level}"
        if level not in levels or not isinstance(told, (str, int, float)) or not can_be_read(told):
            details = {"keuzes": ", ".join(POLICY_LEVELS)}
            yield Defect("beleid_speelruimte_fout", file, rows.get(key), key, f"{level} = {told}", details)
    yield from _needs_levels(file, beleid, rows, "speelruimte")


def _floors(file: str, beleid: Mapping[str, Any], rows: Mapping[str, int]) -> Iterator[Defect]:
    yield from wrong_floors(file, beleid.get("vloer", {}), rows)
    yield from _needs_levels(file, beleid, rows, "vloer")


def wrong_floors(
    file: str, floors: Mapping[str, Any], rows: Mapping[str, int], place: str = "vloer"
) -> Iterator[Defect]:
    """Find floors of a group that there is none of; one of a protected characteristic is refused.

    Parameters
    ----------
    floors
        Share by group, as a user writes them.
    rows
        Row of each setting in a sheet; empty for a file without rows.
    place
        How the setting is called there.
    """
    for group, share in floors.items():
        key, kind = f"{place}.{group}", str(group).partition("=")[0].strip()
        if normalise(kind) in BESCHERMD or is_forbidden(kind):
            yield Defect("vloer_verboden", file, rows.get(key), place, kind, {"keuzes": ", ".join(FLOOR_KINDS)})
        elif not floor_level(str(group)) or floor_share(share) is None:
            groups = ", ".join(f"{kenmerk}={groep}" for kenmerk, groep in VLOEREN)
            yield Defect("vloer_fout", file, rows.get(key), key, f"{group} = {share}", {"keuzes": groups})


def _needs_levels(file: str, beleid: Mapping[str, Any], rows: Mapping[str, int], key: str) -> Iterator[Defect]:
    """Find a setting about levels beside a policy that has none."""
    policy = present_name(beleid.get("policy", STANDAARD))
    if beleid.get(key) and policy in names() and load_beleid(policy).methode != "optimaal":
        with_levels = [name for name in names() if load_beleid(name).methode == "optimaal"]
        yield Defect("beleid_zonder_niveaus", file, rows.get(key), key, policy, {"keuzes": ", ".join(with_levels)})


def _parameters(file: str, beleid: Mapping[str, Any], rows: Mapping[str, int]) -> Iterator[Defect]:
    catalogue = read_folder(FOLDER)
    for name, value in beleid.get("parameters", {}).items():
        key = f"parameters.{name}"
        if name not in catalogue:
            yield Defect("beleid_parameter_onbekend", file, rows.get(key), key, name)
        elif wrong := catalogue[name].why_not(value):
            example = next(v.value for v in catalogue[name].values if v.value is not None)
            details: dict[str, str | Sentence] = {"fout": wrong, "voorbeeld": str(example)}
            yield Defect("beleid_parameter_fout", file, rows.get(key), key, str(value), details)
