"""One case as its page shows it; statement and contact details are opened apart, on record."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import AnswerClock, days_left
from kids_feedback.domain.case.contact import Method, may_name_ourselves, method_to_tell
from kids_feedback.domain.case.court_notice import CourtFacts, CourtFlag
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.promises import OwedPromise
from kids_feedback.domain.case.submission import AgeBand, Answers, Door, Kind, PassOn, Wish
from kids_feedback.domain.people import Role
from kids_feedback.services.case import case_state, drawings, promises
from kids_feedback.services.case.act import Act
from kids_feedback.services.case.colleagues import Colleague
from kids_feedback.services.case.events import was_done
from kids_feedback.services.case.opened import Opened
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.people import PersonRow


@dataclass(frozen=True, kw_only=True)
class NamedWorker:
    """Somebody the child complains about."""

    id: str
    name: str
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


@dataclass(frozen=True, kw_only=True)
class CaseSummary:
    """What it is, without the words."""

    kind: Kind
    wish: Wish | None
    pass_on: PassOn | None
    topics: tuple[str, ...]
    primary_topic: str
    share: bool  # with the board, names removed
    read_today: bool
    received_on: date
    ended_on: date | None  # Cafcass' work with the child; None: it goes on, or nobody said


@dataclass(frozen=True, kw_only=True)
class CourtRecord:
    """The court notice."""

    flag: CourtFlag
    facts: CourtFacts
    child_told: bool  # that the court will know


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
    clock: AnswerClock | None  # None: not started
    court: CourtRecord


@dataclass(frozen=True, kw_only=True)
class Addition:
    """What a child sent with the same form once more."""

    on: date  # the local day
    answers: Answers


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
    return CaseFile(
        id=row.id,
        version=row.version,
        stage=row.stage,
        child=_child(row),
        summary=_told(row),
        allocation=_desk(session, row),
        key_dates=_done(row),
        owed=promises.owed(session, row),
        steps=case_state.steps_of(row, opened.actor),
        next_step=row.next_step,
        owner=case_state.owner_of(row),
        next_due_on=due_on,
        days_left=days_left(today, due_on, calendar) if due_on else None,
        clock=case_state.sum_of(row),
        court=CourtRecord(
            flag=case_state.flag_of(row, today=today, calendar=calendar),
            facts=case_state.court_facts(row),
            child_told=was_done(opened, Step.COURT_CHILD_TOLD),
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
            Addition(on=addition.written_on, answers=json.loads(addition.note or "{}"))
            for addition in added
        ),
        drawings=drawings.drawn(session, row.id),
    )


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


def start_safeguarding_handover(act: Act, *, note: str = "") -> None:
    """Keep that this person handed the child's safety over. It needs no stage, and waits for none.

    Source: docs/procedure.md, paragraph 12.
    """
    act.take(Step.SAFEGUARDING)
    act.record(note)


def _child(row: Case) -> Child:
    return Child(
        name=row.name,
        age_band=row.age_band,
        language=row.language,
        method=row.method,
        needs=tuple(row.needs),
        supporter=row.supporter,
    )


def _told(row: Case) -> CaseSummary:
    return CaseSummary(
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
        closed_on=row.closed_on,
    )


def _about(session: Session, row: Case) -> tuple[NamedWorker, ...]:
    wanted = (
        select(PersonRow.id, PersonRow.name, PersonComplainedAbout.line_manager_may)
        .join(PersonComplainedAbout, PersonComplainedAbout.person_id == PersonRow.id)
        .where(PersonComplainedAbout.case_id == row.id)
        .order_by(PersonRow.name, PersonRow.id)
    )
    return tuple(
        NamedWorker(id=id_, name=name, line_manager_may=may)
        for id_, name, may in session.execute(wanted)
    )
