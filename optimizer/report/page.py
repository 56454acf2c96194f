"""The page ``rapport.html``: one file that works offline, without a script, and can be printed."""

import shlex
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from markupsafe import Markup

from geodata.wording import Lang
from optimizer.domain.batch import Batch
from optimizer.domain.uitvoer import (
    ATTRIBUTIE,
    GEWIJZIGD,
    PRIJS,
    UITKOMSTEN,
    VERZOEKEN,
    VOORUITBLIK,
    OutputTable,
)
from optimizer.domain.voorstel import Voorstel
from optimizer.policy import STANDAARD, load_beleid, names
from optimizer.report.agreement_parts import agreement_parts
from optimizer.report.beside_parts import ahead_parts, request_parts
from optimizer.report.change_parts import change_parts
from optimizer.report.difference_parts import difference_rows
from optimizer.report.drawing import HEIGHT, WIDTH, View, ground
from optimizer.report.figures import Policy, find, policies_of, summarise
from optimizer.report.gain_parts import chain_of, gain_parts
from optimizer.report.household_parts import household_parts
from optimizer.report.kept_parts import comparison_parts, comparison_sentences, estimand, kept_of, share_bar
from optimizer.report.language import Language, load
from optimizer.report.loss_parts import loss_parts, went_first
from optimizer.report.map_parts import busiest, fill_parts, job_parts, move_parts, reach_parts, shortage_parts
from optimizer.report.maps import at_hand, view_of
from optimizer.report.page_parts import listing, parameter_rows, title_of
from optimizer.report.price_parts import price_parts
from optimizer.report.privacy import without_place
from optimizer.report.proof_said import proof_said
from optimizer.report.receipt import Receipt
from optimizer.report.templating import environment
from optimizer.report.uncertainty_parts import uncertainty_parts
from optimizer.report.winner_parts import winner_parts
from optimizer.report.work_parts import work_parts

BASELINE = "handmatig"
#: Of the page of a proposal; some stand there only where there is something to tell.
SECTIONS = (
    "kort",
    "gewijzigd",
    "verlies",
    "huishoudens",
    "beleidskeuze",
    "winst",
    "onzekerheid",
    "prijs",
    "banen",
    "werkplekken",
    "kaart",
    "verhuizing",
    "bereik",
    "overeenkomst",
    "uitzonderingen",
    "niet",
    "werklijst",
    "verzoeken",
    "vooruitblik",
    "afweging",
)
#: What stands behind the answer: closed until somebody opens it, and not printed.
BEHIND_IT = ("methode", "aannames", "controle", "bronnen")


