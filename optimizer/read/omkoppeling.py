"""Requests for a re-link: households that are linked already and ask for another municipality."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from optimizer.domain.batch import Batch
from optimizer.domain.tables import Column, Table
from optimizer.errors import Defect
from optimizer.read.checks.herindeling import in_division_of
from optimizer.read.single import read_single, refuse

OMKOPPELING = Table(
    "omkoppeling",
    "huishouden_id",
    True,
    (
        Column("huishouden_id", "id", "Huishouden dat om omkoppeling vraagt", "Household that asks", True),
        Column("huidige_gemeente", "gemeente", "Gemeente waaraan het nu is gekoppeld", "Linked to at present", True),
        Column("aanvraag_datum", "date", "Datum van de aanvraag", "Date of the request", True),
        Column(
            "aangevraagd_door",
            "choice",
            "Wie de aanvraag deed",
            "Who asked",
            choices=("bewoner", "werkgever", "bestuurder"),
        ),
        Column("woonruimte_aangeboden", "flag", "Er is woonruimte aangeboden", "Housing was offered"),
        Column("inburgering_begonnen", "flag", "De inburgering is begonnen", "Inburgering has begun"),
    ),
)


def read_omkoppeling(
    path: Path, batch: Batch, warn: Callable[[Sequence[Defect]], None] = lambda _: None
) -> pd.DataFrame:
    """Read the requests that lie beside a batch: ``omkoppeling.csv`` in its folder, or the sheet of its workbook.

    Parameters
    ----------
    warn
        Told of a municipality that has merged by the peildatum of the batch.

    Returns
    -------
    The columns of `OMKOPPELING`; an empty cell is "" or NaT.

    Raises
    ------
    InvoerOngeldig
        With every defect of the table at once, also for a household that the batch lacks.
    """
    requests, warnings = read_single(path, OMKOPPELING)
    ids = requests.frame["huishouden_id"]
    unknown = (~ids.isin(batch.huishoudens["huishouden_id"])).to_numpy(dtype=bool)
    refuse(requests.defects("huishouden_onbekend", unknown, "huishouden_id"))
    mapped, notes = in_division_of(batch.peildatum, {OMKOPPELING.name: requests})
    warn([*warnings, *notes])
    return mapped[OMKOPPELING.name].frame
