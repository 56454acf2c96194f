"""What the page says of jobs kept: the estimand, the sentences that compare policies, the charts and tables."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from optimizer.policy import STANDAARD
from optimizer.report.charts import Chart, bar_chart
from optimizer.report.figures import Jobs, Policy, best_of, still_open
from optimizer.report.language import Language
from optimizer.report.page_parts import Compared, compared_rows, title_of, without_ceiling
from optimizer.report.receipt import Receipt

CHART_PX = (300.0, 230.0)
#: The level of which the bound holds for every policy that follows the opgave.
JOBS_LEVEL = ("alleen_banen", "banen_behouden")


def estimand(t: Language, receipt: Receipt, jobs: int, baseline: str) -> Markup:
    """Say on one line what is counted: of which jobs, when, what counts as kept, against what, on what assumptions."""
    rules = receipt["parameters"]
    return t(
        "banen_telling.regel",
        jobs=t.count("baan", jobs),
        day=t.date(date.fromisoformat(receipt["peildatum"])),
        baseline=title_of(baseline, t),
        weeks=t.trimmed(rules["verhuizing/weken_na_koppeling"]["value"]),
        measure=t.label("maat", receipt["distances"]["maat"].partition(":")[0]),
    )


def kept_of(t: Language, jobs: Jobs) -> Markup:
    """Return jobs kept of all jobs, with the bounds where some are undecided: ``38 van de 61 banen (38 tot 45)``."""
    said = t("banen_telling.van", kept=t.mean(jobs.kept), jobs=t.count("baan", jobs.total))
    if not jobs.undecided:
        return said
    return said + t("banen_telling.grenzen", least=t.mean(jobs.least), most=t.mean(jobs.most))


def bounds(t: Language, jobs: Jobs) -> str:
    """Return what is kept at least and at most."""
    return t.mean(jobs.least) if not jobs.undecided else f"{t.mean(jobs.least)}–{t.mean(jobs.most)}"


def difference(t: Language, jobs: Jobs, base: Jobs) -> str:
    """Return the jobs kept more than by the baseline; with the widest bounds where jobs are undecided."""
    change = t.mean_change(jobs.kept - base.kept)
    if not jobs.undecided and not base.undecided:
        return change
    low, high = (t.mean_change(n) for n in (jobs.least - base.most, jobs.most - base.least))
    return str(t("banen_telling.tussen", change=change, low=low, high=high))


def comparison_sentences(t: Language, policies: Sequence[Policy], baseline: Policy, receipt: Receipt) -> list[Markup]:
    """Say what the baseline keeps, which policy that can be carried out keeps most, and how certain that is."""
    able = without_ceiling(policies) or list(policies)
    best = best_of(able)
    said = [
        t("kort.zin_basislijn", policy=title_of(baseline.name, t), kept=kept_of(t, baseline.jobs)),
        t("kort.zin_meeste", policy=title_of(best.name, t), kept=kept_of(t, best.jobs)),
    ]
    equal = [title_of(p.name, t) for p in able if p is not best and p.jobs == best.jobs]
    if equal:
        said.append(t("kort.zin_evenveel", policies=", ".join(equal)))
    unsure = len(still_open(able, best))
    if unsure:
        said.append(t("kort.zin_open", n=t.count("beleid", unsure)))
    most = _proven_most(receipt)
    if most is not None:
        said.append(t("kort.zin_bovengrens", most=t.count("baan", most)))
    return said


def _proven_most(receipt: Receipt) -> float | None:
    """Return the proven bound on jobs kept with the opgave; None where it was not worked out or a scenario changed it.

    Where grounds or a region bind, or another level comes first, it bounds that policy and no other.
    """
    policy, level = JOBS_LEVEL
    told = receipt["policies"].get(policy, {})
    if told.get("niveaus", [])[:1] != [level] or told["gronden_binden"] or told["arbeidsmarktregio_bindt"]:
        return None
    return next((float(n["grens"]) for n in told["levels"] if n["naam"] == level), None)


def kept_more_than(t: Language, policies: Sequence[Policy], chosen: str) -> list[Markup]:
    """Say of each policy that keeps more than the chosen one by not looking at grounds that it does not: what it costs.

    A policy that only says what is possible is none that people compare with.
    """
    mine = next((p for p in policies if p.name == chosen), None)
    if mine is None:
        return []
    return [
        t(
            "beleidskeuze.meer_dan",
            policy=title_of(p.name, t),
            expected=t.number(p.expected.value, 1),
            chosen=title_of(chosen, t),
            mine=t.number(mine.expected.value, 1),
            far=t.count("huishouden", p.grounds_not_honoured),
            near=t.mean(mine.grounds_not_honoured),
        )
        for p in without_ceiling(policies)
        if p.expected.value > mine.expected.value and p.grounds_not_honoured > mine.grounds_not_honoured
    ]


def comparison_parts(
    t: Language, policies: Sequence[Policy], chosen: str, baseline: str, fulltime_hours: float
) -> dict[str, Any]:
    """Return rows, charts and tables of the policies side by side; nothing without policies."""
    rows = compared_rows(t, policies, chosen, baseline)
    base = next((p for p in policies if p.name == baseline), None)
    kept, expected = policy_charts(t, rows)
    spoken = [
        t("beleidskeuze.grafiek_rij", label=r.title, kept=kept_of(t, r.policy.jobs), expected=other.text)
        for r, other in zip(rows, expected.bars, strict=True)
    ]
    return {
        "compared": rows,
        "more_than": kept_more_than(t, policies, chosen or STANDAARD),
        "against": {
            r.policy.name: difference(t, r.policy.jobs, base.jobs) if base and r.policy is not base else ""
            for r in rows
        },
        "spans": {r.policy.name: bounds(t, r.policy.jobs) for r in rows},
        "kept_chart": kept,
        "expected_chart": expected,
        "chart_description": t("beleidskeuze.grafiek_uitleg", rows=Markup("; ").join(spoken)),
        "fulltime": {r.policy.name: r.policy.hours_kept / fulltime_hours for r in rows},
        "fulltime_hours": t.trimmed(fulltime_hours),
        "fulltime_number": fulltime_hours,
    }


def policy_charts(t: Language, rows: Sequence[Compared]) -> tuple[Chart, Chart]:
    """Lay out the two charts that share their rows: jobs kept with what is undecided, and jobs expected to be kept."""
    kept = [(r.title, _bar_text(t, r.policy.jobs), r.mark, r.policy.kept) for r in rows]
    undecided = [r.policy.jobs.undecided for r in rows]
    everything = max([r.policy.jobs.total for r in rows], default=0.0)
    expected = [(r.title, t.number(r.policy.expected.value, 1), r.mark, r.policy.expected) for r in rows]
    return bar_chart(kept, CHART_PX[0], undecided, everything), bar_chart(expected, CHART_PX[1], (), everything)


def _bar_text(t: Language, jobs: Jobs) -> str:
    undecided = t("beleidskeuze.grafiek_onbeslist", n=t.mean(jobs.undecided)) if jobs.undecided else ""
    return f"{t.mean(jobs.kept)}{undecided}"


def share_bar(jobs: Jobs) -> list[tuple[str, float, float]]:
    """Return the five outcomes of a proposal as parts of one bar: name, jobs, percentage."""
    parts = [
        ("binnen_50km", jobs.kept),
        ("niet_gekoppeld", jobs.undecided),
        ("verloren_regel", jobs.lost),
        ("al_buiten", jobs.beyond),
        ("loopt_af", jobs.ended),
    ]
    return [(name, n, round(100 * n / jobs.total, 2) if jobs.total else 0.0) for name, n in parts]
