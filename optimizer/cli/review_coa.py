"""review sluit, export: what the COA does with a round beside the application."""

import enum
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.wording import Sentence
from optimizer.cli import options as o
from optimizer.cli.review import FOLDER, Map, open_by_settings
from optimizer.errors import ExitCode, Gebruiksfout, Geweigerd

if TYPE_CHECKING:
    from optimizer.review.data.tables import Ronde
    from optimizer.review.office import Office

_NO_ROUND = Sentence("Er is geen ronde '{id}'.", "There is no round '{id}'.")
_NO_ROUNDS = Sentence("Er is nog geen ronde.", "There is no round yet.")
_CLOSED = Sentence(
    "De maand is afgesloten: {n} {n:huishouden|huishoudens} gekoppeld, {more} gaan mee naar de volgende maand.",
    "The month was closed: {n} {n:household|households} linked, {more} go on to the next month.",
)
_EXPORTED = Sentence("Geschreven: {place} ({list}).", "Written: {place} ({list}).")
_JUDGED = Sentence(
    "Over {n} {n:huishouden|huishoudens} moet u zelf beslissen: in besluiten.csv staat ja mits.",
    "You have to decide about {n} {n:household|households} yourself: besluiten.csv says ja mits.",
)


_FOR_GEMEENTE = Sentence(
    "Geschreven: {list}. De gemeente vult in het werkboek het blad antwoord in. Neem haar antwoorden over met: "
    "koppelwijzer review antwoorden BESTAND",
    "Written: {list}. The municipality fills in the sheet antwoord of the workbook. Take its answers over with: "
    "koppelwijzer review antwoorden BESTAND",
)
_NO_CASES = Sentence(
    "De ronde '{naam}' heeft geen voorstel voor {gemeente}.", "The round '{naam}' proposes nobody to {gemeente}."
)
_ANSWERED = Sentence(
    "{n} {n:antwoord|antwoorden} overgenomen. Bij {same} stond wat wij al wisten.",
    "{n} {n:answer|answers} taken over. {same} said what was known already.",
)
_TOO_LATE = Sentence(
    "De termijn is voorbij of de ronde is gesloten. Er is niets overgenomen.",
    "The deadline has passed or the round was closed. Nothing was taken over.",
)
_OVERTAKEN = Sentence(
    "Bij {n} {n:huishouden|huishoudens} antwoordde iemand anders intussen. Er is niets overgenomen.",
    "Somebody else answered for {n} {n:household|households} meanwhile. Nothing was taken over.",
)


class Zonder(enum.StrEnum):
    """What to do with a proposal that nobody answered."""

    MEENEMEN = "meenemen"
    AKKOORD = "akkoord"


def sluit(
    ronde: Annotated[str, typer.Argument(metavar="RONDE", help="Kenmerk van de ronde.")],
    zonder_antwoord: Annotated[
        Zonder,
        typer.Option("--zonder-antwoord", help="Voorstellen zonder antwoord: mee naar de volgende maand, of akkoord."),
    ] = Zonder.MEENEMEN,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="NEXT", help="Bestand .zip voor de invoer van de volgende maand.")
    ] = None,
    door: Annotated[str, typer.Option("--door", help="Kenmerk van wie het doet, voor het spoor.")] = "systeem",
    folder: Map = FOLDER,
    as_json: o.AsJson = False,
    force: o.Force = False,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Sluit de maand van een ronde af met de antwoorden van gemeenten, en maak de invoer van de volgende maand."""
    from optimizer.publish import check_file_free, publish_file
    from optimizer.review.rounds.close import close

    if out is not None:
        check_file_free(out, force=force)
    ended = close(open_by_settings(folder), ronde, zonder_antwoord.value, door)
    if out is not None:
        publish_file(out, lambda place: place.write_bytes(ended.volgende), force=force)
    if as_json:
        typer.echo(json.dumps({"ronde": ronde, "huishoudens": dict(ended.lot)}))
    else:
        typer.echo(_CLOSED.fill(n=ended.gekoppeld, more=ended.mee).said(lang.value))
    return ExitCode.DONE


def export(
    ronde: Annotated[
        str | None, typer.Argument(metavar="[RONDE]", help="Kenmerk van de ronde (standaard de nieuwste).")
    ] = None,
    gemeente: Annotated[
        str | None,
        typer.Option("--gemeente", help="Maak voor deze gemeente een webpagina en een werkboek, zonder applicatie."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Map of bestand voor de uitkomst.")] = None,
    folder: Map = FOLDER,
    as_json: o.AsJson = False,
    force: o.Force = False,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Haal uit een ronde wat het COA nodig heeft: de antwoorden als besluiten, en wat gemeenten aanbieden."""
    office = open_by_settings(folder)
    found = _round(office, ronde)
    if gemeente is not None:
        written = _write_gemeente(office, found, gemeente, out, lang, force=force)
        listed = json.dumps({"ronde": found.id, "bestanden": [one.as_posix() for one in written]})
        shown = ", ".join(str(o.shown(one)) for one in written)
        typer.echo(listed if as_json else _FOR_GEMEENTE.fill(list=shown).said(lang.value))
        return ExitCode.DONE
    place = out or Path("outputs") / f"ronde-{found.id[:8]}"
    judged, names = _write_round(office, found, place, force=force)
    if as_json:
        told = {"ronde": found.id, "map": place.as_posix(), "bestanden": names, "beslissen": list(judged)}
        typer.echo(json.dumps(told, ensure_ascii=False))
        return ExitCode.DONE
    typer.echo(_EXPORTED.fill(place=str(o.shown(place)), list=", ".join(names)).said(lang.value))
    if judged:
        typer.echo(_JUDGED.fill(n=len(judged)).said(lang.value), err=True)
    return ExitCode.DONE


