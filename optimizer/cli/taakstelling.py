"""taakstelling: the input file of a half-year, by the legal formula."""

from pathlib import Path
from typing import Annotated

import typer

from geodata.wording import Sentence, joined
from optimizer.cli import options as o
from optimizer.publish import check_file_free, publish_file

_GIVEN = Sentence("gegeven met --landelijk", "given with --landelijk")
_CHECKED = Sentence("{source}; nagekeken", "{source}; checked")
_UNCHECKED = Sentence("{source}; niet nagekeken", "{source}; not checked")
_NATIONAL = Sentence(
    "Landelijk: {n} {n:persoon|personen} ({source}). Inwoners: 1 januari 2024.",
    "Nationally: {n} {n:person|persons} ({source}). Inhabitants: 1 January 2024.",
)
_TOTAL = Sentence(
    "{rows} {rows:gemeente|gemeenten}, samen een opgave van {n} {n:persoon|personen}.",
    "{rows} {rows:municipality|municipalities}, together an opgave of {n} {n:person|persons}.",
)
_STATE = Sentence(
    "Nog te huisvesten: {n} {n:persoon|personen}. Achterstand: {arrears} {arrears:persoon|personen}, waarvan {excused} "
    "verschoonbaar.",
    "Still to be housed: {n} {n:person|persons}. Arrears: {arrears} {arrears:person|persons}, of whom {excused} "
    "excusable.",
)
_DAYS = Sentence(
    "Het COA kijkt op {linked} of er genoeg is gekoppeld; de provincie op {met} of de taakstelling is gehaald.",
    "The COA looks on {linked} whether enough has been linked; the province on {met} whether the taakstelling was met.",
)


def taakstelling(
    halfjaar: Annotated[str, typer.Option("--halfjaar", help="Halfjaar, zoals 2026-1.")],
    landelijk: Annotated[
        int | None, typer.Option("--landelijk", min=0, help="Personen in het hele land; standaard het bekende getal.")
    ] = None,
    stand: Annotated[
        Path | None, typer.Option("--stand", help="CSV met de stand per gemeente, zoals achterstand en gekoppeld.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Bestand dat wij schrijven; anders het scherm.")] = None,
    lang: o.Taal = o.Lang.NL,
    force: o.Force = False,
) -> None:
    """Reken de taakstelling van elke gemeente uit en maak het invoerbestand."""
    from optimizer.domain.csvs import table_bytes
    from optimizer.read.stand import read_stand
    from optimizer.rules.parameters import load
    from optimizer.rules.peildata import linking_day, supervision_day
    from optimizer.taakstelling import (
        first_day,
        make_taakstelling,
        national_number,
        total_opgave,
        total_own_arrears,
        total_to_house,
    )

    reads = () if stand is None else (stand,)
    if out is not None:
        check_file_free(out, force=force, inputs=reads)
    day = first_day(halfjaar)
    parameters, source = load(day), _GIVEN
    if landelijk is None:
        dated = national_number(parameters)
        checked = _CHECKED if dated.verified else _UNCHECKED
        landelijk, source = int(dated.value), checked.fill(source=str(dated.source))
    known = set(parameters)  # before 2016 no practice is in force
    minors_count = "taakstelling/amv_in_groep_telt" not in known or parameters["taakstelling/amv_in_groep_telt"]
    state = None if stand is None else read_stand(stand, o.warner(lang))
    table = make_taakstelling(halfjaar, landelijk, state, minors_count=minors_count)
    data = table_bytes(table)
    told = [_NATIONAL.fill(n=landelijk, source=source), _TOTAL.fill(rows=len(table), n=total_opgave(table))]
    if state is not None and "taakstelling/tijdelijk_telt" in known:
        arrears = int(table["achterstand"].sum())
        to_house = total_to_house(table, parameters["taakstelling/tijdelijk_telt"])
        told.append(_STATE.fill(n=to_house, arrears=arrears, excused=arrears - total_own_arrears(table)))
    if {"taakstelling/maanden_koppeling", "taakstelling/maanden_toezicht"} <= known:
        linked = linking_day(day, parameters["taakstelling/maanden_koppeling"])
        met = supervision_day(day, parameters["taakstelling/maanden_toezicht"])
        told.append(_DAYS.fill(linked=linked, met=met))
    typer.echo(joined(told, "\n").said(lang), err=True)
    if out is None:
        typer.echo(data.decode("utf-8-sig").replace("\r\n", "\n"), nl=False)
        return
    publish_file(out, lambda file: file.write_bytes(data), force=force, inputs=reads)
    typer.echo(out)
