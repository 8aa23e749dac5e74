"""What a child sees of their case with the secret words; never their own statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case import contact
from kids_feedback.domain.case.clocks import AnswerClock
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import CaseOngoing
from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.promises import MovedPromise, Promise
from kids_feedback.domain.case.requests import Asked
from kids_feedback.domain.case.safety import Look
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.child import secret_words
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Role
from kids_feedback.services.case import alarms, case_state, follow_ups, letters
from kids_feedback.services.case.access import case_of_child
from kids_feedback.services.case.act import Act
from kids_feedback.services.case.alarms import When
from kids_feedback.services.case.asked import requests
from kids_feedback.services.case.follow_ups import FollowUpEntry
from kids_feedback.services.case.people import holders
from kids_feedback.services.casework.answering import answer_changes
from kids_feedback.services.casework.answering.answer_changes import Change
from kids_feedback.services.child import requests as child_requests
from kids_feedback.services.child.milestones import Milestone, is_ended, tracker_of
from kids_feedback.services.child.requests import WaitingRequest
from kids_feedback.services.site import mail_progress
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer
from kids_feedback.storage.tables.people import PersonRow


@dataclass(frozen=True, kw_only=True)
class Followed:
    """Something that the child did since, who has it and by when, or when that was."""

    what: FollowUp
    on: date
    by: date
    owner: Role
    who: str | None  # by name, where it is one person
    outcome: Outcome | None
    ended_on: date | None  # None: it still waits


@dataclass(frozen=True, kw_only=True)
class CourtLine:
    """What the court knows, where a case goes on."""

    told_on: date | None  # the last time that both parts were; None: not yet
    is_owed: bool  # it is still to be told, or told again for another hearing
    is_late: bool  # a hearing came first, or nobody has found out in time when it is
    is_over: bool = False  # it was withdrawn, and the court need not hear of it any more


@dataclass(frozen=True, kw_only=True)
class Status:
    """Where things are, in dates. No words, name, contact or topic of the child."""

    kind: Kind
    milestones: tuple[Milestone, ...]
    manager: str | None  # who looks into it
    clock: AnswerClock | None  # None until the talk
    dates: tuple[Milestone, ...]  # the two that always stand: in touch, and the answer
    late: date | None  # the promise that was broken and still is
    late_is_said: bool  # and by whom it will be later is said
    delays: tuple[MovedPromise, ...]  # what staff said of missed promises: new days and reasons
    answer_ready: bool
    message_waits: bool  # that the child has not opened
    has_messages: bool  # opened or not
    may_change: bool  # how we get in touch, and who comes along
    not_emailed: bool  # a message to the child was refused for good, and still is
    may_stop: bool  # it is being looked into, and the child may say stop
    may_resume: bool  # it was stopped, and the child may take that back
    may_ask_for_more: bool  # it is a note, and may become a complaint
    stop_asked: bool  # a manager heard in a talk that it should stop: is that right?
    requests: Sequence[WaitingRequest]  # what they asked for and have not got yet
    way_not_used: bool  # nobody uses the way on which they were to be reached
    may_say_not_safe: bool  # there is such a way, and it is used
    withdrawn_on: date | None  # the child asked us to stop
    follow_ups: tuple[Followed, ...]  # what the child did since, the newest first
    court: CourtLine | None  # None: it is not told, or nobody has said that a case goes on
    method: Method | None  # how we get in touch, as long as we are to
    lacks: str | None  # the answer without which nobody can; see ``contact.lacks``

    @property
    def is_looked_into(self) -> bool:
        """Whether somebody still does: not of praise or a note, nor once it is answered."""
        return self.kind is Kind.COMPLAINT and self.withdrawn_on is None and not self.answer_ready

    @property
    def answer_is_late(self) -> bool:
        """Whether the child was told another day of the answer than the sum's."""
        return any(notice.promise is Promise.ANSWER for notice in self.delays)


@dataclass(frozen=True, kw_only=True)
class AnswerForChild:
    """The written answer (docs/procedure.md, paragraph 36), as the manager wrote it."""

    manager: str  # who wrote it
    checked_by: str | None  # by name; None: it came before answers were checked here
    on: date | None  # when it came, or its newest version did
    name: str | None  # as the child wants to be called
    parts: dict[str, str]
    changes: tuple[Change, ...]  # since it was first delivered, the newest first


def find(session: Session, typed: str, *, words_key: bytes) -> str | None:
    """Return the id of what was sent under these secret words; None for every kind of miss.

    A miss does the same work as a hit: one keyed hash, one look at an index.
    """
    mark = secret_words.fingerprint(secret_words.read_back(typed), words_key)
    return session.scalar(select(Case.id).where(Case.fingerprint == mark))


