from pathlib import Path
from typing import Any

import pytest

from optimizer.cli import main
from tests.geodata.tests_bureau import Bureau, bureau

__all__ = ["bureau"]


def asked(bureau: Bureau, folder: Path, *more: str) -> list[str]:
    return ["geo", "refresh", "--cbs", bureau.address, "--pdok", bureau.address, "--folder", str(folder), *more]


def test_a_refresh_says_what_it_fetched_and_that_nothing_differs(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked(bureau, tmp_path)) == 0
    out = capsys.readouterr().out
    assert "1 januari 2025" in out
    assert "verschillen niet" in out
    assert (tmp_path / "2025" / "grenzen.gpkg").is_file()


def test_a_refresh_tells_every_difference(bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def move(_path: str, answer: Any) -> Any:
        for row in answer.get("value", ()):
            if row.get("RegioS", "").startswith("GM0267") and "Code_5" in row:
                row["Code_5"], row["Naam_6"] = "AM99", "Nieuwe Regio"
        return answer

    bureau.change = move
    assert main(asked(bureau, tmp_path, "--jaar", "2024")) == 0
    out = capsys.readouterr().out
    assert "GM0267 Nijkerk hoort bij Nieuwe Regio (AM99)" in out
    assert "1 verschil" in out


def test_without_an_answer_a_sentence_and_nothing_on_disk(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bureau.failures = [404]
    assert main(asked(bureau, tmp_path / "leeg")) == 2
    assert "De tabellen die u al heeft, blijven in gebruik" in capsys.readouterr().err
    assert not (tmp_path / "leeg").exists()


def test_a_year_without_a_table_is_refused_with_the_years_there_are(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked(bureau, tmp_path, "--jaar", "2019")) == 2
    assert "2023, 2024 of 2025" in capsys.readouterr().err
    assert bureau.asked == []


def test_a_folder_that_cannot_be_made_ends_in_a_sentence(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bestand").write_text("x")
    assert main(asked(bureau, tmp_path / "bestand")) == 2
    assert "kan niet worden geschreven" in capsys.readouterr().err
