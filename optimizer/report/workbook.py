"""``voorstel.xlsx``: the proposal for people who work in Excel."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
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
from optimizer.report.places import gemeente_name, with_names
from optimizer.report.receipt import Receipt
from optimizer.report.sheets import SheetColumn, sheet_column
from optimizer.rules.parameters import Parameters

#: A minus as people print it.
MINUS = "\u2212"
#: Columns whose cells are names of ours, such as ``niet_gekoppeld``.
NAMES = (
    *("status", "hard", "uitkomst", "oorzaak", "soort", "grond_gehonoreerd", "bekend", "binnen_50km", "bewijs"),
    *("verzoeker", "oordeel", "waarom"),
)
_WIDTHS = {
    "toelichting": 58.0,
    "voorstel_oplossing": 40.0,
    "reden": 44.0,
    "gemeente": 11.0,
    "gemeente_naam": 20.0,
    "opvang_naam": 20.0,
    "werk_gemeente_naam": 22.0,
    "arbeidsmarktregio": 34.0,
    "bewijs_uitleg": 90.0,
    "oplossingen": 120.0,
    "alternatief_1": 44.0,
    "alternatief_2": 44.0,
    "alternatief_3": 44.0,
    "oorzaak": 28.0,
    "huishouden_id": 13.0,
    "baan_id": 12.0,
    "status": 14.0,
    "grond": 13.0,
    "grond_gehonoreerd": 13.0,
    "hard": 15.0,
    "uitkomst": 17.0,
}
#: Columns that say more with the name of a municipality before its code.
CODED = ("bewijs_gemeenten", "meer_plekken", "ruil", "grotere_straal")
#: The name that stands beside a code, by sheet: the new column, and the column with the code.
NAMED: Mapping[str, Mapping[str, str]] = {
    "voorstel": {"opvang_naam": "opvang_gemeente"},
    "banen": {"werk_gemeente_naam": "werk_gemeente", "gemeente_naam": "gemeente"},
}
#: Columns that go on paper, in order; the others stand to the right of them, on the screen only.
ON_PAPER: Mapping[str, Sequence[str]] = {
    "voorstel": (
        "huishouden_id",
        "aantal_personen",
        "opvang_naam",
        "gemeente_naam",
        "status",
        "grond",
        "grond_gehonoreerd",
        "afstand_km",
        "banen",
        "banen_binnen_50km",
        "reden",
    ),
    "niet_gekoppeld": ("huishouden_id", "aantal_personen", "oorzaak", "toelichting", "voorstel_oplossing"),
    "banen": (
        "baan_id",
        "huishouden_id",
        "werk_gemeente_naam",
        "uren_per_week",
        "hard",
        "afstand_nu_km",
        "gemeente_naam",
        "afstand_km",
        "uitkomst",
        "oorzaak",
    ),
    "taakstelling": ("gemeente", "gemeente_naam", "opgave", "voorgesteld", "rest"),
}


def to_bytes(
    voorstel: Voorstel,
    parameters: Parameters,
    receipt: Receipt,
    t: Language,
    beside: Mapping[uitvoer.OutputTable, pd.DataFrame] | None = None,
) -> bytes:
    """Return the workbook: sheets voorstel, niet_gekoppeld, banen, taakstelling, beleid and toelichting.

    The bytes depend on the proposal only, not on the clock.

    Parameters
    ----------
    beside
        Tables that change nothing in the proposal, requests and a look ahead, each on a sheet of its own; None without.
    """
    buffer = BytesIO()
    title = f"{t('pagina.titel_voorstel')}: {title_of(voorstel.beleid, t)}"
    with sheets.workbook(buffer, title, parameters.peildatum) as book:
        proposal = _add(book, uitvoer.VOORSTEL, voorstel.voorstel, t)
        waiting = book.add_format({"bg_color": sheets.TINT, "italic": True})
        _shade_rows(proposal, len(voorstel.voorstel), sheets.words("niet_gekoppeld", t), waiting)
        _add(book, uitvoer.NIET_GEKOPPELD, voorstel.niet_gekoppeld, t)
        _add(book, uitvoer.BANEN, voorstel.banen, t)
        room = _add(book, uitvoer.TAAKSTELLING, voorstel.taakstelling, t)
        over = book.add_format({"bold": True, "bg_color": sheets.TINT})
        at = ON_PAPER["taakstelling"].index("rest")
        rule = {"type": "cell", "criteria": "<", "value": 0, "format": over}
        room.conditional_format(1, at, max(len(voorstel.taakstelling), 1), at, rule)
        for table, frame in (beside or {}).items():
            _add(book, table, frame, t)
        sheets.add_table(book, "beleid", _policy_frame(voorstel, receipt, t), _policy_columns(t), printed=3)
        sheets.add_lines(book, "toelichting", _explanation(receipt, t, tuple(beside or ())))
    return buffer.getvalue()


def _add(book: Workbook, table: uitvoer.OutputTable, frame: pd.DataFrame, t: Language) -> Worksheet:
    """Add a sheet for a table: first what goes on paper, then the rest; every code has a name beside it."""
    beside = NAMED.get(table.name, {})
    columns = {c.name: _column(c, t) for c in table.within(frame.columns)}
    columns |= {
        name: SheetColumn(name, "text", t.plain(f"werkboek.{name}"), t.plain(f"werkboek.{name}_notitie"), _WIDTHS[name])
        for name in beside
    }
    if table is uitvoer.BANEN:
        columns = {name: _in_words(column, t) for name, column in columns.items()}
    first = ON_PAPER.get(table.name, tuple(columns))
    frame = frame.assign(**{name: frame[code].map(gemeente_name) for name, code in beside.items()})
    shown = [columns[name] for name in (*first, *(n for n in columns if n not in first))]
    return sheets.add_table(book, table.name, frame, shown, printed=len(first))


def _column(column: uitvoer.OutputColumn, t: Language) -> SheetColumn:
    """Return a column of ours as people read it."""
    shown = sheet_column(column, t, width=_WIDTHS.get(column.name), named=column.name in NAMES)
    if column.name == "grond":
        return replace(shown, read=partial(sheets.ground_words, t=t))
    if column.name in CODED:
        return replace(shown, read=with_names)
    return replace(shown, read=partial(_alternative, t=t)) if column.name.startswith("alternatief_") else shown


def _alternative(text: str, t: Language) -> str:
    """Return an alternative in words: the municipality, what differs, and in which level."""
    code, difference, level = text.split(" ", 2)
    label = str(t.label("niveau", level)).partition(",")[0]
    return f"{with_names(code)}: {label[:1].lower()}{label[1:]} {difference.replace('-', MINUS)}"


def _in_words(column: SheetColumn, t: Language) -> SheetColumn:
    """Return a column of jobs that says why a job is lost, and what is expected of it, as the page does."""
    if column.name == "oorzaak":
        return replace(
            column,
            header=t.plain("werkboek.oorzaak"),
            read=lambda name: str(t.label("verliesoorzaak", name)),
        )
    return replace(column, header=t.plain("werkboek.verwacht")) if column.name == "verwacht_behouden" else column


def _shade_rows(sheet: Worksheet, rows: int, status: str, style: Format) -> None:
    """Shade the rows with a status, so that they stand out without reading."""
    column = chr(ord("A") + ON_PAPER["voorstel"].index("status"))
    rule = {"type": "formula", "criteria": f'=${column}2="{status}"', "format": style}
    sheet.conditional_format(1, 0, max(rows, 1), len(uitvoer.VOORSTEL.columns) + len(NAMED["voorstel"]) - 1, rule)


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
    widths = {"onderdeel": 54.0, "waarde": 26.0, "bron": 62.0, "naam": 36.0}
    return [
        SheetColumn(name, "text", t.plain(f"werkboek.{name}"), t.plain(f"werkboek.{name}_notitie"), width)
        for name, width in widths.items()
    ]


def _explanation(receipt: Receipt, t: Language, beside: Sequence[uitvoer.OutputTable] = ()) -> list[tuple[str, str]]:
    """Return what each sheet and each column means."""
    lines = [
        (t.plain("pagina.titel_voorstel"), ""),
        (t.plain("werkboek.wat"), f"{t.plain('pagina.mens_beslist')} {t.plain('werkboek.wat_uitleg')}"),
        (t.plain("werkboek.lezen"), t.plain("werkboek.lezen_uitleg")),
        (t.plain("werkboek.privacy"), t.plain("werkboek.privacy_uitleg")),
        (t.plain("werkboek.vingerafdruk"), f"voorstel.csv: {receipt['answer']['sha256']}"),
    ]
    tables = (uitvoer.VOORSTEL, uitvoer.NIET_GEKOPPELD, uitvoer.BANEN, uitvoer.TAAKSTELLING, *beside)
    for table in tables:
        lines += [("", ""), (t.plain("werkboek.blad", name=table.name), "")]
        lines += [(sheet_column(c, t).header, c.nl if t.code == "nl" else c.en) for c in table.columns]
    lines += [("", ""), (t.plain("banen.kolom_uitkomst"), "")]
    lines += [(sheets.words(name, t), str(t.label("uitkomst_uitleg", name))) for name in uitvoer.UITKOMSTEN]
    lines += [("", ""), (t.plain("werkboek.oorzaak"), "")]
    causes = uitvoer.VERLIESOORZAKEN
    return lines + [(str(t.label("verliesoorzaak", c)), str(t.label("verliesoorzaak_uitleg", c))) for c in causes]
