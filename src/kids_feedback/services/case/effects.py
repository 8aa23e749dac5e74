"""What the steps of a route bring about, beside moving the case."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.clocks import answer_clock
from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.case.procedure import Effect
from kids_feedback.domain.people import Role
from kids_feedback.services.case import case_state, meeting_offers, notifications
from kids_feedback.services.case.notifications import NotificationText
from kids_feedback.storage.tables.case import Case

Facts = dict[str, Any]  # for the history: codes, and dates as ISO text


class Acting(Protocol):
    """What an effect needs of an act (see ``services.case.act``)."""

    session: Session
    row: Case
    wording: NotificationText | None
    talked_on_before: date | None  # the first talk, as it was kept before this act

    @property
    def now(self) -> datetime: ...
    @property
    def today(self) -> date: ...
    @property
    def calendar(self) -> WorkingCalendar: ...


def bring_about(act: Acting, effects: Iterable[str]) -> Facts:
    """Bring about what changes the case, in its order; return what the history says of it.

    Raises:
        CalendarGap: a clock cannot be counted.
    """
    return _each(act, effects, _CHANGES)


def tell(act: Acting, effects: Iterable[str]) -> Facts:
    """Write to whoever is to be told, once it is clear who has the case; say whom that reached."""
    return _each(act, effects, _MESSAGES)


def _each(
    act: Acting, effects: Iterable[str], known: Mapping[Effect, Callable[[Acting], Facts]]
) -> Facts:
    facts: Facts = {}
    for effect in effects:
        if do := known.get(Effect(effect)):
            facts |= do(act)
    return facts


def _start_clock(act: Acting) -> Facts:
    """Count the answer from the first talk; where that is still the same day, nothing moves.

    Source: docs/procedure.md, paragraph 24.
    """
    row = act.row
    if row.talk_on is None:
        raise ValueError("no talk to count from")
    if row.talk_on == act.talked_on_before and row.answer_by is not None:
        return {}
    clock = answer_clock(row.talk_on, act.calendar)
    moved = {
        "answer_by": clock.due_on.isoformat(),
        "answer_by_before": row.answer_by.isoformat() if row.answer_by else None,
        "not_counted": [day.isoformat() for day in clock.not_counted],
    }
    case_state.keep_sum(row, clock)
    return moved


def _end_meeting(act: Acting) -> Facts:
    """End what was offered or agreed; the history says which meeting is off, if one lay ahead."""
    meeting = meeting_offers.newest(act.session, act.row.id)
    if meeting is None or meeting.state is MeetingState.ENDED:
        return {}
    ahead = meeting_offers.ahead(act.row, meeting, act.now)
    meeting.state = MeetingState.ENDED
    return {"meeting_off": ahead.isoformat()} if ahead else {}


def _leave_manager(act: Acting) -> Facts:
    act.row.manager_id = None
    return {}


def _notify_child(act: Acting) -> Facts:
    """Write to the child, where an email is safe; the history knows the letter by its id."""
    if act.wording is None:
        raise ValueError("no wording of the letter to the child")
    letter = notifications.notify_child(act.session, act.row, act.wording, now=act.now)
    return {"emailed": letter}


def _notify_manager(act: Acting) -> Facts:
    return _told(act, Role.LOCAL_MANAGER)


def _notify_heads(act: Acting) -> Facts:
    return _told(act, Role.HEAD_OF_PRACTICE)


def _notify_owner(act: Acting) -> Facts:
    return _told(act, None)


def _told(act: Acting, owner: Role | None) -> Facts:
    """Write to who can take the steps of a role; say how many messages there are."""
    return {"told": notifications.notify(act.session, act.row, owner, now=act.now)}


_CHANGES: Mapping[Effect, Callable[[Acting], Facts]] = {
    Effect.START_CLOCK: _start_clock,
    Effect.END_MEETING: _end_meeting,
    Effect.LEAVE_MANAGER: _leave_manager,
}
_MESSAGES: Mapping[Effect, Callable[[Acting], Facts]] = {
    Effect.NOTIFY_CHILD: _notify_child,
    Effect.NOTIFY_MANAGER: _notify_manager,
    Effect.NOTIFY_HEADS: _notify_heads,
    Effect.NOTIFY_OWNER: _notify_owner,
}
