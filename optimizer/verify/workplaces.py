"""How far every municipality lies from each job: to the place or postcode that the input names, else to the centre."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from geodata.workplace import Plek, at_point, by_place, km_to, locate
from optimizer.domain.batch import Batch
from optimizer.verify.households import Floats, Texts, gemeente_rows


@dataclass(frozen=True)
class Workplaces:
    """Where the m jobs of a batch are, as far as the measure in force looks at it.

    Parameters
    ----------
    km
        Distance from every municipality (row) to each job (column), float64 [municipalities, m].
    name
        Name of the place that is measured to, text [m]; empty where it is the municipality.
    point
        Where that is, EPSG:28992 in metres, float64 [m, 2]; nought where it is the municipality.
    """

    km: Floats
    name: Texts
    point: Floats


def collect_workplaces(batch: Batch, between: Floats, measure: str, day: date) -> Workplaces:
    """Return the distances to every job.

    A postcode in the user's table goes before the name of a place. A measure that knows municipalities only (a table of
    the user's, a route server) keeps to these.

    Parameters
    ----------
    between
        Distances between municipalities by the measure, float64 [municipalities, municipalities].
    day
        The day whose division of municipalities counts.
    """
    werk = batch.werk
    km = between[:, gemeente_rows(werk["werk_gemeente"])]
    name, point = np.full(len(werk), "", dtype=object), np.zeros((len(werk), 2))
    if not by_place(measure):
        return Workplaces(km, name, point)
    table = batch.postcodes
    centres = dict(zip(table["postcode4"], table[["gemeente", "x_rd", "y_rd"]].itertuples(index=False), strict=True))
    for job, row in enumerate(werk[["werk_gemeente", "werk_plaats", "werk_postcode4"]].itertuples(index=False)):
        code, written, postcode = (str(cell) for cell in row)
        place: Plek | None = None
        if postcode in centres:
            gemeente, x_rd, y_rd = centres[postcode]
            place = at_point(gemeente, x_rd, y_rd, day)
        elif written:
            place = locate(written, code, day)
        if place is not None:
            km[:, job] = km_to([place], measure, day)[:, 0]
            name[job], point[job] = place.naam, (place.x_rd, place.y_rd)
    return Workplaces(km, name, point)
