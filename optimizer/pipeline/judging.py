"""The judge at work: on a proposal of anybody, on one link, on what was just written, on an answer not written."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.codes import resolve
from geodata.errors import GemeenteOnbekend
from geodata.gemeenten import load_gemeenten
from geodata.wording import Sentence
from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import BEWIJS
from optimizer.errors import Geweigerd, InvoerOngeldig, ParameterFout, VoorstelAfgekeurd
from optimizer.measure import Counts, count
from optimizer.model import Case
from optimizer.pipeline.again import find_again, other_inputs, pace_in_force
from optimizer.pipeline.brieven import judge_written
from optimizer.pipeline.orders import Listener
from optimizer.read import read_voorstel
from optimizer.read.bewijs import read_bewijs
from optimizer.read.checks.herindeling import ended_in
from optimizer.read.groepen import groepen_beside, read_groepen
from optimizer.read.run import read_finished
from optimizer.rules.parameters import Parameters
from optimizer.settle import InForce, Wish, settle
from optimizer.verify import Bevinding, Oordeel, Toets, judge, judge_link, judge_run
from optimizer.verify.adults import Adults

_NOT_TO_JUDGE = Sentence(
    "Deze run is niet te keuren met de invoer in '{place}': {why}. Geef met --invoer de invoer van toen.",
    "This run cannot be judged with the input in '{place}': {why}. Give the input of that moment with --invoer.",
)
_OTHER_INPUT = Sentence(
    "De invoer in '{place}' is niet die van deze run. Anders of weg: {other}. Geef met --invoer de invoer van toen.",
    "The input in '{place}' is not that of this run. Changed or gone: {other}. Give the input of that moment with "
    "--invoer.",
)
_NO_CERTIFICATES = Sentence(
    "Deze run heeft geen bewijs van grenzen (bewijs.json.gz). Dat heeft alleen een run met een beleid dat het beste "
    "zoekt, niet te groot en niet door de klok gestopt. Keur de run zonder --bewijs.",
    "This run has no certificates of bounds (bewijs.json.gz). Only a run of a policy that optimises has them, not too "
    "large and not ended by the clock. Judge the run without --bewijs.",
)
_NO_EARLIER = Sentence(
    "De run waarop deze verdergaat, is er niet meer. Wij keuren met de gemeenten die hier in eerder.csv staan.",
    "The run that this one goes on from is gone. It is judged by the municipalities in its own eerder.csv.",
)


def judge_file(wish: Wish, voorstel: Path, listener: Listener, *, with_policy: bool) -> tuple[Oordeel, Parameters]:
    """Judge a proposal of ours or of somebody else, without the solver; return the verdict and the rules in force."""
    in_force = settle(wish)
    listener.hear(in_force)
    frame = read_voorstel(voorstel)
    listener.warn(ended_in(in_force.parameters.peildatum, voorstel.name, "gemeente", frame["gemeente"].map(_code)))
    verdict = judge(
        in_force.batch,
        frame,
        parameters=in_force.parameters,
        eisen=_without_receipt(in_force) if with_policy else None,
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
    listener.hear(in_force)
    listener.warn(ended_in(in_force.parameters.peildatum, "--gemeente", "", pd.Series([gemeente])))
    return judge_link(
        in_force.batch,
        huishouden_id,
        gemeente,
        parameters=in_force.parameters,
        eisen=_without_receipt(in_force) if with_policy else None,
        bekend=in_force.bekend,
        seed=in_force.seed,
    )


def judge_finished(
    folder: Path,
    wish: Wish,
    run: FinishedRun,
    listener: Listener,
    *,
    certificates: Path | None = None,
    letters: Path | None = None,
) -> tuple[Oordeel, Parameters]:
    """Judge a finished run from its written files; return the verdict and the rules in force.

    Parameters
    ----------
    certificates
        The folder of the run, to judge the bounds by its certificates too; None: they are not looked at.
    letters
        A folder of letters about the run, to judge each of them too.

    Raises
    ------
    Geweigerd
        When the input is not that of the run, or the run made no certificates.
    """
    if certificates is not None and BEWIJS not in (run.receipt.get("files") or {}):
        raise Geweigerd(_NO_CERTIFICATES.nl, _NO_CERTIFICATES.en)
    try:
        in_force = settle(wish)
    except (InvoerOngeldig, ParameterFout) as error:
        raise Geweigerd(*_NOT_TO_JUDGE.fill(place=str(wish.source), why=error.sentence)) from error
    listener.hear(in_force)
    other = [*other_inputs(run.receipt, in_force.batch), *_other_ahead(run, in_force.batch)]
    if other:
        raise Geweigerd(*_OTHER_INPUT.fill(place=str(wish.source), other=", ".join(other)))
    groepen = _groups(run, in_force, wish)
    verdict = _from_files(run, in_force, _earlier(folder, run, listener), certificates, groepen)
    if letters is not None and not verdict.overtredingen:
        verdict = replace(verdict, overtredingen=tuple(judge_written(letters, run, in_force, listener)))
    return verdict, in_force.parameters


def approve(
    place: Path, in_force: InForce, earlier: FinishedRun | None = None, groepen: pd.DataFrame | None = None
) -> Oordeel:
    """Return what the judge says of every file as it was written; raise VoorstelAfgekeurd when it objects.

    Called before the run is put in its place, so that a rejected answer is never published.
    """
    verdict = _from_files(read_finished(place), in_force, earlier, groepen=groepen)
    if verdict.overtredingen:
        raise VoorstelAfgekeurd(
            f"De rechter keurt het voorstel af (overtredingen: {len(verdict.overtredingen)}). Er is niets geschreven.\n"
            + _listed(verdict.overtredingen, "toelichting"),
            f"The judge rejects the proposal (violations: {len(verdict.overtredingen)}). Nothing was written.\n"
            + _listed(verdict.overtredingen, "toelichting_en"),
        )
    return verdict


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
    return agree(case, verdict)


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


def agree(case: Case, verdict: Oordeel) -> Counts:
    """Return what we count of an answer; raise VoorstelAfgekeurd where the judge counts otherwise."""
    ours = count(case, case.answer.gemeente)
    for name, value in verdict.tellingen.items():
        if name in ours and not np.isclose(ours[name], value, rtol=1e-9, atol=1e-6, equal_nan=True):
            raise VoorstelAfgekeurd(
                f"De rechter telt bij beleid {case.beleid.naam} {name} = {value}; wij telden {float(ours[name])}. "
                "Meld dit aan de makers.",
                f"Under policy {case.beleid.naam} the judge counts {name} = {value}; we counted {float(ours[name])}. "
                "Tell the makers.",
            )
    return ours


def _other_ahead(run: FinishedRun, batch: Batch) -> list[str]:
    """Name the file of people in procedure where it is not that of the run."""
    told, now = run.receipt.get("vooruitblik"), batch.vooruitblik_bron
    same = (told or {}).get("sha256") == (now.sha256 if now else None)
    return [] if same else [str(told["name"]) if told else str(now.naam if now else "")]


def _earlier(folder: Path, run: FinishedRun, listener: Listener) -> FinishedRun | None:
    """Return the run that a run goes on from, where it can still be found; say so where it cannot."""
    if run.receipt.get("vorige") is None:
        return None
    try:
        place = find_again(folder, run.receipt, "vorige")
        return None if place is None else read_finished(place)
    except Geweigerd:
        listener.say(_NO_EARLIER)
        return None


def _from_files(
    run: FinishedRun,
    in_force: InForce,
    earlier: FinishedRun | None = None,
    certificates: Path | None = None,
    groepen: pd.DataFrame | None = None,
) -> Oordeel:
    adults, named = in_force.kansen.adults, run.receipt.get("policies") or ()
    return judge_run(
        run,
        in_force.batch,
        parameters=in_force.parameters,
        eisen=replace(in_force.beleid.eisen(in_force.parameters), tempo_telt=pace_in_force(run.receipt.get("policy"))),
        niveaus=in_force.beleid.niveaus,
        methode=in_force.beleid.methode,
        chances=in_force.kansen,
        grenzen=certificates is not None,
        bewijs=None if certificates is None else read_bewijs(certificates),
        earlier=earlier,
        policies={
            name: replace(
                in_force.policy(name).eisen(in_force.parameters),
                tempo_telt=pace_in_force(run.receipt["policies"][name]),
            )
            for name in named
        },
        adults=Adults(adults.profile, adults.table),
        groepen=groepen,
    )


def _groups(run: FinishedRun, in_force: InForce, wish: Wish) -> pd.DataFrame | None:
    """Return the protected characteristics that a comparison was made with; None where it was made without.

    Raises
    ------
    Geweigerd
        When they are no longer there, or are not those of that moment.
    """
    told = run.receipt.get("groepen")
    if told is None:
        return None
    place = groepen_beside(wish.source)
    typed, bron, _ = (None, None, ()) if place is None else read_groepen(place, in_force.batch)
    if typed is None or bron is None or bron.sha256 != told.get("sha256"):
        raise Geweigerd(*_OTHER_INPUT.fill(place=str(wish.source), other=str(told.get("file"))))
    return typed.frame


def _without_receipt(in_force: InForce) -> Eisen:
    """Return what a policy binds of a proposal of which no receipt says how far the pace yielded."""
    return replace(in_force.beleid.eisen(in_force.parameters), tempo_telt="onbekend")


def _listed(found: tuple[Bevinding, ...], sentence: str) -> str:
    return "\n".join(f"- {getattr(b, sentence)}" for b in found[:10])


def _code(text: str) -> str:
    try:
        return resolve(text) if text else ""
    except GemeenteOnbekend:
        return ""
