"""A second version of an answer that is out: written, checked by somebody else, given.

The child reads that it was changed, when and why, and can still read the first. When the answer was
delivered stays as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.answer import PARTS, AnswerChangeState, missing, to_edit, to_keep
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.identity import IN_DOUBT, Identity
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.people import may_approve
from kids_feedback.services.case import alarms
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people import identity
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.errors import (
    Incomplete,
    NothingChanged,
    SelfApproval,
    UnsafeChannel,
    check_said,
)
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import AnswerChange, Event


@dataclass(frozen=True, kw_only=True)
class Change:
    """A later version of the answer, and the one before it. Parts are all there, empty or not."""

    parts: Mapping[str, str]
    before: Mapping[str, str]
    why: str  # as the child reads it
    given_on: date | None  # None: it is on its way


def given_of(session: Session, row: Case) -> tuple[Change, ...]:
    """Return the versions after the first that the child can read, the newest first."""
    wanted = select(AnswerChange).where(
        AnswerChange.case_id == row.id, AnswerChange.given_on.is_not(None)
    )
    if row.identity in IN_DOUBT:
        return ()
    if row.identity is Identity.WITHOUT_CASE:  # an earlier version may tell of the case
        wanted = wanted.where(AnswerChange.given_on > row.identity_on)
    found = session.scalars(wanted.order_by(AnswerChange.written_at.desc()))
    return tuple(_change(item, item.before) for item in found)


def waiting(opened: Opened) -> Change | None:
    """Return the version that is on its way; None where there is none."""
    found = _on_its_way(opened)
    return _change(found, answers.kept(opened.session, opened.row).parts) if found else None


def open_by_child(act: Act) -> bool:
    """Note that the child has opened what was given them; say whether that is the first time."""
    wanted = select(AnswerChange).where(
        AnswerChange.case_id == act.row.id,
        AnswerChange.given_on.is_not(None),
        AnswerChange.read_on.is_(None),
    )
    unread = list(act.session.scalars(wanted))
    for change in unread:
        change.read_on = act.today
    return bool(unread)


def write(act: Act, *, parts: Mapping[str, str], why: str) -> Saved:
    """Write what the answer should say instead; the Head of Practice is told, who checks it.

    Args:
        parts: all of it, as ``domain.case.answer.to_keep`` gives them.
        why: it is changed, for the child to read.

    Raises:
        StepNotOpen: see ``Act.take``; also where a change is approved, and waits to be given.
        Incomplete: with the parts that say nothing, or the reason.
        NothingChanged: it says what the answer says.

    Source: docs/procedure.md, paragraphs 33, 36 and 37.
    """
    empty = (*missing(parts), *(() if why.strip() else ("why",)))
    if empty:
        raise Incomplete(missing=empty)
    now = answers.kept(act.session, act.row).parts
    if _as_typed(parts) == _as_typed(now):
        raise NothingChanged
    act.take(Step.CHANGE_ANSWER)
    change = _on_its_way(act)
    if change is None:
        change = AnswerChange(case_id=act.row.id)
        act.session.add(change)
    change.parts, change.why = _whole(parts), why
    change.written_by, change.written_at = act.person_id or "", act.now
    act.row.change = AnswerChangeState.WRITTEN
    return act.record(why)


def approve(act: Act) -> Saved:
    """Say that the changed answer may go out; its manager is told.

    Raises:
        StepNotOpen: see ``Act.take``.
        SelfApproval: this person wrote some of it, or of a version before it.
        WordsNotOpened: this person has not opened what the child said.
        IdentityUnchecked: who the child is has not been found in the case file.

    Source: docs/procedure.md, paragraph 37.
    """
    me = act.person_id or ""
    wrote = answers.authors(act.session, act.row) | _authors(act)
    if not all(may_approve(approver=me, author=author) for author in wrote):
        raise SelfApproval
    act.take(Step.APPROVE_CHANGE)
    alarms.check_opened(act)
    identity.check_may_answer(act)
    change = _kept(act)
    change.approved_by, change.approved_on = me, act.today
    act.row.change = AnswerChangeState.APPROVED
    return act.record()


def drop(act: Act, *, reason: str) -> Saved:
    """Leave the answer as it is: the change is not given. What was written stays on record.

    Raises:
        StepNotOpen: see ``Act.take``; also where it was given.
        Incomplete: there is no reason.
    """
    check_said(reason=reason)
    act.take(Step.DROP_CHANGE)
    _kept(act).dropped_on, act.row.change = act.today, None
    return act.record(reason)


def give(act: Act, *, how: Method) -> Saved:
    """Give the child the changed answer. From now on it is behind the secret words, too.

    Args:
        how: one of ``answers.ways_of``.

    Raises:
        StepNotOpen: see ``Act.take``.
        UnsafeChannel: the child did not choose this way.
        IdentityUnchecked: who the child is has not been found in the case file.

    Source: docs/procedure.md, paragraph 33.
    """
    if how not in answers.ways_of(act.row):
        raise UnsafeChannel
    act.take(Step.GIVE_CHANGE)
    identity.check_may_answer(act)
    change, answer = _kept(act), answers.kept(act.session, act.row)
    change.before, answer.parts = _whole(answer.parts), _whole(change.parts)
    change.given_on, change.given_how = act.today, how.value
    answer.written_by, answer.saved_at = change.written_by, change.written_at
    answer.approved_by, answer.approved_on = change.approved_by, change.approved_on
    act.row.change = None
    return act.record(facts={"how": how})


def _whole(parts: Mapping[str, str] | None) -> dict[str, str]:
    return {part: (parts or {}).get(part, "") for part in PARTS}


def _as_typed(parts: Mapping[str, str] | None) -> dict[str, str]:
    return {part: to_keep(to_edit(kept)) for part, kept in _whole(parts).items()}


def _change(row: AnswerChange, before: Mapping[str, str] | None) -> Change:
    return Change(
        parts=_whole(row.parts), before=_whole(before), why=row.why or "", given_on=row.given_on
    )


def _on_its_way(opened: Opened) -> AnswerChange | None:
    wanted = select(AnswerChange).where(
        AnswerChange.case_id == opened.row.id,
        AnswerChange.given_on.is_(None),
        AnswerChange.dropped_on.is_(None),
    )
    return opened.session.scalar(wanted)


def _kept(act: Act) -> AnswerChange:
    """Return the change on its way, of a case that cannot have come here without one."""
    change = _on_its_way(act)
    if change is None:
        raise ValueError("no change of the answer is on its way")
    return change


def _authors(act: Act) -> frozenset[str]:
    """Return the ids of all who have written some of the answer since it was out first.

    Who wrote what was dropped has written none of it.
    """
    wanted = select(Event.what, Event.person_id).where(
        Event.case_id == act.row.id,
        Event.what.in_([Step.CHANGE_ANSWER, Step.GIVE_CHANGE, Step.DROP_CHANGE]),
    )
    given = wrote = frozenset[str]()
    for what, person_id in act.session.execute(wanted.order_by(Event.number)):
        if what == Step.CHANGE_ANSWER:
            wrote |= {person_id or ""}
        elif what == Step.GIVE_CHANGE:
            given = wrote
        else:
            wrote = given
    return wrote
