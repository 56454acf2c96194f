"""Every refusal of geography says the same in Dutch and in English."""

import pytest

from geodata.areas import VerkeerdCRS
from geodata.errors import (
    GemeenteOnbekend,
    GeoFout,
    MaatOnbekend,
    PlaatsOnbekend,
    SchemaFout,
    WerkplaatsElders,
    WerkplaatsOnbekend,
)
from geodata.matrixfile import MatrixFout
from geodata.network import NetwerkFout
from geodata.wording import Sentence

UTRECHT, ZWOLLE = ("GM0344", "Utrecht"), ("GM0193", "Zwolle")
PART = Sentence("een deel", "a part")
REFUSALS: list[tuple[GeoFout, str]] = [
    (GemeenteOnbekend("Zwole", (ZWOLLE,)), "'Zwole' is no municipality; do you mean Zwolle (GM0193)?"),
    (GemeenteOnbekend("xx"), "'xx' is no municipality; use a CBS code such as GM0193"),
    (GemeenteOnbekend("B", (UTRECHT, ZWOLLE), True), "fits more than one municipality; do you mean Utrecht"),
    (MaatOnbekend("mijl", ("straight", "road")), "'mijl' is no measure of distance; choose from straight, road"),
    (SchemaFout("CBS", PART), "CBS has another form than expected: a part."),
    (PlaatsOnbekend("Nergens", "GM0344"), "is no place in the network of roads; name a larger place nearby"),
    (WerkplaatsElders("Vleuten", (UTRECHT,), (ZWOLLE,)), "lies in Utrecht (GM0344), not in Zwolle (GM0193)"),
    (WerkplaatsOnbekend("Vleutn", (UTRECHT,), ("Vleuten",)), "do you mean Vleuten?"),
    (MatrixFout("km.csv", (PART,)), "km.csv cannot be used:\n- a part"),
    (NetwerkFout("http://x", PART), "http://x does not answer as expected: a part."),
    (VerkeerdCRS(4326), "geometry must be in EPSG:28992"),
]


@pytest.mark.parametrize(("refusal", "english"), REFUSALS, ids=lambda x: type(x).__name__)
def test_a_refusal_speaks_both_languages(refusal: GeoFout, english: str) -> None:
    assert english in refusal.en
    assert str(refusal) != refusal.en


def test_no_refusal_is_forgotten() -> None:
    def below(kind: type[GeoFout]) -> set[type[GeoFout]]:
        return {kind for sub in kind.__subclasses__() for kind in {sub, *below(sub)}}

    assert below(GeoFout) == {type(refusal) for refusal, _ in REFUSALS}
