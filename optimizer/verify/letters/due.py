"""What every letter must say, put together by the judge from the input, the proposal and the public tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geodata.gemeenten import load_gemeenten
from geodata.wording import Sentence, joined
from optimizer.domain import brief as words
from optimizer.domain.brief import ZINNEN, Brief, Deel, Tabel, kilometres, same, to_fill, written, yes_no
from optimizer.domain.kansdelen import DELEN
from optimizer.domain.levels import LEVELS
from optimizer.rules.parameters.bron import bron
from optimizer.verify.alternatives import COLUMNS
from optimizer.verify.case import Case
from optimizer.verify.cells import texts
from optimizer.verify.households import NONE, Ints, no_taakstelling
from optimizer.verify.letters.chance import Tables, answer, parts_of, read_tables
from optimizer.verify.levels import Kansen, level_value, soft_parts
from optimizer.verify.links import resolve_rows
from optimizer.verify.outcomes import expected_kept, km_after, km_before, outcome
from optimizer.verify.run.waiting import causes


@dataclass(frozen=True)
class Opened:
    """What the judge opens before it reads letters.

    Attributes
    ----------
    case
        Input, proposal and rules.
    niveaus, methode
        Levels of the policy, most important first, and its method.
    chances
        Chance of work by level, which the judge takes as data and adds up again for each adult.
    antwoord
        What the proposal hashes to, by the receipt.
    afzender, contact
        What the list of letters says that the sender gave.
    """

    case: Case
    niveaus: Sequence[str]
    methode: str
    chances: Kansen
    antwoord: str
    afzender: str
    contact: str

    @cached_property
    def others(self) -> tuple[Ints, ...]:
        """Municipalities that ``voorstel.csv`` names as alternatives, a column each, int64 [n]."""
        found = []
        for column in COLUMNS:
            cells = np.append(texts(self.case.voorstel[column]), "")[self.case.links.row]
            found.append(resolve_rows(np.array([cell.partition(" ")[0] for cell in cells.tolist()], dtype=object)))
        return tuple(found)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The case as proposed, and with every household at each of its alternatives."""
        return (self.case, *(self.case.moved(np.where(g < 0, NONE, g)) for g in self.others))

    @cached_property
    def values(self) -> Mapping[str, tuple[Ints, ...]]:
        """What the link of each household is worth on each level, in each of `cases`."""
        found = {}
        for level in self.niveaus:
            here = [level_value(case, level, self.chances) for case in self.cases]
            found[level] = tuple(value for value in here if value is not None)
        return found

    @cached_property
    def kept(self) -> tuple[tuple[np.typing.NDArray[np.float64], np.typing.NDArray[np.float64]], ...]:
        """Distance to each job and the chance that it is kept, in each of `cases`."""
        return tuple((km_after(case), expected_kept(case)) for case in self.cases)

    @cached_property
    def points(self) -> tuple[Mapping[str, Ints], ...]:
        """What the soft points of each household are the sum of, in each of `cases`."""
        return tuple(soft_parts(case) for case in self.cases)

    @cached_property
    def due(self) -> list[Brief]:
        """Every letter that there must be: one for each household, one for each job near enough."""
        households = [_household(self, h) for h in range(len(self.case.households))]
        return [*households, *_employers(self)]

    @cached_property
    def tables(self) -> Tables:
        """Work nearby and participation."""
        return read_tables(self.case.parameters)

    @cached_property
    def outcomes(self) -> list[str]:
        """What becomes of each job."""
        case = self.case
        return [str(o) for o in outcome(km_before(case), km_after(case), case.jobs.ends_first, case.straal_km)]


def _name(g: int) -> str:
    return str(load_gemeenten().naam[g])


def _date(day: object) -> Sentence:
    return Sentence("{d}", "{d}").fill(d=np.datetime64(str(day)[:10]).astype(object))


def _pairs(title: str, rows: Sequence[tuple[Sentence, Sentence]]) -> Tabel:
    return Tabel(ZINNEN[title], (ZINNEN["wat"], ZINNEN["dat_is"]), tuple(rows))


def _questions(opened: Opened) -> Deel:
    return Deel(ZINNEN["k_vragen"], (ZINNEN["vragen"].fill(contact=to_fill(opened.contact, words.CONTACT)),))


def _measured(opened: Opened) -> tuple[Sentence, Sentence]:
    name, _, _ = str(opened.case.parameters["gronden/maat"]).partition(":")
    return words.MATEN[name if name in words.MATEN else "bestand"], words.PLEK


