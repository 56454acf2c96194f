"""The trail: rows are chained, every change of a row is found, and erasing a case leaves the chain whole."""

import pytest
from sqlalchemy import delete, select, text, update

from optimizer.review.data import trail
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Bestand, Sleutel, Spoor, Zaak
from optimizer.review.office import Office
from optimizer.review.rounds.erase import erase_round
from tests.review.conftest import Round


def _filled(office: Office, rows: int = 12) -> None:
    with writing(office.engine) as session:
        for k in range(rows):
            trail.append(session, trail.Done(office.clock(), f"u{k}", "antwoord", "r", f"z{k}", bytes([k])))


def _broken(office: Office) -> list[tuple[int, str]]:
    with reading(office.engine) as session:
        return [(b.nummer, b.waarom) for b in trail.verify(session)]


def test_a_trail_that_nobody_touched_is_whole(office: Office) -> None:
    _filled(office)
    assert _broken(office) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("wie", "iemand"),
        ("wat", "aangemeld"),
        ("ronde_id", "x"),
        ("zaak_id", "x"),
        ("inhoud", b"x"),
        ("op", None),
        ("vorige", "1" * 64),
        ("hash", "1" * 64),
    ],
)
def test_a_change_of_any_column_of_any_row_is_found(small_office: Office, column: str, value: object) -> None:
    _filled(small_office)
    with reading(small_office.engine) as session:
        number, when = session.execute(select(Spoor.nummer, Spoor.op).where(Spoor.zaak_id == "z5")).one()
    with writing(small_office.engine) as session:
        changed = when.replace(microsecond=1) if value is None else value
        session.execute(update(Spoor).where(Spoor.nummer == number).values(**{column: changed}))
    assert number in {n for n, _ in _broken(small_office)}


def test_a_row_taken_out_is_found(small_office: Office) -> None:
    _filled(small_office)
    with writing(small_office.engine) as session:
        session.execute(delete(Spoor).where(Spoor.zaak_id == "z5"))
    assert {why for _, why in _broken(small_office)} == {"nummer", "vorige"}


def test_a_row_rewritten_with_its_hash_breaks_the_next(small_office: Office) -> None:
    _filled(small_office)
    with writing(small_office.engine) as session:
        row = session.scalars(select(Spoor).where(Spoor.zaak_id == "z5")).one()
        row.wie = "iemand"
        row.hash = trail.digest(row)
        number = row.nummer
    assert _broken(small_office) == [(number + 1, "vorige")]


def test_rows_cut_off_at_the_end_are_seen_by_who_kept_the_last_hash(small_office: Office) -> None:
    _filled(small_office)
    with reading(small_office.engine) as session:
        kept = trail.end(session)
    with writing(small_office.engine) as session:
        session.execute(delete(Spoor).where(Spoor.nummer == kept[0]))
    with reading(small_office.engine) as session:
        assert trail.end(session) != kept


def test_erasing_a_round_destroys_every_word_and_leaves_the_chain_whole(both: Round) -> None:
    office, ronde = both.office, both.ronde
    with writing(office.engine) as session:
        before = trail.end(session)[0]
        erased = erase_round(session, office, ronde, "systeem")
    assert erased > 0
    assert _broken(office) == []
    with reading(office.engine) as session:
        assert trail.end(session)[0] == before + erased
        assert session.scalars(select(Sleutel)).all() == []
        assert session.scalars(select(Bestand)).all() == []  # the run and its input say the same in other words
        assert {(z.voor_gemeente, z.voor_coa, z.toelichting) for z in session.scalars(select(Zaak))} == {
            (b"", b"", None)
        }


def test_after_erasure_no_key_of_a_household_stands_in_any_table(small: Round) -> None:
    office, ronde = small.office, small.ronde
    with writing(office.engine) as session:
        erase_round(session, office, ronde, "systeem")
    with office.engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        for name in names:
            for row in connection.execute(text(f'SELECT * FROM "{name}"')):  # noqa: S608
                assert not [cell for cell in row if isinstance(cell, str) and cell.startswith("H00")]
