"""What the judge says, it says in Dutch and in English: the same numbers, and one person is no persons."""

import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from geodata.wording import Sentence
from optimizer.cli import main
from optimizer.domain.eisen import Eisen
from optimizer.verify import judge, judge_link
from optimizer.verify.codes import CODES
from optimizer.verify.findings import bevinding
from optimizer.verify.link_sentences import ZINNEN
from optimizer.verify.sentences import english, spoken
from tests.verify.maand import MAAND
from tests.verify.zaken import AMSTERDAM, GRONINGEN, MAASTRICHT, UTRECHT, ZWOLLE, batch, hard, parameters, voorstel

KLEIN = str(Path(__file__).parents[2] / "inputs" / "klein")
SENTENCES = {**{name: code.zin for name, code in CODES.items()}, **ZINNEN}
Capture = pytest.CaptureFixture[str]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_every_sentence_stands_in_two_languages_with_the_same_open_places(name: str) -> None:
    zin = SENTENCES[name]
    assert zin.nl.endswith(".")
    assert zin.en.endswith(".")
    assert zin.nl != zin.en
    assert places(zin.nl) == places(zin.en)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_finding_has_its_sentence_in_both_languages_with_nothing_left_open(code: str) -> None:
    named: dict[str, Any] = {"gevonden": "3", "toegestaan": "2", "baan": "B9", "bestand": "banen.csv"}
    found = bevinding(code, parameters(), h="H7", g=UTRECHT, **named)
    said = {"h": "H7", "g": "Utrecht (GM0344)", **named}
    for text in (found.toelichting, found.toelichting_en):
        assert not set("{}|") & set(text)
        assert all(said[place] in text for place in places(CODES[code].zin.nl))
    assert not re.search(r"\b(huishouden|staat|ligt|niet)\b", found.toelichting_en, re.IGNORECASE)


@pytest.mark.parametrize(
    ("code", "one", "more"),
    [
        ("opgave_overschreden", "koppelt 1 persoon;", "koppelt 2 personen;"),
        ("opgave_overschreden", "links 1 person;", "links 2 persons;"),
        ("niet_gekoppeld", "(1 persoon)", "(2 personen)"),
        ("vastgezet_boven_opgave", "Daar is 1 persoon vastgezet", "Daar zijn 2 personen vastgezet"),
        ("vastgezet_boven_opgave", "There 1 person is locked", "There 2 persons are locked"),
        ("overeenkomst_boven_opgave", "Daar staat 1 persoon vast", "Daar staan 2 personen vast"),
        ("alternatief_zonder_plek", "nog 1 plek.", "nog 2 plekken."),
        ("alternatief_zonder_plek", "has 1 place left", "has 2 places left"),
    ],
)
def test_one_person_is_no_persons(code: str, one: str, more: str) -> None:
    for count, words in (("1", one), ("2", more), ("0", more.replace("2", "0"))):
        found = bevinding(code, parameters(), h="H1", g=UTRECHT, gevonden=count, toegestaan=count)
        assert words in f"{found.toelichting} {found.toelichting_en}"


def test_english_has_decimal_points_and_quotes_cells_as_they_stand() -> None:
    far = bevinding("geen_plaats_binnen_50km", parameters(), h="H1", g=UTRECHT, gevonden="82,4", toegestaan="50")
    assert "82,4 km" in far.toelichting
    assert "82.4 km" in far.toelichting_en
    cell = bevinding("afstand_km_onjuist", parameters(), h="H1", gevonden="82,4", toegestaan="ja")
    assert cell.toelichting_en == "Household H1, column afstand_km: it says '82,4'. The input gives 'ja'."
    locked = bevinding("vaste_keuze_niet_gevolgd", parameters(), h="H1", gevonden="niet gekoppeld", toegestaan="X")
    assert locked.toelichting_en.endswith("The proposal says: not linked.")


@pytest.mark.parametrize("text", ["a,b", "1,b", "b,1", "1.5", ",5", "5,", "1,5 km"])
def test_what_is_no_number_keeps_its_comma(text: str) -> None:
    assert english(text) == text


def test_a_choice_of_words_goes_by_exactly_one() -> None:
    zin = Sentence("{n:is|zijn}", "{n:is|are}")
    assert [spoken(zin, n=n).nl for n in ("0", "1", "2", "11", "1,0")] == ["zijn", "is", "zijn", "zijn", "zijn"]


