"""Everything that is in force on a day: rules, dated parameters, and norms that are known and not coded."""

import datetime
from collections.abc import Callable, Mapping
from importlib import import_module
from itertools import pairwise
from pkgutil import iter_modules
from typing import Any

import optimizer.rules as package
from optimizer.rules.citation import RULES, Citation
from optimizer.rules.parameters import FOLDER, Parameters, read_folder
from optimizer.rules.uncoded import read_uncoded

Gap = tuple[str, str, datetime.date, datetime.date]


def all_rules() -> Mapping[str, tuple[Citation, Callable[..., object]]]:
    """Return every rule of the package by id."""
    for module in iter_modules(package.__path__):
        import_module(f"optimizer.rules.{module.name}")
    return RULES


def in_force(parameters: Parameters) -> dict[str, list[dict[str, Any]]]:
    """List the rules and parameters in force on the peildatum, with layer and source, ready for JSON."""
    day = parameters.peildatum
    return {
        "regels": [_rule(c) for _, (c, _) in sorted(all_rules().items()) if c.in_force(day)],
        "parameters": [_parameter(parameters, name) for name in parameters],
        "niet_gecodeerd": [
            {
                "id": n.id,
                "laag": n.layer,
                "bron": str(n.source),
                "bron_en": n.source.said("en"),
                "omschrijving": n.nl,
                "omschrijving_en": n.en,
                "waarom_niet": n.why,
                "waarom_niet_en": n.why_en,
            }
            for n in read_uncoded()
        ],
    }


def _rule(citation: Citation) -> dict[str, Any]:
    return {
        "id": citation.id,
        "sinds": citation.since.isoformat(),
        "tot": citation.until.isoformat() if citation.until else None,
        "laag": citation.layer,
        "bron": str(citation.source),
        "bron_en": citation.source.said("en"),
        "omschrijving": citation.nl,
        "omschrijving_en": citation.en,
        "parameters": list(citation.parameters),
    }


def _parameter(parameters: Parameters, name: str) -> dict[str, Any]:
    parameter = parameters.catalogue[name]
    dated = parameter.at(parameters.peildatum)
    own = name in parameters.overrides
    missing = parameters.not_found(name)
    origin = parameters.origin(name)
    assert origin is not None  # noqa: S101  (the parameters that are listed are in force)
    return {
        "naam": name,
        "waarde": parameters[name],
        "eenheid": parameter.unit,
        "laag": origin.layer,
        "sinds": dated.since.isoformat() if dated else None,
        "bron": str(origin.source),
        "bron_en": origin.source.said("en"),
        "geverifieerd": bool(dated and dated.verified and not own),
        "niet_gevonden_vanaf": missing.since.isoformat() if missing else None,
        "omschrijving": parameter.description,
        "omschrijving_en": parameter.description_en,
    }


def gaps(parameters: Parameters) -> list[Gap]:
    """List when a rule holds while a parameter that it reads does not: (rule, parameter, from, until).

    A period without end ends on ``datetime.date.max``.
    """
    found: list[Gap] = []
    for citation, _ in all_rules().values():
        for name in citation.parameters:
            values = parameters.catalogue[name].values if name in parameters.catalogue else ()
            edges = {citation.since, citation.until or datetime.date.max, *(v.since for v in values)}
            days = sorted(d for d in edges if citation.since <= d <= (citation.until or datetime.date.max))
            found += [
                (citation.id, name, day, following)
                for day, following in pairwise(days)
                if not values or parameters.catalogue[name].at(day) is None
            ]
    return sorted(found)


def latest_day() -> datetime.date:
    """Return the newest date on which any parameter that ships begins to hold."""
    return max(v.since for p in read_folder(FOLDER).values() for v in p.values)
