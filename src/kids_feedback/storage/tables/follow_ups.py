"""What children did since they sent something, and what came of it."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.people import Role
from kids_feedback.storage.base import RandomId
from kids_feedback.storage.encryption import Sealed, sealed


class FollowUpRow(RandomId):
    """One thing to follow up: what it is, whose, by when, and how it ended."""

    __tablename__ = "follow_up"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    what: Mapped[FollowUp]
    owner: Mapped[Role]  # the manager who has the case, or its Head of Practice
    opened_on: Mapped[date]
    due_on: Mapped[date]
    seen_on: Mapped[date | None]  # when somebody first opened it
    ended_on: Mapped[date | None]
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[Outcome | None]
    note_sealed: Mapped[bytes | None] = sealed()
    note = Sealed[str]("note_sealed")  # what was done, or why nothing
