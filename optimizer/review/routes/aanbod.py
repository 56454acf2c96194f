"""A municipality: the dwellings that it offers, and the number of persons that it can take."""

from collections.abc import Sequence

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from geodata.wording import Sentence
from optimizer.domain.terms import DWELLINGS
from optimizer.review import addresses, views
from optimizer.review.clock import day_of
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Aanbod, Gebruiker
from optimizer.review.rounds import offers
from optimizer.review.rounds.look import NietGevonden
from optimizer.review.rounds.offers import Overtaken, Verandering, Woning
from optimizer.review.routes import shape
from optimizer.review.routes.shared import gemeente_name, role, shown, text_of, to
from optimizer.review.who.actor import Recht
from optimizer.review.who.guard import Form, Guard, actor_of, office_of

router = APIRouter()
_ZAKEN = [Depends(Guard(Recht.ZAKEN))]
_COMMON = Sentence("gewone woning", "ordinary dwelling")
_SO_MANY = Sentence("{n} × {kind}", "{n} × {kind}")
_PERSONS = Sentence("{n} {n:persoon|personen}", "{n} {n:person|persons}")
_CHANGED = Sentence(
    "Een collega veranderde dit aanbod intussen. Nu geldt: {now}. Uw wijziging is niet bewaard. Bewaar opnieuw als u "
    "haar wilt vervangen.",
    "A colleague changed this offer meanwhile. It is now: {now}. Your change was not saved. Save again to replace it.",
)
_GONE = Sentence(
    "Dit aanbod is al ingetrokken. Er is niets bewaard.", "This offer was withdrawn already. Nothing was saved."
)
_MOVED = Sentence(
    "Een collega veranderde dit aanbod intussen. Kijk of u het nog wilt intrekken.",
    "A colleague changed this offer meanwhile. See whether you still want to withdraw it.",
)
_OTHER_NUMBER = Sentence(
    "Een collega veranderde dit getal intussen in {n}. Uw getal is niet bewaard. Bewaar opnieuw om het te vervangen.",
    "A colleague changed this number to {n} meanwhile. Yours was not saved. Save again to replace it.",
)


@router.get(addresses.OFFERS, dependencies=_ZAKEN)
def offered(request: Request) -> Response:
    """Show what the municipality offers."""
    return shown(request, _offers(request))


@router.post(addresses.CAPACITY, dependencies=_ZAKEN)
def capacity(request: Request, form: Form) -> Response:
    """Keep the number of persons that the municipality can take."""
    office, actor = office_of(request), actor_of(request)
    persons = shape.whole(text_of(form, "capaciteit"))
    wrong = offers.wrong_capacity(persons)
    if wrong is not None or persons is None:
        errors = [views.FieldError("capaciteit", wrong)] if wrong else []
        return shown(request, _offers(request), status=422, errors=errors)
    try:
        with writing(office.engine) as session:
            offers.set_capacity(session, office, actor, persons, shape.version(text_of(form, "versie")))
    except Overtaken:
        view = _offers(request)
        said = _OTHER_NUMBER.fill(n=view.capacity or 0)
        return shown(request, view, status=409, errors=[views.FieldError("capaciteit", said)])
    return to(addresses.OFFERS, "capaciteit")


@router.get(addresses.OFFER_NEW, dependencies=_ZAKEN)
def new(request: Request) -> Response:
    """Show the form of a new offer."""
    return shown(request, views.OfferForm(_gemeente(request)))


@router.post(addresses.OFFER_NEW, dependencies=_ZAKEN)
def add(request: Request, form: Form) -> Response:
    """Keep a new offer."""
    office, woning = office_of(request), _read(form)
    errors = _errors(woning, form, request)
    if errors:
        return shown(request, _form(request, form), status=422, errors=errors)
    with writing(office.engine) as session:
        offers.add(session, office, actor_of(request), woning)
    return to(addresses.OFFERS, "aanbod")


@router.get("/aanbod/{aanbod_id}", dependencies=_ZAKEN)
def offer(request: Request, aanbod_id: str) -> Response:
    """Show the form of an offer."""
    return shown(request, _filled(request, _standing(request, aanbod_id)))


@router.post("/aanbod/{aanbod_id}", dependencies=_ZAKEN)
def change(request: Request, aanbod_id: str, form: Form) -> Response:
    """Change an offer."""
    office, woning = office_of(request), _read(form)
    row = _found(request, aanbod_id)
    errors = _errors(woning, form, request)
    if errors:
        return shown(request, _form(request, form, aanbod_id), status=422, errors=errors)
    try:
        with writing(office.engine) as session:
            versie = shape.version(text_of(form, "versie"))
            offers.change(session, office, actor_of(request), aanbod_id, woning, versie)
    except Overtaken:
        row = _found(request, aanbod_id)
        if row.ingetrokken:
            return shown(request, _offers(request), status=409, errors=[views.FieldError("", _GONE)])
        said = _CHANGED.fill(now=_in_short(row.soort, row.aantal))
        view = _form(request, form, aanbod_id, row.versie)
        return shown(request, view, status=409, errors=[views.FieldError("", said)])
    return to(addresses.OFFERS, "aanbod")


@router.get("/aanbod/{aanbod_id}/intrekken", dependencies=_ZAKEN)
def before_withdrawing(request: Request, aanbod_id: str) -> Response:
    """Show an offer once more before it is withdrawn."""
    return shown(request, _withdrawing(request, _standing(request, aanbod_id)))


