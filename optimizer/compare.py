"""One batch under every policy: outcomes, baseline, intervals. Definitions in docs/method.md, "Jobs lost"."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from optimizer.decide import Answer, Case, Limits, lottery_draws, work_out
from optimizer.domain import uitvoer
from optimizer.domain.batch import Batch
from optimizer.domain.voorstel import Niveau
from optimizer.errors import VoorstelAfgekeurd
from optimizer.fit import score
from optimizer.model import Facts, outcomes
from optimizer.overeenkomsten import agreements_hold, effect
from optimizer.policy import Beleid
from optimizer.rules.parameters import Parameters
from optimizer.rules.werk import JA
from optimizer.verify import judge

Ints = npt.NDArray[np.int64]
Counts = dict[str, npt.NDArray[np.float64]]

BASELINE = "handmatig"


@dataclass(frozen=True)
class Comparison:
    """Policies side by side.

    Attributes
    ----------
    tabel
        One row per policy with the columns of ``uitvoer.BELEIDSVERGELIJKING``.
    niveaus
        Per policy that optimises, what each level reached.
    statussen
        Per policy ``proven``, ``gap``, ``limit`` or ``not_optimised``.
    overeenkomsten
        What agreements that let people stay do, with the columns of ``uitvoer.OVEREENKOMSTEN``; None without any.
    """

    tabel: pd.DataFrame
    niveaus: Mapping[str, tuple[Niveau, ...]]
    statussen: Mapping[str, str]
    reproducible: bool
    overeenkomsten: pd.DataFrame | None = None


def compare(
    batch: Batch,
    parameters: Parameters,
    *,
    policies: Sequence[Beleid],
    baseline: str = BASELINE,
    draws: int = 200,
    seed: int = 0,
    bekend: float = 1.0,
    limits: Limits | None = None,
    given: Sequence[Case] = (),
    progress: Callable[[str], None] | None = None,
) -> Comparison:
    """Work a batch out under several policies and count what happens to the jobs.

    Parameters
    ----------
    policies
        The policies, the baseline among them.
    baseline
        Name of the policy against which differences are taken. `BASELINE` is shown for the practice band as well.
    draws
        Draws of the lottery; its counts are means over draws.
    given
        Cases that were worked out already (with the same batch, parameters and seed); they are not solved again.
    progress
        Told the name of each policy before its turn.

    Raises
    ------
    VoorstelAfgekeurd
        When the judge rejects an answer, or counts otherwise than this module does.
    """
    chances = score(batch.personen, parameters)
    done = {(g.beleid.naam, g.bekend): g for g in given}
    # The baseline stands for practice with every job known; what practice may not know is the band below it.
    tasks = [(b, 1.0 if b.naam == BASELINE else bekend, b.naam) for b in policies]
    band = practice_band(parameters)
    tasks += [(b, share, f"{b.naam}@{share}") for b in policies if b.naam == BASELINE for share in band]
    rows: list[dict[str, object]] = []
    cases: dict[str, Answer] = {}
    effects: list[pd.DataFrame] = []
    for beleid, share, label in tasks:
        if progress:
            progress(label)
        case = done.get((beleid.naam, share)) or work_out(
            batch, parameters, beleid, chances=chances, bekend=share, seed=seed, limits=limits
        )
        rows.append(_row(label, case, _counts(case, draws)))
        cases[label] = case.answer
        if label == beleid.naam and agreements_hold(case):
            bare = batch.replace(bestuursovereenkomsten=batch.bestuursovereenkomsten.iloc[:0])
            without = work_out(bare, parameters, beleid, chances=chances, bekend=share, seed=seed, limits=limits)
            _judged(without)
            effects.append(effect(case, without, draws))
    return Comparison(
        _with_differences(pd.DataFrame(rows), baseline),
        {label: b.niveaus for label, b in cases.items() if b.niveaus},
        {label: b.status for label, b in cases.items()},
        all(b.reproducible for b in cases.values()),
        pd.concat(effects, ignore_index=True) if effects else None,
    )


def practice_band(parameters: Parameters) -> tuple[float, ...]:
    """Return the shares of jobs known in time for which the baseline is shown besides 1.0, lowest first."""
    shares = {float(parameters["screening/praktijk_laag"]), float(parameters["screening/praktijk_hoog"])}
    return tuple(sorted(shares - {1.0}))


def count(facts: Facts, gemeente: Ints, parameters: Parameters, kans: npt.NDArray[np.int32]) -> Counts:
    """Count what happens to households and jobs, for one proposal or for several draws.

    Parameters
    ----------
    gemeente
        Row of the municipality or -1, int64 [..., H].
    kans
        Chance of work per household and municipality in 0.0001, int32 [H, G].

    Returns
    -------
    dict
        By column of ``uitvoer.BELEIDSVERGELIJKING``, float64 [...].
    """
    found = outcomes(facts, gemeente, parameters)
    low = outcomes(facts, gemeente, parameters, shift_km=parameters["behoud/verschuiving_laag_km"])
    high = outcomes(facts, gemeente, parameters, shift_km=parameters["behoud/verschuiving_hoog_km"])
    linked = gemeente >= 0
    hard = facts.banen.hard == JA
    lost = found.uitkomst == uitvoer.UITKOMSTEN.index("verloren_regel")
    by_code = {name: (found.uitkomst == i).sum(axis=-1) for i, name in enumerate(uitvoer.UITKOMSTEN)}
    with_km = ~np.isnan(found.km)
    kilometres, jobs = np.where(with_km, found.km, 0.0).sum(axis=-1), with_km.sum(axis=-1)
    region = facts.gemeenten.koppelregio
    crossing = linked & (region[facts.opvang] != region[gemeente])
    counts = {
        "personen_gekoppeld": (linked * facts.personen).sum(axis=-1),
        "niet_gekoppeld": (~linked).sum(axis=-1),
        "banen": np.full(gemeente.shape[:-1], facts.banen.uren.size),
        "banen_hard": np.full(gemeente.shape[:-1], int(hard.sum())),
        "binnen_50km": by_code["binnen_50km"],
        "verloren_regel": by_code["verloren_regel"],
        "verloren_regel_hard": (lost & hard).sum(axis=-1),
        "al_buiten": by_code["al_buiten"],
        "loopt_af": by_code["loopt_af"],
        "banen_niet_gekoppeld": by_code["niet_gekoppeld"],
        "verwacht_verloren": np.nansum(found.verloren, axis=-1),
        "verwacht_verloren_laag": np.nansum(low.verloren, axis=-1),
        "verwacht_verloren_hoog": np.nansum(high.verloren, axis=-1),
        "kans_werk": np.where(linked, kans[np.arange(facts.personen.size), gemeente], 0).sum(axis=-1) / 10_000,
        # A mean over no jobs is unknown, not nought.
        "gemiddelde_afstand_km": np.where(jobs > 0, kilometres / np.maximum(1, jobs), np.nan),
        "gronden_niet_gehonoreerd": _not_honoured(facts, gemeente, parameters["gronden/straal_km"]),
        "buiten_koppelregio": crossing.sum(axis=-1),
    }
    return {name: np.asarray(value, dtype=np.float64) for name, value in counts.items()}


def _not_honoured(facts: Facts, gemeente: Ints, radius_km: float) -> npt.NDArray[np.int64]:
    """Linked households with a hard ground beyond the radius, int64 [...].

    A hard job that was not known in time counts too: it gave no ground in the decision, and the move passes it by.
    """
    g, b = facts.gronden, facts.banen
    household = np.r_[g.huishouden, b.huishouden[b.hard == JA]]
    place = np.r_[g.plek, b.plek[b.hard == JA]]
    to = gemeente[..., household]
    far = (to >= 0) & (facts.km[to, place] > radius_km)
    passed = np.zeros(gemeente.shape, dtype=np.bool_)
    draws = np.indices(gemeente.shape[:-1])[..., None] if gemeente.ndim > 1 else ()
    np.logical_or.at(passed, (*draws, household), far)
    return np.asarray(passed.sum(axis=-1), dtype=np.int64)


def _counts(case: Case, draws: int) -> Counts:
    """Count a case; a lottery is drawn ``draws`` times, of which the case holds the first."""
    _judged(case)
    if case.beleid.methode != "loting":
        return count(case.facts, case.answer.gemeente, case.parameters, case.kans)
    several = lottery_draws(case.instance, case.seed, draws)
    counts = count(case.facts, several, case.parameters, case.kans)
    spread = np.percentile(counts["verloren_regel"], [5, 95])
    means = {name: np.asarray(values.mean()) for name, values in counts.items()}
    return {
        **means,
        "verloren_regel_p05": np.asarray(spread[0]),
        "verloren_regel_p95": np.asarray(spread[1]),
    }


def _judged(case: Case) -> None:
    """Have the judge look at an answer and at our counts of it; raise when it says otherwise."""
    codes = np.append(case.facts.gemeenten.code.astype(object), "")
    frame = pd.DataFrame({"huishouden_id": case.facts.huishoudens, "gemeente": codes[case.answer.gemeente]}, dtype=str)
    verdict = judge(
        case.batch,
        frame,
        parameters=case.parameters,
        eisen=case.eisen,
        bekend=case.bekend,
        seed=case.seed,
    )
    if verdict.overtredingen:
        first = verdict.overtredingen[0]
        raise VoorstelAfgekeurd(
            f"De rechter keurt het antwoord van beleid {case.beleid.naam} af: {first.toelichting}",
            f"The judge rejects the answer of policy {case.beleid.naam}: {first.toelichting_en}",
        )
    ours = count(case.facts, case.answer.gemeente, case.parameters, case.kans)
    for name, value in verdict.tellingen.items():
        if name in ours and not np.isclose(ours[name], value, rtol=1e-9, atol=1e-6, equal_nan=True):
            raise VoorstelAfgekeurd(
                f"De rechter telt bij beleid {case.beleid.naam} {name} = {value}; wij telden {float(ours[name])}. "
                "Meld dit aan de makers.",
                f"Under policy {case.beleid.naam} the judge counts {name} = {value}; we counted {float(ours[name])}. "
                "Tell the makers.",
            )


def _row(label: str, case: Case, counts: Counts) -> dict[str, object]:
    sizes = {"huishoudens": case.facts.personen.size, "personen": int(case.facts.personen.sum())}
    numbers = {name: float(value) for name, value in counts.items()}
    # A shift of the curve moves the chance before the move too, so that the variants can change places.
    variants = [numbers[f"verwacht_verloren{kind}"] for kind in ("_laag", "", "_hoog")]
    numbers["verwacht_verloren_laag"], numbers["verwacht_verloren_hoog"] = min(variants), max(variants)
    return {"beleid": label, "methode": case.beleid.methode, "bekend": case.bekend, **sizes, **numbers}


def _with_differences(frame: pd.DataFrame, baseline: str) -> pd.DataFrame:
    base = frame[frame["beleid"] == baseline]
    for name in ("verloren_regel", "verwacht_verloren"):
        frame[f"verschil_{name}"] = frame[name] - base[name].to_numpy()[0]
    return frame.reindex(columns=uitvoer.BELEIDSVERGELIJKING.names)
