"""The definitions once more, one household at a time, in plain Python: what the arrays of the judge must agree with."""

import math
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from geodata.gemeenten import load_gemeenten
from tests.verify.zaken import LIJN, PEILDATUM

MOVE = PEILDATUM + timedelta(weeks=12)
ORDER = ("medisch", "gezin", "studie", "werk")

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Huishouden:
    """One household as a person would write it down; dates are dates."""

    record: Record
    banen: tuple[Record, ...]
    gronden: tuple[Record, ...]
    link: str

    @property
    def id(self) -> str:
        return str(self.record["huishouden_id"])

    @property
    def locked(self) -> bool:
        return bool(self.record.get("vastgezet_gemeente"))


def km(a: str, b: str) -> float:
    return abs(LIJN[a] - LIJN[b])


def region(gemeente: str) -> str:
    table = load_gemeenten()
    return str(table.koppelregio[table.index[gemeente]])


def is_hard(baan: Record) -> bool:
    return bool(
        baan["uren_per_week"] >= 8
        and baan["contract_getekend"] == "ja"
        and baan["loonstrook_gezien"] == "ja"
        and baan["soort"] != "zelfstandig"
    )


def contract_end(baan: Record) -> date | None:
    if baan.get("contract_einde"):
        return date.fromisoformat(baan["contract_einde"])
    if not baan.get("contract_maanden"):
        return None
    begin = date.fromisoformat(baan["contract_begin"]) if baan.get("contract_begin") else PEILDATUM
    months = begin.month - 1 + baan["contract_maanden"]
    year, month = begin.year + months // 12, months % 12 + 1
    return date(year, month, min(begin.day, monthrange(year, month)[1])) - timedelta(days=1)


def ends_first(baan: Record) -> bool:
    end = contract_end(baan)
    return end is not None and end < MOVE


def kept(h: Huishouden, baan: Record) -> float:
    """Chance that the job of a linked household survives the move: the ratio of the curve, at most 1."""
    if ends_first(baan):
        return 0.0
    here, there = (km(g, baan["werk_gemeente"]) for g in (h.record["opvang_gemeente"], h.link))
    return min(1.0, curve(baan, there) / curve(baan, here))


def curve(baan: Record, distance: float) -> float:
    factor = 0.6 if baan.get("via_uitzendbureau") == "ja" else 0.8 if contract_end(baan) else 1.0
    return float((1 + math.exp((distance - (25 + 0.75 * min(baan["uren_per_week"], 40))) / 8)) ** (-1 / factor))


def outcome(h: Huishouden, baan: Record) -> str:
    if not h.link:
        return "niet_gekoppeld"
    if ends_first(baan):
        return "loopt_af"
    if km(h.link, baan["werk_gemeente"]) <= 50:
        return "binnen_50km"
    return "al_buiten" if km(h.record["opvang_gemeente"], baan["werk_gemeente"]) > 50 else "verloren_regel"


def hard_grounds(h: Huishouden) -> list[tuple[str, str]]:
    """Kind and municipality, in order of precedence: kind, more hours, lowest code."""
    rows = [(ORDER.index(g["grond"]), 0.0, g["gemeente"]) for g in h.gronden if counts(g)]
    rows += [(ORDER.index("werk"), -b["uren_per_week"], b["werk_gemeente"]) for b in h.banen if is_hard(b)]
    return [(ORDER[kind], gemeente) for kind, _, gemeente in sorted(rows)]


def counts(grond: Record) -> bool:
    return grond["grond"] != "netwerk" and grond["bewijs"] not in {"", "nee"}


def serves(gemeente: str, places: list[str]) -> bool:
    return all(km(gemeente, place) <= 50 for place in places)


def binding_places(h: Huishouden) -> list[str]:
    """The longest list in order of precedence that some municipality serves (those off the line serve none)."""
    kept: list[str] = []
    for _, place in hard_grounds(h):
        if any(serves(g, [*kept, place]) for g in LIJN):
            kept.append(place)
    return kept


def exceptions(h: Huishouden) -> set[str]:
    """Exceptions under the rules without a policy, but for the opgave."""
    places = [place for _, place in hard_grounds(h)]
    found = set()
    if len(binding_places(h)) < len(places):
        found.add("gronden_onverenigbaar")
    if h.link and not serves(h.link, binding_places(h)):
        found.add("vastgezet_buiten_straal" if h.locked else "geen_plaats_binnen_50km")
    return found


def row(h: Huishouden) -> dict[str, str]:
    """The row of the proposal as it must be written."""
    kinds = list(dict.fromkeys(kind for kind, _ in hard_grounds(h)))
    places = [place for _, place in hard_grounds(h)]
    linked = bool(h.link)
    honoured = "nvt" if not places else "wacht" if not linked else "ja" if serves(h.link, places) else "nee"
    near = sum(km(h.link, b["werk_gemeente"]) <= 50 for b in h.banen) if linked else 0
    expected = sum(kept(h, b) for b in h.banen) if linked else 0.0
    farthest = max((km(h.link, place) for place in places), default=None) if linked else None
    return {
        "huishouden_id": h.id,
        "aantal_personen": str(h.record["aantal_personen"]),
        "gemeente": h.link,
        "status": "vastgezet" if h.locked else "voorgesteld" if linked else "niet_gekoppeld",
        "grond": "+".join(kinds),
        "grond_gehonoreerd": honoured,
        "afstand_km": "" if farthest is None else f"{farthest:.1f}".replace(".", ","),
        "banen": str(len(h.banen)),
        "banen_binnen_50km": str(near) if linked else "",
        "verwacht_behouden": f"{expected:.4f}".replace(".", ",") if linked else "",
        "dagen_sinds_vergunning": "30",
    }
