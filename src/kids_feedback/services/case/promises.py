"""What is owed to a child, with the later days that they were told, as they are kept."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case import meetings
from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.case.promises import Because, MovedPromise, OwedPromise, Promise
from kids_feedback.services.case import case_state, meeting_offers
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Delay
from kids_feedback.storage.tables.meetings import Meeting


def owed(session: Session, row: Case) -> tuple[OwedPromise, ...]:
    """Return what is still owed to the child, each with the day that they were told last.

    Source: docs/procedure.md, paragraphs 27 to 29.
    """
    return case_state.owed_of(row, tuple(_standing(session, row)))


def keep(session: Session, row: Case, moved: MovedPromise, *, by: str, now: datetime) -> None:
    """Keep that the child is told a later day.

    Args:
        by: the id of the person who says so.
    """
    session.add(
        Delay(
            case_id=row.id,
            promise=moved.promise.value,
            because=moved.because.value,
            old_on=moved.old_on,
            new_on=moved.new_on,
            said_at=now,
            said_by=by,
            reason=moved.reason or None,
        )
    )


def keep_meeting(
    session: Session,
    row: Case,
    meeting: Meeting,
    start: datetime,
    *,
    picked: bool,
    now: datetime,
) -> dict[str, str | bool]:
    """Keep that the talk comes after its promised day, if it does; return facts for the history.

    That the child picked the day is a cause only where an earlier one was there to be picked: a
    promise that we could not keep is not theirs to answer for.

    Args:
        start: aware, in the local zone.
        picked: the child picked that very time.

    Source: docs/procedure.md, paragraphs 28 and 29.
    """
    if not meetings.later_than_promised(start, row.talk_by):
        return {}
    in_time = any(
        item > now and not meetings.later_than_promised(item.astimezone(start.tzinfo), row.talk_by)
        for item in meeting_offers.starts_of(meeting)
    )
    moved = MovedPromise(
        promise=Promise.TALK,
        old_on=row.talk_by,
        new_on=start.date(),
        because=Because.CHILD_PICKED if picked and in_time else Because.MEETING_LATER,
    )
    keep(session, row, moved, by=meeting.offered_by, now=now)
    return {"promised": row.talk_by.isoformat()}


def said_late(session: Session) -> dict[tuple[str, Promise], Delay]:
    """Return what staff said last of each promise of what is not closed yet.

    By the id of the case and the promise, as rows: a closed day moves these days too.
    """
    wanted = _delays().join(Case, Case.id == Delay.case_id)
    open_now = wanted.where(Case.closed_on.is_(None), Delay.because == Because.SAID.value)
    return {(delay.case_id, Promise(delay.promise)): delay for delay in session.scalars(open_now)}


def meetings_on(session: Session, day: date) -> frozenset[str]:
    """Return the ids of the cases of which the child is to be met on that day."""
    return frozenset(session.scalars(select(Case.id).where(Case.meeting_on == day)))


def offers_on(session: Session, day: date) -> frozenset[str]:
    """Return the ids of the cases in which the child may still pick a time on that day.

    An offered time begins by day, as a meeting does.
    """
    wanted = (
        select(Case, Meeting)
        .join(Meeting, Meeting.case_id == Case.id)
        .where(Case.closed_on.is_(None), Meeting.state == MeetingState.OFFERED)
    )
    return frozenset(
        row.id
        for row, meeting in session.execute(wanted)
        if any(start.date() == day for start in meeting_offers.starts_of(meeting))
        and meeting_offers.newest(session, row.id) is meeting
        and meeting_offers.counts(row, meeting)
    )


def _standing(session: Session, row: Case) -> Iterator[MovedPromise]:
    """Yield the later days that still hold; that of a meeting ends with the meeting."""
    delays = list(session.scalars(_delays().where(Delay.case_id == row.id)))
    meeting_on = row.meeting_on
    for delay in delays:
        because = Because(delay.because)
        if because is Because.SAID or delay.new_on == meeting_on:
            yield MovedPromise(
                promise=Promise(delay.promise),
                old_on=delay.old_on,
                new_on=delay.new_on,
                because=because,
                reason=(delay.reason or "") if because is Because.SAID else "",
            )


def _delays() -> Select[Delay]:
    """Select later days, the oldest first; of one instant, the nearest first."""
    return select(Delay).order_by(Delay.said_at, Delay.new_on)
