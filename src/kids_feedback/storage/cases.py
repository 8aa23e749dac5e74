"""What staff did about a child's feedback: its history, talks and answer."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.storage.base import RandomId
from kids_feedback.storage.encryption import Sealed, sealed


class Event(RandomId):
    """One line of a case's history, a look included. Added, never changed."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_history", "feedback_id", "at"),)

    feedback_id: Mapped[str] = mapped_column(ForeignKey("feedback.id"))
    at: Mapped[datetime]
    number: Mapped[int]  # the case's version, so that lines of one instant keep their order
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # None: child or system
    what: Mapped[str] = mapped_column(String(40))  # the value of a ``Step``
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)  # dates and codes, never words
    note_sealed: Mapped[bytes | None] = sealed()
    note = Sealed[str]("note_sealed")


class Talk(RandomId):
    """A talk, by any way, about the complaint itself. The first starts the clock (ruling R1)."""

    __tablename__ = "talk"

    feedback_id: Mapped[str] = mapped_column(ForeignKey("feedback.id"), index=True)
    talk_on: Mapped[date]
    way: Mapped[str] = mapped_column(String(16))  # phone, meet, video, letter, email, here
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    present_sealed: Mapped[bytes | None] = sealed()
    wants_sealed: Mapped[bytes | None] = sealed()
    present = Sealed[str]("present_sealed")
    wants = Sealed[str]("wants_sealed")


class Answer(RandomId):
    """The written answer, part by part (ruling R7); one a case, sealed."""

    __tablename__ = "answer"

    feedback_id: Mapped[str] = mapped_column(ForeignKey("feedback.id"), unique=True)
    parts_sealed: Mapped[bytes | None] = sealed()
    parts = Sealed[dict[str, str]]("parts_sealed")
    sent_back_sealed: Mapped[bytes | None] = sealed()
    sent_back = Sealed[str]("sent_back_sealed")  # the Head of Practice's note, until sent again
    written_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime]
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    delivered_how: Mapped[str | None] = mapped_column(String(16))
    read_at: Mapped[datetime | None]  # when the child first opened it with the secret words
