"""One case as its page shows it; statement and contact details are opened apart, on record."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import AnswerClock, days_left
from kids_feedback.domain.case.contact import (
    Method,
    NotArrived,
)
from kids_feedback.domain.case.court_notice import (
    CourtFacts,
    CourtFlag,
    is_to_be_found_out,
)
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.promises import OwedPromise
from kids_feedback.domain.case.submission import AgeBand, Door, Kind, PassOn, Wish
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.services.case import case_state, follow_ups, promises
from kids_feedback.services.case.access import complained_about
from kids_feedback.services.case.follow_ups import FollowUpEntry
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people import identity
from kids_feedback.services.case.people.colleagues import Colleague
from kids_feedback.services.case.people.identity import CheckedIdentity
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow


@dataclass(frozen=True, kw_only=True)
class NamedWorker:
    """Somebody the child complains about."""

    id: str
    name: str
    certain: bool  # False: only possibly meant
    line_manager_may: bool


@dataclass(frozen=True, kw_only=True)
class Child:
    """Who told us, as far as they said, and what helps them."""

    name: str | None  # what to call them
    age_band: AgeBand
    language: str
    method: Method | None
    needs: tuple[str, ...]
    supporter: str | None  # the code of their answer; the person is among the contact details
    look: str  # of the pages that they chose


@dataclass(frozen=True, kw_only=True)
class CaseSummary:
    """What it is, without the words."""

    door: Door
    kind: Kind
    wish: Wish | None
    pass_on: PassOn | None
    topics: tuple[str, ...]
    primary_topic: str
    share: bool  # with the board, names removed
    read_today: bool  # an alarm is undecided
    received_on: date
    ended_on: date | None  # Cafcass' work with the child; None: it goes on, or nobody said


@dataclass(frozen=True, kw_only=True)
class CourtRecord:
    """The court notice."""

    flag: CourtFlag
    facts: CourtFacts
    is_to_be_found_out: bool  # whether a case goes on, or when the next hearing is
    child_told: bool  # that the court will know, before the hearing that the notice is for


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """Whose case it is, and about whom, by name."""

    area: str | None
    office: str | None
    manager: Colleague | None
    about: tuple[NamedWorker, ...]


@dataclass(frozen=True, kw_only=True)
class KeyDates:
    """The local days on which things were done; None: not yet."""

    acknowledged_on: date | None
    contacted_on: date | None
    delivered_on: date | None
    posted_on: date | None  # where it was by letter
    not_arrived: NotArrived | None  # that letter
    closed_on: date | None


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """All of a case but the child's words and contact details. Days are local days."""

    id: str
    version: int  # to be sent back as ``seen`` with every act
    stage: Stage
    child: Child
    summary: CaseSummary
    allocation: Allocation
    key_dates: KeyDates
    owed: tuple[OwedPromise, ...]  # in the order of the procedure
    steps: frozenset[Step]  # that this person may take now
    next_step: Step | None
    owner: Role | None  # whose turn it is
    next_due_on: date | None  # of the next promise to break, the court notice among them
    days_left: int | None  # working days to it; below zero once late
    next_attempt_on: date | None  # when somebody tries again to reach the child
    meeting_at: datetime | None  # when they meet; None: nothing is agreed
    clock: AnswerClock | None  # None: not started
    court: CourtRecord
    identity: CheckedIdentity
    withdrawn_on: date | None  # the child asked us to stop
    stop_asked_on: date | None  # a manager heard so; the child has not confirmed it
    fallback: Fallback | None  # who stands in, where nobody else may have it
    follow_ups: tuple[FollowUpEntry, ...]  # what waits to be followed up, the first day first
    theirs: frozenset[str]  # the ids of those that this person can say more of


def of_case(opened: Opened) -> CaseFile:
    """Return what every page of a case shows. Its history is a thing apart (``history``).

    Raises:
        CalendarGap: a date that matters lies outside the calendar.

    Source: docs/procedure.md, paragraphs 24, 30, 31 and 45.
    """
    session, row = opened.session, opened.row
    today, calendar = opened.today, opened.calendar
    due_on = row.next_due_on
    waits = follow_ups.open_in(opened)
    return CaseFile(
        id=row.id,
        version=row.version,
        stage=row.stage,
        child=_child(row),
        summary=_told(row),
        allocation=_desk(session, row),
        key_dates=_done(row),
        owed=promises.owed(session, row),
        steps=opened.steps,
        next_step=row.next_step,
        owner=case_state.owner_of(row),
        next_due_on=due_on,
        days_left=days_left(today, due_on, calendar) if due_on else None,
        next_attempt_on=row.next_attempt_on,
        meeting_at=row.meeting_at,
        clock=case_state.sum_of(row),
        court=_court(opened),
        identity=identity.of_case(row),
        withdrawn_on=row.stopped_on,
        stop_asked_on=row.stop_asked_on,
        fallback=row.fallback,
        follow_ups=tuple(waits),
        theirs=frozenset(item.id for item in follow_ups.theirs(waits, opened.actors)),
    )


def _court(opened: Opened) -> CourtRecord:
    row, today, calendar = opened.row, opened.today, opened.calendar
    facts = case_state.court_facts(row)
    current = facts.upcoming(today) or facts.awaited or next(reversed(facts.counted), None)
    return CourtRecord(
        flag=case_state.flag_of(row, today=today, calendar=calendar),
        facts=facts,
        is_to_be_found_out=case_state.court_is_told(row) and is_to_be_found_out(facts, today),
        child_told=current is not None and current.child_told_on is not None,
    )


def _child(row: Case) -> Child:
    return Child(
        name=row.name,
        age_band=row.age_band,
        language=row.language,
        method=row.method,
        needs=tuple(row.needs),
        supporter=row.supporter,
        look=row.look,
    )


def _told(row: Case) -> CaseSummary:
    return CaseSummary(
        door=row.door,
        kind=row.kind,
        wish=row.wish,
        pass_on=row.pass_on,
        topics=tuple(row.topics),
        primary_topic=row.primary_topic,
        share=row.share,
        read_today=row.read_today,
        received_on=row.received_on,
        ended_on=row.ended_on,
    )


def _desk(session: Session, row: Case) -> Allocation:
    return Allocation(
        area=row.area.name if row.area else None,
        office=row.office.name if row.office else None,
        manager=Colleague(id=row.manager.id, name=row.manager.name) if row.manager else None,
        about=_about(session, row),
    )


def _done(row: Case) -> KeyDates:
    return KeyDates(
        acknowledged_on=row.acknowledged_on,
        contacted_on=row.contacted_on,
        delivered_on=row.delivered_on,
        posted_on=row.posted_on,
        not_arrived=row.not_arrived,
        closed_on=row.closed_on,
    )


def _about(session: Session, row: Case) -> tuple[NamedWorker, ...]:
    about = complained_about(session, row.id)
    if not about:
        return ()
    wanted = select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(about))
    return tuple(
        NamedWorker(
            id=id_,
            name=name,
            certain=about[id_].certain,
            line_manager_may=about[id_].line_manager_may,
        )
        for id_, name in session.execute(wanted.order_by(PersonRow.name, PersonRow.id))
    )
