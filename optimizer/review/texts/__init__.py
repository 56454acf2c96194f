"""The words of the application, in Dutch (B1: short, active sentences) and in English."""

import tomllib
from functools import cache
from importlib.resources import files

from geodata.wording import Lang
from optimizer.domain.terms import DWELLINGS, GROUNDS
from optimizer.report.language import Language, flat

__all__ = ["Language", "load"]


@cache
def load(code: Lang) -> Language:
    """Read the texts of a language; the words of dwellings and grounds come from the tables of the domain."""
    source = files("optimizer.review.texts") / f"{code}.toml"
    terms = {f"woning.{name}": kind.said(code) for name, kind in DWELLINGS.items()}
    terms |= {f"grond.{name}": ground.said(code) for name, ground in GROUNDS.items()}
    return Language(code, {**terms, **flat(tomllib.loads(source.read_text(encoding="utf-8")))})
