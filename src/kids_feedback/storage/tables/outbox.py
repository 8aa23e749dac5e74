"""Messages on their way out, written in the same transaction as the act they tell of."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.storage.base import RandomId
from kids_feedback.storage.encryption import Sealed, sealed


class Message(RandomId):
    """One message to one person. Its id makes the Message-ID, so a repeat can be recognised."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_waiting", "sent_at", "not_before"),)

    case_id: Mapped[str | None] = mapped_column(
        "feedback_id", ForeignKey("feedback.id"), index=True
    )
    to_sealed: Mapped[bytes | None] = sealed()
    to = Sealed[str]("to_sealed")
    to_child: Mapped[bool] = mapped_column(default=False)  # else to staff
    language: Mapped[str] = mapped_column(String(8), default="en")  # of its subject and body
    subject: Mapped[str] = mapped_column(String(120))  # bare wording, never what it is about
    body: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(200))  # a code and a kind, no address
