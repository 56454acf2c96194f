"""Every rule for one link, each a plain function that says its numbers in a sentence (``link_sentences``)."""

from datetime import timedelta

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.tables import HARDE_GRONDEN
from optimizer.verify.bindings import koppelregio_rule, main_job_gemeente
from optimizer.verify.cells import shown
from optimizer.verify.dwellings import dwellings_of, used
from optimizer.verify.households import NONE, Ints, gemeente_rows, no_taakstelling
from optimizer.verify.outcomes import banen_table
from optimizer.verify.room import opgave_counts, persons_per_gemeente
from optimizer.verify.toets import Link, Toets, Uitslag

#: Exceptions under which a hard ground may lie out of reach.
_EXCEPTIONS = ("vastgezet_buiten_straal", "geen_plaats_binnen_50km")
#: What a job is, by the answer of ``jobs.hard_jobs``.
_HARD = {"ja": "harde grond", "niet_aangetoond": "geen harde grond: niet aangetoond", "nee": "geen harde grond"}


def choices(link: Link) -> list[Toets]:
    """What a person decided: an excluded and a locked municipality."""
    free = link.case.households.lock[link.household] == NONE
    return [
        link.judged("besluit", ("gemeente_uitgesloten",), "niet_uitgesloten"),
        link.judged("besluit", ("vaste_keuze_niet_gevolgd",), "geen_vaste_keuze" if free else "vaste_keuze_gevolgd"),
    ]


def agreement(link: Link) -> list[Toets]:
    """What an agreement with the municipality of reception does for this household."""
    case, h = link.case, link.household
    here = _naam(case.households.reception[h])
    table = case.batch.bestuursovereenkomsten
    mine = table[gemeente_rows(table["gemeente"]) == case.households.reception[h]]
    out = []
    for begin, end, effect in zip(mine["vanaf"], mine["tot_en_met"], mine["effect"], strict=True):
        zin, until = ("overeenkomst", "") if pd.isna(end) else ("overeenkomst_tot", f"{end:%d-%m-%Y}")
        dates = {"van": f"{begin:%d-%m-%Y}", "tot": until}
        out.append(link.toets("overeenkomst", "feit", zin, str(effect), hier=here, **dates))
    if len(mine):
        passed = "overeenkomst_laat_vrij" if case.stays[h] == NONE else "overeenkomst_blijft"
        out.append(link.judged("overeenkomst", ("overeenkomst_niet_gevolgd",), passed, hier=here))
    return out


def dwellings(link: Link) -> list[Toets]:
    """Which special dwellings the household needs, and how many are left by those who are fixed."""
    case, h = link.case, link.household
    found = dwellings_of(case)
    others = case.locked.copy()
    others[h] = False
    left = np.maximum(0, found.free - used(case, found, others))[link.gemeente]
    out = []
    for k in np.flatnonzero(found.needs[h]):
        kind, free = found.kinds[k], int(left[k])
        codes = () if free else ("woningen_overschreden", "vast_boven_woningen")
        out.append(link.judged("woningen", codes, "woning", kind, str(free), soort=found.words[k]))
    return out


def room(link: Link) -> list[Toets]:
    """Whether the household fits, with nobody linked but those whom a lock or an agreement fixes."""
    case, g = link.case, link.gemeente
    size = int(case.households.counted[link.household])
    if not opgave_counts(case):
        return [link.toets("beleid", "feit", "geen_opgave", str(size))]
    others = case.locked.copy()
    others[link.household] = False
    places = max(0, int(case.households.opgave[g]) - int(persons_per_gemeente(case, others)[g]))
    codes = ("opgave_overschreden", "vastgezet_boven_opgave", "overeenkomst_boven_opgave")
    regel = "taakstelling/regime" if no_taakstelling(case.parameters) else "opgave"
    return [link.judged(regel, codes, "plek", str(size), str(places))]


def jobs_as_ground(link: Link) -> list[Toets]:
    """Which jobs are a hard ground, and why."""
    case, p = link.case, link.case.parameters
    werk, minimum = case.batch.werk, shown(float(p["werk/minimum_uren"]), "uren")
    out = []
    for j in _jobs_of(link):
        row = werk.iloc[j]
        hours = shown(float(case.jobs.hours[j]), "uren")
        said = {
            "baan": str(row["baan_id"]),
            "waar": _where(case.jobs.gemeente[j], case.workplaces.name[j]),
            "contract": row["contract_getekend"] or "onbekend",
            "loonstrook": row["loonstrook_gezien"] or "onbekend",
            "soort": row["soort"] or "loondienst",
            "grond": _HARD[str(case.jobs.hard[j])],
        }
        zinnen = "baan" if case.jobs.known[j] else "baan baan_niet_bekend"
        out.append(link.toets("werk/minimum_uren", "feit", zinnen, hours, minimum, **said))
    return out


def grounds_of_file(link: Link) -> list[Toets]:
    """Which rows of ``gronden`` count."""
    table = link.case.batch.gronden
    rows = table[table["huishouden_id"] == link.case.households.ids[link.household]]
    out = []
    for grond, code, bewijs in zip(rows["grond"], rows["gemeente"], rows["bewijs"], strict=True):
        said = {
            "grond": str(grond),
            "waar": _naam(load_gemeenten().index[code]),
            "bewijs": str(bewijs) or "leeg",
            "soort": "harde grond" if grond in HARDE_GRONDEN else "zachte grond",
            "telt": "telt niet: niet aangetoond" if bewijs in {"", "nee"} else "telt",
        }
        out.append(link.toets("bestanden", "feit", "grond", str(bewijs), "ja of een code", **said))
    return out


