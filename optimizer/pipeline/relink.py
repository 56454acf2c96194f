"""Requests for a re-link: settle, judge, have the judge judge them too, write the batch in which they compete."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from optimizer.errors import Gebruiksfout
from optimizer.generate.files import SIGN
from optimizer.omkoppeling import approve, judge_requests, per_sponsor, with_requests, with_sponsor, write_input
from optimizer.pipeline.orders import Listener
from optimizer.publish import check_free
from optimizer.read.omkoppeling import read_omkoppeling
from optimizer.settle import Wish, settle


@dataclass(frozen=True)
class Relinks:
    """What became of the requests.

    Attributes
    ----------
    requests
        One row per request, the columns of ``omkoppeling.KOLOMMEN``.
    per_sponsor, with_sponsor
        Requests and those that may be considered, by who asked, and with and without somebody to speak for them.
    peildatum
        The day whose rules applied, as text.
    norm_missing
        From when the social assistance norm was not found, so that the one before it was used; None where it is known.
    """

    requests: pd.DataFrame
    per_sponsor: pd.DataFrame
    with_sponsor: pd.DataFrame
    peildatum: str
    norm_missing: datetime.date | None


def relink(wish: Wish, out: Path | None, listener: Listener, *, force: bool = False) -> Relinks:
    """Judge the requests that lie beside a batch; write the new input to ``out`` unless that is None.

    Raises
    ------
    Gebruiksfout
        When a new input is asked of a workbook.
    VoorstelAfgekeurd
        When the judge comes to another verdict; nothing is written then.
    """
    if out is not None and not wish.source.is_dir():
        raise Gebruiksfout(
            "--out werkt met een map met CSV-bestanden. Bewaar de werkmap eerst als CSV.",
            "--out works with a folder of CSV files. Save the workbook as CSV first.",
        )
    if out is not None:
        check_free(out, sign=SIGN, force=force, inputs=wish.reads)
    in_force = settle(wish)
    listener.hear(in_force)
    requests = read_omkoppeling(wish.source, in_force.batch, listener.warn)
    judged = judge_requests(in_force.batch, requests, in_force.parameters)
    approve(in_force.batch, requests, in_force.parameters, judged)
    if out is not None:
        write_input(out, wish.source, with_requests(in_force.batch, judged), force=force)
    missing = in_force.parameters.not_found("bijstand/norm")
    return Relinks(
        judged,
        per_sponsor(judged),
        with_sponsor(judged),
        in_force.parameters.peildatum.isoformat(),
        missing.since if missing else None,
    )
