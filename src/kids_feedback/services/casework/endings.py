"""Endings of their own: a manager proposes one, the Head of Practice decides."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select

from kids_feedback.domain.case.procedure import FEWEST_TRIES, TALKED_ABOUT, Ending, Step
from kids_feedback.domain.case.submission import AgeBand, Kind
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.domain.people import Person
from kids_feedback.services.case import alarms
from kids_feedback.services.case.access import open_to
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.events import events_of
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework.contact import contact_log
from kids_feedback.services.casework.court import court_notice
from kids_feedback.services.errors import Incomplete, TooFewTries, check_said
from kids_feedback.storage.tables.case import Case

_NEAR = timedelta(days=90)  # within which a child may have said the same twice
_MOST = 30  # that are offered


@dataclass(frozen=True, kw_only=True)
class OtherCase:
    """What a child may have said the same with."""

    id: str
    name: str | None
    age_band: AgeBand
    kind: Kind
    received_on: date
    closed_on: date | None


def others(opened: Opened) -> tuple[OtherCase, ...]:
    """Return what this may be a duplicate of, of all that they may read; the newest first."""
    wanted = select(Case).where(_may_be_same(opened)).order_by(Case.received_on.desc(), Case.id)
    found = opened.session.scalars(wanted.limit(_MOST))
    return tuple(
        OtherCase(
            id=other.id,
            name=other.name,
            age_band=other.age_band,
            kind=other.kind,
            received_on=other.received_on,
            closed_on=other.closed_on,
        )
        for other in found
    )


def propose(act: Act, *, ending: Ending, reason: str, same_as: str = "") -> Saved:
    """Propose to end it without an answer; the Head of Practice is told, and decides.

    Args:
        same_as: the id of what it is a duplicate of.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: there is no reason, or it does not say of which it is a duplicate.
        TooFewTries: see ``end``.

    Source: docs/procedure.md, paragraph 51.
    """
    facts = _checked(act, ending, reason, same_as)
    act.take(Step.PROPOSE_ENDING)
    return act.record(reason, facts)


def end(act: Act, *, ending: Ending, reason: str, same_as: str = "") -> Saved:
    """End it without an answer. The child can read why, and say that it is not right.

    Raises:
        StepNotOpen, StillToFollowUp, SafetyUndecided: see ``Act.take``.
        Incomplete: as for ``propose``.
        TooFewTries: the child was talked with, or too few have tried to reach them.
        WordsNotOpened: this person has not opened what the child said.
        CourtNotTold: the court is still to be told, or it is not known whether it must be.

    Source: docs/procedure.md, paragraph 51.
    """
    facts = _checked(act, ending, reason, same_as)
    alarms.check_opened(act)
    court_notice.check_told(act)
    act.take(Step.END_OTHERWISE)
    act.row.ended_as, act.row.same_as_id = ending, facts["same_as"]
    return act.record(reason, facts)


def not_from_a_child(act: Act, *, reason: str) -> Saved:
    """End what no child sent, where many such came at once; what nobody acknowledged is, first.

    It is an ending as any other: its own line of the history, the words for whoever sent it, and
    both ways back. Whether a case goes on in court is not to be found out for what no child sent.

    Raises:
        StepNotOpen, StillToFollowUp, SafetyUndecided: see ``Act.take``.
        Incomplete: there is no reason.
        WordsNotOpened: this person has not opened what it says.
        CourtNotTold: somebody has recorded that a case goes on, and the court is to be told.

    Source: docs/procedure.md, paragraph 51a.
    """
    check_said(reason=reason)
    alarms.check_opened(act)
    with suppress(StepNotOpen):
        act.take(Step.ACKNOWLEDGE)
        act.record()
    if act.row.ongoing is not None:
        court_notice.check_told(act)
    act.take(Step.END_OTHERWISE)
    act.row.ended_as = Ending.TEST
    return act.record(reason, {"ending": Ending.TEST, "same_as": None})


def _checked(act: Act, ending: Ending, reason: str, same_as: str) -> dict[str, str | None]:
    """Return what the history says of it."""
    duplicate = ending is Ending.DUPLICATE
    missing = [] if reason.strip() else ["reason"]
    if duplicate and not _is_other(act, same_as):
        missing.append("same_as")
    if missing:
        raise Incomplete(missing=tuple(missing))
    if ending is Ending.CANT_REACH:
        _check_tries(act)
    return {"ending": ending, "same_as": same_as if duplicate else None}


def _is_other(opened: Opened, case_id: str) -> bool:
    wanted = select(Case.id).where(_may_be_same(opened), Case.id == case_id)
    return "\0" not in case_id and opened.session.scalar(wanted) is not None


def _may_be_same(opened: Opened) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that it may say the same, and may be read by who asks."""
    row = opened.row
    return and_(
        open_to(opened.session, opened.by) if isinstance(opened.by, Person) else false(),
        Case.id != row.id,
        Case.received_on.between(row.received_on - _NEAR, row.received_on + _NEAR),
        or_(Case.same_as_id.is_(None), Case.same_as_id != row.id),
    )


def _check_tries(act: Act) -> None:
    row = act.row
    count = contact_log.tries(events_of(act)).count
    if row.kind not in TALKED_ABOUT or row.talk_on is not None or count < FEWEST_TRIES:
        raise TooFewTries
