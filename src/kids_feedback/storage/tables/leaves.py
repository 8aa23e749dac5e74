"""Leaves for the feedback trees. They belong to an office, never to a child."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.domain.child.leaves import LeafState
from kids_feedback.storage.base import NO_ORDER, RandomId
from kids_feedback.storage.encryption import SealedText, sealed
from kids_feedback.storage.tables.people import CODE


class Leaf(RandomId):
    """A short message and a picture. Nothing says who wrote it, or on which day."""

    __tablename__ = "leaf"
    __table_args__ = NO_ORDER

    office_code: Mapped[str | None] = mapped_column(ForeignKey("office.code"), index=True)
    shape: Mapped[str] = mapped_column(String(16))
    picture: Mapped[str] = mapped_column(String(16))
    public: Mapped[bool]  # the child said it may hang where others see it
    state: Mapped[LeafState]
    left_on: Mapped[date]  # the first day of the month in which it was
    words_sealed: Mapped[bytes | None] = sealed()
    words = SealedText("words_sealed")
    shown_sealed: Mapped[bytes | None] = sealed()
    shown = SealedText("shown_sealed")  # the words without what could tell who it was
    key: Mapped[str] = mapped_column(String(22), unique=True)  # of the form: a double tap is one


class LeafCheck(RandomId):
    """What somebody decided about a leaf. Added, never changed; the newest one stands."""

    __tablename__ = "leaf_check"

    leaf_id: Mapped[str] = mapped_column(ForeignKey("leaf.id"), index=True)
    at: Mapped[datetime]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    state: Mapped[LeafState]


class OfficeDay(RandomId):
    """How the office was, in three taps. Counted by office; nothing leads to a child."""

    __tablename__ = "office_day"
    __table_args__ = NO_ORDER

    office_code: Mapped[str] = mapped_column(String(CODE), ForeignKey("office.code"), index=True)
    key: Mapped[str] = mapped_column(String(22), unique=True)
    given_on: Mapped[date]  # the first day of the half-year in which it was
    friendly: Mapped[str | None] = mapped_column(String(8))  # yes, a_bit, no
    greeted: Mapped[str | None] = mapped_column(String(8))
    on_time: Mapped[str | None] = mapped_column(String(8))
