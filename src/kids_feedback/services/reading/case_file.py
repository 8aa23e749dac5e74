"""One case as its page shows it; statement and contact details are opened apart, on record."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import AnswerClock, days_left
from kids_feedback.domain.case.contact import (
    Method,
    NotArrived,
    may_name_ourselves,
    method_to_tell,
)
from kids_feedback.domain.case.court_notice import (
    CourtFacts,
    CourtFlag,
    is_to_be_found_out,
)
from kids_feedback.domain.case.follow_ups import RULES
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.promises import OwedPromise
from kids_feedback.domain.case.submission import AgeBand, Answers, Door, Kind, PassOn, Wish
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.services.case import case_state, drawings, follow_ups, promises
from kids_feedback.services.case.act import Act
from kids_feedback.services.case.follow_ups import FollowUpEntry
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people.colleagues import Colleague
from kids_feedback.services.errors import Incomplete
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.casework import Event
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
    withdrawn_on: date | None  # the child asked us to stop
    stop_asked_on: date | None  # a manager heard so; the child has not confirmed it
    fallback: Fallback | None  # who stands in, where nobody else may have it
    follow_ups: tuple[FollowUpEntry, ...]  # what waits to be followed up, the first day first
    theirs: frozenset[str]  # the ids of those that this person can say more of


@dataclass(frozen=True, kw_only=True)
class Addition:
    """What a child sent with the same form once more."""

    on: date  # the local day
    answers: Answers
    in_answer_to: date | None  # the day on which what it answers was written to the child


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a child told us, as they told it."""

    door: Door  # by which they came: what was asked, in which order
    language: str
    answers: Answers
    added: tuple[Addition, ...]
    drawings: tuple[str, ...]  # their ids


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How it is safe to reach a child. The page shows the rules first, the number second."""

    method: Method | None
    tell_by: Method  # the channel; for a meeting, the one the child chose
    details: Answers
    helper: Answers  # who comes along
    may_name_ourselves: bool


def of_case(opened: Opened) -> CaseFile:
    """Return what every page of a case shows. Its history is a thing apart (``history``).

    Raises:
        CalendarGap: a date that matters lies outside the calendar.

    Source: docs/procedure.md, paragraphs 24, 30, 31 and 45.
    """
    session, row = opened.session, opened.row
    today, calendar = opened.today, opened.calendar
    due_on = row.next_due_on
    waits = follow_ups.open_of(session, [row]).get(row.id, [])
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
        withdrawn_on=row.stopped_on,
        stop_asked_on=row.stop_asked_on,
        fallback=row.fallback,
        follow_ups=tuple(waits),
        theirs=frozenset(
            item.id for item in waits if item.owner in opened.actors and RULES[item.what].outcomes
        ),
    )


def open_statement(act: Act) -> Statement:
    """Return what the child told us, and keep that this person looked."""
    row, session = act.row, act.session
    act.take(Step.OPEN_STATEMENT)
    act.record()
    wanted = select(Event).where(Event.case_id == row.id, Event.what == Step.ADD.value)
    added = session.scalars(wanted.order_by(Event.number))
    return Statement(
        door=row.door,
        language=row.language,
        answers=row.statement or {},
        added=tuple(
            Addition(
                on=addition.written_on,
                answers=json.loads(addition.note or "{}"),
                in_answer_to=_day(addition.facts.get("written_on")),
            )
            for addition in added
        ),
        drawings=drawings.drawn(session, row.id),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def open_contact(act: Act) -> Contact:
    """Return how it is safe to reach the child, and keep that this person looked."""
    row = act.row
    act.take(Step.OPEN_CONTACT)
    act.record()
    details = row.contact or {}
    return Contact(
        method=row.method,
        tell_by=method_to_tell(row.method, details),
        details=details,
        helper=row.helper or {},
        may_name_ourselves=may_name_ourselves(details),
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


def ring_anyway(act: Act, *, reason: str) -> Contact:
    """Return how to reach the child, and keep why they are rung at another time than they asked.

    Raises:
        NotAllowedNow: see ``Act.take``.
        Incomplete: there is no reason.

    Source: docs/procedure.md, paragraph 20.
    """
    if not reason.strip():
        raise Incomplete(missing=("reason",))
    act.take(Step.RING_ANYWAY)
    act.record(reason)
    return open_contact(act)


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
    wanted = (
        select(
            PersonRow.id,
            PersonRow.name,
            PersonComplainedAbout.certain,
            PersonComplainedAbout.line_manager_may,
        )
        .join(PersonComplainedAbout, PersonComplainedAbout.person_id == PersonRow.id)
        .where(PersonComplainedAbout.case_id == row.id)
        .order_by(PersonRow.name, PersonRow.id)
    )
    return tuple(
        NamedWorker(id=id_, name=name, certain=certain, line_manager_may=may)
        for id_, name, certain, may in session.execute(wanted)
    )
