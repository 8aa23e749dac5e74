"""Days on which nobody works, beyond the bank holidays that are known ahead."""

from datetime import date, datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kids_feedback.storage.base import Base


class ClosedDay(Base):
    """A day an administrator added: one-off holidays are proclaimed at short notice."""

    __tablename__ = "closed_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime]


def added_days(session: Session) -> dict[date, str]:
    """Return every added day with its reason."""
    return {row.day: row.reason for row in session.scalars(select(ClosedDay))}
