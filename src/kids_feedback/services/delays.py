"""Promises that are missed: what the child is told of it, and by whom (ruling R3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.feedback import Kind
from kids_feedback.domain.meetings import YOU_PICKED
from kids_feedback.domain.people import Person
from kids_feedback.domain.procedure import Stage
from kids_feedback.services import cases, messages, standing
from kids_feedback.services.cases import Mark, Saved
from kids_feedback.services.messages import Wording
from kids_feedback.services.refusals import Incomplete, NotAWorkingDay, check_day
from kids_feedback.storage.feedback import Feedback
from kids_feedback.storage.promises import Delay

_WORKED_ON = frozenset({Kind.COMPLAINT, Kind.FEELINGS})
_ANSWERED = frozenset({Stage.DELIVERED, Stage.CLOSED})


class Promise(StrEnum):
    """What a child was told a day for."""

    READ = "read"
    CONTACT = "contact"
    TALK = "talk"
    ANSWER = "answer"
    PASS_ON = "pass_on"  # noqa: S105 - no secret


@dataclass(frozen=True, kw_only=True)
class SaidLate:
    """What the child was told of a promise that is not kept yet."""

    promise: Promise
    old_on: date  # the day that was said before
    new_on: date
    reason: str  # in words for the child
    is_over: bool  # the new day has passed as well


def said(session: Session, row: Feedback, *, today: date) -> tuple[SaidLate, ...]:
    """Return the newest word on each promise that is still open, in the order of the promises."""
    return tuple(_newest(session, row, today).values())


def standing_delays(
    session: Session, case_id: str, person: Person, *, today: date
) -> tuple[SaidLate, ...]:
    """Return what the child was told of promises that are still open.

    Raises:
        NotThere: no such case, or not one this person may know of.
    """
    return said(session, cases.find(session, case_id, person), today=today)


def open_promises(
    session: Session, case_id: str, person: Person, *, today: date
) -> Mapping[Promise, date]:
    """Return the promises not kept yet, each with the day that the child was last told.

    Raises:
        NotThere: no such case, or not one this person may know of.
    """
    return _last_said(session, cases.find(session, case_id, person), today)


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
    missing = () if reason.strip() else ("reason",)
    old_on = open_promises(session, case_id, person, today=today).get(promise)
    if old_on is None or missing:
        raise Incomplete(missing=missing or ("promise",))
    earliest = calendar.next_working_day(max(today, old_on))
    check_day(new_on, earliest=earliest, latest=calendar.last)
    if not calendar.is_working(new_on):
        raise NotAWorkingDay
    return SaidLate(promise=promise, old_on=old_on, new_on=new_on, reason=reason, is_over=False)


def say_late(
    session: Session,
    case_id: str,
    person: Person,
    *,
    promise: Promise,
    new_on: date,
    reason: str,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    wording: Wording,
    seen: int | None = None,
) -> Saved:
    """Tell the child that a promise is missed, why, and the new day; the Heads of Practice hear.

    The promise itself stays where it was, and stays broken: the queue and the figures count it.

    Args:
        new_on, reason: see ``as_said``.

    Raises:
        NotThere, SomebodyElseSaved: see ``cases``.
        Incomplete, WrongDay, NotAWorkingDay: see ``as_said``.

    Source: docs/procedure.md, paragraphs 27 and 28.
    """
    row = cases.find(session, case_id, person, seen=seen)
    late = as_said(
        session,
        case_id,
        person,
        promise=promise,
        new_on=new_on,
        reason=reason,
        today=today,
        calendar=calendar,
    )
    days = {"old_on": late.old_on, "new_on": new_on}
    session.add(
        Delay(
            feedback_id=row.id,
            promise=promise.value,
            said_at=now,
            said_by=person.id,
            reason=reason,
            **days,
        )
    )
    told = messages.write_to_child(session, row, wording, now=now)
    saved = cases.record(
        session,
        row,
        Mark.DELAYED,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={
            "promise": promise.value,
            "emailed": told,
            **{name: day.isoformat() for name, day in days.items()},
        },
        note=reason,
    )
    heads = cases.heads_of(session, row.id, row.area_code or "")
    messages.tell_staff(session, row, heads, now=now)
    return saved


def _last_said(session: Session, row: Feedback, today: date) -> dict[Promise, date]:
    newest = _newest(session, row, today)
    return {
        promise: newest[promise].new_on if promise in newest else day
        for promise, day in _promised(row)
    }


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
    talks = row.kind in _WORKED_ON and standing.situation_of(row).wants_contact
    if talks and row.talk_on is None and row.stage not in _ANSWERED:
        if row.contacted_on is None:
            yield Promise.CONTACT, row.contact_by
        yield Promise.TALK, row.talk_by
    if row.answer_by and row.delivered_on is None:
        yield Promise.ANSWER, row.answer_by
