"""Dated parameters: every value owns the date from which it holds, its layer and its source.

A parameter is one YAML file whose path below this folder is its name::

    description: ...
    description_en: ...
    unit: uur per week
    layer: uitvoeringspraktijk
    values:
      2016-01-01:
        value: 8
        source: {title: ..., href: ..., page: ...}
        verified: false

A value holds from its date until the date of the next value; the value ``null`` ends the parameter. With
``not_found: true`` a ``null`` says that the value changed on that date and that we do not know it: the one before it
goes on, and who uses it is told (`Parameters.not_found`). The reader refuses a value without a source. Optional keys
bound what a user may set instead: ``minimum``, ``maximum`` (of every number of a list or table) and ``choices`` (a list
must hold every choice once; a choice that ends in a colon begins a name of the user's own).
"""

import datetime
import difflib
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from geodata.wording import Sentence, joined
from optimizer.domain import terms
from optimizer.errors import ParameterFout
from optimizer.rules.strict_yaml import parse

#: Names of the layers, from law to assumption.
LAYERS = tuple(terms.LAYERS)
FOLDER = Path(__file__).parent
#: Bytes of one file of rules.
_LARGEST = 1_000_000
_OTHER_NAME = Sentence(
    "'{path}' heet anders dan een regel en zou niet worden gelezen. Noem het {meant}.",
    "'{path}' is not named as a rule and would not be read. Call it {meant}.",
)
_CLOSED = Sentence(
    "'{path}' kan niet worden geopend. Controleer of u het mag lezen.",
    "'{path}' cannot be opened. Check that you may read it.",
)
_NO_RULES = Sentence(
    "In de map '{folder}' staan geen regels. Zet er bestanden in zoals gronden/straal_km.yaml, of laat --rules weg.",
    "The folder '{folder}' holds no rules. Put files in it such as gronden/straal_km.yaml, or leave --rules out.",
)


@dataclass(frozen=True)
class Source:
    """Where a value comes from: a title, and where it has them an address and a page.

    Attributes
    ----------
    title_en
        The title in English where it is our own sentence; a law or a report keeps the title that it has.
    """

    title: str
    href: str = ""
    page: str = ""
    title_en: str = ""

    def __str__(self) -> str:
        """Return the source on one line.

        >>> str(Source("Wachten of Werken?", page="33"))
        'Wachten of Werken?, p. 33'
        """
        page = f", p. {self.page}" if self.page else ""
        href = f" ({self.href})" if self.href else ""
        return f"{self.title}{page}{href}"

    def said(self, lang: str) -> str:
        """Return the source on one line in a language, ``nl`` or ``en``.

        >>> Source("Geschat", title_en="Estimated").said("en"), Source("Huisvestingswet").said("en")
        ('Estimated', 'Huisvestingswet')
        """
        return str(replace(self, title=self.title_en) if lang == "en" and self.title_en else self)


@dataclass(frozen=True)
class Origin:
    """On what ground a user set a value for one run: its source, and the layer that the user gives it."""

    source: Source
    layer: str = "aanname"


#: A value from ``beleid.toml`` or from an option: somebody chose it and named no source.
USER = Origin(Source("gebruiker", title_en="user"))


@dataclass(frozen=True)
class DatedValue:
    """One value, the date from which it holds, and its source; or the date of a value that was not found."""

    since: datetime.date
    value: Any
    source: Source
    verified: bool = False
    not_found: bool = False


