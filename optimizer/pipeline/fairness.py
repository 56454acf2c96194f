"""Who gains and who loses by a policy; by protected characteristic only after the answer is fixed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.uitvoer import EERLIJKHEID, KOPPELINGEN, WINNAARS, OutputTable
from optimizer.measure import Comparison, winners
from optimizer.pipeline.orders import Listener, Order
from optimizer.read.groepen import groepen_beside, read_groepen
from optimizer.report import csvs
from optimizer.settle import InForce


@dataclass(frozen=True)
class Fair:
    """What protected characteristics show.

    Attributes
    ----------
    tables
        The table on them; empty where the input has no such file.
    groepen
        What the file says; None without one.
    told
        For the receipt: its name and hash, and the hash of the answer that was fixed before it was opened.
    """

    tables: Mapping[OutputTable, pd.DataFrame] = field(default_factory=dict)
    groepen: pd.DataFrame | None = None
    told: Mapping[str, str] | None = None


def who_gains(in_force: InForce, comparison: Comparison, baseline: str) -> dict[OutputTable, pd.DataFrame]:
    """Return the links of every policy that draws nothing, and who gains and loses by the input's own characteristics.

    Parameters
    ----------
    baseline
        The policy compared with.
    """
    batch, codes = in_force.batch, np.append(load_gemeenten().code.astype(object), "")
    links = [
        pd.DataFrame(
            {
                "beleid": name,
                "huishouden_id": batch.huishoudens["huishouden_id"],
                "gemeente": codes[lot.gemeente],
            }
        )
        for name, lot in comparison.lot.items()
        if not lot.drawn
    ]
    table = pd.concat(links, ignore_index=True) if links else pd.DataFrame(columns=KOPPELINGEN.names)
    return {KOPPELINGEN: table, WINNAARS: winners(batch, comparison.lot, baseline, in_force.parameters)}


def after_the_answer(
    order: Order,
    in_force: InForce,
    comparison: Comparison,
    known: Mapping[OutputTable, pd.DataFrame],
    baseline: str,
    listener: Listener,
) -> Fair:
    """Open the protected characteristics that lie beside the input, now that the answer is fixed and hashed.

    Raises
    ------
    InvoerOngeldig
        With every problem of that file at once.
    """
    fixed = hashlib.sha256(csvs.to_bytes(known[KOPPELINGEN], KOPPELINGEN, english=order.output.style.english_csv))
    place = groepen_beside(order.wish.source)
    if place is None:
        return Fair()
    typed, bron, warnings = read_groepen(place, in_force.batch)
    listener.warn(warnings)
    table = winners(in_force.batch, comparison.lot, baseline, in_force.parameters, typed.frame)
    told = {"file": bron.naam, "sha256": bron.sha256, "answer_sha256": fixed.hexdigest()}
    return Fair({EERLIJKHEID: table}, typed.frame, told)
