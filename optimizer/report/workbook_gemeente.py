"""One workbook for each municipality: its own cases, what they ask of it, and columns to answer in."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from io import BytesIO

import numpy as np
import pandas as pd
from xlsxwriter.worksheet import Worksheet

from optimizer.domain import uitvoer
from optimizer.domain.batch import Batch
from optimizer.domain.tables import GROTE_WONING
from optimizer.domain.terms import DWELLINGS
from optimizer.domain.voorstel import Voorstel
from optimizer.report import sheets
from optimizer.report.language import Language
from optimizer.report.places import gemeente_name
from optimizer.report.privacy import is_private, shield_ground, shield_text
from optimizer.report.sheets import SheetColumn, sheet_column
from optimizer.rules.parameters import Parameters
from optimizer.rules.woningen import needs_large

#: What a municipality may answer; the other decisions are the regievoerder's.
ANSWERS = ("akkoord", "ja mits", "bezwaar")
#: What a municipality reads of a household on paper, and what stands beside the answer on the screen only. It sees no
#: chances and no alternatives, for those are about others too.
SHOWN = ("huishouden_id", "aantal_personen", "nareis", "woning", "werk", "grond", "uitleg")
ASKED = ("gemeente", "besluit", "reden")
BESIDE = ("status", "grond_gehonoreerd", "afstand_km", "banen", "banen_binnen_50km", "dagen_sinds_vergunning")
SHOWN_JOBS = (
    "baan_id",
    "huishouden_id",
    "werk_gemeente",
    "werk_gemeente_naam",
    "uren_per_week",
    "hard",
    "afstand_km",
    "binnen_50km",
)
_NO_FILE_NAME = re.compile(r"[^A-Za-z0-9]+")
_TOPICS = ("wat", "antwoorden", "ja_mits", "bezwaar", "vast", "persoonlijk", "woning")


@dataclass(frozen=True)
class _Own:
    """What one municipality gets.

    Attributes
    ----------
    code, name
        The municipality.
    cases
        Its households: rows of ``voorstel`` with ``nareis``, ``woning`` and ``werk``.
    jobs
        Their jobs.
    room
        Its row of ``taakstelling``; empty where it has none.
    answers
        ``besluit`` and ``reden`` that it gave already, by household.
    """

    code: str
    name: str
    cases: pd.DataFrame
    jobs: pd.DataFrame
    room: pd.DataFrame
    answers: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def voor_gemeente(voorstel: Voorstel, batch: Batch, parameters: Parameters, t: Language) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the bytes of a workbook for each municipality with a case, in order of code.

    Medical and family grounds read ``persoonlijk``. The columns ``huishouden_id``, ``besluit``, ``gemeente`` and
    ``reden`` of the sheet ``antwoord`` are those of a file of decisions.

    Parameters
    ----------
    voorstel
        The proposal, said in the language of ``t``.
    batch
        The input: who still comes, and which dwelling a household needs.
    parameters
        The terms for housing, and who needs a large dwelling.
    """
    told = voorstel.voorstel.assign(reden=voorstel.gemeente_redenen)
    tables = (told[told["status"] != "niet_gekoppeld"], voorstel.banen, voorstel.taakstelling)
    for code in sorted(set(tables[0]["gemeente"])):
        yield one_gemeente(str(code), tables, batch, parameters, t)


def one_gemeente(
    code: str,
    tables: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    batch: Batch,
    parameters: Parameters,
    t: Language,
    answers: Mapping[str, tuple[str, str]] | None = None,
) -> tuple[str, bytes]:
    """Return the file name and the bytes of the workbook of one municipality.

    Parameters
    ----------
    code
        Of a municipality with a case.
    tables
        Who is linked (rows of ``voorstel`` whose ``reden`` is for municipalities), ``banen`` and ``taakstelling``.
    batch, parameters, t
        As for `voor_gemeente`.
    answers
        ``besluit`` and ``reden`` that were given already, by household.
    """
    linked, banen, taakstelling = tables
    cases = linked[linked["gemeente"] == code]
    jobs = banen[banen["huishouden_id"].isin(cases["huishouden_id"])]
    jobs = jobs.assign(werk_gemeente_naam=jobs["werk_gemeente"].map(gemeente_name))
    cases = cases.merge(_needs(batch, parameters, t), on="huishouden_id", how="left")
    where = _places_of_work(jobs, t)
    cases = cases.assign(werk=[where.get(str(household), "") for household in cases["huishouden_id"]])
    name, room = str(cases["gemeente_naam"].iloc[0]), taakstelling[taakstelling["gemeente"] == code]
    own = _Own(code, name, cases, jobs, room, answers or {})
    return file_name(code, name), _workbook(own, parameters, t)


