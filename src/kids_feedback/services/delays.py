"""Promises that are missed: what the child is told of it, and by whom (ruling R3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.feedback import Kind
from kids_feedback.domain.meetings import YOU_PICKED
from kids_feedback.domain.people import Person
from kids_feedback.domain.procedure import ANSWERED, TALKED_ABOUT, Step
from kids_feedback.services import cases, standing
from kids_feedback.services.act import Act, Saved
from kids_feedback.services.refusals import Incomplete, NotAWorkingDay, check_day
from kids_feedback.storage.feedback import Feedback
from kids_feedback.storage.promises import Delay


class Promise(StrEnum):
    """What a child was told a day for."""

    READ = "read"
    CONTACT = "contact"
    TALK = "talk"
    ANSWER = "answer"
    PASS_ON = "pass_on"  # noqa: S105 - praise is passed on, no password


@dataclass(frozen=True, kw_only=True)
class SaidLate:
    """What the child was told of a promise that is not kept yet."""

    promise: Promise
    old_on: date  # the day that was said before
    new_on: date
    reason: str  # in words for the child
    is_over: bool  # the new day has passed as well


@dataclass(frozen=True, kw_only=True)
class Promised:
    """The promises of a case that are not kept yet."""

    days: Mapping[Promise, date]  # as the child was last told
    said: tuple[SaidLate, ...]  # of those that are late


def said(session: Session, row: Feedback, *, today: date) -> tuple[SaidLate, ...]:
    """Return the newest word on each promise that is still open, in the order of the promises."""
    return tuple(_newest(session, row, today).values())


def of_case(session: Session, case_id: str, person: Person, *, today: date) -> Promised:
    """Return what a case still owes the child, and what the child was told of it.

    Raises:
        NotThere: no such case, or not one this person may know of.
    """
    return _of(session, cases.find(session, case_id, person), today)


def as_said(
    session: Session,
    case_id: str,
    person: Person,
    *,
    promise: Promise,
    new_on: date,
    reason: str,
    today: date,
    calendar: WorkingCalendar,
) -> SaidLate:
    """Return what the child would be told, and keep nothing.

    Args:
        new_on: a working day to come, later than the day that was said before.
        reason: in plain words, for the child to read.

    Raises:
        NotThere: no such case, or not one this person may know of.
        Incomplete: no reason, or nothing of that kind is promised (any more).
        WrongDay, NotAWorkingDay: the new day is none that can be promised.
    """
    row = cases.find(session, case_id, person)
    return _checked(session, row, promise, new_on, reason, today, calendar)


def say_late(act: Act, *, promise: Promise, new_on: date, reason: str) -> Saved:
    """Tell the child that a promise is missed, why, and the new day; the Heads of Practice hear.

    The promise itself stays where it was, and stays broken: the queue and the figures count it.

    Args:
        new_on, reason: see ``as_said``.

    Raises:
        NotAllowedNow: see ``Act.take``.
        Incomplete, WrongDay, NotAWorkingDay: see ``as_said``.

    Source: docs/procedure.md, paragraphs 27 and 28.
    """
    late = _checked(act.session, act.row, promise, new_on, reason, act.today, act.calendar)
    act.take(Step.SAY_LATE)
    act.session.add(
        Delay(
            feedback_id=act.row.id,
            promise=promise.value,
            said_at=act.now,
            said_by=act.person_id,
            reason=reason,
            old_on=late.old_on,
            new_on=new_on,
        )
    )
    days = {"old_on": late.old_on.isoformat(), "new_on": new_on.isoformat()}
    return act.record(reason, {"promise": promise.value, **days})


def _checked(
    session: Session,
    row: Feedback,
    promise: Promise,
    new_on: date,
    reason: str,
    today: date,
    calendar: WorkingCalendar,
) -> SaidLate:
    missing = () if reason.strip() else ("reason",)
    old_on = _of(session, row, today).days.get(promise)
    if old_on is None or missing:
        raise Incomplete(missing=missing or ("promise",))
    earliest = calendar.next_working_day(max(today, old_on))
    check_day(new_on, earliest=earliest, latest=calendar.last)
    if not calendar.is_working(new_on):
        raise NotAWorkingDay
    return SaidLate(promise=promise, old_on=old_on, new_on=new_on, reason=reason, is_over=False)


def _of(session: Session, row: Feedback, today: date) -> Promised:
    newest = _newest(session, row, today)
    told = {promise: late.new_on for promise, late in newest.items()}
    return Promised(days=dict(_promised(row)) | told, said=tuple(newest.values()))


def _newest(session: Session, row: Feedback, today: date) -> dict[Promise, SaidLate]:
    wanted = select(Delay).where(Delay.feedback_id == row.id).order_by(Delay.said_at, Delay.new_on)
    newest = {each.promise: each for each in session.scalars(wanted) if _is_said(each)}
    return {
        promise: SaidLate(
            promise=promise,
            old_on=kept.old_on,
            new_on=kept.new_on,
            reason=kept.reason or "",
            is_over=kept.new_on < today,
        )
        for promise, _day in _promised(row)
        if (kept := newest.get(promise.value))
    }


def _is_said(kept: Delay) -> bool:
    """Say whether staff wrote it; of a meeting on a later day its own page speaks."""
    return kept.reason not in (None, YOU_PICKED)


def _promised(row: Feedback) -> Iterator[tuple[Promise, date]]:
    """Yield the promises that are still to be kept, and their days."""
    if row.closed_on:
        return
    if row.kind is Kind.COMPLIMENT:
        yield Promise.PASS_ON, row.pass_on_by
        return
    if row.acknowledged_on is None:
        yield Promise.READ, row.read_by
    talks = row.kind in TALKED_ABOUT and standing.wants_contact(row)
    if talks and row.talk_on is None and row.stage not in ANSWERED:
        if row.contacted_on is None:
            yield Promise.CONTACT, row.contact_by
        yield Promise.TALK, row.talk_by
    if row.answer_by and row.delivered_on is None:
        yield Promise.ANSWER, row.answer_by
