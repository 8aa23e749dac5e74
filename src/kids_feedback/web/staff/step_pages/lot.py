"""Many at once that no child sent: read together, and ended for one recorded reason."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.errors import DomainError, EditConflict, NotFound, StepNotOpen
from kids_feedback.domain.people import Role
from kids_feedback.services.case.act import by_staff
from kids_feedback.services.casework import endings
from kids_feedback.services.errors import ReasonNeeded
from kids_feedback.services.reading import opened_words
from kids_feedback.services.reading.case_file import of_case
from kids_feedback.services.reading.queue import PAGE
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm
from kids_feedback.web.kit.translation import ngettext
from kids_feedback.web.rendering import child_notifications
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.loader import act, moment
from kids_feedback.web.staff.case.words import Words, words_of
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.forms import long_text
from kids_feedback.web.staff.steps import form_errors

_LEFT: tuple[type[DomainError], ...] = (*form_errors.REFUSALS, StepNotOpen, ReasonNeeded)


class LotForm(OurForm):
    """Why none of them is from a child."""

    reason = long_text(
        _l("How do you know that none of these is from a child?"),
        must=_l("Write how you know: it stays in the history of each"),
    )


@dataclass(frozen=True, kw_only=True)
class Read:
    """One of those that were ticked, with what it says."""

    id: str
    version: int
    name: str
    words: Words
    ticked: bool


@staff.post("/lot")
@guard.only(Role.HEAD_OF_PRACTICE)
def read_lot() -> ResponseReturnValue:
    """Show what those say that were ticked on the queue; each is opened, on record."""
    ids = request.form.getlist("case")
    if not ids:
        return redirect(url_for("staff.queue"), code=303)
    return _page(LotForm(formdata=None), ids, ids), 200


@staff.post("/lot/end")
@guard.only(Role.HEAD_OF_PRACTICE)
def end_lot() -> ResponseReturnValue:
    """End those that are still ticked, each by an act of its own."""
    form = LotForm()
    ticked = dict.fromkeys(request.form.getlist("case"))
    if not form.validate() or not ticked:
        return _page(form, request.form.getlist("shown"), ticked), 422
    ended = [case_id for case_id in [*ticked][:PAGE] if _ended(case_id, form)]
    _say(len(ended), len(ticked) - len(ended))
    return redirect(url_for("staff.queue"), code=303)


def _ended(case_id: str, form: LotForm) -> bool:
    """End one, unless somebody else has acted on it since, or something must come first."""
    seen = request.form.get(f"seen-{case_id}", "")
    try:
        with context.transaction() as db:
            acting = by_staff(
                db,
                case_id,
                guard.person(),
                moment(db),
                seen=int(seen) if seen.isascii() and seen.isdigit() else 0,
                wording=child_notifications.message_waiting,
            )
            endings.not_from_a_child(acting, reason=form.reason.data)
    except (EditConflict, NotFound, *_LEFT):
        return False
    return True


def _say(ended: int, left: int) -> None:
    if ended:
        flash(
            ngettext(
                "One was closed as not from a child. You can open it again on its page.",
                "%(num)d were closed as not from a child. You can open each again on its page.",
                ended,
            )
        )
    if left:
        flash(
            ngettext(
                "One stays as it was: something must be done there first.",
                "%(num)d stay as they were: something must be done there first.",
                left,
            )
        )


def _page(form: LotForm, ids: Iterable[str], ticked: Collection[str]) -> str:
    return render_template("staff/step_pages/lot.html", form=form, lot=[*_read(ids, ticked)])


def _read(ids: Iterable[str], ticked: Collection[str]) -> Iterator[Read]:
    """Open each that this person may open; a case that is not theirs is as if it were not there."""
    for case_id in [*dict.fromkeys(ids)][:PAGE]:
        try:
            with act(case_id) as acting:
                words = words_of(opened_words.open_statement(acting))
                case = of_case(acting)
        except (NotFound, ReasonNeeded):
            continue
        yield Read(
            id=case.id,
            version=case.version,
            name=labels.named(case.child.name),
            words=words,
            ticked=case_id in ticked,
        )
