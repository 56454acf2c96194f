"""One link by hand: every rule with its numbers, and the same verdict as on a whole proposal."""

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer.cli import main
from optimizer.domain.eisen import Eisen
from optimizer.errors import Gebruiksfout
from optimizer.verify import Toets, judge, judge_link
from tests.verify.maand import MAAND
from tests.verify.zaken import (
    AMSTERDAM,
    DEN_HAAG,
    GRONINGEN,
    MAASTRICHT,
    ROTTERDAM,
    UTRECHT,
    batch,
    hard,
    parameters,
    voorstel,
)

KLEIN = str(Path(__file__).parents[2] / "inputs" / "klein")
STRICT = Eisen("kansrijk")
Capture = pytest.CaptureFixture[str]


def toetsen_van(h: str, g: str, eisen: Eisen | None = None, **options: Any) -> tuple[Toets, ...]:
    return judge_link(MAAND, h, g, parameters=parameters(), eisen=eisen, **options)


def only(toetsen: tuple[Toets, ...], regel: str) -> Toets:
    (found,) = [t for t in toetsen if t.regel == regel]
    return found


@pytest.mark.usefixtures("op_de_lijn")
def test_a_ground_on_the_circle_passes_and_a_metre_farther_does_not() -> None:
    on = only(toetsen_van("H2", UTRECHT), "gronden/straal_km")
    assert (on.uitslag, on.gevonden, on.toegestaan) == ("voldaan", "50,0", "50")
    assert only(toetsen_van("H6", ROTTERDAM, STRICT), "gronden/straal_km").uitslag == "voldaan"
    assert only(toetsen_van("H6", DEN_HAAG, STRICT), "gronden/straal_km").uitslag == "overtreding"
    assert only(toetsen_van("H6", DEN_HAAG), "gronden/straal_km").uitslag == "uitzondering"


@pytest.mark.parametrize(
    ("begin", "permit", "months", "source"),
    [
        ("2026-05-01", "2026-09-01", "6", "Wachten of Werken"),
        ("2026-06-11", "2026-09-01", "6", "Wachten of Werken"),
        ("2026-06-12", "2026-09-01", "3", "aangekondigd"),
        ("2026-08-31", "2026-09-01", "3", "aangekondigd"),
        ("2026-09-01", "2026-09-01", "", ""),
        ("2015-06-01", "2026-09-01", "", ""),
        (None, "2026-09-01", "", ""),
    ],
)
def test_work_before_the_permit_is_a_fact_with_the_rule_of_its_first_day(
    begin: str | None, permit: str, months: str, source: str
) -> None:
    zaak = batch(
        [{"huishouden_id": "H1", "vergunning_datum": permit}],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}],
        werk=[hard("P1", UTRECHT, contract_begin=begin)],
        opgave={UTRECHT: 3},
    )
    found = [t for t in judge_link(zaak, "H1", UTRECHT, parameters=parameters()) if t.regel.startswith("toegang/")]
    assert [(t.uitslag, t.toegestaan) for t in found] == ([("feit", months)] if months else [])
    assert [source in t.bron and "geen verwijt" in t.toelichting for t in found] == [True] * len(found)


def test_a_wait_that_the_user_chose_is_named_as_such() -> None:
    zaak = batch(
        [{"huishouden_id": "H1"}],
        personen=[{"persoon_id": "P1", "huishouden_id": "H1"}],
        werk=[hard("P1", UTRECHT, contract_begin="2026-05-01")],
    )
    rules = parameters(toegang__wachttijd_maanden=1)
    (fact,) = [t for t in judge_link(zaak, "H1", UTRECHT, parameters=rules) if t.regel.startswith("toegang/")]
    assert (fact.toegestaan, fact.bron) == ("1", "Waarde die de gebruiker voor deze run koos")
    assert "1 maand oud" in fact.toelichting
    assert "1 month old" in fact.toelichting_en


@pytest.mark.usefixtures("op_de_lijn")
def test_the_policy_decides_whether_a_far_ground_is_a_violation() -> None:
    exception = Eisen("kansrijk", bij_tekort="uitzondering")
    assert only(toetsen_van("H1", GRONINGEN, STRICT), "gronden/straal_km").uitslag == "overtreding"
    assert only(toetsen_van("H1", GRONINGEN, exception), "gronden/straal_km").uitslag == "uitzondering"


@pytest.mark.usefixtures("op_de_lijn")
def test_a_household_that_does_not_fit_is_over_the_opgave_and_says_by_how_much() -> None:
    found = only(toetsen_van("H2", AMSTERDAM), "opgave")
    assert (found.uitslag, found.gevonden, found.toegestaan) == ("overtreding", "3", "1")
    fits = only(toetsen_van("H2", UTRECHT), "opgave")
    assert (fits.uitslag, fits.gevonden, fits.toegestaan) == ("voldaan", "3", "4")
    unlimited = Eisen("zonder_opgave", opgave_geldt=False)
    assert "opgave" not in {t.regel for t in toetsen_van("H2", AMSTERDAM, unlimited)}


