"""The explanation of one household in sentences that a resident could read; each paragraph says a part of `Uitleg`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.gemeenten import load_gemeenten
from geodata.wording import Sentence, enumerate_words, joined, number
from optimizer.domain.kansdelen import DELEN, Kansdelen
from optimizer.domain.levels import LEVELS
from optimizer.domain.terms import UNITS
from optimizer.explain.told.closed import Closed, exact_km
from optimizer.explain.told.places import AND
from optimizer.explain.told.uitleg import Uitleg
from optimizer.explain.told.worth import Baandeel
from optimizer.rules.parameters import Parameters
from optimizer.rules.parameters.bron import bron


@dataclass(frozen=True)
class Alinea:
    """A heading and the sentences below it, one a line."""

    kop: Sentence
    zinnen: tuple[Sentence, ...]


_HEAD_LINKED = Sentence(
    "Huishouden {id} ({n} {n:persoon|personen}): {name}", "Household {id} ({n} {n:person|persons}): {name}"
)
_NOWHERE = Sentence("nog geen gemeente", "no municipality yet")
_WHY = Sentence("Waarom", "Why")
_ALLOWED = Sentence("Waar dit huishouden naartoe mag", "Where this household may go")
_CLOSED = Sentence("Waarom het ergens anders niet mag", "Why it may not go elsewhere")
_AND_MORE = Sentence("nog {n} andere (met --json ziet u ze alle)", "{n} others (--json names them all)")
#: Municipalities of a list that the text names; all of them stand in the JSON.
SHOWN = 10
_LEVELS = Sentence("Wat elk niveau van het beleid geeft", "What each level of the policy gives")
_JOBS = Sentence("Het werk", "The work")
_CHANCE = Sentence("De kans op werk: waar zij uit bestaat", "The chance of work: what it is made of")
_POINTS = Sentence("De zachte punten: waar zij uit bestaan", "The soft points: what they are made of")
_NO_LINK = Sentence("Waarom er nog geen gemeente is", "Why there is no municipality yet")

_WHOLE = Sentence(
    "Het beleid {beleid} kijkt naar de hele groep tegelijk, niveau voor niveau.",
    "The policy {beleid} looks at the whole group at once, level by level.",
)
_FIRST = Sentence(
    "De beste andere gemeente met plek is {name}. Het eerste verschil zit in '{level}': hier {here}, daar {there}.",
    "The best other municipality with room is {name}. The first difference lies in '{level}': {here} here, {there} "
    "there.",
)
_BETTER_THERE = Sentence(
    "Voor dit huishouden alleen is dat daar hoger. Voor de hele groep is dit voorstel hoger, of er is om geloot.",
    "For this household alone that is higher there. For the whole group this proposal is higher, or lots were drawn.",
)
_SAME = Sentence(
    "De beste andere gemeente met plek is {name}. Elk niveau is daar even hoog. Dan beslist de loting.",
    "The best other municipality with room is {name}. Every level is as high there. Then the lottery decides.",
)
_NO_OTHER = Sentence(
    "Geen andere gemeente die mag, heeft nu nog plek.", "No other municipality that is allowed has room left now."
)
_TURN = Sentence(
    "Het beleid {beleid} koppelt huishoudens een voor een, op de datum van de vergunning. Dit huishouden was nummer "
    "{turn} van {n}. Wat er toen nog vrij was, besliste mee.",
    "The policy {beleid} links households one by one, by the date of the permit. This household was number {turn} of "
    "{n}. What was still free then helped to decide.",
)
_DRAW = Sentence(
    "Het beleid {beleid} loot (getal {seed}). Hoe meer plek een gemeente nog heeft, hoe groter haar kans. Niets van "
    "dit huishouden speelde verder mee.",
    "The policy {beleid} draws lots (number {seed}). The more room a municipality has left, the larger its chance. "
    "Nothing else of this household played a part.",
)
_MAY = Sentence(
    "Dit huishouden mag naar {n} {n:gemeente|gemeenten}: {names}.",
    "This household may go to {n} {n:municipality|municipalities}: {names}.",
)
_MAY_NOWHERE = Sentence("Dit huishouden mag nu nergens naartoe.", "This household may go nowhere now.")
_ROOM_NOW = Sentence(
    "Naast alle andere huishoudens is er nu plek in: {names}.",
    "Beside all other households there is room now in: {names}.",
)
_NO_ROOM_NOW = Sentence(
    "In al die gemeenten zijn de plekken nu voor anderen.", "In all of them the places are for others now."
)
_AND_HERE = Sentence("De plek hier telt daarbij mee.", "The place here is counted too.")
_BY_RULE = Sentence(
    "{rule} ({n} {n:gemeente|gemeenten}; bron: {source}): {list}.",
    "{rule} ({n} {n:municipality|municipalities}; source, in Dutch: {source}): {list}.",
)
#: What is said of a rule that closes several municipalities at once, by rule; then what is said of each.
_RULES: dict[str, Sentence] = {
    "besluit": Sentence("Een mens besliste dat", "A person decided so"),
    "overeenkomst": Sentence(
        "Het huishouden blijft door een overeenkomst in {allowed}", "The household stays in {allowed} by an agreement"
    ),
    "gronden/straal_km": Sentence(
        "Te ver van een harde grond: meer dan {allowed} km", "Too far from a hard ground: more than {allowed} km"
    ),
    "koppelregio/binding": Sentence(
        "Niet in de koppelregio van de opvang, {allowed}", "Not in the koppelregio of reception, {allowed}"
    ),
    "beleid": Sentence(
        "Niet in de arbeidsmarktregio van het werk, {allowed}", "Not in the labour-market region of the job, {allowed}"
    ),
    "opgave": Sentence(
        "Te weinig plek in deze ronde voor {found} {found:persoon|personen}",
        "Too little room in this round for {found} {found:person|persons}",
    ),
    "woningen": Sentence("Geen woning zoals het huishouden nodig heeft", "No dwelling of the kind that it needs"),
}
_RULES["taakstelling/regime"] = _RULES["opgave"]
_FIXED_ON = Sentence("Een mens koos {allowed}", "A person chose {allowed}")
#: Rules of which each municipality has a number of its own.
_UNITS_OF = {
    "gronden/straal_km": Sentence("{name} {found} km", "{name} {found} km"),
    "opgave": Sentence("{name} {found}", "{name} {found}"),
    "taakstelling/regime": Sentence("{name} {found}", "{name} {found}"),
}
_LEVEL = Sentence("{level} ({unit}): {list}.", "{level} ({unit}): {list}.")
_VALUE = Sentence("{name} {value}", "{name} {value}")
_NOT_DECIDED = Sentence(
    "Dit beleid keek hier niet naar. De getallen staan er om te vergelijken.",
    "This policy did not look at these. The numbers stand here for comparison.",
)
_NO_JOBS = Sentence("Dit huishouden heeft geen werk.", "This household has no job.")
_JOB = Sentence(
    "Baan {id} in {place}, {hours} uur per week, nu op {now:1} km: {list}.",
    "Job {id} in {place}, {hours} hours a week, now at {now:1} km: {list}.",
)
_JOB_THERE = Sentence(
    "vanuit {name} {km:1} km, kans dat de baan blijft {chance:4}",
    "from {name} {km:1} km, chance that the job is kept {chance:4}",
)
_ENDS = Sentence(
    "Het contract loopt af voor de verhuizing. De baan telt nergens mee.",
    "The contract ends before the move. The job counts nowhere.",
)
_NOT_KNOWN = Sentence(
    "De baan was niet op tijd bekend en telde niet mee.", "The job was not known in time and did not count."
)
_ADULT = Sentence(
    "{id} in {name}: kans {chance:4}. Optelsom: {list}; samen {sum}.",
    "{id} in {name}: chance {chance:4}. Sum: {list}; together {sum}.",
)
_NO_WISH = Sentence("{id} wil niet werken. Er telt geen kans mee.", "{id} does not want to work. No chance is counted.")
_PART = Sentence("{part}{answer} {value}", "{part}{answer} {value}")
_HOW = Sentence(
    "De optelsom wordt een kans: 1 gedeeld door (1 plus e tot de macht min de som). De gewichten zijn onze aanname "
    "(docs/kanswerk.md). Een kans zegt niets zekers over iemand.",
    "The sum becomes a chance: 1 divided by (1 plus e to the power of minus the sum). The weights are our assumption "
    "(docs/kanswerk.md). A chance says nothing certain about anybody.",
)
_NO_ADULTS = Sentence("Er staan geen volwassenen in de invoer.", "The input holds no adults.")
_POINT = Sentence("{name}: {list}; samen {sum}.", "{name}: {list}; together {sum}.")
_POINT_PARTS = {
    "koppelregio": Sentence("koppelregio van de opvang {value}", "koppelregio of reception {value}"),
    "netwerk": Sentence("netwerk in de buurt {value}", "network nearby {value}"),
    "grond_nabij": Sentence("dicht bij de gronden {value}", "near the grounds {value}"),
    "voortgang": Sentence("opgave die nog open is {value}", "opgave that is still open {value}"),
}
_SHARE_KNOWN = Sentence(
    "Bij deze run was een deel van {share} van de banen op tijd bekend. Andere banen telden niet mee in de keuze.",
    "In this run a share of {share} of the jobs was known in time. Other jobs did not count in the choice.",
)
_OF_ANSWERS = {"onbekend": Sentence("onbekend: gemiddelde", "unknown: mean")}


def in_sentences(uitleg: Uitleg, parameters: Parameters) -> tuple[Alinea, ...]:
    """Say why a household is where it is, paragraph by paragraph.

    Parameters
    ----------
    uitleg
        The parts.
    parameters
        The rules in force, for the sources.
    """
    found = [
        _why(uitleg),
        _allowed(uitleg),
        Alinea(_CLOSED, tuple(_closed(uitleg, parameters))),
        Alinea(_LEVELS, tuple(_levels(uitleg))),
        Alinea(_JOBS, tuple(_jobs(uitleg))),
        Alinea(_CHANCE, tuple(_chances(uitleg))),
        Alinea(_POINTS, tuple(_points(uitleg))),
    ]
    return tuple(alinea for alinea in found if alinea.zinnen)


def title(uitleg: Uitleg) -> Sentence:
    """Name the household and where it goes."""
    name = naam(uitleg.gemeente) if uitleg.gemeente >= 0 else _NOWHERE
    return _HEAD_LINKED.fill(id=uitleg.huishouden, n=uitleg.personen, name=name)


def naam(row: int) -> str:
    """Return the name of a municipality (row)."""
    return str(load_gemeenten().naam[row])


def named(rows: Iterable[int]) -> Sentence:
    """Name municipalities (rows), in order of name; of a long list the first, and how many more there are."""
    names: list[str | Sentence] = sorted(str(naam(g)) for g in rows)
    more = len(names) - SHOWN
    return enumerate_words([*names[:SHOWN], _AND_MORE.fill(n=more)] if more > 1 else names, AND)


def level_value(level: str, value: float, *, sign: bool = False) -> Sentence:
    """Write the value of a level with the decimals of that level, in both languages."""
    decimals = LEVELS[level].decimals
    plus = "+" if sign and value > 0 else ""
    return Sentence(plus + number(value, decimals), plus + number(value, decimals, "en"))


def _why(uitleg: Uitleg) -> Alinea:
    further = [zin for _, zin in uitleg.uitzonderingen] + _decided(uitleg)
    if uitleg.tekort is not None:
        found = uitleg.tekort
        shown = (found.toelichting, found.bewijs_zin, found.oplossing, *found.middel_zinnen)
        return Alinea(_NO_LINK, (*shown, *further))
    return Alinea(_WHY, (uitleg.reden, *further))


def _decided(uitleg: Uitleg) -> list[Sentence]:
    """Say what decided: the best for the whole group, a turn in the order, or a draw."""
    if uitleg.status == "vastgezet":
        return []
    beleid = uitleg.beleid
    if uitleg.methode == "loting":
        return [_DRAW.fill(beleid=beleid, seed=str(uitleg.seed))]
    if uitleg.beurt is not None:
        return [_TURN.fill(beleid=beleid, turn=uitleg.beurt[0], n=uitleg.beurt[1])]
    told = [_WHOLE.fill(beleid=beleid)]
    if uitleg.bekend < 1.0:
        told.append(_SHARE_KNOWN.fill(share=uitleg.bekend))
    return told + (_first_difference(uitleg) if uitleg.gemeente >= 0 else [])


def _first_difference(uitleg: Uitleg) -> list[Sentence]:
    """Say on which level the best alternative differs first."""
    if not uitleg.alternatieven:
        return [_NO_OTHER]
    name = naam(uitleg.alternatieven[0])
    for one in uitleg.niveaus:
        if one.hier is not None and one.elders[0] != one.hier:
            here, there = (level_value(one.naam, v) for v in (one.hier, one.elders[0]))
            told = [_FIRST.fill(name=name, level=LEVELS[one.naam].label, here=here, there=there)]
            return told + ([_BETTER_THERE] if one.elders[0] > one.hier else [])
    return [_SAME.fill(name=name)]


def _allowed(uitleg: Uitleg) -> Alinea:
    rows = np.flatnonzero(uitleg.open.toegestaan).tolist()
    if not rows:
        return Alinea(_ALLOWED, (_MAY_NOWHERE,))
    free = np.flatnonzero(uitleg.vrij).tolist()
    told = [_MAY.fill(n=len(rows), names=named(rows))]
    told.append(_ROOM_NOW.fill(names=named(free)) if free else _NO_ROOM_NOW)
    if uitleg.gemeente in free:
        told.append(_AND_HERE)
    return Alinea(_ALLOWED, tuple(told))


def _closed(uitleg: Uitleg, parameters: Parameters) -> list[Sentence]:
    """Name the municipalities that each rule closes, under the rule that comes first."""
    by_rule: dict[tuple[str, str], list[Closed]] = {}
    for rules in uitleg.open.gesloten.values():
        first = rules[0]
        # An exclusion and a lock are both decisions; room differs by municipality and does not tell rules apart.
        key = (first.regel, first.toegestaan if isinstance(first.toegestaan, str) else "")
        by_rule.setdefault(key, []).append(first)
    told = []
    for (regel, allowed), closed in by_rule.items():
        rule = _FIXED_ON if regel == "besluit" and allowed else _RULES[regel]
        head = rule.fill(found=closed[0].gevonden, allowed=closed[0].toegestaan)
        shown = _first_of(sorted(closed, key=_nearest))
        told.append(_BY_RULE.fill(rule=head, n=len(closed), source=bron(regel, parameters), list=shown))
    return told


def _nearest(closed: Closed) -> tuple[float, str]:
    """Order what one rule closes: nearest first, or most room first, then by name."""
    if closed.regel == "gronden/straal_km":
        return float(closed.gevonden), str(naam(closed.gemeente))
    room = -float(closed.toegestaan) if isinstance(closed.toegestaan, int | float) else 0.0
    return room, str(naam(closed.gemeente))


def _first_of(closed: Sequence[Closed]) -> Sentence:
    """Name the first municipalities of a long list, and say how many more there are."""
    shown = [_one_closed(c) for c in closed[: SHOWN if len(closed) > SHOWN + 1 else None]]
    more = len(closed) - len(shown)
    return enumerate_words([*shown, _AND_MORE.fill(n=more)] if more else shown, AND)


def _one_closed(closed: Closed) -> Sentence:
    name = naam(closed.gemeente)
    if closed.regel == "gronden/straal_km":
        written = exact_km(float(closed.gevonden), float(closed.toegestaan))
        km = Sentence(written.replace(".", ","), written)
        return _UNITS_OF[closed.regel].fill(name=name, found=km)
    if closed.regel in _UNITS_OF:
        return _UNITS_OF[closed.regel].fill(name=name, found=closed.toegestaan)
    return Sentence(name, name)


def _levels(uitleg: Uitleg) -> list[Sentence]:
    """Say what each level gives here and in the alternatives."""
    told = []
    for one in uitleg.niveaus:
        numbers = [*([] if one.hier is None else [one.hier]), *one.elders]
        if not numbers:
            continue
        parts = [
            _VALUE.fill(name=naam(g), value=level_value(one.naam, v))
            for g, v in zip(uitleg.plekken, numbers, strict=True)
        ]
        kind = LEVELS[one.naam]
        told.append(_LEVEL.fill(level=kind.label, unit=UNITS[kind.eenheid], list=joined(parts, "; ")))
    return told + ([_NOT_DECIDED] if told and uitleg.methode != "optimaal" else [])


def _jobs(uitleg: Uitleg) -> list[Sentence]:
    rows = [uitleg.banen[g] for g in uitleg.plekken]
    if not rows:
        return []
    told = []
    for of_one in zip(*rows, strict=True):
        told.append(_job(uitleg.plekken, of_one))
    return told or [_NO_JOBS]


def _job(places: Sequence[int], job: Sequence[Baandeel]) -> Sentence:
    first = job[0]
    there = [
        _JOB_THERE.fill(name=naam(g), km=one.km, chance=one.kans_behoud) for g, one in zip(places, job, strict=True)
    ]
    told = [_JOB.fill(id=first.baan_id, place=first.werk, hours=first.uren, now=first.km_nu, list=joined(there, "; "))]
    if first.uitkomst == "loopt_af":
        told.append(_ENDS)
    if not first.bekend:
        told.append(_NOT_KNOWN)
    return joined(told)


def _chances(uitleg: Uitleg) -> list[Sentence]:
    if not uitleg.plekken:
        return []
    if not uitleg.kans:
        return [_NO_ADULTS]
    told: list[Sentence] = []
    for adult in uitleg.kans:
        if not adult.wil_werken:
            told.append(_NO_WISH.fill(id=adult.persoon_id))
            continue
        told += [_adult(adult, g) for g in uitleg.plekken]
    return [*told, _HOW]


def _adult(adult: Kansdelen, gemeente: int) -> Sentence:
    parts = adult.at(gemeente)
    shown = [
        _PART.fill(part=DELEN[name], answer=_answer(adult.zegt.get(name)), value=_signed(value))
        for name, value in parts.items()
    ]
    return _ADULT.fill(
        id=adult.persoon_id,
        name=naam(gemeente),
        chance=float(adult.kans[gemeente]),
        list=joined(shown, "; "),
        sum=_signed(sum(parts.values())),
    )


def _answer(said: str | None) -> Sentence:
    if said is None:
        return Sentence("", "")
    one = _OF_ANSWERS.get(said, Sentence(said, said))
    return Sentence(f" ({one.nl})", f" ({one.en})")


def _signed(value: float) -> Sentence:
    """Write a part of a sum, with its sign and four decimals."""
    plus = "+" if value > 0 else ""
    return Sentence(plus + number(value, 4), plus + number(value, 4, "en"))


def _points(uitleg: Uitleg) -> list[Sentence]:
    """Say what the soft points are the sum of, where the policy counts them."""
    if "zachte_punten" not in {one.naam for one in uitleg.niveaus}:
        return []
    return [
        _POINT.fill(
            name=naam(g),
            list=joined([_POINT_PARTS[name].fill(value=value) for name, value in uitleg.punten[g].items()], "; "),
            sum=sum(uitleg.punten[g].values()),
        )
        for g in uitleg.plekken
    ]