@router.post("/aanbod/{aanbod_id}/intrekken", dependencies=_ZAKEN)
def withdraw(request: Request, aanbod_id: str, form: Form) -> Response:
    """Withdraw an offer."""
    office = office_of(request)
    try:
        with writing(office.engine) as session:
            versie = shape.version(text_of(form, "versie"))
            offers.withdraw(session, office, actor_of(request), aanbod_id, versie)
    except Overtaken:
        row = _found(request, aanbod_id)
        if row.ingetrokken:
            return shown(request, _offers(request), status=409, errors=[views.FieldError("", _GONE)])
        return shown(request, _withdrawing(request, row), status=409, errors=[views.FieldError("", _MOVED)])
    return to(addresses.OFFERS, "ingetrokken")


def _gemeente(request: Request) -> str:
    return gemeente_name(actor_of(request).gebied)


def _found(request: Request, aanbod_id: str) -> Aanbod:
    with reading(office_of(request).engine) as session:
        return offers.find_offer(session, actor_of(request), aanbod_id)


def _standing(request: Request, aanbod_id: str) -> Aanbod:
    """Return an offer that was not withdrawn."""
    row = _found(request, aanbod_id)
    if row.ingetrokken:
        raise NietGevonden
    return row


def _read(form: FormData) -> Woning:
    access = text_of(form, "toegankelijk")
    return Woning(
        soort=text_of(form, "soort"),
        aantal=shape.whole(text_of(form, "aantal")),
        kamers=shape.whole(text_of(form, "kamers")),
        personen=shape.whole(text_of(form, "personen")),
        toegankelijk=access == "ja" if access in ("ja", "nee") else None,
        vanaf=shape.day(text_of(form, "vanaf")),
    )


def _errors(woning: Woning, form: FormData, request: Request) -> list[views.FieldError]:
    """Return what is wrong: also a number that may be left out and is none."""
    wrong = dict(woning.wrong(day_of(office_of(request).clock())))
    optional: Sequence[tuple[offers.Field, int | None]] = (("kamers", woning.kamers), ("personen", woning.personen))
    for field, value in optional:
        if value is None and text_of(form, field).strip():
            wrong[field] = offers.NO_NUMBER.fill(least=1, most=offers.MOST_PERSONS)
    order: Sequence[offers.Field] = ("soort", "aantal", "kamers", "personen", "toegankelijk", "vanaf")
    return [views.FieldError(field, wrong[field]) for field in order if field in wrong]


def _form(request: Request, form: FormData, aanbod_id: str = "", versie: int | None = None) -> views.OfferForm:
    """Return the form as it was typed."""
    return views.OfferForm(
        gemeente=_gemeente(request),
        id=aanbod_id,
        version=shape.version(text_of(form, "versie")) if versie is None else versie,
        kind=text_of(form, "soort"),
        number=text_of(form, "aantal"),
        rooms=text_of(form, "kamers"),
        persons=text_of(form, "personen"),
        accessible=text_of(form, "toegankelijk"),
        available_from=text_of(form, "vanaf"),
    )


def _filled(request: Request, row: Aanbod) -> views.OfferForm:
    return views.OfferForm(
        gemeente=_gemeente(request),
        id=row.id,
        version=row.versie,
        kind=row.soort,
        number=str(row.aantal),
        rooms="" if row.kamers is None else str(row.kamers),
        persons="" if row.personen is None else str(row.personen),
        accessible="ja" if row.toegankelijk else "nee",
        available_from=row.vanaf.isoformat(),
    )


def _withdrawing(request: Request, row: Aanbod) -> views.OfferWithdraw:
    with reading(office_of(request).engine) as session:
        by = session.get(Gebruiker, row.door)
    return views.OfferWithdraw(_gemeente(request), _offer(row, "" if by is None else by.naam))


def _offers(request: Request) -> views.Offers:
    actor = actor_of(request)
    with reading(office_of(request).engine) as session:
        rows = offers.offers(session, actor)
        kept = offers.capacity(session, actor)
        told = offers.changes(session, actor)
        users = {u.id: u.naam for u in session.query(Gebruiker)}
    return views.Offers(
        gemeente=_gemeente(request),
        offers=tuple(_offer(row, users.get(row.door, "")) for row in rows),
        capacity=None if kept is None else kept.personen,
        capacity_version=0 if kept is None else kept.versie,
        may_change=True,
        history=tuple(_event(one) for one in reversed(told)),
    )


def _offer(row: Aanbod, who: str) -> views.Offer:
    return views.Offer(
        id=row.id,
        version=row.versie,
        kind=next(kind for kind in views.OFFER_KINDS if kind == row.soort),
        number=row.aantal,
        rooms=row.kamers,
        persons=row.personen,
        accessible=row.toegankelijk,
        available_from=row.vanaf,
        withdrawn=row.ingetrokken,
        who=who,
        when=row.gewijzigd,
    )


def _event(one: Verandering) -> views.Event:
    said = one.inhoud
    if one.wat == "capaciteit":
        what, details = "capaciteit", _PERSONS.fill(n=int(said["personen"]))
    else:
        what = "ingetrokken" if one.wat == "aanbod_ingetrokken" else "veranderd" if said["versie"] > 1 else "toegevoegd"
        details = _in_short(str(said["soort"]), int(said["aantal"]))
    return views.Event(one.op, one.wie, role(one.rol) if one.rol else None, what, details)


def _in_short(soort: str, aantal: int) -> Sentence:
    return _SO_MANY.fill(n=aantal, kind=DWELLINGS.get(soort, _COMMON))
