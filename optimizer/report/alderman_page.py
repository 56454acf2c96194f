"""The page ``wethouder.html``: what an alderman needs to know of a proposal, on one A4.

It is as long as a sheet because every list on it is: what does not fit is counted, and stands in the report.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from markupsafe import Markup

from geodata.gemeenten import load_gemeenten
from geodata.wording import Lang
from optimizer.domain.voorstel import Voorstel
from optimizer.report.charts import bar_chart
from optimizer.report.figures import Policy, Summary, find, policies_of, summarise
from optimizer.report.household_parts import ATTENTION, attention_of
from optimizer.report.kept_parts import kept_of
from optimizer.report.language import Language, load
from optimizer.report.loss_parts import cause_said, went_first
from optimizer.report.page_parts import compared_rows, title_of
from optimizer.report.proof_said import proof_said
from optimizer.report.receipt import Receipt
from optimizer.report.templating import environment

BASELINE = "handmatig"
#: What a sheet holds: rows of lost jobs, places of kept ones, kinds of decision, households of each, and policies.
MOST_LOST, MOST_KEPT, MOST_KINDS, MOST_NAMES, MOST_POLICIES = 13, 12, 7, 4, 6
CHART_PX = 380.0


@dataclass(frozen=True)
class LostPlace:
    """The jobs in one place that are lost from one cause."""

    place: str
    jobs: int
    why: str


@dataclass(frozen=True)
class Asked:
    """What asks for a decision: why, of how many households, and of which, the longest waiting first."""

    why: str
    households: int
    who: str


def render_alderman(voorstel: Voorstel, receipt: Receipt, comparison: pd.DataFrame | None, lang: Lang = "nl") -> str:
    """Return the page of one proposal.

    Parameters
    ----------
    receipt
        What goes into ``run.json``.
    comparison
        Rows of ``beleidsvergelijking`` for this policy and others; None leaves the others out.
    """
    t = load(lang).under(receipt["parameters"])
    policies = policies_of(comparison) if comparison is not None else ()
    summary = summarise(voorstel, policies)
    lost, elsewhere = lost_places(t, voorstel, receipt)
    return (
        environment()
        .get_template("alderman.html.j2")
        .render(
            t=t,
            receipt=receipt,
            peildatum=date.fromisoformat(receipt["peildatum"]),
            policy_title=title_of(voorstel.beleid, t),
            summary=summary,
            proposed=_proposed(t, voorstel, summary, find(policies, BASELINE)),
            lost=lost,
            lost_elsewhere=elsewhere,
            kept=kept_places(t, voorstel),
            asked=asked_for(t, voorstel),
            unlinked=len(voorstel.niet_gekoppeld),
            bars=_chart(t, policies, voorstel.beleid),
            proof=proof_said(t, voorstel, link=False),
        )
    )


def lost_places(t: Language, voorstel: Voorstel, receipt: Receipt) -> tuple[list[LostPlace], int]:
    """Return the lost jobs by place of work and cause, most first, and how many jobs stand in no row."""
    locked = set(voorstel.voorstel.loc[voorstel.voorstel["status"] == "vastgezet", "huishouden_id"])
    first = went_first(t, receipt["policy"])
    rows = voorstel.banen[voorstel.banen["uitkomst"] == "verloren_regel"].to_dict("records")
    found = Counter((_town(row["werk_gemeente"]), cause_said(t, row, locked, first)) for row in rows)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0][0].lstrip("'").casefold(), item[0][1]))
    shown = ordered[:MOST_LOST]
    return [LostPlace(place, n, why) for (place, why), n in shown], len(rows) - sum(n for _, n in shown)


def kept_places(t: Language, voorstel: Voorstel) -> str:
    """Name the places of work of the jobs that are kept with their number, most first; the rest is counted."""
    kept = voorstel.banen.loc[voorstel.banen["uitkomst"] == "binnen_50km", "werk_gemeente"]
    found = Counter(_town(code) for code in kept)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0].lstrip("'").casefold()))
    said = [f"{place} {t.number(n)}" for place, n in ordered[:MOST_KEPT]]
    rest = ordered[MOST_KEPT:]
    if rest:
        places = t.count("gemeente", len(rest))
        said.append(t.plain("wethouder.andere", places=places, n=t.number(sum(n for _, n in rest))))
    return ", ".join(said) + "." if said else str(t("wethouder.niets_behouden"))


def asked_for(t: Language, voorstel: Voorstel) -> list[Asked]:
    """Return what asks for a person's decision, most urgent first; every household counts with what is most urgent."""
    attention = attention_of(voorstel)
    days = dict(zip(voorstel.voorstel["huishouden_id"], voorstel.voorstel["dagen_sinds_vergunning"], strict=True))
    by_kind: dict[str, list[str]] = {}
    for household in sorted(attention, key=lambda h: -int(days[h])):
        if attention[household]:
            by_kind.setdefault(attention[household][0], []).append(household)
    found = []
    for kind in [k for k in ATTENTION if k in by_kind][:MOST_KINDS]:
        names = by_kind[kind]
        more = t.plain("wethouder.en_meer", n=t.number(len(names) - MOST_NAMES)) if len(names) > MOST_NAMES else ""
        found.append(Asked(str(t(f"aandacht.{kind}")), len(names), ", ".join(names[:MOST_NAMES]) + more))
    return found


def _proposed(t: Language, voorstel: Voorstel, summary: Summary, baseline: Policy | None) -> list[Markup]:
    places = voorstel.voorstel.loc[voorstel.voorstel["status"] != "niet_gekoppeld", "gemeente"].nunique()
    said = [
        t(
            "wethouder.zin",
            linked=t.count("huishouden", summary.households_linked),
            places=t.count("gemeente", places),
        )
    ]
    if summary.jobs.total:
        said.append(t("kort.zin_banen", kept=kept_of(t, summary.jobs)))
        if baseline is not None and voorstel.beleid != BASELINE:
            said.append(t("kort.zin_basis", policy=title_of(BASELINE, t), kept=kept_of(t, baseline.jobs)))
        if summary.jobs.ended:
            said.append(t("wethouder.loopt_af", n=t.count("baan", summary.jobs.ended)))
        if summary.jobs.beyond:
            said.append(t("wethouder.al_te_ver", n=t.count("baan", summary.jobs.beyond)))
    return said


def _chart(t: Language, policies: tuple[Policy, ...], chosen: str) -> Any:
    """Lay out the jobs kept under the chosen policy and the others, without the variants of one policy."""
    whole = [row for row in compared_rows(t, policies, chosen, "") if "@" not in row.policy.name]
    mine = [row for row in whole if row.mark]
    rows = sorted([*[r for r in whole if not r.mark][: MOST_POLICIES - len(mine)], *mine], key=whole.index)
    kept = [(r.title, t.mean(r.policy.jobs.kept), r.mark, r.policy.kept) for r in rows]
    if not kept:
        return bar_chart([], CHART_PX, (), 1.0)
    undecided, total = [r.policy.jobs.undecided for r in rows], max(r.policy.jobs.total for r in rows)
    return bar_chart(kept, CHART_PX, undecided, total)


def _town(code: str) -> str:
    gemeenten = load_gemeenten()
    return str(gemeenten.naam[gemeenten.index[code]]) if code in gemeenten.index else str(code)
