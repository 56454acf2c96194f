"""What a reason says turned the scale is what trying every other municipality finds."""

import re

import numpy as np
import pytest
from hypothesis import given, settings

from optimizer.domain.levels import LEVELS, POLICY_LEVELS, VLOEREN
from optimizer.explain.told import explain
from optimizer.explain.told.decided import LEVEL_SAID, level_in_words
from optimizer.model import Case
from optimizer.policy import load_beleid, names
from tests.decide.maanden import G, Maand, maanden
from tests.proefbatch import AMERSFOORT, UTRECHT, ZWOLLE, baan, groep, huishouden, worked_out

OPTIMISING = [n for n in names() if load_beleid(n).methode == "optimaal"]
FOUND = re.compile(
    r"Van de andere gemeenten met plek is (.+?) de beste\. (.+?\.) .*Bij (\d+) van de (\d+) huishoudens?"
)
FULL = re.compile(r"Geen andere gemeente die mag, heeft nog plek, ook (.+?) niet\. (.+?\.)(?: |$)")


def by_trying(case: Case, h: int, *, room: bool) -> tuple[str, str, float]:
    """Try every other municipality for one household: name, first level that differs, here minus there.

    With ``room`` only those where it fits beside everybody else; else those that are asked for anybody at all.
    """
    instance, to = case.instance, case.answer.gemeente
    tried = []
    for g in range(len(instance.opgave)):
        others = np.array([to[i] == g and i != h and instance.vastgezet[i] < 0 for i in range(to.size)])
        left = instance.opgave[g] - instance.personen[others].sum()
        fits = left >= instance.personen[h] if room else case.facts.opgave[g] > 0
        if g != to[h] and instance.toegestaan[h, g] and fits:
            tried.append(([int(n.value[h, g]) for n in instance.niveaus], -g))
    if not tried:
        return "", "", 0.0
    values, row = max(tried)
    for n, there in zip(instance.niveaus, values, strict=True):
        if n.value[h, to[h]] != there:
            return str(G.naam[-row]), n.naam, (int(n.value[h, to[h]]) - there) * n.unit
    return str(G.naam[-row]), "", 0.0


@pytest.mark.parametrize("policy", ["kansrijk", "straal50", "gemeente", "alleen_banen", "blijf"])
@settings(max_examples=6)
@given(month=maanden())
def test_the_other_place_the_level_and_the_difference_are_those_of_trying_every_place(
    policy: str, month: Maand
) -> None:
    case = worked_out(month.batch, policy)
    reasons = explain(case).said("nl").voorstel["reden"].tolist()
    kinds = []
    for h, text in enumerate(reasons):
        if case.answer.gemeente[h] < 0:
            continue
        other, level, verschil = by_trying(case, h, room=True)
        found, room = FOUND.search(text), bool(other)
        if not other:
            other, level, verschil = by_trying(case, h, room=False)
            assert "Geen andere gemeente die mag, heeft nog plek" in text
            found = FULL.search(text)
        kinds.append((h, (room, level, verschil > 0)))
        assert (found is not None) == bool(other)
        if found is None:
            continue
        assert found[1] == other
        if level:
            several = ", opgeteld over de " in found[2]
            said = re.sub(", opgeteld over de (volwassenen|banen),", "", found[2])
            assert said == level_in_words(level, verschil).nl
            assert not several or level in ("kans_werk", "verwacht_behouden", "hard_behouden")
        elif room:
            assert found[2] == "Voor dit huishouden is die op elk niveau even goed."
    for h, kind in kinds:
        n = sum(other == kind for _, other in kinds)
        assert f"Bij {n} van de {len(reasons)} huishouden" in reasons[h]


@pytest.mark.parametrize("level", list(LEVELS.values()), ids=list(LEVELS))
def test_every_level_that_a_policy_may_name_can_be_told_on_both_sides(level) -> None:  # type: ignore[no-untyped-def]
    if level.naam not in {*POLICY_LEVELS, *VLOEREN.values()}:
        assert level.naam not in LEVEL_SAID
        return
    here, there = level_in_words(level.naam, 2 * level.unit), level_in_words(level.naam, -2 * level.unit)
    assert here.nl != there.nl
    assert here.en != there.en
    assert "{" not in here.nl + here.en + there.nl + there.en


def test_what_was_given_up_within_the_room_of_a_level_is_said_with_what_it_was_for() -> None:
    """A chance of work that is better elsewhere, and the koppelregio of reception that the policy gave it up for."""
    batch = groep([huishouden(f"H{i}", opvang_gemeente=AMERSFOORT) for i in range(30)], {UTRECHT: 30, ZWOLLE: 30})
    case = worked_out(batch)
    told = explain(case).said("nl").voorstel["reden"].tolist()
    for h, text in enumerate(told):
        other, level, verschil = by_trying(case, h, room=True)
        if verschil < 0:
            assert level == "kans_werk", other
            assert "is daar" in text
            assert "Dat mag: dit niveau heeft speelruimte." in text


def test_a_municipality_reads_nothing_about_others_in_its_reason() -> None:
    found = explain(worked_out(groep([huishouden("H1")], {UTRECHT: 3, ZWOLLE: 3}, werk=[baan("H1", UTRECHT)])))
    [said] = found.said("nl").gemeente_redenen.astype(str).tolist()
    assert said == "Er is een harde grond in Utrecht zelf."
    [whole] = found.said("nl").voorstel["reden"].astype(str).tolist()
    assert whole.startswith(said)
    assert len(whole) > len(said)
