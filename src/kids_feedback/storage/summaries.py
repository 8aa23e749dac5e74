"""Half-yearly figures as they were released: frozen bytes, never computed again (ruling R13)."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.storage.base import Base


class Summary(Base):
    """What the board may see of one half-year."""

    __tablename__ = "summary"

    period: Mapped[str] = mapped_column(String(7), primary_key=True)  # "2025-10": its first month
    payload: Mapped[bytes] = mapped_column(LargeBinary)  # JSON
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the payload
    released_at: Mapped[datetime]
    released_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
