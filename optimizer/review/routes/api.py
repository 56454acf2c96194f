"""The routes of the API: rounds, cases and their answers, and how far the answers are."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from optimizer.review.api import PREFIX, shapes
from optimizer.review.api.document import document
from optimizer.review.clock import day_of
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import GESLOTEN, OPEN, VERVANGEN
from optimizer.review.data.tables import Ronde as Row
from optimizer.review.office import Office
from optimizer.review.rounds import look
from optimizer.review.rounds.answers import Antwoord, Conflict, TeLaat, answer, may_answer
from optimizer.review.rounds.look import Geopend, NietGevonden
from optimizer.review.rounds.zaken import Zaakinhoud
from optimizer.review.routes import shape
from optimizer.review.routes.shared import gemeente_name
from optimizer.review.who.actor import Recht, Rol
from optimizer.review.who.bearer import Bearer, asker
from optimizer.review.who.guard import office_of

router = APIRouter(prefix=PREFIX)
_OWN = [Depends(Bearer(Recht.ZAKEN))]
_SELF = [Depends(Bearer(Recht.ZICHZELF))]
#: Roles that may see how far municipalities are.
_COUNTING = (Rol.GEMEENTE, Rol.COA, Rol.PROVINCIE)
_ID = "^[0-9a-f]{32}$"
RondeId = Annotated[str, Path(alias="ronde", pattern=_ID, description="Kenmerk van de ronde.")]
ZaakId = Annotated[str, Path(alias="zaak", pattern=_ID, description="Kenmerk van de zaak.")]
Pagina = Annotated[int, Query(ge=1, le=100_000, description="Welke pagina.")]
Grootte = Annotated[int, Query(alias="paginaGrootte", ge=1, le=200, description="Zaken op een pagina.")]
_STATES = {OPEN: "open", VERVANGEN: "vervangen", GESLOTEN: "gesloten"}


@router.get("/openapi.json", dependencies=[Depends(Bearer(Recht.IEDEREEN))], operation_id="beschrijving")
def described(request: Request) -> Response:
    """Deze beschrijving van de API."""
    base = office_of(request).settings.base_url or str(request.base_url)
    return JSONResponse(document(router.routes, base.rstrip("/")), headers={"Access-Control-Allow-Origin": "*"})


@router.get("/ronden", dependencies=_SELF, operation_id="ronden")
def rounds(request: Request) -> shapes.Ronden:
    """De ronden waarin u zaken hebt, de nieuwste eerst."""
    with reading(office_of(request).engine) as session:
        return shapes.Ronden(ronden=[_round(row) for row in look.rounds(session, asker(request))])


@router.get("/ronden/{ronde}", dependencies=_SELF, operation_id="ronde")
def one_round(request: Request, ronde_id: RondeId) -> shapes.Ronde:
    """Eén ronde."""
    with reading(office_of(request).engine) as session:
        return _round(look.find_round(session, asker(request), ronde_id))


@router.get("/ronden/{ronde}/zaken", dependencies=_OWN, operation_id="zaken")
def cases(
    request: Request,
    ronde_id: RondeId,
    stand: Annotated[shapes.Stand | None, Query(description="Alleen zaken met deze stand.")] = None,
    pagina: Pagina = 1,
    grootte: Grootte = 50,
) -> shapes.Zaken:
    """De zaken van uw gemeente in een ronde."""
    office = office_of(request)
    with reading(office.engine) as session:
        look.find_round(session, asker(request), ronde_id)
        found = list(look.cases(session, office.sealer, asker(request), ronde_id))
    told = [_case(office, z, z.inhoud) for z in found if z.inhoud is not None]
    told = [one for one in told if stand is None or one.stand == stand]
    return shapes.Zaken(
        zaken=told[grootte * (pagina - 1) : grootte * pagina],
        pagina=pagina,
        aantal_paginas=max(1, -(-len(told) // grootte)),
        aantal_zaken=len(told),
    )


@router.get("/ronden/{ronde}/voortgang", dependencies=_SELF, operation_id="voortgang")
def progress(request: Request, ronde_id: RondeId) -> shapes.Voortgang:
    """Hoe ver de antwoorden zijn: van uw gemeente, van die van uw provincie, of van alle (COA)."""
    actor = asker(request)
    if actor.rol not in _COUNTING:
        raise NietGevonden
    with reading(office_of(request).engine) as session:
        look.find_round(session, actor, ronde_id)
        told = look.progress(session, actor, ronde_id)
    rows = [
        shapes.Gemeentestand(
            gemeente=code,
            naam=gemeente_name(code),
            open=counted.get("", 0),
            akkoord=counted.get("akkoord", 0),
            bedenking=counted.get("bedenking", 0),
        )
        for code, counted in told.items()
    ]
    return shapes.Voortgang(ronde=ronde_id, gemeenten=rows)


@router.get("/zaken/{zaak}", dependencies=_OWN, operation_id="zaak")
def case(request: Request, response: Response, zaak_id: ZaakId) -> shapes.Zaak:
    """Eén zaak van uw gemeente. De kop ETag draagt de versie waarop u kunt antwoorden."""
    found, told = _open(request, zaak_id)
    response.headers["ETag"] = _tag(found.zaak.versie)
    return _case(office_of(request), found, told)


@router.get("/zaken/{zaak}/antwoord", dependencies=_OWN, operation_id="antwoord")
def current_answer(request: Request, response: Response, zaak_id: ZaakId) -> shapes.Antwoord:
    """Het antwoord dat nu geldt."""
    found, _ = _open(request, zaak_id)
    said = _answer(found)
    if said is None:
        raise NietGevonden
    response.headers["ETag"] = _tag(found.zaak.versie)
    return said


@router.put("/zaken/{zaak}/antwoord", dependencies=_OWN, operation_id="antwoorden")
def put_answer(request: Request, response: Response, zaak_id: ZaakId, nieuw: shapes.NieuwAntwoord) -> shapes.Antwoord:
    """Bewaar een antwoord. Stuur in de kop If-Match de ETag van de zaak, zodat u niets van een ander overschrijft."""
    office, actor = office_of(request), asker(request)
    _open(request, zaak_id)
    said = Antwoord(nieuw.antwoord, nieuw.reden or "", nieuw.toelichting)
    wrong = said.wrong()
    if wrong:
        raise HTTPException(400, " ".join(sentence.nl for sentence in wrong.values()))
    versie = _asked(request)
    try:
        with writing(office.engine) as session:
            now = answer(session, office, actor, zaak_id, said, versie)
    except TeLaat as error:
        raise HTTPException(409) from error
    except Conflict as error:
        raise HTTPException(412) from error
    found, _ = _open(request, zaak_id)
    kept = _answer(found)
    if kept is None:
        raise NietGevonden
    response.status_code = 201 if now == 1 else 200
    response.headers["ETag"] = _tag(now)
    return kept


def _open(request: Request, zaak_id: str) -> tuple[Geopend, Zaakinhoud]:
    office = office_of(request)
    with reading(office.engine) as session:
        found = look.find_case(session, office.sealer, asker(request), zaak_id)
    if found.inhoud is None:
        raise NietGevonden
    return found, found.inhoud


def _asked(request: Request) -> int:
    """Return the version that an answer is meant for; -1, which no case has, for a tag that is none of ours."""
    said = request.headers.get("if-match", "").strip()
    if not said:
        raise HTTPException(428)
    plain = said[1:-1] if len(said) > 1 and said[0] == said[-1] == '"' else "-"
    return shape.version(plain)


def _tag(versie: int) -> str:
    return f'"{versie}"'


def _round(row: Row) -> shapes.Ronde:
    return shapes.Ronde.model_validate(
        {
            "id": row.id,
            "naam": row.naam,
            "peildatum": row.peildatum,
            "deadline": day_of(row.deadline),
            "staat": _STATES[row.staat],
        }
    )


def _case(office: Office, found: Geopend, told: Zaakinhoud) -> shapes.Zaak:
    zaak = found.zaak
    return shapes.Zaak(
        id=zaak.id,
        ronde=found.ronde.id,
        versie=zaak.versie,
        huishouden=told.huishouden,
        personen=told.personen,
        gemeente=zaak.gemeente,
        vastgezet=zaak.vastgezet,
        gronden=list(told.gronden),
        reden=told.zin.nl,
        banen=[
            shapes.Werk.model_validate(
                {
                    "gemeente": job.gemeente,
                    "plaats": job.plaats,
                    "uren_per_week": job.uren,
                    "hard": job.hard,
                    "afstand_km": job.km,
                    "binnen_straal": job.binnen == "ja",
                }
            )
            for job in told.banen
        ],
        alternatieven=[shapes.Alternatief(gemeente=code, afstand_km=km) for code, km in told.alternatieven],
        stand=shape.status(zaak.antwoord),
        antwoord=_answer(found),
        te_beantwoorden=may_answer(found, office),
    )


def _answer(found: Geopend) -> shapes.Antwoord | None:
    zaak = found.zaak
    if not zaak.antwoord or zaak.beantwoord is None:
        return None
    return shapes.Antwoord.model_validate(
        {
            "antwoord": zaak.antwoord,
            "reden": zaak.redencode or None,
            "toelichting": found.toelichting,
            "beantwoord": zaak.beantwoord,
        }
    )
