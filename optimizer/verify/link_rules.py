"""Every rule for one link, each a plain function that says its numbers in a sentence."""

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.tables import HARDE_GRONDEN
from optimizer.verify.bindings import koppelregio_rule, main_job_gemeente
from optimizer.verify.cells import shown
from optimizer.verify.dwellings import dwellings_of, used
from optimizer.verify.households import NONE, Ints, gemeente_rows, no_taakstelling
from optimizer.verify.jobs import keep_chance
from optimizer.verify.outcomes import banen_table, km_before
from optimizer.verify.room import opgave_counts, persons_per_gemeente
from optimizer.verify.toets import Link, Toets, Uitslag


def choices(link: Link) -> list[Toets]:
    """What a person decided: an excluded and a locked municipality."""
    free = link.case.households.lock[link.household] == NONE
    lock = "Er is geen vaste keuze." if free else f"Een mens koos {link.naam}. De koppeling volgt die keuze."
    return [
        link.judged("besluit", ("gemeente_uitgesloten",), f"{link.naam} is niet uitgesloten."),
        link.judged("besluit", ("vaste_keuze_niet_gevolgd",), lock),
    ]


def agreement(link: Link) -> list[Toets]:
    """What an agreement with the municipality of reception does for this household."""
    case, h = link.case, link.household
    here = _naam(case.households.reception[h])
    table = case.batch.bestuursovereenkomsten
    mine = table[gemeente_rows(table["gemeente"]) == case.households.reception[h]]
    out = []
    for begin, end, effect in zip(mine["vanaf"], mine["tot_en_met"], mine["effect"], strict=True):
        until = "" if pd.isna(end) else f" tot en met {end:%d-%m-%Y}"
        sentence = f"Overeenkomst met {here} vanaf {begin:%d-%m-%Y}{until}, effect {effect}."
        out.append(link.toets("overeenkomst", "feit", sentence, str(effect)))
    if len(mine):
        stays = f"Het huishouden blijft door een overeenkomst in {here}."
        passed = "Geen overeenkomst houdt het huishouden vast." if case.stays[h] == NONE else stays
        out.append(link.judged("overeenkomst", ("overeenkomst_niet_gevolgd",), passed))
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
        sentence = f"Het huishouden heeft een {found.kinds[k]} nodig. In {link.naam}: {left[k]} vrij."
        codes = () if left[k] else ("woningen_overschreden", "vast_boven_woningen")
        out.append(link.judged("woningen", codes, sentence, found.kinds[k], str(left[k])))
    return out


def room(link: Link) -> list[Toets]:
    """Whether the household fits, with nobody linked but those whom a lock or an agreement fixes."""
    case, g = link.case, link.gemeente
    size = int(case.households.counted[link.household])
    if not opgave_counts(case):
        return [link.toets("beleid", "feit", "Dit beleid kent geen opgave.", str(size))]
    others = case.locked.copy()
    others[link.household] = False
    places = max(0, int(case.households.opgave[g]) - int(persons_per_gemeente(case, others)[g]))
    sentence = (
        f"Het huishouden telt {size} {'persoon' if size == 1 else 'personen'}. {link.naam} heeft plek voor {places}. "
        "Koppelingen van anderen in dezelfde ronde tellen hier niet mee."
    )
    codes = ("opgave_overschreden", "vastgezet_boven_opgave", "overeenkomst_boven_opgave")
    regel = "taakstelling/regime" if no_taakstelling(case.parameters) else "opgave"
    return [link.judged(regel, codes, sentence, str(size), str(places))]


def jobs_as_ground(link: Link) -> list[Toets]:
    """Which jobs are a hard ground, and why."""
    case, p = link.case, link.case.parameters
    werk, minimum = case.batch.werk, shown(float(p["werk/minimum_uren"]), "uren")
    answers = {"ja": "harde grond", "niet_aangetoond": "geen harde grond: niet aangetoond", "nee": "geen harde grond"}
    out = []
    for j in _jobs_of(link):
        row = werk.iloc[j]
        hours = shown(float(case.jobs.hours[j]), "uren")
        late = "" if case.jobs.known[j] else " De baan was niet op tijd bekend en telt niet in de keuze."
        sentence = (
            f"Baan {row['baan_id']} in {_where(case.jobs.gemeente[j], case.workplaces.name[j])}: "
            f"{hours} uur per week ({minimum} nodig), "
            f"contract {row['contract_getekend'] or 'onbekend'}, loonstrook {row['loonstrook_gezien'] or 'onbekend'}, "
            f"{row['soort'] or 'loondienst'}: {answers[str(case.jobs.hard[j])]}.{late}"
        )
        out.append(link.toets("werk/minimum_uren", "feit", sentence, hours, minimum))
    return out


