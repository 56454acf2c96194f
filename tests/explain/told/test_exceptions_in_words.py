"""Exceptions to the letter: the radius in force, the places and the order of grounds stand in the sentence."""

import pytest

from optimizer.explain.told import explain
from tests.proefbatch import GRONINGEN, MAASTRICHT, UTRECHT, baan, groep, grond, huishouden, parameters, worked_out

WORDS = {
    "nl": {
        (
            "H1",
            "gronden_onverenigbaar",
        ): "Geen gemeente ligt binnen 37,5 km van Maastricht, Groningen en Utrecht tegelijk. "
        "Zo veel mogelijk gronden tellen, in de volgorde medisch, gezin, studie, werk.",
        (
            "H2",
            "vastgezet_buiten_straal",
        ): "Een mens heeft Groningen vastgezet. Dat ligt verder dan 37,5 km van Utrecht.",
    },
    "en": {
        (
            "H1",
            "gronden_onverenigbaar",
        ): "No municipality lies within 37.5 km of Maastricht, Groningen and Utrecht at once. "
        "As many grounds as possible count, in the order medical, family, study, work.",
        ("H2", "vastgezet_buiten_straal"): "A person fixed Groningen. That lies farther than 37.5 km from Utrecht.",
    },
}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_grounds_apart_and_a_lock_too_far_are_told_with_their_numbers(lang: str) -> None:
    batch = groep(
        [huishouden("H1"), huishouden("H2", vastgezet_gemeente=GRONINGEN, vastgezet_reden="afspraak")],
        {UTRECHT: 3, GRONINGEN: 2},
        werk=[baan("H1", UTRECHT), baan("H1", GRONINGEN), baan("H2", UTRECHT)],
        gronden=[grond("H1", "studie", MAASTRICHT)],
    )
    table = explain(worked_out(batch, rules=parameters(gronden__straal_km=37.5))).said(lang).uitzonderingen
    found = {(row["huishouden_id"], row["soort"]): row["toelichting"] for row in table.to_dict("records")}
    assert found == WORDS[lang]
