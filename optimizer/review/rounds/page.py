"""What a municipality without access gets: one page that works without a network, and a workbook to answer in.

This is for commands and no part of a page of the application: opening a run again loads the solver's rooms.
"""

from geodata.wording import Lang
from optimizer.explain.told.tables import explain
from optimizer.pipeline.again import reopen
from optimizer.report.area_page import Getoetst, checked_page
from optimizer.review.data.engine import reading
from optimizer.review.data.tables import Ronde
from optimizer.review.office import Office
from optimizer.review.rounds import look
from optimizer.review.rounds.check import checked
from optimizer.review.rounds.look import NietGevonden
from optimizer.review.rounds.opened import open_round
from optimizer.review.rounds.workbook import of_gemeente
from optimizer.review.who.actor import Actor, Rol


def page_and_workbook(
    office: Office, actor: Actor, ronde: Ronde, gemeente: str, lang: Lang
) -> tuple[bytes, tuple[str, bytes]]:
    """Return the page of a municipality, and the name and bytes of its workbook.

    The page says of each household what the application says to the municipality: why, without private grounds, and the
    rules as the judge checks them now.

    Parameters
    ----------
    office, actor, ronde
        The installation, somebody of the COA, and the round.
    gemeente
        CBS code.
    lang
        Language of both.

    Raises
    ------
    NietGevonden
        When the municipality has no case in the round.
    """
    reader = Actor(actor.id, actor.naam, Rol.GEMEENTE, gemeente)
    with reading(office.engine) as session:
        found = [z.inhoud for z in look.cases(session, office.sealer, reader, ronde.id) if z.inhoud]
    if not found:
        raise NietGevonden
    with open_round(office.engine, ronde.id) as opened:
        reopened = reopen(opened.run, opened.given)
        voorstel, receipt = explain(reopened.case).said(lang), reopened.run.receipt
    in_force = opened.known.in_force
    told = [
        Getoetst(one.huishouden, one.zin, checked(in_force, one.huishouden, gemeente, private=False)) for one in found
    ]
    page = checked_page(gemeente, voorstel, in_force.batch, receipt, lang, told)
    return page, of_gemeente(office, actor, ronde, gemeente, lang)
