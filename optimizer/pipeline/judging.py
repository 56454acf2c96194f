"""The judge at work: on a proposal of anybody, on one link, on what was just written, on an answer not written."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.codes import resolve
from geodata.errors import GemeenteOnbekend
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.voorstel import Voorstel
from optimizer.errors import VoorstelAfgekeurd
from optimizer.measure import Counts, count
from optimizer.model import Case
from optimizer.pipeline.orders import Listener
from optimizer.read import read_voorstel
from optimizer.read.checks.herindeling import ended_in
from optimizer.rules.parameters import Parameters
from optimizer.settle import Wish, settle
from optimizer.verify import Bevinding, Oordeel, Toets, judge, judge_link


def judge_file(wish: Wish, voorstel: Path, listener: Listener, *, with_policy: bool) -> tuple[Oordeel, Parameters]:
    """Judge a proposal of ours or of somebody else, without the solver; return the verdict and the rules in force."""
    in_force = settle(wish)
    listener.warn(in_force.warnings)
    frame = read_voorstel(voorstel)
    listener.warn(ended_in(in_force.parameters.peildatum, voorstel.name, "gemeente", frame["gemeente"].map(_code)))
    verdict = judge(
        in_force.batch,
        frame,
        parameters=in_force.parameters,
        eisen=in_force.beleid.eisen(in_force.parameters) if with_policy else None,
        bekend=in_force.bekend,
        seed=in_force.seed,
        kans_werk=chance_of(in_force.kansen["kans_werk"], in_force.batch, frame),
        chances=in_force.kansen,
        niveaus=in_force.beleid.niveaus if with_policy else (),
    )
    return verdict, in_force.parameters


def judge_one(
    wish: Wish, huishouden_id: str, gemeente: str, listener: Listener, *, with_policy: bool
) -> tuple[Toets, ...]:
    """Put every rule to one link of a batch."""
    in_force = settle(wish)
    listener.warn(in_force.warnings)
    listener.warn(ended_in(in_force.parameters.peildatum, "--gemeente", "", pd.Series([gemeente])))
    return judge_link(
        in_force.batch,
        huishouden_id,
        gemeente,
        parameters=in_force.parameters,
        eisen=in_force.beleid.eisen(in_force.parameters) if with_policy else None,
        bekend=in_force.bekend,
        seed=in_force.seed,
    )


def approve(case: Case, voorstel: Voorstel, written: pd.DataFrame) -> None:
    """Let the judge look at the file as it was written, and at our counts; raise VoorstelAfgekeurd when it objects.

    Called before the run is put in its place, so that a rejected answer is never published.
    """
    verdict = judge(
        case.batch,
        written,
        parameters=case.parameters,
        eisen=case.eisen,
        bekend=case.facts.bekend,
        seed=case.facts.seed,
        kans_werk=chance_of(case.kans, case.batch, written),
        chances=case.problem.kansen,
        niveaus=case.beleid.niveaus,
        banen=voorstel.banen,
        taakstelling=voorstel.taakstelling,
        uitzonderingen=voorstel.uitzonderingen,
    )
    if verdict.overtredingen:
        raise VoorstelAfgekeurd(
            f"De rechter keurt het voorstel af (overtredingen: {len(verdict.overtredingen)}). Er is niets geschreven.\n"
            + _listed(verdict.overtredingen, "toelichting"),
            f"The judge rejects the proposal (violations: {len(verdict.overtredingen)}). Nothing was written.\n"
            + _listed(verdict.overtredingen, "toelichting_en"),
        )
    _agree(case, count(case.facts, case.answer.gemeente, case.parameters, case.kans), verdict)


def judged(case: Case) -> Counts:
    """Return what we count of an answer, after the judge found no violation in it and counted the same.

    Raises
    ------
    VoorstelAfgekeurd
        When the judge objects, or counts otherwise.
    """
    codes = np.append(case.facts.gemeenten.code.astype(object), "")
    links = {"huishouden_id": case.facts.huishoudens, "gemeente": codes[case.answer.gemeente]}
    verdict = judge(
        case.batch,
        pd.DataFrame(links, dtype=str),
        parameters=case.parameters,
        eisen=case.eisen,
        bekend=case.facts.bekend,
        seed=case.facts.seed,
    )
    if verdict.overtredingen:
        first = verdict.overtredingen[0]
        raise VoorstelAfgekeurd(
            f"De rechter keurt het antwoord van beleid {case.beleid.naam} af: {first.toelichting}",
            f"The judge rejects the answer of policy {case.beleid.naam}: {first.toelichting_en}",
        )
    ours = count(case.facts, case.answer.gemeente, case.parameters, case.kans)
    _agree(case, ours, verdict)
    return ours


def chance_of(chance: NDArray[np.int32], batch: Batch, frame: pd.DataFrame) -> NDArray[np.float64]:
    """Chance of work of each row of a proposal at its municipality; NaN where nothing is linked or known."""
    row = {h: i for i, h in enumerate(batch.huishoudens["huishouden_id"])}
    index = load_gemeenten().index
    code = {text: _code(text) for text in frame["gemeente"].unique()}
    out = [
        chance[row[h], index[code[g]]] / 10_000 if h in row and code[g] else np.nan
        for h, g in zip(frame["huishouden_id"], frame["gemeente"], strict=True)
    ]
    return np.array(out, dtype=np.float64)


def _agree(case: Case, ours: Counts, verdict: Oordeel) -> None:
    """Raise VoorstelAfgekeurd where the judge counts otherwise than we do."""
    for name, value in verdict.tellingen.items():
        if name in ours and not np.isclose(ours[name], value, rtol=1e-9, atol=1e-6, equal_nan=True):
            raise VoorstelAfgekeurd(
                f"De rechter telt bij beleid {case.beleid.naam} {name} = {value}; wij telden {float(ours[name])}. "
                "Meld dit aan de makers.",
                f"Under policy {case.beleid.naam} the judge counts {name} = {value}; we counted {float(ours[name])}. "
                "Tell the makers.",
            )


def _listed(found: tuple[Bevinding, ...], sentence: str) -> str:
    return "\n".join(f"- {getattr(b, sentence)}" for b in found[:10])


def _code(text: str) -> str:
    try:
        return resolve(text) if text else ""
    except GemeenteOnbekend:
        return ""
