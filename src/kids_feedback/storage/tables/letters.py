"""What staff write to a child, to be read behind the secret words."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.storage.base import RandomId
from kids_feedback.storage.encryption import Sealed, sealed


class Letter(RandomId):
    """A message to the child, sealed. Added, never changed; the child's answer is more words."""

    __tablename__ = "letter"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    written_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    written_on: Mapped[date]  # the local day
    written_at: Mapped[datetime]
    text_sealed: Mapped[bytes | None] = sealed()
    text = Sealed[str]("text_sealed")
    opened_on: Mapped[date | None]  # when the child first opened it; None: it waits