@dataclass(frozen=True)
class Parameter:
    """One parameter with all its dated values, oldest first, and the bounds of what a user may set instead."""

    name: str
    description: str
    description_en: str
    unit: str
    layer: str
    values: tuple[DatedValue, ...]
    choices: tuple[str, ...] = ()
    minimum: float = -math.inf
    maximum: float = math.inf

    def at(self, day: datetime.date) -> DatedValue | None:
        """Return the value in force on a day; None before the first value and after an ending one.

        Where the value of the day was not found, it is the last that was.
        """
        in_force = [v for v in self.values if v.since <= day and not v.not_found]
        return in_force[-1] if in_force and in_force[-1].value is not None else None

    def not_found(self, day: datetime.date) -> DatedValue | None:
        """Return the date and source of the value of a day that was not found; None where it is known."""
        begun = [v for v in self.values if v.since <= day]
        return begun[-1] if begun and begun[-1].not_found else None

    def why_not(self, value: Any) -> Sentence | None:
        """Say what is wrong with a value that a user sets, as the end of a sentence; None when it can be used.

        >>> uren = Parameter("uren", "", "", "uur", "aanname", (DatedValue(datetime.date.min, 8, Source("")),), (), 0)
        >>> uren.why_not(7.5), uren.why_not("8").nl, uren.why_not(-1).en
        (None, 'is van een andere soort dan 8', 'is less than 0')
        """
        known = next(v.value for v in self.values if v.value is not None)
        if not _same_kind(value, known):
            return Sentence(f"is van een andere soort dan {known!r}", f"is of another kind than {known!r}")
        if isinstance(value, list) and self.choices and sorted(value) != sorted(self.choices):
            every = ", ".join(self.choices)
            return Sentence(f"noemt niet elk van {every} één keer", f"does not name each of {every} once")
        if isinstance(value, (list, dict)):
            return self._out_of_bounds(value.values() if isinstance(value, dict) else value)
        if self.choices and not any(_chosen(value, choice) for choice in self.choices):
            every = ", ".join(self.choices)
            return Sentence(f"is geen keuze ({every})", f"is no choice ({every})")
        return self._out_of_bounds([value])

    def _out_of_bounds(self, values: Iterable[Any]) -> Sentence | None:
        numbers = [value for value in values if isinstance(value, (int, float))]
        if any(number < self.minimum for number in numbers):
            return Sentence(f"is minder dan {self.minimum:g}", f"is less than {self.minimum:g}")
        if any(number > self.maximum for number in numbers):
            return Sentence(f"is meer dan {self.maximum:g}", f"is more than {self.maximum:g}")
        return None


def _chosen(value: Any, choice: str) -> bool:
    """Tell whether a value is a choice, or goes on where a choice ends in a colon.

    >>> _chosen("road", "road"), _chosen("bestand:km.csv", "bestand:"), _chosen("bestand:", "bestand:")
    (True, True, False)
    """
    if not choice.endswith(":"):
        return bool(value == choice)
    return isinstance(value, str) and value.startswith(choice) and value != choice


def _same_kind(value: Any, known: Any) -> bool:
    """Tell whether a value is of the kind of a known one; a list as long, a table with the same keys."""
    if isinstance(known, dict):
        same_keys = isinstance(value, dict) and value.keys() == known.keys()
        return same_keys and _all_same([value[k] for k in known], list(known.values()))
    if isinstance(known, list):
        return isinstance(value, list) and _all_same(value, known)
    if isinstance(known, (int, float)) and not isinstance(known, bool):
        return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return isinstance(value, type(known))


def _all_same(values: Sequence[Any], known: Sequence[Any]) -> bool:
    return len(values) == len(known) and all(map(_same_kind, values, known))


