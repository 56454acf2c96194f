"""Answers by workbook, through the page and by the command: as a whole or not at all."""

import datetime
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from sqlalchemy import select

from optimizer.review.clock import now
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Ronde, Zaak
from optimizer.review.rounds.answers import Antwoord
from optimizer.review.rounds.look import cases
from optimizer.review.rounds.workbook import read_back
from optimizer.review.settings import to_environment
from optimizer.review.who.actor import Actor, Rol
from tests.review.conftest import Round
from tests.review.test_coa import COA, respond
from tests.review.web import Visitor


@pytest.fixture
def place(krap: Round) -> str:
    """The municipality with most cases."""
    with reading(krap.office.engine) as session:
        codes = list(session.scalars(select(Zaak.gemeente).order_by(Zaak.nummer)))
    return max(sorted(set(codes)), key=codes.count)


def _mine(krap: Round, gemeente: str) -> dict[str, Zaak]:
    with reading(krap.office.engine) as session:
        found = cases(session, krap.office.sealer, COA, krap.ronde)
        return {z.inhoud.huishouden: z.zaak for z in found if z.inhoud and z.zaak.gemeente == gemeente}


def _fill(content: bytes, said: dict[str, tuple[str, str]]) -> bytes:
    """Fill in a workbook as somebody with a spreadsheet does."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["antwoord"]
    heads = [cell.value for cell in sheet[1]]
    besluit, reden = heads.index("besluit") + 1, heads.index("reden") + 1
    for row in range(2, sheet.max_row + 1):
        answer = said.get(str(sheet.cell(row, 1).value))
        if answer:
            sheet.cell(row, besluit).value, sheet.cell(row, reden).value = answer
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _answers(content: bytes) -> dict[str, tuple[str, str]]:
    table = pd.read_excel(
        io.BytesIO(content), sheet_name="antwoord", engine="openpyxl", dtype=str, keep_default_na=False
    )
    return {row.iloc[0]: (row["besluit"], row["reden"]) for _, row in table.iterrows()}


def _token(page: str) -> str:
    found = re.search(r'name="gelezen" value="([^"]+)"', page)
    assert found, page
    return found.group(1)


def test_a_workbook_goes_out_with_the_answers_so_far_and_comes_back(krap: Round, place: str) -> None:
    mine = _mine(krap, place)
    names = sorted(mine)
    respond(
        krap.office, krap.ronde, {names[0]: Antwoord("akkoord"), names[1]: Antwoord("bedenking", "geen_woning", "Vol.")}
    )
    visitor = Visitor(krap.office).sign_in(Rol.GEMEENTE, place)
    got = visitor.get(f"/ronden/{krap.ronde}/werkboek")
    assert got.headers["content-disposition"].endswith('.xlsx"')
    told = _answers(got.content)
    assert set(told) == set(names)
    assert told[names[0]] == ("akkoord", "")
    assert told[names[1]] == ("bezwaar", "Geen passende woning: Vol.")
    address = f"/ronden/{krap.ronde}/werkboek/terug"
    same = visitor.post(address, files={"bestand": ("w.xlsx", got.content)})
    assert same.status_code == 200
    assert "niets nieuws" in same.text
    said = {names[0]: ("bezwaar", "Regel verkeerd toegepast"), names[2]: ("ja mits", "Als er een school is.")}
    said |= {names[3]: ("akkoord", ""), names[4]: ("bezwaar", "Wij weten van niets.")}
    read = visitor.post(address, files={"bestand": ("mijn werkboek.XLSX", _fill(got.content, said))})
    assert read.status_code == 200
    assert _stand(krap, place)[names[3]] == ("", "", 0)  # nothing counts before it is confirmed
    done = visitor.post(f"/ronden/{krap.ronde}/werkboek/overnemen", {"gelezen": _token(read.text)})
    assert done.status_code == 303
    stand = _stand(krap, place)
    assert stand[names[0]] == ("bedenking", "regel", 2)
    assert stand[names[1]] == ("bedenking", "geen_woning", 1)
    assert stand[names[2]] == ("bedenking", "voorwaarde", 1)
    assert stand[names[3]] == ("akkoord", "", 1)
    assert stand[names[4]] == ("bedenking", "anders", 1)
    again = visitor.post(f"/ronden/{krap.ronde}/werkboek/overnemen", {"gelezen": _token(read.text)})
    assert again.status_code == 409
    assert _stand(krap, place) == stand


def _stand(krap: Round, gemeente: str) -> dict[str, tuple[str, str, int]]:
    return {h: (z.antwoord, z.redencode, z.versie) for h, z in _mine(krap, gemeente).items()}


def test_one_wrong_row_keeps_every_row_out_and_all_are_told_at_once(krap: Round, place: str) -> None:
    visitor, names = Visitor(krap.office).sign_in(Rol.GEMEENTE, place), sorted(_mine(krap, place))
    table = krap.read("voorstel.csv")
    other = str(table[(table["gemeente"] != place) & (table["status"] == "voorgesteld")]["huishouden_id"].iloc[0])
    rows = [
        f"{names[0]};akkoord;;",
        f"{names[1]};bezwaar;;",
        f"{other};akkoord;;",
        "H9999;akkoord;;",
        f"{names[2]};vastzetten;{place};Omdat",
        f"{names[3]};akkoord;GM0014;",
        f"{names[4]};ja mits;;",
    ]
    content = "\n".join(["huishouden_id;besluit;gemeente;reden", *rows]).encode()
    told = visitor.post(f"/ronden/{krap.ronde}/werkboek/terug", files={"bestand": ("x.csv", content)})
    assert told.status_code == 422
    assert 'name="gelezen"' not in told.text
    text = re.sub(r"<[^>]+>", " ", told.text)
    for row in range(3, 9):
        assert re.search(rf"werkboek\.csv[,:]\s*{row}\b", text), row
    # a household of somebody else is as unknown as one that does not exist
    with reading(krap.office.engine) as session:
        ronde = session.get_one(Ronde, krap.ronde)
    read = read_back(krap.office, Actor("u", "", Rol.GEMEENTE, place), ronde, "x.csv", content)
    assert [d.code for d in read.problemen if d.row in (4, 5)] == ["huishouden_onbekend"] * 2
    assert all(stand == ("", "", 0) for stand in _stand(krap, place).values())


def test_what_is_no_workbook_is_refused_by_the_defences_of_the_readers(krap: Round, place: str) -> None:
    visitor = Visitor(krap.office).sign_in(Rol.GEMEENTE, place)
    address = f"/ronden/{krap.ronde}/werkboek/terug"
    for name, content in (("x.xlsx", b"PK geen werkmap"), ("x.ods", b""), ("x.exe", b"MZ"), ("x.csv", b"\x00\xff")):
        assert visitor.post(address, files={"bestand": (name, content)}).status_code == 422, name
    assert visitor.post(address).status_code == 422


def test_what_was_read_belongs_to_who_read_it(krap: Round, place: str) -> None:
    one, two = (Visitor(krap.office).sign_in(Rol.GEMEENTE, place) for _ in range(2))
    name = sorted(_mine(krap, place))[0]
    content = f"huishouden_id;besluit;gemeente;reden\n{name};akkoord;;".encode()
    read = one.post(f"/ronden/{krap.ronde}/werkboek/terug", files={"bestand": ("x.csv", content)})
    token = _token(read.text)
    for visitor, text in ((two, token), (one, token[:-8] + "AAAAAAA="), (one, ""), (one, "%%%")):
        told = visitor.post(f"/ronden/{krap.ronde}/werkboek/overnemen", {"gelezen": text})
        assert told.status_code == 422
    assert _stand(krap, place)[name] == ("", "", 0)


def test_the_workbook_of_another_municipality_is_for_nobody_but_the_coa(krap: Round, place: str) -> None:
    table = krap.read("voorstel.csv")
    others = sorted(set(table["gemeente"]) - {place, ""})
    visitor = Visitor(krap.office).sign_in(Rol.GEMEENTE, others[0])
    got = visitor.get(f"/ronden/{krap.ronde}/werkboek?gemeente={place}")
    assert not set(_answers(got.content)) & set(_mine(krap, place))
    coa = Visitor(krap.office).sign_in(Rol.COA)
    for_place = coa.get(f"/ronden/{krap.ronde}/werkboek?gemeente={place}")
    assert set(_answers(for_place.content)) == set(_mine(krap, place))
    book = openpyxl.load_workbook(io.BytesIO(for_place.content))
    words = " ".join(str(c.value) for sheet in ("antwoord", "banen") for row in book[sheet] for c in row).casefold()
    assert not re.search(r"\bmedisch|\bgezin", words)
    assert coa.get(f"/ronden/{krap.ronde}/werkboek").status_code == 404
    assert coa.get(f"/ronden/{krap.ronde}/werkboek?gemeente=GM0014").status_code == 404


def test_a_municipality_without_access_gets_a_page_and_a_workbook_and_its_answers_come_back(
    krap: Round, place: str, tmp_path: Path
) -> None:
    with writing(krap.office.engine) as session:  # a command goes by the clock of this machine
        session.get_one(Ronde, krap.ronde).deadline = now() + datetime.timedelta(days=9)
    out = tmp_path / "uit" / "gemeente.html"
    out.parent.mkdir()
    done = _command(krap, "export", "--gemeente", place, "--out", str(out))
    assert done.returncode == 0, done.stderr
    page = out.read_text(encoding="utf-8")
    names = sorted(_mine(krap, place))
    assert not re.search(r'(src|href)="(?!#)', page)  # it asks nothing of another file or machine
    for name in names:
        assert f">{name}</h3>" in page
    words = re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL).casefold()
    assert not re.search(r"\bmedisch|\bgezin", words)
    assert "voldaan" in words
    content = out.with_suffix(".xlsx").read_bytes()
    back = tmp_path / "terug.xlsx"
    back.write_bytes(_fill(content, {names[0]: ("akkoord", ""), names[1]: ("bezwaar", "")}))
    told = _command(krap, "antwoorden", str(back))
    assert told.returncode == 3
    assert all(stand == ("", "", 0) for stand in _stand(krap, place).values())
    back.write_bytes(_fill(content, {names[0]: ("akkoord", ""), names[1]: ("bezwaar", "Geen passende woning")}))
    told = _command(krap, "antwoorden", str(back), "--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["antwoorden"] == 2
    assert _stand(krap, place)[names[1]] == ("bedenking", "geen_woning", 1)
    again = _command(krap, "antwoorden", str(back), "--json")
    assert json.loads(again.stdout) == {"ronde": krap.ronde, "antwoorden": 0, "gelijk": 2}
    assert _command(krap, "export", "--gemeente", "Aa en Hunze", "--out", str(tmp_path / "x")).returncode == 2


def _command(krap: Round, *words: str) -> "subprocess.CompletedProcess[str]":
    """Give a command of the application to an installation whose clock is that of this machine."""
    return subprocess.run(
        [sys.executable, "-m", "optimizer.cli", "review", *words],
        env={**os.environ, **to_environment(krap.office.settings)},
        capture_output=True,
        text=True,
        check=False,
    )
