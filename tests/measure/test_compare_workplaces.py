"""Jobs at named places: under every policy and measure the judge counts the same as the program."""

import numpy as np
import pytest

from geodata.places import load_places
from optimizer.domain.batch import Batch
from optimizer.model import collect
from optimizer.pipeline.policies import compare
from optimizer.policy import load_beleid, names
from optimizer.verify import judge
from tests.proefbatch import (
    PLAATSEN,
    ROTTERDAM,
    baan,
    eisen,
    groep,
    huishouden,
    in_force,
    parameters,
    voorstel,
    worked_out,
)

HOUSEHOLDS = 24


def month(*, placed: bool) -> Batch:
    """Households with one or two jobs each, most at a named place, some at a postcode."""
    rng, places = np.random.default_rng(3), load_places()
    jobs = []
    for h in range(HOUSEHOLDS):
        for row in rng.choice(len(places.naam), 1 + h % 2).tolist():
            where = {"werk_plaats": str(places.naam[row])} if placed and h % 4 else {}
            jobs.append(baan(f"H{h}", str(places.gemeente[row]), uren_per_week=float(rng.integers(4, 40)), **where))
    several = [huishouden(f"H{h}", aantal_personen=1 + h % 3) for h in range(HOUSEHOLDS)]
    return groep(several, dict.fromkeys(PLAATSEN, 7), werk=jobs)


@pytest.mark.parametrize("measure", ["straight", "border", "road"])
def test_the_judge_and_the_program_count_alike_under_every_policy(measure: str) -> None:
    rules = parameters(gronden__maat=measure)
    every = tuple(load_beleid(name) for name in names())
    with_places = compare(in_force(month(placed=True), rules), every, draws=3).tabel
    without = compare(in_force(month(placed=False), rules), every, draws=3).tabel
    assert not with_places["gemiddelde_afstand_km"].equals(without["gemiddelde_afstand_km"])


@pytest.mark.parametrize("policy", ["kansrijk", "handmatig"])
def test_every_written_table_is_what_the_judge_computes(policy: str) -> None:
    rules, batch = parameters(gronden__maat="road"), month(placed=True)
    found = voorstel(batch, policy, rules)
    verdict = judge(
        batch,
        found.voorstel.drop(columns="kans_werk"),
        parameters=rules,
        eisen=eisen(policy, rules),
        banen=found.banen,
        uitzonderingen=found.uitzonderingen,
    )
    assert verdict.overtredingen == ()
    assert (found.banen["werk_plaats"] != "").sum() > 10


def test_two_places_of_one_municipality_go_in_the_same_order_whatever_the_order_of_the_rows() -> None:
    hoek, ijsselmonde = (baan("H1", ROTTERDAM, werk_plaats=p) for p in ("Hoek van Holland", "Lombardijen"))
    answers = []
    for jobs in ([hoek, ijsselmonde], [ijsselmonde, hoek]):
        facts = collect(groep([huishouden("H1")], {}, werk=jobs), parameters(gronden__straal_km=10))
        answers.append(facts.destinations.naam[facts.gronden.plek].tolist())
    assert answers[0] == answers[1] == ["Hoek van Holland (Rotterdam)", "Lombardijen (Rotterdam)"]


def test_without_places_distances_are_the_shared_matrix_itself() -> None:
    facts = worked_out(month(placed=False)).facts
    assert facts.km.shape == (342, 342)
    assert (facts.banen.plek == facts.banen.gemeente).all()
