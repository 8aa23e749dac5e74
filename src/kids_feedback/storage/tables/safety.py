"""Children who may not be safe: alarms, who was told of them, and who is on duty."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kids_feedback.domain.case.safety import Decision
from kids_feedback.domain.unreadable import TEXT as UNREADABLE_TEXT
from kids_feedback.storage.base import Base, RandomId
from kids_feedback.storage.encryption import sealed
from kids_feedback.storage.facts import Fact, Facts
from kids_feedback.storage.tables.people import Area, PersonRow


class Alarm(RandomId):
    """A child ticked, or somebody said, that they may not be safe. It ends with a decision.

    While one of a case is undecided, ``Case.read_today`` says so. The decision may be put right;
    the history of the case keeps each.
    """

    __tablename__ = "alarm"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    raised_at: Mapped[datetime]
    round: Mapped[int] = mapped_column(default=0)  # how often people were told
    next_round_at: Mapped[datetime | None] = mapped_column(index=True)  # None once it is decided
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_sealed: Mapped[bytes | None] = sealed()
    decided = Facts("decided_sealed")
    decision = Fact[Decision | None](decided, Decision)
    note = Fact[str | None](decided, str, unreadable=UNREADABLE_TEXT)


class AlarmTold(Base):
    """Who was told of an alarm: they see the case until it is decided, whoever's it is."""

    __tablename__ = "alarm_told"

    alarm_id: Mapped[str] = mapped_column(ForeignKey("alarm.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class Duty(RandomId):
    """When somebody is on duty each week, for one area or for all."""

    __tablename__ = "duty"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    area_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"), index=True)  # None: all
    weekdays: Mapped[str] = mapped_column(String(7))  # "01234": Monday is 0
    starts: Mapped[int]  # minutes after midnight, local
    ends: Mapped[int]
    person: Mapped[PersonRow] = relationship()
    area: Mapped[Area | None] = relationship()