def render_run(
    voorstel: Voorstel,
    batch: Batch,
    receipt: Receipt,
    comparison: pd.DataFrame | None,
    lang: Lang = "nl",
    overeenkomsten: pd.DataFrame | None = None,
    further: Mapping[OutputTable, pd.DataFrame] | None = None,
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
    further
        Tables that not every run has: decisions and changes, a price, requests, a look ahead; None without any.
    """
    t, day = load(lang).under(receipt["parameters"]), date.fromisoformat(receipt["peildatum"])
    policies = policies_of(comparison) if comparison is not None else ()
    steps = chain_of(policies, voorstel.beleid)
    tables = further or {}
    sections = _sections(tables, compared=len(policies) > 1, gains=steps is not None, agreed=overeenkomsten is not None)
    baseline, summary = find(policies, BASELINE), summarise(voorstel, policies)
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
        summary=summary,
        estimand=estimand(t, receipt, len(batch.werk), BASELINE),
        kept=kept_of(t, summary.jobs),
        base_kept=kept_of(t, baseline.jobs) if baseline and voorstel.beleid != BASELINE else "",
        base_title=title_of(BASELINE, t),
        share_bar=share_bar(summary.jobs),
        wages=_wages(t, voorstel, batch),
        proof=proof_said(t, voorstel),
        levels=voorstel.niveaus,
        exceptions=listing(_placeless(t, voorstel.uitzonderingen, voorstel), "soort", ordered=True),
        crossings=t.count("huishouden", len(voorstel.koppelregio)) if len(voorstel.koppelregio) else "",
        **household_parts(t, voorstel),
        unlinked=listing(_placeless(t, voorstel.niet_gekoppeld, voorstel), "oorzaak"),
        verify_command=f"koppelwijzer verify INVOER UITKOMST/voorstel.csv --policy {voorstel.beleid}",
        **comparison_parts(t, policies, voorstel.beleid, BASELINE, _fulltime(receipt)),
        **loss_parts(t, voorstel, receipt["policy"]),
        first=_first(t, policies, {voorstel.beleid: receipt["policy"]}),
        **uncertainty_parts(t, {}),
        **(gain_parts(t, steps, policies) if steps is not None else {}),
        **agreement_parts(t, overeenkomsten, voorstel.beleid),
        **change_parts(t, tables, voorstel),
        **price_parts(t, tables.get(PRIJS)),
        **work_parts(t, voorstel.werklijst, receipt),
        view=view_of(at_hand(voorstel.taakstelling, voorstel.voorstel, voorstel.banen), day),
        province_borders=ground(day).provincies,
        **request_parts(t, tables),
        **ahead_parts(t, tables, day),
        **fill_parts(t, voorstel.taakstelling, day),
        **shortage_parts(voorstel.niet_gekoppeld, day),
        **move_parts(voorstel.voorstel, straal_km, day),
        **job_parts(voorstel.banen, straal_km, day),
        **reach_parts(busiest(voorstel.banen), straal_km, voorstel.taakstelling, day),
    )


def _placeless(t: Language, frame: pd.DataFrame, voorstel: Voorstel) -> pd.DataFrame:
    """Return a table of households in which a private ground has no place."""
    return without_place(frame, voorstel.voorstel, t.plain("huishoudens.persoonlijk"))


def _sections(further: Mapping[OutputTable, pd.DataFrame], *, compared: bool, gains: bool, agreed: bool) -> list[str]:
    """List the sections of the page of a proposal, in their order."""
    wanted = {
        "gewijzigd": GEWIJZIGD in further,
        "beleidskeuze": compared,
        "winst": compared and gains,
        "onzekerheid": compared,
        "prijs": PRIJS in further,
        "overeenkomst": agreed,
        "verzoeken": VERZOEKEN in further,
        "vooruitblik": VOORUITBLIK in further,
    }
    return [section for section in SECTIONS if wanted.get(section, True)]


def render_comparison(
    batch: Batch,
    receipt: Receipt,
    comparison: pd.DataFrame,
    lang: Lang = "nl",
    overeenkomsten: pd.DataFrame | None = None,
    further: Mapping[OutputTable, pd.DataFrame] | None = None,
) -> str:
    """Return the page of a comparison of policies, with what was worked out further by its table."""
    t = load(lang).under(receipt["parameters"])
    policies = policies_of(comparison)
    attributie = (further or {}).get(ATTRIBUTIE)
    baseline = next(p for p in policies if p.name == receipt["baseline"])
    gains = winner_parts(t, further or {})
    return _render(
        t,
        receipt,
        [
            "kort",
            "beleidskeuze",
            *(["winst"] if attributie is not None else []),
            "onzekerheid",
            *(["winnaars"] if gains["gain_policies"] else []),
            "verlies",
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
        estimand=estimand(t, receipt, len(batch.werk), baseline.name),
        sentences=comparison_sentences(t, policies, baseline, receipt),
        households=len(batch.huishoudens),
        jobs=len(batch.werk),
        levels=(),
        **agreement_parts(t, overeenkomsten),
        **gains,
        **comparison_parts(t, policies, "", baseline.name, _fulltime(receipt)),
        first=_first(t, policies, receipt["policies"]),
        **uncertainty_parts(t, further or {}, baseline.name, STANDAARD),
        **(gain_parts(t, attributie, policies) if attributie is not None else {}),
    )


def _render(t: Language, receipt: Receipt, sections: list[str], **context: Any) -> str:
    differences = difference_rows(t, receipt)
    first, *others = sections
    own = ["afwijking"] if differences else []
    everywhere = [first, *own, *others, *BEHIND_IT]
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            t=t,
            receipt=receipt,
            peildatum=date.fromisoformat(receipt["peildatum"]),
            sections=[(s, t(f"{s}.titel")) for s in everywhere],
            folded=BEHIND_IT,
            measure=receipt["distances"]["maat"].partition(":")[0],
            differences=differences,
            command=shlex.join(receipt["command"]),
            assumptions=parameter_rows(t, receipt, assumed=True),
            rules=parameter_rows(t, receipt, assumed=False),
            map_view=context.pop("view", None) or View(0.0, 0.0, WIDTH, HEIGHT),
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


def _fulltime(receipt: Receipt) -> float:
    return float(receipt["parameters"]["werk/voltijd_uren"]["value"])


def _wages(t: Language, voorstel: Voorstel, batch: Batch) -> dict[str, str]:
    """Return the gross monthly wages by outcome and in all, empty where none was given, and of how many jobs one was.

    The total is that of the rounded amounts above it, so that whoever adds them up finds it.
    """
    given = batch.werk.reindex(columns=["baan_id", "maandloon_eur"]).set_index("baan_id")["maandloon_eur"]
    wage = voorstel.banen["baan_id"].map(given).astype("float64")
    sums = wage.groupby(voorstel.banen["uitkomst"]).sum(min_count=1).dropna()
    told = {name: t.number(float(sums[name])) if name in sums else "" for name in UITKOMSTEN}
    total = t.number(sum(round(float(n)) for n in sums)) if len(sums) else ""
    return told | {"total": total, "known": t.number(int(wage.notna().sum()))}


def _first(t: Language, policies: Sequence[Policy], told: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Say what each policy that lost a job for the sake of something else puts first; one without that is left out."""
    found = {}
    for p in policies:
        name = p.name.partition("@")[0]
        plain = told.get(name) or (load_beleid(name).model_dump() if name in names() else {})
        if p.causes["beleid"]:
            found[p.name] = went_first(t, plain)
    return found
