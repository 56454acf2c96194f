"""A number in a text is the one in force: every scenario that ships and odd ones, searched for numbers that stray."""

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from geodata.wording import Lang
from optimizer.cli import main
from optimizer.report.language import load
from tests.proefbatch import AMERSFOORT, AMSTERDAM, GRONINGEN, UTRECHT, ZWOLLE, baan, groep, grond, huishouden, schrijf

SCENARIOS = Path(__file__).parents[2] / "inputs" / "scenario"
#: Parts that must name other numbers: what the scenario departs from, and the tables of parameters and sources.
ELSEWHERE = ("afwijking", "aannames", "bronnen")
Capture = pytest.CaptureFixture[str]

ODD = {
    "radius_37": '[parameters]\n"gronden/straal_km" = 37\n',
    "hours_11": '[parameters]\n"werk/minimum_uren" = 11\n',
    "order_turned": '[parameters]\n"gronden/volgorde" = ["werk", "studie", "gezin", "medisch"]\n',
    "all_at_once": '[parameters]\n"gronden/straal_km" = 36.5\n"werk/minimum_uren" = 12\n'
    '"gronden/volgorde" = ["studie", "werk", "medisch", "gezin"]\n',
}
SHIPPED = {file.stem: file.read_text("utf-8") for file in sorted(SCENARIOS.glob("*.toml"))}
ALL = {**SHIPPED, **ODD}


def month(folder: Path) -> Path:
    """Six households: grounds that conflict, a lock far away, no room, few hours; everybody's text is there."""
    locked = {"vastgezet_gemeente": GRONINGEN, "vastgezet_reden": "wens"}
    return schrijf(
        groep(
            [
                huishouden("H1", opvang_gemeente=UTRECHT),
                huishouden("H2", opvang_gemeente=UTRECHT),
                huishouden("H3", opvang_gemeente=UTRECHT, **locked),
                huishouden("H4", opvang_gemeente=ZWOLLE),
                huishouden("H5", opvang_gemeente=ZWOLLE),
                huishouden("H6", opvang_gemeente=AMSTERDAM),
            ],
            {UTRECHT: 2, AMERSFOORT: 1, GRONINGEN: 2},
            werk=[
                baan("H1", UTRECHT),
                baan("H2", AMSTERDAM, uren_per_week=9.0),
                baan("H3", UTRECHT),
                baan("H4", ZWOLLE),
                baan("H6", AMSTERDAM, uren_per_week=4.0),
            ],
            gronden=[grond("H1", "gezin", GRONINGEN), grond("H5", "gezin", ZWOLLE)],
            capaciteit={UTRECHT: 2, AMERSFOORT: 1, GRONINGEN: 2},
        ),
        folder / "in",
    )


def told(folder: Path, scenario: str, lang: Lang, capsys: Capture) -> Iterator[tuple[str, str]]:
    """Run every command that speaks of the rules and yield what a person reads, by where it stands."""
    source, file, out = str(month(folder)), folder / "scenario.toml", folder / "uit"
    file.write_text(scenario, "utf-8")
    words = ["--scenario", str(file), "--lang", lang]
    few = ["--policies", "handmatig", "--draws", "2", "--voor", "gemeente", "--out", str(out / "run"), *words]
    assert main(["run", source, *few]) in {0, 4}
    yield "run", _said(capsys)
    yield from _files(out / "run")
    assert main(["verify", source, str(out / "run" / "voorstel.csv"), "--policy", "kansrijk", *words]) in {0, 4}
    yield "verify", _said(capsys)
    assert main(["geo", "map", str(out / "run"), "--out", str(folder / "kaart"), "--lang", lang]) == 0
    yield from _files(folder / "kaart")
    _said(capsys)
    assert main(["verify", source, "--huishouden", "H1", "--gemeente", ZWOLLE, *words]) in {0, 4, 6}
    yield "verify one", re.sub(r"(bron|source[^:]*): .*", "", _said(capsys))
    compared = ["--policies", "kansrijk,straal50,gemeente,handmatig", "--draws", "2", "--out", str(out / "compare")]
    assert main(["compare", source, *compared, *words]) in {0, 4}
    yield "compare", _said(capsys)
    yield from _files(out / "compare")


