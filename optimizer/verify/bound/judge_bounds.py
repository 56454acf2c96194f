"""The bounds of a finished run: is the question that of the input, and does every certificate prove its bound."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from geodata.wording import Sentence
from optimizer.domain.levels import LEVELS
from optimizer.domain.lottery import tickets
from optimizer.domain.uitvoer import BEWIJS
from optimizer.verify.bound.proof import Question, Verdict, check_levels
from optimizer.verify.bound.question import LOTTERY, open_households, question_of
from optimizer.verify.case import Case
from optimizer.verify.dwellings import dwellings_of
from optimizer.verify.findings import bevinding
from optimizer.verify.levels import Kansen, level_value
from optimizer.verify.oordeel import Bevinding, Grens

#: A certificate without a word of what went wrong, for a file that cannot be read.
_NOTHING = Sentence("het bestand is niet te lezen", "the file cannot be read")


def judge_bounds(
    case: Case, written: Mapping[str, Any] | None, receipt: Mapping[str, Any], chances: Kansen
) -> tuple[list[Bevinding], tuple[Grens, ...]]:
    """Judge the certificates of a run; nothing of them is believed, not even what was asked.

    Parameters
    ----------
    case
        The input and the proposal.
    written
        What ``bewijs.json.gz`` holds, or None where it cannot be read.
    receipt
        ``run.json``: names, statuses and bounds of the levels.
    """
    if written is None:
        return [_wrong(case, BEWIJS, _NOTHING)], ()
    try:
        certificates = list(written["bewijs"])
        names = [str(one["niveau"]) for one in certificates]
        levels = [level["name"] for level in receipt["levels"]]
        turns = [*levels, *(name for name in levels[:-1] if any(leeway_of(case, name)))]
        if names not in (turns, [*turns, LOTTERY]):
            return [_about(case, "grensbewijs_niveaus", " ".join(names), " ".join(turns))], ()
        seed = int(receipt["seed"])
        once = [*levels, *names[len(turns) :]]
        asked = replace(question_of(case, once, chances, seed), leeway=[leeway_of(case, name) for name in levels])
        found = list(_other_question(case, asked, once, written, seed))
    except (KeyError, TypeError, ValueError, IndexError, OverflowError):
        return [_wrong(case, BEWIJS, _NOTHING)], ()
    verdicts = check_levels(asked, case.links.gemeente[open_households(case)], certificates)
    found += [_wrong(case, v.name, fault) for v in verdicts for fault in v.faults]
    found += _other_claims(case, verdicts, certificates, receipt)
    return found, tuple(_grens(case, v, chances) for v in verdicts if not v.faults)


def leeway_of(case: Case, level: str) -> tuple[Fraction, int]:
    """Return what later levels may give up of a level under the policy: a share, and whole units."""
    room = None if case.eisen is None else case.eisen.speelruimte.get(level)
    if room is None:
        return Fraction(0), 0
    return Fraction(str(room["deel"])), int(Fraction(str(room["aantal"])) / Fraction(str(LEVELS[level].unit)))


def _grens(case: Case, verdict: Verdict, chances: Kansen) -> Grens:
    """Return what was found of a level in its unit, the households that are fixed counted in."""
    unit, fixed = 1.0, 0
    if verdict.name != LOTTERY:
        worth, unit = level_value(case, verdict.name, chances), LEVELS[verdict.name].unit
        there = case.links.linked.copy()
        there[open_households(case)] = False
        fixed = 0 if worth is None else int(worth[there].sum())
    proven = None if verdict.proven is None else (verdict.proven + fixed) * unit
    return Grens(verdict.name, (verdict.value + fixed) * unit, (verdict.bound + fixed) * unit, proven, verdict.word)


def _other_question(
    case: Case, asked: Question, names: Sequence[str], written: Mapping[str, Any], seed: int
) -> Iterator[Bevinding]:
    """Yield where the question that the file states is another than that of the input; it need not state it at all."""
    stated = written["vraag"]
    if stated is None:
        return
    rows = open_households(case)
    allowed = [np.flatnonzero(row).tolist() for row in asked.allowed]
    most, kinds = int(asked.persons.sum()), list(dwellings_of(case).kinds)
    right: dict[str, Any] = {
        "huishoudens": case.households.ids[rows].tolist(),
        "gemeenten": case.codes(np.arange(asked.opgave.size)),
        "personen": asked.persons.tolist(),
        "opgave": np.minimum(asked.opgave, most).tolist(),
        "toegestaan": allowed,
        "middelen": [*kinds, *(["tempo"] * (asked.use.shape[1] - len(kinds)))],
        "regio": asked.region.tolist(),
        "plafond": asked.ceiling.tolist(),
        "geteld": asked.over.tolist(),
        "gebruik": asked.use.tolist(),
        "ruimte": asked.capacity.tolist(),
        "antwoord": case.links.gemeente[rows].tolist(),
        "waarden": {
            name: [value[h, to].tolist() for h, to in enumerate(allowed)]
            for name, value in zip(names, asked.values, strict=True)
            if name != LOTTERY
        },
        "loten": [str(lot) for lot in tickets("lot", seed, case.households.ids[rows].tolist())],
    }
    for key, value in right.items():
        if stated[key] != value:
            yield _about(case, "grensbewijs_vraag", key, "")


def _other_claims(
    case: Case, verdicts: Sequence[Verdict], certificates: Sequence[Mapping[str, Any]], receipt: Mapping[str, Any]
) -> Iterator[Bevinding]:
    """Yield the levels of which the receipt claims another bound, or another kind of proof, than the certificate."""
    claims = zip(verdicts, certificates, receipt["levels"], strict=False)
    for i, (verdict, certificate, level) in enumerate(claims):
        if verdict.faults:
            continue
        unit = LEVELS[verdict.name].unit
        above = verdict.bound - verdict.value
        if round((level["bound"] - level["value"]) / unit) != above:
            yield _about(
                case, "grensbewijs_grens", str(level["bound"]), str(level["value"] + above * unit), f"levels.{i}.bound"
            )
        if level.get("certificate") != certificate["soort"]:
            said = str(level.get("certificate")), certificate["soort"], f"levels.{i}.certificate"
            yield _about(case, "grensbewijs_grens", *said)


def _about(case: Case, code: str, gevonden: str, toegestaan: str, which: str = "") -> Bevinding:
    return bevinding(code, case.parameters, gevonden=gevonden, toegestaan=toegestaan, baan=which, bestand=BEWIJS)


def _wrong(case: Case, level: str, why: Sentence) -> Bevinding:
    return bevinding("grensbewijs_onjuist", case.parameters, baan=level, gevonden=why, bestand=BEWIJS)