def _workplace(case: Case, job: int) -> str:
    """Call the place of a job by its name, with its municipality where that is another name."""
    place, town = str(case.workplaces.name[job]), _name(int(case.jobs.gemeente[job]))
    return town if place in {"", town} else f"{place} ({town})"


def _household(opened: Opened, h: int) -> Brief:
    case, row = opened.case, opened.case.batch.huishoudens.iloc[h]
    there = int(case.links.gemeente[h])
    linked = there != NONE
    places = [there, *(int(g[h]) for g in opened.others if g[h] >= 0)] if linked else []
    here = Sentence("", "") if not linked else same(_name(there))
    facts = _pairs(
        "feiten",
        [
            (ZINNEN["afzender"], to_fill(opened.afzender, words.AFZENDER)),
            (ZINNEN["kenmerk"], same(str(case.households.ids[h]))),
            (ZINNEN["peildatum"], _date(case.parameters.peildatum)),
            (ZINNEN["personen"], written(int(case.households.persons[h]))),
            (ZINNEN["vergunning"], _date(row["vergunning_datum"])),
            (ZINNEN["opvang"], same(_name(int(case.households.reception[h])))),
        ],
    )
    what = [ZINNEN["zonder"], words.OORZAKEN[str(causes(case, np.array([h]))[0])].fill(straal=case.straal_km)]
    if linked:
        what = [ZINNEN["voorstel"].fill(naar=here)]
        if case.households.lock[h] != NONE:
            what.append(ZINNEN["vast"].fill(naar=here))
        elif case.stays[h] != NONE:
            what.append(ZINNEN["blijft"].fill(naar=here))
        what.append(ZINNEN["mens"])
    day = case.parameters.peildatum.isoformat()
    again = (ZINNEN["rekenen"].fill(dag=day), ZINNEN["antwoord"].fill(sha=opened.antwoord[:12]))
    parts = [
        Deel(ZINNEN["k_voorstel"], tuple(what)),
        _grounds(case, h, here if linked else None),
        _rule(case),
        Deel(ZINNEN["k_afstand"], _measured(opened)),
        *_work(opened, h),
        *(_compared(opened, h, places) if linked else []),
        Deel(ZINNEN["k_doen"], (ZINNEN["nakijken"], ZINNEN["oneens"], ZINNEN["recht"])),
        _questions(opened),
        Deel(ZINNEN["k_rekenen"], again),
        *_annexes(opened, h, places),
    ]
    title = ZINNEN["titel"].fill(naar=here) if linked else ZINNEN["titel_zonder"]
    return Brief("huishouden", str(case.households.ids[h]), title, facts, tuple(parts))


def _grounds(case: Case, h: int, here: Sentence | None) -> Deel:
    mine = np.flatnonzero(case.grounds.household == h).tolist()
    if not mine:
        return Deel(ZINNEN["k_gronden"], (ZINNEN["geen_grond"],))
    grounds, straal = case.grounds, case.straal_km
    apart = not all(grounds.binding[k] for k in mine)
    told, heads = [ZINNEN["gronden"]], [ZINNEN["grond"], ZINNEN["waar"]]
    first = str(case.batch.huishoudens["voorkeur_grond"].iloc[h])
    if first in grounds.order:
        told.append(ZINNEN["voorkeur"].fill(grond=words.GRONDEN[first]))
    if apart:
        order = joined([words.GRONDEN[kind] for kind in grounds.order], ", ")
        told.append(ZINNEN["niet_samen"].fill(straal=straal, volgorde=order))
    km = [float(grounds.km[case.links.gemeente[h], k]) for k in mine]
    if here is not None:
        reach = "buiten" if max(km) > straal else "binnen"
        told.append(ZINNEN[reach].fill(naar=here, straal=straal, n=len(mine)))
        heads += [ZINNEN["afstand_tot"].fill(naar=here), ZINNEN["binnen_straal"].fill(straal=straal)]
    heads += [ZINNEN["telt"]] if apart else []
    rows = []
    for k, far in zip(mine, km, strict=True):
        job = int(grounds.job[k])
        where = _name(int(grounds.gemeente[k])) if job == NONE else _workplace(case, job)
        cells = [words.GRONDEN[grounds.order[grounds.kind[k]]], same(where)]
        cells += [] if here is None else [kilometres(far, straal), yes_no(far <= straal)]
        rows.append((*cells, *([yes_no(grounds.binding[k])] if apart else [])))
    return Deel(ZINNEN["k_gronden"], tuple(told), (Tabel(ZINNEN["t_gronden"], tuple(heads), tuple(rows)),))


