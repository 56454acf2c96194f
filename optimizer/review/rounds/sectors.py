"""Jobs of a labour-market region by sector, and how many are kept. Jobs are counted, never people."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Engine

from geodata.gemeenten import load_gemeenten
from optimizer.domain.tables import SECTOREN
from optimizer.domain.uitvoer import BANEN
from optimizer.review.rounds.look import NietGevonden
from optimizer.review.rounds.opened import Known, finished_of
from optimizer.review.rounds.small import enough, may_show
from optimizer.review.who.actor import Actor, Rol

#: Of a job whose sector nobody wrote down.
UNKNOWN = "onbekend"
#: The outcome of a job that is kept (docs/method.md).
KEPT = "binnen_50km"


@dataclass(frozen=True)
class Sector:
    """One sector: jobs of the batch that are done in the region, and those kept; None: too few to show."""

    sector: str
    banen: int | None
    behouden: int | None


def jobs_of(engine: Engine, actor: Actor, ronde_id: str, known: Known) -> list[Sector]:
    """Count the jobs that are done in the region of the actor.

    A row of which only the jobs may be shown leaves out how many are kept; the jobs that are not kept can be worked
    out, so they count as shown.

    Parameters
    ----------
    engine
        The database.
    actor
        Somebody of a labour-market region.
    ronde_id, known
        The round, and what was in force in it.

    Raises
    ------
    NietGevonden
        When the actor is of no region.
    KeyError
        When there is no such round.
    """
    if actor.rol is not Rol.REGIO:
        raise NietGevonden
    counted = _counted(engine, actor.gebied, ronde_id, known)
    rows = [(jobs, kept, jobs - kept) for jobs, kept in counted.values()]
    whole = may_show(rows, lambda row: enough(row[0]))
    parts = may_show(rows, lambda row: all(map(enough, row)), [k for k, shown in enumerate(whole) if not shown])
    return [
        Sector(name, jobs if a else None, kept if b else None)
        for name, (jobs, kept, _), a, b in zip(counted, rows, whole, parts, strict=True)
    ]


def _counted(engine: Engine, region: str, ronde_id: str, known: Known) -> dict[str, tuple[int, int]]:
    """Return jobs and jobs kept of each sector of our list, and of those whose sector is not known."""
    g, werk = load_gemeenten(), known.as_read.werk
    sectors = dict(zip(werk["baan_id"].astype(str), werk["sector"].astype(str), strict=True))
    here = {str(code) for code, name in zip(g.code, g.arbeidsmarktregio_naam, strict=True) if name == region}
    table = finished_of(engine, ronde_id).tables[BANEN.name].frame
    jobs: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for baan, place, outcome in zip(table["baan_id"], table["werk_gemeente"], table["uitkomst"], strict=True):
        if place not in here:
            continue
        sector = sectors.get(str(baan), UNKNOWN)
        sector = sector if sector in SECTOREN else UNKNOWN
        jobs[sector] += 1
        kept[sector] += outcome == KEPT
    return {name: (jobs[name], kept[name]) for name in (*SECTOREN, UNKNOWN)}
