"""The COA: a round taken in through the page, answers out as decisions, the re-run in, and the month ended."""

import datetime
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from optimizer.cli.app import main
from optimizer.domain.cells import unescape
from optimizer.read import find_batch
from optimizer.review.clock import day_of, now
from optimizer.review.data import trail
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Aanbod, Capaciteit, Gebruiker, Ronde, Spoor, Zaak
from optimizer.review.office import Office
from optimizer.review.rounds.answers import Antwoord, answer
from optimizer.review.rounds.look import cases
from optimizer.review.rounds.packed import packed
from optimizer.review.rounds.take_in import Begin, take_in
from optimizer.review.settings import from_environment, to_environment
from optimizer.review.who.actor import Actor, Rol
from tests.review.conftest import DEADLINE, NOW, Clock, Round, opened, settings
from tests.review.web import Visitor

COA = Actor("systeem", "COA", Rol.COA)


def respond(office: Office, ronde: str, said: dict[str, Antwoord]) -> None:
    """Give the answers of municipalities, by household."""
    with reading(office.engine) as session:
        found = {z.inhoud.huishouden: z.zaak for z in cases(session, office.sealer, COA, ronde) if z.inhoud}
    for household, one in said.items():
        zaak = found[household]
        with writing(office.engine) as session:
            answer(session, office, Actor("systeem", "", Rol.GEMEENTE, zaak.gemeente), zaak.id, one, zaak.versie)


def linked(round_: Round) -> pd.DataFrame:
    table = round_.read("voorstel.csv")
    return table[table["status"] == "voorgesteld"].reset_index(drop=True)


