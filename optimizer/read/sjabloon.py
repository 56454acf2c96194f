"""An empty workbook to fill in: a sheet per table, with notes and drop-down lists."""

import datetime
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from geodata.gemeenten import load_gemeenten
from geodata.wording import Lang, Sentence
from optimizer.domain.tables import TAAKSTELLING, TABLES, Column, Table
from optimizer.read.table.template import sample_row
from optimizer.read.table.uitleg import allowed, when_empty
from optimizer.read.wishes.beleid import KEYS

# How far down the lists reach. Excel itself takes 1,048,576 rows; more than a year of permits is not handed in.
ROWS = 20_000
# The file must not differ from one day to the next.
_CREATED = datetime.datetime(2026, 1, 1)  # noqa: DTZ001  (a date in a file property has no zone)
_SAMPLE = {"italic": True, "font_color": "#767676", "bg_color": "#F2F2F2"}
_DELETE = Sentence(
    "Zo ziet een rij eruit. Wis deze rij als u dit blad invult.",
    "A row looks like this. Delete it when you fill this sheet in.",
)
_LAST_COLUMN = 16_383
# Characters that fit on a line of the explanation.
_LINE = 95
_TITLE = Sentence("Koppelwijzer: lege werkmap", "Koppelwijzer: empty workbook")
_UITLEG = (
    Sentence(
        "Vul de bladen in en bewaar deze werkmap. Controleer haar daarna met: koppelwijzer check WERKMAP.xlsx",
        "Fill in the sheets and save this workbook. Then check it with: koppelwijzer check WORKBOOK.xlsx",
    ),
    Sentence(
        "Blauwe kolommen zijn verplicht. Een lege cel betekent: onbekend.",
        "Blue columns must be filled in. An empty cell means: unknown.",
    ),
    Sentence(
        "De grijze rij op een blad is een voorbeeld. Wis die rij op elk blad dat u invult. Een blad dat u niet nodig "
        "hebt, laat u zoals het is: staat er alleen de voorbeeldrij, dan telt het als leeg.",
        "The grey row of a sheet is a sample. Delete it on every sheet that you fill in. Leave a sheet that you do not "
        "need as it is: with nothing but the sample row it counts as empty.",
    ),
    Sentence(
        "Op het blad taakstelling staan alle gemeenten. Vul hun taakstelling in; een gemeente zonder getal krijgt "
        "niemand.",
        "The sheet taakstelling has every municipality. Fill in its taakstelling; one without a number gets nobody.",
    ),
    Sentence(
        "Ga met de muis op een kolomnaam staan om te lezen wat er in de kolom hoort.",
        "Point at the name of a column to read what belongs in it.",
    ),
    Sentence(
        "Verander de kolomnamen niet. De volgorde van kolommen en rijen is vrij.",
        "Do not change the names of columns. The order of columns and rows is free.",
    ),
    Sentence(
        "Zet geen namen, BSN's, V-nummers, geboortedata, leeftijden, nationaliteit, herkomst, moedertaal, godsdienst "
        "of sekse in deze werkmap. Het programma weigert zulke kolommen.",
        "Put no names, BSNs, V-numbers, dates of birth, ages, nationality, origin, native language, religion or sex in "
        "this workbook. The program refuses such columns.",
    ),
    Sentence(
        "Wat elke kolom betekent en wat u terugkrijgt, staat in docs/bestanden.md.",
        "What every column means and what you get back stands in docs/bestanden.md (in Dutch).",
    ),
)
_ABOUT: Mapping[str, Sentence] = {
    "huishoudens": Sentence(
        "Eén rij per huishouden dat een gemeente nodig heeft (verplicht).",
        "One row per household that needs a municipality (must be filled in).",
    ),
    "personen": Sentence("Eén rij per volwassene.", "One row per adult."),
    "werk": Sentence("Eén rij per baan.", "One row per job."),
    "gronden": Sentence(
        "Eén rij per reden om in de buurt van een gemeente te wonen.", "One row per reason to live near a municipality."
    ),
    "taakstelling": Sentence(
        "Eén rij per gemeente die mensen kan opnemen (verplicht).",
        "One row per municipality that can take people (must be filled in).",
    ),
    "bestuursovereenkomsten": Sentence(
        "Eén rij per afspraak met een gemeente over werk (alleen als die er is).",
        "One row per agreement with a municipality about work (only where there is one).",
    ),
    "woningen": Sentence(
        "Eén rij per gemeente en soort bijzondere woning (alleen als die schaars zijn).",
        "One row per municipality and kind of special dwelling (only where these are scarce).",
    ),
    "capaciteit": Sentence(
        "Eén rij per gemeente, alleen als er geen taakstelling geldt.",
        "One row per municipality, only where no taakstelling is in force.",
    ),
    "verzoeken": Sentence(
        "Eén rij per verzoek om een huishouden aan een gemeente te koppelen (alleen als die er zijn).",
        "One row per request to link a household to a municipality (only where there are any).",
    ),
    "beleid": Sentence(
        "Keuzes voor de berekening. U mag dit blad leeg laten.",
        "Choices for the computation. You may leave this sheet empty.",
    ),
}
_NOTE = Sentence("{what}.\nInvullen: {allowed}.\nLeeg: {empty}.", "{what}.\nFill in: {allowed}.\nEmpty: {empty}.")
_BELEID = Sentence("instelling|waarde|voorbeeld", "setting|value|example")


