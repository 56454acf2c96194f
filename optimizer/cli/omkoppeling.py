"""omkoppeling: which requests for another municipality may be considered, and why not."""

import json
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geodata.wording import Sentence, joined
from optimizer.cli import options as o

if TYPE_CHECKING:
    import pandas as pd

_REQUEST = Sentence("{household}{job} {verdict}{reasons}", "{household}{job} {verdict}{reasons}")
_JOB = Sentence(" (baan {job})", " (job {job})")
_BECAUSE = Sentence(": {reasons}", ": {reasons}")
_VERDICTS = {
    "mag_overwogen": Sentence("mag_overwogen", "may be considered"),
    "niet_aangetoond": Sentence("niet_aangetoond", "not shown"),
    "nee": Sentence("nee", "no"),
}
_ASKED = Sentence("Gevraagd door {who}: {passed} van {n}.", "Asked by {who}: {passed} of {n}.")
_WHO = {
    "bewoner": Sentence("bewoner", "resident"),
    "werkgever": Sentence("werkgever", "employer"),
    "bestuurder": Sentence("bestuurder", "administrator"),
    "onbekend": Sentence("onbekend", "unknown"),
}
_SPONSOR = {
    "met": Sentence("met voorspreker {share} %", "with a sponsor {share} %"),
    "zonder": Sentence("zonder voorspreker {share} %", "without a sponsor {share} %"),
}
_SHARES = Sentence("Mag worden overwogen: {shares}.", "May be considered: {shares}.")
_NEXT = Sentence(
    "Nieuwe invoer: koppelwijzer run {place} --peildatum {day}", "New input: koppelwijzer run {place} --peildatum {day}"
)

#: Said where the norm of the day is not known.
_OLD_NORM = Sentence(
    "Let op: de bijstandsnorm vanaf {day} is niet gevonden. Het programma rekent met de norm van daarvoor. Geef de "
    "norm in beleid.toml ([parameters], bijstand/norm) of met --rules.",
    "Note: the social assistance norm from {day} was not found. The program uses the norm before it. Give the "
    "norm in beleid.toml ([parameters], bijstand/norm) or with --rules.",
)


def omkoppeling(
    invoer: o.Invoer,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Map voor de nieuwe invoer: wie mag, doet mee en geeft zijn plek terug."),
    ] = None,
    peildatum: o.Peildatum = None,
    kolommen: o.Kolommen = None,
    pc4: o.Pc4 = None,
    rules: o.Regels = None,
    scenario: o.Scenarios = None,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
    force: o.Force = False,
) -> None:
    """Toets de aanvragen voor omkoppeling in de invoer. Voldoen geeft geen recht."""
    from optimizer.pipeline import Listener, relink
    from optimizer.settle import Wish

    wish = Wish(
        source=o.find_input(invoer, lang),
        peildatum=o.parse_day(peildatum),
        kolommen=kolommen,
        pc4=pc4,
        rules=rules or (),
        scenarios=scenario or (),
    )
    found = relink(wish, out, Listener(warn=o.warner(lang), say=o.teller(lang)), force=force)
    judged, sponsors, compared = found.requests, found.per_sponsor, found.with_sponsor
    if found.norm_missing is not None:
        typer.echo(_OLD_NORM.fill(day=found.norm_missing).said(lang), err=True)
    if as_json:
        parts = {"aanvragen": judged, "per_aanvrager": sponsors, "voorspreker": compared}
        records = {name: part.to_dict("records") for name, part in parts.items()}
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return
    told = [_request(row) for row in judged.to_dict("records")]
    told += [_ASKED.fill(**{**row, "who": _WHO.get(row["who"], row["who"])}) for row in _counts(sponsors)]
    if len(compared):
        shares = [_SPONSOR[row["voorspreker"]].fill(share=100 * row["deel"]) for row in compared.to_dict("records")]
        told.append(_SHARES.fill(shares=joined(shares, ", ")))
    if out is not None:
        told.append(_NEXT.fill(place=str(o.shown(out)), day=found.peildatum))
    for sentence in told:
        typer.echo(sentence.said(lang))


def _request(row: Mapping[Hashable, Any]) -> Sentence:
    """Say of one request what was found and why."""
    job = _JOB.fill(job=row["baan_id"]) if row["baan_id"] else ""
    reasons = _BECAUSE.fill(reasons=Sentence(row["redenen"], row["redenen_en"])) if row["redenen"] else ""
    return _REQUEST.fill(household=row["huishouden_id"], job=job, verdict=_VERDICTS[row["oordeel"]], reasons=reasons)


def _counts(sponsors: "pd.DataFrame") -> Iterator[dict[str, Any]]:
    for row in sponsors.to_dict("records"):
        yield {"who": row["aangevraagd_door"], "passed": int(row["mag_overwogen"]), "n": int(row["aanvragen"])}
