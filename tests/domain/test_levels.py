"""One table says what each level counts, in which unit and in which words; model, judge and report read it."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from geodata.wording import Lang, Sentence
from optimizer.domain.levels import LEVELS, ONGEWIJZIGD, POLICY_LEVELS, VLOEREN, LevelKind
from optimizer.domain.terms import UNITS
from optimizer.domain.uitvoer import DECIMALS
from optimizer.explain.told import decided
from optimizer.fit import household_chances, score
from optimizer.measure.attribution import STAPPEN
from optimizer.model import collect
from optimizer.model.levels import level_values
from optimizer.pipeline.attribution import policy_of
from optimizer.policy import EERSTE, adapted, load_beleid, names
from optimizer.report.language import load
from optimizer.verify.levels import _OF_CASE, _OF_CHANCE
from optimizer.verify.run import turned
from tests.proefbatch import UTRECHT, groep, huishouden, in_force, parameters

PACKAGE = Path(__file__).parents[2] / "optimizer"
WORDS = Sentence("woorden", "words")


def test_every_level_has_words_of_its_own_in_both_languages() -> None:
    labels = [level.label for level in LEVELS.values()]
    assert [name for name, level in LEVELS.items() if level.naam != name] == []
    assert len({label.nl for label in labels}) == len({label.en for label in labels}) == len(LEVELS)
    assert [label for label in labels if not label.nl or not label.en or label.nl == label.en] == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_report_has_its_words_from_the_table(lang: Lang) -> None:
    t = load(lang)
    assert [t("niveau." + name) for name in LEVELS] == [level.label.said(lang) for level in LEVELS.values()]
    assert t("eenheid.banen") == UNITS["banen"].said(lang)


@pytest.mark.parametrize(
    ("unit", "eenheid", "message"), [(1.0, "bananen", "'bananen' has no words"), (0.5, "km", "0.5 is none of 1.0, 0.1")]
)
def test_a_level_without_words_for_its_unit_or_that_decimals_cannot_write_is_refused(
    unit: float, eenheid: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        LevelKind("nieuw", unit, eenheid, WORDS)


@pytest.mark.parametrize("level", LEVELS.values(), ids=list(LEVELS))
def test_a_value_in_whole_units_is_written_without_loss_and_a_difference_too(level: LevelKind) -> None:
    assert f"{7 * level.unit:.{level.decimals}f}" == f"{7 * 10**-level.decimals:.{level.decimals}f}"
    written = DECIMALS[level.kind]
    assert written is not None
    assert written >= level.decimals


def test_model_and_judge_know_every_level_and_no_other() -> None:
    batch, rules = groep([huishouden("H1")], {UTRECHT: 2}), parameters(gronden__bij_tekort="uitzondering")
    every = adapted(load_beleid("kansrijk"), {"niveaus": tuple(POLICY_LEVELS)})
    goes_on = batch.replace(eerder={"H1": UTRECHT})
    chances = household_chances(batch, score(batch.personen, rules))
    anew = level_values(collect(batch, rules), every, every.eisen(rules), rules, chances)
    assert [(level.naam, level.unit) for level in anew] == [(n, level.unit) for n, level in POLICY_LEVELS.items()]
    made = level_values(collect(goes_on, rules), every, every.eisen(rules), rules, chances)
    assert [level.naam for level in made] == [ONGEWIJZIGD, *POLICY_LEVELS]
    assert _OF_CASE.keys() | _OF_CHANCE.keys() == LEVELS.keys()
    assert set(_OF_CHANCE) == {name for name, level in LEVELS.items() if level.chance}
    assert {level.chance for level in LEVELS.values() if level.chance} == set(chances)


def test_a_reason_has_words_for_every_level_and_every_floor() -> None:
    named = {*POLICY_LEVELS, *VLOEREN.values()}
    assert named <= decided.LEVEL_SAID.keys()
    assert named <= turned._WORDS.keys()


def test_every_policy_names_levels_of_the_table_and_the_first_is_one() -> None:
    shipped = [load_beleid(name) for name in names()]
    force = in_force(groep([huishouden("H1")], {UTRECHT: 1}))
    every = [frozenset(c) for k in range(len(STAPPEN) + 1) for c in combinations(STAPPEN, k)]
    coalitions = [policy_of(force, coalition) for coalition in every]
    assert {level for beleid in (*shipped, *coalitions) for level in beleid.niveaus} == set(POLICY_LEVELS)
    assert EERSTE in LEVELS


def test_a_policy_may_not_name_the_level_that_comes_of_itself() -> None:
    with pytest.raises(ValueError, match="onbekend niveau: ongewijzigd"):
        adapted(load_beleid("kansrijk"), {"niveaus": (ONGEWIJZIGD, EERSTE)})


def test_no_other_file_says_how_fine_a_level_counts() -> None:
    size = re.compile(rf'"({"|".join(LEVELS)})": *\(?(1\.0|0\.1|0\.001|0\.0001)')
    assert [str(f) for f in PACKAGE.rglob("*.py") if size.search(f.read_text("utf-8"))] == []
