"""What would happen if ..., in sentences: a rule that forbids it, or what it costs and whom it moves."""

from geodata.wording import Sentence, enumerate_words, joined, signed
from optimizer.domain.levels import LEVELS
from optimizer.domain.terms import UNITS
from optimizer.explain.told.places import AND
from optimizer.explain.told.uitleg_words import Alinea, level_value, naam
from optimizer.explain.told.whatif import Kosten, Verhuizing, WatAls
from optimizer.rules.parameters import Parameters
from optimizer.rules.parameters.bron import bron

_WHY_NOT = Sentence("Waarom niet {name}?", "Why not {name}?")
_FORBIDDEN = Sentence("{rule} (bron: {source})", "{rule} (source, in Dutch: {source})")
_IS_THERE = Sentence("Dit huishouden gaat al naar {name}.", "This household goes to {name} already.")
_SOLVED = Sentence(
    "Het mag. Wij rekenden alles opnieuw uit met dit huishouden in {name}. Er is niets veranderd of besloten.",
    "It is allowed. Everything was worked out again with this household in {name}. Nothing was changed or decided.",
)
_ORDER = Sentence(
    "Het mag. Wij hielden in {name} een plek vrij en koppelden de anderen opnieuw een voor een. Er is niets veranderd "
    "of besloten.",
    "It is allowed. A place was kept in {name} and the others were linked one by one again. Nothing was changed or "
    "decided.",
)
_DRAW = Sentence(
    "Het mag. Wij hielden in {name} een plek vrij en deden dezelfde loting voor de anderen. Er is niets veranderd of "
    "besloten.",
    "It is allowed. A place was kept in {name} and the same lots were drawn for the others. Nothing was changed or "
    "decided.",
)
_AGAIN = {"optimaal": _SOLVED, "volgorde": _ORDER, "loting": _DRAW}
_FREE = Sentence(
    "Het kost niets: elk niveau blijft gelijk. Tussen deze gemeenten besliste de loting.",
    "It costs nothing: every level stays the same. Between these municipalities the lottery decided.",
)
_EQUAL = Sentence("Geen van de getallen verandert.", "None of the counts changes.")
_COST = Sentence("{change}{certain}.", "{change}{certain}.")
_PROVEN = Sentence(" (bewezen)", " (proven)")
_BETWEEN = Sentence(" (niet bewezen: tussen {least} en {most})", " (not proven: between {least} and {most})")
_NOBODY = Sentence("Geen ander huishouden verandert.", "No other household changes.")
_MOVES = Sentence(
    "{n} {n:ander huishouden verandert|andere huishoudens veranderen}{least}: {list}.",
    "{n} {n:other household changes|other households change}{least}: {list}.",
)
_LEAST = Sentence(", en minder kan niet", ", and fewer is not possible")
_MOVE = Sentence("{id} van {here} naar {there}", "{id} from {here} to {there}")
_WAITS = Sentence("nog geen gemeente", "no municipality yet")
_LOST = Sentence("Deze banen gaan erdoor verloren: {jobs}.", "These jobs are lost by it: {jobs}.")
_BACK = Sentence("Deze banen gaan dan niet verloren: {jobs}.", "These jobs are not lost then: {jobs}.")
_OPEN = Sentence(
    "Van deze banen is dan nog niets beslist: {jobs}.", "About these jobs nothing is decided then: {jobs}."
)
_CHANGE = Sentence("{level}: {change} {unit}", "{level}: {change} {unit}")
_ALONE = Sentence(
    "Het kan ook zonder dat iemand anders verandert. Dan is het verschil: {costs}.",
    "It is also possible without any change for others. Then the difference is: {costs}.",
)
_NOTHING = Sentence("niets", "nothing")
_NO_ROOM_ALONE = Sentence(
    "Zonder dat anderen veranderen is daar geen plek.", "Without a change for others there is no room there."
)
_STOPPED = Sentence(
    "Het zoeken stopte na {n} stappen. Met meer stappen (--work-limit) wordt het antwoord zekerder.",
    "The search stopped after {n} steps. With more steps (--work-limit) the answer becomes more certain.",
)
_NO_JOBS = Sentence("Er gaat geen baan door verloren.", "No job is lost by it.")


def what_if_in_sentences(what: WatAls, parameters: Parameters) -> Alinea:
    """Say what one what-if found."""
    name = naam(what.gemeente)
    head = _WHY_NOT.fill(name=name)
    if what.status == "verboden":
        rules = [_FORBIDDEN.fill(rule=rule.zin, source=bron(rule.regel, parameters)) for rule in what.regels]
        return Alinea(head, tuple(rules))
    if what.hier_al:
        return Alinea(head, (_IS_THERE.fill(name=name),))
    told = [_AGAIN[what.methode].fill(name=name), *_costs(what), _moves(what), *_jobs(what), *_alone(what)]
    return Alinea(head, (*told, *([] if what.bewezen else [_STOPPED.fill(n=what.stappen)])))


def _costs(what: WatAls) -> list[Sentence]:
    told = [_cost(one) for one in what.kosten if one.verschil or not one.bewezen]
    return told or [_FREE if what.methode == "optimaal" else _EQUAL]


def _cost(one: Kosten) -> Sentence:
    least, most = (level_value(one.niveau, value) for value in (one.minst, one.meest))
    certain = _PROVEN if one.bewezen else _BETWEEN.fill(least=least, most=most)
    return _COST.fill(change=_change(one), certain=certain)


def _alone(what: WatAls) -> list[Sentence]:
    """Say what it costs where nobody else changes, if that is not what was said already."""
    if not what.verhuizen_ook:
        return []
    if what.alleen is None:
        return [_NO_ROOM_ALONE]
    costs = [_change(one) for one in what.alleen if one.verschil]
    return [_ALONE.fill(costs=joined(costs, "; ") if costs else _NOTHING)]


def _change(one: Kosten) -> Sentence:
    kind = LEVELS[one.niveau]
    change = Sentence(signed(one.verschil, kind.decimals), signed(one.verschil, kind.decimals, "en"))
    return _CHANGE.fill(level=kind.label, change=change, unit=UNITS[kind.eenheid])


def _moves(what: WatAls) -> Sentence:
    if not what.verhuizen_ook:
        return _NOBODY
    least = _LEAST if what.minst_verhuizen and what.methode == "optimaal" else ""
    moves = enumerate_words([_move(one) for one in what.verhuizen_ook], AND)
    return _MOVES.fill(n=len(what.verhuizen_ook), least=least, list=moves)


def _move(one: Verhuizing) -> Sentence:
    here, there = (naam(g) if g >= 0 else _WAITS for g in (one.van, one.naar))
    return _MOVE.fill(id=one.huishouden, here=here, there=there)


def _jobs(what: WatAls) -> list[Sentence]:
    kinds = ((what.banen_verloren, _LOST), (what.banen_terug, _BACK), (what.banen_onbeslist, _OPEN))
    told = [said.fill(jobs=joined([Sentence(j, j) for j in jobs], ", ")) for jobs, said in kinds if jobs]
    return told if what.banen_verloren else [_NO_JOBS, *told]
