"""Rows that the page shows, made ready: titles, numbers as text, private grounds shielded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geodata.wording import Sentence
from optimizer.policy import load_beleid, names
from optimizer.report.figures import Policy
from optimizer.report.language import Language
from optimizer.report.privacy import shield_text
from optimizer.report.receipt import Receipt

#: A page is for reading: longer lists stand in their CSV file.
SHOWN_ROWS = 25
#: Parameters that make synthetic batches; they have no part in a run.
OUTSIDE_A_RUN = ("generate/",)


@dataclass(frozen=True)
class Compared:
    """One policy with what people read about it; ``mark`` is ``chosen``, ``baseline`` or empty."""

    policy: Policy
    title: str
    about: str
    mark: str


@dataclass(frozen=True)
class Listing:
    """A table of households: some rows, how many there are, and per kind (rarest first) how many rows and persons."""

    rows: tuple[Mapping[str, Any], ...]
    total: int
    counts: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class ParameterRow:
    """One parameter in force, as people read it."""

    name: str
    about: str
    value: str
    layer: str
    source: str
    since: str
    overridden: bool


def title_of(policy: str, t: Language) -> str:
    """Return the title of a policy; ``handmatig@0.6`` says which share of the jobs is known in time."""
    name, _, share = policy.partition("@")
    if name not in names():
        return policy
    beleid = load_beleid(name)
    title = beleid.titel if t.code == "nl" else beleid.titel_en
    if not share:
        return title
    return t("beleidskeuze.variant", policy=title.split(" (")[0], share=t.percent(float(share)))


def without_ceiling(policies: Sequence[Policy]) -> list[Policy]:
    """Leave out the policies that are a bound: without opgave, or with nothing but jobs; nobody can carry them out."""
    return [p for p in policies if not is_ceiling(p.name)]


def is_ceiling(policy: str) -> bool:
    """Tell whether a policy that ships only says what is possible.

    >>> is_ceiling("zonder_opgave"), is_ceiling("alleen_banen"), is_ceiling("kansrijk")
    (True, True, False)
    """
    if policy not in names():
        return False
    beleid = load_beleid(policy)
    return not beleid.opgave_geldt or beleid.niveaus[:1] == ("banen_behouden",)


def compared_rows(t: Language, policies: Sequence[Policy], chosen: str, baseline: str) -> list[Compared]:
    """Return the compared policies with their titles and explanations, in order; variants stand below their policy."""
    first = {p.name: i for i, p in reversed(list(enumerate(policies)))}
    ordered = sorted(policies, key=lambda p: (first.get(p.name.split("@")[0], len(first)), -p.known))
    return [
        Compared(
            p,
            title_of(p.name, t),
            _about(p.name, t),
            "chosen" if p.name == chosen else "baseline" if p.name == baseline else "",
        )
        for p in ordered
    ]


def listing(frame: pd.DataFrame, kind: str, *, ordered: bool = False) -> Listing:
    """Return a table of households with its explanations shielded, and its counts by kind.

    An ``ordered`` one stands in the order in which it needs attention; of another the rarest kinds come first.
    """
    persons = frame["aantal_personen"] if "aantal_personen" in frame else pd.Series(0, index=frame.index)
    summed = persons.groupby(frame[kind]).agg(["count", "sum"]).sort_values("count", kind="stable")
    rarest_first = frame if ordered else frame.iloc[frame[kind].map(summed["count"]).argsort(kind="stable")]
    shown = [
        {k: shield_text(v) if isinstance(v, str) and k != kind else v for k, v in row.items()}
        for row in rarest_first.head(SHOWN_ROWS).to_dict("records")
    ]
    counts = tuple((str(k), int(n), int(s)) for k, n, s in summed.itertuples())
    return Listing(tuple({str(k): v for k, v in row.items()} for row in shown), len(frame), counts)


def day_said(t: Language, iso: str | None) -> str:
    """Write a day of the receipt as people do; empty where there is none.

    >>> from optimizer.report.language import load
    >>> day_said(load("nl"), "2026-07-01"), day_said(load("en"), None)
    ('1 juli 2026', '')
    """
    return t.iso_date(iso) if iso else ""


def parameter_rows(t: Language, receipt: Receipt, *, assumed: bool) -> list[ParameterRow]:
    """Return the parameters of a run: our own assumptions, or those with a source in law or practice."""
    return [
        ParameterRow(
            name=name,
            about=str(p["description" if t.code == "nl" else "description_en"]),
            value=shown_value(t, p["value"], str(p["unit"])),
            layer=p["layer"],
            source=p["source" if t.code == "nl" or "source_en" not in p else "source_en"],
            since=day_said(t, p["since"]),
            overridden=p["overridden"],
        )
        for name, p in receipt["parameters"].items()
        if (p["layer"] == "aanname") == assumed and not name.startswith(OUTSIDE_A_RUN)
    ]


def _about(policy: str, t: Language) -> str:
    if policy not in names():
        return ""
    beleid = load_beleid(policy)
    return beleid.uitleg if t.code == "nl" else beleid.uitleg_en


_YES = Sentence("ja", "yes")
_NO = Sentence("nee", "no")


def shown_value(t: Language, value: Any, unit: str) -> str:
    """Return the value of a parameter for people, with its unit in their language."""
    unit = str(t.label("eenheid", unit))
    if isinstance(value, bool):
        text = (_NO, _YES)[value].said(t.code)
    elif isinstance(value, (int, float)):
        return f"{t.trimmed(value) if value < 1900 or not float(value).is_integer() else f'{value:.0f}'} {unit}".strip()
    elif isinstance(value, Mapping):
        text = "; ".join(f"{k}: {shown_value(t, v, '')}" for k, v in value.items())
    elif isinstance(value, Iterable) and not isinstance(value, str):
        text = ", ".join(shown_value(t, v, "") for v in value)
    else:
        text = str(value)
    return text
