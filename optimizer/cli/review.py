"""review: the application for municipalities, and what its administrator does beside it."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.wording import Sentence
from optimizer.cli import options as o
from optimizer.cli.pulse import Pulse
from optimizer.errors import ExitCode, Gebruiksfout

if TYPE_CHECKING:
    from optimizer.review.office import Office
    from optimizer.review.settings import Settings

app = typer.Typer(no_args_is_help=True)

#: Where a trial keeps everything, unless another folder is named.
FOLDER = Path("outputs/review")

Map = Annotated[Path, typer.Option("--map", help="Map van een proef: database, geheim en voorbeeld.")]

_READY = Sentence(
    "De applicatie draait op {url} . Stop met Ctrl-C.", "The application runs at {url} . Stop with Ctrl-C."
)
_DEMO = Sentence(
    "Dit is een proef met verzonnen mensen. Meld u aan als een van hen; een wachtwoord is niet nodig.",
    "This is a trial with made-up people. Sign in as one of them; no password is needed.",
)
_EXAMPLE = Sentence(
    "De voorbeeldmaand wordt klaargezet. Dat duurt de eerste keer ongeveer een minuut.",
    "The example month is being prepared. The first time that takes about a minute.",
)
_TAKEN = Sentence(
    "Ronde {id} is begonnen: '{naam}'. Antwoorden kan tot en met {day}.",
    "Round {id} has begun: '{naam}'. Answers are taken until {day}.",
)
_KEPT = Sentence("Bewaard: {naam}, {rol} {gebied}.", "Kept: {naam}, {rol} {gebied}.")
_MIGRATED = Sentence("De database heeft de vorm {form}.", "The database has form {form}.")
_WHOLE = Sentence(
    "Het spoor is heel: {n} {n:regel|regels}. Laatste hash: {hash}.",
    "The trail is whole: {n} {n:row|rows}. Last hash: {hash}.",
)
_BROKEN = Sentence("Regel {n} van het spoor klopt niet: {why}.", "Row {n} of the trail is not right: {why}.")
_ERASED = Sentence(
    "Van {n} {n:zaak|zaken} is de sleutel vernietigd. Het spoor blijft heel.",
    "The key of {n} {n:case|cases} was destroyed. The trail stays whole.",
)
_COPIED = Sentence("De kopie staat in '{place}'.", "The copy stands in '{place}'.")
_NO_SERVER = Sentence(
    "Er is geen mailserver ingesteld. Geef {name}, of kijk met --proef wat er verstuurd zou worden.",
    "No mail server was set. Give {name}, or see with --proef what would be sent.",
)
_UNREACHABLE = Sentence(
    "De mailserver neemt niets aan ({why}). {n} {n:bericht wacht|berichten wachten} op de volgende keer.",
    "The mail server takes nothing ({why}). {n} {n:message waits|messages wait} for the next time.",
)
_TOKEN = Sentence(
    "Bewaar dit token nu; het wordt niet nog eens getoond. Kenmerk {id}, geldig tot {day}.",
    "Keep this token now; it is not shown again. Id {id}, valid until {day}.",
)
_REVOKED = Sentence("Token {id} is ingetrokken.", "Token {id} was revoked.")
_LISTED = Sentence(
    "{kenmerk}  {gebruiker}  {naam}  geldig tot {verloopt}  laatst gebruikt {gebruikt}",
    "{kenmerk}  {gebruiker}  {naam}  valid until {verloopt}  last used {gebruikt}",
)
_DUE = Sentence("Nieuw: {n} {soort}.", "New: {n} {soort}.")
_SENT = Sentence(
    "{n} {n:bericht|berichten} verstuurd, {refused} geweigerd, {waiting} {waiting:wacht|wachten} nog.",
    "{n} {n:message|messages} sent, {refused} refused, {waiting} still {waiting:waits|wait}.",
)
_NO_ROUND = Sentence("Er is geen ronde '{id}'.", "There is no round '{id}'.")
_SURE = Sentence(
    "Wissen is niet terug te draaien. Geef --ja als u het zeker weet.",
    "Erasing cannot be undone. Give --ja if you are sure.",
)


@app.callback()
def _review(
    lang: o.Taal = o.Lang.NL,
) -> None:
    pass


@app.command("serve")
def serve(
    folder: Map = FOLDER,
    host: Annotated[str, typer.Option("--host", help="Adres waarop de applicatie luistert.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Poort.")] = 8000,
    leeg: Annotated[bool, typer.Option("--leeg", help="Begin zonder de voorbeeldmaand.")] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Aantal processen dat pagina's maakt.")] = 1,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Start de applicatie: zonder instellingen een proef met de voorbeeldmaand, anders zoals de omgeving zegt."""
    from optimizer.review.serve import serve as run

    office = open_by_settings(folder)
    if office.settings.is_demo:
        if not leeg:
            _example(office, folder, lang)
        typer.echo(_DEMO.said(lang.value), err=True)
    typer.echo(_READY.fill(url=office.settings.base_url or f"http://{host}:{port}").said(lang.value))
    with Pulse(lang.value):  # says nothing: who serves is not still at work
        run(office, host, port, workers)
    return ExitCode.DONE


