"""Alternatives against a ranking in plain Python: every municipality that is open as things stand, level by level."""

import numpy as np
from hypothesis import given, settings

from geodata.gemeenten import load_gemeenten
from optimizer.explain.told import explain
from optimizer.model import Case
from tests.decide.maanden import Maand, maanden
from tests.proefbatch import AMERSFOORT, UTRECHT, ZWOLLE, groep, huishouden, voorstel, worked_out

G = load_gemeenten()


def expected(case: Case, h: int) -> list[str]:
    """The three best alternatives of a household, written as formats asks."""
    instance, to = case.instance, case.answer.gemeente
    own, size = int(to[h]), int(instance.personen[h])
    if own < 0 or instance.vastgezet[h] >= 0:
        return ["", "", ""]
    rest = [
        int(instance.opgave[g]) - int(instance.personen[(to == g) & (instance.vastgezet < 0)].sum())
        for g in range(len(G))
    ]
    options = [g for g in range(len(G)) if g != own and instance.toegestaan[h, g] and rest[g] >= size]
    options.sort(key=lambda g: ([-int(n.value[h, g]) for n in instance.niveaus], str(G.code[g])))
    texts = []
    for g in options[:3]:
        differences = [(n, int(n.value[h, g]) - int(n.value[h, own])) for n in instance.niveaus]
        first = next(((n, d) for n, d in differences if d), None)
        if first is None:
            texts.append(f"{G.code[g]} 0 loting")
            continue
        level, difference = first
        decimals = {1.0: 0, 0.1: 1}.get(level.unit, 4)
        number = f"{difference * level.unit:+.{decimals}f}".replace(".", ",")
        texts.append(f"{G.code[g]} {number} {level.naam}")
    return [*texts, "", "", ""][:3]


@settings(max_examples=8)
@given(month=maanden())
def test_the_three_best_open_municipalities_are_named_with_the_first_difference(month: Maand) -> None:
    for policy in ("kansrijk", "blijf"):
        case = worked_out(month.batch, policy)
        written = explain(case).voorstel[[f"alternatief_{k}" for k in (1, 2, 3)]]
        assert written.to_numpy().tolist() == [expected(case, h) for h in range(len(written))]


def test_an_alternative_that_is_equal_in_every_level_is_a_matter_of_the_lottery() -> None:
    same_region = [c for c in G.code if G.koppelregio[G.index[c]] == G.koppelregio[G.index[UTRECHT]]]
    batch = groep([huishouden("H1")], dict.fromkeys(map(str, same_region[:2]), 2), personen=[])
    found = voorstel(batch, "straal50").voorstel.loc[0]
    other = next(c for c in same_region[:2] if c != found["gemeente"])
    assert found["alternatief_1"] == f"{other} 0 loting"


def test_policies_without_levels_and_locked_households_have_no_alternatives() -> None:
    lock = huishouden("H1", vastgezet_gemeente=UTRECHT, vastgezet_reden="wens")
    room = {UTRECHT: 5, ZWOLLE: 5, AMERSFOORT: 5}
    assert voorstel(groep([lock], room), "kansrijk").voorstel["alternatief_1"].tolist() == [""]
    assert voorstel(groep([huishouden("H1")], room), "handmatig").voorstel["alternatief_1"].tolist() == [""]


def test_a_full_municipality_is_no_alternative() -> None:
    batch = groep([huishouden("H1"), huishouden("H2")], {UTRECHT: 1, AMERSFOORT: 1, ZWOLLE: 1})
    found = voorstel(batch).voorstel
    free = ({UTRECHT, AMERSFOORT, ZWOLLE} - set(found["gemeente"])).pop()
    assert all(text.startswith(free) for text in found["alternatief_1"])
    assert found["alternatief_2"].tolist() == ["", ""]
    assert np.unique(found["gemeente"]).size == 2
