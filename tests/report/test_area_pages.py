"""A page for each province and municipality: the numbers of the tables, nothing private, and readable anywhere."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from geodata.gemeenten import load_gemeenten
from geodata.wording import Lang
from optimizer.domain.batch import Batch
from optimizer.domain.voorstel import Voorstel
from optimizer.report.area_map import LETTER, LINE, area_map
from optimizer.report.area_page import municipality_pages, province_pages
from optimizer.report.area_parts import area_parts, proposed_to, provinces
from optimizer.report.language import load as load_language
from optimizer.report.receipt import Receipt, run_receipt
from tests.report import report_builder as build
from tests.report.test_report_page import Page

LANGS: tuple[Lang, ...] = ("nl", "en")
G = load_gemeenten()


@pytest.fixture(scope="module")
def batch() -> Batch:
    return build.batch(200)


@pytest.fixture(scope="module")
def voorstel(batch: Batch) -> Voorstel:
    return build.voorstel(batch)


@pytest.fixture(scope="module")
def receipt(batch: Batch, voorstel: Voorstel) -> Receipt:
    return run_receipt(voorstel, batch, build.parameters(), command=["koppelwijzer", "run"], policy={}, answer=b"")


@pytest.fixture(scope="module")
def pages(batch: Batch, voorstel: Voorstel, receipt: Receipt) -> Mapping[tuple[Lang, str], str]:
    made: dict[tuple[Lang, str], str] = {}
    for lang in LANGS:
        of_provinces = province_pages(voorstel, batch, receipt, lang, linked=True)
        for name, content in (*of_provinces, *municipality_pages(voorstel, batch, receipt, lang)):
            made[lang, name] = content.decode()
    return made


def rows_of(page: str, table: str) -> list[list[str]]:
    """The cells of the rows of one table, header first; its second half, when there is one, has the same header."""
    (body,) = re.findall(rf'<caption id="{table}">.*?</table>', page, re.DOTALL)
    made = [cells_of(row) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
    for more in re.findall(rf'<caption id="{table}-vervolg">.*?</table>', page, re.DOTALL):
        header, *rows = [cells_of(row) for row in re.findall(r"<tr>(.*?)</tr>", more, re.DOTALL)]
        assert header == made[0]
        made += rows
    return made


def cells_of(row: str) -> list[str]:
    return [re.sub(r"<[^>]+>", " ", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]


def number(cell: str) -> int:
    return int(cell.split()[0].replace(".", "").replace(",", "").replace("\u2212", "-"))


def test_there_is_a_page_for_every_province_and_for_every_municipality_with_a_proposal(
    pages: Mapping[tuple[Lang, str], str], voorstel: Voorstel
) -> None:
    named = {name for lang, name in pages if lang == "nl"}
    codes = {f"{code}.html" for code in voorstel.voorstel["gemeente"] if code}
    assert named - codes == {f"{p}.html" for p in set(G.provincie.tolist()) - {"Fryslân"}} | {"Fryslan.html"}
    assert codes <= named


def test_a_province_without_a_municipality_in_the_table_has_no_page(voorstel: Voorstel) -> None:
    few = pd.DataFrame({**voorstel.taakstelling}).iloc[[0]]
    (only,) = provinces(replace(voorstel, taakstelling=few), date(2026, 10, 1))
    assert only.name == G.provincie[G.index[few["gemeente"].iloc[0]]]


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_works_offline_and_is_whole(lang: Lang, pages: Mapping[tuple[Lang, str], str]) -> None:
    for (of, name), html in pages.items():
        if of != lang:
            continue
        page = Page(html)
        assert f'<html lang="{lang}">' in html
        assert "<script" not in html
        assert "http" not in html, name
        assert [page.count(tag) for tag in ("h1", "main")] == [1, 1]
        ids = page.attributes("id")
        assert len(ids) == len(set(ids)), name
        for labelled in page.attributes("aria-labelledby"):
            assert set(labelled.split()) <= set(ids)
        assert not re.search(r"\{\w+\}|nan|None|Undefined", page.text), name
        assert len(html) < 150_000


def test_dutch_pages_hold_no_english_and_the_other_way_round(pages: Mapping[tuple[Lang, str], str]) -> None:
    english, dutch = (
        Page(re.sub(r"<style>.*?</style>", "", pages[lang, "Utrecht.html"], flags=re.DOTALL)).text
        for lang in ("en", "nl")
    )
    assert not re.search(r"\b(personen|huishoudens?|gemeenten?|weken|voorstel)\b", english.replace("voorstel.csv", ""))
    assert not re.search(r"\b(persons|households?|municipalit\w+|weeks|proposal)\b", dutch)


@pytest.mark.parametrize("name", ["Utrecht", "Gelderland", "Zeeland"])
def test_a_province_says_what_the_tables_of_its_municipalities_say(
    name: str, pages: Mapping[tuple[Lang, str], str], voorstel: Voorstel
) -> None:
    page = pages["nl", f"{name}.html"]
    task = voorstel.taakstelling
    mine = task[[G.provincie[G.index[c]] == name for c in task["gemeente"]]]
    cards = re.findall(r"<li><b>([^<]*)</b>", page)
    assert [number(c) for c in cards[:3]] == [int(mine[c].sum()) for c in ("opgave", "voorgesteld", "rest")]
    rows = {row[0]: [number(c) for c in row[1:]] for row in rows_of(page, "tabel-gemeenten")[1:]}
    ahead = voorstel.prognose[voorstel.prognose["dag"] == "2027-01-01"].drop_duplicates("omschrijving")
    left = dict(zip(ahead["omschrijving"], ahead["nog_te_doen"].tolist(), strict=True))
    for row in mine.to_dict("records"):
        if row["opgave"] or row["voorgesteld"]:
            shown = rows[row["gemeente_naam"].replace("'", "&#39;")]
            assert shown == [row["opgave"], row["voorgesteld"], row["rest"], left[row["gemeente_naam"]]]
    assert rows["Samen"][:3] == [int(mine[c].sum()) for c in ("opgave", "voorgesteld", "rest")]
    assert rows["Samen"][3] == number(cards[3])
    forecast = voorstel.prognose[(voorstel.prognose["soort"] == "provincie") & (voorstel.prognose["gebied"] == name)]
    expected = [[number(c) for c in row[1:4]] for row in rows_of(page, "tabel-prognose")[1:]]
    assert expected == forecast[["uit_voorstel", "verwacht", "nog_te_doen"]].to_numpy().tolist()


def test_a_long_table_stands_in_two_halves_that_each_have_their_header(
    pages: Mapping[tuple[Lang, str], str],
) -> None:
    halved = 0
    for (lang, name), page in pages.items():
        for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
            assert "<thead><tr><th" in table, name
            assert len(re.findall("<caption", table)) == 1
        styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
        wraps = [rule.split("{")[0] for rule in styles.split("}") if re.search(r"[{;]\s*columns:\s*[2-9]", rule)]
        assert all("nav" in selector for selector in wraps), "a browser does not repeat the header in a CSS column"
        for first in re.findall(r'<caption id="(tabel-\w+)-vervolg">', page):
            halved += 1
            left, right = (
                len(re.findall("<tr>", half.split("<tfoot>")[0]))
                for half in re.findall(rf'<caption id="{first}(?:-vervolg)?">.*?</table>', page, re.DOTALL)
            )
            assert 0 <= left - right <= 1, (lang, name)
    assert halved > 0


def test_a_municipality_lists_each_of_its_households_once_the_most_urgent_first(
    pages: Mapping[tuple[Lang, str], str], voorstel: Voorstel
) -> None:
    listed = 0
    order = {h: i for i, h in enumerate(voorstel.werklijst["huishouden_id"])}
    for area in proposed_to(voorstel):
        page = pages["nl", area.file]
        mine = voorstel.voorstel[voorstel.voorstel["gemeente"] == area.key]
        shown = [row[0].split()[0] for row in rows_of(page, "tabel-werklijst")[1:]]
        assert sorted(shown) == sorted(mine["huishouden_id"])
        assert shown == sorted(shown, key=order.__getitem__)
        sizes = rows_of(page, "tabel-woningen")
        assert [number(c) for c in sizes[-1][1:]] == [len(mine), int(mine["aantal_personen"].sum())]
        jobs = voorstel.banen[voorstel.banen["huishouden_id"].isin(mine["huishouden_id"])]
        if len(jobs):
            places = rows_of(page, "tabel-werkplekken")[1:]
            assert sum(number(row[1]) for row in places) == len(jobs)
            assert sum(number(row[3]) for row in places) == int((jobs["binnen_50km"] == "ja").sum())
        else:
            assert "geen baan bekend" in page
        listed += len(shown)
    assert listed == int((voorstel.voorstel["gemeente"] != "").sum())


def test_no_page_tells_a_private_ground_a_reason_a_chance_or_an_alternative(
    pages: Mapping[tuple[Lang, str], str], voorstel: Voorstel
) -> None:
    private = set(voorstel.voorstel.loc[voorstel.voorstel["grond"].str.contains("medisch|gezin"), "huishouden_id"])
    assert private
    seen = 0
    for (lang, name), html in pages.items():
        text = Page(html).text
        assert not re.search(r"medisch|medical|gezin|family ground|kans op werk|chance of work", text, re.IGNORECASE)
        for reason in voorstel.voorstel["reden"].unique():
            assert str(reason) not in text, name
        seen += text.count("persoonlijk" if lang == "nl" else "personal")
    assert seen >= 2 * len(private & set(voorstel.voorstel.loc[voorstel.voorstel["gemeente"] != "", "huishouden_id"]))


def test_a_page_of_a_municipality_names_no_household_of_another(
    pages: Mapping[tuple[Lang, str], str], voorstel: Voorstel
) -> None:
    everybody = voorstel.voorstel.set_index("huishouden_id")["gemeente"]
    for area in proposed_to(voorstel)[:25]:
        words = set(re.findall(r"\w+", Page(pages["nl", area.file]).text))
        assert {h for h in words & set(everybody.index) if everybody[h] != area.key} == set()


def test_names_on_a_map_stay_inside_it_and_apart() -> None:
    day, none = date(2026, 10, 1), pd.DataFrame({"werk_gemeente": []})
    task = pd.DataFrame({"gemeente": G.code.astype(object), "voorgesteld": 1, "opgave": 2})
    for province in sorted(set(G.provincie.tolist())):
        drawn = area_map(np.flatnonzero(G.provincie == province).tolist(), task, none, day)
        left, top, wide, high = drawn.box
        boxes = []
        for n in drawn.names:
            half = LETTER * drawn.size * len(n.text) / 2
            assert left < n.x < left + wide
            assert top < n.y < top + high
            boxes.append((n.x - half, n.y - LINE * drawn.size, n.x + half, n.y))
        for i, one in enumerate(boxes):
            for other in boxes[:i]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (province, drawn.names)
        assert any(n.kind == "provincie" for n in drawn.names)


def test_a_dot_stands_for_every_place_of_work_on_the_map() -> None:
    jobs = pd.DataFrame({"werk_gemeente": ["GM0344", "GM0344", "GM0307", "GM0935"]})
    task = pd.DataFrame({"gemeente": ["GM0344"], "voorgesteld": [3], "opgave": [10]})
    drawn = area_map([G.index["GM0344"]], task, jobs, date(2026, 10, 1))
    assert [d.title for d in drawn.dots] == ["Utrecht: 2", "Amersfoort: 1"]  # Maastricht lies far off
    assert drawn.dots[0].radius > drawn.dots[1].radius
    assert [s.fill for s in drawn.shapes] == [2]


def test_where_no_taakstelling_holds_the_page_says_so(batch: Batch, voorstel: Voorstel, receipt: Receipt) -> None:
    without = replace(voorstel, prognose=voorstel.prognose.iloc[:0])
    regime = {**receipt["parameters"]["taakstelling/regime"], "value": "capaciteit"}
    told = {**receipt, "parameters": {**receipt["parameters"], "taakstelling/regime": regime}}
    html = next(iter(province_pages(without, batch, told, "nl", linked=False)))[1].decode()
    assert "Er geldt geen taakstelling" in html
    assert len(re.findall(r"<li><b>", html)) == 3
    assert "../gemeenten/" not in html


def test_arrears_and_family_to_come_are_those_of_the_input(voorstel: Voorstel, batch: Batch, receipt: Receipt) -> None:
    task = batch.taakstelling.assign(achterstand=3)
    h = batch.huishoudens.assign(nareis_verwacht=2.0)
    given = batch.replace(taakstelling=task, huishoudens=h)
    area = proposed_to(voorstel)[0]
    parts = area_parts(load_language("nl").under(receipt["parameters"]), area, voorstel, given, receipt)
    assert parts["arrears"] == 3
    assert parts["coming"] == 2 * int((voorstel.voorstel["gemeente"] == area.key).sum())


def test_where_nobody_knows_who_has_a_home_already_the_page_gives_both_numbers(
    batch: Batch, voorstel: Voorstel, receipt: Receipt
) -> None:
    wide = voorstel.prognose.assign(nog_te_doen_minst=voorstel.prognose["nog_te_doen"] // 2)
    pages = province_pages(replace(voorstel, prognose=wide), batch, receipt, "nl", linked=False)
    html = next(content.decode() for name, content in pages if name == "Utrecht.html")
    of = wide[(wide["soort"] == "provincie") & (wide["gebied"] == "Utrecht")].iloc[0]
    low, high = (load_language("nl").number(int(of[c])) for c in ("nog_te_doen_minst", "nog_te_doen"))
    assert f"<b>{low} tot {high}</b>" in html
    assert rows_of(html, "tabel-prognose")[1][3] == f"{low} tot {high}"


def test_a_municipality_that_is_full_and_must_still_house_people_stands_in_the_table_of_its_province(
    batch: Batch, voorstel: Voorstel, receipt: Receipt
) -> None:
    full = voorstel.taakstelling.assign(opgave=0, voorgesteld=0, rest=0)
    pages = province_pages(replace(voorstel, taakstelling=full), batch, receipt, "nl", linked=False)
    html = next(content.decode() for name, content in pages if name == "Utrecht.html")
    rows = rows_of(html, "tabel-gemeenten")
    ahead = voorstel.prognose[(voorstel.prognose["dag"] == "2027-01-01") & (voorstel.prognose["soort"] == "gemeente")]
    mine = ahead[[G.provincie[G.index[c]] == "Utrecht" for c in ahead["gebied"]]]
    assert len(rows) - 2 == int((mine["nog_te_doen"] > 0).sum()) > 0
    assert number(rows[-1][4]) == int(mine["nog_te_doen"].sum())
