"""Reasons say what decided, and exceptions are exactly those that the judge names."""

from typing import Any

import pytest
from hypothesis import given, settings

from optimizer.domain.voorstel import Voorstel
from optimizer.explain.told import explain
from optimizer.policy import names
from optimizer.rules.parameters import Parameters
from optimizer.verify import judge
from tests.decide.maanden import Maand, maanden
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    GRONINGEN,
    MAASTRICHT,
    UTRECHT,
    ZWOLLE,
    baan,
    eisen,
    groep,
    grond,
    huishouden,
    parameters,
    voorstel,
    worked_out,
)


def english(policy: str = "kansrijk", rules: Parameters | None = None, **tables: Any) -> Voorstel:
    """The proposal for one household with room in Utrecht and Maastricht, in English."""
    batch = groep([huishouden("H1", **tables.pop("cells", {}))], tables.pop("room", {UTRECHT: 3}), **tables)
    return explain(worked_out(batch, policy, rules)).said("en")


#: Of one household with one place to go.
NOWHERE_ELSE = "Geen andere gemeente die mag, heeft nog plek. Bij 1 van de 1 huishouden gaf ditzelfde de doorslag."
SOUTH = "Noord-Brabant en Limburg"
LOCK = {"vastgezet_gemeente": GRONINGEN, "vastgezet_reden": "mantelzorg voor een zus"}


def reason(policy: str = "kansrijk", *, room: str = UTRECHT, rules: Parameters | None = None, **tables: object) -> str:
    batch = groep([huishouden("H1", **tables.pop("cells", {}))], {room: 3}, **tables)  # type: ignore[arg-type]
    return str(voorstel(batch, policy, rules).voorstel["reden"].iat[0])


def test_a_lock_is_explained_by_the_person_who_set_it() -> None:
    assert reason(cells=LOCK) == "Een mens heeft deze gemeente vastgezet: mantelzorg voor een zus."


def test_a_hard_ground_is_named_with_its_distance() -> None:
    work = [baan("H1", UTRECHT)]
    assert reason(werk=work) == f"Er is een harde grond in Utrecht zelf. {NOWHERE_ELSE}"
    assert reason(room=AMERSFOORT, werk=work) == (
        f"Er is een harde grond in Utrecht. Amersfoort ligt op 20,6 km, dat is binnen 50 km. {NOWHERE_ELSE}"
    )
    far = parameters(gronden__bij_tekort="uitzondering", gronden__straal_km=37.5)
    assert reason(room=ZWOLLE, werk=work, rules=far) == (
        f"Er is een harde grond in Utrecht. Zwolle ligt op 82,4 km, verder dan 37,5 km. {NOWHERE_ELSE}"
    )


def test_of_grounds_that_do_not_go_together_the_reason_names_which_was_kept() -> None:
    apart = [grond("H1", "medisch", UTRECHT), grond("H1", "gezin", GRONINGEN)]
    assert reason(room=AMERSFOORT, gronden=apart) == (
        "Er is een harde grond in Utrecht en Groningen. Amersfoort ligt op 20,6 km van Utrecht (binnen 50 km) en op "
        "142,6 km van Groningen (verder dan 50 km). Het voorstel houdt zich aan de grond in Utrecht, niet "
        f"aan de grond in Groningen. {NOWHERE_ELSE}"
    )


def test_of_several_grounds_within_reach_each_is_named_with_its_distance() -> None:
    both = [grond("H1", "medisch", UTRECHT), grond("H1", "gezin", AMSTERDAM)]
    assert reason(room=AMERSFOORT, gronden=both) == (
        "Er is een harde grond in Utrecht en Amsterdam. Amersfoort ligt op 20,6 km van Utrecht en 41,1 km van "
        f"Amsterdam (binnen 50 km). {NOWHERE_ELSE}"
    )


def test_reasons_shortages_and_exceptions_are_whole_english() -> None:
    assert english(cells=LOCK).voorstel["reden"].iat[0] == "A person fixed this municipality: mantelzorg voor een zus."
    assert str(english().voorstel["reden"].iat[0]).startswith(
        "No hard ground. No other municipality that is allowed has room left. For 1 of the 1 household the same"
    )
    near = english(gronden=[grond("H1", "medisch", AMERSFOORT)])
    assert near.voorstel["reden"].iat[0] == (
        "There is a hard ground in Amersfoort. Utrecht lies at 20.6 km, which is within 50 km. No other municipality "
        "that is allowed has room left. For 1 of the 1 household the same turned the scale."
    )
    full = english(cells={"aantal_personen": 4}).niet_gekoppeld.loc[0]
    assert full["toelichting"] == "The household counts 4 persons. The largest opgave of a municipality is 3 places."
    assert full["voorstel_oplossing"] == "There is a place if Utrecht takes 1 person more than its opgave."
    crossing = english(room={MAASTRICHT: 3}).koppelregio.loc[0]
    assert crossing["reden"] == "No other municipality that is allowed has room left."


@pytest.mark.parametrize(
    ("policy", "room", "text"),
    [
        ("loting", UTRECHT, "De loting wees deze gemeente aan."),
        (
            "koppelregio",
            UTRECHT,
            "Deze gemeente had in de koppelregio van de opvang de meeste ruimte toen het huishouden aan de beurt was.",
        ),
        (
            "handmatig",
            MAASTRICHT,
            "In de koppelregio van de opvang was geen plek meer. "
            "Deze gemeente had in het land de meeste ruimte toen het huishouden aan de beurt was.",
        ),
        (
            "kansrijk",
            UTRECHT,
            f"Geen harde grond. {NOWHERE_ELSE} De koppelregio van de opvang blijft gelijk.",
        ),
        ("straal50", MAASTRICHT, f"Geen harde grond. {NOWHERE_ELSE}"),
    ],
)
def test_without_a_ground_the_reason_is_what_the_policy_went_by(policy: str, room: str, text: str) -> None:
    assert reason(policy, room=room) == text


