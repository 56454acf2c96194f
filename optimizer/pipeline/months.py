"""The same months under several policies: each drawn by the generator for the opgaven of a batch, or read."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.decide import Limits
from optimizer.domain.batch import Batch
from optimizer.errors import Gebruiksfout
from optimizer.generate import draw_tables
from optimizer.generate.files import SIGN, write_folder
from optimizer.measure.months import differences
from optimizer.pipeline.pieces import Piece
from optimizer.pipeline.policies import compare
from optimizer.policy import Beleid
from optimizer.rules.parameters import Parameters
from optimizer.settle import InForce, Wish, settle

#: What a drawn month takes over from the batch that it is like.
ROOM = ("taakstelling", "capaciteit", "woningen", "bestuursovereenkomsten")
#: Policies of a comparison over months where nobody names any: the chain of the attribution, practice and the bound.
POLICIES = ("koppelregio", "blijf_in_regio", "handmatig", "een_voor_een", "straal50", "kansrijk", "alleen_banen")


@dataclass(frozen=True)
class Month:
    """One month, worked out under every policy.

    Attributes
    ----------
    number
        1, 2, ...
    seed
        Of the generator, of the lottery and of who is known in time.
    source
        Folder or workbook of a month that is read; None: it is drawn.
    like
        The batch that a drawn month is like: as many households, the same koppelregio if it has one, and its very
        opgaven, capacity, dwellings and agreements.
    bekend
        Share of the jobs known in time.
    parameters
        The rules in force, the same for every month.
    policies, baseline, draws, limits
        As `optimizer.pipeline.compare.compare` takes them.
    """

    number: int
    seed: int
    source: Path | None
    like: Batch
    bekend: float
    parameters: Parameters
    policies: tuple[Beleid, ...]
    baseline: str
    draws: int
    limits: Limits

    def __call__(self) -> pd.DataFrame:
        """Return one row for each policy."""
        table = compare(
            self.in_force(), self.policies, baseline=self.baseline, draws=self.draws, limits=self.limits
        ).tabel
        return pd.concat([pd.DataFrame({"maand": self.number, "zaad": self.seed}, index=table.index), table], axis=1)

    def in_force(self) -> InForce:
        """Return the month, read or drawn, with what is in force."""
        if self.source is not None:
            read = settle(Wish(self.source))
            return replace(
                read,
                seed=self.seed,
                bekend=self.bekend,
                parameters=replace(self.parameters, peildatum=read.parameters.peildatum),
            )
        with tempfile.TemporaryDirectory() as folder:
            number, regio = len(self.like.huishoudens), koppelregio_of(self.like)
            write_folder(
                Path(folder), draw_tables(number, self.seed, self.parameters, regio=regio), self.parameters.peildatum
            )
            drawn = settle(Wish(Path(folder)))
        room = {name: getattr(self.like, name) for name in ROOM}
        batch = drawn.batch.replace(**room)
        return replace(drawn, batch=batch, seed=self.seed, bekend=self.bekend, parameters=self.parameters)


def months(
    in_force: InForce,
    policies: tuple[Beleid, ...],
    *,
    baseline: str,
    draws: int,
    limits: Limits,
    number: int,
    first_seed: int,
    folder: Path | None = None,
) -> list[Piece]:
    """Return the months to work out, each drawn for the opgaven of the batch in force.

    Parameters
    ----------
    in_force
        The batch that the months are like, and what is in force.
    policies, baseline, draws, limits
        As `optimizer.pipeline.compare.compare` takes them.
    number, first_seed
        How many months, and the seed of the first; the next takes the next number.
    folder
        Folder of months to read instead, in order of name: the first ``number``, or every one where that is 0.

    Raises
    ------
    Gebruiksfout
        When the folder holds no month.
    """
    one = Month(
        number=0,
        seed=0,
        source=None,
        like=in_force.batch.replace(beleid={}, waarschuwingen=()),  # plain data, for another process
        bekend=in_force.bekend,
        parameters=in_force.parameters,
        policies=policies,
        baseline=baseline,
        draws=draws,
        limits=limits,
    )
    sources = [None] * number if folder is None else _found(folder)[: number or None]
    return [
        Piece(f"maand-{i + 1:04d}", replace(one, number=i + 1, seed=first_seed + i, source=source))
        for i, source in enumerate(sources)
    ]


def koppelregio_of(batch: Batch) -> str | None:
    """Return the koppelregio in which everybody of a batch is received; None where there are several."""
    gemeenten = load_gemeenten()
    found = set(gemeenten.koppelregio[gemeenten.rows(batch.huishoudens["opvang_gemeente"].tolist())].tolist())
    return str(found.pop()) if len(found) == 1 else None


def _found(folder: Path) -> list[Path]:
    """Return the months in a folder: each folder with a batch, and each workbook."""
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    found = [p for p in inside if (p / SIGN).is_file() or p.suffix.casefold() in {".xlsx", ".ods"}]
    if not found:
        raise Gebruiksfout(
            f"In '{folder}' staat geen maand. Zet elke maand in een map met {SIGN}, of in een werkmap.",
            f"There is no month in '{folder}'. Put each month in a folder with {SIGN}, or in a workbook.",
        )
    return found


def over_months(tables: list[pd.DataFrame], baseline: str, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all months together, and the paired differences with the baseline."""
    every = pd.concat(tables, ignore_index=True)
    return every, differences(every, baseline, np.random.default_rng(seed))