def _rule(case: Case) -> Deel:
    p, radius, hours = case.parameters, "gronden/straal_km", "werk/minimum_uren"
    told = [ZINNEN["straal"].fill(straal=case.straal_km, laag=_layer(case, radius), bron=bron(radius, p))]
    if case.eisen is not None and not case.eisen.gronden_binden:
        told.append(ZINNEN["niet_gebonden"].fill(beleid=case.eisen.beleid))
    needed = [name for name in ("contract", "loonstrook") if p[f"werk/{name}_nodig"]]
    proof = ZINNEN["bewijs_" + ("beide" if len(needed) == 2 else needed[0] if needed else "geen")]
    told.append(ZINNEN["uren"].fill(uren=float(p[hours]), bewijs=proof, laag=_layer(case, hours), bron=bron(hours, p)))
    if not no_taakstelling(p) and (case.eisen is None or case.eisen.opgave_geldt):
        told.append(ZINNEN["opgave"].fill(bron=bron("opgave", p)))
    return Deel(ZINNEN["k_regel"], tuple(told))


def _layer(case: Case, name: str) -> Sentence:
    origin = case.parameters.origin(name)
    return words.LAGEN[origin.layer if origin else "aanname"]


def _jobs(case: Case, h: int) -> list[int]:
    return [int(j) for j in np.flatnonzero(case.jobs.household == h)]


def _contract(case: Case, job: int) -> Sentence:
    row = case.batch.werk.iloc[job]
    open_ended, fixed, agency = words.CONTRACTEN
    if row["via_uitzendbureau"] == "ja":
        return agency
    return fixed if row[["contract_einde", "contract_maanden"]].notna().any() else open_ended


def _work(opened: Opened, h: int) -> list[Deel]:
    case, told = opened.case, []
    for job in _jobs(case, h):
        filled = {"waar": same(_workplace(case, job)), "contract": _contract(case, job)}
        km = kilometres(float(km_before(case)[job]), case.straal_km)
        said = [ZINNEN["nu"].fill(uren=float(case.jobs.hours[job]), km=km, **filled)]
        said.append(words.HARD[str(case.jobs.hard[job])])
        if not case.jobs.known[job]:
            said.append(ZINNEN["onbekend"])
        if opened.outcomes[job] in words.UITKOMSTEN:
            said.append(words.UITKOMSTEN[opened.outcomes[job]].fill(straal=case.straal_km))
        told.append(joined(said))
    return [Deel(ZINNEN["k_werk"], tuple(told))] if told else []


def _compared(opened: Opened, h: int, places: Sequence[int]) -> list[Deel]:
    """Every level here and in the other municipalities, and on which the first of them differs."""
    case, others = opened.case, places[1:]
    beleid = "" if case.eisen is None else case.eisen.beleid
    told = [ZINNEN["beleid"].fill(beleid=beleid), words.METHODEN[opened.methode]]
    tables: tuple[Tabel, ...] = ()
    if not others:
        told.append(ZINNEN["geen_andere"])
    else:
        here, first = _name(places[0]), _name(others[0])
        told.append(ZINNEN["vergeleken"].fill(naar=here, andere=words.list_of([_name(g) for g in others])))
        if opened.niveaus:
            rows = tuple((LEVELS[n].label, *_level(opened, n, h, len(places))) for n in opened.niveaus)
            heads = (same(""), *(same(_name(g)) for g in places))
            tables = (Tabel(ZINNEN["t_niveaus"], heads, rows),)
            told.append(_first_difference(opened, h, here, first))
    return [Deel(ZINNEN["k_andere"], tuple(told), tables)]


def _level(opened: Opened, level: str, h: int, columns: int) -> list[Sentence]:
    kind = LEVELS[level]
    units = [int(value[h]) for value in opened.values[level][:columns]]
    return [written(n / round(1 / kind.unit), kind.decimals) for n in units]


def _first_difference(opened: Opened, h: int, here: str, first: str) -> Sentence:
    for level in opened.niveaus:
        mine, there = (int(value[h]) for value in opened.values[level][:2])
        if mine != there:
            shown = dict(zip(("hier", "daar"), _level(opened, level, h, 2), strict=True))
            said = ZINNEN["hoger_hier" if mine > there else "hoger_daar"]
            return said.fill(naar=here, ander=first, niveau=LEVELS[level].label, **shown)
    return ZINNEN["gelijk"].fill(naar=here, ander=first)


