"""Half-yearly figures as they were released: frozen bytes, never computed again (ruling R13)."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kids_feedback.storage.base import Base, RandomId
from kids_feedback.storage.encryption import SealedText, sealed


class Summary(Base):
    """What the board may see of one period. Added once, never changed, until it is taken back."""

    __tablename__ = "summary"

    ends: Mapped[str] = mapped_column(String(7), primary_key=True)  # its last half-year, "2025-10"
    payload: Mapped[bytes] = mapped_column(LargeBinary)  # JSON, see domain.board.figures
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the payload
    released_at: Mapped[datetime]
    released_by: Mapped[str] = mapped_column(ForeignKey("person.id"))


class TakenBack(RandomId):
    """What the board saw of one period until it was taken back, and why. Added once."""

    __tablename__ = "summary_taken_back"
    __table_args__ = (UniqueConstraint("ends", "number"),)

    ends: Mapped[str] = mapped_column(String(7))
    number: Mapped[int]  # 1, 2, … of those of its period
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    released_at: Mapped[datetime]
    released_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime]
    taken_back_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    why_sealed: Mapped[bytes | None] = sealed()
    why = SealedText("why_sealed")


def released(session: Session) -> list[Summary]:
    """Return what was released and stands, the newest first."""
    return list(session.scalars(select(Summary).order_by(Summary.ends.desc())))


def taken_back(session: Session) -> list[TakenBack]:
    """Return what was taken back: the newest period first, and of each its versions in order."""
    wanted = select(TakenBack).order_by(TakenBack.ends.desc(), TakenBack.number)
    return list(session.scalars(wanted))
