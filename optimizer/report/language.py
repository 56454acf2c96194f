"""The words of the page, and numbers and dates as a reader of that language writes them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from geodata import wording
from geodata.wording import Lang
from optimizer.domain.levels import LEVELS
from optimizer.domain.terms import GROUNDS, NAMES, PERSONAL, UNITS

_NARROW = "\u00a0"  # a number and its unit stay on one line


@dataclass(frozen=True)
class Language:
    """One language: texts by dotted key; numbers and days as `wording` writes them, with a real minus.

    Attributes
    ----------
    code
        ``nl`` or ``en``.
    texts
        Texts with open places, by dotted key.
    in_force
        What fills an open place in any text: numbers of the rules of a run. A text never holds such a number itself.
    """

    code: Lang
    texts: Mapping[str, str]
    in_force: Mapping[str, str] = field(default_factory=dict)

    def under(self, rules: Mapping[str, Mapping[str, Any]]) -> "Language":
        """Return the language of a run: ``{radius}`` (km), ``{hours}`` and ``{order}`` stand for what is in force.

        Parameters
        ----------
        rules
            ``parameters`` of the receipt.
        """
        value = {name: rules[name]["value"] for name in ("gronden/straal_km", "werk/minimum_uren", "gronden/volgorde")}
        order = ", ".join(self.texts[f"grond.{ground}"] for ground in value["gronden/volgorde"])
        radius, hours = (self.trimmed(value[name]) for name in ("gronden/straal_km", "werk/minimum_uren"))
        return replace(self, in_force={"radius": radius, "hours": hours, "order": order})

    def __call__(self, key: str, **values: object) -> Markup:
        """Return a text with its values filled in and escaped; the text itself may hold HTML.

        Raises
        ------
        KeyError
            When there is no such text: a page never shows a key.
        """
        return Markup(self.texts[key]).format(**{**self.in_force, **values})  # noqa: S704  (our own text; the values are escaped)

    def plain(self, key: str, **values: object) -> str:
        """Return a text for a place that is no page, such as a cell of a workbook: nothing in it is escaped.

        >>> load("nl").plain("gemeente.titel", name="'s-Gravenhage")
        "Voorgestelde koppelingen voor 's-Gravenhage"
        """
        return self.texts[key].format(**{**self.in_force, **values})

    def label(self, group: str, name: str) -> Markup:
        """Return the label of a name of ours; a name that has none (a policy of the user's own) is its own label."""
        return self(f"{group}.{name}") if f"{group}.{name}" in self.texts else Markup.escape(name)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with a fixed number of decimals and separated thousands.

        >>> load("nl").number(1234.5, 1), load("en").number(1234.5, 1), load("nl").number(-0.01)
        ('1.234,5', '1,234.5', '0')
        """
        return wording.number(value, decimals, self.code).replace("-", "\u2212")

    def trimmed(self, value: float, decimals: int = 4) -> str:
        """Return a number with as many decimals as it needs, up to a limit.

        >>> load("nl").trimmed(16.0), load("nl").trimmed(801.2231)
        ('16', '801,2231')
        """
        text = self.number(value, decimals)
        mark = "." if self.code == "en" else ","
        return text.rstrip("0").rstrip(mark) if mark in text else text

    def mean(self, value: float) -> str:
        """Return a count that may be a mean over draws: whole when it is whole, else one decimal."""
        return self.number(value, 0 if float(value).is_integer() else 1)

    def change(self, value: float, decimals: int = 0) -> str:
        """Return a difference with its sign.

        >>> load("nl").change(3), load("nl").change(-14), load("nl").change(0)
        ('+3', '−14', '0')
        """
        text = self.number(value, decimals)
        return f"+{text}" if text.strip("0.,") and value > 0 else text

    def mean_change(self, value: float) -> str:
        """Return a difference of counts that may be means over draws."""
        return self.change(value, 0 if float(value).is_integer() else 1)

    def percent(self, share: float, decimals: int = 0) -> str:
        """Return a share as a percentage: Dutch and English both with a space that does not break."""
        return f"{self.number(100 * share, decimals)}{_NARROW}%"

    def count(self, unit: str, value: float) -> Markup:
        """Return a number with its noun in the right number.

        >>> load("nl").count("huishouden", 1), load("nl").count("huishouden", 1200)
        (Markup('1 huishouden'), Markup('1.200 huishoudens'))
        """
        return Markup.escape(f"{self.mean(value)} ") + self(f"{'een' if value == 1 else 'meer'}.{unit}")

    def date(self, day: date) -> str:
        """Return a date in words.

        >>> load("nl").date(date(2026, 10, 1)), load("en").date(date(2026, 10, 1))
        ('1 oktober 2026', '1 October 2026')
        """
        return wording.date(day, self.code)

    def iso_date(self, day: str) -> str:
        """Return a date of a file in words.

        >>> load("nl").iso_date("2026-10-01")
        '1 oktober 2026'
        """
        return self.date(date.fromisoformat(day))


@cache
def load(code: Lang) -> Language:
    """Read the texts of a language; the words of levels, units and grounds come from the tables of the domain."""
    source = files("optimizer.report") / "templates" / f"{code}.toml"
    levels = {f"niveau.{name}": level.label.said(code) for name, level in LEVELS.items()}
    units = {f"eenheid.{name}": unit.said(code) for name, unit in UNITS.items()}
    grounds = {f"grond.{name}": ground.said(code) for name, ground in GROUNDS.items()}
    grounds[f"grond.{PERSONAL.nl}"] = PERSONAL.said(code)
    names = {f"naam.{name}": said.said(code) for name, said in NAMES.items()}
    texts = flat(tomllib.loads(source.read_text(encoding="utf-8")))
    return Language(code, {**texts, **levels, **units, **grounds, **names})


def flat(tree: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Return the texts of a file by dotted key.

    >>> flat({"een": {"baan": "baan"}})
    {'een.baan': 'baan'}
    """
    found: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = str(value)
    return found
