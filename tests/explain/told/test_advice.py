"""Advice that helps: whoever does literally what ``voorstel_oplossing`` says gives that household a place.

The judge says so, on months with locks (also above the opgave), exclusions, special dwellings, agreements, several
grounds and regions that bind. Everybody else stays where the proposal left them.
"""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from geodata.codes import resolve
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.voorstel import Voorstel
from optimizer.rules.parameters import Parameters
from optimizer.verify import judge
from tests.decide.maanden import Maand, maanden
from tests.proefbatch import (
    AMSTERDAM,
    GRONINGEN,
    MAASTRICHT,
    PLAATSEN,
    UTRECHT,
    ZWOLLE,
    eisen,
    groep,
    grond,
    huishouden,
    parameters,
    voorstel,
)

EVERYWHERE = load_gemeenten().code.tolist()
KINDS = {"grote woning": "grote_woning", "woning met lift": "woning_met_lift"}
_MORE = re.compile(r"(\d+) perso\w+ meer opneemt dan de opgave")
_DWELLINGS = re.compile(r"nog ((?:een|\d+ keer een) .+) heeft")


@st.composite
def tight_months(draw: st.DrawFn) -> Batch:
    """Months in which people wait: too little room, locks above it, exclusions, dwellings, agreements and grounds."""
    month: Maand = draw(maanden(households=7))
    people = month.batch.huishoudens.copy()
    for i in people.index:
        if draw(st.integers(0, 4)) == 0:
            people.loc[i, ["vastgezet_gemeente", "vastgezet_reden"]] = [draw(st.sampled_from(PLAATSEN)), "mantelzorg"]
        elif draw(st.integers(0, 4)) == 0:
            shut = draw(st.sampled_from([PLAATSEN[:3], [g for g in EVERYWHERE if g != ZWOLLE], EVERYWHERE]))
            people.loc[i, "uitgesloten_gemeenten"] = " ".join(shut)
        people.loc[i, "woning_nodig"] = draw(st.sampled_from(["", "", "grote_woning", "woning_met_lift"]))
    room = month.batch.taakstelling.copy()
    room["taakstelling"] = (room["taakstelling"] - draw(st.integers(1, 6))).clip(lower=0)
    dwellings = [
        {"gemeente": g, "soort": kind, "aantal": draw(st.integers(0, 1))}
        for g in draw(st.sets(st.sampled_from(PLAATSEN), max_size=4))
        for kind in KINDS.values()
    ]
    agreements = [{"gemeente": UTRECHT, "vanaf": "2026-01-01", "effect": "blijft"}] if draw(st.booleans()) else []
    extra = groep([], {}, woningen=dwellings, overeenkomsten=agreements)
    return month.batch.replace(
        huishoudens=people,
        taakstelling=room,
        woningen=extra.woningen,
        bestuursovereenkomsten=extra.bestuursovereenkomsten,
    )


def read(advice: str) -> tuple[str, bool, bool, int, dict[str, int]]:
    """Take an advice apart: the municipality, a lock, an exclusion taken back, persons more, dwellings more by kind."""
    found = re.match(r"Er is plek als een mens het huishouden vastzet op (.+?)(?: en die gemeente .+)?\.", advice)
    lock = found is not None
    found = found or re.fullmatch(r"Er is plek als (.+?) (?:niet meer is uitgesloten|\d+ perso|nog ).*\.", advice)
    assert found is not None, advice
    more, dwellings = _MORE.search(advice), _DWELLINGS.search(advice)
    kinds = {}
    for words in dwellings[1].split(" en ") if dwellings else []:
        count, kind = re.fullmatch(r"(?:een|(\d+) keer een) (.+)", words).groups()  # type: ignore[union-attr]
        kinds[KINDS[kind]] = int(count or 1)
    return resolve(found[1]), lock, "niet meer is uitgesloten" in advice, int(more[1]) if more else 0, kinds


def followed(batch: Batch, household: str, advice: str) -> tuple[Batch, str]:
    """Return the batch in which somebody did what the advice says, and the municipality of which it speaks."""
    code, lock, opened, more, kinds = read(advice)
    people = batch.huishoudens.copy()
    row = people.index[people["huishouden_id"] == household][0]
    if lock:
        people.loc[row, ["vastgezet_gemeente", "vastgezet_reden"]] = [code, "advies"]
    if opened:
        people.loc[row, "uitgesloten_gemeenten"] = without(str(people.loc[row, "uitgesloten_gemeenten"]), code)
    after = batch.replace(
        huishoudens=people,
        taakstelling=increased(batch.taakstelling, {"gemeente": code}, "taakstelling", more),
        woningen=plus(batch.woningen, code, kinds),
    )
    return after, code


def without(excluded: str, code: str) -> str:
    assert code in excluded.split(), "the advice takes back an exclusion that is there"
    return " ".join(c for c in excluded.split() if c != code)


def plus(table: pd.DataFrame, code: str, kinds: dict[str, int]) -> pd.DataFrame:
    for kind, count in kinds.items():
        table = increased(table, {"gemeente": code, "soort": kind}, "aantal", count)
    return table


