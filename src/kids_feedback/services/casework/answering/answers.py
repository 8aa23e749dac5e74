"""The written answer: drafted, checked by somebody else, delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.answer import PARTS, missing
from kids_feedback.domain.case.contact import Method, NotArrived, method_to_tell, safe_email
from kids_feedback.domain.case.procedure import Fact, Step
from kids_feedback.domain.people import may_approve
from kids_feedback.services.case import alarms, case_state
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people import identity
from kids_feedback.services.errors import (
    Incomplete,
    SelfApproval,
    UnsafeChannel,
    check_day,
    check_said,
)
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer, Event
from kids_feedback.storage.tables.people import PersonRow

GIVEN_BY_STAFF = frozenset({Method.LETTER, Method.MEET})  # and not by this service


@dataclass(frozen=True, kw_only=True)
class AnswerDraft:
    """The answer as staff see it. Parts are all there, empty or not."""

    version: int  # of the case
    parts: Mapping[str, str]
    may_write: bool
    sent_back: str | None  # the Head of Practice's note
    written_by: str | None  # a name; None: nobody has begun
    saved_at: datetime | None
    approved_by: str | None
    approved_on: date | None
    read_on: date | None  # by the child


def read(opened: Opened) -> AnswerDraft:
    """Return the answer as far as it is written."""
    session, row = opened.session, opened.row
    answer = _answer(session, row)
    written = (answer.parts or {}) if answer else {}
    return AnswerDraft(
        version=row.version,
        parts={part: written.get(part, "") for part in PARTS},
        may_write=Step.WRITE in opened.steps,
        sent_back=answer.sent_back if answer else None,
        written_by=_name(session, answer.written_by) if answer else None,
        saved_at=answer.saved_at if answer else None,
        approved_by=_name(session, answer.approved_by) if answer else None,
        approved_on=answer.approved_on if answer else None,
        read_on=answer.read_on if answer else None,
    )


def save(act: Act, *, parts: Mapping[str, str]) -> Saved:
    """Keep the answer as far as it is written; a part that is not given stays as it was.

    The page saves by itself while somebody writes, so the history says it once for a day's writing.

    Args:
        parts: as ``domain.case.answer.to_keep`` gives them, by the names in ``PARTS``; any may be
        empty.

    Raises:
        StepNotOpen: see ``Act.take``.
        ValueError: there is no such part.
    """
    act.take(Step.WRITE)
    _write(act, parts)
    return act.record(once_a_day=True)


def submit(act: Act, *, parts: Mapping[str, str] | None = None) -> Saved:
    """Give the answer to the Head of Practice to check, who is told.

    Args:
        parts: what is on the page and to be saved with it, as in ``save``.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: with the parts that say nothing yet; nothing is saved.
        ValueError: there is no such part.

    Source: docs/procedure.md, paragraph 36.
    """
    answer = _answer(act.session, act.row)
    written = (answer.parts or {}) if answer else {}
    empty = missing({**written, **(parts or {})})
    if empty:
        raise Incomplete(missing=empty)
    act.take(Step.SUBMIT)
    _write(act, parts or {}).sent_back = None
    return act.record()


def approve(act: Act) -> Saved:
    """Say that the answer may go out; its manager is told.

    Raises:
        StepNotOpen: see ``Act.take``.
        SelfApproval: this person wrote some of it.
        WordsNotOpened: this person has not opened what the child said.
        IdentityUnchecked: who the child is has not been found in the case file.

    Source: docs/procedure.md, paragraph 37.
    """
    me = act.person_id or ""
    wrote = authors(act.session, act.row)
    if not all(may_approve(approver=me, author=item) for item in wrote):
        raise SelfApproval
    act.take(Step.APPROVE)
    alarms.check_opened(act)
    identity.check_may_answer(act)
    answer = kept(act.session, act.row)
    answer.approved_by, answer.approved_on = me, act.today
    return act.record()


def send_back(act: Act, *, note: str) -> Saved:
    """Ask the manager to write the answer better; they are told.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: the note says nothing.

    Source: docs/procedure.md, paragraph 37.
    """
    check_said(note=note)
    act.take(Step.SEND_BACK)
    kept(act.session, act.row).sent_back = note
    return act.record(note)


def recall(act: Act, *, reason: str) -> Saved:
    """Take an answer back that waits to be checked: its manager writes on.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: there is no reason.

    Source: docs/procedure.md, paragraph 37.
    """
    check_said(reason=reason)
    act.take(Step.RECALL_ANSWER)
    return act.record(reason)


def take_approval_back(act: Act, *, reason: str) -> Saved:
    """Take back that the answer may go out: it waits to be checked again.

    Raises:
        StepNotOpen: see ``Act.take``; also where it has gone out.
        Incomplete: there is no reason.

    Source: docs/procedure.md, paragraph 37.
    """
    check_said(reason=reason)
    act.take(Step.TAKE_APPROVAL_BACK)
    answer = kept(act.session, act.row)
    answer.approved_by = answer.approved_on = None
    return act.record(reason)


def deliver(act: Act, *, how: Method, on: date | None = None, proof: str = "") -> Saved:
    """Keep that the child was given the answer. From now on it is behind the secret words, too.

    Args:
        how: one of ``ways_of``.
        on: the day on which it was given; None: today. Of a letter, or by hand, it may be an
            earlier one since the answer was approved; all else happens as it is recorded.
        proof: of posting, or whatever else should be known of it.

    Raises:
        StepNotOpen: see ``Act.take``.
        UnsafeChannel: the child did not choose this way.
        DayOutOfRange: it cannot have been on that day.
        IdentityUnchecked: who the child is has not been found in the case file.

    Source: docs/procedure.md, paragraph 33.
    """
    row, on = act.row, on or act.today
    if how not in ways_of(row):
        raise UnsafeChannel
    earliest = _approved_on(act) if how in GIVEN_BY_STAFF else act.today
    check_day(on, earliest=earliest, latest=act.today)
    act.take(Step.DELIVER)
    identity.check_may_answer(act)
    row.delivered_on, row.not_arrived = on, None
    row.posted_on = on if how is Method.LETTER else None
    kept(act.session, row).delivered_how = how.value
    return act.record(proof, {"how": how, "on": on.isoformat()})


def not_arrived(act: Act, *, why: NotArrived, note: str = "") -> Saved:
    """Keep that the letter with the answer did not reach the child.

    The answer waits behind the secret words, and is owed again until it is delivered another way or
    the child has read it. One that the child has read already has reached them.

    Raises:
        StepNotOpen: see ``Act.take``.

    Source: docs/procedure.md, paragraph 33.
    """
    row = act.row
    read = kept(act.session, row).read_on is not None
    act.take(Step.NOT_ARRIVED, *((Fact.ANSWER_READ,) if read else ()))
    if not read:
        row.not_arrived, row.delivered_on, row.closed_on = why, None, None
    return act.record(note, {"why": why, "read": read})


def ways_of(row: Case) -> tuple[Method, ...]:
    """Return how a written answer can reach the child: their own way first, the words always.

    Nobody reads a written answer out over the phone and calls that given.

    Source: docs/procedure.md, paragraphs 10 and 33.
    """
    method, details = case_state.way_of(row)
    theirs = (method or Method.HERE, method_to_tell(method, details), Method.HERE)
    no_way = {Method.NONE, Method.PHONE}
    if safe_email(method, details) is None:
        no_way.add(Method.EMAIL)
    return tuple(way for way in dict.fromkeys(theirs) if way not in no_way)


def kept(session: Session, row: Case) -> Answer:
    """Return the answer of a case that cannot have come here without one."""
    return session.scalars(select(Answer).where(Answer.case_id == row.id)).one()


def authors(session: Session, row: Case) -> set[str]:
    """Return the ids of all who have written some of the answer, or given it to be checked."""
    wrote = select(Event.person_id).where(
        Event.case_id == row.id, Event.what.in_([Step.WRITE.value, Step.SUBMIT.value])
    )
    last = select(Answer.written_by).where(Answer.case_id == row.id)
    return {item for item in [*session.scalars(wrote), *session.scalars(last)] if item}


def _approved_on(act: Act) -> date:
    """Return the local day since which the answer may go out."""
    wanted = select(func.max(Event.written_on)).where(
        Event.case_id == act.row.id, Event.what == Step.APPROVE.value
    )
    return act.session.scalar(wanted) or act.today


def _write(act: Act, parts: Mapping[str, str]) -> Answer:
    """Write the parts over those that are kept."""
    if not parts.keys() <= set(PARTS):
        raise ValueError(f"an answer has no part {sorted(parts.keys() - set(PARTS))}")
    answer = _answer(act.session, act.row)
    if answer is None:
        answer = Answer(case_id=act.row.id)
        act.session.add(answer)
    if parts:
        answer.parts = {**(answer.parts or {}), **parts}
        answer.written_by, answer.saved_at = act.person_id or "", act.now
    return answer


def _answer(session: Session, row: Case) -> Answer | None:
    return session.scalar(select(Answer).where(Answer.case_id == row.id))


def _name(session: Session, person_id: str | None) -> str | None:
    row = session.get(PersonRow, person_id) if person_id else None
    return row.name if row else None
