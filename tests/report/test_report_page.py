"""The page tells the run in words and numbers, works offline, and keeps private grounds private."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest

from geodata.distance import MEASURES
from geodata.wording import Lang
from optimizer.domain.batch import Batch
from optimizer.domain.besluiten import BESLUITSOORTEN
from optimizer.domain.levels import LEVELS
from optimizer.domain.uitvoer import (
    ATTRIBUTIESTAPPEN,
    OORZAKEN,
    OVEREENKOMSTGROEPEN,
    OVEREENKOMSTMATEN,
    UITKOMSTEN,
    UITZONDERINGEN,
    VERANDERREDENEN,
    VERLIESOORZAKEN,
    WERK,
    OutputTable,
)
from optimizer.domain.voorstel import Voorstel
from optimizer.measure.sensitivity import variants
from optimizer.report.language import load
from optimizer.report.page import render_comparison, render_run
from optimizer.report.privacy import is_private
from optimizer.report.receipt import comparison_receipt, run_receipt
from optimizer.rules.parameters import LAYERS
from tests.report import report_builder as build


class Page(HTMLParser):
    """What a machine sees of a page: tags with attributes, and text by table row."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append("")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.rows:
            self.rows[-1] += data.strip() + "|"

    def attributes(self, name: str) -> list[str]:
        return [a[name] or "" for _, a in self.tags if name in a]

    def count(self, tag: str) -> int:
        return sum(t == tag for t, _ in self.tags)


def rendered(b: Batch, v: Voorstel, comparison: pd.DataFrame | None = None, lang: Lang = "nl", **changes: Any) -> str:
    told = run_receipt(v, b, build.parameters(), command=["koppelwijzer", "run", "in put"], policy={}, answer=b"")
    return render_run(v, b, {**told, **changes}, comparison, lang)


def compared(b: Batch, lang: Lang = "nl", further: Mapping[OutputTable, pd.DataFrame] | None = None) -> str:
    told = comparison_receipt(
        b,
        build.parameters(),
        command=["koppelwijzer", "compare"],
        seed=0,
        policies={},
        bekend=1.0,
        baseline="handmatig",
        draws=200,
        reproducible=True,
        answer=b"",
    )
    return render_comparison(b, told, build.comparison(), lang, further=further)


@pytest.fixture(scope="module")
def batch() -> Batch:
    return build.batch(200)


@pytest.fixture(scope="module")
def voorstel(batch: Batch) -> Voorstel:
    return build.voorstel(batch)


@pytest.fixture(scope="module", params=["nl", "en", "vergelijking", "comparison"])
def html(request: pytest.FixtureRequest, batch: Batch, voorstel: Voorstel) -> str:
    if request.param in get_args(Lang):
        return rendered(batch, voorstel, build.comparison(), request.param)
    return compared(batch, "nl" if request.param == "vergelijking" else "en")


def test_it_loads_nothing_from_anywhere(html: str) -> None:
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _ in page.tags}
    assert page.attributes("src") == []
    assert "@import" not in html
    assert set(re.findall(r"url\(([^)]*)\)", html)) <= {"#over", "#zonder", "#punt", "#onbeslist"}
    links = [(tag, a["href"] or "") for tag, a in page.tags if "href" in a]
    assert all(tag == "a" and re.match(r"#|https?://", href) for tag, href in links)


def test_every_link_inside_the_page_arrives_and_no_id_stands_twice(html: str) -> None:
    page = Page(html)
    ids = Counter(page.attributes("id"))
    assert [i for i, n in ids.items() if n > 1] == []
    wanted = {h[1:] for h in page.attributes("href") if h.startswith("#")}
    wanted |= {i for label in page.attributes("aria-labelledby") for i in label.split()}
    assert wanted <= set(ids)


