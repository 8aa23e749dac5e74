"""The way back: what a child sees with the secret words. Never the child's own words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain import clocks, secret_words
from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.clocks import AnswerClock
from kids_feedback.domain.contact import Method
from kids_feedback.domain.engine import Actor
from kids_feedback.domain.errors import NotThere
from kids_feedback.domain.feedback import Kind, Wish
from kids_feedback.domain.meetings import MeetingState
from kids_feedback.domain.procedure import ANSWERED, Step
from kids_feedback.services import delays, offers, standing
from kids_feedback.services.act import Act
from kids_feedback.services.cases import of_child
from kids_feedback.services.delays import Promise, SaidLate
from kids_feedback.storage.cases import Answer
from kids_feedback.storage.feedback import Feedback
from kids_feedback.storage.meetings import Meeting

_ARRANGING = frozenset({"choose", "meet"})
_PROMISE_OF = {  # by the code of a milestone
    "to_read": Promise.READ,
    "contact": Promise.CONTACT,
    "choose": Promise.TALK,
    "meet": Promise.TALK,
    "talk": Promise.TALK,
    "answer": Promise.ANSWER,
    "to_pass_on": Promise.PASS_ON,
}


@dataclass(frozen=True)
class Milestone:
    """One line of the tracker; the page has the sentence for its code."""

    code: str  # told, read, to_read, contact, choose, meet, talk, talked, answer, answer_later, …
    state: str  # done, now or next; of the two dates also late
    on: date | None = None  # when it was, or by when it will be


@dataclass(frozen=True, kw_only=True)
class Status:
    """Where things are, in dates. No words, name, contact or topic of the child."""

    kind: Kind
    milestones: tuple[Milestone, ...]
    manager: str | None  # who looks into it
    clock: AnswerClock | None  # None until the talk
    dates: tuple[Milestone, ...]  # the two that always stand: in touch, and the answer
    late: date | None  # the promise that was broken and still is
    delays: tuple[SaidLate, ...]  # what was said of missed promises, by new days and reasons
    late_is_said: bool  # by one of them
    answer_ready: bool
    may_change: bool  # how we get in touch, and who comes along
    may_stop: bool  # it is being looked into, and the child may say stop

    @property
    def answer_is_late(self) -> bool:
        """Whether the day of the answer is no longer the one of the clock."""
        return any(each.promise is Promise.ANSWER for each in self.delays)


@dataclass(frozen=True, kw_only=True)
class AnswerForChild:
    """The written answer (docs/procedure.md, paragraph 36), as the manager wrote it."""

    manager: str
    parts: dict[str, str]


def find(session: Session, typed: str, *, words_key: bytes) -> str | None:
    """Return the id of what was sent under these secret words; None for every kind of miss.

    A miss does the same work as a hit: one keyed hash, one look at an index.
    """
    mark = secret_words.fingerprint(secret_words.read_back(typed), words_key)
    return session.scalar(select(Feedback.id).where(Feedback.fingerprint == mark))


def status(session: Session, feedback_id: str, *, today: date, calendar: WorkingCalendar) -> Status:
    """Return where things are.

    Raises:
        NotThere: it has been erased since.
        CalendarGap: the days of the talk are outside the calendar.

    Source: docs/procedure.md, paragraphs 23, 24 and 29.
    """
    row = of_child(session, feedback_id)
    meeting = _arranging(session, row, today)
    milestones = tuple(_milestones(row, meeting))
    now = next((each for each in milestones if each.state == "now"), None)
    by = _promised(row, now)
    said = delays.said(session, row, today=today)
    new_days = {each.promise: each.new_on for each in said}
    clock = clocks.answer_clock(row.talk_on, calendar) if row.talk_on and row.answer_by else None
    steps = standing.steps_of(row, Actor.CHILD)
    return Status(
        kind=row.kind,
        milestones=tuple(_redated(each, new_days) for each in milestones),
        manager=row.manager.name if row.manager else None,
        clock=clock,
        dates=tuple(_or_late(_redated(each, new_days), today) for each in _dates(row, meeting)),
        late=by if by and by < today else None,
        delays=said,
        late_is_said=bool(now and _PROMISE_OF.get(now.code) in new_days),
        may_change=Step.CHANGE_CONTACT in steps,
        may_stop=Step.STOP in steps,
        answer_ready=row.stage in ANSWERED and row.kind is Kind.COMPLAINT,
    )


def answer(session: Session, feedback_id: str) -> AnswerForChild:
    """Return the answer once it was delivered.

    Raises:
        NotThere: there is none yet.
    """
    row, kept = _answer(session, feedback_id)
    return _for_child(row, kept)


def read_answer(act: Act) -> AnswerForChild:
    """Return the answer and note, the first time, that the child has opened it.

    Raises:
        NotThere: there is none yet.
    """
    row, kept = _answer(act.session, act.row.id)
    if kept.read_at is None:
        kept.read_at = act.now
        act.take(Step.READ_ANSWER)
        act.record()
    return _for_child(row, kept)


def _answer(session: Session, feedback_id: str) -> tuple[Feedback, Answer]:
    row = of_child(session, feedback_id)
    kept = session.scalar(select(Answer).where(Answer.feedback_id == row.id))
    if kept is None or row.stage not in ANSWERED:
        raise NotThere
    return row, kept


def _for_child(row: Feedback, kept: Answer) -> AnswerForChild:
    return AnswerForChild(
        manager=row.manager.name if row.manager else "Cafcass", parts=dict(kept.parts or {})
    )


def _arranging(session: Session, row: Feedback, today: date) -> Meeting | None:
    """Return the offer that the child may still pick from, or the meeting that lies ahead.

    A meeting begins by day (see ``domain.meetings``), so its day in UTC is the local one.
    """
    found = offers.standing(session, row.id)
    if found is None or offers.moved(row, found):
        return None
    if found.state is MeetingState.OFFERED:
        return found
    ahead = found.starts_at and found.starts_at.date() >= today
    return found if ahead and found.state is MeetingState.AGREED else None


def _promised(row: Feedback, now: Milestone | None) -> date | None:
    """Return the day that was promised; arranging to meet does not move it."""
    if now is None:
        return None
    return row.talk_by if now.code in _ARRANGING else now.on


def _dates(row: Feedback, meeting: Meeting | None) -> Iterator[Milestone]:
    """Yield by when somebody is in touch and by when the answer comes, or when it was.

    Before the talk nobody can know the day of the answer, so none is given.

    Source: docs/procedure.md, paragraphs 10, 24 and 29.
    """
    wanted = standing.wants_contact(row)
    if row.kind is Kind.COMPLAINT or (row.kind is Kind.FEELINGS and wanted):
        yield _in_touch(row, meeting) if wanted or row.talk_on else Milestone("no_contact", "done")
    if row.kind is not Kind.COMPLAINT:
        return
    if row.stage in ANSWERED:
        yield Milestone("answered", "done", row.delivered_on)
    elif row.answer_by:
        yield Milestone("answer", "now", row.answer_by)
    else:
        yield Milestone("answer_later" if wanted else "answer_here", "next")


def _in_touch(row: Feedback, meeting: Meeting | None) -> Milestone:
    if row.talk_on:
        return Milestone("talked", "done", row.talk_on)
    if meeting and meeting.state is MeetingState.AGREED and meeting.starts_at:
        return Milestone("meet", "now", meeting.starts_at.date())
    if row.contacted_on:
        return Milestone("talk", "now", row.talk_by)
    return Milestone("contact", "now", row.contact_by)


def _or_late(step: Milestone, today: date) -> Milestone:
    """Return a day that has passed as one that was missed."""
    missed = step.state == "now" and step.on and step.on < today
    return replace(step, state="late") if missed else step


def _redated(step: Milestone, new_days: Mapping[Promise, date]) -> Milestone:
    """Return the milestone with the day that the child was last told; a meeting has its own."""
    new_on = new_days.get(_PROMISE_OF[step.code]) if step.code in _PROMISE_OF else None
    return replace(step, on=new_on) if new_on and step.on and step.code != "meet" else step


def _milestones(row: Feedback, meeting: Meeting | None) -> Iterator[Milestone]:
    yield Milestone("told", "done", row.received_on)
    if row.kind is Kind.COMPLIMENT:
        passed = row.closed_on is not None
        yield Milestone(
            "passed_on" if passed else "to_pass_on",
            "done" if passed else "now",
            row.closed_on or row.pass_on_by,
        )
        return
    if row.acknowledged_on is None:
        yield Milestone("to_read", "now", row.read_by)
    else:
        yield Milestone("read", "done", row.acknowledged_on)
    if row.kind is Kind.COMPLAINT:
        yield from _towards_the_answer(row, meeting)
    elif row.kind is Kind.FEELINGS and row.wish is not Wish.JUST_KNOW:
        yield from _towards_the_talk(row, meeting, "now" if row.acknowledged_on else "next")


def _towards_the_answer(row: Feedback, meeting: Meeting | None) -> Iterator[Milestone]:
    later = "now" if row.acknowledged_on else "next"
    if row.talk_on:
        yield Milestone("talked", "done", row.talk_on)
    elif row.method is not Method.NONE and row.stage not in ANSWERED:
        yield from _towards_the_talk(row, meeting, later)
        later = "next"
    if row.stage in ANSWERED:
        yield Milestone("answered", "done", row.delivered_on)
    elif row.answer_by:
        yield Milestone("answer", "now", row.answer_by)
    else:
        yield Milestone("answer_later" if row.method is not Method.NONE else "answer_here", later)


def _towards_the_talk(row: Feedback, meeting: Meeting | None, state: str) -> Iterator[Milestone]:
    if row.method is Method.NONE:
        return
    if meeting and meeting.state is MeetingState.OFFERED:
        yield Milestone("choose", state)
    elif meeting and meeting.starts_at:
        yield Milestone("meet", state, meeting.starts_at.date())
    elif row.contacted_on:
        yield Milestone("talk", state, row.talk_by)
    else:
        yield Milestone("contact", state, row.contact_by)
