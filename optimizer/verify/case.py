"""Everything that the requirements look at, computed once: the input, the proposal and the rules in force."""

from dataclasses import dataclass, replace
from typing import Any, SupportsIndex

import numpy as np
import pandas as pd

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.rules.parameters import Parameters
from optimizer.verify.agreements import stays
from optimizer.verify.division import batch_of_the_day, voorstel_of_the_day
from optimizer.verify.findings import bevinding, place
from optimizer.verify.grounds import Grounds, collect_grounds, farthest_km
from optimizer.verify.households import NONE, Bools, Floats, Households, Ints, collect_households
from optimizer.verify.jobs import Jobs, collect_jobs
from optimizer.verify.links import Links, read_links
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.workplaces import Workplaces, collect_workplaces


@dataclass(frozen=True)
class Case:
    """One proposal before the judge; n households, m jobs.

    Parameters
    ----------
    batch, voorstel
        The input, and the proposal as text.
    parameters, eisen
        The rules in force, and what the policy binds (None: no policy was named).
    households, jobs, grounds, links
        What the input and the proposal say, as arrays.
    km, workplaces, straal_km
        Distance from the linked municipality (row) to another (column) by the measure in force, distances to the jobs,
        and the radius.
    farthest, farthest_binding
        Distance of each household's link to its farthest hard ground, and to the farthest one of the list that binds,
        float64 [n]; NaN without link or ground.
    stays
        Municipality where an agreement keeps each household, int64 [n]; `NONE` where none does.
    locked
        Households linked to the municipality that a person chose or where an agreement keeps them, bool [n].
    """

    batch: Batch
    voorstel: pd.DataFrame
    parameters: Parameters
    eisen: Eisen | None
    households: Households
    jobs: Jobs
    grounds: Grounds
    links: Links
    km: Floats
    workplaces: Workplaces
    straal_km: float
    farthest: Floats
    farthest_binding: Floats
    stays: Ints
    locked: Bools

    @property
    def free(self) -> Bools:
        """Households that are linked and neither locked nor kept by an agreement, bool [n]."""
        return self.links.linked & ~self.locked

    @property
    def too_far(self) -> Bools:
        """Households linked beyond the radius of a hard ground, bool [n]."""
        return self.farthest > self.straal_km

    @property
    def beyond_binding(self) -> Bools:
        """Households linked beyond the radius of a hard ground that binds, bool [n].

        Only the grounds of the list that binds count, so that grounds which no municipality can honour together
        are no exception twice.
        """
        return self.farthest_binding > self.straal_km

    def moved(self, gemeente: Ints) -> "Case":
        """Return the case in which the households go elsewhere: a municipality each, int64 [n], or `NONE`."""
        return replace(self, links=replace(self.links, gemeente=gemeente), **_of_links(self, gemeente))

    def codes(self, rows: Ints) -> list[str]:
        """Return the CBS codes of municipalities; empty for `NONE`."""
        return [str(c) for c in np.append(load_gemeenten().code, "")[rows]]

    def finding(
        self, code: str, household: SupportsIndex, gevonden: str = "", toegestaan: str = "", *, baan: str = ""
    ) -> Bevinding:
        """Return a finding about one household and its link."""
        row = self.links.gemeente[household]
        g = "" if row == NONE else str(load_gemeenten().code[row])
        h, written = str(self.households.ids[household]), self.links.row[household]
        bestand, rij = place(self.voorstel, None if written == NONE else written)
        said = {"gevonden": gevonden, "toegestaan": toegestaan, "baan": baan}
        return bevinding(code, self.parameters, h=h, g=g, **said, bestand=bestand, rij=rij)


def open_case(
    batch: Batch, voorstel: pd.DataFrame, parameters: Parameters, eisen: Eisen | None, bekend: float, seed: int
) -> Case:
    """Compute what every requirement needs from the input, the proposal and the rules in force."""
    day = parameters.peildatum
    batch, voorstel = batch_of_the_day(batch, day), voorstel_of_the_day(voorstel, day)
    km = matrix(parameters["gronden/maat"], day)
    straal_km = float(parameters["gronden/straal_km"])
    households = collect_households(batch, parameters)
    jobs = collect_jobs(batch, households, parameters, bekend, seed)
    workplaces = collect_workplaces(batch, km, parameters["gronden/maat"], day)
    grounds = collect_grounds(batch, households, jobs, km, workplaces, straal_km, parameters)
    links = read_links(voorstel, households)
    nothing = np.full(len(households), np.nan)
    case = Case(
        batch=batch,
        voorstel=voorstel,
        parameters=parameters,
        eisen=eisen,
        households=households,
        jobs=jobs,
        grounds=grounds,
        links=links,
        km=km,
        workplaces=workplaces,
        straal_km=straal_km,
        farthest=nothing,
        farthest_binding=nothing,
        stays=stays(batch, households, jobs, grounds, straal_km, parameters),
        locked=np.zeros(len(households), dtype=bool),
    )
    return case.moved(links.gemeente)


def _of_links(case: Case, gemeente: Ints) -> dict[str, Any]:
    """Compute what follows from where each household goes."""
    fixed = np.where(case.households.lock == NONE, case.stays, case.households.lock)
    return {
        "farthest": farthest_km(case.grounds, gemeente),
        "farthest_binding": farthest_km(case.grounds, gemeente, binding_only=True),
        "locked": (gemeente != NONE) & (fixed == gemeente),
    }