def test_it_can_be_read_without_eyes(html: str) -> None:
    page = Page(html)
    assert page.count("h1") == page.count("main") == page.count("nav") == page.count("header") == page.count("footer")
    assert page.count("caption") == page.count("table")
    drawings = [a for tag, a in page.tags if tag == "svg" and a.get("aria-hidden") != "true"]
    assert all(a["role"] == "img" and a["aria-labelledby"] for a in drawings)
    assert page.count("desc") == len(drawings)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(a.get("scope") in ("col", "row") for tag, a in page.tags if tag == "th")


def test_no_number_is_missing_and_no_text_unfinished(html: str) -> None:
    text = Page(html).text
    assert not re.search(r"\bnan\b|\bNone\b|\{\w*\}|Undefined", text)


def test_it_tells_the_answer_in_numbers(batch: Batch, voorstel: Voorstel) -> None:
    text = Page(rendered(batch, voorstel, build.comparison())).text
    rows = voorstel.voorstel
    linked = int(rows.loc[rows["status"] != "niet_gekoppeld", "aantal_personen"].sum())
    kept = int((voorstel.banen["uitkomst"] == "binnen_50km").sum())
    assert f"Van {rows['aantal_personen'].sum()} personen krijgen {linked} een gemeente" in text
    assert f"Behouden blijven {kept} van de {len(voorstel.banen)} banen" in text
    assert (
        "Ter vergelijking, bij het beleid Met de hand: 153 van de 200 banen (met wat onbeslist is: 153 tot 161)."
        in text
    )
    assert "lage schatting 157,1, hoge 167,9" in text
    assert "hooguit 0,093 banen beter" in text
    assert "99,7–117,7 (trekkingen)" in text
    assert "172,418 banen" in text


def test_a_run_splits_the_gain_one_change_at_a_time_and_the_steps_add_up(batch: Batch, voorstel: Voorstel) -> None:
    page = Page(rendered(batch, voorstel, build.comparison()))
    steps = [row for row in page.rows if "% op tijd bekend|Met de hand|" in row or "|Eén voor één" in row]
    assert any(
        row.startswith("Elke baan op tijd kennen|Met de hand, 30") and "|+22|+13 tot +31|" in row for row in steps
    )
    assert any("Elke baan telt, niet alleen de harde|" in row and "|+12|" in row for row in page.rows)
    assert any("De hele groep tegelijk koppelen|" in row and "|+2|" in row for row in page.rows)
    assert any(row.startswith("Samen|") and "|+36|" in row for row in page.rows)


def test_without_the_policy_between_a_step_claims_no_more_than_it_knows(batch: Batch, voorstel: Voorstel) -> None:
    table = build.comparison()
    few = table[~table["beleid"].isin(["een_voor_een", "straal50"])]
    page = Page(rendered(batch, voorstel, few))
    assert any("Elke baan, hele groep, kans op werk|Met de hand|" in row and "|+14|" in row for row in page.rows)
    assert not any(row.startswith("De hele groep tegelijk koppelen|") for row in page.rows)


def test_the_english_page_has_english_numbers_and_words(batch: Batch, voorstel: Voorstel) -> None:
    html = rendered(batch, voorstel, build.comparison(), "en")
    text = Page(html).text
    assert '<html lang="en">' in html
    assert "low estimate 157.1, high 167.9" in text
    assert "172.418 jobs" in text
    assert "Knowing every job in time" in text


def test_a_private_ground_of_a_household_reads_personal(batch: Batch, voorstel: Voorstel) -> None:
    assert voorstel.uitzonderingen["toelichting"].str.contains("medische").all()
    page = Page(rendered(batch, voorstel))
    households = [row for row in page.rows if re.match(r"\|*H\d{4}", row)]
    table = voorstel.voorstel.set_index("huishouden_id")
    private = set(table.index[table["grond"].map(is_private)])
    free = {h for h in private if table.at[h, "status"] != "vastgezet"}
    named = {re.findall(r"H\d{4}", row)[0] for row in households if "Er is een persoonlijke grond." in row}
    assert free
    assert named == free
    assert not any("grond in" in row for row in households if re.findall(r"H\d{4}", row)[0] in private)
    others = set(voorstel.uitzonderingen["huishouden_id"]) - private
    assert sum("De persoonlijke grond in Zwolle" in row for row in households) == len(others)
    assert not any(re.search("medisch|gezin", row) for row in households)


