"""Half-yearly figures as they were released: frozen bytes, never computed again (ruling R13)."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kids_feedback.storage.base import Base


class Summary(Base):
    """What the board may see of one period. Added once, never changed."""

    __tablename__ = "summary"

    ends: Mapped[str] = mapped_column(String(7), primary_key=True)  # its last half-year, "2025-10"
    payload: Mapped[bytes] = mapped_column(LargeBinary)  # JSON, see domain.board.figures
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the payload
    released_at: Mapped[datetime]
    released_by: Mapped[str] = mapped_column(ForeignKey("person.id"))


def released(session: Session) -> list[Summary]:
    """Return what was released, the newest first."""
    return list(session.scalars(select(Summary).order_by(Summary.ends.desc())))
