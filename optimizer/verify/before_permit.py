"""Work that began before the permit: a fact that the check of one link shows, with the rule of that day."""

from dataclasses import replace

import numpy as np

from optimizer.rules.parameters.bron import bron
from optimizer.verify.cells import shown
from optimizer.verify.toets import Link, Toets

WAIT = "toegang/wachttijd_maanden"


def work_before_permit(link: Link) -> list[Toets]:
    """Name each job that began before the permit, and the waiting time for work on its first day.

    It decides nothing and calls nothing unlawful: the input holds no date of application.
    """
    case = link.case
    permit = case.batch.huishoudens["vergunning_datum"].iloc[link.household].date()
    begins = case.batch.werk["contract_begin"]
    out = []
    for j in np.flatnonzero(case.jobs.household == link.household):
        if not begins.iloc[j] < case.batch.huishoudens["vergunning_datum"].iloc[link.household]:
            continue
        begin = begins.iloc[j].date()
        then = replace(case.parameters, peildatum=begin)
        if then.origin(WAIT) is None:
            continue
        said = {"baan": str(case.batch.werk["baan_id"].iloc[j]), "vergunning": f"{permit:%d-%m-%Y}"}
        months = shown(float(then[WAIT]), "uren")
        toets = link.toets(WAIT, "feit", "werk_voor_vergunning", f"{begin:%d-%m-%Y}", months, **said)
        out.append(replace(toets, bron=bron(WAIT, then)))
    return out
