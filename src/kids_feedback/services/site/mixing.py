"""Taking the order away from answers without a name, where the database keeps one."""

from datetime import date

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from kids_feedback.domain.board.half_years import half_year_of
from kids_feedback.storage.base import Base, RandomId
from kids_feedback.storage.tables.learning import Rating
from kids_feedback.storage.tables.leaves import Leaf, LeafCheck, OfficeDay


def mix(session: Session, *, today: date) -> None:
    """Write the answers of this half-year and the last one anew, in the order of their random ids.

    PostgreSQL shows in which place a row lies and which transaction wrote it: both say after which
    case it came. Once it is written anew with all the others, neither does. SQLite keeps these
    tables by their ids as it is (``storage.base.NO_ORDER``).
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    since = half_year_of(today).before()
    leaves = select(Leaf.id).where(Leaf.left_on >= since.first)
    _write_anew(
        session,
        (Leaf, Leaf.left_on >= since.first),
        (LeafCheck, LeafCheck.leaf_id.in_(leaves)),
    )
    _write_anew(session, (OfficeDay, OfficeDay.given_on >= since.first))
    _write_anew(session, (Rating, Rating.half_year >= since.code))


def _write_anew(session: Session, *of: tuple[type[RandomId], ColumnElement[bool]]) -> None:
    """Write rows of some tables anew, each table after those it refers to."""
    rows = []
    for model, which in of:
        table = Base.metadata.tables[model.__tablename__]
        wanted = select(table).where(which).order_by(table.c.id).with_for_update()
        rows.append((table, [dict(row) for row in session.execute(wanted).mappings()]))
    for table, found in reversed(rows):
        session.execute(delete(table).where(table.c.id.in_([row["id"] for row in found])))
    for table, found in rows:
        if found:
            session.execute(insert(table), found)
