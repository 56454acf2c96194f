"""One workbook for each municipality: its own cases, and a column to answer in."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pandas as pd

from optimizer.domain import uitvoer
from optimizer.domain.voorstel import Voorstel
from optimizer.report import sheets
from optimizer.report.language import Language
from optimizer.report.privacy import is_private, shield_ground, shield_text
from optimizer.report.sheets import SheetColumn, sheet_column

#: What a municipality may answer; the other decisions are the regievoerder's.
ANSWERS = ("akkoord", "bezwaar")
#: What a municipality sees of a household: no chances and no alternatives, for those are about others too.
SHOWN = (
    "huishouden_id",
    "aantal_personen",
    "status",
    "grond",
    "grond_gehonoreerd",
    "afstand_km",
    "banen",
    "banen_binnen_50km",
    "dagen_sinds_vergunning",
    "reden",
)
SHOWN_JOBS = ("baan_id", "huishouden_id", "werk_gemeente", "uren_per_week", "hard", "afstand_km", "binnen_50km")


def voor_gemeente(voorstel: Voorstel, peildatum: date, t: Language) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the bytes of a workbook for each municipality with a case, in order of code.

    Medical and family grounds read ``persoonlijk``. The columns ``huishouden_id``, ``besluit``, ``gemeente`` and
    ``reden`` of the sheet ``antwoord`` are those of a file of decisions.
    """
    told = voorstel.voorstel.assign(reden=voorstel.gemeente_redenen)
    linked = told[told["status"] != "niet_gekoppeld"]
    for code, cases in linked.groupby("gemeente", sort=True):
        jobs = voorstel.banen[voorstel.banen["huishouden_id"].isin(cases["huishouden_id"])]
        yield f"{code}.xlsx", _workbook(cases, jobs, peildatum, t)


def _workbook(cases: pd.DataFrame, jobs: pd.DataFrame, peildatum: date, t: Language) -> bytes:
    """Return the workbook of one municipality."""
    code, name = str(cases["gemeente"].iloc[0]), str(cases["gemeente_naam"].iloc[0])
    buffer = BytesIO()
    with sheets.workbook(buffer, t.plain("gemeente.titel", name=name), peildatum) as book:
        answer = sheets.add_table(book, "antwoord", _answers(cases, code, t), _answer_columns(t))
        first = len(SHOWN) + 1
        wrong = t.plain("gemeente.fout", answers=", ".join(ANSWERS))
        answer.data_validation(
            1,
            first,
            len(cases),
            first,
            {"validate": "list", "source": list(ANSWERS), "error_title": "Koppelwijzer", "error_message": wrong},
        )
        sheets.add_table(book, "banen", jobs, _columns(uitvoer.BANEN, SHOWN_JOBS, t))
        topics = ("wat", "antwoorden", "bezwaar", "vast", "persoonlijk")
        lines = [(t.plain(f"gemeente.{x}"), t.plain(f"gemeente.{x}_uitleg")) for x in topics]
        sheets.add_lines(book, "uitleg", [(t.plain("gemeente.titel", name=name), ""), *lines])
    return buffer.getvalue()


def _answers(cases: pd.DataFrame, code: str, t: Language) -> pd.DataFrame:
    """Return the cases without private grounds, and with empty cells for the answer; ``uitleg`` holds our reason.

    Why a person locked a household is free text, which may name a private ground: a municipality reads only that
    somebody did. Where a ground lies, and how far, can tell what it is: of a private ground neither is shown.
    """
    shown = cases[list(SHOWN)].rename(columns={"reden": "uitleg"})
    reasons = shown["uitleg"].map(shield_text).mask(shown["status"] == "vastgezet", t.plain("gemeente.vast_uitleg"))
    private = shown["grond"].map(is_private)
    return shown.assign(
        grond=shown["grond"].map(shield_ground),
        afstand_km=shown["afstand_km"].round(1).mask(private),
        uitleg=reasons.mask(private & (shown["status"] != "vastgezet"), t.plain("gemeente.persoonlijk_reden")),
        gemeente=code,
        besluit="",
        reden="",
    )


def _answer_columns(t: Language) -> list[SheetColumn]:
    shown = _columns(uitvoer.VOORSTEL, SHOWN, t)
    why = SheetColumn("uitleg", "text", t.plain("gemeente.kolom_uitleg"), t.plain("gemeente.kolom_uitleg"), sheets.WIDE)
    asked = [
        SheetColumn("gemeente", "id", "gemeente", t.plain("gemeente.kolom_gemeente"), 11),
        SheetColumn("besluit", "id", "besluit", t.plain("gemeente.kolom_besluit"), 14, shaded=True),
        SheetColumn("reden", "text", "reden", t.plain("gemeente.kolom_reden"), 50, shaded=True),
    ]
    return [*shown[:-1], why, *asked]


def _columns(table: uitvoer.OutputTable, names: tuple[str, ...], t: Language) -> list[SheetColumn]:
    known = {c.name: c for c in table.columns}
    return [sheet_column(known[n], t, named=n in ("status", "hard")) for n in names]
