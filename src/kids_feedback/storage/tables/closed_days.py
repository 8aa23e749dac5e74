"""Days on which nobody works: those that were added, and the bank holidays as they were known."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kids_feedback.storage.base import Base


class ClosedDay(Base):
    """A day an administrator added: one-off holidays are proclaimed at short notice.

    A day that was opened again stays, with who did that, until it is closed anew.
    """

    __tablename__ = "closed_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime]
    added_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # None: the command line
    opened_at: Mapped[datetime | None]  # None: it is closed
    opened_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class KnownHoliday(Base):
    """A bank holiday that promises were counted with, so that a newer list can be told apart."""

    __tablename__ = "known_holiday"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    release: Mapped[str] = mapped_column(String(40))  # of the list that brought it, or took it away
    came_at: Mapped[datetime | None]  # None: it was in the first list
    went_at: Mapped[datetime | None]  # None: it is a holiday


def added_days(session: Session) -> dict[date, str]:
    """Return every day that is closed by an administrator, with its reason."""
    closed = select(ClosedDay).where(ClosedDay.opened_at.is_(None))
    return {row.day: row.reason for row in session.scalars(closed)}
