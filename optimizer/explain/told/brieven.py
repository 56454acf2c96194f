"""The letter to a household, and to the employer of one of its jobs: the parts of an explanation, in plain words.

A letter names only what is in it or in the public tables: no number of other households, so that its reader can work
every number out again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from geodata.wording import Sentence, joined
from optimizer.domain import brief as w
from optimizer.domain.brief import ZINNEN, Brief, Deel, Tabel, same, written, yes_no
from optimizer.domain.kansdelen import DELEN, Kansdelen
from optimizer.domain.levels import LEVELS
from optimizer.explain.told.worth import Baandeel, jobs_in, points_in, values
from optimizer.model import Case
from optimizer.model.admissible import honoured
from optimizer.rules.parameters import Parameters
from optimizer.rules.parameters.bron import bron
from optimizer.rules.werk import HARD

#: The cell of what is not there.
_EMPTY = same("")


@dataclass(frozen=True)
class Kop:
    """What a letter has from its sender, and from the run: who sends it, whom to ask, and what the answer hashes to."""

    afzender: str
    contact: str
    antwoord: str


@dataclass(frozen=True)
class _Wie:
    """One household of a case: its row, where it goes (row or -1), and the other municipalities that had room."""

    case: Case
    h: int
    hier: int
    elders: tuple[int, ...]

    @property
    def parameters(self) -> Parameters:
        return self.case.parameters

    @property
    def straal_km(self) -> float:
        return float(self.parameters["gronden/straal_km"])

    @property
    def plekken(self) -> tuple[int, ...]:
        return (self.hier, *self.elders) if self.hier >= 0 else ()

    @property
    def naar(self) -> str:
        return self.naam(self.hier)

    def naam(self, g: int) -> str:
        return str(self.case.facts.gemeenten.naam[g])

    @property
    def namen(self) -> tuple[Sentence, ...]:
        return tuple(same(self.naam(g)) for g in self.plekken)


def household_letter(
    case: Case, household: int, elsewhere: Sequence[int], cause: str, kans: Sequence[Kansdelen], kop: Kop
) -> Brief:
    """Write the letter to one household.

    Parameters
    ----------
    case
        A finished case.
    household
        Row of the household.
    elsewhere
        Rows of the other municipalities that had room, as ``voorstel.csv`` names them.
    cause
        Why it is not linked, as ``niet_gekoppeld.csv`` says; empty where it is.
    kans
        The chance of work of its adults, taken apart.
    kop
        What the sender gives.
    """
    here = int(case.answer.gemeente[household])
    wie = _Wie(case, household, here, tuple(elsewhere) if here >= 0 else ())
    title = ZINNEN["titel"].fill(naar=wie.naar) if here >= 0 else ZINNEN["titel_zonder"]
    parts = (
        _proposal(wie, cause),
        _grounds(wie),
        _rule(wie),
        _measure(wie),
        *_work(wie),
        *_others(wie),
        *_to_do(),
        Deel(ZINNEN["k_vragen"], (ZINNEN["vragen"].fill(contact=w.to_fill(kop.contact, w.CONTACT)),)),
        _again(wie, kop),
        *_chances(wie, kans),
        *_points(wie),
        *_kept(wie),
    )
    return Brief("huishouden", str(case.facts.huishoudens[household]), title, _facts(wie, kop), parts)


def employer_letters(case: Case, kop: Kop) -> list[Brief]:
    """Write a letter for the employer of every job that lies within the radius of where its household goes.

    It says where the work is and how far away the proposal lies, and nothing else about anybody.
    """
    facts, straal_km = case.facts, float(case.parameters["gronden/straal_km"])
    found = []
    for job, household in enumerate(facts.banen.huishouden.tolist()):
        to = int(case.answer.gemeente[household])
        if to < 0 or facts.banen.loopt_af[job] or facts.km[to, facts.banen.plek[job]] > straal_km:
            continue
        km = w.kilometres(float(facts.km[to, facts.banen.plek[job]]), straal_km)
        where = str(facts.destinations.naam[facts.banen.plek[job]])
        rows = (
            (ZINNEN["afzender"], w.to_fill(kop.afzender, w.AFZENDER)),
            (ZINNEN["w_werknemer"], w.to_fill("", w.NAAM)),
            (ZINNEN["w_werk"], same(where)),
            (ZINNEN["peildatum"], Sentence("{d}", "{d}").fill(d=case.parameters.peildatum)),
        )
        parts = (
            Deel(ZINNEN["w_kop"], (ZINNEN["w_binnen"].fill(km=km, waar=where, straal=straal_km),)),
            Deel(ZINNEN["w_geen_belofte"], (ZINNEN["w_niets_zeker"], ZINNEN["w_gegevens"])),
            Deel(ZINNEN["w_afstand"], (_how(case.parameters), w.PLEK)),
            Deel(ZINNEN["k_vragen"], (ZINNEN["vragen"].fill(contact=w.to_fill(kop.contact, w.CONTACT)),)),
        )
        key = str(case.batch.werk["baan_id"].iloc[job])
        found.append(Brief("werkgever", key, ZINNEN["w_titel"], _two_columns("w_feiten", rows), parts))
    return found


def _two_columns(kop: str, rows: Sequence[tuple[Sentence, Sentence]]) -> Tabel:
    return Tabel(ZINNEN[kop], (ZINNEN["wat"], ZINNEN["dat_is"]), tuple(rows))


def _facts(wie: _Wie, kop: Kop) -> Tabel:
    table = wie.case.batch.huishoudens
    facts = wie.case.facts
    day = Sentence("{d}", "{d}")
    rows = (
        (ZINNEN["afzender"], w.to_fill(kop.afzender, w.AFZENDER)),
        (ZINNEN["kenmerk"], same(str(facts.huishoudens[wie.h]))),
        (ZINNEN["peildatum"], day.fill(d=wie.parameters.peildatum)),
        (ZINNEN["personen"], written(int(table["aantal_personen"].iloc[wie.h]))),
        (ZINNEN["vergunning"], day.fill(d=table["vergunning_datum"].iloc[wie.h].date())),
        (ZINNEN["opvang"], same(wie.naam(int(facts.opvang[wie.h])))),
    )
    return _two_columns("feiten", rows)


def _proposal(wie: _Wie, cause: str) -> Deel:
    if wie.hier < 0:
        told: tuple[Sentence, ...] = (ZINNEN["zonder"], w.OORZAKEN[cause].fill(straal=wie.straal_km))
    else:
        facts, told = wie.case.facts, (ZINNEN["voorstel"].fill(naar=wie.naar),)
        if facts.vastgezet[wie.h] >= 0:
            why = "blijft" if facts.overeenkomst[wie.h] else "vast"
            told += (ZINNEN[why].fill(naar=wie.naar),)
        told += (ZINNEN["mens"],)
    return Deel(ZINNEN["k_voorstel"], told)


def _grounds(wie: _Wie) -> Deel:
    facts, order = wie.case.facts, list(wie.parameters["gronden/volgorde"])
    mine = np.flatnonzero(facts.gronden.huishouden == wie.h)
    if not mine.size:
        return Deel(ZINNEN["k_gronden"], (ZINNEN["geen_grond"],))
    told = [ZINNEN["gronden"]]
    kept = honoured(facts, wie.parameters)[1][mine] if mine.size > 1 else np.ones(mine.size, dtype=np.bool_)
    first = int(facts.voorkeur[wie.h])
    if first >= 0:
        told.append(ZINNEN["voorkeur"].fill(grond=w.GRONDEN[order[first]]))
    if not kept.all():
        names = joined([w.GRONDEN[kind] for kind in order], ", ")
        told.append(ZINNEN["niet_samen"].fill(straal=wie.straal_km, volgorde=names))
    heads, rows = [ZINNEN["grond"], ZINNEN["waar"]], []
    if wie.hier >= 0:
        heads += [ZINNEN["afstand_tot"].fill(naar=wie.naar), ZINNEN["binnen_straal"].fill(straal=wie.straal_km)]
        near = bool((facts.km[wie.hier, facts.gronden.plek[mine]] <= wie.straal_km).all())
        said = ZINNEN["binnen" if near else "buiten"]
        told.append(said.fill(naar=wie.naar, straal=wie.straal_km, n=int(mine.size)))
    heads += [] if kept.all() else [ZINNEN["telt"]]
    for ground, counts in zip(mine.tolist(), kept.tolist(), strict=True):
        to = int(facts.gronden.plek[ground])
        row = [w.GRONDEN[order[facts.gronden.soort[ground]]], same(str(facts.destinations.naam[to]))]
        if wie.hier >= 0:
            km = float(facts.km[wie.hier, to])
            row += [w.kilometres(km, wie.straal_km), yes_no(km <= wie.straal_km)]
        rows.append((*row, *([] if kept.all() else [yes_no(counts)])))
    return Deel(ZINNEN["k_gronden"], tuple(told), (Tabel(ZINNEN["t_gronden"], tuple(heads), tuple(rows)),))


def _rule(wie: _Wie) -> Deel:
    p, eisen = wie.parameters, wie.case.eisen
    told = [
        ZINNEN["straal"].fill(
            straal=wie.straal_km, laag=_layer(p, "gronden/straal_km"), bron=bron("gronden/straal_km", p)
        )
    ]
    if not eisen.gronden_binden:
        told.append(ZINNEN["niet_gebonden"].fill(beleid=eisen.beleid))
    shown = {(True, True): "beide", (True, False): "contract", (False, True): "loonstrook", (False, False): "geen"}
    proof = shown[bool(p["werk/contract_nodig"]), bool(p["werk/loonstrook_nodig"])]
    told.append(
        ZINNEN["uren"].fill(
            uren=float(p["werk/minimum_uren"]),
            bewijs=ZINNEN[f"bewijs_{proof}"],
            laag=_layer(p, "werk/minimum_uren"),
            bron=bron("werk/minimum_uren", p),
        )
    )
    if eisen.opgave_geldt and p["taakstelling/regime"] == "taakstelling":
        told.append(ZINNEN["opgave"].fill(bron=bron("opgave", p)))
    return Deel(ZINNEN["k_regel"], tuple(told))


def _layer(p: Parameters, name: str) -> Sentence:
    origin = p.origin(name)
    return w.LAGEN["aanname" if origin is None else origin.layer]


def _how(p: Parameters) -> Sentence:
    measure = str(p["gronden/maat"]).partition(":")[0]
    return w.MATEN.get(measure, w.MATEN["bestand"])


def _measure(wie: _Wie) -> Deel:
    return Deel(ZINNEN["k_afstand"], (_how(wie.parameters), w.PLEK))


def _work(wie: _Wie) -> list[Deel]:
    """Say of every job where it is, what becomes of it and what it is to the rule."""
    facts = wie.case.facts
    mine = np.flatnonzero(facts.banen.huishouden == wie.h).tolist()
    if not mine:
        return []
    jobs = jobs_in(wie.case, wie.h, max(wie.hier, 0))
    told = []
    for row, job in zip(mine, jobs, strict=True):
        contract = w.CONTRACTEN[int(facts.banen.contract[row])]
        km = w.kilometres(job.km_nu, wie.straal_km)
        said = [ZINNEN["nu"].fill(waar=job.werk, uren=job.uren, contract=contract, km=km)]
        said.append(w.HARD[HARD[int(facts.banen.hard[row])]])
        said += [] if job.bekend else [ZINNEN["onbekend"]]
        said += [w.UITKOMSTEN[job.uitkomst].fill(straal=wie.straal_km)] if wie.hier >= 0 else []
        told.append(joined(said))
    return [Deel(ZINNEN["k_werk"], tuple(told))]


def _others(wie: _Wie) -> list[Deel]:
    """Compare with the other municipalities that had room, on every level of the policy."""
    if wie.hier < 0:
        return []
    beleid = wie.case.beleid
    told = [ZINNEN["beleid"].fill(beleid=beleid.naam), w.METHODEN[beleid.methode]]
    if not wie.elders:
        return [Deel(ZINNEN["k_andere"], (*told, ZINNEN["geen_andere"]))]
    told.append(ZINNEN["vergeleken"].fill(naar=wie.naar, andere=w.list_of([wie.naam(g) for g in wie.elders])))
    if not wie.case.instance.niveaus:
        return [Deel(ZINNEN["k_andere"], tuple(told))]
    levels = values(wie.case.problem, wie.h, wie.hier, list(wie.elders))
    rows = tuple(
        (LEVELS[n.naam].label, *(written(v, LEVELS[n.naam].decimals) for v in (n.hier or 0.0, *n.elders)))
        for n in levels
    )
    first = next((n for n in levels if n.hier != n.elders[0]), None)
    other = wie.naam(wie.elders[0])
    if first is None:
        told.append(ZINNEN["gelijk"].fill(naar=wie.naar, ander=other))
    elif first.hier is not None:
        decimals = LEVELS[first.naam].decimals
        told.append(
            ZINNEN["hoger_hier" if first.hier > first.elders[0] else "hoger_daar"].fill(
                naar=wie.naar,
                ander=other,
                niveau=LEVELS[first.naam].label,
                hier=written(first.hier, decimals),
                daar=written(first.elders[0], decimals),
            )
        )
    return [Deel(ZINNEN["k_andere"], tuple(told), (Tabel(ZINNEN["t_niveaus"], (_EMPTY, *wie.namen), rows),))]


def _to_do() -> list[Deel]:
    return [Deel(ZINNEN["k_doen"], (ZINNEN["nakijken"], ZINNEN["oneens"], ZINNEN["recht"]))]


def _again(wie: _Wie, kop: Kop) -> Deel:
    day = wie.parameters.peildatum.isoformat()
    return Deel(ZINNEN["k_rekenen"], (ZINNEN["rekenen"].fill(dag=day), ZINNEN["antwoord"].fill(sha=kop.antwoord[:12])))


def _chances(wie: _Wie, kans: Sequence[Kansdelen]) -> list[Deel]:
    """Take the chance of work apart, where a level of the policy is made of it."""
    used = any(LEVELS[n.naam].chance for n in wie.case.instance.niveaus if n.naam in LEVELS)
    if not wie.elders or not used or not kans:
        return []
    told, tables = [ZINNEN["kans_uitleg"]], []
    for number, adult in enumerate(kans, 1):
        said: Mapping[str, int | str] = {"nummer": number, "kenmerk": adult.persoon_id}
        if not adult.wil_werken:
            told.append(ZINNEN["wil_niet"].fill(**said))
            continue
        parts = {g: adult.at(g) for g in wie.plekken}
        rows = [
            (_answered(name, adult), *(written(parts[g][name], 4, sign=True) for g in wie.plekken)) for name in DELEN
        ]
        sums = [reduce(float.__add__, parts[g].values()) for g in wie.plekken]
        rows.append((ZINNEN["som"], *(written(total, 4, sign=True) for total in sums)))
        rows.append((ZINNEN["kans"], *(written(float(adult.kans[g]), 4) for g in wie.plekken)))
        tables.append(Tabel(ZINNEN["t_kans"].fill(**said), (ZINNEN["deel"], *wie.namen), tuple(rows)))
    return [Deel(ZINNEN["k_kans"], tuple(told), tuple(tables))]


def _answered(name: str, adult: Kansdelen) -> Sentence:
    answer = adult.zegt.get(name)
    if answer is None:
        return DELEN[name]
    words = joined([w.said(one) for one in answer.split(", ")], ", ")
    return Sentence("{part} ({words})", "{part} ({words})").fill(part=DELEN[name], words=words)


def _points(wie: _Wie) -> list[Deel]:
    """Say what the soft points are the sum of, where the policy counts them."""
    if not wie.elders or "zachte_punten" not in {n.naam for n in wie.case.instance.niveaus}:
        return []
    parts = [points_in(wie.case.problem, wie.h, g) for g in wie.plekken]
    rows = [(w.PUNTEN[name], *(written(one[name]) for one in parts)) for name in w.PUNTEN]
    rows.append((ZINNEN["punten"], *(written(sum(one.values())) for one in parts)))
    table = Tabel(ZINNEN["t_punten"], (ZINNEN["deel"], *wie.namen), tuple(rows))
    return [Deel(ZINNEN["k_punten"], (ZINNEN["punten_uitleg"],), (table,))]


def _kept(wie: _Wie) -> list[Deel]:
    """Give the distance and the chance of keeping each job, here and elsewhere."""
    if wie.hier < 0:
        return []
    of_jobs: list[tuple[Baandeel, ...]] = list(zip(*(jobs_in(wie.case, wie.h, g) for g in wie.plekken), strict=True))
    if not of_jobs:
        return []
    tables = []
    for there in of_jobs:
        rows = (
            (ZINNEN["afstand"], *(w.kilometres(one.km, wie.straal_km) for one in there)),
            (ZINNEN["behoud"], *(written(one.kans_behoud, 4) for one in there)),
        )
        kop = ZINNEN["t_werk"].fill(waar=there[0].werk)
        tables.append(Tabel(kop, (ZINNEN["deel"], *wie.namen), rows))
    return [Deel(ZINNEN["k_behoud"], (ZINNEN["behoud_uitleg"],), tuple(tables))]
