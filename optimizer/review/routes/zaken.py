"""A municipality: its cases, one case, and its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fastapi import APIRouter, Depends, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse, RedirectResponse, Response

from geodata.wording import Sentence
from optimizer.review import addresses, maps, views
from optimizer.review.clock import day_of
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Gebruiker
from optimizer.review.office import Office
from optimizer.review.rounds import look
from optimizer.review.rounds.answers import Antwoord, Conflict, TeLaat, answer, may_answer
from optimizer.review.rounds.check import checked
from optimizer.review.rounds.look import Geopend, NietGevonden
from optimizer.review.rounds.zaken import Zaakinhoud
from optimizer.review.routes import shape
from optimizer.review.routes.shared import gemeente_name, lang_of, role, shown, text_of, to
from optimizer.review.who.actor import Actor, Recht, Rol
from optimizer.review.who.guard import Form, Guard, actor_of, office_of

router = APIRouter()
_ZAKEN = [Depends(Guard(Recht.ZAKEN))]
_ZIEN = [Depends(Guard(Recht.ZIEN))]
#: Cases on one page of a list.
PAGE = 50
_RULE = "gronden/straal_km"
_WHY = Sentence("Waarom", "Why")
_EVERY = Sentence("alle gemeenten", "all municipalities")
_LATE = Sentence(
    "De termijn is voorbij of de ronde is gesloten. Uw antwoord is niet bewaard.",
    "The deadline has passed or the round was closed. Your answer was not saved.",
)
_NOTHING = Sentence("Kies minstens één huishouden.", "Choose at least one household.")
_OVERTAKEN = Sentence(
    "Bij {n} {n:huishouden|huishoudens} antwoordde iemand anders intussen. Er is niets bewaard. Kijk opnieuw.",
    "Somebody else answered for {n} {n:household|households} meanwhile. Nothing was saved. Look again.",
)


@router.get("/ronden/{ronde_id}/zaken", dependencies=_ZIEN)
def cases(request: Request, ronde_id: str) -> Response:
    """Show the cases of a round."""
    return shown(request, _list(request, ronde_id))


@router.post("/ronden/{ronde_id}/zaken/samen", dependencies=_ZAKEN)
def look_once_more(request: Request, ronde_id: str, form: Form) -> Response:
    """Show an answer for several cases once more before it counts."""
    chosen = frozenset(str(value) for value in form.getlist("zaak"))
    said = Antwoord(text_of(form, "keuze"))
    errors = []
    if not chosen:
        errors.append(views.FieldError("", _NOTHING))
    if not said.antwoord:
        errors.append(views.FieldError("keuze", said.wrong()["keuze"]))
    if errors:
        return shown(request, replace(_list(request, ronde_id), chosen=chosen), status=422, errors=errors)
    return shown(request, _bulk(request, ronde_id, chosen, views.Draft(shape.draft(said.antwoord, "", "").choice)))


@router.post("/ronden/{ronde_id}/zaken/antwoorden", dependencies=_ZAKEN)
def answer_several(request: Request, ronde_id: str, form: Form) -> Response:
    """Keep one answer for several cases: for all of them, or for none."""
    office, actor = office_of(request), actor_of(request)
    pairs = dict(str(value).partition(":")[::2] for value in form.getlist("zaak"))
    said = Antwoord(text_of(form, "keuze"), text_of(form, "reden"), text_of(form, "toelichting"))
    wrong, drafted = said.wrong(), shape.draft(said.antwoord, said.redencode, said.toelichting)
    errors = [views.FieldError(field, text) for field, text in wrong.items()]
    if not pairs or errors:
        errors = errors or [views.FieldError("", _NOTHING)]
        return shown(request, _bulk(request, ronde_id, frozenset(pairs), drafted), status=422, errors=errors)
    overtaken = 0
    try:
        with writing(office.engine) as session:
            for zaak_id, versie in pairs.items():
                if look.find_case(session, office.sealer, actor, zaak_id).ronde.id != ronde_id:
                    raise NietGevonden
                try:
                    answer(session, office, actor, zaak_id, said, shape.version(versie))
                except Conflict:
                    overtaken += 1
            if overtaken:
                raise _Overtaken
    except TeLaat:
        return shown(request, _list(request, ronde_id), status=409, errors=[views.FieldError("", _LATE)])
    except _Overtaken:
        text = _OVERTAKEN.fill(n=overtaken)
        view = replace(_list(request, ronde_id), chosen=frozenset(pairs))
        return shown(request, view, status=409, errors=[views.FieldError("", text)])
    return to(addresses.cases(ronde_id), "samen")


@router.get("/zaken/{zaak_id}", dependencies=_ZIEN)
def case(request: Request, zaak_id: str) -> Response:
    """Show one case, checked by the judge now."""
    return shown(request, _case(request, zaak_id, None))


@router.post("/zaken/{zaak_id}/antwoord", dependencies=_ZAKEN)
def answer_one(request: Request, zaak_id: str, form: Form) -> Response:
    """Keep an answer."""
    office, actor = office_of(request), actor_of(request)
    said = Antwoord(text_of(form, "keuze"), text_of(form, "reden"), text_of(form, "toelichting"))
    drafted, wrong = shape.draft(said.antwoord, said.redencode, said.toelichting), said.wrong()
    if wrong:
        errors = [views.FieldError(field, text) for field, text in wrong.items()]
        return shown(request, _case(request, zaak_id, drafted), status=422, errors=errors)
    try:
        with writing(office.engine) as session:
            answer(session, office, actor, zaak_id, said, shape.version(text_of(form, "versie")))
    except TeLaat:
        return shown(request, _case(request, zaak_id, drafted), status=409, errors=[views.FieldError("", _LATE)])
    except Conflict as conflict:
        return shown(request, _conflict(office, conflict.now, drafted), status=409)
    return to(addresses.case(zaak_id), "antwoord")


@router.get("/zaken/{zaak_id}/kaart.json", dependencies=_ZIEN)
def case_map(request: Request, zaak_id: str) -> Response:
    """Return the map of a case for a script."""
    office = office_of(request)
    with reading(office.engine) as session:
        found = look.find_case(session, office.sealer, actor_of(request), zaak_id)
    told = found.inhoud
    if told is None or not told.banen:
        raise NietGevonden
    places = [job.gemeente for job in told.banen]
    day = found.ronde.peildatum
    return JSONResponse(maps.case_geojson(found.zaak.gemeente, places, _radius(office, found), day))


class _Overtaken(Exception):
    """Nothing of a bulk answer counts, for somebody answered one of its cases meanwhile."""


def home(request: Request, actor: Actor) -> Response:
    """Lead somebody of a municipality to its cases."""
    office = office_of(request)
    with reading(office.engine) as session:
        ronde = look.current(session, actor)
    if ronde is None:
        return shown(request, views.NoRounds(gemeente_name(actor.gebied)))
    return RedirectResponse(addresses.cases(ronde.id), 303)


def _filter(asked: QueryParams, actor: Actor) -> views.CaseFilter:
    known: Mapping[str, views.Status] = {"open": "open", "akkoord": "akkoord", "bedenking": "bedenking"}
    orders: Mapping[str, views.Sorting] = {"personen": "personen", "status": "status", "dagen": "dagen"}
    return views.CaseFilter(
        status=known.get(asked.get("status", ""), ""),
        search=asked.get("zoek", "")[:100].strip(),
        sort=orders.get(asked.get("sorteer", ""), "huishouden"),
        down=asked.get("aflopend") == "1",
        gemeente=asked.get("gemeente", "")[:6] if actor.rol is Rol.COA else "",
    )


def _list(request: Request, ronde_id: str) -> views.CaseList:
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        ronde = look.find_round(session, actor, ronde_id)
        rondes = look.rounds(session, actor)
        found = list(look.cases(session, office.sealer, actor, ronde_id))
        users = _names(session, actor)
    asked = _filter(request.query_params, actor)
    if asked.gemeente:
        found = [z for z in found if z.zaak.gemeente == asked.gemeente]
    rows = [row for row in _rows(found, office, users) if _fits(row, asked)]
    rows.sort(key=lambda r: r.huishouden)
    keys = {
        "huishouden": lambda r: r.huishouden,
        "personen": lambda r: r.personen,
        "status": lambda r: r.status,
        "dagen": lambda r: r.dagen,
    }
    rows.sort(key=keys[asked.sort], reverse=asked.down)
    last = max(1, -(-len(rows) // PAGE))
    number = min(max(1, shape.version(request.query_params.get("pagina", "1"))), last)
    return views.CaseList(
        round=shape.round_view(ronde),
        rounds=tuple(shape.round_view(r) for r in rondes),
        gemeente=gemeente_name(asked.gemeente or actor.gebied) or _EVERY.said(lang_of(request)),
        counts=shape.counts(found, office),
        filter=asked,
        rows=tuple(rows[PAGE * (number - 1) : PAGE * number]),
        pages=views.Pages(number, last, len(rows)),
        may_answer=actor.may(Recht.ZAKEN) and any(may_answer(z, office) for z in found),
        days_left=shape.days_left(ronde, office),
    )


def _fits(row: views.CaseRow, asked: views.CaseFilter) -> bool:
    words = asked.search.casefold()
    places = " ".join([row.huishouden, *(w.nl for w in row.work), *(w.en for w in row.work)]).casefold()
    return (not asked.status or row.status == asked.status) and words in places


def _rows(found: Sequence[Geopend], office: Office, users: Mapping[str, str]) -> list[views.CaseRow]:
    return [_row(z, z.inhoud, office, users) for z in found if z.inhoud is not None]


def _row(found: Geopend, told: Zaakinhoud, office: Office, users: Mapping[str, str]) -> views.CaseRow:
    zaak = found.zaak
    return views.CaseRow(
        id=zaak.id,
        huishouden=told.huishouden,
        personen=told.personen,
        work=shape.work(told.banen),
        dagen=shape.days_since(told.vergunning, found.ronde.peildatum),
        status=shape.status(zaak.antwoord),
        late=shape.is_late(found, office),
        answered_by=users.get(zaak.door or "", ""),
        answered_on=None if zaak.beantwoord is None else day_of(zaak.beantwoord),
        attention=zaak.vastgezet,
        version=zaak.versie,
    )


def _bulk(request: Request, ronde_id: str, chosen: frozenset[str], drafted: views.Draft) -> views.BulkConfirm:
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        ronde = look.find_round(session, actor, ronde_id)
        found = [z for z in look.cases(session, office.sealer, actor, ronde_id) if z.zaak.id in chosen]
        users = _names(session, actor)
    if len(found) != len(chosen):
        raise NietGevonden
    rows = tuple(_rows(found, office, users))
    return views.BulkConfirm(
        shape.round_view(ronde), rows, drafted, frozenset(r.id for r in rows if r.status != "open")
    )


def _case(request: Request, zaak_id: str, drafted: views.Draft | None) -> views.CasePage:
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        found = look.find_case(session, office.sealer, actor, zaak_id)
        if found.inhoud is None:
            raise NietGevonden
        history = look.history(session, office.sealer, actor, zaak_id)
        told, zaak = found.inhoud, found.zaak
        users = [u for u in session.query(Gebruiker).order_by(Gebruiker.naam) if _answers_for(u, zaak.gemeente)]
        beside = (z for z in look.cases(session, office.sealer, actor, zaak.ronde_id) if z.inhoud)
        around = [z.zaak.id for z in beside if z.zaak.gemeente == zaak.gemeente]
        given = _answer(session, found, actor)
    in_force = office.rounds.in_force(found.ronde.id)
    toetsen = checked(in_force, told.huishouden, zaak.gemeente, private=actor.rol is Rol.COA)
    at = around.index(zaak_id)
    reception = in_force.batch.huishoudens.set_index("huishouden_id")["opvang_gemeente"]
    return views.CasePage(
        id=zaak.id,
        round=shape.round_view(found.ronde),
        huishouden=told.huishouden,
        personen=told.personen,
        gemeente=gemeente_name(zaak.gemeente),
        opvang=gemeente_name(str(reception.get(told.huishouden, ""))),
        status=shape.status(zaak.antwoord),
        fixed=zaak.vastgezet,
        dagen=shape.days_since(told.vergunning, found.ronde.peildatum),
        nareis=told.nareis,
        woning=Sentence(told.woning, told.woning) if told.woning else None,
        jobs=tuple(shape.job(b) for b in told.banen),
        why=(views.Paragraph(_WHY, (told.zin,)),),
        exceptions=tuple(Sentence(t.toelichting, t.toelichting_en) for t in toetsen if t.uitslag == "uitzondering"),
        checks=tuple(shape.check(t) for t in toetsen),
        checked_at=office.clock(),
        judge_ok=all(t.uitslag != "overtreding" for t in toetsen),
        map=_map(office, found),
        alternatives=_alternatives(told),
        answer=given,
        version=zaak.versie,
        draft=drafted or views.Draft(),
        may_answer=actor.may(Recht.ZAKEN) and may_answer(found, office),
        days_left=shape.days_left(found.ronde, office),
        answers_by=tuple(u.naam for u in users if u.actief),
        history=tuple(shape.event(e) for e in reversed(history)),
        previous=around[at - 1] if at > 0 else "",
        next=around[at + 1] if at + 1 < len(around) else "",
    )


def _answers_for(user: Gebruiker, gemeente: str) -> bool:
    return (user.rol, user.gebied) == (str(Rol.GEMEENTE), gemeente)


def _names(session: Session, actor: Actor) -> dict[str, str]:
    """Return the names that an actor may read, by id: of colleagues, and for the COA of everybody."""
    every = actor.rol is Rol.COA
    return {u.id: u.naam for u in session.scalars(select(Gebruiker)) if every or _answers_for(u, actor.gebied)}


def _answer(session: Session, found: Geopend, actor: Actor) -> views.Answer | None:
    zaak = found.zaak
    if not zaak.antwoord or zaak.beantwoord is None:
        return None
    by = session.get(Gebruiker, zaak.door) if zaak.door else None
    who = _names(session, actor).get(zaak.door or "", "")
    kind, rol = shape.status(zaak.antwoord), Rol.COA if by is None else by.rol
    return views.Answer(kind, shape.reason(zaak.redencode), found.toelichting, who, role(rol), zaak.beantwoord)


def _conflict(office: Office, now: Geopend, mine: views.Draft) -> views.Conflict:
    with reading(office.engine) as session:
        by = session.get(Gebruiker, now.zaak.door) if now.zaak.door else None
    who, rol = (by.naam, by.rol) if by else ("", Rol.COA)
    zaak, when = now.zaak, now.zaak.beantwoord or now.ronde.begonnen
    theirs = views.Answer(
        shape.status(zaak.antwoord), shape.reason(zaak.redencode), now.toelichting, who, role(rol), when
    )
    household = now.inhoud.huishouden if now.inhoud else ""
    return views.Conflict(zaak.id, shape.round_view(now.ronde), household, theirs, mine, zaak.versie)


def _map(office: Office, found: Geopend) -> views.CaseMap | None:
    """Return the map of a case; None where it has no job to show."""
    told = found.inhoud
    jobs = [] if told is None else [(job.gemeente, job.km) for job in told.banen]
    return maps.case_map(found.zaak.gemeente, jobs, _radius(office, found), found.ronde.peildatum)


def _radius(office: Office, found: Geopend) -> float:
    return float(office.rounds.in_force(found.ronde.id).parameters[_RULE])


def _alternatives(told: Zaakinhoud) -> tuple[views.Alternative, ...]:
    """Return the alternatives in order of name, with the km to the nearest job: facts that favour nobody."""
    km = dict(told.alternatieven)
    return tuple(views.Alternative(gemeente_name(code), km[code], ()) for code in shape.by_name(list(km)))
