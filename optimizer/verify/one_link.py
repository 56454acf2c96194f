"""One link by hand: every rule for one household and one municipality, with its numbers and its source."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.errors import Gebruiksfout
from optimizer.rules.parameters import Parameters
from optimizer.verify import link_rules
from optimizer.verify.before_permit import work_before_permit
from optimizer.verify.case import open_case
from optimizer.verify.division import gemeente_of_the_day
from optimizer.verify.households import NONE
from optimizer.verify.judge import EXCEPTIONS, REQUIREMENTS
from optimizer.verify.toets import Link, Toets

#: The rules in the order in which a person would check them.
RULES: tuple[Callable[[Link], list[Toets]], ...] = (
    link_rules.choices,
    link_rules.agreement,
    link_rules.room,
    link_rules.dwellings,
    link_rules.jobs_as_ground,
    work_before_permit,
    link_rules.grounds_of_file,
    link_rules.distances,
    link_rules.regions,
    link_rules.outcomes,
    link_rules.term,
    link_rules.reference_dates,
)


def judge_link(
    batch: Batch,
    huishouden_id: str,
    gemeente: str,
    *,
    parameters: Parameters,
    eisen: Eisen | None = None,
    bekend: float = 1.0,
    seed: int = 0,
) -> tuple[Toets, ...]:
    """Put every rule to one link, as if nobody else were linked but those whom a lock or an agreement fixes.

    Parameters
    ----------
    batch
        The input.
    huishouden_id, gemeente
        Key of the household and CBS code of the municipality.
    parameters, eisen, bekend, seed
        As for `optimizer.verify.judge`.

    Raises
    ------
    Gebruiksfout
        When the batch has no such household.
    """
    gemeente = gemeente_of_the_day(gemeente, parameters.peildatum)
    ids = batch.huishoudens["huishouden_id"].tolist()
    if huishouden_id not in ids:
        raise Gebruiksfout(
            f"Huishouden '{huishouden_id}' staat niet in de invoer.",
            f"The input has no household '{huishouden_id}'.",
        )
    household = ids.index(huishouden_id)
    locks = batch.huishoudens["vastgezet_gemeente"]
    frame = pd.DataFrame({"huishouden_id": ids, "gemeente": locks}, dtype="str")
    case = open_case(batch, frame, parameters, eisen, bekend, seed)
    linked = np.where(case.stays == NONE, case.links.gemeente, case.stays)
    linked[household] = load_gemeenten().index[gemeente]
    case = case.moved(linked)
    findings = [found for requirement in (*REQUIREMENTS, *EXCEPTIONS) for found in requirement(case)]
    about = {b.code: b for b in findings if b.huishouden_id == huishouden_id}
    about |= {b.code: b for b in findings if not b.huishouden_id and b.gemeente == gemeente}
    link = Link(case, household, load_gemeenten().index[gemeente], about)
    return tuple(toets for rule in RULES for toets in rule(link))
