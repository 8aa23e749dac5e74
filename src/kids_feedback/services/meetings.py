"""Meeting a child: what a manager offers, agrees to and cancels."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from kids_feedback.domain import meetings
from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.contact import Method, method_to_tell
from kids_feedback.domain.errors import NotAllowedNow
from kids_feedback.domain.meetings import PLACE_LIMIT, Fault, MeetingState, Offer, Unsuitable
from kids_feedback.domain.people import Person
from kids_feedback.domain.procedure import Step
from kids_feedback.services import cases, messages, offers
from kids_feedback.services.cases import Mark, Saved
from kids_feedback.services.messages import Wording
from kids_feedback.services.refusals import Incomplete, MeetingStands
from kids_feedback.storage.feedback import Feedback
from kids_feedback.storage.meetings import Meeting

_TICK = timedelta(microseconds=1)
_WAITS = frozenset({MeetingState.OFFERED, MeetingState.SUGGESTED, MeetingState.AGREED})


@dataclass(frozen=True, kw_only=True)
class Arranging:
    """How far the arranging is, as its manager sees it. Instants are in UTC."""

    state: MeetingState
    minutes: int
    starts: tuple[datetime, ...]  # as offered
    places: tuple[str, ...]  # as offered
    starts_at: datetime | None  # as agreed, or as the child picked it
    place: str | None  # as agreed, or as the child wants it: words, or an ``Anywhere``
    wish: str | None  # when would be good, in the child's words; None: they picked a time
    answered_at: datetime | None
    reason: str | None  # why it was cancelled

    keeps_place: bool  # the place is one that was there to be picked, not the child's words

    @property
    def may_be_cancelled(self) -> bool:
        """Whether a child may still count on it."""
        return self.state in _WAITS


def current(session: Session, case_id: str, person: Person) -> Arranging | None:
    """Return the newest offer and what became of it; None: nothing was, or by somebody else.

    Raises:
        NotThere: no such case, or not one this person may know of.
    """
    row = cases.find(session, case_id, person)
    found = offers.newest(session, row.id)
    if found is None or offers.moved(row, found):
        return None
    return Arranging(
        state=found.state,
        minutes=found.minutes,
        starts=offers.starts_of(found),
        places=offers.places_of(found),
        starts_at=found.starts_at,
        place=found.place,
        wish=found.wish,
        answered_at=found.answered_at,
        reason=found.reason,
        keeps_place=offers.may_keep_place(found),
    )


def offer(
    session: Session,
    case_id: str,
    person: Person,
    *,
    offered: Offer,
    not_on_case: bool,
    wording: Wording,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    seen: int | None = None,
) -> Saved:
    """Offer the child times and places; what was offered before stands no more.

    It is a first contact where the child learns of it: by email, or with the secret words.

    Args:
        not_on_case: the manager says that they never worked on this child's case.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``.
        Unsuitable: it is no choice.
        MeetingStands: a meeting is agreed.
        CalendarGap: a day lies outside the calendar.

    Source: docs/procedure.md, paragraphs 20 and 21.
    """
    row = cases.find(session, case_id, person, seen=seen)
    cases.take(row, Step.OFFER, person)
    meetings.check_offer(offered, now=now, calendar=calendar)
    before = offers.newest(session, row.id)
    if before is not None and before.state is MeetingState.AGREED and not offers.moved(row, before):
        raise MeetingStands
    session.add(
        Meeting(
            feedback_id=row.id,
            state=MeetingState.OFFERED,
            offered_at=max(now, before.offered_at + _TICK) if before else now,
            offered_by=person.id,
            minutes=offered.minutes,
            details={
                "slots": [start.astimezone(UTC).isoformat() for start in sorted(offered.starts)],
                "places": list(offered.places),
            },
        )
    )
    emailed = messages.write_to_child(session, row, wording, now=now)
    if emailed or method_to_tell(row.method, row.contact or {}) is Method.HERE:
        row.contacted_on = row.contacted_on or today
    return cases.record(
        session,
        row,
        Step.OFFER,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={"emailed": emailed, "not_on_case": not_on_case, "times": len(offered.starts)},
    )


def agree(
    session: Session,
    case_id: str,
    person: Person,
    *,
    start: datetime,
    place: str,
    wording: Wording,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    seen: int | None = None,
) -> Saved:
    """Agree to what the child suggested.

    Args:
        start: aware, in the local zone.
        place: where; nothing keeps the place that the child picked.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``; also where the child suggested
            nothing.
        Unsuitable: the time is over, or in the night; or the place is too long.
        Incomplete: there is no place.
        CalendarGap: the day lies outside the calendar.

    Source: docs/procedure.md, paragraphs 21 and 29.
    """
    row = cases.find(session, case_id, person, seen=seen)
    cases.take(row, Step.OFFER, person)
    meeting = _in_state(session, row, MeetingState.SUGGESTED)
    meetings.check_time(start, minutes=meeting.minutes, now=now, calendar=calendar)
    if len(place) > PLACE_LIMIT:
        raise Unsuitable((Fault.LONG_PLACE,))
    if not place and not offers.may_keep_place(meeting):
        raise Incomplete(missing=("place",))
    picked = meeting.starts_at == start
    meeting.state, meeting.starts_at = MeetingState.AGREED, start
    if place:
        meeting.place = place
    late = offers.keep_delay(session, row, meeting, start, picked=picked, now=now)
    emailed = messages.write_to_child(session, row, wording, now=now)
    return cases.record(
        session,
        row,
        Mark.MEETING_AGREED,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={"starts_at": start.isoformat(), "emailed": emailed, **late},
    )


def cancel(
    session: Session,
    case_id: str,
    person: Person,
    *,
    reason: str,
    wording: Wording,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    seen: int | None = None,
) -> Saved:
    """Cancel a meeting, or what was offered; the child reads why. No promise is moved by it.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``; also where nothing stands.
        Incomplete: there is no reason.

    Source: docs/procedure.md, paragraphs 28 and 29.
    """
    row = cases.find(session, case_id, person, seen=seen)
    cases.take(row, Step.OFFER, person)
    meeting = _in_state(session, row, *_WAITS)
    if not reason.strip():
        raise Incomplete(missing=("reason",))
    agreed = meeting.state is MeetingState.AGREED and meeting.starts_at
    meeting.state, meeting.reason = MeetingState.CANCELLED, reason
    emailed = messages.write_to_child(session, row, wording, now=now)
    return cases.record(
        session,
        row,
        Mark.MEETING_CANCELLED,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={"starts_at": agreed.isoformat() if agreed else None, "emailed": emailed},
        note=reason,
    )


def _in_state(session: Session, row: Feedback, *states: MeetingState) -> Meeting:
    found = offers.newest(session, row.id)
    if found is None or found.state not in states or offers.moved(row, found):
        raise NotAllowedNow(step=Step.OFFER, state=found.state if found else row.stage)
    return found
