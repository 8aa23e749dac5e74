"""Times and places a manager offers, and what the child picks."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.storage.base import RandomId
from kids_feedback.storage.encryption import Sealed, SealedText, sealed


class Meeting(RandomId):
    """One offer and what became of it. A change is a new offer; the old one stays as it was."""

    __tablename__ = "meeting"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    state: Mapped[MeetingState]
    offered_at: Mapped[datetime]
    offered_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    minutes: Mapped[int]  # how long it will take
    details_sealed: Mapped[bytes | None] = sealed()
    details = Sealed[dict[str, list[str]]]("details_sealed")  # slots (ISO instants) and places
    starts_at: Mapped[datetime | None]  # as agreed, or as the child picked it
    place_sealed: Mapped[bytes | None] = sealed()
    place = SealedText("place_sealed")  # as agreed, or as the child suggests; or a ``UsualPlace``
    wish_sealed: Mapped[bytes | None] = sealed()
    wish = SealedText("wish_sealed")  # the time the child suggests, in their words
    answered_at: Mapped[datetime | None]
    reason_sealed: Mapped[bytes | None] = sealed()
    reason = SealedText("reason_sealed")  # why it was cancelled, for the child to read
