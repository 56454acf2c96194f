"""How a finding is written: the sentence of its code with the numbers filled in, its rule and the source of that."""

from geodata.gemeenten import load_gemeenten
from optimizer.rules.parameters import USER, Parameters
from optimizer.verify.codes import CODES
from optimizer.verify.oordeel import Bevinding

#: Rules that are no parameter, and where they stand.
BRONNEN = {
    "bestanden": "Afspraken over de bestanden (docs/bestanden.md)",
    "overeenkomst": "Bestuursovereenkomst in de invoer (docs/bestanden.md)",
    "woningen": "Bijzondere woningen in de invoer (docs/bestanden.md)",
    "besluit": "Besluit van een mens in huishoudens (docs/bestanden.md)",
    "opgave": "Huisvestingswet 2014, art. 28-29 (BWBR0035303)",
    "beleid": "Het gekozen beleid (docs/rechter.md)",
}


def bevinding(
    code: str,
    parameters: Parameters,
    *,
    h: str = "",
    g: str = "",
    gevonden: str = "",
    toegestaan: str = "",
    baan: str = "",
) -> Bevinding:
    """Return one finding with its sentence, rule and source filled in.

    Parameters
    ----------
    code
        Key of ``codes.CODES``.
    h, g
        Household and municipality (CBS code); the sentence names the municipality.
    gevonden, toegestaan
        What stands there and what the rule allows.
    baan
        Key of the job that it is about, for the sentence.
    """
    soort = CODES[code]
    regel = soort.regel
    if regel == "opgave" and parameters["taakstelling/regime"] == "capaciteit":
        regel = "taakstelling/regime"  # no law limits the municipality then, its own capacity does
    said = {"h": h, "g": label(g), "gevonden": gevonden, "toegestaan": toegestaan, "baan": baan}
    nl, en = soort.zin.nederlands(**said), soort.zin.engels(**said)
    return Bevinding(code, soort.ernst, h, g, gevonden, toegestaan, nl, en, regel, bron(regel, parameters))


def label(code: str) -> str:
    """Return name and code of a municipality; another text as it is, and "niet gekoppeld" for an empty one.

    >>> label("GM0344"), label("")
    ('Utrecht (GM0344)', 'niet gekoppeld')
    """
    gemeenten = load_gemeenten()
    row = gemeenten.index.get(code)
    return f"{gemeenten.naam[row]} ({code})" if row is not None else code or "niet gekoppeld"


def bron(regel: str, parameters: Parameters) -> str:
    """Return where a rule comes from: a key of `BRONNEN`, or the source of a parameter in force."""
    if regel in BRONNEN:
        return BRONNEN[regel]
    origin = parameters.origin(regel)
    if origin == USER:
        return "Waarde die de gebruiker voor deze run koos"
    return str(origin.source) if origin else BRONNEN["beleid"]
