"""Saying who a child complains about, which takes the case out of their sight."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.procedure import BEFORE_ALLOCATED, Stage, Step
from kids_feedback.domain.case.submission import Kind, Submission
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case import access, alarms
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.people import colleagues, complained_about
from kids_feedback.services.casework import routing
from kids_feedback.services.errors import ConflictOfInterest, Incomplete, check_said
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.people import PersonRow


@dataclass(frozen=True, kw_only=True)
class NamedPerson:
    """Somebody the child complains about, and whether their line manager may have the case."""

    person_id: str
    line_manager_may: bool = False


def name_worker(
    act: Act, *, workers: Sequence[NamedPerson], reason: str = "", none_of_them: bool = False
) -> Saved:
    """Say who the child complains about, in place of whoever was named, or possibly meant.

    Whoever was only possibly meant and is not named sees it again, as far as their role reaches.

    A manager who may not have the case any more loses it, and it waits to be given again. Where no
    Head of Practice of the area may have it any more, somebody stands in (see ``holders``).

    Args:
        workers: everybody, each once; nobody clears it.
        reason: why a line manager may have it; needed whenever that is newly decided.
        none_of_them: nobody is named, and on purpose; needed while the question is open.

    Raises:
        StepNotOpen: see ``Act.take``.
        NotFound: no such person.
        Incomplete: the reason, or the answer itself, is missing.
        ConflictOfInterest: nobody decides that they themselves, as line manager, may have it.
        WordsNotOpened: this person has not opened what the child said.

    Source: docs/procedure.md, paragraph 31.
    """
    before = complained_about.of_case(act)
    if not (workers or none_of_them or before.is_settled):
        raise Incomplete(missing=("people",))
    _check_exceptions(act, workers, reason)
    act.take(Step.NAME_WORKER)
    alarms.check_opened(act)
    _name(act.session, act.row, workers)
    named = {person.person_id for person in workers}
    possible = [item.worker.id for item in before.people if not item.certain]
    not_meant = [person for person in possible if person not in named]
    saved = act.record(
        reason,
        {
            "people": [person.person_id for person in workers],
            "line_manager_may": [person.person_id for person in workers if person.line_manager_may],
            **({"not_meant": not_meant} if not_meant else {}),
        },
    )
    return _take_back(act) or saved


def let_line_manager(act: Act, manager: PersonRow, reason: str) -> None:
    """Decide that the line manager of who is complained about may have the case all the same.

    Raises:
        StepNotOpen: see ``Act.take``.
        ConflictOfInterest: they are complained about themselves, or in question for
            another reason.
        Incomplete: the reason is missing.

    Source: docs/procedure.md, paragraph 31 (rulings R8 and R21).
    """
    if manager.id not in {person.id for person in colleagues.barred_line_managers(act)}:
        raise ConflictOfInterest
    about = access.complained_about(act.session, act.row.id)
    led = select(PersonRow.id).where(
        PersonRow.id.in_(about), PersonRow.line_manager_id == manager.id
    )
    theirs = set(act.session.scalars(led))
    workers = [
        NamedPerson(person_id=id_, line_manager_may=row.line_manager_may or id_ in theirs)
        for id_, row in about.items()
    ]
    name_worker(act, workers=workers, reason=reason)


def _check_exceptions(act: Act, workers: Sequence[NamedPerson], reason: str) -> None:
    session, row = act.session, act.row
    ids = {person.person_id for person in workers}
    found = session.scalars(select(PersonRow).where(PersonRow.id.in_(ids)))
    people = {item.id: item for item in found}
    if people.keys() != ids:
        raise NotFound
    about = access.complained_about(session, row.id)
    decided_before = {id_ for id_, kept in about.items() if kept.line_manager_may}
    for person in workers:
        if not person.line_manager_may or person.person_id in decided_before:
            continue
        if people[person.person_id].line_manager_id == act.person_id:
            raise ConflictOfInterest
        check_said(reason=reason)


def _name(session: Session, row: Case, workers: Sequence[NamedPerson]) -> None:
    session.execute(delete(PersonComplainedAbout).where(PersonComplainedAbout.case_id == row.id))
    session.add_all(
        PersonComplainedAbout(
            case_id=row.id, person_id=person.person_id, line_manager_may=person.line_manager_may
        )
        for person in workers
    )
    session.flush()


def bar(act: Act, draft: Submission) -> None:
    """Keep whom a name that the child typed later may mean, too; nothing of it is ever refused.

    Where nobody else is left who may have it, somebody stands in.
    """
    routing.bar(act.session, act.row, draft, now=act.now)
    see_to_it(act)


def see_to_it(act: Act) -> None:
    """See to it that somebody has the case who may, after others were kept out of it."""
    if act.row.stage is Stage.CLOSED or _take_back(act) is None:
        act.see_that_somebody_has_it()


def bar_named(act: Act, told: str) -> None:
    """Keep out whom words that the child sent later name, until the case is allocated.

    From then on its manager is somebody whom the child writes to by name.
    """
    if act.row.stage in BEFORE_ALLOCATED:
        routing.bar_named(act.session, act.row, (told,))


def bar_there(act: Act) -> None:
    """Keep out whom what the child typed or told may mean where the case lies now.

    Nothing is asked again once staff have said who it is.

    Source: docs/procedure.md, paragraph 31 (ruling R21).
    """
    about = complained_about.of_case(act)
    if about.is_said or act.row.kind is Kind.COMPLIMENT:
        return
    for typed in about.typed:
        routing.bar_meant(act.session, act.row, typed, now=act.now)
    if act.row.stage in BEFORE_ALLOCATED:
        routing.bar_named(act.session, act.row, complained_about.told(act))


def _take_back(act: Act) -> Saved | None:
    """Take the case from a manager who may not have it any more; None where they still may."""
    manager_id = act.row.manager_id
    if manager_id is None or access.may_have(act.session, act.row.id, manager_id):
        return None
    act.take(Step.TAKE_BACK, by=Actor.SERVICE)
    return act.record(facts={"from": "manager"})
