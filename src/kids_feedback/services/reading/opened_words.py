"""What a child said, and how to reach them: opened apart, on record."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from kids_feedback.domain.case.contact import Method, may_name_ourselves, method_to_tell
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.submission import Answers, Door
from kids_feedback.services.case import drawings
from kids_feedback.services.case.act import Act
from kids_feedback.services.case.asked import requests
from kids_feedback.services.case.asked.requests import RequestEntry
from kids_feedback.services.errors import check_said
from kids_feedback.storage.tables.casework import Event


@dataclass(frozen=True, kw_only=True)
class Addition:
    """More words of a child: sent later, or with the same form once more."""

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
    not_used: bool  # the child said that this is not safe: nobody uses it
    asked: tuple[RequestEntry, ...]  # what is to be instead, once a person has asked the child


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
        not_used=row.way_not_used is not None,
        asked=requests.entries(act.session, row),
    )


def ring_anyway(act: Act, *, reason: str) -> Contact:
    """Return how to reach the child, and keep why they are rung at another time than they asked.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: there is no reason.

    Source: docs/procedure.md, paragraph 20.
    """
    check_said(reason=reason)
    act.take(Step.RING_ANYWAY)
    act.record(reason)
    return open_contact(act)
