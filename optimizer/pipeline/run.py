"""The main job on one screen: read, check, build, solve, explain, verify, write."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.codes import resolve
from geodata.distance import FILE_PREFIX
from geodata.errors import GemeenteOnbekend
from geodata.gemeenten import load_gemeenten
from geodata.osrm import measured
from geodata.userdata import folder
from optimizer import report
from optimizer.compare import BASELINE, Comparison, compare
from optimizer.decide import Case, Limits, work_out
from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.domain.voorstel import Voorstel
from optimizer.errors import Defect, ExitCode, Gebruiksfout, VoorstelAfgekeurd, worst
from optimizer.explain import explain
from optimizer.fit import per_huishouden, score
from optimizer.policy import STANDAARD, Beleid, adopt, changed, load_beleid, names
from optimizer.publish import check_free, publish
from optimizer.read import read_batch, read_voorstel, with_measure, with_room
from optimizer.read.checks.herindeling import ended_in
from optimizer.read.wishes.scenario import Scenario, read_scenarios
from optimizer.rules.differences import differences, fingerprint
from optimizer.rules.parameters import USER, Parameters, load
from optimizer.verify import Oordeel, Toets, judge, judge_link

#: Policies that every report compares with: cheap, and what the baseline is made of.
REFERENCES = ("loting", "koppelregio", "handmatig")
#: A relative gap up to this counts as proven (docs/bestanden.md, exit codes).
PROVEN_GAP = 1e-6

Progress = Callable[[str], None]

_STAGES = {
    "nl": {
        "read": "invoer lezen",
        "solve": "beleid {} uitrekenen",
        "level": "niveau {}: {:.0f}, ten hoogste {:.0f}",
        "draft": "verkenning",
        "compare": "vergelijken: {}",
        "write": "uitkomst schrijven",
        "judge": "voorstel laten keuren",
    },
    "en": {
        "read": "reading the input",
        "solve": "working out policy {}",
        "level": "level {}: {:.0f}, at most {:.0f}",
        "draft": "draft",
        "compare": "comparing: {}",
        "write": "writing the outcome",
        "judge": "having the proposal judged",
    },
}


@dataclass(frozen=True)
class Wish:
    """What a user asks for; None leaves the choice to ``beleid.toml`` and then to the default."""

    invoer: Path
    uit: Path
    command: Sequence[str] = ()
    policy: str | None = None
    policies: Sequence[str] = REFERENCES
    baseline: str = BASELINE
    draws: int = 200
    peildatum: date | None = None
    seed: int | None = None
    bekend: float | None = None
    kolommen: Path | None = None
    pc4: Path | None = None
    maat: str | None = None
    rules: Sequence[Path] = ()
    scenarios: Sequence[Path] = ()
    limits: Limits = field(default_factory=Limits)
    force: bool = False
    style: report.Style = field(default_factory=report.Style)
    warn: Callable[[Sequence[Defect]], None] = lambda _: None

    @property
    def reads(self) -> tuple[Path, ...]:
        """Every file and folder that the user names to be read."""
        table = () if self.maat is None or not self.maat.startswith(FILE_PREFIX) else (self.maat[len(FILE_PREFIX) :],)
        named = (self.invoer, self.kolommen, self.pc4, *self.rules, *self.scenarios, *map(Path, table))
        return tuple(path for path in named if path is not None)


@dataclass(frozen=True)
class InForce:
    """What was chosen in the end: flag, else scenario, else ``beleid.toml``, else the default."""

    batch: Batch
    parameters: Parameters
    beleid: Beleid
    seed: int
    bekend: float
    scenario: Scenario


def level_progress(say: dict[str, str], progress: Progress) -> Callable[[str, float, float], None]:
    """Return what the solver tells its progress to: a line for every change, none for what stands still."""
    last = ""

    def tell(naam: str, value: float, bound: float) -> None:
        nonlocal last
        line = say["level"].format(say.get(naam, naam), value, bound)
        if line != last:
            progress(line)
        last = line

    return tell


def run_month(wish: Wish, progress: Progress) -> tuple[Path, Voorstel, Comparison, ExitCode]:
    """Do the main job and return the folder of the run, what it found, and the exit code."""
    say = _STAGES[wish.style.lang]
    check_usage(wish)
    progress(say["read"])
    choice = settings(wish)
    chances = score(choice.batch.personen, choice.parameters)
    progress(say["solve"].format(choice.beleid.naam))
    case = work_out(
        choice.batch,
        choice.parameters,
        choice.beleid,
        chances=chances,
        bekend=choice.bekend,
        seed=choice.seed,
        limits=wish.limits,
        progress=level_progress(say, progress),
    )
    voorstel = explain(case)
    comparison = compared(wish, choice, [case], progress)

    def write(place: Path) -> None:
        report.write_run(
            place,
            voorstel,
            choice.batch,
            choice.parameters,
            command=wish.command,
            policy=described(case.beleid, case.eisen, chances.unknown),
            overlays=overlays(wish, choice, [choice.beleid, *chosen_policies(wish, choice)]),
            comparison=comparison.tabel,
            overeenkomsten=comparison.overeenkomsten,
            style=wish.style,
        )
        progress(say["judge"])
        approve(case, voorstel, read_voorstel(place / "voorstel.csv"))

    progress(say["write"])
    folder = publish(wish.uit, write, force=wish.force, inputs=wish.reads)
    return folder, voorstel, comparison, exit_code(voorstel)


def compare_policies(wish: Wish, progress: Progress) -> tuple[Path, Comparison]:
    """Work one batch out under several policies and write the comparison."""
    check_usage(wish)
    progress(_STAGES[wish.style.lang]["read"])
    choice = settings(wish)
    comparison = compared(wish, choice, [], progress)

    def write(place: Path) -> None:
        report.write_comparison(
            place,
            comparison.tabel,
            choice.batch,
            choice.parameters,
            command=wish.command,
            seed=choice.seed,
            policies={
                beleid.naam: {
                    **described(beleid, beleid.eisen(choice.parameters), {}),
                    "levels": [vars(level) for level in comparison.niveaus.get(beleid.naam, ())],
                    "status": comparison.statussen[beleid.naam],
                }
                for beleid in chosen_policies(wish, choice)
            },
            overlays=overlays(wish, choice, chosen_policies(wish, choice)),
            baseline=wish.baseline,
            draws=wish.draws,
            reproducible=comparison.reproducible,
            overeenkomsten=comparison.overeenkomsten,
            style=wish.style,
        )

    folder = publish(wish.uit, write, force=wish.force, inputs=wish.reads)
    return folder, comparison


def judge_file(wish: Wish, voorstel: Path, *, with_policy: bool) -> tuple[Oordeel, Parameters]:
    """Judge a proposal of ours or of somebody else, without the solver; return the verdict and the rules in force."""
    choice = settings(wish)
    frame = read_voorstel(voorstel)
    wish.warn(ended_in(choice.parameters.peildatum, voorstel.name, "gemeente", frame["gemeente"].map(_code)))
    kansen = chances(choice.batch, choice.parameters)
    verdict = judge(
        choice.batch,
        frame,
        parameters=choice.parameters,
        eisen=choice.beleid.eisen(choice.parameters) if with_policy else None,
        bekend=choice.bekend,
        seed=choice.seed,
        kans_werk=chance_of(kansen["kans_werk"], choice.batch, frame),
        chances=kansen,
        niveaus=choice.beleid.niveaus if with_policy else (),
    )
    return verdict, choice.parameters


def judge_one(wish: Wish, huishouden_id: str, gemeente: str, *, with_policy: bool) -> tuple[Toets, ...]:
    """Put every rule to one link of a batch."""
    choice = settings(wish)
    wish.warn(ended_in(choice.parameters.peildatum, "--gemeente", "", pd.Series([gemeente])))
    return judge_link(
        choice.batch,
        huishouden_id,
        gemeente,
        parameters=choice.parameters,
        eisen=choice.beleid.eisen(choice.parameters) if with_policy else None,
        bekend=choice.bekend,
        seed=choice.seed,
    )


def settings(wish: Wish) -> InForce:
    """Read the batch and settle policy, parameters, seed and share known."""
    scenario = read_scenarios(wish.scenarios)
    batch = read_batch(wish.invoer, peildatum=wish.peildatum, kolommen=wish.kolommen, pc4=wish.pc4)
    told: Mapping[str, Any] = batch.beleid
    wished = told.get("policy", STANDAARD)
    beleid = load_beleid(wish.policy or scenario.policy or wished)
    if "levels" in told and beleid.naam == wished:
        beleid = adopt(beleid, told["levels"])
    elif "levels" in told:
        wish.warn(
            [Defect("beleid_levels_elders", "beleid.toml", None, "levels", wished, {"beleid": beleid.naam}, True)]
        )
    asked = None if wish.maat is None else measured(wish.maat, folder(), batch.peildatum)
    measure = {} if asked is None else {"gronden/maat": asked}
    parameters = (
        load(batch.peildatum, wish.rules, told.get("parameters", {}))
        .replace(scenario.parameters, scenario.origins)
        .replace(measure)
    )
    batch = with_room(batch, parameters)
    shares = (wish.bekend, scenario.bekend, scenario.parameters.get("screening/bekend"), told.get("bekend"))
    bekend = next((share for share in shares if share is not None), parameters["screening/bekend"])
    if not 0.0 <= bekend <= 1.0:
        raise Gebruiksfout(
            f"bekend is een deel van 0 tot en met 1; u gaf {bekend}.", f"bekend is a share from 0 to 1, not {bekend}."
        )
    batch = batch.replace(waarschuwingen=with_measure(batch, parameters["gronden/maat"]))
    wish.warn(batch.waarschuwingen)
    return InForce(
        batch=batch,
        parameters=parameters,
        beleid=scenario.applied(beleid),
        seed=int(told.get("seed", 0)) if wish.seed is None else wish.seed,
        bekend=float(bekend),
        scenario=scenario,
    )


def overlays(wish: Wish, choice: InForce, policies: Sequence[Beleid]) -> dict[str, Any]:
    """Say for the receipt which files were laid over the rules, and what differs from those that ship because of it.

    A setting of a policy comes from a scenario, or from ``beleid.toml`` where no scenario names it.
    """
    by_name = {beleid.naam: beleid for beleid in policies}
    settings = [
        {**change, "layer": origin.layer, "source": str(origin.source)}
        for beleid in by_name.values()
        for change in changed(beleid)
        for origin in [choice.scenario.origins.get(f"policies.{beleid.naam}.{change['setting']}", USER)]
    ]
    return {
        "rules": [{"path": p.as_posix(), "sha256": fingerprint(p)} for p in wish.rules],
        "scenarios": [
            {"path": p.as_posix(), "sha256": fingerprint(p), "name": title}
            for p, title in zip(wish.scenarios, choice.scenario.titles, strict=True)
        ],
        "differences": {"parameters": differences(choice.parameters), "policies": settings},
    }


def check_usage(wish: Wish) -> None:
    """Refuse what cannot work before any work is done: first a name that does not exist, then a place that is taken.

    Raises
    ------
    ParameterFout
        For an unknown policy.
    Gebruiksfout
        When there is no policy to compare.
    Geweigerd
        When something stands where the outcome must come.
    """
    for naam in policy_names(wish):
        load_beleid(naam)
    if not wish.policies:
        raise Gebruiksfout(
            "Noem bij --policies ten minste één beleid, of all.", "Name a policy with --policies, or all."
        )
    check_free(wish.uit, force=wish.force, inputs=wish.reads)


def policy_names(wish: Wish) -> tuple[str, ...]:
    """Return the names of the policies to compare: ``all`` written out, the one to run and the baseline among them."""
    asked = names() if tuple(wish.policies) == ("all",) else wish.policies
    own = [wish.policy] if wish.policy else []
    return tuple(dict.fromkeys([*asked, *own, wish.baseline]))


def chosen_policies(wish: Wish, choice: InForce) -> tuple[Beleid, ...]:
    """Return the policies to compare, as the scenario has them; the one to run with the levels of ``beleid.toml``."""
    own = choice.beleid
    return tuple(own if n == own.naam else choice.scenario.applied(load_beleid(n)) for n in policy_names(wish))


def compared(wish: Wish, choice: InForce, done: Sequence[Case], progress: Progress) -> Comparison:
    """Compare the chosen policies and the cases that were worked out already."""
    chosen = {beleid.naam: beleid for beleid in (*chosen_policies(wish, choice), *(g.beleid for g in done))}
    return compare(
        choice.batch,
        choice.parameters,
        policies=tuple(chosen.values()),
        baseline=wish.baseline,
        draws=wish.draws,
        seed=choice.seed,
        bekend=choice.bekend,
        limits=wish.limits,
        given=done,
        progress=lambda naam: progress(_STAGES[wish.style.lang]["compare"].format(naam)),
    )


def approve(case: Case, voorstel: Voorstel, written: pd.DataFrame) -> None:
    """Let the judge look at the file as it was written; raise VoorstelAfgekeurd when it objects.

    Called before the run is put in its place, so that a rejected answer is never published.
    """
    kansen = chances(case.batch, case.parameters)
    verdict = judge(
        case.batch,
        written,
        parameters=case.parameters,
        eisen=case.eisen,
        bekend=case.bekend,
        seed=case.seed,
        kans_werk=chance_of(kansen["kans_werk"], case.batch, written),
        chances=kansen,
        niveaus=case.beleid.niveaus,
        banen=voorstel.banen,
        taakstelling=voorstel.taakstelling,
        uitzonderingen=voorstel.uitzonderingen,
    )
    if verdict.overtredingen:
        count = len(verdict.overtredingen)
        first = verdict.overtredingen[:10]
        raise VoorstelAfgekeurd(
            f"De rechter keurt het voorstel af (overtredingen: {count}). Er is niets geschreven.\n"
            + "\n".join(f"- {b.toelichting}" for b in first),
            f"The judge rejects the proposal (violations: {count}). Nothing was written.\n"
            + "\n".join(f"- {b.toelichting_en}" for b in first),
        )


def chances(batch: Batch, parameters: Parameters) -> dict[str, NDArray[np.int32]]:
    """Chance of work of each household in each municipality in 0.0001, int32 [H, G], by the level that counts it."""
    chances = score(batch.personen, parameters)
    households = pd.Index(batch.huishoudens["huishouden_id"])
    adults = households.get_indexer(pd.Index(batch.personen["huishouden_id"])).astype(np.int64)
    return {
        "kans_werk": per_huishouden(chances, adults, len(households), how="som"),
        "kans_beste_gezinslid": per_huishouden(chances, adults, len(households), how="beste"),
    }


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


def _code(text: str) -> str:
    try:
        return resolve(text) if text else ""
    except GemeenteOnbekend:
        return ""


def described(beleid: Beleid, eisen: Eisen, unknown: Mapping[str, int]) -> dict[str, Any]:
    """Return the policy in full, as plain data for the receipt."""
    return {**beleid.model_dump(), "eisen": vars(eisen), "onbekende_kenmerken": dict(unknown)}


def exit_code(voorstel: Voorstel) -> ExitCode:
    """Return what a run ends with: a gap goes before exceptions."""
    codes = [ExitCode.DONE]
    if any(n.gap > PROVEN_GAP for n in voorstel.niveaus):
        codes.append(ExitCode.LIMIT)
    if len(voorstel.niet_gekoppeld) or len(voorstel.uitzonderingen):
        codes.append(ExitCode.EXCEPTIONS)
    return worst(codes)
