"""The page ``rapport.html``: one file that works offline, without a script, and can be printed."""

import shlex
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from markupsafe import Markup

from geodata.wording import Lang
from optimizer.domain.batch import Batch
from optimizer.domain.voorstel import Voorstel
from optimizer.report.agreement_parts import agreement_parts
from optimizer.report.difference_parts import difference_rows
from optimizer.report.drawing import HEIGHT, WIDTH
from optimizer.report.figures import Policy, find, gain, partly_known, policies_of, summarise, worst_gap
from optimizer.report.language import Language, load
from optimizer.report.map_parts import busiest, fill_parts, job_parts, move_parts, reach_parts
from optimizer.report.page_parts import (
    compared_rows,
    gain_parts,
    listing,
    parameter_rows,
    policy_charts,
    title_of,
    without_ceiling,
)
from optimizer.report.receipt import Receipt
from optimizer.report.templating import environment

BASELINE = "handmatig"
DEFAULT = "kansrijk"


def render_run(
    voorstel: Voorstel,
    batch: Batch,
    receipt: Receipt,
    comparison: pd.DataFrame | None,
    lang: Lang = "nl",
    overeenkomsten: pd.DataFrame | None = None,
) -> str:
    """Return the page of one proposal.

    Parameters
    ----------
    receipt
        What goes into ``run.json``.
    comparison
        Rows of ``beleidsvergelijking`` for this policy and, where wanted, others; None leaves those parts out.
    overeenkomsten
        What agreements that let people stay do; None without any.
    """
    t, day = load(lang).under(receipt["parameters"]), date.fromisoformat(receipt["peildatum"])
    policies = policies_of(comparison) if comparison is not None else ()
    steps = gain(policies, BASELINE, voorstel.beleid)
    sections = ["kort", "banen", "werkplekken", "kaart", "verhuizing", "bereik", "uitzonderingen", "niet", "afweging"]
    if len(policies) > 1:
        sections[1:1] = ["beleidskeuze", "winst"] if steps else ["beleidskeuze"]
    if overeenkomsten is not None:
        sections.insert(sections.index("uitzonderingen"), "overeenkomst")
    baseline = find(policies, BASELINE)
    title = title_of(voorstel.beleid, t)
    straal_km = float(receipt["parameters"]["gronden/straal_km"]["value"])
    return _render(
        t,
        receipt,
        sections,
        title=t("pagina.titel_voorstel"),
        policy_title=title,
        facts=[
            *_common_facts(t, receipt, batch),
            (t("pagina.beleid"), title),
            (t("pagina.bekend"), t.percent(voorstel.bekend)),
            (t("pagina.seed"), str(voorstel.seed)),
        ],
        summary=summarise(voorstel, policies),
        base=baseline if baseline and voorstel.beleid != BASELINE else None,
        proof=_proof(t, voorstel),
        levels=voorstel.niveaus,
        exceptions=listing(voorstel.uitzonderingen, "soort"),
        unlinked=listing(voorstel.niet_gekoppeld, "oorzaak"),
        verify_command=f"koppelwijzer verify INVOER UITKOMST/voorstel.csv --policy {voorstel.beleid}",
        **_comparison_parts(t, policies, voorstel.beleid, BASELINE),
        **(gain_parts(t, steps, title) if steps else {}),
        latest=next(iter(partly_known(policies, BASELINE)), None),
        **agreement_parts(t, overeenkomsten, voorstel.beleid),
        **fill_parts(t, voorstel.taakstelling, day),
        **move_parts(voorstel.voorstel, straal_km, day),
        **job_parts(voorstel.banen, straal_km, day),
        **reach_parts(busiest(voorstel.banen), straal_km, voorstel.taakstelling, day),
    )


