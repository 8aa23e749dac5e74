"""Promises that are missed, and what the child was told (ruling R3)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.storage.base import RandomId
from kids_feedback.storage.encryption import Sealed, sealed


class Delay(RandomId):
    """A promised day that is missed, the new one, and why, in words for the child."""

    __tablename__ = "delay"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    promise: Mapped[str] = mapped_column(String(16))  # a domain.case.promises.Promise
    because: Mapped[str] = mapped_column(String(16))  # a domain.case.promises.Because
    old_on: Mapped[date]
    new_on: Mapped[date]  # moves when a day is closed, as every promise does
    said_at: Mapped[datetime]
    said_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    reason_sealed: Mapped[bytes | None] = sealed()  # where staff said it; a cause is a code
    reason = Sealed[str]("reason_sealed")
