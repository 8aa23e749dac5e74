"""Meeting a child: what a manager offers, agrees to and cancels."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from kids_feedback.domain.case import meetings
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.meetings import (
    PLACE_LIMIT,
    WAITS,
    MeetingState,
    Offer,
    OfferFault,
    UnsuitableOffer,
)
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.services.case import case_state, meeting_offers, promises
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people import identity
from kids_feedback.services.errors import (
    Incomplete,
    MeetingAgreed,
    MeetingToCome,
    check_day,
    check_said,
)
from kids_feedback.storage.tables.meetings import Meeting


class MeetingOutcome(StrEnum):
    """What became of a meeting on its day."""

    CAME = "came"
    DID_NOT_COME = "did_not_come"
    MOVED = "moved"  # to another day, which is to be offered


@dataclass(frozen=True, kw_only=True)
class MeetingArrangement:
    """How far the arranging is, as its manager sees it. Instants are in UTC."""

    state: MeetingState
    minutes: int
    starts: tuple[datetime, ...]  # as offered
    places: tuple[str, ...]  # as offered
    starts_at: datetime | None  # as agreed, or as the child picked it
    place: str | None  # as agreed, or as the child wants it: words, or a ``UsualPlace``
    wish: str | None  # when would be good, in the child's words; None: they picked a time
    reason: str | None  # why it was cancelled

    keeps_place: bool  # the place is one that was there to be picked, not the child's words

    @property
    def may_be_cancelled(self) -> bool:
        """Whether a child may still count on it."""
        return self.state in WAITS


def current(opened: Opened) -> MeetingArrangement | None:
    """Return the newest offer and what became of it; None: nothing was, or it stands no more."""
    row = opened.row
    found = meeting_offers.newest(opened.session, row.id)
    if found is None or meeting_offers.moved(row, found) or not meeting_offers.answerable(row):
        return None
    return MeetingArrangement(
        state=found.state,
        minutes=found.minutes,
        starts=meeting_offers.starts_of(found),
        places=meeting_offers.places_of(found),
        starts_at=found.starts_at,
        place=found.place,
        wish=found.wish,
        reason=found.reason,
        keeps_place=meeting_offers.may_keep_place(found),
    )


def offer(act: Act, *, offered: Offer, not_on_case: bool) -> Saved:
    """Offer the child times and places; what was offered before stands no more.

    Where the child chose the secret words, what waits behind them is the contact that they asked
    for. Any other child has to be reached: an email that something waits is only a try.

    Args:
        not_on_case: the manager says that they never worked on this child's case.

    Raises:
        StepNotOpen: see ``Act.take``.
        UnsuitableOffer: it is no choice.
        MeetingAgreed: a meeting is agreed.
        CalendarGap: a day lies outside the calendar.

    Source: docs/procedure.md, paragraphs 20 and 21.
    """
    row, now = act.row, act.now
    act.take(Step.OFFER)
    meetings.check_offer(offered, now=now, calendar=act.calendar)
    before = meeting_offers.newest(act.session, row.id)
    if meeting_offers.met_at(row, before):
        raise MeetingAgreed
    act.session.add(
        Meeting(
            case_id=row.id,
            state=MeetingState.OFFERED,
            offered_by=row.manager_id or act.person_id,  # whom the child meets, whoever stands in
            minutes=offered.minutes,
            details={
                "slots": [start.astimezone(UTC).isoformat() for start in sorted(offered.starts)],
                "places": list(offered.places),
            },
        )
    )
    if case_state.way_of(row)[0] is Method.HERE:
        row.contacted_on = row.contacted_on or act.today
    return act.record(facts={"not_on_case": not_on_case, "times": len(offered.starts)})


def agree(act: Act, *, start: datetime, place: str) -> Saved:
    """Agree to what the child suggested.

    Args:
        start: aware, in the local zone.
        place: where; nothing keeps the place that the child picked.

    Raises:
        StepNotOpen: see ``Act.take``; also where the child suggested nothing.
        UnsuitableOffer: the time is over, or in the night; or the place is too long.
        Incomplete: there is no place.
        CalendarGap: the day lies outside the calendar.

    Source: docs/procedure.md, paragraphs 21 and 29.
    """
    act.take(Step.AGREE_MEETING)
    meeting = _in_state(act, MeetingState.SUGGESTED)
    meetings.check_time(start, minutes=meeting.minutes, now=act.now, calendar=act.calendar)
    if len(place) > PLACE_LIMIT:
        raise UnsuitableOffer((OfferFault.LONG_PLACE,))
    if not place and not meeting_offers.may_keep_place(meeting):
        raise Incomplete(missing=("place",))
    picked = meeting.starts_at == start
    meeting.state, meeting.starts_at = MeetingState.AGREED, start
    if place:
        meeting.place = place
    late = promises.keep_meeting(act.session, act.row, meeting, start, picked=picked, now=act.now)
    return act.record(facts={"starts_at": start.isoformat(), **late})


def cancel(act: Act, *, reason: str, nothing_of_case: bool = False) -> Saved:
    """Cancel a meeting, or what was offered; the child reads why. No promise is moved by it.

    Args:
        nothing_of_case: is in the reason, as who writes it says.

    Raises:
        StepNotOpen: see ``Act.take``; also where nothing stands.
        Incomplete: there is no reason.
        IdentityUnchecked: it may tell of the case, and who the child is is not found in its file.

    Source: docs/procedure.md, paragraphs 28 and 29.
    """
    act.take(Step.CANCEL_MEETING)
    meeting = _in_state(act, *WAITS)
    check_said(reason=reason)
    identity.check_may_write(act, nothing_of_case=nothing_of_case)
    agreed = meeting.state is MeetingState.AGREED and meeting.starts_at
    meeting.state, meeting.reason = MeetingState.CANCELLED, reason
    said = identity.said_so(nothing_of_case=nothing_of_case)
    return act.record(reason, {"starts_at": agreed.isoformat() if agreed else None, **said})


def say_met(act: Act, *, outcome: MeetingOutcome, next_attempt_on: date | None = None) -> Saved:
    """Keep whether the child came. Whoever came was reached; else it has to be arranged again.

    Args:
        next_attempt_on: when to try again to reach a child who did not come.

    Raises:
        StepNotOpen: see ``Act.take``; also where no meeting is agreed.
        MeetingToCome: it has not begun yet.
        Incomplete: the child did not come, and there is no day of the next try.
        DayOutOfRange: the next try would be in the past.

    Source: docs/procedure.md, paragraphs 20 and 29.
    """
    act.take(Step.SAY_MET)
    starts_at = _in_state(act, MeetingState.AGREED).starts_at
    if starts_at is None or starts_at > act.now:
        raise MeetingToCome
    if outcome is MeetingOutcome.CAME:
        act.row.contacted_on = act.row.contacted_on or starts_at.date()
    if outcome is MeetingOutcome.DID_NOT_COME:
        if next_attempt_on is None:
            raise Incomplete(missing=("next_attempt_on",))
        check_day(next_attempt_on, earliest=act.today, latest=act.calendar.last)
        act.row.next_attempt_on = next_attempt_on
    return act.record(
        facts={
            "outcome": outcome,
            "starts_at": starts_at.isoformat(),
            "next_try_on": act.row.next_attempt_on.isoformat() if act.row.next_attempt_on else None,
        }
    )


def _in_state(act: Act, *states: MeetingState) -> Meeting:
    found = meeting_offers.newest(act.session, act.row.id)
    if found is None or found.state not in states or meeting_offers.moved(act.row, found):
        raise StepNotOpen(step=Step.OFFER, state=found.state if found else act.row.stage)
    return found
