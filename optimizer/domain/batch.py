"""One batch of households, validated: what every later room works on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

import pandas as pd

from optimizer.domain.besluiten import Besluit
from optimizer.domain.tables import BESTUURSOVEREENKOMSTEN, CAPACITEIT, VERZOEKEN, WONINGEN, Table
from optimizer.errors import Defect


@dataclass(frozen=True)
class Bron:
    """One input file as read: its name inside the batch and the SHA-256 of its bytes."""

    naam: str
    sha256: str


def empty(table: Table) -> pd.DataFrame:
    """Return a table without rows, its columns typed as ``domain.tables`` says."""
    kinds = {"integer": "float64", "number": "float64", "date": "datetime64[s]"}
    types = {c.name: "int64" if c.kind == "integer" and c.required else kinds.get(c.kind, "str") for c in table.columns}
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in types.items()})


@dataclass(frozen=True)
class Batch:
    """A batch: validated tables (columns and cell types in ``domain.tables``) in input order.

    Parameters
    ----------
    huishoudens, personen, werk, gronden, taakstelling
        Tables with a RangeIndex in input order; every column of ``domain.tables`` is present. ``werk`` has ``baan_id``
        filled in. Municipalities are present CBS codes.
    bestuursovereenkomsten, woningen, capaciteit
        Agreements with municipalities, special dwellings, and room where no taakstelling holds; without rows where the
        input has no such table.
    peildatum
        The reference date that applies when the command names none.
    peildatum_bron
        Where it comes from: ``optie``, ``beleid`` or ``vergunning`` (the latest permit); empty where nobody said.
    beleid
        What ``beleid.toml`` says, validated later by ``policy`` (empty when there is no such file).
    bronnen
        The files that were read, with their hashes.
    waarschuwingen
        Defects that do not forbid the use of the batch.
    postcodes, postcodes_bestand
        The user's table of postcodes: ``postcode4``, ``gemeente`` (code), ``x_rd`` and ``y_rd`` (metres, EPSG:28992);
        without rows where the user has none. And the name of its file.
    eerder
        CBS code of the municipality of each household in the run that this one goes on from ("" where it had none),
        in the order of that run and the division of the peildatum; None where it goes on from none.
    verzoeken
        Requests for a first link; no decision looks at them.
    vooruitblik, vooruitblik_bron
        People in procedure, for a look ahead, and their file; None where nobody looks ahead. No decision looks at them.
    besluiten
        The decisions that are in force; ``month.decisions.decided`` has put them into ``huishoudens``.
    """

    huishoudens: pd.DataFrame
    personen: pd.DataFrame
    werk: pd.DataFrame
    gronden: pd.DataFrame
    taakstelling: pd.DataFrame
    peildatum: date
    beleid: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    bronnen: tuple[Bron, ...] = ()
    bestuursovereenkomsten: pd.DataFrame = field(default_factory=partial(empty, BESTUURSOVEREENKOMSTEN))
    woningen: pd.DataFrame = field(default_factory=partial(empty, WONINGEN))
    capaciteit: pd.DataFrame = field(default_factory=partial(empty, CAPACITEIT))
    waarschuwingen: tuple[Defect, ...] = ()
    postcodes: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["postcode4", "gemeente", "x_rd", "y_rd"])
    )
    postcodes_bestand: str = ""
    peildatum_bron: str = ""
    eerder: Mapping[str, str] | None = None
    besluiten: tuple[Besluit, ...] = ()
    verzoeken: pd.DataFrame = field(default_factory=partial(empty, VERZOEKEN))
    vooruitblik: pd.DataFrame | None = None
    vooruitblik_bron: Bron | None = None

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

        Source: formats of the input file; Huisvestingswet 2014 art. 28-29 (arrears added, surplus subtracted). A person
        stands in one of three stocks: linked, housed, or housed for the time being.
        """
        t = self.taakstelling
        taken = t["gekoppeld"] + t["gehuisvest"] + t["tijdelijk_gehuisvest"]
        rest = t["taakstelling"] + t["achterstand"] - t["voorsprong"] - taken
        return pd.Series(rest.clip(lower=0).astype("int64").to_numpy(), index=t["gemeente"])

    def ruimte(self, regime: str) -> pd.DataFrame:
        """Return the table that gives the municipalities their room: ``taakstelling`` or ``capaciteit``."""
        return self.capaciteit if regime == "capaciteit" else self.taakstelling

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
