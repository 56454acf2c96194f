"""Alternatives before the judge: may they be chosen, is there room, and is the difference real."""

from typing import Any

import numpy as np
import pytest

from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.domain.levels import LEVELS, POLICY_LEVELS
from optimizer.verify import judge
from tests.verify.zaken import AMSTERDAM, GRONINGEN, ROTTERDAM, UTRECHT, ZWOLLE, batch, hard, parameters, voorstel

pytestmark = pytest.mark.usefixtures("op_de_lijn")

G = load_gemeenten()
ROOM = {UTRECHT: 2, AMSTERDAM: 2, ROTTERDAM: 2, ZWOLLE: 2, GRONINGEN: 2}


def said(zaak: Batch, own: str, alternative: str, eisen: Eisen | None = None, **options: Any) -> list[tuple[str, str]]:
    """What the judge says of one alternative of H1: code and what he allows."""
    proposal = voorstel({"H1": own}, alternatief_1=[alternative])
    oordeel = judge(zaak, proposal, parameters=parameters(), eisen=eisen, **options)
    return [(b.code, b.toegestaan) for b in oordeel.overtredingen]


def one(opgave: dict[str, int] | None = None, **tables: Any) -> Batch:
    """One household of two in reception in Utrecht, with one adult."""
    return batch(
        [{"huishouden_id": "H1", "aantal_personen": 2}],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}],
        opgave=ROOM if opgave is None else opgave,
        **tables,
    )


def test_there_must_be_room_beside_the_whole_proposal() -> None:
    assert said(one({UTRECHT: 2, AMSTERDAM: 2}), UTRECHT, AMSTERDAM) == []
    assert said(one({UTRECHT: 2, AMSTERDAM: 1}), UTRECHT, AMSTERDAM) == [("alternatief_zonder_plek", "1")]
    assert said(one({UTRECHT: 2}), UTRECHT, AMSTERDAM) == [("alternatief_zonder_plek", "0")]
    assert said(one({}), UTRECHT, AMSTERDAM, Eisen("zonder_opgave", opgave_geldt=False)) == []


def test_locked_and_other_persons_take_their_places_first() -> None:
    zaak = batch(
        [
            {"huishouden_id": "H1"},
            {"huishouden_id": "H2", "vastgezet_gemeente": AMSTERDAM, "vastgezet_reden": "wens"},
            {"huishouden_id": "H3"},
        ],
        opgave={UTRECHT: 1, AMSTERDAM: 3},
    )
    for places, third, expected in ((3, AMSTERDAM, []), (2, AMSTERDAM, ["alternatief_zonder_plek"]), (2, "", [])):
        room = batch([], opgave={UTRECHT: 1, AMSTERDAM: places}).taakstelling
        proposal = voorstel({"H1": UTRECHT, "H2": AMSTERDAM, "H3": third}, alternatief_1=[AMSTERDAM, "", ""])
        oordeel = judge(zaak.replace(taakstelling=room), proposal, parameters=parameters())
        assert [b.code for b in oordeel.overtredingen] == expected


@pytest.mark.parametrize(
    ("eisen", "alternative"),
    [
        (Eisen("kansrijk"), ZWOLLE),  # 75 km from the job
        (Eisen("x", gronden_binden=False, koppelregio="binden"), ROTTERDAM),
        (Eisen("arbeidsmarktregio", arbeidsmarktregio_bindt=True), AMSTERDAM),
    ],
)
def test_what_the_policy_binds_holds_for_an_alternative_too(eisen: Eisen, alternative: str) -> None:
    zaak = one(werk=[hard("P1", UTRECHT)])
    assert said(zaak, UTRECHT, alternative, eisen) == [("alternatief_buiten_beleid", "")]
    assert said(zaak, UTRECHT, alternative) == []


def test_with_exceptions_allowed_an_alternative_beyond_the_radius_is_allowed() -> None:
    zaak = one(werk=[hard("P1", UTRECHT)])
    assert said(zaak, UTRECHT, ZWOLLE, Eisen("kansrijk", bij_tekort="uitzondering")) == []


