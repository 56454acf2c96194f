"""Shadow prices: the judge has no solver and cannot work them out, but it knows what they look like."""

import numpy as np
import pandas as pd

from optimizer.verify.case import Case
from optimizer.verify.cells import Form, has_form, numbers, texts
from optimizer.verify.findings import bevinding, place
from optimizer.verify.oordeel import Bevinding


def shadow_prices(case: Case, written: pd.DataFrame, form: Form, methode: str) -> list[Bevinding]:
    """One place more never makes an answer worse; a policy that does not optimise has no price at all."""
    if "schaduwprijs" not in written.columns:
        return []
    cells = texts(written["schaduwprijs"])
    price = has_form(cells, "kans", form) & (numbers(cells) >= 0)
    allowed = (cells == "") | (price & (methode == "optimaal"))
    wanted = "een getal van 0 of meer" if methode == "optimaal" else "leeg"
    found = []
    for row in np.flatnonzero(~allowed):
        bestand, rij = place(written, row)
        said = {"g": str(written["gemeente"].iloc[row]), "gevonden": str(cells[row]), "toegestaan": wanted}
        found.append(bevinding("taakstelling_schaduwprijs_onjuist", case.parameters, **said, bestand=bestand, rij=rij))
    return found
