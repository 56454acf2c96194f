"""What is in force: the one place where a command's wish, the input and the rules become settled choices.

Each choice comes from the flag, else the scenario, else ``beleid.toml``, else the default.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.distance import FILE_PREFIX, doubtful
from geodata.osrm import measured
from geodata.userdata import folder
from geodata.wording import Sentence
from optimizer.domain.batch import Batch
from optimizer.errors import Defect, Gebruiksfout, InvoerOngeldig
from optimizer.fit import HouseholdChances, household_chances, score
from optimizer.policy import HERNOEMD, STANDAARD, Beleid, adopt, load_beleid, present_name
from optimizer.read import find_batch, in_order, room_defects, with_measure
from optimizer.read.wishes.scenario import Scenario, read_scenarios
from optimizer.rules.parameters import Parameters, load

DAY = Sentence("Peildatum: {day} ({source}).", "Peildatum: {day} ({source}).")
#: Where the peildatum comes from, by `Batch.peildatum_bron`.
DAY_FROM = {
    "optie": Sentence("zoals gevraagd", "as asked"),
    "beleid": Sentence("volgens beleid.toml of het blad beleid", "by beleid.toml or the sheet beleid"),
    "vergunning": Sentence("de laatste vergunning_datum", "the latest vergunning_datum"),
    "": Sentence("van de invoer", "of the input"),
}


@dataclass(frozen=True)
class Wish:
    """What a user asks of an input; None leaves the choice to ``beleid.toml`` and then to the default.

    Attributes
    ----------
    source
        A folder of CSV files or a workbook.
    policy
        Name of the policy.
    peildatum
        The day whose rules apply.
    seed
        Of the lottery and of who is known in time, >= 0.
    bekend
        Share of the jobs known in time, 0 to 1.
    kolommen, pc4
        File that renames headings, and table of postcodes.
    measure
        Measure of distance, as ``geodata.osrm.measured`` takes it.
    rules, scenarios
        Folders and scenarios laid over the rules that ship; the last one wins.
    vooruitblik
        File of people in procedure, to look ahead; it changes no answer.
    """

    source: Path
    policy: str | None = None
    peildatum: datetime.date | None = None
    seed: int | None = None
    bekend: float | None = None
    kolommen: Path | None = None
    pc4: Path | None = None
    measure: str | None = None
    rules: Sequence[Path] = ()
    scenarios: Sequence[Path] = ()
    vooruitblik: Path | None = None

    @property
    def reads(self) -> tuple[Path, ...]:
        """Every file and folder that the user names to be read."""
        own = self.measure is not None and self.measure.startswith(FILE_PREFIX)
        table = Path(self.measure[len(FILE_PREFIX) :]) if self.measure is not None and own else None
        named = (self.source, self.kolommen, self.pc4, self.vooruitblik, table, *self.rules, *self.scenarios)
        return tuple(path for path in named if path is not None)


@dataclass(frozen=True)
class InForce:
    """What was settled.

    Attributes
    ----------
    batch
        The validated input.
    parameters
        The rules of the peildatum, with every overlay and the measure.
    beleid
        The policy, with the levels of ``beleid.toml`` and the settings of the scenarios.
    seed, bekend
        Seed, and share of the jobs known in time.
    scenario
        What the scenarios say, all together.
    kansen
        Chance of work of each household in each municipality by the level that counts it; computed when asked for.
    warnings
        What people should know of the input and of their wish.
    """

    batch: Batch
    parameters: Parameters
    beleid: Beleid
    seed: int
    bekend: float
    scenario: Scenario
    kansen: HouseholdChances
    warnings: tuple[Defect, ...]

    @property
    def day_said(self) -> Sentence:
        """The peildatum and where it comes from, for people."""
        return DAY.fill(day=self.parameters.peildatum.isoformat(), source=DAY_FROM[self.batch.peildatum_bron])

    def policy(self, naam: str) -> Beleid:
        """Return a policy as the scenarios have it; the one in force with the levels of ``beleid.toml`` too."""
        return self.beleid if present_name(naam) == self.beleid.naam else self.scenario.applied(load_beleid(naam))


def settle(wish: Wish) -> InForce:
    """Read the input and settle every choice.

    Raises
    ------
    InvoerOngeldig
        With every problem of the input at once.
    ParameterFout, Gebruiksfout
        For a policy that does not exist, or a share outside 0 to 1.
    """
    in_force, problems = look(wish)
    if in_force is None:
        raise InvoerOngeldig(problems)
    return in_force


def look(wish: Wish) -> tuple[InForce | None, tuple[Defect, ...]]:
    """Settle every choice as far as the input allows, and list every problem and warning by file, row and column.

    Returns None where a problem forbids the use of the input; raises as `settle` does for what is wrong elsewhere.
    """
    scenario = read_scenarios(wish.scenarios)
    batch, problems = find_batch(
        wish.source,
        peildatum=wish.peildatum,
        kolommen=wish.kolommen,
        pc4=wish.pc4,
        vooruitblik=wish.vooruitblik,
    )
    if batch is None:
        return None, problems
    parameters = rules_in_force(batch.peildatum, wish.rules, scenario, batch.beleid.get("parameters", {}), wish.measure)
    beleid, ignored = _policy(wish, scenario, batch.beleid)
    batch = batch.replace(waarschuwingen=with_measure(batch, parameters["gronden/maat"]))
    own = _doubts(str(parameters["gronden/maat"]), batch.peildatum)
    problems = in_order([*batch.waarschuwingen, *room_defects(batch, parameters), *ignored, *own])
    if any(not d.warning for d in problems):
        return None, problems
    return InForce(
        batch=batch.replace(waarschuwingen=problems),
        parameters=parameters,
        beleid=scenario.applied(beleid),
        seed=int(batch.beleid.get("seed", 0)) if wish.seed is None else wish.seed,
        bekend=_share_known(wish, scenario, batch.beleid, parameters),
        scenario=scenario,
        kansen=household_chances(batch, score(batch.personen, parameters)),
        warnings=problems,
    ), problems


def rules_in_force(
    day: datetime.date,
    rules: Sequence[Path],
    scenario: Scenario,
    of_input: Mapping[str, Any] | None = None,
    measure: str | None = None,
) -> Parameters:
    """Return the rules of a day: what ships, then folders, ``beleid.toml``, scenarios, and last the measure.

    Parameters
    ----------
    day
        The peildatum.
    rules, scenario
        Folders, and scenarios together, laid over what ships.
    of_input
        Values of ``beleid.toml``.
    measure
        Measure that the user names, as ``geodata.osrm.measured`` takes it.
    """
    asked = {} if measure is None else {"gronden/maat": measured(measure, folder(), day)}
    return load(day, rules, of_input or {}).replace(scenario.parameters, scenario.origins).replace(asked)


def renamed(asked: Iterable[str | None]) -> list[Defect]:
    """Warn of every policy that is asked for by a name of before."""
    old = dict.fromkeys(naam for naam in asked if naam in HERNOEMD)
    return [Defect("beleid_hernoemd", "policy", value=n, details={"nu": HERNOEMD[n]}, warning=True) for n in old]


def _policy(wish: Wish, scenario: Scenario, told: Mapping[str, Any]) -> tuple[Beleid, list[Defect]]:
    """Return the policy; its levels come from ``beleid.toml`` only where that file is about this very policy."""
    wished = told.get("policy", STANDAARD)
    asked = wish.policy or scenario.policy or wished
    beleid, notes = load_beleid(asked), renamed([asked])
    own = [key for key in ("levels", "speelruimte", "vloer") if key in told]
    if own and beleid.naam == present_name(wished):
        return adopt(beleid, told.get("levels"), told.get("speelruimte"), told.get("vloer")), notes
    for key in own:
        details = {"beleid": beleid.naam, "sleutel": key}
        notes.append(Defect("beleid_levels_elders", "beleid.toml", None, key, wished, details, warning=True))
    return beleid, notes


def _doubts(measure: str, day: datetime.date) -> list[Defect]:
    """Warn of a table of distances that cannot be right."""
    count, pair = doubtful(measure, day)
    details = {"aantal": str(count), "voorbeeld": pair}
    file = Path(measure.removeprefix(FILE_PREFIX)).name
    return [Defect("afstanden_onwaarschijnlijk", file, details=details, warning=True)] if count else []


def _share_known(wish: Wish, scenario: Scenario, told: Mapping[str, Any], parameters: Parameters) -> float:
    shares = (wish.bekend, scenario.bekend, scenario.parameters.get("screening/bekend"), told.get("bekend"))
    share = next((s for s in shares if s is not None), parameters["screening/bekend"])
    if not 0.0 <= share <= 1.0:
        raise Gebruiksfout(
            f"bekend is een deel van 0 tot en met 1; u gaf {share}.", f"bekend is a share from 0 to 1, not {share}."
        )
    return float(share)
