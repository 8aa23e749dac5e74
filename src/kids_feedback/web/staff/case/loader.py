"""Load a case for one of its pages, open an act on it, and go on after that."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import EditConflict, StepNotOpen
from kids_feedback.services.case import opened
from kids_feedback.services.case.act import Act, Saved, by_staff
from kids_feedback.services.case.opened import Moment, Opened
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.reading.case_file import CaseFile, of_case
from kids_feedback.web.kit import context, forms, guard, refused
from kids_feedback.web.kit.context import Session
from kids_feedback.web.kit.forms import OurForm
from kids_feedback.web.rendering import child_notifications
from kids_feedback.web.staff.case.heading import place
from kids_feedback.web.staff.kit.forms import SeenForm, StepForm
from kids_feedback.web.staff.steps import form_errors
from kids_feedback.web.staff.steps.declaration import StepDeclaration


def moment(db: Session) -> Moment:
    """Return the moment of this request."""
    return working_days.moment_of(db, now=context.now(), today=context.today())


@contextmanager
def act(case_id: str, form: SeenForm | None = None, *, seen: int | None = None) -> Iterator[Act]:
    """Open an act of whoever is signed in; it is kept when the block ends.

    Args:
        seen: the version that they had before them; None: as ``form`` says, if there is one.

    Raises:
        NotFound: no such case, or not one this person may know of.
        ReasonNeeded: they have not said why they open it.
        EditConflict: the case is no longer the one that they saw.
    """
    with context.transaction() as db:
        yield by_staff(
            db,
            case_id,
            guard.person(),
            moment(db),
            seen=form.seen.data if form else seen,
            wording=child_notifications.message_waiting,
        )


def take(case_id: str, step: StepDeclaration, form: StepForm) -> Saved | None:
    """Take a step as the form says, or write on the form why not (None).

    Raises:
        EditConflict, NotFound, ReasonNeeded: see ``act``.
    """
    if not form.validate():
        return None
    try:
        with act(case_id, form) as acting:
            return step.take(acting, form)
    except form_errors.REFUSALS as error:
        form_errors.say(form, error)
        return None


def take_or_show_again(
    case_id: str,
    step: StepDeclaration,
    form: StepForm,
    page: Callable[[], str],
    *,
    at: str | None = None,
) -> ResponseReturnValue:
    """Take a step and go on to the case; or bring the form back with what is wrong with it."""
    saved = take(case_id, step, form)
    return onwards(saved, str(step.done)) if saved else shown_again(case_id, form, page, at=at)


def shown_again(
    case_id: str, form: OurForm, page: Callable[[], str], *, at: str | None = None
) -> ResponseReturnValue:
    """Bring a form about a case back, as ``forms.shown_again`` does.

    Raises:
        EditConflict: the case is no longer the one that it was filled in for, so that what is wrong
            with it may be nothing but that.
        NotFound: no such case, or not one this person may know of.
    """
    with look(case_id) as opened:
        seen = form.seen.data if isinstance(form, SeenForm) else None
        if not form.stale and seen not in {None, opened.row.version}:
            raise EditConflict
    return forms.shown_again(form, page, at=at)


@contextmanager
def look(case_id: str) -> Iterator[Opened]:
    """Open a case for whoever is signed in, to read.

    Raises:
        NotFound: no such case, or not one this person may know of.
        ReasonNeeded: they have not said why they open it.
    """
    with context.reading() as db:
        yield opened.open_case(db, case_id, guard.person(), moment(db))


def open_at(looked: Opened, *steps: Step) -> CaseFile:
    """Return a case for one of these steps; for a form that comes back, whatever became of them.

    Raises:
        StepNotOpen: none of the steps is open to this person now.
    """
    case = of_case(looked)
    if refused.kept() is None and not case.steps.intersection(steps):
        raise StepNotOpen(step=steps[0], state=case.stage)
    return case


def is_shown(case: CaseFile, step: Step, form: OurForm) -> bool:
    """Say whether a page has the form of a step: one that comes back it has, whatever became of it.

    Else nobody would find again what they typed.
    """
    return step in case.steps or forms.not_right(form) is not None


def onwards(saved: Saved, said: str, *, at: Step | None = None) -> ResponseReturnValue:
    """Say what was done, on the case's page or, once it is out of sight, on the queue.

    Args:
        at: the step that follows at once, on its own page.
    """
    flash(said)
    if saved.still_theirs and at is not None:
        return redirect(place(at, saved.id), code=303)
    if saved.still_theirs:
        return redirect(url_for("staff.case", case_id=saved.id), code=303)
    return redirect(url_for("staff.queue"), code=303)
