"""Times and places a manager offers, and what the child picks."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.unreadable import TEXT as UNREADABLE_TEXT
from kids_feedback.storage.base import Numbered
from kids_feedback.storage.encryption import SealedParts, SealedText, sealed
from kids_feedback.storage.facts import Fact, Facts


class Meeting(Numbered):
    """One offer and what became of it. A change is a new offer; the old one stays as it was."""

    __tablename__ = "meeting"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    state: Mapped[MeetingState]
    offered_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    minutes: Mapped[int]  # how long it will take
    details_sealed: Mapped[bytes | None] = sealed()
    details = SealedParts[dict[str, list[str]]]("details_sealed")  # slots (ISO instants) and places
    answer_sealed: Mapped[bytes | None] = sealed()
    answer = Facts("answer_sealed")
    starts_at = Fact[datetime | None](answer, datetime)  # as agreed, or as the child picked it
    # As agreed, or as the child suggests; or a ``UsualPlace``.
    place = Fact[str | None](answer, str, unreadable=UNREADABLE_TEXT)
    # The time the child suggests, in their words.
    wish = Fact[str | None](answer, str, unreadable=UNREADABLE_TEXT)
    reason_sealed: Mapped[bytes | None] = sealed()
    reason = SealedText("reason_sealed")  # why it was cancelled, for the child to read
