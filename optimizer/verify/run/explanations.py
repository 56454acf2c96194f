"""What the table of exceptions says beside each: the municipality and the numbers of that exception."""

import re
from collections.abc import Sequence

import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.verify.case import Case
from optimizer.verify.cells import shown, texts
from optimizer.verify.findings import bevinding, place
from optimizer.verify.households import household_rows
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.run.sayings import judged_texts, readings

CODE = "uitzondering_toelichting_onjuist"
_NUMBER = re.compile(r"[0-9](?:[0-9.,]*[0-9])?")
#: Exceptions whose explanation says the radius, or the numbers that the judge found.
_RADIUS = {"vastgezet_buiten_straal", "gronden_onverenigbaar", "geen_plaats_binnen_50km"}
_PERSONS = {"vastgezet_boven_opgave", "overeenkomst_boven_opgave"}


def explanations(case: Case, listed: Sequence[Bevinding], written: pd.DataFrame) -> list[Bevinding]:
    """Every explanation names what makes the exception one, and nothing that is not so."""
    if not {"huishouden_id", "soort", "toelichting"} <= set(written.columns):
        return []
    about = {(b.huishouden_id, b.code): b for b in listed}
    keys = zip(texts(written["huishouden_id"]), texts(written["soort"]), strict=True)
    rows = {row: about[key] for row, key in enumerate(keys) if key in about}
    owners = household_rows([b.huishouden_id for b in rows.values()], case.households.ids)
    where = dict(zip(rows, owners.tolist(), strict=True))
    found = judged_texts(case, written, "toelichting", where, CODE)
    cells = texts(written["toelichting"])
    for row, b in rows.items():
        missing = _missing(case, b, str(cells[row]))
        if missing:
            bestand, rij = place(written, row)
            said = {"h": b.huishouden_id, "g": b.gemeente, "gevonden": str(cells[row]), "toegestaan": missing}
            found.append(bevinding(CODE, case.parameters, **said, bestand=bestand, rij=rij))
    return found


def _missing(case: Case, b: Bevinding, text: str) -> str:
    """Return the first thing that the explanation of an exception should say and does not; empty where it says all."""
    naam = str(load_gemeenten().naam[load_gemeenten().index[b.gemeente]]) if b.gemeente else ""
    words = [naam] if b.code != "gronden_onverenigbaar" and naam else []
    numbers = [shown(case.straal_km, "uren")] if b.code in _RADIUS else []
    numbers += [b.gevonden, b.toegestaan] if b.code in _PERSONS else []
    said = _NUMBER.findall(text)
    return next((word for word in words if word not in text), next((n for n in numbers if not _stands(n, said)), ""))


def _stands(number: str, said: Sequence[str]) -> bool:
    """Tell whether a number stands in a sentence, by the marks of either language."""
    return any(readings(number) & readings(other) for other in said)