def read_csv(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")


def rows(office: Office, what: str) -> list[Spoor]:
    with reading(office.engine) as session:
        assert list(trail.verify(session)) == []
        return list(session.scalars(select(Spoor).where(Spoor.wat == what).order_by(Spoor.nummer)))


def test_a_run_is_taken_in_through_the_page_in_a_process_of_its_own(small_office: Office, klein_run: Path) -> None:
    clock_day = (day_of(now()) + datetime.timedelta(days=10)).isoformat()
    visitor = Visitor(small_office).sign_in(Rol.COA)
    assert 'name="run"' in visitor.get("/ronden/nieuw").text
    fields = {"naam": "--json of oktober", "termijn": clock_day, "vervolg": ""}
    files = {"run": ("run.zip", packed(klein_run)), "invoer": ("invoer.zip", packed(klein_run.parent / "invoer"))}
    told = visitor.post("/ronden/nieuw", fields, files)
    assert told.status_code == 303, told.text
    page = visitor.get(told.headers["location"])
    assert page.status_code == 200
    assert "--json of oktober" in page.text
    with reading(small_office.engine) as session:
        ronde = session.scalars(select(Ronde)).one()
        assert ronde.deadline.date().isoformat() == clock_day
        count = len(session.scalars(select(Zaak)).all())
    table = pd.read_csv(klein_run / "voorstel.csv", sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert count == (table["status"] != "niet_gekoppeld").sum()
    (begun,) = rows(small_office, "ronde_begonnen")
    assert begun.wie == visitor.id
    again = visitor.post("/ronden/nieuw", fields, files)
    assert again.status_code == 422
    assert "al een ronde" in again.text


def test_what_is_wrong_with_what_was_handed_in_is_said_and_nothing_is_kept(
    small_office: Office, klein_run: Path, tmp_path: Path
) -> None:
    visitor = Visitor(small_office).sign_in(Rol.COA)
    day = (day_of(now()) + datetime.timedelta(days=10)).isoformat()
    good = {"run": ("run.zip", packed(klein_run)), "invoer": ("i.zip", packed(klein_run.parent / "invoer"))}
    fields = {"naam": "x", "termijn": day}
    for changed, files in (
        ({"naam": ""}, good),
        ({"naam": "x" * 121}, good),
        ({"termijn": "2020-01-01"}, good),
        ({"termijn": "morgen"}, good),
        ({"vervolg": "0" * 32}, good),
        ({}, {**good, "run": ("run.txt", b"x")}),
        ({}, {**good, "run": ("run.zip", b"geen zip")}),
        ({}, {**good, "invoer": ("i.csv", b"x")}),
        ({}, {"run": good["run"]}),
    ):
        assert visitor.post("/ronden/nieuw", {**fields, **changed}, files).status_code == 422
    outside = io.BytesIO()
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("../weg.txt", "x")
    assert visitor.post("/ronden/nieuw", fields, {**good, "run": ("r.zip", outside.getvalue())}).status_code == 422
    edited = tmp_path / "run"
    shutil.copytree(klein_run, edited)
    place = edited / "banen.csv"
    place.write_bytes(place.read_bytes().replace(b"ja", b"nee"))
    told = visitor.post("/ronden/nieuw", fields, {**good, "run": ("r.zip", packed(edited))})
    assert told.status_code == 422
    assert "rechter keurt" in told.text
    assert "koppelwijzer-aanvraag" not in told.text
    with reading(small_office.engine) as session:
        assert session.scalars(select(Ronde)).all() == []


def test_a_process_of_its_own_reads_the_same_settings(small_office: Office) -> None:
    assert from_environment(to_environment(small_office.settings)) == small_office.settings


def test_a_round_shows_answers_reasons_and_what_is_late(krap: Round) -> None:
    names = linked(krap)["huishouden_id"].tolist()
    respond(krap.office, krap.ronde, {names[0]: Antwoord("akkoord"), names[1]: Antwoord("bedenking", "geen_woning")})
    respond(krap.office, krap.ronde, {names[2]: Antwoord("akkoord"), names[3]: Antwoord("bedenking", "geen_woning")})
    visitor = Visitor(krap.office).sign_in(Rol.COA)
    page = re.sub(r"<[^>]+>", " ", visitor.get(f"/ronden/{krap.ronde}").text)
    assert "Bij 50,0" in page
    assert re.search(r"Geen passende woning\s+2", page)
    krap.clock.move(days=20)
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", visitor.sign_in(Rol.COA).get("/ronden").text))
    everyone = len(krap.read("voorstel.csv").query("status != 'niet_gekoppeld'"))
    assert f" {everyone} {everyone - 4} 2 2 {everyone - 4} " in told


def test_a_deadline_is_moved_and_written_down_and_a_municipality_is_held_to_it(small: Round) -> None:
    visitor = Visitor(small.office).sign_in(Rol.COA)
    for wrong in ("", "gisteren", "2026-10-04", "9999-99-99"):
        assert visitor.post(f"/ronden/{small.ronde}/termijn", {"termijn": wrong}).status_code == 422
    assert visitor.post(f"/ronden/{small.ronde}/termijn", {"termijn": "2026-10-30"}).status_code == 303
    (moved,) = rows(small.office, "deadline_gewijzigd")
    assert moved.wie == visitor.id
    assert moved.inhoud.startswith(DEADLINE.isoformat().encode())
    small.clock.move(days=20)
    household = linked(small)["huishouden_id"].iloc[0]
    respond(small.office, small.ronde, {household: Antwoord("akkoord")})


def test_the_coa_opens_each_case_whole_and_cannot_answer_it(krap: Round) -> None:
    visitor = Visitor(krap.office).sign_in(Rol.COA)
    table = krap.read("voorstel.csv")
    private = table[table["grond"].str.contains("medisch") & (table["status"] != "niet_gekoppeld")].iloc[0]
    with reading(krap.office.engine) as session:
        found = {z.inhoud.huishouden: z.zaak for z in cases(session, krap.office.sealer, COA, krap.ronde) if z.inhoud}
    zaak = found[private["huishouden_id"]]
    page = visitor.get(f"/zaken/{zaak.id}")
    assert page.status_code == 200
    assert "medisch" in page.text
    assert 'name="keuze"' not in page.text
    assert visitor.get(f"/zaken/{zaak.id}/kaart.json").status_code == 200
    assert visitor.post(f"/zaken/{zaak.id}/antwoord", {"keuze": "akkoord", "versie": "0"}).status_code == 404
    address = f"/ronden/{krap.ronde}/zaken?gemeente={zaak.gemeente}"
    listed = "".join(visitor.get(f"{address}&pagina={k}").text for k in range(1, 6))
    mine = table[(table["gemeente"] == zaak.gemeente) & (table["status"] != "niet_gekoppeld")]["huishouden_id"]
    assert set(re.findall(r">(H\d+)</a>", listed)) == set(mine)
    official = Visitor(krap.office).sign_in(Rol.GEMEENTE, "GM0014")
    assert official.get(f"/zaken/{zaak.id}").status_code == 404


def test_the_answers_are_the_file_that_a_next_run_reads_and_follows(krap: Round, tmp_path: Path) -> None:
    names = linked(krap)["huishouden_id"].tolist()
    places = dict(zip(linked(krap)["huishouden_id"], linked(krap)["gemeente"], strict=True))
    said = {
        names[0]: Antwoord("akkoord"),
        names[1]: Antwoord("bedenking", "geen_woning"),
        names[2]: Antwoord("bedenking", "anders", '=Formule; met "tekens"\nen een regel; \'s avonds'),
        names[3]: Antwoord("bedenking", "voorwaarde", "Als er een school is."),
        names[4]: Antwoord("bedenking", "gegevens", "-2 personen"),
    }
    respond(krap.office, krap.ronde, said)
    visitor = Visitor(krap.office).sign_in(Rol.COA)
    told = visitor.get(f"/ronden/{krap.ronde}/besluiten.csv")
    assert told.headers["content-disposition"].endswith('"besluiten.csv"')
    (out,) = rows(krap.office, "uitvoer")
    assert out.wie == visitor.id
    place = tmp_path / "besluiten.csv"
    place.write_bytes(told.content)
    table = read_csv(told.content)
    assert table.columns.tolist() == ["huishouden_id", "besluit", "gemeente", "reden"]
    assert dict(zip(table["huishouden_id"], table["besluit"], strict=True)) == {
        names[0]: "akkoord",
        names[1]: "bezwaar",
        names[2]: "bezwaar",
        names[3]: "ja mits",
        names[4]: "bezwaar",
    }
    again = tmp_path / "vervolg"
    words = ["run", "--from", str(krap.run), "--besluiten", str(place), "--out", str(again)]
    assert main(words) in (0, 4, 5)
    kept = read_csv((again / "besluiten.csv").read_bytes())
    new = kept[kept["nieuw"] == "ja"].set_index("huishouden_id")
    assert new["besluit"].to_dict() == {n: "akkoord" if n == names[0] else "bezwaar" for n in (*names[:3], names[4])}
    assert unescape(new.loc[names[2], "reden"]).split() == said[names[2]].toelichting.split()
    assert new.loc[names[1], "reden"] == "Geen passende woning"
    assert new.loc[names[4], "reden"] == "Gegevens kloppen niet: -2 personen"
    now = read_csv((again / "voorstel.csv").read_bytes()).set_index("huishouden_id")["gemeente"]
    assert now[names[0]] == places[names[0]]
    assert all(now[n] != places[n] for n in (names[1], names[2], names[4]))
    assert main(["verify", str(again)]) in (0, 4)

    office, clock = krap.office, krap.clock
    clock.move(days=1)
    visitor = visitor.sign_in(Rol.COA)
    second = take_in(office, again, Begin("Vervolg", DEADLINE, vorige=krap.ronde))
    page = visitor.get(f"/ronden/{second}/wijzigingen")
    assert page.status_code == 200
    changed = read_csv((again / "gewijzigd.csv").read_bytes())
    shown = re.findall(r'<th[^>]*scope="row"[^>]*>(H\d+)</th>', page.text)
    assert shown == changed["huishouden_id"].tolist()
    assert visitor.get(f"/ronden/{krap.ronde}/wijzigingen").status_code == 404
    with reading(office.engine) as session:
        answered = [z for z in cases(session, office.sealer, COA, second) if z.zaak.antwoord]
        assert session.get_one(Ronde, krap.ronde).staat == "vervangen"
    assert [z.inhoud.huishouden for z in answered if z.inhoud] == [names[0]]  # the bedenkingen are asked anew
    (taken,) = rows(office, "antwoord_overgenomen")
    assert taken.zaak_id == answered[0].zaak.id
    assert answered[0].zaak.beantwoord == NOW
    # an agreement that went along counts in the file of the new round, and may be taken back
    table = read_csv(visitor.get(f"/ronden/{second}/besluiten.csv").content)
    assert table["huishouden_id"].tolist() == [names[0]]
    respond(office, second, {names[0]: Antwoord("bedenking", "regel")})
    place.write_bytes(visitor.get(f"/ronden/{second}/besluiten.csv").content)
    third = tmp_path / "derde"
    assert main(["run", "--from", str(again), "--besluiten", str(place), "--out", str(third)]) in (0, 4, 5)
    now = read_csv((third / "voorstel.csv").read_bytes()).set_index("huishouden_id")["gemeente"]
    assert now[names[0]] != places[names[0]]


def test_an_agreement_goes_along_only_where_the_household_is_still_the_same(krap: Round, tmp_path: Path) -> None:
    names = linked(krap)["huishouden_id"].tolist()[:6]
    respond(krap.office, krap.ronde, {name: Antwoord("akkoord") for name in names})
    visitor = Visitor(krap.office).sign_in(Rol.COA)
    place = tmp_path / "besluiten.csv"
    place.write_bytes(visitor.get(f"/ronden/{krap.ronde}/besluiten.csv").content)
    other = tmp_path / "invoer"
    shutil.copytree(krap.run.parent / "invoer", other)
    table = read_csv((other / "huishoudens.csv").read_bytes())
    grown = table["huishouden_id"] == names[0]
    table.loc[grown, "aantal_personen"] = str(int(table.loc[grown, "aantal_personen"].iloc[0]) + 1)
    table.to_csv(other / "huishoudens.csv", sep=";", index=False, encoding="utf-8-sig")
    again = tmp_path / "vervolg"
    words = ["run", str(other), "--from", str(krap.run), "--besluiten", str(place), "--nieuwe-invoer"]
    assert main([*words, "--out", str(again)]) in (0, 4, 5)
    second = take_in(krap.office, again, Begin("Vervolg", DEADLINE, vorige=krap.ronde))
    with reading(krap.office.engine) as session:
        found = list(cases(session, krap.office.sealer, COA, second))
    answered = {z.inhoud.huishouden for z in found if z.inhoud and z.zaak.antwoord}
    assert answered == set(names[1:])


def test_a_bedenking_about_a_municipality_that_the_input_fixes_is_put_before_the_coa(
    tmp_path: Path, krap: Round
) -> None:
    table = krap.read("voorstel.csv")
    fixed = table[table["status"] == "vastgezet"]
    if fixed.empty:
        pytest.fail("the tight month fixes nobody")
    name = str(fixed["huishouden_id"].iloc[0])
    other = linked(krap)["huishouden_id"].iloc[0]
    respond(krap.office, krap.ronde, {name: Antwoord("bedenking", "regel"), other: Antwoord("akkoord")})
    visitor = Visitor(krap.office).sign_in(Rol.COA)
    assert "Hier moet u beslissen" in visitor.get(f"/ronden/{krap.ronde}").text
    place = tmp_path / "besluiten.csv"
    place.write_bytes(visitor.get(f"/ronden/{krap.ronde}/besluiten.csv").content)
    assert dict(read_csv(place.read_bytes())[["huishouden_id", "besluit"]].to_numpy().tolist())[name] == "ja mits"
    words = ["run", "--from", str(krap.run), "--besluiten", str(place), "--out", str(tmp_path / "vervolg")]
    assert main(words) in (0, 4, 5)
    told = visitor.post(f"/ronden/{krap.ronde}/afsluiten", {"zwijgen": "akkoord"})
    assert told.status_code == 303, told.text
    went = _next(visitor, krap.ronde, tmp_path / "volgende")
    assert name in went["meegenomen"]  # silence may be consent, a bedenking never is


def _next(visitor: Visitor, ronde: str, place: Path) -> dict[str, set[str]]:
    with zipfile.ZipFile(io.BytesIO(visitor.get(f"/ronden/{ronde}/volgende.zip").content)) as archive:
        archive.extractall(place)
    told = json.loads((place / "herkomst.json").read_text(encoding="utf-8"))
    return {key: {row["huishouden_id"] for row in told[key]} for key in ("gekoppeld", "meegenomen")}


@pytest.mark.parametrize("silence", ["mee", "akkoord"])
def test_a_month_is_ended_in_a_process_of_its_own_and_nobody_is_lost(krap: Round, tmp_path: Path, silence: str) -> None:
    names = linked(krap)["huishouden_id"].tolist()
    respond(
        krap.office,
        krap.ronde,
        {
            names[0]: Antwoord("akkoord"),
            names[1]: Antwoord("bedenking", "regel"),
            names[2]: Antwoord("bedenking", "voorwaarde", "Als het kan in mei."),
        },
    )
    visitor = Visitor(krap.office).sign_in(Rol.COA)
    assert visitor.get(f"/ronden/{krap.ronde}/volgende.zip").status_code == 404
    assert visitor.get(f"/ronden/{krap.ronde}/afsluiten").status_code == 200
    assert visitor.post(f"/ronden/{krap.ronde}/afsluiten", {}).status_code == 422
    told = visitor.post(f"/ronden/{krap.ronde}/afsluiten", {"zwijgen": silence})
    assert told.status_code == 303, told.text
    assert "volgende.zip" in visitor.get(f"/ronden/{krap.ronde}").text
    went = _next(visitor, krap.ronde, tmp_path / "volgende")
    table = krap.read("voorstel.csv")
    silent = set(table[table["status"] != "niet_gekoppeld"]["huishouden_id"]) - set(names[:3])
    assert went["gekoppeld"] == {names[0]} | (silent if silence == "akkoord" else set())
    assert went["gekoppeld"] | went["meegenomen"] == set(table["huishouden_id"])
    batch, problems = find_batch(tmp_path / "volgende")
    assert batch is not None
    assert not [d for d in problems if not d.warning]
    (ended,) = rows(krap.office, "ronde_gesloten")
    assert ended.wie == visitor.id
    assert visitor.post(f"/ronden/{krap.ronde}/afsluiten", {"zwijgen": silence}).status_code == 404
    with reading(krap.office.engine) as session:
        assert session.get_one(Ronde, krap.ronde).staat == "gesloten"


def test_an_answer_given_while_a_month_is_being_ended_is_not_left_out(
    small: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    from optimizer.review.rounds import close as module

    household, whole = linked(small)["huishouden_id"].iloc[0], module._ended
    ended: list[object] = []

    def interrupted(*arguments: object) -> object:
        found = whole(*arguments)  # type: ignore[arg-type]
        if not ended:
            respond(small.office, small.ronde, {household: Antwoord("akkoord")})
        ended.append(found)
        return found

    monkeypatch.setattr(module, "_ended", interrupted)
    told = module.close(small.office, small.ronde, "meenemen", "systeem")
    assert len(ended) == 2
    assert told.gekoppeld == 1


def test_what_municipalities_offer_is_read_by_a_run(krap: Round, tmp_path: Path) -> None:
    with writing(krap.office.engine) as session:
        user = session.scalars(select(Gebruiker)).first()
        assert user is not None
        for at, (gemeente, kind, number, accessible, day, gone) in enumerate(
            (
                ("GM0344", "grote_woning", 2, False, "2026-10-01", False),
                ("GM0344", "grote_woning", 3, True, "2026-10-20", False),
                ("GM0344", "gewone_woning", 5, False, "2026-10-01", False),
                ("GM0193", "gewone_woning", 4, True, "2026-10-01", False),
                ("GM0193", "toegankelijke_woning", 1, True, "2026-10-01", False),
                ("GM0193", "grote_woning", 7, False, "2026-10-01", True),
                ("GM0193", "grote_woning", 9, False, "2036-10-01", False),
            )
        ):
            session.add(
                Aanbod(
                    id=f"a{at}",
                    gemeente=gemeente,
                    soort=kind,
                    aantal=number,
                    toegankelijk=accessible,
                    vanaf=datetime.date.fromisoformat(day),
                    ingetrokken=gone,
                    door=user.id,
                    gewijzigd=NOW,
                )
            )
        session.add(Capaciteit(gemeente="GM0344", personen=40, door=user.id, gewijzigd=NOW))
        session.get_one(Ronde, krap.ronde).peildatum = datetime.date(2026, 10, 1)
    visitor = Visitor(krap.office).sign_in(Rol.COA)
    dwellings, room = (visitor.get(f"/ronden/{krap.ronde}/{name}.csv").content for name in ("woningen", "capaciteit"))
    assert read_csv(dwellings).to_numpy().tolist() == [
        ["GM0193", "toegankelijke_woning", "5"],
        ["GM0344", "grote_woning", "5"],
    ]
    folder = tmp_path / "invoer"
    shutil.copytree(krap.run.parent / "invoer", folder)
    (folder / "woningen.csv").write_bytes(dwellings)
    (folder / "capaciteit.csv").write_bytes(room)
    batch, problems = find_batch(folder)
    assert batch is not None
    assert not [d for d in problems if not d.warning]
    assert batch.woningen["aantal"].tolist() == [5, 5]
    assert batch.capaciteit["capaciteit"].tolist() == [40]


def test_the_files_of_a_round_are_written_by_the_command_too(krap: Round, tmp_path: Path) -> None:
    names = linked(krap)["huishouden_id"].tolist()
    respond(krap.office, krap.ronde, {names[0]: Antwoord("akkoord")})
    environment = to_environment(krap.office.settings)
    out = tmp_path / "uit"
    words = ["review", "export", krap.ronde, "--out", str(out), "--json"]
    told = subprocess.run(
        [sys.executable, "-m", "optimizer.cli", *words], env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["bestanden"] == ["besluiten.csv"]
    assert read_csv((out / "besluiten.csv").read_bytes())["huishouden_id"].tolist() == [names[0]]
    assert len(rows(krap.office, "uitvoer")) == 1


def test_an_empty_offer_gives_files_that_can_be_read(krap: Round, tmp_path: Path) -> None:
    visitor = Visitor(krap.office).sign_in(Rol.COA)
    folder = tmp_path / "invoer"
    shutil.copytree(krap.run.parent / "invoer", folder)
    for name in ("woningen", "capaciteit"):
        (folder / f"{name}.csv").write_bytes(visitor.get(f"/ronden/{krap.ronde}/{name}.csv").content)
    assert read_csv(visitor.get(f"/ronden/{krap.ronde}/besluiten.csv").content).empty
    batch, problems = find_batch(folder)
    assert batch is not None, problems


def test_an_office_opened_elsewhere_reads_the_same(tmp_path: Path) -> None:
    address = f"sqlite+pysqlite:///{tmp_path / 'x.sqlite3'}"
    assert from_environment(to_environment(settings(address))).secret == settings(address).secret
    for office in opened(address, Clock()):
        assert Visitor(office).sign_in(Rol.COA).get("/ronden").status_code == 200
