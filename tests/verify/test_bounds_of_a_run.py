"""``verify RUN --bewijs``: the question is worked out again from the input, and no false bound of it is believed."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.cli import main
from optimizer.domain.batch import Batch
from optimizer.domain.lottery import tickets
from optimizer.policy import load_beleid, names
from optimizer.read.bewijs import read_bewijs
from optimizer.solve.problem.lottery import lottery_value
from optimizer.verify.bound import question
from tests.verify.mappen import MAAND, make

KLEIN = Path(__file__).parents[2] / "inputs" / "klein"
OPTIMISES = [name for name in names() if load_beleid(name).methode == "optimaal"]
Document = dict[str, Any]


def judged(run: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, Document]:
    capsys.readouterr()
    code = main(["verify", str(run), "--bewijs", "--json", *options])
    return code, json.loads(capsys.readouterr().out)


def codes(told: Document) -> list[str]:
    return [finding["code"] for finding in told["overtredingen"]]


@pytest.mark.parametrize("policy", OPTIMISES)
def test_the_bounds_of_every_policy_are_judged_from_the_input(
    policy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = make(tmp_path, "run", "--policy", policy)
    code, told = judged(run, capsys)
    assert (code, codes(told)) == (4, [])
    receipt = json.loads((run / "run.json").read_text(encoding="utf-8"))
    levels = {level["name"]: level for level in receipt["levels"]}
    assert [bound["niveau"] for bound in told["grenzen"]][: len(levels)] == list(levels)
    for bound in told["grenzen"]:
        if bound["niveau"] in levels:
            level = levels[bound["niveau"]]
            assert bound["waarde"] == pytest.approx(level["value"])
            assert bound["grens"] == pytest.approx(level["bound"])
            assert bool(bound["op_woord_van"]) == (level["certificate"] in {"SCIP", "HiGHS", "branch", "none"})
        assert bound["op_woord_van"] or bound["nagerekend"] == pytest.approx(bound["grens"])


def test_a_month_of_forty_households_is_judged_with_its_bounds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", str(tmp_path / "in"), "--huishoudens", "40", "--seed", "11", "--tightness", "0.9"]) == 0
    out = str(tmp_path / "uit")
    assert main(["run", str(tmp_path / "in"), "--policies", "handmatig", "--out", out]) in {0, 4, 5}
    code, told = judged(Path(out), capsys)
    assert (code in {0, 4}, codes(told)) == (True, [])
    assert len(told["grenzen"]) >= 4


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("bewijs"))


def edited(finished: Path, place: Path, edit: Callable[[Document], object]) -> Path:
    """Change one thing in the certificates of a run that is otherwise as it was."""
    run = place / finished.name
    shutil.copytree(finished.parent, place, dirs_exist_ok=True)
    document = dict(read_bewijs(run) or {})
    assert document
    edit(document)
    (run / "bewijs.json.gz").write_bytes(gzip.compress(json.dumps(document).encode(), mtime=0))
    return run


def more_room(document: Document) -> None:
    document["vraag"]["opgave"][96] += 1


def another_ticket(document: Document) -> None:
    document["vraag"]["loten"][0] = "1"


def better(document: Document) -> None:
    document["vraag"]["waarden"]["kans_werk"][0][0] += 1


def not_allowed(document: Document) -> None:
    document["vraag"]["toegestaan"][0].pop()


def another_answer(document: Document) -> None:
    document["vraag"]["antwoord"][0] = -1


def no_answer(document: Document) -> None:
    del document["vraag"]["antwoord"]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (more_room, "grensbewijs_vraag"),
        (another_ticket, "grensbewijs_vraag"),
        (better, "grensbewijs_vraag"),
        (not_allowed, "grensbewijs_vraag"),
        (another_answer, "grensbewijs_vraag"),
        (no_answer, "grensbewijs_onjuist"),
        (lambda d: d["bewijs"].pop(0), "grensbewijs_niveaus"),
        (lambda d: d["bewijs"][0].update(waarde=d["bewijs"][0]["waarde"] + 1), "grensbewijs_onjuist"),
        (lambda d: d["bewijs"][1].update(grens=d["bewijs"][1]["grens"] - 1), "grensbewijs_onjuist"),
        (lambda d: d["bewijs"][1].update(grens=d["bewijs"][1]["grens"] + 1), "grensbewijs_grens"),
        (lambda d: d["bewijs"][1].update(soort="SCIP"), "grensbewijs_grens"),
        (lambda d: d["bewijs"][0].update(prijzen=[]), "grensbewijs_onjuist"),
        (lambda d: d["bewijs"][0].update(soort="zeker"), "grensbewijs_onjuist"),
        (lambda d: d.update(bewijs="ja"), "grensbewijs_onjuist"),
    ],
)
def test_a_changed_certificate_or_question_is_named(
    finished: Path, edit: Callable[[Document], object], code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, told = judged(edited(finished, tmp_path, edit), capsys)
    assert ended == 6
    assert {"bestand_veranderd", code} <= set(codes(told))


@pytest.mark.parametrize(
    "content",
    [b"", b"geen gzip", gzip.compress(b"[1]", mtime=0), gzip.compress(b'{"bewijs": NaN}', mtime=0)],
    ids=["empty", "no gzip", "a list", "no number"],
)
def test_a_file_that_cannot_be_read_is_named(
    finished: Path, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = edited(finished, tmp_path, lambda _: None)
    (run / "bewijs.json.gz").write_bytes(content)
    ended, told = judged(run, capsys)
    assert (ended, set(codes(told))) == (6, {"bestand_veranderd", "grensbewijs_onjuist"})


def test_a_file_that_is_gone_is_named(finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = edited(finished, tmp_path, lambda _: None)
    (run / "bewijs.json.gz").unlink()
    ended, told = judged(run, capsys)
    assert (ended, set(codes(told))) == (6, {"bestand_weg", "grensbewijs_onjuist"})


def test_the_file_does_not_unpack_without_end(
    finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = edited(finished, tmp_path, lambda _: None)
    monkeypatch.setattr("optimizer.read.bewijs.LARGEST", 10_000)
    (run / "bewijs.json.gz").write_bytes(gzip.compress(b" " * 10_001))
    assert read_bewijs(run) is None
    assert judged(run, capsys)[0] == 6


def test_a_run_without_certificates_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = make(tmp_path, "run", "--policy", "handmatig")
    assert not (run / "bewijs.json.gz").exists()
    capsys.readouterr()
    assert main(["verify", str(run), "--bewijs"]) == 7
    assert "geen bewijs van grenzen" in capsys.readouterr().err


def test_the_option_belongs_to_a_whole_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(KLEIN), "voorstel.csv", "--bewijs"]) == 2
    assert "--bewijs" in capsys.readouterr().err


def test_the_lines_say_whose_word_a_bound_is(finished: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    main(["verify", str(finished), "--bewijs"])
    lines = capsys.readouterr().out.splitlines()
    first = next(line for line in lines if line.startswith("personen_gekoppeld: "))
    value = first.split(" ")[1].rstrip(",")
    assert first == f"personen_gekoppeld: {value}, hoogstens {value}; nagerekend"


def test_two_runs_give_the_same_certificates(finished: Path, tmp_path: Path) -> None:
    again = make(tmp_path)
    assert (again / "bewijs.json.gz").read_bytes() == (finished / "bewijs.json.gz").read_bytes()


def test_the_lots_are_those_of_the_solver() -> None:
    ids = [f"H{n}" for n in range(50)]
    lots = tickets("lot", 7, ids)
    assert np.array_equal(question.draws(7, ids, 342), lottery_value(lots, 342))


def test_the_month_has_who_is_fixed_and_who_waits() -> None:
    batch: Batch = MAAND
    assert (batch.huishoudens["vastgezet_gemeente"] != "").any()
    assert len(batch.bestuursovereenkomsten)