def write_sjabloon(path: Path, taakstelling: pd.DataFrame | None = None, lang: Lang = "nl") -> None:
    """Write the empty workbook: a sample row on every sheet, and every municipality on that of the taakstelling.

    It reads back as a batch without rows. A sample row is refused until it is deleted, except on a sheet that may be
    empty and that nobody touched. Sheets and columns have the same names in both languages; what explains them has not.

    Parameters
    ----------
    path
        Where the .xlsx file comes; an existing file is replaced.
    taakstelling
        Rows of the input table ``taakstelling`` to fill in; None: the names of all municipalities.
    lang
        Language of what explains.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": _TITLE.said(lang), "created": _CREATED})
        styles = _styles(book)
        _write_uitleg(book.add_worksheet("uitleg"), styles, lang)
        for table in TABLES.values():
            sheet = book.add_worksheet(table.name)
            _write_table(sheet, table, styles, lang)
            if table == TAAKSTELLING:
                _write_taakstelling(sheet, taakstelling, styles)
            else:
                _write_sample(sheet, table, styles, lang)
            _protect_headings(sheet)
        _write_beleid(book.add_worksheet("beleid"), styles, lang)
        lists = book.add_worksheet("lijsten")
        lists.write_column(0, 0, load_gemeenten().naam.tolist())
        lists.hide()
    path.write_bytes(buffer.getvalue())


def _styles(book: Any) -> dict[str, Any]:
    header = {"bold": True, "border": 1, "text_wrap": True, "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "required": book.add_format({**header, "bg_color": "#01689B", "font_color": "#FFFFFF"}),
        "optional": book.add_format({**header, "bg_color": "#E5F0F5"}),
        "date": book.add_format({"num_format": "dd-mm-yyyy", "locked": False}),
        "text": book.add_format({"num_format": "@", "locked": False}),
        "number": book.add_format({"locked": False}),
        "sample": book.add_format({**_SAMPLE, "locked": False}),
        "sample_date": book.add_format({**_SAMPLE, "num_format": "dd-mm-yyyy", "locked": False}),
    }


def _write_uitleg(sheet: Any, styles: dict[str, Any], lang: Lang) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_row(0, 28)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    sheet.write(0, 0, _TITLE.said(lang), styles["title"])
    for row, sentence in enumerate(_UITLEG, start=2):
        text = sentence.said(lang)
        sheet.set_row(row, 16 * (1 + len(text) // _LINE))
        sheet.write(row, 1, text, styles["wrap"])
    for row, (name, about) in enumerate(_ABOUT.items(), start=3 + len(_UITLEG)):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        sheet.write(row, 1, about.said(lang), styles["wrap"])


def _write_table(sheet: Any, table: Table, styles: dict[str, Any], lang: Lang) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, _LAST_COLUMN, None, styles["number"])
    for index, column in enumerate(table.columns):
        style = styles["required" if column.required else "optional"]
        sheet.write(0, index, column.name, style)
        sheet.write_comment(0, index, _note(column, lang), {"x_scale": 2, "y_scale": 1.3})
        sheet.set_column(index, index, max(14, len(column.name) + 2), _cell_style(column, styles))
        rule = _validation(column, lang)
        if rule:
            sheet.data_validation(1, index, ROWS, index, rule)


def _note(column: Column, lang: Lang) -> str:
    what = Sentence(column.nl, column.en).said(lang)
    return _NOTE.fill(what=what, allowed=allowed(column, lang), empty=when_empty(column, lang)).said(lang)


def _cell_style(column: Column, styles: dict[str, Any]) -> Any:
    """Dates look Dutch; keys and codes are text, so that a leading zero stays."""
    if column.kind == "date":
        return styles["date"]
    return styles["number" if column.kind in ("integer", "number") else "text"]


def _write_taakstelling(sheet: Any, rows: pd.DataFrame | None, styles: dict[str, Any]) -> None:
    """Fill in every municipality by its name, and what is known of it."""
    names = load_gemeenten().naam
    if rows is None:
        for row, name in enumerate(names.tolist(), start=1):
            sheet.write(row, 0, name, styles["text"])
        return
    index = load_gemeenten().index
    for row, record in enumerate(rows.to_dict("records"), start=1):
        sheet.write(row, 0, str(names[index[record["gemeente"]]]), styles["text"])
        for place, column in enumerate(TAAKSTELLING.columns[1:], start=1):
            value = record.get(column.name)
            if value is not None and not pd.isna(value):
                sheet.write(row, place, value, _cell_style(column, styles))


def _write_sample(sheet: Any, table: Table, styles: dict[str, Any], lang: Lang) -> None:
    """Show how a row looks; beside other rows the reader refuses it until it is deleted."""
    for place, value in enumerate(sample_row(table, lang)):
        sheet.write(1, place, value, styles["sample_date" if isinstance(value, datetime.date) else "sample"])
    sheet.write_comment(1, 0, _DELETE.said(lang), {"x_scale": 2})


def _protect_headings(sheet: Any) -> None:
    """Let people change every cell but the headings; without a password, so that nobody is locked out."""
    free = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
    sheet.protect("", dict.fromkeys(free, True))


def _validation(column: Column, lang: Lang) -> dict[str, Any] | None:
    """Return what Excel checks while somebody types; the reader checks everything once more."""
    refusal = {"error_title": column.name, "error_message": f"{allowed(column, lang)}."[:255]}
    if column.choices:
        return {**refusal, "validate": "list", "source": list(column.choices), "error_type": _strictness(column)}
    match column.kind:
        case "flag":
            return {**refusal, "validate": "list", "source": ["ja", "nee"]}
        case "gemeente":
            source = f"=lijsten!$A$1:$A${len(load_gemeenten())}"
            return {**refusal, "validate": "list", "source": source, "error_type": "information"}
        case "integer" | "number":
            return {**refusal, "validate": "integer" if column.kind == "integer" else "decimal", **_range(column)}
        case "date":
            return {**refusal, "validate": "date", "criteria": ">=", "value": datetime.date(1950, 1, 1)}
        case _:
            return None


def _strictness(column: Column) -> str:
    return "information" if column.open_list else "stop"


def _range(column: Column) -> dict[str, Any]:
    low = column.minimum or 0
    if column.maximum is None:
        return {"criteria": ">=", "value": low}
    return {"criteria": "between", "minimum": low, "maximum": column.maximum}


def _write_beleid(sheet: Any, styles: dict[str, Any], lang: Lang) -> None:
    sheet.set_column(0, 1, 30)
    sheet.set_column(2, 2, 50)
    sheet.write_row(0, 0, _BELEID.said(lang).split("|"), styles["optional"])
    for row, (key, example) in enumerate(KEYS.items(), start=1):
        sheet.write_row(row, 0, (key, "", example))
