"""All files of a run, or of a comparison, into one folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.wording import Lang
from optimizer.domain import uitvoer
from optimizer.domain.batch import Batch
from optimizer.domain.uitvoer import GEMEENTEN, PROVINCIES, RECEIPT
from optimizer.domain.units import MAANDEN
from optimizer.domain.voorstel import Voorstel
from optimizer.report import csvs, receipt, tidy, workbook
from optimizer.report.alderman_page import render_alderman
from optimizer.report.area_page import municipality_pages, province_pages
from optimizer.report.language import load
from optimizer.report.page import render_comparison, render_run
from optimizer.report.tradeoff_page import render_tradeoff
from optimizer.report.workbook_gemeente import voor_gemeente
from optimizer.rules.parameters import Parameters


@dataclass(frozen=True)
class Style:
    """How people want their files.

    Parameters
    ----------
    lang
        Language of the page and the workbook.
    english_csv
        CSV with ``,`` and a decimal point.
    voor_gemeente
        Also write a workbook for each municipality with its own cases, in the folder ``gemeenten``.
    """

    lang: Lang = "nl"
    english_csv: bool = False
    voor_gemeente: bool = False


@dataclass(frozen=True)
class Continued:
    """What a run that goes on from an earlier one writes besides.

    Attributes
    ----------
    tables
        Decisions, earlier municipalities and what changed, by their table.
    previous
        For the receipt: the hashes of the run before, of the decisions on it, and of the runs before those.
    """

    tables: Mapping[uitvoer.OutputTable, pd.DataFrame]
    previous: Mapping[str, Any]


@dataclass(frozen=True)
class Priced:
    """What a policy costs that does something for some.

    Attributes
    ----------
    table
        With and without, with the columns of ``uitvoer.PRIJS``.
    links
        The links without, with the columns of ``uitvoer.KOPPELINGEN``.
    told
        For the receipt: the levels without, what each reached, and the status.
    """

    table: pd.DataFrame
    links: pd.DataFrame
    told: Mapping[str, Any]


def write_run(
    folder: Path,
    voorstel: Voorstel,
    batch: Batch,
    parameters: Parameters,
    *,
    command: Sequence[str],
    policy: Mapping[str, Any],
    overlays: Mapping[str, Any] | None = None,
    comparison: pd.DataFrame | None = None,
    overeenkomsten: pd.DataFrame | None = None,
    asked: Mapping[str, Any] | None = None,
    bewijs: bytes | None = None,
    kennis: bytes | None = None,
    continued: Continued | None = None,
    priced: Priced | None = None,
    beside: Mapping[uitvoer.OutputTable, pd.DataFrame] | None = None,
    style: Style = Style(),
) -> receipt.Receipt:
    """Write every file of a run into a folder and return its receipt.

    Parameters
    ----------
    folder
        An empty folder; `optimizer.publish.publish` gives one.
    command
        The command as given, program name first.
    policy
        The policy in full, as plain data.
    overlays
        What was laid over the rules, and what differs from those that ship; None: nothing.
    comparison
        Rows of ``beleidsvergelijking`` for the page (this policy, the baseline and others); None leaves that part out.
    overeenkomsten
        What agreements that let people stay do, by policy; None without any.
    asked
        Where the input stands: ``path``, and ``kolommen`` and ``pc4`` where they were given.
    bewijs
        Content of ``bewijs.json.gz``; None leaves that file out.
    kennis
        Content of ``kennis.json``, as `report.kennis.knowledge` makes it; None leaves that file out.
    continued
        What is written of a run that goes on from an earlier one; None where it goes on from none.
    priced
        What the policy costs; None where it has no floor and does not look at the lottery.
    beside
        Tables that change nothing in the proposal: a look ahead, and what following requests would do.

    Raises
    ------
    OSError
        When a file cannot be written.
    """
    requests = {} if voorstel.verzoeken is None else {uitvoer.VERZOEKEN: voorstel.verzoeken}
    for_sheets = {**requests, **(beside or {})}
    further = {
        **({} if continued is None else continued.tables),
        **({} if priced is None else {uitvoer.PRIJS: priced.table, uitvoer.KOPPELINGEN: priced.links}),
        **for_sheets,
    }
    tables = {
        uitvoer.VOORSTEL: voorstel.voorstel,
        uitvoer.BANEN: voorstel.banen,
        uitvoer.TAAKSTELLING: voorstel.taakstelling,
        uitvoer.NIET_GEKOPPELD: voorstel.niet_gekoppeld,
        uitvoer.UITZONDERING: voorstel.uitzonderingen,
        uitvoer.WERKLIJST: voorstel.werklijst,
        uitvoer.PROGNOSE: voorstel.prognose,
        uitvoer.KOPPELREGIO: voorstel.koppelregio,
        **further,
    }
    files = {f"{t.name}.csv": csvs.to_bytes(f, t, english=style.english_csv) for t, f in tables.items()}
    told = receipt.run_receipt(
        voorstel,
        batch,
        parameters,
        command=command,
        policy=policy,
        answer=files["voorstel.csv"],
        overlays=overlays,
        asked=asked,
        previous=None if continued is None else continued.previous,
        prijs=None if priced is None else priced.told,
    )
    words = load(style.lang).under(told["parameters"])
    files["voorstel.xlsx"] = workbook.to_bytes(voorstel, parameters, told, words, for_sheets)
    page = render_run(voorstel, batch, told, comparison, style.lang, overeenkomsten, further)
    files["rapport.html"] = page.encode()
    files[uitvoer.WETHOUDER] = render_alderman(voorstel, told, comparison, style.lang).encode()
    files["voorstel.parquet"] = tidy.to_bytes(tidy.shielded(voorstel.voorstel), tidy.TIDY_VOORSTEL)
    files["banen.parquet"] = tidy.to_bytes(voorstel.banen, uitvoer.BANEN)
    files |= _agreements(overeenkomsten, style)
    if bewijs is not None:
        files[uitvoer.BEWIJS] = bewijs
    if kennis is not None:
        files[uitvoer.KENNIS] = kennis
    pages = province_pages(voorstel, batch, told, style.lang, linked=style.voor_gemeente)
    files |= {f"{PROVINCIES}/{name}": content for name, content in pages}
    if style.voor_gemeente:
        own = voor_gemeente(voorstel, batch, parameters, load(style.lang).under(told["parameters"]))
        own_pages = municipality_pages(voorstel, batch, told, style.lang)
        files |= {f"{GEMEENTEN}/{name}": content for name, content in (*own, *own_pages)}
    return _write_with_receipt(folder, files, told)


def write_comparison(
    folder: Path,
    comparison: pd.DataFrame,
    batch: Batch,
    parameters: Parameters,
    *,
    command: Sequence[str],
    seed: int,
    policies: Mapping[str, Mapping[str, Any]],
    bekend: float,
    baseline: str,
    draws: int,
    reproducible: bool,
    overlays: Mapping[str, Any] | None = None,
    further: Mapping[uitvoer.OutputTable, pd.DataFrame] | None = None,
    months: pd.DataFrame | None = None,
    overeenkomsten: pd.DataFrame | None = None,
    asked: Mapping[str, Any] | None = None,
    groepen: Mapping[str, Any] | None = None,
    style: Style = Style(),
) -> receipt.Receipt:
    """Write every file of a comparison into a folder and return its receipt.

    Parameters
    ----------
    comparison
        One row per policy, columns of ``beleidsvergelijking``.
    policies
        Every policy in full, with the status that it reached.
    bekend
        Share of the jobs that is known in time.
    overlays, asked
        As for `write_run`.
    further
        Tables that belong to the comparison: the gain split by step, differences over months, assumptions.
    months
        One row a month and policy, for ``maanden.parquet``; None leaves that file out.
    overeenkomsten
        What agreements that let people stay do, by policy; None without any.
    groepen
        For the receipt: the file of protected characteristics, its hash, and that of the answer it was opened after;
        None where there is no such file.

    Raises
    ------
    OSError
        When a file cannot be written.
    """
    tables = {uitvoer.BELEIDSVERGELIJKING: comparison, **(further or {})}
    files = {f"{t.name}.csv": csvs.to_bytes(f, t, english=style.english_csv) for t, f in tables.items()}
    tables |= {} if months is None else {MAANDEN: months}
    files |= {f"{t.name}.parquet": tidy.to_bytes(f, t) for t, f in tables.items()}
    told = receipt.comparison_receipt(
        batch,
        parameters,
        command=command,
        seed=seed,
        policies=policies,
        bekend=bekend,
        baseline=baseline,
        draws=draws,
        reproducible=reproducible,
        answer=files["beleidsvergelijking.csv"],
        overlays=overlays,
        asked=asked,
        groepen=groepen,
    )
    files["rapport.html"] = render_comparison(batch, told, comparison, style.lang, overeenkomsten, further).encode()
    files |= _agreements(overeenkomsten, style)
    return _write_with_receipt(folder, files, told)


def write_tradeoff(
    folder: Path,
    tables: Mapping[uitvoer.OutputTable, pd.DataFrame],
    batch: Batch,
    parameters: Parameters,
    *,
    command: Sequence[str],
    seed: int,
    policy: Mapping[str, Any],
    points: Mapping[str, Mapping[str, Any]],
    bekend: float,
    reproducible: bool,
    overlays: Mapping[str, Any] | None = None,
    asked: Mapping[str, Any] | None = None,
    style: Style = Style(),
) -> receipt.Receipt:
    """Write every file of a trade-off into a folder and return its receipt.

    Parameters
    ----------
    tables
        The points and the links, by their table.
    policy, points
        The policy in force in full, and that of every point.
    bekend
        Share of the jobs known in time.
    command, overlays, asked
        As for `write_run`.

    Raises
    ------
    OSError
        When a file cannot be written.
    """
    files = {f"{t.name}.csv": csvs.to_bytes(f, t, english=style.english_csv) for t, f in tables.items()}
    told = receipt.tradeoff_receipt(
        batch,
        parameters,
        command=command,
        seed=seed,
        policy=policy,
        points=points,
        bekend=bekend,
        reproducible=reproducible,
        answer=files[f"{uitvoer.AFWEGING_KOPPELINGEN.name}.csv"],
        overlays=overlays,
        asked=asked,
    )
    page = render_tradeoff(batch, told, tables[uitvoer.AFWEGING], tables[uitvoer.AFWEGING_KOPPELINGEN], style.lang)
    files["afweging.html"] = page.encode()
    return _write_with_receipt(folder, files, told)


def _agreements(overeenkomsten: pd.DataFrame | None, style: Style) -> dict[str, bytes]:
    """Return the file on agreements; none where no agreement lets people stay."""
    if overeenkomsten is None:
        return {}
    table = uitvoer.OVEREENKOMSTEN
    return {f"{table.name}.csv": csvs.to_bytes(overeenkomsten, table, english=style.english_csv)}


def _write_with_receipt(folder: Path, files: Mapping[str, bytes], told: receipt.Receipt) -> receipt.Receipt:
    """Write the files, and the receipt that holds what each of them hashes to; return that receipt."""
    whole = receipt.sealed(told, files)
    for name, content in {**files, RECEIPT: receipt.to_bytes(whole)}.items():
        place = folder / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    return whole