@dataclass(frozen=True)
class Parameters:
    """The parameters in force on one day.

    Parameters
    ----------
    peildatum
        The day.
    catalogue
        Every parameter by name, also those not in force.
    overrides
        Values set by a user for this run, by name; they are reported as such.
    origins
        Where an override comes from, by name; `USER` for the others.
    """

    peildatum: datetime.date
    catalogue: Mapping[str, Parameter]
    overrides: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """Return the value in force.

        Raises
        ------
        ParameterFout
            When the name is unknown or nothing is in force on the peildatum.
        """
        if name not in self.catalogue:
            raise _unknown(name)
        if name in self.overrides:
            return self.overrides[name]
        dated = self.catalogue[name].at(self.peildatum)
        if dated is None:
            raise ParameterFout(
                f"Parameter '{name}' heeft geen waarde op {self.peildatum}. Kies een andere peildatum, of geef een "
                "waarde met --rules of --scenario.",
                f"Parameter '{name}' has no value on {self.peildatum}. Choose another peildatum, or give a value with "
                "--rules or --scenario.",
            )
        return dated.value

    def not_found(self, name: str) -> DatedValue | None:
        """Return since when the value of a parameter is not known, so that an earlier one is used; None where it is.

        A value of the user's own is known.
        """
        return None if name in self.overrides else self.catalogue[name].not_found(self.peildatum)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names in force, in alphabetical order."""
        return (n for n in sorted(self.catalogue) if n in self.overrides or self.catalogue[n].at(self.peildatum))

    def replace(self, overrides: Mapping[str, Any], origins: Mapping[str, Origin] | None = None) -> "Parameters":
        """Return the parameters with further overrides; an unknown name or a value that cannot be used is refused.

        Parameters
        ----------
        overrides
            Values by name.
        origins
            Where these come from, by name; `USER` for those not named.
        """
        for name, value in overrides.items():
            self._check_override(name, value)
        told = {name: (origins or {}).get(name, USER) for name in overrides}
        return replace(self, overrides={**self.overrides, **overrides}, origins={**self.origins, **told})

    def origin(self, name: str) -> Origin | None:
        """Return the source and the layer of the value in force; None where nothing is in force.

        Raises
        ------
        KeyError
            For an unknown name.
        """
        parameter = self.catalogue[name]
        if name in self.overrides:
            return self.origins.get(name, USER)
        dated = parameter.at(self.peildatum)
        return None if dated is None else Origin(dated.source, parameter.layer)

    def _check_override(self, name: str, value: Any) -> None:
        if name not in self.catalogue:
            raise _unknown(name)
        wrong = self.catalogue[name].why_not(value)
        if wrong:
            raise ParameterFout(
                f"Parameter '{name}': {value!r} {wrong.nl}. Pas de waarde aan.",
                f"Parameter '{name}': {value!r} {wrong.en}. Change the value.",
            )


def _unknown(name: str) -> ParameterFout:
    return ParameterFout(
        f"Parameter '{name}' bestaat niet. Met koppelwijzer rules ziet u alle namen.",
        f"There is no parameter '{name}'. koppelwijzer rules shows all names.",
    )


def load(
    peildatum: datetime.date,
    overlays: Sequence[Path] = (),
    overrides: Mapping[str, Any] | None = None,
) -> Parameters:
    """Read the parameters that ship, then those of each overlay folder (same layout), and fix the day.

    A file of an overlay takes the place of the one of that name, with all its dates.

    Raises
    ------
    ParameterFout
        For a file without source, with an unknown layer or a wrong date, an overlay of a parameter that no rule
        knows or with a value that cannot be used, or an override that does not exist.
    """
    catalogue = dict(read_folder(FOLDER))
    wrong = []
    for folder in overlays:
        for name, parameter in read_folder(folder).items():
            try:
                catalogue[name] = _overlaid(catalogue, parameter)
            except ParameterFout as error:
                wrong.append(error.sentence)
    if wrong:
        raise ParameterFout(*joined(wrong, "\n"))
    return Parameters(peildatum, catalogue).replace(overrides or {})


def near(name: str, known: Iterable[str]) -> str:
    """Return the known names that may be meant by an unknown one, joined; empty when none is like it.

    >>> near("gronden/straal", ["gronden/straal_km", "werk/minimum_uren"])
    'gronden/straal_km'
    """
    ends = {n.rpartition("/")[2]: n for n in known}
    close = [*difflib.get_close_matches(name, ends.values(), n=2), *difflib.get_close_matches(name, ends, n=2)]
    return ", ".join(list(dict.fromkeys(ends.get(found, found) for found in close))[:2])


def _overlaid(shipped: Mapping[str, Parameter], own: Parameter) -> Parameter:
    """Return a parameter of a user within the bounds of the one that ships."""
    if own.name not in shipped:
        meant = near(own.name, shipped)
        if not meant:
            raise _unknown(own.name)
        raise ParameterFout(
            f"Parameter '{own.name}' bestaat niet; bedoelt u {meant}?",
            f"There is no parameter '{own.name}'; do you mean {meant}?",
        )
    bounds = shipped[own.name]
    if own.unit != bounds.unit:
        raise ParameterFout(
            f"Parameter '{own.name}' staat in '{own.unit}'; de eenheid is '{bounds.unit}'.",
            f"Parameter '{own.name}' is in '{own.unit}'; its unit is '{bounds.unit}'.",
        )
    reasons = [(v, bounds.why_not(v.value)) for v in own.values if v.value is not None]
    wrong = [
        Sentence(
            f"Parameter '{own.name}' vanaf {v.since}: {v.value!r} {reason.nl}.",
            f"Parameter '{own.name}' from {v.since}: {v.value!r} {reason.en}.",
        )
        for v, reason in reasons
        if reason
    ]
    if wrong:
        raise ParameterFout(*joined(wrong, "\n"))
    return replace(own, choices=bounds.choices, minimum=bounds.minimum, maximum=bounds.maximum)


def read_folder(folder: Path) -> Mapping[str, Parameter]:
    """Read every parameter file below a folder, by name (path without suffix, with ``/``).

    Raises
    ------
    ParameterFout
        When there is no such folder, or with everything that is wrong in its files.
    """
    return _shipped() if folder == FOLDER else _read_all(folder)


@cache
def _shipped() -> Mapping[str, Parameter]:
    return _read_all(FOLDER)


def _read_all(folder: Path) -> Mapping[str, Parameter]:
    if not folder.is_dir():
        raise ParameterFout(
            f"De map met regels '{folder}' bestaat niet. Geef met --rules een andere map.",
            f"There is no folder of rules '{folder}'. Give another one with --rules.",
        )
    paths, closed = _files_below(folder)
    found, wrong = {}, [_CLOSED.fill(path=str(path)) for path in closed]
    for path in paths:
        if path.suffix != ".yaml":
            wrong.append(_OTHER_NAME.fill(path=path.relative_to(folder).as_posix(), meant=_meant(path.name)))
            continue
        name = path.relative_to(folder).with_suffix("").as_posix()
        try:
            found[name] = _read(name, path)
        except ParameterFout as error:
            wrong.append(error.sentence)
    if wrong:
        raise ParameterFout(*joined(wrong, "\n"))
    if not found:
        raise ParameterFout(*_NO_RULES.fill(folder=str(folder)))
    return found


def _files_below(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files below a folder that hold a rule or look as if they do, and what may not be opened."""
    closed: list[Path] = []
    found = [
        Path(root, name)
        for root, _, names in os.walk(folder, onerror=lambda error: closed.append(Path(str(error.filename))))
        for name in names
        if re.search(r"\.ya?ml", name, re.IGNORECASE) and not name.startswith(".")
    ]
    return sorted(found), sorted(closed)


