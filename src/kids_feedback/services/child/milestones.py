"""The lines of a child's tracker: what was done, what is now, what comes next, with its day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.case.procedure import TALKED_ABOUT
from kids_feedback.domain.case.promises import OwedPromise, Promise
from kids_feedback.domain.case.submission import Kind, PassOn
from kids_feedback.services.case import case_state, letters, meeting_offers, promises
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Letter
from kids_feedback.storage.tables.meetings import Meeting

_PROMISE_OF = {  # by the code of a milestone
    "to_read": Promise.READ,
    "contact": Promise.CONTACT,
    "choose": Promise.TALK,
    "meet": Promise.TALK,
    "talk": Promise.TALK,
    "answer": Promise.ANSWER,
    "answer_here": Promise.ANSWER,
    "to_pass_on": Promise.PASS_ON,
    "to_note": Promise.PASS_ON,
}


@dataclass(frozen=True)
class Milestone:
    """One line of the tracker; the page has the sentence for its code."""

    code: str  # told, read, to_read, contact, wrote, choose, meet, talk, talked, answer, …
    state: str  # done, now or next; of the two dates also late
    on: date | None = None  # when it was, or by when it will be


@dataclass(frozen=True, kw_only=True)
class Tracker:
    """Where things are, in dates, and what that comes from."""

    milestones: tuple[Milestone, ...]
    dates: tuple[Milestone, ...]  # the two that always stand: in touch, and the answer
    owed: Mapping[Promise, OwedPromise]
    letters: Sequence[Letter]  # to the child, the newest first
    late: OwedPromise | None  # what is to be done now, where its promise was broken


def tracker_of(session: Session, row: Case, today: date) -> Tracker:
    """Return where things are.

    Source: docs/procedure.md, paragraphs 10, 23, 24 and 29.
    """
    meeting = _arranging(session, row, today)
    owed = {item.promise: item for item in promises.owed(session, row) if item.is_told}
    written = letters.to_child(session, row)
    waiting = letters.waits(written)
    wrote = None
    if waiting and case_state.is_only_here(row) and owed.pop(Promise.CONTACT, None):
        wrote = Milestone("wrote", "done", waiting.written_on)  # what is left is theirs to do
    milestones = tuple(_milestones_of(row, meeting, owed, wrote))
    now = next((milestone for milestone in milestones if milestone.state == "now"), None)
    due = owed.get(_PROMISE_OF[now.code]) if now and now.code in _PROMISE_OF else None
    dates = _dates_of(row, meeting, owed, wrote)
    return Tracker(
        milestones=milestones,
        dates=tuple(_or_late(milestone, today) for milestone in dates),
        owed=owed,
        letters=written,
        late=due if due and due.by < today else None,
    )


def _arranging(session: Session, row: Case, today: date) -> Meeting | None:
    """Return the offer that the child may still pick from, or the meeting that lies ahead.

    A meeting begins by day (see ``domain.case.meetings``), so its day in UTC is the local one.
    """
    found = meeting_offers.newest(session, row.id)
    if found is None or not meeting_offers.counts(row, found):
        return None
    if found.state is MeetingState.OFFERED:
        return found
    ahead = found.starts_at and found.starts_at.date() >= today
    return found if ahead and found.state is MeetingState.AGREED else None


def _dates_of(
    row: Case,
    meeting: Meeting | None,
    owed: Mapping[Promise, OwedPromise],
    wrote: Milestone | None,
) -> Iterator[Milestone]:
    """Yield by when somebody is in touch and by when the answer comes, or when it was.

    Before the talk nobody can know the day of the answer, so none is given.

    Source: docs/procedure.md, paragraphs 10, 24 and 29.
    """
    if wrote:
        yield wrote
    if Promise.TALK in owed:
        yield _in_touch(meeting, owed, "now")
    elif row.kind in TALKED_ABOUT and row.talk_on:
        yield Milestone("talked", "done", row.talk_on)
    elif row.kind is Kind.COMPLAINT and not case_state.wants_contact(row):
        yield Milestone("no_contact", "done")
    if row.kind is Kind.COMPLAINT and _has_or_gets_answer(row):
        yield _towards_the_answer(row, owed, "next", by_day="now")


def _in_touch(
    meeting: Meeting | None, owed: Mapping[Promise, OwedPromise], state: str
) -> Milestone:
    """Return the day of the meeting, else by when somebody gets in touch, else by when we talk."""
    if meeting and meeting.state is MeetingState.AGREED and meeting.starts_at:
        return Milestone("meet", state, meeting.starts_at.date())
    if Promise.CONTACT in owed:
        return Milestone("contact", state, owed[Promise.CONTACT].told_on)
    return Milestone("talk", state, owed[Promise.TALK].told_on)


def _towards_the_answer(
    row: Case, owed: Mapping[Promise, OwedPromise], state: str, *, by_day: str
) -> Milestone:
    """Return when the answer came, or by when it comes.

    Args:
        state: of one that nobody can give a day yet.
        by_day: the state of one that has its day without a talk.
    """
    if case_state.is_answer_held(row):
        return Milestone("answer_held", "now")
    if row.not_arrived:
        return Milestone(row.not_arrived, "done", row.posted_on)
    if case_state.has_answer(row):
        return Milestone("posted" if row.posted_on else "answered", "done", row.delivered_on)
    on = owed[Promise.ANSWER].told_on if Promise.ANSWER in owed else None
    if not case_state.wants_contact(row):
        return Milestone("answer_here", by_day if on else state, on)
    return Milestone("answer", "now", on) if on else Milestone("answer_later", state)


def _or_late(step: Milestone, today: date) -> Milestone:
    """Return a day that has passed as one that was missed."""
    missed = step.state == "now" and step.on and step.on < today
    return replace(step, state="late") if missed else step


def _milestones_of(
    row: Case,
    meeting: Meeting | None,
    owed: Mapping[Promise, OwedPromise],
    wrote: Milestone | None,
) -> Iterator[Milestone]:
    """Yield the lines of the tracker, in the order of the procedure."""
    yield Milestone("told", "done", row.received_on)
    yield from _reading(row, owed)
    if wrote:
        yield wrote
    later = "now" if row.acknowledged_on else "next"
    if row.kind is Kind.COMPLAINT and row.talk_on:
        yield Milestone("talked", "done", row.talk_on)
    elif Promise.TALK in owed:
        yield _towards_the_talk(meeting, owed, later)
        later = "next"
    if row.stopped_on:
        yield Milestone("stopped", "done", row.stopped_on)
    if row.kind is Kind.COMPLAINT and _has_or_gets_answer(row):
        yield _towards_the_answer(row, owed, later, by_day=later)


def _reading(row: Case, owed: Mapping[Promise, OwedPromise]) -> Iterator[Milestone]:
    kept_here = row.pass_on is PassOn.NO
    if row.kind is Kind.COMPLIMENT and row.closed_on:
        yield Milestone("noted" if kept_here else "passed_on", "done", row.closed_on)
    elif Promise.PASS_ON in owed:
        code = "to_note" if kept_here else "to_pass_on"
        yield Milestone(code, "now", owed[Promise.PASS_ON].told_on)
    if row.acknowledged_on:
        yield Milestone("read", "done", row.acknowledged_on)
    elif Promise.READ in owed:
        yield Milestone("to_read", "now", owed[Promise.READ].told_on)


def _has_or_gets_answer(row: Case) -> bool:
    """Say whether an answer came or is to come: none does once it has ended without one."""
    return not is_ended(row) or row.delivered_on is not None


def is_ended(row: Case) -> bool:
    """Say whether the child asked us to stop, or it was closed without an answer."""
    return row.stopped_on is not None or row.ended_as is not None


def _towards_the_talk(
    meeting: Meeting | None, owed: Mapping[Promise, OwedPromise], state: str
) -> Milestone:
    if meeting and meeting.state is MeetingState.OFFERED:
        return Milestone("choose", state)
    return _in_touch(meeting, owed, state)