def test_the_wages_add_up_to_their_total(batch: Batch, voorstel: Voorstel) -> None:
    paid = replace(batch, werk=batch.werk.assign(maandloon_eur=np.linspace(500.4, 2500.4, len(batch.werk))))
    table = rendered(paid, voorstel).split('<caption id="tabel-banen"')[1].split("</table>")[0]
    *parts, (label, total) = re.findall(r'<th[^>]*scope="row">([^<]*)</th>.*<td[^>]*>([^<]*)</td></tr>', table)
    assert label == "Samen"
    assert len(parts) == len(UITKOMSTEN)
    assert int(total.replace(".", "")) == sum(int(n.replace(".", "") or 0) for _, n in parts) > 0


def test_text_from_a_file_never_becomes_html(batch: Batch, voorstel: Voorstel) -> None:
    bad = voorstel.niet_gekoppeld.assign(huishouden_id="<script>alert(1)</script>", toelichting="{nl} <b>&")
    html = rendered(batch, replace(voorstel, niet_gekoppeld=bad))
    assert "<script" not in html
    assert "{nl} &lt;b&gt;&amp;" in html


def test_long_lists_show_their_rarest_kinds_and_name_the_file_with_the_rest(batch: Batch, voorstel: Voorstel) -> None:
    many = pd.DataFrame(
        {"huishouden_id": [f"H{i:04d}" for i in range(60)], "oorzaak": "geen_plaats", "toelichting": "x"}
    )
    many["voorstel_oplossing"], many["aantal_personen"] = "y", 1
    many["bewijs"], many["bewijs_gemeenten"] = "regels", ""
    many["bewijs_uitleg"], many["oplossingen"] = "z", ""
    many.loc[59, "oorzaak"] = "te_groot"
    page = Page(rendered(batch, replace(voorstel, niet_gekoppeld=many)))
    assert any(row.startswith("|H0059") or row.startswith("H0059") for row in page.rows)
    assert "De tabel toont 25 van de 60 regels. Alle regels staan in niet_gekoppeld.csv." in page.text


def test_exceptions_stand_in_the_order_of_their_file_and_crossings_are_a_count(
    batch: Batch, voorstel: Voorstel
) -> None:
    kinds = ["geen_plaats_binnen_50km"] * 30 + ["vast_boven_woningen"]
    many = pd.DataFrame({"huishouden_id": [f"H{i:04d}" for i in range(31)], "soort": kinds, "toelichting": "x"})
    page = Page(rendered(batch, replace(voorstel, uitzonderingen=many)))
    listed = [row for row in page.rows if "|x|" in row]
    assert any("H0000" in row for row in listed)
    assert not any("H0030" in row for row in listed)
    assert "Naar een andere koppelregio dan die van de opvang: 3 huishoudens." in page.text


def test_every_assumption_of_the_run_stands_in_it_with_its_value(batch: Batch, voorstel: Voorstel) -> None:
    text = Page(rendered(batch, voorstel)).text
    told = build.parameters()
    assumed = [n for n in told if told.catalogue[n].layer == "aanname" and not n.startswith("generate/")]
    assert assumed
    assert [n for n in assumed if n not in text] == []
    assert "0,8 factor" in text


def test_without_a_comparison_those_parts_are_left_out(batch: Batch, voorstel: Voorstel) -> None:
    page = Page(rendered(batch, voorstel))
    assert "beleidskeuze" not in page.attributes("id")
    assert "Ter vergelijking" not in page.text
    assert "alle kansen opgeteld" in page.text


@pytest.mark.parametrize(
    ("status", "sentence"),
    [("proven", "bestaat er geen beter voorstel"), ("limit", "Niet bewezen"), ("anders", "anders")],
)
def test_the_proof_is_told_in_words(batch: Batch, voorstel: Voorstel, status: str, sentence: str) -> None:
    assert sentence in Page(rendered(batch, replace(voorstel, status=status))).text