def chances(**per_place: int) -> np.ndarray[Any, np.dtype[np.int32]]:
    out = np.zeros((1, len(G)), dtype=np.int32)
    for code, chance in per_place.items():
        out[0, G.index[code]] = chance
    return out


GIVEN = {
    "kans_werk": chances(GM0344=5000, GM0363=5300, GM0599=4000),
    "kans_beste_gezinslid": chances(GM0344=3000, GM0363=2000),
}
WORK: dict[str, Any] = {"werk": [hard("P1", UTRECHT), hard("P1", ROTTERDAM, uren_per_week=4.0)]}
#: Own municipality, alternative, difference as the files write it. Reception is in Utrecht, so that (27) divides by h
#: from there: of the 32 hours in Utrecht (m = 49) h(0) = 0.99782, of the 4 hours in Rotterdam (m = 28) h(50) = 0.06009.
#: What is expected to be kept of the two: 1 and 1 in Utrecht; in Amsterdam h(30) = 0.91490 gives 0.917 and
#: h(80) = 0.00150 gives 0.025; in Rotterdam h(50) = 0.46879 gives 0.470 and, nearer than before the move, 1; in Zwolle
#: h(75) = 0.03733 gives 0.037 and h(125) = 0.000005 gives 0. Only the 32 hours are a hard ground.
DIFFERENCES = [
    (UTRECHT, AMSTERDAM, "0 personen_gekoppeld"),
    (UTRECHT, ZWOLLE, "-1 gronden_gehonoreerd"),
    (ZWOLLE, UTRECHT, "+1 gronden_gehonoreerd"),
    (UTRECHT, ROTTERDAM, "0 werkgemeente_gehaald"),
    (UTRECHT, AMSTERDAM, "-1 werkgemeente_gehaald"),
    (UTRECHT, AMSTERDAM, "-30,0 nabij_opvang"),
    (AMSTERDAM, UTRECHT, "+30,0 nabij_opvang"),
    (UTRECHT, AMSTERDAM, "-1,0580 verwacht_behouden"),  # 0.917 + 0.025 less 1 + 1
    (ROTTERDAM, AMSTERDAM, "-0,5280 verwacht_behouden"),  # 0.917 + 0.025 less 0.470 + 1
    (UTRECHT, ROTTERDAM, "-0,5300 hard_behouden"),  # 0.470 less 1
    (UTRECHT, AMSTERDAM, "-0,0830 hard_behouden"),  # 0.917 less 1
    (ZWOLLE, UTRECHT, "+0,9630 hard_behouden"),  # 1 less 0.037
    (UTRECHT, ROTTERDAM, "0 banen_behouden"),  # the border of 50 km is within: both, and both
    (UTRECHT, AMSTERDAM, "-1 banen_behouden"),  # Rotterdam lies 80 km from Amsterdam
    (ZWOLLE, UTRECHT, "+2 banen_behouden"),  # 75 and 125 km
    (UTRECHT, AMSTERDAM, "+0,0300 kans_werk"),
    (UTRECHT, AMSTERDAM, "-0,1000 kans_beste_gezinslid"),
    # The mean over five equal opgaven is 2,860: only Zwolle and Groningen fall short.
    (UTRECHT, AMSTERDAM, "0,0000 kans_tot_loting"),
    (UTRECHT, ZWOLLE, "-0,2860 kans_tot_loting"),
]


@pytest.mark.parametrize(("own", "alternative", "text"), DIFFERENCES, ids=[d[2] for d in DIFFERENCES])
def test_a_difference_is_the_alternative_less_the_proposal(own: str, alternative: str, text: str) -> None:
    zaak = one(**WORK)
    assert said(zaak, own, f"{alternative} {text}", chances=GIVEN) == []
    number, level = text.split()
    other = f"{float(number.replace(',', '.')) + LEVELS[level].unit:+.4f}".replace(".", ",")
    [(code, allowed)] = said(zaak, own, f"{alternative} {other} {level}", chances=GIVEN)
    assert (code, allowed) == ("alternatief_verschil_onjuist", text)


