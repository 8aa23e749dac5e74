"""Many at once that no child sent: read together, and ended for one recorded reason."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.errors import EditConflict, NotFound, StepNotOpen
from kids_feedback.domain.people import Role
from kids_feedback.services.casework import endings
from kids_feedback.services.errors import ReasonNeeded
from kids_feedback.services.reading import opened_words
from kids_feedback.services.reading.case_file import of_case
from kids_feedback.services.reading.queue import PAGE
from kids_feedback.web.kit import guard
from kids_feedback.web.kit.forms import OurForm, shown_again
from kids_feedback.web.kit.translation import _, ngettext
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.loader import act, look
from kids_feedback.web.staff.case.words import Words, words_beside
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.forms import long_text
from kids_feedback.web.staff.steps import form_errors

_TICKED = "case"  # the name of every box to tick
_LEFT: tuple[type[Exception], ...] = (
    *form_errors.REFUSALS,
    EditConflict,
    NotFound,
    ReasonNeeded,
    StepNotOpen,
)


class LotForm(OurForm):
    """Why none of them is from a child."""

    reason = long_text(
        _l("How do you know that none of these is from a child?"),
        must=_l("Write how you know: it stays in the history of each"),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if not request.form.getlist(_TICKED):
            self.form_errors = [_("Tick those that are not from a child")]
        return good and not self.form_errors


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
def open_lot() -> ResponseReturnValue:
    """Open what those say that were ticked on the queue, on record."""
    ids = request.form.getlist(_TICKED)[:PAGE]
    if not ids:
        flash(_("Tick those first that you want to read together."))
        return redirect(url_for("staff.queue"), code=303)
    for case_id in ids:
        with suppress(NotFound, ReasonNeeded), act(case_id) as acting:
            opened_words.open_statement(acting)
    return redirect(url_for("staff.lot", case=ids), code=303)


@staff.get("/lot")
@guard.only(Role.HEAD_OF_PRACTICE)
def lot() -> ResponseReturnValue:
    """Show what each says, to who has opened it; that they looked is kept once more."""
    form, ids = LotForm(), request.args.getlist(_TICKED)
    if not (ids or form.comes_back):
        return redirect(url_for("staff.queue"), code=303)
    ticked = form.comes_back.fields.get(_TICKED, []) if form.comes_back else ids
    return _page(form, ids, ticked)


@staff.post("/lot/end")
@guard.only(Role.HEAD_OF_PRACTICE)
def end_lot() -> ResponseReturnValue:
    """End those that are still ticked, each by an act of its own."""
    form, ticked = LotForm(), dict.fromkeys(request.form.getlist(_TICKED))
    if not form.validate():
        shown = request.form.getlist("shown")
        here = url_for("staff.lot", case=shown)
        return shown_again(form, lambda: _page(form, shown, ticked), at=here)
    ended = [case_id for case_id in [*ticked][:PAGE] if _ended(case_id, form)]
    _say(len(ended), len(ticked) - len(ended))
    return redirect(url_for("staff.queue"), code=303)


def _ended(case_id: str, form: LotForm) -> bool:
    """End one, unless somebody else has acted on it since, or something must come first."""
    seen = request.form.get(f"seen-{case_id}", "")
    try:
        with act(case_id, seen=int(seen) if seen.isascii() and seen.isdigit() else 0) as acting:
            endings.not_from_a_child(acting, reason=form.reason.data)
    except _LEFT:
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
    """Read each that this person has opened; a case that is not theirs is as if not there."""
    for case_id in [*dict.fromkeys(ids)][:PAGE]:
        try:
            with look(case_id) as looked:
                case, words = of_case(looked), words_beside(looked)
        except (NotFound, ReasonNeeded):
            continue
        if (found := words()) is not None:
            yield Read(
                id=case.id,
                version=case.version,
                name=labels.named(case.child.name),
                words=found,
                ticked=case_id in ticked,
            )
