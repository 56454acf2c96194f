"""The first run on a machine compiles the loops of the search: people are told why they wait."""

from geodata.wording import Sentence
from optimizer.pipeline.orders import Listener
from optimizer.solve.run.compiled import tell_when_compiling

_FIRST = Sentence(
    "De eerste keer maakt het programma zijn rekenlussen klaar. Dat duurt ongeveer een minuut en hoeft maar één keer.",
    "The first time the program prepares its calculating loops. That takes about a minute, and is needed only once.",
)


def explain_the_wait(listener: Listener) -> None:
    """Have the listener told, once and only if it is so, that this run takes longer than later ones."""
    tell_when_compiling(lambda: listener.say(_FIRST))
