"""The judge of bounds: computes the bound of every level again from its certificate, in exact whole numbers.

Own code: no solver, no floating point, nothing of the package that made the bounds. Written from docs/bewijs.md; the
numbers of the steps below are those of that page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.wording import Sentence

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

LARGEST = 2**62
WORD = ("SCIP", "HiGHS", "branch", "none")
NEVER = -(2**62)  # a pair or a filling that is not allowed


@dataclass(frozen=True, eq=False)
class Question:
    """What was asked, in whole numbers.

    Attributes
    ----------
    values
        One matrix [households, gemeenten] a level, most important first.
    persons, opgave, allowed
        [households], [gemeenten] and [households, gemeenten].
    use, capacity
        [households, K] and [gemeenten, K].
    region, ceiling
        [gemeenten], -1 without a ceiling, and [regions].
    counted
        [households], persons that count against a ceiling; None: all.
    leeway
        For each level what later ones may give up of it: a share and whole units; empty: nothing of any.
    """

    values: Sequence[Ints]
    persons: Ints
    opgave: Ints
    allowed: Bools
    use: Ints
    capacity: Ints
    region: Ints
    ceiling: Ints
    leeway: Sequence[tuple[Fraction, int]] = ()
    counted: Ints | None = None

    @property
    def over(self) -> Ints:
        """[households], persons that count against the ceiling of a region."""
        return self.persons if self.counted is None else self.counted


@dataclass(frozen=True)
class Verdict:
    """What was found about one level: certified, on somebody's word (``word``), or wrong (``faults``).

    Attributes
    ----------
    name, value, bound
        The level, what the answer is worth, and the bound that is claimed.
    proven
        The least bound that was computed again; above ``bound`` where that is somebody's word, None without any.
    """

    name: str
    value: int
    bound: int
    proven: int | None = None
    word: str = ""
    faults: tuple[Sentence, ...] = ()

    @property
    def certified(self) -> bool:
        """True when the bound was computed again and holds."""
        return not self.word and not self.faults


@dataclass(eq=False)
class Face:
    """The answers that reach all earlier levels: step 3."""

    allowed: Bools
    must: Bools
    full: Bools
    kept: list[tuple[Ints, int]] = field(default_factory=list)


class Refused(Exception):
    """A certificate that cannot be read, or proves less than it says; the sentence says which."""

    def __init__(self, nl: str, en: str) -> None:
        self.sentence = Sentence(nl, en)
        super().__init__(en)


_UNREADABLE = Sentence("het bewijs is niet te lezen", "the certificate cannot be read")
_TOO_LARGE = ("de getallen zijn te groot om precies op te tellen", "the numbers are too large to be added up exactly")


def check_answer(question: Question, gemeente: Ints) -> list[Sentence]:
    """Return what is wrong with an answer [households]; step 1."""
    linked = np.flatnonzero(gemeente >= 0)
    to = gemeente[linked]
    if gemeente.shape != question.persons.shape or (to >= question.opgave.size).any() or (gemeente < -1).any():
        return [
            Sentence(
                "het antwoord noemt niet voor elk huishouden een gemeente of geen",
                "the answer does not name one gemeente or none for every household",
            )
        ]
    wrong = []
    if not question.allowed[linked, to].all():
        wrong.append(
            Sentence("een huishouden is gekoppeld waar dat niet mag", "a household is linked where it may not be")
        )
    load = np.zeros_like(question.opgave)
    np.add.at(load, to, question.persons[linked])
    used = np.zeros_like(question.capacity)
    np.add.at(used, to, question.use[linked])
    of_region = np.zeros_like(question.ceiling)
    inside = question.region[to] >= 0
    np.add.at(of_region, question.region[to[inside]], question.over[linked[inside]])
    if (load > question.opgave).any():
        wrong.append(Sentence("een opgave is overschreden", "an opgave is exceeded"))
    if (used > question.capacity).any():
        wrong.append(Sentence("een andere ruimte is overschreden", "a further capacity is exceeded"))
    if (of_region > question.ceiling).any():
        wrong.append(Sentence("een plafond is overschreden", "a ceiling is exceeded"))
    return wrong


def check_levels(question: Question, gemeente: Ints, certificates: Sequence[dict[str, Any]]) -> list[Verdict]:
    """Judge the certificate of every level against the answer [households]; docs/bewijs.md."""
    certificates = [one if isinstance(one, dict) else {} for one in certificates]
    wrong = check_answer(question, gemeente)
    turns = in_turn(question)
    if wrong or len(certificates) != len(turns):
        wrong = wrong or [
            Sentence("er is niet voor elk niveau een bewijs", "there is not one certificate for every level")
        ]
        return [Verdict(str(one.get("niveau")), 0, 0, faults=tuple(wrong)) for one in certificates] or [
            Verdict("", 0, 0, faults=tuple(wrong))
        ]
    question = replace(question, opgave=np.minimum(question.opgave, int(question.persons.sum())))
    face = Face(alone_it_fits(question), np.zeros(gemeente.size, bool), np.zeros(question.opgave.size, bool))
    linked = np.flatnonzero(gemeente >= 0)
    verdicts = []
    for (value, leeway), certificate in zip(turns, certificates, strict=True):
        reached = int(value[linked, gemeente[linked]].sum())
        name = str(certificate.get("niveau"))
        kept = reached
        try:
            best, kept = turn_of(certificate, reached, leeway)
            word, proven = check_level(question, face, value, best, kept, certificate)
            verdicts.append(Verdict(name, reached, int(certificate["grens"]), proven, word))
        except Refused as reason:
            verdicts.append(Verdict(name, reached, 0, faults=(reason.sentence,)))
        except (KeyError, TypeError, ValueError, OverflowError, IndexError):
            verdicts.append(Verdict(name, reached, 0, faults=(_UNREADABLE,)))
            # What was not proven of this level excludes nothing in later ones.
        face.kept.append((value, kept))
    return verdicts


def in_turn(question: Question) -> list[tuple[Ints, tuple[Fraction, int] | None]]:
    """Return the levels in the order of their certificates, each with its leeway; step 5.

    A level that leaves some comes once more after the last one, and then leaves none; of the last one nothing is given
    up. A lottery, one matrix more than there are leeways, stays last.
    """
    leeway = list(question.leeway)
    given = len(leeway) or len(question.values)
    leaves = [any(one) and k < given - 1 for k, one in enumerate(leeway)] or [False] * given
    first = [(question.values[k], leeway[k] if leaves[k] else None) for k in range(given)]
    again = [(question.values[k], None) for k in range(given) if leaves[k]]
    return [*first, *again, *((value, None) for value in question.values[given:])]


def turn_of(certificate: dict[str, Any], reached: int, leeway: tuple[Fraction, int] | None) -> tuple[int, int]:
    """Return what a level reached in its turn, and what was kept of it; the answer keeps that; step 5."""
    best = whole(certificate["waarde"])
    if leeway is None:
        if best != reached:
            raise Refused("de waarde is niet die van het antwoord", "the value is not that of the answer")
        return best, best
    share, units = leeway
    kept = best - units - floor(share * abs(best))
    if reached < kept:
        raise Refused(
            f"het antwoord haalt {reached}; van {best} moet met de speelruimte {kept} overblijven",
            f"the answer reaches {reached}; of {best} with its room {kept} must be left",
        )
    return best, kept


def alone_it_fits(question: Question) -> Bools:
    """[households, gemeenten], True for the allowed pairs that fit when nobody else is linked; step 1."""
    fits: Bools = question.allowed & (question.persons[:, None] <= question.opgave)
    fits &= (question.use[:, None, :] <= question.capacity[None, :, :]).all(axis=2)
    inside = question.region >= 0
    fits[:, inside] &= question.over[:, None] <= question.ceiling[question.region[inside]]
    return fits


def check_level(
    question: Question, face: Face, value: Ints, reached: int, kept: int, certificate: dict[str, Any]
) -> tuple[str, int | None]:
    """Judge one level, and narrow the face down to answers that keep it.

    Return whose word it rests on, or nothing, and the least bound that was computed again.
    """
    claimed, kind = whole(certificate["grens"]), certificate["soort"]
    if claimed < reached:
        raise Refused("de grens ligt onder de waarde", "the bound lies below the value")
    views = [read_view(question, face, value, one) for one in certificate["prijzen"]]
    bounds = [view.total // view.scale for view in views]
    if kind in WORD:
        word = kind
    elif kind == "tree":
        if claimed != reached or not views:
            raise Refused(
                "een boom bewijst alleen dat niets beter is dan het antwoord, vanuit de prijzen van een zicht",
                "a tree proves that nothing is better than the answer, from the prices of a view",
            )
        climb(question, face, value, reached, views[-1], certificate["boom"])
        word = ""
    elif kind in ("prices", "knapsacks"):
        if not bounds or min(bounds) > claimed:
            raise Refused(
                f"de prijzen bewijzen hoogstens {min(bounds, default='niets')}, niet {claimed}",
                f"the prices prove at most {min(bounds, default='nothing')}, not {claimed}",
            )
        word = ""
    else:
        raise Refused("dit soort bewijs bestaat niet", "there is no such kind of certificate")
    for view in views:
        narrow(face, view, kept)
    proven = reached if kind == "tree" else min(bounds, default=None)
    return str(word), None if proven is None else max(proven, reached)


@dataclass(eq=False)
class Seen:
    """A view with what its prices give.

    ``worth`` [households, gemeenten] is the value, weights included, in scaled units with regions and resources paid,
    `NEVER` where not allowed; ``total`` the scaled bound; ``lost`` [households, gemeenten] and ``alone`` [households]
    what a pair, and staying unlinked, lose of it; ``place`` [gemeenten] the prices of the places, None for (10).
    """

    scale: int
    worth: Ints
    constant: int
    total: int
    lost: Ints
    alone: Ints
    place: Ints | None


def read_view(question: Question, face: Face, value: Ints, plain: dict[str, Any]) -> Seen:
    """Compute the bound of a view; steps 2a and 2b."""
    scale = whole(plain["schaal"])
    place, region = numbers(plain["plaats"], question.opgave.shape), numbers(plain["regio"], question.ceiling.shape)
    resource = numbers(plain["middel"], question.capacity.shape)
    weights = [whole(weight) for weight in plain["gewichten"]]
    if scale < 1 or len(weights) != len(face.kept):
        raise Refused(
            "nodig zijn een schaal van minstens 1 en een gewicht voor elk eerder niveau",
            "a scale of at least 1 and a weight for every earlier level are needed",
        )
    if (region < 0).any() or (resource < 0).any() or min(weights, default=0) < 0 or (place[~face.full] < 0).any():
        raise Refused(
            "een prijs of een gewicht is negatief waar dat niet mag",
            "a price or a weight is negative where it may not be",
        )
    bounded(question, face, value, scale, place, region, resource, weights)
    worth = scale * value.astype(np.int64)
    for weight, (kept, _) in zip(weights, face.kept, strict=True):
        worth = worth + weight * kept.astype(np.int64)
    of_region = np.where(question.region >= 0, np.append(region, 0)[question.region], 0)
    worth = worth - question.over[:, None] * of_region - question.use @ resource.T
    worth = np.where(face.allowed, worth, NEVER)
    constant = int((region * question.ceiling).sum() + (resource * question.capacity).sum())
    constant -= sum(weight * floor for weight, (_, floor) in zip(weights, face.kept, strict=True))
    if plain["huishoudens"] is None:
        return by_places(question, face, scale, worth, constant, place)
    price = prices_of_households(plain["huishoudens"], face)
    return by_households(question, scale, worth, constant, price)


def prices_of_households(plain: object, face: Face) -> Ints:
    """Read the prices of households: not below zero for who may stay unlinked, and small enough to be added up."""
    price = numbers(plain, face.must.shape)
    if (price[~face.must] < 0).any():
        raise Refused(
            "de prijs van een huishouden dat ongekoppeld mag blijven is negatief",
            "the price of a household that may stay unlinked is negative",
        )
    if sum(abs(one) for one in price.tolist()) >= LARGEST // 4:
        raise Refused(*_TOO_LARGE)
    return price


def by_places(question: Question, face: Face, scale: int, worth: Ints, constant: int, place: Ints) -> Seen:
    """Let every household choose its best place at the prices of the places; step 2a."""
    term = np.where(worth > NEVER, worth - question.persons[:, None] * place, NEVER)
    best = term.max(axis=1, initial=NEVER)
    best = np.where(face.must, best, np.maximum(best, 0))
    if (best == NEVER).any():
        raise Refused(
            "een huishouden dat gekoppeld moet worden heeft geen plek", "a household that must be linked has no place"
        )
    total = int(best.sum()) + int((place * question.opgave).sum()) + constant
    lost = np.where(term > NEVER, best[:, None] - term, LARGEST)
    return Seen(scale, worth, constant, total, lost, best, place)


def by_households(question: Question, scale: int, worth: Ints, constant: int, price: Ints) -> Seen:
    """Let every gemeente fill itself with the best households at their prices; step 2b."""
    total, lost = int(price.sum()) + constant, np.full(worth.shape, LARGEST, dtype=np.int64)
    for g in range(question.opgave.size):
        able = np.flatnonzero((worth[:, g] > NEVER) & (question.persons <= question.opgave[g]))
        gain = worth[able, g] - price[able]
        size = question.persons[able]
        best, forced = filled(gain, size, int(question.opgave[g]))
        total += best
        lost[able, g] = best - forced
    return Seen(scale, worth, constant, total, lost, price, None)


def filled(gain: Ints, size: Ints, room: int) -> tuple[int, Ints]:
    """Return the most that households earn in so many places, and the most with each of them inside."""
    useful = np.flatnonzero(gain > 0)
    count = useful.size
    ahead = np.zeros((count + 1, room + 1), dtype=np.int64)
    behind = np.zeros((count + 1, room + 1), dtype=np.int64)
    for i, k in enumerate(useful.tolist()):
        ahead[i + 1] = with_one(ahead[i], int(gain[k]), int(size[k]))
    for i in range(count - 1, -1, -1):
        k = int(useful[i])
        behind[i] = with_one(behind[i + 1], int(gain[k]), int(size[k]))
    best = ahead[count]
    forced = gain + best[room - size]
    for i, k in enumerate(useful.tolist()):
        rest = room - int(size[k])
        forced[k] = gain[k] + int((ahead[i, : rest + 1] + behind[i + 1, rest::-1]).max())
    return int(best[room]), forced


def with_one(best: Ints, gain: int, size: int) -> Ints:
    """Return the most earned with one household more to choose from."""
    out = best.copy()
    if size < out.size:
        out[size:] = np.maximum(out[size:], best[: out.size - size] + gain)
    return out


def narrow(face: Face, view: Seen, reached: int) -> None:
    """Exclude what no answer uses that reaches the level: it loses more than lies between bound and value; step 3."""
    slack = view.total - view.scale * reached
    face.allowed &= view.lost <= slack
    face.must |= view.alone > slack
    if view.place is not None:
        face.full |= view.place > slack


@dataclass(eq=False)
class Node:
    """What is decided at a node of a tree: pairs that may still be used, households not decided, room, worth so far."""

    alive: list[list[int]]
    free: Bools
    place: Ints
    capacity: Ints
    ceiling: Ints
    decided: int
    link: Ints


def climb(question: Question, face: Face, value: Ints, reached: int, view: Seen, tree: list[dict[str, Any]]) -> None:
    """Follow a tree: every node must be closed or split; step 4."""
    target = view.scale * (reached + 1) - 1  # the most, in scaled units, of an answer that is not better
    alive = [
        [int(h) for h in np.flatnonzero(view.worth[:, g] > NEVER) if view.lost[h, g] <= view.total - target]
        for g in range(question.opgave.size)
    ]
    nobody = np.full(question.persons.size, -1)
    root = Node(
        alive,
        np.ones(question.persons.size, bool),
        question.opgave.copy(),
        question.capacity.copy(),
        question.ceiling.copy(),
        view.constant,
        nobody,
    )
    waiting, steps = [root], iter(tree)
    while waiting:
        node = waiting.pop()
        step = next(steps, None)
        if step is None:
            raise Refused("de boom eindigt voor elke knoop dicht is", "the tree ends before every node is closed")
        h, g = (whole(part) for part in step["paar"])
        price = prices_of_households(step["huishoudens"], face)
        if closes(question, face, value, reached, view, target, price, node):
            if h != -1:
                raise Refused("een knoop die dicht is wordt gesplitst", "a node is split that is closed")
            continue
        if not (0 <= h < price.size and 0 <= g < question.opgave.size and node.free[h] and h in node.alive[g]):
            raise Refused(
                "een knoop is niet dicht, en het paar waarop hij splitst is er niet",
                "a node is not closed, and the pair that it is split on is not there",
            )
        waiting += [without(node, h, g), linked_along(question, view, copied(node), h, g)]
    if next(steps, None) is not None:
        raise Refused("de boom gaat door nadat elke knoop dicht is", "the tree goes on after every node is closed")


def closes(
    question: Question, face: Face, value: Ints, reached: int, view: Seen, target: int, price: Ints, node: Node
) -> bool:
    """Tell whether no answer of a node is better than the target; else drop and link what follows; steps 4a to 4c."""
    tables = [table_of(question, view, price, node, g) for g in range(question.opgave.size)]
    total = node.decided + int(price[node.free].sum()) + sum(int(best[-1]) for best in tables)
    if total <= target:
        return True
    slack = total - target
    for g, best in enumerate(tables):
        node.alive[g] = [
            h
            for h in node.alive[g]
            if fits(question, node, h, g)
            and best[-1] - (view.worth[h, g] - price[h]) - best[node.place[g] - question.persons[h]] <= slack
        ]
    if not follow(question, face, view, price, node, slack):
        return True
    if node.free.any():
        return False
    return decided_is_no_better(face, value, reached, node)


def table_of(question: Question, view: Seen, price: Ints, node: Node, g: int) -> list[int]:
    """Return the most that the households of a node earn in 0, 1, .. places of a gemeente; step 4a."""
    best = [0] * (int(node.place[g]) + 1)
    for h in node.alive[g]:
        gain, size = int(view.worth[h, g] - price[h]), int(question.persons[h])
        if gain > 0:
            for room in range(len(best) - 1, size - 1, -1):
                best[room] = max(best[room], best[room - size] + gain)
    return best


def fits(question: Question, node: Node, h: int, g: int) -> bool:
    """Tell whether a household still fits."""
    r = question.region[g]
    size = question.persons[h]
    return bool(
        size <= node.place[g]
        and (question.use[h] <= node.capacity[g]).all()
        and (r < 0 or question.over[h] <= node.ceiling[r])
    )


def follow(question: Question, face: Face, view: Seen, price: Ints, node: Node, slack: int) -> bool:
    """Link households with one place left that must have it, leave those with none; False: it cannot be; step 4c."""
    again = True
    where: list[set[int]] = [set() for _ in range(price.size)]
    for g, households in enumerate(node.alive):
        for h in households:
            where[h].add(g)
    while again:
        again = False
        for h in np.flatnonzero(node.free).tolist():
            able = [g for g in sorted(where[h]) if h in node.alive[g] and fits(question, node, h, g)]
            needed = bool(face.must[h]) or int(price[h]) > slack
            if not able and needed:
                return False
            if not able:
                node.free[h] = False
            elif len(able) == 1 and needed:
                linked_along(question, view, node, h, able[0])
                again = True
    return True


def decided_is_no_better(face: Face, value: Ints, reached: int, node: Node) -> bool:
    """Tell whether the one answer of a node lacks an earlier level, or is worth no more than the answer; step 4d."""
    linked = np.flatnonzero(node.link >= 0)
    to = node.link[linked]
    lacks = any(int(kept[linked, to].sum()) < floor for kept, floor in face.kept)
    return lacks or int(value[linked, to].sum()) <= reached


def copied(node: Node) -> Node:
    """Return a node of its own."""
    return Node(
        [list(households) for households in node.alive],
        node.free.copy(),
        node.place.copy(),
        node.capacity.copy(),
        node.ceiling.copy(),
        node.decided,
        node.link.copy(),
    )


def without(node: Node, h: int, g: int) -> Node:
    """Return the node without a pair."""
    out = copied(node)
    out.alive[g].remove(h)
    return out


def linked_along(question: Question, view: Seen, node: Node, h: int, g: int) -> Node:
    """Link a household at a node."""
    node.free[h], node.link[h] = False, g
    for households in node.alive:
        if h in households:
            households.remove(h)
    node.place[g] -= question.persons[h]
    node.capacity[g] -= question.use[h]
    if question.region[g] >= 0:
        node.ceiling[question.region[g]] -= question.over[h]
    node.decided += int(view.worth[h, g])
    return node


def whole(given: object) -> int:
    """Return a whole number as it is; anything else, also a truth value or a float, is refused."""
    if not isinstance(given, int) or isinstance(given, bool):
        raise Refused("er staat iets anders dan een heel getal", "something else than a whole number stands there")
    return given


def _of_shape(shape: tuple[int, ...]) -> tuple[str, str]:
    size = " x ".join(map(str, shape))
    return f"nodig zijn hele getallen van {size}", f"whole numbers of {size} are needed"


def numbers(given: object, shape: tuple[int, ...]) -> Ints:
    """Return whole numbers of a shape."""
    if not isinstance(given, list):
        raise Refused(*_of_shape(shape))
    flat = [one for row in given for one in (row if isinstance(row, list) else [row])]
    if len(flat) != int(np.prod(shape)) or len(given) != shape[0]:
        raise Refused(*_of_shape(shape))
    if any(abs(whole(one)) >= LARGEST for one in flat):
        raise Refused(*_TOO_LARGE)
    return np.array(flat, dtype=np.int64).reshape(shape)


def bounded(
    question: Question,
    face: Face,
    value: Ints,
    scale: int,
    place: Ints,
    region: Ints,
    resource: Ints,
    weights: list[int],
) -> None:
    """Refuse numbers whose sums could leave 63 bits."""

    def largest(array: Ints) -> int:
        return max(abs(int(array.max(initial=0))), abs(int(array.min(initial=0))))

    each = scale * largest(value) + sum(w * largest(kept) for w, (kept, _) in zip(weights, face.kept, strict=True))
    per_person = largest(place) + largest(region)
    per_unit = largest(resource) * max(1, question.use.shape[1]) * max(largest(question.use), 1)
    each += per_person * largest(question.persons) + per_unit
    everybody = per_person * int(question.opgave.sum()) + largest(region) * int(question.ceiling.sum())
    everybody += largest(resource) * int(question.capacity.sum())
    everybody += sum(w * abs(floor) for w, (_, floor) in zip(weights, face.kept, strict=True))
    if 4 * (each * max(1, question.persons.size) + everybody) >= LARGEST:
        raise Refused(*_TOO_LARGE)
