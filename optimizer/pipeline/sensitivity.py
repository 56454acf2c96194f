"""What the comparison hangs on: each assumption with another value, every policy worked out anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from optimizer.decide import Limits
from optimizer.measure.sensitivity import Variant, tornado, variants, with_temporary_contracts
from optimizer.pipeline.pieces import Piece
from optimizer.pipeline.policies import compare
from optimizer.policy import Beleid
from optimizer.settle import InForce, Wish, settle

#: Policies that are worked out under every assumption, besides the baseline.
POLICIES = ("blijf_in_regio", "een_voor_een", "kansrijk", "alleen_banen")


@dataclass(frozen=True)
class Assumed:
    """One variant of an input, worked out under every policy.

    Attributes
    ----------
    wish
        The input and what must be in force.
    variant
        The assumption that differs.
    policies, baseline, draws, limits
        As `optimizer.pipeline.compare.compare` takes them.
    """

    wish: Wish
    variant: Variant
    policies: tuple[Beleid, ...]
    baseline: str
    draws: int
    limits: Limits

    def __call__(self) -> pd.DataFrame:
        """Return one row for each policy."""
        in_force = settle(self.wish)
        if self.variant.tijdelijk is not None:
            batch = with_temporary_contracts(in_force.batch, self.variant.tijdelijk, in_force.seed)
            in_force = replace(in_force, batch=batch)
        in_force = replace(in_force, parameters=in_force.parameters.replace(self.variant.parameters))
        table = compare(in_force, self.policies, baseline=self.baseline, draws=self.draws, limits=self.limits).tabel
        named = table[table["beleid"].isin([b.naam for b in self.policies])].reset_index(drop=True)
        label = pd.DataFrame({"aanname": self.variant.aanname, "waarde": self.variant.waarde}, index=named.index)
        return pd.concat([label, named], axis=1)


def assumptions(
    wish: Wish, in_force: InForce, policies: tuple[Beleid, ...], *, baseline: str, draws: int, limits: Limits
) -> list[Piece]:
    """Return the variants to work out; arguments as `Assumed`."""
    every = variants({name: in_force.parameters[name] for name in in_force.parameters})
    return [
        Piece(f"aanname-{i:02d}", Assumed(wish, variant, policies, baseline, draws, limits))
        for i, variant in enumerate(every)
    ]


def sensitivity(tables: Sequence[pd.DataFrame], baseline: str) -> pd.DataFrame:
    """Return all variants together, with the mark where a conclusion turns."""
    return tornado(pd.concat(tables, ignore_index=True), baseline)