def _meant(name: str) -> str:
    return f"{name.partition('.')[0]}.yaml"


def _read(name: str, path: Path) -> Parameter:
    try:
        raw = parse(_text(path))
        values = tuple(sorted((_dated(name, d, v) for d, v in raw["values"].items()), key=lambda v: v.since))
        parameter = Parameter(
            name,
            raw["description"],
            raw["description_en"],
            raw["unit"],
            raw["layer"],
            values,
            tuple(raw.get("choices", ())),
            raw.get("minimum", -math.inf),
            raw.get("maximum", math.inf),
        )
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise ParameterFout(
            f"Parameter '{name}' is niet goed geschreven: {error}.",
            f"Parameter '{name}' is not written as it should be: {error}.",
        ) from error
    if parameter.layer not in LAYERS:
        raise ParameterFout(
            f"Parameter '{name}': laag '{parameter.layer}' bestaat niet ({', '.join(LAYERS)}).",
            f"Parameter '{name}': there is no layer '{parameter.layer}' ({', '.join(LAYERS)}).",
        )
    if not any(v.value is not None for v in values):
        raise ParameterFout(f"Parameter '{name}' heeft geen enkele waarde.", f"Parameter '{name}' has no value at all.")
    return parameter


def _text(path: Path) -> str:
    """Return the text of a file of rules.

    Raises
    ------
    ValueError
        When it is no file, is larger than any rule or is not in UTF-8.
    """
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            raise ValueError(path.name)
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ValueError(error.strerror) from error
    except UnicodeDecodeError as error:
        raise ValueError("UTF-8") from error


def _dated(name: str, since: Any, raw: Mapping[str, Any]) -> DatedValue:
    if not isinstance(since, datetime.date):
        raise ParameterFout(
            f"Parameter '{name}': '{since}' is geen datum. Schrijf 2026-01-01.",
            f"Parameter '{name}': '{since}' is no date. Write 2026-01-01.",
        )
    source = raw.get("source")
    if not source or not source.get("title"):
        raise ParameterFout(
            f"Parameter '{name}': de waarde vanaf {since} heeft geen bron.",
            f"Parameter '{name}': the value from {since} has no source.",
        )
    text = {k: str(v) for k, v in source.items()}
    not_found = bool(raw.get("not_found", False))
    if not_found and raw["value"] is not None:
        raise ParameterFout(
            f"Parameter '{name}': de waarde vanaf {since} is niet gevonden, maar er staat er wel een.",
            f"Parameter '{name}': the value from {since} was not found, but there is one.",
        )
    return DatedValue(since, raw["value"], Source(**text), bool(raw.get("verified", False)), not_found)
