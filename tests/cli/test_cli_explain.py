"""explain from the command line: the JSON of the contract, both languages, refusals, and nothing written."""

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer.cli import main
from tests.proefbatch import AMERSFOORT, MAASTRICHT, UTRECHT, ZWOLLE, baan, groep, grond, huishouden, schrijf

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with somebody linked, somebody locked beyond the radius, and somebody who waits."""
    place = tmp_path_factory.mktemp("uitleg")
    people = [
        huishouden("H1", aantal_personen=2),
        huishouden("H2", vastgezet_gemeente=MAASTRICHT, vastgezet_reden="mantelzorg"),
        huishouden("H3", aantal_personen=3),
        huishouden("H4", uitgesloten_gemeenten=AMERSFOORT),
    ]
    jobs = [baan("H1", UTRECHT), baan("H2", UTRECHT), baan("H3", UTRECHT)]
    room = {UTRECHT: 2, AMERSFOORT: 2, ZWOLLE: 3, MAASTRICHT: 1}
    batch = groep(people, room, werk=jobs, gronden=[grond("H1", "gezin", AMERSFOORT)])
    source, out = schrijf(batch, place / "invoer"), place / "run"
    assert main(["run", str(source), "--out", str(out), "--policies", "handmatig", "--draws", "1"]) == 4
    return out


def told(capsys: Capture, *words: str, code: int = 0) -> Any:
    assert main(["explain", *words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_the_json_has_the_keys_and_the_nesting_of_the_contract(run: Path, capsys: Capture) -> None:
    found = told(capsys, str(run), "H1", "--why-not", "Amersfoort")
    assert (found["huishouden"], found["gemeente"]) == ("H1", UTRECHT)
    assert found["toegestaan"] == [AMERSFOORT, UTRECHT]
    assert {"gemeente", "regel", "gevonden", "toegestaan"} <= set(found["gesloten"][0])
    by_code = {one["gemeente"]: one for one in found["gesloten"]}
    assert by_code[ZWOLLE]["regel"] == "gronden/straal_km"
    assert by_code[ZWOLLE]["gevonden"] > by_code[ZWOLLE]["toegestaan"] == 50
    assert len(by_code) + len(found["toegestaan"]) == 342
    assert [one["naam"] for one in found["niveaus"]] == [
        "personen_gekoppeld",
        "verwacht_behouden",
        "kans_werk",
        "zachte_punten",
    ]
    assert found["niveaus"][1]["hier"] == 1.0
    assert [a["gemeente"] for a in found["niveaus"][1]["alternatieven"]] == [AMERSFOORT]
    why = found["waarom_niet"]
    assert (why["gemeente"], why["status"], why["regel"]) == (AMERSFOORT, "berekend", None)
    assert {"niveau", "verschil", "bewezen"} <= set(why["kosten"][0])
    costs = {one["niveau"]: one["verschil"] for one in why["kosten"]}
    here, there = found["niveaus"][1]["hier"], found["niveaus"][1]["alternatieven"][0]["waarde"]
    assert costs["verwacht_behouden"] == pytest.approx(there - here)
    assert why["bewezen"] is True
    assert [set(one) for one in why["verhuizen_ook"]] in ([], [{"huishouden", "van", "naar"}])
    assert why["banen_verloren"] == []


def test_every_key_of_the_json_is_there_and_no_other(run: Path, capsys: Capture) -> None:
    found = told(capsys, str(run), "H1", "--why-not", "Zwolle")
    assert list(found) == [
        *("huishouden", "gemeente", "aantal_personen", "status", "grond", "beleid", "methode", "bekend", "reden"),
        *("beurt", "loting", "toegestaan", "vrij", "gesloten", "niveaus", "banen", "kans_werk", "zachte_punten"),
        *("uitzonderingen", "niet_gekoppeld", "waarom_niet"),
    ]
    plain = ("aantal_personen", "status", "grond", "beleid", "methode", "bekend", "beurt", "loting", "niet_gekoppeld")
    assert [found[key] for key in plain] == [
        2,
        "voorgesteld",
        "gezin+werk",
        "kansrijk",
        "optimaal",
        1,
        None,
        None,
        None,
    ]
    assert list(found["gesloten"][0]) == ["gemeente", "regel", "gevonden", "toegestaan", "bron", "toelichting", "ook"]
    assert list(found["niveaus"][0]["alternatieven"][0]) == ["gemeente", "waarde"]
    assert list(found["banen"][0]) == ["gemeente", "banen"]
    [adult] = found["kans_werk"]
    assert (adult["persoon_id"], adult["wil_werken"]) == ("PH1", "ja")
    assert list(adult) == ["persoon_id", "wil_werken", "zegt", "gemeenten"]
    assert list(adult["gemeenten"][0]) == ["gemeente", "kans", "delen"]
    assert list(found["waarom_niet"]) == [
        *("gemeente", "status", "regel", "gevonden", "toegestaan", "bron", "toelichting", "ook", "kosten"),
        *("als_niemand_verhuist", "verhuizen_ook", "minst_verhuizen", "banen_verloren", "banen_terug"),
        *("banen_onbeslist", "bewezen", "stappen"),
    ]
    assert "50 km" in found["waarom_niet"]["toelichting"]
    assert list(told(capsys, str(run), "H2")["uitzonderingen"][0]) == ["soort", "toelichting"]
    waits = told(capsys, str(run), "H3")["niet_gekoppeld"]
    assert list(waits) == [
        *("oorzaak", "toelichting", "voorstel_oplossing", "bewijs"),
        *("meer_plekken", "ruil", "grotere_straal", "oplossingen"),
    ]
    assert list(waits["bewijs"]) == ["soort", "gemeenten", "plekken", "huishoudens", "nodig", "uitleg"]
    assert all(word.endswith(".") for word in (waits["toelichting"], waits["voorstel_oplossing"]))


def test_a_forbidden_municipality_says_the_rule_with_numbers_and_source(run: Path, capsys: Capture) -> None:
    why = told(capsys, str(run), "H1", "--why-not", "Zwolle")["waarom_niet"]
    assert (why["status"], why["regel"]) == ("verboden", "gronden/straal_km")
    assert (why["kosten"], why["verhuizen_ook"]) == ([], [])
    assert why["gevonden"] > why["toegestaan"] == 50
    assert "Wachten of Werken" in why["bron"]
    pair = ["--huishouden", "H1", "--gemeente", "Zwolle", "--policy", "kansrijk"]
    assert main(["verify", str(run.parent / "invoer"), *pair]) == 6


def test_several_questions_stand_side_by_side_and_none_gives_null(run: Path, capsys: Capture) -> None:
    both = told(capsys, str(run), "H4", "--why-not", "Zwolle", "--why-not", MAASTRICHT)["waarom_niet"]
    assert [one["gemeente"] for one in both] == [ZWOLLE, MAASTRICHT]
    assert told(capsys, str(run), "H4")["waarom_niet"] is None


def test_a_locked_household_and_one_that_waits_are_explained(run: Path, capsys: Capture) -> None:
    locked = told(capsys, str(run), "H2", "--why-not", "Utrecht")
    assert (locked["status"], locked["toegestaan"]) == ("vastgezet", [MAASTRICHT])
    assert (locked["waarom_niet"]["status"], locked["waarom_niet"]["regel"]) == ("verboden", "besluit")
    assert [one["soort"] for one in locked["uitzonderingen"]] == ["vastgezet_buiten_straal"]
    waits = told(capsys, str(run), "H3")
    assert (waits["gemeente"], waits["niveaus"][0]["hier"]) == (None, None)
    assert waits["niet_gekoppeld"]["oorzaak"] == "geen_plaats_binnen_50km"


def test_the_text_speaks_both_languages_and_nothing_is_written(run: Path, capsys: Capture) -> None:
    before = {p.name: p.read_bytes() for p in run.iterdir() if p.is_file()}
    assert main(["explain", str(run), "H1", "--why-not", "Amersfoort"]) == 0
    dutch = capsys.readouterr().out
    assert main(["explain", str(run), "H1", "--why-not", "Amersfoort", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert dutch.startswith("Huishouden H1 (2 personen): Utrecht\n")
    assert english.startswith("Household H1 (2 persons): Utrecht\n")
    assert "Er is niets veranderd of besloten." in dutch
    assert "Nothing was changed or decided." in english
    assert {p.name: p.read_bytes() for p in run.iterdir() if p.is_file()} == before


def test_others_than_the_coa_do_not_read_of_family(run: Path, capsys: Capture) -> None:
    assert told(capsys, str(run), "H1")["grond"] == "gezin+werk"
    shielded = json.dumps(told(capsys, str(run), "H1", "--voor", "gemeente"))
    assert "persoonlijk+werk" in shielded
    assert "gezin" not in shielded


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["H9"], 2, "staat niet in deze run. Bedoelt u H"),
        (["H1", "--why-not", "Utrech"], 2, "Utrecht"),
        (["H1", "--why-not", "Bergen"], 2, "Bergen (L.)"),
    ],
)
def test_wrong_names_are_refused_with_a_remedy(
    run: Path, capsys: Capture, words: list[str], code: int, said: str
) -> None:
    assert main(["explain", str(run), *words]) == code
    assert said in capsys.readouterr().err


def test_no_run_or_another_input_is_refused(run: Path, capsys: Capture, tmp_path: Path) -> None:
    assert main(["explain", str(tmp_path), "H1"]) == 2
    other = schrijf(groep([huishouden("H1")], {UTRECHT: 1}), tmp_path / "anders")
    assert main(["explain", str(run), "H1", "--invoer", str(other)]) == 7
    assert "is niet die van de run" in capsys.readouterr().err


def test_a_budget_that_is_too_small_ends_with_code_five_and_a_bracket(capsys: Capture, tmp_path: Path) -> None:
    assert main(["generate", str(tmp_path / "in"), "--huishoudens", "120", "--seed", "3"]) == 0
    out = tmp_path / "run"
    quick = ["--policies", "handmatig", "--draws", "1"]
    assert main(["run", str(tmp_path / "in"), "--out", str(out), *quick]) in {0, 4, 5}
    capsys.readouterr()
    for household in ("H0001", "H0002", "H0003"):
        found = told(capsys, str(out), household)
        other = next(g for g in found["toegestaan"] if g != found["gemeente"])
        code = main(["explain", str(out), household, "--why-not", other, "--json", "--work-limit", "1"])
        why = json.loads(capsys.readouterr().out)["waarom_niet"]
        assert code == (0 if why["bewezen"] else 5)
        assert all(one["minst"] <= one["meest"] for one in why["kosten"])
        if code == 5:
            return
    pytest.fail("a budget of one step proved everything three times")
