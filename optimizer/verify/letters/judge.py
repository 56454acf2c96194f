"""Letters before the judge: each says what it must, word for word, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from optimizer.domain.brief import HUISHOUDENS, LIJST, WERKGEVERS, Brief, Soort
from optimizer.rules.parameters import Parameters
from optimizer.verify.findings import bevinding
from optimizer.verify.letters.due import Opened
from optimizer.verify.letters.page import read_page
from optimizer.verify.oordeel import Bevinding

FOLDERS: Mapping[Soort, str] = {"huishouden": HUISHOUDENS, "werkgever": WERKGEVERS}
#: Differences of one letter that are told.
_TOLD = 5


@dataclass(frozen=True)
class Letters:
    """A folder of letters as it stands.

    Attributes
    ----------
    told
        What ``brieven.json`` says, as plain data that nobody has believed yet.
    pages
        The text of every page, by its name in the folder; None where it is no text.
    others
        Names of all other files but the list itself.
    style
        The style sheet that letters have.
    pdfs
        By name of a page: whether its PDF is what the page makes; None where that cannot be told here. A page without
        PDF is not in it.
    """

    told: Mapping[str, Any]
    pages: Mapping[str, str | None]
    others: Sequence[str]
    style: str
    pdfs: Mapping[str, bool | None]


def judge_letters(letters: Letters, opened: Opened, receipt: Mapping[str, Any]) -> list[Bevinding]:
    """Compare every letter with what it must say; ``opened`` holds the input and the proposal."""
    p = opened.case.parameters
    told, lang = letters.told, str(letters.told.get("taal", ""))
    named: dict[tuple[str, str], str] = {}
    found: list[Bevinding] = []
    if told.get("antwoord") != receipt["answer"]["sha256"] or lang not in {"nl", "en"}:
        found.append(bevinding("brieven_van_andere_run", p, bestand=LIJST))
    for row in _rows(told):
        named[row["soort"], row["kenmerk"]] = row["bestand"]
    only = told.get("huishouden")
    due = {(b.soort, b.kenmerk): b for b in opened.due}
    if only:
        due = {key: b for key, b in due.items() if _of_household(opened, b) == only}
    for key, brief in due.items():
        place = named.get(key)
        text = letters.pages.get(place or "")
        if place is None or text is None or not place.startswith(f"{FOLDERS[brief.soort]}/"):
            found.append(bevinding("brief_weg", p, h=brief.kenmerk, bestand=place or LIJST))
            continue
        found += _one(place, text, brief, letters, lang, p)
    right = {named[key] for key in due if key in named}
    strange = [*(name for name in letters.pages if name not in right), *letters.others]
    strange += [name for key, name in named.items() if key not in due and name not in letters.pages]
    return [*found, *(bevinding("brief_vreemd", p, bestand=name) for name in sorted(set(strange)))]


def _rows(told: Mapping[str, Any]) -> Iterable[Mapping[str, str]]:
    rows = told.get("brieven")
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and all(isinstance(row.get(k), str) for k in ("soort", "kenmerk", "bestand")):
            yield row


def _of_household(opened: Opened, brief: Brief) -> str:
    """Return the household that a letter is about."""
    if brief.soort == "huishouden":
        return brief.kenmerk
    job = opened.case.batch.werk["baan_id"].astype(str).tolist().index(brief.kenmerk)
    return str(opened.case.households.ids[opened.case.jobs.household[job]])


def _one(place: str, text: str, brief: Brief, letters: Letters, lang: str, p: Parameters) -> list[Bevinding]:
    page = read_page(text)
    found = []
    strange = [
        *page.strange,
        *(["lang"] if page.lang != lang else []),
        *(["style"] if page.style != letters.style else []),
    ]
    if strange:
        found.append(bevinding("brief_opmaak", p, h=brief.kenmerk, gevonden=strange[0], bestand=place))
    for said, right in zip_longest(page.blocks, brief.blocks(lang), fillvalue=("", "")):
        if said != right:
            stands, must = said[1] or said[0], right[1] or right[0]
            found.append(
                bevinding("brief_onjuist", p, h=brief.kenmerk, gevonden=stands, toegestaan=must, bestand=place)
            )
    if letters.pdfs.get(place) is False:
        found.append(bevinding("brief_pdf_anders", p, h=brief.kenmerk, bestand=place.removesuffix(".html") + ".pdf"))
    return found[:_TOLD]
