"""The queue of a person: one entry for each child, the next promise to break first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, defer, joinedload

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.clocks import days_left
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import CourtFlag
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.promises import Promise, owed_by
from kids_feedback.domain.case.submission import AgeBand, Kind, PassOn
from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.case import case_state, follow_ups
from kids_feedback.services.case.access import asks_why, open_to
from kids_feedback.services.case.follow_ups import FollowUpEntry
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer

PAGE = 50  # lines


@dataclass(frozen=True, kw_only=True)
class QueueEntry:
    """One child's line."""

    id: str
    name: str | None  # what to call the child
    age_band: AgeBand
    kind: Kind
    stage: Stage
    next_step: Step | None
    due_on: date | None  # local day; the first of all that is promised, planned or arranged
    days_left: int | None  # working days to it; below zero once late
    is_late: bool
    court: CourtFlag
    method: Method | None
    needs: tuple[str, ...]
    language: str
    manager: str | None  # who has it; None: not given yet
    office: str | None
    follow_ups: tuple[FollowUpEntry, ...]  # what the child did since; the first day first
    is_news: bool  # some of it nobody has opened
    withdrawn: bool  # the child asked us to stop
    read_today: bool  # an alarm is undecided
    received_on: date
    next_attempt_on: date | None  # when somebody tries again to reach the child
    meeting_at: datetime | None  # when they meet; None: nothing is agreed
    pass_on: PassOn | None


@dataclass(frozen=True, kw_only=True)
class Queue:
    """A page of lines, and how many there are of each kind."""

    lines: tuple[QueueEntry, ...]
    page: int  # from 1
    pages: int
    counts: Mapping[Kind, int]  # of everything that waits, whatever is shown
    unopened: tuple[str, ...]  # the ids of what waits too, until they say why they open it


