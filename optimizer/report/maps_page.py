"""The page ``kaarten.html``: the maps of a finished run, each with its table, in one file that works offline."""

from datetime import date

from geodata.wording import Lang
from optimizer.domain.finished import RunFolder
from optimizer.report import maps
from optimizer.report.drawing import ground
from optimizer.report.language import load
from optimizer.report.map_parts import busiest, fill_parts, job_parts, move_parts, reach_parts
from optimizer.report.page_parts import title_of
from optimizer.report.templating import environment

SECTIONS = ("kaart", "werkplekken", "verhuizing", "bereik")


def render_maps(run: RunFolder, lang: Lang = "nl", werk: str | None = None) -> str:
    """Return the page with the maps of a run.

    Parameters
    ----------
    run
        What `optimizer.read.run.read_run` found.
    werk
        Municipality (code) whose catchment is shown; None: the one with most jobs of the run.
    """
    t = load(lang).under(run.receipt["parameters"])
    peildatum = date.fromisoformat(run.receipt["peildatum"])
    policy = title_of(run.receipt["policy"]["name"], t)
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            t=t,
            receipt=run.receipt,
            peildatum=peildatum,
            title=t("kaarten.titel"),
            policy_title=policy,
            summary=True,
            facts=[
                (t("pagina.peildatum"), t.date(peildatum)),
                (t("pagina.beleid"), policy),
                (t("kaarten.straal"), f"{t.trimmed(run.straal_km)} km"),
                (t("kaarten.afstand"), t.label("maat", run.measure)),
            ],
            sections=[(s, t(f"{s}.titel")) for s in SECTIONS],
            map_view=maps.view_of(maps.at_hand(run.taakstelling, run.voorstel, run.banen), run.peildatum),
            province_borders=ground(run.peildatum).provincies,
            measure=run.measure,
            **fill_parts(t, run.taakstelling, run.peildatum),
            **job_parts(run.banen, run.straal_km, run.peildatum),
            **move_parts(run.voorstel, run.straal_km, run.peildatum),
            **reach_parts(werk or busiest(run.banen), run.straal_km, run.taakstelling, run.peildatum),
        )
    )
