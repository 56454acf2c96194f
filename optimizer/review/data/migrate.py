"""The database brought to the newest form, or back, one migration at a time."""

from importlib.resources import files

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from geodata.wording import Sentence
from optimizer.errors import Gebruiksfout
from optimizer.review.data.tables import Base

_OLD = Sentence(
    "De database heeft niet de vorm van dit programma ({found}, nodig {wanted}). Geef: koppelwijzer review migreer.",
    "The database has another form than this program ({found}, needed {wanted}). Give: koppelwijzer review migreer.",
)


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring a database to a form; ``base`` takes every table away."""
    config = _config()
    with engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        config.attributes["connection"] = connection
        now = MigrationContext.configure(connection).get_current_revision()
        if to in ("head", "heads") or now is None or _is_later(to, now):
            command.upgrade(config, to)
        else:
            command.downgrade(config, to)


def revisions() -> list[str]:
    """Return every form that a database may have, first one first."""
    return [script.revision for script in reversed(list(ScriptDirectory.from_config(_config()).walk_revisions()))]


def form(engine: Engine) -> str | None:
    """Return the form that a database has; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def refuse_other_form(engine: Engine) -> None:
    """Raise Gebruiksfout when the database must be migrated first."""
    found, wanted = form(engine), revisions()[-1]
    if found != wanted:
        raise Gebruiksfout(*_OLD.fill(found=found or "-", wanted=wanted))


def differences(engine: Engine) -> list[object]:
    """Return what differs between a database and the tables that the program knows; nothing after `migrate`."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("optimizer.review.data") / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def _is_later(to: str, now: str) -> bool:
    if to == "base":
        return False
    order = revisions()
    return order.index(to) >= order.index(now)