@pytest.mark.parametrize("policy", ["blijf", "koppelregio", "loting"])
def test_a_policy_that_looks_at_no_ground_does_not_give_it_as_the_reason(policy: str) -> None:
    assert "Er is een harde grond" not in reason(policy, werk=[baan("H1", UTRECHT)])


def test_staying_near_reception_says_that_it_looks_at_no_ground() -> None:
    assert reason("blijf", werk=[baan("H1", UTRECHT)]).startswith("Dit beleid kijkt niet naar harde gronden.")


def test_who_waits_is_pointed_to_the_explanation() -> None:
    found = voorstel(groep([huishouden("H1")], {})).voorstel.loc[0]
    assert (found["status"], found["gemeente"]) == ("niet_gekoppeld", "")
    assert found["reden"].startswith("Nog niet gekoppeld.")


def exceptions(policy: str = "kansrijk", rules: Parameters | None = None, **tables: object) -> dict[str, str]:
    """Kind and explanation of every exception of one household with room in Utrecht, Zwolle and Maastricht."""
    cells = tables.pop("cells", {})
    room = tables.pop("room", {UTRECHT: 3, ZWOLLE: 3, MAASTRICHT: 3})
    batch = groep([huishouden("H1", **cells)], room, **tables)  # type: ignore[arg-type]
    table = voorstel(batch, policy, rules).uitzonderingen
    return dict(zip(table["soort"], table["toelichting"], strict=True))


def crossings(policy: str = "kansrijk", rules: Parameters | None = None, **tables: object) -> list[tuple[str, ...]]:
    """From where to where one household goes, and why."""
    cells = tables.pop("cells", {})
    room = tables.pop("room", {UTRECHT: 3, ZWOLLE: 3, MAASTRICHT: 3})
    batch = groep([huishouden("H1", **cells)], room, **tables)  # type: ignore[arg-type]
    table = voorstel(batch, policy, rules).koppelregio.drop(columns="huishouden_id")
    return list(table.itertuples(index=False, name=None))


def test_a_lock_beyond_the_radius_and_over_the_opgave_is_followed_and_named_twice() -> None:
    found = exceptions(cells=LOCK, gronden=[grond("H1", "studie", UTRECHT)])
    assert list(found) == ["vastgezet_buiten_straal", "vastgezet_boven_opgave"]
    assert "Groningen" in found["vastgezet_buiten_straal"]
    assert "1 persoon vastgezet. De opgave is 0." in found["vastgezet_boven_opgave"]


def test_without_an_opgave_no_lock_exceeds_it() -> None:
    assert exceptions("zonder_opgave", cells=LOCK) == {}


def test_grounds_that_no_municipality_can_honour_together_are_an_exception_linked_or_not() -> None:
    apart = [grond("H1", "medisch", UTRECHT), grond("H1", "gezin", GRONINGEN)]
    assert list(exceptions(gronden=apart)) == ["gronden_onverenigbaar"]
    assert list(exceptions(gronden=apart, room={ZWOLLE: 1})) == ["gronden_onverenigbaar"]


def test_a_link_farther_away_is_an_exception_where_the_parameter_allows_it() -> None:
    allowed = parameters(gronden__bij_tekort="uitzondering", koppelregio__binding="vrij")
    found = exceptions(rules=allowed, gronden=[grond("H1", "gezin", GRONINGEN)], room={UTRECHT: 1})
    assert list(found) == ["geen_plaats_binnen_50km"]


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        ("loting", "De loting wees deze gemeente aan."),
        ("koppelregio", "In de koppelregio van de opvang was geen plek meer."),
        ("straal50", "Geen andere gemeente die mag, heeft nog plek."),
    ],
)
def test_leaving_the_koppelregio_is_named_with_the_reason_of_the_policy(policy: str, why: str) -> None:
    assert crossings(policy, room={MAASTRICHT: 3}) == [("Flevoland, Utrecht en Noord-Holland", SOUTH, why)]
    assert exceptions(policy, room={MAASTRICHT: 3}) == {}


def test_leaving_the_koppelregio_for_a_ground_names_the_ground() -> None:
    [found] = crossings(gronden=[grond("H1", "gezin", MAASTRICHT)])
    assert found[2] == "De harde grond ligt in Maastricht."
    [free] = crossings(room={MAASTRICHT: 3}, rules=parameters(koppelregio__binding="vrij"))
    assert free[1] == SOUTH


def test_a_lock_in_another_koppelregio_is_counted_with_the_person_as_its_reason() -> None:
    [found] = crossings(cells=LOCK)
    assert found[2] == "Een mens koos deze gemeente."


@pytest.mark.parametrize("policy", names())
@settings(max_examples=3)
@given(month=maanden())
def test_the_exceptions_are_those_of_the_judge(policy: str, month: Maand) -> None:
    p = parameters(gronden__bij_tekort="uitzondering")
    made = voorstel(month.batch, policy, p)
    verdict = judge(
        month.batch,
        made.voorstel[["huishouden_id", "gemeente"]].astype(str),
        parameters=p,
        eisen=eisen(policy, p),
    )
    ours = zip(made.uitzonderingen["huishouden_id"], made.uitzonderingen["soort"], strict=True)
    assert sorted(ours) == sorted((b.huishouden_id, b.code) for b in verdict.uitzonderingen)
