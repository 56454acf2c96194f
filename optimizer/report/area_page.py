"""One page for each province, and one for each municipality to which somebody is proposed: printable on A4."""

from collections.abc import Iterator
from datetime import date

from geodata.wording import Lang
from optimizer.domain.batch import Batch
from optimizer.domain.voorstel import Voorstel
from optimizer.report.area_parts import Area, area_parts, proposed_to, provinces
from optimizer.report.language import load
from optimizer.report.receipt import Receipt
from optimizer.report.templating import environment


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


def _page(area: Area, voorstel: Voorstel, batch: Batch, receipt: Receipt, lang: Lang, pages: set[str]) -> bytes:
    t = load(lang).under(receipt["parameters"])
    parts = area_parts(t, area, voorstel, batch, receipt)
    return environment().get_template("area.html.j2").render(t=t, receipt=receipt, pages=pages, **parts).encode()


def _day(receipt: Receipt) -> date:
    return date.fromisoformat(receipt["peildatum"])
