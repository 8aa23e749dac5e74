"""The lines of a child's tracker: what was done, what is now, what comes next, with its day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.case.procedure import TALKED_ABOUT
from kids_feedback.domain.case.promises import OwedPromise, Promise
from kids_feedback.domain.case.submission import Kind, PassOn
from kids_feedback.services.case import case_state, meeting_offers
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.meetings import Meeting


@dataclass(frozen=True)
class Milestone:
    """One line of the tracker; the page has the sentence for its code."""

    code: str  # told, read, to_read, contact, wrote, choose, meet, talk, talked, answer, …
    state: str  # done, now or next; of the two dates also late
    on: date | None = None  # when it was, or by when it will be


def arranging(session: Session, row: Case, today: date) -> Meeting | None:
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


def dates_of(
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
    if row.kind is Kind.COMPLAINT and _is_answered(row):
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
    if row.not_arrived:
        return Milestone(row.not_arrived, "done", row.posted_on)
    if case_state.has_answer(row):
        return Milestone("posted" if row.posted_on else "answered", "done", row.delivered_on)
    on = owed[Promise.ANSWER].told_on if Promise.ANSWER in owed else None
    if not case_state.wants_contact(row):
        return Milestone("answer_here", by_day if on else state, on)
    return Milestone("answer", "now", on) if on else Milestone("answer_later", state)


def or_late(step: Milestone, today: date) -> Milestone:
    """Return a day that has passed as one that was missed."""
    missed = step.state == "now" and step.on and step.on < today
    return replace(step, state="late") if missed else step


def milestones_of(
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
    if row.kind is Kind.COMPLAINT and _is_answered(row):
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


def _is_answered(row: Case) -> bool:
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
