"""One page for each province, and one for each municipality to which somebody is proposed: printable on A4."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geodata.wording import Lang, Sentence
from optimizer.domain.batch import Batch
from optimizer.domain.voorstel import Voorstel
from optimizer.report.area_parts import Area, area_parts, proposed_to, provinces
from optimizer.report.language import load
from optimizer.report.receipt import Receipt
from optimizer.report.templating import environment
from optimizer.verify import Toets


def province_pages(
    voorstel: Voorstel, batch: Batch, receipt: Receipt, lang: Lang, *, linked: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the bytes of the page of each province with a municipality in ``taakstelling``.

    Parameters
    ----------
    linked
        Whether municipalities have a page of their own to refer to.
    """
    pages = {area.key for area in proposed_to(voorstel)} if linked else set()
    for area in provinces(voorstel, _day(receipt)):
        yield area.file, _page(area, voorstel, batch, receipt, lang, pages)


def municipality_pages(voorstel: Voorstel, batch: Batch, receipt: Receipt, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the bytes of the page of each municipality to which somebody is proposed."""
    for area in proposed_to(voorstel):
        yield area.file, _page(area, voorstel, batch, receipt, lang, set())


@dataclass(frozen=True)
class Getoetst:
    """One household as a municipality may read it: key, why it is proposed, and the verdicts of the judge."""

    huishouden: str
    reden: Sentence
    toetsen: Sequence[Toets]


def checked_page(
    code: str, voorstel: Voorstel, batch: Batch, receipt: Mapping[str, Any], lang: Lang, checked: Sequence[Getoetst]
) -> bytes:
    """Return the page of one municipality that has no other: with why, and with every rule checked, of each household.

    Parameters
    ----------
    code
        Of a municipality to which somebody is proposed.
    checked
        What it may read of each of its households.
    """
    area = next(area for area in proposed_to(voorstel) if area.key == code)
    return _page(area, voorstel, batch, dict(receipt), lang, set(), checked)


def _page(
    area: Area,
    voorstel: Voorstel,
    batch: Batch,
    receipt: Receipt,
    lang: Lang,
    pages: set[str],
    checked: Sequence[Getoetst] = (),
) -> bytes:
    t = load(lang).under(receipt["parameters"])
    parts = area_parts(t, area, voorstel, batch, receipt)
    template = environment().get_template("area.html.j2")
    return template.render(t=t, receipt=receipt, pages=pages, checked=checked, **parts).encode()


def _day(receipt: Receipt) -> date:
    return date.fromisoformat(receipt["peildatum"])
