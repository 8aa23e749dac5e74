"""Requests: what was asked for behind the secret words, until a person has made sure of it.

A request stands beside what holds, and never in its place (ruling R28). Of each kind one waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case import contact
from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.requests import OF_REQUESTS, TASKS, Asked, RequestState
from kids_feedback.domain.case.submission import Answers
from kids_feedback.services.case import case_state, follow_ups
from kids_feedback.services.case.act import Act
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Request

_WAITING = (
    select(Request)
    .where(Request.state == RequestState.WAITS, Request.what != Asked.NOT_SAFE)
    .order_by(Request.asked_on, Request.what)
)


@dataclass(frozen=True, kw_only=True)
class RequestEntry:
    """One request as it stands. Days are local days."""

    id: str
    what: Asked
    asked_on: date
    asked_again_on: date | None
    given: Answers  # all that was answered, by the names of the child's pages


def waiting(session: Session, row: Case) -> list[Request]:
    """Return what waits to be made sure of, the oldest first."""
    if row.requested_on is None:  # each case says whether anything does: mostly nothing
        return []
    return list(session.scalars(_WAITING.where(Request.case_id == row.id)))


def entries(session: Session, row: Case) -> tuple[RequestEntry, ...]:
    """Return what waits to be made sure of, as it was asked for."""
    return tuple(
        RequestEntry(
            id=item.id,
            what=item.what,
            asked_on=item.asked_on,
            asked_again_on=item.asked_again_on,
            given=item.given or {},
        )
        for item in waiting(session, row)
    )


def find(session: Session, row: Case, what: Asked) -> Request | None:
    """Return what waits of a kind; None where nothing does."""
    wanted = select(Request).where(
        Request.case_id == row.id, Request.state == RequestState.WAITS, Request.what == what
    )
    return session.scalars(wanted).first()


def has_first_way(row: Case) -> bool:
    """Say whether there is a way to the child beside the secret words, that they called safe.

    Source: docs/procedure.md, paragraph 20a.
    """
    return not contact.is_only_here(*case_state.way_of(row))


def is_said_twice(row: Case) -> bool:
    """Say whether it is asked for on two days, as there never was another way to ask the child."""
    return row.way_not_used is None and not has_first_way(row)


def keep(act: Act, what: Asked, given: Answers | None = None) -> Request:
    """Keep what is asked for; what was asked for before of this kind is not asked for any more."""
    if (before := find(act.session, act.row, what)) is not None:
        _end(act, before, RequestState.REPLACED)
    found = Request(case_id=act.row.id, what=what, asked_on=act.today, given=given)
    act.session.add(found)
    _restate(act)
    return found


def end(act: Act, request: Request, state: RequestState, outcome: Outcome) -> None:
    """End a request, and with it what it left to somebody."""
    _end(act, request, state)
    _restate(act)
    waits = waiting(act.session, act.row)
    needed = {TASKS[item.what] for item in waits}
    if waits:
        needed.add(FollowUp.TO_ASK_AGAIN)
    if any(item.asked_again_on for item in waits):
        needed.add(FollowUp.ASKED_AGAIN)
    for item in follow_ups.waiting(act.session, act.row):
        if item.what in OF_REQUESTS - needed:
            item.seen_on = item.seen_on or act.today
            item.ended_on, item.ended_by, item.outcome = act.today, act.person_id, outcome


def facts_of(request: Request) -> Mapping[str, str]:
    """Return what the history says of it: codes and days."""
    facts = {"what": request.what.value, "asked_on": request.asked_on.isoformat()}
    if request.asked_again_on:
        facts["again_on"] = request.asked_again_on.isoformat()
    return facts


def _end(act: Act, request: Request, state: RequestState) -> None:
    request.state = state
    request.decided_on, request.decided_by = act.today, act.person_id


def _restate(act: Act) -> None:
    """Write on the case since when something waits."""
    act.session.flush()
    found = act.session.scalars(_WAITING.where(Request.case_id == act.row.id)).first()
    act.row.requested_on = found.asked_on if found else None
