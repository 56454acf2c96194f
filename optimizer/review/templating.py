"""Puts a view in its template: `render` is all that a route calls.

Templates hold no script and no style of their own, for the content policy forbids both; everything that a person wrote
is escaped; a missing value is a failure and never an empty place.
"""

import datetime
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from geodata.wording import Lang, Sentence
from optimizer.review import addresses, views
from optimizer.review.texts import Language, load

#: Where officials look at a clock.
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_STATIC = files("optimizer.review") / "static"
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)(?=[\s>])")
_ROLES = {"td": "cell", "th": "rowheader"}
#: The menu of each role: address, key of its words, and beginnings of the addresses that belong to it.
MENU: dict[views.Role, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "gemeente": (
        (addresses.HOME, "zaken", ("/ronden", "/zaken")),
        (addresses.OFFERS, "aanbod", (addresses.OFFERS,)),
        (addresses.ABSENCE, "vervanging", (addresses.ABSENCE,)),
        (addresses.NOTIFICATIONS, "meldingen", (addresses.NOTIFICATIONS,)),
    ),
    "coa": (
        (addresses.ROUNDS, "ronden", ("/ronden", "/zaken")),
        (addresses.NOTIFICATIONS, "meldingen", (addresses.NOTIFICATIONS,)),
    ),
    "provincie": ((addresses.PROVINCE, "voortgang", (addresses.PROVINCE,)),),
    "arbeidsmarktregio": ((addresses.JOBS, "banen", (addresses.JOBS,)),),
    "onderzoeker": ((addresses.RESEARCH, "onderzoek", (addresses.RESEARCH,)),),
}


def render(view: views.View, page: views.PageContext) -> str:
    """Return the page of a view as HTML.

    Parameters
    ----------
    view
        What the page shows; its class names the template.
    page
        What every page needs beside it: language, who is signed in, messages.
    """
    return environment().get_template(f"{view.template}.html.j2").render(view=view, page=page, t=load(page.lang))


@cache
def environment() -> Environment:
    """Return the environment in which every page is rendered."""
    found = Environment(
        loader=PackageLoader("optimizer.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {"to": addresses, "asset": asset, "has": has, "views": views, "menu": menu}
    found.globals |= {"moment": moment, "day": day}
    found.filters["cells"] = cells
    found.filters["said"] = said
    return found


def has(name: str) -> bool:
    """Tell whether a static file is there: what npm brings may be missing, and pages do without."""
    return (_STATIC / name).is_file()


@cache
def asset(name: str) -> str:
    """Return the address of a static file, with a mark that changes with its content so that browsers may keep it.

    >>> asset("koppelwijzer.css").startswith("/static/koppelwijzer.css?v=")
    True
    """
    mark = hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:12]
    return f"{addresses.STATIC}/{name}?v={mark}"


def menu(page: views.PageContext) -> list[tuple[str, str, bool]]:
    """Return the menu of who is signed in: address, key of its words, and whether this page belongs to it."""
    here = page.path.partition("?")[0]
    items = MENU[page.actor.role] if page.actor else ()
    return [
        (address, key, here == address or any(here == b or here.startswith(f"{b}/") for b in begins))
        for address, key, begins in items
    ]


def cells(body: str, heads: Sequence[str]) -> Markup:
    """Write the heading of its column and its role into every cell of a table.

    On a narrow screen rows become cards: the heading then stands before each value, and the roles keep the table a
    table for a screen reader.

    >>> cells("<tr><td>3</td></tr>", ["Banen"])
    Markup('<tr role="row"><td data-label="Banen" role="cell">3</td></tr>')
    """

    def row(found: "re.Match[str]") -> str:
        names = iter([escape(re.sub("<[^>]*>", "", str(head))) for head in heads])
        whole = _CELL.sub(lambda cell: f'<{cell[1]} data-label="{next(names, "")}" role="{_ROLES[cell[1]]}"', found[0])
        return whole.replace("<tr", '<tr role="row"', 1)

    return Markup(_ROW.sub(row, str(body)))  # noqa: S704  (our own markup; the headings are escaped)


def said(sentence: Sentence | str, lang: Lang) -> str:
    """Say a sentence in the language of the page; what a person wrote stays as it is."""
    return sentence.said(lang) if isinstance(sentence, Sentence) else sentence


def day(when: datetime.date, t: Language) -> Markup:
    """Write a day, for people and for programs.

    >>> day(datetime.date(2026, 10, 1), load("nl"))
    Markup('<time datetime="2026-10-01">1 oktober 2026</time>')
    """
    return Markup('<time datetime="{}">{}</time>').format(when.isoformat(), t.date(when))


def moment(when: datetime.datetime, t: Language) -> Markup:
    """Write a moment as clocks in the Netherlands show it.

    >>> moment(datetime.datetime(2026, 10, 1, 12, 5, tzinfo=datetime.UTC), load("en"))
    Markup('<time datetime="2026-10-01T14:05+02:00">1 October 2026, 14:05</time>')
    """
    here = when.astimezone(AMSTERDAM)
    clock = here.strftime("%H:%M" if t.code == "en" else "%H.%M")
    written = Markup('<time datetime="{}">{}</time>')
    return written.format(here.isoformat(timespec="minutes"), t("moment", day=t.date(here.date()), clock=clock))
