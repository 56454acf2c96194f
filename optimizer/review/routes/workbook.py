"""Answers by workbook: fetch it, hand it in, see what changes, and take that over as a whole or not at all."""

from dataclasses import replace

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from geodata.wording import Sentence
from optimizer.errors import Defect
from optimizer.read.texts import render
from optimizer.review import addresses, views
from optimizer.review.data.engine import reading
from optimizer.review.data.tables import Ronde
from optimizer.review.office import Office
from optimizer.review.rounds import look
from optimizer.review.rounds.answers import Antwoord, TeLaat
from optimizer.review.rounds.look import NietGevonden
from optimizer.review.rounds.several import Ingehaald, answer_all
from optimizer.review.rounds.taken_out import write_down
from optimizer.review.rounds.workbook import SUFFIXES, Gelezen, of_gemeente, of_token, read_back, token
from optimizer.review.routes import shape
from optimizer.review.routes.shared import attachment, file_of, gemeente_name, lang_of, shown, text_of, to
from optimizer.review.who.actor import Actor, Recht, Rol
from optimizer.review.who.guard import Form, Guard, actor_of, office_of

router = APIRouter()
_WERKBOEK = [Depends(Guard(Recht.WERKBOEK))]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_FILE = Sentence("Kies een bestand (.xlsx, .ods of .csv).", "Choose a file (.xlsx, .ods or .csv).")
_LATE = Sentence(
    "De termijn is voorbij of de ronde is gesloten. Er is niets bewaard.",
    "The deadline has passed or the round was closed. Nothing was saved.",
)
_OVERTAKEN = Sentence(
    "Bij {n} {n:huishouden|huishoudens} antwoordde iemand anders intussen. Er is niets bewaard. Lever het werkboek "
    "opnieuw in en kijk wat er verandert.",
    "Somebody else answered for {n} {n:household|households} meanwhile. Nothing was saved. Hand the workbook in again "
    "and see what changes.",
)
_OTHER = Sentence("Lever het werkboek opnieuw in.", "Hand the workbook in again.")
_MEND = Sentence(
    "Herstel het in het werkboek en lever het opnieuw in.", "Mend it in the workbook and hand it in again."
)


@router.get("/ronden/{ronde_id}/werkboek", dependencies=_WERKBOEK)
def workbook(request: Request, ronde_id: str) -> Response:
    """Hand out the workbook of a municipality, with the answers so far."""
    office, actor, ronde = _round(request, ronde_id)
    gemeente = actor.gebied if actor.rol is Rol.GEMEENTE else request.query_params.get("gemeente", "")
    name, content = of_gemeente(office, actor, ronde, gemeente, lang_of(request))
    write_down(office, actor, ronde, name, content)
    return attachment(content, name, _XLSX)


@router.get("/ronden/{ronde_id}/werkboek/terug", dependencies=_WERKBOEK)
def upload(request: Request, ronde_id: str) -> Response:
    """Show the form to hand a workbook in."""
    office, actor, ronde = _round(request, ronde_id)
    return shown(request, _empty(office, actor, ronde))


@router.post("/ronden/{ronde_id}/werkboek/terug", dependencies=_WERKBOEK)
def read(request: Request, ronde_id: str, form: Form) -> Response:
    """Read a workbook and show what it would change."""
    office, actor, ronde = _round(request, ronde_id)
    view, (name, content) = _empty(office, actor, ronde), file_of(form, "bestand")
    if not content or not name.casefold().endswith(SUFFIXES):
        return shown(request, view, status=422, errors=[views.FieldError("bestand", _NO_FILE)])
    try:
        found = read_back(office, actor, ronde, name, content)
    except KeyError as error:  # the files of the round were erased
        raise NietGevonden from error
    view = replace(view, problems=_problems(found))
    if found.stopt:
        return shown(request, view, status=422)
    if not found.veranderingen:
        return shown(request, replace(view, unchanged=found.gelijk, nothing=True))
    changes = tuple(views.UploadedAnswer(v.huishouden, _draft(v.eerst), _draft(v.wordt)) for v in found.veranderingen)
    read_as = token(office, actor, ronde.id, found)
    return shown(request, replace(view, read=read_as, answers=changes, unchanged=found.gelijk))


@router.post("/ronden/{ronde_id}/werkboek/overnemen", dependencies=_WERKBOEK)
def take_over(request: Request, ronde_id: str, form: Form) -> Response:
    """Take over what was read: every answer, or none."""
    office, actor, ronde = _round(request, ronde_id)
    view = _empty(office, actor, ronde)
    try:
        answers = of_token(office, actor, ronde.id, text_of(form, "gelezen"))
    except ValueError:
        return shown(request, view, status=422, errors=[views.FieldError("bestand", _OTHER)])
    try:
        answer_all(office, actor, ronde.id, answers)
    except TeLaat:
        return shown(request, view, status=409, errors=[views.FieldError("", _LATE)])
    except Ingehaald as overtaken:
        return shown(request, view, status=409, errors=[views.FieldError("", _OVERTAKEN.fill(n=overtaken.zaken))])
    back = addresses.cases(ronde.id) if actor.rol is Rol.GEMEENTE else addresses.round_page(ronde.id)
    return to(back, "samen")


def _round(request: Request, ronde_id: str) -> tuple[Office, Actor, Ronde]:
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        return office, actor, look.find_round(session, actor, ronde_id)


def _empty(office: Office, actor: Actor, ronde: Ronde) -> views.AnswersUpload:
    name = gemeente_name(actor.gebied) if actor.rol is Rol.GEMEENTE else ""
    return views.AnswersUpload(shape.round_view(ronde), name, office.settings.upload_mb)


def _draft(said: Antwoord) -> views.Draft:
    return shape.draft(said.antwoord, said.redencode, said.toelichting)


def _problems(found: Gelezen) -> tuple[views.FileProblem, ...]:
    told = [_problem(defect) for defect in found.problemen]
    return (*told, *(views.FileProblem(place, sentence, _MEND) for place, sentence in found.fouten))


def _problem(defect: Defect) -> views.FileProblem:
    where = ", ".join(str(part) for part in (defect.file, defect.row, defect.column) if part)
    (text, remedy), (text_en, remedy_en) = render(defect, "nl"), render(defect, "en")
    return views.FileProblem(where, Sentence(text, text_en), Sentence(remedy, remedy_en), stops=not defect.warning)
