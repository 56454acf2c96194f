"""The proposal itself on the page: every household on a row, first those that need a person's eye."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from optimizer.domain.uitvoer import UITZONDERINGEN
from optimizer.domain.voorstel import Voorstel
from optimizer.report.language import Language
from optimizer.report.places import gemeente_name
from optimizer.report.privacy import is_private, shield_ground, shield_text

#: Households on the page: a browser reads so many with ease, and more than a national month has.
MOST_ROWS = 3_000
#: What asks for a person's eye, most urgent first; exceptions stand between these by their own order.
_WAITS_WITH_GROUND, _WAITS, _GROUND_FAR, _JOB_LOST = "wacht_met_grond", "wacht", "grond_ver", "baan_verloren"
ATTENTION = (_WAITS_WITH_GROUND, _WAITS, *UITZONDERINGEN, _GROUND_FAR, _JOB_LOST)


@dataclass(frozen=True)
class HouseholdRow:
    """One household as people read it; ``attention`` says why a person should look, empty where nobody needs to."""

    huishouden: str
    personen: int
    van: str
    naar: str
    grond: str
    km: str
    banen: str
    dagen: int
    attention: tuple[str, ...]
    reden: str


def household_parts(t: Language, voorstel: Voorstel) -> dict[str, Any]:
    """Return the households that need a person's eye and the others, and how many a longer list leaves out.

    Most urgent first; of equals who waits longest since the permit. The others stand in the order of the input.
    """
    attention, waits = attention_of(voorstel), voorstel.niet_gekoppeld
    why = dict(zip(waits["huishouden_id"], waits["toelichting"], strict=True))
    rows = [_row(t, row, attention, why) for _, row in voorstel.voorstel.iterrows()]
    first = sorted(
        (row for row in rows if row.attention),
        key=lambda row: (ATTENTION.index(attention[row.huishouden][0]), -row.dagen),
    )
    others = [row for row in rows if not row.attention]
    shown = max(0, MOST_ROWS - len(first))
    return {
        "look_first": first[:MOST_ROWS],
        "others": others[:shown],
        "others_total": len(others),
        "households_left_out": max(0, len(rows) - MOST_ROWS),
    }


def attention_of(voorstel: Voorstel) -> Mapping[str, tuple[str, ...]]:
    """Return by household what asks for a person's eye, most urgent first."""
    frame = voorstel.voorstel
    waits = frame["status"] == "niet_gekoppeld"
    with_ground = frame["grond_gehonoreerd"] == "wacht"
    far = frame["grond_gehonoreerd"] == "nee"
    lost = set(voorstel.banen.loc[voorstel.banen["uitkomst"] == "verloren_regel", "huishouden_id"])
    exceptions = voorstel.uitzonderingen.groupby("huishouden_id")["soort"].agg(set).to_dict()
    found = {}
    for h, w, g, f in zip(frame["huishouden_id"], waits, with_ground, far, strict=True):
        kinds = set(exceptions.get(h, ()))
        kinds |= {_WAITS_WITH_GROUND if g else _WAITS} if w else set()
        kinds |= {_GROUND_FAR} if f and not kinds else set()
        kinds |= {_JOB_LOST} if h in lost else set()
        found[str(h)] = tuple(kind for kind in ATTENTION if kind in kinds)
    return found


def _row(
    t: Language, record: "pd.Series[Any]", attention: Mapping[str, tuple[str, ...]], why: Mapping[str, str]
) -> HouseholdRow:
    grounds = [str(t.label("grond", kind)) for kind in shield_ground(record["grond"]).split("+") if kind]
    km, jobs = record["afstand_km"], int(record["banen"])
    if record["status"] == "niet_gekoppeld":
        told = t.plain("huishoudens.onbeslist", of=jobs)
    else:
        told = t.plain("huishoudens.banen_van", n=int(record["banen_binnen_50km"]), of=jobs)
    return HouseholdRow(
        huishouden=str(record["huishouden_id"]),
        personen=int(record["aantal_personen"]),
        van=gemeente_name(record["opvang_gemeente"]),
        naar=str(record["gemeente_naam"]),
        grond=", ".join(grounds),
        km="" if pd.isna(km) or is_private(record["grond"]) else t.number(float(km), 1),
        banen=told if jobs else "",
        dagen=int(record["dagen_sinds_vergunning"]),
        attention=tuple(str(t(f"aandacht.{kind}")) for kind in attention[str(record["huishouden_id"])]),
        reden=_why(t, record, why),
    )


def _why(t: Language, record: "pd.Series[Any]", why: Mapping[str, str]) -> str:
    """Return why this municipality; what a person wrote with a choice is free text, and may name a private ground.

    Where a private ground lies can tell what it is, so its place and its distance are not said.
    """
    if record["status"] == "vastgezet":
        return t.plain("huishoudens.vast")
    if is_private(record["grond"]):
        return t.plain("huishoudens.persoonlijk")
    return shield_text(str(why.get(str(record["huishouden_id"]), record["reden"])))
