"""What is kept of one case, in words and numbers: what a municipality may read, and what only the COA may."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from geodata.wording import Sentence
from optimizer.explain.told.tables import explain
from optimizer.measure import outcomes
from optimizer.model import Case
from optimizer.report.job_points import job_points
from optimizer.report.privacy import is_private, shield_ground, shield_text

#: Said to others than the COA instead of a reason that a private ground decided.
_PRIVATE = Sentence(
    "Er is een persoonlijke grond. Het COA kent de reden.", "There is a personal ground. The COA knows the reason."
)
_FIXED = Sentence(
    "Deze gemeente staat vast: een medewerker van het COA koos haar, uw gemeente ging eerder akkoord, of een "
    "overeenkomst met uw gemeente doet dat.",
    "This municipality is fixed: by a COA employee, by your own agreement before, or by an agreement with your "
    "municipality.",
)
_ALTERNATIVES = ("alternatief_1", "alternatief_2", "alternatief_3")


@dataclass(frozen=True)
class Baan:
    """One job: its key, place, hours, whether it is a hard ground, and the distance after the move.

    ``x`` and ``y`` are EPSG:28992 in metres.
    """

    id: str
    gemeente: str
    plaats: str
    uren: float
    hard: str
    km: float
    binnen: str
    x: float
    y: float


@dataclass(frozen=True)
class Zaakinhoud:
    """One case as somebody may read it.

    Attributes
    ----------
    huishouden, personen
        Key and size.
    gronden
        Kinds of hard ground that count, in order of precedence; for a municipality private ones read ``persoonlijk``.
    persoonlijk
        Whether private grounds are left out, and with them the reason and the alternatives.
    reden
        Why this municipality, in Dutch and in English.
    vergunning
        Day of the permit.
    nareis
        Persons who still come; None where unknown.
    woning
        Kind of special dwelling; "" for none.
    banen
        Its jobs.
    alternatieven
        The best other municipalities, in order of code, for the order tells nothing: CBS code, and km to the nearest
        job from there (None without a job).
    """

    huishouden: str
    personen: int
    gronden: tuple[str, ...]
    persoonlijk: bool
    reden: tuple[str, str]
    vergunning: str
    nareis: int | None
    woning: str
    banen: tuple[Baan, ...]
    alternatieven: tuple[tuple[str, float | None], ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as it is sealed."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Zaakinhoud":
        """Return what was sealed."""
        plain = {**told, "banen": tuple(Baan(**job) for job in told["banen"])}
        lists = {name: tuple(plain[name]) for name in ("gronden", "reden")}
        others = tuple((str(code), km) for code, km in plain["alternatieven"])
        return cls(**{**plain, **lists, "alternatieven": others})

    @property
    def zin(self) -> Sentence:
        """Why this municipality."""
        return Sentence(*self.reden)


@dataclass(frozen=True)
class Gelezen:
    """One link of a run: its municipality, and the case for its municipality and for the COA."""

    gemeente: str
    vastgezet: bool
    voor_gemeente: Zaakinhoud
    voor_coa: Zaakinhoud = field(repr=False)


def linked(case: Case) -> Iterator[Gelezen]:
    """Yield the case of every household that a run links, in order of its proposal.

    Parameters
    ----------
    case
        The run, opened again.
    """
    voorstel, batch = explain(case), case.batch
    others = _alternatives(case, voorstel.voorstel)
    table = voorstel.voorstel.assign(voor_gemeente=voorstel.gemeente_redenen)
    facts = batch.huishoudens.set_index("huishouden_id").to_dict("index")
    jobs = _jobs(voorstel.banen, case.parameters.peildatum)
    for row in table[table["status"] != "niet_gekoppeld"].to_dict("records"):
        household, fixed = str(row["huishouden_id"]), row["status"] == "vastgezet"
        own = facts[household]
        later = float(own["nareis_verwacht"])
        permit = own["vergunning_datum"]
        whole = Zaakinhoud(
            huishouden=household,
            personen=int(row["aantal_personen"]),
            gronden=tuple(k for k in str(row["grond"]).split("+") if k),
            persoonlijk=False,
            reden=(row["reden"].nl, row["reden"].en),
            vergunning="" if pd.isna(permit) else f"{permit:%Y-%m-%d}",
            nareis=None if np.isnan(later) else int(later),
            woning=str(own["woning_nodig"] or ""),
            banen=jobs.get(household, ()),
            alternatieven=tuple(sorted(others[household])),
        )
        said = _FIXED if fixed else row["voor_gemeente"]
        yield Gelezen(str(row["gemeente"]), fixed, shielded(whole, said), whole)


def shielded(whole: Zaakinhoud, reden: Sentence) -> Zaakinhoud:
    """Return a case as its municipality may read it: no private ground, and nothing from which one can be guessed.

    Where a private ground lies, how far it is and which others fit it can tell what it is; so can a reason.
    """
    kinds = "+".join(whole.gronden)
    private = is_private(kinds)
    told = _PRIVATE if private else Sentence(shield_text(reden.nl), shield_text(reden.en))
    return Zaakinhoud(
        huishouden=whole.huishouden,
        personen=whole.personen,
        gronden=tuple(k for k in shield_ground(kinds).split("+") if k),
        persoonlijk=private,
        reden=(told.nl, told.en),
        vergunning=whole.vergunning,
        nareis=whole.nareis,
        woning=shield_text(whole.woning.replace("_", " ")),
        banen=whole.banen,
        alternatieven=() if private else whole.alternatieven,
    )


def _alternatives(case: Case, table: pd.DataFrame) -> dict[str, list[tuple[str, float | None]]]:
    """Return the alternatives of each household, each with the km from there to the nearest of its jobs."""
    facts, told = case.facts, {str(h): list[tuple[str, float | None]]() for h in table["huishouden_id"]}
    index = {str(code): row for row, code in enumerate(facts.gemeenten.code)}
    for name in _ALTERNATIVES:
        codes = [str(cell).split(" ")[0] for cell in table[name]]
        there = np.array([index.get(code, -1) for code in codes], dtype=np.int64)
        nearest = np.full(there.size, np.inf)
        np.fmin.at(nearest, facts.banen.huishouden, outcomes(facts, there, case.parameters).km)
        for household, code, km in zip(table["huishouden_id"], codes, nearest.tolist(), strict=True):
            if code:
                told[str(household)].append((code, km if np.isfinite(km) else None))
    return told


def _jobs(table: pd.DataFrame, day: datetime.date) -> dict[str, tuple[Baan, ...]]:
    """Return the jobs of each household that has any."""
    if not len(table):
        return {}
    points, told = job_points(table, day), dict[str, tuple[Baan, ...]]()
    for k, row in enumerate(table.to_dict("records")):
        household, place = str(row["huishouden_id"]), points.xy[k]
        job = Baan(
            str(row["baan_id"]),
            str(row["werk_gemeente"]),
            str(points.name[k]),
            float(row["uren_per_week"]),
            str(row["hard"]),
            float(row["afstand_km"]),
            str(row["binnen_50km"]),
            float(place[0]),
            float(place[1]),
        )
        told[household] = (*told.get(household, ()), job)
    return told
