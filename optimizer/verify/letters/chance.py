"""The chance of work of an adult, added up again by the judge from the published weights and the tables of CBS."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import into
from geodata.labour import COMMUTE, SECTORS, load_vestigingen, within_reach
from geodata.wording import Sentence, joined
from optimizer.domain.brief import said
from optimizer.rules.parameters import Parameters
from optimizer.verify.households import Floats

#: Answers that a letter shows, by part; the others have none.
ANSWERS = {
    "opleiding": ("opleiding",),
    "taalniveau": ("taalniveau",),
    "ervaring": ("ervaring_jaren",),
    "werk_in_de_buurt": ("ervaring_sector", "ambitie_sector"),
}


@dataclass(frozen=True)
class Tables:
    """What every chance is made from: work nearby [gemeenten, sectors and all], and participation above the mean."""

    nearby: Floats
    above: Floats


def read_tables(parameters: Parameters) -> Tables:
    """Work the two tables out by their words in docs/kanswerk.md."""
    day, people = parameters.peildatum, load_gemeenten().inwoners.astype(np.float64)
    km, labour = matrix("straight", day), load_vestigingen()
    reach, whole = within_reach(km), labour.counts.sum(axis=0)
    here = np.c_[reach, reach.sum(axis=1)] / (COMMUTE(km) @ people)[:, None]
    country = np.r_[whole, whole.sum()] / people.sum()
    rows, points = into(day), 100.0 * labour.arbeidsparticipatie
    merged = pd.DataFrame({"to": rows, "people": people, "worked": points * people}).groupby("to").sum()
    mean = (merged["worked"] / merged["people"]).reindex(rows).to_numpy()
    points = np.where(np.isin(rows, rows[rows != np.arange(len(rows))]), mean, points)
    return Tables(np.log(here) - np.log(country), points - float(points @ people) / float(people.sum()))


def parts_of(adult: pd.Series, gemeente: int, tables: Tables, p: Parameters) -> dict[str, float]:
    """Return what each part adds to the sum of an adult in a municipality (row), in order of reading."""
    years, full = adult["ervaring_jaren"], float(p["fit/ervaring_jaren_vol"])
    done = float(p["fit/ervaring_jaren_onbekend"]) if pd.isna(years) else float(years)
    share = min(max(float(int(done)), 0.0), full) / full
    own, wish = float(p["fit/sector_ervaring"]) * share, float(p["fit/sector_ambitie"])
    work = tables.nearby[gemeente]

    def of_sector(name: str) -> float:
        return float(work[SECTORS.index(name)] if name in SECTORS else work[-1])

    match = own * of_sector(adult["ervaring_sector"]) + wish * of_sector(adult["ambitie_sector"])
    match += (1.0 - own - wish) * float(work[-1])
    return {
        "basis": float(p["fit/basis"]),
        "opleiding": float(p["fit/opleiding"][adult["opleiding"] or "onbekend"]),
        "taalniveau": float(p["fit/taalniveau"][adult["taalniveau"] or "onbekend"]),
        "ervaring": float(p["fit/ervaring_vol"]) * share,
        "werk_in_de_buurt": float(p["fit/bereik"]) * match,
        "arbeidsdeelname": float(p["fit/participatie"]) * float(tables.above[gemeente]),
    }


def answer(adult: pd.Series, part: str) -> Sentence:
    """Return what an adult answered for a part, as a letter shows it; empty where nothing was asked."""
    cells = [adult[column] for column in ANSWERS.get(part, ())]
    told = ["" if pd.isna(cell) else f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in cells]
    return joined([said(cell or "onbekend") for cell in told], ", ")
