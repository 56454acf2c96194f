"""How a finding is written: the sentence of its code with the numbers filled in, its rule and the source of that."""

from typing import SupportsIndex

import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.wording import Sentence
from optimizer.rules.parameters import Parameters
from optimizer.rules.parameters.bron import bron
from optimizer.verify.codes import CODES
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.sentences import spoken


def bevinding(
    code: str,
    parameters: Parameters,
    *,
    h: str = "",
    g: str = "",
    gevonden: str | Sentence = "",
    toegestaan: str = "",
    baan: str = "",
    bestand: str = "",
    rij: int | None = None,
) -> Bevinding:
    """Return one finding with its sentence, rule and source filled in.

    Parameters
    ----------
    code
        Key of ``codes.CODES``.
    h, g
        Household and municipality (CBS code); the sentence names the municipality.
    gevonden, toegestaan
        What stands there and what the rule allows; a sentence where words of the judge stand for it.
    baan
        Key of the job, or name of the row that it is about, for the sentence.
    bestand, rij
        Where it stands, as `place` gives it.
    """
    soort = CODES[code]
    regel = soort.regel
    if regel == "opgave" and parameters["taakstelling/regime"] == "capaciteit":
        regel = "taakstelling/regime"  # no law limits the municipality then, its own capacity does
    said: dict[str, str | Sentence] = {
        "bestand": bestand,
        "h": h,
        "g": label(g),
        "gevonden": gevonden,
        "toegestaan": toegestaan,
        "baan": baan,
    }
    nl, en = spoken(soort.zin, **said)
    source = bron(regel, parameters)
    found = gevonden.nl if isinstance(gevonden, Sentence) else gevonden
    return Bevinding(code, soort.ernst, h, g, found, toegestaan, nl, en, regel, source, bestand, rij)


def place(written: pd.DataFrame, row: SupportsIndex | None = None) -> tuple[str, int | None]:
    """Return the file of a table that was read, and the row there as a person sees it.

    The reader gives the index of the table the name of the file; a table that was made in memory has none.

    Parameters
    ----------
    row
        Place of the row in the table; None: the whole file.
    """
    if written.index.name is None:
        return "", None
    return str(written.index.name), None if row is None else int(written.index[int(row)])


def label(code: str) -> str:
    """Return name and code of a municipality; another text as it is, and "niet gekoppeld" for an empty one.

    >>> label("GM0344"), label("")
    ('Utrecht (GM0344)', 'niet gekoppeld')
    """
    gemeenten = load_gemeenten()
    row = gemeenten.index.get(code)
    return f"{gemeenten.naam[row]} ({code})" if row is not None else code or "niet gekoppeld"