def _annexes(opened: Opened, h: int, places: Sequence[int]) -> list[Deel]:
    if not places:
        return []
    heads = (ZINNEN["deel"], *(same(_name(g)) for g in places))
    found = []
    if len(places) > 1 and any(LEVELS[n].chance for n in opened.niveaus):
        found += _chances(opened, h, places, heads)
    if len(places) > 1 and "zachte_punten" in opened.niveaus:
        parts = [{name: int(p[name][h]) for name in words.PUNTEN} for p in opened.points[: len(places)]]
        rows = [(words.PUNTEN[name], *(written(part[name]) for part in parts)) for name in words.PUNTEN]
        rows.append((ZINNEN["punten"], *(written(sum(part.values())) for part in parts)))
        table = Tabel(ZINNEN["t_punten"], heads, tuple(rows))
        found.append(Deel(ZINNEN["k_punten"], (ZINNEN["punten_uitleg"],), (table,)))
    jobs = []
    for job in _jobs(opened.case, h):
        at = [(float(km[job]), float(kept[job])) for km, kept in opened.kept[: len(places)]]
        distance = (ZINNEN["afstand"], *(kilometres(km, opened.case.straal_km) for km, _ in at))
        kept_row = (ZINNEN["behoud"], *(written(kept, 4) for _, kept in at))
        kop = ZINNEN["t_werk"].fill(waar=_workplace(opened.case, job))
        jobs.append(Tabel(kop, heads, (distance, kept_row)))
    return [*found, *([Deel(ZINNEN["k_behoud"], (ZINNEN["behoud_uitleg"],), tuple(jobs))] if jobs else [])]


def _chances(opened: Opened, h: int, places: Sequence[int], heads: tuple[Sentence, ...]) -> list[Deel]:
    people, p = opened.case.batch.personen, opened.case.parameters
    mine = people[people["huishouden_id"] == opened.case.households.ids[h]]
    told, tables = [ZINNEN["kans_uitleg"]], []
    for i, (_, adult) in enumerate(mine.iterrows()):
        said = {"nummer": str(i + 1), "kenmerk": str(adult["persoon_id"])}
        if adult["wil_werken"] == "nee":
            told.append(ZINNEN["wil_niet"].fill(**said))
            continue
        columns = [parts_of(adult, g, opened.tables, p) for g in places]
        rows = []
        for part, label in DELEN.items():
            given = answer(adult, part)
            head = Sentence(f"{label.nl} ({given.nl})", f"{label.en} ({given.en})") if given.nl else label
            rows.append((head, *(written(c[part], 4, sign=True) for c in columns)))
        sums = [sum(c.values()) for c in columns]
        rows.append((ZINNEN["som"], *(written(s, 4, sign=True) for s in sums)))
        rows.append((ZINNEN["kans"], *(written(float(1 / (1 + np.exp(-s))), 4) for s in sums)))
        tables.append(Tabel(ZINNEN["t_kans"].fill(**said), heads, tuple(rows)))
    return [Deel(ZINNEN["k_kans"], tuple(told), tuple(tables))] if len(mine) else []


def _employers(opened: Opened) -> list[Brief]:
    """A letter for each job within the radius of the link whose contract goes on: the work and the distance only."""
    case, found = opened.case, []
    for job in [j for j, became in enumerate(opened.outcomes) if became == "binnen_50km"]:
        where, km = _workplace(case, job), kilometres(float(km_after(case)[job]), case.straal_km)
        rows = [
            (ZINNEN["afzender"], to_fill(opened.afzender, words.AFZENDER)),
            (ZINNEN["w_werknemer"], to_fill("", words.NAAM)),
            (ZINNEN["w_werk"], same(where)),
            (ZINNEN["peildatum"], _date(case.parameters.peildatum)),
        ]
        parts = (
            Deel(ZINNEN["w_kop"], (ZINNEN["w_binnen"].fill(km=km, waar=where, straal=case.straal_km),)),
            Deel(ZINNEN["w_geen_belofte"], (ZINNEN["w_niets_zeker"], ZINNEN["w_gegevens"])),
            Deel(ZINNEN["w_afstand"], _measured(opened)),
            _questions(opened),
        )
        key = str(case.batch.werk["baan_id"].iloc[job])
        found.append(Brief("werkgever", key, ZINNEN["w_titel"], _pairs("w_feiten", rows), parts))
    return found
