"""The main job on one screen: read, settle, decide, explain, compare, write, have judged, publish."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from optimizer import report
from optimizer.decide import work_out
from optimizer.domain.batch import Batch
from optimizer.domain.uitvoer import GEWIJZIGD, VERZOEKEN, OutputTable
from optimizer.domain.voorstel import Voorstel
from optimizer.errors import ExitCode, worst
from optimizer.explain.told import explain
from optimizer.explain.told.vooruitblik import look_ahead
from optimizer.explain.whynot.followed import follow_requests
from optimizer.measure import Comparison
from optimizer.model import collect, known_in_time
from optimizer.pipeline.compare import comparing
from optimizer.pipeline.decisions import go_on, places
from optimizer.pipeline.first_time import explain_the_wait
from optimizer.pipeline.judging import agree, approve
from optimizer.pipeline.orders import Listener, Order
from optimizer.pipeline.policies import compare
from optimizer.pipeline.price import what_it_costs
from optimizer.pipeline.progress import level_progress, stages
from optimizer.pipeline.receipts import asked, described, overlays
from optimizer.policy import present_name
from optimizer.publish import publish
from optimizer.report.bewijs import to_bytes as certificates
from optimizer.report.kennis import knowledge
from optimizer.rules.parameters import Parameters
from optimizer.settle import settle

#: The file that makes a folder the outcome of a run.
SIGN = "voorstel.csv"
#: A relative gap up to this counts as proven (docs/bestanden.md, exit codes).
PROVEN_GAP = 1e-6


@dataclass(frozen=True)
class Done:
    """What a run ends with.

    Attributes
    ----------
    folder
        Where it stands.
    voorstel, comparison
        What it found.
    changed
        Who has another municipality than in the run that it goes on from; None where it goes on from none.
    beside
        Tables that change nothing in the proposal: requests, and a look ahead.
    code
        The exit code.
    """

    folder: Path
    voorstel: Voorstel
    comparison: Comparison
    changed: pd.DataFrame | None
    beside: Mapping[OutputTable, pd.DataFrame]
    code: ExitCode


def run_month(order: Order, listener: Listener) -> Done:
    """Do the main job."""
    say = stages(order.output.style.lang)
    order.check(sign=SIGN)
    listener.progress(say["read"])
    as_read = settle(order.wish)
    earlier = None if order.vervolg is None else go_on(order.vervolg, as_read)
    in_force = as_read if earlier is None else earlier.in_force
    listener.hear(as_read, [*order.notes(), *(earlier.warnings if earlier is not None else ())])
    explain_the_wait(listener)
    batch, parameters = in_force.batch, in_force.parameters
    listener.progress(say["solve"].format(in_force.beleid.naam))
    facts = collect(batch, parameters, seed=in_force.seed)
    case = work_out(
        batch,
        known_in_time(facts, parameters, in_force.bekend),
        in_force.beleid,
        parameters,
        in_force.kansen,
        limits=order.limits,
        progress=level_progress(order.output.style.lang, listener.progress),
        certify=True,
    )
    voorstel = explain(case).said(order.output.style.lang)
    policies = tuple(in_force.policy(naam) for naam in order.named_policies())
    comparison = compare(
        in_force,
        tuple({b.naam: b for b in (*policies, case.beleid)}.values()),
        baseline=present_name(order.baseline),
        draws=order.draws,
        limits=order.limits,
        facts=facts.replace(eerder=None),
        given=[case],
        progress=comparing(order, listener),
    )

    beside = {} if batch.vooruitblik is None else look_ahead(case, batch.vooruitblik).tables
    if voorstel.verzoeken is not None:
        listener.progress(say["requests"])
        beside |= follow_requests(case, voorstel.verzoeken, order.limits)
    continued = None if earlier is None else earlier.written(voorstel.voorstel)
    priced = what_it_costs(case, order.limits, listener, order.output.style.lang)

    def write(place: Path) -> None:
        report.write_run(
            place,
            voorstel,
            batch,
            parameters,
            command=order.output.command,
            policy=described(case.beleid, case.eisen, in_force.kansen.adults.unknown),
            overlays=overlays(order.wish, in_force, [in_force.beleid, *policies]),
            comparison=comparison.tabel,
            overeenkomsten=comparison.overeenkomsten,
            bewijs=certificates(case),
            kennis=known_then(as_read.batch, voorstel, parameters, order),
            asked=asked(order.wish) | (places(order.vervolg) if order.vervolg is not None else {}),
            continued=continued,
            priced=priced,
            beside=beside,
            style=order.output.style,
        )
        listener.progress(say["judge"])
        agree(case, approve(place, as_read, None if earlier is None else earlier.run))

    listener.progress(say["write"])
    folder = publish(order.output.place, write, sign=SIGN, force=order.output.force, inputs=order.reads)
    changed = None if continued is None else continued.tables[GEWIJZIGD]
    told = beside if voorstel.verzoeken is None else {**beside, VERZOEKEN: voorstel.verzoeken}
    return Done(folder, voorstel, comparison, changed, told, exit_code(voorstel))


def known_then(as_read: Batch, voorstel: Voorstel, parameters: Parameters, order: Order) -> bytes:
    """Return what was known when the proposal was made, for whoever asks later."""
    style, limits = order.output.style, order.limits
    told = {"work_limit": limits.work_limit, "time_limit_s": limits.time_limit_s, "gap": limits.gap}
    written = {"lang": style.lang, "english_csv": style.english_csv}
    return knowledge(as_read, voorstel, parameters, limits=told, style=written)


def exit_code(voorstel: Voorstel) -> ExitCode:
    """Return what a run ends with: a gap goes before exceptions."""
    codes = [ExitCode.DONE]
    if any(n.gap > PROVEN_GAP for n in voorstel.niveaus):
        codes.append(ExitCode.LIMIT)
    if len(voorstel.niet_gekoppeld) or len(voorstel.uitzonderingen):
        codes.append(ExitCode.EXCEPTIONS)
    return worst(codes)
