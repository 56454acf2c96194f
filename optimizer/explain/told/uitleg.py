"""Why one household is where it is: parts with codes and values, from a finished case; ``uitleg_words`` says them.

Report, command and application say the same because they say the same parts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geodata.wording import Sentence
from optimizer.domain.kansdelen import Kansdelen
from optimizer.explain.told.alternatives import alternatives
from optimizer.explain.told.closed import Openness, openness
from optimizer.explain.told.decided import decided, decided_in_words
from optimizer.explain.told.exceptions import exceptions
from optimizer.explain.told.reasons import reasons
from optimizer.explain.told.shortage import Shortage, shortages
from optimizer.explain.told.worth import Baandeel, Niveauwaarde, best, jobs_in, points_in, values, with_room
from optimizer.model import Case
from optimizer.model.turns import turn_order

#: Alternatives that are shown: as many as in ``voorstel.csv``.
ALTERNATIVES = 3
#: Turns a text for the COA into one for others.
Shield = Callable[[str], str]


@dataclass(frozen=True, eq=False)
class Uitleg:
    """Everything that explains one household.

    Attributes
    ----------
    huishouden, personen
        Key and size.
    gemeente
        Row of the municipality, or -1.
    status
        ``voorgesteld``, ``vastgezet`` or ``niet_gekoppeld``.
    gronden
        Kinds of its hard grounds that count, in order of precedence.
    beleid, methode
        Name and method of the policy.
    reden
        As in ``voorstel.csv``.
    open
        Where it may go, and which rules close every other municipality.
    vrij
        Where it may go and there is room beside everybody else, bool [G].
    alternatieven
        The best other municipalities (rows): with room beside everybody else; where the household is not linked the
        best that it may go to, full or not.
    niveaus
        What each level gives.
    beurt
        Its turn, counted from 1, among those whom nobody fixed, and how many they are; None where no order decides.
    seed
        Of the lottery.
    banen, punten
        Its jobs and the parts of its soft points, by row of a municipality: here and the alternatives.
    kans
        The chance of work of its adults, taken apart.
    tekort
        Why it is not linked; None where it is.
    uitzonderingen
        What makes it an exception: kind and sentence, as in ``uitzonderingen.csv``.
    bekend
        Share of the jobs known in time.
    """

    huishouden: str
    personen: int
    gemeente: int
    status: str
    gronden: tuple[str, ...]
    beleid: str
    methode: str
    reden: Sentence
    open: Openness
    vrij: npt.NDArray[np.bool_]
    alternatieven: tuple[int, ...]
    niveaus: tuple[Niveauwaarde, ...]
    beurt: tuple[int, int] | None
    seed: int
    banen: Mapping[int, tuple[Baandeel, ...]]
    punten: Mapping[int, Mapping[str, int]]
    kans: tuple[Kansdelen, ...]
    tekort: Shortage | None
    uitzonderingen: tuple[tuple[str, Sentence], ...]
    bekend: float

    @property
    def plekken(self) -> tuple[int, ...]:
        """The municipalities that are compared (rows): here, if anywhere, and the alternatives."""
        return (*((self.gemeente,) if self.gemeente >= 0 else ()), *self.alternatieven)

    def shielded(self, ground: Shield, text: Shield) -> "Uitleg":
        """Return the same for others than the COA: private grounds cannot be read.

        Parameters
        ----------
        ground, text
            What turns kinds of ground (joined by ``+``) and sentences into what others may read.
        """

        def shield(sentence: Sentence) -> Sentence:
            return Sentence(text(sentence.nl), text(sentence.en))

        gesloten = {g: tuple(rule.shielded(text) for rule in rules) for g, rules in self.open.gesloten.items()}
        tekort = self.tekort
        return replace(
            self,
            gronden=tuple(ground("+".join(self.gronden)).split("+")) if self.gronden else (),
            reden=shield(self.reden),
            open=replace(self.open, gesloten=gesloten),
            tekort=tekort and tekort.shielded(shield),
            uitzonderingen=tuple((kind, shield(zin)) for kind, zin in self.uitzonderingen),
        )


def explain_household(case: Case, household: int, kans: Sequence[Kansdelen]) -> Uitleg:
    """Explain one household of a finished case.

    Parameters
    ----------
    case
        The case.
    household
        Row of the household.
    kans
        The chance of work of its adults, taken apart.
    """
    facts, to, problem = case.facts, case.answer.gemeente, case.problem
    here, fixed = int(to[household]), bool(facts.vastgezet[household] >= 0)
    found = openness(problem, household)
    free = found.toegestaan & with_room(problem, to, household)
    others = np.arange(free.size) != here
    elsewhere = best(problem, household, (free if here >= 0 else found.toegestaan) & others, ALTERNATIVES)
    compared = ([here] if here >= 0 else []) + elsewhere
    order = list(case.parameters["gronden/volgorde"])
    mine = facts.gronden.soort[facts.gronden.huishouden == household].tolist()
    return Uitleg(
        huishouden=str(facts.huishoudens[household]),
        personen=int(case.batch.huishoudens["aantal_personen"].to_numpy(np.int64)[household]),
        gemeente=here,
        status="vastgezet" if fixed else "voorgesteld" if here >= 0 else "niet_gekoppeld",
        gronden=tuple(dict.fromkeys(order[kind] for kind in mine)),
        beleid=case.beleid.naam,
        methode=case.beleid.methode,
        reden=reasons(case, decided_in_words(case, decided(case, alternatives(case.instance, to))))[household],
        open=found,
        vrij=free,
        alternatieven=tuple(elsewhere),
        niveaus=values(problem, household, here, elsewhere),
        beurt=_turn(case, household) if case.beleid.methode == "volgorde" and not fixed else None,
        seed=facts.seed,
        banen={g: jobs_in(case, household, g) for g in compared},
        punten={g: points_in(problem, household, g) for g in compared},
        kans=tuple(kans),
        tekort=_shortage(case, household) if here < 0 else None,
        uitzonderingen=_exceptions(case, household),
        bekend=facts.bekend,
    )


def _exceptions(case: Case, household: int) -> tuple[tuple[str, Sentence], ...]:
    found = exceptions(case.facts, case.answer.gemeente, case.beleid, case.parameters)
    mine = found[found["huishouden_id"] == case.facts.huishoudens[household]]
    return tuple((str(kind), zin) for kind, zin in zip(mine["soort"], mine["toelichting"], strict=True))


def _turn(case: Case, household: int) -> tuple[int, int]:
    order = turn_order(case.facts)
    queue = order[case.facts.vastgezet[order] < 0]
    return int(np.flatnonzero(queue == household)[0]) + 1, queue.size


def _shortage(case: Case, household: int) -> Shortage:
    found = shortages(case.instance, case.facts, case.answer.gemeente, case.eisen, case.parameters)
    return found[household]