def test_a_proof_that_is_somebodys_word_says_so_at_the_top(batch: Batch, voorstel: Voorstel) -> None:
    said = "rust op het woord van het rekenprogramma SCIP: ‘Gekoppelde personen’."
    first, *others = voorstel.niveaus
    by_word = replace(voorstel, niveaus=(replace(first, bewijs="SCIP"), *others))
    assert said in rendered(batch, by_word, build.comparison())
    certified = replace(voorstel, niveaus=(replace(first, bewijs="tree"), *others))
    assert "op het woord" not in rendered(batch, certified, build.comparison())


def test_the_second_turn_of_a_level_and_the_lottery_are_named_where_they_rest_on_a_word(
    batch: Batch, voorstel: Voorstel
) -> None:
    proven = tuple(replace(n, status="proven", gap=0.0, grens=n.waarde, hoogste=n.waarde) for n in voorstel.niveaus)
    kinds = [(n.naam, "prices") for n in proven] + [("kans_werk", "SCIP"), ("loting", "branch")]
    text = Page(rendered(batch, replace(voorstel, niveaus=proven, status="proven", bewijzen=tuple(kinds)))).text
    assert "programma SCIP: ‘Kans op werk, opgeteld over alle volwassenen, tweede keer’." in text
    assert "kunt u niet narekenen: ‘loting’." in text
    whole = [(name, "tree") for name, _ in kinds]
    text = Page(rendered(batch, replace(voorstel, niveaus=proven, status="proven", bewijzen=tuple(whole)))).text
    assert "op het woord" not in text
    assert "narekenen: ‘" not in text


def test_a_gap_is_told_of_its_level_in_its_own_unit(batch: Batch, voorstel: Voorstel) -> None:
    text = Page(rendered(batch, voorstel)).text
    assert "Op het niveau ‘Verwacht behouden banen’ kan een ander voorstel hooguit 0,093 banen beter zijn." in text
    assert "Dit voorstel heeft 172,418 banen. Ook op lagere niveaus kan het beter." in text


def test_a_run_that_cannot_be_repeated_says_so(batch: Batch, voorstel: Voorstel) -> None:
    assert "Let op: de klok" in Page(rendered(batch, replace(voorstel, reproducible=False))).text


def test_a_policy_without_levels_claims_no_proof(batch: Batch, voorstel: Voorstel) -> None:
    text = Page(rendered(batch, replace(voorstel, beleid="handmatig", methode="volgorde", niveaus=()))).text
    assert "valt dus niets te bewijzen" in text
    assert "koppelt één huishouden na het andere" in text


def test_a_batch_without_jobs_and_a_proposal_without_links_are_told_plainly(batch: Batch, voorstel: Voorstel) -> None:
    nobody = voorstel.voorstel.assign(status="niet_gekoppeld", gemeente="")
    v = replace(voorstel, voorstel=nobody, banen=voorstel.banen.head(0), uitzonderingen=voorstel.uitzonderingen.head(0))
    text = Page(rendered(batch.replace(werk=batch.werk.head(0)), v)).text
    assert "In deze groep heeft niemand een baan." in text
    assert "Dit voorstel koppelt niemand." in text
    assert "Dit voorstel heeft geen uitzonderingen." in text


def test_a_comparison_names_the_policy_that_keeps_most_among_those_that_can_be_carried_out(batch: Batch) -> None:
    text = Page(compared(batch)).text
    most = "De meeste banen blijven behouden bij Optimale koppeling: 167 van de 200 banen"
    assert f"{most} (met wat onbeslist is: 167 tot 175)" in text
    assert "Even veel blijven er bij Binnen de straal, " in text
    assert "behouden bij Zonder opgave" not in text


