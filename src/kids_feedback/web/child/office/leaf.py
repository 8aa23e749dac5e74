"""A leaf for the feedback tree. No name, and no way from a leaf to a child."""

import secrets
from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kids_feedback.domain.child.leaves import LEAF_LIMIT, LeafPicture, LeafShape
from kids_feedback.domain.errors import EditConflict
from kids_feedback.services.feedback_tree import leaves
from kids_feedback.services.feedback_tree.leaves import NewLeaf
from kids_feedback.web.child import drafts, pace, receipts
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.child.current_office import office_here
from kids_feedback.web.child.office.tree_picture import hanging
from kids_feedback.web.child.start import aside
from kids_feedback.web.kit import context, csrf, guard, network, sessions
from kids_feedback.web.kit.forms import OurForm, shown_again
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.questions.forms import form_class
from kids_feedback.web.questions.leaf import LEAF, ON_THE_TREE, WHERE, WHOSE_TREE, office_of_tree
from kids_feedback.web.visit import shapes
from kids_feedback.web.visit.kept import Event
from kids_feedback.web.visit.values import LeafDraft, SentLeaf
from kids_feedback.web.visit.visit import Visit

LeafForm = form_class("Leaf", LEAF)


@child.get("/leaf")
@guard.anyone
def leaf() -> ResponseReturnValue:
    """Ask for a shape, a picture and a few words."""
    came_from = visit().take(Visit.came_from)
    if came_from and not came_from.startswith("/leaf"):
        visit().leaf_from = came_from
    return _leaf_page(LeafForm(data=shapes.as_json(_draft())))


@child.post("/leaf")
@guard.anyone
@guard.keeps_words
def make_leaf() -> ResponseReturnValue:
    form = LeafForm()
    if form.stale:
        return shown_again(form, lambda: _leaf_page(form))
    if "go" in request.form:
        _keep(form)
        return _go(request.form["go"], back=_way_back())
    if not form.validate():
        return shown_again(form, lambda: _leaf_page(form))
    if not _whole(_filled_in(form)):
        form["words"].errors = [_("Write a few words, or pick a picture")]
        return shown_again(form, lambda: _leaf_page(form))
    _keep(form)
    return redirect(url_for("child.leaf_where"), code=303)


@child.get("/leaf/where")
@guard.anyone
def leaf_where() -> ResponseReturnValue:
    """Ask where the leaf goes: on the tree, or to Cafcass alone."""
    if not _whole(_draft()):
        return redirect(url_for("child.leaf"), code=303)
    return _where_page(_where_form(shapes.as_json(_draft())))


@child.post("/leaf/where")
@guard.anyone
@guard.keeps_words
def send_leaf() -> ResponseReturnValue:
    """Send. A double tap, or a page that was sent already, gets the same thank-you."""
    if not _whole(_draft()):
        sent = visit().sent_leaf
        if sent is None or sent.key != request.form.get("key"):
            return render_template("child/start/cleared.html"), 404
        return _thank(sent)
    form = _where_form()
    if form.stale:
        return shown_again(form, lambda: _where_page(form))
    if "go" in request.form:
        _keep(form)
        return _go(request.form["go"], back=url_for("child.leaf"))
    if not form.validate():
        return shown_again(form, lambda: _where_page(form))
    _keep(form)
    ready_at = pace.ready_at()
    if ready_at is not None:
        return _where_page(form, ready_at), 429, network.retry_after(ready_at - context.now())
    sent = _sent(_draft())
    pace.count()
    return _thank(sent)


@child.get("/leaf/thanks")
@guard.anyone
def leaf_thanks() -> ResponseReturnValue:
    """The leaf is with us. Its words are no longer in this browser's visit."""
    sent = visit().sent_leaf
    if sent is None:
        return redirect(url_for("child.leaf"), code=303)
    back = _way_back() if drafts.every() else None
    with context.reading() as db:
        office = dict(leaves.offices(db)).get(sent.office or "")
    (place,) = hanging([sent.shape])
    return render_template(
        "child/office/leaf_thanks.html", sent=sent, back=back, office=office, place=place
    )


def _draft() -> LeafDraft:
    return visit().leaf or LeafDraft(key="")


def _keep(form: OurForm) -> None:
    visit().leaf = _filled_in(form)


def _filled_in(form: OurForm) -> LeafDraft:
    """Return the draft with what is in a form; what its choices do not offer is in none."""
    before: dict[str, Any] = shapes.as_json(_draft())
    given = {name: value for name, value in form.data.items() if name != csrf.FIELD}
    key = before["key"] or secrets.token_urlsafe(16)
    draft: LeafDraft = shapes.read(LeafDraft, {**before, **given, "key": key})
    return draft


def _whole(draft: LeafDraft) -> bool:
    """Whether there is something to send: words that fit, or a picture."""
    words, picture = draft.words or "", draft.picture or LeafPicture.NONE
    return len(words) <= LEAF_LIMIT and bool(words or picture is not LeafPicture.NONE)


def _sent(draft: LeafDraft) -> SentLeaf:
    """Keep the leaf; return all that the visit still knows of it."""
    public = draft.where == ON_THE_TREE
    where = draft.office or office_here()
    new = NewLeaf(
        shape=draft.shape or LeafShape.OAK,
        picture=draft.picture or LeafPicture.NONE,
        words=draft.words or "",
        public=public,
        office=where,
    )
    try:
        _leave(new, draft.key)
    except EditConflict:  # the same form, sent twice at once: the other one was first
        _leave(new, draft.key)
    return SentLeaf(
        key=draft.key, public=public, office=where, shape=new.shape, picture=new.picture
    )


def _leave(new: NewLeaf, key: str) -> None:
    with context.transaction() as db:
        leaves.leave(db, new, key, today=context.today())


def _thank(sent: SentLeaf) -> ResponseReturnValue:
    """Go on without the leaf. Unless something else is being written, go on under a new cookie.

    So Back shows nothing, and what else is in the visit stays: the old cookie keeps how pages
    look and that this form was sent.
    """
    visit().leaf = None
    if not drafts.every():
        behind = Visit()
        behind.sent_leaf = sent
        sessions.outlive(Event.LEAF_SENT, behind=behind)
    visit().sent_leaf = sent
    return redirect(url_for("child.leaf_thanks"), code=303)


def _where_form(given: dict[str, Any] | None = None) -> OurForm:
    """Return the form: where it goes, and which office where the device does not know it."""
    fields = [WHERE]
    if office_here() is None:
        with context.reading() as db:
            fields.append(office_of_tree(leaves.offices(db)))
    form: OurForm = form_class("Where", fields)(data=given)
    return form


def _go(to: str, *, back: str) -> ResponseReturnValue:
    if to == "show":
        return redirect(url_for("child.leaf", _anchor="made"), code=303)
    return redirect(back, code=303) if to == "back" else aside(to)


def _way_back() -> str:
    """Return where the child came from."""
    start = url_for("child.start" if receipts.kept() is None else "child.done")
    return visit().leaf_from or start


def _leaf_page(form: OurForm) -> str:
    return render_template("child/office/leaf.html", form=form, fields=LEAF)


def _where_page(form: OurForm, ready_at: datetime | None = None) -> str:
    return render_template(
        "child/office/leaf_where.html",
        form=form,
        asked=WHERE,
        which=WHOSE_TREE,
        key=_draft().key,
        ready_at=ready_at,
    )
