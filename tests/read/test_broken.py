"""One broken input per defect: each is reported with its place, its value and a remedy, and nothing else is."""

import csv
import re
import shutil
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from string import Formatter

import pytest

from geodata.distance import write_matrix
from optimizer.domain.batch import Batch
from optimizer.domain.tables import TABLES
from optimizer.errors import Defect, InvoerOngeldig
from optimizer.read import read_batch
from optimizer.read.texts import as_json, render, texts
from optimizer.settle import Wish, settle
from tests.proefbatch import check

BROKEN = Path(__file__).parents[1] / "broken"
GOED = BROKEN / "goed"

Expected = tuple[str, str, str, str, str, bool]


def _expected() -> dict[str, list[Expected]]:
    cases: dict[str, list[Expected]] = defaultdict(list)
    with (BROKEN / "verwacht.csv").open(encoding="utf-8", newline="") as table:
        for r in csv.DictReader(table, delimiter=";"):
            cases[r["geval"]].append((r["code"], r["file"], r["row"], r["column"], r["value"], r["warning"] == "ja"))
    return cases


CASES = _expected()


def _as_expected(defect: Defect) -> Expected:
    row = "" if defect.row is None else str(defect.row)
    return defect.code, defect.file, row, defect.column, defect.value, defect.warning


def _laid_over_good(case: str, folder: Path) -> Path:
    if (BROKEN / case).is_file():
        return BROKEN / case
    shutil.copytree(GOED, folder)
    if (BROKEN / case).is_dir():
        shutil.copytree(BROKEN / case, folder, dirs_exist_ok=True)
    return folder


def _kolommen(case: str, folder: Path) -> Path | None:
    named = folder.is_dir() and case.startswith(("kolommen_", "bestand_onleesbaar"))
    return folder / "kolommen.toml" if named else None


def _pc4(folder: Path) -> Path | None:
    return folder / "pc4.csv" if (folder / "pc4.csv").is_file() else None


def _read(path: Path, kolommen: Path | None) -> Batch:
    """Read a batch as every command does: the regime of the day says which table gives the room."""
    return settle(Wish(path, kolommen=kolommen, pc4=_pc4(path))).batch


@pytest.fixture(autouse=True)
def own_distances(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The distances that the case ``plaats_telt_niet`` names lie where the command is given."""
    if "plaats_telt_niet" in request.node.name:
        write_matrix(tmp_path / "km.csv")
        monkeypatch.chdir(tmp_path)


def test_the_good_batch_has_no_defect_at_all() -> None:
    assert check(GOED) == ()
    assert read_batch(GOED).waarschuwingen == ()


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_broken_input_is_reported_exactly(case: str, tmp_path: Path) -> None:
    path = _laid_over_good(case, tmp_path / "batch")
    found = check(path, kolommen=_kolommen(case, path), pc4=_pc4(path))
    assert sorted(map(_as_expected, found)) == sorted(CASES[case])
    assert case.partition(".")[0] in {d.code for d in found}
    for record_nl, record_en in zip(as_json(found, "nl"), as_json(found, "en"), strict=True):
        assert record_nl["message"] != record_en["message"]
        for record in (record_nl, record_en):
            for sentence in (record["message"], record["remedy"]):
                assert _is_told(sentence)
                assert not set("{}") & set(sentence)


@pytest.mark.parametrize("case", sorted(CASES))
def test_an_error_refuses_the_batch_and_a_warning_does_not(case: str, tmp_path: Path) -> None:
    path = _laid_over_good(case, tmp_path / "batch")
    kolommen = _kolommen(case, path)
    if all(expected[-1] for expected in CASES[case]):
        assert {d.code for d in _read(path, kolommen).waarschuwingen} == {e[0] for e in CASES[case]}
        return
    with pytest.raises(InvoerOngeldig) as raised:
        _read(path, kolommen)
    assert raised.value.exit_code == (7 if case in {"verboden_kolom", "vloer_verboden"} else 3)
    assert {d.code for d in raised.value.defects} == {e[0] for e in CASES[case]}


#: Problems of decisions on an earlier run: tests/month/test_decisions.py.
OF_DECISIONS = {code for code in texts() if code.startswith(("besluit", "akkoord_", "bedenking_"))}
OF_DECISIONS |= {"voorwaarde_ontbreekt", "antwoord_met_voorwaarde"}
ELSEWHERE = (
    OF_DECISIONS
    | {code for code in texts() if code.startswith(("scenario_", "vooruitblik_"))}
    | {
        "beleid_hernoemd",
        "beleid_levels_elders",
        "bestand_te_groot",
        "afstanden_onwaarschijnlijk",
    }
)


def test_every_code_with_a_text_has_a_broken_input_and_the_other_way_round() -> None:
    assert {case.partition(".")[0] for case in CASES} | ELSEWHERE == set(texts())


def _is_told(sentence: str) -> bool:
    """Tell whether this is a sentence, or sentences: words that begin with a capital and end where a sentence ends."""
    first = re.split(r"[\s:,]", sentence)[0]
    begins = not first[:1].islower() or first in {*TABLES, "aantal_personen", "beleid.toml", "koppelwijzer"}
    ends = sentence.endswith((".", "?", '"', "}", ".xlsx", ".toml", "named"))
    return begins and ends and len(sentence.split()) >= 3 and "  " not in sentence and sentence == sentence.strip()


def _variants(text: str | Sequence[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", sorted(texts()))
def test_every_text_is_a_sentence_that_says_the_same_in_both_languages(code: str) -> None:
    entry = texts()[code]
    assert set(entry) == {"nl", "nl_actie", "en", "en_actie"}
    for dutch, english in (("nl", "en"), ("nl_actie", "en_actie")):
        pairs = list(zip(_variants(entry[dutch]), _variants(entry[english]), strict=True))
        for nl, en in pairs:
            assert _is_told(nl), nl
            assert _is_told(en), en
            assert nl != en
            assert _fields(en) <= _fields(nl)
        needed = [_fields(nl) for nl, _ in pairs]
        # The first variant whose fields are known is said, so that none of them hides a later one.
        assert not any(earlier <= later for k, later in enumerate(needed) for earlier in needed[:k])


def test_all_problems_come_at_once_sorted_by_file_row_and_column(tmp_path: Path) -> None:
    batch = tmp_path / "batch"
    shutil.copytree(GOED, batch)
    for case in ("geen_getal", "cel_leeg", "geen_ja_nee", "gemeenten_zonder_taakstelling"):
        shutil.copytree(BROKEN / case, batch, dirs_exist_ok=True)
    found = check(batch)
    assert [(d.file, d.row, d.code) for d in found] == [
        ("huishoudens.csv", 2, "cel_leeg"),
        ("personen.csv", 3, "geen_ja_nee"),
        ("taakstelling.csv", None, "gemeenten_zonder_taakstelling"),
        ("werk.csv", 3, "geen_getal"),
    ]


def test_the_remedy_names_the_municipality_that_was_meant(tmp_path: Path) -> None:
    (defect,) = check(_laid_over_good("gemeente_onbekend", tmp_path / "batch"))
    assert render(defect) == ("'Zwole' is geen gemeente.", "Bedoelt u Zwolle (GM0193)?")
    assert render(defect, "en") == ("'Zwole' is no municipality.", "Do you mean Zwolle (GM0193)?")
