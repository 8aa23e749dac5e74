"""Naming who a child complains about, which takes the case out of their sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.errors import NotThere
from kids_feedback.domain.people import Person
from kids_feedback.domain.procedure import Stage, Step
from kids_feedback.services import cases
from kids_feedback.services.cases import Mark, Saved, no_conflict
from kids_feedback.services.refusals import Barred, Incomplete, NobodyThere
from kids_feedback.storage.feedback import About, Feedback
from kids_feedback.storage.people import PersonRow

_BEFORE_DELIVERY = frozenset({Stage.GIVEN, Stage.TALKED, Stage.WRITTEN, Stage.APPROVED})


@dataclass(frozen=True, kw_only=True)
class Named:
    """Somebody the child complains about, and whether their line manager may have the case."""

    person_id: str
    line_manager_may: bool = False


def name_worker(
    session: Session,
    case_id: str,
    person: Person,
    *,
    workers: Sequence[Named],
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    reason: str = "",
    seen: int | None = None,
) -> Saved:
    """Say who the child complains about, in place of whoever was named until now.

    A manager who may not have the case any more loses it, and it waits to be given again. Where no
    Head of Practice of the area may have it any more, it goes back to customer service.

    Args:
        workers: everybody, each once; nobody clears it.
        reason: why a line manager may have it; needed whenever that is newly decided.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``; also for an unknown person.
        Incomplete: the reason is missing.
        Barred: nobody decides that they themselves, as line manager, may have it.
        NobodyThere: the answer is delivered, and nobody in the area could close the case.

    Source: docs/procedure.md, paragraph 31.
    """
    row = cases.find(session, case_id, person, seen=seen)
    _check_exceptions(session, row, person, workers, reason)
    cases.take(row, Step.NAME_WORKER, person)
    _name(session, row, workers)
    stage_before = row.stage
    lost_by = _take_back(session, row)
    saved = cases.record(
        session,
        row,
        Step.NAME_WORKER,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={
            "people": [each.person_id for each in workers],
            "line_manager_may": [each.person_id for each in workers if each.line_manager_may],
        },
        note=reason,
    )
    if lost_by:
        facts = {"from": lost_by, "stage": stage_before, "stage_now": row.stage}
        cases.add_line(session, row, Mark.TAKEN_BACK, person_id=person.id, now=now, facts=facts)
    return saved


def _check_exceptions(
    session: Session, row: Feedback, person: Person, workers: Sequence[Named], reason: str
) -> None:
    ids = {each.person_id for each in workers}
    found = session.scalars(select(PersonRow).where(PersonRow.id.in_(ids)))
    people = {each.id: each for each in found}
    if people.keys() != ids:
        raise NotThere
    kept = select(About.person_id).where(About.feedback_id == row.id, About.line_manager_may)
    decided_before = set(session.scalars(kept))
    for each in workers:
        if not each.line_manager_may or each.person_id in decided_before:
            continue
        if people[each.person_id].line_manager_id == person.id:
            raise Barred
        if not reason.strip():
            raise Incomplete(missing=("reason",))


def _name(session: Session, row: Feedback, workers: Sequence[Named]) -> None:
    session.execute(delete(About).where(About.feedback_id == row.id))
    session.add_all(
        About(feedback_id=row.id, person_id=each.person_id, line_manager_may=each.line_manager_may)
        for each in workers
    )
    session.flush()


def _take_back(session: Session, row: Feedback) -> str | None:
    """Take the case from whoever may not have it any more; return from whom, if anybody.

    Raises:
        NobodyThere: the answer is delivered, so nobody else could take it over.
    """
    area, manager = row.area_code or "", row.manager_id
    nobody_there = not cases.heads_of(session, row.id, area)
    free = select(PersonRow.id).where(PersonRow.id == manager, no_conflict(row.id, PersonRow.id))
    barred = manager is not None and session.scalar(free) is None
    if not nobody_there and not barred:
        return None
    if nobody_there and row.stage is Stage.DELIVERED:
        raise NobodyThere
    row.manager_id = None
    if row.stage in _BEFORE_DELIVERY:
        row.stage = Stage.ACKNOWLEDGED
    if nobody_there:
        row.area_code = row.office_code = None
        return "area"
    return "manager"
