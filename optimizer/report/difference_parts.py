"""How a run differs from the rules and policies that ship, as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from optimizer.report.language import Language
from optimizer.report.page_parts import shown_value, title_of
from optimizer.report.receipt import Receipt


@dataclass(frozen=True)
class DifferenceRow:
    """One number or setting: what it is about, its name in the program, and both values with their source."""

    about: str
    name: str
    before: str
    before_source: str
    after: str
    after_source: str


def difference_rows(t: Language, receipt: Receipt) -> list[DifferenceRow]:
    """Return every parameter and setting of a policy in which a run differs from what ships."""
    found = receipt["differences"]
    return [
        *(_parameter(t, receipt, change) for change in found["parameters"]),
        *(_setting(t, change) for change in found["policies"]),
    ]


def _parameter(t: Language, receipt: Receipt, change: Mapping[str, Any]) -> DifferenceRow:
    in_force = receipt["parameters"].get(change["path"], {})
    about = in_force.get("description" if t.code == "nl" else "description_en", change["path"])
    before, after = change["baseline"], change["new"]
    none = str(t("afwijking.geen_waarde"))

    def value(state: Mapping[str, Any] | None) -> str:
        return none if state is None else shown_value(t, state["value"], change["unit"])

    def source(state: Mapping[str, Any] | None) -> str:
        return "" if state is None else f"{state['source']} ({t.label('laag', state['layer'])})"

    return DifferenceRow(about, change["path"], value(before), source(before), value(after), source(after))


def _setting(t: Language, change: Mapping[str, Any]) -> DifferenceRow:
    about = t("afwijking.instelling", policy=title_of(change["policy"], t), setting=change["setting"].replace("_", " "))
    before, after = (shown_value(t, change[key], "") for key in ("baseline", "new"))
    source = f"{change['source']} ({t.label('laag', change['layer'])})"
    name = f"policies.{change['policy']}.{change['setting']}"
    return DifferenceRow(str(about), name, before, str(t("afwijking.meegeleverd")), after, source)
