"""Migrations go forth and back on a database with a round in it, and end where the program expects."""

import pytest
from sqlalchemy import func, select

from optimizer.errors import Gebruiksfout
from optimizer.review.data import trail
from optimizer.review.data.engine import connect, reading
from optimizer.review.data.migrate import differences, form, migrate, refuse_other_form, revisions
from optimizer.review.data.tables import Spoor, Zaak
from optimizer.review.office import Office
from tests.review.conftest import Round


def test_the_migrations_make_what_the_tables_say(database: str) -> None:
    engine = connect(database)
    migrate(engine)
    assert form(engine) == revisions()[-1]
    assert differences(engine) == []
    migrate(engine, "base")
    assert form(engine) is None
    engine.dispose()


def test_every_form_can_be_reached_from_every_other_with_a_round_in_it(both: Round) -> None:
    office = both.office
    before = _counted(office)
    for there in [*reversed(revisions()), *revisions()]:
        migrate(office.engine, there)
        assert form(office.engine) == there
    assert differences(office.engine) == []
    assert _counted(office) == before
    with reading(office.engine) as session:
        assert list(trail.verify(session)) == []


def test_a_database_of_another_form_is_refused_with_what_to_do(database: str) -> None:
    engine = connect(database)
    migrate(engine, revisions()[0])
    with pytest.raises(Gebruiksfout, match="review migreer"):
        refuse_other_form(engine)
    engine.dispose()


def _counted(office: Office) -> tuple[int | None, int | None]:
    with reading(office.engine) as session:
        return session.scalar(select(func.count()).select_from(Zaak)), session.scalar(
            select(func.count()).select_from(Spoor)
        )
