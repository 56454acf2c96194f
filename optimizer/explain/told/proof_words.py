"""A shortage in sentences: what proves it, and the smallest change of each kind that would solve it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.wording import Sentence, enumerate_words, joined
from optimizer.explain.told.places import AND, kind_in_words
from optimizer.explain.told.proof import Bewijs
from optimizer.explain.told.remedies import Middelen, Plekken, Ruil, Straal
from optimizer.model import Facts

if TYPE_CHECKING:
    from optimizer.explain.told.shortage import Shortage

#: Municipalities that are named in a sentence; more are counted.
NAMED = 12

_HERE = Sentence("In de {n:gemeente|gemeenten} {names}", "In the {n:municipality|municipalities} {names}")
_NOWHERE = Sentence(
    "In {n} {n:gemeente|gemeenten} zonder opgave", "In {n} {n:municipality|municipalities} without an opgave"
)
_WHERE = Sentence(
    "In {n} {n:gemeente|gemeenten} (met een opgave: {names})",
    "In {n} {n:municipality|municipalities} (with an opgave: {names})",
)
_OTHERS = Sentence("nog {n}", "{n} more")
_PERSONS = Sentence(
    "{where} {places:is|zijn} {places} {places:plek|plekken}. {h} {h:huishouden|huishoudens} met {n} "
    "{n:persoon|personen} {h:mag|mogen} nergens anders naartoe. Ten minste {over} van hen {over:moet|moeten} wachten.",
    "{where} there {places:is|are} {places} {places:place|places}. {h} {h:household|households} of {n} "
    "{n:person|persons} may go nowhere else. At least {over} of them must wait.",
)
_DWELLINGS = Sentence(
    "{where} {places:is|zijn} {places} keer een {kind}. {n} {n:huishouden heeft|huishoudens hebben} er een nodig en "
    "{n:mag|mogen} nergens anders naartoe.",
    "{where} there {places:is|are} {places} of the kind {kind}. {n} {n:household needs|households need} one and may go "
    "nowhere else.",
)
_PACKING = Sentence(
    "{where} {places:is|zijn} {places} {places:plek|plekken} voor {h} {h:huishouden|huishoudens} met {n} "
    "{n:persoon|personen} die nergens anders naartoe mogen. Een huishouden wordt niet gesplitst. Wij probeerden elke "
    "verdeling: geen enkele geeft iedereen een plek.",
    "{where} there {places:is|are} {places} {places:place|places} for {h} {h:household|households} of {n} "
    "{n:person|persons} who may go nowhere else. A household is never split. Every division was tried: none gives "
    "everybody a place.",
)
_RULES = Sentence(
    "Geen enkele gemeente voldoet aan de regels. Daar is geen telling voor nodig.",
    "No municipality meets the rules. That needs no counting.",
)
_DIVISION = Sentence(
    "{where} past dit huishouden naast iedereen die nu een plek heeft, als zij anders worden verdeeld. Dit voorstel "
    "koos anders.",
    "{where} there is room for this household beside everybody who has a place now, if they are divided otherwise. "
    "This proposal chose otherwise.",
)
_UNPROVEN = Sentence(
    "Of een andere verdeling helpt, is niet bewezen. Er zijn te veel mogelijkheden om ze alle te proberen.",
    "Whether another division helps is not proven. There are too many possibilities to try them all.",
)
_MORE = Sentence(
    "Meer plekken: {name} neemt voor dit huishouden {n} {n:persoon|personen} meer op.",
    "More places: {name} takes {n} {n:person|persons} more for this household.",
)
_LEAST = Sentence(
    "Minder kan niet, ook niet als anderen verschuiven.", "Fewer does not help, not even if others move on."
)
_AT_LEAST = Sentence(
    "Minder dan {n} helpt nooit, ook niet als anderen verschuiven.",
    "Fewer than {n} never helps, not even if others move on.",
)
_SWAP = Sentence(
    "Ruil: {giver} heeft plek over en geeft {n} {n:plek|plekken} aan buurgemeente {taker}. Samen blijft hun opgave "
    "gelijk.",
    "Swap: {giver} has room left and hands {n} {n:place|places} to its neighbour {taker}. Their opgave together stays "
    "the same.",
)
_RADIUS = Sentence(
    "Grotere straal: met {km} km voor dit huishouden is er plek in {name}.",
    "Wider radius: with {km} km for this household there is room in {name}.",
)


def proof_said(facts: Facts, bewijs: Bewijs) -> Sentence:
    """Say what proves that a household must wait."""
    if bewijs.soort == "regels":
        return _RULES
    if bewijs.soort == "onbewezen":
        return _UNPROVEN
    over, households = bewijs.nodig - bewijs.plekken, int(bewijs.huishoudens.size)
    said: dict[str, Sentence | int] = {
        "where": _where(facts, bewijs),
        "places": bewijs.plekken,
        "h": households,
        "n": bewijs.nodig,
        "over": over,
    }
    if bewijs.soort == "woningen":
        return _DWELLINGS.fill(kind=kind_in_words(facts.woningen.soorten[bewijs.woning]), **said)
    return {"personen": _PERSONS, "inpassen": _PACKING, "verdeling": _DIVISION}[bewijs.soort].fill(**said)


def remedies_said(facts: Facts, middelen: Middelen) -> tuple[Sentence, ...]:
    """Say the smallest change of each kind that helps while everybody else stays."""
    found = []
    if middelen.plekken is not None:
        found.append(_places_said(facts, middelen.plekken))
    if middelen.ruil is not None:
        found.append(_swap_said(facts, middelen.ruil))
    if middelen.straal is not None:
        found.append(_radius_said(facts, middelen.straal))
    return tuple(found)


def proof_columns(facts: Facts, found: Sequence["Shortage"]) -> dict[str, list[Any]]:
    """Return the columns of ``niet_gekoppeld.csv`` that hold the proof and the smallest change of each kind."""
    code = facts.gemeenten.code
    proofs, changes = [s.bewijs for s in found], [s.middelen for s in found]
    return {
        "bewijs": [b.soort for b in proofs],
        "bewijs_gemeenten": [" ".join(code[b.gemeenten].tolist()) for b in proofs],
        "bewijs_plekken": [b.plekken for b in proofs],
        "bewijs_huishoudens": [int(b.huishoudens.size) for b in proofs],
        "bewijs_nodig": [b.nodig for b in proofs],
        "bewijs_uitleg": [s.bewijs_zin for s in found],
        "meer_plekken": [f"{code[m.plekken.gemeente]} {m.plekken.aantal}" if m.plekken else "" for m in changes],
        "meer_plekken_minst": [float(m.plekken.minst) if m.plekken else np.nan for m in changes],
        "ruil": [f"{code[m.ruil.naar]} {code[m.ruil.van]} {m.ruil.aantal}" if m.ruil else "" for m in changes],
        "grotere_straal": [
            f"{code[m.straal.gemeente]} {radius_written(m.straal.km)}" if m.straal else "" for m in changes
        ],
        "oplossingen": [joined(s.middel_zinnen) for s in found],
    }


def radius_written(km: float) -> str:
    """Write a radius with one decimal, rounded up so that it reaches; decimal comma.

    >>> radius_written(63.21), radius_written(63.2)
    ('63,3', '63,2')
    """
    tenths = round(km * 10)
    return f"{(tenths if tenths >= km * 10 - 1e-9 else tenths + 1) / 10:.1f}".replace(".", ",")


def _where(facts: Facts, bewijs: Bewijs) -> Sentence:
    """Count the municipalities of a proof, and name those that are asked for anybody, the most first."""
    rows = np.flatnonzero(bewijs.gemeenten)
    asked = sorted(rows[facts.opgave[rows] > 0].tolist(), key=lambda g: (-int(facts.opgave[g]), g))
    names: list[str | Sentence] = [str(facts.gemeenten.naam[g]) for g in asked[:NAMED]]
    if len(asked) > NAMED:
        names.append(_OTHERS.fill(n=len(asked) - NAMED))
    if not names:
        return _NOWHERE.fill(n=rows.size)
    return (_HERE if len(asked) == rows.size else _WHERE).fill(n=rows.size, names=enumerate_words(names, AND))


def _places_said(facts: Facts, one: Plekken) -> Sentence:
    said = [_MORE.fill(name=str(facts.gemeenten.naam[one.gemeente]), n=one.aantal)]
    if one.minst:
        said.append(_LEAST if one.minst == one.aantal else _AT_LEAST.fill(n=one.minst))
    return joined(said)


def _swap_said(facts: Facts, one: Ruil) -> Sentence:
    giver, taker = (str(facts.gemeenten.naam[g]) for g in (one.van, one.naar))
    return _SWAP.fill(giver=giver, taker=taker, n=one.aantal)


def _radius_said(facts: Facts, one: Straal) -> Sentence:
    written = radius_written(one.km)
    km = Sentence(written, written.replace(",", "."))
    return _RADIUS.fill(km=km, name=str(facts.gemeenten.naam[one.gemeente]))
