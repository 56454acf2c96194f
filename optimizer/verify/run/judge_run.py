"""A finished run before the judge: every file against the receipt, every table against the input and the proposal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.domain.finished import FinishedRun
from optimizer.domain.levels import ONGEWIJZIGD
from optimizer.domain.uitvoer import (
    BANEN,
    GESPREKKEN,
    GEVOLGD,
    KOPPELINGEN,
    KOPPELREGIO,
    NIET_GEKOPPELD,
    OVEREENKOMSTEN,
    PROGNOSE,
    RECEIPT,
    TAAKSTELLING,
    UITZONDERING,
    UITZONDERINGEN,
    VERSCHUIVING,
    VERZOEKEN,
    VOORSPRAAK,
    VOORSTEL,
    VOORUITBLIK,
    WERKLIJST,
    OutputTable,
)
from optimizer.rules.parameters import Parameters
from optimizer.verify.adults import Adults, with_floors
from optimizer.verify.bound import judge_bounds
from optimizer.verify.case import Case, open_case
from optimizer.verify.cells import Form
from optimizer.verify.findings import bevinding
from optimizer.verify.households import NONE, Floats
from optimizer.verify.judge import judge_case
from optimizer.verify.levels import Kansen
from optimizer.verify.oordeel import Bevinding, Grens, Oordeel
from optimizer.verify.redraw import drawn_again
from optimizer.verify.run.agreements import table_overeenkomsten
from optimizer.verify.run.attribution import table_attributie
from optimizer.verify.run.comparison import share_known, table_vergelijking
from optimizer.verify.run.crossings import crossing, table_koppelregio
from optimizer.verify.run.decided import (
    agreements_of,
    as_decided,
    changes_right,
    decisions_known,
    earlier_right,
    tables_there,
)
from optimizer.verify.run.explanations import explanations
from optimizer.verify.run.files import files_as_written, receipt_whole
from optimizer.verify.run.followed import tables_gevolgd
from optimizer.verify.run.forecast import table_prognose
from optimizer.verify.run.knowledge import knowledge_right
from optimizer.verify.run.layout import Key, columns_right, key_columns, order_right, unreadable
from optimizer.verify.run.look_ahead import tables_vooruitblik
from optimizer.verify.run.offers import alternatives_complete
from optimizer.verify.run.policies import cases_of, counts_right, without_links
from optimizer.verify.run.price import table_prijs
from optimizer.verify.run.reached import levels_reached
from optimizer.verify.run.reasons import reasons
from optimizer.verify.run.requests import table_verzoeken
from optimizer.verify.run.shadow import shadow_prices
from optimizer.verify.run.tradeoff import judge_tradeoff
from optimizer.verify.run.turned import turned
from optimizer.verify.run.waiting import table_niet_gekoppeld, waiting
from optimizer.verify.run.winners import Links, tables_winnaars
from optimizer.verify.run.worklist import table_werklijst
from optimizer.verify.tables import expected_gemeenten
from optimizer.verify.tempo import pace_yielded_in_vain

#: Tables of a run that are judged, each in its file.
RUN_TABLES = (VOORSTEL, BANEN, TAAKSTELLING, NIET_GEKOPPELD, UITZONDERING, KOPPELREGIO)
NEEDED = ("huishouden_id", "gemeente")


def judge_run(
    run: FinishedRun,
    batch: Batch,
    *,
    parameters: Parameters,
    eisen: Eisen,
    niveaus: Sequence[str] = (),
    methode: str = "",
    chances: Kansen | None = None,
    bewijs: Mapping[str, Any] | None = None,
    grenzen: bool = False,
    earlier: FinishedRun | None = None,
    policies: Mapping[str, Eisen] | None = None,
    adults: Adults | None = None,
    groepen: pd.DataFrame | None = None,
) -> Oordeel:
    """Judge a finished run, comparison or trade-off from its written files, and nothing else.

    ``run``, ``compare`` and ``afweging`` have it look at what they wrote before they publish it; ``verify RUN`` at any
    later time.

    Parameters
    ----------
    run
        What stands in the folder, as ``read.run.read_finished`` gives it.
    batch, parameters
        The input of the run, and the rules in force.
    eisen, niveaus, methode
        What the policy of the run binds, its levels, most important first, and its method (``optimaal``, ``volgorde``,
        ``loting``). A comparison has no policy of its own and does not look at them.
    chances
        Chance of work of every household in every municipality by level, in 0.0001. None: chances are not judged.
    grenzen, bewijs
        Whether to judge the bounds too, and what ``bewijs.json.gz`` holds; None where it cannot be read.
    earlier
        The run from which this one goes on; None: there is none, or it is not there to be looked at.
    policies, adults, groepen
        Of a comparison: what each policy binds, the chance of work of every adult, and protected characteristics by
        ``persoon_id``. None: the links of the policies, and who gains by them, are not judged.

    Returns
    -------
    The verdict; without a proposal that can be read it holds what was found in the files alone.

    Raises
    ------
    ParameterFout
        When a parameter that the rules need is not in force on the peildatum.
    """
    found = [*receipt_whole(run, parameters), *files_as_written(run, parameters)]
    as_read = batch
    if run.is_tradeoff or run.is_comparison:
        return _only([*found, *_of_many(run, batch, parameters, policies or {}, chances, adults, groepen)])
    found += [*tables_there(run, parameters), *decisions_known(run, batch, parameters)]
    found += earlier_right(run, earlier, parameters)
    batch = as_decided(run, batch)
    if chances is not None and adults is not None:
        chances = with_floors(chances, batch, adults, niveaus)
    first = (ONGEWIJZIGD,) if batch.eerder is not None and niveaus else ()
    found += [b for written in run.tables.values() for b in unreadable(written, parameters)]
    frames = {table.name: run.tables[table.name].frame for table in RUN_TABLES if _usable(run, table)}
    voorstel = run.table(VOORSTEL)
    if VOORSTEL.name not in frames:
        return _only([*found, *(columns_right(voorstel, VOORSTEL.names, parameters) if voorstel else [])])
    policy, form = run.receipt["policy"], _form(run)
    case = open_case(batch, frames[VOORSTEL.name], parameters, eisen, policy["bekend"], run.receipt["seed"])
    verdict = judge_case(case, _chance_of_rows(case, chances), chances or {}, niveaus, frames, form)
    found += _layout(run, case, verdict)
    found += verdict.overtredingen
    weighed = turned(case, chances or {}, niveaus)
    found += [*reasons(case, methode, weighed), *alternatives_complete(case, niveaus)]
    if NIET_GEKOPPELD.name in frames:
        found += table_niet_gekoppeld(case, frames[NIET_GEKOPPELD.name], form)
    if UITZONDERING.name in frames:
        found += explanations(case, verdict.uitzonderingen, frames[UITZONDERING.name])
    if KOPPELREGIO.name in frames:
        found += table_koppelregio(case, frames[KOPPELREGIO.name], form, weighed)
    if TAAKSTELLING.name in frames:
        found += shadow_prices(case, frames[TAAKSTELLING.name], form, methode)
    if _usable(run, OVEREENKOMSTEN):
        found += table_overeenkomsten(case, run.tables[OVEREENKOMSTEN.name].frame, form, methode)
    found += [*_lists(run, case), *knowledge_right(run, as_read, case, form)]
    found += _of_requests(run, case, _form(run))
    found += _ahead(run, case, _form(run))
    found += table_prijs(run, case, tuple(niveaus), chances or {})
    found += levels_reached(case, run.receipt, (*first, *niveaus), chances or {})
    found += pace_yielded_in_vain(case, run.receipt["levels"])
    found += changes_right(run, frames[VOORSTEL.name], parameters)
    bounds: tuple[Grens, ...] = ()
    if grenzen:
        wrong, bounds = judge_bounds(case, bewijs, run.receipt, chances or {})
        found += wrong
    return replace(verdict, overtredingen=tuple(found), grenzen=bounds)


def _lists(run: FinishedRun, case: Case) -> list[Bevinding]:
    """The tables that look ahead: who must be linked when, and what is done of each opgave by then."""
    whole = {
        table.name: run.tables[table.name].frame
        for table in (WERKLIJST, PROGNOSE)
        if _usable(run, table) and set(table.names) <= set(run.tables[table.name].header)
    }
    found = table_werklijst(case, whole[WERKLIJST.name], agreements_of(run)) if WERKLIJST.name in whole else []
    return [*found, *(table_prognose(case, whole[PROGNOSE.name]) if PROGNOSE.name in whole else [])]


def _of_many(
    run: FinishedRun,
    batch: Batch,
    parameters: Parameters,
    policies: Mapping[str, Eisen],
    chances: Kansen | None,
    adults: Adults | None,
    groepen: pd.DataFrame | None,
) -> list[Bevinding]:
    """The tables of what holds several answers: a trade-off, or a comparison of policies."""
    if run.is_tradeoff:
        return judge_tradeoff(run, batch, parameters, chances or {})
    found = [*table_vergelijking(run, batch, parameters), *table_attributie(run, batch, parameters)]
    return [*found, *_of_every_policy(run, batch, parameters, policies, chances, adults, groepen)]


def _of_every_policy(
    run: FinishedRun,
    batch: Batch,
    parameters: Parameters,
    policies: Mapping[str, Eisen],
    chances: Kansen | None,
    adults: Adults | None,
    groepen: pd.DataFrame | None,
) -> list[Bevinding]:
    """The links of every policy of a comparison, what is counted of them, and who gains by them."""
    if not policies:
        return []
    cases, found = cases_of(run, batch, parameters, policies)
    found += counts_right(run, cases, chances)
    told, answer = run.receipt.get("groepen"), run.hashes.get(f"{KOPPELINGEN.name}.csv")
    if told is not None and told.get("answer_sha256") != answer:
        found.append(bevinding("groepen_te_vroeg", parameters, bestand=RECEIPT))
    if adults is None or found:
        return found
    links = {name: Links(case, case.links.gemeente[None, :]) for name, case in cases.items()}
    number, seed = int(run.receipt.get("draws") or 1), run.receipt["seed"]
    for name in (name for name in run.receipt["policies"] if name not in cases and name in policies):
        known = share_known(name, run.receipt["policies"][name], run.receipt.get("bekend"))
        nobody = open_case(
            batch, without_links(batch), parameters, policies[name], 1.0 if known is None else known, seed
        )
        links[name] = Links(nobody, drawn_again(nobody, number, seed))
    in_order = {name: links[name] for name in run.receipt["policies"] if name in links}
    return [*found, *tables_winnaars(run, in_order, adults, groepen, parameters)]


def _only(found: Sequence[Bevinding]) -> Oordeel:
    return Oordeel(tuple(found), (), (), pd.DataFrame(columns=BANEN.names), {})


def _form(run: FinishedRun) -> Form:
    return "punt" if run.tables[VOORSTEL.name].english else "komma"


def _usable(run: FinishedRun, table: OutputTable) -> bool:
    """Tell whether a table stands there, can be read and says what its rows are about."""
    written = run.table(table)
    needed = {*key_columns(table), *(NEEDED if table == VOORSTEL else ())}
    return written is not None and not written.wrong and needed <= set(written.header)


def _layout(run: FinishedRun, case: Case, verdict: Oordeel) -> list[Bevinding]:
    """The columns and the order of rows of every table."""
    found: list[Bevinding] = []
    for table in (*RUN_TABLES, OVEREENKOMSTEN, WERKLIJST, PROGNOSE):
        written = run.table(table)
        if written is None or written.wrong:
            continue
        with_place = table == BANEN and bool((case.workplaces.name != "").any())
        names = [c.name for c in table.within(["werk_plaats"] if with_place else [])]
        found += columns_right(written, names, case.parameters)
        if _usable(run, table) and table not in (OVEREENKOMSTEN, WERKLIJST, PROGNOSE):
            found += order_right(written, table, _order(case, verdict, table), case.parameters)
    return found


def _ahead(run: FinishedRun, case: Case, form: Form) -> list[Bevinding]:
    """A run that looked ahead has both tables about it, and only such a run."""
    due = run.receipt.get("vooruitblik") is not None
    there = {t.name: run.table(t) for t in (VOORUITBLIK, GESPREKKEN)}
    missing = [f"{name}.csv" for name, written in there.items() if (written is not None) != due]
    found = [bevinding("bewijs_onvolledig", case.parameters, toegestaan=name, bestand=RECEIPT) for name in missing]
    frames: dict[str, pd.DataFrame] = {}
    for table in (VOORUITBLIK, GESPREKKEN):
        written = there[table.name]
        if written is not None and not written.wrong:
            wrong = columns_right(written, table.names, case.parameters)
            found += wrong
            frames |= {} if wrong else {table.name: written.frame}
    people = case.batch.vooruitblik
    return found if people is None else [*found, *tables_vooruitblik(case, people, run.receipt["seed"], frames, form)]


def _of_requests(run: FinishedRun, case: Case, form: Form) -> list[Bevinding]:
    """A run of an input with requests has the tables about them, and only such a run."""
    due = len(case.batch.verzoeken) > 0
    found: list[Bevinding] = []
    frames: dict[str, pd.DataFrame] = {}
    for table in (VERZOEKEN, VOORSPRAAK, GEVOLGD, VERSCHUIVING):
        written = run.table(table)
        if (written is not None) != due:
            file = f"{table.name}.csv"
            found.append(bevinding("bewijs_onvolledig", case.parameters, toegestaan=file, bestand=RECEIPT))
        elif written is not None and not written.wrong:
            wrong = columns_right(written, table.names, case.parameters)
            found += wrong
            frames |= {} if wrong else {table.name: written.frame}
    if not due:
        return found
    if VERZOEKEN.name in frames:
        found += table_verzoeken(case, frames[VERZOEKEN.name], form)
    return [*found, *tables_gevolgd(case, frames, form, run.receipt["policy"]["bekend"], run.receipt["seed"])]


def _order(case: Case, verdict: Oordeel, table: OutputTable) -> list[Key]:
    """Return the keys of the rows of a table in the order in which they should stand there."""
    ids = case.households.ids
    if table == UITZONDERING:
        return _most_urgent_first(case, {(b.huishouden_id, b.code) for b in verdict.uitzonderingen})
    first: dict[str, Iterable[object]] = {
        VOORSTEL.name: ids,
        BANEN.name: verdict.banen["baan_id"],
        TAAKSTELLING.name: load_gemeenten().code[expected_gemeenten(case)],
        NIET_GEKOPPELD.name: ids[waiting(case)],
        KOPPELREGIO.name: ids[crossing(case)],
    }
    return [(str(key),) for key in first[table.name]]


def _most_urgent_first(case: Case, keys: Iterable[tuple[str, str]]) -> list[Key]:
    """Return exceptions with the term for linking passed first, then by kind, by days of waiting, by the input."""
    at = {str(h): i for i, h in enumerate(case.households.ids)}
    term = 7 * int(case.parameters["termijnen/koppelen_weken"])

    def urgency(key: tuple[str, str]) -> tuple[int, int, int, int]:
        row = at[key[0]]
        days = int(case.households.days[row])
        return int(days < term), UITZONDERINGEN.index(key[1]), -days, row

    return [tuple(key) for key in sorted(keys, key=urgency)]


def _chance_of_rows(case: Case, chances: Kansen | None) -> Floats | None:
    """Return the chance of work of each row of the proposal at its municipality, float64; NaN where not linked."""
    if chances is None:
        return None
    rows = np.full(len(case.voorstel), np.nan)
    linked = np.flatnonzero(case.links.linked & (case.links.row != NONE))
    rows[case.links.row[linked]] = chances["kans_werk"][linked, case.links.gemeente[linked]] / 10_000
    return rows
