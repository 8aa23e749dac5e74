"""Moving a case on: acknowledge, route, allocate, pass on, close."""

from sqlalchemy.orm import Session

from kids_feedback.domain.case.court_notice import blocks_closing
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.submission import PassOn
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case import access, alarms, case_state, colleagues
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.errors import (
    ConflictOfInterest,
    ConsentMissing,
    CourtNotTold,
    NoHeadOfPractice,
    WordsNotOpened,
)
from kids_feedback.storage.tables.people import Area, Office, PersonRow


def acknowledge(act: Act) -> Saved:
    """Say that it has been read; the child is told if an email to them is safe.

    Raises:
        NotAllowedNow: see ``Act.take``.
        WordsNotOpened: this person has not opened what the child said.

    Source: docs/procedure.md, paragraphs 12 and 17.
    """
    act.take(Step.ACKNOWLEDGE)
    if not alarms.has_opened(act):
        raise WordsNotOpened
    return act.record()


def route(act: Act, *, area: str, office: str | None = None) -> Saved:
    """Send the case to the area that answers for it; its Heads of Practice are told.

    Args:
        area: its code.
        office: the code of an office in that area, where it is known.

    Raises:
        NotAllowedNow: see ``Act.take``.
        NotThere: no such place.
        NobodyThere: no Head of Practice of that area may have this case.

    Source: docs/procedure.md, paragraphs 16 and 31.
    """
    _check_place(act.session, area, office)
    if not access.heads_of(act.session, act.row.id, area):
        raise NoHeadOfPractice
    act.take(Step.ROUTE)
    act.row.area_code, act.row.office_code = area, office
    return act.record(facts={"area": area, "office": office})


def allocate(act: Act, *, manager_id: str) -> Saved:
    """Give the case to a local manager of its area, who is told.

    Raises:
        NotAllowedNow: see ``Act.take``.
        NotThere: they are no local manager of the area.
        Barred: they are complained about, or the line manager of who is.

    Source: docs/procedure.md, paragraphs 20 and 31.
    """
    manager = _candidate(act, manager_id)
    act.take(Step.ALLOCATE)
    act.row.manager_id = manager.id
    return act.record(facts={"manager": manager.id})


def pass_on(act: Act, *, told: bool, note: str = "") -> Saved:
    """Say that a compliment has been dealt with, which ends it.

    Args:
        told: the praised person has heard of it. Without the child's leave they do not.

    Raises:
        NotAllowedNow: see ``Act.take``.
        ChildSaidNo: they were told, and the child did not say that they may be.

    Source: docs/procedure.md, paragraphs 59 and 63.
    """
    if told and act.row.pass_on not in {PassOn.WITH_NAME, PassOn.WITHOUT_NAME}:
        raise ConsentMissing
    act.take(Step.PASS_ON)
    return act.record(note, {"told": told, "pass_on": act.row.pass_on})


def close(act: Act, *, note: str = "") -> Saved:
    """End the case.

    Raises:
        NotAllowedNow: see ``Act.take``.
        CourtFirst: the court is still to be told, or it is not known whether it must be.

    Source: docs/procedure.md, paragraph 51.
    """
    flag = case_state.flag_of(act.row, today=act.today, calendar=act.calendar)
    if blocks_closing(flag):
        raise CourtNotTold(flag.state)
    act.take(Step.CLOSE)
    return act.record(note)


def _check_place(session: Session, area: str, office: str | None) -> None:
    there = session.get(Area, area)
    if there is None:
        raise NotFound
    if office is not None:
        inside = session.get(Office, office)
        if inside is None or inside.area_code != area:
            raise NotFound


def _candidate(act: Act, manager_id: str) -> PersonRow:
    area = act.row.area_code or ""
    found = colleagues.manager_in(act.session, manager_id, area)
    if found is None:
        raise NotFound
    if found not in colleagues.managers_of(act.session, act.row.id, area):
        raise ConflictOfInterest
    return found
