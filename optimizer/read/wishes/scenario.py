"""A scenario (``--scenario``): other values of parameters and policies, each with its source or as an assumption.

naam = "Veertig kilometer"
policy = "kansrijk"

[parameters]
"gronden/straal_km" = 40
"werk/minimum_uren" = { value = 12, unit = "uur per week", layer = "circulaire", source = "Brief van 1 mei 2026" }

[policies.kansrijk]
niveaus = ["personen_gekoppeld", "verwacht_behouden"]
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from optimizer.domain.levels import POLICY_LEVELS
from optimizer.errors import Defect, InvoerOngeldig
from optimizer.policy import FLOORS, SETTINGS, Beleid, adapted, load_beleid, misfits, names, present_name
from optimizer.read.files.places import read_file
from optimizer.read.files.toml import read_toml
from optimizer.read.wishes.choices import wrong_floors
from optimizer.rules.parameters import FOLDER, LAYERS, Origin, Source, near, read_folder

#: Every key, with an example of its value.
KEYS: Mapping[str, str] = {
    "naam": '"Veertig kilometer"',
    "toelichting": '"Wat als de straal kleiner is?"',
    "policy": '"kansrijk"',
    "bekend": "0.6",
    "parameters": '{ "gronden/straal_km" = 40 }',
    "policies": "{ kansrijk = { gronden_binden = false } }",
}
#: What a value with a source may hold, besides the value itself.
_SOURCED = ("value", "unit", "layer", "source")
_SOURCE = ("title", "href", "page")


@dataclass(frozen=True)
class Scenario:
    """What one or more scenarios change.

    Attributes
    ----------
    policy, bekend
        The policy to run and the share of jobs known in time; None: not said.
    parameters, policies
        Values by name, and settings by policy out of ``policy.INSTELLINGEN``.
    origins
        Where each comes from, by path: ``gronden/straal_km``, ``policies.kansrijk.niveaus``.
    titles
        Name of each scenario.
    """

    policy: str | None = None
    bekend: float | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    policies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    titles: tuple[str, ...] = ()

    def over(self, other: "Scenario") -> "Scenario":
        """Lay this scenario over another one: where both say something, this one counts."""
        both = {*self.policies, *other.policies}
        return Scenario(
            policy=other.policy if self.policy is None else self.policy,
            bekend=other.bekend if self.bekend is None else self.bekend,
            parameters={**other.parameters, **self.parameters},
            origins={**other.origins, **self.origins},
            policies={name: {**other.policies.get(name, {}), **self.policies.get(name, {})} for name in sorted(both)},
            titles=(*other.titles, *self.titles),
        )

    def applied(self, beleid: Beleid) -> Beleid:
        """Return a policy with the settings of this scenario."""
        settings = self.policies.get(beleid.naam)
        return adapted(beleid, settings) if settings else beleid


def read_scenarios(paths: Sequence[Path]) -> Scenario:
    """Read scenarios and lay them over each other; the last one wins.

    Raises
    ------
    InvoerOngeldig
        With every defect of every file at once.
    """
    found, defects = Scenario(), []
    for path in paths:
        data, bad = read_file(path)
        scenario, bad = (Scenario(), bad) if bad else parse_scenario(path.name, data)
        found = scenario.over(found)
        defects += bad
    if defects:
        raise InvoerOngeldig(defects)
    try:
        for name in found.policies:
            found.applied(load_beleid(name))
    except ValidationError as error:  # each file is right, and together they are not
        file = paths[-1].name
        raise InvoerOngeldig([_misfit(file, name, error)]) from error
    return found


def parse_scenario(file: str, data: bytes) -> tuple[Scenario, list[Defect]]:
    """Read the bytes of one scenario.

    Returns
    -------
    The scenario as far as it can be used, and a defect for each path that does not exist and each value that is of
    the wrong kind, out of range, in another unit or without a source that it claims.
    """
    raw, wrong = read_toml(data)
    if wrong:
        return Scenario(), [Defect("scenario_onleesbaar", file, details={"fout": wrong})]
    title = raw.get("naam") if isinstance(raw.get("naam"), str) else None
    title = title or Path(file).stem
    defects = [
        Defect(
            "scenario_sleutel_onbekend", file, column=key, details={"bedoeld": near(key, KEYS), "sleutels": _list(KEYS)}
        )
        for key in raw
        if key not in KEYS
    ]
    for key, fits in _KINDS.items():
        if key in raw and not fits(raw[key]):
            defects.append(Defect("beleid_waarde_fout", file, None, key, str(raw[key]), {"voorbeeld": KEYS[key]}))
    if isinstance(raw.get("policy"), str) and present_name(raw["policy"]) not in names():
        defects.append(_no_policy(file, "policy", raw["policy"]))
    own = Origin(Source(f"aanname van scenario '{title}'"))
    values, origins, policies = {}, {}, {}
    for name, value in _flat(_table(raw, "parameters")):
        values[name], origins[name], bad = _parameter(file, name, value, own)
        defects += bad
    for name, settings in _table(raw, "policies").items():
        if isinstance(settings, dict):
            policies[name] = settings
            keys = {
                *settings,
                *(("niveaus", "speelruimte") if FLOORS in settings else ()),
            }  # a floor is a level with room
            origins |= {f"policies.{name}.{key}": own for key in keys}
        defects += _policy(file, name, settings)
    return Scenario(raw.get("policy"), raw.get("bekend"), values, origins, policies, (title,)), defects


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _share(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1


_KINDS: Mapping[str, Callable[[object], bool]] = {
    **dict.fromkeys(("naam", "toelichting", "policy"), _text),
    "bekend": _share,
    **dict.fromkeys(("parameters", "policies"), lambda value: isinstance(value, dict)),
}


def _table(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    return raw[key] if isinstance(raw.get(key), dict) else {}


def _list(words: Sequence[str] | Mapping[str, Any]) -> str:
    return ", ".join(words)


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Give every path with its value; ``[parameters.gronden] straal_km = 40`` is a path too."""
    known = read_folder(FOLDER)
    for key, value in table.items():
        path = f"{above}{key}"
        folder = path not in known and any(name.startswith(f"{path}/") for name in known)
        if folder and isinstance(value, dict):
            yield from _flat(value, f"{path}/")
        else:
            yield path, value


