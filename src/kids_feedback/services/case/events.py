"""The events of a case: how one is kept, all in order, and the talks with the child."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import ACCESS_STEPS, Step
from kids_feedback.domain.errors import CannotOpen
from kids_feedback.domain.unreadable import UnreadableParts
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.site import mail_progress
from kids_feedback.services.site.mail_progress import Progress
from kids_feedback.storage.encryption import keys_in
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event, Talk
from kids_feedback.storage.tables.people import PersonRow

# The steps of which more than the day is kept. Of all others only the day: an instant could be
# laid beside a log, or beside what was sent without a name, and asks nobody's question.
TIMED = ACCESS_STEPS | {  # the audit of looks; for a while a look also opens the drawings
    Step.OPEN_FROM_OUTSIDE,  # … and why
    Step.SAFEGUARDING,  # how soon somebody looked to a child's safety (paragraph 12)
    Step.DECIDE_SAFETY,  # … and decided
    Step.LOG_ATTEMPT,  # tries are to be at other hours than those before
    Step.REPLACE_WORDS,  # when the old way back ended, should somebody else have asked for it
}

ONE_PRESS = timedelta(seconds=10)  # a finger that trembles, or a page that was slow


@dataclass(frozen=True, kw_only=True)
class HistoryEvent:
    """One event of a case's history."""

    number: int  # 1, 2, 3, … within the case
    written_on: date  # local
    at: datetime | None  # None: the day is all that is kept
    who: str | None  # a name; None: the child, or the service itself
    what: str  # the value of a ``Step``
    facts: Mapping[str, Any]  # dates as ISO text, and codes
    note: str | None  # by staff; what a child adds is among their words
    erased: bool  # only that it was done, when and by whom is left
    readable: bool = True
    letter: Progress | None = None  # how far the email has got that told the child, if one is known


@dataclass(frozen=True, kw_only=True)
class LoggedTalk:
    """One talk with the child."""

    id: str
    talk_on: date
    way: str
    who: str
    present: str
    wants: str
    is_struck: bool  # it was none, or stands below as it was


def events_of(opened: Opened, *steps: Step) -> list[HistoryEvent]:
    """Return the lines of some steps, by default of all; the oldest first."""
    wanted = (
        select(Event, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == Event.person_id)
        .where(Event.case_id == opened.row.id)
        .order_by(Event.number)
    )
    if steps:
        wanted = wanted.where(Event.what.in_(steps))
    lines = [_line(line, who) for line, who in opened.session.execute(wanted)]
    letters = mail_progress.progress_of(opened.session, {*filter(None, map(_letter_of, lines))})
    return [replace(line, letter=letters.get(_letter_of(line))) for line in lines]


def talks_of(opened: Opened, *, with_struck: bool = False) -> tuple[LoggedTalk, ...]:
    """Return the talks in order of their days.

    Args:
        with_struck: those too that were none, or were put right since.
    """
    wanted = (
        select(Talk, PersonRow.name)
        .join(PersonRow, PersonRow.id == Talk.recorded_by)
        .where(Talk.case_id == opened.row.id)
        .order_by(Talk.talk_on, Talk.number)
    )
    if not with_struck:
        wanted = wanted.where(Talk.struck_on.is_(None))
    return tuple(
        LoggedTalk(
            id=talk.id,
            talk_on=talk.talk_on,
            way=talk.way,
            who=who,
            present=talk.present or "",
            wants=talk.wants or "",
            is_struck=talk.struck_on is not None,
        )
        for talk, who in opened.session.execute(wanted)
    )


def add_event(
    session: Session,
    row: Case,
    what: Step,
    *,
    person_id: str | None,
    now: datetime,
    today: date,
    facts: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """Add a line to the history, and leave the case as it is.

    Args:
        person_id: who did it; None when nobody did, but the service itself.
        now: kept only with what is ``TIMED``.
        today: local day.
    """
    line = Event(
        case_id=row.id,
        number=_next_number(session, row),
        written_on=today,
        at=now if what in TIMED else None,
        person_id=person_id,
        what=what.value,
    )
    line.say(keys_in(session), facts or {}, note or None)
    session.add(line)
    session.flush()


def said_today(
    session: Session, row: Case, what: Step, *, person_id: str | None, today: date
) -> bool:
    """Say whether the newest line, looks apart, says the same: done by this person today."""
    newest = (
        select(Event.what, Event.person_id, Event.written_on)
        .where(Event.case_id == row.id, Event.what.not_in(ACCESS_STEPS))
        .order_by(Event.number.desc())
        .limit(1)
    )
    return session.execute(newest).one_or_none() == (what.value, person_id, today)


def is_second_press(
    session: Session,
    row: Case,
    what: Step,
    *,
    person_id: str | None,
    now: datetime,
    today: date,
    note: str,
) -> bool:
    """Say whether this person did the same a moment ago, and since then people only looked.

    Of what is kept by the day alone the same words on the same day are the same.
    """
    others_same = Event.what.in_({*ACCESS_STEPS, what}) & (
        (Event.what != what.value) | Event.person_id.is_distinct_from(person_id)
    )
    newest = select(Event).where(Event.case_id == row.id, ~others_same)
    line = session.scalar(newest.order_by(Event.number.desc()).limit(1))
    if line is None or (line.what, line.written_on) != (what.value, today):
        return False
    return (line.at is None or now - line.at <= ONE_PRESS) and _note(line) == (note or None)


def _note(line: Event) -> str | None:
    try:
        return line.note
    except CannotOpen:  # and so it is not known to be the same
        return ""


def _letter_of(line: HistoryEvent) -> str:
    """Return the id of the email to the child that the step wrote; lines of old do not know it."""
    known = line.facts.get("emailed")
    return known if isinstance(known, str) else ""


def _line(line: Event, who: str | None) -> HistoryEvent:
    text = line.text  # opened once
    return HistoryEvent(
        number=line.number,
        written_on=line.written_on,
        at=line.at,
        who=who,
        what=line.what,
        facts=text.get("facts", {}) if text else {},
        note=text.get("note") if text and line.person_id else None,
        erased=text is None,
        readable=not isinstance(text, UnreadableParts),
    )


def _next_number(session: Session, row: Case) -> int:
    """Return the number after the last. Who else adds a line to the case waits for this one."""
    the_case = select(Case.id).where(Case.id == row.id)
    session.execute(the_case.with_for_update(key_share=True))
    last = select(func.max(Event.number)).where(Event.case_id == row.id)
    return (session.scalar(last) or 0) + 1