def test_the_same_run_gives_the_same_page(batch: Batch, voorstel: Voorstel) -> None:
    assert rendered(batch, voorstel, build.comparison()) == rendered(batch, voorstel, build.comparison())


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_name_of_ours_has_its_words(lang: Lang) -> None:
    t = load(lang)
    wanted = {
        "uitkomst": UITKOMSTEN,
        "uitkomst_uitleg": UITKOMSTEN,
        "oorzaak": OORZAKEN,
        "oorzaak_uitleg": OORZAKEN,
        "uitzondering": UITZONDERINGEN,
        "uitzondering_uitleg": UITZONDERINGEN,
        "niveau": LEVELS,
        "eenheid": {level.eenheid for level in LEVELS.values()},
        "overeenkomst_groep": OVEREENKOMSTGROEPEN,
        "overeenkomst_maat": OVEREENKOMSTMATEN,
        "verliesoorzaak": VERLIESOORZAKEN,
        "verliesoorzaak_uitleg": VERLIESOORZAKEN,
        "stap": ATTRIBUTIESTAPPEN,
        "anders": {
            "zoals_het_is",
            *(v.aanname for v in variants({name: build.parameters()[name] for name in build.parameters()})),
        },
        "laag": LAYERS,
        "maat": MEASURES,
        "besluitsoort": BESLUITSOORTEN,
        "veranderreden": VERANDERREDENEN,
        "werk_te_doen": WERK,
        "veranderreden_uitleg": VERANDERREDENEN,
    }
    assert [f"{group}.{n}" for group, known in wanted.items() for n in known if f"{group}.{n}" not in t.texts] == []


def test_both_languages_say_the_same_things() -> None:
    nl, en = load("nl").texts, load("en").texts
    assert set(nl) == set(en)
    holes = re.compile(r"\{\w+\}")
    assert [k for k in nl if sorted(holes.findall(nl[k])) != sorted(holes.findall(en[k]))] == []


def test_no_text_is_left_unused() -> None:
    package = files("optimizer.report")
    sources = [p for p in (*package.iterdir(), *(package / "templates").iterdir()) if p.name.endswith((".py", ".j2"))]
    code = "".join(p.read_text(encoding="utf-8") for p in sources)
    groups = (
        "een",
        "meer",
        "grond",
        "uitkomst",
        "oorzaak",
        "uitzondering",
        "niveau",
        "eenheid",
        "laag",
        "maat",
        "status",
        "verliesoorzaak",
        "stap",
        "anders",
        "besluitsoort",
        "veranderreden",
        "werk_te_doen",
        "aandacht",
    )
    agreements = ("overeenkomst_groep", "overeenkomst_maat", "winnaars_kenmerk", "winnaars_maat", "prijs_maat")
    beside = ("verzoek_oordeel", "verzoek_groep", "verzoek_maat", "gesprek_reden")
    labels = {*groups, *agreements, *beside, *(f"{g}_uitleg" for g in groups)}
    keys = [k for k in load("nl").texts if k.split(".")[0] not in labels]
    made = re.compile(
        r"kaart\.klasse_|keuze\.(punt|teken)_|niet\.kaart_[0-9]|gewijzigd\.minst_|werklijst\.(te_laat|deze_week|later)|bewijs\.|methode_|\.titel$|kort\.deel_|onzekerheid\.(soort|uitleg)_|voorgaan\."
        r"|werkboek\.(onderdeel|waarde|bron|naam|(opvang|werk_gemeente|gemeente)_naam)"
        r"|gemeente\.(wat|antwoorden|ja_mits|bezwaar|vast|persoonlijk|woning|kop_|kolom_|opgave|rest|huisvesten|verhuizen)"
        r"|naam\.|blad\.(titel|kijkt|halfjaar|regel|kaart_alt|niemand|uitslag)_"
    )
    assert [k for k in keys if not re.search(f"[\"']{re.escape(k)}[\"']", code) and not made.search(k)] == []


def test_the_guide_explains_every_part_of_the_page(batch: Batch, voorstel: Voorstel) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "rapport.md").read_text(encoding="utf-8")
    page = rendered(batch, voorstel, build.comparison())
    titles = re.findall(r'<h2 id="\w+-kop">([^<]*)</h2>', page)
    assert len(titles) == 19
    assert [title for title in titles if f"## {title}\n" not in guide] == []
