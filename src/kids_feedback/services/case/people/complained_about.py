"""Who a case is about: what the child typed, whom it may mean, and whether staff have said."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.submission import Answers
from kids_feedback.domain.names import words
from kids_feedback.services.case import access
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people import workers
from kids_feedback.services.case.people.workers import Worker
from kids_feedback.services.errors import NobodySaidWho
from kids_feedback.storage.tables.casework import Event

_TYPED_APART = frozenset({"worker", "town"})


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """Somebody whom it is about, or may be."""

    worker: Worker
    certain: bool
    line_manager_may: bool


@dataclass(frozen=True, kw_only=True)
class WhoItIsAbout:
    """What the child typed about a worker, and whom it may mean."""

    typed: tuple[str, ...]  # in the child's own words, the oldest first
    town: str  # as the child typed it
    people: tuple[Concerned, ...]  # those who are only possibly meant first
    is_settled: bool  # staff have said who it is, or there is nothing to say
    is_said: bool  # staff have said who it is, or that it is none, since anything was typed
    has_read: bool  # who asks has opened what the child said, all that was added included


def of_case(opened: Opened) -> WhoItIsAbout:
    """Return who a case is about. No more of the child's telling is opened than those two answers.

    Source: docs/procedure.md, paragraph 31 (ruling R21).
    """
    statement = opened.row.statement or {}
    typed, answered_at, has_read = _said_of_it(opened, statement)
    people = _people(opened)
    is_said = answered_at > max(typed, default=-1)
    return WhoItIsAbout(
        typed=tuple(dict.fromkeys(typed.values())),
        town=_text(statement.get("town")),
        people=people,
        is_settled=all(item.certain for item in people) and (not typed or is_said),
        is_said=is_said,
        has_read=has_read,
    )


def check_settled(opened: Opened) -> WhoItIsAbout:
    """Check that staff have said who it is about, where the child typed something; return it.

    Raises:
        NobodySaidWho: they have not.
    """
    about = of_case(opened)
    if not about.is_settled:
        raise NobodySaidWho
    return about


def told(opened: Opened) -> tuple[str, ...]:
    """Return what a child told in their own words, but for the boxes for a worker and a town."""
    wanted = select(Event).where(Event.case_id == opened.row.id, Event.what == Step.ADD)
    notes = [json.loads(line.note or "{}") for line in opened.session.scalars(wanted)]
    return tuple(text for part in (opened.row.statement or {}, *notes) for text in telling(part))


def telling(answers: Answers) -> Iterator[str]:
    """Yield the texts among answers, but for the boxes for a worker and a town."""
    for name, answer in answers.items():
        if isinstance(answer, str) and name not in _TYPED_APART:
            yield answer


def _said_of_it(opened: Opened, statement: Answers) -> tuple[dict[int, str], int, bool]:
    """Return what was typed about a worker, by the line of the history, and where staff answered.

    What was sent first is line 0; staff who have not answered did so before it. The last says
    whether who asks has read all of it.
    """
    typed, answered_at, read_by = {0: _text(statement.get("worker"))}, -1, set[str | None]()
    steps = (Step.ADD, Step.NAME_WORKER, Step.OPEN_STATEMENT)
    wanted = select(Event).where(Event.case_id == opened.row.id, Event.what.in_(steps))
    for line in opened.session.scalars(wanted.order_by(Event.number)):
        if line.what == Step.NAME_WORKER:
            answered_at = line.number
        elif line.what == Step.OPEN_STATEMENT:
            read_by.add(line.person_id)
        else:
            read_by.clear()
            typed[line.number] = _text(json.loads(line.note or "{}").get("worker"))
    said = {number: text for number, text in typed.items() if words(text)}
    return said, answered_at, opened.person_id in read_by


def _text(answer: object) -> str:
    return answer if isinstance(answer, str) else ""


def _people(opened: Opened) -> tuple[Concerned, ...]:
    rows = access.complained_about(opened.session, opened.row.id)
    found = [
        Concerned(
            worker=worker,
            certain=rows[worker.id].certain,
            line_manager_may=rows[worker.id].line_manager_may,
        )
        for worker in workers.by_id(opened.session, rows)
    ]
    return tuple(sorted(found, key=lambda item: item.certain))
