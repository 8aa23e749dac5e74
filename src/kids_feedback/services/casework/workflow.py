"""Moving a case on: acknowledge, route, allocate, follow up, pass on, close, reopen."""

from datetime import date

from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import is_only_here
from kids_feedback.domain.case.follow_ups import RULES, Outcome
from kids_feedback.domain.case.procedure import BEFORE_ALLOCATED, Step
from kids_feedback.domain.case.submission import PassOn, Wish
from kids_feedback.domain.errors import EditConflict, NotFound, StepNotOpen
from kids_feedback.services.case import access, alarms, case_state, follow_ups, letters
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.contact_promises import begin_as_complaint
from kids_feedback.services.case.people import colleagues, complained_about
from kids_feedback.services.casework import conflicts
from kids_feedback.services.casework.court import court_notice
from kids_feedback.services.errors import (
    ConsentMissing,
    NothingChanged,
    NothingWritten,
    check_said,
)
from kids_feedback.storage.tables.people import Area, Office


def acknowledge(act: Act) -> Saved:
    """Say that it has been read; the child is told if an email to them is safe.

    Raises:
        StepNotOpen: see ``Act.take``.
        WordsNotOpened: this person has not opened what the child said.

    Source: docs/procedure.md, paragraphs 12 and 17.
    """
    act.take(Step.ACKNOWLEDGE)
    alarms.check_opened(act)
    return act.record()


def route(act: Act, *, area: str, office: str | None = None, reason: str = "") -> Saved:
    """Send the case to the area that answers for it; its Heads of Practice are told.

    One that a manager has already leaves them, and what they arranged ends with it.

    Args:
        area: its code; another one, where a manager has the case already.
        office: the code of an office in that area, where it is known.
        reason: why it was in the wrong area; needed where a manager has had the case.

    Raises:
        StepNotOpen: see ``Act.take``.
        NotFound: no such place.
        Incomplete: there is no reason.
        NothingChanged: a manager has the case, and it is in that area.

    Source: docs/procedure.md, paragraphs 16 and 31.
    """
    row = act.row
    _check_place(act.session, area, office)
    if row.stage not in BEFORE_ALLOCATED:
        check_said(reason=reason)
        if area == row.area_code:
            raise NothingChanged
    before = row.area_code
    act.take(Step.ROUTE)
    row.area_code, row.office_code = area, office
    conflicts.bar_there(act)
    was = {"area_before": before} if before not in {None, area} else {}
    return act.record(reason, {"area": area, "office": office, **was})


def allocate(act: Act, *, manager_id: str, reason: str = "") -> Saved:
    """Give the case to a local manager of its area, who is told.

    Args:
        reason: why the line manager of who is complained about may have it; needed for them alone.

    Raises:
        StepNotOpen: see ``Act.take``.
        NotFound: they are no local manager of the area.
        NobodySaidWho: the child typed a name, and staff are first to say who it is.
        WordsNotOpened: nobody has said who it is, and this person has not opened the words.
        ConflictOfInterest: they are complained about.
        Incomplete: they are the line manager of who is, and no reason is given.

    Source: docs/procedure.md, paragraphs 20 and 31.
    """
    if not complained_about.check_settled(act).is_said:
        alarms.check_opened(act)  # whom the words name, nobody but who allocates has looked for
    manager = colleagues.manager_in(act.session, manager_id, act.row.area_code or "")
    if manager is None:
        raise NotFound
    if not access.may_have(act.session, act.row.id, manager.id):
        conflicts.let_line_manager(act, manager, reason)
    act.take(Step.ALLOCATE)
    act.row.manager_id = manager.id
    return act.record(facts={"manager": manager.id})


def pass_on(act: Act, *, told: bool, note: str = "") -> Saved:
    """Say that a compliment has been dealt with, which ends it.

    Args:
        told: the praised person has heard of it. Without the child's leave they do not.

    Raises:
        StepNotOpen: see ``Act.take``.
        ConsentMissing: they were told, and the child did not say that they may be.

    Source: docs/procedure.md, paragraphs 59 and 63.
    """
    if told and act.row.pass_on not in {PassOn.WITH_NAME, PassOn.WITHOUT_NAME}:
        raise ConsentMissing
    act.take(Step.PASS_ON)
    return act.record(note, {"told": told, "pass_on": act.row.pass_on})


def close(act: Act, *, note: str = "") -> Saved:
    """End the case.

    Raises:
        StepNotOpen: see ``Act.take``.
        CourtNotTold: the court is still to be told, or it is not known whether it must be.
        StillToFollowUp: something that the child did since waits to be followed up.

    Source: docs/procedure.md, paragraph 51.
    """
    court_notice.check_told(act)
    act.take(Step.CLOSE)
    return act.record(note)


def make_complaint(act: Act, *, agreed: str, promises: Allowances) -> Saved:
    """Make a complaint of a note or of feelings, as the child agrees; its clocks begin today.

    Args:
        agreed: how the child said so.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: it does not say how.
        CalendarGap: a day that is promised lies outside the calendar.

    Source: docs/procedure.md, paragraph 9 (ruling R10).
    """
    check_said(agreed=agreed)
    act.take(Step.MAKE_COMPLAINT)
    act.row.wish = Wish.LOOK_INTO
    return act.record(agreed, begin_as_complaint(act, promises))


def reopen(act: Act, *, note: str) -> Saved:
    """Open a closed case again, where it was, with a reason.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: there is no reason.

    Source: docs/procedure.md, paragraph 31b.
    """
    check_said(note=note)
    act.take(Step.REOPEN)
    return act.record(note)


def follow_up(act: Act, *, follow_up_id: str, outcome: Outcome, note: str) -> Saved:
    """Say what came of something that the child did since.

    Args:
        outcome: one that its rule knows.
        note: what was done, or why nothing.

    Raises:
        StepNotOpen: it is not this person's, or see ``Act.take``.
        NotFound: it is nothing of the kind.
        EditConflict: somebody has said already what came of it.
        Incomplete: there is no note.
        NothingWritten: the child can be written to on this website alone, and was not since.

    Source: docs/procedure.md, paragraph 31b.
    """
    found = follow_ups.find(act.session, act.row, follow_up_id)
    if found is not None and found.ended_on is not None:
        raise EditConflict
    if found is None or outcome not in RULES[found.what].outcomes:
        raise NotFound
    if found.owner not in act.actors:
        raise StepNotOpen(step=Step.FOLLOW_UP, state=act.row.stage)
    check_said(note=note)
    if outcome is Outcome.WROTE and not _may_have_written(act, since=found.opened_on):
        raise NothingWritten
    act.take(Step.FOLLOW_UP)
    found.seen_on = found.seen_on or act.today
    found.ended_on, found.ended_by = act.today, act.person_id
    found.outcome = outcome
    return act.record(note, {"what": found.what, "outcome": outcome})


def open_follow_ups(act: Act) -> Saved:
    """Note that this person has opened what the child did since."""
    act.take(Step.OPEN_FOLLOW_UP)
    return act.record()


def _may_have_written(act: Act, *, since: date) -> bool:
    """Say whether there is a way to write to the child but this website, or that was done here."""
    here = is_only_here(*case_state.way_of(act.row))
    return not here or letters.was_written_since(act.session, act.row, since)


def _check_place(session: Session, area: str, office: str | None) -> None:
    there = session.get(Area, area)
    if there is None:
        raise NotFound
    if office is not None:
        inside = session.get(Office, office)
        if inside is None or inside.area_code != area:
            raise NotFound