def waiting(
    session: Session,
    person: Person,
    *,
    today: date,
    calendar: WorkingCalendar,
    page: int = 1,
    kind: Kind | None = None,
) -> Queue:
    """Return what waits: alarms to be decided, new from the child, late, court warnings, by date.

    What is closed waits too while something that the child did since is to be followed up. What the
    person outside the list has yet to say why they open is no line, and no page or kind counts it.

    Args:
        page: from 1; one that is not there is empty.
        kind: only this one; None: all.

    Raises:
        CalendarGap: a date that matters lies outside the calendar.

    Source: docs/procedure.md, paragraphs 12, 30, 31, 31a and 43.
    """
    counts = counts_of(session, person)
    of_theirs = _open_to(session, person)
    wanted = of_theirs if kind is None else and_(of_theirs, Case.kind == kind)
    total = sum(counts.values()) if kind is None else counts[kind]
    return Queue(
        lines=_lines(session, wanted, page=page, today=today, calendar=calendar),
        page=page,
        pages=max(1, -(-total // PAGE)),
        counts=counts,
        unopened=_unopened(session, person),
    )


def compliments(
    session: Session, person: Person, *, today: date, calendar: WorkingCalendar, page: int = 1
) -> Queue:
    """Return the compliments that wait to be passed on, each with the day by which.

    Raises:
        CalendarGap: a date that matters lies outside the calendar.

    Source: docs/procedure.md, paragraphs 59 and 63.
    """
    return waiting(session, person, today=today, calendar=calendar, page=page, kind=Kind.COMPLIMENT)


def counts_of(session: Session, person: Person) -> Mapping[Kind, int]:
    """Return how many of each kind wait for this person."""
    wanted = select(Case.kind, func.count()).where(_open_to(session, person)).group_by(Case.kind)
    counts = dict.fromkeys(Kind, 0)
    for kind, count in session.execute(wanted):
        counts[kind] = count
    return counts


def to_check(
    session: Session, person: Person, *, today: date, calendar: WorkingCalendar
) -> tuple[QueueEntry, ...]:
    """Return the answers that wait for this Head of Practice, a page at most; never their own.

    Each has the day of its answer, whatever else is due before.

    Raises:
        CalendarGap: a date that matters lies outside the calendar.

    Source: docs/procedure.md, paragraph 37.
    """
    if person.role is not Role.HEAD_OF_PRACTICE:
        return ()
    own = select(Answer.id).where(Answer.case_id == Case.id, Answer.written_by == person.id)
    wanted = and_(_open_to(session, person), Case.stage == Stage.WRITTEN, ~own.exists())
    rows = session.scalars(_rows(wanted).order_by(Case.received_on, Case.id).limit(PAGE))
    dated = [(owed_by(case_state.owed_of(row), Promise.ANSWER), row) for row in rows.unique()]
    dated.sort(key=lambda pair: pair[0] or date.max)
    return tuple(_line(row, (), today, calendar, due_on=day) for day, row in dated)


def _next_due(row: Case) -> date | None:
    days = (row.next_due_on, row.follow_up_by)
    return min((day for day in days if day), default=None)


def _open_to(session: Session, person: Person) -> ColumnElement[bool]:
    """Return what waits for this person, and may be read by them."""
    return and_(open_to(session, person), _waits())


def _waits() -> ColumnElement[bool]:
    """Return what waits: what is open, and what a child has done or said of their safety since."""
    return or_(Case.closed_on.is_(None), Case.follow_up_by.is_not(None), Case.read_today)


def _unopened(session: Session, person: Person) -> tuple[str, ...]:
    if person.last_resort is not Fallback.OUTSIDE:
        return ()  # nobody else is asked
    wanted = select(Case.id).where(asks_why(session, person), _waits())
    return tuple(session.scalars(wanted.order_by(Case.received_on, Case.id)))


def _lines(
    session: Session,
    wanted: ColumnElement[bool],
    *,
    page: int,
    today: date,
    calendar: WorkingCalendar,
) -> tuple[QueueEntry, ...]:
    rows = session.scalars(
        _rows(wanted)
        .order_by(
            _urgency(today),
            _due_on().nulls_last(),
            Case.received_on,
            Case.id,
        )
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    found = rows.unique().all()
    waits = follow_ups.open_of(session, found)
    return tuple(
        _line(row, tuple(waits.get(row.id, ())), today, calendar, due_on=_next_due(row))
        for row in found
    )


def _rows(wanted: ColumnElement[bool]) -> Select[Case]:
    """Select cases as a list needs them: without the child's own parts."""
    return (
        select(Case)
        .where(wanted)
        .options(
            joinedload(Case.manager),
            joinedload(Case.office),
            joinedload(Case.hearings),
            defer(Case.words_sealed),
            defer(Case.contact_sealed),
            defer(Case.helper_sealed),
        )
    )


def _due_on() -> ColumnElement[date | None]:
    """Return the first day on which anything is due, as SQL."""
    follow_up_first = or_(Case.next_due_on.is_(None), Case.follow_up_by < Case.next_due_on)
    return case((follow_up_first, Case.follow_up_by), else_=Case.next_due_on)


def _urgency(today: date) -> ColumnElement[int]:
    """Rank rows in SQL, so that a page is fetched and not the whole queue."""
    return case(
        (Case.read_today, 0),
        (Case.news_on.is_not(None), 1),
        (_due_on() < today, 2),
        (Case.warn_on <= today, 3),
        else_=4,
    )


def _line(
    row: Case,
    waits: tuple[FollowUpEntry, ...],
    today: date,
    calendar: WorkingCalendar,
    *,
    due_on: date | None,
) -> QueueEntry:
    due_on = today if row.read_today else due_on
    return QueueEntry(
        id=row.id,
        name=row.name,
        age_band=row.age_band,
        kind=row.kind,
        stage=row.stage,
        next_step=row.next_step,
        due_on=due_on,
        days_left=days_left(today, due_on, calendar) if due_on else None,
        is_late=due_on is not None and due_on < today,
        court=case_state.flag_of(row, today=today, calendar=calendar),
        method=row.method,
        needs=tuple(row.needs),
        language=row.language,
        manager=row.manager.name if row.manager else None,
        office=row.office.name if row.office else None,
        follow_ups=waits,
        is_news=row.news_on is not None,
        withdrawn=row.stopped_on is not None,
        read_today=row.read_today,
        received_on=row.received_on,
        next_attempt_on=row.next_attempt_on,
        meeting_at=row.meeting_at,
        pass_on=row.pass_on,
    )
