"""The COA: rounds, a new one, its deadline, what changed, the files that it takes out, and the end of a month."""

import datetime
from dataclasses import replace

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from geodata.gemeenten import load_gemeenten
from geodata.wording import Sentence
from optimizer.errors import Geweigerd
from optimizer.review import addresses, views
from optimizer.review.clock import day_of, end_of_day
from optimizer.review.data import trail
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import GESLOTEN, OPEN, Bestand, Ronde
from optimizer.review.office import Office
from optimizer.review.rounds import export, look
from optimizer.review.rounds.changes import WHY, changes, round_before
from optimizer.review.rounds.look import NietGevonden
from optimizer.review.rounds.process import WORKBOOKS, Aanvraag, Mislukt, begin_round, end_round
from optimizer.review.rounds.progress import of_gemeenten, reasons, together
from optimizer.review.rounds.taken_out import housed_by, listed, write_down
from optimizer.review.routes import shape
from optimizer.review.routes.shared import attachment, file_of, gemeente_name, lang_of, shown, text_of, to
from optimizer.review.who.actor import Actor, Recht, Rol
from optimizer.review.who.guard import Form, Guard, actor_of, office_of

router = APIRouter()
_RONDES = [Depends(Guard(Recht.RONDES))]
_ZIEN = [Depends(Guard(Recht.ZIEN))]
_CSV, _ZIP = "text/csv; charset=utf-8", "application/zip"
#: Letters of the name of a round.
_LONGEST_NAME = 120
#: Name of the packed input of the next month among the files of a round (`rounds.close`, which no page loads).
_NEXT = "volgende.zip"

_NO_FILE = Sentence("Kies een bestand.", "Choose a file.")
_NO_ZIP = Sentence("Kies een .zip-bestand.", "Choose a .zip file.")
_NO_INPUT = Sentence("Kies een .zip-bestand of een werkmap.", "Choose a .zip file or a workbook.")
_NO_NAME = Sentence("Geef de ronde een naam van hoogstens {n} tekens.", "Give the round a name of at most {n} letters.")
_NO_DAY = Sentence("Kies een dag na vandaag.", "Choose a day after today.")
_NOT_OPEN = Sentence("Deze ronde is niet open.", "This round is not open.")
_NO_CHOICE = Sentence("Kies wat geldt als er geen antwoord is.", "Choose what holds where there is no answer.")
_REMEDY = Sentence(
    "Er is niets bewaard. Herstel het en lever opnieuw in.", "Nothing was kept. Mend it and hand it in again."
)


@router.get(addresses.ROUNDS, dependencies=_RONDES)
def rounds(request: Request) -> Response:
    """Show every round."""
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        rows = []
        for ronde in look.rounds(session, actor):
            told = of_gemeenten(session, actor, ronde, office.clock())
            counts = together([one.counts for one in told])
            rows.append(views.RoundRow(shape.round_view(ronde), counts, len(told)))
    return shown(request, views.RoundList(tuple(rows)))


@router.get(addresses.ROUND_NEW, dependencies=_RONDES)
def new_round(request: Request) -> Response:
    """Show the form of a new round."""
    office = office_of(request)
    until = day_of(office.clock()) + datetime.timedelta(days=office.settings.answer_days)
    return shown(request, replace(_import(request), deadline=until.isoformat()))


@router.post(addresses.ROUND_NEW, dependencies=_RONDES)
def take_in(request: Request, form: Form) -> Response:
    """Take a run in, by a command of its own: opening it loads the solver's rooms, which no page does."""
    office, actor = office_of(request), actor_of(request)
    (run_name, run), (input_name, invoer) = file_of(form, "run"), file_of(form, "invoer")
    name, day, follows = (text_of(form, field).strip() for field in ("naam", "termijn", "vervolg"))
    view = replace(_import(request), name=name, deadline=day, follows=follows)
    errors = []
    if not run or not run_name.casefold().endswith(".zip"):
        errors.append(views.FieldError("run", _NO_ZIP if run else _NO_FILE))
    if not invoer or not input_name.casefold().endswith((".zip", *WORKBOOKS)):
        errors.append(views.FieldError("invoer", _NO_INPUT if invoer else _NO_FILE))
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        errors.append(views.FieldError("naam", _NO_NAME.fill(n=_LONGEST_NAME)))
    if _future(day, office) is None:
        errors.append(views.FieldError("termijn", _NO_DAY))
    if follows and follows not in {one.key for one in view.rounds}:
        errors.append(views.FieldError("vervolg", _NOT_OPEN))
    if errors:
        return shown(request, view, status=422, errors=errors)
    try:
        asked = Aanvraag(run, invoer, input_name, name, day, actor.id, follows)
        ronde_id = begin_round(office, asked, lang_of(request))
    except Geweigerd as error:
        problem = views.FileProblem("", error.sentence, _REMEDY)
        return shown(request, replace(view, problems=(problem,)), status=422)
    except Mislukt as error:
        problems = tuple(views.FileProblem("", Sentence(line, line), _REMEDY) for line in error.lines)
        return shown(request, replace(view, problems=problems), status=422)
    return to(addresses.round_page(ronde_id), "ronde")