def file_name(code: str, name: str) -> str:
    """Return how the workbook of a municipality is called: its code, then its name in letters of every keyboard.

    >>> file_name("GM0518", "'s-Gravenhage"), file_name("GM1900", "Súdwest-Fryslân")
    ('GM0518_s-Gravenhage.xlsx', 'GM1900_Sudwest-Fryslan.xlsx')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{code}_{_NO_FILE_NAME.sub('-', plain).strip('-')}.xlsx"


def _needs(batch: Batch, parameters: Parameters, t: Language) -> pd.DataFrame:
    """Return of each household who still comes (persons, NaN: unknown) and the special dwelling that it needs."""
    table = batch.huishoudens
    later = table["nareis_verwacht"].to_numpy(np.float64, na_value=np.nan)
    persons = table["aantal_personen"].to_numpy(np.int64)
    counted = persons + (np.nan_to_num(later).astype(np.int64) if parameters["nareis/telt_mee"] else 0)
    by_size = np.full(len(table), (batch.woningen["soort"] == GROTE_WONING).any())
    by_size &= needs_large(counted, parameters["woningen/groot_vanaf_personen"])
    kinds = [
        dict.fromkeys([*([str(kind)] if kind else []), *([GROTE_WONING] if large else [])])
        for kind, large in zip(table["woning_nodig"].fillna(""), by_size, strict=True)
    ]
    return pd.DataFrame(
        {
            "huishouden_id": table["huishouden_id"],
            "nareis": later,
            "woning": [", ".join(_dwelling(kind, t) for kind in mine) for mine in kinds],
        }
    )


def _dwelling(kind: str, t: Language) -> str:
    """Return a kind of dwelling in words; of one of the user's own no word that gives a private ground away."""
    return DWELLINGS[kind].said(t.code) if kind in DWELLINGS else shield_text(kind.replace("_", " "))


def _places_of_work(jobs: pd.DataFrame, t: Language) -> dict[str, str]:
    """Return by household where its jobs are, with the hours a week of each: ``Utrecht (24 uur), Zeist (8 uur)``."""
    told: dict[str, list[str]] = {}
    for household, place, hours in zip(
        jobs["huishouden_id"], jobs["werk_gemeente_naam"], jobs["uren_per_week"], strict=True
    ):
        told.setdefault(str(household), []).append(t.plain("gemeente.werk_uren", place=place, hours=t.trimmed(hours)))
    return {household: ", ".join(places) for household, places in told.items()}


def _workbook(own: _Own, parameters: Parameters, t: Language) -> bytes:
    """Return the workbook of one municipality."""
    buffer = BytesIO()
    title = t.plain("gemeente.titel", name=own.name)
    with sheets.workbook(buffer, title, parameters.peildatum) as book:
        columns = _answer_columns(t)
        answer = sheets.add_table(
            book, "antwoord", _answers(own.cases, own.code, t, own.answers), columns, printed=len(SHOWN) + len(ASKED)
        )
        _ask(answer, [c.name for c in columns].index("besluit"), len(own.cases), t)
        sheets.add_lines(book, "overzicht", [(title, ""), *_overview(own, parameters, t)])
        jobs = sheets.add_table(book, "banen", own.jobs, _job_columns(t))
        for sheet in (answer, jobs):
            sheet.set_header(f"&L{title.replace('&', '&&')}&R{t.date(parameters.peildatum)}")
        lines = [(t.plain(f"gemeente.{x}"), t.plain(f"gemeente.{x}_uitleg")) for x in _TOPICS]
        sheets.add_lines(book, "uitleg", [(title, ""), *lines])
    return buffer.getvalue()


def _ask(sheet: Worksheet, at: int, cases: int, t: Language) -> None:
    """Let people choose an answer from a list."""
    wrong = t.plain("gemeente.fout", answers=", ".join(ANSWERS))
    rule = {"validate": "list", "source": list(ANSWERS), "error_title": "Koppelwijzer", "error_message": wrong}
    sheet.data_validation(1, at, cases, at, rule)


def _answers(
    cases: pd.DataFrame, code: str, t: Language, answers: Mapping[str, tuple[str, str]] | None = None
) -> pd.DataFrame:
    """Return the cases without private grounds, with cells for the answer; ``uitleg`` holds our reason.

    Why a person locked a household is free text, which may name a private ground: a municipality reads only that
    somebody did. Where a ground lies, and how far, can tell what it is: of a private ground neither is shown.
    """
    given = [(answers or {}).get(str(h), ("", "")) for h in cases["huishouden_id"]]
    reasons = cases["reden"].map(shield_text).mask(cases["status"] == "vastgezet", t.plain("gemeente.vast_uitleg"))
    private = cases["grond"].map(is_private)
    return cases.assign(
        grond=cases["grond"].map(shield_ground),
        afstand_km=cases["afstand_km"].round(1).mask(private),
        uitleg=reasons.mask(private & (cases["status"] != "vastgezet"), t.plain("gemeente.persoonlijk_reden")),
        gemeente=code,
        besluit=[besluit for besluit, _ in given],
        reden=[reden for _, reden in given],
    )


