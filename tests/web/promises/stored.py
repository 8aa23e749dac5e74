"""What is stored at the moment at which a page says something."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.storage.tables.case import Case, Hearing
from kids_feedback.storage.tables.casework import (
    Answer,
    AnswerChange,
    Delay,
    Event,
    FollowUpRow,
    Letter,
    Request,
    Talk,
)
from kids_feedback.storage.tables.meetings import Meeting
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.storage.tables.safety import Alarm, AlarmTold


@dataclass(frozen=True, kw_only=True)
class Stored:
    """One case, and all that is stored of it."""

    case: Case
    today: date
    events: list[Event]
    follow_ups: list[FollowUpRow]
    meetings: list[Meeting]
    delays: list[Delay]
    talks: list[Talk]
    alarms: list[Alarm]
    told: list[AlarmTold]
    letters: list[Letter]
    requests: list[Request]
    changes: list[AnswerChange]
    messages: list[Message]
    answer: Answer | None
    people: list[PersonRow]

    @property
    def hearings(self) -> Iterable[Hearing]:
        return self.case.hearings


@dataclass(frozen=True, kw_only=True)
class World:
    """All that is stored."""

    cases: list[Stored]
    people: list[PersonRow]
    today: date


def world(session: Session, today: date) -> World:
    """Read all that is stored; a test has few cases."""
    people = list(session.scalars(select(PersonRow)))
    cases = [_of(session, row, people, today) for row in session.scalars(select(Case))]
    return World(cases=cases, people=people, today=today)


def _of(session: Session, row: Case, people: list[PersonRow], today: date) -> Stored:
    alarms = list(session.scalars(select(Alarm).where(Alarm.case_id == row.id)))
    events = list(session.scalars(select(Event).where(Event.case_id == row.id)))
    rung = AlarmTold.alarm_id.in_([alarm.id for alarm in alarms])
    return Stored(
        case=row,
        today=today,
        events=events,
        follow_ups=list(session.scalars(select(FollowUpRow).where(FollowUpRow.case_id == row.id))),
        meetings=list(session.scalars(select(Meeting).where(Meeting.case_id == row.id))),
        delays=list(session.scalars(select(Delay).where(Delay.case_id == row.id))),
        talks=list(session.scalars(select(Talk).where(Talk.case_id == row.id))),
        alarms=alarms,
        told=list(session.scalars(select(AlarmTold).where(rung))),
        requests=list(session.scalars(select(Request).where(Request.case_id == row.id))),
        letters=list(session.scalars(select(Letter).where(Letter.case_id == row.id))),
        changes=list(session.scalars(select(AnswerChange).where(AnswerChange.case_id == row.id))),
        messages=list(session.scalars(select(Message).where(Message.case_id == row.id))),
        answer=session.scalar(select(Answer).where(Answer.case_id == row.id)),
        people=people,
    )