def increased(table: pd.DataFrame, key: dict[str, str], column: str, by: int) -> pd.DataFrame:
    """Raise a number of the input; a row that is not there is added."""
    same = np.logical_and.reduce([table[name] == value for name, value in key.items()])
    if not same.any():
        fresh = {name: key.get(name, "" if table[name].dtype == object else 0) for name in table.columns}
        return pd.concat(
            [table, pd.DataFrame([{**fresh, column: by}]).astype(table.dtypes.to_dict())], ignore_index=True
        )
    return table.assign(**{column: table[column] + np.where(same, by, 0)})


def verdicts(batch: Batch, policy: str, rules: Parameters) -> Iterator[tuple[str, str, list[str]]]:
    """Follow each advice of a month: the household, the advice, and what the judge then has against it."""
    told: Voorstel = voorstel(batch, policy, rules)
    for name, advice in zip(
        told.niet_gekoppeld["huishouden_id"], told.niet_gekoppeld["voorstel_oplossing"], strict=True
    ):
        after, code = followed(batch, name, advice)
        frame = told.voorstel[["huishouden_id", "gemeente"]].astype(str)
        frame["gemeente"] = np.where(frame["huishouden_id"] == name, code, frame["gemeente"])
        verdict = judge(after, frame, parameters=rules, eisen=eisen(policy, rules))
        yield name, advice, [b.toelichting for b in verdict.overtredingen]


@pytest.mark.parametrize(
    ("policy", "rules"),
    [
        ("kansrijk", {}),
        ("straal50", {}),
        ("handmatig", {"koppelregio__binding": "alleen_met_grond"}),
        ("blijf", {"koppelregio__binding": "binden"}),
        ("arbeidsmarktregio", {"gronden__straal_km": 30}),
        ("gemeente", {"gronden__bij_tekort": "uitzondering"}),
    ],
)
# Shrinking a month takes minutes; the judge's sentence tells enough.
@settings(max_examples=50, deadline=None, phases=[Phase.generate])
@given(batch=tight_months())
def test_every_advice_works_when_it_is_followed_to_the_letter(
    policy: str, rules: dict[str, object], batch: Batch
) -> None:
    for name, advice, wrong in verdicts(batch, policy, parameters(**rules)):
        assert wrong == [], (name, advice)


def test_after_a_lock_above_the_opgave_the_advice_counts_what_is_over_and_nobody_of_one_is_too_large() -> None:
    locked = huishouden("H1", aantal_personen=7, vastgezet_gemeente=UTRECHT, vastgezet_reden="besluit")
    told = voorstel(groep([locked, huishouden("H2")], {UTRECHT: 3})).niet_gekoppeld.loc[0]
    assert (told["oorzaak"], told["voorstel_oplossing"]) == (
        "geen_plaats",
        "Er is plek als Utrecht 5 personen meer opneemt dan de opgave.",
    )


def test_a_dwelling_that_lacks_besides_room_is_named_too() -> None:
    big = [huishouden(f"H{i}", aantal_personen=4, woning_nodig="grote_woning") for i in range(2)]
    dwellings = [{"gemeente": UTRECHT, "soort": "grote_woning", "aantal": 1}]
    told = voorstel(groep(big, {UTRECHT: 7}, woningen=dwellings)).niet_gekoppeld.loc[0]
    assert told["voorstel_oplossing"] == (
        "Er is plek als Utrecht 1 persoon meer opneemt dan de opgave en nog een grote woning heeft."
    )


def test_an_exclusion_that_does_not_suffice_says_what_else_is_needed() -> None:
    everywhere = " ".join(EVERYWHERE)
    people = [
        huishouden("H1", aantal_personen=2, uitgesloten_gemeenten=everywhere),
        huishouden("H2", aantal_personen=2),
    ]
    told = voorstel(groep(people, {UTRECHT: 3})).niet_gekoppeld.loc[0]
    assert (told["oorzaak"], told["voorstel_oplossing"]) == (
        "alles_uitgesloten",
        "Er is plek als Utrecht niet meer is uitgesloten en 1 persoon meer opneemt dan de opgave.",
    )


def test_who_may_go_nowhere_by_region_and_ground_is_told_where_a_person_can_fix_it() -> None:
    batch = groep([huishouden("H1")], {UTRECHT: 5, MAASTRICHT: 5}, gronden=[grond("H1", "gezin", MAASTRICHT)])
    rules = parameters(koppelregio__binding="binden")
    ((_, advice, wrong),) = verdicts(batch, "kansrijk", rules)
    assert (advice, wrong) == ("Er is plek als een mens het huishouden vastzet op Maastricht.", [])


def test_the_least_change_of_all_municipalities_is_named() -> None:
    told = voorstel(groep([huishouden("H1", aantal_personen=5)], {AMSTERDAM: 4, GRONINGEN: 1, ZWOLLE: 3}))
    advice = told.niet_gekoppeld["voorstel_oplossing"].iat[0]
    assert advice == "Er is plek als Amsterdam 1 persoon meer opneemt dan de opgave."


def test_a_municipality_that_is_asked_for_nobody_is_named_only_where_no_other_is_open() -> None:
    locked = huishouden("H2", aantal_personen=2, vastgezet_gemeente=AMSTERDAM, vastgezet_reden="besluit")
    told = voorstel(groep([huishouden("H1"), locked], {AMSTERDAM: 1})).niet_gekoppeld["voorstel_oplossing"].iat[0]
    assert told == "Er is plek als Amsterdam 2 personen meer opneemt dan de opgave."