def render_comparison(
    batch: Batch,
    receipt: Receipt,
    comparison: pd.DataFrame,
    lang: Lang = "nl",
    overeenkomsten: pd.DataFrame | None = None,
) -> str:
    """Return the page of a comparison of policies on one batch."""
    t = load(lang).under(receipt["parameters"])
    policies = policies_of(comparison)
    baseline = next(p for p in policies if p.name == receipt["baseline"])
    best = min(without_ceiling(policies), key=lambda p: (p.lost.value, p.expected_loss.value))
    steps = gain(policies, baseline.name, DEFAULT)
    return _render(
        t,
        receipt,
        [
            "kort",
            "beleidskeuze",
            *(["winst"] if steps else []),
            *(["overeenkomst"] if overeenkomsten is not None else []),
        ],
        title=t("pagina.titel_vergelijking"),
        policy_title=t.number(len(policies)),
        facts=[
            *_common_facts(t, receipt, batch),
            (t("pagina.basislijn"), title_of(baseline.name, t)),
            (t("pagina.loten"), t.number(receipt["draws"])),
            (t("pagina.seed"), str(receipt["seed"])),
        ],
        summary=None,
        base=baseline,
        best={"policy": best, "title": title_of(best.name, t)},
        households=len(batch.huishoudens),
        jobs=len(batch.werk),
        levels=(),
        **agreement_parts(t, overeenkomsten),
        **_comparison_parts(t, policies, "", baseline.name),
        **(gain_parts(t, steps, title_of(DEFAULT, t)) if steps else {}),
        latest=next(iter(partly_known(policies, baseline.name)), None),
    )


def _render(t: Language, receipt: Receipt, sections: list[str], **context: Any) -> str:
    differences = difference_rows(t, receipt)
    first, *others = sections
    own = ["afwijking"] if differences else []
    everywhere = [first, *own, *others, "methode", "aannames", "controle", "bronnen"]
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            t=t,
            receipt=receipt,
            peildatum=date.fromisoformat(receipt["peildatum"]),
            sections=[(s, t(f"{s}.titel")) for s in everywhere],
            measure=receipt["distances"]["maat"].partition(":")[0],
            differences=differences,
            command=shlex.join(receipt["command"]),
            assumptions=parameter_rows(t, receipt, assumed=True),
            rules=parameter_rows(t, receipt, assumed=False),
            map_width=WIDTH,
            map_height=HEIGHT,
            **context,
        )
    )


def _common_facts(t: Language, receipt: Receipt, batch: Batch) -> list[tuple[Markup, str]]:
    no_task = receipt["parameters"]["taakstelling/regime"]["value"] == "capaciteit"
    return [
        *([(t("pagina.ruimte"), str(t("pagina.zonder_taakstelling")))] if no_task else []),
        (t("pagina.peildatum"), t.date(date.fromisoformat(receipt["peildatum"]))),
        (
            t("pagina.invoer"),
            t(
                "pagina.omvang",
                households=t.count("huishouden", len(batch.huishoudens)),
                jobs=t.count("baan", len(batch.werk)),
            ),
        ),
    ]


def _proof(t: Language, voorstel: Voorstel) -> Markup:
    """Say in words how certain the answer is."""
    if not voorstel.niveaus:
        return t("bewijs.geen")
    if f"bewijs.{voorstel.status}" not in t.texts:
        return t("bewijs.onbekend", status=voorstel.status)
    gap = worst_gap(voorstel.niveaus)
    return t(f"bewijs.{voorstel.status}", gap=f"{t.trimmed(100 * gap, 5 if gap < 1e-5 else 3)}\u00a0%")


def _comparison_parts(t: Language, policies: tuple[Policy, ...], chosen: str, baseline: str) -> Mapping[str, Any]:
    rows = compared_rows(t, policies, chosen, baseline)
    lost, expected = policy_charts(t, rows)
    spoken = [
        t("beleidskeuze.grafiek_rij", label=r.title, lost=bar.text, expected=other.text)
        for r, bar, other in zip(rows, lost.bars, expected.bars, strict=True)
    ]
    return {
        "compared": rows,
        "lost_chart": lost,
        "expected_chart": expected,
        "chart_description": t("beleidskeuze.grafiek_uitleg", rows=Markup("; ").join(spoken)),
    }