@router.get("/ronden/{ronde_id}", dependencies=_ZIEN)
def round_page(request: Request, ronde_id: str) -> Response:
    """Show one round; a municipality is led to its cases."""
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        ronde = look.find_round(session, actor, ronde_id)
    if actor.rol is Rol.GEMEENTE:
        return RedirectResponse(addresses.cases(ronde.id), 303)
    return shown(request, _round(office, actor, ronde))


@router.post("/ronden/{ronde_id}/termijn", dependencies=_RONDES)
def change_deadline(request: Request, ronde_id: str, form: Form) -> Response:
    """Give municipalities until another day."""
    office, actor, text = office_of(request), actor_of(request), text_of(form, "termijn").strip()
    chosen = _future(text, office)
    with writing(office.engine) as session:
        ronde = look.find_round(session, actor, ronde_id)
        wrong = _NOT_OPEN if ronde.staat != OPEN else _NO_DAY if chosen is None else None
        if wrong is None and chosen is not None:
            told = f"{ronde.deadline.isoformat()} {chosen.isoformat()}".encode()
            ronde.deadline = chosen
            trail.append(session, trail.Done(office.clock(), actor.id, "deadline_gewijzigd", ronde.id, inhoud=told))
    if wrong is not None:
        view = replace(_round(office, actor, ronde), deadline=text)
        return shown(request, view, status=422, errors=[views.FieldError("termijn", wrong)])
    return to(addresses.round_page(ronde_id), "termijn")


@router.get("/ronden/{ronde_id}/wijzigingen", dependencies=_RONDES)
def round_changes(request: Request, ronde_id: str) -> Response:
    """Show what a re-run changed."""
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        ronde = look.find_round(session, actor, ronde_id)
        before = round_before(session, actor, ronde)
    try:
        found, kept = changes(office.engine, before.id, ronde.id)
    except KeyError as error:  # its files were erased
        raise NietGevonden from error
    rows = tuple(
        views.Change(one.huishouden, gemeente_name(one.van), gemeente_name(one.naar), WHY[one.reden]) for one in found
    )
    return shown(request, views.RoundChanges(shape.round_view(before), shape.round_view(ronde), rows, kept))


@router.get("/ronden/{ronde_id}/besluiten.csv", dependencies=_RONDES)
def decisions(request: Request, ronde_id: str) -> Response:
    """Hand out the answers as decisions."""
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        ronde = look.find_round(session, actor, ronde_id)
    return _given(office, actor, ronde, export.DECISIONS, listed(office, actor, ronde).to_bytes())


@router.get("/ronden/{ronde_id}/woningen.csv", dependencies=_RONDES)
def dwellings(request: Request, ronde_id: str) -> Response:
    """Hand out the special dwellings that municipalities offer."""
    return _offered(request, ronde_id, export.DWELLINGS)


@router.get("/ronden/{ronde_id}/capaciteit.csv", dependencies=_RONDES)
def capacity(request: Request, ronde_id: str) -> Response:
    """Hand out the persons that municipalities can take."""
    return _offered(request, ronde_id, export.CAPACITY)


@router.get("/ronden/{ronde_id}/afsluiten", dependencies=_RONDES)
def look_once_more(request: Request, ronde_id: str) -> Response:
    """Show what ending the month would do."""
    return shown(request, _close(request, ronde_id))