def distances(link: Link) -> list[Toets]:
    """How far the municipality lies from each hard ground, and whether all grounds go together."""
    case, grounds = link.case, link.case.grounds
    mine = np.flatnonzero(grounds.household == link.household)
    radius, far = shown(case.straal_km, "uren"), "grond_buiten_straal"
    severity: Uitslag = next((link.found[c].ernst for c in (far, *_EXCEPTIONS) if c in link.found), "uitzondering")
    out = []
    for k in mine:
        km = float(grounds.km[link.gemeente, k])
        said = {
            "grond": grounds.order[grounds.kind[k]],
            "waar": _where(grounds.gemeente[k], grounds.place[k]),
            "maat": str(case.parameters["gronden/maat"]),
        }
        zinnen, outcome = "afstand", "voldaan" if km <= case.straal_km else severity
        if not grounds.binding[k]:
            zinnen, outcome = "afstand grond_valt_af", "feit"
        out.append(link.toets("gronden/straal_km", outcome, zinnen, shown(km, "km"), radius, **said))
    return [*out, link.judged("gronden/volgorde", ("gronden_onverenigbaar",), "gronden_samen")] if len(mine) else []


def regions(link: Link) -> list[Toets]:
    """Koppelregio, and the labour-market region where a policy binds that."""
    case, gemeenten = link.case, load_gemeenten()
    there = str(gemeenten.koppelregio[link.gemeente])
    here = str(gemeenten.koppelregio[case.households.reception[link.household]])
    zin = "koppelregio_zelfde" if there == here else "koppelregio_andere"
    codes = ("koppelregio_verlaten",)
    out = [link.judged("koppelregio/binding", codes, zin, there, here, instelling=koppelregio_rule(case))]
    if case.eisen is not None and case.eisen.arbeidsmarktregio_bindt:
        work = int(main_job_gemeente(case)[link.household])
        region = str(gemeenten.arbeidsmarktregio_naam[link.gemeente])
        bound = "geen_bekende_baan" if work == NONE else "arbeidsmarktregio"
        out.append(link.judged("beleid", ("arbeidsmarktregio_verlaten",), bound, region))
    return out


def outcomes(link: Link) -> list[Toets]:
    """What happens to each job of the household."""
    case, mine = link.case, _jobs_of(link)
    table = banen_table(case).iloc[mine]
    out = []
    for _, row in table.iterrows():
        said = {
            "baan": str(row["baan_id"]),
            "nu": shown(row["afstand_nu_km"], "km"),
            "daarna": shown(row["afstand_km"], "km"),
            "behoud": shown(row["verwacht_behouden"], "kans"),
            "verlies": shown(row["verwacht_verloren"], "kans"),
        }
        out.append(link.toets("behoud/midden_km", "feit", "uitkomst", str(row["uitkomst"]), **said))
    return out


def term(link: Link) -> list[Toets]:
    """How long the household has had its permit, beside the term for linking."""
    days = int(link.case.households.days[link.household])
    weeks = int(link.case.parameters["termijnen/koppelen_weken"])
    return [
        link.toets("termijnen/koppelen_weken", "feit", "termijn", str(days), str(7 * weeks), weken=str(weeks)),
        _after_linking(link),
    ]


def _after_linking(link: Link) -> Toets:
    """When housing is offered and the household moves, if it is linked on the peildatum."""
    p = link.case.parameters
    weeks = {name: float(p[f"termijnen/{name}_weken"]) for name in ("huisvesten", "verhuizen")}
    offered = p.peildatum + timedelta(weeks=weeks["huisvesten"])
    moved = offered + timedelta(weeks=weeks["verhuizen"])
    said = {name: shown(number, "uren") for name, number in weeks.items()}
    days = f"{offered:%d-%m-%Y}", f"{moved:%d-%m-%Y}"
    return link.toets("termijnen/huisvesten_weken", "feit", "termijnen_erna", *days, **said)


def reference_dates(link: Link) -> list[Toets]:
    """When somebody looks whether enough was linked and housed: the next first day of the months for that."""
    p = link.case.parameters
    if no_taakstelling(p):
        return []
    said = {}
    for name in ("koppeling", "toezicht"):
        months = (12 * p.peildatum.year + month - 1 for month in p[f"taakstelling/maanden_{name}"])
        now = 12 * p.peildatum.year + p.peildatum.month - 1
        following = min(month if month > now else month + 12 for month in months)
        said[name] = f"01-{following % 12 + 1:02d}-{following // 12}"
    return [
        link.toets("taakstelling/maanden_toezicht", "feit", "peildata", said["koppeling"], said["toezicht"], **said)
    ]


def _jobs_of(link: Link) -> Ints:
    return np.flatnonzero(link.case.jobs.household == link.household)


def _where(gemeente: np.integer | int, place: str) -> str:
    """Name a municipality, and the place in it that is measured to where there is one."""
    whole = _naam(gemeente)
    return f"{place} ({whole})" if place not in {"", whole} else whole


def _naam(row: np.integer | int) -> str:
    return str(load_gemeenten().naam[row])