def _answer_columns(t: Language) -> list[SheetColumn]:
    ours = {
        "nareis": ("count", 11.0),
        "woning": ("text", 16.0),
        "werk": ("text", 20.0),
        "uitleg": ("text", 36.0),
        "gemeente": ("id", 11.0),
        "besluit": ("id", 12.0),
        "reden": ("text", 30.0),
    }
    known = {c.name: c for c in _columns(uitvoer.VOORSTEL, (*SHOWN, *BESIDE), t)}
    own = {
        name: SheetColumn(
            name,
            "count" if kind == "count" else "id" if kind == "id" else "text",
            name if name in ASKED else t.plain(f"gemeente.kop_{name}"),
            t.plain(f"gemeente.kolom_{name}"),
            width,
            shaded=name in ("besluit", "reden"),
        )
        for name, (kind, width) in ours.items()
    }
    known["huishouden_id"] = replace(known["huishouden_id"], width=12)
    known["aantal_personen"] = replace(known["aantal_personen"], width=10)
    known["grond"] = replace(known["grond"], kind="text", width=12, read=partial(_grounds, t=t))
    return [{**known, **own}[name] for name in (*SHOWN, *ASKED, *BESIDE)]


def _grounds(kinds: str, t: Language) -> str:
    """Return the kinds of ground in words: ``werk en persoonlijk``."""
    return ", ".join(str(t.label("grond", kind)) for kind in kinds.split("+"))


def _job_columns(t: Language) -> list[SheetColumn]:
    named = SheetColumn(
        "werk_gemeente_naam", "text", t.plain("gemeente.kop_werk"), t.plain("gemeente.kolom_werk_naam"), 24
    )
    known = {c.name: c for c in [*_columns(uitvoer.BANEN, SHOWN_JOBS, t), named]}
    return [known[name] for name in SHOWN_JOBS]


def _columns(table: uitvoer.OutputTable, names: Sequence[str], t: Language) -> list[SheetColumn]:
    known = {c.name: c for c in table.columns}
    return [
        sheet_column(known[n], t, named=n in ("status", "hard", "grond_gehonoreerd", "binnen_50km"))
        for n in names
        if n in known
    ]


def _overview(own: _Own, parameters: Parameters, t: Language) -> list[tuple[str, str]]:
    """Return what the proposal asks of the municipality: its room, who comes, what they need, and by when."""
    persons = int(own.cases["aantal_personen"].sum())
    lines = [
        (t.plain("pagina.peildatum"), t.date(parameters.peildatum)),
        (
            t.plain("gemeente.in_voorstel"),
            f"{t.count('persoon', persons)} ({t.count('huishouden', len(own.cases))})",
        ),
    ]
    for name in ("opgave", "rest"):
        if len(own.room):
            lines.append((t.plain(f"gemeente.{name}"), str(t.count("persoon", int(own.room[name].iloc[0])))))
    lines += _terms(parameters, t)
    later = own.cases["nareis"].fillna(0)
    if later.sum() > 0:
        of = t.count("huishouden", int((later > 0).sum()))
        told = t.plain("gemeente.nareis_van", persons=t.count("persoon", int(later.sum())), households=of)
        lines.append((t.plain("gemeente.kop_nareis"), told))
    kinds = own.cases.loc[own.cases["woning"] != "", "woning"].str.split(", ").explode().value_counts()
    if len(kinds):
        lines.append((t.plain("gemeente.kop_woning"), ", ".join(f"{n} × {kind}" for kind, n in kinds.items())))
    places = own.jobs["werk_gemeente_naam"].value_counts()
    if len(places):
        told = ", ".join(f"{place}: {t.count('baan', int(n))}" for place, n in places.items())
        lines.append((t.plain("gemeente.kop_werk"), told))
    return lines


def _terms(parameters: Parameters, t: Language) -> list[tuple[str, str]]:
    """Return the last days for housing and for moving, if the households are linked on the peildatum."""
    weeks = [float(parameters[f"termijnen/{name}_weken"]) for name in ("huisvesten", "verhuizen")]
    offered = parameters.peildatum + timedelta(weeks=weeks[0])
    moved = offered + timedelta(weeks=weeks[1])
    return [
        (
            t.plain(f"gemeente.{name}_voor"),
            t.plain(f"gemeente.{name}_uitleg", day=t.date(day), weeks=t.count("week", n)),
        )
        for name, day, n in (("huisvesten", offered, weeks[0]), ("verhuizen", moved, weeks[1]))
    ]
