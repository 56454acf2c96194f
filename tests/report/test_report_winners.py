"""Who gains and who loses on the page of a comparison: shares, hidden groups, protected groups apart."""

import re

import pandas as pd
import pytest

from optimizer.domain.maten import MATEN
from optimizer.domain.uitvoer import EERLIJKHEID, WINNAARS, OutputTable
from optimizer.report.winner_parts import HALF_PX, winner_parts
from tests.report import report_builder as build
from tests.report.test_report_page import Page, compared


def row(kenmerk: str, groep: str, maat: str, *counts: float, beleid: str = "kansrijk") -> dict[str, object]:
    """One row; without counts the group is hidden."""
    names = ("volwassenen", "onbeslist", "winnaars", "gelijk", "verliezers", "verschil", "laag", "hoog")
    told = {"beleid": beleid, "basislijn": "handmatig", "kenmerk": kenmerk, "groep": groep, "maat": maat}
    return {**told, "onderdrukt": "nee" if counts else "ja", **dict(zip(names, counts, strict=False))}


def tables() -> dict[OutputTable, pd.DataFrame]:
    everybody = [
        row("alle", "alle", maat, 60, 10, 20, 25, 5, 0.25, -0.5, 1.0, beleid=beleid)
        for beleid in ("koppelregio", "kansrijk")
        for maat in MATEN
    ]
    groups = [
        row("opleiding", "laag", "kans_werk", 40, 8, 16, 8, 8, 0.0123, 0.001, 0.0236),
        row("opleiding", "onbekend", "kans_werk"),
        row("opvang_gemeente", "GM0344", "kans_werk", 30, 0, 3, 20, 7, -0.02, -0.04, 0.0),
        row("opvang_gemeente", "GM0193", "kans_werk"),
    ]
    fair = [row("sekse", "v", "kans_werk", 30, 5, 5, 10, 10, -0.004, -0.01, 0.002)]
    columns = WINNAARS.names
    return {
        WINNAARS: pd.DataFrame([*everybody, *groups]).reindex(columns=columns),
        EERLIJKHEID: pd.DataFrame(fair).reindex(columns=columns),
    }


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_shares_are_of_those_who_can_be_compared_and_bars_are_as_long(lang: str) -> None:
    parts = winner_parts(build.language(lang), tables())  # type: ignore[arg-type]
    low = next(g for g in parts["gain_groups"] if not g.hidden)
    assert [share.replace("\u202f", " ").replace("\u00a0", " ") for share in (low.gains, low.same, low.loses)] == [
        "50 %",
        "25 %",
        "25 %",
    ]
    assert (low.gain_px, low.lose_px) == (HALF_PX / 2, HALF_PX / 4)
    assert [g.groep for g in parts["gain_places"]] == ["Utrecht"]
    assert parts["gain_places_hidden"] == "1"


def test_the_page_shows_groups_and_says_of_a_hidden_one_only_that() -> None:
    html = compared(build.batch(200), further=tables())
    section = re.search(r'<section id="winnaars".*?</section>', html, re.DOTALL)
    assert section is not None
    text = " ".join(Page(section[0]).text.split())
    assert "Opleiding: laag" in text
    assert "te klein om te tonen" in text
    assert "Naar gemeente van de opvang" in text
    assert "Zwolle" not in text
    assert "pas gelezen toen elk antwoord vaststond" in text
    assert section[0].count("<caption") == section[0].count("<table") == 4


def test_without_protected_groups_or_without_the_table_the_page_leaves_them_out() -> None:
    bare = {WINNAARS: tables()[WINNAARS]}
    assert "tabel-eerlijkheid" not in compared(build.batch(200), further=bare)
    assert 'id="winnaars"' not in compared(build.batch(200))
