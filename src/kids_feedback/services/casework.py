"""Moving a case on: to the right place, to a manager, to its end."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.court import blocks_closing
from kids_feedback.domain.errors import NotThere
from kids_feedback.domain.feedback import PassOn
from kids_feedback.domain.people import Person
from kids_feedback.domain.procedure import Stage, Step
from kids_feedback.services import cases, colleagues, messages, standing
from kids_feedback.services.cases import Saved
from kids_feedback.services.messages import Wording
from kids_feedback.services.refusals import Barred, ChildSaidNo, CourtFirst, NobodyThere
from kids_feedback.storage.people import Area, Office, PersonRow


def acknowledge(
    session: Session,
    case_id: str,
    person: Person,
    *,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    wording: Wording,
    seen: int | None = None,
) -> Saved:
    """Say that it has been read; the child is told if an email to them is safe.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``.

    Source: docs/procedure.md, paragraph 17.
    """
    row = cases.find(session, case_id, person, seen=seen)
    cases.take(row, Step.ACKNOWLEDGE, person)
    row.acknowledged_on = today
    told = messages.write_to_child(session, row, wording, now=now)
    return cases.record(
        session,
        row,
        Step.ACKNOWLEDGE,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={"emailed": told},
    )


def route(
    session: Session,
    case_id: str,
    person: Person,
    *,
    area: str,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    office: str | None = None,
    seen: int | None = None,
) -> Saved:
    """Send the case to the area that answers for it; its Heads of Practice are told.

    Args:
        area: its code.
        office: the code of an office in that area, where it is known.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``; also for an unknown place.
        NobodyThere: no Head of Practice of that area may have this case.

    Source: docs/procedure.md, paragraphs 16 and 31.
    """
    row = cases.find(session, case_id, person, seen=seen)
    _check_place(session, area, office)
    heads = cases.heads_of(session, row.id, area)
    if not heads:
        raise NobodyThere
    cases.take(row, Step.ROUTE, person)
    row.area_code, row.office_code = area, office
    saved = cases.record(
        session,
        row,
        Step.ROUTE,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={"area": area, "office": office},
    )
    messages.tell_staff(session, row, heads, now=now)
    return saved


def give(
    session: Session,
    case_id: str,
    person: Person,
    *,
    manager_id: str,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    seen: int | None = None,
) -> Saved:
    """Give the case to a local manager of its area, who is told.

    Where a talk has already been had, with a manager who may not have the case any more, the new
    one goes on from there: the child need not say it all again.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``; also for somebody who is not a
            local manager of the area.
        Barred: they are complained about, or the line manager of who is.

    Source: docs/procedure.md, paragraphs 20 and 31.
    """
    row = cases.find(session, case_id, person, seen=seen)
    manager = _candidate(session, row.id, row.area_code, manager_id)
    cases.take(row, Step.GIVE, person)
    row.manager_id = manager.id
    if row.stage is Stage.GIVEN and row.talk_on:
        row.stage = Stage.TALKED
    saved = cases.record(
        session,
        row,
        Step.GIVE,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={"manager": manager.id},
    )
    messages.tell_staff(session, row, [manager], now=now)
    return saved


def pass_on(
    session: Session,
    case_id: str,
    person: Person,
    *,
    told: bool,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    note: str = "",
    seen: int | None = None,
) -> Saved:
    """Say that a compliment has been dealt with, which ends it.

    Args:
        told: the praised person has heard of it. Without the child's leave they do not.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``.
        ChildSaidNo: they were told, and the child did not say that they may be.

    Source: docs/procedure.md, paragraphs 59 and 63.
    """
    row = cases.find(session, case_id, person, seen=seen)
    if told and row.pass_on not in {PassOn.WITH_NAME, PassOn.WITHOUT_NAME}:
        raise ChildSaidNo
    cases.take(row, Step.PASS_ON, person)
    row.closed_on = today
    return cases.record(
        session,
        row,
        Step.PASS_ON,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={"told": told, "pass_on": row.pass_on},
        note=note,
    )


def close(
    session: Session,
    case_id: str,
    person: Person,
    *,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    note: str = "",
    seen: int | None = None,
) -> Saved:
    """End the case.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``.
        CourtFirst: the court is still to be told, or it is not known whether it must be.

    Source: docs/procedure.md, paragraph 51.
    """
    row = cases.find(session, case_id, person, seen=seen)
    flag = standing.flag_of(row, today=today, calendar=calendar)
    if blocks_closing(flag):
        raise CourtFirst(flag.state)
    cases.take(row, Step.CLOSE, person)
    row.closed_on = today
    return cases.record(
        session, row, Step.CLOSE, person, now=now, today=today, calendar=calendar, note=note
    )


def _check_place(session: Session, area: str, office: str | None) -> None:
    there = session.get(Area, area)
    if there is None:
        raise NotThere
    if office is not None:
        inside = session.get(Office, office)
        if inside is None or inside.area_code != area:
            raise NotThere


def _candidate(session: Session, case_id: str, area_code: str | None, manager_id: str) -> PersonRow:
    found = colleagues.manager_in(session, manager_id, area_code or "")
    if found is None:
        raise NotThere
    if found not in colleagues.managers_of(session, case_id, area_code or ""):
        raise Barred
    return found
