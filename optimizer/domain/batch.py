"""One batch of households, validated: what every later room works on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd

from optimizer.errors import Defect


@dataclass(frozen=True)
class Bron:
    """One input file as read: its name inside the batch and the SHA-256 of its bytes."""

    naam: str
    sha256: str


@dataclass(frozen=True)
class Batch:
    """A batch: five validated tables (columns and cell types in ``domain.tables``) in input order.

    Parameters
    ----------
    huishoudens, personen, werk, gronden, taakstelling
        Tables with a RangeIndex in input order; every column of ``domain.tables`` is present. ``werk`` has ``baan_id``
        filled in. Municipalities are present CBS codes.
    peildatum
        The reference date that applies when the command names none.
    beleid
        What ``beleid.toml`` says, validated later by ``policy`` (empty when there is no such file).
    bronnen
        The files that were read, with their hashes.
    waarschuwingen
        Defects that do not forbid the use of the batch.
    postcodes, postcodes_bestand
        The user's table of postcodes: ``postcode4``, ``gemeente`` (code), ``x_rd`` and ``y_rd`` (metres, EPSG:28992);
        without rows where the user has none. And the name of its file.
    """

    huishoudens: pd.DataFrame
    personen: pd.DataFrame
    werk: pd.DataFrame
    gronden: pd.DataFrame
    taakstelling: pd.DataFrame
    peildatum: date
    beleid: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    bronnen: tuple[Bron, ...] = ()
    waarschuwingen: tuple[Defect, ...] = ()
    postcodes: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["postcode4", "gemeente", "x_rd", "y_rd"])
    )
    postcodes_bestand: str = ""

    def replace(self, **changes: Any) -> "Batch":
        """Return a batch that differs in the given fields."""
        return replace(self, **changes)

    @property
    def personen_totaal(self) -> int:
        """Persons in all households, children included."""
        return int(self.huishoudens["aantal_personen"].sum())

    @property
    def opgave(self) -> pd.Series:
        """Persons that each municipality of ``taakstelling`` can still take, by CBS code (int64, >= 0).

        Source: formats of the input file; Huisvestingswet 2014 art. 28-29 (arrears added, surplus subtracted).
        """
        t = self.taakstelling
        rest = t["taakstelling"] + t["achterstand"] - t["voorsprong"] - t["gekoppeld"]
        return pd.Series(rest.clip(lower=0).astype("int64").to_numpy(), index=t["gemeente"])

    def huishouden(self, huishouden_id: str) -> Mapping[str, Any]:
        """Return one household as a record for people, with its adults, jobs and grounds.

        Raises
        ------
        KeyError
            When the batch has no such household.
        """
        rij = self.huishoudens[self.huishoudens["huishouden_id"] == huishouden_id]
        if rij.empty:
            raise KeyError(huishouden_id)
        personen = self.personen[self.personen["huishouden_id"] == huishouden_id]
        return {
            **{str(k): v for k, v in rij.iloc[0].items()},
            "personen": personen.to_dict("records"),
            "werk": self.werk[self.werk["persoon_id"].isin(personen["persoon_id"])].to_dict("records"),
            "gronden": self.gronden[self.gronden["huishouden_id"] == huishouden_id].to_dict("records"),
        }