def antwoorden(
    bestand: Annotated[
        Path,
        typer.Argument(metavar="BESTAND", help="Werkboek dat een gemeente terugstuurde, of een map met werkboeken."),
    ],
    ronde: Annotated[str | None, typer.Option("--ronde", help="Kenmerk van de ronde (standaard de nieuwste).")] = None,
    door: Annotated[str, typer.Option("--door", help="Kenmerk van wie het doet, voor het spoor.")] = "systeem",
    folder: Map = FOLDER,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Neem de antwoorden over uit een werkboek dat een gemeente terugstuurde: alle, of bij een fout geen."""
    from optimizer.read.besluiten import refuse
    from optimizer.review.rounds.answers import TeLaat
    from optimizer.review.rounds.several import Ingehaald, answer_all
    from optimizer.review.rounds.workbook import read_place
    from optimizer.review.who.actor import Actor, Rol

    office, actor = open_by_settings(folder), Actor(door, "", Rol.COA)
    found = _round(office, ronde)
    read = read_place(office, actor, found, bestand)
    refuse(list(read.problemen))
    if read.fouten:
        lines = [Sentence(f"{place}: {said.nl}", f"{place}: {said.en}") for place, said in read.fouten]
        told = Sentence("\n".join(one.nl for one in lines), "\n".join(one.en for one in lines))
        raise Geweigerd(*told)
    o.warner(lang)(list(read.problemen))
    try:
        answer_all(office, actor, found.id, [(v.zaak, v.versie, v.wordt) for v in read.veranderingen])
    except TeLaat as error:
        raise Geweigerd(*_TOO_LATE) from error
    except Ingehaald as error:
        raise Geweigerd(*_OVERTAKEN.fill(n=error.zaken)) from error
    if as_json:
        typer.echo(json.dumps({"ronde": found.id, "antwoorden": len(read.veranderingen), "gelijk": read.gelijk}))
    else:
        typer.echo(_ANSWERED.fill(n=len(read.veranderingen), same=read.gelijk).said(lang.value))
    return ExitCode.DONE


def _write_gemeente(
    office: "Office", found: "Ronde", asked: str, out: Path | None, lang: o.Lang, *, force: bool
) -> list[Path]:
    """Write the page and the workbook of a municipality; return where they stand."""
    from geodata.codes import resolve
    from optimizer.publish import check_file_free, publish, publish_file
    from optimizer.review.rounds.look import NietGevonden
    from optimizer.review.rounds.page import page_and_workbook
    from optimizer.review.rounds.taken_out import program, write_down

    code = resolve(asked)
    try:
        page, (name, workbook) = page_and_workbook(office, program(), found, code, lang.value)
    except NietGevonden as error:
        raise Gebruiksfout(*_NO_CASES.fill(gemeente=code, naam=found.naam)) from error
    file = name.removesuffix(".xlsx") + ".html"
    place = out or Path("outputs") / f"ronde-{found.id[:8]}-{code}"
    if place.suffix.casefold() in (".html", ".htm"):
        beside = place.with_suffix(".xlsx")
        for one in (place, beside):
            check_file_free(one, force=force)
        publish_file(place, lambda p: p.write_bytes(page), force=force)
        publish_file(beside, lambda p: p.write_bytes(workbook), force=force)
        written = [place, beside]
    else:
        files = {file: page, name: workbook}
        publish(place, lambda folder: _write(folder, files), sign=file, force=force)
        written = [place / file, place / name]
    write_down(office, program(), found, file, page)
    write_down(office, program(), found, name, workbook)
    return written


def _round(office: "Office", ronde_id: str | None) -> "Ronde":
    """Return a round by its id, or the newest one."""
    from optimizer.review.data.engine import reading
    from optimizer.review.data.tables import Ronde as Row
    from optimizer.review.rounds.look import newest

    with reading(office.engine) as session:
        found = newest(session) if ronde_id is None else session.get(Row, ronde_id)
    if found is None:
        raise Gebruiksfout(*(_NO_ROUNDS if ronde_id is None else _NO_ROUND.fill(id=ronde_id)))
    return found


def _write_round(office: "Office", found: "Ronde", place: Path, *, force: bool) -> tuple[tuple[str, ...], list[str]]:
    """Write the files of a round; return the households to decide about, and the names of the files."""
    from optimizer.publish import publish
    from optimizer.review.rounds.export import DECISIONS
    from optimizer.review.rounds.taken_out import program, round_files, write_down

    listed, files = round_files(office, program(), found)

    def write(folder: Path) -> None:
        _write(folder, files)

    publish(place, write, sign=DECISIONS, force=force)
    for name, content in files.items():
        write_down(office, program(), found, name, content)
    return listed.judged, list(files)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)
