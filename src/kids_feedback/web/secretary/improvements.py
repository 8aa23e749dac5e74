"""What changed because of what children said: write it, look at it, show it, hide it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from kids_feedback.domain.people import Role
from kids_feedback.services.board import improvements
from kids_feedback.services.board.improvements import LIMIT, Improvement
from kids_feedback.web.kit import context, csrf, guard
from kids_feedback.web.kit.forms import OurForm, shown_again, trimmed, within
from kids_feedback.web.secretary.blueprint import secretary


def _text(label: Any, must: Any) -> TextAreaField:
    return TextAreaField(label, filters=[trimmed], validators=[DataRequired(must), *within(LIMIT)])


class ChangeForm(OurForm):
    """Both texts."""

    said = _text(_l("What did children say?"), _l("Write what children said"))
    did = _text(_l("What did Cafcass do?"), _l("Write what Cafcass did"))


@secretary.get("/changes")
@guard.only(Role.BOARD_SECRETARY)
def changes() -> ResponseReturnValue:
    """All that was written, and a form for another one."""
    return _list(ChangeForm(formdata=None))


@secretary.post("/changes")
@guard.only(Role.BOARD_SECRETARY)
def write_change() -> ResponseReturnValue:
    """Keep another one, hidden; the next page shows it as children will see it."""
    form = ChangeForm()
    if not form.validate():
        return shown_again(form, lambda: _list(form))
    with context.transaction() as db:
        kept = improvements.write(
            db,
            guard.person(),
            said=form.said.data,
            did=form.did.data,
            key=csrf.drawn_from_form("change"),
        )
    return redirect(url_for("secretary.change", change_id=kept), code=303)


@secretary.get("/changes/<change_id>")
@guard.only(Role.BOARD_SECRETARY)
def change(change_id: str) -> ResponseReturnValue:
    """One as children see it, in both looks, and what can be done with it."""
    found = _one(change_id)
    return _page(found, ChangeForm(formdata=None, data={"said": found.said, "did": found.did}))


@secretary.post("/changes/<change_id>")
@guard.only(Role.BOARD_SECRETARY)
def rewrite_change(change_id: str) -> ResponseReturnValue:
    """Write it anew, which hides it until it was looked at again."""
    form = ChangeForm()
    if not form.validate():
        return shown_again(form, lambda: _page(_one(change_id), form))
    texts = {"said": form.said.data, "did": form.did.data}
    with context.transaction() as db:
        seen = request.form.get("seen") or None
        improvements.write(db, guard.person(), change_id=change_id, seen=seen, **texts)
    flash(_("Saved. Children don't see it until you show it."))
    return redirect(url_for("secretary.change", change_id=change_id), code=303)


@secretary.post("/changes/<change_id>/shown")
@guard.only(Role.BOARD_SECRETARY)
def show_change(change_id: str) -> ResponseReturnValue:
    """Show it to children, or hide it, which is safe and so the one that needs no saying."""
    with context.transaction() as db:
        if request.form.get("go") == "show":
            seen = request.form.get("seen", "")
            improvements.show(db, change_id, today=context.today(), seen=seen)
            said = _("Children can see it now.")
        else:
            improvements.hide(db, change_id)
            said = _("Children don't see it any more.")
    flash(said)
    return redirect(url_for("secretary.changes"), code=303)


def _one(change_id: str) -> Improvement:
    with context.reading() as db:
        return improvements.one(db, change_id)


def _list(form: ChangeForm) -> str:
    with context.reading() as db:
        found = improvements.every(db)
    return render_template("secretary/improvements.html", changes=found, form=form)


def _page(found: Improvement, form: ChangeForm) -> str:
    return render_template("secretary/improvement.html", change=found, form=form)