@router.post("/ronden/{ronde_id}/afsluiten", dependencies=_RONDES)
def close(request: Request, ronde_id: str, form: Form) -> Response:
    """End the month, by a command of its own."""
    office, actor, choice = office_of(request), actor_of(request), text_of(form, "zwijgen")
    view = _close(request, ronde_id)
    if choice not in ("mee", "akkoord"):
        return shown(request, view, status=422, errors=[views.FieldError("zwijgen", _NO_CHOICE)])
    try:
        silence = "akkoord" if choice == "akkoord" else "meenemen"
        end_round(office, ronde_id, silence, actor.id, lang_of(request))
    except Geweigerd as error:
        return shown(request, view, status=422, errors=[views.FieldError("", error.sentence)])
    except Mislukt as error:
        errors = [views.FieldError("", Sentence(line, line)) for line in error.lines]
        return shown(request, replace(view, silence_is_consent=choice == "akkoord"), status=422, errors=errors)
    return to(addresses.round_page(ronde_id), "gesloten")


@router.get("/ronden/{ronde_id}/volgende.zip", dependencies=_RONDES)
def next_input(request: Request, ronde_id: str) -> Response:
    """Hand out the input of the next month."""
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        ronde = look.find_round(session, actor, ronde_id)
        kept = session.get(Bestand, (ronde.id, _NEXT))
    if kept is None:
        raise NietGevonden
    return _given(office, actor, ronde, _NEXT, kept.inhoud, _ZIP)


def _offered(request: Request, ronde_id: str, name: str) -> Response:
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        ronde = look.find_round(session, actor, ronde_id)
        content = export.offered(session, actor, housed_by(office, ronde))[name]
    return _given(office, actor, ronde, name, content)


def _given(office: Office, actor: Actor, ronde: Ronde, name: str, content: bytes, kind: str = _CSV) -> Response:
    """Hand out a file, and write down who took which bytes."""
    write_down(office, actor, ronde, name, content)
    return attachment(content, name, kind)


def _import(request: Request) -> views.ImportForm:
    office = office_of(request)
    with reading(office.engine) as session:
        open_ones = [r for r in look.rounds(session, actor_of(request)) if r.staat == OPEN]
    return views.ImportForm(office.settings.upload_mb, rounds=tuple(views.Option(r.id, r.naam) for r in open_ones))


def _future(text: str, office: Office) -> datetime.datetime | None:
    """Return the last moment of a day that somebody typed; None where it is none, or has passed."""
    try:
        moment = end_of_day(datetime.date.fromisoformat(text))
    except (ValueError, OverflowError):
        return None
    return moment if moment > office.clock() else None


def _round(office: Office, actor: Actor, ronde: Ronde) -> views.RoundPage:
    with reading(office.engine) as session:
        told = of_gemeenten(session, actor, ronde, office.clock())
        why = reasons(session, actor, ronde.id)
        every = look.rounds(session, actor)
        has_next = session.get(Bestand, (ronde.id, _NEXT)) is not None
        found = {z.inhoud.huishouden: z for z in look.cases(session, office.sealer, actor, ronde.id) if z.inhoud}
    counts = together([one.counts for one in told])
    names = load_gemeenten().index
    rows = [
        views.GemeenteProgress(one.gemeente, gemeente_name(one.gemeente), one.counts, one.laatste)
        for one in sorted(told, key=lambda one: shape.by_name_key(one.gemeente))
        if one.gemeente in names
    ]
    judged = listed(office, actor, ronde).judged
    return views.RoundPage(
        round=shape.round_view(ronde),
        counts=counts,
        override_rate=counts.bedenking / counts.answered if counts.answered else None,
        reasons=why,
        rows=tuple(rows),
        days_left=shape.days_left(ronde, office),
        follows=next((shape.round_view(r) for r in every if r.id == ronde.vorige_id), None),
        followed_by=next((shape.round_view(r) for r in every if r.vorige_id == ronde.id), None),
        judged=tuple(views.Option(found[h].zaak.id, h) for h in judged if h in found),
        may_change=ronde.staat == OPEN,
        next_input=has_next and ronde.staat == GESLOTEN,
        deadline=day_of(ronde.deadline).isoformat(),
    )


def _close(request: Request, ronde_id: str) -> views.RoundClose:
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        ronde = look.find_round(session, actor, ronde_id)
        if ronde.staat != OPEN:
            raise NietGevonden
        counts = together([one.counts for one in of_gemeenten(session, actor, ronde, office.clock())])
    households = len(office.rounds.known(ronde.id).earlier)
    return views.RoundClose(shape.round_view(ronde), counts.akkoord, households - counts.akkoord, counts.open)
