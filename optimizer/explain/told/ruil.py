"""Proposals to municipalities to swap part of their opgave, and what each gives: parts, and the same in sentences."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from geodata.gemeenten import load_gemeenten
from geodata.wording import Sentence, enumerate_words, joined, number, signed
from optimizer.domain.levels import LEVELS
from optimizer.domain.terms import UNITS
from optimizer.explain.told.places import AND


@dataclass(frozen=True)
class Winst:
    """What one level gains, in its own unit."""

    niveau: str
    verschil: float


@dataclass(frozen=True)
class Stand:
    """One level without and with the swaps, and what nothing better can exceed, in its own unit."""

    niveau: str
    nu: float
    daarna: float
    grens: float


@dataclass(frozen=True)
class Ruilvoorstel:
    """One swap: ``van`` hands so many persons of its opgave to its neighbour ``naar`` (rows); the sum is kept.

    Attributes
    ----------
    winst
        What each level gains by it, after the swaps before it.
    banen_behouden, banen_verloren
        Jobs (keys) that come within the radius by it, and that no longer are.
    gekoppeld
        Households (keys) that get a municipality by it.
    anders
        How many other households go elsewhere.
    """

    van: int
    naar: int
    personen: int
    winst: tuple[Winst, ...]
    banen_behouden: tuple[str, ...]
    banen_verloren: tuple[str, ...]
    gekoppeld: tuple[str, ...]
    anders: int


@dataclass(frozen=True)
class Gevonden:
    """The best swaps, at most ``hoogstens``.

    Attributes
    ----------
    bewezen, bewezen_tot
        Whether no others are better, and up to how many swaps that is certain.
    niveaus, stappen
        What the levels reach and at most can reach, and counted steps.
    """

    hoogstens: int
    ruilen: tuple[Ruilvoorstel, ...]
    bewezen: bool
    bewezen_tot: int
    niveaus: tuple[Stand, ...]
    stappen: int


_NONE = Sentence("Geen ruil tussen buurgemeenten geeft meer.", "No swap between neighbours gives more.")
_NONE_FOUND = Sentence(
    "Er is geen ruil tussen buurgemeenten gevonden die meer geeft.",
    "No swap between neighbours was found to give more.",
)
_SWAP = Sentence(
    "{giver} geeft {n} {n:plek|plekken} van haar opgave aan buurgemeente {taker}. {gains}",
    "{giver} hands {n} {n:place|places} of its opgave to its neighbour {taker}. {gains}",
)
_GAIN = Sentence("{level}: {change} {unit}.", "{level}: {change} {unit}.")
_ONLY_TOGETHER = Sentence("Deze ruil helpt alleen samen met de volgende.", "This swap helps only with the next one.")
_LINKED = Sentence("Dan is er plek voor {names}.", "Then there is a place for {names}.")
_KEPT = Sentence("Deze banen blijven erdoor: {names}.", "These jobs are kept by it: {names}.")
_LOST = Sentence("Deze banen blijven dan niet: {names}.", "These jobs are not kept then: {names}.")
_OTHERS = Sentence(
    "{n} {n:ander huishouden gaat|andere huishoudens gaan} ergens anders naartoe.",
    "{n} {n:other household goes|other households go} elsewhere.",
)
_PROVEN = Sentence(
    "Bewezen: met hoogstens {most} {most:ruil|ruilen} kan het niet beter.",
    "Proven: with at most {most} {most:swap|swaps} nothing is better.",
)
_PROVEN_NONE = Sentence(
    "Bewezen: met hoogstens {most} {most:ruil|ruilen} is er geen.",
    "Proven: with at most {most} {most:swap|swaps} there is none.",
)
_OPEN = Sentence(
    "Niet bewezen voor hoogstens {most} {most:ruil|ruilen}: het zoeken stopte na {n} stappen. {levels}",
    "Not proven for at most {most} {most:swap|swaps}: the search stopped after {n} steps. {levels}",
)
_AT_MOST = Sentence("{level}: hoogstens {bound} {unit}.", "{level}: at most {bound} {unit}.")
_NOTHING = Sentence(
    "Dit zijn voorstellen aan gemeenten. Er is niets veranderd of besloten.",
    "These are proposals to municipalities. Nothing was changed or decided.",
)


def swaps_said(found: Gevonden) -> tuple[Sentence, ...]:
    """Say which swaps to propose, what each gives, and how sure that is."""
    told = [_swap_said(one) for one in found.ruilen]
    if not told:
        certain = [_PROVEN_NONE.fill(most=found.bewezen_tot)] if found.bewezen_tot else []
        return (_NONE,) if found.bewezen else (_NONE_FOUND, *certain, _open_said(found))
    certain = [_PROVEN.fill(most=found.bewezen_tot)] if found.bewezen_tot >= len(told) else []
    return (*told, *certain, *([] if found.bewezen else [_open_said(found)]), _NOTHING)


def _swap_said(one: Ruilvoorstel) -> Sentence:
    names = load_gemeenten().naam
    gains = [_gain_said(w) for w in one.winst if w.verschil] or [_ONLY_TOGETHER]
    told = _SWAP.fill(giver=str(names[one.van]), taker=str(names[one.naar]), n=one.personen, gains=joined(gains))
    lists = ((one.gekoppeld, _LINKED), (one.banen_behouden, _KEPT), (one.banen_verloren, _LOST))
    further = [said.fill(names=_listed(keys)) for keys, said in lists if keys]
    return joined([told, *further, *([_OTHERS.fill(n=one.anders)] if one.anders else [])])


def _listed(keys: Sequence[str]) -> Sentence:
    return enumerate_words(list(keys), AND)


def _gain_said(one: Winst) -> Sentence:
    kind = LEVELS[one.niveau]
    change = Sentence(signed(one.verschil, kind.decimals), signed(one.verschil, kind.decimals, "en"))
    return _GAIN.fill(level=kind.label, change=change, unit=UNITS[kind.eenheid])


def _open_said(found: Gevonden) -> Sentence:
    levels = [_bound_said(one) for one in found.niveaus if one.grens != one.daarna and one.grens < float("inf")]
    return _OPEN.fill(most=found.hoogstens, n=found.stappen, levels=joined(levels[:1]))


def _bound_said(one: Stand) -> Sentence:
    kind = LEVELS[one.niveau]
    bound = Sentence(number(one.grens, kind.decimals), number(one.grens, kind.decimals, "en"))
    return _AT_MOST.fill(level=kind.label, bound=bound, unit=UNITS[kind.eenheid])


def swaps_as_json(found: Gevonden) -> dict[str, Any]:
    """Return what was found, ready for JSON; municipalities are CBS codes, an unknown bound is null."""
    code = load_gemeenten().code
    return {
        "hoogstens": found.hoogstens,
        "bewezen": found.bewezen,
        "bewezen_tot": found.bewezen_tot,
        "niveaus": [{**asdict(one), "grens": one.grens if one.grens < float("inf") else None} for one in found.niveaus],
        "ruilen": [{**asdict(one), "van": str(code[one.van]), "naar": str(code[one.naar])} for one in found.ruilen],
        "stappen": found.stappen,
    }
