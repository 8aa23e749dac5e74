"""Offers of times and places as they are kept, for both sides that read them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.meetings import WAITS, MeetingState, UsualPlace
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case import case_state
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.meetings import Meeting


def newest(session: Session, case_id: str) -> Meeting | None:
    """Return the offer that counts, and what became of it."""
    return next(iter(all_of(session, case_id)), None)


def answerable(row: Case) -> bool:
    """Say whether the child may answer an offer now: the table of its route knows."""
    return Step.PICK_MEETING in case_state.steps_of(row, Actor.CHILD)


def counts(row: Case, meeting: Meeting) -> bool:
    """Say whether a child may still count on an offer, or on a meeting."""
    return meeting.state in WAITS and not moved(row, meeting) and answerable(row)


def all_of(session: Session, case_id: str) -> list[Meeting]:
    """Return every offer, the newest first."""
    wanted = select(Meeting).where(Meeting.case_id == case_id)
    return list(session.scalars(wanted.order_by(Meeting.number.desc())))


def agreed_at(session: Session, row: Case) -> datetime | None:
    """Return when they meet, where that is agreed; it may be over, and nobody has said how."""
    return met_at(row, newest(session, row.id))


def keep_agreed(session: Session, row: Case) -> None:
    """Write on a case when they meet: the day, by which it is found, and sealed the hour.

    A meeting begins by day (see ``domain.case.meetings``), so its day in UTC is the local one.
    """
    row.meeting_at = at = agreed_at(session, row)
    row.meeting_on = at.date() if at else None


def met_at(row: Case, meeting: Meeting | None) -> datetime | None:
    """Return when they meet, where the newest offer is one that is agreed and stands."""
    if meeting is None or meeting.state is not MeetingState.AGREED or moved(row, meeting):
        return None
    return meeting.starts_at


def ahead(row: Case, meeting: Meeting | None, now: datetime) -> datetime | None:
    """Return when they meet, where that is agreed and still to come."""
    at = met_at(row, meeting)
    return at if at and at > now else None


def starts_of(meeting: Meeting) -> tuple[datetime, ...]:
    """Return the times that were offered."""
    return tuple(
        datetime.fromisoformat(start) for start in (meeting.details or {}).get("slots", ())
    )


def places_of(meeting: Meeting) -> tuple[str, ...]:
    """Return the places that were offered, without those that a child may always pick."""
    return tuple((meeting.details or {}).get("places", ()))


def may_keep_place(meeting: Meeting) -> bool:
    """Say whether the place is one that the child picked, and not their own words."""
    return meeting.place in places_of(meeting) or meeting.place in set(UsualPlace)


def moved(row: Case, meeting: Meeting) -> bool:
    """Say whether somebody else looks into it than who offered."""
    return row.manager_id != meeting.offered_by
