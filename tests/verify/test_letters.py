"""Letters before the judge: what was written is right, and nothing that is changed in it passes."""
# ruff: noqa: ARG001, S311  (every falsifier takes the same; dice need no secret)

import json
import random
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from geodata.gemeenten import load_gemeenten
from optimizer.cli import main
from optimizer.errors import VoorstelAfgekeurd
from optimizer.explain.told import brieven as writer
from optimizer.pipeline.again import reopen
from optimizer.pipeline.brieven import Vraag, write_letters
from optimizer.pipeline.orders import Listener
from optimizer.report.letters import letter_style
from optimizer.verify.adults import Adults
from optimizer.verify.letters import Letters, judge_letters, open_letters
from optimizer.verify.letters.due import Opened
from optimizer.verify.letters.page import read_page

#: How often a letter is falsified in each language.
FALSIFIED = 500


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month with jobs, grounds and households that wait."""
    folder = tmp_path_factory.mktemp("maand")
    batch = folder / "batch"
    assert main(["generate", str(batch), "--huishoudens", "20", "--seed", "7", "--einde-halfjaar"]) == 0
    rows = (batch / "huishoudens.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 21
    assert main(["run", str(batch), "--out", str(folder / "run")]) in {0, 4}
    return folder / "run"


def written(run: Path, lang: str) -> tuple[Letters, Opened, dict[str, object]]:
    """Write the letters of a run, read them back and open the run for the judge."""
    out = run.with_name(f"brieven-{lang}")
    if not out.exists():
        write_letters(Vraag(run, out, "en" if lang == "en" else "nl", contact="088 123 45 67", pdf=False), Listener())
    told = json.loads((out / "brieven.json").read_text())
    pages: dict[str, str | None] = {p.relative_to(out).as_posix(): p.read_text() for p in out.rglob("*.html")}
    reopened = reopen(run)
    in_force, beleid = reopened.in_force, reopened.in_force.beleid
    opened = open_letters(
        reopened.run,
        reopened.as_read,
        told,
        parameters=in_force.parameters,
        eisen=beleid.eisen(in_force.parameters),
        niveaus=beleid.niveaus,
        methode=beleid.methode,
        chances=in_force.kansen,
        adults=Adults(in_force.kansen.adults.profile, in_force.kansen.adults.table),
    )
    return Letters(told, pages, (), letter_style(), {}), opened, dict(reopened.run.receipt)


@cache
def names() -> list[str]:
    return [str(name) for name in load_gemeenten().naam]


def texts(page: str) -> list[re.Match[str]]:
    """Every text of a page in an element that speaks."""
    return list(re.finditer(r"<(title|h1|h2|p|caption|th|td)\b[^>]*>([^<]+)</\1>", page))


def put(page: str, match: re.Match[str], text: str) -> str:
    return page[: match.start(2)] + text + page[match.end(2) :]


def a_number(page: str, other: str, dice: random.Random) -> str:
    spot = dice.choice([m for m in texts(page) if re.search(r"\d", m[2])])
    digit = dice.choice(list(re.finditer(r"\d", spot[2])))
    new = str((int(digit[0]) + dice.randint(1, 9)) % 10)
    return put(page, spot, spot[2][: digit.start()] + new + spot[2][digit.end() :])


def a_name(page: str, other: str, dice: random.Random) -> str:
    there = [(m, n) for m in texts(page) for n in names() if re.search(rf"\b{re.escape(n)}\b", m[2])]
    spot, name = dice.choice(there)
    return put(page, spot, spot[2].replace(name, dice.choice([n for n in names() if n != name]), 1))


def a_date(page: str, other: str, dice: random.Random) -> str:
    months = r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    english = r"January|February|March|April|May|June|July|August|September|October|November|December"
    spot = dice.choice([m for m in texts(page) if re.search(rf"\d ({months}|{english}) \d", m[2])])
    now = re.search(f"{months}|{english}", spot[2])
    assert now
    new = dice.choice([m for m in (months if now[0].islower() else english).split("|") if m != now[0]])
    return put(page, spot, spot[2].replace(now[0], new))


def a_dropped_text(page: str, other: str, dice: random.Random) -> str:
    spot = dice.choice(texts(page))
    return page[: spot.start()] + page[spot.end() :]


def a_dropped_rule(page: str, other: str, dice: random.Random) -> str:
    parts = re.split(r"(?=<h2>)", page)
    gone = dice.randrange(1, len(parts) - 1)
    return "".join(part for i, part in enumerate(parts) if i != gone)


def a_sentence_of_another(page: str, other: str, dice: random.Random) -> str:
    mine = {m[2] for m in texts(page)}
    theirs = [m[2] for m in texts(other) if m[2] not in mine]
    return put(page, dice.choice(texts(page)), dice.choice(theirs))


def a_sentence_more(page: str, other: str, dice: random.Random) -> str:
    spot = dice.choice([m for m in texts(page) if m[1] == "p"])
    return page[: spot.end()] + f"\n<p>{dice.choice([m[2] for m in texts(other)])}</p>" + page[spot.end() :]


def two_texts_swapped(page: str, other: str, dice: random.Random) -> str:
    one, two = sorted(dice.sample(texts(page), 2), key=lambda m: m.start())
    if (one[1], one[2]) == (two[1], two[2]) or one[2] == two[2]:
        return a_number(page, other, dice)
    return page[: one.start(2)] + two[2] + page[one.end(2) : two.start(2)] + one[2] + page[two.end(2) :]


def another_ground(page: str, other: str, dice: random.Random) -> str:
    kinds = ("werk", "gezin", "studie", "medische reden", "work", "family", "study", "medical reason")
    there = [m for m in texts(page) if m[1] == "th" and m[2] in kinds]
    if not there:
        return a_name(page, other, dice)
    spot = dice.choice(there)
    return put(page, spot, dice.choice([k for k in kinds if k != spot[2]]))


def yes_for_no(page: str, other: str, dice: random.Random) -> str:
    turned = {"ja": "nee", "nee": "ja", "yes": "no", "no": "yes"}
    there = [m for m in texts(page) if m[2] in turned]
    return put(page, spot := dice.choice(there), turned[spot[2]]) if there else a_date(page, other, dice)


def the_letter_of_another(page: str, other: str, dice: random.Random) -> str:
    return other


def something_hidden(page: str, other: str, dice: random.Random) -> str:
    return dice.choice(
        [
            page.replace("<p>", '<p style="display:none">', 1),
            page.replace("<p>", "<p hidden>", 1),
            page.replace("</main>", "<!-- H0001 --></main>"),
            page.replace("</main>", "<script>document.title='x'</script></main>"),
            page.replace("</style>", "p::after{content:'niet'}</style>"),
            page.replace("</main>", '<img src="http://example.org/x.png"></main>'),
            page.replace("</main>", "H0001</main>"),
            page.replace("<body>", '<body><div aria-label="H0001"></div>'),
            page.replace("<title>", '<meta http-equiv="refresh" content="0"><title>'),
        ]
    )


FALSIFIERS = (
    a_number,
    a_name,
    a_date,
    a_dropped_text,
    a_dropped_rule,
    a_sentence_of_another,
    a_sentence_more,
    two_texts_swapped,
    another_ground,
    yes_for_no,
    the_letter_of_another,
    something_hidden,
)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_thousand_falsified_letters_are_all_found(run: Path, lang: str) -> None:
    letters, opened, receipt = written(run, lang)
    assert judge_letters(letters, opened, receipt) == []
    dice, places = random.Random(11 if lang == "nl" else 12), sorted(letters.pages)
    tried = dict.fromkeys((f.__name__ for f in FALSIFIERS), 0)
    for n in range(FALSIFIED):
        falsify, place = FALSIFIERS[n % len(FALSIFIERS)], dice.choice(places)
        page, other = letters.pages[place], letters.pages[dice.choice([p for p in places if p != place])]
        assert page is not None
        assert other is not None
        if other == page:
            continue
        false = falsify(page, other, dice)
        assert false != page, falsify.__name__
        found = judge_letters(replace(letters, pages={**letters.pages, place: false}), opened, receipt)
        if other == false and read_page(other).blocks == read_page(page).blocks:
            continue  # two employers may get the same words
        assert {b.bestand for b in found} == {place}, (falsify.__name__, place)
        tried[falsify.__name__] += 1
    assert min(tried.values()) > FALSIFIED // 20


def test_a_letter_that_is_gone_or_too_many_is_found(run: Path) -> None:
    letters, opened, receipt = written(run, "nl")
    first, second = sorted(letters.pages)[:2]
    without = replace(letters, pages={name: page for name, page in letters.pages.items() if name != first})
    assert [b.code for b in judge_letters(without, opened, receipt)] == ["brief_weg"]
    more = replace(letters, pages={**letters.pages, "huishoudens/x.html": letters.pages[first]}, others=["los.txt"])
    assert [b.code for b in judge_letters(more, opened, receipt)] == ["brief_vreemd"] * 2
    swapped = {**letters.pages, first: letters.pages[second], second: letters.pages[first]}
    assert {b.bestand for b in judge_letters(replace(letters, pages=swapped), opened, receipt)} == {first, second}
    other_run = replace(letters, told={**letters.told, "antwoord": "0" * 64})
    assert [b.code for b in judge_letters(other_run, opened, receipt)] == ["brieven_van_andere_run"]
    unreadable = replace(letters, pages={**letters.pages, first: None})
    assert [b.code for b in judge_letters(unreadable, opened, receipt)] == ["brief_weg"]
    other_pdf = replace(letters, pdfs={first: False, second: None})
    assert [b.code for b in judge_letters(other_pdf, opened, receipt)] == ["brief_pdf_anders"]


def test_a_list_that_says_nonsense_is_no_accident(run: Path) -> None:
    letters, opened, receipt = written(run, "nl")
    for told in ({}, {**letters.told, "brieven": 3}, {**letters.told, "brieven": [3, {"soort": "huishouden"}]}):
        assert judge_letters(replace(letters, told=told), opened, receipt)


def test_a_writer_that_errs_is_found_before_anything_is_written(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = writer._measure
    monkeypatch.setattr(writer, "_measure", lambda wie: replace(right(wie), zinnen=right(wie).zinnen[:1]))
    with pytest.raises(VoorstelAfgekeurd, match="Weten wij de plaats"):
        write_letters(Vraag(run, tmp_path / "b", pdf=False), Listener())
    assert not (tmp_path / "b").exists()


def test_a_letter_names_no_other_household_and_a_letter_to_an_employer_nobody(run: Path) -> None:
    letters, opened, _ = written(run, "nl")
    case = opened.case
    homes = {str(h) for h in case.households.ids}
    people = dict(zip(case.batch.personen["persoon_id"], case.batch.personen["huishouden_id"], strict=True))
    for row in letters.told["brieven"]:
        page = letters.pages[row["bestand"]] or ""
        mine = {row["kenmerk"]} if row["soort"] == "huishouden" else set()
        body = page.partition("<body>")[2]
        assert set(re.findall(r"\bH\d{4}\b", body)) <= mine & homes
        assert {people[p] for p in re.findall(r"\bP\d{4}\b", body)} <= mine
        if row["soort"] == "werkgever":
            assert not re.search(r"gezin|medisch|studie|personen|vergunning|\bB\d{4}\b", body)


def test_every_number_of_a_letter_is_its_own_or_public(run: Path) -> None:
    """No count of the group, such as how many others there are, stands in a letter."""
    letters, opened, _ = written(run, "nl")
    group = len(opened.case.households)
    for name, page in letters.pages.items():
        said = " ".join(text for tag, text in read_page(page or "").blocks if tag == "p")
        assert f" {group} huishoudens" not in said, name
        assert "van de" not in said or not re.search(r"\d+ van de \d+", said), name
