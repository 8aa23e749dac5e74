"""Who a case is about: what the child typed, whom it may mean, and whether staff have said."""

import json
from dataclasses import dataclass

from sqlalchemy import select

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.names import words
from kids_feedback.services.case import workers
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.workers import Worker
from kids_feedback.services.errors import NobodySaidWho
from kids_feedback.storage.tables.case import PersonComplainedAbout
from kids_feedback.storage.tables.casework import Event


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


def of_case(opened: Opened) -> WhoItIsAbout:
    """Return who a case is about. No more of the child's telling is opened than those two answers.

    Source: docs/procedure.md, paragraph 31 (ruling R21).
    """
    typed = _typed(opened)
    people = _people(opened)
    return WhoItIsAbout(
        typed=tuple(dict.fromkeys(typed.values())),
        town=_said((opened.row.statement or {}).get("town")),
        people=people,
        is_settled=all(item.certain for item in people)
        and (not typed or _is_answered(opened, since=max(typed))),
    )


def check_settled(opened: Opened) -> None:
    """Check that staff have said who it is about, where the child typed something.

    Raises:
        NobodySaidWho: they have not.
    """
    if not of_case(opened).is_settled:
        raise NobodySaidWho


def _typed(opened: Opened) -> dict[int, str]:
    """Return what was typed about a worker, by the line of the history; 0: the first sending."""
    row = opened.row
    wanted = select(Event).where(Event.case_id == row.id, Event.what == Step.ADD.value)
    told = {0: row.statement or {}}
    for line in opened.session.scalars(wanted.order_by(Event.number)):
        told[line.number] = json.loads(line.note or "{}")
    return {
        number: worker
        for number, answers in told.items()
        if words(worker := _said(answers.get("worker")))
    }


def _said(answer: object) -> str:
    return answer if isinstance(answer, str) else ""


def _is_answered(opened: Opened, *, since: int) -> bool:
    """Say whether staff named somebody, or nobody, after that line of the history."""
    wanted = select(Event.id).where(
        Event.case_id == opened.row.id,
        Event.what == Step.NAME_WORKER.value,
        Event.number > since,
    )
    return opened.session.scalar(wanted.limit(1)) is not None


def _people(opened: Opened) -> tuple[Concerned, ...]:
    wanted = select(PersonComplainedAbout).where(PersonComplainedAbout.case_id == opened.row.id)
    rows = {row.person_id: row for row in opened.session.scalars(wanted)}
    found = [
        Concerned(
            worker=worker,
            certain=rows[worker.id].certain,
            line_manager_may=rows[worker.id].line_manager_may,
        )
        for worker in workers.by_id(opened.session, rows)
    ]
    return tuple(sorted(found, key=lambda item: item.certain))
