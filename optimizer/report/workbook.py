"""``voorstel.xlsx``: the proposal for people who work in Excel."""

from dataclasses import replace
from io import BytesIO

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from optimizer.domain import uitvoer
from optimizer.domain.voorstel import Niveau, Voorstel
from optimizer.report import sheets
from optimizer.report.language import Language
from optimizer.report.page_parts import parameter_rows, title_of
from optimizer.report.receipt import Receipt
from optimizer.report.sheets import SheetColumn, sheet_column
from optimizer.rules.parameters import Parameters

#: Columns whose cells are names of ours, such as ``niet_gekoppeld``.
NAMES = ("status", "hard", "uitkomst", "oorzaak", "soort")
_WIDTHS = {
    "toelichting": sheets.WIDE,
    "voorstel_oplossing": 40.0,
    "reden": sheets.WIDE,
    "gemeente": 11.0,
    "arbeidsmarktregio": 34.0,
    "alternatief_1": 36.0,
    "alternatief_2": 36.0,
    "alternatief_3": 36.0,
}


def to_bytes(voorstel: Voorstel, parameters: Parameters, receipt: Receipt, t: Language) -> bytes:
    """Return the workbook: sheets voorstel, niet_gekoppeld, banen, taakstelling, beleid and toelichting.

    The bytes depend on the proposal only, not on the clock.
    """
    buffer = BytesIO()
    title = f"{t('pagina.titel_voorstel')}: {title_of(voorstel.beleid, t)}"
    with sheets.workbook(buffer, title, parameters.peildatum) as book:
        proposal = _add(book, uitvoer.VOORSTEL, voorstel.voorstel, t)
        waiting = book.add_format({"bg_color": sheets.TINT, "italic": True})
        _shade_rows(proposal, len(voorstel.voorstel), "niet gekoppeld", waiting)
        _add(book, uitvoer.NIET_GEKOPPELD, voorstel.niet_gekoppeld, t)
        _add(book, uitvoer.BANEN, voorstel.banen, t)
        room = _add(book, uitvoer.TAAKSTELLING, voorstel.taakstelling, t)
        over = book.add_format({"bold": True, "bg_color": sheets.TINT})
        at = uitvoer.TAAKSTELLING.names.index("rest")
        rule = {"type": "cell", "criteria": "<", "value": 0, "format": over}
        room.conditional_format(1, at, max(len(voorstel.taakstelling), 1), at, rule)
        sheets.add_table(book, "beleid", _policy_frame(voorstel, receipt, t), _policy_columns(t))
        sheets.add_lines(book, "toelichting", _explanation(receipt, t))
    return buffer.getvalue()


def _add(book: Workbook, table: uitvoer.OutputTable, frame: pd.DataFrame, t: Language) -> Worksheet:
    columns = [
        sheet_column(c, t, width=_WIDTHS.get(c.name), named=c.name in NAMES) for c in table.within(frame.columns)
    ]
    if table is uitvoer.BANEN:
        columns = [_in_words(column, t) for column in columns]
    return sheets.add_table(book, table.name, frame, columns)


def _in_words(column: SheetColumn, t: Language) -> SheetColumn:
    """Return a column of jobs that says why a job is lost, and what is expected of it, as the page does."""
    if column.name == "oorzaak":
        return replace(
            column,
            header=t.plain("werkboek.oorzaak"),
            read=lambda name: str(t.label("verliesoorzaak", name)),
            width=_WIDTHS["alternatief_1"],
        )
    return replace(column, header=t.plain("werkboek.verwacht")) if column.name == "verwacht_behouden" else column


def _shade_rows(sheet: Worksheet, rows: int, status: str, style: Format) -> None:
    """Shade the rows with a status, so that they stand out without reading."""
    column = chr(ord("A") + uitvoer.VOORSTEL.names.index("status"))
    rule = {"type": "formula", "criteria": f'=${column}2="{status}"', "format": style}
    sheet.conditional_format(1, 0, max(rows, 1), len(uitvoer.VOORSTEL.columns) - 1, rule)


def _policy_frame(voorstel: Voorstel, receipt: Receipt, t: Language) -> pd.DataFrame:
    """Return the policy as rows: its title, its levels in order, then every parameter in force."""
    rows = [
        (t.plain("pagina.beleid"), title_of(voorstel.beleid, t), "", voorstel.beleid),
        (t.plain("pagina.peildatum"), receipt["peildatum"], "", ""),
        (t.plain("pagina.bekend"), t.percent(voorstel.bekend), "", ""),
        (t.plain("pagina.seed"), str(voorstel.seed), "", ""),
    ]
    rows += [_level_row(i, n, t) for i, n in enumerate(voorstel.niveaus, start=1)]
    rows += [
        (p.about, p.value, p.source if assumed else f"{t.label('laag', p.layer)}: {p.source}", p.name)
        for assumed in (False, True)
        for p in parameter_rows(t, receipt, assumed=assumed)
    ]
    return pd.DataFrame(rows, columns=["onderdeel", "waarde", "bron", "naam"])


def _level_row(place: int, niveau: Niveau, t: Language) -> tuple[str, str, str, str]:
    value = f"{t.trimmed(niveau.waarde)} {t.label('eenheid', niveau.eenheid)}"
    bound = t("werkboek.grens", bound=t.trimmed(niveau.grens), status=t.label("status", niveau.zekerheid))
    return f"{t('afweging.niveau')} {place}: {t.label('niveau', niveau.naam)}", value, str(bound), niveau.naam


def _policy_columns(t: Language) -> list[SheetColumn]:
    widths = {"onderdeel": 62.0, "waarde": 34.0, "bron": 80.0, "naam": 36.0}
    return [
        SheetColumn(name, "text", t.plain(f"werkboek.{name}"), t.plain(f"werkboek.{name}_notitie"), width)
        for name, width in widths.items()
    ]


def _explanation(receipt: Receipt, t: Language) -> list[tuple[str, str]]:
    """Return what each sheet and each column means."""
    lines = [
        (t.plain("pagina.titel_voorstel"), ""),
        (t.plain("werkboek.wat"), f"{t.plain('pagina.mens_beslist')} {t.plain('werkboek.wat_uitleg')}"),
        (t.plain("werkboek.lezen"), t.plain("werkboek.lezen_uitleg")),
        (t.plain("werkboek.privacy"), t.plain("werkboek.privacy_uitleg")),
        (t.plain("werkboek.vingerafdruk"), f"voorstel.csv: {receipt['answer']['sha256']}"),
    ]
    tables = (uitvoer.VOORSTEL, uitvoer.NIET_GEKOPPELD, uitvoer.BANEN, uitvoer.TAAKSTELLING)
    for table in tables:
        lines += [("", ""), (t.plain("werkboek.blad", name=table.name), "")]
        lines += [(sheet_column(c, t).header, c.nl if t.code == "nl" else c.en) for c in table.columns]
    lines += [("", ""), (t.plain("banen.kolom_uitkomst"), "")]
    lines += [(sheets.words(name, t), str(t.label("uitkomst_uitleg", name))) for name in uitvoer.UITKOMSTEN]
    lines += [("", ""), (t.plain("werkboek.oorzaak"), "")]
    causes = uitvoer.VERLIESOORZAKEN
    return lines + [(str(t.label("verliesoorzaak", c)), str(t.label("verliesoorzaak_uitleg", c))) for c in causes]