def _said(capsys: Capture) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for page in sorted(folder.rglob("*.html")):
        yield str(page), _visible(page.read_text("utf-8"))
    for book in sorted(folder.rglob("*.xlsx")):
        for sheet in openpyxl.load_workbook(book):
            if sheet.title != "beleid":
                cells = (c for row in sheet.iter_rows() for c in row)
                yield (
                    f"{book} {sheet.title}",
                    "\n".join(f"{c.value} {c.comment.text if c.comment else ''}" for c in cells),
                )
    for table in sorted(folder.rglob("*.csv")):
        if table.name in {"voorstel.csv", "niet_gekoppeld.csv", "uitzonderingen.csv"}:
            yield str(table), table.read_text("utf-8-sig")


def _visible(html: str) -> str:
    for part in ELSEWHERE:
        html = re.sub(rf'<section id="{part}".*?</section>', "", html, flags=re.DOTALL)
    html = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", html).replace("\u00a0", " ")


def _values(scenario: str) -> dict[str, str]:
    number = {"gronden/straal_km": "50", "werk/minimum_uren": "8"}
    for name in number:
        if found := re.search(rf'"{name}" = (?:{{ value = )?([\d.]+)', scenario):
            number[name] = found[1]
    return number


@pytest.mark.parametrize(
    ("name", "lang"), [*((name, "nl") for name in ALL), ("straal_40km", "en"), ("all_at_once", "en")]
)
def test_no_number_of_the_rules_that_ship_strays_into_a_run_with_others(
    tmp_path: Path, name: str, lang: Lang, capsys: Capture
) -> None:
    values = _values(ALL[name])
    stray = []
    if values["gronden/straal_km"] != "50":
        stray.append(r"\b50([,.]0)? ?km")
    if values["werk/minimum_uren"] != "8":
        stray.append(r"\b8([,.]0)? (uur|hours)")
    if "volgorde" in ALL[name]:
        stray.append(r"(medisch|medical)\W+(gezin|family)\W+(studie|study)")
    read = list(told(tmp_path, ALL[name], lang, capsys))
    found = [(where, m[0]) for where, text in read for pattern in stray for m in re.finditer(pattern, text)]
    assert found == []
    everything = "\n".join(text for _, text in read)
    radius = values["gronden/straal_km"].replace(".", "," if lang == "nl" else ".")
    assert f"{radius} km" in everything
    assert re.search(rf"\b{values['werk/minimum_uren']} (uur|hours)", everything)


def test_a_number_that_strays_would_be_found() -> None:
    page = '<p>binnen 50&nbsp;km</p><section id="aannames">50 km</section>'.replace("&nbsp;", "\u00a0")
    assert re.findall(r"\b50([,.]0)? ?km", _visible(page)) == [""]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_text_of_the_page_holds_a_distance_or_hours_or_an_order_itself(lang: Lang) -> None:
    texts = load(lang).texts
    fixed = re.compile(r"\d+ ?(km|uur|hours)\b|medisch, gezin|medical, family", re.IGNORECASE)
    # `naam.` says a code in other words, and the code itself names the number.
    assert [key for key, text in texts.items() if fixed.search(text) and not key.startswith("naam.")] == []


@pytest.mark.parametrize(
    ("lang", "order"), [("nl", "werk, studie, gezin, medisch"), ("en", "work, study, family, medical")]
)
def test_the_order_of_grounds_is_told_as_it_is_in_force(lang: Lang, order: str) -> None:
    rules = {
        "gronden/straal_km": 37.5,
        "werk/minimum_uren": 11,
        "gronden/volgorde": ["werk", "studie", "gezin", "medisch"],
    }
    t = load(lang).under({name: {"value": value} for name, value in rules.items()})
    assert order in t("uitzondering_uitleg.gronden_onverenigbaar")
    assert t("oorzaak.geen_plaats_binnen_50km") in {"Geen plaats binnen 37,5 km", "No room within 37.5 km"}
    assert "11" in t("methode.stap_2")
