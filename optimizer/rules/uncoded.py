"""Norms that we know and do not code, with the reason: ``uncoded.yaml``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from optimizer.errors import ParameterFout
from optimizer.rules.parameters import LAYERS, Source
from optimizer.rules.strict_yaml import parse

FILE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True)
class Uncoded:
    """One norm: what it says, where it stands, its layer, and why the program has no rule for it."""

    id: str
    nl: str
    en: str
    layer: str
    source: Source
    why: str
    why_en: str


@cache
def read_uncoded(file: Path = FILE) -> tuple[Uncoded, ...]:
    """Read the norms that are known and not coded.

    Raises
    ------
    ParameterFout
        For a norm without a source or a reason, of an unknown layer, or named twice.
    """
    norms = []
    for raw in parse(file.read_text(encoding="utf-8")):
        try:
            said = raw["nl"], raw["en"]
            norm = Uncoded(raw["id"], *said, raw["layer"], Source(**raw["source"]), raw["why"], raw["why_en"])
        except (KeyError, TypeError) as error:
            raise ParameterFout(
                f"{file.name}: een norm is niet goed geschreven: {error}.",
                f"{file.name}: a norm is not written as it should be: {error}.",
            ) from error
        if norm.layer not in LAYERS or not norm.why or not norm.why_en or not norm.source.title:
            raise ParameterFout(
                f"{file.name}: norm '{norm.id}' mist een laag, een reden of een bron.",
                f"{file.name}: norm '{norm.id}' lacks a layer, a reason or a source.",
            )
        norms.append(norm)
    if len({n.id for n in norms}) < len(norms):
        raise ParameterFout(f"{file.name}: een norm staat er twee keer in.", f"{file.name}: a norm stands in it twice.")
    return tuple(norms)
