"""What the conclusion hangs on: one assumption at a time has another value, and every policy is worked out anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from optimizer.domain import uitvoer
from optimizer.domain.batch import Batch
from optimizer.domain.lottery import tickets

#: The row with every assumption as it is.
ZOALS_HET_IS = "zoals_het_is"


@dataclass(frozen=True)
class Variant:
    """One assumption with another value.

    Attributes
    ----------
    aanname, waarde
        What people call it.
    parameters
        Values of parameters that differ.
    tijdelijk
        Share of the jobs that must be temporary; None leaves the contracts as they are.
    """

    aanname: str
    waarde: str
    parameters: Mapping[str, Any]
    tijdelijk: float | None = None


def variants(in_force: Mapping[str, Any]) -> list[Variant]:
    """List the variants: what is in force first, then each assumption with its other values.

    Parameters
    ----------
    in_force
        Parameters by name; a value that is in force already is left out.
    """
    weeks = "verhuizing/weken_na_koppeling"
    scale = float(in_force["behoud/schaal_km"])
    order = list(in_force["gronden/volgorde"])
    options: list[tuple[str, str, Sequence[tuple[str, Any]]]] = [
        ("weken_tot_verhuizing", weeks, [(str(n), n) for n in (8, 12, 26, 52)]),
        ("afstandsmaat", "gronden/maat", [(name, name) for name in ("straight", "border", "road")]),
        ("straal_km", "gronden/straal_km", [(str(n), n) for n in (40, 50, 60)]),
        ("uren_minimum", "werk/minimum_uren", [(str(n), n) for n in (0, 8, 12, 16)]),
        ("volgorde_gronden", "gronden/volgorde", [("werk_eerst", ["werk", *[g for g in order if g != "werk"]])]),
        ("curve", "behoud/schaal_km", [("vlak", 2 * scale), ("steil", scale / 2)]),
    ]
    found = [Variant(ZOALS_HET_IS, "", {})]
    for aanname, parameter, values in options:
        found += [Variant(aanname, word, {parameter: v}) for word, v in values if v != in_force[parameter]]
    return found + [Variant("deel_tijdelijk", f"{share:g}", {}, share) for share in (0.5, 0.91)]


def with_temporary_contracts(batch: Batch, share: float, seed: int) -> Batch:
    """Return the batch in which a share of the jobs has a contract with an end: of six months, begun as given.

    Jobs become temporary, or open-ended, in the order of a published lottery per job, so that a larger share contains
    the smaller. Six months from a begin that is given, else from the peildatum (*aanname*).
    """
    werk = batch.werk.copy()
    ends = (werk["contract_einde"].notna() | werk["contract_maanden"].notna()).to_numpy(np.bool_)
    order = np.argsort(tickets("contract", seed, werk["baan_id"]), kind="stable")
    wanted = np.zeros(len(werk), dtype=np.bool_)
    wanted[order[: round(share * len(werk))]] = True
    werk.loc[~wanted, "contract_einde"] = pd.NaT
    werk.loc[~wanted, "contract_maanden"] = np.nan
    werk.loc[wanted & ~ends, "contract_maanden"] = 6.0
    return batch.replace(werk=werk)


def tornado(rows: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Mark where a conclusion turns: ``uitvoer.GEVOELIGHEID``.

    Parameters
    ----------
    rows
        One row a variant and policy: ``aanname``, ``waarde`` and the columns of ``uitvoer.BELEIDSVERGELIJKING``.
    baseline
        The conclusion is whether a policy keeps more, as many or fewer jobs than this one.

    Returns
    -------
    ``keert_om`` is ``ja`` where that differs from what it is with every assumption as it is.
    """
    base = rows[rows["beleid"] == baseline].set_index(["aanname", "waarde"])["behouden"]
    key = pd.MultiIndex.from_frame(rows[["aanname", "waarde"]])
    sign = np.sign(np.round(rows["behouden"].to_numpy(np.float64) - base.loc[key].to_numpy(np.float64), 6))
    first = rows["aanname"] == ZOALS_HET_IS
    as_it_is = dict(zip(rows["beleid"][first], sign[first.to_numpy()], strict=True))
    turned = sign != rows["beleid"].map(as_it_is).to_numpy(np.float64)
    return rows.assign(keert_om=np.where(turned, "ja", "nee"))[uitvoer.GEVOELIGHEID.names]