@pytest.mark.usefixtures("op_de_lijn")
def test_what_a_person_decided_is_judged() -> None:
    excluded, lock = [t for t in toetsen_van("H1", ROTTERDAM) if t.regel == "besluit"]
    assert (excluded.uitslag, lock.uitslag) == ("overtreding", "voldaan")
    excluded, lock = [t for t in toetsen_van("H3", UTRECHT) if t.regel == "besluit"]
    assert (excluded.uitslag, lock.uitslag) == ("voldaan", "overtreding")
    followed = toetsen_van("H3", MAASTRICHT, STRICT)
    assert only(followed, "gronden/straal_km").uitslag == "uitzondering"
    assert only(followed, "opgave").uitslag == "uitzondering"


@pytest.mark.usefixtures("op_de_lijn")
def test_of_grounds_that_do_not_go_together_one_is_set_aside() -> None:
    medical, family = [t for t in toetsen_van("H4", GRONINGEN, STRICT) if t.regel == "gronden/straal_km"]
    assert (medical.uitslag, family.uitslag) == ("voldaan", "feit")
    assert "valt af" in family.toelichting
    assert only(toetsen_van("H4", GRONINGEN), "gronden/volgorde").uitslag == "uitzondering"


@pytest.mark.usefixtures("op_de_lijn")
def test_a_job_says_why_it_is_no_ground_and_what_the_move_does_to_it() -> None:
    found = toetsen_van("H5", AMSTERDAM)
    job = only(found, "werk/minimum_uren")
    assert (job.uitslag, job.gevonden, job.toegestaan) == ("feit", "7,9", "8")
    assert "geen harde grond" in job.toelichting
    assert only(found, "behoud/midden_km").gevonden == "binnen_50km"
    rows = [t.toelichting for t in found if t.regel == "bestanden"]
    assert ["telt niet" in row for row in rows] == [True, False]
    assert "gronden/straal_km" not in {t.regel for t in found}


@pytest.mark.usefixtures("op_de_lijn")
def test_a_job_that_was_not_known_in_time_binds_nothing() -> None:
    found = toetsen_van("H1", GRONINGEN, STRICT, bekend=0.0)
    assert "gronden/straal_km" not in {t.regel for t in found}
    assert "niet op tijd bekend" in only(found, "werk/minimum_uren").toelichting


@pytest.mark.usefixtures("op_de_lijn")
@pytest.mark.parametrize("eisen", [None, STRICT, Eisen("regio", arbeidsmarktregio_bindt=True, koppelregio="binden")])
def test_the_verdict_is_that_on_a_proposal_with_this_link_alone(eisen: Eisen | None) -> None:
    households = MAAND.huishoudens["huishouden_id"].tolist()
    outcomes = set()
    for h in households:
        for g in (UTRECHT, AMSTERDAM, ROTTERDAM, MAASTRICHT, GRONINGEN):
            links = {**dict.fromkeys(households, ""), "H3": MAASTRICHT, h: g}
            verdict = judge(MAAND, voorstel(links), parameters=parameters(), eisen=eisen)
            broken = any(b.huishouden_id in {h, ""} for b in verdict.overtredingen)
            named = any(b.huishouden_id == h for b in verdict.uitzonderingen)
            results = {t.uitslag for t in toetsen_van(h, g, eisen)}
            assert ("overtreding" in results, "uitzondering" in results) == (broken, named), (h, g)
            outcomes.add((broken, named))
    assert len(outcomes) == 4


def test_every_rule_names_its_source() -> None:
    assert all(t.bron and t.toelichting.endswith(".") for t in toetsen_van("H1", UTRECHT))


def test_an_unknown_household_is_a_usage_error() -> None:
    with pytest.raises(Gebruiksfout, match="'H9' staat niet in de invoer"):
        toetsen_van("H9", UTRECHT)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--huishouden", "H0001", "--gemeente", "Amersfoort"], 0),
        (["--huishouden", "H0001", "--gemeente", "GM0193"], 4),
        (["--huishouden", "H0001", "--gemeente", "Zwolle", "--policy", "kansrijk"], 6),
        (["--huishouden", "H0001"], 2),
        (["--huishouden", "H0001", "--gemeente", "Zwole"], 2),
        (["--huishouden", "H0001", "--gemeente", "Zwolle", "voorstel.csv"], 2),
        ([], 2),
    ],
)
def test_the_command_ends_with_the_verdict(words: list[str], code: int, capsys: Capture) -> None:
    assert main(["verify", KLEIN, *words]) == code
    printed = capsys.readouterr()
    assert ("bron: " in printed.out) == (code != 2)


def test_machines_get_the_same_as_json(capsys: Capture) -> None:
    assert main(["verify", KLEIN, "--huishouden", "H0001", "--gemeente", "Zwolle", "--json"]) == 4
    rows = json.loads(capsys.readouterr().out)
    (far,) = [row for row in rows if row["regel"] == "gronden/straal_km"]
    assert (far["uitslag"], far["gevonden"], far["toegestaan"]) == ("uitzondering", "82,4", "50")