@app.command("import")
def take_in(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Map van een uitkomst van koppelwijzer run.")],
    invoer: o.InvoerVanRun = None,
    naam: Annotated[str | None, typer.Option("--naam", help="Hoe de ronde heet.")] = None,
    deadline: Annotated[str | None, typer.Option("--deadline", help="Laatste dag om te antwoorden.")] = None,
    vorige: Annotated[str | None, typer.Option("--vorige", help="Ronde waarop deze run verdergaat.")] = None,
    door: Annotated[str, typer.Option("--door", help="Kenmerk van wie het doet, voor het spoor.")] = "systeem",
    folder: Map = FOLDER,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Maak van een run een ronde: de rechter keurt haar, en elke gemeente ziet haar voorstellen."""
    from optimizer.review.install import deadline as last_moment
    from optimizer.review.rounds.take_in import Begin
    from optimizer.review.rounds.take_in import take_in as keep

    office = open_by_settings(folder)
    until = last_moment(office, o.parse_day(deadline))
    begin = Begin(naam or run.resolve().name, until, door, vorige)
    ronde = keep(office, run, begin, {"source": invoer})
    if as_json:
        typer.echo(json.dumps({"ronde": ronde, "naam": begin.naam, "deadline": until.isoformat()}))
    else:
        typer.echo(_TAKEN.fill(id=ronde, naam=begin.naam, day=until.date()).said(lang.value))
    return ExitCode.DONE


@app.command("user")
def user(
    onderwerp: Annotated[str, typer.Argument(metavar="ONDERWERP", help="Wie het is bij de aanmelddienst (sub).")],
    rol: Annotated[str, typer.Option("--rol", help="gemeente, coa, provincie, arbeidsmarktregio of onderzoeker.")],
    gebied: Annotated[str, typer.Option("--gebied", help="Gemeente, provincie of arbeidsmarktregio.")] = "",
    naam: Annotated[str, typer.Option("--naam", help="Naam.")] = "",
    email: Annotated[str, typer.Option("--email", help="Adres voor meldingen.")] = "",
    uit: Annotated[bool, typer.Option("--uit", help="Deze persoon mag niet meer naar binnen.")] = False,
    folder: Map = FOLDER,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Bewaar wie naar binnen mag, met rol en gebied. De aanmelddienst kan dat ook zelf zeggen."""
    from optimizer.review.data.engine import writing
    from optimizer.review.who.users import keep, person

    office = open_by_settings(folder)
    with writing(office.engine) as session:
        found = keep(session, person(onderwerp, naam, email, rol, gebied), office.clock())
        found.actief = not uit
        told = _KEPT.fill(naam=found.naam, rol=found.rol, gebied=found.gebied)
    typer.echo(told.said(lang.value))
    return ExitCode.DONE


@app.command("migreer")
def migrate(
    naar: Annotated[str, typer.Option("--naar", help="Vorm waarnaar (standaard de nieuwste).")] = "head",
    folder: Map = FOLDER,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Breng de database in de nieuwste vorm, of terug naar een eerdere."""
    from optimizer.review.data.engine import connect
    from optimizer.review.data.migrate import form
    from optimizer.review.data.migrate import migrate as bring

    engine = connect(_settings(folder).database)
    bring(engine, naar)
    typer.echo(_MIGRATED.fill(form=form(engine) or "-").said(lang.value))
    return ExitCode.DONE


@app.command("spoor")
def trail(folder: Map = FOLDER, as_json: o.AsJson = False, lang: o.Taal = o.Lang.NL) -> int:
    """Ga na of het spoor van wie wat deed nog heel is. Bewaar de laatste hash ergens anders."""
    from optimizer.review.data.engine import reading
    from optimizer.review.data.trail import end, verify

    with reading(open_by_settings(folder).engine) as session:
        broken, (number, last) = list(verify(session)), end(session)
    if as_json:
        told = [{"regel": b.nummer, "waarom": b.waarom} for b in broken]
        typer.echo(json.dumps({"regels": number, "hash": last, "gebroken": told}))
    else:
        for one in broken:
            typer.echo(_BROKEN.fill(n=one.nummer, why=one.waarom).said(lang.value), err=True)
        if not broken:
            typer.echo(_WHOLE.fill(n=number, hash=last).said(lang.value))
    return ExitCode.VIOLATION if broken else ExitCode.DONE


@app.command("wis")
def erase(
    ronde: Annotated[str, typer.Argument(metavar="RONDE", help="Kenmerk van de ronde.")],
    ja: Annotated[bool, typer.Option("--ja", help="Ik weet het zeker.")] = False,
    folder: Map = FOLDER,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Wis alle zaken van een ronde: hun sleutels worden vernietigd."""
    from optimizer.review.data.engine import writing
    from optimizer.review.data.tables import Ronde as Row
    from optimizer.review.rounds.erase import erase_round

    if not ja:
        raise Gebruiksfout(*_SURE)
    office = open_by_settings(folder)
    with writing(office.engine) as session:
        if session.get(Row, ronde) is None:
            raise Gebruiksfout(*_NO_ROUND.fill(id=ronde))
        erased = erase_round(session, office, ronde, "systeem")
    typer.echo(_ERASED.fill(n=erased).said(lang.value))
    return ExitCode.DONE


@app.command("kopie")
def copy(
    uit: Annotated[Path, typer.Argument(metavar="KOPIE.zip", help="Bestand waarin de kopie komt.")],
    folder: Map = FOLDER,
    force: o.Force = False,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Bewaar alles wat de applicatie weet in één bestand. Het geheim van de installatie zit er niet in."""
    from optimizer.publish import publish_file
    from optimizer.review.data.backup import copy_of

    content = copy_of(open_by_settings(folder).engine)
    place = publish_file(uit, lambda file: file.write_bytes(content), force=force)
    typer.echo(_COPIED.fill(place=str(place)).said(lang.value))
    return ExitCode.DONE


@app.command("herstel")
def put_back(
    kopie: Annotated[Path, typer.Argument(metavar="KOPIE.zip", help="Een kopie van koppelwijzer review kopie.")],
    folder: Map = FOLDER,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Zet een kopie terug in een lege database, en ga na of het spoor heel is."""
    from optimizer.review.data.backup import restore
    from optimizer.review.data.engine import connect
    from optimizer.review.data.migrate import migrate as bring
    from optimizer.review.data.seal import Sealer

    settings = _settings(folder)
    engine = connect(settings.database)
    bring(engine)
    number, last = restore(engine, Sealer(settings.secret.get_secret_value()), kopie.read_bytes())
    typer.echo(_WHOLE.fill(n=number, hash=last).said(lang.value))
    return ExitCode.DONE


@app.command("melden")
def notify(
    proef: Annotated[bool, typer.Option("--proef", help="Toon wat er verstuurd zou worden en verstuur niets.")] = False,
    folder: Map = FOLDER,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Verstuur de samenvattingen en herinneringen die aan de beurt zijn. Laat dit elk uur lopen."""
    from collections import Counter

    from optimizer.review.data.engine import reading, writing
    from optimizer.review.mail import outbox
    from optimizer.review.mail.post import Post, Unreachable
    from optimizer.review.settings import variable

    office = open_by_settings(folder)
    if proef:
        with reading(office.engine) as session:
            mails = outbox.unwritten(session, office)
        if as_json:
            told = [{"soort": m.soort, "onderwerp": m.brief.onderwerp, "tekst": m.brief.tekst} for m in mails]
            typer.echo(json.dumps(told, ensure_ascii=False))
        else:
            _say_due(Counter(str(m.soort) for m in mails), lang)
        return ExitCode.DONE
    if not office.settings.smtp_host:
        raise Gebruiksfout(*_NO_SERVER.fill(name=variable("smtp_host")))
    with writing(office.engine) as session:
        new = outbox.write_down(session, office)
    try:
        with Post(office.settings) as post:
            done = outbox.send_all(office, post)
    except Unreachable as error:
        raise Gebruiksfout(*_UNREACHABLE.fill(why=error.why, n=outbox.waiting(office))) from error
    if as_json:
        counted = {"verstuurd": done.sent, "geweigerd": done.refused, "wacht": done.waiting}
        typer.echo(json.dumps({"nieuw": dict(sorted(new.items())), **counted}))
    else:
        _say_due(new, lang)
        typer.echo(_SENT.fill(n=done.sent, refused=done.refused, waiting=done.waiting).said(lang.value))
    return ExitCode.DONE


@app.command("token")
def token(
    gebruiker: Annotated[str, typer.Option("--gebruiker", help="Voor wie (sub): het token mag wat deze mag.")] = "",
    naam: Annotated[str, typer.Option("--naam", help="Naam.")] = "",
    dagen: Annotated[int, typer.Option("--dagen", help="Zoveel dagen geldt het token.")] = 90,
    intrekken: Annotated[str, typer.Option("--intrekken", help="Trek het token met dit kenmerk in.")] = "",
    folder: Map = FOLDER,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Maak een token voor de API, trek er een in, of toon welke er zijn. Het token zelf ziet u maar één keer."""
    from optimizer.review.data.engine import reading, writing
    from optimizer.review.who import tokens

    office = open_by_settings(folder)
    if intrekken:
        with writing(office.engine) as session:
            tokens.revoke(session, intrekken, office.clock())
        typer.echo(_REVOKED.fill(id=intrekken).said(lang.value))
        return ExitCode.DONE
    if gebruiker:
        with writing(office.engine) as session:
            made, row = tokens.make(session, gebruiker, naam, dagen, office.clock())
        if as_json:
            typer.echo(json.dumps({"kenmerk": row.id, "token": made, "verloopt": row.verloopt.isoformat()}))
        else:
            typer.echo(made)
            typer.echo(_TOKEN.fill(id=row.id, day=row.verloopt.date()).said(lang.value), err=True)
        return ExitCode.DONE
    with reading(office.engine) as session:
        found = [
            {
                "kenmerk": row.id,
                "gebruiker": onderwerp,
                "naam": row.naam,
                "verloopt": row.verloopt.isoformat(),
                "ingetrokken": row.ingetrokken is not None,
                "gebruikt": None if row.gebruikt is None else row.gebruikt.isoformat(),
            }
            for row, onderwerp in tokens.known(session)
        ]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        for one in found:
            typer.echo(_LISTED.fill(**{k: str(v) for k, v in one.items() if k != "ingetrokken"}).said(lang.value))
    return ExitCode.DONE


def _say_due(counted: Mapping[str, int], lang: o.Lang) -> None:
    for soort, n in sorted(counted.items()) or [("-", 0)]:
        typer.echo(_DUE.fill(n=n, soort=soort).said(lang.value))


def _settings(folder: Path) -> "Settings":
    """Return the settings of the environment, or those of a trial where it sets nothing."""
    from optimizer.review.install import demo_settings
    from optimizer.review.settings import PREFIX, from_environment

    given = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    if not given:
        return demo_settings(folder)
    settings = from_environment(given)
    return demo_settings(folder, settings) if settings.is_demo else settings


def open_by_settings(folder: Path) -> "Office":
    """Open the installation that the environment sets, or the trial in a folder."""
    from optimizer.review.install import prepared

    return prepared(_settings(folder))


def _example(office: "Office", folder: Path, lang: o.Lang) -> None:
    """Make the example month a round, where there is none yet."""
    from optimizer.review.data.engine import reading
    from optimizer.review.example import example_round
    from optimizer.review.rounds.look import count_rounds

    with reading(office.engine) as session:
        if count_rounds(session):
            return
    typer.echo(_EXAMPLE.said(lang.value), err=True)
    example_round(folder)
