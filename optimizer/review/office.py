"""What every page has at hand: the settings, the database, the keys, the clock and what was in force in each round."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Engine

from optimizer.review.clock import Clock, now
from optimizer.review.data.engine import connect
from optimizer.review.data.seal import Sealer
from optimizer.review.rounds.opened import Rounds
from optimizer.review.settings import Settings


@dataclass(frozen=True)
class Office:
    """One installation at work.

    Attributes
    ----------
    settings
        As it was set.
    engine
        The database, migrated.
    clock
        What tells the time.
    """

    settings: Settings
    engine: Engine
    clock: Clock = now

    @cached_property
    def sealer(self) -> Sealer:
        """Makes and opens the keys of cases."""
        return Sealer(self.settings.secret.get_secret_value())

    @cached_property
    def rounds(self) -> Rounds:
        """What was in force in the rounds."""
        return Rounds(self.engine)


def open_office(settings: Settings, clock: Clock = now) -> Office:
    """Open an installation by its settings; its database must have been migrated."""
    return Office(settings, connect(settings.database), clock)
