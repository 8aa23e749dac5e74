"""How children found it, and what changed because of what they said."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.storage.base import NO_ORDER, RandomId
from kids_feedback.storage.encryption import SealedText, sealed


class Rating(RandomId):
    """How we did, in four taps. Tied to no case, worker, office or day: only to a half-year."""

    __tablename__ = "rating"
    __table_args__ = NO_ORDER

    half_year: Mapped[str] = mapped_column(String(7), index=True)
    listened: Mapped[str | None] = mapped_column(String(8))  # yes, a_bit, no
    kept_word: Mapped[str | None] = mapped_column(String(8))
    easy: Mapped[str | None] = mapped_column(String(8))
    better: Mapped[str | None] = mapped_column(String(8))
    words_sealed: Mapped[bytes | None] = sealed()
    words = SealedText("words_sealed")


class ImprovementRow(RandomId):
    """What children said, and what Cafcass did, for everybody to read."""

    __tablename__ = "improvement"

    said: Mapped[str] = mapped_column(String(500))
    did: Mapped[str] = mapped_column(String(500))
    shown_on: Mapped[date | None]  # None: not shown yet
    written_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
