"""What is to be followed up about a case: opened by what a child did, ended by who it waits for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.engine import Transition
from kids_feedback.domain.case.follow_ups import RULES, FollowUp, Outcome
from kids_feedback.domain.case.procedure import ANSWERED, Step
from kids_feedback.domain.people import Role
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.errors import StillToFollowUp
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import FollowUpRow


@dataclass(frozen=True, kw_only=True)
class FollowUpEntry:
    """One thing to follow up, as it stands. Days are local days."""

    id: str
    what: FollowUp
    owner: Role
    opened_on: date
    due_on: date
    seen_on: date | None  # None: nobody has opened it
    ended_on: date | None
    outcome: Outcome | None


@dataclass(frozen=True, kw_only=True)
class Dealing:
    """Who deals with it, as what they act, and on which local day."""

    person_id: str
    actors: frozenset[str]
    today: date


def open_one(
    session: Session, row: Case, what: FollowUp, *, today: date, calendar: WorkingCalendar
) -> None:
    """Keep that something is to be followed up; what waits already waits once.

    Raises:
        CalendarGap: its day lies outside the calendar.

    Source: docs/procedure.md, paragraph 31b.
    """
    again = select(FollowUpRow).where(_open_of(row), FollowUpRow.what == what)
    already = session.scalars(again).first()
    if already is not None:
        already.seen_on = None
        return
    days = RULES[what].in_working_days
    session.add(
        FollowUpRow(
            case_id=row.id,
            what=what,
            owner=_owner(what, row),
            opened_on=today,
            due_on=calendar.add(today, days) if days else today,
        )
    )


def end_with(session: Session, row: Case, taken: Transition, by: Dealing) -> None:
    """End what a step has dealt with, and note what it has opened.

    What asks only to be opened ends when it is opened by who it waits for. What the step leaves to
    be followed up, again, waits on by the day that it had.
    """
    step = taken.step
    for item in waiting(session, row):
        if item.what == taken.opens:
            continue
        rule = RULES[item.what]
        opens, ends = step in rule.opened_by, step in rule.ended_by
        if opens or ends:
            item.seen_on = item.seen_on or by.today
        if ends and (not opens or item.owner in by.actors):
            item.ended_on, item.ended_by = by.today, by.person_id
            item.outcome = Outcome.SEEN if opens else Outcome.DONE


def restate(session: Session, row: Case) -> None:
    """Write on a case by when the first thing is to be followed up, and whether any is new.

    By a statement of its own: whoever writes to the case at the same time is not disturbed.
    """
    for item in waiting(session, row):
        item.owner = _owner(item.what, row)
    session.flush()
    here = FollowUpRow.case_id == Case.id
    still = (here, FollowUpRow.ended_on.is_(None))
    first = select(func.min(FollowUpRow.due_on)).where(*still)
    news = select(func.min(FollowUpRow.opened_on)).where(*still, FollowUpRow.seen_on.is_(None))
    session.execute(
        update(Case)
        .where(Case.id == row.id)
        .values(follow_up_by=first.scalar_subquery(), news_on=news.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    session.refresh(row, ["follow_up_by", "news_on"])


def check_none_open(session: Session, row: Case, step: Step) -> None:
    """Refuse to close what something is still to be followed up of, unless closing is what ends it.

    Raises:
        StillToFollowUp: names what.
    """
    waits = tuple(
        item.what for item in waiting(session, row) if step not in RULES[item.what].ended_by
    )
    if waits:
        raise StillToFollowUp(waits)


def of_case(session: Session, row: Case) -> tuple[FollowUpEntry, ...]:
    """Return all that was ever to be followed up of a case, the newest first."""
    wanted = select(FollowUpRow).where(FollowUpRow.case_id == row.id)
    found = session.scalars(wanted.order_by(FollowUpRow.opened_on.desc(), FollowUpRow.due_on))
    return tuple(_entry(item) for item in found)


def open_of(session: Session, rows: Iterable[Case]) -> Mapping[str, list[FollowUpEntry]]:
    """Return what is to be followed up of some cases, by their ids; the first day first."""
    found: dict[str, list[FollowUpEntry]] = {}
    case_ids = [row.id for row in rows if row.follow_up_by]
    if not case_ids:  # each case says whether anything is: mostly there is nothing to look for
        return found
    wanted = select(FollowUpRow).where(
        FollowUpRow.case_id.in_(case_ids), FollowUpRow.ended_on.is_(None)
    )
    for item in session.scalars(wanted.order_by(FollowUpRow.due_on, FollowUpRow.opened_on)):
        found.setdefault(item.case_id, []).append(_entry(item))
    return found


def open_in(opened: Opened) -> list[FollowUpEntry]:
    """Return what is to be followed up of the case that somebody has before them."""
    return open_of(opened.session, [opened.row]).get(opened.row.id, [])


def theirs(waits: Iterable[FollowUpEntry], actors: Collection[str]) -> tuple[FollowUpEntry, ...]:
    """Return of what waits that of which somebody who acts so can say what came of it."""
    return tuple(item for item in waits if item.owner in actors and RULES[item.what].outcomes)


def waiting(session: Session, row: Case) -> list[FollowUpRow]:
    """Return what is still to be followed up of a case, the first day first."""
    wanted = select(FollowUpRow).where(_open_of(row))
    return list(session.scalars(wanted.order_by(FollowUpRow.due_on, FollowUpRow.id)))


def waits(session: Session, row: Case, what: FollowUp) -> bool:
    """Say whether something of that kind waits already."""
    wanted = select(FollowUpRow.id).where(_open_of(row), FollowUpRow.what == what)
    return session.scalar(wanted.limit(1)) is not None


def find(session: Session, row: Case, follow_up_id: str) -> FollowUpRow | None:
    """Return one thing that was ever to be followed up of a case; None where there is none."""
    wanted = select(FollowUpRow).where(
        FollowUpRow.case_id == row.id, FollowUpRow.id == follow_up_id
    )
    return None if "\0" in follow_up_id else session.scalar(wanted)


def _open_of(row: Case) -> ColumnElement[bool]:
    return (FollowUpRow.case_id == row.id) & FollowUpRow.ended_on.is_(None)


def _owner(what: FollowUp, row: Case) -> Role:
    """Return whose it is: never one's own answer to judge, so after that it is the Head's."""
    if row.area_code is None:
        return Role.CUSTOMER_SERVICE
    with_manager = row.manager_id is not None and row.stage not in ANSWERED
    if RULES[what].for_head or not with_manager:
        return Role.HEAD_OF_PRACTICE
    return Role.LOCAL_MANAGER


def _entry(row: FollowUpRow) -> FollowUpEntry:
    return FollowUpEntry(
        id=row.id,
        what=row.what,
        owner=row.owner,
        opened_on=row.opened_on,
        due_on=row.due_on,
        seen_on=row.seen_on,
        ended_on=row.ended_on,
        outcome=row.outcome,
    )