def _parameter(file: str, name: str, raw: Any, own: Origin) -> tuple[Any, Origin, list[Defect]]:
    """Return the value of one path, where it comes from, and what is wrong with it."""
    place = f"parameters.{name}"
    catalogue = read_folder(FOLDER)
    if name not in catalogue:
        details = {"bedoeld": near(name, catalogue)}
        return None, own, [Defect("scenario_parameter_onbekend", file, column=place, value=name, details=details)]
    parameter = catalogue[name]
    example = next(v.value for v in parameter.values if v.value is not None)
    sourced = isinstance(raw, dict) and "value" in raw
    value = raw["value"] if sourced else raw
    details = {"voorbeeld": str(example)}
    defect = partial(Defect, file=file, column=place)
    defects = []
    if isinstance(value, str) and not isinstance(example, str) and value.endswith(parameter.unit):
        defects.append(defect("scenario_eenheid", value=value, details={"eenheid": parameter.unit}))
    elif wrong := parameter.why_not(value):
        defects.append(defect("beleid_parameter_fout", value=str(value), details={**details, "fout": wrong}))
    if not sourced:
        return value, own, defects
    for key in raw:
        if key not in _SOURCED:
            keys = {"bedoeld": near(key, _SOURCED), "sleutels": _list(_SOURCED)}
            defects.append(Defect("scenario_sleutel_onbekend", file, column=f"{place}.{key}", details=keys))
    if raw.get("unit", parameter.unit) != parameter.unit:
        defects.append(defect("scenario_eenheid", value=str(raw["unit"]), details={"eenheid": parameter.unit}))
    if raw.get("layer", own.layer) not in LAYERS:
        defects.append(defect("scenario_laag", value=str(raw["layer"]), details={"keuzes": _list(LAYERS)}))
    source = _source(raw["source"]) if "source" in raw else own.source
    if source is None or ("source" not in raw and raw.get("layer", own.layer) != own.layer):
        defects.append(defect("scenario_bron", value=str(raw.get("source", ""))))
    return value, Origin(source or own.source, str(raw.get("layer", own.layer))), defects


def _source(raw: Any) -> Source | None:
    """Return a source: its title as text, or a table with a title; None where there is none."""
    if _text(raw):
        return Source(raw)
    if isinstance(raw, dict) and _text(raw.get("title")) and set(raw) <= set(_SOURCE):
        return Source(**{key: str(value) for key, value in raw.items()})
    return None


def _no_policy(file: str, place: str, name: str) -> Defect:
    details = {"bedoeld": near(name, names()), "keuzes": _list(names())}
    return Defect("scenario_beleid_onbekend", file, column=place, value=name, details=details)


def _policy(file: str, name: str, settings: Any) -> list[Defect]:
    """Find what is wrong with the settings of one policy."""
    place = f"policies.{name}"
    if present_name(name) not in names():
        return [_no_policy(file, place, name)]
    if not isinstance(settings, dict):
        return [
            Defect("beleid_waarde_fout", file, None, place, str(settings), {"voorbeeld": "{ gronden_binden = false }"})
        ]
    shipped = load_beleid(name)
    defects = []
    known = (*SETTINGS, FLOORS)
    for key, value in settings.items():
        if key == FLOORS:
            defects += _floors(file, f"{place}.{key}", value)
        elif key not in known:
            details = {"bedoeld": near(key, known), "sleutels": _list(known)}
            defects.append(Defect("scenario_sleutel_onbekend", file, column=f"{place}.{key}", details=details))
        elif isinstance(getattr(shipped, key), bool) != isinstance(value, bool):
            details = {"voorbeeld": str(getattr(shipped, key)).lower()}
            defects.append(Defect("beleid_waarde_fout", file, None, f"{place}.{key}", str(value), details))
    defects += _levels(file, f"{place}.niveaus", settings.get("niveaus"))
    if defects:
        return defects
    try:
        adapted(shipped, settings)
    except ValidationError as error:
        return [_misfit(file, name, error)]
    return []


def _levels(file: str, place: str, told: Any) -> Iterator[Defect]:
    levels = told if isinstance(told, list) else []
    for i, level in enumerate(levels):
        if str(level) not in POLICY_LEVELS or level in levels[:i]:
            details = {"bedoeld": near(str(level), POLICY_LEVELS), "keuzes": _list(POLICY_LEVELS)}
            yield Defect("beleid_niveau_fout", file, None, place, str(level), details)


def _floors(file: str, place: str, told: Any) -> list[Defect]:
    if isinstance(told, dict):
        return list(wrong_floors(file, told, {}, place))
    return [Defect("beleid_waarde_fout", file, None, place, str(told), {"voorbeeld": '{ "opleiding=laag" = "95 %" }'})]


def _misfit(file: str, name: str, error: ValidationError) -> Defect:
    return Defect("scenario_beleid_fout", file, column=f"policies.{name}", details={"fout": misfits(error)})
