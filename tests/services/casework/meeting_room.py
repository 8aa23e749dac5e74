"""A room for a child and a manager who arrange to meet, told on Monday 2 March 2026."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.meetings import MeetingState, Offer
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Person
from kids_feedback.services.case.act import Act
from kids_feedback.services.casework.contact import meetings
from kids_feedback.services.child import case_status, meeting_replies
from kids_feedback.services.child.meeting_replies import MeetingForChild, MeetingReply
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Delay
from tests.make import CALENDAR, LONDON, a_complaint, person_of
from tests.services.acts import MONDAY, a_childs_act, a_manager, an_act, moment

PLACES = ("The library", "Our office")
LATE = "2026-03-18T16:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


TIMES = (at("2026-03-04T10:00"), at("2026-03-05T16:00"), at(LATE))


@dataclass
class Room:
    """One child, one manager, and the acts of both on a given day."""

    db: Session
    columns: dict[str, Any] = field(default_factory=dict)
    today: date = MONDAY

    def __post_init__(self) -> None:
        self.manager_row = a_manager(self.db, email="max@example.org")
        self.manager: Person = person_of(self.manager_row)
        self.row: Case = a_complaint(
            self.db,
            **{
                "stage": Stage.ALLOCATED,
                "acknowledged_on": MONDAY,
                "manager": self.manager_row,
                **self.columns,
            },
        )

    def act(self, seen: int | None = None, hour: int = 10) -> Act:
        return an_act(self.db, self.row, self.manager, self.today, seen=seen, hour=hour)

    def offer(
        self,
        starts: tuple[datetime, ...] = TIMES,
        *,
        not_on_case: bool = False,
        hour: int = 10,
    ) -> None:
        offered = Offer(starts=starts, places=PLACES, minutes=45)
        meetings.offer(self.act(hour=hour), offered=offered, not_on_case=not_on_case)

    def agree(self, start: str, place: str = "") -> None:
        meetings.agree(self.act(), start=at(start), place=place)

    def cancel(self, reason: str = "I am ill. Sorry.", seen: int | None = None) -> None:
        meetings.cancel(self.act(seen), reason=reason)

    def seen(self) -> MeetingForChild:
        """Return what the child sees."""
        found = meeting_replies.arranged(
            self.db,
            self.row.id,
            now=moment(self.today).now,
            zone=LONDON,
            calendar=CALENDAR,
        )
        assert found is not None
        return found

    def reply(self, start: datetime | None, place: str = PLACES[0], **more: str) -> MeetingState:
        return meeting_replies.reply(
            a_childs_act(self.db, self.row, self.today),
            meeting_id=self.seen().id,
            said=MeetingReply(start=start, place=place, **more),
            zone=LONDON,
        )

    def decline(self) -> None:
        meeting_replies.decline(
            a_childs_act(self.db, self.row, self.today), meeting_id=self.seen().id
        )

    def milestones(self) -> list[tuple[str, date | None]]:
        found = case_status.status(self.db, self.row.id, today=self.today)
        return [
            (milestone.code, milestone.on)
            for milestone in found.milestones
            if milestone.state == "now"
        ]

    def delays(self) -> list[tuple[date, date, str]]:
        kept = self.db.scalars(select(Delay).where(Delay.case_id == self.row.id))
        return [(item.old_on, item.new_on, item.because) for item in kept]