def links() -> list[Any]:
    """Cases in which the check of one link comes to every sentence that it has."""
    deal = {"gemeente": UTRECHT, "vanaf": "2026-01-01", "effect": "blijft"}
    ended = {**deal, "tot_en_met": "2026-03-31"}
    works = {"personen": [{"persoon_id": "P1", "huishouden_id": "H1"}], "werk": [hard("P1", UTRECHT)]}
    early = {**works, "werk": [hard("P1", UTRECHT, contract_begin="2026-05-01")]}
    large = [{"gemeente": UTRECHT, "soort": "grote_woning", "aantal": 1}]
    one = [{"huishouden_id": "H1", "vergunning_datum": "2026-09-30"}]
    region = Eisen("regio", arbeidsmarktregio_bindt=True)
    return [
        *((MAAND, h, g, None, 1.0) for h in ("H1", "H2", "H3", "H4", "H5") for g in (UTRECHT, MAASTRICHT, GRONINGEN)),
        (batch(one, overeenkomsten=[deal], opgave={UTRECHT: 1}, **works), "H1", UTRECHT, region, 1.0),
        (batch(one, overeenkomsten=[ended], opgave={UTRECHT: 1}, **works), "H1", AMSTERDAM, region, 0.0),
        (batch([{**one[0], "aantal_personen": 6}], woningen=large), "H1", UTRECHT, Eisen("x", opgave_geldt=False), 1.0),
        (batch([{**one[0], "aantal_personen": 6}], woningen=large, opgave={UTRECHT: 6}), "H1", UTRECHT, None, 1.0),
        (batch(one), "H1", ZWOLLE, None, 1.0),
        (batch(one, opgave={UTRECHT: 1}, **early), "H1", UTRECHT, None, 1.0),
    ]


@pytest.mark.usefixtures("op_de_lijn")
def test_the_check_of_one_link_says_everything_in_both_languages() -> None:
    dutch, en = set(), set()
    for zaak, h, g, eisen, bekend in links():
        toetsen = judge_link(zaak, h, g, parameters=parameters(), eisen=eisen, bekend=bekend)
        dutch |= {t.toelichting for t in toetsen}
        en |= {t.toelichting_en for t in toetsen}
    assert not [text for text in dutch | en if set("{}|") & set(text)]
    for name, zin in ZINNEN.items():
        for said, template in ((dutch, zin.nl), (en, zin.en)):
            parts = [re.escape(text) for text, *_ in Formatter().parse(template)]
            assert any(re.search(".*".join(parts), text) for text in said), name


@pytest.mark.usefixtures("op_de_lijn")
def test_words_and_numbers_of_one_link_are_english_too() -> None:
    said = {t.toelichting_en for t in judge_link(MAAND, "H5", AMSTERDAM, parameters=parameters())}
    assert "Job 2 in Utrecht: 7.9 hours a week (8 needed), contract yes, payslip yes, employed: no hard ground." in said
    assert "Ground family in Utrecht, evidence no: hard ground, does not count: not shown." in said
    assert "Ground network in Utrecht, evidence yes: soft ground, counts." in said


def test_the_same_findings_are_told_in_both_languages() -> None:
    verdict = judge(MAAND, voorstel(dict.fromkeys(MAAND.huishoudens["huishouden_id"], "")), parameters=parameters())
    assert [b.toelichting for b in verdict.niet_gekoppeld][:2] == [
        "Huishouden H1 (1 persoon) is niet gekoppeld.",
        "Huishouden H2 (3 personen) is niet gekoppeld.",
    ]
    assert verdict.niet_gekoppeld[0].toelichting_en == "Household H1 (1 person) is not linked."


def test_the_command_speaks_english_about_a_proposal_and_about_one_link(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "voorstel.csv"
    file.write_text("huishouden_id;gemeente\nH0001;Zwolle\nH0002;\nH0003;\nH0004;\n", encoding="utf-8")
    assert main(["verify", KLEIN, str(file), "--lang", "en"]) == 4
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("exception geen_plaats_binnen_50km: Household H0001: Zwolle (GM0193) lies 82.4 km from")
    assert said[-1] == "0 violations, 1 exception, 3 households not linked."
    assert main(["verify", KLEIN, "--huishouden", "H0001", "--gemeente", "Zwolle", "--lang", "en"]) == 4
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["passed: Zwolle is not excluded.", said[1]]
    assert said[1].startswith("    rule besluit; source, in Dutch: ")
    assert {line.partition(":")[0] for line in said[::2]} == {"passed", "exception", "fact"}
