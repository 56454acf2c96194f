"""``verzoeken.csv``: every request for a first link, judged by the judge's own reckoning, beside the proposal."""

import re

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.tables import HARDE_GRONDEN
from optimizer.domain.uitvoer import VERZOEKEN
from optimizer.rules.parameters.bron import bron
from optimizer.verify.bindings import main_job_gemeente
from optimizer.verify.case import Case
from optimizer.verify.cells import Form, texts
from optimizer.verify.dwellings import dwellings_of, used
from optimizer.verify.findings import bevinding, place
from optimizer.verify.households import NONE, Bools, gemeente_rows, household_rows, no_taakstelling
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.room import opgave_counts, persons_per_gemeente
from optimizer.verify.run.sayings import named_in, untrue
from optimizer.verify.run.whole import rows_right

CODE = "verzoek_redenen_onjuist"
#: Rules by which a municipality has too few places, whatever the regime calls them.
_BY_PLACES = ("opgave", "taakstelling/regime")
_PERSONS = re.compile(r"\b(\d[\d.,]*) (?:persoon|personen|persons?)\b")
_WHOLE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d{3})*(?![\w,.]*\d)")


def table_verzoeken(case: Case, written: pd.DataFrame, form: Form) -> list[Bevinding]:
    """Every request of the input stands in the table, in its order, with its verdict, its rule and a true reason."""
    right = expected_requests(case)
    found = rows_right(written, right, VERZOEKEN, "verzoek_onjuist", form, case.parameters)
    return found or _reasons(case, written, right)


def expected_requests(case: Case) -> pd.DataFrame:
    """Return what the table should say of each request, but for the words of its reasons."""
    asked, names = case.batch.verzoeken, load_gemeenten()
    household = household_rows(asked["huishouden_id"], case.households.ids)
    there = gemeente_rows(asked["gemeente"])
    hidden = _not_shown(case)
    verdicts = [_verdict(case, h, g, hidden) for h, g in zip(household.tolist(), there.tolist(), strict=True)]
    rules = [rule for _, rule in verdicts]
    link = case.links.gemeente[household]
    linked = link != NONE
    km = np.where(linked, case.km[link, there], np.nan)
    beside = [
        "niet_gekoppeld" if not yes else "gelijk" if to == g else "binnen_50km" if far <= case.straal_km else "verder"
        for yes, to, g, far in zip(linked, link, there, km, strict=True)
    ]
    who = texts(asked["verzoeker"])
    columns = {
        "verzoek": np.arange(1, len(asked) + 1),
        "huishouden_id": case.households.ids[household],
        "gemeente": names.code[there].astype(object),
        "verzoeker": np.where(who == "", "onbekend", who),
        "toelichting_code": texts(asked["toelichting_code"]),
        "oordeel": [verdict for verdict, _ in verdicts],
        "regel": rules,
        "bron": [bron(rule, case.parameters) for rule in rules],
        "voorgesteld": case.codes(link),
        "uitkomst": beside,
        "afstand_km": km,
    }
    return pd.DataFrame(columns)


def _verdict(case: Case, h: int, g: int, hidden: Bools) -> tuple[str, str]:
    """Return what may be said of one household and one municipality, and the rule that it rests on."""
    closing = _closing(case, h, g)
    if closing:
        return "nee", closing
    if not case.grounds.has[h]:
        return ("niet_aangetoond" if hidden[h, g] else "nee"), "verzoek"
    return ("mag_overwogen" if _near(case, h, g) else "nee"), "gronden/straal_km"


def _closing(case: Case, h: int, g: int) -> str:
    """Return the first rule that closes a municipality to a household beside those who are fixed; empty for none."""
    lock, stays = case.households.lock[h], case.stays[h]
    if NONE not in (lock, stays) or lock != NONE:
        return "" if lock == g else "besluit"
    if stays != NONE:
        return "" if stays == g else "overeenkomst"
    if case.households.is_excluded(np.array([h]), np.array([g]))[0]:
        return "besluit"
    return _by_policy(case, h, g) or _by_room(case, h, g)


def _by_policy(case: Case, h: int, g: int) -> str:
    eisen, names = case.eisen, load_gemeenten()
    if eisen is None:
        return ""
    if eisen.gronden_binden and eisen.bij_tekort == "wachten" and not _near(case, h, g):
        return "gronden/straal_km"
    region = names.koppelregio
    opened = eisen.koppelregio == "alleen_met_grond" and case.grounds.has[h]
    binds = eisen.koppelregio in {"binden", "alleen_met_grond"} and not opened
    if binds and region[case.households.reception[h]] != region[g]:
        return "koppelregio/binding"
    if eisen.arbeidsmarktregio_bindt:
        work, labour = int(main_job_gemeente(case)[h]), names.arbeidsmarktregio
        if work != NONE and labour[work] != labour[g]:
            return "beleid"
    return ""