def test_every_level_has_its_difference_tested() -> None:
    assert {d[2].split()[1] for d in DIFFERENCES} | {"zachte_punten"} == set(POLICY_LEVELS)


def test_soft_points_are_koppelregio_network_and_what_is_open_of_the_opgave() -> None:
    p = parameters()
    region, network = int(p["zacht/koppelregio_punten"]), int(p["zacht/netwerk_punten"])
    zaak = one(gronden=[{"huishouden_id": "H1", "grond": "netwerk", "gemeente": UTRECHT}])
    assert said(zaak, AMSTERDAM, f"{ZWOLLE} {-region - network} zachte_punten") == []
    assert said(zaak, AMSTERDAM, f"{ROTTERDAM} {-region} zachte_punten") == []
    free = parameters(koppelregio__binding="vrij")
    proposal = voorstel({"H1": AMSTERDAM}, alternatief_1=[f"{ROTTERDAM} 0 zachte_punten"])
    assert judge(zaak, proposal, parameters=free).overtredingen == ()
    half = zaak.taakstelling.assign(gekoppeld=[2 * (g == AMSTERDAM) for g in zaak.taakstelling["gemeente"]])
    half = half.assign(achterstand=[2 * (g == AMSTERDAM) for g in half["gemeente"]])
    points = round(p["zacht/voortgang_punten"]) - round(p["zacht/voortgang_punten"] * 0.5)
    assert said(zaak.replace(taakstelling=half), AMSTERDAM, f"{UTRECHT} +{points} zachte_punten") == []


@pytest.mark.parametrize(("bewijs", "counts"), [("ja", 1), ("verklaring", 1), ("nee", 0), ("", 0)])
def test_a_network_gives_points_only_where_it_was_shown(bewijs: str, counts: int) -> None:
    points = counts * int(parameters()["zacht/netwerk_punten"])
    zaak = one(gronden=[{"huishouden_id": "H1", "grond": "netwerk", "gemeente": ZWOLLE, "bewijs": bewijs}])
    near, far = voorstel({"H1": AMSTERDAM}), f"{UTRECHT} {-points} zachte_punten"
    verdict = judge(zaak, near.assign(alternatief_1=[far]), parameters=parameters())
    assert verdict.overtredingen == ()


def test_a_chance_that_was_not_given_is_not_judged() -> None:
    assert said(one(), UTRECHT, f"{AMSTERDAM} +0,9999 kans_werk") == []


def test_a_more_important_level_that_differs_is_not_passed_over() -> None:
    zaak, levels = one(**WORK), ("personen_gekoppeld", "verwacht_behouden", "kans_werk")
    wrong = [("alternatief_verschil_onjuist", "-1,0580 verwacht_behouden")]
    for text in ("+0,0300 kans_werk", "0 loting"):
        assert said(zaak, UTRECHT, f"{AMSTERDAM} {text}", chances=GIVEN, niveaus=levels) == wrong
    right = f"{AMSTERDAM} -1,0580 verwacht_behouden"
    assert said(zaak, UTRECHT, right, chances=GIVEN, niveaus=levels) == []


def test_the_lottery_decides_only_where_no_level_differs() -> None:
    levels = ("personen_gekoppeld", "verwacht_behouden")
    assert said(one(), UTRECHT, f"{AMSTERDAM} 0 loting", niveaus=levels) == []
    assert said(one(), UTRECHT, f"{AMSTERDAM} 3 loting", niveaus=levels) == [
        ("alternatief_verschil_onjuist", "0 loting")
    ]


@pytest.mark.parametrize("text", ["veel", "veel kans_werk", "1 2 kans_werk", "0 onzin"])
def test_what_cannot_be_read_as_a_difference_is_named(text: str) -> None:
    codes = [code for code, _ in said(one(), UTRECHT, f"{AMSTERDAM} {text}", chances=GIVEN)]
    assert codes == ["alternatief_verschil_onjuist"]