def grounds_of_file(link: Link) -> list[Toets]:
    """Which rows of ``gronden`` count."""
    table = link.case.batch.gronden
    rows = table[table["huishouden_id"] == link.case.households.ids[link.household]]
    out = []
    for grond, code, bewijs in zip(rows["grond"], rows["gemeente"], rows["bewijs"], strict=True):
        counts = "telt niet: niet aangetoond" if bewijs in {"", "nee"} else "telt"
        kind = "harde grond" if grond in HARDE_GRONDEN else "zachte grond"
        where = _naam(load_gemeenten().index[code])
        sentence = f"Grond {grond} in {where}, bewijs {bewijs or 'leeg'}: {kind}, {counts}."
        out.append(link.toets("bestanden", "feit", sentence, str(bewijs), "ja of een code"))
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
        sentence = (
            f"Harde grond {grounds.order[grounds.kind[k]]} in {_where(grounds.gemeente[k], grounds.place[k])}: "
            f"{link.naam} ligt op "
            f"{shown(km, 'km')} km (maat {case.parameters['gronden/maat']}); de grens is {radius} km."
        )
        outcome: Uitslag = "voldaan" if km <= case.straal_km else severity
        if not grounds.binding[k]:
            outcome = "feit"
            sentence += " Deze grond valt af: hij gaat niet samen met de andere."
        out.append(link.toets("gronden/straal_km", outcome, sentence, shown(km, "km"), radius))
    together = "Er is een gemeente binnen de straal van alle harde gronden."
    return [*out, link.judged("gronden/volgorde", ("gronden_onverenigbaar",), together)] if len(mine) else []


_EXCEPTIONS = ("vastgezet_buiten_straal", "geen_plaats_binnen_50km")


def regions(link: Link) -> list[Toets]:
    """Koppelregio, and the labour-market region where a policy binds that."""
    case, gemeenten = link.case, load_gemeenten()
    there = str(gemeenten.koppelregio[link.gemeente])
    here = str(gemeenten.koppelregio[case.households.reception[link.household]])
    same = "dezelfde" if there == here else "een andere, en dat mag"
    sentence = (
        f"{link.naam} ligt in koppelregio {there}. De opvang ligt in {here}: {same} "
        f"(instelling {koppelregio_rule(case)})."
    )
    codes = ("koppelregio_verlaten", "buiten_koppelregio")
    out = [link.judged("koppelregio/binding", codes, sentence, there, here)]
    if case.eisen is not None and case.eisen.arbeidsmarktregio_bindt:
        work = int(main_job_gemeente(case)[link.household])
        region = str(gemeenten.arbeidsmarktregio_naam[link.gemeente])
        bound = "Er is geen bekende baan." if work == NONE else f"{link.naam} ligt in arbeidsmarktregio {region}."
        out.append(link.judged("beleid", ("arbeidsmarktregio_verlaten",), bound, region))
    return out


def outcomes(link: Link) -> list[Toets]:
    """What happens to each job of the household."""
    case, mine = link.case, _jobs_of(link)
    table = banen_table(case).iloc[mine]
    before = keep_chance(case.jobs, km_before(case), case.parameters, 0.0)[mine]
    after = keep_chance(case.jobs, case.workplaces.km[link.gemeente], case.parameters, 0.0)[mine]
    out = []
    for i, (_, row) in enumerate(table.iterrows()):
        sentence = (
            f"Baan {row['baan_id']}: nu {shown(row['afstand_nu_km'], 'km')} km, "
            f"daarna {shown(row['afstand_km'], 'km')} km. Uitkomst {row['uitkomst']}. "
            f"Kans op behoud {shown(before[i], 'kans')} bij blijven, {shown(after[i], 'kans')} na de verhuizing; "
            f"verwacht verlies {shown(row['verwacht_verloren'], 'kans')}."
        )
        out.append(link.toets("behoud/midden_km", "feit", sentence, str(row["uitkomst"])))
    return out


def term(link: Link) -> list[Toets]:
    """How long the household has had its permit, beside the term for linking."""
    days = int(link.case.households.days[link.household])
    weeks = int(link.case.parameters["termijnen/koppelen_weken"])
    sentence = f"De vergunning is {days} dagen oud. De termijn voor koppelen is {weeks} weken ({7 * weeks} dagen)."
    return [link.toets("termijnen/koppelen_weken", "feit", sentence, str(days), str(7 * weeks))]


def _jobs_of(link: Link) -> Ints:
    return np.flatnonzero(link.case.jobs.household == link.household)


def _where(gemeente: np.integer | int, place: str) -> str:
    """Name a municipality, and the place in it that is measured to where there is one."""
    whole = _naam(gemeente)
    return f"{place} ({whole})" if place not in {"", whole} else whole


def _naam(row: np.integer | int) -> str:
    return str(load_gemeenten().naam[row])