def _by_room(case: Case, h: int, g: int) -> str:
    """Room and special dwellings beside those whom a lock or an agreement fixes, wherever others are linked."""
    if not opgave_counts(case):
        return ""
    fixed = _fixed_beside(case, h)
    if _places(case, h, g) < case.households.counted[h]:
        return "taakstelling/regime" if no_taakstelling(case.parameters) else "opgave"
    dwellings = dwellings_of(case)
    free = np.maximum(0, dwellings.free - used(case, dwellings, fixed))[g]
    return "woningen" if bool((dwellings.needs[h] & (free < 1)).any()) else ""


def _fixed_beside(case: Case, h: int) -> Bools:
    fixed = case.locked.copy()
    fixed[h] = False
    return fixed


def _places(case: Case, h: int, g: int) -> int:
    """Return the places of a municipality beside those who are fixed, for a household that is not."""
    return max(0, int(case.households.opgave[g]) - int(persons_per_gemeente(case, _fixed_beside(case, h))[g]))


def _near(case: Case, h: int, g: int) -> bool:
    """Tell whether a municipality lies within the radius of every ground that binds a household."""
    mine = (case.grounds.household == h) & case.grounds.binding
    return bool((case.grounds.km[g, mine] <= case.straal_km).all())


def _not_shown(case: Case) -> Bools:
    """Tell where a household has work or a hard ground near that was not shown, bool [n, municipalities]."""
    out = np.zeros((len(case.households), len(load_gemeenten())), dtype=bool)
    for j in np.flatnonzero((case.jobs.hard == "niet_aangetoond") & case.jobs.known):
        out[case.jobs.household[j]] |= case.workplaces.km[:, j] <= case.straal_km
    table = case.batch.gronden
    rows = table[table["grond"].isin(HARDE_GRONDEN) & table["bewijs"].isin(["", "nee"])]
    owners = household_rows(rows["huishouden_id"], case.households.ids)
    for h, g in zip(owners.tolist(), gemeente_rows(rows["gemeente"]).tolist(), strict=True):
        out[h] |= case.km[:, g] <= case.straal_km
    return out


def _reasons(case: Case, written: pd.DataFrame, right: pd.DataFrame) -> list[Bevinding]:
    """The reason of a request names the municipality asked for, and no distance or number that is not true of it."""
    names, found = load_gemeenten(), []
    cells = texts(written["redenen"])
    household = household_rows(right["huishouden_id"], case.households.ids)
    there = gemeente_rows(right["gemeente"])
    for row, (h, g) in enumerate(zip(household.tolist(), there.tolist(), strict=True)):
        asked = str(names.naam[g])
        alone = case.links.gemeente.copy()
        alone[h] = g
        lock = case.households.lock[h] if case.households.lock[h] != NONE else case.stays[h]
        known = {asked, str(names.naam[lock])} if lock != NONE else {asked}
        known |= {str(names.naam[p]) for p in case.grounds.gemeente[case.grounds.household == h]}
        known |= set(named_in(" ".join(names.arbeidsmarktregio_naam.tolist())))
        wrong = "" if asked in cells[row] or lock != NONE else asked
        wrong = wrong or untrue(case.moved(alone), h, str(cells[row]), known)
        if not wrong and lock == NONE:
            wrong = _persons(case, h, g, str(cells[row]), must=right["regel"].iloc[row] in _BY_PLACES)
        if wrong:
            bestand, rij = place(written, row)
            said = {"h": str(right["huishouden_id"].iloc[row]), "gevonden": str(cells[row]), "toegestaan": wrong}
            found.append(bevinding(CODE, case.parameters, **said, bestand=bestand, rij=rij))
    return found


def _persons(case: Case, h: int, g: int, text: str, *, must: bool) -> str:
    """Return what a reason should say of places and persons instead of what it says; empty where that is true.

    Parameters
    ----------
    must
        The request rests on the places, so that both numbers have to be there; elsewhere they may be.
    """
    said = [_whole(number) for number in _PERSONS.findall(text)]
    if not said and not must:
        return ""
    places, counted = _places(case, h, g), int(case.households.counted[h])
    numbers = [_whole(number) for number in _WHOLE.findall(text)]
    right = places < counted and set(said) == {places} and counted in numbers
    return "" if right else f"{places} < {counted}"


def _whole(number: str) -> int:
    return int(re.sub(r"\D", "", number))
