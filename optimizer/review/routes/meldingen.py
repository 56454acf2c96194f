"""For everybody who is signed in: which e-mail they get."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from geodata.wording import Sentence
from optimizer.review import addresses, views
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Gebruiker
from optimizer.review.mail.due import DIGESTS
from optimizer.review.routes.shared import shown, text_of, to
from optimizer.review.who.actor import Recht
from optimizer.review.who.guard import Form, Guard, actor_of, office_of

router = APIRouter()
_SELF = [Depends(Guard(Recht.ZICHZELF))]
_NO_CHOICE = Sentence("Kies hoe vaak u een samenvatting wilt.", "Choose how often you want a summary.")


@router.get(addresses.NOTIFICATIONS, dependencies=_SELF)
def chosen(request: Request) -> Response:
    """Show which e-mail somebody gets."""
    return shown(request, _view(request))


@router.post(addresses.NOTIFICATIONS, dependencies=_SELF)
def choose(request: Request, form: Form) -> Response:
    """Keep which e-mail somebody gets."""
    office, actor = office_of(request), actor_of(request)
    digest = text_of(form, "samenvatting")
    if digest not in DIGESTS:
        return shown(request, _view(request), status=422, errors=[views.FieldError("samenvatting", _NO_CHOICE)])
    with writing(office.engine) as session:
        user = session.get_one(Gebruiker, actor.id)
        user.samenvatting, user.herinnering = digest, text_of(form, "termijn") == "ja"
    return to(addresses.NOTIFICATIONS, "meldingen")


def _view(request: Request) -> views.Notifications:
    with reading(office_of(request).engine) as session:
        user = session.get_one(Gebruiker, actor_of(request).id)
    digest = next(known for known in DIGESTS if known == user.samenvatting)
    return views.Notifications(email=user.email, digest=digest, overdue=user.herinnering)
