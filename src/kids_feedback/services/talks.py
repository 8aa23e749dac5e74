"""Reaching the child, and the talk that starts the clock."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.clocks import answer_clock
from kids_feedback.domain.errors import NotThere
from kids_feedback.domain.feedback import Kind
from kids_feedback.domain.people import Person
from kids_feedback.domain.procedure import Stage, Step
from kids_feedback.services import cases
from kids_feedback.services.cases import Mark, Saved
from kids_feedback.services.refusals import Incomplete, check_day
from kids_feedback.storage.cases import Talk
from kids_feedback.storage.feedback import Feedback


class Way(StrEnum):
    """How a manager reached the child, or tried to."""

    PHONE = "phone"
    MEET = "meet"
    VIDEO = "video"
    LETTER = "letter"
    EMAIL = "email"
    HERE = "here"


class Result(StrEnum):
    """What came of a try that was not yet the talk."""

    NO_ANSWER = "no_answer"
    SOMEBODY_ELSE = "somebody_else"  # who was told nothing
    LEFT_MESSAGE = "left_message"
    SENT = "sent"
    ANOTHER_TIME = "another_time"  # the child asked for one


def log_try(
    session: Session,
    case_id: str,
    person: Person,
    *,
    way: Way,
    result: Result,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    next_try_on: date | None = None,
    note: str = "",
    seen: int | None = None,
) -> Saved:
    """Keep that somebody tried to reach the child, today.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``.
        WrongDay: the next try would be in the past.

    Source: docs/procedure.md, paragraphs 20 and 29.
    """
    row = cases.find(session, case_id, person, seen=seen)
    if next_try_on is not None:
        check_day(next_try_on, earliest=today, latest=calendar.last)
    cases.take(row, Step.LOG_TRY, person)
    row.contacted_on = row.contacted_on or today
    return cases.record(
        session,
        row,
        Step.LOG_TRY,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={"way": way, "result": result, "next_try_on": _iso(next_try_on)},
        note=note,
    )


def log_talk(
    session: Session,
    case_id: str,
    person: Person,
    *,
    talk_on: date,
    way: Way,
    present: str,
    wants: str,
    still_wants: bool,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    seen: int | None = None,
) -> Saved:
    """Keep a talk about the complaint itself. The first one starts the answer clock.

    A later talk never starts it again. One that took place before the first that was recorded was
    the first, so it moves the date back. A child who says no makes it a note.

    Args:
        talk_on: local day of the talk, today at the latest.
        present: who was there.
        wants: what the child wants, in their words.
        still_wants: the child wants it looked into.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``.
        WrongDay: the talk lies in the future, or before the complaint came in.
        CalendarGap: no date can be promised from that day.

    Source: docs/procedure.md, paragraphs 9, 23 and 24.
    """
    row = cases.find(session, case_id, person, seen=seen)
    check_day(talk_on, earliest=row.received_on, latest=today)
    cases.take(row, Step.LOG_TALK, person)
    row.contacted_on = min(talk_on, row.contacted_on or talk_on)
    facts: dict[str, Any] = {"talk_on": _iso(talk_on), "way": way, "still_wants": still_wants}
    first_on = min(talk_on, row.talk_on or talk_on)
    if still_wants:
        row.kind = Kind.COMPLAINT  # feelings become one when the child says so (ruling R10)
        facts |= _start_clock(row, first_on, calendar)
    else:
        row.talk_on = first_on
        row.kind, row.stage = Kind.NOTE, Stage.ACKNOWLEDGED
    saved = cases.record(
        session, row, Step.LOG_TALK, person, now=now, today=today, calendar=calendar, facts=facts
    )
    session.add(
        Talk(
            feedback_id=row.id,
            talk_on=talk_on,
            way=way.value,
            recorded_at=now,
            recorded_by=person.id,
            present=present or None,
            wants=wants or None,
        )
    )
    session.flush()
    return saved


def correct_talk(
    session: Session,
    case_id: str,
    person: Person,
    *,
    talk_id: str,
    talk_on: date,
    reason: str,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    seen: int | None = None,
) -> Saved:
    """Put the day of a wrongly recorded talk right; the clock follows the first talk.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``; also for an unknown talk.
        Incomplete: there is no reason.
        WrongDay: the talk lies in the future, or before the complaint came in.

    Source: docs/procedure.md, paragraph 24.
    """
    row = cases.find(session, case_id, person, seen=seen)
    talk = session.get(Talk, talk_id)
    if talk is None or talk.feedback_id != row.id:
        raise NotThere
    if not reason.strip():
        raise Incomplete(missing=("reason",))
    check_day(talk_on, earliest=row.received_on, latest=today)
    others = select(func.min(Talk.talk_on)).where(Talk.feedback_id == row.id, Talk.id != talk.id)
    first_on = min(talk_on, session.scalar(others) or talk_on)
    cases.take(row, Step.LOG_TALK, person)
    facts: dict[str, Any] = {"from": _iso(talk.talk_on), "talk_on": _iso(talk_on)}
    talk.talk_on = talk_on
    facts |= _start_clock(row, first_on, calendar)
    return cases.record(
        session,
        row,
        Mark.TALK_CORRECTED,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts=facts,
        note=reason,
    )


def _start_clock(row: Feedback, first_on: date, calendar: WorkingCalendar) -> dict[str, Any]:
    """Start the clock on the day of the first talk, and return what moved, for the history."""
    if row.talk_on == first_on and row.answer_by is not None:
        return {}
    clock = answer_clock(first_on, calendar)
    moved = {
        "answer_by": _iso(clock.due_on),
        "answer_by_before": _iso(row.answer_by),
        "not_counted": [_iso(day) for day in clock.not_counted],
    }
    row.talk_on, row.answer_by = clock.talk_on, clock.due_on
    return moved


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