def status(session: Session, case_id: str, *, today: date) -> Status:
    """Return where things are.

    Raises:
        NotFound: it has been erased since.

    Source: docs/procedure.md, paragraphs 23, 24, 29 and 50.
    """
    row = case_of_child(session, case_id)
    tracker = tracker_of(session, row, today)
    owed, late = tracker.owed, tracker.late
    steps = case_state.steps_of(row, Actor.CHILD)
    in_touch = Promise.TALK in owed
    method, details = case_state.way_of(row)
    asked = child_requests.waiting(session, row, today)
    return Status(
        kind=row.kind,
        milestones=tracker.milestones,
        manager=row.manager.name if row.manager and not is_ended(row) else None,
        clock=None if is_ended(row) else case_state.sum_of(row),
        dates=tracker.dates,
        late=late.by if late else None,
        late_is_said=late is not None and late.was_said_late,
        delays=tuple(value.moved for value in owed.values() if value.moved and value.was_said_late),
        may_change=Step.ASK_FOR_WAY in steps,
        not_emailed=bool(mail_progress.failed_for(session, row.id)),
        may_stop=Step.ASK_TO_STOP in steps and all(it.what is not Asked.STOP for it in asked),
        may_resume=Step.RESUME in steps and row.stopped_on is not None,
        may_ask_for_more=Step.ASK_FOR_MORE in steps,
        stop_asked=row.stop_asked_on is not None,
        requests=asked,
        way_not_used=row.way_not_used is not None,
        may_say_not_safe=Step.SAY_NOT_SAFE in steps and requests.has_first_way(row),
        withdrawn_on=row.stopped_on,
        follow_ups=_followed(session, row, follow_ups.of_case(session, row)),
        court=_court(row, today),
        method=method if in_touch else None,
        lacks=contact.lacks(method, details) if in_touch else None,
        message_waits=letters.waits(tracker.letters) is not None,
        has_messages=bool(tracker.letters),
        answer_ready=case_state.has_answer(row),
    )


def still_waiting(session: Session, case_id: str, what: Sequence[FollowUp]) -> tuple[Followed, ...]:
    """Return what of these a child did and somebody has still to follow up, the newest first.

    Raises:
        NotFound: it has been erased since.

    Source: docs/procedure.md, paragraph 31b.
    """
    row = case_of_child(session, case_id)
    found = follow_ups.of_case(session, row) if what else ()
    return _followed(session, row, [it for it in found if it.what in what and not it.ended_on])


def _followed(session: Session, row: Case, found: Sequence[FollowUpEntry]) -> tuple[Followed, ...]:
    owners = {item.owner for item in found if not item.ended_on}
    people = {owner: holders.holders(session, row, owner) for owner in owners}
    return tuple(
        Followed(
            what=item.what,
            on=item.opened_on,
            by=item.due_on,
            owner=item.owner,
            who=_only(people[item.owner]) if not item.ended_on else None,
            outcome=item.outcome,
            ended_on=item.ended_on,
        )
        for item in found
    )


def _only(people: list[PersonRow]) -> str | None:
    return people[0].name if len(people) == 1 else None


def _court(row: Case, today: date) -> CourtLine | None:
    facts = case_state.court_facts(row)
    if facts.ongoing is not CaseOngoing.YES or row.kind is not Kind.COMPLAINT:
        return None
    told_on = max((item.told_on for item in facts.hearings if item.told_on), default=None)
    if not case_state.court_is_told(row):
        late = any(hearing.told_on for hearing in facts.missed(today))
        return CourtLine(told_on=told_on, is_owed=False, is_late=late, is_over=True)
    untold = [hearing for hearing in facts.counted if hearing.missing]
    if untold:
        late = any(hearing.is_missed(today) for hearing in untold)
        return CourtLine(told_on=told_on, is_owed=True, is_late=late)
    if told_on is None:
        late = facts.find_out_by is not None and facts.find_out_by < today
        return CourtLine(told_on=None, is_owed=True, is_late=late)
    late = any(hearing.told_on == told_on for hearing in facts.missed(today))
    return CourtLine(told_on=told_on, is_owed=False, is_late=late)


def look(session: Session, case_id: str, when: When) -> Look | None:
    """Return when somebody looks to the child's safety; None where no alarm is undecided.

    Raises:
        NotFound: it has been erased since.

    Source: docs/procedure.md, paragraph 12.
    """
    return alarms.look_for_child(session, case_of_child(session, case_id), when)


def answer(session: Session, case_id: str) -> AnswerForChild:
    """Return the answer once it was delivered.

    Raises:
        NotFound: there is none yet.
    """
    row, kept = _answer(session, case_id)
    return _for_child(session, row, kept)


def read_answer(act: Act) -> AnswerForChild:
    """Return the answer and note, the first time, that the child has opened it.

    Raises:
        NotFound: there is none yet.
    """
    row, kept = _answer(act.session, act.row.id)
    if kept.read_on is None:
        kept.read_on = act.today
        act.take(Step.READ_ANSWER)
        if row.not_arrived:  # the letter did not, but now the answer has
            row.not_arrived = row.posted_on = None
            kept.delivered_how = Method.HERE.value
        act.record()
    elif answer_changes.open_by_child(act):
        act.take(Step.READ_ANSWER)
        act.record()
    return _for_child(act.session, row, kept)


def _answer(session: Session, case_id: str) -> tuple[Case, Answer]:
    row = case_of_child(session, case_id)
    kept = session.scalar(select(Answer).where(Answer.case_id == row.id))
    if kept is None or not case_state.has_answer(row):
        raise NotFound
    return row, kept


def _for_child(session: Session, row: Case, kept: Answer) -> AnswerForChild:
    changes = answer_changes.given_of(session, row)
    checked = session.get(PersonRow, kept.approved_by) if kept.approved_by else None
    return AnswerForChild(
        manager=session.get_one(PersonRow, kept.written_by).name,
        checked_by=checked.name if checked else None,
        on=changes[0].given_on if changes else row.delivered_on,
        name=row.name,
        parts=dict(kept.parts or {}),
        changes=changes,
    )
