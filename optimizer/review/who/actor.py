"""Who asks: every query takes an actor, and answers with what that actor may see."""

from dataclasses import dataclass
from enum import StrEnum

from geodata.wording import Sentence


class Rol(StrEnum):
    """What somebody is; the claims of the identity provider say it."""

    GEMEENTE = "gemeente"
    COA = "coa"
    PROVINCIE = "provincie"
    REGIO = "arbeidsmarktregio"
    ONDERZOEKER = "onderzoeker"


#: What a role is called.
ROLES: dict[Rol, Sentence] = {
    Rol.GEMEENTE: Sentence("medewerker van een gemeente", "official of a municipality"),
    Rol.COA: Sentence("regievoerder van het COA", "advisor of the COA"),
    Rol.PROVINCIE: Sentence("toezichthouder van een provincie", "supervisor of a province"),
    Rol.REGIO: Sentence("medewerker van een arbeidsmarktregio", "official of a labour-market region"),
    Rol.ONDERZOEKER: Sentence("onderzoeker", "researcher"),
}
#: Roles that are for one area.
WITH_AREA = (Rol.GEMEENTE, Rol.PROVINCIE, Rol.REGIO)


class Recht(StrEnum):
    """What somebody may do; a page asks for exactly one."""

    ZIEN = "zaken zien: van de eigen gemeente, of als COA alle"
    ZAKEN = "zaken van de eigen gemeente beantwoorden"
    WERKBOEK = "antwoorden in een werkboek halen en inleveren: van de eigen gemeente, of als COA voor een gemeente"
    RONDES = "rondes beheren"
    VOORTGANG = "voortgang van de gemeenten van de provincie zien"
    BANEN = "banen van de regio zien"
    ONDERZOEK = "tellingen zien"
    ZICHZELF = "eigen instellingen zien"
    IEDEREEN = "voor iedereen"


#: What each role may. Who is not here may nothing.
RIGHTS: dict[Rol, frozenset[Recht]] = {
    Rol.GEMEENTE: frozenset({Recht.ZIEN, Recht.ZAKEN, Recht.WERKBOEK, Recht.ZICHZELF}),
    Rol.COA: frozenset({Recht.ZIEN, Recht.WERKBOEK, Recht.RONDES, Recht.ZICHZELF}),
    Rol.PROVINCIE: frozenset({Recht.VOORTGANG, Recht.ZICHZELF}),
    Rol.REGIO: frozenset({Recht.BANEN, Recht.ZICHZELF}),
    Rol.ONDERZOEKER: frozenset({Recht.ONDERZOEK, Recht.ZICHZELF}),
}


@dataclass(frozen=True)
class Actor:
    """Somebody who is signed in.

    Attributes
    ----------
    id, naam
        Of the user.
    rol
        What they are.
    gebied
        CBS code of the municipality, or name of the province or labour-market region; "" for none.
    namens
        Ids of colleagues for whom they answer today.
    """

    id: str
    naam: str
    rol: Rol
    gebied: str = ""
    namens: tuple[str, ...] = ()

    def may(self, recht: Recht) -> bool:
        """Tell whether they may do something: nobody may what is not written down."""
        return recht in RIGHTS.get(self.rol, frozenset())
