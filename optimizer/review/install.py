"""An installation made ready: its settings, its database in the newest form, and the made-up people of a trial."""

import datetime
import secrets
from pathlib import Path

from optimizer.review.clock import Clock, day_of, end_of_day, now
from optimizer.review.data.engine import writing
from optimizer.review.data.migrate import migrate
from optimizer.review.office import Office, open_office
from optimizer.review.settings import Settings, sqlite_url
from optimizer.review.who import users
from optimizer.review.who.demo import DEMO_USERS

#: Names in the folder of a trial.
_DATABASE, _SECRET = "koppelwijzer.sqlite3", "geheim.txt"


def demo_settings(folder: Path, given: Settings | None = None) -> Settings:
    """Return the settings of a trial: SQLite in a folder, and a secret that stays there.

    Parameters
    ----------
    folder
        Where the trial keeps everything.
    given
        Other settings; what they do not name, a database or a secret, the trial keeps in the folder.
    """
    base = given or Settings(mode="demo")
    if base.database and base.secret.get_secret_value():
        return base.model_copy(update={"mode": "demo"})
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / _SECRET
    if not place.is_file():
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    kept = type(base.secret)(place.read_text(encoding="utf-8").strip())
    return base.model_copy(
        update={
            "mode": "demo",
            "database": base.database or sqlite_url((folder / _DATABASE).resolve()),
            "secret": base.secret if base.secret.get_secret_value() else kept,
        }
    )


def prepared(settings: Settings, clock: Clock = now) -> Office:
    """Migrate the database of an installation and open it; a trial gets its people."""
    office = open_office(settings, clock)
    migrate(office.engine)
    if settings.is_demo:
        with writing(office.engine) as session:
            for who in DEMO_USERS.values():
                users.keep(session, who, office.clock())
    return office


def deadline(office: Office, day: datetime.date | None = None) -> datetime.datetime:
    """Return the last moment to answer: the end of a day, or of the day that the settings give from today."""
    chosen = day or day_of(office.clock()) + datetime.timedelta(days=office.settings.answer_days)
    return end_of_day(chosen)
